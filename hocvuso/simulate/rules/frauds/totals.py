"""Bad totals: what places state of themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from random import Random

from hocvuso.measure.flags.material import (
    Day,
    Stated,
)
from hocvuso.simulate.rules.chance import choose, whole
from hocvuso.simulate.rules.frauds.draft import WEEK, Draft


def equals_target(draft: Draft, die: Random) -> bool:
    """The last reports say the target to the person; sometimes of one line, sometimes of two."""

    def missing(place: str) -> dict[str, int]:
        found = {}
        for goal in draft.material.goals:
            rows, base = draft.declared(place, goal.metric), draft.material.base(place, goal.metric)
            if goal.metric != "adult_skill" and base and len(rows) >= 6 and place.startswith(goal.place):
                needed = -int(-round(base * goal.value / 100, 6) // 1)
                if rows[-4].count < needed:
                    found[goal.metric] = needed
        return found

    place = draft.take(lambda place: len(missing(place)) == 2)
    if place is None:
        return False
    lines = missing(place)
    chosen = list(lines) if die.random() < 0.5 else [choose(die, list(lines))]
    last = whole(die, 3, 4)
    for metric in chosen:
        rows = draft.declared(place, metric)
        # The road there is made to look even, so that only the number itself tells.
        start, steps = rows[0], len(rows) - last
        new = [
            replace(row, count=max(min(row.count, lines[metric] - 1), start.count + (lines[metric] - start.count) * at // steps - at % 7))
            if at < steps else replace(row, count=lines[metric])
            for at, row in enumerate(rows)
        ]  # fmt: skip
        draft.restate(rows, _rising(new))
    rows = draft.declared(place, chosen[0])
    draft.answer("equals_target", place, rows[-last].on, rows[-1].on, metric=chosen[0])
    return True


def turns_as_people(draft: Draft, die: Random) -> bool:
    """Visits are added up and sent as people reached."""

    def visits(place: str, until: dt.date) -> int:
        return sum(t.turns for t in draft.tables["turns"] if t.place == place and t.what == "visits" and t.day <= until)

    def fits(place: str) -> bool:
        base = draft.material.base(place, "adult_reached") or 0
        people, rows = draft.people(place, "adult_reached"), draft.declared(place, "adult_reached")
        return len(rows) >= 5 and 1.4 * people <= visits(place, rows[-1].on) <= 0.97 * base

    place = draft.take(fits)
    if place is None:
        return False
    rows = draft.declared(place, "adult_reached")
    first = whole(die, 0, len(rows) // 3)
    draft.restate(rows[first:], [replace(row, count=visits(place, row.on)) for row in rows[first:]])
    draft.answer("turns_as_people", place, rows[first].on, rows[-1].on, metric="adult_reached")
    return True


def last_day_jump(draft: Draft, die: Random) -> bool:
    """A tenth to a third of the people in the last report, or in the evidence of the last day."""
    on = draft.material.on
    metric = choose(die, ("adult_reached", "adult_confirmed"))

    def room(place: str) -> float:
        base, rows = draft.material.base(place, metric) or 0, draft.declared(place, metric)
        if not base or len(rows) < 6 or on - rows[-1].on > WEEK:
            return 0.0
        return 0.95 - max(rows[-1].count, draft.people(place, metric)) / base

    place = draft.take(lambda place: room(place) > 0.25)
    if place is None:
        return False
    base = draft.material.base(place, metric) or 0
    jump = round(base * die.uniform(0.09, min(0.33, room(place))))
    if die.random() < 0.5 or draft.only_stated:
        rows = draft.declared(place, metric)
        draft.restate(rows[-1:], [replace(rows[-1], count=rows[-1].count + jump)])
    else:
        draft.tables["days"].append(Day(metric, place, on, jump))
        for low in ("adult_guided", "adult_reached") if metric == "adult_reached" else ():
            if low != metric:
                draft.tables["days"].append(Day(low, place, on, jump))
    draft.answer("last_day_jump", place, on, on, metric=metric)
    return True


def falls(draft: Draft, die: Random) -> bool:
    """From one report on everything is smaller by a twentieth to a third."""
    metric = choose(die, ("adult_reached", "adult_skill", "adult_confirmed"))
    place = draft.take(
        lambda place: len(draft.declared(place, metric)) >= 7 and draft.declared(place, metric)[4].count > 300
    )
    if place is None:
        return False
    rows = draft.declared(place, metric)
    at = whole(die, 5, len(rows) - 1)
    left = min(1.0, die.uniform(0.6, 0.97) * rows[at - 1].count / max(1, rows[at].count))
    for line in (
        ("adult_reached", "adult_skill") if metric == "adult_reached" else (metric,)
    ):  # the rungs keep their order
        later = [row for row in draft.declared(place, line) if row.on >= rows[at].on]
        draft.restate(later, [replace(row, count=round(row.count * left)) for row in later])
    draft.answer("falls", place, rows[at - 1].on, rows[at].on, metric=metric)
    return True


def round_figures(draft: Draft, die: Random) -> bool:
    to = choose(die, (10, 50, 100))

    def told(place: str) -> list[Stated]:
        return [
            r
            for r in draft.tables["stated"]
            if r.place == place and r.grade == "declared" and r.count >= max(300, 3 * to)
        ]

    place = draft.take(lambda place: len(told(place)) >= 15)
    if place is None:
        return False
    rows = told(place)
    rows = [row for row in rows if die.random() < 0.9]
    draft.restate(rows, [replace(row, count=round(row.count / to) * to) for row in rows])
    draft.answer("round_figures", place, min(r.on for r in rows), max(r.on for r in rows))
    return True


def equal_figures(draft: Draft, die: Random) -> bool:
    """One commune sends the table of another."""
    metrics = ("adult_reached", "adult_skill")

    def size(place: str) -> int:
        return draft.material.base(place, "adult_reached") or 0

    model = draft.take(lambda place: len([r for r in draft.declared(place, "adult_reached") if r.count >= 150]) >= 6)
    if model is None:
        return False
    copy = draft.take(
        lambda place: (
            size(place) >= size(model)
            and len(
                {r.on for r in draft.declared(place, metrics[0])} & {r.on for r in draft.declared(model, metrics[0])}
            )
            >= 5
        )
    )
    if copy is None:
        return False
    since = sorted({row.on for row in draft.declared(model, metrics[0])})[whole(die, 0, 1)]
    for metric in metrics:
        said = {row.on: row.count for row in draft.declared(model, metric) if row.on >= since}
        own = draft.declared(copy, metric)
        dropped = {row.on for row in own if row.on >= since and row.on not in said}  # only the copied table is sent
        draft.tables["stated"] = [
            row for row in draft.tables["stated"] if (row.place, row.metric) != (copy, metric) or row.on not in dropped
        ]
        kept = [row for row in own if row.on not in dropped]
        least = min(said.values())
        draft.restate(kept, [replace(row, count=said.get(row.on, min(row.count, least))) for row in kept])
    first, second = sorted((model, copy))
    draft.answer("equal_figures", first, since, draft.material.on, others=(second,))
    return True


def more_than_people(draft: Draft, die: Random) -> bool:
    """A report with more people than live there, reached step by step; or a village with more evidence than people."""
    if die.random() < 0.5 and not draft.only_stated:
        place = draft.take()
        villages = [
            t for t in draft.tables["totals"] if place and t.metric == "adult_reached" and t.place.startswith(place)
        ]
        if not villages:
            return False
        old = choose(die, villages)
        new = replace(old, count=round((draft.material.base(old.place, old.metric) or 0) * die.uniform(1.04, 1.4)) + 4)
        draft.tables["totals"] = [new if row is old else row for row in draft.tables["totals"]]
        draft.answer("more_than_people", old.place, draft.material.on, draft.material.on, metric=old.metric)
        return True
    place = draft.take(lambda place: len(draft.declared(place, "adult_reached")) >= 7)
    if place is None:
        return False
    rows = draft.declared(place, "adult_reached")
    top = round((draft.material.base(place, "adult_reached") or 0) * die.uniform(1.03, 1.4))
    new = [replace(row, count=max(row.count, round(top * (at + 1) / len(rows)))) for at, row in enumerate(rows)]
    draft.restate(rows, new)
    draft.answer("more_than_people", place, rows[-1].on, rows[-1].on, metric="adult_reached")
    return True


def ladder_upside_down(draft: Draft, die: Random) -> bool:
    """More people with the skill than were ever reached, in the same reports."""

    def fits(place: str) -> bool:
        rows, base = draft.declared(place, "adult_reached"), draft.material.base(place, "adult_reached") or 0
        return (
            len(rows) >= 6
            and 300 < rows[-1].count < 0.7 * base
            and len(draft.declared(place, "adult_skill")) == len(rows)
        )

    place = draft.take(fits)
    if place is None:
        return False
    reached = {row.on: row.count for row in draft.declared(place, "adult_reached")}
    rows, factor = draft.declared(place, "adult_skill"), die.uniform(1.02, 1.35)
    first = whole(die, 1, len(rows) - 3)
    # The road there rises evenly, so that only the order of the rungs is wrong.
    new = [
        replace(row, count=round(reached[row.on] * (factor if at >= first else factor * (at + 1) / (first + 2))))
        for at, row in enumerate(rows)
    ]
    draft.restate(rows, _rising(new))
    draft.answer("ladder_upside_down", place, rows[first].on, rows[-1].on, metric="adult_skill")
    return True


def _rising(rows: Sequence[Stated]) -> list[Stated]:
    """No total smaller than the one before."""
    top, risen = 0, []
    for row in rows:
        top = max(top, row.count)
        risen.append(replace(row, count=top))
    return risen
