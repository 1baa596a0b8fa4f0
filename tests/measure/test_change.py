"""Figures kept up batch by batch are those of a whole build, row for row: people who move, late rows, voids, merged records."""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hocvuso.evidence.queries import catalogue
from hocvuso.measure import engine
from hocvuso.measure.queries import metrics
from tests.make.ledger import A1, A2, B1, LAN, MINH, OFFICE, SCHOOL, TUAN, A, B, Row, lines_of, small_tables

PEOPLE = [LAN, MINH, TUAN, *(uuid.UUID(int=number) for number in (4, 5, 6))]
HOMES = [uuid.UUID(int=number) for number in (101, 102, 103)]
SKILLS = tuple(catalogue().skills)
DAYS = st.integers(0, 140)  # long enough for what counts 90 days after

about_people = st.builds(
    Row,
    subject=st.sampled_from(PEOPLE),
    kind=st.sampled_from(
        ["info_contact", "skill_guided", "skill_guided", "assessment_passed", "vneid_confirmed", "real_use", "real_use", "mooc_registered"]
    ),
    on=DAYS,
    unit=st.sampled_from([A1, A1, A2, B1, B, None]),
    org=st.sampled_from([None, OFFICE, SCHOOL]),
    group=st.sampled_from(["", "officials", "workers"]),
    born=st.sampled_from([None, 1960, 2007, 2008]),
    sex=st.sampled_from(["f", "m", ""]),
    level=st.sampled_from(["usable", "proficient"]),
    skill=st.sampled_from(SKILLS),
    source=st.sampled_from(["hoc-vu-so", "mo-phong", "cong-an-tinh", "don-vi-bao-cao"]),
)  # fmt: skip
helping = st.builds(
    lambda helper, helped, on, unit: Row(helper, kind="mentored", on=on, unit=unit, detail={"mentee": str(helped)}),
    st.sampled_from([LAN, MINH]), st.sampled_from(PEOPLE), DAYS, st.sampled_from([A1, B1]),
)  # fmt: skip
young = st.builds(
    Row, subject=st.sampled_from(PEOPLE), kind=st.just("domain_registered"), on=DAYS,
    detail=st.sampled_from([{"holder": "youth"}, {"holder": "business"}]),
)  # fmt: skip
at_home = st.builds(
    Row, subject=st.sampled_from(HOMES), kind=st.just("family_taught"), on=DAYS, unit=st.sampled_from([A1, B1]),
    subject_type=st.just("household"), level=st.sampled_from(["", "proficient"]), born=st.none(),
)  # fmt: skip
classes = st.builds(
    Row, subject=st.sampled_from([uuid.UUID(int=900 + unit) for unit in (A, B, A1)]), kind=st.just("class_held"), on=DAYS,
    unit=st.sampled_from([A, A1, A2, B]), subject_type=st.just("unit"), born=st.none(),
)  # fmt: skip
rows_of_all_kinds = st.one_of(about_people, about_people, about_people, helping, young, at_home, classes)
MERGERS = [(MINH, LAN), (TUAN, MINH), (PEOPLE[4], PEOPLE[5]), (HOMES[0], HOMES[1])]


@st.composite
def batches(draw: st.DrawFn) -> list[tuple[list[Row], list[tuple[uuid.UUID, uuid.UUID]]]]:
    """Two to four batches: rows, among them voids of any row so far, and which records are known to be merged by then."""
    found: list[tuple[list[Row], list[tuple[uuid.UUID, uuid.UUID]]]] = []
    rows: list[Row] = []
    taken_back: set[int] = set()
    merged: list[tuple[uuid.UUID, uuid.UUID]] = []
    for _ in range(draw(st.integers(2, 4))):
        batch = draw(st.lists(rows_of_all_kinds, min_size=0 if found else 1, max_size=18))
        rows += batch
        facts = [number for number, row in enumerate(rows, start=1) if row.voids is None and number not in taken_back]
        voided = draw(st.sets(st.sampled_from(facts), max_size=3)) if facts else set()
        taken_back |= voided
        voids = [Row(voids=number) for number in sorted(voided)]
        rows += voids
        merged = merged + draw(
            st.lists(st.sampled_from([pair for pair in MERGERS if pair not in merged] or [MERGERS[0]]), max_size=1)
        )
        found.append((batch + voids, list(dict.fromkeys(merged))))
    return found


@given(batches())
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_changes_add_up_to_a_whole_build(drawn: list[tuple[list[Row], list[tuple[uuid.UUID, uuid.UUID]]]]) -> None:
    with tempfile.TemporaryDirectory() as root:
        kept_up = Kept(Path(root))
        for rows, merged in drawn:
            kept_up.take(rows, merged)
        # Once an example: whatever goes wrong after fewer batches is an example of its own.
        assert kept_up.tells() == kept_up.told_by_a_whole_build()


CONFIRMED = [Row(LAN, kind="vneid_confirmed", on=0, source="cong-an-tinh"), Row(LAN, kind="info_contact", on=0)]
USED = [Row(LAN, kind="real_use", on=day, unit=unit) for day, unit in ((3, A1), (91, A1), (100, A2))]


