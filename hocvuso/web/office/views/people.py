from __future__ import annotations

import uuid

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from hocvuso.evidence.queries import catalogue, ladder_of, rows_about
from hocvuso.lib import clock
from hocvuso.people.queries import find_persons, visible_persons
from hocvuso.people.rules import Right
from hocvuso.web.shared.rights import account_of, official

A_PAGE = 50


@official(Right.PEOPLE)
def people(request: HttpRequest) -> HttpResponse:
    """The account's own people, with the highest rung each has reached."""
    asked = request.GET.get("ten", "").replace("\0", "").strip()[:80]
    found = find_persons(visible_persons(account_of(request), on=clock.today()), asked)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("trang"))
    ladder = ladder_of([person.pk for person in page], on=clock.today())
    context = {"page": page, "asked": asked, "rows": [(person, ladder.get(person.pk)) for person in page]}
    return render(request, "office/people.html", context)


@official(Right.PEOPLE)
def person(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(
        visible_persons(account_of(request), on=clock.today()).select_related("unit", "org"), pk=person
    )
    rows = [(row, catalogue().kind(row.kind)) for row in rows_about(found.pk, on=clock.today())]
    return render(request, "office/person.html", {"person": found, "rows": rows})
