"""Tasks: what stands under a heading or a bullet and has somebody to lead it or a time; rows of task tables.

One responsibility block may serve several bullets above it. What “Tổ chức thực hiện” lays upon an agency is an assignment, not a task.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from hocvuso.plans.reader.agencies import starts_agency
from hocvuso.plans.reader.assignments import find_assignments, given_tasks, is_responsibility, new_task, place_of
from hocvuso.plans.reader.deadlines import horizon_in
from hocvuso.plans.reader.grid import Grid, GridRow, grid_of
from hocvuso.plans.reader.marks import is_phase, labels_in, leading_label
from hocvuso.plans.reader.model import Block, Deadline, Span, Task
from hocvuso.plans.reader.outline import Item, Outline
from hocvuso.plans.reader.responsibility import (
    Place,
    Responsibility,
    bracketed,
    led_sentence,
    merged,
    read_labels,
    read_value,
    sentence_deadline,
)

_NOT_TASKS = ("purpose", "indicators", "recipients", "opening", "situation", "money")
_SMALL = ("dash", "plus", "star", "letter", "bracket")


@dataclass(frozen=True, slots=True)
class TaskReading:
    """Tasks and assignments, and which responsibility serves which item (also those that are indicators)."""

    tasks: tuple[Task, ...]
    assignments: tuple[Task, ...]
    served: dict[int, Responsibility]  # item → responsibility
    task_of_item: dict[int, int]  # item → place of its task
    task_of_row: dict[tuple[int, int], int]  # (block, row of its grid) → place of its task


def read_tasks(outline: Outline, *, year: int | None) -> TaskReading:
    served: dict[int, Responsibility] = {}
    shared: dict[int, int] = {}
    for number, (targets, run) in enumerate(_runs(outline)):
        block = read_labels([place_of(item) for item in run], year=year)
        if block.is_empty:
            continue
        for target in targets:
            served[target.number] = merged(served[target.number], block) if target.number in served else block
            shared[target.number] = number
    found: list[tuple[int, Task, int | None, tuple[int, int] | None]] = []
    for item in outline.items:
        if item.block.is_table:
            for row, task in _table_tasks(item, year=year):
                found.append((item.number, task, None, row))
            continue
        stated = _task_of(item, outline, served, year)
        if stated is not None:
            found.append((item.number, replace(stated, shared_block=shared.get(item.number)), item.number, None))
    assigned = list(find_assignments(outline, {item for _, _, item, _ in found if item is not None}, year=year))
    if any(row is not None for _, _, _, row in found):  # the work itself is in a table
        found = [entry for entry in found if not _is_only_timed(entry[1])]
    elif not any(task.leads for _, task, _, _ in found) and (given := given_tasks(outline, assigned, year=year)):
        # who leads what stands only in the assignments: they are the plan's tasks
        found = [(item, task, item, None) for item, task in given]
        assigned = [entry for entry in assigned if entry[0] not in {item for item, _ in given}]
    tasks = sorted(found, key=lambda entry: entry[0])
    return TaskReading(
        tuple(task for _, task, _, _ in tasks),
        tuple(task for _, task in assigned),
        served,
        {item: at for at, (_, _, item, _) in enumerate(tasks) if item is not None},
        {row: at for at, (_, _, _, row) in enumerate(tasks) if row is not None},
    )


# --- responsibility blocks ----------------------------------------------------------------------------------------------------


def _runs(outline: Outline) -> Iterator[tuple[list[Item], list[Item]]]:
    """Each run of label paragraphs with the items it serves."""
    items = outline.items
    runs: list[list[Item]] = []
    for item in items:
        if not is_responsibility(item):
            continue
        last = runs[-1][-1] if runs else None
        same = last is not None and item.parent == last.parent and _plain_between(items[last.number + 1 : item.number])
        repeats = same and last is not None and _repeats(runs[-1], item)
        if same and not repeats:
            runs[-1].append(item)
        else:
            runs.append([item])
    ends = {run[-1].number for run in runs}
    for run in runs:
        targets = _targets(outline, run, ends)
        if targets:
            yield targets, run


def _plain_between(items: Sequence[Item]) -> bool:
    """Only text without a mark (a footnote that a page end put there) stands between two labels of one block."""
    return len(items) <= 2 and all(item.marker is None and not item.block.is_table for item in items)


def _repeats(run: Sequence[Item], item: Item) -> bool:
    roles = {label.role for own in run for label in labels_in(own.block.text)[:1]}
    label = leading_label(item.block.text)
    return label is not None and label.role in roles and label.role in ("lead", "due", "who_does", "directing_body")


def _targets(outline: Outline, run: Sequence[Item], ends: set[int]) -> list[Item]:
    first = run[0]
    if first.marker is None or first.parent is None:
        return _bullets_above(outline, first, ends)
    parent = outline.items[first.parent]
    while parent.parent is not None and (parent.marker is None or is_responsibility(parent)):
        parent = outline.items[parent.parent]  # "* Phân công thực hiện:" over "- Chủ trì: …" is no task itself
    siblings = outline.children(parent)
    runs_here = sum(1 for item in siblings if item.number in ends)
    between = [item for item in siblings if not is_responsibility(item) and item.marker and not _is_aim(item)]
    if (runs_here > 1 and between) or (
        parent.marker is not None and parent.marker.sort in ("roman", "part", "annex", "capital")
    ):
        return _bullets_above(outline, first, ends)
    return [parent]


def _is_aim(item: Item) -> bool:
    label = leading_label(item.block.text)
    return label is not None and label.role == "aim"


def _bullets_above(outline: Outline, first: Item, ends: set[int]) -> list[Item]:
    """The marked items over a block: a number alone, or all bullets since the last block."""
    found: list[Item] = []
    for item in reversed(outline.items[: first.number]):
        if item.number in ends:
            break
        if item.block.is_table or item.section == "recipients":
            break
        if item.marker is None or is_responsibility(item):
            continue
        if not found:
            found.append(item)
            if item.marker.sort not in _SMALL:
                break
            continue
        nearest = found[-1]
        if item.parent == nearest.parent and item.marker.sort == (nearest.marker.sort if nearest.marker else None):
            found.append(item)
        elif item.number == nearest.parent:
            break
    if found and found[0].marker and found[0].marker.sort == "plus" and found[0].parent is not None:
        # "+" details of a bullet: the bullet is the task
        parent = outline.items[found[0].parent]
        if parent.marker and parent.marker.sort in _SMALL:
            return [parent]
    return found[::-1]


# --- tasks in text --------------------------------------------------------------------------------------------------------------


def _task_of(item: Item, outline: Outline, served: dict[int, Responsibility], year: int | None) -> Task | None:
    if item.section in _NOT_TASKS or is_responsibility(item) or _is_aim(item):
        return None
    text, inline, sure = _own_words(item, year)
    block = served.get(item.number)
    if block is None and inline is None:
        return None
    if block is None and (
        item.section == "organisation" or any(above.number in served for above in outline.above(item))
    ):
        return None
    if block is None and item.marker is None:
        return None
    found = merged(block, inline) if block is not None and inline is not None else block or inline
    if found is None:
        return None
    if not found.deadline.text:
        found = replace(found, deadline=_phase(item, outline))
    if not found.leads and not found.deadline.text:
        return None
    body = text.strip(" .;:,(")
    if len(body) < 6:
        return None
    start = item.start + item.text.index(body[:6])
    span = Span(item.block.number, start, start + len(body), None, item.block.page, item.block.line)
    confidence = sure if block is None else (0.95 if block.leads else 0.75)
    return new_task(body, found, span, confidence, item.clause)


def _phase(item: Item, outline: Outline) -> Deadline:
    """The time of the part of the plan the task stands under: "Tuần 1 (từ ngày 01/10 đến ngày 07/10/2026)"."""
    for above in outline.above(item):
        if is_phase(above.text) and (deadline := horizon_in(above.text)[1]) is not None:
            return deadline
    return Deadline()


def _own_words(item: Item, year: int | None) -> tuple[str, Responsibility | None, float]:
    """A task's own text, and what the same paragraph says about its responsibility."""
    text = item.text
    closing = bracketed(place_of(item), year=year)
    if closing is not None and closing[0] > 15:
        before = place_of(item).cut(0, closing[0])
        return before.text, merged(closing[1], sentence_deadline(before, year=year)), 0.9
    labels = [label for label in labels_in(text) if label.role not in ("aim", "who_does")]
    if labels and labels[0].start > 15:
        inline = read_labels([place_of(item).cut(labels[0].start, len(text))], year=year)
        own = place_of(item).cut(0, labels[0].start)
        spoken = led_sentence(own) if not inline.leads else None
        return own.text, merged(inline, spoken) if spoken else inline, 0.9
    place = place_of(item)
    led = led_sentence(place)
    if led is None:
        # without somebody to lead it, only a clear time in a section of tasks makes a task
        timed = sentence_deadline(place, year=year)
        ok = timed.deadline.due is not None and item.section == "tasks" and item.marker is not None and not item.heading
        return text, timed if ok else None, 0.6
    found = merged(led, sentence_deadline(place, year=year))
    return _before_order(text), found, 0.85 if item.section == "tasks" else 0.7


