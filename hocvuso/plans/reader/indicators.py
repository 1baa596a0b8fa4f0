"""Indicators: every promise with a number, with its time, its agencies and its place; what repeats one; what is hidden in a task.

By when: what the sentence says itself; else the label right before it ("Mục tiêu năm 2025:"), else its responsibility block or cell, else
the heading ("1. Năm 2025"), else what a repetition of it says, else the period of the plan.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from hocvuso.plans.reader.assignments import is_responsibility, place_of
from hocvuso.plans.reader.deadlines import deadline_in, horizon_in
from hocvuso.plans.reader.grid import Grid, GridRow, grid_of
from hocvuso.plans.reader.groups import find_level
from hocvuso.plans.reader.marks import leading_label
from hocvuso.plans.reader.model import Deadline, Indicator, Mark
from hocvuso.plans.reader.outline import Item, Outline
from hocvuso.plans.reader.responsibility import Place, Responsibility
from hocvuso.plans.reader.statements import Statement, statements
from hocvuso.plans.reader.tasks import TaskReading, is_task_table, row_responsibility
from hocvuso.plans.reader.values import matrix_values, row_values

_SILENT = ("recipients", "money", "situation", "opening")


@dataclass(frozen=True, slots=True)
class Horizon:
    """A time that heads a list: its short name, its deadline, and whether it stands right before the statement."""

    name: str = ""
    deadline: Deadline | None = None
    near: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """An indicator on its way, with what decides whether it repeats another."""

    indicator: Indicator
    promised: bool  # it stands among indicators, not inside a task
    explicit: str = ""  # the horizon that is printed for it
    own_time: bool = False  # its sentence, label, block or cell says by when
    alternative: tuple[float, float | None] | None = None
    context: str = ""  # the words of its heading, which may name what is promised
    announced: bool = False  # it stands before the plan begins
    block_time: Deadline | None = None  # of the responsibility block it stands in, whatever its label says


def find_indicators(outline: Outline, reading: TaskReading, *, year: int | None) -> list[Found]:
    has_section = any(item.section == "indicators" for item in outline.items)
    found: list[Found] = []
    for item in outline.items:
        if item.section in _SILENT or (item.section == "purpose" and has_section):
            if item.section == "opening" and not item.block.is_table:
                found += _announced(item, outline, reading, year)
            continue
        if item.block.is_table:
            grid = grid_of(item.block)
            if grid is not None:
                found += _of_table(item, grid, outline, reading, year)
        elif not is_responsibility(item):
            found += _of_paragraph(item, outline, reading, year)
    return found


# --- paragraphs -----------------------------------------------------------------------------------------------------------------


def _of_paragraph(item: Item, outline: Outline, reading: TaskReading, year: int | None) -> Iterator[Found]:
    place = place_of(item)
    task = _task_at(item, outline, reading)
    promised = _stands_among_indicators(item, outline)
    label = leading_label(item.block.text)
    skip = label.value_start - item.start if label is not None and label.role == "aim" else 0
    place = place.cut(skip, len(place.text)) if skip > 0 else place
    own, horizon = _served(item, outline, reading), _horizon(item, outline)
    for one in statements(place.text, promised=promised):
        if not promised and item.section == "purpose":
            continue
        timed = _own_deadline(one, place.text, year)
        yield _found(one, place, item, own, horizon, timed, task=task, promised=promised)


def _announced(item: Item, outline: Outline, reading: TaskReading, year: int | None) -> Iterator[Found]:
    """Numbers before the plan begins (the summary on a page of news): they count only as repetitions."""
    if len(item.text) > 1_500 or item.text.startswith(("Căn cứ", "Thực hiện", "Theo")):
        return
    for found in _of_paragraph(item, outline, reading, year):
        if found.indicator.target >= 100 or found.indicator.unit == "%":
            yield replace(found, announced=True)


def _stands_among_indicators(item: Item, outline: Outline) -> bool:
    if item.section == "indicators":
        return True
    for own in (item, *outline.above(item)):
        label = leading_label(own.block.text)
        if label is not None and label.role == "aim" and re.match(r"mục tiêu|chỉ tiêu", label.words):
            return True
        title = own.text.lower().strip(" .:*")
        if re.match(r"(?:các\s+)?(?:mục tiêu|chỉ tiêu)(?![^\W\d_])[^%]{0,80}$", title):
            return True
        if own is not item and own.heading:
            return False
    return False


def _task_at(item: Item, outline: Outline, reading: TaskReading) -> int | None:
    return next(
        (
            reading.task_of_item[own.number]
            for own in (item, *outline.above(item))
            if own.number in reading.task_of_item
        ),
        None,
    )


def _served(item: Item, outline: Outline, reading: TaskReading) -> Responsibility:
    for own in (item, *outline.above(item)):
        if own.number in reading.served:
            return reading.served[own.number]
        if own.number in reading.task_of_item:
            task = reading.tasks[reading.task_of_item[own.number]]
            return Responsibility(
                task.leads,
                task.coordinators,
                task.implementers,
                task.directing_body,
                task.deadline,
                task.result,
                task.marks,
            )
        if own.marker is not None and own.marker.sort in ("roman", "part", "annex"):
            break
    return Responsibility()


def _horizon(item: Item, outline: Outline) -> Horizon:
    """The nearest label or heading with a time; a label of the item itself is near."""
    for own in (item, *outline.above(item)):
        label = leading_label(own.block.text)
        if label is not None and label.role == "aim":
            name, deadline = horizon_in(label.words)
            if name:
                return Horizon(name, deadline, near=True)
        elif own is not item and (own.heading or len(own.text) < 90):
            name, deadline = horizon_in(own.text)
            if name and not re.search(r"số\s+\d|/[A-ZĐ]", own.text):
                return Horizon(name, deadline)
    return Horizon()


# A bracket that says how things are: "(cuối năm 2024 mới đạt 41%)".
_PAST = re.compile(r"\([^()]*(?:mới|đã|hiện|so với|năm trước|số liệu|là)\s[^()]*\)", re.IGNORECASE)


def _own_deadline(one: Statement, text: str, year: int | None) -> Deadline | None:
    """A time in the statement's own words, or right before them in its sentence ("Đến hết năm 2025, 80% …; 60% …")."""
    text = _PAST.sub(lambda past: " " * len(past[0]), text)
    found = deadline_in(text[one.start : one.end], year=year)
    if found is None or found[0].due is None:
        sentence = text[max(text.rfind(". ", 0, one.start), text.rfind("\n", 0, one.start)) + 1 : one.start]
        before = deadline_in(sentence, year=year)
        found = (
            before
            if before is not None and before[0].due is not None and not re.search(r"\d\s*%", sentence[: before[1]])
            else found
        )
    if found is not None and found[0].due is not None:
        return found[0]
    term = horizon_in(text[: one.start])[1]
    return term if term is not None and term.relative else None  # "đến hết học kỳ I": no day of the calendar


