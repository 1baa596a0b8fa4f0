from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hocvuso.plans.rules import AT_RISK_FLOOR, Light, Pace, expected_by, is_reached, light, needed_count, needed_pace

START, LAST = dt.date(2025, 7, 15), dt.date(2025, 10, 24)  # 102 days, both included
MIDDLE = dt.date(2025, 9, 3)  # the 51st
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("value", "comparator", "target", "reached"),
    [
        (60, "=", 60, True),
        (60.1, "=", 60, True),  # "=" counts as reached at or above
        (59.99, "=", 60, False),
        (60, ">", 60, False),
        (60.01, ">", 60, True),
        (60, ">=", 60, True),
        (59, ">=", 60, False),
        (5, "<", 5, False),
        (4, "<", 5, True),
        (5, "<=", 5, True),
        (6, "<=", 5, False),
        (0, "=", 0, True),
    ],
)
def test_what_counts_as_reached(value: float, comparator: str, target: float, reached: bool) -> None:
    assert is_reached(value, comparator, target) is reached


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (START - DAY, 0),
        (START, 1),  # the evening of the first day: one day of 102
        (MIDDLE, 51),
        (LAST - DAY, 101),
        (LAST, 102),
        (LAST + DAY, 102),
    ],
)
def test_an_even_pace_ends_on_the_last_day(today: dt.date, expected: float) -> None:
    assert expected_by(102, start=START, last_day=LAST, today=today) == pytest.approx(expected)


def test_a_promise_of_one_day_is_due_in_the_evening() -> None:
    assert expected_by(10, start=START, last_day=START, today=START) == 10
    assert expected_by(10, start=START, last_day=START, today=START - DAY) == 0


@pytest.mark.parametrize(
    ("value", "today", "comparator", "seen"),
    [
        (None, MIDDLE, "=", Light.NOT_MEASURED),
        (None, LAST + DAY, "=", Light.NOT_MEASURED),  # not knowing is not missing it
        (102, MIDDLE, "=", Light.REACHED),
        (102, LAST + DAY, "=", Light.REACHED),
        (102, START - DAY, "=", Light.REACHED),
        (102, MIDDLE, ">", Light.ON_TRACK),
        (0, START - DAY, "=", Light.NOT_DUE),
        (51, MIDDLE, "=", Light.ON_TRACK),
        (50.9, MIDDLE, "=", Light.AT_RISK),
        (AT_RISK_FLOOR * 51, MIDDLE, "=", Light.AT_RISK),
        (AT_RISK_FLOOR * 51 - 0.1, MIDDLE, "=", Light.BEHIND),
        (0, MIDDLE, "=", Light.BEHIND),
        (101, LAST, "=", Light.AT_RISK),  # the last good day is still a day
        (101, LAST + DAY, "=", Light.MISSED),
        (0, LAST + DAY, "=", Light.MISSED),
    ],
)
def test_the_light(value: float | None, today: dt.date, comparator: str, seen: Light) -> None:
    assert light(value, comparator=comparator, target=102, start=START, last_day=LAST, today=today) is seen


@pytest.mark.parametrize(("value", "seen"), [(102, Light.REACHED), (1, Light.NO_DEADLINE), (None, Light.NOT_MEASURED)])
def test_without_a_deadline_nothing_is_late(value: float | None, seen: Light) -> None:
    assert light(value, comparator="=", target=102, start=START, last_day=None, today=MIDDLE) is seen


@given(
    st.floats(0, 200), st.floats(0.5, 100), st.integers(-30, 130), st.sampled_from(["=", ">", ">="]), st.floats(0, 50)
)
def test_more_is_never_worse(value: float, target: float, day: int, comparator: str, more: float) -> None:
    order = [Light.MISSED, Light.NOT_DUE, Light.BEHIND, Light.AT_RISK, Light.ON_TRACK, Light.REACHED]
    seen = [
        light(v, comparator=comparator, target=target, start=START, last_day=LAST, today=START + day * DAY)
        for v in (value, value + more)
    ]
    assert order.index(seen[0]) <= order.index(seen[1])


# --- how many make it ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "comparator", "population", "needed"),
    [
        (60, "=", 1_091_556, 654_934),  # facts K4: 654,933.6 is rounded up to whole people
        (60, ">", 1_091_556, 654_934),
        (60, "=", 10, 6),
        (60, ">", 10, 7),  # exactly six would be sixty percent, not more
        (60, ">=", 10, 6),
        (100, "=", 7, 7),
        (100, ">", 7, 8),
        (55, "=", 100, 55),  # 55 × 100 / 100 is not 55.00000000000001 people
        (7, "=", 100, 7),
        (0.1, "=", 1000, 1),
        (33.3, "=", 1000, 333),
        (60, "=", 1, 1),
        (60, "=", 0, 0),
        (60, "=", None, None),
    ],
)
def test_how_many_make_a_share(target: float, comparator: str, population: int | None, needed: int | None) -> None:
    assert needed_count(target, comparator, population=population, is_share=True) == needed


@pytest.mark.parametrize(
    ("target", "comparator", "needed"),
    [(5000, "=", 5000), (5000, ">", 5001), (5000, ">=", 5000), (4.5, "=", 5), (4.5, ">", 5), (0, "=", 0)],
)
def test_a_count_needs_no_population(target: float, comparator: str, needed: int) -> None:
    assert needed_count(target, comparator, population=None, is_share=False) == needed
    assert needed_count(target, comparator, population=12, is_share=False) == needed


@given(st.integers(1, 3_000_000), st.integers(1, 100), st.sampled_from(["=", ">=", ">"]))
def test_as_many_as_needed_reach_the_share_and_one_fewer_does_not(people: int, target: int, comparator: str) -> None:
    needed = needed_count(target, comparator, population=people, is_share=True)
    assert needed is not None
    assert is_reached(needed * 100, comparator, target * people)  # in whole numbers, so that no rounding helps
    assert not is_reached((needed - 1) * 100, comparator, target * people)


# --- the pace ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "needed", "today", "pace"),
    [
        (100, 100, MIDDLE, None),
        (130, 100, MIDDLE, None),
        (0, 51, MIDDLE, Pace(51, 51, 7)),
        (0, 52, MIDDLE, Pace(52, 51, 8)),  # 7.14 a week: rounded up, or the goal is missed by one
        (99, 100, MIDDLE, Pace(1, 51, 1)),
        (0, 80, LAST - 8 * DAY, Pace(80, 8, 70)),
        (0, 80, LAST - 7 * DAY, Pace(80, 7, 80)),
        (0, 80, LAST - DAY, Pace(80, 1, 80)),
        (0, 80, LAST, Pace(80, 0, 80)),
        (0, 80, LAST + 30 * DAY, Pace(80, 0, 80)),
    ],
)
def test_what_each_week_must_bring(count: int, needed: int, today: dt.date, pace: Pace | None) -> None:
    assert needed_pace(count, needed, last_day=LAST, today=today) == pace


def test_without_a_deadline_there_is_no_pace() -> None:
    assert needed_pace(0, 10, last_day=None, today=MIDDLE) is None


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(1, 300))
def test_the_pace_is_enough(count: int, missing: int, days: int) -> None:
    pace = needed_pace(count, count + missing, last_day=MIDDLE + days * DAY, today=MIDDLE)
    assert pace is not None
    assert pace.per_week * max(days, 7) / 7 >= pace.missing == missing
