"""Tests and courses that were quicker than anybody can read."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TypeVar

from hocvuso.measure.flags.material import Material, Sitting, Study
from hocvuso.measure.flags.robust import Peers, binomial_tail
from hocvuso.measure.flags.rules import Flag, FlagKinds, severity_of, weeks_of

TEST, COURSE = "test_too_fast", "course_too_fast"
T = TypeVar("T")


def too_fast_tests(material: Material, kinds: FlagKinds) -> Iterator[Flag]:
    """Places where many passed in less time an answer than reading the question takes. One quick person is no flag."""
    paces = [sitting.seconds / sitting.answers for sitting in material.sittings if sitting.answers]
    peers = Peers((math.log(max(pace, 0.01)) for pace in paces), floor=0.1)
    floor = kinds.limit(TEST, "seconds")
    if peers.known:
        # Where people here usually need longer, the border lies higher: far outside what is usual, though never at leisure.
        border = math.exp(peers.usual - kinds.limit(TEST, "outside") * peers.sigma)
        floor = max(floor, min(border, kinds.limit(TEST, "seconds_at_most")))
    by_place: dict[str, list[Sitting]] = {}
    for sitting in material.sittings:
        by_place.setdefault(sitting.place, []).append(sitting)
    quick = {
        place: [s for s in sittings if s.answers and s.seconds / s.answers < floor]
        for place, sittings in by_place.items()
    }
    for place, found in _too_many(quick, by_place, kinds, TEST):
        fastest = min(found, key=lambda s: s.seconds / s.answers)
        days = sorted(s.on for s in found)
        yield Flag(
            TEST, place, weeks=weeks_of(days[0], days[-1]),
            evidence={
                "persons": len({s.subject for s in found}), "of": len(by_place[place]),
                "fastest": round(fastest.seconds / fastest.answers, 1), "usual": round(math.exp(peers.usual), 1),
                "answers": fastest.answers,
            },
            severity=severity_of(len(found), len(by_place[place])),
        )  # fmt: skip


def too_fast_courses(material: Material, kinds: FlagKinds) -> Iterator[Flag]:
    """Places where many finished a course in a part of the time its films last."""
    share = kinds.limit(COURSE, "share") / 100
    by_place: dict[str, list[Study]] = {}
    for study in material.studies:
        by_place.setdefault(study.place, []).append(study)
    quick = {place: [s for s in studies if s.minutes < share * s.lasts] for place, studies in by_place.items()}
    for place, found in _too_many(quick, by_place, kinds, COURSE):
        fastest = min(found, key=lambda s: s.minutes / s.lasts)
        days = sorted(s.on for s in found)
        yield Flag(
            COURSE, place, weeks=weeks_of(days[0], days[-1]),
            evidence={
                "persons": len({s.subject for s in found}), "of": len(by_place[place]), "fastest": round(fastest.minutes, 1),
                "lasts": round(fastest.lasts, 1),
            },
            severity=severity_of(len(found), len(by_place[place])),
        )  # fmt: skip


def _too_many(
    quick: dict[str, list[T]], everything: dict[str, list[T]], kinds: FlagKinds, kind: str
) -> Iterator[tuple[str, Sequence[T]]]:
    """Places with so many quick ones that the province's usual share of them does not explain it."""
    least, allowed, part = (kinds.limit(kind, name) for name in ("least", "false_flags", "share_of_place"))
    if not everything:
        return
    # The usual share, without the tenth of the places where it is highest: those are the ones in question.
    ordered = sorted(everything, key=lambda place: len(quick[place]) / len(everything[place]))
    calm = ordered[: max(1, len(ordered) * 9 // 10)]
    usual = max(0.001, sum(len(quick[place]) for place in calm) / sum(len(everything[place]) for place in calm))
    for place, found in quick.items():
        tail = binomial_tail(len(found), len(everything[place]), usual)
        if len(found) >= max(least, part / 100 * len(everything[place])) and tail * len(everything) <= allowed:
            yield place, found
