"""The document with what was found in it: each block in pieces, so that a page can mark them and number them. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from hocvuso.plans.drafts.review import Review
from hocvuso.plans.reader.model import Block, Cell, Document, Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that the same entries were read from. `begins` are those whose statement begins here."""

    text: str
    entries: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    is_value: bool = False  # the number, the day or the name itself, inside the statement


@dataclass(frozen=True, slots=True)
class MarkedCell:
    cell: Cell
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class MarkedBlock:
    block: Block
    pieces: tuple[Piece, ...] = ()
    rows: tuple[tuple[MarkedCell, ...], ...] = ()
    new_page: int | None = None  # the page that begins with this block

    @property
    def indent(self) -> int:
        """How far in the paragraph stands, 2 to 4; headings and text outside the outline stand at the edge."""
        return min(self.block.depth, 4) if self.block.depth > 1 else 0


Found = dict[tuple[int, int | None], list[tuple[str, Span]]]


def marked_document(document: Document, review: Review) -> list[MarkedBlock]:
    """Every block, with the statements of all entries and the values inside them."""
    statements: Found = {}
    values: Found = {}
    for entry in review.entries:
        if entry.span:
            statements.setdefault((entry.span.block, entry.span.cell), []).append((entry.id, entry.span))
        for mark in entry.marks:
            if mark.span:
                values.setdefault((mark.span.block, mark.span.cell), []).append((entry.id, mark.span))
    for point in review.points:
        for reading in point.readings:
            if reading.span and not reading.document:
                statements.setdefault((reading.span.block, reading.span.cell), []).append((point.id, reading.span))
    found, page, begun = [], None, set[str]()
    for block in document.blocks:
        new_page = block.page if block.page and block.page != page else None
        page = block.page or page
        if block.is_table:
            found.append(MarkedBlock(block, rows=_rows(block, statements, values, begun), new_page=new_page))
        else:
            key = (block.number, None)
            pieces = pieces_of(block.text, statements.get(key, ()), values.get(key, ()), begun)
            found.append(MarkedBlock(block, pieces, new_page=new_page))
    return found


def _rows(block: Block, statements: Found, values: Found, begun: set[str]) -> tuple[tuple[MarkedCell, ...], ...]:
    rows: dict[int, list[MarkedCell]] = {}
    for number, cell in enumerate(block.cells):
        key = (block.number, number)
        pieces = pieces_of(cell.text, statements.get(key, ()), values.get(key, ()), begun)
        rows.setdefault(cell.row, []).append(MarkedCell(cell, pieces))
    return tuple(tuple(sorted(row, key=lambda one: one.cell.column)) for _row, row in sorted(rows.items()))


def pieces_of(
    text: str,
    statements: Iterable[tuple[str, Span]],
    values: Iterable[tuple[str, Span]] = (),
    begun: set[str] | None = None,
) -> tuple[Piece, ...]:
    """The text cut wherever a statement or a value begins or ends. `begun` keeps an id from beginning twice on a page."""
    begun = set() if begun is None else begun
    said = [(name, *_within(span, text)) for name, span in statements]
    read = [(name, *_within(span, text)) for name, span in values]
    cuts = sorted({0, len(text), *(cut for _name, start, end in (*said, *read) for cut in (start, end))})
    found = []
    for start, end in pairwise(cuts):
        entries = tuple(dict.fromkeys(name for name, first, last in said if first <= start and end <= last))
        begins = tuple(name for name in entries if name not in begun)
        begun.update(begins)
        is_value = any(first <= start and end <= last for _name, first, last in read)
        found.append(Piece(text[start:end], entries, begins, is_value))
    return tuple(found)


def _within(span: Span, text: str) -> tuple[int, int]:
    start = min(max(span.start, 0), len(text))
    return start, min(max(span.end, start), len(text))
