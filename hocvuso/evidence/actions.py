from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hocvuso.audit.actions import record_act
from hocvuso.evidence.models import Evidence, StatedCount
from hocvuso.evidence.queries import catalogue
from hocvuso.evidence.rules import Grade, check_fact
from hocvuso.lib import clock
from hocvuso.lib.errors import BadInput, BadRow, Refused
from hocvuso.people.models import Person
from hocvuso.places.models import Organisation, Place, Unit, place_fields

BATCH = 2000


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact as it comes in. `source` + `source_ref` name it once and for all: sent again, it changes nothing."""

    kind: str
    subject_type: str
    subject: uuid.UUID
    on: dt.date
    source: str
    source_ref: str
    unit: Unit | None = None
    org: Organisation | None = None
    group: str = ""
    sex: str = ""
    birth_year: int | None = None
    level: str = ""
    skill: str = ""
    device: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Statement:
    """A count somebody states for a place, cumulative as of `on`. `source` + `source_ref` name it once and for all."""

    metric: str
    place: Place
    on: dt.date
    count: int
    source: str
    source_ref: str
    document: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    new: int
    known: int


def fact_about(person: Person, kind: str, *, on: dt.date, source: str, source_ref: str, **more: Any) -> Fact:
    """A person's fact, carrying who the person is now: where they live, what they belong to."""
    return Fact(
        kind=kind, subject_type="person", subject=person.pk, on=on, source=source, source_ref=source_ref, unit=person.unit,
        org=person.org, group=person.group, sex=person.sex, birth_year=person.birth_year, **more,
    )  # fmt: skip


def record_evidence(
    facts: Sequence[Fact], *, by: str, today: dt.date, progress: Callable[[int], None] | None = None
) -> Recorded:
    """Write facts into the ledger, all or none. A fact already known by (source, source_ref) is left as it stands.

    Raises `BadRow` naming the line that cannot be recorded; nothing is written then.
    """
    known_kinds = catalogue()
    at = clock.real_now()
    rows = []
    for line, fact in enumerate(facts, start=1):
        kind = known_kinds.kind(fact.kind)
        known_kinds.source(fact.source)
        if kind.only_from and fact.source not in kind.only_from:
            raise BadRow(
                _("Dòng %(line)s: nguồn “%(source)s” không được ghi loại minh chứng “%(kind)s”.")
                % {"line": line, "source": fact.source, "kind": kind.title},
                row=line,
            )
        wrong = check_fact(
            kind, subject_type=fact.subject_type, on=fact.on, today=today, level=fact.level, skill=fact.skill,
            detail=fact.detail, skills=known_kinds.skills,
        )  # fmt: skip
        if wrong or not fact.source_ref or (fact.unit is None and fact.org is None):
            raise BadRow(
                _("Dòng %(line)s: %(wrong)s") % {"line": line, "wrong": wrong or _("thiếu mã nguồn hoặc nơi.")},
                row=line,
            )
        rows.append(_row(fact, by, at))
    with transaction.atomic():
        # Which of them are there already is asked about these rows only: counting the ledger would cost more with every year.
        new = len(_references(rows)) - _known_among(rows)
        for start in range(0, len(rows), BATCH):
            Evidence.objects.bulk_create(rows[start : start + BATCH], ignore_conflicts=True)
            if progress:
                progress(min(start + BATCH, len(rows)))
        sources = sorted({fact.source for fact in facts})
        record_act("record_evidence", by=by, object_type="evidence", object_id=",".join(sources), fields=[f"+{new}"])
    return Recorded(new=new, known=len(rows) - new)


def _references(rows: Sequence[Evidence]) -> set[tuple[str, str]]:
    return {(row.source, row.source_ref) for row in rows}


def _known_among(rows: Sequence[Evidence]) -> int:
    wanted: dict[str, list[str]] = {}
    for source, reference in _references(rows):
        wanted.setdefault(source, []).append(reference)
    return sum(
        Evidence.objects.filter(source=source, source_ref__in=references[start : start + 500]).count()
        for source, references in wanted.items()
        for start in range(0, len(references), 500)
    )


def _row(fact: Fact, by: str, at: dt.datetime) -> Evidence:
    return Evidence(
        kind=fact.kind, subject_type=fact.subject_type, subject=fact.subject, unit_id=fact.unit.pk if fact.unit else None,
        org_id=fact.org.pk if fact.org else None, group=fact.group, sex=fact.sex, birth_year=fact.birth_year, on=fact.on,
        level=fact.level, skill=fact.skill, device=fact.device, detail=dict(fact.detail), source=fact.source,
        source_ref=fact.source_ref, by=by, recorded_at=at,
    )  # fmt: skip


