"""What is compared, and what comes out of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Relation(StrEnum):
    CARRIED = "carried"
    STRONGER = "stronger"
    WEAKER = "weaker"
    MIXED = "mixed"  # stronger in one point, weaker in another
    NOT_COMPARABLE = "not_comparable"
    MISSING = "missing"


class Point(StrEnum):
    VALUE = "value"
    DEADLINE = "deadline"
    GROUP = "group"
    LEVEL = "level"
    VERBS = "verbs"
    FIRMNESS = "firmness"  # "phấn đấu" or not


@dataclass(frozen=True, slots=True)
class Difference:
    point: Point
    is_weaker: bool


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a metric asks, as far as two metrics can be the same thing asked of more or fewer people."""

    verb: tuple[str, ...]
    groups: frozenset[str]  # empty: not told by groups, never narrower or wider than another


@dataclass(frozen=True, slots=True)
class Promise:
    """A target as it stands in its plan."""

    key: str
    clause: str
    title: str
    group: str
    metrics: tuple[str, ...]  # the first is what it is measured by; the others are its other verbs
    value: float
    unit: str
    comparator: str
    aspirational: bool
    horizon: str
    level: str
    scope: str
    due: dt.date | None
    base_count: int | None = None

    @property
    def is_share(self) -> bool:
        return self.unit == "%"


@dataclass(frozen=True, slots=True)
class Work:
    """A task as it stands in its plan."""

    key: str
    clause: str
    title: str
    leads: tuple[str, ...]
    due: dt.date | None
    due_text: str
    borne_by: str
    metrics: tuple[str, ...] = ()  # of the targets it serves


class Kinship(StrEnum):
    """Where the child's unit lies, seen from the parent's."""

    SAME = "same"
    COMMUNE = "commune"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class CarriedTarget:
    asked: Promise
    given: Promise | None
    relation: Relation
    differences: tuple[Difference, ...] = ()
    beside: tuple[Promise, ...] = ()  # shown beside it and not compared: another horizon, another verb


@dataclass(frozen=True, slots=True)
class CarriedTask:
    asked: Work
    given: Work | None
    relation: Relation
    likeness: float  # of the two wordings, 0–1: a person decides whether they are the same task

    @property
    def percent(self) -> int:
        return round(100 * self.likeness)


@dataclass(frozen=True, slots=True)
class Comparison:
    targets: tuple[CarriedTarget, ...]
    tasks: tuple[CarriedTask, ...]
    own_targets: tuple[Promise, ...]  # of the child alone
    own_tasks: tuple[Work, ...]
    tasks_of_others: int  # of the parent, given to somebody else than the child's unit

    def count(self, relation: Relation) -> int:
        return sum(one.relation is relation for one in self.targets)


def sooner(asked: dt.date | None, given: dt.date | None) -> int:
    """By the printed day; "trước ngày 31/12" and "trong tháng 12" are no difference here."""
    if asked is None or asked == given:
        return 0
    return 1 if given is not None and given < asked else -1
