"""Flags on small tables made for each: what must be seen, and the honest thing beside it that must not be."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hocvuso.lib.errors import BadInput, UnknownName
from hocvuso.lib.yamlfile import read_yaml
from hocvuso.measure.flags import DETECTORS, Flag, Material, Severity, find_flags, parse_flag_kinds, sentence_of
from hocvuso.measure.flags.material import (
    Day,
    Goal,
    Hand,
    Headcount,
    Session,
    Shared,
    Sitting,
    Spot,
    Stated,
    Study,
    Total,
    Turns,
)
from hocvuso.measure.flags.robust import Peers, binomial_tail, median, poisson_tail, spread

KINDS = parse_flag_kinds(read_yaml(Path(__file__).resolve().parents[2] / "hocvuso" / "data" / "flags.yaml"))
ON = dt.date(2025, 10, 23)
WEEK = dt.timedelta(days=7)
ROOT = "/VN/66/"
ADULTS = 10_000
UTC = dt.UTC


def commune(number: int) -> str:
    return f"{ROOT}{24000 + number}/"


def village(number: int, of: int = 1) -> str:
    return f"{commune(of)}{24000 + of}-{number:02d}/"


SPOTS = tuple(Spot(commune(n), str(24000 + n), "commune") for n in range(1, 21))
HEADS = tuple(Headcount(commune(n), "adults", dt.date(2025, 7, 1), ADULTS + 37 * n, "Sở Nội vụ") for n in range(1, 21))


def stated(
    number: int, counts: list[int], metric: str = "adult_reached", grade: str = "declared"
) -> tuple[Stated, ...]:
    """Weekly statements that end with today's."""
    return tuple(
        Stated(
            metric, commune(number), ON - WEEK * (len(counts) - 1 - week), count, grade, "don-vi-bao-cao", "12/BC-UBND"
        )
        for week, count in enumerate(counts)
    )


def even(number: int, *, top: int = 5000, weeks: int = 10) -> list[int]:
    """A commune's own honest road; no two are alike."""
    return [round((top + 211 * number) * (week + 1) / weeks) + (7 * number + 3 * week) % 9 for week in range(weeks)]


HONEST = tuple(row for n in range(1, 21) for row in stated(n, even(n)))


def material(**tables: Any) -> Material:
    whole: dict[str, Any] = {"spots": SPOTS, "headcounts": HEADS, "stated": HONEST, **tables}
    return Material(
        ON, {"adult_reached": ("adults",), "adult_skill": ("adults",), "adult_certified": ("adults",)}, **whole
    )


def instead(number: int, counts: list[int]) -> tuple[Stated, ...]:
    return (*(row for row in HONEST if row.place != commune(number)), *stated(number, counts))


def flags(kind: str, **tables: Any) -> list[Flag]:
    return list(DETECTORS[kind](material(**tables), KINDS))


def places(kind: str, **tables: Any) -> set[str]:
    return {flag.place for flag in flags(kind, **tables)}


# --- totals -------------------------------------------------------------------------------------------------------------------------

TARGET = (Goal(ROOT, "adult_reached", 60.0, True, ON),)


def test_an_honest_province_has_no_flags() -> None:
    assert find_flags(material(goals=TARGET), KINDS) == []


def test_a_figure_that_is_the_target_to_the_person_is_a_flag() -> None:
    needed = 6045  # 60 % of 10,074, rounded up to the next person
    (flag,) = flags("equals_target", goals=TARGET, stated=instead(2, [*even(2, top=4000)[:-3], needed, needed, needed]))
    assert (flag.place, flag.evidence["goal"], flag.evidence["count"]) == (commune(2), needed, needed)


def test_a_small_place_that_meets_its_target_by_chance_is_no_flag() -> None:
    few = tuple(replace(row, count=40) for row in HEADS)
    steps = instead(2, [2, 5, 9, 11, 14, 17, 20, 24])
    assert places("equals_target", goals=TARGET, headcounts=few, stated=steps) == set()


def test_everybody_is_no_coincidence() -> None:
    full = [*even(2)[:-2], ADULTS + 74, ADULTS + 74]
    assert places("equals_target", goals=(replace(TARGET[0], value=100.0),), stated=instead(2, full)) == set()


def test_turns_stated_as_people() -> None:
    visits = tuple(Turns(commune(3), "visits", ON - WEEK * back, 640 + back) for back in range(10))
    days = tuple(Day("adult_reached", commune(3), ON - WEEK * back, 300) for back in range(10))
    running = [sum(640 + back for back in range(9, 8 - week, -1)) for week in range(10)]
    (flag,) = flags("turns_as_people", turns=visits, days=days, stated=instead(3, running))
    assert (flag.evidence["people"], flag.evidence["turns"]) == (3000, running[-1])
    own = [300 * (week + 1) for week in range(10)]
    assert places("turns_as_people", turns=visits, days=days, stated=instead(3, own)) == set()


