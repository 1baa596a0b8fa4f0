"""When reports are sent: the worked examples of docs/reference/calendars.md."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import hocvuso
from hocvuso.lib.errors import BadInput
from hocvuso.lib.holidays import WorkingDays, parse_holidays
from hocvuso.lib.periods import Span
from hocvuso.lib.yamlfile import read_yaml
from hocvuso.reports.calendar import (
    Dated,
    DayOff,
    OnClosingDay,
    Policy,
    Timing,
    WarningKind,
    dated,
    dated_on,
    parse_policy,
)

D = dt.date
DATA = Path(hocvuso.__file__).parent / "data"
POLICY: Policy = parse_policy(read_yaml(DATA / "reporting.yaml"), name="reporting.yaml")
DAYS: WorkingDays = parse_holidays(read_yaml(DATA / "holidays.yaml"), name="holidays.yaml")
YEN_BAI = Span(D(2025, 4, 1), D(2026, 12, 31))
YEAR_2026 = Span(D(2026, 1, 1), D(2026, 12, 31))
QUARTERLY = Timing("quarterly", YEN_BAI, day=15, before=True)


def sent(timing: Timing, within: Span, **policy: Any) -> list[Dated]:
    return dated(timing, within, policy=replace(POLICY, **policy), days=DAYS)


def kinds(one: Dated) -> list[WarningKind]:
    return [warning.kind for warning in one.warnings]


def test_before_day_15_of_the_quarters_last_month_is_day_14_and_the_quarter_closes_that_day() -> None:
    (fourth,) = sent(QUARTERLY, Span(D(2025, 12, 1), D(2025, 12, 31)))
    assert (fourth.due, fourth.span) == (D(2025, 12, 14), Span(D(2025, 9, 15), D(2025, 12, 14)))
    warned = {warning.kind: warning.better for warning in fourth.warnings}
    assert warned == {
        WarningKind.ON_DAY_OFF: None,  # a Sunday; on Friday the quarter would not have closed
        WarningKind.CLOSES_THAT_DAY: None,
        WarningKind.NO_WORKING_DAY: D(2025, 12, 16),  # the first day that leaves one
    }
    assert [one.due for one in sent(QUARTERLY, YEAR_2026)] == [D(2026, 3, 14), D(2026, 6, 14), D(2026, 9, 14), D(2026, 12, 14)]  # fmt: skip


def test_an_office_may_read_the_same_words_as_the_quarter_before() -> None:
    (fourth,) = sent(QUARTERLY, Span(D(2025, 12, 1), D(2025, 12, 31)), on_closing_day=OnClosingDay.PERIOD_BEFORE)
    assert (fourth.due, fourth.span) == (D(2025, 12, 14), Span(D(2025, 6, 15), D(2025, 9, 14)))
    assert WarningKind.NO_WORKING_DAY not in kinds(fourth)


@pytest.mark.parametrize(
    ("frequency", "dues"),
    [
        ("monthly", [f"2026-{month:02d}-25" for month in range(1, 13)]),
        ("quarterly", ["2026-03-25", "2026-06-25", "2026-09-25", "2026-12-25"]),
        ("biannual", ["2026-06-25", "2026-12-25"]),
        ("yearly", ["2026-12-25"]),
    ],
)
def test_without_a_printed_day_the_25th_of_the_last_month(frequency: str, dues: list[str]) -> None:
    found = sent(Timing(frequency, YEN_BAI, assumed_day=25), YEAR_2026)
    assert [one.due.isoformat() for one in found] == dues
    assert all(one.span.last.day == 14 and one.span.last.month == one.due.month for one in found)
    assert all(WarningKind.ASSUMED in kinds(one) for one in found)
    spans = [one.span for one in found]
    assert all(two.first - one.last == dt.timedelta(days=1) for one, two in zip(spans, spans[1:], strict=False))
    assert spans[0].first == D(2025, 12, 15)


@pytest.mark.parametrize(
    ("frequency", "due", "first", "last"),
    [
        ("monthly", "2025-10-25", "2025-09-15", "2025-10-14"),
        ("monthly", "2026-01-25", "2025-12-15", "2026-01-14"),
        ("quarterly", "2025-09-25", "2025-06-15", "2025-09-14"),
        ("quarterly", "2025-12-25", "2025-09-15", "2025-12-14"),
        ("quarterly", "2026-03-25", "2025-12-15", "2026-03-14"),
        ("biannual", "2025-12-25", "2025-06-15", "2025-12-14"),
        ("biannual", "2026-06-25", "2025-12-15", "2026-06-14"),
        ("yearly", "2025-12-25", "2024-12-15", "2025-12-14"),
        ("yearly", "2026-12-25", "2025-12-15", "2026-12-14"),
    ],
)
def test_what_a_province_sends_the_government_by_the_25th(frequency: str, due: str, first: str, last: str) -> None:
    day = D.fromisoformat(due)
    (one,) = sent(Timing(frequency, YEN_BAI, day=25), Span(day, day))
    assert one.span == Span(D.fromisoformat(first), D.fromisoformat(last))
    assert (kinds(one) == []) is (day.isoweekday() < 6)  # 25/10/2025 is a Saturday, 25/1/2026 a Sunday


def test_a_period_is_owed_when_it_closes_within_the_plan() -> None:
    found = sent(Timing("quarterly", YEN_BAI, assumed_day=25), Span(D(2024, 1, 1), D(2028, 1, 1)))
    assert (found[0].span, found[-1].span.last) == (Span(D(2025, 3, 15), D(2025, 6, 14)), D(2026, 12, 14))


def test_a_day_off_is_kept_unless_the_office_moves_it() -> None:
    monthly, october = Timing("monthly", YEN_BAI, day=25), Span(D(2025, 10, 20), D(2025, 10, 31))
    for choice, due, said in (
        (DayOff.KEEP, D(2025, 10, 25), WarningKind.ON_DAY_OFF),  # a Saturday
        (DayOff.BEFORE, D(2025, 10, 24), WarningKind.MOVED),
        (DayOff.AFTER, D(2025, 10, 27), WarningKind.MOVED),
    ):
        (one,) = sent(monthly, october, day_off=choice)
        assert (one.due, kinds(one), one.span.last) == (due, [said], D(2025, 10, 14))
        assert one.warnings[0].better == (D(2025, 10, 24) if choice is DayOff.KEEP else due)
    assert (
        sent(monthly, Span(D(2025, 10, 25), D(2025, 10, 26)), day_off=DayOff.AFTER) == []
    )  # it went out of these days
    (tet,) = sent(Timing("monthly", YEN_BAI, day=18), Span(D(2026, 2, 1), D(2026, 2, 28)), day_off=DayOff.AFTER)
    assert (tet.due, tet.warnings[0].name) == (D(2026, 2, 23), "Tết Nguyên đán")


def test_moved_before_its_period_has_closed_it_has_figures_up_to_the_sending_day() -> None:
    (fourth,) = sent(QUARTERLY, Span(D(2025, 12, 1), D(2025, 12, 31)), day_off=DayOff.BEFORE)
    assert (fourth.due, fourth.span) == (D(2025, 12, 12), Span(D(2025, 9, 15), D(2025, 12, 12)))
    assert WarningKind.NOT_CLOSED in kinds(fourth)


def test_a_month_without_a_31st_sends_on_its_last_day() -> None:
    found = sent(Timing("monthly", YEN_BAI, day=31), Span(D(2026, 2, 1), D(2026, 4, 30)))
    assert [one.due for one in found] == [D(2026, 2, 28), D(2026, 3, 31), D(2026, 4, 30)]


def test_an_instruction_of_the_office_goes_before_what_is_printed() -> None:
    (one,) = sent(replace(QUARTERLY, instructed_day=16), Span(D(2025, 12, 1), D(2025, 12, 31)))
    assert (one.due, kinds(one)) == (D(2025, 12, 16), [WarningKind.INSTRUCTED])


WEEKLY = Timing("weekly", Span(D(2025, 7, 15), D(2025, 10, 25)), weekday=5, first=D(2025, 7, 18), last=D(2025, 10, 24))


def test_fifteen_fridays_of_a_rule_outside_the_decree_bring_no_warning() -> None:
    found = sent(WEEKLY, Span(D(2025, 7, 1), D(2025, 12, 31)))
    assert len(found) == 15
    assert not any(one.warnings for one in found)
    friday = Dated(D(2025, 10, 17), Span(D(2025, 10, 10), D(2025, 10, 16)))
    assert dated_on(WEEKLY, D(2025, 10, 17), policy=POLICY, days=DAYS) == friday
    assert dated_on(WEEKLY, D(2025, 10, 16), policy=POLICY, days=DAYS) is None


def test_a_final_report_before_the_15th_is_due_on_the_14th() -> None:
    final = Timing("final", WEEKLY.plan, due=D(2025, 11, 15), before=True)
    assert sent(final, Span(D(2025, 11, 1), D(2025, 11, 30))) == [Dated(D(2025, 11, 14), WEEKLY.plan)]


def test_a_year_without_a_list_of_holidays_says_so() -> None:
    far = Timing("yearly", Span(D(2026, 1, 1), D(2031, 12, 31)), day=25)
    (one,) = sent(far, Span(D(2030, 1, 1), D(2030, 12, 31)))
    assert kinds(one) == [WarningKind.UNKNOWN_YEAR]


@pytest.mark.parametrize(
    "wrong", [{"day_off": "never"}, {"sending_day": {}}, {"duties": {"a/b": 32}}, {"plans": {"a": True}}, {"extra": 1}]
)
def test_a_policy_that_makes_no_sense_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(BadInput, match=r"x\.yaml"):
        parse_policy({**read_yaml(DATA / "reporting.yaml"), **wrong}, name="x.yaml")
