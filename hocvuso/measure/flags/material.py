"""What flags are looked for in: small tables, gathered from a snapshot or made up. Places are paths, as in the cells.

Each table may be empty: a family of flags that has nothing to look at finds nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Spot:
    """A place. `peers` names those it is compared with: "commune", "village", "agency" …"""

    path: str
    code: str
    peers: str


@dataclass(frozen=True, slots=True)
class Headcount:
    """`on` is None where nobody said of which day the count is."""

    place: str
    group: str
    on: dt.date | None
    count: int
    source: str


@dataclass(frozen=True, slots=True)
class Goal:
    """A plan's target for every place in `place`: percent of the base, or a count for `place` alone."""

    place: str
    metric: str
    value: float
    is_share: bool
    last_day: dt.date | None


@dataclass(frozen=True, slots=True)
class Stated:
    """A total so far, as of a day, as somebody states it."""

    metric: str
    place: str
    on: dt.date
    count: int
    grade: str
    source: str
    document: str


@dataclass(frozen=True, slots=True)
class Day:
    """What one day added at a commune or an organisation, proven."""

    metric: str
    place: str
    day: dt.date
    added: int


@dataclass(frozen=True, slots=True)
class Total:
    """What is proven at a village so far."""

    metric: str
    place: str
    count: int


@dataclass(frozen=True, slots=True)
class Turns:
    """How often something was done in a commune on a day: somebody who comes five times is five turns (lượt), and one person."""

    place: str
    what: str  # guidance | attendance | visits
    day: dt.date
    turns: int


@dataclass(frozen=True, slots=True)
class Hand:
    """A device or an account, and the most results of one kind it recorded within a minute."""

    place: str
    hand: str
    kind: str
    rows: int
    most: int
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Session:
    """A class that was held. `seats` is 0 where nobody said how many the room has."""

    place: str
    on: dt.date
    attendance: int
    seats: int


@dataclass(frozen=True, slots=True)
class Sitting:
    """A test that was passed: how long it took from the first question to the last."""

    place: str
    subject: str
    on: dt.date
    seconds: float
    answers: int


@dataclass(frozen=True, slots=True)
class Study:
    """A course that was finished: the minutes spent, and the minutes its films and texts last."""

    place: str
    subject: str
    on: dt.date
    minutes: float
    lasts: float


@dataclass(frozen=True, slots=True)
class Shared:
    """People recorded in two communes by turns: in one, in the other, and in the first again (or on one day in both)."""

    place: str
    other: str
    common: int
    persons: int  # recorded in the smaller of the two
    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class Material:
    """`on`: as of which day. `bases`: the population groups of each metric that is a share of people."""

    on: dt.date
    bases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    spots: tuple[Spot, ...] = ()
    headcounts: tuple[Headcount, ...] = ()
    goals: tuple[Goal, ...] = ()
    stated: tuple[Stated, ...] = ()
    days: tuple[Day, ...] = ()
    totals: tuple[Total, ...] = ()
    turns: tuple[Turns, ...] = ()
    hands: tuple[Hand, ...] = ()
    sessions: tuple[Session, ...] = ()
    sittings: tuple[Sitting, ...] = ()
    studies: tuple[Study, ...] = ()
    shared: tuple[Shared, ...] = ()

    @cached_property
    def spot(self) -> dict[str, Spot]:
        return {spot.path: spot for spot in self.spots}

    def peers(self, place: str) -> str:
        found = self.spot.get(place)
        return found.peers if found else ""

    @cached_property
    def headcount(self) -> dict[tuple[str, str], list[Headcount]]:
        """Oldest first; those without a day come before all others."""
        found: dict[tuple[str, str], list[Headcount]] = {}
        for row in self.headcounts:
            found.setdefault((row.place, row.group), []).append(row)
        for rows in found.values():
            rows.sort(key=lambda row: (row.on or dt.date.min, row.source))
        return found

    @cached_property
    def _inside(self) -> dict[tuple[str, str], int]:
        """Newest headcounts of villages added up by commune."""
        found: dict[tuple[str, str], int] = {}
        for (place, group), rows in self.headcount.items():
            if self.peers(place) == "village":
                above = place[: place.rstrip("/").rfind("/") + 1]
                found[above, group] = found.get((above, group), 0) + rows[-1].count
        return found

    def base(self, place: str, metric: str) -> int | None:
        """How many people the metric could count at the place; None where nobody has said."""
        total = 0
        for group in self.bases.get(metric, ()):
            own = self.headcount.get((place, group))
            count = own[-1].count if own else self._inside.get((place, group))
            if count is None:
                return None
            total += count
        return total or None

    @cached_property
    def series(self) -> dict[tuple[str, str, str, str], list[Stated]]:
        """Statements by place, metric, grade and source, one a day (the last word of it), oldest first."""
        days: dict[tuple[str, str, str, str], dict[dt.date, Stated]] = {}
        for row in self.stated:
            if row.on <= self.on:
                days.setdefault((row.place, row.metric, row.grade, row.source), {})[row.on] = row
        return {key: [rows[day] for day in sorted(rows)] for key, rows in days.items()}

    @cached_property
    def proven(self) -> dict[tuple[str, str], list[tuple[dt.date, int]]]:
        """Proven counts so far by place and metric, day by day, only days on which something came."""
        found: dict[tuple[str, str], list[tuple[dt.date, int]]] = {}
        for row in sorted(self.days, key=lambda row: row.day):
            if row.day <= self.on:
                points = found.setdefault((row.place, row.metric), [])
                points.append((row.day, (points[-1][1] if points else 0) + row.added))
        return found


TABLES = tuple(f.name for f in fields(Material) if f.name not in ("on", "bases"))