# --- one statement to an indicator -----------------------------------------------------------------------------------------------


def _found(
    one: Statement, place: Place, item: Item, own: Responsibility, horizon: Horizon, timed: Deadline | None, *,
    task: int | None, promised: bool, clause: str | None = None, fields: Sequence[Mark] = (),
) -> Found:  # fmt: skip
    span = place.span(one.start, one.end)
    number = Mark("target", 0.98 if one.quantity.percent else 0.85, place.span(one.quantity.start, one.quantity.end))
    deadline, sure, own_time = _deadline(own, horizon, timed)
    due_mark = next((mark for mark in own.marks if mark.field == "due"), None) if deadline is own.deadline else None
    confidence = min(number.confidence, 0.97 if one.group_sure else 0.75, 1.0 if promised else 0.8)
    named = tuple(mark for mark in own.marks if mark.field != "due")
    indicator = Indicator(
        one.text, one.quantity.value, one.unit, one.comparator, one.group, deadline, span, round(confidence, 2),
        clause=item.clause if clause is None else clause, aspirational=one.quantity.aspirational,
        horizon=horizon.name, level=find_level(one.text),
        scope=one.scope, leads=own.leads, coordinators=own.coordinators, implementers=own.implementers, directing_body=own.directing_body,
        task=task,
        marks=(
            number, Mark("group", 0.95 if one.group_sure else 0.6), Mark("due", sure, due_mark.span if due_mark else None), *named, *fields,
        ),
    )  # fmt: skip
    return Found(
        indicator,
        promised,
        horizon.name if horizon.near or horizon.deadline else "",
        own_time,
        one.alternative,
        place.text[: one.start],
        block_time=own.deadline,
    )


