"""What the team's door asks for and sends from a phone: lists to work with when there is no line, and events. JSON, same origin only."""

from __future__ import annotations

import logging

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hocvuso.fieldwork.jobs import apply_events
from hocvuso.fieldwork.queries import residents_of, teams_of
from hocvuso.lib import clock
from hocvuso.sync.actions import store_events
from hocvuso.sync.queries import sealer, set_aside_of
from hocvuso.sync.rules import read_batch
from hocvuso.web.shared.rights import member_api
from hocvuso.web.shared.visitor import is_on_shared_phone, visitor_of

log = logging.getLogger(__name__)

LISTS_KEPT_DAYS = 7  # a phone forgets its lists so long after it last heard from us


@member_api
@require_GET
def team_lists(request: HttpRequest) -> HttpResponse:
    """Everything the form needs with no line: the own teams, who lives in their villages, the day, the key to seal for."""
    person, today = visitor_of(request), clock.today()
    teams = list(teams_of(person, on=today))
    residents = residents_of(teams).only("pk", "name", "folded", "birth_year", "unit_id")
    return JsonResponse({
        "me": str(person.pk),
        "csrf": get_token(request),
        "today": today.isoformat(),
        # On a phone that others use nothing of the list outlives the visit.
        "kept_days": 0 if is_on_shared_phone(request) else LISTS_KEPT_DAYS,
        "key": sealer().public_jwk(),
        "teams": [{"id": str(team.pk), "name": team.name, "unit": team.unit_id} for team in teams],
        "residents": [
            {"id": str(one.pk), "name": one.name, "folded": one.folded, "born": one.birth_year, "unit": one.unit_id}
            for one in residents
        ],
    })  # fmt: skip


@member_api
@require_POST
def sync_events(request: HttpRequest) -> HttpResponse:
    """Keeps what a device sent, answers up to which number it may forget, and lets the events be applied.

    The answer promises only that they are kept: a fault while applying them is ours, and the timetable tries again.
    """
    try:
        batch = read_batch(request.body)
    except RequestDataTooBig:
        return JsonResponse({"error": _("Gói tin quá lớn; hãy gửi từng phần. Chưa lưu gì.")}, status=413)
    stored = store_events(batch, sender=visitor_of(request), now=clock.real_now(), today=clock.today())
    try:
        apply_events()
    except Exception:
        log.exception("events of device %s are stored and wait", batch.device)
    aside = [{"seq": one.seq, "reason": one.reason} for one in set_aside_of(batch)]
    return JsonResponse({"acknowledged": stored.acknowledged, "set_aside": aside})
