"""The page that checks the offline code, and the worker that keeps the page for when there is no line."""

from __future__ import annotations

import hashlib
import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse

from hocvuso.web.shared.rights import public

FILES = (
    "learner.css",
    "certificate.css",
    "verifier/page.js",
    "verifier/code.js",
    "verifier/pictures.js",
    "vendor/qr/decode.js",
    "vendor/qr/index.js",
    "favicon.svg",
    "logo.svg",
)


@public
def verifier(request: HttpRequest) -> HttpResponse:
    """The phone keeps it, so nothing on it is about whoever looks: no visit, no message, no form of theirs."""
    return render(request, "public/verifier.html", {"is_visiting": False, "messages": ()})


@public
def verifier_worker(request: HttpRequest) -> HttpResponse:
    """What to keep, under the names the files have in this release; then the worker itself. Another release is another worker."""
    page, lists = reverse("verifier"), [reverse("certificate_keys"), reverse("certificate_status")]
    files = [static(name) for name in FILES]
    release = hashlib.sha256(json.dumps(files).encode()).hexdigest()[:12]
    kept = {"release": release, "fresh": [page, *lists], "files": files}
    text = f"self.KEPT = {json.dumps(kept)};\nimportScripts({json.dumps(static('verifier/worker.js'))});\n"
    response = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response
