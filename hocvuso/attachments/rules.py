"""What may be attached: which types, told by the bytes and not by the name, how large, under which names."""

from __future__ import annotations

import io
import zipfile
from enum import StrEnum

LARGEST = 20_000_000  # bytes: a signed scan of some thirty pages
LONGEST_NAME = 120


class Kind(StrEnum):
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    PNG = "png"
    JPEG = "jpg"


CONTENT_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.PNG: "image/png",
    Kind.JPEG: "image/jpeg",
}
_ENDINGS = {
    Kind.PDF: {"pdf"},
    Kind.DOCX: {"docx"},
    Kind.XLSX: {"xlsx"},
    Kind.PNG: {"png"},
    Kind.JPEG: {"jpg", "jpeg"},
}
_PACKAGES = {"word/document.xml": Kind.DOCX, "xl/workbook.xml": Kind.XLSX}


def kind_of(data: bytes) -> Kind | None:
    """What the bytes are; `None` for anything else. A Word or Excel file with macros is something else."""
    if data.startswith(b"%PDF-"):
        return Kind.PDF
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if data.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if not data.startswith(b"PK"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
    except zipfile.BadZipFile:
        return None
    if any(name.endswith("vbaProject.bin") for name in names):
        return None
    return next((kind for main, kind in _PACKAGES.items() if main in names), None)


def is_plain_name(name: str) -> bool:
    """A file's own name: no folder in it, nothing unseen, not too long."""
    return (
        0 < len(name.strip()) <= LONGEST_NAME and name.isprintable() and not set(name) & {"/", "\\"} and name[0] != "."
    )


def fits(name: str, kind: Kind) -> bool:
    """Does the name end as files of this kind do?"""
    return name.rpartition(".")[2].lower() in _ENDINGS[kind]
