"""Statistics that a few bad rows do not move: median and MAD among peers, and how likely chance would do the same."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

MAD_TO_SIGMA = 1.4826  # for normally spread values (Rousseeuw and Croux 1993)


def median(values: Sequence[float]) -> float:
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def spread(values: Sequence[float], *, centre: float | None = None) -> float:
    """Standard deviation as the median absolute deviation tells it."""
    around = median(values) if centre is None else centre
    return MAD_TO_SIGMA * median([abs(value - around) for value in values])


class Peers:
    """What is usual among peers; `z` tells how far outside it a value lies. Too few peers: nothing is unusual."""

    def __init__(
        self, values: Iterable[float], *, least: int = 8, floor: float = 1e-9, ceiling: float = math.inf
    ) -> None:
        kept = list(values)
        self.count = len(kept)
        self.known = self.count >= least
        self.usual = median(kept) if kept else 0.0
        # Half of the peers may agree exactly; without a floor everybody else would be infinitely far away.
        self.sigma = min(max(spread(kept, centre=self.usual), floor), ceiling) if kept else floor

    def z(self, value: float) -> float:
        return (value - self.usual) / self.sigma if self.known else 0.0


def binomial_tail(hits: int, tries: int, chance: float) -> float:
    """P(at least so many hits)."""
    if hits <= 0:
        return 1.0
    if chance <= 0:
        return 0.0
    if chance >= 1:
        return 1.0
    logs = [
        math.lgamma(tries + 1) - math.lgamma(k + 1) - math.lgamma(tries - k + 1)
        + k * math.log(chance) + (tries - k) * math.log1p(-chance)
        for k in range(hits, min(tries, hits + 400) + 1)
    ]  # fmt: skip
    return min(1.0, sum(math.exp(log) for log in logs))


def poisson_tail(hits: int, expected: float) -> float:
    """P(at least so many) where `expected` come on average."""
    if hits <= 0:
        return 1.0
    if expected <= 0:
        return 0.0
    logs = [k * math.log(expected) - expected - math.lgamma(k + 1) for k in range(hits, hits + 400)]
    return min(1.0, sum(math.exp(log) for log in logs))
