"""Evidence and stated counts as offices send them: CSV. All of a file or nothing; a line sent again changes nothing."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Container, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hocvuso.evidence.actions import Fact, Recorded, Statement, fact_about, record_evidence, state_counts
from hocvuso.evidence.models import Evidence, SubjectType
from hocvuso.evidence.queries import catalogue
from hocvuso.lib.csvfile import Line, naming_lines, read_lines, without_twins
from hocvuso.lib.errors import UnknownName
from hocvuso.lib.ids import derived_id
from hocvuso.people.models import Person
from hocvuso.places.files import Places

FACT_COLUMNS = ("ref", "kind", "subject_type", "subject", "on", "level", "skill", "detail")
STATEMENT_COLUMNS = ("ref", "metric", "place_type", "place", "on", "count", "document")
CHUNK = 500  # references in one question; SQLite takes a limited number

Persons = dict[tuple[str, str], Person]


def load_evidence(path: Path, *, source: str, by: str, today: dt.date) -> Recorded:
    """Facts of one source. A household's line also needs the column `unit`, the code of where it lives."""
    catalogue().source(source)
    lines = without_twins(list(read_lines(path, columns=FACT_COLUMNS, optional=("unit",))), ("ref",))
    persons, places = _persons_named(lines), Places()
    facts = [_fact(line, source, today, persons, places) for line in lines]
    with naming_lines(lines):
        return record_evidence(facts, by=by, today=today)


def _fact(line: Line, source: str, today: dt.date, persons: Persons, places: Places) -> Fact:
    kinds = catalogue().kinds
    if line["kind"] not in kinds:
        raise line.wrong("cột kind: không có loại minh chứng này. Xem docs/reference/evidence-kinds.md.")
    subject_type = line.one_of("subject_type", kinds[line["kind"]].subjects)
    on = line.day("on", last=today)
    told: dict[str, Any] = {
        "on": on, "source": source, "source_ref": _ref(line), "level": line["level"], "skill": line["skill"], "detail": _detail(line),
    }  # fmt: skip
    if subject_type == SubjectType.PERSON:
        person = persons.get(_person_key(line))
        if person is None:
            raise line.wrong(
                "cột subject: không có người này trong danh sách; viết dạng <nguồn danh sách>/<mã trong danh sách>."
            )
        return fact_about(person, line["kind"], **told)
    if subject_type == SubjectType.UNIT:
        unit = places.unit(line, "subject", on=on)
        return Fact(kind=line["kind"], subject_type=subject_type, subject=unit.uid, unit=unit, **told)
    if subject_type == SubjectType.ORG:
        org = places.org(line, "subject", on=on)
        return Fact(kind=line["kind"], subject_type=subject_type, subject=org.uid, org=org, **told)
    if subject_type != SubjectType.HOUSEHOLD:
        raise line.wrong("cột subject_type: chưa nạp được loại đối tượng này từ tệp.")
    # The same words in the same unit are the same household, whoever sends them; the words themselves are not kept.
    home = places.unit(line, "unit", on=on)
    household = derived_id("household", f"{home.code}/{line.text('subject', most=200)}")
    return Fact(kind=line["kind"], subject_type=subject_type, subject=household, unit=home, **told)


def _ref(line: Line) -> str:
    ref = line.text("ref", most=120)
    if ref.startswith("void:"):  # how a cancelling row is named
        raise line.wrong("cột ref không được bắt đầu bằng “void:”.")
    return ref


def _detail(line: Line) -> dict[str, Any]:
    if not line["detail"]:
        return {}
    try:
        detail = json.loads(line["detail"], parse_constant=_no_constant)
    except (ValueError, RecursionError):
        detail = None
    if not isinstance(detail, dict) or "\\u0000" in line["detail"]:
        raise line.wrong('cột detail phải để trống hoặc là JSON, ví dụ {"channel": "loa"}.')
    return detail


def _no_constant(word: str) -> None:
    raise ValueError(word)  # NaN and Infinity are no JSON, and PostgreSQL refuses them


def _person_key(line: Line) -> tuple[str, str]:
    source, _, ref = line["subject"].partition("/")
    return source, ref


def _persons_named(lines: Sequence[Line]) -> Persons:
    asked: dict[str, set[str]] = {}
    for line in lines:
        if line["subject_type"] == SubjectType.PERSON:
            source, ref = _person_key(line)
            asked.setdefault(source, set()).add(ref)
    found: Persons = {}
    for source, refs in asked.items():
        names = sorted(refs)
        for start in range(0, len(names), CHUNK):
            persons = Person.objects.filter(source=source, source_ref__in=names[start : start + CHUNK])
            found |= {(p.source, p.source_ref): p for p in persons.select_related("unit", "org")}
    return found


@dataclass(frozen=True, slots=True)
class StatedLine:
    """A statement and the line it came from, for whoever has something to say about it."""

    line: Line
    statement: Statement


def read_statements(path: Path, *, source: str, metrics: Container[str], today: dt.date) -> list[StatedLine]:
    """Counts others state, checked line by line. `metrics` are those that exist: the catalogue stands above this package."""
    catalogue().source(source)
    places, read = Places(), []
    for line in without_twins(list(read_lines(path, columns=STATEMENT_COLUMNS)), ("ref",)):
        if line["metric"] not in metrics:
            raise line.wrong("cột metric: không có thước đo này. Xem docs/reference/metrics.md.")
        on = line.day("on", last=today)
        place = places.of_line(line, on=on)
        document = line.text("document", most=160, needed=False)
        said = Statement(line["metric"], place, on, line.count("count"), source, _ref(line), document)
        read.append(StatedLine(line, said))
    return read


def load_statements(read: Sequence[StatedLine], *, by: str, today: dt.date) -> Recorded:
    with naming_lines([one.line for one in read]):
        return state_counts([one.statement for one in read], by=by, today=today)


def evidence_sent(source: str, ref: str) -> Evidence:
    """The row that one source sent under this name."""
    catalogue().source(source)
    try:
        return Evidence.objects.select_related("unit", "org").get(source=source, source_ref=ref)
    except Evidence.DoesNotExist:
        raise UnknownName("Không có minh chứng nào của nguồn này mang mã đó.") from None
