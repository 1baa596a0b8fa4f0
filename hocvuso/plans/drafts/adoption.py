"""A reviewed draft → a plan file, so that the same checks hold as for one written by hand; or the faults that stand in its way."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import ValidationError

from hocvuso.lib.errors import BadInput
from hocvuso.lib.faults import fault_in_words
from hocvuso.lib.text import fold, slug
from hocvuso.plans.drafts.review import DutyValues, Entry, Header, Point, Review, TargetValues, TaskValues
from hocvuso.plans.drafts.steps import Fault, faults_of, link_faults
from hocvuso.plans.planfile import (
    Deadline,
    Duplicate,
    Duty,
    Finding,
    Indicator,
    PlanFile,
    Reading,
    Target,
    Task,
)
from hocvuso.plans.reader.model import Deadline as ReadDeadline

Part = TypeVar("Part")
KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# “trước ngày 15 của tháng cuối quý”, “chậm nhất ngày 20 hằng tháng”
MONTH_DAY = re.compile(
    r"(?P<before>\btrước\s+)?\bngày\s+(?P<day>[12]?\d|3[01])(?:\s+của)?\s+(?:tháng\s+cuối|h[ằà]ng\s+tháng)",
    re.IGNORECASE,
)
# Words that stand in the addresses of pages, where a plan's key would stand.
RESERVED = {"doc-van-ban", "ban-doc"}
HEADER_LONGEST = {
    "title": 300, "short_title": 120, "issuer": 200, "lead_agency": 160, "number": 60, "number_template": 60, "date_partial": 10,
    "signer": 160, "key": 80,
}  # fmt: skip


def faults_in(review: Review) -> list[Fault]:
    """Everything that keeps the review out of the system, entry by entry; nothing of what was rejected."""
    found = header_faults(review.header)
    for entry in review.entries:
        if entry.is_kept:
            found += [*faults_of(entry.values, where=entry.id), *link_faults(review, entry)]
    return found


def header_faults(header: Header) -> list[Fault]:
    found = [
        Fault("header", name, "too_long", limit)
        for name, limit in HEADER_LONGEST.items()
        if len(getattr(header, name)) > limit
    ]
    found += [
        Fault("header", name, "empty")
        for name in ("title", "short_title", "issuer")
        if not getattr(header, name).strip()
    ]
    found += [
        Fault("header", name, "empty") for name in ("period_start", "period_end") if getattr(header, name) is None
    ]
    if header.period_start and header.period_end and header.period_end < header.period_start:
        found.append(Fault("header", "period_end", "period"))
    if not KEY.fullmatch(header.key) or header.key in RESERVED:
        found.append(Fault("header", "key", "key"))
    return found


@dataclass(frozen=True, slots=True)
class _Named:
    """A kept entry with the key it will carry in the plan."""

    entry: Entry
    key: str


def plan_file(review: Review, *, unit: str) -> PlanFile:
    """The checked plan file of a review without faults (`faults_in`). `unit` is the code of the unit the plan is for."""
    kept = [entry for entry in review.entries if entry.is_kept]
    repeats = [entry for entry in kept if isinstance(entry.values, TargetValues) and entry.values.repeats]
    targets = _named(entry for entry in kept if isinstance(entry.values, TargetValues) and not entry.values.repeats)
    tasks = _named(entry for entry in kept if isinstance(entry.values, TaskValues))
    duties = _named(entry for entry in kept if isinstance(entry.values, DutyValues))
    key_of = {named.entry.id: named.key for named in (*targets, *tasks, *duties)}
    indicators, indicator_of = _indicators(targets)
    served: dict[str, list[str]] = {}
    for named in targets:
        assert isinstance(named.entry.values, TargetValues)
        if named.entry.values.task:
            served.setdefault(named.entry.values.task, []).append(named.key)
    header = review.header
    parts = {
        "indicators": indicators,
        "targets": [_fit(named, _target, indicator_of[named.key], key_of, header) for named in targets],
        "tasks": [_fit(named, _task, served.get(named.entry.id, [])) for named in tasks],
        "duties": [_fit(named, _duty, header) for named in duties],
        "duplicates": [_duplicate(entry, key_of) for entry in repeats],
        "findings": [_finding(point, key_of) for point in review.points if point.state in {"kept_open", "settled"}],
    }
    try:
        return PlanFile.model_validate({**_header(header), "unit": unit, **parts})
    except ValidationError as error:
        raise BadInput(f"Kế hoạch chưa đúng dạng: {_why(error)}") from error


def _fit(named: _Named, make: Callable[..., Part], *more: Any) -> Part:
    """What the checks of `steps` let pass and the plan file does not is named with its entry: a fault of ours, told all the same."""
    try:
        return make(named, *more)
    except ValidationError as error:
        raise BadInput(f"Mục {named.entry.number} chưa đúng dạng: {_why(error)}") from error


def _why(error: ValidationError) -> str:
    fault = error.errors()[0]
    return f"{'.'.join(map(str, fault['loc']))}: {fault_in_words(fault)}"


def _named(entries: Iterable[Entry]) -> list[_Named]:
    """Keys from the clause and the first words of the title, made single by a number where two would be the same."""
    found: list[_Named] = []
    used: set[str] = set()
    for entry in entries:
        words = "-".join(slug(entry.values.title).split("-")[:8])
        stem = slug(f"{entry.values.clause} {words}")[:70].strip("-") or entry.id
        key, again = stem, 1
        while key in used:
            again += 1
            key = f"{stem}-{again}"
        used.add(key)
        found.append(_Named(entry, key))
    return found


def _indicators(targets: list[_Named]) -> tuple[list[Indicator], dict[str, str]]:
    """One indicator for targets that say the same of the same group with the same metric; and which target has which."""
    found: dict[tuple[str, str, str], Indicator] = {}
    of_target = {}
    for named in targets:
        values = named.entry.values
        assert isinstance(values, TargetValues)
        same = (fold(values.title), values.group, values.metric)
        if same not in found:
            found[same] = _fit(named, _indicator, len(found) + 1)
        of_target[named.key] = found[same].key
    return list(found.values()), of_target


def _indicator(named: _Named, number: int) -> Indicator:
    values = named.entry.values
    assert isinstance(values, TargetValues)
    key = f"cs-{number}-{'-'.join(slug(values.title).split('-')[:8])}"[:80].strip("-")
    return Indicator(key=key, title=values.title, group=values.group, metric=values.metric or None)


def _deadline(read: ReadDeadline) -> Deadline:
    return Deadline(
        due=read.due, before=read.before, precision=read.precision, start=read.start, recurring=read.recurring,
        relative=read.relative, text=read.text,
    )  # fmt: skip


def _target(named: _Named, indicator: str, key_of: dict[str, str], header: Header) -> Target:
    values = named.entry.values
    assert isinstance(values, TargetValues)
    assert values.value is not None
    due = values.deadline.due
    whole_plan = f"{header.period_start:%Y}–{header.period_end:%Y}" if header.period_start and header.period_end else ""
    return Target(
        key=named.key, indicator=indicator, clause=values.clause, value=float(values.value), unit=values.unit,
        comparator=values.comparator, aspirational=values.aspirational,
        horizon=values.horizon or (str(due.year) if due else whole_plan), level=values.level or None,
        deadline=_deadline(values.deadline), scope=values.scope, leads=values.leads, directing_body=values.directing_body,
        implementers=values.implementers, coordinators=values.coordinators, embedded_in=key_of.get(values.task, ""),
    )  # fmt: skip


def _task(named: _Named, targets: list[str]) -> Task:
    values = named.entry.values
    assert isinstance(values, TaskValues)
    # A task never falls to “the standing lead”: only a report does.
    borne_by = "plan_unit" if values.borne_by == "lead_agency" else values.borne_by
    return Task(
        key=named.key, clause=values.clause, title=values.title, detail=values.detail,
        kind="assignment" if values.assigned else "task", block=values.block, leads=values.leads,
        directing_body=values.directing_body, coordinators=values.coordinators, deadline=_deadline(values.deadline),
        result=values.result, targets=tuple(targets), borne_by=borne_by,
    )  # fmt: skip


def _duty(named: _Named, header: Header) -> Duty:
    values = named.entry.values
    assert isinstance(values, DutyValues)
    first = last = None
    if values.frequency == "weekly" and values.weekday and header.period_start and header.period_end:
        first = header.period_start + dt.timedelta(days=(values.weekday - header.period_start.isoweekday()) % 7)
        last = header.period_end - dt.timedelta(days=(header.period_end.isoweekday() - values.weekday) % 7)
        last = max(first, last)
    borne_by = "plan_unit" if values.borne_by in {"schools", "enterprises"} else values.borne_by
    day = MONTH_DAY.search(values.due_rule) if values.due is None else None
    return Duty.model_validate({
        "key": named.key, "clause": values.clause, "title": values.title, "frequency": values.frequency, "who": values.who,
        "to": values.to, "due_rule": values.due_rule, "borne_by": borne_by, "weekday": values.weekday, "first": first,
        "last": last, "due": values.due, "channel": values.channel,
        "day": int(day["day"]) if day else None, "before": bool(day and day["before"]),
    })  # fmt: skip


def _duplicate(entry: Entry, key_of: dict[str, str]) -> Duplicate:
    assert isinstance(entry.values, TargetValues)
    return Duplicate(clause=entry.values.clause, of=key_of[entry.values.repeats], note=entry.values.title)


def _finding(point: Point, key_of: dict[str, str]) -> Finding:
    """Both readings stay in the plan, whatever the office records; its word and its reason stand in the note."""
    note = point.reason
    if point.state == "settled" and point.chosen is not None:
        note = f"Cơ quan ghi nhận cách đọc {point.chosen + 1}. {point.reason}".strip()
    readings = [
        Reading(where=" · ".join(part for part in (one.document, one.where) if part), says=one.says)
        for one in point.readings
    ]
    return Finding(
        key=f"diem-{point.id[1:]}",
        kind="contradiction" if point.kind == "duplicate_value" else point.kind,
        title=point.title,
        about=tuple(key_of[one] for one in point.about if one in key_of),
        readings=tuple(readings),
        note=note,
    )


def _header(header: Header) -> dict[str, object]:
    return {
        "key": header.key, "title": header.title, "short_title": header.short_title, "issuer": header.issuer,
        "issuing_system": header.issuing_system, "lead_agency": header.lead_agency, "number": header.number or None,
        "number_template": header.number_template, "date": header.date, "date_partial": header.date_partial,
        "period": {"start": header.period_start, "end": header.period_end}, "signer": header.signer,
        "parents": header.parents, "references": header.references,
    }  # fmt: skip
