from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hocvuso.fieldwork.queries import classes_ahead
from hocvuso.lib import clock
from hocvuso.web.shared.rights import public

MOST_SHOWN = 50


@public
def class_list(request: HttpRequest) -> HttpResponse:
    """What is on near me: classes the teams have announced, of a commune or of all."""
    asked = request.GET.get("xa", "").replace("\0", "").strip()[:80]
    ahead = classes_ahead(on=clock.today(), commune=asked)
    return render(request, "public/class_list.html", {"asked": asked, "classes": ahead[:MOST_SHOWN]})
