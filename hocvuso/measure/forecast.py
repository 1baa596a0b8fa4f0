"""Where a target date will find a figure: the likeliest count, a range for four times in five, and the weekly pace still needed.

Counts of this movement grow like an S: slowly, then fast, then the last people are hard to find. Many such curves (ceiling, steepness,
middle) are laid over the weeks so far, and each speaks with the weight its fit gives it; beside them stands a trend that is damped by the
share of people left. The range comes from how far such forecasts were off on simulated provinces (docs/reference/forecast.md), scaled by
how unsteady this series has been. Pure.
"""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

LEAST_WEEKS = 4
COVERAGE = 0.8  # of the range from low to high


@dataclass(frozen=True, slots=True)
class Forecast:
    """Counts on the target date. `pace` is what each week must bring from now on to reach `goal`; None without a goal."""

    on: dt.date
    target_date: dt.date
    now: int
    expected: int
    low: int
    high: int
    goal: int | None
    pace: float | None
    recent_pace: float  # what the last four weeks brought, a week

    @property
    def is_within_reach(self) -> bool | None:
        """Does the range hold the goal? None without one."""
        return None if self.goal is None else self.high >= self.goal


@dataclass(frozen=True, slots=True)
class Outlook:
    """Without a calendar: the gain to come, and how unsteady the weeks were (logarithm)."""

    gain: float
    unsteady: float


def forecast(
    series: Sequence[tuple[dt.date, int]], *, population: int, on: dt.date, target_date: dt.date, goal: int | None = None,
    is_sum: bool = False,
) -> Forecast | None:  # fmt: skip
    """From a cumulative series (day, count), ascending. None where there is too little to go by, or nothing left to wait for.

    `is_sum`: the series is the sum of many communes (a province), whose good and bad weeks even each other out.
    """
    points = weekly_points(series, on=on)
    ahead = (target_date - on).days / 7
    if ahead <= 0 or population <= 0 or len(points) <= LEAST_WEEKS:
        return None
    now = points[-1]
    seen = outlook(points, population=population, ahead=ahead)
    low, middle, high = gains_at(seen, population=population, ahead=ahead, is_sum=is_sum)
    left = max(0, population - now)
    return Forecast(
        on=on,
        target_date=target_date,
        now=now,
        expected=now + min(left, round(middle)),
        low=now + min(left, round(low)),
        high=now + min(left, round(high)),
        goal=goal,
        pace=None if goal is None else max(0.0, goal - now) / ahead,
        recent_pace=(now - points[-5]) / 4,
    )


def weekly_points(series: Sequence[tuple[dt.date, int]], *, on: dt.date) -> list[int]:
    """The count so far at the end of `on` and of every seventh day before it, back to the last one before anything was counted."""
    days = [day for day, count in series if day <= on]
    if not days or series[0][0] > on:
        return []
    weeks = (on - days[0]).days // 7 + 1
    counts = []
    for back in range(weeks, -1, -1):
        at = bisect_right(days, on - dt.timedelta(days=7 * back))
        counts.append(series[at - 1][1] if at else 0)
    return counts


# --- what the weeks say ---------------------------------------------------------------------------------------------------------------

CEILINGS = (0.06, 0.1, 0.16, 0.25, 0.36, 0.48, 0.6, 0.72, 0.85, 0.98)  # of the population
SCALES = (1.4, 2.0, 2.8, 4.0)  # weeks; a campaign of a hundred days lies between two and three and a half
MIDDLES = tuple(1.5 * step for step in range(-2, 11))  # weeks from the first count to the half of the ceiling
WEEK_NOISE = 0.45  # how far a week lies from its curve (logarithm)
LEVEL_NOISE = 0.35  # how far the count so far may lie from the curve's
MEMORY = 0.75  # the weight of a week against the one after it: what happened lately tells more
TREND_KEPT, SLOPE_KEPT, FADING = 0.8, 0.8, 0.08  # the trend fades week by week, and so does the level (logarithm)


def outlook(points: Sequence[int], *, population: int, ahead: float) -> Outlook:
    """The gain to come: the middle (geometric) between the curves and a damped trend. Either alone was worse in the trials."""
    gains = [later - earlier for earlier, later in zip(points, points[1:], strict=False)]
    curves, unsteady = _curves(points, gains, population, ahead)
    trend = _damped_trend(points, gains, population, ahead)
    return Outlook(math.sqrt((curves + 1) * (trend + 1)) - 1, unsteady)


def _curves(points: Sequence[int], gains: Sequence[int], population: int, ahead: float) -> tuple[float, float]:
    """The weighted median over all curves, and how far the weeks lie from the best one."""
    small = max(1.0, 0.002 * population)
    logs = [math.log(max(0, gain) + small) for gain in gains]
    recall = [MEMORY ** (len(gains) - 1 - week) for week in range(len(gains))]
    votes: list[tuple[float, float, float]] = []  # badness, gain to come, distance of the weeks
    for scale in SCALES:
        for middle in MIDDLES:
            shape = _shape(len(gains), scale, middle)
            level = _logistic((len(gains) - middle) / scale)
            rest = _logistic((len(gains) + ahead - middle) / scale) - level
            for ceiling in CEILINGS:
                top = ceiling * population
                if top < points[-1]:
                    continue
                off = [
                    weight * (log - math.log(top * part + small)) ** 2
                    for weight, log, part in zip(recall, logs, shape, strict=True)
                ]
                # The count so far is known well; a curve that is elsewhere by now is the wrong one.
                apart = math.log((points[-1] + small) / (top * level + small)) / LEVEL_NOISE
                votes.append((sum(off) / WEEK_NOISE**2 + apart**2, top * rest, sum(off)))
    if not votes:
        return 0.0, 1.0
    best = min(votes)
    weights = [math.exp(-0.5 * (badness - best[0])) for badness, _, _ in votes]
    return _weighted_median([gain for _, gain, _ in votes], weights), math.sqrt(best[2] / sum(recall))


