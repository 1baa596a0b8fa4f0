"""Reporting periods, pure. A `Span` holds both its first and its last day.

Months, quarters, halves and years of Decree 09/2019/NĐ-CP (Điều 12) close on day 14 and open on day 15; weeks are a local rule
of the plan (Đắk Lắk: sent on Friday, window Friday to Thursday). Worked examples: `docs/reference/calendars.md`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    first: dt.date
    last: dt.date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a span ends {self.last} before it starts {self.first}")

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day <= self.last


def _fifteenth(year: int, month: int) -> dt.date:
    """Day 15 of a month counted from `year`; month 0 is December of the year before."""
    return dt.date(year + (month - 1) // 12, (month - 1) % 12 + 1, 15)


def decree_month(year: int, month: int) -> Span:
    """Month 10/2025 → 15/9–14/10/2025 (Điều 12 khoản 1)."""
    return Span(_fifteenth(year, month - 1), _fifteenth(year, month) - DAY)


def decree_quarter(year: int, quarter: int) -> Span:
    """Q4/2025 → 15/9–14/12/2025."""
    return Span(_fifteenth(year, 3 * quarter - 3), _fifteenth(year, 3 * quarter) - DAY)


def decree_half(year: int, half: int) -> Span:
    return Span(_fifteenth(year, 6 * half - 6), _fifteenth(year, 6 * half) - DAY)


def decree_year(year: int) -> Span:
    return Span(_fifteenth(year, 0), _fifteenth(year, 12) - DAY)


def week_to_report(sent_on: dt.date, *, first_weekday: int = 5, last_weekday: int = 4) -> Span:
    """The last whole week that is over when a weekly report is sent (1 = Monday … 7 = Sunday).

    Sent on Friday 17/10/2025 with Friday–Thursday weeks: 10/10–16/10/2025.
    """
    length = (last_weekday - first_weekday) % 7 + 1
    last = sent_on - DAY * ((sent_on.isoweekday() - last_weekday) % 7 or 7)
    return Span(last - DAY * (length - 1), last)


def weekly_days(first: dt.date, last: dt.date, weekday: int) -> Iterator[dt.date]:
    """Every such weekday from `first` to `last`, both included."""
    day = first + DAY * ((weekday - first.isoweekday()) % 7)
    while day <= last:
        yield day
        day += DAY * 7


def last_good_day(due: dt.date, *, before: bool) -> dt.date:
    """“Trước ngày 25/10” leaves 24/10 as the last good day."""
    return due - DAY if before else due
