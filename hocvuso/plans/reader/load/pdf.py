"""A PDF page by page: characters with their places, put together to lines; ruled tables by `rules_to_cells`.

Outlines of letters are never drawn and pictures never decoded, so a scan of any size is told quickly.
"""

from __future__ import annotations

import ctypes
import itertools
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hocvuso.lib.errors import BadInput
from hocvuso.plans.reader.load.ruled import Box, Ruled, ruled_tables
from hocvuso.plans.reader.load.source import Line, Source, Table
from hocvuso.plans.reader.model import Cell

MOST_PAGES = 600


@dataclass(frozen=True, slots=True)
class Char:
    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    low: float  # where its ink begins; `bottom` is that of the font

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2


@dataclass(slots=True)
class Row:
    """Characters on one base line, from left to right."""

    chars: list[Char]

    @property
    def left(self) -> float:
        return self.chars[0].left

    @property
    def right(self) -> float:
        return self.chars[-1].right

    @property
    def bottom(self) -> float:
        return statistics.median(char.bottom for char in self.chars)

    @property
    def size(self) -> float:
        return statistics.median(char.size for char in self.chars)


def load_pdf(data: bytes, *, name: str) -> Source:
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise BadInput(f"Tệp {name} có mật khẩu; hãy bỏ mật khẩu rồi thử lại.") from error
        raise BadInput(f"Tệp {name} đã hỏng, không mở được như PDF.") from error
    try:
        pages = len(document)
        if pages > MOST_PAGES:
            raise BadInput(f"Tệp {name} có {pages} trang, nhiều hơn mức đọc được ({MOST_PAGES} trang).")
        parts = [part for number in range(pages) for part in _page(document, number, name)]
    finally:
        document.close()
    return Source(name, tuple(parts), pages)


def _page(document: Any, number: int, name: str) -> list[Line | Table]:
    import pypdfium2

    try:
        page = document[number]
    except pypdfium2.PdfiumError as error:
        raise BadInput(f"Tệp {name}: trang {number + 1} đã hỏng.") from error
    try:
        chars = _chars(page)
        tables = ruled_tables(_rules(page)) if chars else []
    finally:
        page.close()
    inside: list[list[Char]] = [[] for _ in tables]
    free: list[Char] = []
    for char in chars:
        x, y = char.middle
        home = next((at for at, table in enumerate(tables) if table.holds(x, y)), None)
        (free if home is None else inside[home]).append(char)
    placed: list[tuple[float, Line | Table]] = [(line_at, line) for line_at, line in _lines(free, number + 1)]
    for table, held in zip(tables, inside, strict=True):
        if held:
            placed.append((table.top, Table(tuple(_cells(table, held)), page=number + 1)))
    placed.sort(key=lambda pair: -pair[0])
    return [part for _, part in placed]


def _chars(page: Any) -> list[Char]:
    import pypdfium2.raw as pdfium

    page_text = page.get_textpage()
    text = page_text.raw  # the handle itself: asking for it at each call costs a third of the time
    found: list[Char] = []
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    try:
        for at in range(pdfium.FPDFText_CountChars(text)):
            code = pdfium.FPDFText_GetUnicode(text, at)
            if code < 32 or code in (0xFFFE, 0xFFFF):
                continue
            if not pdfium.FPDFText_GetCharBox(text, at, left, right, bottom, top):
                continue
            char = chr(code)
            if char.isspace() or right.value <= left.value:
                if char.isspace() and found:
                    found.append(replace(found[-1], text=" ", left=found[-1].right))
                continue
            size = pdfium.FPDFText_GetFontSize(text, at)
            loose = pdfium.FS_RECTF()
            if pdfium.FPDFText_GetLooseCharBox(
                text, at, loose
            ):  # as high as the font: its bottom is the same for a whole line
                size = size if size > 1 else loose.top - loose.bottom
                found.append(Char(char, loose.left, loose.bottom, loose.right, loose.top, size, bottom.value))
            else:
                found.append(Char(char, left.value, bottom.value, right.value, top.value, size, bottom.value))
    finally:
        page_text.close()
    return found


