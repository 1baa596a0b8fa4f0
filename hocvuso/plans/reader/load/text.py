from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator

from hocvuso.lib.errors import BadInput
from hocvuso.plans.reader.load.source import Line, Source, Table
from hocvuso.plans.reader.model import Cell

# The right column of a letterhead, set on the left one's lines.
_BESIDE = re.compile(r"(?<=\S)\s{3,}(?=(?:CỘNG H|ĐẢNG CỘNG SẢN|Độc lập|ĐOÀN TNCS)|[A-ZĐÀ-Ỹ][^,;\s]+ [^,;]{2,25}, ngày)")


def load_text(data: bytes, *, name: str) -> Source:
    """Lines of a plain text; empty ones become the gap before the next, a form feed begins a page, rows with tabs are a table."""
    parts: list[Line | Table] = []
    page, gap, past = 1, False, 0
    lines = re.split(r"\r\n|\r|\n", unicodedata.normalize("NFC", _decoded(data, name)))
    for number, raw in enumerate(lines, 1):
        if number <= past:
            continue
        table = _table_at(lines, number - 1)
        if table is not None:
            parts.append(Table(table, page=page if page > 1 else None, line=number))
            past, gap = number + max(cell.row for cell in table), True
            continue
        page += raw.count("\f")
        if not raw.strip():
            gap = True
            continue
        for text in _BESIDE.split(raw.replace("\f", "")):
            parts.append(Line(text, page=page if page > 1 else None, line=number, gap=gap))
        gap = False
    return Source(name, tuple(parts))


def _table_at(lines: list[str], at: int) -> tuple[Cell, ...] | None:
    """A table copied from a page: lines with a tab between each two cells, as many in each as in the first or fewer."""
    wide = lines[at].strip("\f").count("\t")
    if wide < 2 or not lines[at].split("\t")[1].strip():
        return None
    rows = [lines[at]]
    while at + len(rows) < len(lines) and 2 <= lines[at + len(rows)].count("\t") <= wide:
        rows.append(lines[at + len(rows)])
    if len(rows) < 3:
        return None
    return tuple(_cells([[text.strip() for text in row.split("\t")] + [""] * (wide - row.count("\t")) for row in rows]))


def _cells(rows: list[list[str]]) -> Iterator[Cell]:
    """Cells that were merged leave empty ones behind; in a head of two rows, and in a row with one title, they are known again."""
    first, second = rows[0], rows[1]
    double = not second[0] and sum(map(bool, second)) > 1 and all(a or b for a, b in zip(first, second, strict=True))
    for number, row in enumerate(rows):
        filled = [column for column, text in enumerate(row) if text]
        if number > 0 and len(filled) == 1 and filled[0] < 2:
            yield Cell(row[filled[0]], number, filled[0], columns=len(row) - filled[0])
            continue
        for column, text in enumerate(row):
            if double and number == 0:
                end = next((at for at in range(column + 1, len(row)) if row[at] or not second[at]), len(row))
                if text:
                    yield Cell(text, 0, column, 1 if second[column] else 2, end - column if second[column] else 1)
            elif text or not (double and number == 1):
                yield Cell(text, number, column)


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
