from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from hocvuso.lib.errors import HocVuSoError, NotReady, UnknownName
from hocvuso.web.shared.views import refused


class ErrorPages:
    """A refusal of ours becomes a page that says what to do; nothing was changed. Faults stay faults (500)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, HocVuSoError):
            return None
        status = 404 if isinstance(error, UnknownName) else 503 if isinstance(error, NotReady) else 400
        return refused(request, error, status=status)
