from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from hocvuso.lib import clock
from hocvuso.measure.queries import current_snapshot, figures, metrics
from hocvuso.measure.rules import Ask
from hocvuso.measure.upward.queries import sent_within
from hocvuso.people.rules import Right
from hocvuso.places.models import Level, Unit
from hocvuso.web.shared.places import home_places
from hocvuso.web.shared.rights import official


@official(Right.FIGURES)
def provinces(request: HttpRequest) -> HttpResponse:
    """One metric in every province, as each has sent it, with the day; a province that has sent nothing says so. For the nation alone."""
    nation = next((p for p in home_places(request) if isinstance(p, Unit) and p.level == Level.NATION), None)
    if nation is None:
        raise Http404
    known, today = metrics().by_key, clock.today()
    metric = known.get(request.GET.get("thuoc-do", "")) or next(iter(known.values()))
    sent = sent_within(nation)
    ask = Ask(metric.key)
    found = figures([nation, *(province for province, _ in sent)], [ask], on=today)
    snapshot = current_snapshot()
    context = {
        "place": nation,
        "metric": metric,
        "metrics": known.values(),
        "whole": found[nation.code, ask],
        "rows": [
            (province, found[province.code, ask], there, there is not None and there.catalogue != snapshot.catalogue)
            for province, there in sent
        ],
        "sent_count": sum(there is not None for _, there in sent),
        "snapshot": snapshot,
    }
    return render(request, "office/provinces.html", context)
