"""Working days of public offices, by the list that comes with the program."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

import hocvuso
from hocvuso.lib.errors import BadInput
from hocvuso.lib.holidays import WorkingDays, parse_holidays
from hocvuso.lib.yamlfile import read_yaml

D = dt.date
FILE = Path(hocvuso.__file__).parent / "data" / "holidays.yaml"


@pytest.fixture(scope="module")
def days() -> WorkingDays:
    return parse_holidays(read_yaml(FILE), name=FILE.name)


def test_weekends_holidays_and_the_saturdays_worked_instead(days: WorkingDays) -> None:
    free = (D(2025, 10, 25), D(2025, 10, 26), D(2025, 5, 2), D(2025, 9, 1), D(2026, 1, 2), D(2026, 2, 16),
            D(2026, 4, 27), D(2026, 8, 31))  # fmt: skip
    worked = (D(2025, 10, 24), D(2025, 4, 26), D(2026, 1, 10), D(2026, 2, 23), D(2026, 8, 22), D(2026, 9, 3))
    assert [day for day in free if days.is_working(day)] == []
    assert [day for day in worked if not days.is_working(day)] == []


def test_tet_has_five_days_off_and_each_year_what_the_law_lists(days: WorkingDays) -> None:
    """Labour Code, Điều 112: 11 days; one more where a working day was swapped, none lost to a weekend."""
    for year, swapped in ((2025, 1), (2026, 2), (2027, 0)):
        free = [day for day in days.holidays if day.year == year and day.isoweekday() < 6]
        culture = sum(days.holidays[day].name == "Ngày Văn hóa Việt Nam" for day in free)
        assert len(free) == 11 + swapped + culture, year
        assert sum("Tết Nguyên đán" in days.holidays[day].name for day in free) == 5, year


def test_what_nobody_has_announced_is_marked(days: WorkingDays) -> None:
    assert days.holidays[D(2027, 2, 8)].is_computed
    assert not days.holidays[D(2026, 2, 17)].is_computed
    assert "9441/TB-BNV" in days.holidays[D(2026, 2, 17)].source


def test_the_working_days_around_a_day_off(days: WorkingDays) -> None:
    sunday = D(2025, 12, 14)
    assert (days.on_or_before(sunday), days.on_or_after(sunday)) == (D(2025, 12, 12), D(2025, 12, 15))
    assert days.on_or_after(D(2026, 2, 14)) == D(2026, 2, 23)  # all of Tết Bính Ngọ
    assert days.on_or_before(D(2025, 10, 17)) == D(2025, 10, 17)


def test_days_between_leave_both_ends_out(days: WorkingDays) -> None:
    cut_off = D(2025, 12, 14)
    counts = {day: days.between(cut_off, D(2025, 12, day)) for day in (14, 15, 16, 17)}
    assert counts == {14: 0, 15: 0, 16: 1, 17: 2}
    assert days.leaving_one_after(cut_off) == D(2025, 12, 16)
    assert days.between(D(2025, 10, 24), D(2025, 10, 27)) == 0  # a weekend holds none


WHOLE: dict[str, Any] = {
    "sources": {"a": "A"}, "years": [2025], "days": [{"day": D(2025, 1, 1), "name": "Tết", "standing": "law", "source": "a"}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ([], "không đọc được"),
        ({"years": []}, "01/01/2025"),
        ({"days": [{"day": "1/1", "name": "Tết", "standing": "law", "source": "a"}]}, "không đọc được"),
        ({"days": [{**WHOLE["days"][0], "to": D(2025, 3, 1)}]}, "không đọc được"),
        ({"days": [{**WHOLE["days"][0], "source": "b"}]}, "không đọc được"),
        ({"worked": [{"day": D(2025, 1, 1)}]}, "vừa là ngày nghỉ vừa là ngày làm bù"),
    ],
)
def test_a_list_that_makes_no_sense_is_refused(wrong: Any, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        parse_holidays({**WHOLE, **wrong} if isinstance(wrong, dict) else wrong, name="x.yaml")
