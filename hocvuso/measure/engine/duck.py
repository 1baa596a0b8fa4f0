"""Where the SQL runs. Tables are made from one SELECT each, so that another engine can take the place of this one."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from hocvuso.measure.engine import files

LAST_BITS = 262143  # by which the numbers of rows taken back are told from nearly all others, at once


class Duck:
    """DuckDB in this process, over files only."""

    def __init__(self, scratch: Path) -> None:
        self._connection, self._scratch = files.connect(scratch), scratch
        # One thread: the aggregations cost a quarter less CPU than in two, and the pages have the other core. Footers of many parts are
        # read once and not for each statement, columns when they are needed: reading ahead costs more than it saves on local files.
        self._connection.execute(
            "SET threads = 1; SET parquet_metadata_cache = true; SET disable_parquet_prefetching = true"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()
        shutil.rmtree(self._scratch, ignore_errors=True)

    def sql(self, name: str, **relations: object) -> str:
        return files.sql(name).format(**relations) if relations else files.sql(name)

    def thinned(self, rows: str, *, voided: str) -> str:
        """Rows without those that only repeat the row before them; they change no first. `voided` is the table of rows that were taken
        back, some of which are among the rows still."""
        is_doubtful = ""
        if self.one(f"SELECT count(*) FROM {voided}"):
            self._connection.execute(
                f"SET VARIABLE voided = (SELECT bitstring_agg(CAST(seq & {LAST_BITS} AS INTEGER), 0, {LAST_BITS}) FROM {voided})"
            )
            is_doubtful = f"AND get_bit(getvariable('voided'), CAST(lag(seq) OVER () & {LAST_BITS} AS INTEGER)) = 0"
        return f"({self.sql('thinned', rows=rows, is_doubtful=is_doubtful)})"

    def make(self, name: str, select: str) -> None:
        self._connection.execute(f"CREATE OR REPLACE TABLE {name} AS {select}")

    def drop(self, *names: str) -> None:
        for name in names:
            self._connection.execute(f"DROP TABLE IF EXISTS {name}")

    def values(self, name: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """A small table. Its values go in column by column: as text, they would take ten times as long to be parsed."""
        lists = list(zip(*rows, strict=True))
        told = ", ".join(
            f"CAST(unnest(?) AS INTEGER) AS {column}"
            if all(value is None for value in values)
            else f"unnest(?) AS {column}"
            for column, values in zip(columns, lists, strict=True)
        )
        self._connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT {told}", [list(values) for values in lists])

    def rows(self, select: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(select).fetchall()

    def files(self, paths: Sequence[Path], columns: dict[str, str] | None = None) -> str:
        return files.read_files(paths, columns)

    def one(self, select: str) -> Any:
        return self.rows(select)[0][0]

    def save(self, select: str, to: Path, options: str = "COMPRESSION snappy") -> None:
        files.copy(self._connection, select, to=to, options=options)
