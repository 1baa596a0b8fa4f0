"""The days of a task, pure: one printed day, days that come again, a day that hangs on an event, or none.

A plan prints words (“thứ Sáu hằng tuần”, “trong tháng 10 hằng năm”, “muộn nhất 7 ngày sau khi …”, “thường xuyên”). Days that the words
give are *printed*: a task can be late on them. “Thường xuyên” gives none: there we ask for the state once a month or a quarter, and nobody
is late for that.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from hocvuso.lib.periods import DAY, Span, last_good_day, weekly_days
from hocvuso.lib.text import fold


@dataclass(frozen=True, slots=True)
class Promise:
    """What a plan prints about the time of a task."""

    due: dt.date | None
    before: bool  # “trước ngày”: the last good day is the day before
    start: dt.date | None
    recurring: bool
    relative: bool
    text: str


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One day by which a task is to be done. `name` is empty where there is only one; `gap` is days to the next printed one."""

    day: dt.date
    printed: bool = True
    name: str = ""
    gap: int | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    occurrences: tuple[Occurrence, ...] = ()
    waits_for: str = ""  # the event's printed words, while it has not come
    continuous: bool = False  # “thường xuyên” without a printed rhythm

    @property
    def repeats(self) -> bool:
        return len(self.occurrences) > 1

    def on(self, day: dt.date) -> Occurrence | None:
        return next((one for one in self.occurrences if one.day == day), None)

    def current(self, today: dt.date, *, done: Collection[dt.date] = ()) -> Occurrence | None:
        """The one to work on: a printed one that is late, for half the time to the next printed one; else the next; else the last.

        Half the time is ours: then the missed one stays to be seen, and the next one counts.
        """
        past = [one for one in self.occurrences if one.day < today]
        ahead = [one for one in self.occurrences if one.day >= today]
        for one in reversed(past):
            if one.day in done:
                break  # done later than an earlier one: what was before is closed
            if one.printed:
                if one.gap is None or (today - one.day).days * 2 <= one.gap:
                    return one
                break
        return ahead[0] if ahead else (past[-1] if past else None)


WEEKDAYS = ("thu hai", "thu ba", "thu tu", "thu nam", "thu sau", "thu bay", "chu nhat")
FULL_DAY = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
DAY_OF_YEAR = re.compile(r"\b(\d{1,2})/(\d{1,2})\b(?!/)")
MONTH_NAMED = re.compile(r"\bthang (\d{1,2})\b")
DAY_OF_MONTH = re.compile(r"\bngay (\d{1,2})\b")
DAYS_AFTER = re.compile(r"\b(\d{1,3}) (ngay|tuan|thang)\b(?! lam viec)")
LONG_PLAN = 200  # days; a longer plan is asked for the state of a continuous task by quarters, a shorter one by months
ROMAN = ("I", "II", "III", "IV")


def schedule_of(promise: Promise, *, period: Span, event_due: dt.date | None = None) -> Schedule:
    """All days of a task inside the plan's period. `event_due`: the day that came out once the event was there."""
    if promise.relative:
        return Schedule((Occurrence(event_due),)) if event_due else Schedule(waits_for=promise.text.strip("() "))
    words = fold(promise.text)
    if len(listed := _listed_days(promise.text)) > 1:
        return Schedule(_linked([Occurrence(day, name=f"đợt {day:%d/%m/%Y}") for day in listed]))
    due = last_good_day(promise.due, before=promise.before) if promise.due else None
    if not promise.recurring:
        return Schedule((Occurrence(due),) if due else ())
    first = max(period.first, promise.start or period.first)
    span = Span(first, max(first, period.last))
    if rhythmic := _rhythmic(words, span):
        return Schedule(_linked(rhythmic))
    begins = max(first, due + DAY) if due else first
    checks = list(_checks(Span(begins, period.last))) if begins <= period.last else []
    printed = [Occurrence(due, name=f"hạn {due:%d/%m/%Y}")] if due else []
    return Schedule(_linked([*printed, *checks]), continuous=True)


