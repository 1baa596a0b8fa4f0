"""A child's promises against its parent's, one number beside the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hocvuso.lib.text import fold
from hocvuso.plans.carry.model import CarriedTarget, Difference, Kinship, Meaning, Point, Promise, Relation, sooner
from hocvuso.plans.carry.wording import likeness

# A target without a metric has only its words: they must nearly agree.
SAME_WORDS = 0.75


def carry_target(
    asked: Promise, promises: Sequence[Promise], kinship: Kinship, meanings: Mapping[str, Meaning]
) -> CarriedTarget:
    alike = [one for one in promises if _is_same_thing(asked, one, meanings)]
    now = [one for one in alike if fold(one.horizon) == fold(asked.horizon)]
    if not now:
        return CarriedTarget(asked, None, Relation.MISSING, beside=tuple(_related(asked, promises, alike)))
    best = min(now, key=lambda one: _distance(asked, one, kinship, meanings))
    beside = tuple(one for one in alike if one is not best)
    differences = _differences(asked, best, kinship, meanings)
    return CarriedTarget(asked, best, _relation(asked, best, differences, kinship), differences, beside)


def _related(asked: Promise, promises: Sequence[Promise], alike: Sequence[Promise]) -> list[Promise]:
    """What to look at before calling a promise missing: the same thing at another horizon, the same people with another verb."""

    def is_other_verb(one: Promise) -> bool:
        return fold(one.horizon) == fold(asked.horizon) and asked.group == one.group != "other"

    return [one for one in promises if one in alike or is_other_verb(one)]


def _is_same_thing(asked: Promise, given: Promise, meanings: Mapping[str, Meaning]) -> bool:
    """The same verb asked of the same people, or of more or fewer of the same sort; without a metric, in nearly the same words."""
    if asked.metrics and given.metrics:
        return asked.metrics[0] in given.metrics or _width(asked, given, meanings) != 0
    if asked.metrics or given.metrics or asked.group != given.group:
        return False
    return likeness(asked.title, given.title) >= SAME_WORDS


def _width(asked: Promise, given: Promise, meanings: Mapping[str, Meaning]) -> int:
    """Is the given one asked of fewer people (-1) or more (1)? 0: of the same, or of others."""
    if not asked.metrics or not given.metrics or asked.metrics[0] in given.metrics:
        return 0
    one, other = meanings.get(asked.metrics[0]), meanings.get(given.metrics[0])
    if one is None or other is None or one.verb != other.verb or not one.groups or not other.groups:
        return 0
    return -1 if other.groups < one.groups else 1 if other.groups > one.groups else 0


def _distance(
    asked: Promise, given: Promise, kinship: Kinship, meanings: Mapping[str, Meaning]
) -> tuple[bool, bool, bool, int]:
    """Which of several is meant: the same people, the same level, a number that can be compared, and then what differs least."""
    differences = _differences(asked, given, kinship, meanings)
    return (
        _width(asked, given, meanings) != 0,
        asked.level != given.level,
        stronger(asked, given, kinship=kinship) is None,
        len(differences),
    )


_LEVELS = ("", "usable", "proficient")


def _differences(
    asked: Promise, given: Promise, kinship: Kinship, meanings: Mapping[str, Meaning]
) -> tuple[Difference, ...]:
    found = []

    def note(point: Point, sign: int) -> None:
        if sign:
            found.append(Difference(point, sign < 0))

    width = _width(asked, given, meanings)
    note(Point.VALUE, stronger(asked, given, kinship=kinship) or 0)
    note(Point.DEADLINE, sooner(asked.due, given.due))
    note(Point.GROUP, width)
    if asked.level:  # a parent that names no level asks for none
        note(Point.LEVEL, _LEVELS.index(given.level) - _LEVELS.index(asked.level))
    if not width:
        note(
            Point.VERBS, -1 if set(asked.metrics) - set(given.metrics) else len(set(given.metrics) - set(asked.metrics))
        )
    note(Point.FIRMNESS, asked.aspirational - given.aspirational)
    return tuple(found)


def _relation(asked: Promise, given: Promise, differences: Sequence[Difference], kinship: Kinship) -> Relation:
    if stronger(asked, given, kinship=kinship) is None:
        return Relation.NOT_COMPARABLE
    signs = {one.is_weaker for one in differences}
    if signs == {True, False}:
        return Relation.MIXED
    return Relation.WEAKER if True in signs else Relation.STRONGER if False in signs else Relation.CARRIED


def stronger(asked: Promise, given: Promise, *, kinship: Kinship) -> int | None:
    """Does the given number ask for more (1), the same (0) or less (-1)? `None` where the two cannot be compared directly."""
    down = asked.comparator in {"<", "<="}
    if down != (given.comparator in {"<", "<="}):
        return None
    pair = _same_measure(asked, given, kinship)
    if pair is None:
        return None
    more = pair[1] - pair[0]
    if abs(more) < 1e-9:
        return (given.comparator in {"<", ">"}) - (asked.comparator in {"<", ">"})
    return -1 if (more < 0) != down else 1


def _same_measure(asked: Promise, given: Promise, kinship: Kinship) -> tuple[float, float] | None:
    """Both numbers in one measure. A count of a whole unit is only a count of that unit; through its printed base it is a share."""
    if asked.is_share and given.is_share:
        return (asked.value, given.value) if asked.scope == given.scope else None
    counts = not asked.is_share and not given.is_share and fold(asked.unit) == fold(given.unit)
    if counts and asked.scope == given.scope and (asked.scope != "total" or kinship is Kinship.SAME):
        return asked.value, given.value
    if not asked.is_share and not given.is_share and (asked.scope, given.scope) == ("each_unit", "total"):
        # "Each commune ten", and here is a commune.
        return (asked.value, given.value) if kinship is Kinship.COMMUNE else None
    if asked.scope == given.scope == "total":
        one, other = _as_share(asked), _as_share(given)
        return None if one is None or other is None else (one, other)
    return None


def _as_share(promise: Promise) -> float | None:
    if promise.is_share:
        return promise.value
    return 100 * promise.value / promise.base_count if promise.base_count else None
