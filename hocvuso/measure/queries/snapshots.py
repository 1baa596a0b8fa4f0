"""The snapshot that is read now: small tables in memory, cells in their files."""

from __future__ import annotations

import datetime as dt
import json
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from hocvuso.evidence.rules import Grade
from hocvuso.lib import clock
from hocvuso.lib.errors import NotReady
from hocvuso.measure import engine
from hocvuso.measure.upward.queries import Sent, add_sent_tables, received_version, sent_here
from hocvuso.places.models import Place, Unit

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

log = logging.getLogger(__name__)
PATIENCE = (
    15  # seconds that pages see a snapshot after a newer one came; its files are kept for two more, one in ten seconds
)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What readers see now: small tables in memory, cells in their files. `built_at` is real time."""

    name: str
    built_at: dt.datetime
    mark: int
    connection: DuckDBPyConnection
    measured: frozenset[tuple[str, str, str]]  # (province's path, metric, grade) with any cell at all
    is_simulated: bool  # some headcount here is of simulated people, so every figure is
    folder: Path
    catalogue: str  # digest of the metrics and kinds the cells were made by
    sent: tuple[Sent, ...]  # what other instances sent, which stands beside the own cells
    stated: frozenset[str]  # names of which anybody stated a count

    def has_measured(self, place: Place, metric: str, grade: Grade) -> bool:
        """Has anybody in the place's province measured this yet? Then an empty place is a zero, else it is not measured."""
        prefix = prefix_of(place)
        return any(
            (metric, grade) == (name, stored) and (prefix.startswith(path) or path.startswith(prefix))
            for path, name, stored in self.measured
        )

    def is_simulated_at(self, place: Place) -> bool:
        """Is the place of simulated people, or has something in it that was sent as simulated?"""
        prefix = prefix_of(place)
        return self.is_simulated or any(
            one.simulated and (prefix.startswith(one.path) or one.path.startswith(prefix)) for one in self.sent
        )


Version = tuple[str, tuple[int, int]]  # the file that names the snapshot, its time and that of what was sent

_lock = threading.Lock()
_open: tuple[Version, Snapshot] | None = None
_passed: float | None = None  # when the first newer one than `_open` came, in seconds of the file's time
_is_followed = False
_local = threading.local()


def current_snapshot() -> Snapshot:
    """The newest whole snapshot, opened once a process and shared by its threads; a swap is seen by the file's time. Where a thread of this
    process follows (`open_ahead`), the last one stays until the new one is open."""
    global _open, _passed
    if (ahead := getattr(_local, "ahead", None)) is not None:
        return ahead  # type: ignore[no-any-return]
    version = _version()
    with _lock:
        if _open is not None and (_open[0] == version or (_is_followed and _may_stay(_open, version))):
            return _open[1]
        _open, _passed = (version, _load(Path(version[0]))), None
        return _open[1]


def open_ahead(prepare: Callable[[], object]) -> bool:
    """Open a new snapshot beside the one that is read, `prepare` on it in this thread, and only then let the others see it. False where
    there is none. What cannot be prepared is logged: the others then wait for their first figures, and still see the new ones."""
    global _open, _passed, _is_followed
    version = _version()
    if _open is not None and _open[0] == version:
        return False
    _is_followed = True
    snapshot = _load(Path(version[0]))
    _local.ahead = snapshot
    try:
        prepare()
    except Exception:
        log.exception("a new snapshot could not be asked ahead of pages")
    finally:
        del _local.ahead
    with _lock:
        _open, _passed = (version, snapshot), None
    return True


def _version() -> Version:
    path = Path(settings.MEASURE_DIR) / "current.json"
    try:
        return str(path), (path.stat().st_mtime_ns, received_version())
    except OSError:
        raise NotReady(_("Chưa có số liệu nào được tính. Chạy `hocvuso measure refresh`.")) from None


def _may_stay(known: tuple[Version, Snapshot], version: Version) -> bool:
    """May pages go on with the one that is open? Counted from the first newer one: more of them, coming one after the other, give no more
    time, or its files would be gone."""
    global _passed
    if _passed is None:
        _passed = max(version[1]) / 1e9
    in_time = clock.real_now().timestamp() - _passed < PATIENCE
    return in_time and known[0][0] == version[0] and known[1].folder.exists()


def _load(path: Path) -> Snapshot:
    current = json.loads(path.read_text(encoding="utf-8"))
    folder = path.parent / current["snapshot"]
    connection = engine.connect()
    connection.execute("SET parquet_metadata_cache = true")  # a snapshot's files never change
    for table in (*engine.SMALL_TABLES, "measures", "places"):
        source = engine.quoted(folder / f"{table}.parquet")
        connection.execute(f"CREATE TABLE {table} AS SELECT * FROM read_parquet('{source}')")
    sent = tuple(sent_here().values())
    connection.execute("CREATE TABLE sent_units (code VARCHAR, path VARCHAR, day DATE)")
    cells = engine.read_files(engine.all_files(folder, "cells"))
    connection.execute(f"CREATE VIEW {'own_cells' if sent else 'cells'} AS SELECT * FROM {cells}")
    connection.execute(
        """CREATE TABLE uppers AS SELECT DISTINCT p.place, p.path, u.level FROM units AS u JOIN places AS p ON p.path = u.path
        WHERE u.level IN ('nation', 'province', 'district', 'commune')"""
    )
    simulated = connection.execute("SELECT count(*) > 0 FROM populations WHERE source = 'mô phỏng'").fetchone()
    if sent:
        add_sent_tables(connection, sent)
    connection.execute(f"CREATE TABLE told_under AS {engine.sql('told_under')}")
    stated = {metric for (metric,) in connection.execute("SELECT DISTINCT metric FROM stated").fetchall()}
    measured = frozenset(
        connection.execute(
            """SELECT p.path, t.metric, t.grade FROM cells AS c JOIN uppers AS p ON p.place = c.place AND p.level = 'province'
            JOIN measures AS t ON t.m = c.m WHERE c.deep GROUP BY ALL HAVING sum(c.n) > 0"""
        ).fetchall()
    )
    built_at = dt.datetime.fromisoformat(current["built_at"])
    return Snapshot(
        name="+".join([current["snapshot"], *(one.folder for one in sent)]),
        built_at=built_at,
        mark=current["stamp"]["mark"],
        connection=connection,
        measured=measured,
        is_simulated=bool(simulated and simulated[0]),
        folder=folder,
        catalogue=current["stamp"].get("catalogue", ""),
        sent=sent,
        stated=frozenset(stated),
    )


def cursor_here() -> DuckDBPyConnection:
    """A cursor of this thread on the current snapshot."""
    snapshot = current_snapshot()
    if getattr(_local, "name", None) != snapshot.name:
        _local.name, _local.cursor = snapshot.name, snapshot.connection.cursor()
    cursor: DuckDBPyConnection = _local.cursor
    return cursor


def prefix_of(place: Place) -> str:
    """Everything counted at a place stands under this path in the snapshot."""
    return place.path if isinstance(place, Unit) else f"{place.seat.path}o:{place.code}/"
