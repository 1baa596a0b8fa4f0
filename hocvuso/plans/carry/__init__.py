"""How a plan carries the plan above it: which of its promises and tasks it takes up, and whether as they stand, weaker or stronger.

Pure. Horizons, verbs and levels are never merged: a target of "100 ngày" is not compared with one of the year, reaching people not with
teaching them. What cannot be compared is said to be so; nothing is guessed into a number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hocvuso.plans.carry.model import (
    CarriedTarget,
    CarriedTask,
    Comparison,
    Difference,
    Kinship,
    Meaning,
    Point,
    Promise,
    Relation,
    Work,
)
from hocvuso.plans.carry.targets import carry_target, stronger
from hocvuso.plans.carry.tasks import carry_tasks, falls_to
from hocvuso.plans.carry.wording import likeness

__all__ = [
    "CarriedTarget", "CarriedTask", "Comparison", "Difference", "Kinship", "Meaning", "Point", "Promise", "Relation", "Work", "compare",
    "likeness", "stronger",
]  # fmt: skip


def compare(
    asked: tuple[Sequence[Promise], Sequence[Work]],
    given: tuple[Sequence[Promise], Sequence[Work]],
    *,
    kinship: Kinship,
    meanings: Mapping[str, Meaning],
) -> Comparison:
    """The parent's promises and tasks (`asked`) one by one, against the child's (`given`)."""
    promises, works = given
    targets = tuple(carry_target(one, promises, kinship, meanings) for one in asked[0])
    mine = [one for one in asked[1] if falls_to(one, kinship)]
    tasks = carry_tasks(mine, works)
    taken = {one.given.key for one in targets if one.given}
    taken_up = {one.given.key for one in tasks if one.given}
    return Comparison(
        targets,
        tasks,
        tuple(one for one in promises if one.key not in taken),
        tuple(one for one in works if one.key not in taken_up),
        len(asked[1]) - len(mine),
    )
