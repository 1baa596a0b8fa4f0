"""How long a document is, about, without reading it: only to decide whether it is read at once or by the timetable."""

from __future__ import annotations

import io
import zipfile

LARGEST = 50_000_000  # bytes
AT_ONCE = 40  # pages; what is longer is read by the timetable
LETTERS_OF_PAGE, BYTES_OF_WORD_PAGE, BYTES_OF_HTML_PAGE = 2_500, 20_000, 6_000
MOST_UNPACKED = 100  # times the packed size; Word's own files stay below


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