def _damped_trend(points: Sequence[int], gains: Sequence[int], population: int, ahead: float) -> float:
    """Level and slope of the last six weekly gains (logarithm); the slope fades, and each gain is damped by the share of people left."""
    small = max(1.0, 0.0005 * population)
    logs = [math.log(max(0, gain) + small) for gain in gains[-6:]]
    weights = [MEMORY ** (len(logs) - 1 - week) for week in range(len(logs))]
    weeks = [float(week - len(logs) + 1) for week in range(len(logs))]
    total = sum(weights)
    week_mean = sum(w * x for w, x in zip(weights, weeks, strict=True)) / total
    log_mean = sum(w * y for w, y in zip(weights, logs, strict=True)) / total
    across = sum(w * (x - week_mean) ** 2 for w, x in zip(weights, weeks, strict=True))
    along = sum(w * (x - week_mean) * (y - log_mean) for w, x, y in zip(weights, weeks, logs, strict=True))
    slope = SLOPE_KEPT * along / (across + 1)  # + 1: a slope of two or three weeks is hardly one
    level = log_mean - slope * week_mean
    at_first = left = max(1.0, 0.99 * population - points[-1])
    gain = 0.0
    for week in range(math.ceil(ahead)):
        slope *= TREND_KEPT
        level += slope - FADING
        part = min(1.0, ahead - week)  # the last week may be a piece of one
        added = min(left, part * max(0.0, math.exp(level) - small)) * left / at_first
        gain, left = gain + added, left - added
    return gain


@cache
def _shape(weeks: int, scale: float, middle: float) -> tuple[float, ...]:
    """What each week brings of a ceiling of 1."""
    levels = [_logistic((week - middle) / scale) for week in range(weeks + 1)]
    return tuple(later - earlier for earlier, later in zip(levels, levels[1:], strict=False))


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def _weighted_median(values: Sequence[float], weights: Sequence[float]) -> float:
    half, total = sum(weights) / 2, 0.0
    for value, weight in sorted(zip(values, weights, strict=True)):
        total += weight
        if total >= half:
            return value
    return values[-1]


# --- the range ----------------------------------------------------------------------------------------------------------------------

# Quantiles 10 %, 50 %, 90 % of how far the truth lay from the outlook (logarithm, in widths), by weeks ahead. From `scripts/bench forecast
# --calibrate`, on seeds it is not tested on (docs/reference/forecast.md).
QUANTILES: dict[int, tuple[float, float, float]] = {
    4: (-1.72, -0.35, 1.17),
    5: (-1.62, -0.13, 1.51),
    6: (-1.42, 0.11, 1.83),
    7: (-1.21, 0.37, 2.23),
    8: (-1.14, 0.37, 2.55),
    9: (-1.0, 0.59, 2.95),
    10: (-0.62, 0.85, 3.43),
}
QUANTILES_OF_SUMS: dict[int, tuple[float, float, float]] = {
    4: (-1.32, -0.62, 0.2),
    5: (-1.17, -0.51, 0.66),
    6: (-1.01, -0.25, 1.01),
    7: (-0.82, -0.09, 1.36),
    8: (-0.9, -0.1, 1.39),
    9: (-0.82, 0.02, 1.55),
    10: (-0.65, 0.36, 1.92),
}


def spread_of(seen: Outlook) -> float:
    """The width everything is measured in: unsteady series go astray further, and small counts are chance."""
    return 0.2 + seen.unsteady + 0.5 / math.sqrt(seen.gain + 1)


def off_by(gain: float, seen: Outlook, *, population: int) -> float:
    """How far a gain lies from the outlook, in widths."""
    small = max(1.0, 0.002 * population)
    return math.log((gain + small) / (seen.gain + small)) / spread_of(seen)


def gains_at(seen: Outlook, *, population: int, ahead: float, is_sum: bool = False) -> tuple[float, float, float]:
    """The gain of the low end, of the middle and of the high end of the range."""
    small, width = max(1.0, 0.002 * population), spread_of(seen)
    low, middle, high = (
        max(0.0, (seen.gain + small) * math.exp(quantile * width) - small)
        for quantile in quantiles(ahead, is_sum=is_sum)
    )
    return low, middle, high


def quantiles(ahead: float, *, is_sum: bool = False) -> tuple[float, float, float]:
    """Between two calibrated distances on the straight line; outside them the nearest."""
    table = QUANTILES_OF_SUMS if is_sum else QUANTILES
    known = sorted(table)
    above = next((weeks for weeks in known if weeks >= ahead), known[-1])
    below = next((weeks for weeks in reversed(known) if weeks <= ahead), known[0])
    part = (ahead - below) / (above - below) if above > below else 0.0
    low, middle, high = (one + part * (other - one) for one, other in zip(table[below], table[above], strict=True))
    return low, middle, high
