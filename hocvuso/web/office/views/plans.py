from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from hocvuso.evidence.queries import sources_of
from hocvuso.lib import clock
from hocvuso.measure.queries import (
    Standing,
    concerns,
    current_snapshot,
    rows_behind,
    standing,
    standings,
    standings_below,
    trend,
)
from hocvuso.people.queries import has_right, visible_persons
from hocvuso.people.rules import Right
from hocvuso.places.models import Level, Place, Unit
from hocvuso.plans.models import Plan, Target
from hocvuso.plans.queries import parents_of, visible_plans
from hocvuso.web.shared.places import holds_at, home_places, place_or_404, places_below
from hocvuso.web.shared.rights import account_of, official


@dataclass(frozen=True, slots=True)
class Horizon:
    """Targets of one horizon together: 100 days and the year are never merged (facts K6)."""

    name: str
    standings: list[Standing]


@official(Right.FIGURES)
def plan_list(request: HttpRequest) -> HttpResponse:
    found = _plans_of(request).order_by("-period_start", "key")
    may_read = has_right(account_of(request), Right.PLANS, on=clock.today())
    return render(request, "office/plan_list.html", {"plans": found, "may_read": may_read})


@official(Right.FIGURES)
def plan(request: HttpRequest, plan: str) -> HttpResponse:
    """The promises of a plan against today's figures, at one place."""
    found = get_object_or_404(_plans_of(request), key=plan)
    place, today = place_or_404(request, request.GET.get("noi")), clock.today()
    here = standings(found, place, on=today)
    context = {
        "plan": found,
        "place": place,
        "horizons": _by_horizon(here),
        "unmeasured": [s for s in here if s.light == "not_measured"],
        "below": places_below(request, place),
        "homes": home_places(request),
        "finding_count": found.findings.count(),
        "parents": parents_of(found, among=_plans_of(request)),
        "snapshot": current_snapshot(),
    }
    return render(request, "office/plan.html", context)


def _by_horizon(found: list[Standing]) -> list[Horizon]:
    """A heading for each horizon, in the order in which the plan names them first, wherever its targets stand in it."""
    names = dict.fromkeys(one.target.horizon for one in found)
    return [Horizon(name, [one for one in found if one.target.horizon == name]) for name in names]


@official(Right.FIGURES)
def target(request: HttpRequest, plan: str, target: str) -> HttpResponse:
    """One target at one place: the three grades, where each number comes from, the way to the day, and who below stands where."""
    found = get_object_or_404(
        Target.objects.select_related("indicator", "plan__unit"),
        plan__in=_plans_of(request),
        plan__key=plan,
        key=target,
    )
    place, today = place_or_404(request, request.GET.get("noi")), clock.today()
    here = standing(found, place, on=today)
    below = [one for one in places_below(request, place) if concerns(found, one)]
    metric = here.figure.metric if here.figure else None
    sees_people = holds_at(request, Right.PEOPLE, place)
    # Single rows of evidence name people: only for who may see the people of this very place, and what concerns them there. (An
    # organisation's people have their VNeID confirmation as residents: no target of that sort concerns the organisation.)
    rows = rows_behind(place, metric, on=today)[:10] if metric and sees_people and concerns(found, place) else []
    persons = visible_persons(account_of(request), on=today).in_bulk([row.subject for row in rows])
    context = {
        "plan": found.plan,
        "target": found,
        "place": place,
        "here": here,
        # Day by day in a village or an organisation: one step of the line is one person whom neighbours know.
        "trend": trend(here, place, on=today) if sees_people or _is_large(place) else None,
        "sources": sources_of(rows_behind(place, metric, on=today)) if metric else [],
        "newest": [(row, persons.get(row.subject)) for row in rows],
        "below": list(zip(below, standings_below(found, below, on=today), strict=True)),
        "shares_out": bool(
            found.scope == "total" and isinstance(place, Unit) and metric and holds_at(request, Right.TARGETS, place)
        ),
        "findings": [finding for finding in found.plan.findings.all() if found.key in finding.about],
        "snapshot": current_snapshot(),
    }
    return render(request, "office/target.html", context)


@official(Right.FIGURES)
def findings(request: HttpRequest, plan: str) -> HttpResponse:
    """Where documents contradict each other or themselves: both readings, nobody's chosen."""
    found = get_object_or_404(_plans_of(request), key=plan)
    return render(request, "office/findings.html", {"plan": found, "findings": found.findings.all()})


def _is_large(place: Place) -> bool:
    return isinstance(place, Unit) and place.level != Level.VILLAGE


def _plans_of(request: HttpRequest) -> QuerySet[Plan]:
    return visible_plans(account_of(request), on=clock.today())
