"""Parts: ledger rows of one range of `seq`, never rewritten; neighbours are put together as they become many.

Rows that differ only in their day lie side by side, the first of them in front: a whole build passes over the others (`thinned.sql`). Rows
that are asked for by themselves (voids, those with a detail, those that are asked for once more: `later`) lie apart from the rest, so that
the others need not be read for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from hocvuso.measure.engine.files import (
    BOOK_COLUMNS,
    PART_COLUMNS,
    ROW_COLUMNS,
    connect,
    copy,
    csv_rows,
    read_files,
    write_csv,
)

# Small row groups: what one subject's rows are looked up in.
PART_OPTIONS = "COMPRESSION zstd, ROW_GROUP_SIZE 40960"
PART_ORDER = "voids IS NULL, detail IS NULL, later, subject, what, day, seq"
_SAME = " AND ".join(f"b.{name} = r.{name}" for name in BOOK_COLUMNS if name != "what")


def write_part(rows: Iterable[Sequence[Any]], *, to: Path, book: Path) -> int:
    """Rows (`ROW_COLUMNS`) into a part. What the book has no number for yet is written into the book first; numbers never change."""
    text = to.with_suffix(".csv.tmp")
    try:
        count = write_csv(rows, to=text)
        with connect(to.parent) as connection:
            connection.execute(f"CREATE TABLE rows_in AS SELECT * FROM {csv_rows(text, ROW_COLUMNS)}")
            known = read_files([book] if book.exists() else [], BOOK_COLUMNS)
            connection.execute(f"CREATE TABLE book AS SELECT * FROM {known}")
            names = ", ".join(name for name in BOOK_COLUMNS if name != "what")
            new = connection.execute(
                f"""INSERT INTO book
                SELECT (SELECT count(*) FROM book) + row_number() OVER (ORDER BY {names}) - 1, {names}
                FROM (SELECT DISTINCT {names} FROM rows_in) AS r
                WHERE NOT EXISTS (SELECT 1 FROM book AS b WHERE {_SAME})"""
            ).fetchall()[0][0]
            if new:
                copy(connection, "SELECT * FROM book ORDER BY what", to=book)
            columns = ", ".join(f"b.{name}" if name == "what" else f"r.{name}" for name in PART_COLUMNS)
            copy(
                connection,
                f"SELECT {columns} FROM rows_in AS r JOIN book AS b ON {_SAME} ORDER BY {PART_ORDER}",
                to=to,
                options=PART_OPTIONS,
            )
    finally:
        text.unlink(missing_ok=True)
    return count


def merge_parts(parts: Sequence[Path], *, to: Path) -> None:
    """One part out of neighbours. A row and the row that takes it back leave together; a void of an older part's row stays."""
    with connect(to.parent) as connection:
        rows = read_files(parts)
        copy(
            connection,
            f"""WITH gone AS (
                SELECT v.seq, v.voids FROM {rows} AS v JOIN {rows} AS r ON r.seq = v.voids WHERE v.voids IS NOT NULL
            )
            SELECT * FROM {rows}
            WHERE seq NOT IN (SELECT seq FROM gone) AND seq NOT IN (SELECT voids FROM gone)
            ORDER BY {PART_ORDER}""",
            to=to,
            options=PART_OPTIONS,
        )
