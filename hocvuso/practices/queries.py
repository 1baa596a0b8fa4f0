from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery

from hocvuso.places.models import Level, Place, Unit
from hocvuso.practices.models import Practice, PracticeStep
from hocvuso.practices.rules import Step, standing_of


def within(place: Place) -> Q:
    if isinstance(place, Unit):
        return Q(unit__path__startswith=place.path) | Q(org__of__path__startswith=place.path)
    return Q(org=place)


def province_of(place: Place) -> Unit | None:
    home = place if isinstance(place, Unit) else place.of
    codes = [*home.codes_above, home.code]
    return Unit.objects.filter(code__in=codes, level=Level.PROVINCE).order_by("-valid_from").first()


def visible_practices(place: Place) -> QuerySet[Practice]:
    """Those of the place and what lies in it; and all that are recognised anywhere in its province: they are there to be copied. Where the
    level above said otherwise since, only whoever took it up still sees it."""
    taken_up = PracticeStep.objects.filter(within(place), step=Step.TAKEN_UP).values("practice")
    seen = within(place) | Q(pk__in=taken_up)
    province = province_of(place)
    if province is not None:
        seen |= Q(said_last=Step.RECOGNISED) & within(province)
    said = PracticeStep.objects.filter(practice=OuterRef("pk")).exclude(step=Step.TAKEN_UP).order_by("-pk")
    found = Practice.objects.annotate(said_last=Subquery(said.values("step")[:1]))
    return found.filter(seen).select_related("unit", "org", "plan")


def practices_between(place: Place, *, first: dt.date, last: dt.date) -> QuerySet[Practice]:
    """What the place and what lies in it told in some days: for its report."""
    return Practice.objects.filter(within(place), on__gte=first, on__lte=last).select_related("unit", "org")


@dataclass(frozen=True, slots=True)
class PracticeNow:
    practice: Practice
    standing: Step | None
    steps: tuple[PracticeStep, ...]

    @property
    def taken_up_by(self) -> list[str]:
        return [str(step.place) for step in self.steps if step.step == Step.TAKEN_UP]


def practice_now(practice: Practice) -> PracticeNow:
    steps = tuple(practice.steps.select_related("unit", "org"))
    return PracticeNow(practice, standing_of([step.step for step in steps]), steps)


def practices_now(practices: QuerySet[Practice]) -> list[PracticeNow]:
    found = list(practices)
    steps: dict[int, list[PracticeStep]] = {}
    for step in PracticeStep.objects.filter(practice__in=found).select_related("unit", "org"):
        steps.setdefault(step.practice_id, []).append(step)
    return [
        PracticeNow(one, standing_of([step.step for step in steps.get(one.pk, [])]), tuple(steps.get(one.pk, [])))
        for one in found
    ]


def judge_of(practice: Practice) -> Unit | None:
    """Which unit may recognise it: the one above a unit, the one an organisation answers to."""
    return practice.unit.parent if practice.unit else practice.org.of if practice.org else None
