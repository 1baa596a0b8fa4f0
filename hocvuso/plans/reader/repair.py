"""From a source as it was loaded to a document of clean blocks: letters, paragraphs, tables that go on over pages or lost their lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from hocvuso.plans.reader.flat import rebuild_tables
from hocvuso.plans.reader.grid import head_height, merge_tables
from hocvuso.plans.reader.letters import repair_letters
from hocvuso.plans.reader.load.source import Line, Source, Table
from hocvuso.plans.reader.model import Block, Cell, Document
from hocvuso.plans.reader.paragraphs import Paragraph, habits_of, is_page_number, join_lines, without_footnotes


def repair(source: Source) -> Document:
    parts = [part for part in map(_clean, source.parts) if part is not None]
    parts = list(_without_stamps(_without_running_heads(parts)))
    parts = [new for part in _runs(parts) for new in _rebuilt(part)]
    parts = _joined_tables(parts)
    blocks: list[Block] = []
    for part in _paragraphs(parts):
        number = len(blocks)
        if isinstance(part, Paragraph):
            blocks.append(Block(number, part.text, page=part.page, line=part.line))
        else:
            blocks.append(Block(number, cells=part.cells, page=part.page, line=part.line))
    return Document(source.name, tuple(blocks), source.pages)


def _clean(part: Line | Table) -> Line | Table | None:
    if isinstance(part, Line):
        text = " ".join(repair_letters(part.text).split())
        return replace(part, text=text) if text else None
    cells = tuple(replace(cell, text=_cell_text(cell.text)) for cell in part.cells)
    return replace(part, cells=cells) if any(cell.text for cell in cells) else None


def _cell_text(text: str) -> str:
    """Lines of a cell joined where a sentence or a name goes on; what begins a bullet or a label keeps its line."""
    found = ""
    for raw in repair_letters(text).split("\n"):
        line = " ".join(raw.split())
        if not line:
            continue
        begins = re.match(r"(?:[-+•*]|\(?[a-zđ0-9]{1,2}[.)])\s", line) or re.match(r"[^\W\d_][^:]{2,30}:\s", line)
        if not found:
            found = line
        elif begins and (line[:1] in "-+•*" or found[-1] in ".;:"):
            found += f"\n{line}"
        elif found.endswith("-") and re.search(r"[\wĐ]-$", found) and line[:1].isupper():
            found += line
        else:
            found += f" {line}"
    return found


def _without_running_heads(parts: Sequence[Line | Table]) -> Iterator[Line | Table]:
    """Page numbers, and lines that stand at the top or the foot of several pages."""
    pages: dict[str, set[int]] = {}
    edges: dict[int, tuple[int, int]] = {}
    for at, part in enumerate(parts):
        if part.page is not None:
            first, _ = edges.get(part.page, (at, at))
            edges[part.page] = (first, at)
    edge = {at for pair in edges.values() for at in pair}
    for at in edge:
        part = parts[at]
        if isinstance(part, Line) and part.page is not None:
            pages.setdefault(re.sub(r"\d+", "#", part.text), set()).add(part.page)
    for at, part in enumerate(parts):
        if at in edge and isinstance(part, Line):
            running = len(pages.get(re.sub(r"\d+", "#", part.text), ())) >= 3 and len(part.text) < 90
            if running or (part.page is not None and is_page_number(part.text)):
                continue
        yield part


_STAMP = re.compile(r"(?:CÔNG VĂN\s+|VĂN BẢN\s+)?ĐẾN\b(?P<rest>.*)")
_STAMPED = re.compile(r"(?:Số|Giờ|Ngày|Chuyển|Lưu hồ sơ(?: số)?|Số và ký hiệu HS)\s*:[\s\d/.:hg…-]*", re.IGNORECASE)


def _without_stamps(parts: Iterable[Line | Table]) -> Iterator[Line | Table]:
    """The stamp of the office that received the paper ("ĐẾN Số: 1187 Ngày: 04/11/2025"), which a scan puts between its lines."""
    stamped = False
    for part in parts:
        if isinstance(part, Line):
            stamp = _STAMP.fullmatch(part.text)
            rest = " ".join(_STAMPED.sub("", stamp["rest"] if stamp else part.text).split())
            if (stamp or stamped) and not rest and len(part.text) < 60:
                stamped = True
                continue
        stamped = False
        yield part


def _runs(parts: Sequence[Line | Table]) -> Iterator[list[Line] | Table]:
    held: list[Line] = []
    for part in parts:
        if isinstance(part, Line):
            held.append(part)
            continue
        if held:
            yield held
            held = []
        yield part
    if held:
        yield held


def _rebuilt(run: list[Line] | Table) -> list[Line | Table]:
    return [run] if isinstance(run, Table) else rebuild_tables(run)


def _joined_tables(parts: Sequence[Line | Table]) -> list[Line | Table]:
    """Tables that follow each other, with at most a page number between them, are one if the second goes on."""
    found: list[Line | Table] = []
    for part in parts:
        while found and isinstance(part, Table) and isinstance(found[-1], Line) and is_page_number(found[-1].text):
            found.pop()
        before = found[-1] if found else None
        joined = merge_tables(before, part) if isinstance(part, Table) and isinstance(before, Table) else None
        if joined is not None:
            found[-1] = joined
        else:
            found.append(part)
    return found


def _paragraphs(parts: Sequence[Line | Table]) -> Iterator[Paragraph | Table]:
    """Paragraphs of all lines, with tables between them; a table without a head is only layout, and its cells are text."""
    lines = without_footnotes([line for part in parts for line in _lines_of(part)])
    habits = habits_of([line for line in lines if not line.whole])
    held: list[Line] = []
    at = 0
    for part in parts:
        own = _lines_of(part)
        if own or isinstance(part, Line):
            held += lines[at : at + len(own)]
            at += len(own)
            continue
        yield from join_lines(held, habits)
        held = []
        if isinstance(part, Table):
            yield part
    yield from join_lines(held, habits)


def _lines_of(part: Line | Table) -> list[Line]:
    if isinstance(part, Line):
        return [part]
    if head_height(part.cells) and not _is_letterhead(part.cells):
        return []
    by_column = (
        sorted(part.cells, key=lambda cell: (cell.column, cell.row)) if _is_letterhead(part.cells) else part.cells
    )
    return [
        Line(line, page=part.page, line=part.line, gap=True, whole=True)
        for cell in by_column
        for line in cell.text.split("\n")
        if line
    ]


def _is_letterhead(cells: Sequence[Cell]) -> bool:
    if any(re.match(r"nơi nhận\s*:", cell.text, re.IGNORECASE) for cell in cells):
        return True
    text = " ".join(cell.text for cell in cells).upper()
    return len(cells) <= 12 and any(
        words in text for words in ("CỘNG HÒA", "CỘNG HOÀ", "ĐẢNG CỘNG SẢN", "ĐOÀN TNCS", "ĐỘC LẬP - TỰ DO")
    )
