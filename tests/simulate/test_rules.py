from __future__ import annotations

import datetime as dt
import hashlib
import os
import subprocess
import sys
from collections import Counter
from functools import cache

import pytest

from hocvuso.simulate.rules.chance import (
    FIRST_DAY,
    HOLIDAYS,
    LAST_DAY,
    OFFICE,
    apportion,
    date_of,
    dice,
    ranks,
    settle,
    weekday,
)
from hocvuso.simulate.rules.claims import Claim, body_claims, commune_claims
from hocvuso.simulate.rules.journeys import Happening
from hocvuso.simulate.rules.movement import commune_movement
from hocvuso.simulate.rules.residents import Populace, populate
from hocvuso.simulate.rules.world import Agency, Commune, World, build_world

LADDER = (
    {"info_contact"},
    {"skill_guided"},
    {"training_attended", "course_completed"},
    {"assessment_passed"},
    {"certificate_issued"},
    {"vneid_confirmed"},
    {"real_use"},
)
NAMES = ("Ea Kar", "Ea Knốp", "Ea Ô", "Tân An", "Cư Yang", "Ea Păl", "Krông Á", "Buôn Ma Thuột")


def small_world(seed: int = 1) -> World:
    communes = [
        Commune(f"2440{n}", f"Xã {name}", name, "phường" if n in (3, 7) else "xã", 12.6 + n / 20, 108.0 + n / 20)
        for n, name in enumerate(NAMES)
    ]
    agencies = [
        Agency("66-so-khcn", "Sở Khoa học và Công nghệ", "SKHCN", "24407"),
        Agency("66-tinh-doan", "Tỉnh đoàn", "TĐTN", "24407"),
    ]
    return build_world("66", communes=communes, agencies=agencies, persons=2400, seed=seed, key=f"66/{seed}/2400")


@cache
def made(seed: int = 1) -> tuple[World, Populace, dict[str, list[Happening]], list[Claim]]:
    world = small_world(seed)
    populace = populate(world)
    happenings = {commune.code: commune_movement(world, commune, populace) for commune in world.communes}
    claims = [
        c for commune in world.communes for c in commune_claims(world, commune, populace, happenings[commune.code])
    ]
    trained: dict[str, list[dt.date]] = {}
    for event in (event for events in happenings.values() for event in events):
        if event.kind == "training_attended" and event.group in ("officials", "staff"):
            trained.setdefault(event.body, []).append(event.on)
    return world, populace, happenings, [*claims, *body_claims(world, populace, trained)]


def everything(seed: int = 1) -> list[Happening]:
    return [event for events in made(seed)[2].values() for event in events]


def digest() -> str:
    """Everything that was made up, in one line: what two machines must agree on."""
    world, populace, happenings, claims = made()
    people = [person for commune in world.communes for person in populace.residents[commune.code]]
    text = repr([world.villages, people, populace.households, list(happenings.values()), claims])
    return hashlib.sha256(text.encode()).hexdigest()


def test_another_process_makes_the_same_world() -> None:
    """Python's `hash()` differs between the two; nothing here may."""
    code = "from tests.simulate.test_rules import digest; print(digest())"
    other = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "7"},
    )
    assert other.stdout.strip() == digest()


def test_another_seed_makes_another_world_of_the_same_size() -> None:
    here, there = made(1)[1], made(2)[1]
    assert sum(map(len, here.residents.values())) == sum(map(len, there.residents.values())) == 2400
    assert [p.name for p in here.residents["24400"]] != [p.name for p in there.residents["24400"]]


def test_every_fact_and_every_person_is_named_once() -> None:
    _, populace, _, claims = made()
    people = [person for people in populace.residents.values() for person in people]
    for refs in (
        [event.ref for event in everything()],
        [person.ref for person in people],
        [claim.ref for claim in claims],
    ):
        assert len(refs) == len(set(refs))
    assert all(len(event.ref) <= 120 for event in everything())
    assert len({person.id for person in people}) == len(people)


def test_nobody_stands_on_a_rung_without_the_ones_below() -> None:
    adults = {p.id for people in made()[1].residents.values() for p in people if p.is_adult}
    first: dict[object, list[dt.date | None]] = {}
    for event in everything():
        for rung, kinds in enumerate(LADDER):
            if event.kind in kinds and event.subject in adults:
                days = first.setdefault(event.subject, [None] * len(LADDER))
                days[rung] = min(event.on, days[rung] or event.on)
    assert first
    for days in first.values():
        climbed = [day for day in days if day is not None]
        assert days[: len(climbed)] == climbed, "a rung was left out"
        assert climbed == sorted(climbed), "a rung came before the one below it"


def test_each_rung_holds_fewer_people_than_the_one_below_on_every_day() -> None:
    adults = {p.id for people in made()[1].residents.values() for p in people if p.is_adult}
    for day in (dt.date(2025, 8, 20), dt.date(2025, 9, 30), LAST_DAY):
        counts = [
            len({e.subject for e in everything() if e.kind in kinds and e.subject in adults and e.on <= day})
            for kinds in LADDER
        ]
        assert counts == sorted(counts, reverse=True)
        assert counts[0] <= len(adults)


def test_five_skills_are_shown_on_five_days() -> None:
    shown: dict[object, list[Happening]] = {}
    for event in everything():
        if event.kind == "skill_guided" and event.group in ("", "officials"):
            shown.setdefault(event.subject, []).append(event)
    full = [events for events in shown.values() if len(events) == 5]
    assert full
    for events in full:
        assert len({event.skill for event in events}) == len({event.on for event in events}) == 5


