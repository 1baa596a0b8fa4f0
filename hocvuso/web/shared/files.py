"""A file somebody attached, as it is handed out: to be saved, never shown inside a page of ours."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponse

from hocvuso.attachments.models import Attachment
from hocvuso.attachments.queries import content_type_of, file_of


def attachment_response(attachment: Attachment | None) -> HttpResponse:
    if attachment is None or not (path := file_of(attachment)).exists():
        raise Http404
    return FileResponse(  # type: ignore[return-value]
        path.open("rb"), as_attachment=True, filename=attachment.name, content_type=content_type_of(attachment)
    )
