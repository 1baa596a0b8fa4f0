from __future__ import annotations

import datetime as dt
import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from hocvuso.audit.actions import record_act
from hocvuso.evidence.models import Evidence, StatedCount
from hocvuso.evidence.queries import catalogue, ledger_mark, stated_counts
from hocvuso.lib import clock
from hocvuso.lib.errors import BadInput
from hocvuso.lib.ids import new_id
from hocvuso.measure import engine
from hocvuso.measure.flags import Flag
from hocvuso.measure.models import FlagReview, Verdict
from hocvuso.measure.queries import metrics
from hocvuso.people.models import Alias
from hocvuso.places.models import Level, Organisation, Place, Population, Share, Succession, Unit, place_fields

KEEP = 3  # snapshots a slow reader may still hold


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a snapshot was made from. Another stamp means there is something new to measure."""

    ledger: str  # id of the first row: another database, other parts
    mark: int
    stated: int
    populations: int
    units: int
    orgs: int
    ended: int  # units and organisations no longer in force: a base may have shrunk
    aliases: int
    catalogue: str


def stamp() -> Stamp:
    first = Evidence.objects.order_by("seq").values_list("id", flat=True).first()

    def top(model: Any) -> int:
        return model.objects.aggregate(top=Max("pk"))["top"] or 0

    text = b"".join((settings.DATA_DIR / name).read_bytes() for name in ("metrics.yaml", "evidence_kinds.yaml"))
    return Stamp(
        ledger=str(first or ""),
        mark=ledger_mark(),
        stated=StatedCount.objects.count(),
        populations=top(Population),
        units=top(Unit),
        orgs=top(Organisation),
        ended=sum(model.objects.exclude(valid_to=None).count() for model in (Unit, Organisation)),
        aliases=top(Alias),
        catalogue=hashlib.sha256(text).hexdigest()[:16],
    )


def refresh_measure() -> bool:
    """Bring the figures up to the ledger. False when there was nothing new. Readers keep the old snapshot until the new one is whole."""
    root = Path(settings.MEASURE_DIR)
    root.mkdir(parents=True, exist_ok=True)
    with _alone(root):
        now = stamp()
        current = _read(root / "current.json")
        if current.get("stamp") == asdict(now) and _is_whole_snapshot(root / str(current.get("snapshot"))):
            return False
        parts = _extend_parts(root, now)
        name = f"snapshot-{new_id()}"
        folder = root / name
        folder.mkdir()
        try:
            _export_small_tables(folder)
            cells = engine.build_snapshot(folder, parts=parts, metrics=metrics(), catalogue=catalogue())
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        beside = root / "current.json.tmp"
        made = {"snapshot": name, "stamp": asdict(now), "built_at": clock.real_now().isoformat(), "cells": cells}
        beside.write_text(json.dumps(made), encoding="utf-8")
        beside.replace(root / "current.json")
        others = [old for old in root.glob("snapshot-*") if old != folder]
        for old in sorted(others, key=lambda old: old.stat().st_mtime)[: -(KEEP - 1)]:
            shutil.rmtree(old, ignore_errors=True)
    return True


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """One builder at a time on this machine; the lock goes with the process, so a kill leaves none behind."""
    with (root / "build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _read(path: Path) -> dict[str, Any]:
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}


def _is_whole_snapshot(folder: Path) -> bool:
    return all(_is_whole(folder / f"{table}.parquet") for table in engine.SNAPSHOT_TABLES)


def _is_whole(file: Path) -> bool:
    """A Parquet file begins and ends with its mark; after a power cut it may be there by name only."""
    try:
        with file.open("rb") as opened:
            first = opened.read(4)
            opened.seek(-4, os.SEEK_END)
            return first == opened.read(4) == b"PAR1"
    except OSError:
        return False


def _extend_parts(root: Path, now: Stamp) -> list[Path]:
    """Parts up to the mark. Each file is named after the ledger, the rows it holds and the id of the last of them."""
    folder = root / "parts"
    folder.mkdir(exist_ok=True)
    parts = _sound_parts(folder, now)
    for stray in set(folder.iterdir()) - set(parts):
        stray.unlink()
    done = _rows_of(parts[-1])[1] if parts else 0
    if now.mark > done:
        rows = Evidence.objects.filter(seq__gt=done, seq__lte=now.mark).order_by("seq")
        columns = ("seq", "id", "kind", "subject_type", "subject", "unit_id", "org_id", "group", "birth_year", "on", "level", "skill",
                   "detail", "source", "voids")  # fmt: skip
        last = Evidence.objects.values_list("id", flat=True).get(seq=now.mark)
        part = folder / f"{now.ledger[:13]}.{done:012d}.{now.mark:012d}.{last.hex}.parquet"
        detail = columns.index("detail")
        engine.write_parquet(
            (
                [*row[:detail], json.dumps(row[detail]), *row[detail + 1 :]]
                for row in rows.values_list(*columns).iterator(chunk_size=5000)
            ),
            engine.PART_COLUMNS,
            to=part,
        )
        parts.append(part)
    return parts


def _sound_parts(folder: Path, now: Stamp) -> list[Path]:
    """The parts that still tell of this ledger: each goes on where the one before ended, is whole, and ends with a row the ledger has.

    What follows a gap, a cut file or a row unknown to the ledger (it was restored from an older copy) is exported again.
    """
    named = [part for part in folder.glob(f"{now.ledger[:13]}.*.parquet") if part.name.count(".") == 4]
    found = sorted((_rows_of(part), part) for part in named)
    ids = dict(Evidence.objects.filter(seq__in=[last for (_, last), _ in found]).values_list("seq", "id"))
    sound: list[Path] = []
    reached = 0
    for (first, last), part in found:
        known = ids.get(last)
        if first != reached or known is None or known.hex != part.name.split(".")[3] or not _is_whole(part):
            break
        sound.append(part)
        reached = last
    return sound


def _rows_of(part: Path) -> tuple[int, int]:
    """The rows of a part: above the first number, up to the second."""
    _, first, last, *_ = part.name.split(".")
    return int(first), int(last)


def _export_small_tables(folder: Path) -> None:
    units = {unit.pk: unit for unit in Unit.objects.only("code", "level", "path", "valid_from", "valid_to")}
    # What was recorded in a unit that is no more counts where the unit, or the main part of it, lives on.
    successions = Succession.objects.filter(share__in=(Share.WHOLE, Share.MAIN)).values_list("old_id", "new_id")
    heirs = {old: units[new] for old, new in successions}
    engine.write_parquet(
        (
            [
                u.pk,
                u.code,
                u.level,
                heirs.get(u.pk, u).path,
                _commune_path(heirs.get(u.pk, u)),
                u.valid_from,
                u.valid_to,
            ]
            for u in units.values()
        ),
        engine.UNIT_COLUMNS,
        to=folder / "units.parquet",
    )
    orgs = {org.pk: (org, place_of_org(org.code, units[org.seat_id].path)) for org in Organisation.objects.all()}
    engine.write_parquet(
        ([o.pk, o.code, o.kind, path, o.valid_from, o.valid_to] for o, path in orgs.values()),
        engine.ORG_COLUMNS,
        to=folder / "orgs.parquet",
    )

    def place(unit: int | None, org: int | None) -> str:
        return units[unit].path if unit is not None else orgs[org][1]  # type: ignore[index]

    populations = Population.objects.order_by("pk").values_list("unit_id", "org_id", "group", "on", "count", "source")
    engine.write_parquet(
        ([place(unit, org), *rest] for unit, org, *rest in populations.iterator(chunk_size=5000)),
        engine.POPULATION_COLUMNS,
        to=folder / "populations.parquet",
    )
    known = catalogue()
    engine.write_parquet(
        (
            [row.metric, place(row.unit_id, row.org_id), row.on, row.count, str(known.source(row.source).grade), row.source, row.document,
             known.source(row.source).simulated, order]
            for order, row in enumerate(stated_counts(None, on=None).order_by("recorded_at", "id"))
        ),
        engine.STATED_COLUMNS,
        to=folder / "stated.parquet",
    )  # fmt: skip
    engine.write_parquet(
        Alias.objects.values_list("merged", "kept"), engine.ALIAS_COLUMNS, to=folder / "aliases.parquet"
    )


def _commune_path(unit: Unit) -> str | None:
    """/VN/66/24133/24133-02/ → /VN/66/24133/; nothing above a commune has one."""
    steps = unit.path.strip("/").split("/")
    if unit.level == Level.VILLAGE:
        return "/" + "/".join(steps[:-1]) + "/"
    return unit.path if unit.level == Level.COMMUNE else None


def place_of_org(code: str, seat_path: str) -> str:
    return f"{seat_path}o:{code}/"


@transaction.atomic
def review_flag(flag: Flag, *, place: Place, verdict: Verdict, note: str, by: str, today: dt.date) -> FlagReview:
    """Somebody looked and says what they found. To settle a flag takes a reason; nothing that was said before is lost."""
    if verdict is not Verdict.OPEN and not note.strip():
        raise BadInput(_("Hãy ghi lý do: đã xem gì, thấy gì, đã sửa ở đâu."))
    row = FlagReview.objects.create(
        key=flag.key, kind=flag.kind, verdict=verdict, note=note.strip(), evidence=dict(flag.evidence), on=today, by=by,
        recorded_at=clock.real_now(), **place_fields(place),
    )  # fmt: skip
    record_act("review_flag", by=by, object_type="flag", object_id=flag.key, fields=[verdict])
    return row
