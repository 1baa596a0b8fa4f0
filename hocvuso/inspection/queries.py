from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from hocvuso.attachments.models import Attachment
from hocvuso.inspection.models import InspectedPlace, InspectionRemark, InspectionRound, InspectionStep
from hocvuso.inspection.rules import Kind, State, is_overdue, state_of
from hocvuso.places.models import Place, Unit


def within(place: Place) -> Q:
    """Inspected places that are the place, lie in it or answer to it."""
    if isinstance(place, Unit):
        return Q(unit__path__startswith=place.path) | Q(org__of__path__startswith=place.path)
    return Q(org=place)


def visible_rounds(place: Place) -> QuerySet[InspectionRound]:
    """Rounds of the place itself, of what lies in it, and those that come to it."""
    seen = Q(pk__in=InspectedPlace.objects.filter(within(place)).values("round"))
    if isinstance(place, Unit):
        seen |= Q(unit__path__startswith=place.path)
    return InspectionRound.objects.filter(seen).select_related("unit", "plan")


@dataclass(frozen=True, slots=True)
class RemarkNow:
    remark: InspectionRemark
    state: State
    steps: tuple[InspectionStep, ...]
    is_overdue: bool

    @property
    def kind(self) -> Kind:
        return Kind(self.remark.kind)


@dataclass(frozen=True, slots=True)
class PlaceNow:
    inspected: InspectedPlace
    remarks: tuple[RemarkNow, ...]


def places_now(round_: InspectionRound, place: Place, *, today: dt.date) -> list[PlaceNow]:
    """What a place may see of a round: everything, if it inspects; else itself and what lies in it."""
    found = round_.places.select_related("unit", "org").order_by("pk")
    if not _sees_all(round_, place):
        found = found.filter(within(place))
    remarks = InspectionRemark.objects.filter(inspected__in=found).prefetch_related("steps__attachment")
    by_place: dict[int, list[RemarkNow]] = {}
    for remark in remarks:
        by_place.setdefault(remark.inspected_id, []).append(_now(remark, remark.steps.all(), today))
    return [PlaceNow(one, tuple(by_place.get(one.pk, ()))) for one in found]


def _now(remark: InspectionRemark, steps: Iterable[InspectionStep], today: dt.date) -> RemarkNow:
    listed = tuple(steps)
    state = state_of([step.state for step in listed])
    return RemarkNow(remark, state, listed, is_overdue(Kind(remark.kind), state, remark.due, today=today))


def remark_now(remark: InspectionRemark, *, today: dt.date) -> RemarkNow:
    return _now(remark, remark.steps.select_related("attachment"), today)


@dataclass(frozen=True, slots=True)
class RoundCount:
    round: InspectionRound
    places: int
    open: int
    overdue: int


def round_counts(rounds: Iterable[InspectionRound], place: Place, *, today: dt.date) -> list[RoundCount]:
    """The same as `places_now` shows of each round, counted; a few questions for all of them."""
    listed = list(rounds)
    seen = Q(round__in=[one for one in listed if _sees_all(one, place)]) | (Q(round__in=listed) & within(place))
    round_of = dict(InspectedPlace.objects.filter(seen).values_list("pk", "round_id"))
    places = Counter(round_of.values())
    unsettled, overdue = Counter[int](), Counter[int]()
    found = InspectionRemark.objects.filter(inspected__in=round_of, kind=Kind.SHORTCOMING).prefetch_related("steps")
    for remark in found:
        now, at = _now(remark, remark.steps.all(), today), round_of[remark.inspected_id]
        unsettled[at] += now.state is not State.CONFIRMED
        overdue[at] += now.is_overdue
    return [RoundCount(one, places[one.pk], unsettled[one.pk], overdue[one.pk]) for one in listed]


def _sees_all(round_: InspectionRound, place: Place) -> bool:
    """Whoever inspects, and the levels above it."""
    return isinstance(place, Unit) and place.contains(round_.unit)


def attachment_of(round_: InspectionRound, place: Place, attachment: str) -> Attachment | None:
    """A file of a step, if the place may see the remark it belongs to."""
    found = round_.places.all() if _sees_all(round_, place) else round_.places.filter(within(place))
    step = InspectionStep.objects.filter(remark__inspected__in=found, attachment_id=attachment).first()
    return step.attachment if step else None
