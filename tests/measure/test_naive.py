"""Whatever the ledger holds, the figures are those a patient person would count by hand: plain Python over the same rows."""

from __future__ import annotations

import datetime as dt
import tempfile
import uuid
from collections.abc import Callable, Iterable
from pathlib import Path

from django.test.utils import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hocvuso.evidence.queries import catalogue
from hocvuso.evidence.rules import Grade
from hocvuso.measure.queries import figures
from hocvuso.measure.rules import Ask
from tests.make.ledger import (
    A1,
    A2,
    B1,
    FIRST,
    LAN,
    MINH,
    OFFICE,
    ORGS,
    SCHOOL,
    TUAN,
    UNITS,
    B,
    Row,
    place,
    serve,
    with_voids,
)

SKILLS = tuple(catalogue().skills)
PLACES = [place(path) for path in ("/VN/66/", "/VN/66/A/", "/VN/66/A/A-1/", "/VN/66/B/", "/VN/66/A/o:so/")]
MIDDLE, LAST = FIRST + dt.timedelta(days=15), FIRST + dt.timedelta(days=29)

facts = st.builds(
    Row,
    subject=st.sampled_from([LAN, MINH, TUAN, uuid.UUID(int=4)]),
    kind=st.sampled_from(["info_contact", "skill_guided", "assessment_passed"]),
    on=st.integers(0, 29),
    unit=st.sampled_from([A1, A1, A2, B1, B]),
    org=st.sampled_from([None, OFFICE, SCHOOL]),
    group=st.sampled_from(["", "officials", "staff", "workers"]),
    born=st.sampled_from([None, 1960, 2007, 2008]),
    level=st.sampled_from(["usable", "proficient"]),
    skill=st.sampled_from([*SKILLS, "thu-tuc"]),
    source=st.sampled_from(["hoc-vu-so", "to-cong-nghe-so", "cong-an-tinh"]),
)
classes = st.builds(
    Row,
    kind=st.just("class_held"),
    on=st.integers(0, 29),
    unit=st.sampled_from([A1, A2, B1]),
    subject_type=st.just("unit"),
)


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[list[Row], list[tuple[uuid.UUID, uuid.UUID]]]:
    rows = draw(st.lists(st.one_of(facts, facts, facts, classes), min_size=1, max_size=40))
    taken_back = draw(st.sets(st.integers(1, len(rows)), max_size=5))
    merged = draw(st.sampled_from([[], [(MINH, LAN)], [(MINH, LAN), (TUAN, MINH)]]))
    return rows + [Row(voids=number) for number in sorted(taken_back)], merged


