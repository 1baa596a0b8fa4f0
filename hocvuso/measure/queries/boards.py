"""What a board shows beside figures and standings: the way to a target date, a figure broken down, what each week added."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hocvuso.evidence.rules import Grade
from hocvuso.measure import engine
from hocvuso.measure.forecast import Forecast, forecast
from hocvuso.measure.queries.figures import (
    ask_measures,
    figures,
    metrics,
    series,
)
from hocvuso.measure.queries.snapshots import current_snapshot, cursor_here, prefix_of
from hocvuso.measure.queries.standings import Standing
from hocvuso.measure.rules import Ask, Figure, Metric
from hocvuso.measure.upward.queries import sent_weeks
from hocvuso.places.models import Level, Organisation, Place, Unit

WEEK = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class WeekPoint:
    """The proven count at the end of a day, and what the seven days up to it brought."""

    on: dt.date
    count: int
    gained: int


@dataclass(frozen=True, slots=True)
class Way:
    """How a figure came here, week by week, and where the target date will probably find it."""

    first: dt.date
    last: dt.date
    weeks: tuple[WeekPoint, ...]
    goal: int | None
    population: int | None
    forecast: Forecast | None

    @property
    def pace(self) -> float | None:
        """What each week must bring from now on."""
        if self.goal is None or not self.weeks or self.last <= self.weeks[-1].on:
            return None
        return max(0, self.goal - self.weeks[-1].count) * 7 / (self.last - self.weeks[-1].on).days


def way(here: Standing, place: Place, *, on: dt.date) -> Way | None:
    """`None` where nothing is proven, or the target counts communes: those are not walked to week by week."""
    shown, target = here.figure, here.target
    last = target.last_day or target.plan.period_end
    first = target.start or target.plan.period_start
    if (
        shown is None
        or not shown.proven
        or here.measure == "units"
        or last <= first
        or shown.metric.primitive == "per_period"
    ):
        return None
    days = series(place, Ask(shown.metric.key, shown.level), first=first, last=on)
    population = shown.population.count if shown.population else None
    seen = None
    # The forecast speaks of proven counts. Where the goal is one of another grade, the weeks so far say nothing of it.
    goal = here.needed if shown.grade is Grade.PROVEN else None
    if population and days:
        seen = forecast(
            days, population=population, on=on, target_date=last, goal=goal,
            is_sum=isinstance(place, Unit) and place.level in (Level.PROVINCE, Level.NATION),
        )  # fmt: skip
    return Way(first, last, tuple(week_points(days, first=first, on=on)), goal, population, seen)


def week_points(days: Sequence[tuple[dt.date, int]], *, first: dt.date, on: dt.date) -> list[WeekPoint]:
    """Every seventh day back from `on` to the start, with the count at its end."""
    ends = [on - WEEK * back for back in range((on - first).days // 7 + 1)][::-1]
    points: list[WeekPoint] = []
    before = next((count for day, count in reversed(days) if day <= (ends[0] - WEEK if ends else first)), 0)
    for end in ends:
        count = next((count for day, count in reversed(days) if day <= end), 0)
        points.append(WeekPoint(end, count, count - before))
        before = count
    return points


# --- broken down ----------------------------------------------------------------------------------------------------------------------

DIMENSIONS = ("group", "sex", "age", "area")
AGE_ORDER = ("0-14", "15", "16-17", "18-59", "60+", "")


@dataclass(frozen=True, slots=True)
class Part:
    """One row of a breakdown: the three grades side by side; `share` is of all proven here, in percent."""

    key: str
    proven: int
    imported: int
    declared: int
    share: float | None


@dataclass(frozen=True, slots=True)
class Breakdown:
    dimension: str
    parts: tuple[Part, ...]


def can_be_broken_down(metric: Metric) -> bool:
    """Only what is counted person by person, and so far; a unit has no sex."""
    return metric.subject == "person" and metric.primitive != "per_period"


def breakdowns(place: Unit, ask: Ask, *, on: dt.date) -> list[Breakdown]:
    """A figure at a commune or above by each dimension. The parts of each add up to the figure of single rows; statements have no parts."""
    cursor = cursor_here()
    ask_measures(cursor, {ask.metric})
    given = {"prefix": prefix_of(place), "on": on, "level": "" if ask.level == "usable" else ask.level}
    rows = cursor.execute(engine.sql("breakdown").format(weeks=_weeks()), given).fetchall()
    counts: dict[str, Counter[tuple[str, str]]] = {dimension: Counter() for dimension in DIMENSIONS}
    for group, sex, age, area, grade, n in rows:
        for dimension, key in zip(DIMENSIONS, (group, sex, age, area), strict=True):
            counts[dimension][key, grade] += int(n)
    return [Breakdown(dimension, tuple(_parts(counts[dimension], dimension))) for dimension in DIMENSIONS]


def _parts(counts: Counter[tuple[str, str]], dimension: str) -> Iterable[Part]:
    whole = sum(n for (_, grade), n in counts.items() if grade == Grade.PROVEN)
    keys = {key for key, _ in counts}
    if dimension == "age":
        ordered = [key for key in AGE_ORDER if key in keys]
    else:
        ordered = sorted(keys, key=lambda key: (-counts[key, Grade.PROVEN], key))
    for key in ordered:
        proven, imported, declared = (counts[key, grade] for grade in (Grade.PROVEN, Grade.IMPORTED, Grade.DECLARED))
        yield Part(key, proven, imported, declared, 100 * proven / whole if whole else None)


def by_organisation(orgs: Sequence[Organisation], ask: Ask, *, on: dt.date) -> list[tuple[Organisation, Figure]]:
    """The figure at each organisation whose people the metric counts; those without a base of their own are left out."""
    if metrics()[ask.metric].counted != "org" or not orgs:
        return []
    found = figures(orgs, [ask], on=on)
    rows = [(org, found[org.code, ask]) for org in orgs]
    return [(org, shown) for org, shown in rows if shown.population is not None or shown.proven]


# --- week by week ---------------------------------------------------------------------------------------------------------------------


def weekly_by_commune(place: Unit, metric: str, *, first: dt.date, last: dt.date) -> dict[tuple[str, dt.date], int]:
    """(the commune's path, Monday) → what that week added, proven; weeks that begin from `first` to `last`."""
    cursor = cursor_here()
    ask_measures(cursor, {metric})
    given = {"prefix": prefix_of(place), "first": first, "last": last}
    rows = cursor.execute(engine.sql("weekly").format(weeks=_weeks()), given).fetchall()
    return {(path, week): int(n) for path, week, n in rows}


def _weeks() -> str:
    snapshot = current_snapshot()
    own = engine.read_files(engine.all_files(snapshot.folder, "weeks"))
    return (
        f"({engine.sql('weeks_with_sent').format(own=own, sent=sent_weeks(snapshot.sent))})" if snapshot.sent else own
    )
