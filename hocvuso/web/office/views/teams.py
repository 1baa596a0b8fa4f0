from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hocvuso.fieldwork import actions
from hocvuso.fieldwork.jobs import apply_event
from hocvuso.fieldwork.queries import looked_at, set_aside_seen, teams_seen, unmatched_seen
from hocvuso.lib import clock
from hocvuso.lib.errors import HocVuSoError
from hocvuso.people.queries import find_persons, residents_seen
from hocvuso.people.rules import Right
from hocvuso.sync.actions import dismiss_event
from hocvuso.sync.models import Result
from hocvuso.web.shared.rights import account_of, official

MOST_SHOWN = 100
MOST_FOUND = 30


@official(Right.PEOPLE)
def team_review(request: HttpRequest) -> HttpResponse:
    """The teams of the commune, and what their phones sent that a person has to look at."""
    account, today = account_of(request), clock.today()
    context = {
        "teams": teams_seen(account, on=today),
        "aside": [looked_at(event) for event in set_aside_seen(account, on=today)[:MOST_SHOWN]],
        "names": unmatched_seen(account, on=today)[:MOST_SHOWN],
    }
    return render(request, "office/team_review.html", context)


@official(Right.PEOPLE)
@require_POST
def settle_event(request: HttpRequest, event: int) -> HttpResponse:
    """Try again what was set aside, or say why it is not counted."""
    account = account_of(request)
    found = get_object_or_404(set_aside_seen(account, on=clock.today()), pk=event)
    if request.POST.get("what") == "again" and looked_at(found).may_retry:
        if apply_event(found, by=account.actor) is Result.SET_ASIDE:
            messages.warning(request, _("Vẫn chưa ghi nhận được; lý do ghi ở bên dưới."))
        else:
            messages.success(request, _("Đã ghi nhận buổi học."))
    else:
        try:
            dismiss_event(found, by=account.actor, reason=request.POST.get("reason", "").replace("\0", ""))
        except HocVuSoError as error:
            messages.warning(request, str(error))
        else:
            messages.success(request, _("Đã ghi là không tính. Nội dung gửi lên vẫn được giữ."))
    return redirect("team_review")


@official(Right.PEOPLE)
def match_name(request: HttpRequest, note: int) -> HttpResponse:
    """Who is “Bà Hai”, written down at a class? Until somebody says so the name counts nowhere."""
    account, today = account_of(request), clock.today()
    found = get_object_or_404(unmatched_seen(account, on=today), pk=note)
    commune = found.session.unit.parent or found.session.unit
    residents = residents_seen(account, on=today).filter(unit__path__startswith=commune.path)
    if request.method == "POST":
        if request.POST.get("what") == "close":
            actions.close_name(found, by=account.actor)
            messages.success(request, _("Đã bỏ tên này; không tính ở đâu cả."))
        else:
            person = get_object_or_404(residents, pk=_chosen(request))
            actions.match_name(found, person, by=account.actor, today=today)
            messages.success(request, _("Đã ghi người này là được hướng dẫn trong buổi học."))
        return redirect("team_review")
    asked = request.GET.get("ten", found.name).replace("\0", "").strip()[:80]
    people = find_persons(residents, asked)[:MOST_FOUND]
    return render(request, "office/match_name.html", {"note": found, "asked": asked, "people": people})


def _chosen(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("person", ""))
    except ValueError:
        raise Http404 from None
