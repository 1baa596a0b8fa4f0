"""Bad devices, tests, courses and classes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from random import Random

from hocvuso.lib.clock import HANOI
from hocvuso.measure.flags.material import (
    Hand,
    Sitting,
    Study,
)
from hocvuso.simulate.rules.chance import choose, whole
from hocvuso.simulate.rules.frauds.draft import WEEK, Draft


def many_by_one_hand(draft: Draft, die: Random) -> bool:
    place = draft.take()
    if place is None:
        return False
    code = draft.material.spot[place].code
    day = draft.material.on - dt.timedelta(days=whole(die, 1, 60))
    at = dt.datetime.combine(day, dt.time(whole(die, 8, 22), whole(die, 0, 59)), HANOI)
    most = whole(die, 12, 60)
    hand = f"{code}-may-{whole(die, 50, 99)}"
    draft.tables["hands"].append(Hand(place, hand, "assessment_passed", most * whole(die, 2, 9), most, at))
    draft.answer("many_by_one_hand", place, day, day, subject=hand)
    return True


def test_too_fast(draft: Draft, die: Random) -> bool:
    place = draft.take(lambda place: sum(s.place == place for s in draft.tables["sittings"]) >= 20)
    if place is None:
        return False
    share = die.uniform(0.1, 0.6)

    def hurried(row: Sitting) -> Sitting:
        if row.place == place and die.random() < share:
            return replace(row, seconds=row.answers * die.uniform(0.4, 2.2))
        return row

    draft.tables["sittings"] = [hurried(row) for row in draft.tables["sittings"]]
    draft.answer("test_too_fast", place, draft.material.on - 8 * WEEK, draft.material.on)
    return True


def course_too_fast(draft: Draft, die: Random) -> bool:
    place = draft.take(lambda place: sum(s.place == place for s in draft.tables["studies"]) >= 20)
    if place is None:
        return False
    share = die.uniform(0.15, 0.7)

    def hurried(row: Study) -> Study:
        if row.place == place and die.random() < share:
            return replace(row, minutes=row.lasts * die.uniform(0.02, 0.3))
        return row

    draft.tables["studies"] = [hurried(row) for row in draft.tables["studies"]]
    draft.answer("course_too_fast", place, draft.material.on - 8 * WEEK, draft.material.on)
    return True


def crowded_class(draft: Draft, die: Random) -> bool:
    """A list of some hundred people for a room of fifty, or of two hundred where nobody told the seats."""
    place = draft.take(lambda place: sum(s.place.startswith(place) for s in draft.tables["sessions"]) >= 6)
    if place is None:
        return False
    here = [row for row in draft.tables["sessions"] if row.place.startswith(place)]
    counts: dict[str, int] = {}
    for row in here:
        counts[row.place] = counts.get(row.place, 0) + 1
    chosen = choose(die, [row for row in here if counts[row.place] >= 4] or here)
    many = round(chosen.seats * die.uniform(1.6, 4)) if chosen.seats else whole(die, 130, 400)
    draft.tables["sessions"] = [
        replace(row, attendance=many) if row is chosen else row for row in draft.tables["sessions"]
    ]
    draft.answer("crowded_class", chosen.place, chosen.on, chosen.on)
    return True