def test_nothing_happens_outside_the_campaign_but_decisions_before_it() -> None:
    for event in everything():
        assert event.on <= LAST_DAY
        assert event.on >= FIRST_DAY or event.kind in ("committee_founded", "team_founded")


def test_offices_train_on_working_days_and_villages_meet_at_weekends() -> None:
    office = [
        e.on for e in everything() if e.kind == "training_attended" and e.group in ("officials", "staff", "workers")
    ]
    assert office
    assert all(day.isoweekday() <= 5 and day not in {date_of(off) for off in HOLIDAYS} for day in office)
    guided = Counter(e.on.isoweekday() for e in everything() if e.kind == "skill_guided" and not e.group)
    assert guided[6] + guided[7] > 0.4 * guided.total()


def test_identity_numbers_belong_to_no_province_and_to_one_person() -> None:
    people = [person for people in made()[1].residents.values() for person in people]
    numbers = [person.identity for person in people if person.identity]
    assert all(len(number) == 12 and number.isdigit() and number.startswith("999") for number in numbers)
    assert len(numbers) == len(set(numbers))
    adults = [person for person in people if person.is_adult]
    assert 0.6 < sum(bool(person.identity) for person in adults) / len(adults) < 0.78
    assert not any(person.identity for person in people if person.age < 16)


def test_only_who_has_an_account_is_confirmed_on_vneid() -> None:
    with_account = {p.id for people in made()[1].residents.values() for p in people if p.identity}
    assert {e.subject for e in everything() if e.kind == "vneid_confirmed"} <= with_account


def test_people_are_as_old_as_a_province_is() -> None:
    ages = [person.age for people in made()[1].residents.values() for person in people]
    assert 0.66 < sum(age >= 18 for age in ages) / len(ages) < 0.76
    assert min(ages) >= 0
    assert max(ages) <= 90


def test_who_works_or_learns_somewhere_is_of_the_age_for_it() -> None:
    world, populace, *_ = made()
    ages = {"officials": (23, 59), "staff": (23, 59), "workers": (23, 59), "pupils": (6, 10), "students": (11, 23)}
    groups = {"agency": {"officials", "staff"}, "school": {"pupils", "students"}}
    for code, members in populace.members.items():
        body = world.bodies[code]
        for person in members:
            assert person.group in groups.get(body.kind, {"workers"})
            assert ages[person.group][0] <= person.age <= ages[person.group][1]
            assert person.commune == body.commune or not body.is_local


def test_wards_have_groups_and_highland_communes_have_buon() -> None:
    kinds = {
        commune.kind: {
            village.kind for c in made()[0].communes if c.kind == commune.kind for village in made()[0].villages[c.code]
        }
        for commune in made()[0].communes
    }
    assert kinds == {"phường": {"tổ dân phố"}, "xã": {"thôn", "buôn"}}
    assert sum(v.persons for villages in made()[0].villages.values() for v in villages) == 2400


def test_communes_differ_strongly() -> None:
    world, populace, happenings, _ = made()
    shares = []
    for commune in world.communes:
        adults = {person.id for person in populace.residents[commune.code] if person.is_adult}
        reached = {e.subject for e in happenings[commune.code] if e.kind == "info_contact"} & adults
        shares.append(len(reached) / len(adults))
    assert max(shares) > 0.75
    assert min(shares) < 0.4


def test_what_a_unit_declares_is_not_less_than_what_is_proven_and_only_grows() -> None:
    _, populace, happenings, claims = made()
    adults = {p.id: p.commune for people in populace.residents.values() for p in people if p.is_adult}
    declared: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.document and claim.metric == "adult_reached":
            declared.setdefault(claim.place, []).append(claim)
    assert declared
    for place, said in declared.items():
        assert [c.count for c in said] == sorted(c.count for c in said)
        for claim in said:
            proven = {
                e.subject
                for e in happenings[place]
                if e.kind == "info_contact" and e.subject in adults and e.on <= claim.on
            }
            assert len(proven) <= claim.count <= sum(commune == place for commune in adults.values())
            assert claim.on < claim.sent
            assert f"{claim.sent:%d/%m/%Y}" in claim.document


def test_an_organisation_never_claims_more_people_than_it_has() -> None:
    world, populace, _, claims = made()
    of_bodies = [claim for claim in claims if claim.of_body]
    assert {world.bodies[claim.place].symbol for claim in of_bodies} >= {"UBND", "SKHCN"}
    assert all(claim.count <= len(populace.members[claim.place]) for claim in of_bodies)


def test_the_metrics_left_without_data_have_none() -> None:
    assert not {"platform_observed", "counter_assigned"} & {event.kind for event in everything()}


@pytest.mark.parametrize(
    ("total", "weights", "least"),
    [(10, [1, 1, 1], 0), (7, [5, 1, 1], 2), (100, [0.1, 9, 3.3, 2], 1), (3, [1, 1, 1], 1)],
)
def test_shares_add_up(total: int, weights: list[float], least: int) -> None:
    shares = apportion(total, weights, least=least)
    assert sum(shares) == total
    assert min(shares) >= least


def test_ranks_are_spread_evenly() -> None:
    assert sorted(ranks(["a", "b", "c", "d"], 1, "energy").values()) == [0.125, 0.375, 0.625, 0.875]


def test_a_day_settles_within_a_week_and_off_holidays() -> None:
    die = dice("settle")
    for day in range(-14, 100):
        settled = settle(die, day, OFFICE)
        assert 0 <= settled - day <= 6
        assert weekday(settled) < 5
        assert settled not in HOLIDAYS
