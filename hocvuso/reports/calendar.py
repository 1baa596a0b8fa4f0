"""When a duty's reports are sent, over which days each goes, and what somebody should know about that day. Pure.

Periods are those of Decree 09/2019/NĐ-CP (Điều 12); between closing and sending there must be a working day (Điều 8 khoản 5).
Worked examples: `docs/reference/calendars.md`.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from hocvuso.lib.errors import BadInput
from hocvuso.lib.holidays import WorkingDays
from hocvuso.lib.periods import (
    DAY,
    Span,
    decree_half,
    decree_month,
    decree_quarter,
    decree_year,
    last_good_day,
    week_to_report,
    weekly_days,
)

# (how many in a year, the n-th of a year)
DECREE_PERIODS: dict[str, tuple[int, Callable[[int, int], Span]]] = {
    "monthly": (12, decree_month),
    "quarterly": (4, decree_quarter),
    "biannual": (2, decree_half),
    "yearly": (1, lambda year, _number: decree_year(year)),
}
ADHOC = "adhoc"
BEARERS = ("plan_unit", "lead_agency", "communes", "agencies", "communes_and_agencies", "commune_plans")
MOVED_AT_MOST = 31  # days by which a day off may shift a due day: the longest holiday and the weekends around it


class DayOff(StrEnum):
    KEEP = "keep"
    BEFORE = "before"
    AFTER = "after"


class OnClosingDay(StrEnum):
    THIS_PERIOD = "this_period"
    PERIOD_BEFORE = "period_before"


@dataclass(frozen=True, slots=True)
class Policy:
    """What an office decides where the texts are silent (`data/reporting.yaml`). Days count in the last month of a period."""

    day_off: DayOff
    on_closing_day: OnClosingDay
    sending_day: Mapping[str, int]
    plans: Mapping[str, int]
    duties: Mapping[str, int]  # by "plan/duty"

    def instructed_day(self, plan: str, duty: str) -> int | None:
        return self.duties.get(f"{plan}/{duty}", self.plans.get(plan))


def parse_policy(data: Any, *, name: str) -> Policy:
    """`name` is the file's, for the refusal. Raises `BadInput`."""
    try:
        policy = Policy(
            DayOff(data["day_off"]), OnClosingDay(data["on_closing_day"]),
            {key: _month_day(data["sending_day"][key]) for key in BEARERS},
            {str(key): _month_day(day) for key, day in (data.get("plans") or {}).items()},
            {str(key): _month_day(day) for key, day in (data.get("duties") or {}).items()},
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadInput(f"{name}: không đọc được cách tính ngày gửi báo cáo ({error}).") from None
    if unknown := sorted({*data, *data["sending_day"]} - {*Policy.__dataclass_fields__, *BEARERS}):
        raise BadInput(f"{name}: không có mục “{unknown[0]}”.")
    return policy


def _month_day(value: Any) -> int:
    if type(value) is not int or not 1 <= value <= 31:
        raise ValueError(f"{value!r} không phải ngày trong tháng")
    return value


@dataclass(frozen=True, slots=True)
class Timing:
    """What the calendar must know of a duty."""

    frequency: str
    plan: Span
    weekday: int | None = None  # of a weekly report, 1 = Monday … 7 = Sunday
    window_first: int | None = None
    window_last: int | None = None
    first: dt.date | None = None  # no report is sent before, none after
    last: dt.date | None = None
    due: dt.date | None = None  # of a single report
    before: bool = False  # “trước ngày …”: of `due` and of `day`
    day: int | None = None  # as printed, of the last month of a period
    instructed_day: int | None = None  # set by the office; goes before what is printed
    assumed_day: int = 25  # where nothing is printed


class WarningKind(StrEnum):
    """What somebody should know about a due day."""

    ON_DAY_OFF = "on_day_off"
    MOVED = "moved"
    NO_WORKING_DAY = "no_working_day"
    CLOSES_THAT_DAY = "closes_that_day"
    NOT_CLOSED = "not_closed"
    ASSUMED = "assumed"
    INSTRUCTED = "instructed"
    COMPUTED_HOLIDAY = "computed_holiday"
    UNKNOWN_YEAR = "unknown_year"


# These say where a day comes from and how it is read; nothing is wrong with it.
NOTES = frozenset({WarningKind.ASSUMED, WarningKind.INSTRUCTED, WarningKind.CLOSES_THAT_DAY})


@dataclass(frozen=True, slots=True)
class DueWarning:
    """`day` is what the sentence is about (a printed day, a closing day), `better` the day it points to."""

    kind: WarningKind
    day: dt.date
    better: dt.date | None = None
    name: str = ""  # of the holiday

    @property
    def is_note(self) -> bool:
        return self.kind in NOTES


@dataclass(frozen=True, slots=True)
class Dated:
    """One report of a duty: the day it is sent, the days it covers."""

    due: dt.date
    span: Span
    warnings: tuple[DueWarning, ...] = ()


def dated(timing: Timing, within: Span, *, policy: Policy, days: WorkingDays) -> list[Dated]:
    """The reports of a duty that are sent in some days, in order. An ad hoc duty has none of its own."""
    wide = Span(within.first - DAY * MOVED_AT_MOST, within.last + DAY * MOVED_AT_MOST)
    found = (_settled(timing, printed, span, policy, days) for printed, span in _printed(timing, wide))
    return sorted((one for one in found if one.due in within), key=lambda one: one.due)


def dated_on(timing: Timing, due: dt.date, *, policy: Policy, days: WorkingDays) -> Dated | None:
    return next(iter(dated(timing, Span(due, due), policy=policy, days=days)), None)


def last_closed(frequency: str, day: dt.date) -> Span:
    """The last period of the decree that is over before a day."""
    return max((span for span in _periods(frequency, day.year) if span.last < day), key=lambda span: span.last)


def _periods(frequency: str, year: int, to: int | None = None) -> Iterator[Span]:
    """The periods of a year, of the one before and of the one after."""
    count, period = DECREE_PERIODS[frequency]
    for number in range(year - 1, (to or year) + 2):
        yield from (period(number, n) for n in range(1, count + 1))


def _printed(timing: Timing, wide: Span) -> Iterator[tuple[dt.date, Span]]:
    """Due days as they are printed or assumed, before anything is said about days off."""
    if timing.frequency == ADHOC:
        return
    if timing.frequency == "weekly":
        if timing.weekday and timing.first and timing.last:
            for day in weekly_days(max(timing.first, wide.first), min(timing.last, wide.last), timing.weekday):
                yield day, week_of(timing, day)
    elif timing.due:
        day = last_good_day(timing.due, before=timing.before)
        is_periodic = timing.frequency in DECREE_PERIODS
        yield day, last_closed(timing.frequency, day) if is_periodic else whole_plan(timing, day)
    elif timing.frequency in DECREE_PERIODS:
        for span in _periods(timing.frequency, wide.first.year, wide.last.year):
            day = _sending_day(timing, span.last)
            if span.last in timing.plan and (timing.first or day) <= day <= (timing.last or day):
                yield day, span


def _sending_day(timing: Timing, closing: dt.date) -> dt.date:
    """In the month in which a period closes; the 31st of a shorter month is its last day."""
    is_printed = timing.instructed_day is None and timing.day is not None
    wanted = timing.instructed_day or timing.day or timing.assumed_day
    day = closing.replace(day=min(wanted, calendar.monthrange(closing.year, closing.month)[1]))
    return last_good_day(day, before=timing.before and is_printed)


def week_of(timing: Timing, day: dt.date) -> Span:
    return week_to_report(day, first_weekday=timing.window_first or 5, last_weekday=timing.window_last or 4)


def whole_plan(timing: Timing, due: dt.date) -> Span:
    """A final or ad hoc report covers the plan up to its end or the day it is due, whichever comes first."""
    return Span(timing.plan.first, max(timing.plan.first, min(timing.plan.last, due)))


def _settled(timing: Timing, printed: dt.date, span: Span, policy: Policy, days: WorkingDays) -> Dated:
    """The day it is really sent, the days it really covers, and all there is to say about both."""
    is_periodic = timing.frequency in DECREE_PERIODS and timing.due is None
    due = _moved(printed, policy.day_off, days)
    said = _about_origin(timing, printed) if is_periodic else []
    said += _about_day(printed, due, span, days)
    if is_periodic:
        if span.last >= due and policy.on_closing_day is OnClosingDay.PERIOD_BEFORE:
            span = last_closed(timing.frequency, due)
        said += _about_closing(span.last, due, days)
    if span.last > due:  # figures of days that have not come do not exist
        span = Span(min(span.first, due), due)
    return Dated(due, span, tuple(said))


def _about_origin(timing: Timing, printed: dt.date) -> list[DueWarning]:
    if timing.instructed_day:
        return [DueWarning(WarningKind.INSTRUCTED, printed)]
    return [] if timing.day else [DueWarning(WarningKind.ASSUMED, printed)]


def _about_day(printed: dt.date, due: dt.date, span: Span, days: WorkingDays) -> list[DueWarning]:
    said = []
    if not days.is_working(printed):
        holiday = days.holidays.get(printed)
        name = holiday.name if holiday else ""
        earlier = days.on_or_before(printed)
        if due != printed:
            said.append(DueWarning(WarningKind.MOVED, printed, due, name))
        else:  # no advice where the period would not have closed by then
            said.append(DueWarning(WarningKind.ON_DAY_OFF, printed, earlier if earlier > span.last else None, name))
        if holiday and holiday.is_computed:
            said.append(DueWarning(WarningKind.COMPUTED_HOLIDAY, printed, name=name))
    if printed.year not in days.years:
        said.append(DueWarning(WarningKind.UNKNOWN_YEAR, printed))
    return said


def _about_closing(closing: dt.date, due: dt.date, days: WorkingDays) -> list[DueWarning]:
    said = []
    if closing > due:
        said.append(DueWarning(WarningKind.NOT_CLOSED, closing, due))
    elif closing == due:
        said.append(DueWarning(WarningKind.CLOSES_THAT_DAY, closing))
    if days.between(closing, due) < 1:
        said.append(DueWarning(WarningKind.NO_WORKING_DAY, closing, days.leaving_one_after(closing)))
    return said


def _moved(day: dt.date, day_off: DayOff, days: WorkingDays) -> dt.date:
    match day_off:
        case DayOff.BEFORE:
            return days.on_or_before(day)
        case DayOff.AFTER:
            return days.on_or_after(day)
        case _:
            return day
