from __future__ import annotations

import codecs
import re

from hocvuso.lib.errors import BadInput
from hocvuso.plans.reader.load.source import Line, Source

# The right column of a letterhead, set on the left one's lines.
_BESIDE = re.compile(r"(?<=\S)\s{3,}(?=(?:CỘNG H|ĐẢNG CỘNG SẢN|Độc lập|ĐOÀN TNCS)|[A-ZĐÀ-Ỹ][^,;\s]+ [^,;]{2,25}, ngày)")


def load_text(data: bytes, *, name: str) -> Source:
    """Lines of a plain text; empty ones become the gap before the next, a form feed begins a page."""
    parts: list[Line] = []
    page, gap = 1, False
    for number, raw in enumerate(re.split(r"\r\n|\r|\n", _decoded(data, name)), 1):
        page += raw.count("\f")
        if not raw.strip():
            gap = True
            continue
        for text in _BESIDE.split(raw.replace("\f", "")):
            parts.append(Line(text, page=page if page > 1 else None, line=number, gap=gap))
        gap = False
    return Source(name, tuple(parts))


def _decoded(data: bytes, name: str) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(f"Tệp {name} không theo bảng mã UTF-8; hãy lưu lại với bảng mã UTF-8.") from None
    if "\0" in text:
        raise BadInput(f"Tệp {name} không phải là văn bản.")
    return text
