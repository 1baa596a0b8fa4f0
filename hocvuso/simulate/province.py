"""A province at full size, straight to Parquet as the engine reads it, made in SQL: no database, little memory, the same for the same seed.

Skewed as life is: villages of 80 to 1,100 people, a third of the adults without an identity account, four of ten teams at work, a few
people with most of the events, a campaign that starts slowly, evening classes, weekends, Tết, late rows, rows taken back, people who move,
people known twice.
"""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from hocvuso.lib.errors import BadInput
from hocvuso.measure import engine
from hocvuso.measure.queries import metrics
from hocvuso.places.rules import SIMULATED

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

START, DAYS = dt.date(2025, 4, 1), 640
TET = (dt.date(2026, 2, 14) - START).days
A_FILE = 10_000_000  # events of one part
UNITS, VILLAGES = (
    10,
    10_000,
)  # numbers of units: the nation and the province below 10, communes from 10, villages from 10,000
SOURCES = ("mo-phong", "mo-phong-ngoai", "mo-phong-bao-cao", "mo-phong-vneid")
GROUPS = ("", "officials", "staff", "pupils", "students", "workers")
SEXES = ("f", "m", "")
ACTS = (
    ("info_contact", "", ""), ("skill_guided", "", "dich-vu-cong"), ("skill_guided", "", "mua-sam"), ("skill_guided", "", "thanh-toan"),
    ("skill_guided", "", "an-toan"), ("skill_guided", "", "thu-tuc"), ("training_attended", "", ""), ("course_completed", "", ""),
    ("assessment_passed", "usable", ""), ("certificate_issued", "usable", ""), ("vneid_confirmed", "", ""), ("esign_registered", "", ""),
    ("app_installed", "", ""), ("digital_id_held", "", ""), ("mooc_registered", "", ""), ("assessment_passed", "proficient", ""),
    ("certificate_issued", "proficient", ""), ("real_use", "", ""), ("platform_observed", "", ""),
)  # fmt: skip
OTHERS = (
    ("team_founded", "unit"), ("team_week_held", "unit"), ("committee_founded", "unit"), ("week_launched", "unit"),
    ("counter_assigned", "unit"), ("class_held", "unit"), ("family_taught", "household"), ("domain_registered", "household"),
    ("domain_registered", "person"),
    ("mentored", "person"), ("topic_taught", "org"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    persons: int
    events: int
    villages: int
    communes: int
    files: int


def simulate_to_parquet(out: Path, *, province: str, persons: int, events: int, seed: int) -> Made:
    """Parts, their book and the small tables under `out`, which must be empty or new."""
    if out.exists() and any(out.iterdir()):
        raise BadInput(f"Thư mục {out} đã có dữ liệu; hãy chọn thư mục trống.")
    communes = _communes(province)
    for name in ("parts", "made"):
        (out / name).mkdir(parents=True, exist_ok=True)
    given = {
        "persons": persons, "events": events, "seed": seed, "communes": len(communes), "tet": TET, "start": START,
        "weekday": START.weekday(),
    }  # fmt: skip
    with engine.connect(out / "scratch") as connection:
        connection.execute("SET preserve_insertion_order = true")
        for macro in _macros(seed, persons):
            connection.execute(f"CREATE MACRO {macro}")
        connection.execute(f"CREATE TABLE villages AS {_sql('villages', **given)}")
        connection.execute(f"CREATE TABLE persons AS {_sql('persons', **given)}")
        _write_book(connection, out)
        _write_small_tables(connection, out, province, communes, persons)
        villages = _one(connection, "SELECT count(*) FROM villages")
        count = -(-events // A_FILE)
        made = [out / "made" / f"{number:03d}.parquet" for number in range(count + 1)]
        for number in range(count):
            first, last = persons * number // count, persons * (number + 1) // count
            select = _sql("events", first=first, last=last, villages=villages, **given)
            engine.copy(connection, select, to=made[number], options="COMPRESSION snappy")
        engine.copy(connection, _sql("others", **given), to=made[count])
        connection.execute("DROP TABLE persons")
        _cut_by_arrival(connection, made, out / "parts", count)
        written = _one(connection, f"SELECT count(*) FROM read_parquet('{engine.quoted(out)}/parts/part-*.parquet')")
    shutil.rmtree(out / "made")
    return Made(persons, written, villages, len(communes), count)


def _cut_by_arrival(connection: DuckDBPyConnection, made: list[Path], to: Path, count: int) -> None:
    """Parts as the export leaves them: each holds what came in one stretch of time, of everybody, numbered from 1 as it came. `made` holds
    some persons each, with numbers that only tell the order."""
    rows = engine.read_files(made)
    shares = [number / count for number in range(1, count)]
    # The first file's persons are like all others.
    asked = f"SELECT quantile_disc(seq, {shares}) FROM {engine.read_files(made[:1])}"
    edges = [int(edge) for edge in connection.execute(asked).fetchall()[0][0]] if shares else []
    connection.execute(f"CREATE TABLE taken_back AS SELECT voids AS seq FROM {rows} WHERE voids IS NOT NULL")
    connection.execute("CREATE TABLE numbers (seq BIGINT, number BIGINT)")  # of rows that are taken back, before that
    done = 0
    for number, (low, high) in enumerate(zip([None, *edges], [*edges, None], strict=True)):
        within = [f"seq >= {low}"] * (low is not None) + [f"seq < {high}"] * (high is not None)
        connection.execute(
            f"""CREATE OR REPLACE TABLE stretch AS SELECT *, {done} + row_number() OVER (ORDER BY seq) AS number
            FROM {rows} WHERE {" AND ".join(within) or "TRUE"}"""
        )
        connection.execute("INSERT INTO numbers SELECT seq, number FROM stretch SEMI JOIN taken_back USING (seq)")
        select = """SELECT s.* REPLACE (s.number AS seq, n.number AS voids) FROM stretch AS s LEFT JOIN numbers AS n ON n.seq = s.voids"""
        _copy_part(connection, select, to=to / f"part-{number:03d}.parquet")
        done += _one(connection, "SELECT count(*) FROM stretch")
    connection.execute("DROP TABLE stretch")


def simulate_batch(out: Path, *, events: int, voids: int, seed: int) -> Path:
    """One part more beside a province made before: about so many new rows, late ones and voids among them."""
    parts = sorted((out / "parts").glob("part-*.parquet"))
    rows = engine.read_files(parts)
    to = out / f"batch-{seed}.parquet"
    with engine.connect(out / "scratch") as connection:
        total, mark = connection.execute(f"SELECT count(*), max(seq) FROM {rows}").fetchall()[0]
        select = _sql(
            "batch", rows=rows, seed=seed, mark=mark, voids=voids, one_in=max(1, total // events),
            void_one_in=max(1, total // (20 * voids)), steps=len(ACTS) * 4 * len(GROUPS) * len(SEXES), last=START + dt.timedelta(days=548),
        )  # fmt: skip
        _copy_part(connection, select, to=to)
    return to


def _copy_part(connection: DuckDBPyConnection, select: str, *, to: Path) -> None:
    """Rows without `later`, which is told by their number in the book, as a part."""
    later = ", ".join(str(what) for what, kind in enumerate(_kinds()) if kind in engine.later_kinds(metrics()))
    columns = ", ".join(
        f"what IN ({later or 'NULL'}) AS later" if name == "later" else name for name in engine.PART_COLUMNS
    )
    ordered = f"SELECT {columns} FROM ({select}) AS made ORDER BY {engine.PART_ORDER}"
    engine.copy(connection, ordered, to=to, options=engine.PART_OPTIONS)


def _macros(seed: int, persons: int) -> list[str]:
    """Chance by name and number, and how things are numbered. `seq` grows with the day a row came, and is unique."""
    return [
        f"draw(salt, a, b) AS CAST(hash({seed}, salt, a, b) >> 11 AS DOUBLE) / 9007199254740992.0",
        f"person(no) AS CAST(md5('{seed}:person:' || no) AS UUID)",
        f"thing(kind, no) AS CAST(md5('{seed}:' || kind || ':' || no) AS UUID)",
        f"number_of(day, no, j) AS ((CAST(day AS BIGINT) + 10) * {2 * persons} + no) * 512 + j",
        f"commune_unit(no) AS CAST({UNITS} + no AS INTEGER)",
        f"village_unit(no) AS CAST({VILLAGES} + no AS INTEGER)",
        "office(commune, grp) AS CAST(commune * 8 + grp AS INTEGER)",
        f"group_name(no) AS ({list(GROUPS)})[no + 1]",
        f"sex_name(no) AS ({list(SEXES)})[no + 1]",
    ]


def _communes(province: str) -> list[tuple[str, str]]:
    """Code and type of the province's communes."""
    with (settings.DATA_DIR / "places" / "communes.csv").open(encoding="utf-8", newline="") as file:
        found = [(row["code"], row["type"]) for row in csv.DictReader(file) if row["province"] == province]
    if not found:
        raise BadInput(f"Không có tỉnh mã “{province}”.")
    return found


def _kinds() -> list[str]:
    return [kind for kind, *_ in _book()]


@cache
def _book() -> list[tuple[str, ...]]:
    """`what` of a step is ((act × 4 + source) × 6 + group) × 3 + sex: the numbers that events.sql writes."""
    rows: list[tuple[str, ...]] = [
        (kind, "person", level, skill, source, group, sex)
        for kind, level, skill in ACTS
        for source in SOURCES
        for group in GROUPS
        for sex in SEXES
    ]
    rows += [
        (kind, subject, "", "", source, group, sex)
        for kind, subject in OTHERS
        for source in SOURCES[:2]
        for group in (GROUPS if subject == "person" else ("",))
        for sex in (SEXES if subject == "person" else ("",))
    ]
    return rows


def _write_book(connection: DuckDBPyConnection, out: Path) -> None:
    rows = [(number, *row) for number, row in enumerate(_book())]
    engine.write_parquet(rows, engine.BOOK_COLUMNS, to=out / "book.parquet")
    connection.execute(f"CREATE TABLE book AS SELECT * FROM read_parquet('{engine.quoted(out)}/book.parquet')")


def _write_small_tables(
    connection: DuckDBPyConnection, out: Path, province: str, communes: list[tuple[str, str]], persons: int
) -> None:
    paths = {number: f"/VN/{province}/{code}/" for number, (code, _) in enumerate(communes)}
    villages = connection.execute("SELECT no, commune FROM villages ORDER BY no").fetchall()
    since = dt.date(2025, 1, 1)
    units: list[list[object]] = [
        [1, "VN", "nation", "/VN/", None, "", since, None],
        [2, province, "province", f"/VN/{province}/", None, "", since, None],
    ]
    units += [
        [UNITS + number, code, "commune", paths[number], paths[number], kind, since, None]
        for number, (code, kind) in enumerate(communes)
    ]
    units += [
        [VILLAGES + no, f"{communes[commune][0]}-{no}", "village", f"{paths[commune]}{communes[commune][0]}-{no}/", paths[commune],
         communes[commune][1], since, None]
        for no, commune in villages
    ]  # fmt: skip
    engine.write_parquet(units, engine.UNIT_COLUMNS, to=out / "units.parquet")
    kinds = {1: "agency", 2: "agency", 3: "school", 4: "school", 5: "enterprise"}
    orgs = [
        [number * 8 + group, f"o{number * 8 + group}", kind, f"{path}o:o{number * 8 + group}/", path, since, None]
        for number, path in paths.items()
        for group, kind in kinds.items()
    ]
    engine.write_parquet(orgs, engine.ORG_COLUMNS, to=out / "orgs.parquet")
    ages = {"adults": "age >= 18", "residents": "TRUE", "residents_16": "age >= 16"}
    for_villages = [
        (paths[commune] + f"{communes[commune][0]}-{no}/", group, since, count, SIMULATED)
        for group, where in ages.items()
        for no, commune, count in connection.execute(
            f"SELECT village, commune, count(*) FROM persons WHERE {where} GROUP BY ALL ORDER BY ALL"
        ).fetchall()
    ]
    for_orgs = [
        (f"{paths[commune]}o:o{commune * 8 + group}/", GROUPS[group], since, count, SIMULATED)
        for commune, group, count in connection.execute(
            "SELECT commune, grp, count(*) FROM persons WHERE grp > 0 GROUP BY ALL ORDER BY ALL"
        ).fetchall()
    ]
    engine.write_parquet([*for_villages, *for_orgs], engine.POPULATION_COLUMNS, to=out / "populations.parquet")
    engine.write_parquet([], engine.STATED_COLUMNS, to=out / "stated.parquet")
    # One in a thousand is known under two records; the last of all is nobody's second.
    engine.copy(
        connection,
        f"SELECT person(no) AS merged, person(no + 1) AS kept FROM range({persons - 1}) AS r(no) WHERE hash('twice', no) % 1000 = 0",
        to=out / "aliases.parquet",
    )


def _sql(name: str, **given: object) -> str:
    return (files("hocvuso.simulate") / "sql" / f"{name}.sql").read_text(encoding="utf-8").format(**given)


def _one(connection: DuckDBPyConnection, select: str) -> int:
    row = connection.execute(select).fetchone()
    assert row is not None
    return int(row[0])
