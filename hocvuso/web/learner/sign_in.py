from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hocvuso.web.shared.rights import public


@public
@never_cache
def learner_sign_in(request: HttpRequest) -> HttpResponse:
    """One button: sign in with VNeID; and whether the phone is shared."""
    return render(request, "learner/learner_sign_in.html", {"next": request.GET.get("next", "")})


@public
@require_POST
def learner_sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the visit and asks the browser to forget what it has shown: the next one to hold this phone finds nothing."""
    request.session.flush()
    response = redirect("learner_home")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
