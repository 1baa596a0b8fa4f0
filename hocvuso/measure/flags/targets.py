"""The figure is the target, to the person."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from hocvuso.measure.flags.material import Goal, Material, Stated
from hocvuso.measure.flags.robust import median
from hocvuso.measure.flags.rules import Flag, FlagKinds, severity_of, weeks_of

KIND = "equals_target"


@dataclass(frozen=True, slots=True)
class _Line:
    goal: Goal
    needed: int
    said: Stated
    chance: float


def equals_target(material: Material, kinds: FlagKinds) -> Iterator[Flag]:
    """Statements that are exactly what the target asks for, where chance would hardly have it so.

    A count that moves by a thousand a week lands on one given number once in a thousand; a small one may well meet its goal by chance, and
    that is no flag. What counts is the whole place: all its lines together.
    """
    lines: dict[str, list[_Line]] = {}
    tested, still = 0, _standstill(material)
    for (place, metric, grade, _source), rows in material.series.items():
        if grade != "declared":
            continue
        for needed, goal in _needed(material, place, metric).items():
            if needed < kinds.limit(KIND, "least"):
                continue
            tested += 1
            hit = next((row for row in rows if row.count == needed), None)
            if hit is not None:
                lines.setdefault(place, []).append(_Line(goal, needed, hit, _chance(rows, needed, still)))
    allowed = kinds.limit(KIND, "false_flags")
    for place, hits in lines.items():
        chance = math.prod(line.chance for line in hits)
        if chance * max(1, tested) > allowed:
            continue
        first = min(hits, key=lambda line: line.said.on)
        last = max(hits, key=lambda line: line.said.on)
        yield Flag(
            KIND, place, metric=first.said.metric, weeks=weeks_of(first.said.on, last.said.on),
            evidence={
                "count": first.said.count, "goal": first.needed, "value": first.goal.value, "unit": " %" if first.goal.is_share else "",
                "lines": len(hits), "on": f"{first.said.on:%d/%m/%Y}", "document": first.said.document or "…",
            },
            severity=severity_of(first.said.count, material.base(place, first.said.metric)),
        )  # fmt: skip


def _needed(material: Material, place: str, metric: str) -> dict[int, Goal]:
    """How many people each goal of the metric asks of this place. Two goals that ask for the same number are one."""
    found: dict[int, Goal] = {}
    base = material.base(place, metric)
    for goal in material.goals:
        if goal.metric != metric or not place.startswith(goal.place):
            continue
        if goal.is_share:
            if base and goal.value < 100:  # everybody is a natural end: a cap, not a coincidence
                found.setdefault(math.ceil(round(base * goal.value / 100, 6)), goal)
        elif place == goal.place:
            found.setdefault(math.ceil(goal.value), goal)
    return found


def _chance(rows: list[Stated], needed: int, still: float) -> float:
    """How likely the series would touch one given number (one in as many as it usually moves by), and then stand still on it."""
    steps = [later.count - earlier.count for earlier, later in zip(rows, rows[1:], strict=False)]
    moved = [step for step in steps if step > 0] or [rows[-1].count or 1]
    stays = max(0, sum(row.count == needed for row in rows) - 1)
    return min(1.0, still**stays / median(moved))


def _standstill(material: Material) -> float:
    """How often a declared total stands still from one report to the next, here and now; never taken as less than one in ten."""
    steps = [
        later.count == earlier.count
        for (_place, _metric, grade, _source), rows in material.series.items()
        if grade == "declared"
        for earlier, later in zip(rows, rows[1:], strict=False)
        if earlier.count
    ]
    return max(0.1, sum(steps) / len(steps)) if steps else 1.0
