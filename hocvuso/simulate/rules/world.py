"""Places: how many people live in each commune, its villages, its organisations, and with how much energy it goes about the movement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from hocvuso.simulate.rules.chance import along, apportion, choose, dice, pick, ranks, whole

BIRTH = dt.date(2025, 7, 1)  # villages, organisations and headcounts start with the new communes
PERSONS_A_VILLAGE = 65  # scaled: a real village of the region has about 930 (facts §9)
HIGHLAND = ("66", 109.08)  # Đắk Lắk west of this longitude has buôn beside thôn
BUON_SHARE = 0.45


@dataclass(frozen=True, slots=True)
class Commune:
    code: str
    name: str  # "Xã Ea Kar"
    short_name: str
    kind: str
    lat: float | None
    lon: float | None


@dataclass(frozen=True, slots=True)
class Village:
    code: str
    commune: str
    kind: str
    name: str
    lat: float | None
    lon: float | None
    persons: int
    team: float  # how well its digital team works; 1 = as the commune does


@dataclass(frozen=True, slots=True)
class Temper:
    """How a commune goes about it. `reach` = share of adults it reaches by the end; `middle` = day on which half of them are reached."""

    reach: float
    middle: float
    follow_up: float  # share of those reached who are taken further, as a factor
    police: float  # how busy its police are confirming on VNeID, as a factor
    candour: float  # declared figures over proven ones
    diligence: float  # how likely a weekly class is held, a weekly report sent


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation and how it trains its people."""

    code: str
    kind: str
    name: str
    symbol: str
    stage: str
    commune: str  # its seat
    is_local: bool  # answers to its commune, not to the province
    made_up: bool  # false: its name comes from data/organisations
    pull: float  # share of its people it brings to training by the end
    sessions: tuple[int, ...]  # days of the campaign on which it trains


@dataclass(frozen=True, slots=True)
class Agency:
    """A provincial agency as `data/organisations` names it."""

    code: str
    name: str
    symbol: str
    seat: str


@dataclass(frozen=True, slots=True)
class World:
    key: str  # stands at the head of every reference: other persons or another seed make another world
    province: str
    seed: int
    persons: int
    communes: tuple[Commune, ...]
    villages: dict[str, tuple[Village, ...]]  # by commune
    bodies: dict[str, Body]
    tempers: dict[str, Temper]


