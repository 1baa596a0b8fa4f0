"""The material of flags from this installation: the current snapshot, the traces of the ledger, tests and courses.

Of the engine it reads the snapshot's relations `units`, `orgs`, `populations`, `stated` and, through the view `proven`, `cells`; of the
parts the columns in `PART`. The SQL of what is summed stands here, beside the rows it becomes.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from hocvuso.assessment.models import Attempt
from hocvuso.evidence.models import Evidence
from hocvuso.evidence.queries import not_voided
from hocvuso.learning.models import LessonProgress
from hocvuso.learning.queries import courses
from hocvuso.measure.flags.material import (
    Day,
    Goal,
    Hand,
    Headcount,
    Material,
    Session,
    Shared,
    Sitting,
    Spot,
    Stated,
    Study,
    Total,
    Turns,
)
from hocvuso.measure.queries.figures import metrics
from hocvuso.measure.queries.snapshots import current_snapshot, prefix_of
from hocvuso.measure.traces import HAND_COLUMNS, TURN_COLUMNS
from hocvuso.people.models import Person
from hocvuso.plans.models import Allotment, Target


def gather_material(*, on: dt.date, parts: Iterable[Path], traces: Path) -> Material:
    cursor = current_snapshot().connection.cursor()
    known = metrics().by_key.values()
    bases = {metric.key: tuple(metric.base.groups) for metric in known if metric.base and metric.base.groups}
    cursor.execute("CREATE OR REPLACE TEMP TABLE homes AS SELECT DISTINCT path, commune_path FROM units")
    cursor.execute("CREATE OR REPLACE TEMP TABLE unit_homes AS SELECT DISTINCT id, path, commune_path FROM units")
    cursor.execute(f"CREATE OR REPLACE TEMP VIEW named_cells AS {NAMED_CELLS}")
    cursor.execute(f"CREATE OR REPLACE TEMP VIEW proven AS {PROVEN}")
    given = {"on": on, "metrics": list(bases)}

    def rows(kind: Any, sql: str, given: dict[str, Any] | None = None) -> tuple[Any, ...]:
        return tuple(kind(*row) for row in cursor.execute(sql, given or {}).fetchall())

    homes = {row[0]: (row[1], row[2]) for row in cursor.execute("SELECT * FROM unit_homes").fetchall()}
    return Material(
        on,
        bases,
        spots=rows(Spot, SPOTS, {"on": on}),
        headcounts=rows(Headcount, HEADCOUNTS, {"on": on}),
        goals=tuple(_goals()),
        stated=rows(Stated, STATED, {"on": on}),
        days=rows(Day, DAYS, given),
        totals=rows(Total, TOTALS, given),
        turns=rows(Turns, TURNS.format(files=_files(traces.glob("*.turns.parquet"), TURN_COLUMNS)), {"on": on}),
        hands=tuple(
            Hand(place, hand, kind, count, most, at.replace(tzinfo=dt.UTC))
            for place, hand, kind, count, most, at in cursor.execute(
                HANDS.format(files=_files(traces.glob("*.hands.parquet"), HAND_COLUMNS))
            ).fetchall()
        ),
        sessions=tuple(_sessions(homes, on)),
        sittings=tuple(_sittings(homes, on)),
        studies=tuple(_studies(homes, on)),
        shared=rows(Shared, SHARED.format(files=_files(parts, PART)), {"on": on}),
    )


# What a part is asked for, and all that is known of cells here: everything that is proven, at any level, by metric, place and day.
PART = {"subject": "UUID", "unit_id": "BIGINT", "org_id": "BIGINT", "day": "DATE", "voids": "UUID"}
PROVEN = "SELECT metric, place, day, n FROM named_cells WHERE grade = 'proven' AND level = ''"

SPOTS = """
SELECT path, min(code), CASE level WHEN 'village' THEN 'village' ELSE level END AS peers FROM units
WHERE level IN ('commune', 'village') AND valid_from <= $on AND (valid_to IS NULL OR valid_to >= $on) GROUP BY path, level
UNION ALL
SELECT path, min(code), kind FROM orgs WHERE valid_from <= $on AND (valid_to IS NULL OR valid_to >= $on) GROUP BY path, kind
ORDER BY 1
"""
HEADCOUNTS = 'SELECT place, grp, day, "count", source FROM populations WHERE day IS NULL OR day <= $on ORDER BY ALL'
STATED = """
SELECT metric, place, day, "count", grade, source, document FROM stated WHERE day <= $on ORDER BY ord
"""
# Proven and cumulative, at communes and at organisations.
DAYS = """
SELECT c.metric, coalesce(h.commune_path, c.place) AS place, c.day, sum(c.n)::BIGINT AS added
FROM proven AS c LEFT JOIN homes AS h ON h.path = c.place
WHERE c.day <= $on AND list_contains($metrics, c.metric)
GROUP BY ALL HAVING sum(c.n) <> 0 ORDER BY ALL
"""
TOTALS = """
SELECT c.metric, c.place, sum(c.n)::BIGINT AS total
FROM proven AS c JOIN homes AS h ON h.path = c.place AND h.commune_path <> h.path
WHERE c.day <= $on AND list_contains($metrics, c.metric)
GROUP BY ALL HAVING sum(c.n) > 0 ORDER BY ALL
"""
TURNS = """
SELECT h.commune_path, t.what, t.day, sum(t.turns)::BIGINT AS turns
FROM {files} AS t JOIN unit_homes AS h ON h.id = t.unit_id
WHERE t.day <= $on AND h.commune_path IS NOT NULL
GROUP BY ALL ORDER BY ALL
"""
HANDS = """
SELECT h.commune_path, t.hand, t.kind, sum(t."rows")::BIGINT, max(t.most)::BIGINT, arg_max(t."at", t.most)
FROM {files} AS t JOIN unit_homes AS h ON h.id = t.unit_id
WHERE h.commune_path IS NOT NULL
GROUP BY ALL ORDER BY ALL
"""
# By turns: the time in one commune and the time in the other overlap. Whoever moved house was first here and then there. Rows of an
# organisation are left out: there it is usual to live in one commune and to work in another.
SHARED = """
WITH seen AS (
    SELECT r.subject, h.commune_path AS commune, min(r.day) AS first, max(r.day) AS last
    FROM {files} AS r JOIN unit_homes AS h ON h.id = r.unit_id
    WHERE r.org_id IS NULL AND r.voids IS NULL AND r.day <= $on AND h.commune_path IS NOT NULL
    GROUP BY ALL
), sizes AS (SELECT commune, count(*) AS persons FROM seen GROUP BY commune)
SELECT
    a.commune, b.commune, count(*)::BIGINT, min(least(p.persons, q.persons))::BIGINT,
    min(greatest(a.first, b.first)), max(least(a.last, b.last))
