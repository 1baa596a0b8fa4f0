"""What a target asks, as pure questions: is it reached, is it on track, what pace is needed, who bears a task."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from enum import StrEnum


class Light(StrEnum):
    """The traffic light. A word and a shape on every page, never a colour alone."""

    REACHED = "reached"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    BEHIND = "behind"
    MISSED = "missed"
    NOT_DUE = "not_due"
    NO_DEADLINE = "no_deadline"
    NOT_MEASURED = "not_measured"


# Where "at risk" ends and "behind" begins: less than this part of the even pace. Ours; no plan says.
AT_RISK_FLOOR = 0.8


def is_reached(value: float, comparator: str, target: float) -> bool:
    """ "=" counts as reached at or above (design §5); ">" wants more than the printed number."""
    match comparator:
        case ">":
            return value > target
        case "<":
            return value < target
        case "<=":
            return value <= target
        case _:
            return value >= target


def expected_by(target: float, *, start: dt.date, last_day: dt.date, today: dt.date) -> float:
    """Where an even pace from `start` would stand this evening: target × days gone / days in all."""
    if today >= last_day:
        return target
    gone = (today - start).days + 1
    return target * max(0, gone) / ((last_day - start).days + 1)


def light(
    value: float | None, *, comparator: str, target: float, start: dt.date, last_day: dt.date | None, today: dt.date
) -> Light:
    if value is None:
        return Light.NOT_MEASURED
    if is_reached(value, comparator, target):
        return Light.REACHED
    if last_day is None:
        return Light.NO_DEADLINE
    if today < start:
        return Light.NOT_DUE
    if today > last_day:
        return Light.MISSED
    expected = expected_by(target, start=start, last_day=last_day, today=today)
    if value >= expected:
        return Light.ON_TRACK
    return Light.AT_RISK if value >= AT_RISK_FLOOR * expected else Light.BEHIND


@dataclass(frozen=True, slots=True)
class Pace:
    """What is still missing, and how much of it each remaining week must bring. In the unit the figure counts (people, communes)."""

    missing: int
    days_left: int
    per_week: int


def needed_pace(count: int, needed: int, *, last_day: dt.date | None, today: dt.date) -> Pace | None:
    """`None` when nothing is missing or no day is set. The last good day still counts as a day to work."""
    if last_day is None or count >= needed:
        return None
    days_left = max(0, (last_day - today).days)
    missing = needed - count
    return Pace(missing, days_left, missing if days_left <= 7 else math.ceil(missing * 7 / days_left))


def needed_count(target: float, comparator: str, *, population: int | None, is_share: bool) -> int | None:
    """How many make the target: 60 % of 1,091,556 is 654,934 (rounded up); "more than" wants one beyond an exact hit."""
    if not is_share:
        whole = math.ceil(target)
        return whole + 1 if comparator == ">" and whole == target else whole
    if population is None:
        return None
    exact = round(target * population / 100, 6)
    whole = math.ceil(exact)
    return whole + 1 if comparator == ">" and whole == exact else whole
