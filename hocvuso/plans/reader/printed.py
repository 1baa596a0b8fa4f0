"""A draft as `hocvuso plans read --json` prints it: the fields of the readings by hand, so that both can be laid side by side."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hocvuso.plans.reader.model import Deadline, Draft, Duty, Finding, Indicator, Mark, Metadata, Span, Task


def printed_draft(draft: Draft) -> dict[str, Any]:
    meta = draft.metadata
    return {
        "document": draft.document.name,
        "title": meta.title or None,
        "issuer": meta.issuer or None,
        "number": meta.number or None,
        "number_template": meta.number_template or None,
        "date": _day(meta.date),
        "date_partial": meta.date_partial or None,
        "place": meta.place or None,
        "period": _period(meta),
        "signer": meta.signer or None,
        "parents": list(meta.parents),
        "references": list(meta.references),
        "indicators": [_indicator(one) for one in draft.indicators],
        "tasks": [_task(one) for one in draft.tasks],
        "assignments": [_assignment(one) for one in draft.assignments],
        "reporting": [_duty(one) for one in draft.reporting],
        "duplicates": [
            {**_indicator(one), "duplicate_of": one.duplicate_of, "duplicate_of_clause": _clause_of(draft, one)}
            for one in draft.duplicates
        ],
        "indicators_embedded": [{**_indicator(one), "where": one.clause, "task": one.task} for one in draft.embedded],
        "findings": [_finding(one) for one in draft.findings],
        "notes": list(draft.notes),
    }


def _clause_of(draft: Draft, one: Indicator) -> str | None:
    return draft.indicators[one.duplicate_of].clause if one.duplicate_of is not None else None


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _period(meta: Metadata) -> str | None:
    """ "2025-2026" for whole years, two days with "/" otherwise."""
    start, end = meta.period_start, meta.period_end
    if start is None or end is None:
        return None
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year}-{end.year}"
    return f"{start.isoformat()}/{end.isoformat()}"


def _number(value: float) -> float | int:
    return int(value) if float(value).is_integer() else value


def _due(deadline: Deadline) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "due": _day(deadline.due),
        "due_text": deadline.text or None,
        "due_precision": deadline.precision if deadline.due else None,
    }
    shown |= {
        "before": deadline.before,
        "start": _day(deadline.start),
        "recurring": deadline.recurring,
        "relative": deadline.relative,
    }
    return shown


def _at(span: Span | None) -> dict[str, Any] | None:
    if span is None:
        return None
    return {
        "block": span.block,
        "cell": span.cell,
        "start": span.start,
        "end": span.end,
        "page": span.page,
        "line": span.line,
    }


def _marks(marks: tuple[Mark, ...]) -> dict[str, Any]:
    return {mark.field: {"confidence": mark.confidence, "span": _at(mark.span)} for mark in marks}


def _indicator(one: Indicator) -> dict[str, Any]:
    return {
        "text": one.text, "target": _number(one.target), "unit": one.unit, "comparator": one.comparator, "group": one.group,
        **_due(one.deadline),
        "lead": "; ".join(one.leads) or None, "leads": list(one.leads), "coordinators": list(one.coordinators),
        "directing_body": one.directing_body or None, "implementers": list(one.implementers), "aspirational": one.aspirational,
        "horizon": one.horizon or None, "level": one.level, "scope": one.scope, "clause": one.clause,
        "metric": one.metric, "metric_confidence": one.metric_confidence,
        "confidence": one.confidence, "span": _at(one.span), "fields": _marks(one.marks),
    }  # fmt: skip


def _task(one: Task) -> dict[str, Any]:
    return {
        "text": one.text, "lead": "; ".join(one.leads) or None, "leads": list(one.leads), "coordinators": list(one.coordinators),
        **_due(one.deadline),
        "result": one.result or None, "directing_body": one.directing_body or None, "implementers": list(one.implementers),
        "clause": one.clause, "block": one.shared_block,
        "confidence": one.confidence, "span": _at(one.span), "fields": _marks(one.marks),
    }  # fmt: skip


def _assignment(one: Task) -> dict[str, Any]:
    return {
        "agency": "; ".join(one.leads), "text": one.text, **_due(one.deadline), "clause": one.clause,
        "confidence": one.confidence, "span": _at(one.span),
    }  # fmt: skip


def _duty(one: Duty) -> dict[str, Any]:
    return {
        "frequency": one.frequency, "due_rule": one.due_rule or None, "to": one.to, "who": one.who, "due": _day(one.due),
        "weekday": one.weekday, "channel": one.channel or None, "clause": one.clause,
        "confidence": one.confidence, "span": _at(one.span), "fields": _marks(one.marks),
    }  # fmt: skip


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "kind": one.kind, "title": one.title, "confidence": one.confidence,
        "readings": [{"where": r.where, "says": r.says, "document": r.document or None, "span": _at(r.span)} for r in one.readings],
        "indicators": list(one.indicators), "tasks": list(one.tasks),
    }  # fmt: skip
