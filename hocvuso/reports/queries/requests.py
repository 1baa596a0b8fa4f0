"""Reports somebody asked for: of whom, by when, and who may ask."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from hocvuso.lib.periods import Span
from hocvuso.lib.text import fold
from hocvuso.places.models import Organisation, Place, Unit, place_fields
from hocvuso.plans.models import Duty
from hocvuso.plans.queries import bearers_of, is_borne_by, plans_touching
from hocvuso.reports.calendar import ADHOC
from hocvuso.reports.models import ReportRequest, ReportRequestPlace


def in_force() -> QuerySet[ReportRequest]:
    """Nobody took them back."""
    return ReportRequest.objects.filter(withdrawal=None)


def request_for(duty: Duty, place: Place, *, due: dt.date) -> ReportRequest | None:
    """What was asked of the place for that day; of the plan's own unit, which gathers the answers, the same as of the others."""
    if duty.frequency != ADHOC:
        return None
    found = in_force().filter(duty=duty, due=due)
    if not (isinstance(place, Unit) and place.pk == duty.plan.unit_id):
        found = found.filter(places__in=ReportRequestPlace.objects.filter(**place_fields(place)))
    return found.order_by("-pk").first()


def asked_between(duties: Iterable[Duty], within: Span, *, place: Place | None = None) -> list[ReportRequestPlace]:
    """Which places were asked for reports of these duties that are due in some days."""
    rows = ReportRequestPlace.objects.filter(
        request__in=in_force(), request__duty__in=list(duties), request__due__range=(within.first, within.last)
    ).select_related("request", "unit", "org__of")
    if place is not None:
        rows = rows.filter(**place_fields(place))
    return list(rows.order_by("pk"))


def expected_places(duty: Duty, *, due: dt.date) -> list[Place]:
    """Whose reports a gathered one is made of: everybody the duty falls to, or those who were asked; communes first."""
    asked = asked_between([duty], Span(due, due)) if duty.frequency == ADHOC else []
    found: list[Place] = [row.place for row in asked]
    return found or [place for some in bearers_of(duty, on=due) for place in some]


def duties_to_ask(place: Place) -> list[Duty]:
    """Ad hoc duties whose reports come to this place: it issued the plan, or it is the agency that collects for the plan's unit.

    A duty of the collecting agency itself is asked for by the plan's unit alone.
    """
    home = place if isinstance(place, Unit) else place.of
    duties = Duty.objects.filter(plan__unit__code=home.code, frequency=ADHOC).select_related("plan__unit")
    return [duty for duty in duties.order_by("plan__key", "position") if may_ask(duty, place)]


def may_ask(duty: Duty, place: Place) -> bool:
    if isinstance(place, Organisation):
        collects = place.of_id == duty.plan.unit_id and place.folded == fold(duty.plan.lead_agency)
        return collects and duty.borne_by not in {"lead_agency", "plan_unit"}
    return place.pk == duty.plan.unit_id and duty.borne_by != "plan_unit"


def owes(duty: Duty, place: Place) -> bool:
    """Sends the report in its own name. The plan's unit, which gathers what others send, does not owe what they owe."""
    if isinstance(place, Unit) and place.pk == duty.plan.unit_id:
        return duty.borne_by == "plan_unit"
    return is_borne_by(duty, place)


def own_adhoc_duties(place: Place) -> list[Duty]:
    """What the place may report of its own accord, today."""
    home = place if isinstance(place, Unit) else place.of
    duties = Duty.objects.filter(plan__in=plans_touching(home), frequency=ADHOC).select_related("plan__unit")
    return [duty for duty in duties.order_by("plan__key", "position") if owes(duty, place)]


def requests_by(place: Place) -> QuerySet[ReportRequest]:
    """What a place has asked for, the newest first; what it took back stays to be seen."""
    found = ReportRequest.objects.filter(Q(**_asker(place))).select_related("duty__plan", "withdrawal")
    return found.prefetch_related("places").order_by("-pk")


def _asker(place: Place) -> dict[str, Place]:
    return {"asker_org" if isinstance(place, Organisation) else "asker_unit": place}
