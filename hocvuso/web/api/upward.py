"""What instances of the level below send: a manifest, the packages it names, and the manifest again to put them in force."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from hocvuso.measure.upward import actions
from hocvuso.web.shared.rights import machine, sender_of


@machine("manifest")
@require_POST
def receive_manifest(request: HttpRequest) -> HttpResponse:
    """Answers which packages are missing. Sent again when none is, the figures are in force; and again, nothing changes."""
    answer = actions.receive_manifest(sender_of(request), request.body)
    return JsonResponse({"state": answer.state, "wanted": answer.wanted})


@machine("package:{package}")
@require_POST
def receive_package(request: HttpRequest, package: str) -> HttpResponse:
    actions.receive_package(sender_of(request), package, request.body)
    return JsonResponse({"kept": package})
