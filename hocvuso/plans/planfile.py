"""The plan file: what one `data/plans/<key>.yaml` may hold, and the clear refusal of one that is broken.

Pure: text in, a checked `PlanFile` out. Metrics are known here only by their key; `measure` checks that each exists.
The field reference for people is `docs/reference/plan-file.md`.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Key = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Comparator = Literal["=", ">", ">=", "<", "<="]
Group = Literal[
    "public_servants", "students", "adults", "workers", "households", "businesses",
    "communes", "villages", "teams", "other",
]  # fmt: skip
Frequency = Literal["weekly", "monthly", "quarterly", "biannual", "yearly", "final", "adhoc"]
Precision = Literal["day", "month", "quarter", "year"]
# Strict: YAML reads "yes" as true, and true would be 1.
Amount = Annotated[float, Field(ge=0, allow_inf_nan=False, strict=True)]
# As long as the database keeps them (models.py): PostgreSQL breaks on more, SQLite takes it in silence.
Text10 = Annotated[str, Field(max_length=10)]
Text20 = Annotated[str, Field(max_length=20)]
Text40 = Annotated[str, Field(max_length=40)]
Text60 = Annotated[str, Field(max_length=60)]
Text80 = Annotated[str, Field(max_length=80)]
Text120 = Annotated[str, Field(max_length=120)]
Text160 = Annotated[str, Field(max_length=160)]
Text200 = Annotated[str, Field(max_length=200)]
Text300 = Annotated[str, Field(max_length=300)]
Level = Literal["usable", "proficient"]  # sử dụng được / sử dụng tốt (facts K10)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Deadline(_Part):
    """When something must be done. `due` is the printed day (a month, quarter or year gives its last day)."""

    due: dt.date | None = None
    before: bool = False  # "trước ngày": the last good day is the day before
    precision: Precision = "day"
    start: dt.date | None = None
    recurring: bool = False
    relative: bool = False  # "muộn nhất 7 ngày sau khi …", "theo hướng dẫn của Trung ương"
    text: Text200 = ""  # as printed, short


class Period(_Part):
    start: dt.date
    end: dt.date
    text: Text120 = ""

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Period:
        if self.end < self.start:
            raise ValueError("end is before start")
        return self


class Denominator(_Part):
    """A base the plan itself prints, with its date when it gives one."""

    count: int | None = Field(default=None, ge=0)
    on: Text10 = ""  # "2024-12", "2025-07-01": as precise as printed
    note: Text200 = ""


class Indicator(_Part):
    """What is to be measured, once, however many targets name it."""

    key: Key
    title: Text300
    group: Group
    metric: Text40 | None = None  # key in metrics.yaml; None = declared only
    also: tuple[str, ...] = ()  # the other verbs' metrics of a compound target (facts K11)
    note: str = ""


class Target(_Part):
    """How much of an indicator, by when, for whom."""

    key: Key
    indicator: Key
    clause: Text60  # where it stands in the document: "II.4"
    value: Amount
    unit: Text40  # "%" or the counted thing
    comparator: Comparator
    aspirational: bool = False  # "phấn đấu"
    horizon: Text40  # "100 ngày", "2025", "2026"
    kind: Literal["year_goal", "assigned"] = "assigned"  # mục tiêu năm / chỉ tiêu giao
    level: Level | None = None
    deadline: Deadline
    scope: Literal["total", "each_unit", "each_subject"] = "total"
    # total: share or count over the plan's unit · each_unit: "mỗi xã/phường … tối thiểu 10" · each_subject: "mỗi mentor … 5"
    denominator: Denominator | None = None
    leads: tuple[str, ...] = ()
    directing_body: Text160 = ""
    implementers: tuple[str, ...] = ()
    coordinators: tuple[str, ...] = ()
    evaluator: Text160 = ""
    embedded_in: Text80 = ""  # key of the task in which the number is hidden
    note: str = ""


class Task(_Part):
    key: Key
    clause: Text60
    title: Text300
    detail: str = ""
    kind: Literal["task", "assignment", "event"] = "task"  # assignment: from "Tổ chức thực hiện"
    block: Text20 = ""  # bullets that share one responsibility block
    leads: tuple[str, ...] = ()
    directing_body: Text200 = ""
    coordinators: tuple[str, ...] = ()
    deadline: Deadline = Deadline()
    result: Text160 = ""  # expected document or product
    targets: tuple[Key, ...] = ()  # targets this task serves
    borne_by: Literal["plan_unit", "communes", "agencies", "communes_and_agencies", "schools", "enterprises"] = (
        "plan_unit"
    )
    note: str = ""


class Window(_Part):
    """The days a weekly report covers, 1 = Monday … 7 = Sunday. Set per plan where the text is silent."""

    first_weekday: int = Field(ge=1, le=7)
    last_weekday: int = Field(ge=1, le=7)


class Duty(_Part):
    key: Key
    clause: Text60
    title: Text300
    frequency: Frequency
    who: Text300
    to: Text200
    due_rule: Text200 = ""  # as printed, short
    borne_by: Literal["plan_unit", "communes", "agencies", "communes_and_agencies", "lead_agency"] = "plan_unit"
    weekday: int | None = Field(default=None, ge=1, le=7)
    window: Window | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    due: dt.date | None = None
    day: int | None = Field(default=None, ge=1, le=31)  # of the last month of a month, quarter, half or year
    before: bool = False
    channel: Text200 = ""
    contents: tuple[str, ...] = ()  # what the plan wants in it: "khó khăn, vướng mắc" …
    note: str = ""

    @model_validator(mode="after")
    def _a_week_has_its_days(self) -> Duty:
        if self.frequency == "weekly" and not (self.weekday and self.first and self.last):
            raise ValueError("a weekly duty needs weekday, first and last")
        if self.first and self.last and self.last < self.first:
            raise ValueError("last is before first")
        return self


class Duplicate(_Part):
    clause: str
    of: Key
    note: str = ""


class Reading(_Part):
    where: str
    says: str


class Finding(_Part):
    """Two places that do not agree, or one that cannot be right. Both readings are kept; none is chosen."""

    key: Key
    kind: Literal["contradiction", "arithmetic", "date", "scope", "wording", "missing_annex", "origin", "horizon"]
    title: Text300
    about: tuple[str, ...] = ()  # keys of targets, tasks, duties of this plan
    other_plan: Text80 = ""
    readings: tuple[Reading, ...] = Field(min_length=1)
    note: str = ""


class PlanFile(_Part):
    key: Key
    title: Text300
    short_title: Text120
    issuer: Text200
    issuing_system: Literal["state", "party"] = "state"
    unit: Text40  # code of the unit in force today (facts §1: successors)
    issued_for: Text120 = ""  # the unit as the document names it, when it was merged since
    lead_agency: Text160 = ""  # usual standing lead that collects the reports
    number: Text60 | None = None
    number_template: Text60 = ""
    date: dt.date | None = None
    date_partial: Text10 = ""
    period: Period
    signer: Text160 = ""
    parents: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    note: str = ""
    indicators: tuple[Indicator, ...] = ()
    targets: tuple[Target, ...] = ()
    tasks: tuple[Task, ...] = ()
    duties: tuple[Duty, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    findings: tuple[Finding, ...] = ()

    @model_validator(mode="after")
    def _hangs_together(self) -> PlanFile:
        for name in ("indicators", "targets", "tasks", "duties", "findings"):
            keys = [part.key for part in getattr(self, name)]
            twice = sorted({key for key in keys if keys.count(key) > 1})
            if twice:
                raise ValueError(f"{name}: the key {twice[0]!r} is used twice")
        indicators = {part.key for part in self.indicators}
        targets = {part.key for part in self.targets}
        tasks = {part.key for part in self.tasks}
        known = targets | tasks | {part.key for part in self.duties}
        for target in self.targets:
            _known(target.indicator, indicators, f"target {target.key}: indicator")
            if target.embedded_in:
                _known(target.embedded_in, tasks, f"target {target.key}: embedded_in")
        for task in self.tasks:
            for key in task.targets:
                _known(key, targets, f"task {task.key}: target")
        for duplicate in self.duplicates:
            _known(duplicate.of, targets, f"duplicate {duplicate.clause}: target")
        for finding in self.findings:
            for key in finding.about:
                _known(key, known, f"finding {finding.key}: about")
        return self


def _known(key: str, keys: set[str], what: str) -> None:
    if key not in keys:
        raise ValueError(f"{what} {key!r} is not in this file")
