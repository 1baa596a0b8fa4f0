from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hocvuso.web.shared.address import inside
from hocvuso.web.shared.rights import public

UNSENT = "hvs_waiting"  # a cookie the team's pages set while something unsent lies on the phone
# Why somebody finds themselves here, by the word in the address.
NOTICES = {
    "chua-luu": _("Bạn đã ngừng hơi lâu nên việc vừa bấm chưa được ghi. Hãy vào lại rồi làm lần nữa."),
    "het-han": _("Bạn đã ngừng hơi lâu nên trang tự thoát. Hãy vào lại; những gì đã làm vẫn còn."),
}


@public
@never_cache
def learner_sign_in(request: HttpRequest) -> HttpResponse:
    """One button: sign in with VNeID; and whether the phone is shared."""
    context = {
        "next": inside(request, request.GET.get("next", "")),
        "notice": next((text for key, text in NOTICES.items() if key in request.GET), ""),
        "is_connected": bool(settings.VNEID_ISSUER),
        "minutes": settings.SHARED_PHONE_MINUTES,
    }
    return render(request, "learner/learner_sign_in.html", context)


@public
@require_POST
def learner_sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the visit and asks the browser to forget what it has shown: the next one to hold this phone finds nothing."""
    request.session.flush()
    if request.COOKIES.get(UNSENT) == "1":
        # A team's phone holds classes not sent yet, sealed for us: they stay, and the page itself wipes the lists.
        response = redirect("team_signed_out")
        response.headers["Clear-Site-Data"] = '"cache"'
        return response
    response = redirect("learner_home")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
