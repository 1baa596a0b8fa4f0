"""Where a target stands at a place on a day: the figure beside the promise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hocvuso.lib.errors import BadInput
from hocvuso.measure.queries.figures import figures, metrics, series
from hocvuso.measure.rules import Ask, Figure, Metric
from hocvuso.places.models import Level, Organisation, OrganisationKind, Place, Unit
from hocvuso.places.queries import units_within
from hocvuso.plans.models import Plan, Target
from hocvuso.plans.planfile import PlanFile
from hocvuso.plans.queries import Goals, goals_of, targets_of
from hocvuso.plans.rules import Light, Pace, is_reached, light, needed_count, needed_pace


@dataclass(frozen=True, slots=True)
class Standing:
    """A target at a place. `value` and `goal` are in the same measure, said by `measure`: percent, people, or communes.

    `figure` is None where the plan's number has no metric (declared only). `goal` is None where the target was not given to this place.
    """

    target: Target
    place: str
    figure: Figure | None
    also: tuple[Figure, ...]
    value: float | None
    goal: float | None
    measure: str  # "%", "count", "units"
    needed: int | None  # how many make the goal, in what is counted
    light: Light
    pace: Pace | None

    @property
    def days_left(self) -> int | None:
        if self.target.last_day is None or self.figure is None:
            return None
        return (self.target.last_day - self.figure.on).days

    @property
    def rung_figures(self) -> tuple[Figure, ...]:
        """Every verb of a compound target, each on its own rung (facts K11)."""
        return (self.figure, *self.also) if self.figure else self.also

    @property
    def gained(self) -> int | None:
        """What the period added, proven."""
        if self.figure is None or self.figure.proven is None or self.figure.proven_before is None:
            return None
        return self.figure.proven - self.figure.proven_before


def standings(plan: Plan, place: Place, *, on: dt.date, since: dt.date | None = None) -> list[Standing]:
    """Every target of the plan that concerns the place, in the plan's order."""
    targets = [target for target in targets_of(plan) if concerns(target, place)]
    asks = [ask for target in targets for ask in _asks(target)]
    found = figures([place], asks, on=on, since=since) if asks else {}
    goals = goals_of(targets, [place])
    return [_stand(target, place, found, on, goals) for target in targets]


def standing(target: Target, place: Place, *, on: dt.date, since: dt.date | None = None) -> Standing:
    found = figures([place], _asks(target), on=on, since=since) if _asks(target) else {}
    return _stand(target, place, found, on, goals_of([target], [place]))


def standings_below(target: Target, places: Sequence[Place], *, on: dt.date) -> list[Standing]:
    """One target at many places: its communes, villages or organisations side by side."""
    asks = _asks(target)
    here = [place for place in places if concerns(target, place)]
    found = figures(here, asks, on=on) if asks and here else {}
    goals = goals_of([target], here)
    return [_stand(target, place, found, on, goals) for place in here]


_KINDS = {
    "officials": {OrganisationKind.AGENCY},
    "staff": {OrganisationKind.AGENCY},
    "pupils": {OrganisationKind.SCHOOL},
    "students": {OrganisationKind.SCHOOL},
    "workers": {OrganisationKind.ENTERPRISE, OrganisationKind.COOPERATIVE},
}


def concerns(target: Target, place: Place) -> bool:
    """A commune's people are counted in its villages, an office's in the office: a target only shows where it can be met."""
    home = place if isinstance(place, Unit) else place.of
    if not target.plan.unit.contains(home):  # a ward's promise says nothing of its province
        return False
    metric = metrics().by_key.get(target.indicator.metric)
    if metric is None:
        return isinstance(place, Unit) and place.pk == target.plan.unit_id
    if isinstance(place, Organisation):
        if metric.counted != "org":
            return False
        wanted = set().union(*(_KINDS.get(group, set()) for group in metric.groups)) if metric.groups else None
        if wanted is None:
            wanted = {OrganisationKind(metric.base.orgs)} if metric.base and metric.base.orgs else set()
        return place.kind in wanted
    return not (place.level == Level.VILLAGE and metric.counted != "village")


def _asks(target: Target) -> list[Ask]:
    known = metrics()
    asks = []
    for key in target.indicator.metrics:
        metric = known.by_key.get(key)
        if metric is not None:
            asks.append(Ask(key, target.level if metric.by_level else ""))
    return asks if target.indicator.metric in known.by_key else []


