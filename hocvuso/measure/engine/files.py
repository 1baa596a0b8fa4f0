"""Files and columns: what a part, a small table and a snapshot consist of, and how each is written whole or not at all."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# A ledger row as it leaves the database. `detail` holds only what some metric looks into, and is None where none does; `later`: is it of a
# kind that some metric counts only so many days after something else; `voids` is the `seq` of the row taken back.
ROW_COLUMNS = {
    "seq": "BIGINT", "kind": "VARCHAR", "subject_type": "VARCHAR", "subject": "UUID", "unit_id": "INTEGER", "org_id": "INTEGER",
    "grp": "VARCHAR", "sex": "VARCHAR", "age": "SMALLINT", "day": "DATE", "level": "VARCHAR", "skill": "VARCHAR", "detail": "VARCHAR",
    "source": "VARCHAR", "later": "BOOLEAN", "voids": "BIGINT",
}  # fmt: skip
# A row as a part keeps it: `what` is the number of (kind, subject_type, level, skill, source, grp, sex) in the book.
PART_COLUMNS = {
    "seq": "BIGINT", "subject": "UUID", "what": "SMALLINT", "unit_id": "INTEGER", "org_id": "INTEGER", "age": "SMALLINT",
    "day": "DATE", "detail": "VARCHAR", "later": "BOOLEAN", "voids": "BIGINT",
}  # fmt: skip
BOOK_COLUMNS = {
    "what": "SMALLINT", "kind": "VARCHAR", "subject_type": "VARCHAR", "level": "VARCHAR", "skill": "VARCHAR", "source": "VARCHAR",
    "grp": "VARCHAR", "sex": "VARCHAR",
}  # fmt: skip
UNIT_COLUMNS = {
    "id": "INTEGER", "code": "VARCHAR", "level": "VARCHAR", "path": "VARCHAR", "commune_path": "VARCHAR", "area": "VARCHAR",
    "valid_from": "DATE", "valid_to": "DATE",
}  # fmt: skip
ORG_COLUMNS = {
    "id": "INTEGER", "code": "VARCHAR", "kind": "VARCHAR", "path": "VARCHAR", "commune_path": "VARCHAR", "valid_from": "DATE",
    "valid_to": "DATE",
}  # fmt: skip
POPULATION_COLUMNS = {"place": "VARCHAR", "grp": "VARCHAR", "day": "DATE", "count": "BIGINT", "source": "VARCHAR"}
STATED_COLUMNS = {
    "metric": "VARCHAR", "place": "VARCHAR", "day": "DATE", "count": "BIGINT", "grade": "VARCHAR", "source": "VARCHAR",
    "document": "VARCHAR", "simulated": "BOOLEAN", "ord": "BIGINT",
}  # fmt: skip
ALIAS_COLUMNS = {"merged": "UUID", "kept": "UUID"}
SMALL_TABLES = {
    "units": UNIT_COLUMNS, "orgs": ORG_COLUMNS, "populations": POPULATION_COLUMNS, "stated": STATED_COLUMNS,
    "aliases": ALIAS_COLUMNS,
}  # fmt: skip
# What the engine makes. Each is a row of files, one a generation: 000 is the whole, what follows tells what changed since. `told` are
# firsts with a detail: few, and not worth a column in all others.
FAMILIES = ("firsts", "told", "state", "cells", "weeks")


def connect(scratch: Path | None = None) -> DuckDBPyConnection:
    """In memory; what does not fit goes to `scratch`."""
    import duckdb

    connection = duckdb.connect(":memory:")
    connection.execute(
        "SET threads = 2; SET memory_limit = '700MB'; SET enable_progress_bar = false; SET preserve_insertion_order = false"
    )
    if scratch is not None:
        connection.execute(f"SET temp_directory = '{quoted(scratch)}'")
    return connection


@cache
def _writer() -> DuckDBPyConnection:
    """Kept for all small files of this process: opening DuckDB takes longer than writing one."""
    return connect()


def write_parquet(rows: Iterable[Sequence[Any]], columns: dict[str, str], *, to: Path) -> int:
    """Rows into a Parquet file that appears whole or not at all. Returns how many."""
    text = to.with_suffix(".csv.tmp")
    try:
        count = write_csv(rows, to=text)
        with _writer().cursor() as connection:
            copy(connection, f"SELECT * FROM {csv_rows(text, columns)}", to=to)
    finally:
        text.unlink(missing_ok=True)
    return count


def write_csv(rows: Iterable[Sequence[Any]], *, to: Path) -> int:
    count = 0
    with to.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        for row in rows:
            writer.writerow(["\\N" if value is None else value for value in row])
            count += 1
    return count


def csv_rows(path: Path, columns: dict[str, str]) -> str:
    kinds = ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items())
    return (
        f"read_csv('{quoted(path)}', header=false, columns={{{kinds}}}, nullstr='\\N', auto_detect=false, quote='\"', escape='\"', "
        f"delim=',')"
    )


def copy(connection: DuckDBPyConnection, select: str, *, to: Path, options: str = "COMPRESSION zstd") -> None:
    beside = to.with_suffix(".parquet.tmp")
    try:
        connection.execute(f"COPY ({select}) TO '{quoted(beside)}' (FORMAT parquet, {options})")
        beside.replace(to)
    finally:
        beside.unlink(missing_ok=True)


def read_files(paths: Sequence[Path], columns: dict[str, str] | None = None) -> str:
    """A relation over Parquet files; without any, an empty one with the columns."""
    if paths:
        return f"read_parquet([{', '.join(repr_of(path) for path in paths)}])"
    nothing = ", ".join(f"CAST(NULL AS {kind}) AS {name}" for name, kind in (columns or {}).items())
    return f"(SELECT {nothing} WHERE FALSE)"


def generations(folder: Path, family: str, *, first: int = 0) -> list[list[Path]]:
    """The files of a family, generation by generation."""
    found: dict[int, list[Path]] = {}
    for path in sorted(folder.glob(f"{family}-*.parquet")):
        found.setdefault(int(path.name.split("-")[1].split(".")[0]), []).append(path)
    return [found[number] for number in sorted(found) if number >= first]


def all_files(folder: Path, family: str) -> list[Path]:
    return [path for generation in generations(folder, family) for path in generation]


@cache
def sql(name: str) -> str:
    return (files("hocvuso.measure") / "sql" / f"{name}.sql").read_text(encoding="utf-8")


def quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def repr_of(path: Path) -> str:
    return f"'{quoted(path)}'"
