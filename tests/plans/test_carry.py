"""What a child plan carries of its parent: number against number, never a horizon, verb or level for another."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from hocvuso.plans.carry import (
    Difference,
    Kinship,
    Meaning,
    Point,
    Promise,
    Relation,
    Work,
    compare,
    likeness,
    stronger,
)

YEAR = dt.date(2025, 12, 31)
ASKED = Promise(
    key="cha", clause="II.1", title="Người trưởng thành có kỹ năng số", group="adults", metrics=("adult_skill",), value=80, unit="%",
    comparator="=", aspirational=False, horizon="2025", level="usable", scope="total", due=YEAR,
)  # fmt: skip
TESTED = ("person", "assessed", "first_day")
MEANINGS = {
    "pupil_skill": Meaning(TESTED, frozenset({"pupils", "students"})),
    "student_skill": Meaning(TESTED, frozenset({"students"})),
    "student_trained": Meaning(("person", "learned", "first_day"), frozenset({"students"})),
}


def promise(**more: Any) -> Promise:
    return replace(ASKED, **{"key": "con", **more})


def carried(*given: Promise, asked: Promise = ASKED, kinship: Kinship = Kinship.BELOW) -> Any:
    (one,) = compare(([asked], []), (given, []), kinship=kinship, meanings=MEANINGS).targets
    return one


def weaker(*points: Point) -> tuple[Difference, ...]:
    return tuple(Difference(point, True) for point in points)


# --- one number against another --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "given", "sign"),
    [
        ({"value": 80}, {"value": 80}, 0),
        ({"value": 80}, {"value": 79.9}, -1),
        ({"value": 80}, {"value": 90}, 1),
        ({"value": 80}, {"value": 80, "comparator": ">="}, 0),  # "=" is reached at or above
        ({"value": 80}, {"value": 80, "comparator": ">"}, 1),
        ({"value": 80, "comparator": ">"}, {"value": 80}, -1),
        ({"value": 80, "comparator": ">"}, {"value": 81}, 1),
        ({"value": 5, "comparator": "<="}, {"value": 10, "comparator": "<="}, -1),
        ({"value": 5, "comparator": "<="}, {"value": 5, "comparator": "<"}, 1),
        ({"value": 5, "comparator": "<="}, {"value": 5}, None),  # at most, and at least
        ({"value": 40_000_000, "unit": "người"}, {"value": 90}, None),  # a count without its base
        ({"value": 600_000, "unit": "người", "base_count": 1_091_556}, {"value": 60}, 1),  # 54.97 %
        ({"value": 60}, {"value": 600_000, "unit": "người", "base_count": 1_091_556}, -1),
        ({"value": 5000, "unit": "người"}, {"value": 100, "unit": "người"}, None),  # of a province, of a commune
        ({"value": 10, "unit": "hộ/xã", "scope": "each_unit"}, {"value": 8, "unit": "hộ/xã", "scope": "each_unit"}, -1),
        ({"value": 5, "unit": "mentee/mentor", "scope": "each_subject"}, {"value": 5, "unit": "%"}, None),
    ],
)
def test_a_number_is_compared_only_with_its_like(asked: Any, given: Any, sign: int | None) -> None:
    assert stronger(promise(**asked), promise(**given), kinship=Kinship.BELOW) == sign


def test_two_plans_of_one_unit_may_compare_their_counts() -> None:
    asked, given = promise(value=5000, unit="người"), promise(value=4000, unit="Người")
    assert stronger(asked, given, kinship=Kinship.SAME) == -1
    assert stronger(asked, replace(given, unit="lượt người"), kinship=Kinship.SAME) is None


def test_ten_in_each_commune_is_held_against_what_the_commune_promises() -> None:
    asked = promise(value=10, unit="hộ kinh doanh/xã, phường", scope="each_unit")
    given = promise(value=12, unit="hộ kinh doanh", scope="total")
    assert stronger(asked, given, kinship=Kinship.COMMUNE) == 1
    assert stronger(asked, given, kinship=Kinship.BELOW) is None


# --- one promise against another -------------------------------------------------------------------------------------


def test_a_promise_taken_up_as_it_stands_is_carried() -> None:
    one = carried(promise())
    assert (one.relation, one.differences, one.given.key) == (Relation.CARRIED, (), "con")


@pytest.mark.parametrize(
    ("given", "point"),
    [
        ({"value": 70}, Point.VALUE),
        ({"due": dt.date(2026, 12, 31)}, Point.DEADLINE),
        ({"due": None}, Point.DEADLINE),
        ({"level": ""}, Point.LEVEL),
        ({"aspirational": True}, Point.FIRMNESS),
    ],
)
def test_less_later_lower_or_hoped_for_is_weaker(given: Any, point: Point) -> None:
    one = carried(promise(**given))
    assert (one.relation, one.differences) == (Relation.WEAKER, weaker(point))


def test_more_in_one_point_and_less_in_another_is_both() -> None:
    one = carried(promise(value=90, aspirational=True))
    assert one.relation is Relation.MIXED
    assert set(one.differences) == {Difference(Point.VALUE, False), Difference(Point.FIRMNESS, True)}


def test_fewer_people_of_the_same_sort_are_a_narrower_group() -> None:
    asked = promise(metrics=("pupil_skill",), group="students", level="")
    one = carried(promise(metrics=("student_skill",), group="students", level=""), asked=asked)
    assert (one.relation, one.differences) == (Relation.WEAKER, weaker(Point.GROUP))
    back = carried(asked, asked=promise(metrics=("student_skill",), group="students", level=""))
    assert back.differences == (Difference(Point.GROUP, False),)


def test_another_verb_of_the_same_people_is_shown_beside_and_not_compared() -> None:
    one = carried(promise(metrics=("adult_reached",), value=100))
    assert (one.relation, one.given, [other.key for other in one.beside]) == (Relation.MISSING, None, ["con"])


def test_a_verb_left_out_of_a_compound_promise_weakens_it() -> None:
    asked = promise(metrics=("student_skill", "student_trained"), group="students")
    one = carried(promise(metrics=("student_skill",), group="students"), asked=asked)
    assert (one.relation, one.differences) == (Relation.WEAKER, weaker(Point.VERBS))


def test_horizons_are_never_merged() -> None:
    one = carried(promise(horizon="100 ngày", value=60), promise(key="nam-sau", horizon="2026", value=100))
    assert one.relation is Relation.MISSING
    assert [other.key for other in one.beside] == ["con", "nam-sau"]


def test_the_level_asked_for_is_taken_before_another() -> None:
    one = carried(promise(key="tot", level="proficient", value=90), promise(key="duoc", value=75))
    assert (one.given.key, one.relation) == ("duoc", Relation.WEAKER)
    assert [other.key for other in one.beside] == ["tot"]


def test_what_cannot_be_compared_is_said_to_be_so_and_not_called_missing() -> None:
    one = carried(promise(value=90), asked=promise(value=40_000_000, unit="người"))
    assert (one.relation, one.given.key) == (Relation.NOT_COMPARABLE, "con")


def test_what_only_the_child_promises_is_told_apart() -> None:
    own = promise(key="rieng", metrics=("adult_esign",))
    found = compare(([ASKED], []), ([promise(), own], []), kinship=Kinship.SAME, meanings=MEANINGS)
    assert found.own_targets == (own,)


# --- tasks -----------------------------------------------------------------------------------------------------------


def work(key: str, title: str, *, due: dt.date | None = YEAR, borne_by: str = "communes", metrics: Any = ()) -> Work:
    return Work(key, "III", title, (), due, "", borne_by, metrics)


def test_tasks_are_paired_by_what_they_say_and_none_serves_twice() -> None:
    asked = [work("to", "Lập Tổ công nghệ số cộng đồng ở thôn"), work("lop", "Mở lớp học buổi tối cho người cao tuổi")]
    given = [
        work("1", "Kiện toàn Tổ công nghệ số cộng đồng", due=dt.date(2026, 1, 31)),
        work("2", "Trồng cây đầu xuân"),
    ]
    found = compare(([], asked), ([], given), kinship=Kinship.COMMUNE, meanings={})
    assert [(one.asked.key, one.given and one.given.key, one.relation) for one in found.tasks] == [
        ("to", "1", Relation.WEAKER),
        ("lop", None, Relation.MISSING),
    ]
    assert [one.key for one in found.own_tasks] == ["2"]


def test_a_task_given_to_departments_is_not_asked_of_a_commune() -> None:
    asked = [work("so", "Ban hành hướng dẫn thi đua", borne_by="agencies")]
    assert compare(([], asked), ([], []), kinship=Kinship.COMMUNE, meanings={}).tasks_of_others == 1
    assert len(compare(([], asked), ([], []), kinship=Kinship.SAME, meanings={}).tasks) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Mạng lưới “Đại sứ số”", "Phát triển mạng lưới Đại sứ số"), ("Mở lớp học ở thôn", "mở  LỚP học, thôn")],
)
def test_marks_case_and_words_of_the_genre_do_not_tell_tasks_apart(one: str, other: str) -> None:
    assert likeness(one, other) > 0.8
    assert likeness(one, "Đăng ký tên miền .vn") == 0
    assert likeness("", one) == 0
