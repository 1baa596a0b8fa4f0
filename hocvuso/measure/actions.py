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
from hocvuso.measure import engine, parts
from hocvuso.measure.flags import Flag
from hocvuso.measure.models import FlagReview, Verdict
from hocvuso.measure.queries import metrics
from hocvuso.people.models import Alias
from hocvuso.places.models import Level, Organisation, Place, Population, Share, Succession, Unit, place_fields

KEEP = 3  # snapshots a slow reader may still hold
GENERATIONS = 12  # changes beside a whole; then they are put together
SMALL = 200_000  # rows of a ledger that is sooner built whole than changed
HEAVY = 0.25  # changes that hold so much of the whole: then everything is built anew
FORMAT = 5  # of what a snapshot consists of; another number, and everything is built anew


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a snapshot was made from. Another stamp means there is something new to measure."""

    ledger: str  # id of the first row: another database, other parts
    mark: int
    last: str  # id of the row at the mark
    stated: int
    populations: int
    units: int
    orgs: int
    ended: int  # units and organisations no longer in force: a base may have shrunk
    successions: int
    aliases: int
    catalogue: str
    format: int = FORMAT


def stamp() -> Stamp:
    mark = ledger_mark()
    ids = dict(Evidence.objects.filter(seq=mark).values_list("seq", "id"))
    first = Evidence.objects.order_by("seq").values_list("id", flat=True).first()

    def top(model: Any) -> int:
        return model.objects.aggregate(top=Max("pk"))["top"] or 0

    text = b"".join((settings.DATA_DIR / name).read_bytes() for name in ("metrics.yaml", "evidence_kinds.yaml"))
    return Stamp(
        ledger=str(first or ""),
        mark=mark,
        last=str(ids.get(mark, "")),
        stated=StatedCount.objects.count(),
        populations=top(Population),
        units=top(Unit),
        orgs=top(Organisation),
        ended=sum(model.objects.exclude(valid_to=None).count() for model in (Unit, Organisation)),
        successions=top(Succession),
        aliases=top(Alias),
        catalogue=hashlib.sha256(text).hexdigest()[:16],
    )


def refresh_measure(*, whole: bool = False) -> bool:
    """Bring the figures up to the ledger. False when there was nothing new. Readers keep the old snapshot until the new one is whole.

    What changed is counted beside what is there, where that is possible; `whole` builds everything anew.
    """
    root = Path(settings.MEASURE_DIR)
    root.mkdir(parents=True, exist_ok=True)
    with _alone(root):
        now = stamp()
        current = _read(root / "current.json")
        before = root / str(current.get("snapshot"))
        is_sound = _is_whole_snapshot(before, current)
        if not whole and is_sound and current.get("stamp") == asdict(now):
            return False
        found = parts.extend_parts(root / "parts", ledger=now.ledger, mark=now.mark)
        name = f"snapshot-{new_id()}"
        folder = root / name
        folder.mkdir()
        try:
            _export_small_tables(folder)
            recipe = engine.Recipe(found, parts.book_of(root / "parts"), metrics(), catalogue())
            if whole or not is_sound or not _can_change(before, current["stamp"], now, folder, recipe):
                engine.build_whole(folder, recipe)
            else:
                _change(folder, recipe, before=before, done=int(current["stamp"]["mark"]))
            if recipe.book.exists():
                shutil.copy(recipe.book, folder / "book.parquet")
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        made = {
            "snapshot": name,
            "stamp": asdict(now),
            "built_at": clock.real_now().isoformat(),
            "files": _files_of(folder),
        }
        beside = root / "current.json.tmp"
        beside.write_text(json.dumps(made), encoding="utf-8")
        beside.replace(root / "current.json")
        others = [old for old in root.glob("snapshot-*") if old != folder]
        for old in sorted(others, key=lambda old: old.stat().st_mtime)[: -(KEEP - 1)]:
            shutil.rmtree(old, ignore_errors=True)
        parts.merge_small_parts(root / "parts", found)
    return True


def check_measure() -> int | None:
    """Build everything anew and hold it against what was kept up by changes; readers have the whole from then on. Returns how many rows
    were different; None where nothing had been kept up, or the ledger went on meanwhile."""
    root = Path(settings.MEASURE_DIR)
    refresh_measure()
    before = _read(root / "current.json")
    kept_up = root / str(before.get("snapshot"))
    if len(engine.generations(kept_up, "state")) < 2:
        return None
    refresh_measure(whole=True)
    after = _read(root / "current.json")
    if after.get("stamp") != before.get("stamp"):
        return None
    return engine.rows_different(kept_up, root / str(after["snapshot"]), scratch=root / "scratch")


def _can_change(before: Path, stamped: dict[str, Any], now: Stamp, folder: Path, recipe: engine.Recipe) -> bool:
    """A change stands on what was: the same rules, the same rows so far, each unit and organisation where it was."""
    same_rules = all(stamped.get(name) == getattr(now, name) for name in ("ledger", "catalogue", "format"))
    mark = int(stamped.get("mark", 0))
    if (
        not same_rules
        or mark == 0
        or now.mark < SMALL
        or not parts.has_boundary(recipe.parts, mark, last=str(stamped.get("last")))
    ):
        return False
    kept = [("book", "*")] if (before / "book.parquet").exists() else []
    kept += [("units", "id, path, commune_path, area"), ("orgs", "id, path, commune_path")]
    places = {"book": recipe.book, "units": folder / "units.parquet", "orgs": folder / "orgs.parquet"}
    with engine.connect() as connection:
        for name, columns in kept:
            lost = connection.execute(
                f"SELECT count(*) FROM (SELECT {columns} FROM read_parquet(?) EXCEPT SELECT {columns} FROM read_parquet(?)) AS lost",
                [str(before / f"{name}.parquet"), str(places[name])],
            ).fetchone()
            if lost is None or lost[0]:
                return False
    return engine.weight_of_changes(before) <= HEAVY


def _change(folder: Path, recipe: engine.Recipe, *, before: Path, done: int) -> None:
    """The files of the snapshot before, by link (they are never written again), and one generation more."""
    for family in engine.FAMILIES:
        for file in engine.all_files(before, family):
            _link(file, folder / file.name)
    if len(engine.generations(folder, "cells")) > GENERATIONS:
        engine.squash_changes(folder)
    engine.build_change(folder, recipe, new=parts.parts_after(recipe.parts, done), before=before)


def _link(file: Path, to: Path) -> None:
    try:
        os.link(file, to)
    except OSError:  # a file system without links
        shutil.copy2(file, to)


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


def _files_of(folder: Path) -> dict[str, int]:
    """Name and size: a snapshot is whole when all are there as they were."""
    return {path.name: path.stat().st_size for path in sorted(folder.glob("*.parquet"))}


def _is_whole_snapshot(folder: Path, current: dict[str, Any]) -> bool:
    told: dict[str, int] = current.get("files") or {}
    return bool(told) and all(
        parts.is_whole(folder / name) and (folder / name).stat().st_size == size for name, size in told.items()
    )


def _export_small_tables(folder: Path) -> None:
    units = {unit.pk: unit for unit in Unit.objects.only("code", "level", "kind", "path", "valid_from", "valid_to")}
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
                heirs.get(u.pk, u).kind,
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
        (
            [o.pk, o.code, o.kind, path, _commune_path(units[o.seat_id]), o.valid_from, o.valid_to]
            for o, path in orgs.values()
        ),
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