def days_after(text: str) -> tuple[int, str] | None:
    """How long after the event: “Muộn nhất 7 ngày sau khi …” → (7, "ngay"). `None`: the plan prints no number (or counts working days)."""
    found = DAYS_AFTER.search(fold(text))
    return (int(found[1]), found[2]) if found else None


def due_after(event: dt.date, text: str) -> dt.date | None:
    """The day that the plan's words make of an event's day."""
    after = days_after(text)
    if after is None:
        return None
    n, unit = after
    return _same_day(event, n) if unit == "thang" else event + DAY * (n * 7 if unit == "tuan" else n)


def _listed_days(text: str) -> list[dt.date]:
    return sorted({day for d, m, y in FULL_DAY.findall(text) if (day := _day(int(y), int(m), int(d)))})


def _rhythmic(words: str, span: Span) -> list[Occurrence]:
    """Days of a printed rhythm; none where the words have no rhythm."""
    if re.search(r"\b(hang|moi) tuan\b", words):
        weekday = next((number for number, name in enumerate(WEEKDAYS, start=1) if name in words), 5)
        return [Occurrence(day, name=f"tuần đến {day:%d/%m/%Y}") for day in weekly_days(span.first, span.last, weekday)]
    if re.search(r"\b(hang|moi|theo) quy\b", words):
        return [Occurrence(day, name=_quarter(day)) for day in _month_ends(span, every=3)]
    if re.search(r"\b(hang|moi) thang\b", words):
        named = DAY_OF_MONTH.search(words)
        return [
            Occurrence(day, name=f"tháng {day:%m/%Y}") for day in _month_ends(span, on=int(named[1]) if named else None)
        ]
    if re.search(r"\b(hang|moi) nam\b", words):
        return [Occurrence(day, name=f"năm {day.year}") for day in _yearly(words, span)]
    return []


def _yearly(words: str, span: Span) -> Iterator[dt.date]:
    """ "10/10 hằng năm" → 10 October; “trong tháng 10 hằng năm” → 31 October; else the last day of the year."""
    for year in range(span.first.year, span.last.year + 1):
        day: dt.date | None = dt.date(year, 12, 31)
        if named := DAY_OF_YEAR.search(words):
            day = _day(year, int(named[2]), int(named[1]))
        elif (month := MONTH_NAMED.search(words)) and 1 <= int(month[1]) <= 12:
            day = _month_end(year, int(month[1]))
        if day and day in span:
            yield day


def _checks(span: Span) -> Iterator[Occurrence]:
    """When the state of a continuous task is asked for: ends of months in a short plan, of quarters in a long one; the plan's last day."""
    by_quarter = span.days > LONG_PLAN
    for day in _month_ends(span, every=3 if by_quarter else 1, cut=True):
        yield Occurrence(day, printed=False, name=_quarter(day) if by_quarter else f"tháng {day:%m/%Y}")


def _month_ends(span: Span, *, every: int = 1, on: int | None = None, cut: bool = False) -> Iterator[dt.date]:
    """Last days of months (or day `on`), each `every`th of the year; with `cut` the last one falls on the span's end."""
    year, month = span.first.year, span.first.month
    while True:
        if month % every == 0:
            last = _month_end(year, month)
            day = last if on is None else dt.date(year, month, min(on, last.day))
            if day > span.last:
                if cut:
                    yield span.last
                return
            if day >= span.first:
                yield day
            if cut and day == span.last:
                return
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _quarter(day: dt.date) -> str:
    return f"quý {ROMAN[(day.month - 1) // 3]}/{day.year}"


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _same_day(day: dt.date, months: int) -> dt.date:
    """So many months later; the last day of a shorter month."""
    year, month = day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _linked(found: list[Occurrence]) -> tuple[Occurrence, ...]:
    """Each with the days to the next printed one, and without a name where there is only one."""
    if len(found) == 1:
        return (Occurrence(found[0].day, found[0].printed),)
    linked = []
    for position, one in enumerate(found):
        following = next((later.day for later in found[position + 1 :] if later.printed), None)
        gap = (following - one.day).days if following else None
        linked.append(Occurrence(one.day, one.printed, one.name, gap))
    return tuple(linked)
