"""People: families by village, and who works or learns where."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from random import Random

from hocvuso.lib.ids import derived_id
from hocvuso.simulate.rules.chance import apportion, dice, pick, whole
from hocvuso.simulate.rules.names import family_name, full_name
from hocvuso.simulate.rules.world import Body, Commune, Village, World

YEAR = 2025  # ages are counted by year of birth, as the ledger does
ADULT = 18
_SERIALS = 9_999_991  # prime: stepping through it by a fixed stride meets every number once


@dataclass(frozen=True, slots=True)
class Household:
    id: uuid.UUID
    village: str
    business: bool  # a household business: shop, stall, workshop


@dataclass(frozen=True, slots=True)
class Resident:
    id: uuid.UUID
    ref: str
    name: str
    birth_year: int
    sex: str
    village: str
    commune: str
    household: uuid.UUID
    phone: bool
    identity: str  # "": no identity account
    body: str = ""  # code of the organisation
    group: str = ""

    @property
    def age(self) -> int:
        return YEAR - self.birth_year

    @property
    def is_adult(self) -> bool:
        return self.age >= ADULT


@dataclass(frozen=True, slots=True)
class Populace:
    households: dict[str, list[Household]]  # by commune
    residents: dict[str, list[Resident]]  # by commune
    members: dict[str, list[Resident]]  # by organisation


def populate(world: World) -> Populace:
    households: dict[str, list[Household]] = {}
    residents: dict[str, list[Resident]] = {}
    serial = 0
    for commune in world.communes:
        homes, people = [], []
        for village in world.villages[commune.code]:
            for home, family in _families(world, village, serial):
                homes.append(home)
                people += family
                serial += len(family)
        households[commune.code], residents[commune.code] = homes, people
    membership = _memberships(world, residents)
    members: dict[str, list[Resident]] = {code: [] for code in world.bodies}
    for commune_code, people in residents.items():
        residents[commune_code] = [_join(person, membership) for person in people]
        for person in residents[commune_code]:
            if person.body:
                members[person.body].append(person)
    return Populace(households, residents, members)


def _join(person: Resident, membership: dict[str, tuple[str, str]]) -> Resident:
    if person.ref not in membership:
        return person
    body, group = membership[person.ref]
    return replace(person, body=body, group=group)


def _families(world: World, village: Village, serial: int) -> Iterable[tuple[Household, list[Resident]]]:
    die = dice(world.seed, "people", world.persons, village.code)
    left, number, home_number = village.persons, 0, 0
    while left:
        home_number += 1
        ede = village.kind == "buôn" and die.random() < 0.85
        family = _ages_and_sexes(die)[:left]
        name = family_name(die, ede=ede)
        home = Household(
            derived_id("household", f"mo-phong:{world.key}/{village.code}/h{home_number}"),
            village.code,
            die.random() < 0.25,
        )
        people = []
        for place, (age, sex) in enumerate(family):
            number += 1
            # Children bear the father's name, among the Ê Đê the mother's; who married in keeps their own.
            is_child = place >= 2 and age < family[0][0]
            own = name if is_child or len(family) == 1 or (sex == "f") is ede else family_name(die, ede=ede)
            people.append(
                _resident(
                    world, village, home, die, number, serial, age, sex, full_name(die, sex=sex, family=own, ede=ede)
                )
            )
            serial += 1
        left -= len(family)
        yield home, people


def _resident(
    world: World,
    village: Village,
    home: Household,
    die: Random,
    number: int,
    serial: int,
    age: int,
    sex: str,
    name: str,
) -> Resident:
    ref = f"{world.key}/{village.code}/{number:04d}"
    phone = die.random() < (0.1 if age < 12 else 0.6 if age < 18 else 0.96 if age < 50 else 0.84 if age < 65 else 0.5)
    has_account = age >= 16 and die.random() < (0.45 if age < 18 else 0.28 if not phone else 0.83 if age < 60 else 0.52)
    return Resident(
        id=derived_id("person", f"mo-phong:{ref}"), ref=ref, name=name, birth_year=YEAR - age, sex=sex, village=village.code,
        commune=village.commune, household=home.id, phone=phone, identity=_identity(world, serial) if has_account else "",
    )  # fmt: skip


def _identity(world: World, serial: int) -> str:
    """Twelve digits nobody has: no province is numbered 999. Says nothing of sex or age, unlike a real one."""
    return f"999{world.province}{(serial * 6_180_337 + 1_234_567) % _SERIALS:07d}"


def _ages_and_sexes(die: Random) -> list[tuple[int, str]]:
    """One household, adults first: couples with children, three generations, old couples, young couples, people by themselves."""
    form = pick(die, (0.45, 0.18, 0.17, 0.1, 0.1))
    head = whole(die, *((29, 60), (32, 60), (56, 84), (21, 32), (23, 88))[form])
    first = die.random() < 0.5
    family = [(head, "f" if first else "m")]
    if form != 4:
        family.append((max(20, min(90, head + whole(die, -5, 4))), "m" if first else "f"))
    if form in (0, 1):
        for _ in range(1 + pick(die, (0.24, 0.48, 0.28))):
            family.append((round(max(1, min(head - 24, 26)) * die.random() ** 0.7), _sex(die)))
    if form == 1:
        for _ in range(1 + pick(die, (0.6, 0.4))):
            family.append((min(90, head + whole(die, 20, 30)), _sex(die)))
    if form == 2 and die.random() < 0.35:
        family.append((max(ADULT, head - whole(die, 25, 32)), _sex(die)))
    if form == 3 and die.random() < 0.45:
        family.append((whole(die, 0, 5), _sex(die)))
    return family


def _sex(die: Random) -> str:
    return "f" if die.random() < 0.492 else "m"


# --- who works and learns where ---------------------------------------------------------------------------------------------------


def _memberships(world: World, residents: dict[str, list[Resident]]) -> dict[str, tuple[str, str]]:
    """Organisation and group by person's reference. Local offices first, then the province's, schools, enterprises."""
    taken: dict[str, tuple[str, str]] = {}
    by_commune: dict[str, list[Body]] = {commune.code: [] for commune in world.communes}
    for body in world.bodies.values():
        if body.is_local:
            by_commune[body.commune].append(body)
    for kind in ("agency", "school", "enterprise", "cooperative"):
        for code, bodies in by_commune.items():
            for body in bodies:
                if body.kind == kind:
                    _fill_local(world, body, residents[code], taken)
        if kind == "agency":
            _fill_agencies(world, residents, taken)
        if kind == "school":
            _fill_universities(world, residents, taken)
    return taken


def _fill_local(world: World, body: Body, people: Sequence[Resident], taken: dict[str, tuple[str, str]]) -> None:
    die = dice(world.seed, "members", body.code)
    if body.kind == "school":
        low = 6 if body.stage == "th-thcs" else 11
        high = 17 if body.stage == "thcs-thpt" else 14
        for person in people:
            if low <= person.age <= high and die.random() < 0.95:
                taken[person.ref] = (body.code, "pupils" if person.age <= 10 else "students")
        return
    free = _of_working_age(people, taken)
    die.shuffle(free)
    if body.kind == "agency":
        officials, staff = _bounded(len(people) * 0.045, 3, 60), _bounded(len(people) * 0.011, 1, 14)
        _enter(free[:officials], body, "officials", taken)
        _enter(free[officials : officials + staff], body, "staff", taken)
    else:
        _enter(free[: _bounded(len(people) * die.uniform(0.05, 0.11), 2, 200)], body, "workers", taken)


def _fill_agencies(world: World, residents: dict[str, list[Resident]], taken: dict[str, tuple[str, str]]) -> None:
    """About 3.5 of a hundred people work for a provincial agency; they live in and around its seat."""
    bodies = [body for body in world.bodies.values() if body.kind == "agency" and not body.is_local]
    if not bodies:
        return
    die = dice(world.seed, "agencies")
    sizes = apportion(max(len(bodies), round(world.persons * 0.035)), [die.uniform(0.7, 1.5) for _ in bodies], least=1)
    pool = _around(world, bodies[0].commune, residents, taken, wanted=sum(sizes), share=0.3)
    die.shuffle(pool)
    for body, size in zip(bodies, sizes, strict=True):
        mine, pool = pool[:size], pool[size:]
        staff = size // 7
        _enter(mine[staff:], body, "officials", taken)
        _enter(mine[:staff], body, "staff", taken)


def _fill_universities(world: World, residents: dict[str, list[Resident]], taken: dict[str, tuple[str, str]]) -> None:
    for body in world.bodies.values():
        if body.kind == "school" and not body.is_local:
            size = max(3, round(world.persons * 0.0036))
            pool = _around(world, body.commune, residents, taken, wanted=size, share=0.5, low=18, high=23)
            _enter(pool[:size], body, "students", taken)


def _around(
    world: World, seat: str, residents: dict[str, list[Resident]], taken: dict[str, tuple[str, str]], *, wanted: int, share: float,
    low: int = 23, high: int = 59,
) -> list[Resident]:  # fmt: skip
    """Free people of an age from the communes nearest to a seat, no more than a share of each."""
    home = next((commune for commune in world.communes if commune.code == seat), None)
    pool: list[Resident] = []
    for commune in sorted(world.communes, key=lambda other: _distance(home, other)):
        if len(pool) >= wanted:
            break
        free = _of_working_age(residents[commune.code], taken, low=low, high=high)
        dice(world.seed, "around", seat, commune.code, low).shuffle(free)
        pool += free[: round(len(free) * share)]
    return pool


def _distance(home: Commune | None, other: Commune) -> tuple[float, str]:
    if home is None or None in (home.lat, home.lon, other.lat, other.lon):
        return 0.0, other.code
    return (home.lat - other.lat) ** 2 + (home.lon - other.lon) ** 2, other.code  # type: ignore[operator]


def _of_working_age(
    people: Sequence[Resident], taken: dict[str, tuple[str, str]], *, low: int = 23, high: int = 59
) -> list[Resident]:
    return [person for person in people if low <= person.age <= high and person.ref not in taken]


def _enter(people: Iterable[Resident], body: Body, group: str, taken: dict[str, tuple[str, str]]) -> None:
    for person in people:
        taken[person.ref] = (body.code, group)


def _bounded(size: float, low: int, high: int) -> int:
    return min(max(round(size), low), high)
