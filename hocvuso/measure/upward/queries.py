"""What readers of figures need of what was sent here: who may send, what of it is in force, and the tables it adds."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import QuerySet

from hocvuso.measure import engine
from hocvuso.measure.models import Sender
from hocvuso.places.models import Level, Unit

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Sent:
    """The figures of one unit as its own instance sent them last. `folder` holds them."""

    unit: str
    path: str
    content: str
    on: dt.date  # the business day they are of
    made_at: dt.datetime  # when they were sent, by the sender's clock
    received_at: dt.datetime
    catalogue: str
    simulated: bool
    rows: int
    folder: str


def root() -> Path:
    return Path(settings.RECEIVED_DIR)


def accepted_senders() -> QuerySet[Sender]:
    return Sender.objects.filter(ended_at=None).select_related("unit").order_by("unit__code")


def sender_with_key(key_id: str) -> Sender | None:
    return accepted_senders().filter(key_id=key_id).first()


def received_version() -> int:
    """Another number, and something else was put in force; 0 = nothing ever."""
    try:
        return (root() / "current.json").stat().st_mtime_ns
    except OSError:
        return 0


def sent_here() -> dict[str, Sent]:
    """What is in force, by the code of its unit."""
    try:
        read = json.loads((root() / "current.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return {code: _sent(said) for code, said in read.items()}


def sent_within(place: Unit) -> list[tuple[Unit, Sent | None]]:
    """Each province in a unit beside what it has sent; `None` = nothing yet."""
    sent = sent_here()
    provinces = Unit.objects.filter(path__startswith=place.path, level=Level.PROVINCE, valid_to=None).order_by("code")
    return [(province, sent.get(province.code)) for province in provinces]


def sent_weeks(sent: Sequence[Sent]) -> str:
    """The relation of weekly cells by group, sex and age, as they were sent."""
    return engine.read_files([root() / one.folder / "weeks.parquet" for one in sent])


def _sent(said: dict[str, Any]) -> Sent:
    days = {name: dt.datetime.fromisoformat(said[name]) for name in ("made_at", "received_at")}
    return Sent(**{**said, **days, "on": dt.date.fromisoformat(said["on"])})


def add_sent_tables(connection: DuckDBPyConnection, sent: Sequence[Sent]) -> None:
    """Put what was sent beside the own tables of a snapshot that was just opened (`own_cells`, `sent_units`, `populations`, `stated`,
    `measures`, `places`, `uppers`).

    What a province sends stands for the whole of it: own cells of the province step back, and out of the sums above it, so that nobody is
    counted twice.
    """
    connection.executemany("INSERT INTO sent_units VALUES (?, ?, ?)", [(s.unit, s.path, s.on) for s in sent])
    for table in ("cells", "headcounts", "stated"):
        files = [root() / one.folder / f"{table}.parquet" for one in sent]
        connection.execute(f"CREATE VIEW sent_{table} AS SELECT * FROM {engine.read_files(files)}")
    connection.execute(f"CREATE TABLE sent_places AS {engine.sql('sent_places')}")
    # One table, and no view over both: it lies in the order in which it is asked.
    connection.execute(f"CREATE TABLE cells AS {engine.sql('cells_with_sent')}")
    connection.execute(f"INSERT INTO populations {engine.sql('sent_populations')}")
    connection.execute(f"INSERT INTO stated {engine.sql('sent_stated')}")
    for table in ("cells", "headcounts", "stated"):
        connection.execute(f"DROP VIEW sent_{table}")
