"""Among whom a target can be shared out, and how many each of them has: the places where its metric is counted, by its own base."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from hocvuso.measure.queries.figures import headcounts, metrics
from hocvuso.measure.queries.standings import concerns
from hocvuso.measure.rules import Base, Metric
from hocvuso.places.models import Level, Place, Unit
from hocvuso.places.queries import children_of, organisations_within
from hocvuso.places.rules import Group
from hocvuso.plans.models import Target


class Among(StrEnum):
    """Two ways to cut a unit so that everybody is counted once: by where they are counted, or by whom they belong to."""

    UNITS = "units"  # a province's communes, a commune's villages
    ORGANISATIONS = "organisations"  # agencies, schools, enterprises that stand in the unit


@dataclass(frozen=True, slots=True)
class Candidate:
    place: Place
    headcount: int | None


def candidates(target: Target, giver: Unit, *, among: Among, on: dt.date) -> list[Candidate]:
    """Everybody who takes part, in the order of their codes; nobody for a target that no metric measures."""
    metric = metrics().by_key.get(target.indicator.metric)
    if metric is None:
        return []
    places: list[Place]
    if among is Among.UNITS:
        places = list(children_of(giver, on=on).exclude(level=Level.DISTRICT))
    else:
        places = list(organisations_within(giver, on=on).select_related("seat", "of").order_by("seat__code", "code"))
    places = [place for place in places if concerns(target, place)]
    known = headcounts(places, _base(metric), on=on) if places else {}
    return [Candidate(place, known[place.code].count if place.code in known else None) for place in places]


def ways_to_share(target: Target, giver: Unit, *, on: dt.date) -> list[Among]:
    return [among for among in Among if candidates(target, giver, among=among, on=on)]


_BY_AGE = {15: Group.RESIDENTS_15, 16: Group.RESIDENTS_16, 18: Group.ADULTS}


def _base(metric: Metric) -> Base:
    """The metric's own base; for a plain count the people it may come from."""
    if metric.base is not None and not metric.base.metric:
        return metric.base
    if metric.groups:
        return Base(groups=metric.groups)
    if metric.subject == "household":
        return Base(groups=(Group.HOUSEHOLDS,))
    return Base(groups=(_BY_AGE.get(metric.min_age or 0, Group.RESIDENTS),))
