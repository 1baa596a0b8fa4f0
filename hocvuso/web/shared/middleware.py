from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from hocvuso.lib.errors import HocVuSoError, NotReady, UnknownName
from hocvuso.web.shared.views import refused


class ChosenLanguage:
    """Vietnamese, unless the reader has chosen another language here. What the browser prefers is not asked: a shared machine in a
    ward office often runs an English system."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        with translation.override(chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
            return self.get_response(request)


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