@pytest.mark.parametrize(
    ("last", "seen"),
    [
        (4100, True),  # as much in one week as in the nine before
        (2500, False),  # a golden week
        (2200, False),
    ],
)
def test_a_jump_in_the_last_report(last: int, seen: bool) -> None:
    road = [200 * (week + 1) for week in range(9)]
    assert (commune(4) in places("last_day_jump", stated=instead(4, [*road, last]))) is seen


def test_an_office_that_trains_its_people_on_one_day_is_no_jump() -> None:
    spots = tuple(replace(spot, peers="agency") for spot in SPOTS)
    road = [200 * (week + 1) for week in range(9)]
    assert places("last_day_jump", spots=spots, stated=instead(4, [*road, 4100])) == set()


def test_a_report_after_weeks_of_silence_is_no_jump() -> None:
    rows = [row for row in stated(4, even(4, top=6000)) if row.on == ON or row.on < ON - 5 * WEEK]
    others = tuple(row for row in HONEST if row.place != commune(4))
    assert places("last_day_jump", stated=(*others, *rows)) == set()


def test_everything_in_the_evidence_of_the_last_day() -> None:
    usual = tuple(
        Day("adult_reached", commune(n), ON - dt.timedelta(days=d), 20 + (n + d) % 7)
        for n in range(1, 21)
        for d in range(60)
    )
    heap = Day("adult_reached", commune(5), ON, 1500)
    assert places("last_day_jump", days=(*usual, heap), stated=()) == {commune(5)}
    assert places("last_day_jump", days=(*usual, replace(heap, day=ON - 3 * WEEK)), stated=()) == set()


@pytest.mark.parametrize(("drop", "seen"), [(0, False), (3, False), (60, False), (400, True)])
def test_a_total_that_falls(drop: int, seen: bool) -> None:
    road = even(6)
    assert (places("falls", stated=instead(6, [*road[:-1], road[-2] - drop])) == {commune(6)}) is seen


def test_round_figures_are_a_flag_and_a_class_of_thirty_is_none() -> None:
    assert places("round_figures", stated=instead(7, [100 * round(count / 100) for count in even(7)])) == {commune(7)}
    assert places("round_figures", stated=instead(7, [30, 60, 90])) == set()


def test_two_communes_with_the_same_figures() -> None:
    (flag,) = flags("equal_figures", stated=instead(8, even(9)))
    assert (flag.place, flag.subject, flag.evidence["times"]) == (commune(8), "24009", 10)
    once = [*even(8)[:-1], even(9)[-1]]
    assert places("equal_figures", stated=instead(8, once)) == set()


def test_more_people_than_there_are() -> None:
    assert places("more_than_people", stated=instead(10, [*even(10), ADULTS + 900])) == {commune(10)}
    moved = (Headcount(village(1), "adults", dt.date(2025, 7, 1), 60, "x"),)
    spots = (*SPOTS, Spot(village(1), "24001-01", "village"))
    for count, seen in ((62, set()), (70, {village(1)})):
        total = (Total("adult_reached", village(1), count),)
        assert places("more_than_people", spots=spots, headcounts=(*HEADS, *moved), totals=total) == seen


def test_a_higher_rung_cannot_hold_more_than_a_lower_one() -> None:
    skill = stated(11, [count + 300 for count in even(11)], "adult_skill")
    (flag,) = flags("ladder_upside_down", stated=(*HONEST, *skill))
    assert (flag.place, flag.metric, flag.evidence["over"]) == (commune(11), "adult_skill", 300)
    imported = tuple(replace(row, grade="imported") for row in skill)  # of another system: not to be compared
    assert places("ladder_upside_down", stated=(*HONEST, *imported)) == set()


# --- classes, tests, devices --------------------------------------------------------------------------------------------------------


def test_one_device_that_confirms_faster_than_people_can_be_asked() -> None:
    at = dt.datetime(2025, 10, 20, 2, 15, tzinfo=UTC)
    usual = tuple(Hand(commune(n), f"may-{n}", "assessment_passed", 40, 1 + n % 3, at) for n in range(1, 21))
    clerk = Hand(commune(1), "cb-1", "assessment_passed", 60, 8, at)
    quick = Hand(commune(2), "may-99", "assessment_passed", 300, 35, at)
    (flag,) = flags("many_by_one_hand", hands=(*usual, clerk, quick))
    assert (flag.subject, flag.evidence["most"], flag.evidence["at"]) == ("may-99", 35, "09:15 20/10/2025")
    whole_class = replace(quick, kind="skill_guided", most=30)
    assert places("many_by_one_hand", hands=(*usual, whole_class)) == set()


