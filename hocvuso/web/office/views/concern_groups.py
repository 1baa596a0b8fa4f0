"""What several have said in other words: proposed as groups, merged by a person."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext

from hocvuso.concerns.actions import merge_concerns
from hocvuso.concerns.queries import likely_same, visible_concerns
from hocvuso.lib import clock
from hocvuso.lib.errors import HocVuSoError
from hocvuso.people.rules import Right
from hocvuso.web.shared.places import acts_for, home_places, place_or_404
from hocvuso.web.shared.rights import account_of, official

SHOWN = 20  # groups on a page; merged ones leave it, and others come up


@official(Right.ANSWER_CONCERNS)
def concern_groups(request: HttpRequest) -> HttpResponse:
    """Groups of open ones that seem to say the same. Somebody looks, unticks what is something else, and merges."""
    place = place_or_404(request, request.GET.get("noi"), Right.ANSWER_CONCERNS)
    if not acts_for(request, place, Right.ANSWER_CONCERNS):  # merging is done in one's own name
        raise Http404
    account, today = account_of(request), clock.today()
    if request.method == "POST":
        seen = visible_concerns(account, on=today)
        kept = get_object_or_404(seen, pk=_key(request.POST.get("kept", "")))
        others = list(seen.filter(pk__in=[*map(_key, request.POST.getlist("same"))]))
        try:
            merged = merge_concerns(kept, others, at=place, by=account.actor, today=today)
        except HocVuSoError as error:
            messages.warning(request, str(error))
        else:
            said = ngettext(
                "Đã gộp %(n)s ý kiến. Một câu trả lời sẽ đến mọi nơi đã nêu.",
                "Đã gộp %(n)s ý kiến. Một câu trả lời sẽ đến mọi nơi đã nêu.",
                len(merged) + 1,
            )
            messages.success(request, said % {"n": len(merged) + 1})
        return redirect(f"{request.path}?{request.GET.urlencode()}")
    groups = likely_same(place)
    context = {
        "place": place,
        "homes": home_places(request, Right.ANSWER_CONCERNS),
        "groups": groups[:SHOWN],
        "more": max(0, len(groups) - SHOWN),
    }
    return render(request, "office/concern_groups.html", context)


def _key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
