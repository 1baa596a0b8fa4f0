"""Bad headcounts, and persons recorded twice."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from random import Random

from hocvuso.measure.flags.material import (
    Headcount,
    Shared,
)
from hocvuso.simulate.rules.chance import choose, whole
from hocvuso.simulate.rules.frauds.draft import WEEK, Draft


def base_undated(draft: Draft, die: Random) -> bool:
    """A village's headcount without a day, without a source, or of years ago."""
    place = draft.take()
    mine = _newest(draft, place, "adults") if place else []
    if not mine:
        return False
    old = choose(die, mine)
    new = choose(die, (replace(old, on=None), replace(old, source=""), replace(old, on=dt.date(2023, 4, 1))))
    draft.tables["headcounts"] = [
        row for row in draft.tables["headcounts"] if (row.place, row.group) != (old.place, old.group)
    ] + [new]
    draft.answer("base_undated", old.place, draft.material.on, draft.material.on, subject="adults")
    return True


def base_changed(draft: Draft, die: Random) -> bool:
    """A new headcount smaller by an eighth to a third, so that the share rises by itself."""
    place = draft.take()
    reached = {t.place: t.count for t in draft.tables["totals"] if t.metric == "adult_reached"}
    mine = [
        row for row in (_newest(draft, place, "adults") if place else []) if reached.get(row.place, 0) < 0.6 * row.count
    ]
    if not mine:
        return False
    old = choose(die, mine)
    day = draft.material.on - dt.timedelta(days=whole(die, 3, 40))
    left = die.uniform(0.66, 0.91)
    dated = [
        row
        for row in draft.tables["headcounts"]
        if (row.place, row.group) == (old.place, old.group) and row.on and row.on >= day
    ]
    draft.tables["headcounts"] = [row for row in draft.tables["headcounts"] if row not in dated]
    draft.tables["headcounts"].append(Headcount(old.place, old.group, day, max(1, round(old.count * left)), old.source))
    draft.answer("base_changed", old.place, day, day, subject="adults")
    return True


def _newest(draft: Draft, place: str, group: str) -> list[Headcount]:
    """The newest headcount of each village of a commune."""
    found: dict[str, Headcount] = {}
    for row in draft.tables["headcounts"]:
        if row.place.startswith(place) and row.place != place and row.group == group and row.count >= 20 and row.on:
            known = found.get(row.place)
            if known is None or known.on is None or row.on > known.on:
                found[row.place] = row
    return [found[path] for path in sorted(found)]


def two_places(draft: Draft, die: Random) -> bool:
    """A commune records people of its neighbour as its own."""
    pair: list[str] = []
    for _ in range(2):
        place = draft.take()
        if place is None:
            return False
        pair.append(place)
    first, second = sorted(pair)
    people = min(draft.material.base(place, "adult_reached") or 0 for place in pair)
    if people < 60:
        return False
    common = max(25, round(people * die.uniform(0.008, 0.06)))
    day = draft.material.on - dt.timedelta(days=whole(die, 5, 40))
    kept = [row for row in draft.tables["shared"] if (row.place, row.other) != (first, second)]
    draft.tables["shared"] = [*kept, Shared(first, second, common, people, day - 3 * WEEK, day)]
    draft.answer("two_places", first, day - 3 * WEEK, day, others=(second,))
    return True