def build_world(
    province: str, *, communes: Sequence[Commune], agencies: Sequence[Agency], persons: int, seed: int, key: str
) -> World:
    tempers = _tempers([commune.code for commune in communes], seed)
    weights = [
        dice(seed, "souls", c.code).lognormvariate(0, 0.55) * (1.8 if c.kind == "phường" else 1) for c in communes
    ]
    sizes = apportion(persons, weights, least=persons * 2 // 5 // len(communes) or 2)
    villages = {
        commune.code: _villages(province, commune, size, seed) for commune, size in zip(communes, sizes, strict=True)
    }
    bodies = [*_agencies(agencies, seed), *_universities(province, agencies, seed)]
    for commune in communes:
        bodies += _local_bodies(commune, tempers[commune.code], seed)
    return World(key, province, seed, persons, tuple(communes), villages, {body.code: body for body in bodies}, tempers)


def _tempers(codes: Sequence[str], seed: int) -> dict[str, Temper]:
    """A few communes lead, a few are nearly asleep; drawn by rank, so that the province as a whole always looks alike."""
    energy, police, candour = (ranks(codes, seed, what) for what in ("energy", "police", "candour"))
    return {
        code: Temper(
            reach=along(((0, 0.09), (0.08, 0.22), (0.25, 0.46), (0.6, 0.66), (0.85, 0.79), (1, 0.92)), energy[code]),
            middle=along(((0, 80), (0.2, 70), (0.8, 57), (1, 47)), energy[code]),
            follow_up=along(((0, 0.6), (0.2, 0.88), (0.8, 1.06), (1, 1.18)), energy[code]),
            police=along(((0, 0.35), (0.5, 1.0), (1, 1.7)), (police[code] + energy[code]) / 2),
            candour=along(((0, 1.02), (0.7, 1.12), (0.92, 1.28), (1, 1.9)), candour[code]),
            diligence=along(((0, 0.25), (0.3, 0.7), (1, 0.98)), energy[code]),
        )
        for code in codes
    }


def _villages(province: str, commune: Commune, persons: int, seed: int) -> tuple[Village, ...]:
    die = dice(seed, "villages", commune.code)
    count = min(max(round(persons / PERSONS_A_VILLAGE), 2), 40)
    sizes = apportion(persons, [die.lognormvariate(0, 0.25) for _ in range(count)], least=1)
    highland = province == HIGHLAND[0] and commune.lon is not None and commune.lon < HIGHLAND[1]
    numbers: dict[str, int] = {}
    made = []
    for nn, size in enumerate(sizes, start=1):
        if commune.kind == "phường":
            kind = "tổ dân phố"
        else:
            kind = "buôn" if die.random() < (BUON_SHARE if highland else 0) else "thôn"
        numbers[kind] = numbers.get(kind, 0) + 1
        made.append(
            Village(
                code=f"{commune.code}-{nn:02d}",
                commune=commune.code,
                kind=kind,
                name=f"{kind.capitalize()} {numbers[kind]}",
                lat=_near(commune.lat, die.uniform(-1, 1), commune.kind),
                lon=_near(commune.lon, die.uniform(-1, 1), commune.kind),
                persons=size,
                # About 40 % of the teams work well, the others so-so or hardly (facts §9).
                team=(1.2, 1.0, 0.62)[pick(die, (0.4, 0.35, 0.25))],
            )
        )
    return tuple(made)


def _near(point: float | None, offset: float, kind: str) -> float | None:
    return None if point is None else round(point + offset * (0.008 if kind == "phường" else 0.03), 5)


# What an office brings to training by the end, from the slowest to the keenest.
_OFFICE_PULL = ((0, 0.38), (0.15, 0.65), (0.7, 0.892), (1, 0.985))


def _agencies(agencies: Sequence[Agency], seed: int) -> list[Body]:
    rank = ranks([agency.code for agency in agencies], seed, "agency")
    return [
        Body(
            code=agency.code, kind="agency", name=agency.name, symbol=agency.symbol, stage="", commune=agency.seat, is_local=False,
            made_up=False, pull=along(_OFFICE_PULL, rank[agency.code]), sessions=_sessions(agency.code, seed, first=6, last=98),
        )
        for agency in agencies
    ]  # fmt: skip


def _universities(province: str, agencies: Sequence[Agency], seed: int) -> list[Body]:
    """A college and a university in the ward where most of the agencies are."""
    if not agencies:
        return []
    seats = [agency.seat for agency in agencies]
    seat = max(sorted(set(seats)), key=seats.count)
    return [
        Body(
            code=f"{province}-mp-{stage}", kind="school", name=f"{title} số 1 (mô phỏng)", symbol="", stage=stage, commune=seat,
            is_local=False, made_up=True, pull=pull, sessions=_sessions(stage, seed, first=52, last=100),
        )
        for stage, title, pull in (("cao-dang", "Trường Cao đẳng", 0.71), ("dai-hoc", "Trường Đại học", 0.64))
    ]  # fmt: skip


_SCHOOLS = (
    ("th-thcs", "Trường Tiểu học và THCS", 0.5),
    ("thcs", "Trường THCS", 0.15),
    ("thcs-thpt", "Trường THCS và THPT", 0.35),
)
_TRADES = (
    ("cooperative", "Hợp tác xã Nông nghiệp và Dịch vụ"),
    ("cooperative", "Hợp tác xã Nông sản"),
    ("enterprise", "Công ty TNHH Cà phê"),
    ("enterprise", "Công ty TNHH Thương mại và Dịch vụ"),
)


def _local_bodies(commune: Commune, temper: Temper, seed: int) -> list[Body]:
    die = dice(seed, "bodies", commune.code)

    def local(kind: str, suffix: str, name: str, *, symbol: str = "", stage: str = "", pull: float, first: int) -> Body:
        code = f"{commune.code}-{suffix}"
        days = _sessions(code, seed, first=first, last=99)
        return Body(
            code, kind, name, symbol, stage, commune.code, is_local=True, made_up=True, pull=pull, sessions=days
        )

    office_rank = min(1.0, max(0.0, temper.reach * 0.8 + die.uniform(-0.15, 0.4)))
    stage, title, _ = _SCHOOLS[pick(die, [weight for *_, weight in _SCHOOLS])]
    office, place = f"UBND {commune.kind} {commune.short_name}", f"{commune.short_name} (mô phỏng)"
    made = [
        local("agency", "ubnd", office, symbol="UBND", pull=along(_OFFICE_PULL, office_rank), first=8),
        local("school", "truong", f"{title} số 1 {place}", stage=stage, pull=die.uniform(0.36, 0.94), first=52),
    ]
    if die.random() < 0.52:
        kind, trade = choose(die, _TRADES)
        suffix = "htx" if kind == "cooperative" else "dn"
        made.append(local(kind, suffix, f"{trade} {place}", pull=die.uniform(0.36, 0.94), first=12))
    return made


def _sessions(code: str, seed: int, *, first: int, last: int) -> tuple[int, ...]:
    """Two to four days of training in the campaign, days of work."""
    die = dice(seed, "sessions", code)
    days: set[int] = set()
    while len(days) < 2:
        days |= {whole(die, first, last) for _ in range(whole(die, 2, 4))}
    return tuple(sorted(days))
