"""Repeatable chance and the campaign's calendar.

Every draw comes from a generator named by what it is for, so that adding one thing does not move another. Never `hash()`: it differs from
one process to the next.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")

FIRST_DAY = dt.date(2025, 7, 15)
LAST_DAY = dt.date(2025, 10, 25)
DAYS = (LAST_DAY - FIRST_DAY).days  # the number of the last day; the first is 0
HOLIDAYS = frozenset({(dt.date(2025, 9, 1) - FIRST_DAY).days, (dt.date(2025, 9, 2) - FIRST_DAY).days})  # Quốc khánh

# How likely each day of the week is, Monday first: people are met on evenings and weekends, classes of offices on working days.
MEETINGS = (1.0, 1.0, 1.0, 1.1, 1.4, 2.8, 2.4)
OFFICE = (1.0, 1.1, 1.1, 1.1, 0.9, 0.0, 0.0)


def dice(*name: object) -> Random:
    return Random(":".join(map(str, name)))


def date_of(day: int) -> dt.date:
    return FIRST_DAY + dt.timedelta(days=day)


def weekday(day: int) -> int:
    """0 = Monday. The campaign starts on a Tuesday."""
    return (day + FIRST_DAY.weekday()) % 7


def pick(die: Random, weights: Sequence[float]) -> int:
    """An index, likelier where the weight is bigger."""
    point = die.random() * sum(weights)
    for index, weight in enumerate(weights):
        point -= weight
        if point < 0:
            return index
    return len(weights) - 1


def choose(die: Random, items: Sequence[T]) -> T:
    return items[int(die.random() * len(items))]


def whole(die: Random, low: int, high: int) -> int:
    """A whole number from `low` to `high`, both included."""
    return low + int(die.random() * (high - low + 1))


def settle(die: Random, day: int, week: Sequence[float]) -> int:
    """The day itself or one of the six after it, by the weight of the weekday; working weeks leave holidays out."""
    offset = pick(die, [0.0 if week is OFFICE and day + i in HOLIDAYS else week[weekday(day + i)] for i in range(7)])
    return day + offset


def campaign_day(die: Random, *, middle: float, scale: float = 18.0) -> int:
    """A day of the campaign on an S-curve (logistic around `middle`), cut at both ends."""
    low, high = _logistic(-middle / scale), _logistic((DAYS + 1 - middle) / scale)
    share = low + die.random() * (high - low)
    return max(0, int(middle + scale * math.log(share / (1 - share))))


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def along(points: Sequence[tuple[float, float]], x: float) -> float:
    """The value at `x` on the broken line through the points."""
    for (x0, y0), (x1, y1) in zip(points, points[1:], strict=False):
        if x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return points[-1][1]


def ranks(names: Sequence[str], *seed: object) -> dict[str, float]:
    """Each name's place in a random order, between 0 and 1. Evenly spread, so that a province's mean hardly depends on the seed."""
    order = sorted(names, key=lambda name: (dice(*seed, name).random(), name))
    return {name: (place + 0.5) / len(order) for place, name in enumerate(order)}


def apportion(total: int, weights: Sequence[float], *, least: int = 0) -> list[int]:
    """Whole shares of `total` by weight (largest remainder), none below `least`; they add up to `total`."""
    free = total - least * len(weights)
    exact = [free * weight / sum(weights) for weight in weights]
    shares = [int(part) for part in exact]
    by_remainder = sorted(range(len(weights)), key=lambda i: (shares[i] - exact[i], i))
    for index in by_remainder[: free - sum(shares)]:
        shares[index] += 1
    return [share + least for share in shares]


def binomial(die: Random, tries: int, share: float) -> int:
    """How many of `tries` come true. Exact for few, by the normal law for many."""
    if tries <= 0 or share <= 0:
        return 0
    if share >= 1:
        return tries
    variance = tries * share * (1 - share)
    if variance < 16:
        return sum(die.random() < share for _ in range(tries)) if tries < 400 else poisson(die, tries * share)
    return min(tries, max(0, round(die.gauss(tries * share, math.sqrt(variance)))))


def poisson(die: Random, mean: float) -> int:
    if mean >= 30:
        return max(0, round(die.gauss(mean, math.sqrt(mean))))
    point, count, limit = 1.0, -1, math.exp(-mean)
    while point >= limit:
        point *= die.random()
        count += 1
    return count