FROM seen AS a
JOIN seen AS b ON b.subject = a.subject AND b.commune > a.commune AND b.first <= a.last AND a.first <= b.last
JOIN sizes AS p ON p.commune = a.commune
JOIN sizes AS q ON q.commune = b.commune
GROUP BY a.commune, b.commune ORDER BY ALL
"""


NAMED_CELLS = """
SELECT t.metric, t.level, t.grade, p.path AS place, c.day, c.simulated, c.n
FROM cells AS c JOIN measures AS t ON t.m = c.m JOIN places AS p ON p.place = c.place
WHERE NOT c.deep
"""


def _files(files: Iterable[Path], columns: dict[str, str]) -> str:
    """A relation over Parquet files; without any, an empty one."""
    quoted = [f"'{str(path).replace(chr(39), chr(39) * 2)}'" for path in sorted(files)]
    if quoted:
        return f"read_parquet([{', '.join(quoted)}])"
    nothing = ", ".join(f'CAST(NULL AS {kind}) AS "{name}"' for name, kind in columns.items())
    return f"(SELECT {nothing} WHERE FALSE)"


def _goals() -> Iterator[Goal]:
    """Targets of all plans that ask for a share, or for a count, of people, and the parts of them that were given to places.

    A level has no statements of its own.
    """
    known = {
        target.pk: target
        for target in Target.objects.select_related("indicator", "plan__unit").filter(scope="total").order_by("pk")
        if target.indicator.metric and target.level != "proficient"
    }
    for target in known.values():
        yield Goal(target.plan.unit.path, target.indicator.metric, target.value, target.is_share, target.last_day)
    given: dict[tuple[int, str], float | None] = {}
    for part in Allotment.objects.select_related("unit", "org__seat").filter(target__in=known).order_by("pk"):
        given[part.target_id, prefix_of(part.place)] = part.amount
    for (pk, place), amount in given.items():
        if amount is not None:
            yield Goal(place, known[pk].indicator.metric, amount, known[pk].is_share, known[pk].last_day)


Homes = dict[int, tuple[str, str | None]]


def _sessions(homes: Homes, on: dt.date) -> Iterator[Session]:
    rows = not_voided(Evidence.objects.filter(kind="class_held", on__lte=on)).order_by("seq")
    for unit, day, detail in rows.values_list("unit_id", "on", "detail").iterator(chunk_size=5000):
        if unit in homes and detail.get("attendance"):
            yield Session(homes[unit][0], day, int(detail["attendance"]), int(detail.get("seats", 0)))


def _communes_of(persons: set[uuid.UUID], homes: Homes) -> dict[uuid.UUID, str]:
    """Where each of them lives now; who was erased, or lives nowhere, is left out."""
    found = {}
    wanted = sorted(persons)
    for start in range(0, len(wanted), 500):
        for pk, unit in Person.objects.filter(pk__in=wanted[start : start + 500]).values_list("pk", "unit_id"):
            commune = homes.get(unit or 0, ("", None))[1]
            if commune:
                found[pk] = commune
    return found


def _sittings(homes: Homes, on: dt.date) -> Iterator[Sitting]:
    """From opening the test to handing it in; a break makes it longer, never shorter."""
    rows = list(
        Attempt.objects.filter(is_passed=True, submitted_on__lte=on)
        .order_by("submitted_at", "pk")
        .values_list("person", "submitted_on", "started_at", "submitted_at", "form")
    )
    communes = _communes_of({row[0] for row in rows}, homes)
    for person, day, started, submitted, form in rows:
        if person in communes and day and submitted:
            yield Sitting(communes[person], str(person), day, (submitted - started).total_seconds(), len(form))


def _studies(homes: Homes, on: dt.date) -> Iterator[Study]:
    """From the end of the lesson that was finished first to the end of the last: all the other lessons lie between."""
    done: dict[tuple[uuid.UUID, str], list[LessonProgress]] = {}
    for row in LessonProgress.objects.filter(finished_on__lte=on).order_by("person", "course", "updated_at", "pk"):
        course = courses().get(row.course)
        if course and course.version == row.course_version and course.lesson(row.lesson):
            done.setdefault((row.person, row.course), []).append(row)
    communes = _communes_of({person for person, _ in done}, homes)
    for (person, key), rows in done.items():
        course = courses()[key]
        if person not in communes or len(rows) < max(2, len(course.lessons)):
            continue
        last = rows[-1]
        assert last.finished_on is not None
        lasts = sum(lesson.minutes for row in rows[1:] if (lesson := course.lesson(row.lesson)))
        minutes = (last.updated_at - rows[0].updated_at).total_seconds() / 60
        yield Study(communes[person], str(person), last.finished_on, minutes, float(lasts))