def sittings(number: int, seconds: list[float]) -> tuple[Sitting, ...]:
    return tuple(Sitting(commune(number), f"{number}-{n}", ON - WEEK, 20 * each, 20) for n, each in enumerate(seconds))


def test_tests_that_nobody_can_have_read() -> None:
    usual = tuple(s for n in range(1, 21) for s in sittings(n, [8 + (n + k) % 13 for k in range(40)]))
    assert places("test_too_fast", sittings=(*usual, *sittings(12, [1.1] * 12))) == {commune(12)}
    assert places("test_too_fast", sittings=(*usual, *sittings(12, [1.9]))) == set()  # one quick person
    assert places("test_too_fast", sittings=(*usual, *sittings(12, [6.5] * 30))) == set()  # a good trainer's learners


def studies(number: int, minutes: list[float]) -> tuple[Study, ...]:
    return tuple(Study(commune(number), f"{number}-{n}", ON - WEEK, each, 75.0) for n, each in enumerate(minutes))


def test_courses_shorter_than_their_films() -> None:
    usual = tuple(s for n in range(1, 21) for s in studies(n, [60 + (n + k) % 40 for k in range(30)]))
    assert places("course_too_fast", studies=(*usual, *studies(13, [4.0] * 9))) == {commune(13)}
    assert places("course_too_fast", studies=(*usual, *studies(13, [20.0, 25.0]))) == set()


@pytest.mark.parametrize(
    ("attendance", "seats", "seen"),
    [(30, 0, False), (44, 40, False), (90, 40, True), (300, 0, True), (75, 0, False), (300, 320, False)],
)
def test_a_class_and_its_room(attendance: int, seats: int, seen: bool) -> None:
    usual = tuple(
        Session(village(n % 9, n), ON - WEEK * w, 18 + (n + 5 * w) % 17, 0) for n in range(1, 21) for w in range(9)
    )
    spots = (*SPOTS, *(Spot(village(n % 9, n), "x", "village") for n in range(1, 21)))
    one = Session(village(3, 3), ON - WEEK, attendance, seats)
    assert (places("crowded_class", spots=spots, sessions=(*usual, one)) == {village(3, 3)}) is seen


# --- bases and persons --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "seen"),
    [
        ({"on": None}, True),
        ({"source": " "}, True),
        ({"on": dt.date(2023, 12, 31)}, True),
        ({"on": dt.date(2024, 12, 31)}, False),
    ],
)
def test_a_base_without_a_day_or_a_source(change: dict[str, object], seen: bool) -> None:
    rows = (replace(HEADS[0], **change), *HEADS[1:])  # type: ignore[arg-type]
    assert (places("base_undated", headcounts=rows) == {commune(1)}) is seen


@pytest.mark.parametrize(("factor", "seen"), [(0.97, False), (1.02, False), (0.8, True), (1.3, True)])
def test_a_base_that_changed_more_than_others(factor: float, seen: bool) -> None:
    day = dt.date(2025, 10, 1)
    later = [replace(row, on=day, count=round(row.count * (1 + n % 5 / 500))) for n, row in enumerate(HEADS)]
    later[0] = replace(HEADS[0], on=day, count=round(HEADS[0].count * factor))
    assert (places("base_changed", headcounts=(*HEADS, *later)) == {commune(1)}) is seen


def test_people_recorded_in_two_communes_by_turns() -> None:
    pairs = tuple(Shared(commune(n), commune(n + 1), 2 + n % 5, 6000, ON - 5 * WEEK, ON) for n in range(1, 20))
    many = Shared(commune(1), commune(9), 240, 6000, ON - 5 * WEEK, ON)
    (flag,) = flags("two_places", shared=(*pairs, many))
    assert (flag.place, flag.subject) == (commune(1), "24009")


# --- a flag and its sentence --------------------------------------------------------------------------------------------------------


def test_a_flag_keeps_its_key_while_its_numbers_grow() -> None:
    flag = Flag("falls", commune(1), "adult_reached", evidence={"drop": 12})
    assert flag.key == replace(flag, evidence={"drop": 99}, severity=Severity.HIGH).key
    assert flag.key != replace(flag, metric="adult_skill").key


