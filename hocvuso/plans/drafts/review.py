"""The review of a draft: entries a person decides on, and points where the document does not agree with itself.

Pure. A `Review` goes to plain JSON and comes back the same; `PlanDraft.review` keeps it. An entry's `version` counts its changes, so that
two reviewers of one draft disturb each other only where they touch the same entry.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from hocvuso.plans.reader.model import Comparator, Deadline, FindingKind, Frequency, Group, Mark, Reading, Span

EntryState = Literal["open", "accepted", "corrected", "added", "rejected"]
PointState = Literal["open", "kept_open", "settled", "dismissed"]
Bearers = Literal["plan_unit", "communes", "agencies", "communes_and_agencies", "schools", "enterprises", "lead_agency"]
Certainty = Literal["sure", "look", "unsure"]

# Where words change. Ours: the reader's confidence is a judgement, not a probability.
SURE, LOOK = 0.85, 0.6


def certainty(confidence: float) -> Certainty:
    return "sure" if confidence >= SURE else "look" if confidence >= LOOK else "unsure"


@dataclass(frozen=True, slots=True)
class TargetValues:
    kind: Literal["target"] = "target"
    title: str = ""
    value: float | None = None
    unit: str = "%"
    comparator: Comparator = "="
    aspirational: bool = False
    group: Group = "other"
    metric: str = ""  # "" = none fits
    level: Literal["", "usable", "proficient"] = ""
    scope: Literal["total", "each_unit", "each_subject"] = "total"
    clause: str = ""
    horizon: str = ""
    deadline: Deadline = Deadline()
    leads: tuple[str, ...] = ()
    coordinators: tuple[str, ...] = ()
    implementers: tuple[str, ...] = ()
    directing_body: str = ""
    task: str = ""  # id of the entry of the task in which the number stands
    repeats: str = ""  # id of the target that this statement only says again


@dataclass(frozen=True, slots=True)
class TaskValues:
    kind: Literal["task"] = "task"
    title: str = ""
    detail: str = ""
    assigned: bool = False  # from “Tổ chức thực hiện”
    clause: str = ""
    block: str = ""
    deadline: Deadline = Deadline()
    leads: tuple[str, ...] = ()
    coordinators: tuple[str, ...] = ()
    directing_body: str = ""
    result: str = ""
    borne_by: Bearers = "plan_unit"


@dataclass(frozen=True, slots=True)
class DutyValues:
    kind: Literal["duty"] = "duty"
    title: str = ""
    frequency: Frequency = "adhoc"
    who: str = ""
    to: str = ""
    due_rule: str = ""
    weekday: int | None = None
    due: dt.date | None = None
    channel: str = ""
    clause: str = ""
    borne_by: Bearers = "plan_unit"


Values = TargetValues | TaskValues | DutyValues


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing the plan will hold, or not. What was read (`text`, `span`, `marks`, `confidence`) stays as it was."""

    id: str  # c1 … (chỉ tiêu), n1 … (nhiệm vụ), b1 … (báo cáo): also its place on the page
    values: Annotated[Values, Field(discriminator="kind")]
    state: EntryState = "open"
    version: int = 0
    text: str = ""
    confidence: float = 1.0
    span: Span | None = None
    marks: tuple[Mark, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.state == "open"

    @property
    def is_kept(self) -> bool:
        return self.state in {"accepted", "corrected", "added"}

    @property
    def certainty(self) -> Certainty:
        """As sure as its weakest value: a target whose lead was guessed is not sure."""
        return certainty(min([self.confidence, *(mark.confidence for mark in self.marks)]))

    @property
    def number(self) -> str:
        """The short name on the page: C1, N3, B2."""
        return self.id.upper()


@dataclass(frozen=True, slots=True)
class Point:
    """Two places that do not agree, and what the office decided about them: a reading with its reason, or to leave it open."""

    id: str  # d1 …
    kind: FindingKind
    title: str
    readings: tuple[Reading, ...]
    confidence: float = 1.0
    about: tuple[str, ...] = ()  # ids of entries
    state: PointState = "open"
    chosen: int | None = None
    reason: str = ""
    version: int = 0

    @property
    def is_open(self) -> bool:
        return self.state == "open"

    @property
    def number(self) -> str:
        return self.id.upper()


@dataclass(frozen=True, slots=True)
class Header:
    """What the plan says of itself, as far as it was read or filled in."""

    key: str = ""
    title: str = ""
    short_title: str = ""
    issuer: str = ""
    issuing_system: Literal["state", "party"] = "state"
    lead_agency: str = ""
    number: str = ""
    number_template: str = ""
    date: dt.date | None = None
    date_partial: str = ""
    period_start: dt.date | None = None
    period_end: dt.date | None = None
    signer: str = ""
    parents: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    version: int = 0
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    header: Header = Header()
    entries: tuple[Entry, ...] = ()
    points: tuple[Point, ...] = ()
    notes: tuple[str, ...] = ()

    def entry(self, entry_id: str) -> Entry | None:
        return next((entry for entry in self.entries if entry.id == entry_id), None)

    def point(self, point_id: str) -> Point | None:
        return next((point for point in self.points if point.id == point_id), None)

    def of_kind(self, kind: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.values.kind == kind]

    @property
    def all(self) -> list[Entry | Point]:
        """Entries and points in the order of the page."""
        return [*self.entries, *self.points]

    @property
    def open(self) -> list[Entry | Point]:
        """What still waits for a person."""
        return [one for one in self.all if one.is_open]

    @property
    def decided(self) -> int:
        return len(self.all) - len(self.open)

    def with_entry(self, changed: Entry) -> Review:
        return replace(self, entries=tuple(changed if entry.id == changed.id else entry for entry in self.entries))

    def with_point(self, changed: Point) -> Review:
        return replace(self, points=tuple(changed if point.id == changed.id else point for point in self.points))


def changed_fields(before: Any, after: Any) -> list[str]:
    """Names of the fields that differ: for the audit, and for “you wrote, the other wrote”."""
    return list(_differing(before, after))


def _differing(before: Any, after: Any) -> Iterator[str]:
    for one in fields(after):
        if getattr(before, one.name, None) != getattr(after, one.name):
            yield one.name


@cache
def _adapter() -> TypeAdapter[Review]:
    return TypeAdapter(Review)


def review_to_json(review: Review) -> dict[str, Any]:
    data: dict[str, Any] = _adapter().dump_python(review, mode="json")
    return data


def review_from_json(data: Any) -> Review:
    return _adapter().validate_python(data)
