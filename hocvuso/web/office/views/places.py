from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hocvuso.lib import clock
from hocvuso.measure.queries import current_snapshot, funnels_at, populations_at
from hocvuso.people.queries import visible_organisations, visible_units
from hocvuso.people.rules import Right
from hocvuso.places.models import Level, Unit
from hocvuso.plans.queries import plans_touching
from hocvuso.web.shared.places import place_or_404
from hocvuso.web.shared.rights import account_of, official


@official(Right.FIGURES)
def place(request: HttpRequest, place: str) -> HttpResponse:
    """A unit or an organisation: who lives or works there, its ladder as a funnel, what lies in it, where it came from."""
    here, today, account = place_or_404(request, place), clock.today(), account_of(request)
    home = here if isinstance(here, Unit) else here.of
    units = visible_units(account, on=today).filter(parent=home).exclude(level=Level.DISTRICT).order_by("code")
    context = {
        "place": here,
        "above": visible_units(account, on=today).filter(code__in=home.codes_above).order_by("path"),
        "units": units if isinstance(here, Unit) else [],
        "orgs": visible_organisations(account, on=today).filter(of=home).order_by("kind", "name")
        if isinstance(here, Unit)
        else [],
        "funnels": funnels_at(here, on=today),
        "populations": populations_at(here, on=today),
        "predecessors": here.predecessions.select_related("old").order_by("old__code")
        if isinstance(here, Unit)
        else [],
        "plans": plans_touching(home).order_by("-period_start"),
        "snapshot": current_snapshot(),
    }
    return render(request, "office/place.html", context)
