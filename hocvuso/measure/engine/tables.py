"""The small tables that the SQL joins: what each metric asks for, the numbers of measures, places and what lies above them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hocvuso.evidence.rules import Catalogue, Grade
from hocvuso.lib.errors import Refused
from hocvuso.measure.engine.duck import Duck
from hocvuso.measure.engine.files import BOOK_COLUMNS, read_files, repr_of
from hocvuso.measure.rules import Metric, Metrics

AGE_BANDS = ((15, "0-14"), (16, "15"), (18, "16-17"), (60, "18-59"), (None, "60+"))
GRADES = tuple(Grade)


def prepare(run: Duck, folder: Path, *, book: Path, metrics: Metrics, catalogue: Catalogue) -> None:
    """Everything that does not grow with the ledger, from the small tables in `folder` and the catalogues."""
    for name in ("units", "orgs", "aliases"):
        run.make(
            f"{name}_in" if name == "aliases" else name,
            f"SELECT * FROM read_parquet({repr_of(folder / f'{name}.parquet')})",
        )
    run.make("aliases", run.sql("kept", aliases="aliases_in"))
    run.make("book", f"SELECT * FROM {read_files([book] if book.exists() else [], BOOK_COLUMNS)}")
    run.values(
        "sources",
        ("source", "grade", "simulated"),
        [(s.key, GRADES.index(s.grade), s.simulated) for s in catalogue.sources.values()],
    )
    _ages(run, metrics)
    _measures(run, metrics)
    run.make("asks", run.sql("asks"))
    run.make("ages", "SELECT age, min(band) AS number FROM bands GROUP BY age")
    run.make(
        "whos",
        """SELECT g.grp, g.sex, a.age, CAST(row_number() OVER (ORDER BY g.grp, g.sex, a.number) AS SMALLINT) AS who
        FROM (SELECT DISTINCT grp, sex FROM book) AS g CROSS JOIN ages AS a""",
    )
    run.make(
        "combos",
        """SELECT CAST(b.what AS INTEGER) * 32 + n.band AS combo, w.who
        FROM book AS b CROSS JOIN bands AS n JOIN whos AS w ON w.grp = b.grp AND w.sex = b.sex AND w.age = n.age""",
    )
    _places(run)


def ways(metric: Metric) -> str:
    """How a metric finds its day: see the SQL file of each."""
    if metric.primitive == "per_period":
        return "week"
    if metric.after_days:
        return "later"
    if metric.detail or metric.of.startswith("detail."):
        return "told"
    return "nth" if metric.primitive == "first_day_of_n" else "first"


def levels(metric: Metric) -> tuple[str, ...]:
    return ("", "proficient") if metric.by_level else ("",)


def _cuts(metrics: Metrics) -> list[int]:
    """Every age at which something changes: for the cells, and for some metric."""
    asked = {m.min_age for m in metrics.by_key.values()} | {
        m.max_age + 1 for m in metrics.by_key.values() if m.max_age is not None
    }
    return sorted({age for age, _ in AGE_BANDS if age is not None} | {age for age in asked if age is not None})


def key_of(metrics: Metrics) -> str:
    """What a row tells of its subject except the day, in one number: 15 bits of `what` and 5 of the age band (0 = age unknown; these 20 are
    the combination), 23 of the unit, 20 of the organisation (0 = none)."""
    cuts = _cuts(metrics)
    # From the oldest down: most people are adults.
    bands = " ".join(f"WHEN age >= {age} THEN {number}" for number, age in reversed(list(enumerate(cuts, start=2))))
    combo = f"CAST(what AS BIGINT) * 32 + CASE {bands} WHEN age < {cuts[0]} THEN 1 ELSE 0 END"
    return f"({combo}) * 8796093022208 + CAST(coalesce(unit_id, 0) AS BIGINT) * 1048576 + coalesce(org_id, 0)"


def _ages(run: Duck, metrics: Metrics) -> None:
    edges = [0, *_cuts(metrics), 1000]
    bands: list[tuple[Any, ...]] = [(0, None, None, "")]
    for number, low in enumerate(edges[:-1], start=1):
        name = next(name for below, name in AGE_BANDS if below is None or low < below)
        bands.append((number, low, edges[number] - 1, name))
    run.values("bands", ("band", "low", "high", "age"), bands)


def _measures(run: Duck, metrics: Metrics) -> None:
    wanted: list[tuple[Any, ...]] = []
    measures: list[tuple[Any, ...]] = []
    waits = {pair: number for number, pair in enumerate(_waits(metrics))}
    # What waits for something else comes last: its state lies in files of its own, which are found by the numbers in their footers.
    ordered = sorted(metrics.by_key.values(), key=lambda metric: ways(metric) == "later")
    known = [(metric, level) for metric in ordered for level in levels(metric)]
    for number, (metric, level) in enumerate(known):
        for kind in metric.kinds:
            for group in metric.groups or ("*",):
                wanted.append(
                    (number, metric.key, kind, metric.subject, group, metric.skill, level, metric.min_age, metric.max_age,
                     ways(metric), metric.counted)
                )  # fmt: skip
        for grade in GRADES:
            measures.append(
                (
                    number * 3 + GRADES.index(grade),
                    metric.key,
                    level,
                    str(grade),
                    metric.n,
                    metric.among,
                    metric.after_days,
                    waits.get((metric.among, metric.after_days)),
                )
            )
    run.values(
        "wanted",
        ("number", "metric", "kind", "subject_type", "grp", "skill", "level", "min_age", "max_age", "way", "counted"),
        wanted,
    )
    run.values("measures", ("m", "metric", "level", "grade", "n", "among", "after_days", "wait"), measures)
    run.values(
        "waits", ("wait", "among", "after_days"), [(number, *pair) for pair, number in waits.items()] or [(-1, "", 0)]
    )


def _waits(metrics: Metrics) -> list[tuple[str, int]]:
    """After what, and how many days, some metric counts."""
    return sorted({(m.among, m.after_days) for m in metrics.by_key.values() if m.after_days})


def _places(run: Duck) -> None:
    """A place has the number 2 × unit or 2 × organisation + 1; units with one path (merged into it) are one place."""
    for table, most in (("units", 2**23), ("orgs", 2**20)):  # what `key_of` has room for
        if run.one(f"SELECT coalesce(max(id), 0) FROM {table}") >= most:
            raise Refused(f"Số thứ tự trong bảng {table} vượt quá {most - 1}: động cơ đo lường không đánh số được.")
    run.make(
        "places",
        """WITH communes AS (SELECT path, max(area) AS area FROM units WHERE level = 'commune' GROUP BY path),
        known AS (
            SELECT 2 * min(id) AS place, path, max(commune_path) AS commune_path FROM units GROUP BY path
            UNION ALL
            SELECT 2 * min(id) + 1 AS place, path, max(commune_path) AS commune_path FROM orgs GROUP BY path
        )
        SELECT k.place, k.path, c.place AS commune, coalesce(a.area, '') AS area
        FROM known AS k
        LEFT JOIN known AS c ON c.path = k.commune_path AND c.place % 2 = 0
        LEFT JOIN communes AS a ON a.path = k.commune_path""",
    )
    run.make(
        "unit_spots",
        """SELECT u.id, p.place AS village, p.commune FROM units AS u JOIN places AS p ON p.path = u.path AND p.place % 2 = 0""",
    )
    run.make(
        "org_spots",
        "SELECT o.id, p.place AS org FROM orgs AS o JOIN places AS p ON p.path = o.path AND p.place % 2 = 1",
    )
    # A path is made of its steps: "/VN/66/24133/" has three, and lies in the places of its first one, two and three.
    run.make(
        "above",
        """WITH uppers AS (SELECT DISTINCT path FROM units WHERE level IN ('nation', 'province', 'district', 'commune')),
        steps AS (
            SELECT p.place, array_to_string(list_slice(string_split(p.path, '/'), 1, n.n), '/') || '/' AS path
            FROM places AS p CROSS JOIN range(2, 8) AS n(n)
            WHERE n.n < len(string_split(p.path, '/'))
        )
        SELECT s.place, u.place AS above FROM steps AS s JOIN uppers USING (path) JOIN places AS u USING (path) WHERE u.place % 2 = 0""",
    )


def told_metrics(metrics: Metrics) -> list[tuple[str, str, str]]:
    """Of metrics that count values or look into the detail: the SQL of the value, of what that joins, and of the conditions."""
    found = []
    for metric in metrics.by_key.values():
        if ways(metric) not in ("told", "nth"):
            continue
        where = [f"a.metric = {_text(metric.key)}"]
        if ways(metric) == "told":
            where.append("p.detail IS NOT NULL")
        where += [f"p.detail ->> '$.{_name(field)}' = {_text(wanted)}" for field, wanted in metric.detail.items()]
        value, joins = "'.'", ""
        if metric.of.startswith("detail."):
            # A person named in the detail (a mentee) counts as the one they were merged into.
            told = f"p.detail ->> '$.{_name(metric.of.removeprefix('detail.'))}'"
            joins = f"LEFT JOIN {{aliases}} AS k ON k.merged = TRY_CAST({told} AS UUID)"
            value = f"coalesce(CAST(k.kept AS VARCHAR), {told})"
        elif metric.of:
            value = "a.skill"
        found.append((value, joins, " AND ".join(where)))
    return found


def told_fields(metrics: Metrics) -> list[str]:
    """Fields of the detail whose values are counted, and may name somebody."""
    return sorted({_name(m.of.removeprefix("detail.")) for m in metrics.by_key.values() if m.of.startswith("detail.")})


def detail_fields(metrics: Metrics) -> dict[str, tuple[str, ...]]:
    """Which fields of the detail a row of each kind must bring along; a kind that is counted once a week brings itself, with none."""
    fields: dict[str, set[str]] = {}
    for metric in metrics.by_key.values():
        asked = {*metric.detail, *([metric.of.removeprefix("detail.")] if metric.of.startswith("detail.") else [])}
        if asked or metric.primitive == "per_period":
            for kind in metric.kinds:
                fields.setdefault(kind, set()).update(asked)
    return {kind: tuple(sorted(asked)) for kind, asked in sorted(fields.items())}


def later_kinds(metrics: Metrics) -> tuple[str, ...]:
    """Kinds of rows that some metric counts only so many days after something else."""
    return tuple(
        sorted({kind for metric in metrics.by_key.values() if ways(metric) == "later" for kind in metric.kinds})
    )


def whats_of(run: Duck, way: str) -> str:
    """Numbers in the book that some metric counts in this way, as an SQL list."""
    numbers: Sequence[tuple[Any, ...]] = run.rows(
        f"SELECT DISTINCT combo // 32 FROM asks WHERE way = '{way}' ORDER BY 1"
    )
    return ", ".join(str(number) for (number,) in numbers) or "-1"


def _name(text: str) -> str:
    if not text.replace("_", "").isalnum():
        raise ValueError(f"not a field name: {text!r}")
    return text


def _text(value: Any) -> str:
    return "'" + str(value).replace("'", "''") + "'"
