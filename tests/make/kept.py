"""What many tests begin with is made once in a process, by the real actions; after that its rows are put back as they were.

A country under a plan with its accounts takes half a second to make and some milliseconds to put back. What comes back is what the
actions wrote, audit rows included; nothing here knows a table by name.
"""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from django.db import connection

Made = TypeVar("Made")
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Kept:
    before: dict[str, int]  # table → rows it held, of every table
    added: dict[str, Rows]
    value: bytes
    files: TemporaryDirectory[str] | None


_kept: dict[str, Kept] = {}


def kept(name: str, make: Callable[[], Made], *, folder: Path | None = None) -> Made:
    """What `make` returns, with the rows it adds to the database and the files it leaves in `folder`.

    For what adds rows and changes none. Where the database holds other rows than the first time, the actions make it. The value is
    a copy each time: no test sees what another did to it.
    """
    known = _kept.get(name)
    if known is None:
        return _make_and_keep(name, make, folder)
    if _counts() != known.before:
        return make()
    with connection.cursor() as cursor:
        for table, rows in known.added.items():
            cursor.executemany(f'INSERT INTO "{table}" VALUES ({", ".join(["%s"] * len(rows[0]))})', rows)
    if folder is not None and known.files is not None:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(known.files.name, folder)
    value: Made = pickle.loads(known.value)
    return value


def _make_and_keep(name: str, make: Callable[[], Made], folder: Path | None) -> Made:
    before = _rows()
    value = make()
    added = {table: _added(table, before[table], rows) for table, rows in _rows().items()}
    files = None
    if folder is not None:
        files = TemporaryDirectory(prefix="hocvuso-kept-")
        shutil.copytree(folder, files.name, dirs_exist_ok=True)
    counts = {table: len(rows) for table, rows in before.items()}
    _kept[name] = Kept(counts, {table: rows for table, rows in added.items() if rows}, pickle.dumps(value), files)
    return value


@cache
def _tables() -> tuple[str, ...]:
    return tuple(connection.introspection.table_names())


def _counts() -> dict[str, int]:
    each = (f"SELECT '{table}', count(*) FROM \"{table}\"" for table in _tables())
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each))
        return dict(cursor.fetchall())


def _rows() -> dict[str, Rows]:
    found: dict[str, Rows] = {}
    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = cursor.fetchall()
    return found


def _added(table: str, before: Rows, after: Rows) -> Rows:
    known = set(map(repr, before))
    added = [row for row in after if repr(row) not in known]
    assert len(after) - len(added) == len(before), f"{table}: a row that was there has changed; this cannot be kept"
    return added
