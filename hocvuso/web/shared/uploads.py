"""Files people send in. A name that holds a folder is refused, not quietly shortened; a body that is too large is refused before it is
read into a file. Which pages take files, and how large, is said on their views (`takes_files`); all others take none of note.
"""

from __future__ import annotations

import html
from collections.abc import Callable
from types import MethodType
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParser
from django.utils.datastructures import ImmutableList
from django.utils.translation import gettext as _

from hocvuso.web.shared.views import too_large

ROOM = 200_000  # bytes of a form beside its file
SMALL = 3_000_000  # bytes; of pages that take no file
CHUNK = 1 << 20
DRAINED_AT_MOST = 1 << 30

V = TypeVar("V", bound=Callable[..., HttpResponse])


def takes_files(at_most: int) -> Callable[[V], V]:
    """The view takes a file of so many bytes. Stands below `@official` and its like, which keep what is said here."""

    def said(view: V) -> V:
        view.body_at_most = at_most + ROOM  # type: ignore[attr-defined]
        return view

    return said


class PlainFileField(forms.FileField):
    """A file whose name is a name, without a folder in it."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        found = super().clean(data, initial)
        if isinstance(found, UploadedFile) and "\\" in (found.name or ""):
            raise ValidationError(_("Tên tệp không được có thư mục (dấu / hay \\). Hãy đổi tên tệp rồi chọn lại."))
        return found


class _NamesAsSent(MultiPartParser):
    def sanitize_file_name(self, file_name: str) -> str:
        """Django would keep the last part of a path and drop what is left without a name. Here the sign of a folder stays in the name, as
        a backslash: nothing that opens files takes it for one, and whoever checks the name sees it."""
        told = "".join(char for char in html.unescape(file_name).replace("/", "\\") if char.isprintable())
        return f"\\{told}" if told in {"", ".", ".."} else told


def _parse_file_upload(self: HttpRequest, META: Any, post_data: Any) -> Any:  # noqa: N803  Django's own names
    self.upload_handlers = ImmutableList(self.upload_handlers, warning="The upload has been read already.")
    return _NamesAsSent(META, post_data, self.upload_handlers, self.encoding).parse()


class FileBodies:
    """Stands before the middleware that reads forms."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.parse_file_upload = MethodType(_parse_file_upload, request)  # type: ignore[method-assign]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if request.content_type != "multipart/form-data":
            return None  # bodies without files have Django's own limit
        most = getattr(view, "body_at_most", SMALL)
        if _length_of(request) <= most:
            return None
        _drain(request)
        return too_large(request, most=most - ROOM if most > SMALL else most)


def _length_of(request: HttpRequest) -> int:
    told = request.META.get("CONTENT_LENGTH") or "0"
    return int(told) if told.isdigit() else 0


def _drain(request: HttpRequest) -> None:
    """Read on without keeping anything: a browser that is cut off while it sends shows no page, so nobody would learn why."""
    left = min(_length_of(request), DRAINED_AT_MOST)
    while left > 0 and (read := request.read(min(CHUNK, left))):
        left -= len(read)
