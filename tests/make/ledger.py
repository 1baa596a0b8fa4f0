"""A ledger as the engine meets it: Parquet files in a folder, no database. Two communes with two villages each, an office and a school."""

from __future__ import annotations

import atexit
import datetime as dt
import json
import shutil
import tempfile
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from hocvuso.evidence.queries import catalogue
from hocvuso.measure import engine
from hocvuso.measure.queries import metrics
from hocvuso.measure.rules import Metrics, parse_metrics
from hocvuso.places.models import Organisation, Unit

LAN, MINH, TUAN = (uuid.UUID(int=number) for number in (1, 2, 3))
FIRST = dt.date(2025, 7, 1)
TODAY = dt.date(2025, 10, 17)
PROVINCE = "/VN/66/"
UNITS = {  # id: (code, level, path, the commune it lies in)
    1: ("66", "province", "/VN/66/", None),
    2: ("A", "commune", "/VN/66/A/", "/VN/66/A/"),
    3: ("B", "commune", "/VN/66/B/", "/VN/66/B/"),
    4: ("A-1", "village", "/VN/66/A/A-1/", "/VN/66/A/"),
    5: ("A-2", "village", "/VN/66/A/A-2/", "/VN/66/A/"),
    6: ("B-1", "village", "/VN/66/B/B-1/", "/VN/66/B/"),
    7: ("B-2", "village", "/VN/66/B/B-2/", "/VN/66/B/"),
}
A, B, A1, A2, B1, B2 = 2, 3, 4, 5, 6, 7
ORGS = {1: ("so", "agency", "/VN/66/A/o:so/"), 2: ("thpt", "school", "/VN/66/B/o:thpt/")}
OFFICE, SCHOOL = 1, 2
AREAS = {"A": "xã", "B": "phường"}


@dataclass(frozen=True)
class Row:
    """One row of the ledger; what is not said is unremarkable. `on` counts days after 1/7/2025."""

    subject: uuid.UUID = LAN
    kind: str = "info_contact"
    on: int = 0
    unit: int | None = A1
    org: int | None = None
    group: str = ""
    born: int | None = 1980
    sex: str = ""
    level: str = ""
    skill: str = ""
    detail: Mapping[str, Any] | None = None
    source: str = "hoc-vu-so"
    voids: int | None = None  # number of the row taken back, counted from 1
    subject_type: str = "person"

    @property
    def day(self) -> dt.date:
        return FIRST + dt.timedelta(days=self.on)


@dataclass(frozen=True, order=True)
class State:
    """What the engine found of one subject: since when, and where they were then."""

    day: int
    place: str
    grade: str = "proven"
    level: str = ""


def with_voids(rows: list[Row]) -> list[Row]:
    """A void repeats the row it takes back, as `void_evidence` writes it."""
    return [row if row.voids is None else replace(rows[row.voids - 1], voids=row.voids) for row in rows]


def catalogue_of(**entries: dict[str, Any]) -> Metrics:
    usual = {"title": "T", "title_en": "T", "subject": "person", "counted": "village", "kinds": ["info_contact"],
             "rung": "reached", "primitive": "first_day"}  # fmt: skip
    return parse_metrics({"metrics": {key: {**usual, **entry} for key, entry in entries.items()}}, evidence=catalogue())


def build(
    folder: Path,
    rows: Iterable[Row],
    measured: Metrics,
    *,
    merged: Iterable[tuple[uuid.UUID, uuid.UUID]] = (),
    parts: int = 1,
) -> Path:
    """A snapshot in `folder`, from rows cut into so many parts."""
    shutil.copytree(small_tables(), folder, dirs_exist_ok=True)
    if merged := list(merged):
        engine.write_parquet(merged, engine.ALIAS_COLUMNS, to=folder / "aliases.parquet")
    lines = lines_of(rows, measured)
    made = []
    for number in range(parts if lines else 0):
        made.append(folder / f"part-{number}.parquet")
        engine.write_part(lines[number::parts], to=made[-1], book=folder / "book.parquet")
    engine.build_whole(folder, engine.Recipe(made, folder / "book.parquet", measured, catalogue()))
    return folder


