from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hocvuso.web.shared.rights import public
from hocvuso.web.shared.visitor import visitor


@public
def learner_home(request: HttpRequest) -> HttpResponse:
    return render(request, "learner/learner_home.html", {"person": visitor(request)})
