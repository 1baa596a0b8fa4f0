from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hocvuso.fieldwork.queries import active_memberships, classes_ahead, classes_of, team_figures
from hocvuso.lib import clock
from hocvuso.web.shared.rights import member
from hocvuso.web.shared.visitor import visitor_of

LATEST = 5


@member
def team_home(request: HttpRequest) -> HttpResponse:
    """My teams: how far the village is, what we held last, what is to come."""
    today = clock.today()
    memberships = list(active_memberships(visitor_of(request), on=today))
    teams = [held.team for held in memberships]
    context = {
        "rows": [
            (held, team_figures(held.team, on=today), classes_ahead(held.team.unit, on=today).filter(team=held.team))
            for held in memberships
        ],
        "latest": classes_of(teams)[:LATEST],
    }
    return render(request, "team/team_home.html", context)
