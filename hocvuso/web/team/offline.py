"""What works with no line: a page that names nobody, and the program on the phone that keeps it."""

from __future__ import annotations

import hashlib
import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse

from hocvuso.web.shared.rights import public
from hocvuso.web.team.record_class import skill_choices

FILES = (
    "learner.css", "team.css", "team.js", "team-store.js", "team-send.js", "team-seal.js", "logo.svg", "favicon.svg",
)  # fmt: skip


@public
def offline_shell(request: HttpRequest) -> HttpResponse:
    """The form without anybody in it. It is kept by the phone, so it never says who is signed in."""
    response = render(
        request, "team/offline_shell.html", {"is_visiting": False, "messages": [], "skills": skill_choices()}
    )
    response.headers["Cache-Control"] = "no-cache"
    return response


@public
def team_signed_out(request: HttpRequest) -> HttpResponse:
    """Where “Thoát” leads while something unsent lies on the phone: lists go, events stay."""
    return render(request, "team/team_signed_out.html")


@public
def service_worker(request: HttpRequest) -> HttpResponse:
    """Lies under /to/, so that it serves nothing else. The list of what it keeps changes with any of it, and so does its own text."""
    shell = reverse("offline_shell")
    parts = [shell, *(static(name) for name in FILES)]
    page = render_to_string("team/offline_shell.html", {"skills": skill_choices()})
    version = hashlib.sha256(json.dumps([parts, page]).encode()).hexdigest()[:16]
    kept = {"version": version, "shell": shell, "parts": parts}
    text = f"self.KEPT = {json.dumps(kept)};\nimportScripts({json.dumps(static('team-worker.js'))});\n"
    return HttpResponse(text, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


@public
def manifest(request: HttpRequest) -> HttpResponse:
    start = reverse("team_home")
    return JsonResponse(
        {
            "name": "Học Vụ Số – Tổ công nghệ số", "short_name": "Tổ công nghệ số", "lang": "vi", "id": start, "start_url": start,
            "scope": start, "display": "standalone", "background_color": "#faf7f0", "theme_color": "#073f37",
            "icons": [{"src": static("favicon.svg"), "type": "image/svg+xml", "sizes": "any"}],
        },
        content_type="application/manifest+json",
    )  # fmt: skip
