from __future__ import annotations

import datetime as dt
import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hocvuso.measure.forecast import LEAST_WEEKS, Forecast, forecast, quantiles, weekly_points

ON = dt.date(2025, 9, 12)
WEEK = dt.timedelta(days=7)


def series(counts: list[int], *, on: dt.date = ON) -> list[tuple[dt.date, int]]:
    """A count at the end of each week, the last of them today's."""
    return [(on - WEEK * back, count) for back, count in zip(range(len(counts) - 1, -1, -1), counts, strict=True)]


def s_curve(weeks: int, *, top: float = 6000, middle: float = 7.0, scale: float = 2.3) -> list[int]:
    return [round(top / (1 + math.exp(-(week - middle) / scale))) for week in range(weeks)]


def seen(counts: list[int], *, population: int = 10_000, weeks: float = 6, goal: int | None = None) -> Forecast:
    made = forecast(
        series(counts), population=population, on=ON, target_date=ON + dt.timedelta(days=round(7 * weeks)), goal=goal
    )
    assert made is not None
    return made


@pytest.mark.parametrize("weeks", [6, 8, 10])
def test_the_range_holds_the_end_of_a_clean_curve(weeks: int) -> None:
    whole = s_curve(weeks + 6)
    made = seen(whole[:weeks])
    assert made.low <= whole[-1] <= made.high
    assert made.now < made.expected


def test_nobody_is_expected_twice() -> None:
    """Nine tenths are there and a thousand came last week: there are only a thousand left."""
    made = seen([1000 * week for week in range(1, 10)])
    assert made.high <= 10_000


def test_a_standstill_is_expected_to_go_on_standing() -> None:
    made = seen([100, 900, 2000, 2900, 3000, 3004, 3005, 3005, 3005, 3005])
    assert made.expected < 3300
    assert made.recent_pace == 0.25


def test_the_pace_that_is_needed() -> None:
    made = seen(s_curve(8), goal=6000, weeks=5)
    assert made.pace == pytest.approx((6000 - made.now) / 5)
    assert seen(s_curve(8), goal=10).pace == 0
    assert seen(s_curve(8)).pace is None
    assert (seen(s_curve(8), goal=9990).is_within_reach, seen(s_curve(8), goal=10).is_within_reach) == (False, True)


@pytest.mark.parametrize(
    ("counts", "weeks", "population"),
    [([], 6, 100), ([5] * LEAST_WEEKS, 6, 100), (s_curve(9), 0, 10_000), (s_curve(9), -3, 10_000), (s_curve(9), 6, 0)],
)
def test_too_little_to_go_by(counts: list[int], weeks: int, population: int) -> None:
    later = ON + weeks * WEEK
    assert forecast(series(counts)[1:], population=population, on=ON, target_date=later) is None


def test_weeks_are_cut_from_today_backwards() -> None:
    days = [(ON - dt.timedelta(days=15), 3), (ON - dt.timedelta(days=8), 5), (ON - dt.timedelta(days=1), 9)]
    assert weekly_points(days, on=ON) == [0, 3, 5, 9]
    assert weekly_points(days, on=ON - dt.timedelta(days=20)) == []
    assert weekly_points(days, on=ON - dt.timedelta(days=8)) == [0, 3, 5]


@pytest.mark.parametrize("is_sum", [False, True])
def test_quantiles_are_in_order_everywhere(is_sum: bool) -> None:
    for tenths in range(1, 300):
        low, middle, high = quantiles(tenths / 10, is_sum=is_sum)
        assert low <= middle <= high


def test_a_farther_day_has_a_wider_range() -> None:
    near, far = seen(s_curve(7), weeks=4), seen(s_curve(7), weeks=9)
    assert far.high - far.low > near.high - near.low


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(0, 900), min_size=6, max_size=14), st.integers(1, 12))
def test_the_range_is_in_order_and_never_below_today(gains: list[int], weeks: int) -> None:
    counts = [sum(gains[: week + 1]) for week in range(len(gains))]
    made = forecast(series(counts), population=20_000, on=ON, target_date=ON + weeks * WEEK)
    if made is not None:
        assert made.now <= made.low <= made.expected <= made.high <= 20_000


def test_a_day_that_was_corrected_downwards_breaks_nothing() -> None:
    assert seen([10, 200, 150, 900, 1500, 1490, 2000]).low >= 2000
