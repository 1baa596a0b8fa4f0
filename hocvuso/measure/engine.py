"""The engine: Parquet parts → state → cells, in DuckDB over files only. Knows nothing of the live database.

A part holds ledger rows of one range of `seq` and is never rewritten. State and cells are rebuilt whole on every refresh; keeping
them by signed deltas must give the same rows.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hocvuso.evidence.rules import Catalogue
from hocvuso.measure.rules import Metric, Metrics

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PART_COLUMNS = {
    "seq": "BIGINT", "id": "UUID", "kind": "VARCHAR", "subject_type": "VARCHAR", "subject": "UUID", "unit_id": "BIGINT",
    "org_id": "BIGINT", "grp": "VARCHAR", "birth_year": "SMALLINT", "day": "DATE", "level": "VARCHAR", "skill": "VARCHAR",
    "detail": "VARCHAR", "source": "VARCHAR", "voids": "UUID",
}  # fmt: skip
UNIT_COLUMNS = {
    "id": "BIGINT", "code": "VARCHAR", "level": "VARCHAR", "path": "VARCHAR", "commune_path": "VARCHAR", "valid_from": "DATE",
    "valid_to": "DATE",
}  # fmt: skip
ORG_COLUMNS = {
    "id": "BIGINT",
    "code": "VARCHAR",
    "kind": "VARCHAR",
    "path": "VARCHAR",
    "valid_from": "DATE",
    "valid_to": "DATE",
}
POPULATION_COLUMNS = {"place": "VARCHAR", "grp": "VARCHAR", "day": "DATE", "count": "BIGINT", "source": "VARCHAR"}
STATED_COLUMNS = {
    "metric": "VARCHAR", "place": "VARCHAR", "day": "DATE", "count": "BIGINT", "grade": "VARCHAR", "source": "VARCHAR",
    "document": "VARCHAR", "simulated": "BOOLEAN", "ord": "BIGINT",
}  # fmt: skip
ALIAS_COLUMNS = {"merged": "UUID", "kept": "UUID"}
SNAPSHOT_TABLES = ("cells", "units", "orgs", "populations", "stated")


def connect() -> DuckDBPyConnection:
    import duckdb

    connection = duckdb.connect(":memory:")
    connection.execute(
        "SET threads = 2; SET memory_limit = '900MB'; SET enable_progress_bar = false; SET preserve_insertion_order = false"
    )
    return connection


@cache
def _writer() -> DuckDBPyConnection:
    """Kept for all small files of this process: opening DuckDB takes longer than writing one."""
    return connect()


def write_parquet(rows: Iterable[Sequence[Any]], columns: dict[str, str], *, to: Path) -> int:
    """Rows into a Parquet file that appears whole or not at all. Returns how many."""
    text, beside, count = to.with_suffix(".csv.tmp"), to.with_suffix(".parquet.tmp"), 0
    try:
        with text.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            for row in rows:
                writer.writerow(["\\N" if value is None else value for value in row])
                count += 1
        with _writer().cursor() as connection:
            connection.execute(
                f"COPY (SELECT * FROM read_csv(?, header=false, columns=?, nullstr='\\N', auto_detect=false, quote='\"', escape='\"', "
                f"delim=',')) TO '{_quoted(beside)}' (FORMAT parquet, COMPRESSION zstd)",
                [str(text), columns],
            )
        beside.replace(to)
    finally:
        text.unlink(missing_ok=True)
        beside.unlink(missing_ok=True)
    return count


def build_snapshot(folder: Path, *, parts: Sequence[Path], metrics: Metrics, catalogue: Catalogue) -> int:
    """State and cells of every metric, from the parts and the small tables already in `folder`. Returns the number of cells."""
    with connect() as connection:
        for table in ("units", "orgs", "aliases"):
            connection.execute(
                f"CREATE TABLE {table} AS SELECT * FROM read_parquet('{_quoted(folder / f'{table}.parquet')}')"
            )
        connection.execute("CREATE TABLE sources (source VARCHAR, grade VARCHAR, simulated BOOLEAN)")
        connection.executemany(
            "INSERT INTO sources VALUES (?, ?, ?)",
            [[s.key, str(s.grade), s.simulated] for s in catalogue.sources.values()],
        )
        if parts:
            listed = ", ".join(f"'{_quoted(part)}'" for part in parts)
            connection.execute(f"CREATE VIEW rows_kept AS SELECT * FROM read_parquet([{listed}])")
        else:
            columns = ", ".join(f"{name} {kind}" for name, kind in PART_COLUMNS.items())
            connection.execute(f"CREATE TABLE rows_kept ({columns})")
        connection.execute(sql("kept"))
        connection.execute(sql("facts"))
        connection.execute(
            "CREATE TABLE state (metric VARCHAR, level VARCHAR, grade VARCHAR, subject UUID, day DATE, place VARCHAR, simulated BOOLEAN)"
        )
        present = {kind for (kind,) in connection.execute("SELECT DISTINCT kind FROM facts").fetchall()}
        for metric in metrics.by_key.values():
            if not present.isdisjoint(metric.kinds):
                _measure(connection, metric)
        connection.execute(sql("cells"))
        for table in ("cells", "state"):
            connection.execute(
                f"COPY {table} TO '{_quoted(folder / f'{table}.parquet')}' (FORMAT parquet, COMPRESSION zstd)"
            )
        return int(_one(connection, "SELECT count(*) FROM cells"))


_PLACE = {"village": "f.unit_path", "org": "f.org_path", "commune": "f.commune_path"}


def _measure(connection: DuckDBPyConnection, metric: Metric) -> None:
    """Choose the metric's facts, then let its primitive find each subject's day; once a level where levels count."""
    where, given = _conditions(metric)
    since, among = "f.day", ""
    if metric.among:
        # Only who met the other condition counts, from the later of the two days on; or only what came so many days after it.
        among = "JOIN (SELECT subject, min(day) AS day FROM state WHERE metric = $among GROUP BY subject) AS a ON a.subject = f.subject"
        given["among"] = metric.among
        if metric.after_days:
            where.append(f"f.day >= a.day + INTERVAL {int(metric.after_days)} DAYS")
        else:
            since = "greatest(f.day, a.day)"
    chosen = (
        f"SELECT f.* REPLACE ({since} AS day), {_PLACE[metric.counted]} AS place, {_value(metric)} AS value "
        f"FROM facts AS f {among} WHERE {' AND '.join(where)}"
    )
    for level in ("", "proficient") if metric.by_level else ("",):
        narrowed = chosen + (" AND level = 'proficient'" if level else "")
        connection.execute(f"CREATE OR REPLACE TEMP TABLE chosen AS {narrowed}", given)
        more = {"n": metric.n} if metric.primitive == "first_day_of_n" else {}
        connection.execute(sql(metric.primitive), {"metric": metric.key, "level": level, **more})


def _conditions(metric: Metric) -> tuple[list[str], dict[str, Any]]:
    where = ["f.subject_type = $subject", "list_contains($kinds, f.kind)", f"{_PLACE[metric.counted]} IS NOT NULL"]
    given: dict[str, Any] = {"subject": metric.subject, "kinds": list(metric.kinds)}
    if metric.groups:
        where.append("list_contains($groups, f.grp)")
        given["groups"] = list(metric.groups)
    # Age by year of birth: the ledger keeps no birthday. Somebody without a year is not counted where an age is asked.
    for bound, sign in ((metric.min_age, ">="), (metric.max_age, "<=")):
        if bound is not None:
            where.append(f"year(f.day) - f.birth_year {sign} {int(bound)}")
    if metric.skill:
        where.append("f.skill = $skill")
        given["skill"] = metric.skill
    for number, (name, wanted) in enumerate(metric.detail.items()):
        where.append(f"f.detail ->> '$.{_name(name)}' = $detail{number}")
        given[f"detail{number}"] = wanted
    return where, given


def _value(metric: Metric) -> str:
    """What is counted distinctly. A person named in the detail (a mentee) counts as the one they were merged into."""
    if not metric.of.startswith("detail."):
        return "f.skill" if metric.of == "skill" else "NULL"
    told = f"f.detail ->> '$.{_name(metric.of.removeprefix('detail.'))}'"
    return (
        f"coalesce((SELECT k.kept::VARCHAR FROM kept_at_last AS k WHERE k.merged = try_cast({told} AS UUID)), {told})"
    )


@cache
def sql(name: str) -> str:
    return (files("hocvuso.measure") / "sql" / f"{name}.sql").read_text(encoding="utf-8")


def _name(text: str) -> str:
    if not text.replace("_", "").isalnum():
        raise ValueError(f"not a field name: {text!r}")
    return text


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _one(connection: DuckDBPyConnection, sql: str) -> Any:
    row = connection.execute(sql).fetchone()
    assert row is not None
    return row[0]
