from __future__ import annotations

import uuid
from collections.abc import Callable

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from hocvuso.credentials.queries import certificates_of, confirmed_on, is_revoked
from hocvuso.evidence.models import Evidence
from hocvuso.evidence.queries import catalogue, known_at_work, ladder_of, rows_about
from hocvuso.fieldwork.queries import set_aside_seen, teams_seen, unmatched_seen
from hocvuso.lib import clock
from hocvuso.measure.queries import metrics
from hocvuso.people.actions import note_look
from hocvuso.people.queries import find_persons, residents_seen, visible_organisations, visible_persons
from hocvuso.people.rules import Right
from hocvuso.web.shared.rights import account_of, official

A_PAGE = 50


@official(Right.PEOPLE)
def people(request: HttpRequest) -> HttpResponse:
    """The account's own people, with the highest rung each has reached; of colleagues from elsewhere, as far as the organisation knows."""
    account, today = account_of(request), clock.today()
    asked = request.GET.get("ten", "").replace("\0", "").strip()[:80]
    page = Paginator(find_persons(visible_persons(account, on=today), asked), A_PAGE).get_page(request.GET.get("trang"))
    shown = [person.pk for person in page]
    residents = set(residents_seen(account, on=today).filter(pk__in=shown).values_list("pk", flat=True))
    ladder = ladder_of([pk for pk in shown if pk in residents], on=today) | ladder_of(
        [pk for pk in shown if pk not in residents], on=today, among=_at_work(request)
    )
    context = {
        "page": page,
        "asked": asked,
        "rows": [(person, ladder.get(person.pk)) for person in page],
        "has_teams": teams_seen(account, on=today).exists(),
        "waiting": set_aside_seen(account, on=today).count() + unmatched_seen(account, on=today).count(),
    }
    return render(request, "office/people.html", context)


@official(Right.PEOPLE)
def person(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """One person's evidence. Whoever looks is remembered."""
    account, today = account_of(request), clock.today()
    found = get_object_or_404(visible_persons(account, on=today).select_related("unit", "org"), pk=person)
    known, at_work_only, certificates = rows_about(found.pk, on=today), False, certificates_of(found)
    if not residents_seen(account, on=today).filter(pk=found.pk).exists():
        known, at_work_only, certificates = _at_work(request)(known), True, certificates.none()
    rows = [(row, catalogue().kind(row.kind)) for row in known]
    note_look(account, found)
    papers = [(certificate, is_revoked(certificate), confirmed_on(certificate)) for certificate in certificates]
    context = {"person": found, "rows": rows, "at_work_only": at_work_only, "papers": papers}
    return render(request, "office/person.html", context)


def _at_work(request: HttpRequest) -> Callable[[QuerySet[Evidence]], QuerySet[Evidence]]:
    """Leaves the rows that concern somebody as one of the account's organisations' people."""
    orgs = visible_organisations(account_of(request), on=clock.today(), right=Right.PEOPLE)
    counted = [m for m in metrics().by_key.values() if m.counted == "org" and m.subject == "person"]
    kinds = {kind for metric in counted for kind in metric.kinds}
    return lambda rows: known_at_work(rows, orgs=orgs, kinds=kinds)
