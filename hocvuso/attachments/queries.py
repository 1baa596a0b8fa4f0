from __future__ import annotations

from pathlib import Path

from hocvuso.attachments.models import Attachment
from hocvuso.attachments.rules import CONTENT_TYPES, Kind
from hocvuso.attachments.store import path_of


def file_of(attachment: Attachment) -> Path:
    """Where its bytes are."""
    return path_of(attachment.sha256)


def content_type_of(attachment: Attachment) -> str:
    return CONTENT_TYPES[Kind(attachment.kind)]


def is_attached(digest: str) -> bool:
    """Does somebody's attachment have these bytes? Then they are not to be dropped with something else."""
    return Attachment.objects.filter(sha256=digest).exists()
