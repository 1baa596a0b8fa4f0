"""Tables as they are read: heads with roles, rows with the text of each column; merged cells serve every row they cover."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from hocvuso.plans.reader.columns import ColumnRole, is_head, role_of
from hocvuso.plans.reader.load.source import Table
from hocvuso.plans.reader.model import Block, Cell

_COLUMN_NUMBERS = re.compile(r"\(?(?:\d{1,2}|[A-Z]|[IVX]+)\)?(?:\s*=.*)?")


@dataclass(frozen=True, slots=True)
class Column:
    role: ColumnRole | None
    head: str
    horizon: str = ""
    measure: int | None = None  # in a matrix the cell of the head that says what the column measures


@dataclass(frozen=True, slots=True)
class GridRow:
    cells: tuple[int | None, ...]  # for each column the number of the cell in the block
    section: str = ""  # the heading row above ("Năm 2025")
    sections: tuple[str, ...] = ()
    is_section: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    block: Block
    columns: tuple[Column, ...]
    rows: tuple[GridRow, ...]

    def column(self, *roles: ColumnRole) -> int | None:
        return next((at for role in roles for at, column in enumerate(self.columns) if column.role == role), None)

    def text(self, row: GridRow, column: int | None) -> str:
        cell = row.cells[column] if column is not None else None
        return self.block.cells[cell].text if cell is not None else ""


def head_height(cells: Sequence[Cell]) -> int:
    """Rows that make the head; 0 when the first row is none."""
    if not cells:
        return 0
    rows = 1 + max(cell.row for cell in cells)
    for first in range(min(3, rows)):
        row = [cell for cell in cells if cell.row == first]
        if is_head([cell.text for cell in row]) or (
            any(role_of(cell.text)[0] == "number" for cell in row)
            and len(row) >= 3
            and sum(role_of(c.text)[0] is not None for c in row) >= 2
        ):
            return max(cell.row + cell.rows for cell in row)
    return 0


def columns_of(cells: Sequence[Cell], height: int) -> tuple[Column, ...]:
    wide = max(cell.column + cell.columns for cell in cells)
    found = []
    for column in range(wide):
        over = [c for c in cells if c.row < height and c.column <= column < c.column + c.columns]
        own = " ".join(cell.text for cell in over[-1:])
        whole = " ".join(" ".join(cell.text.split()) for cell in over)
        role, horizon = role_of(own)
        if role is None or (role == "value" and not horizon) or role == "who":
            other, other_horizon = role_of(whole)
            role, horizon = (other, other_horizon) if other is not None else (role, horizon)
        found.append(Column(role, whole, horizon))
    roles = [column.role for column in found]
    if "who" in roles:
        instead: ColumnRole = "implementers" if "lead" in roles else "lead"
        found = [replace(column, role=instead) if column.role == "who" else column for column in found]
    return tuple(found)


_MEASURES = re.compile(r"(?:tỷ lệ|chỉ tiêu|mục tiêu|mức|giao|kết quả phải)\b", re.IGNORECASE)
_FIGURE = re.compile(
    r"[-–—x/]?|(?:[≥>≤<]=?|trên|dưới|từ|tối thiểu|ít nhất)?\s*\d[\d.,]*\s*%?(?:\s*trở lên)?", re.IGNORECASE
)


def _matrix(columns: tuple[Column, ...], cells: Sequence[Cell], height: int) -> tuple[Column, ...]:
    """Groups in the rows, what is measured in the columns, under one head over all of them ("Tỷ lệ đạt (%)")."""
    if not any(column.role == "group" for column in columns) or any(column.role == "content" for column in columns):
        return columns
    found = list(columns)
    for over in cells:
        if over.row >= height - 1 or over.columns < 2 or not _MEASURES.match(over.text.strip()):
            continue
        for at in range(over.column, over.column + over.columns):
            body = [cell.text.strip() for cell in cells if cell.row >= height and cell.column == at]
            own = next((n for n, cell in enumerate(cells) if over.row < cell.row < height and cell.column == at), None)
            if own is None or found[at].horizon or not all(map(_FIGURE.fullmatch, body)):
                return columns
            found[at] = Column("value", found[at].head, measure=own)
    return tuple(found)


def is_numbers_row(row: Sequence[Cell]) -> bool:
    """ "(1) (2) (3)" under the head."""
    filled = [cell.text.strip() for cell in row if cell.text.strip()]
    return len(filled) >= 3 and all(_COLUMN_NUMBERS.fullmatch(text) for text in filled)


@lru_cache(maxsize=64)
def grid_of(block: Block) -> Grid | None:
    """None when the table has no head that says what its columns are."""
    height = head_height(block.cells)
    if height == 0:
        return None
    columns = _matrix(columns_of(block.cells, height), block.cells, height)
    by_row: dict[int, list[Cell]] = {}
    home: dict[tuple[int, int], int] = {}
    for at, cell in enumerate(block.cells):
        by_row.setdefault(cell.row, []).append(cell)
        home.update(
            ((row, column), at)
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        )
    ditto = {
        at: over for at, cell in enumerate(block.cells) if (over := _above(block.cells, home, at, cell)) is not None
    }
    home = {place: ditto.get(at, at) for place, at in home.items()}
    rows: list[GridRow] = []
    section: tuple[str, ...] = ()
    for number in range(height, max(cell.row + cell.rows for cell in block.cells)):
        own = by_row.get(number, [])
        if number == height and is_numbers_row(own):
            continue
        covering = tuple(home.get((number, column)) for column in range(len(columns)))
        title = _section_title(own, len(columns), block.cells, covering)
        if title:
            deeper = bool(re.match(r"[a-zđ0-9]", title[1]) and section)
            section = (section[0], title[0]) if deeper else (title[0],)
            rows.append(GridRow(covering, title[0], section, is_section=True))
        elif any(cell.text.strip() for cell in own):
            rows.append(GridRow(covering, section[-1] if section else "", section))
    return Grid(block, _one_content(columns, rows, block), tuple(rows))


_DITTO = re.compile(r"[-–—(\s]*(?:nt|như trên|//|[\"”〃]{1,2})[-–—)\s]*", re.IGNORECASE)


def _above(cells: Sequence[Cell], home: Mapping[tuple[int, int], int], at: int, cell: Cell) -> int | None:
    """The cell that "-nt-" or "như trên" stands for: the nearest over it that says something itself."""
    if not _DITTO.fullmatch(cell.text):
        return None
    for row in range(cell.row - 1, -1, -1):
        over = home.get((row, cell.column))
        if (
            over is not None
            and over != at
            and cells[over].columns == cell.columns
            and not _DITTO.fullmatch(cells[over].text)
        ):
            return over if cells[over].text.strip() else None
    return None


def _one_content(columns: tuple[Column, ...], rows: Sequence[GridRow], block: Block) -> tuple[Column, ...]:
    """Of "Nhóm nhiệm vụ" and "Nội dung cụ thể" the longer texts are the content."""
    wanted = [at for at, column in enumerate(columns) if column.role in ("content", "indicator")]
    if len(wanted) < 2:
        return columns

    def length(column: int) -> int:
        cells = {row.cells[column] for row in rows}
        return sum(len(block.cells[cell].text) for cell in cells if cell is not None)

    longest = max(wanted, key=length)
    return tuple(
        replace(column, role=None) if at in wanted and at != longest else column for at, column in enumerate(columns)
    )


def _section_title(
    own: Sequence[Cell], wide: int, cells: Sequence[Cell], covering: Sequence[int | None]
) -> tuple[str, str] | None:
    """A heading row: one cell over (nearly) all columns, or a number and a text with nothing beside them."""
    filled = [cell for cell in own if cell.text.strip()]
    if not filled or len(filled) > 2 or any(at is not None and cells[at].row < own[0].row for at in covering if own):
        return None
    text = filled[-1]
    number = filled[0].text.strip() if len(filled) == 2 else ""
    title = " ".join(text.text.split())
    spans = text.columns >= max(2, wide - 2) and wide > 2
    roman = bool(re.fullmatch(r"[IVX]+\.?|[A-HĐ]\.?", number)) or bool(re.match(r"(?:[IVX]+|[A-HĐ])[.)]\s", title))
    if (spans and (len(filled) == 1 or len(number) <= 4)) or (roman and len(title) < 200):
        return title, number or title
    return None


def merge_tables(first: Table, second: Table) -> Table | None:
    """A table that goes on after a page break: same columns, and its head repeated or left out."""
    wide = max(cell.column + cell.columns for cell in first.cells)
    if max(cell.column + cell.columns for cell in second.cells) != wide:
        return None
    height, again = head_height(first.cells), head_height(second.cells)
    if height == 0:
        return None
    if again:
        same = [c.text.lower().split() for c in second.cells if c.row < again] == [
            c.text.lower().split() for c in first.cells if c.row < height
        ]
        if not same:
            return None
    rest = [cell for cell in second.cells if cell.row >= again]
    if not rest:
        return first
    top = min(cell.row for cell in rest)
    cells = list(first.cells)
    last = max(cell.row + cell.rows for cell in cells)
    opening = [cell for cell in rest if cell.row == top]
    if _goes_on(opening, cells):
        for cell in opening:
            at = next(
                (
                    n
                    for n, own in enumerate(cells)
                    if own.row + own.rows >= last and own.column == cell.column and own.row < last
                ),
                None,
            )
            if at is not None and cell.text.strip():
                joint = "\n" if re.match(r"[-+•]\s", cell.text) else " "
                cells[at] = replace(cells[at], text=f"{cells[at].text.rstrip()}{joint}{cell.text.lstrip()}".strip())
        rest = [cell for cell in rest if cell.row > top]
        top += 1
    cells += [replace(cell, row=cell.row - top + last) for cell in rest]
    return replace(first, cells=tuple(cells))


def _goes_on(opening: Sequence[Cell], cells: Sequence[Cell]) -> bool:
    """Is this the rest of the row that the page cut in two? It has no number of its own and begins in the middle of a sentence."""
    first = next((cell for cell in opening if cell.column == 0), None)
    if first is None or first.text.strip():
        return False
    filled = [cell for cell in opening if cell.text.strip()]
    if not filled or any(cell.columns > 2 for cell in filled):
        return False
    wide = max(cell.column + cell.columns for cell in cells)
    return any(cell.text.strip()[:1].islower() for cell in filled) or len(filled) < max(2, wide // 2)