def _before_order(text: str) -> str:
    """ "Lập danh sách từng người. Giao Phòng A chủ trì, …": the work is what stands before the order."""
    order = re.search(r"[.;]\s+(?:Giao|Đề nghị|Phân công|Yêu cầu|Do)\s(?=[^.;]*(?:chủ trì|đầu mối|phụ trách))", text)
    if order is None:  # "Chốt danh sách người học: Tổ trưởng các tổ dân phố chủ trì"
        order = next(
            (at for at in re.finditer(r":\s+(?=[^.;:]*\schủ trì)", text) if starts_agency(text[at.end() :])), None
        )
    return text[: order.start()] if order and order.start() > 20 else text


def _is_only_timed(task: Task) -> bool:
    """A sentence with a time and nobody to lead it: where others have their leads, it only explains."""
    return not task.leads and not task.coordinators and task.confidence < 0.7


# --- tables -----------------------------------------------------------------------------------------------------------------------


def _table_tasks(item: Item, *, year: int | None) -> Iterator[tuple[tuple[int, int], Task]]:
    grid = grid_of(item.block)
    if grid is None or not is_task_table(grid):
        return
    content = grid.column("content", "indicator")
    for number, row in enumerate(grid.rows):
        cell = row.cells[content] if content is not None else None
        text = grid.text(row, content)
        if row.is_section or cell is None or not any(char.isalpha() for char in text):
            continue
        found = row_responsibility(grid, row, year=year)
        if not found.leads and not found.deadline.text and not found.coordinators:
            continue
        mark = re.match(r"\d{1,2}(?:\.\d{1,2})*[.)]\s+", text)
        text = text[mark.end() :] if mark else text
        skipped = mark.end() if mark else 0
        span = Span(item.block.number, skipped, skipped + len(text), cell, item.block.page, item.block.line)
        shown = " ".join(part for part in (item.clause, grid.text(row, grid.column("number")).strip(" .")) if part)
        yield (item.block.number, number), new_task(text, found, span, 0.95 if found.leads else 0.8, shown)


def is_task_table(grid: Grid) -> bool:
    roles = {column.role for column in grid.columns}
    if {"frequency", "receiver"} & roles or "value" in roles or "unit" in roles:
        return False
    if "content" in roles:
        return bool(roles & {"lead", "due", "coordinators", "implementers", "result", "lead_and_coordinators"})
    return False


def row_responsibility(grid: Grid, row: GridRow, *, year: int | None) -> Responsibility:
    found = Responsibility()
    for at, column in enumerate(grid.columns):
        cell = row.cells[at]
        text = grid.text(row, at)
        if cell is None or not text.strip() or column.role is None:
            continue
        place = Place(grid.block, text, 0, cell)
        if column.role in (
            "lead",
            "coordinators",
            "lead_and_coordinators",
            "implementers",
            "directing_body",
            "due",
            "result",
        ):
            labelled = read_labels([place], year=year)
            found = merged(found, labelled if not labelled.is_empty else read_value(column.role, place, year=year))
    return found


def grids(blocks: Iterable[Block]) -> Iterator[Grid]:
    for block in blocks:
        if block.is_table:
            grid = grid_of(block)
            if grid is not None:
                yield grid
