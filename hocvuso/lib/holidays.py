"""Working days of public offices, pure: weekends, public holidays, Saturdays worked instead. The days are data (`parse_holidays`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hocvuso.lib.errors import BadInput

DAY = dt.timedelta(days=1)
STANDINGS = ("announced", "law", "computed")
LONGEST_HOLIDAY = 15  # days; a longer one is a slip of the pen
LOOKED_THROUGH = 60  # days within which there is a working day, or the list is wrong


@dataclass(frozen=True, slots=True)
class Holiday:
    day: dt.date
    name: str
    source: str
    is_computed: bool  # nobody has announced it as far as the list knows


@dataclass(frozen=True, slots=True)
class WorkingDays:
    holidays: Mapping[dt.date, Holiday]
    worked: frozenset[dt.date]  # weekend days on which offices work
    years: frozenset[int]  # years the list knows; in another one only weekends are days off

    def is_working(self, day: dt.date) -> bool:
        return day in self.worked or (day.isoweekday() < 6 and day not in self.holidays)

    def on_or_after(self, day: dt.date) -> dt.date:
        return self._look(day, DAY)

    def on_or_before(self, day: dt.date) -> dt.date:
        return self._look(day, -DAY)

    def between(self, earlier: dt.date, later: dt.date) -> int:
        """Working days after the earlier and before the later day."""
        return sum(self.is_working(earlier + DAY * n) for n in range(1, (later - earlier).days))

    def leaving_one_after(self, day: dt.date) -> dt.date:
        """The first working day with a whole working day between `day` and itself."""
        return self.on_or_after(self.on_or_after(day + DAY) + DAY)

    def _look(self, day: dt.date, step: dt.timedelta) -> dt.date:
        for _ in range(LOOKED_THROUGH):
            if self.is_working(day):
                return day
            day += step
        raise ValueError(f"no working day within {LOOKED_THROUGH} days of {day}")


def parse_holidays(data: Any, *, name: str) -> WorkingDays:
    """The list as `data/holidays.yaml` holds it; `name` is the file's, for the refusal. Raises `BadInput` at the first fault."""
    try:
        sources, years = data["sources"], frozenset(int(year) for year in data["years"])
        holidays = {one.day: one for row in data["days"] for one in _holidays(row, sources)}
        worked = frozenset(_day(row["day"], row) for row in data.get("worked") or ())
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadInput(f"{name}: không đọc được lịch nghỉ lễ ({error}).") from None
    for day in sorted({*holidays, *worked}):
        if day.year not in years:
            raise BadInput(f"{name}: ngày {day:%d/%m/%Y} không thuộc các năm ghi ở years.")
    if both := sorted(worked & set(holidays)):
        raise BadInput(f"{name}: ngày {both[0]:%d/%m/%Y} vừa là ngày nghỉ vừa là ngày làm bù.")
    return WorkingDays(holidays, worked, years)


def _holidays(row: Mapping[str, Any], sources: Mapping[str, str]) -> list[Holiday]:
    first = _day(row["day"], row)
    last = _day(row.get("to", first), row)
    length = (last - first).days
    if not 0 <= length < LONGEST_HOLIDAY or row["standing"] not in STANDINGS:
        raise ValueError(f"{row}")
    source, computed = str(sources[row["source"]]), row["standing"] == "computed"
    return [Holiday(first + DAY * n, str(row["name"]), source, computed) for n in range(length + 1)]


def _day(value: Any, row: Mapping[str, Any]) -> dt.date:
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        raise ValueError(f"{row}")
    return value