@pytest.mark.parametrize(
    ("voided", "moved"),
    [
        (1, True),  # from when on ninety days are counted
        (3, False),  # a use before they were over: nothing stands on it
        (4, True),  # her first use after ninety days: the next one is in another village
        (5, False),  # one more use: nothing stands on it
    ],
)
def test_a_void_moves_what_stood_on_the_row_and_nothing_else(tmp_path: Path, voided: int, moved: bool) -> None:
    kept_up = Kept(tmp_path)
    kept_up.take(CONFIRMED + USED, [])
    before = kept_up.tells()
    assert {row[0] for row in before["state"] if row[3] == 2 * A1} >= set(later_measures(kept_up.folder))
    kept_up.take([Row(voids=voided)], [])
    after = kept_up.tells()
    assert after == kept_up.told_by_a_whole_build()
    assert (after["state"] != before["state"]) is moved
    assert len(engine.generations(kept_up.folder, "state")) == (2 if moved else 1)


def test_a_row_taken_back_is_followed_by_the_next_one_that_stands(tmp_path: Path) -> None:
    kept_up = Kept(tmp_path)
    for number, on in enumerate((3, 10, 20, 4), start=1):
        kept_up.take([Row(LAN, on=on)] if number < 4 else [Row(MINH, on=on), Row(voids=2)], [])
    assert first_days(kept_up, LAN) == {3}
    kept_up.take([Row(voids=1)], [])
    assert kept_up.tells() == kept_up.told_by_a_whole_build()
    assert first_days(kept_up, LAN) == {20}
    kept_up.take([Row(voids=3), Row(LAN, on=7)], [])
    assert first_days(kept_up, LAN) == {7}
    kept_up.take([Row(voids=len(kept_up.rows))], [])
    assert kept_up.tells() == kept_up.told_by_a_whole_build()
    assert first_days(kept_up, LAN) == set()
    assert first_days(kept_up, MINH) == {4}


def test_what_else_is_taken_back_hides_no_row_that_stands(tmp_path: Path) -> None:
    kept_up = Kept(tmp_path)
    kept_up.take([Row(LAN, on=5), Row(LAN, on=10)], [])
    kept_up.take([Row(LAN, on=50, unit=A2)], [])
    kept_up.take([Row(LAN, on=60, unit=A2)], [])
    kept_up.take([Row(voids=2), Row(voids=3)], [])
    kept_up.take([Row(voids=1)], [])
    assert first_days(kept_up, LAN) == {60}
    assert kept_up.tells() == kept_up.told_by_a_whole_build()


def first_days(kept_up: Kept, subject: uuid.UUID) -> set[int]:
    return {(row[2] - Row().day).days for row in kept_up.tells()["state"] if row[1] == subject}


def later_measures(folder: Path) -> list[int]:
    """Numbers of the measures that count what came so many days after something else, where it is proven."""
    with engine.connect() as connection:
        asked = f"SELECT m FROM '{folder}/measures.parquet' WHERE after_days > 0 AND grade = 'proven'"
        return [m for (m,) in connection.execute(asked).fetchall()]


class Kept:
    """Snapshots kept up by changes, each in its own folder, as the refresh does it."""

    def __init__(self, root: Path) -> None:
        self.root, self.rows, self.parts, self.number = root, list[Row](), list[Path](), 0
        self.book = root / "book.parquet"

    @property
    def folder(self) -> Path:
        return self.root / f"kept-{self.number}"

    def recipe(self) -> Any:
        return engine.Recipe(self.parts, self.book, metrics(), catalogue())

    def take(self, rows: list[Row], merged: list[tuple[uuid.UUID, uuid.UUID]]) -> None:
        before, done = self.folder, len(self.rows)
        self.number += 1
        self.rows += rows
        new = []
        if rows:
            new = [self.root / f"part-{self.number}.parquet"]
            engine.write_part(lines_of(self.rows, metrics())[done:], to=new[0], book=self.book)
            self.parts += new
        shutil.copytree(small_tables(), self.folder)
        engine.write_parquet(merged, engine.ALIAS_COLUMNS, to=self.folder / "aliases.parquet")
        if self.number == 1:
            engine.build_whole(self.folder, self.recipe())
            return
        for family in engine.FAMILIES:
            for file in engine.all_files(before, family):
                os.link(file, self.folder / file.name)
        if len(engine.generations(self.folder, "firsts")) > 2:
            engine.squash_changes(self.folder)
        engine.build_change(self.folder, self.recipe(), new=new, before=before)

    def tells(self) -> dict[str, list[Any]]:
        return tells(self.folder)

    def told_by_a_whole_build(self) -> dict[str, list[Any]]:
        whole = self.root / f"whole-{self.number}"
        shutil.copytree(small_tables(), whole)
        shutil.copy(self.folder / "aliases.parquet", whole)
        engine.build_whole(whole, self.recipe())
        return tells(whole)


def tells(folder: Path) -> dict[str, list[Any]]:
    """All rows of state, cells and weeks, after every generation."""
    found = {}
    with engine.connect() as connection:
        for family in ("state", "cells", "weeks"):
            files = engine.read_files(engine.all_files(folder, family))
            summed = (
                f"SELECT * EXCLUDE n, sum(n)::INTEGER AS n FROM {files} GROUP BY ALL HAVING sum(n) <> 0 ORDER BY ALL"
            )
            found[family] = connection.execute(summed).fetchall()
    return found
