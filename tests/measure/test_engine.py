"""The three primitives against examples small enough to count by hand, and against plain Python over random ledgers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hocvuso.measure import engine
from tests.make.ledger import (
    A1,
    A2,
    B1,
    LAN,
    MINH,
    OFFICE,
    SCHOOL,
    TUAN,
    A,
    B,
    Row,
    State,
    build,
    catalogue_of,
    state_of,
)

FIVE = ("dich-vu-cong", "mua-sam", "thanh-toan", "an-toan", "thu-tuc")


def test_a_subject_counts_once_from_its_first_day_where_it_was_then(tmp_path: Path) -> None:
    rows = [Row(on=9, unit=B1), Row(on=3, unit=A1), Row(on=5, unit=A2), Row(MINH, on=4, unit=B1)]
    assert state_of(build(tmp_path, rows, catalogue_of(m={})), "m") == [State(3, "A/A-1/"), State(4, "B/B-1/")]


def test_two_rows_of_one_day_are_told_apart_by_the_order_they_came(tmp_path: Path) -> None:
    rows = [Row(on=3, unit=B1), Row(on=3, unit=A1)]
    assert state_of(build(tmp_path, rows, catalogue_of(m={}), parts=2), "m") == [State(3, "B/B-1/")]


def test_a_late_row_moves_the_first_day_back_and_the_place_with_it(tmp_path: Path) -> None:
    metric = catalogue_of(m={})
    assert state_of(build(tmp_path / "before", [Row(on=9, unit=B1)], metric), "m") == [State(9, "B/B-1/")]
    late = [Row(on=9, unit=B1), Row(on=2, unit=A2)]
    assert state_of(build(tmp_path / "after", late, metric, parts=2), "m") == [State(2, "A/A-2/")]


@pytest.mark.parametrize(
    ("rows", "left"),
    [
        ([Row(on=1), Row(voids=1)], []),
        ([Row(on=1, unit=A1), Row(on=5, unit=B1), Row(voids=1)], [State(5, "B/B-1/")]),
        ([Row(on=1, unit=A1), Row(on=5, unit=B1), Row(voids=2)], [State(1, "A/A-1/")]),
        ([Row(on=1), Row(MINH, on=2), Row(voids=2)], [State(1, "A/A-1/")]),
        ([Row(on=1), Row(on=3), Row(on=5), Row(voids=1)], [State(3, "A/A-1/")]),  # the same again and again
        ([Row(on=1), Row(on=3), Row(on=5), Row(voids=1), Row(voids=2)], [State(5, "A/A-1/")]),
    ],
)
def test_a_void_takes_its_row_out_and_is_no_fact_itself(tmp_path: Path, rows: list[Row], left: list[State]) -> None:
    assert state_of(build(tmp_path, rows, catalogue_of(m={}), parts=2), "m") == left


def test_grades_stand_side_by_side_for_one_person_and_are_never_added(tmp_path: Path) -> None:
    rows = [Row(on=4, source="cong-an-tinh"), Row(on=2), Row(on=7, source="don-vi-bao-cao")]
    assert state_of(build(tmp_path, rows, catalogue_of(m={})), "m") == [
        State(2, "A/A-1/", "proven"),
        State(4, "A/A-1/", "imported"),
        State(7, "A/A-1/", "declared"),
    ]


def test_a_pass_at_the_first_level_does_not_count_for_the_second(tmp_path: Path) -> None:
    passing = {"kinds": ["assessment_passed"], "rung": "assessed"}
    metrics = catalogue_of(by_level={**passing, "by_level": True}, plain=passing)
    rows = [
        Row(kind="assessment_passed", on=1, level="usable"),
        Row(kind="assessment_passed", on=6, level="proficient"),
        Row(MINH, kind="assessment_passed", on=2, level="usable"),
        Row(TUAN, kind="assessment_passed", on=3, level="proficient"),
    ]
    found = state_of(build(tmp_path, rows, metrics), "by_level")
    assert [state.day for state in found if state.level == ""] == [1, 2, 3]
    assert [state.day for state in found if state.level == "proficient"] == [3, 6]
    assert {state.level for state in state_of(tmp_path, "plain")} == {""}


@pytest.mark.parametrize(
    ("born", "counts"),
    [(1980, True), (2007, True), (2008, False), (2020, False), (None, False)],
)
def test_an_age_limit_counts_by_the_year_of_birth_in_the_year_of_the_fact(
    tmp_path: Path, born: int | None, counts: bool
) -> None:
    folder = build(
        tmp_path, [Row(born=born)], catalogue_of(adults={"min_age": 18}, everybody={}, young={"max_age": 17})
    )
    assert bool(state_of(folder, "adults")) is counts
    assert len(state_of(folder, "everybody")) == 1
    assert bool(state_of(folder, "young")) is (born in (2008, 2020))


YOUTH = {"kinds": ["domain_registered"], "detail": {"holder": "youth"}}


@pytest.mark.parametrize(
    ("narrow", "row", "counts"),
    [
        ({"groups": ["workers"]}, Row(group="workers"), True),
        ({"groups": ["workers"]}, Row(group="officials"), False),
        ({"groups": ["workers"]}, Row(), False),
        ({"groups": ["officials", "staff"]}, Row(group="staff"), True),
        ({"kinds": ["skill_guided"], "skill": "thu-tuc"}, Row(kind="skill_guided", skill="thu-tuc"), True),
        ({"kinds": ["skill_guided"], "skill": "thu-tuc"}, Row(kind="skill_guided", skill="mua-sam"), False),
        (YOUTH, Row(kind="domain_registered", detail={"holder": "youth"}), True),
        (YOUTH, Row(kind="domain_registered", detail={"holder": "business"}), False),
        (YOUTH, Row(kind="domain_registered"), False),
        ({}, Row(kind="skill_guided"), False),
        ({"kinds": ["info_contact", "skill_guided"]}, Row(kind="skill_guided"), True),
        ({}, Row(subject_type="household"), False),
    ],
)  # fmt: skip
def test_what_a_metric_asks_narrows_what_it_counts(
    tmp_path: Path, narrow: dict[str, Any], row: Row, counts: bool
) -> None:
    assert bool(state_of(build(tmp_path, [row], catalogue_of(m=narrow)), "m")) is counts


@pytest.mark.parametrize(
    ("counted", "row", "place"),
    [
        ("village", Row(unit=A1), "A/A-1/"),
        ("village", Row(unit=A1, org=OFFICE), "A/A-1/"),
        ("village", Row(unit=None, org=OFFICE), None),
        ("village", Row(unit=A), "A/"),  # the village is not known: the commune is
        ("org", Row(unit=B1, org=OFFICE), "A/o:so/"),  # an official is counted where the office stands, not at home
        ("org", Row(unit=None, org=SCHOOL), "B/o:thpt/"),
        ("org", Row(unit=A1), None),
        ("commune", Row(unit=A2), "A/"),
        ("commune", Row(unit=B), "B/"),
        ("commune", Row(unit=1), None),
    ],
)
def test_a_subject_is_counted_where_the_metric_looks(tmp_path: Path, counted: str, row: Row, place: str | None) -> None:
    found = state_of(build(tmp_path, [row], catalogue_of(m={"counted": counted})), "m")
    assert [state.place for state in found] == ([place] if place else [])


def skills(*days: int, subject: Any = LAN, **more: Any) -> list[Row]:
    return [Row(subject, kind="skill_guided", on=day, skill=FIVE[n % 5], **more) for n, day in enumerate(days)]


GUIDED5 = {"kinds": ["skill_guided"], "rung": "guided", "primitive": "first_day_of_n", "n": 5, "of": "skill"}


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (skills(1, 2, 3, 4), []),
        (skills(1, 2, 3, 4, 8), [State(8, "A/A-1/")]),
        (
            skills(1, 2, 9, 3, 4),
            [State(9, "A/A-1/")],
        ),  # the missing one came in the middle of the list, and last in time
        (skills(1, 2, 3, 4) + skills(5, 6, 7, 8), []),  # the same four again
        (
            skills(1, 2, 3, 4, 5) + skills(0),
            [State(5, "A/A-1/")],
        ),  # an earlier lesson in a skill that came early anyway
        (skills(1, 2, 3, 4, 8) + [Row(voids=5)], []),
        (skills(1, 2, 3, 4, 8, 8 + 1) + [Row(voids=1)], [State(9, "A/A-1/")]),  # the sixth row is the first skill again
        (skills(1, 2, 3) + [Row(kind="skill_guided", on=4)], []),  # a row without a skill is no skill
        (
            skills(1, 2, 3, 4, 5)[:3] + skills(1, 2, 3, 4, 5, source="cong-an-tinh")[3:],
            [],
        ),  # three proven, two imported
    ],
)
def test_the_day_of_the_nth_distinct_value(tmp_path: Path, rows: list[Row], found: list[State]) -> None:
    assert state_of(build(tmp_path, rows, catalogue_of(m=GUIDED5), parts=2), "m") == found


def test_the_nth_value_counts_where_the_person_was_when_it_came(tmp_path: Path) -> None:
    rows = skills(1, 2, 3, 4, unit=A1) + [Row(kind="skill_guided", on=8, skill="thu-tuc", unit=B1)]
    assert state_of(build(tmp_path, rows, catalogue_of(m=GUIDED5)), "m") == [State(8, "B/B-1/")]


def test_distinct_values_are_found_inside_the_detail(tmp_path: Path) -> None:
    mentors = catalogue_of(
        m={"kinds": ["mentored"], "primitive": "first_day_of_n", "n": 2, "of": "detail.mentee", "rung": "guided"}
    )
    rows = [
        Row(kind="mentored", on=1, detail={"mentee": str(MINH)}),
        Row(kind="mentored", on=2, detail={"mentee": str(MINH)}),
        Row(kind="mentored", on=5, detail={"mentee": str(TUAN)}),
        Row(kind="mentored", on=6, detail={"mentee": str(LAN)}),
    ]
    assert state_of(build(tmp_path, rows, mentors), "m") == [State(5, "A/A-1/")]


WEEKLY = {
    "subject": "unit", "counted": "commune", "kinds": ["class_held"], "rung": "act", "primitive": "per_period", "period": "week",
}  # fmt: skip


@pytest.mark.parametrize(
    ("classes", "found"),
    [
        # 1/7/2025 is a Tuesday: days 0–5 are one week, day 6 is the next Monday, day 12 its Sunday.
        ([(0, A), (5, A)], [State(0, "A/")]),
        ([(5, A), (6, A)], [State(5, "A/"), State(6, "A/")]),
        ([(12, A), (6, A), (9, A1)], [State(6, "A/")]),
        ([(6, A), (6, B)], [State(6, "A/"), State(6, "B/")]),
        ([(0, A), (7, A), (14, A), (14, A)], [State(0, "A/"), State(7, "A/"), State(14, "A/")]),
    ],
)
def test_a_place_counts_once_a_week(tmp_path: Path, classes: list[tuple[int, int]], found: list[State]) -> None:
    rows = [Row(kind="class_held", on=day, unit=unit, subject_type="unit") for day, unit in classes]
    assert state_of(build(tmp_path, rows, catalogue_of(m=WEEKLY)), "m") == found


@pytest.mark.parametrize(
    "merged",
    [
        [(MINH, LAN)],
        [(MINH, LAN), (TUAN, MINH)],  # Tuấn was found to be Minh before Minh was found to be Lan
        [(TUAN, MINH), (MINH, LAN)],
    ],
)
def test_merged_records_are_one_person_with_the_earliest_day_of_all(tmp_path: Path, merged: list[Any]) -> None:
    rows = [Row(LAN, on=6, unit=A1), Row(MINH, on=4, unit=A2)]
    if len(merged) == 2:
        rows.append(Row(TUAN, on=2, unit=B1))
    folder = build(tmp_path, rows, catalogue_of(m={}), merged=merged)
    first = State(2, "B/B-1/") if len(merged) == 2 else State(4, "A/A-2/")
    assert state_of(folder, "m") == [first]


def test_records_merged_into_each_other_do_not_hang_the_engine_or_lose_the_person(tmp_path: Path) -> None:
    folder = build(tmp_path, [Row(LAN, on=1), Row(MINH, on=2)], catalogue_of(m={}), merged=[(LAN, MINH), (MINH, LAN)])
    assert len(state_of(folder, "m")) >= 1


def test_merged_records_complete_each_others_five_skills(tmp_path: Path) -> None:
    rows = skills(1, 2, 3) + [Row(MINH, kind="skill_guided", on=5 + n, skill=FIVE[3 + n]) for n in range(2)]
    assert state_of(build(tmp_path / "two", rows, catalogue_of(m=GUIDED5)), "m") == []
    assert state_of(build(tmp_path / "one", rows, catalogue_of(m=GUIDED5), merged=[(MINH, LAN)]), "m") == [
        State(6, "A/A-1/")
    ]


def test_an_empty_ledger_gives_an_empty_snapshot_and_not_an_error(tmp_path: Path) -> None:
    assert state_of(build(tmp_path, [], catalogue_of(m={}, n=GUIDED5, w=WEEKLY)), "m") == []


@pytest.mark.parametrize("parts", [1, 2, 5])
def test_how_the_ledger_was_cut_into_parts_changes_nothing(tmp_path: Path, parts: int) -> None:
    rows = [*skills(1, 2, 3, 4, 8), Row(voids=5), *skills(9, 9, 9, 9, 9, subject=MINH, unit=B1), Row(TUAN, on=3)]
    folder = build(tmp_path, rows, catalogue_of(five=GUIDED5, reached={}), parts=parts)
    assert state_of(folder, "five") == [State(9, "B/B-1/")]
    assert state_of(folder, "reached") == [State(3, "A/A-1/")]


def test_values_with_quotes_commas_and_line_breaks_come_through_the_export(tmp_path: Path) -> None:
    topic = 'a "quoted", one\nwith a break \\N'
    metric = catalogue_of(
        m={"subject": "org", "counted": "org", "kinds": ["topic_taught"], "rung": "act", "primitive": "first_day",
           "detail": {"topic": topic}}
    )  # fmt: skip
    rows = [Row(kind="topic_taught", unit=None, org=SCHOOL, subject_type="org", detail={"topic": topic})]
    assert state_of(build(tmp_path, rows, metric), "m") == [State(0, "B/o:thpt/")]


def test_a_file_whose_rows_break_off_does_not_appear_and_leaves_no_litter(tmp_path: Path) -> None:
    def rows() -> Iterator[list[object]]:
        yield [MINH, LAN]
        raise OSError("the database went away")

    with pytest.raises(OSError, match="went away"):
        engine.write_parquet(rows(), engine.ALIAS_COLUMNS, to=tmp_path / "aliases.parquet")
    assert list(tmp_path.iterdir()) == []
