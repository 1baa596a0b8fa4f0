"""Two snapshots of one ledger held against each other, row by row."""

from __future__ import annotations

from pathlib import Path

from hocvuso.measure.engine.duck import Duck

COMPARED = ("state", "cells", "weeks")


def rows_different(one: Path, other: Path, *, scratch: Path) -> int:
    """Rows of state and cells that stand in one of the two only. What Spark writes is folders of files, with a subject as text."""
    different = 0
    with Duck(scratch) as run:
        for family in COMPARED:
            columns = ", CAST(subject AS VARCHAR) AS subject" if family == "state" else ""
            told = " UNION ALL ".join(
                f"SELECT * REPLACE ({sign}n AS n{columns}) FROM {run.files(_files(folder, family))}"
                for sign, folder in (("", one), ("-", other))
            )
            apart = f"SELECT * EXCLUDE n, sum(n) AS n FROM ({told}) AS told GROUP BY ALL HAVING sum(n) <> 0"
            different += run.one(f"SELECT count(*) FROM ({apart}) AS apart")
    return different


def _files(folder: Path, family: str) -> list[Path]:
    found = sorted(folder.glob(f"{family}-*.parquet"))
    return [file for path in found for file in (sorted(path.glob("*.parquet")) if path.is_dir() else [path])]
