"""The worked examples of docs/reference/calendars.md: Decree 09/2019, and Đắk Lắk's Friday."""

import datetime as dt

import pytest

from hocvuso.lib.periods import (
    Span,
    decree_half,
    decree_month,
    decree_quarter,
    decree_year,
    last_good_day,
    week_to_report,
    weekly_days,
)

D = dt.date


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        (decree_month(2025, 10), D(2025, 9, 15), D(2025, 10, 14)),
        (decree_month(2026, 1), D(2025, 12, 15), D(2026, 1, 14)),
        (decree_quarter(2025, 3), D(2025, 6, 15), D(2025, 9, 14)),
        (decree_quarter(2025, 4), D(2025, 9, 15), D(2025, 12, 14)),
        (decree_quarter(2026, 1), D(2025, 12, 15), D(2026, 3, 14)),
        (decree_half(2025, 2), D(2025, 6, 15), D(2025, 12, 14)),
        (decree_half(2026, 1), D(2025, 12, 15), D(2026, 6, 14)),
        (decree_year(2025), D(2024, 12, 15), D(2025, 12, 14)),
        (decree_year(2026), D(2025, 12, 15), D(2026, 12, 14)),
    ],
)
def test_decree_periods(span: Span, first: dt.date, last: dt.date) -> None:
    assert (span.first, span.last) == (first, last)


def test_quarters_follow_each_other_without_a_gap() -> None:
    spans = [decree_quarter(2025 + n // 4, n % 4 + 1) for n in range(12)]
    assert all(b.first - a.last == dt.timedelta(days=1) for a, b in zip(spans, spans[1:], strict=False))


@pytest.mark.parametrize(
    ("sent", "first", "last"),
    [
        (D(2025, 7, 18), D(2025, 7, 11), D(2025, 7, 17)),
        (D(2025, 10, 17), D(2025, 10, 10), D(2025, 10, 16)),
        (D(2025, 10, 24), D(2025, 10, 17), D(2025, 10, 23)),
    ],
)
def test_a_friday_reports_friday_to_thursday(sent: dt.date, first: dt.date, last: dt.date) -> None:
    assert week_to_report(sent) == Span(first, last)


def test_a_week_that_ends_on_its_sending_day_is_not_over_yet() -> None:
    assert week_to_report(D(2025, 10, 17), first_weekday=6, last_weekday=5) == Span(D(2025, 10, 4), D(2025, 10, 10))


def test_dak_lak_owes_fifteen_fridays() -> None:
    assert len(list(weekly_days(D(2025, 7, 18), D(2025, 10, 24), 5))) == 15


def test_before_a_day_ends_the_day_before() -> None:
    assert last_good_day(D(2025, 10, 25), before=True) == D(2025, 10, 24)
    assert last_good_day(D(2025, 10, 25), before=False) == D(2025, 10, 25)


def test_a_span_knows_its_days() -> None:
    span = Span(D(2025, 7, 15), D(2025, 10, 25))
    assert span.days == 103
    assert D(2025, 10, 25) in span
    assert D(2025, 10, 26) not in span
    with pytest.raises(ValueError, match="before it starts"):
        Span(D(2025, 2, 1), D(2025, 1, 1))