@transaction.atomic
def void_evidence(row: Evidence, *, by: str, reason: str) -> Evidence:
    """Cancel a row by a later one; the wrong row stays readable. A row is cancelled once."""
    if row.voids is not None:
        raise Refused(_("Dòng này đã là dòng hủy; không hủy tiếp được."))
    if Evidence.objects.filter(voids=row.id).exists():
        raise Refused(_("Minh chứng này đã được hủy trước đó."))
    if not reason.strip():
        raise BadInput(_("Hãy ghi lý do hủy."))
    at = clock.real_now()
    made = Evidence.objects.create(
        kind=row.kind, subject_type=row.subject_type, subject=row.subject, unit=row.unit, org=row.org, group=row.group,
        sex=row.sex, birth_year=row.birth_year, on=row.on, level=row.level, skill=row.skill, detail=row.detail,
        source=row.source, source_ref=f"void:{row.id}", by=by, recorded_at=at, voids=row.id,
    )  # fmt: skip
    record_act("void_evidence", by=by, object_type="evidence", object_id=row.id, fields=["voids"])
    return made


@transaction.atomic
def state_count(
    metric: str, *, place: Place, on: dt.date, count: int, source: str, source_ref: str, by: str, today: dt.date,
    document: str = "",
) -> StatedCount:  # fmt: skip
    """Keep a count somebody states for a place. A declared one needs its document; the same statement twice changes nothing."""
    row = Statement(metric, place, on, count, source, source_ref, document)
    _check_statement(row, today)
    fields = {
        "metric": metric,
        "on": on,
        "count": count,
        "document": document,
        "by": by,
        "recorded_at": clock.real_now(),
    }
    stated, new = StatedCount.objects.get_or_create(
        source=source, source_ref=source_ref, defaults={**fields, **place_fields(place)}
    )
    if new:
        record_act("state_count", by=by, object_type="stated_count", object_id=stated.pk, fields=[metric])
    return stated


@transaction.atomic
def state_counts(rows: Sequence[Statement], *, by: str, today: dt.date) -> Recorded:
    """The same for a whole list, all or none: one row that cannot be kept refuses the list, naming its line."""
    at = clock.real_now()
    made = []
    for line, row in enumerate(rows, start=1):
        try:
            _check_statement(row, today)
        except BadInput as error:
            raise BadRow(_("Dòng %(line)s: %(wrong)s") % {"line": line, "wrong": error}, row=line) from None
        made.append(_stated(row, by, at))
    before = StatedCount.objects.count()
    StatedCount.objects.bulk_create(made, batch_size=BATCH, ignore_conflicts=True)
    new = StatedCount.objects.count() - before
    sources = sorted({row.source for row in rows})
    record_act("state_counts", by=by, object_type="stated_count", object_id=",".join(sources), fields=[f"+{new}"])
    return Recorded(new=new, known=len(made) - new)


@transaction.atomic
def void_stated_count(row: StatedCount, *, by: str) -> None:
    """Take a statement back by a later row; the wrong one stays readable. Taking it back again changes nothing."""
    if row.voids is not None:
        raise Refused(_("Dòng này đã là dòng hủy; không hủy tiếp được."))
    _made, new = StatedCount.objects.get_or_create(
        source=row.source, source_ref=f"void:{row.id}",
        defaults={
            "metric": row.metric, "unit": row.unit, "org": row.org, "on": row.on, "count": row.count, "document": row.document,
            "by": by, "recorded_at": clock.real_now(), "voids": row.id,
        },
    )  # fmt: skip
    if new:
        record_act("void_stated_count", by=by, object_type="stated_count", object_id=row.id, fields=["voids"])


def _check_statement(row: Statement, today: dt.date) -> None:
    grade = catalogue().source(row.source).grade
    if grade is Grade.PROVEN:
        raise BadInput(_("Số có minh chứng không nhập dưới dạng tổng; hãy ghi từng minh chứng."))
    if grade is Grade.DECLARED and not row.document.strip():
        raise BadInput(_("Số đơn vị tự báo cáo phải kèm số, ngày văn bản."))
    if row.count < 0 or row.on > today:
        raise BadInput(_("Số liệu phải không âm và không ghi cho ngày chưa đến."))


def _stated(row: Statement, by: str, at: dt.datetime) -> StatedCount:
    return StatedCount(
        metric=row.metric, on=row.on, count=row.count, document=row.document, source=row.source, source_ref=row.source_ref, by=by,
        recorded_at=at, **place_fields(row.place),
    )  # fmt: skip
