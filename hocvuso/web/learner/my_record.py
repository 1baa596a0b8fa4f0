from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hocvuso.evidence.queries import catalogue, rows_about
from hocvuso.lib import clock
from hocvuso.web.shared.rights import learner
from hocvuso.web.shared.visitor import visitor_of


@learner
def my_record(request: HttpRequest) -> HttpResponse:
    """What the system holds about the visitor, and where each fact came from: theirs to see (Luật 91/2025/QH15)."""
    person = visitor_of(request)
    rows = [(row, catalogue().kind(row.kind)) for row in rows_about(person.pk, on=clock.today())]
    return render(request, "learner/my_record.html", {"person": person, "rows": rows})
