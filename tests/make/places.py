"""A small country: one province with two communes, two villages each, and a few organisations. Made by the real actions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from hocvuso.places.actions import NewPopulation, add_organisations, add_villages, count_populations
from hocvuso.places.models import Level, Organisation, OrganisationKind, Place, Unit, place_fields
from hocvuso.places.rules import LONG_AGO, MERGERS, Group

BY = ":test"


@dataclass(frozen=True)
class Country:
    nation: Unit
    province: Unit
    ea_kar: Unit
    ea_knop: Unit
    villages: list[Unit]  # two of Ea Kar, then two of Ea Knốp
    department: Organisation
    ubnd: Organisation
    school: Organisation


def unit(code: str, name: str, level: Level, kind: str, parent: Unit | None, *, valid_from: dt.date = MERGERS) -> Unit:
    short = name.removeprefix("Tỉnh ").removeprefix("Xã ")
    made = Unit(
        code=code,
        level=level,
        kind=kind,
        name=name,
        short_name=short,
        parent=parent,
        valid_from=valid_from,
        source="test",
    )
    made.save()
    return made


def country() -> Country:
    nation = unit("VN", "Việt Nam", Level.NATION, "quốc gia", None, valid_from=LONG_AGO)
    province = unit("66", "Tỉnh Đắk Lắk", Level.PROVINCE, "tỉnh", nation)
    ea_kar = unit("24373", "Xã Ea Kar", Level.COMMUNE, "xã", province)
    ea_knop = unit("24400", "Xã Ea Knốp", Level.COMMUNE, "xã", province)
    add_villages(
        [
            Unit(
                code=f"{commune.code}-{n:02d}", level=Level.VILLAGE, kind=kind, name=f"{kind.capitalize()} {n}",
                short_name=f"{n}", parent=commune, valid_from=MERGERS, source="test",
            )
            for commune in (ea_kar, ea_knop)
            for n, kind in ((1, "thôn"), (2, "buôn"))
        ],
        by=BY,
    )  # fmt: skip
    villages = list(Unit.objects.filter(level=Level.VILLAGE).order_by("code"))
    department = organisation(
        "66-so-khcn", "Sở Khoa học và Công nghệ", OrganisationKind.AGENCY, ea_kar, province, "SKHCN"
    )
    ubnd = organisation("24373-ubnd", "UBND xã Ea Kar", OrganisationKind.AGENCY, ea_kar, ea_kar, "UBND")
    school = organisation("24373-thpt", "Trường THPT Ea Kar", OrganisationKind.SCHOOL, ea_kar, ea_kar, "")
    return Country(nation, province, ea_kar, ea_knop, villages, department, ubnd, school)


def organisation(code: str, name: str, kind: OrganisationKind, seat: Unit, of: Unit, symbol: str) -> Organisation:
    made = Organisation(
        code=code, name=name, kind=kind, seat=seat, of=of, symbol=symbol, valid_from=MERGERS, source="test"
    )
    add_organisations([made], by=BY)
    return Organisation.objects.get(code=code)


def population(place: Place, group: Group, count: int, *, on: dt.date = MERGERS, source: str = "đếm") -> None:
    count_populations([NewPopulation(group=group, on=on, count=count, source=source, **place_fields(place))], by=BY)
