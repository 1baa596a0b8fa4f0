"""Bad data on purpose: each kind that flags look for, planted into honest tables, with the answers beside it.

Every kind draws from its own dice and takes places of its own, so that what one plants does not hide another. What the sums of the plan
would give away by accident (a planted total above the number of people, say) is left to the kind that is about it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from random import Random

from hocvuso.measure.flags.material import TABLES, Material
from hocvuso.simulate.rules.chance import dice
from hocvuso.simulate.rules.frauds import bases, totals, works
from hocvuso.simulate.rules.frauds.draft import Draft, Planted

Planter = Callable[[Draft, Random], bool]

PLANTERS: dict[str, Planter] = {
    "equals_target": totals.equals_target,
    "turns_as_people": totals.turns_as_people,
    "last_day_jump": totals.last_day_jump,
    "falls": totals.falls,
    "round_figures": totals.round_figures,
    "equal_figures": totals.equal_figures,
    "many_by_one_hand": works.many_by_one_hand,
    "test_too_fast": works.test_too_fast,
    "course_too_fast": works.course_too_fast,
    "crowded_class": works.crowded_class,
    "base_undated": bases.base_undated,
    "base_changed": bases.base_changed,
    "more_than_people": totals.more_than_people,
    "ladder_upside_down": totals.ladder_upside_down,
    "two_places": bases.two_places,
}


def planted_at(answers: Sequence[Planted]) -> Iterator[tuple[str, str]]:
    """(kind, place) of every answer, and of the places that belong to it."""
    for one in answers:
        yield one.kind, one.place
        yield from ((one.kind, other) for other in one.others)


def plant_frauds(
    material: Material, *, seed: int, each: int = 3, kinds: Sequence[str] | None = None, only_stated: bool = False
) -> tuple[Material, list[Planted]]:
    """`each` of every kind, where a place for it is found. The same material and seed plant the same."""
    order = dice(seed, "fraud-places")
    free = sorted(spot.path for spot in material.spots if spot.peers == "commune")
    order.shuffle(free)
    draft = Draft(material, {name: list(getattr(material, name)) for name in TABLES}, free, only_stated)
    wanted = list(kinds or PLANTERS)
    for number in range(each):
        for kind in wanted:
            PLANTERS[kind](draft, dice(seed, "fraud", kind, number))
    rows = {name: tuple(draft.tables[name]) for name in TABLES}
    return Material(material.on, material.bases, **rows), draft.answers


__all__ = ["PLANTERS", "Planted", "plant_frauds", "planted_at"]
