"""The files that were sent in: kept by the digest of their bytes under HOCVUSO_HOME/uploads, for nobody but the program (0600).

A file's own name is never a path here.
"""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from pathlib import Path

from django.conf import settings

LARGEST = 50_000_000  # bytes
AT_ONCE = 40  # pages; what is longer is read by the timetable
LETTERS_OF_PAGE, BYTES_OF_WORD_PAGE, BYTES_OF_HTML_PAGE = 2_500, 20_000, 6_000
MOST_UNPACKED = 100  # times the packed size; Word's own files stay below


def keep_file(data: bytes) -> str:
    """Write the file, if it is not there yet; its digest is its name."""
    digest = hashlib.sha256(data).hexdigest()
    path = path_of(digest)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        beside = path.with_suffix(".tmp")
        beside.unlink(missing_ok=True)
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
        beside.replace(path)
    return digest


def path_of(digest: str) -> Path:
    if len(digest) != 64 or not digest.isalnum():
        raise ValueError("not a digest")
    return Path(settings.UPLOADS_DIR) / digest


def drop_file(digest: str) -> None:
    path_of(digest).unlink(missing_ok=True)


def guessed_pages(data: bytes) -> int:
    """About how many pages a document has, without reading it: only to decide where it is read. Nothing at all when it cannot be told;
    the reader then says what is wrong with it."""
    try:
        if b"%PDF-" in data[:1024]:
            import pypdfium2

            pages = pypdfium2.PdfDocument(data)
            try:
                return len(pages)
            finally:
                pages.close()
        if data.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(data)) as word:
                parts = word.infolist()
                if any(part.file_size > MOST_UNPACKED * max(1, part.compress_size) for part in parts):
                    return 0  # for the reader to refuse
                return word.getinfo("word/document.xml").file_size // BYTES_OF_WORD_PAGE
    except Exception:
        return 0
    return len(data) // (BYTES_OF_HTML_PAGE if b"<html" in data[:4096].lower() else LETTERS_OF_PAGE)
