"""Bad data on purpose: each kind that flags look for, planted into honest tables, with the answers beside it.

Every kind draws from its own dice and takes places of its own, so that what one plants does not hide another. What the sums of the plan
would give away by accident (a planted total above the number of people, say) is left to the kind that is about it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from random import Random
from typing import Any

from hocvuso.lib.clock import HANOI
from hocvuso.measure.flags.material import (
    TABLES,
    Day,
    Hand,
    Headcount,
    Material,
    Shared,
    Sitting,
    Stated,
    Study,
)
from hocvuso.measure.flags.rules import weeks_of
from hocvuso.simulate.rules.chance import choose, dice, whole

WEEK = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Planted:
    """The answer to one piece of bad data: what it is and where. `others` are places that belong to it as well."""

    kind: str
    place: str
    metric: str = ""
    subject: str = ""
    weeks: tuple[dt.date, dt.date] | None = None
    others: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        told = asdict(self)
        told["weeks"] = [day.isoformat() for day in self.weeks] if self.weeks else []
        return told


@dataclass(slots=True)
class Draft:
    """Tables while something is planted in them. `free` are the communes nothing was planted in yet."""

    material: Material
    tables: dict[str, list[Any]]
    free: list[str]
    answers: list[Planted] = field(default_factory=list)

    def declared(self, place: str, metric: str) -> list[Stated]:
        """As it stands now, oldest first."""
        rows = [r for r in self.tables["stated"] if r.place == place and r.metric == metric and r.grade == "declared"]
        return sorted(rows, key=lambda row: row.on)

    def restate(self, old: Sequence[Stated], new: Sequence[Stated]) -> None:
        changed = dict(zip(old, new, strict=True))
        self.tables["stated"] = [changed.get(row, row) for row in self.tables["stated"]]

    def take(self, fits: Callable[[str], bool] = lambda place: True) -> str | None:
        """The next free commune that fits; it is free no longer."""
        for place in self.free:
            if fits(place):
                self.free.remove(place)
                return place
        return None

    def people(self, place: str, metric: str) -> int:
        points = self.material.proven.get((place, metric), [])
        return points[-1][1] if points else 0

    def answer(self, kind: str, place: str, first: dt.date, last: dt.date, **more: Any) -> None:
        self.answers.append(Planted(kind, place, weeks=weeks_of(first, last), **more))


Planter = Callable[[Draft, Random], bool]


def plant_frauds(
    material: Material, *, seed: int, each: int = 3, kinds: Sequence[str] | None = None
) -> tuple[Material, list[Planted]]:
    """`each` of every kind, where a place for it is found. The same material and seed plant the same."""
    order = dice(seed, "fraud-places")
    free = sorted(spot.path for spot in material.spots if spot.peers == "commune")
    order.shuffle(free)
    draft = Draft(material, {name: list(getattr(material, name)) for name in TABLES}, free)
    wanted = list(kinds or PLANTERS)
    for number in range(each):
        for kind in wanted:
            PLANTERS[kind](draft, dice(seed, "fraud", kind, number))
    rows = {name: tuple(draft.tables[name]) for name in TABLES}
    return Material(material.on, material.bases, **rows), draft.answers


# --- totals that others state -------------------------------------------------------------------------------------------------------


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
    if die.random() < 0.5:
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
    if die.random() < 0.5:
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


# --- devices, tests, courses, classes -----------------------------------------------------------------------------------------------


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


# --- headcounts and persons ---------------------------------------------------------------------------------------------------------


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


PLANTERS: dict[str, Planter] = {
    "equals_target": equals_target,
    "turns_as_people": turns_as_people,
    "last_day_jump": last_day_jump,
    "falls": falls,
    "round_figures": round_figures,
    "equal_figures": equal_figures,
    "many_by_one_hand": many_by_one_hand,
    "test_too_fast": test_too_fast,
    "course_too_fast": course_too_fast,
    "crowded_class": crowded_class,
    "base_undated": base_undated,
    "base_changed": base_changed,
    "more_than_people": more_than_people,
    "ladder_upside_down": ladder_upside_down,
    "two_places": two_places,
}


def planted_at(answers: Sequence[Planted]) -> Iterator[tuple[str, str]]:
    """(kind, place) of every answer, and of the places that belong to it."""
    for one in answers:
        yield one.kind, one.place
        yield from ((one.kind, other) for other in one.others)