def _stand(target: Target, place: Place, found: dict[tuple[str, Ask], Figure], on: dt.date, goals: Goals) -> Standing:
    asks = _asks(target)
    if not asks:
        return Standing(target, place.code, None, (), None, None, "", None, Light.NOT_MEASURED, None)
    main, *rest = [found[place.code, ask] for ask in asks]
    value, goal, measure = _value_and_goal(target, place, main, on, goals)
    start, last_day = target.start or target.plan.period_start, target.last_day
    needed = None
    shown = Light.NO_DEADLINE if goal is None else Light.NOT_MEASURED
    pace = None
    if goal is not None:
        population = main.population.count if main.population else None
        # "Each commune more than ten" has been asked of each commune already: of the communes themselves all are wanted, not more.
        comparator = "=" if measure == "units" or target.scope == "each_subject" else target.comparator
        needed = needed_count(goal, comparator, population=population, is_share=measure == "%")
        shown = light(value, comparator=comparator, target=goal, start=start, last_day=last_day, today=on)
        done = int(value) if measure == "units" and value is not None else main.headline
        if done is not None and needed is not None:
            pace = needed_pace(done, needed, last_day=last_day, today=on)
    return Standing(target, place.code, main, tuple(rest), value, goal, measure, needed, shown, pace)


def _value_and_goal(
    target: Target, place: Place, main: Figure, on: dt.date, goals: Goals
) -> tuple[float | None, float | None, str]:
    at_plan = isinstance(place, Unit) and place.pk == target.plan.unit_id
    if (
        target.scope == "each_subject"
    ):  # "each school five topics": the metric counts those who have them, all are asked for
        return main.share(main.grade), 100.0, "%"
    if target.scope == "each_unit":
        if isinstance(place, Unit) and at_plan and place.level == Level.PROVINCE:
            return _communes_meeting(target, place, main.metric, on)
        is_bearer = isinstance(place, Unit) and (
            at_plan or place.level == Level.COMMUNE
        )  # a village owes its part to nobody
        return _float(main.headline), target.value if is_bearer else None, "count"
    # A count promised for the whole province is not anybody's below it until it has been shared out.
    goal = goals.at(target, place)
    return (main.share(main.grade), goal, "%") if target.is_share else (_float(main.headline), goal, "count")


def _communes_meeting(target: Target, province: Unit, metric: Metric, on: dt.date) -> tuple[float | None, float, str]:
    communes = list(units_within(province, Level.COMMUNE, on=on))
    ask = Ask(metric.key)
    counts = [found.headline for found in figures(communes, [ask], on=on).values()]
    if all(count is None for count in counts):
        return None, float(len(communes)), "units"
    return (
        float(sum(1 for count in counts if count is not None and is_reached(count, target.comparator, target.value))),
        float(len(communes)),
        "units",
    )


def _float(count: int | None) -> float | None:
    return None if count is None else float(count)


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One day of the way, in the drawing's own measure: x 0–100 over the period, y 0–100 over the goal or the highest point."""

    on: dt.date
    count: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Trend:
    """The proven count day by day from the start to the deadline, beside the even pace to the goal."""

    first: dt.date
    last: dt.date
    top: int
    goal: int | None
    goal_y: float | None
    points: tuple[TrendPoint, ...]
    today_x: float


def trend(here: Standing, place: Place, *, on: dt.date) -> Trend | None:
    """`None` where there is nothing proven to draw."""
    target = here.target
    last = target.last_day or target.plan.period_end
    first = target.start or target.plan.period_start
    if here.figure is None or not here.figure.proven or last <= first:
        return None
    counts = series(place, Ask(here.figure.metric.key, here.figure.level), first=first, last=on)
    goal = here.needed if here.measure != "units" else None
    top = max([count for _, count in counts] + [goal or 0]) or 1
    days = max((last - first).days, (on - first).days)

    def across(day: dt.date) -> float:
        return round(100 * min(1.0, max(0.0, (day - first).days / days)), 2)

    points = [TrendPoint(day, count, across(day), round(100 * count / top, 2)) for day, count in counts]
    if points and points[-1].on < on:
        points.append(TrendPoint(on, points[-1].count, across(on), points[-1].y))
    return Trend(
        first, max(last, on), top, goal, round(100 * goal / top, 2) if goal else None, tuple(points), across(on)
    )


def demand_known_metrics(file: PlanFile) -> None:
    """Refuses a plan file that names a metric the catalogue does not have: its figure could never be shown."""
    known = metrics().by_key
    for indicator in file.indicators:
        for key in (indicator.metric, *indicator.also):
            if key and key not in known:
                raise BadInput(
                    _("%(plan)s: chỉ số “%(indicator)s” nhắc đến thước đo “%(metric)s” không có trong metrics.yaml.")
                    % {"plan": file.key, "indicator": indicator.key, "metric": key}
                )
