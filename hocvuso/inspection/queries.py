from __future__ import annotations

import datetime as dt
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
    inspects = isinstance(place, Unit) and place.contains(round_.unit)
    found = round_.places.select_related("unit", "org").order_by("pk")
    if not inspects:
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
    counts = []
    for one in rounds:
        places = places_now(one, place, today=today)
        remarks = [remark for seen in places for remark in seen.remarks if remark.kind is Kind.SHORTCOMING]
        unsettled = sum(remark.state is not State.CONFIRMED for remark in remarks)
        counts.append(RoundCount(one, len(places), unsettled, sum(remark.is_overdue for remark in remarks)))
    return counts


def attachment_of(round_: InspectionRound, place: Place, attachment: str) -> Attachment | None:
    """A file of a step, if the place may see the remark it belongs to."""
    inspects = isinstance(place, Unit) and place.contains(round_.unit)
    found = round_.places.all() if inspects else round_.places.filter(within(place))
    step = InspectionStep.objects.filter(remark__inspected__in=found, attachment_id=attachment).first()
    return step.attachment if step else None