def test_every_sentence_can_be_said_of_every_flag_in_both_languages() -> None:
    """Each kind has a test above; here each of its flags is read out."""
    seen = set()
    for flag in _one_of_each():
        for language in ("vi", "en"):
            said = sentence_of(flag, KINDS, names={"adult_skill": "Có kỹ năng số"}, language=language)
            assert said.title
            assert said.innocent
            assert "{" not in said.look
        assert "gian lận" not in sentence_of(flag, KINDS).look.lower()
        seen.add(flag.kind)
    assert seen == set(DETECTORS) == set(KINDS.by_key)


def _one_of_each() -> list[Flag]:
    at = dt.datetime(2025, 10, 20, 2, 15, tzinfo=UTC)
    needed = 6045
    visits = tuple(Turns(commune(3), "visits", ON - WEEK * back, 640) for back in range(10))
    rows = (
        *(row for row in HONEST if row.place not in {commune(n) for n in (2, 3, 4, 6, 7, 8)}),
        *stated(2, [*even(2, top=4000)[:-3], needed, needed, needed]),
        *stated(3, [640 * (week + 1) for week in range(10)]),
        *stated(4, [*[100 * week + 7 for week in range(1, 10)], 6001]),
        *stated(6, [*even(6)[:-1], 900]),
        *stated(7, [100 * round(count / 100) for count in even(7)]),
        *stated(8, even(9)),
        *stated(10, [ADULTS + 3000 + week for week in range(10)], "adult_skill"),
    )
    usual = tuple(s for n in range(1, 21) for s in sittings(n, [8.0 + (n + k) % 13 for k in range(40)]))
    read = tuple(s for n in range(1, 21) for s in studies(n, [60.0] * 20))
    return find_flags(
        material(
            goals=TARGET, stated=rows, turns=visits, hands=(Hand(commune(2), "may-9", "assessment_passed", 300, 35, at),),
            sittings=(*usual, *sittings(12, [1.1] * 12)), studies=(*read, *studies(13, [4.0] * 9)),
            sessions=(Session(village(1), ON, 200, 40),),
            headcounts=(*HEADS[:-2], replace(HEADS[-1], on=None), HEADS[-2], replace(HEADS[-2], on=ON, count=4000)),
            shared=(Shared(commune(1), commune(9), 240, 6000, ON - WEEK, ON),),
        ),
        KINDS,
    )  # fmt: skip


def test_a_catalogue_whose_limit_has_no_reason_is_refused() -> None:
    entry = dict.fromkeys(("title", "title_en", "look", "look_en", "innocent", "innocent_en"), "…")
    whole = {"kinds": {"falls": {**entry, "limits": {"least": {"value": 1}}}}, "pairs": {}, "one_at_a_time": []}
    with pytest.raises(BadInput, match="least"):
        parse_flag_kinds(whole)
    with pytest.raises(UnknownName):
        KINDS["khong-co"]


# --- statistics ---------------------------------------------------------------------------------------------------------------------

relaxed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault
values = st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=40)


@relaxed
@given(values, st.floats(1e7, 1e9))
def test_one_wild_value_hardly_moves_what_is_usual(usual: list[float], wild: float) -> None:
    assert min(usual) <= median([*usual, wild]) <= max(usual)
    assert spread(usual) >= 0


def test_few_peers_make_nobody_unusual() -> None:
    assert Peers([1, 1, 1]).z(1000) == 0.0
    assert Peers([1, 2, 3, 4, 5, 6, 7, 8]).z(1000) > 100


@relaxed
@given(st.integers(0, 60), st.integers(1, 60), st.floats(0.01, 0.99))
def test_tails_are_chances_and_fall(hits: int, tries: int, chance: float) -> None:
    first, second = binomial_tail(hits, tries, chance), binomial_tail(hits + 1, tries, chance)
    assert 0 <= second <= first + 1e-9 <= 1 + 2e-9
    assert poisson_tail(hits + 1, tries * chance) <= poisson_tail(hits, tries * chance) + 1e-9


def test_tails_known_by_hand() -> None:
    assert binomial_tail(2, 2, 0.1) == pytest.approx(0.01)
    assert binomial_tail(1, 3, 0.5) == pytest.approx(0.875)
    assert poisson_tail(1, 2.0) == pytest.approx(1 - 2.718281828459045**-2)


@relaxed
@given(st.permutations(range(20)))
def test_flags_do_not_depend_on_the_order_of_rows(order: list[int]) -> None:
    rows = instead(8, even(9))
    by_place = {n: [row for row in rows if row.place == commune(n + 1)] for n in range(20)}
    shuffled = tuple(row for n in order for row in by_place[n])
    assert find_flags(material(stated=shuffled), KINDS) == find_flags(material(stated=rows), KINDS)