def _rules(page: Any) -> list[Box]:
    """Thin horizontal and vertical strokes of all paths, and the edges of drawn rectangles."""
    import pypdfium2.raw as pdfium

    found: list[Box] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=4):
        matrix = thing.get_matrix()
        previous: tuple[float, float] | None = None
        begin: tuple[float, float] | None = None
        for at in range(pdfium.FPDFPath_CountSegments(thing)):
            segment = pdfium.FPDFPath_GetPathSegment(thing, at)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            point = matrix.on_point(x.value, y.value)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                begin = point
            elif kind == pdfium.FPDF_SEGMENT_LINETO and previous is not None:
                found.append(Box.of(previous, point))
            previous = point
            if pdfium.FPDFPathSegment_GetClose(segment) and begin is not None:
                found.append(Box.of(point, begin))
        if len(found) > 20_000:  # a drawing, not a table
            break
    return [box for box in found if box.is_rule]


def _rows(chars: Sequence[Char]) -> list[Row]:
    """Base lines from top to bottom. A raised small figure (the mark of a footnote) is left out."""
    rows: list[Row] = []
    for char in sorted((c for c in chars if c.text != " "), key=lambda c: (-c.middle[1], c.left)):
        row = next((row for row in rows[-3:] if _same_line(row, char)), None)
        if row is None:
            rows.append(Row([char]))
        else:
            row.chars.append(char)
    for row in rows:
        base = statistics.median(char.low for char in row.chars)
        kept = [c for c in row.chars if not (c.text.isdigit() and c.low > base + 0.2 * row.size)]
        row.chars = sorted(kept or row.chars, key=lambda c: c.left)
    return sorted(rows, key=lambda row: -row.bottom)


def _same_line(row: Row, char: Char) -> bool:
    first = row.chars[0]
    overlap = min(first.top, char.top) - max(first.bottom, char.bottom)
    return overlap > 0.5 * min(first.top - first.bottom, char.top - char.bottom)


def _text(chars: Sequence[Char]) -> str:
    """The letters of one row, with a space where there is one."""
    found: list[str] = []
    for before, char in zip([None, *chars], chars, strict=False):
        if before is not None and char.left - before.right > 0.16 * max(char.size, before.size):
            found.append(" ")
        found.append(char.text)
    return "".join(found)


def _lines(chars: Sequence[Char], page: int) -> Iterator[tuple[float, Line]]:
    """Lines with their heights. Two columns side by side (the head, the signature) come one after the other."""
    rows = _rows(chars)
    if not rows:
        return
    margin = min(row.left for row in rows)
    pieces = [_split(row) for row in rows]
    above: float | None = None
    number = 0
    for twofold, group in itertools.groupby(range(len(rows)), key=lambda at: len(pieces[at]) > 1):
        found = list(group)
        columns = [[pieces[at][0] for at in found], [p for at in found for p in pieces[at][1:]]] if twofold else []
        ordered = [piece for column in columns for piece in column] if twofold else [pieces[at][0] for at in found]
        height = rows[found[0]].bottom
        for piece in ordered:
            number += 1
            row = Row(piece)
            gap = above is not None and abs(above - row.bottom) > 1.75 * row.size
            above = row.bottom
            height = height - 0.001 if twofold else row.bottom
            yield height, Line(_text(piece), page=page, line=number, gap=gap, indent=row.left - margin > 1.2 * row.size)


def _split(row: Row) -> list[list[Char]]:
    pieces = [[row.chars[0]]]
    for before, char in itertools.pairwise(row.chars):
        if char.left - before.right > 2.2 * max(before.size, char.size):
            pieces.append([])
        pieces[-1].append(char)
    return pieces


def _cells(table: Ruled, chars: Sequence[Char]) -> Iterator[Cell]:
    held: dict[int, list[Char]] = {}
    for char in chars:
        at = table.cell_at(*char.middle)
        if at is not None:
            held.setdefault(at, []).append(char)
    for at, cell in enumerate(table.cells):
        text = "\n".join(_text(row.chars) for row in _rows(held.get(at, [])))
        yield Cell(text, cell.row, cell.column, cell.rows, cell.columns)
