"""Checking a certificate: the page behind the short link, and what a verifier without a line keeps (keys, status list)."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import condition

from hocvuso.credentials.queries import (
    ListState,
    certificate_with,
    confirmed_on,
    is_revoked,
    key_set,
    list_state,
    signed_status_list,
)
from hocvuso.lib import clock
from hocvuso.web.shared.rights import public


@public
def check_certificate(request: HttpRequest, certificate: str) -> HttpResponse:
    """Genuine, revoked or unknown; of the person nothing but the name and the result, and no search engine keeps it."""
    found = certificate_with(certificate)
    context = {
        "certificate": found,
        "asked": certificate[:20],
        "revoked": bool(found and is_revoked(found)),
        "confirmed_on": confirmed_on(found) if found else None,
    }
    response = render(request, "public/certificate.html", context, status=200 if found else 404)
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@public
def certificate_keys(request: HttpRequest) -> HttpResponse:
    response = JsonResponse(key_set())
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


def _state(request: HttpRequest) -> ListState:
    return list_state(clock.now(), address=settings.PUBLIC_URL + reverse("certificate_status"))


@public
@condition(etag_func=lambda request: _state(request).etag)
def certificate_status(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(signed_status_list(_state(request)), content_type="application/json")
    response.headers["Cache-Control"] = "public, max-age=300"
    return response