@given(ledgers(), st.sampled_from([MIDDLE, LAST]))
@settings(max_examples=14, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
def test_figures_equal_a_count_by_hand(
    ledger: tuple[list[Row], list[tuple[uuid.UUID, uuid.UUID]]], on: dt.date
) -> None:
    rows, merged = ledger
    asks = list(METRICS)
    with tempfile.TemporaryDirectory() as folder, override_settings(MEASURE_DIR=Path(folder)):
        serve(Path(folder), rows=rows, merged=merged)
        found = figures(PLACES, asks, on=on, since=MIDDLE)
    valid = still_valid(rows)
    for where in PLACES:
        for ask, count in METRICS.items():
            here = found[where.code, ask]
            for grade in (Grade.PROVEN, Grade.IMPORTED):
                of_grade = [row for row in valid if catalogue().source(row.source).grade is grade]
                by_hand = count(of_grade, dict(merged), prefix(where), on)
                assert (here.count(grade) or 0) == by_hand, (where.code, ask, grade)
            if ask.metric != "commune_class":
                proven = [row for row in valid if catalogue().source(row.source).grade is Grade.PROVEN]
                before = count(proven, dict(merged), prefix(where), MIDDLE - dt.timedelta(days=1))
                assert (here.proven_before or 0) == before, (where.code, ask)


# --- by hand -------------------------------------------------------------------------------------------------------------


def still_valid(rows: list[Row]) -> list[Row]:
    gone = {row.voids for row in rows}
    return [row for number, row in enumerate(with_voids(rows), start=1) if row.voids is None and number not in gone]


def prefix(where: object) -> str:
    path = getattr(where, "path", "")
    return str(path) if path else f"{where.seat.path}o:{where.code}/"  # type: ignore[attr-defined]


def in_village(row: Row) -> str:
    return UNITS[row.unit][2] if row.unit else ""


def in_office(row: Row) -> str:
    return ORGS[row.org][2] if row.org else ""


def is_adult(row: Row) -> bool:
    return row.born is not None and row.day.year - row.born >= 18


def who(row: Row, merged: dict[uuid.UUID, uuid.UUID]) -> uuid.UUID:
    subject = row.subject
    while subject in merged:
        subject = merged[subject]
    return subject


Counting = Callable[[Iterable[Row], dict[uuid.UUID, uuid.UUID], str, dt.date], int]


def once(fits: Callable[[Row], bool], where: Callable[[Row], str] = in_village) -> Counting:
    """People, each on the first day something fits, where they were that day."""

    def count(rows: Iterable[Row], merged: dict[uuid.UUID, uuid.UUID], under: str, on: dt.date) -> int:
        first: dict[uuid.UUID, Row] = {}
        for row in rows:
            if fits(row) and where(row):
                person = who(row, merged)
                if person not in first or row.day < first[person].day:
                    first[person] = row
        return sum(row.day <= on and where(row).startswith(under) for row in first.values())

    return count


def five_skills(rows: Iterable[Row], merged: dict[uuid.UUID, uuid.UUID], under: str, on: dt.date) -> int:
    seen: dict[uuid.UUID, set[str]] = {}
    done = 0
    lessons = [row for row in rows if row.kind == "skill_guided" and is_adult(row)]
    for row in sorted(lessons, key=lambda row: row.day):  # stable: of one day, in the order they came
        skills = seen.setdefault(who(row, merged), set())
        if row.skill in skills:
            continue
        skills.add(row.skill)
        done += len(skills) == 5 and row.day <= on and in_village(row).startswith(under)
    return done


def in_the_last_whole_week(rows: Iterable[Row], merged: dict[uuid.UUID, uuid.UUID], under: str, on: dt.date) -> int:
    sunday = max(day for back in range(7) if (day := on - dt.timedelta(days=back)).isoweekday() == 7)
    communes = {
        UNITS[row.unit][3]
        for row in rows
        if row.kind == "class_held" and row.unit and sunday - dt.timedelta(days=6) <= row.day <= sunday
    }
    return sum(commune is not None and commune.startswith(under) for commune in communes)


METRICS: dict[Ask, Counting] = {
    Ask("adult_reached"): once(lambda row: row.kind == "info_contact" and is_adult(row)),
    Ask("adult_guided"): once(lambda row: row.kind == "skill_guided" and is_adult(row)),
    Ask("reached_guided"): once(lambda row: row.kind == "skill_guided" and row.skill == "thu-tuc" and is_adult(row)),
    Ask("adult_guided5"): five_skills,
    Ask("adult_skill", "usable"): once(lambda row: row.kind == "assessment_passed" and is_adult(row)),
    Ask("adult_skill", "proficient"): once(
        lambda row: row.kind == "assessment_passed" and row.level == "proficient" and is_adult(row)
    ),
    Ask("official_skill"): once(
        lambda row: row.kind == "assessment_passed" and row.group in ("officials", "staff"), in_office
    ),
    Ask("worker_skill", "proficient"): once(
        lambda row: row.kind == "assessment_passed" and row.level == "proficient" and row.group == "workers", in_office
    ),
    Ask("commune_class"): in_the_last_whole_week,
}
