"""Bad data in a simulated province of persons: the same planters as at full size, and their rows turned back into claims, happenings and
headcounts that the real actions take.

Three kinds are left out: a headcount without a day cannot be recorded, and tests and courses are not simulated person by person.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from hocvuso.measure.flags.material import Day, Goal, Headcount, Material, Session, Spot, Stated, Turns
from hocvuso.simulate.rules.bulk import BASES, GOALS, SOURCE
from hocvuso.simulate.rules.chance import dice
from hocvuso.simulate.rules.claims import Claim
from hocvuso.simulate.rules.frauds import PLANTERS, Planted, plant_frauds
from hocvuso.simulate.rules.journeys import FRAMEWORK, Happening
from hocvuso.simulate.rules.residents import Populace, Resident
from hocvuso.simulate.rules.world import BIRTH, World

KINDS = tuple(kind for kind in PLANTERS if kind not in ("base_undated", "test_too_fast", "course_too_fast"))
DECLARED = "declared"
DAY = dt.timedelta(days=1)


@dataclass(slots=True)
class Seen:
    """What the planters need to know of a movement, gathered commune by commune."""

    turns: Counter[tuple[str, str, dt.date]] = field(default_factory=Counter)
    reached: Counter[tuple[str, dt.date]] = field(default_factory=Counter)
    sessions: list[tuple[str, dt.date, int]] = field(default_factory=list)
    spans: dict[uuid.UUID, tuple[dt.date, dt.date]] = field(default_factory=dict)
    passed: set[uuid.UUID] = field(default_factory=set)

    def look(self, commune: str, happenings: Iterable[Happening], *, until: dt.date) -> None:
        for event in happenings:
            if event.on > until:
                continue
            if event.kind == "class_held":
                self.turns[commune, "attendance", event.on] += event.detail["attendance"]
                self.sessions.append((commune, event.on, event.detail["attendance"]))
            elif event.kind == "team_week_held":
                self.turns[commune, "visits", event.on] += event.detail["visits"]
            elif event.kind == "skill_guided":
                self.turns[commune, "guidance", event.on] += 1
            elif event.kind == "info_contact":
                self.reached[commune, event.on] += 1
            if event.subject_type == "person" and event.subject and not event.body:
                first, last = self.spans.get(event.subject, (event.on, event.on))
                self.spans[event.subject] = (min(first, event.on), max(last, event.on))
            if event.kind == "assessment_passed" and event.subject:
                self.passed.add(event.subject)


@dataclass(frozen=True, slots=True)
class Spoilt:
    """The claims as they are sent, what is recorded besides, the headcounts that come after the first, and the answers."""

    claims: list[Claim]
    happenings: list[Happening]
    headcounts: list[Headcount]
    answers: list[Planted]


def spoil(
    world: World, populace: Populace, claims: Sequence[Claim], seen: Seen, *, until: dt.date, each: int = 2
) -> Spoilt:
    before = _material(world, populace, claims, seen, until)
    after, answers = plant_frauds(before, seed=world.seed, each=each, kinds=KINDS, only_stated=True)
    happenings: list[Happening] = []
    kept: list[Planted] = []
    for answer in answers:
        made = list(_besides(world, populace, seen, before, after, answer))
        if made or answer.kind not in ("many_by_one_hand", "two_places", "crowded_class"):
            happenings += made
            kept.append(answer)
    return Spoilt(
        list(_claims(claims, before.stated, after.stated)),
        happenings,
        [row for row in after.headcounts if row not in set(before.headcounts)],
        kept,
    )


def _path(world: World, commune: str, village: str = "") -> str:
    return f"/VN/{world.province}/{commune}/" + (f"{village}/" if village else "")


def code_of(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


def _material(world: World, populace: Populace, claims: Sequence[Claim], seen: Seen, until: dt.date) -> Material:
    spots, heads = [], []
    for commune in world.communes:
        adults = Counter(p.village for p in populace.residents[commune.code] if p.is_adult)
        spots.append(Spot(_path(world, commune.code), commune.code, "commune"))
        for village in world.villages[commune.code]:
            path = _path(world, commune.code, village.code)
            spots.append(Spot(path, village.code, "village"))
            if adults[village.code]:
                heads.append(Headcount(path, "adults", BIRTH, adults[village.code], SOURCE))
    return Material(
        until,
        BASES,
        spots=tuple(spots),
        headcounts=tuple(heads),
        goals=tuple(Goal(f"/VN/{world.province}/", metric, value, True, last) for metric, value, last in GOALS),
        stated=tuple(
            Stated(c.metric, _path(world, c.place), c.on, c.count, DECLARED, c.ref, c.document)
            for c in claims
            if c.document and not c.of_body and c.metric in BASES and c.sent <= until
        ),
        days=tuple(
            Day("adult_reached", _path(world, place), day, count)
            for (place, day), count in sorted(seen.reached.items())
        ),
        turns=tuple(
            Turns(_path(world, place), what, day, count) for (place, what, day), count in sorted(seen.turns.items())
        ),
        sessions=tuple(Session(_path(world, place), day, count, 0) for place, day, count in seen.sessions),
    )


def _claims(claims: Sequence[Claim], before: Sequence[Stated], after: Sequence[Stated]) -> Iterator[Claim]:
    """Each statement keeps its claim by its reference, which stands in its source; one that is not sent any more is left out."""
    now: Mapping[str, int] = {row.source: row.count for row in after}
    planted = {row.source for row in before}
    for claim in claims:
        if claim.ref not in planted:
            yield claim
        elif claim.ref in now:
            yield replace(claim, count=now[claim.ref])


def _besides(
    world: World, populace: Populace, seen: Seen, before: Material, after: Material, answer: Planted
) -> Iterator[Happening]:
    code = code_of(answer.place)
    ref = f"{world.key}/{code}:x-{answer.kind}"
    if answer.kind == "crowded_class":
        here = set(before.sessions)
        for session in after.sessions:
            if session.place == answer.place and session not in here:
                detail = {"attendance": session.attendance, "skill": "An toàn trên mạng"}
                yield Happening("class_held", "unit", None, session.on, ref, code, detail=detail)
    elif answer.kind == "many_by_one_hand":
        (hand,) = (hand for hand in after.hands if hand.hand == answer.subject)
        for person in _some(world, populace.residents[code], hand.rows, "hand", skip=seen.passed):
            seen.passed.add(person.id)
            yield _event(
                person, "assessment_passed", hand.at.date(), f"{ref}:{person.ref.rpartition('/')[2]}", level="usable",
                detail={"score": 70, "framework": FRAMEWORK}, device=hand.hand,
            )  # fmt: skip
    elif answer.kind == "two_places":
        (pair,) = (row for row in after.shared if row.place == answer.place and row.other in answer.others)
        village = world.villages[code_of(pair.other)][0].code
        known = [
            person
            for person in populace.residents[code]
            if person.id in seen.spans and seen.spans[person.id][0] < seen.spans[person.id][1]
        ]
        for person in _some(world, known, pair.common, "shared"):
            day = seen.spans[person.id][0] + DAY
            made = _event(
                person, "info_contact", day, f"{ref}:{person.ref.rpartition('/')[2]}", detail={"channel": "danh sách"}
            )
            yield replace(made, at=village)


def _some(
    world: World, people: Sequence[Resident], count: int, what: str, *, skip: set[uuid.UUID] | None = None
) -> list[Resident]:
    free = [person for person in people if person.is_adult and not person.body and person.id not in (skip or ())]
    dice(world.seed, "spoil", what, len(people)).shuffle(free)
    return free[:count] if len(free) >= 25 else []


def _event(person: Resident, kind: str, on: dt.date, ref: str, **more: object) -> Happening:
    return Happening(
        kind=kind, subject_type="person", subject=person.id, on=on, ref=ref, at=person.village, sex=person.sex,
        birth_year=person.birth_year, **more,  # type: ignore[arg-type]
    )  # fmt: skip
