"""What a commune, its villages, schools and households do: decisions, classes, the week, mentors, digital families, domain names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from random import Random

from hocvuso.simulate.rules.chance import (
    DAYS,
    MEETINGS,
    OFFICE,
    campaign_day,
    choose,
    date_of,
    dice,
    pick,
    settle,
    whole,
)
from hocvuso.simulate.rules.journeys import SKILLS, Happening, journey
from hocvuso.simulate.rules.residents import Populace, Resident
from hocvuso.simulate.rules.world import Commune, Temper, World

_SKILL_TITLES = dict(
    zip(
        SKILLS,
        (
            "Làm thủ tục trực tuyến",
            "Dịch vụ công trực tuyến",
            "An toàn trên mạng",
            "Thanh toán trực tuyến",
            "Mua sắm trực tuyến",
        ),
        strict=True,
    )
)


def commune_movement(world: World, commune: Commune, populace: Populace) -> list[Happening]:
    """Everything that happens in a commune during the campaign, people first."""
    temper = world.tempers[commune.code]
    villages = {village.code: village for village in world.villages[commune.code]}
    people = populace.residents[commune.code]
    happenings: list[Happening] = []
    for person in people:
        happenings += journey(world, person, village=villages[person.village], temper=temper)
    return [
        *happenings,
        *_mentors(world, people, happenings),
        *_families(world, people, happenings, temper),
        *_business_domains(world, commune, populace, temper),
        *_decisions(world, commune, temper),
        *_classes(world, commune, temper),
        *_topics(world, commune),
        *_teams_and_week(world, commune, temper),
    ]


def _decision(die: Random, day: int, symbol: str, *, members: tuple[int, int] | None = None) -> dict[str, object]:
    detail: dict[str, object] = {
        "document": f"{whole(die, 12, 320)}/{symbol}",
        "dated": date_of(day).isoformat(),
    }
    if members:
        detail["members"] = whole(die, *members)
    return detail


def _of_unit(kind: str, world: World, at: str, day: int, name: str, **more: object) -> Iterable[Happening]:
    if day <= DAYS:
        yield Happening(kind, "unit", None, date_of(day), f"{world.key}/{at}:{name}", at, **more)  # type: ignore[arg-type]


def _decisions(world: World, commune: Commune, temper: Temper) -> Iterable[Happening]:
    """Every commune has its committee; nearly all before 1/8, the slowest after it."""
    die = dice(world.seed, "committee", commune.code)
    day = settle(die, whole(die, -11, 10) if temper.reach > 0.17 else whole(die, 16, 25), OFFICE)
    detail = _decision(die, day, "QĐ-UBND", members=(11, 27))
    yield from _of_unit("committee_founded", world, commune.code, day, "committee", detail=detail)


def _teams_and_week(world: World, commune: Commune, temper: Temper) -> Iterable[Happening]:
    die = dice(world.seed, "week", commune.code)
    launched = None
    if die.random() < 0.56 + 0.62 * temper.reach:
        launched = settle(die, max(45, 96 - round(34 * temper.reach * die.random()) - whole(die, 0, 12)), OFFICE)
        yield from _of_unit(
            "week_launched", world, commune.code, launched, "week", detail=_decision(die, launched, "KH-UBND")
        )
    for village in world.villages[commune.code]:
        team = dice(world.seed, "team", village.code)
        if team.random() < 0.022:
            continue
        founded = settle(team, whole(team, -9, 10) if team.random() < 0.93 else whole(team, 18, 62), OFFICE)
        detail = _decision(team, founded, "QĐ-UBND", members=(4, 9))
        yield from _of_unit("team_founded", world, village.code, founded, "team", detail=detail)
        if launched is not None and team.random() < 0.86 * village.team:
            held = settle(team, max(founded, launched) + whole(team, 2, 10), MEETINGS)
            visits = {"visits": whole(team, 3, max(4, village.persons // 3))}
            yield from _of_unit("team_week_held", world, village.code, held, "team-week", detail=visits)


def _classes(world: World, commune: Commune, temper: Temper) -> Iterable[Happening]:
    """A class a week where the commune is diligent, on an evening late in the week; the best hold two."""
    die = dice(world.seed, "classes", commune.code)
    size = max(4, sum(village.persons for village in world.villages[commune.code]) // 12)
    for week in range(1, 15):
        for turn in range(2 if temper.reach > 0.8 else 1):
            if die.random() < temper.diligence:
                day = settle(die, week * 7 - 5 + 2 * turn, (0.2, 0.4, 0.9, 1.2, 1.8, 2.2, 0.6))
                skill = choose(die, SKILLS)
                detail = {"attendance": whole(die, max(3, size // 2), size + 6), "skill": _SKILL_TITLES[skill]}
                yield from _of_unit("class_held", world, commune.code, day, f"class:{week}:{turn}", detail=detail)


def _topics(world: World, commune: Commune) -> Iterable[Happening]:
    """Schools take up the five topics one after another from September on; some have all five by the end."""
    for body in world.bodies.values():
        if body.kind != "school" or body.commune != commune.code:
            continue
        die = dice(world.seed, "topics", body.code)
        day = whole(die, 52, 64)
        for number, skill in enumerate(SKILLS):
            day = settle(die, day + whole(die, 2, 14 - round(9 * body.pull)), OFFICE)
            if day > DAYS:
                break
            ref = f"{world.key}/{body.code}:topic:{number + 1}"
            yield Happening(
                "topic_taught",
                "org",
                None,
                date_of(day),
                ref,
                commune.code,
                body.code,
                detail={"topic": _SKILL_TITLES[skill]},
            )


def _mentors(world: World, people: Sequence[Resident], happenings: Sequence[Happening]) -> Iterable[Happening]:
    """In each village a person or two help some of those who were guided there, on the day they were."""
    guided: dict[str, list[Happening]] = {}
    for event in happenings:
        if event.kind == "skill_guided":
            guided.setdefault(event.at, []).append(event)
    helpers: dict[str, list[Resident]] = {}
    for person in people:
        if 16 <= person.age <= 60 and person.phone:
            helpers.setdefault(person.village, []).append(person)
    for village, events in guided.items():
        die = dice(world.seed, "mentors", village)
        candidates = list(helpers.get(village, []))
        die.shuffle(candidates)
        for mentor in candidates[: whole(die, 1, 3)]:
            chosen: dict[object, Happening] = {}
            for _ in range(whole(die, 1, 10)):
                event = choose(die, events)
                if event.subject != mentor.id:
                    chosen.setdefault(event.subject, event)
            for event in chosen.values():
                yield Happening(
                    "mentored", "person", mentor.id, event.on, f"{mentor.ref}:mentored:{event.ref.split(':')[0].split('/')[-1]}", village,
                    mentor.body, mentor.group, mentor.sex, mentor.birth_year, detail={"mentee": str(event.subject)},
                )  # fmt: skip


def _families(
    world: World, people: Sequence[Resident], happenings: Sequence[Happening], temper: Temper
) -> Iterable[Happening]:
    """A household becomes a “Gia đình số” when a member who passed has taught the others."""
    passed: dict[object, dt.date] = {
        event.subject: event.on for event in happenings if event.kind == "assessment_passed"
    }
    members: dict[object, list[Resident]] = {}
    for person in people:
        members.setdefault(person.household, []).append(person)
    for household, family in members.items():
        days = [passed[person.id] for person in family if person.id in passed]
        die = dice(world.seed, "family", household)
        if len(family) < 2 or not days or die.random() >= 0.5 * temper.follow_up:
            continue
        on = min(days) + dt.timedelta(days=whole(die, 2, 14))
        if on <= date_of(DAYS):
            ref = f"{world.key}/{family[0].village}/home-{family[0].ref.split('/')[-1]}:taught"
            yield Happening("family_taught", "household", family[0].household, on, ref, family[0].village)


def _business_domains(world: World, commune: Commune, populace: Populace, temper: Temper) -> Iterable[Happening]:
    """Household businesses with a “.vn” name, as the registry knows them. The names themselves are nobody's business."""
    die = dice(world.seed, "domains", commune.code)
    drive = temper.reach * (1.0, 0.6, 0.2)[pick(die, (0.3, 0.4, 0.3))]
    for number, household in enumerate((home for home in populace.households[commune.code] if home.business), start=1):
        if die.random() < drive:
            day = settle(die, campaign_day(die, middle=66), OFFICE)
            if day <= DAYS:
                ref = f"{world.key}/{household.village}/business-{number}:domain"
                yield Happening(
                    "domain_registered", "household", household.id, date_of(day), ref, household.village,
                    detail={"holder": "business"}, outside=True,
                )  # fmt: skip
