"""What reading gives: the document as numbered blocks, and a draft in which every value says where it stands and how sure we are.

A `Draft` goes to plain JSON and comes back the same (`draft_to_json`, `draft_from_json`). A `Span` points into the repaired text
of one block (or of one cell of a table block), so that a page can mark it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from pydantic import TypeAdapter

Comparator = Literal["=", ">", ">=", "<", "<="]
Group = Literal[
    "public_servants", "students", "adults", "workers", "households", "businesses",
    "communes", "villages", "teams", "other",
]  # fmt: skip
Frequency = Literal["weekly", "monthly", "quarterly", "biannual", "yearly", "final", "adhoc"]
Precision = Literal["day", "month", "quarter", "year"]
Level = Literal["usable", "proficient"]  # sử dụng được / sử dụng tốt
FindingKind = Literal["contradiction", "arithmetic", "date", "missing_annex", "duplicate_value"]


# --- the document -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table after repair. A merged cell stands once, with the rows and columns it covers."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a table. `page` and `line` count from 1 in the source, as far as it has any."""

    number: int  # its place in `Document.blocks`
    text: str = ""  # of a paragraph, without its line breaks; empty for a table
    cells: tuple[Cell, ...] = ()  # of a table, row by row; empty for a paragraph
    page: int | None = None
    line: int | None = None
    depth: int = 0  # how deep it stands in the outline; 0 = the text itself

    @property
    def is_table(self) -> bool:
        return bool(self.cells)


@dataclass(frozen=True, slots=True)
class Document:
    name: str  # of the file
    blocks: tuple[Block, ...]
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` of a block's text, or of its cell number `cell`."""

    block: int
    start: int
    end: int
    cell: int | None = None
    page: int | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """Where the value of one field was read, and how sure that is (0 to 1). A value that was concluded has no span."""

    field: str
    confidence: float
    span: Span | None = None


# --- what is read ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Deadline:
    """`due` is the printed day; of a month, quarter or year its last. As in the plan file."""

    due: dt.date | None = None
    precision: Precision = "day"
    before: bool = False  # "trước ngày": the last good day is the day before
    start: dt.date | None = None
    recurring: bool = False
    relative: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One promise with one number: a target. `span` is the whole statement; `marks` are its fields."""

    text: str
    target: float
    unit: str
    comparator: Comparator
    group: Group
    deadline: Deadline
    span: Span
    confidence: float
    clause: str = ""
    aspirational: bool = False
    horizon: str = ""  # "100 ngày", "2025"
    level: Level | None = None
    scope: Literal["total", "each_unit", "each_subject"] = "total"
    leads: tuple[str, ...] = ()
    coordinators: tuple[str, ...] = ()
    implementers: tuple[str, ...] = ()
    directing_body: str = ""
    metric: str | None = None  # proposed; None = none fits
    metric_confidence: float = 0.0
    task: int | None = None  # the task it stands in, by its place in `Draft.tasks`
    duplicate_of: int | None = None  # the indicator it repeats, by its place in `Draft.indicators`
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    text: str
    deadline: Deadline
    span: Span
    confidence: float
    kind: Literal["task", "assignment"] = "task"  # assignment: what “Tổ chức thực hiện” lays upon an agency
    clause: str = ""
    shared_block: int | None = None  # tasks with the same number share one responsibility block
    leads: tuple[str, ...] = ()
    coordinators: tuple[str, ...] = ()
    implementers: tuple[str, ...] = ()
    directing_body: str = ""
    result: str = ""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    frequency: Frequency
    to: str
    who: str
    span: Span
    confidence: float
    clause: str = ""
    due_rule: str = ""  # as printed, short
    due: dt.date | None = None
    weekday: int | None = None  # 1 = Monday
    channel: str = ""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Metadata:
    title: str = ""
    issuer: str = ""
    number: str = ""
    number_template: str = ""  # "/KH-UBND" when the number itself is blank
    date: dt.date | None = None
    date_partial: str = ""  # "2025-07", "2025": as much as is printed
    place: str = ""
    period_start: dt.date | None = None
    period_end: dt.date | None = None
    signer: str = ""
    parents: tuple[str, ...] = ()  # numbers of the plans it carries out
    references: tuple[str, ...] = ()  # numbers of all documents it cites
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One of the values that do not agree, and its place. `document` is empty for the document itself."""

    where: str
    says: str
    document: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Two places that do not agree, or one that cannot be right. All readings are kept; none is chosen."""

    kind: FindingKind
    title: str
    readings: tuple[Reading, ...]
    confidence: float
    indicators: tuple[int, ...] = ()  # by their places in the draft
    tasks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    document: Document
    metadata: Metadata = field(default_factory=Metadata)
    indicators: tuple[Indicator, ...] = ()
    duplicates: tuple[Indicator, ...] = ()  # statements that repeat an indicator
    embedded: tuple[Indicator, ...] = ()  # numbers inside tasks and assignments
    tasks: tuple[Task, ...] = ()
    assignments: tuple[Task, ...] = ()
    reporting: tuple[Duty, ...] = ()
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()  # what the reader wants to say about its own work, in Vietnamese


# --- to JSON and back ---------------------------------------------------------------------------------------------------


@cache
def _adapter() -> TypeAdapter[Draft]:
    from pydantic import TypeAdapter

    return TypeAdapter(Draft)


def draft_to_json(draft: Draft) -> dict[str, Any]:
    """Plain lists, texts and numbers, for a JSON column or a file."""
    data: dict[str, Any] = _adapter().dump_python(draft, mode="json")
    return data


def draft_from_json(data: Any) -> Draft:
    """The same draft again. What does not fit raises pydantic's `ValidationError`, which names every fault with its place."""
    return _adapter().validate_python(data)