def lines_of(rows: Iterable[Row], measured: Metrics) -> list[list[Any]]:
    """Rows as the export writes them, numbered from 1."""
    fields, later = engine.detail_fields(measured), engine.later_kinds(measured)
    return [_line(seq, row, fields, later) for seq, row in enumerate(with_voids(list(rows)), start=1)]


def _line(seq: int, row: Row, fields: Mapping[str, tuple[str, ...]], later: Collection[str]) -> list[Any]:
    detail = None
    if row.kind in fields:
        detail = json.dumps({name: value for name, value in (row.detail or {}).items() if name in fields[row.kind]})
    age = None if row.born is None else row.day.year - row.born
    return [
        seq, row.kind, row.subject_type, row.subject, row.unit, row.org, row.group, row.sex, age, row.day, row.level, row.skill, detail,
        row.source, row.kind in later, row.voids,
    ]  # fmt: skip


@cache
def small_tables() -> Path:
    """What every snapshot here has in common, written once."""
    folder = Path(tempfile.mkdtemp(prefix="hocvuso-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    units = [
        [key, code, level, path, commune, AREAS.get(code, ""), FIRST, None]
        for key, (code, level, path, commune) in UNITS.items()
    ]
    engine.write_parquet(units, engine.UNIT_COLUMNS, to=folder / "units.parquet")
    orgs = [[key, code, kind, path, path.rsplit("o:", 1)[0], FIRST, None] for key, (code, kind, path) in ORGS.items()]
    engine.write_parquet(orgs, engine.ORG_COLUMNS, to=folder / "orgs.parquet")
    engine.write_parquet([], engine.ALIAS_COLUMNS, to=folder / "aliases.parquet")
    engine.write_parquet([], engine.POPULATION_COLUMNS, to=folder / "populations.parquet")
    engine.write_parquet([], engine.STATED_COLUMNS, to=folder / "stated.parquet")
    return folder


@cache
def _empty_snapshot() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="hocvuso-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return build(folder, [], metrics())


def serve(
    root: Path,
    *,
    rows: Sequence[Row] = (),
    merged: Sequence[tuple[uuid.UUID, uuid.UUID]] = (),
    populations: Sequence[Sequence[Any]] = (),
    stated: Sequence[Sequence[Any]] = (),
) -> None:
    """Make a snapshot of the real metrics the one that readers see under `root`; no database is asked."""
    folder = root / f"snapshot-{uuid.uuid4()}"
    if rows:
        build(folder, rows, metrics(), merged=merged)
    else:
        shutil.copytree(_empty_snapshot(), folder)
    if populations:
        engine.write_parquet(populations, engine.POPULATION_COLUMNS, to=folder / "populations.parquet")
    if stated:
        engine.write_parquet(stated, engine.STATED_COLUMNS, to=folder / "stated.parquet")
    told = {"snapshot": folder.name, "stamp": {"mark": len(rows)}, "built_at": "2025-10-17T00:00:00+00:00"}
    (root / "current.json").write_text(json.dumps(told), encoding="utf-8")


def place(path: str) -> Unit | Organisation:
    """A place to ask figures of, known by its path only: "/VN/66/A/" or "/VN/66/A/o:so/"."""
    *above, code = path.strip("/").split("/")
    if code.startswith("o:"):
        return Organisation(code=code.removeprefix("o:"), seat=Unit(path=f"/{'/'.join(above)}/"))
    return Unit(code=code, path=path)


def state_of(folder: Path, metric: str) -> list[State]:
    """Every state row of a metric, the subject left out, in order of day."""
    state = engine.read_files(engine.all_files(folder, "state"))
    with engine.connect() as connection:
        found = connection.execute(
            f"""SELECT s.day, p.path, t.grade, t.level
            FROM {state} AS s
            JOIN read_parquet('{folder}/measures.parquet') AS t USING (m) JOIN read_parquet('{folder}/places.parquet') AS p USING (place)
            WHERE t.metric = ?""",
            [metric],
        ).fetchall()
    return sorted(
        State((day - FIRST).days, place.removeprefix(PROVINCE), grade, level) for day, place, grade, level in found
    )
