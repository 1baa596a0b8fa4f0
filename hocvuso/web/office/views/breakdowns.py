from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from hocvuso.lib import clock
from hocvuso.measure.queries import (
    Breakdown,
    breakdowns,
    by_organisation,
    can_be_broken_down,
    current_snapshot,
    figure,
    metrics,
)
from hocvuso.measure.rules import Ask, Figure, Metric
from hocvuso.people.queries import visible_organisations
from hocvuso.people.rules import Right
from hocvuso.places.models import Level, Organisation, Place, Unit
from hocvuso.web.office.board_sheets import breakdown_sheet, file_of
from hocvuso.web.shared.conditional import unless_known
from hocvuso.web.shared.places import place_or_404
from hocvuso.web.shared.rights import account_of, official
from hocvuso.web.shared.tags import titled


@official(Right.FIGURES)
@unless_known
def breakdown(request: HttpRequest, place: str, metric: str) -> HttpResponse:
    """One figure by group, sex, age, kind of commune and organisation; small numbers are shown, for this is one's own line."""
    here, asked = _asked(request, place, metric)
    today = clock.today()
    context = {
        "place": here,
        "metric": asked,
        "metrics": [one for one in metrics().by_key.values() if can_be_broken_down(one)],
        "figure": figure(here, Ask(asked.key), on=today),
        "parts": _parts(here, asked),
        "orgs": _by_organisation(request, here, asked),
        "snapshot": current_snapshot(),
    }
    return render(request, "office/breakdown.html", context)


@official(Right.FIGURES)
@unless_known
def breakdown_file(request: HttpRequest, place: str, metric: str, form: str) -> HttpResponse:
    here, asked = _asked(request, place, metric)
    if form not in ("csv", "xlsx"):
        raise Http404
    orgs = _by_organisation(request, here, asked)
    return file_of(breakdown_sheet(here, titled(asked), _parts(here, asked), orgs, on=clock.today()), form)


def _asked(request: HttpRequest, place: str, metric: str) -> tuple[Place, Metric]:
    here, asked = place_or_404(request, place), metrics().by_key.get(metric)
    if asked is None or not can_be_broken_down(asked):
        raise Http404
    return here, asked


def _parts(place: Place, metric: Metric) -> list[Breakdown]:
    """The coarse cells begin at the commune; below it there is only the organisation to break down by."""
    if not isinstance(place, Unit) or place.level == Level.VILLAGE:
        return []
    return breakdowns(place, Ask(metric.key), on=clock.today())


def _by_organisation(request: HttpRequest, place: Place, metric: Metric) -> list[tuple[Organisation, Figure]]:
    if not isinstance(place, Unit):
        return []
    found = visible_organisations(account_of(request), on=clock.today()).filter(of=place).order_by("kind", "name")
    return by_organisation(list(found.select_related("seat", "of")), Ask(metric.key), on=clock.today())