def _deadline(own: Responsibility, horizon: Horizon, timed: Deadline | None) -> tuple[Deadline, float, bool]:
    if timed is not None:
        return timed, 0.9, True
    if horizon.near and horizon.deadline is not None:
        return horizon.deadline, 0.9, True
    if own.deadline.text and (own.deadline.due or own.deadline.recurring or own.deadline.relative):
        return own.deadline, 0.95, own.deadline.due is not None
    if horizon.deadline is not None:
        return horizon.deadline, 0.9, True
    return own.deadline, 0.4, False


# --- tables -----------------------------------------------------------------------------------------------------------------------


def _of_table(item: Item, grid: Grid, outline: Outline, reading: TaskReading, year: int | None) -> Iterator[Found]:
    title_horizon = _introduced(item, outline) or _horizon(item, outline)
    tasks = is_task_table(grid)
    values = [at for at, column in enumerate(grid.columns) if column.role == "value"]
    content = grid.column("indicator", "content")
    if content is None and any(grid.columns[at].measure is not None for at in values):
        for row in grid.rows:
            own = row_responsibility(grid, row, year=year)
            for value in () if row.is_section else matrix_values(grid, row, values):
                yield _found(value.statement, value.place, item, own, title_horizon, None, task=None, promised=True,
                             clause=_row_clause(item, grid, row), fields=value.marks)  # fmt: skip
        return
    if content is None or {"frequency", "receiver"} & {column.role for column in grid.columns}:
        return
    for number, row in enumerate(grid.rows):
        if row.is_section:
            continue
        own = row_responsibility(grid, row, year=year)
        horizon = next(
            (Horizon(*horizon_in(section)) for section in reversed(row.sections) if horizon_in(section)[0]),
            title_horizon,
        )
        task = reading.task_of_row.get((item.block.number, number))
        clause = _row_clause(item, grid, row)
        if values and not tasks:
            for value in row_values(grid, row, content, values):
                at = value.horizon or horizon.name
                timed = horizon_in(value.horizon)[1] if value.horizon else None
                yield _found(value.statement, value.place, item, own, Horizon(at, timed or horizon.deadline, near=timed is not None),
                             None, task=task, promised=True, clause=clause, fields=value.marks)  # fmt: skip
            continue
        cell = row.cells[content]
        text = grid.text(row, content)
        if cell is None or not text:
            continue
        place = Place(grid.block, text, 0, cell)
        promised = not tasks
        for one in statements(text, promised=promised):
            yield _found(
                one,
                place,
                item,
                own,
                horizon,
                _own_deadline(one, text, year),
                task=task,
                promised=promised,
                clause=clause,
            )


def _introduced(item: Item, outline: Outline) -> Horizon | None:
    """The time of the line right over a table: "Đến ngày 15/12/2026, từng nhóm đạt các tỷ lệ dưới đây:"."""
    before = outline.items[item.number - 1] if item.number else None
    if before is None or before.block.is_table or not before.text.rstrip().endswith(":") or len(before.text) > 250:
        return None
    name, deadline = horizon_in(before.text)
    return Horizon(name, deadline) if name else None


def _row_clause(item: Item, grid: Grid, row: GridRow) -> str:
    return " ".join(part for part in (item.clause, grid.text(row, grid.column("number")).strip(" .")) if part)


def with_period(found: Found, end: dt.date | None) -> Found:
    """Without any time of its own, a promise is due when the plan ends."""
    indicator = found.indicator
    if (
        end is None
        or not found.promised
        or indicator.deadline.due
        or indicator.deadline.recurring
        or indicator.deadline.relative
    ):
        return found
    whole_year = (end.month, end.day) == (12, 31)
    deadline = Deadline(end, "year" if whole_year else "day", text="thời hạn của kế hoạch")
    marks = tuple(mark for mark in indicator.marks if mark.field != "due")
    return replace(found, indicator=replace(indicator, deadline=deadline, marks=(*marks, Mark("due", 0.5))))
