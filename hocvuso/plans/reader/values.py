"""Rows of an indicator table: several columns of values ("Năm 2025", "Năm 2026") make several targets of one indicator."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from hocvuso.plans.reader.grid import Grid, GridRow
from hocvuso.plans.reader.groups import find_group
from hocvuso.plans.reader.model import Group, Mark
from hocvuso.plans.reader.quantities import Quantity, quantities
from hocvuso.plans.reader.responsibility import Place
from hocvuso.plans.reader.statements import Statement, statements


@dataclass(frozen=True, slots=True)
class RowValue:
    statement: Statement
    place: Place  # the cell that says what is measured
    horizon: str
    marks: tuple[Mark, ...]


def row_values(grid: Grid, row: GridRow, content: int, values: Sequence[int]) -> Iterator[RowValue]:
    name_cell = row.cells[content]
    name = grid.text(row, content)
    if name_cell is None or not any(char.isalpha() for char in name):
        return
    unit_column = grid.column("unit")
    printed_unit = " ".join(grid.text(row, unit_column).split()).strip(" .")
    group_text = grid.text(row, grid.column("group"))
    place = Place(grid.block, name, 0, name_cell)
    seen: set[int] = set()
    for at in values:
        cell = row.cells[at]
        if cell is None or cell in seen:
            continue  # a merged cell is one target
        seen.add(cell)
        text = grid.text(row, at)
        quantity = _value(text, printed_unit, name)
        if quantity is None:
            continue
        mark = Mark("target", 0.95, Place(grid.block, text, 0, cell).span(0, len(text)))
        yield RowValue(
            _statement(name, text, quantity, printed_unit, group_text), place, grid.columns[at].horizon, (mark,)
        )


def matrix_values(grid: Grid, row: GridRow, values: Sequence[int]) -> Iterator[RowValue]:
    """A row that is a group: each column is one promise to it."""
    group = grid.text(row, grid.column("group"))
    for at in values:
        column, cell = grid.columns[at], row.cells[at]
        if column.measure is None or cell is None or find_group(group) is None:
            continue
        name, text = grid.block.cells[column.measure].text, grid.text(row, at)
        unit = "%" if re.search(r"%|tỷ lệ", column.head.lower()) else grid.text(row, grid.column("unit"))
        quantity = _value(text, unit, name)
        if quantity is None:
            continue
        mark = Mark("target", 0.9, Place(grid.block, text, 0, cell).span(0, len(text)))
        yield RowValue(
            _statement(name, text, quantity, unit, group), Place(grid.block, name, 0, column.measure), "", (mark,)
        )


def _value(text: str, unit: str, name: str) -> Quantity | None:
    """ "≥ 80", "80%", "Trên 90 %", "tối thiểu 02". A cell without a number ("-", "x") promises nothing."""
    plain = " ".join(text.split())
    if not re.search(r"\d", plain):
        return None
    # a bare number at the end of a cell is no description here
    found = quantities(f"{plain} đơn vị" if re.search(r"\d\)?$", plain) else plain)
    if not found:
        return None
    one = found[0]
    shares = unit.startswith("%") or bool(re.match(r"tỷ lệ|phần trăm", unit.lower()))
    percent = one.percent or shares or (not unit and bool(re.match(r"(?:tỷ lệ|phần trăm)|.*\(%\)", name.lower())))
    comparator = one.comparator
    if comparator == "=":
        inside = re.search(r"(?:tối thiểu|ít nhất|không dưới)\s*$", name.lower())
        comparator = ">=" if inside or re.search(r"trở lên", plain.lower()) else "="
    return replace(one, percent=percent, comparator=comparator, start=0, end=0, number_start=0)


def _statement(name: str, value: str, one: Quantity, unit: str, group_text: str) -> Statement:
    """The name's own words with the cell's number."""
    mark = re.match(r"\s*\d{1,2}(?:\.\d{1,2})*[.)]\s+", name)
    begin = mark.end() if mark else 0
    plain = " ".join(name[begin:].split())
    each = unit.partition("/")[2].strip() or (m[1] if (m := re.search(r"/\s*([^\W\d_]+)", value)) else "")
    group = find_group(group_text)
    if each and not one.percent:
        thing = unit.partition("/")[0].strip().lower()
        counted = find_group(thing)
        if plain.lower().startswith(thing):
            counted = find_group(plain) or counted  # "Hộ kinh doanh nhận …", counted in "hộ"
        group = group or (counted if counted != "other" else None) or find_group(each)
    group = group or _group(plain) or find_group(unit)
    thing = "%" if one.percent else (unit or _thing(value))
    scope = (
        "total"
        if not each or one.percent
        else ("each_unit" if find_group(each) in ("communes", "villages", "teams") else "each_subject")
    )
    return Statement(plain, begin, len(name), one, thing, group or "other", group is not None, one.comparator, scope)  # type: ignore[arg-type]


def _group(name: str) -> Group | None:
    inside = statements(
        f"100% {re.sub(r'^(?:tỷ lệ|số(?: lượng)?|tổng số|phần trăm)(?: các)?', '', name, flags=re.IGNORECASE).strip()}",
        promised=True,
    )
    return inside[0].group if inside and inside[0].group_sure else find_group(name)


def _thing(value: str) -> str:
    found = re.search(r"\d\s*(?P<thing>[^\W\d_][^()]*)", value)
    return " ".join(found["thing"].split()) if found else "người"
