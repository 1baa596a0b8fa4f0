"""A child's tasks against its parent's, paired by what they say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hocvuso.plans.carry.model import CarriedTask, Kinship, Relation, Work, sooner
from hocvuso.plans.carry.wording import likeness, weights_of

# Two wordings are the same task from here on; tried on the five plans, of which no two say a task in the same words.
SAME_TASK = 0.35
# Serving a target of the same metric makes two tasks so much more alike.
SAME_METRIC = 0.15


def falls_to(work: Work, kinship: Kinship) -> bool:
    if kinship is Kinship.SAME:
        return True
    return kinship is Kinship.COMMUNE and work.borne_by in {"communes", "communes_and_agencies"}


def carry_tasks(asked: Sequence[Work], works: Sequence[Work]) -> tuple[CarriedTask, ...]:
    """Each task of the parent takes the child's that sounds most like it; the likest pairs first, and no task serves twice."""
    weights = weights_of([one.title for one in (*asked, *works)])
    pairs = sorted(
        ((_alike(one, other, weights), i, j) for i, one in enumerate(asked) for j, other in enumerate(works)),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    taken: dict[int, tuple[int, float]] = {}
    used: set[int] = set()
    for score, i, j in pairs:
        if score >= SAME_TASK and i not in taken and j not in used:
            taken[i] = (j, score)
            used.add(j)
    found = []
    for i, one in enumerate(asked):
        if i not in taken:
            found.append(CarriedTask(one, None, Relation.MISSING, 0.0))
            continue
        j, score = taken[i]
        earlier = sooner(one.due, works[j].due)
        relation = Relation.WEAKER if earlier < 0 else Relation.STRONGER if earlier > 0 else Relation.CARRIED
        found.append(CarriedTask(one, works[j], relation, round(score, 2)))
    return tuple(found)


def _alike(one: Work, other: Work, weights: Mapping[str, float]) -> float:
    words = likeness(one.title, other.title, weights)
    return min(1.0, words + SAME_METRIC) if words and set(one.metrics) & set(other.metrics) else words
