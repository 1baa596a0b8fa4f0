"""Whom of the demo's people a visitor may sign in as, through the stand-in of VNeID: a handful, always the same."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from hocvuso.evidence.queries import ladder_of
from hocvuso.evidence.rules import LADDER
from hocvuso.people.models import Person
from hocvuso.people.queries import vault
from hocvuso.places.models import Unit
from hocvuso.simulate.actions import PROVEN, SOURCES

ADULT = 18
NEVER_SIMULATED = "9999999"  # the simulation numbers its people below that (`rules.residents`)


@dataclass(frozen=True, slots=True)
class DemoCitizen:
    """Who it is, and what makes them worth trying. The number is opened in memory only, for the stand-in that must tell it."""

    key: str
    name: str
    about: str
    birth_year: int
    sex: str
    number: str = field(repr=False)


Choose = Callable[[Person], tuple[object, ...] | None]  # the smaller the better; None = does not fit


def choose_citizens(commune: Unit, *, on: dt.date, member: Person | None) -> list[DemoCitizen]:
    """A grandmother who has not begun, a young man, a member of a team, an official, and somebody the database does not know.

    Nobody who has passed a test by `on`: what a visitor does with them should change a figure. A wish nobody fits is left out.
    """
    people = Person.objects.filter(source=PROVEN, unit__path__startswith=commune.path, identity_match__isnull=False)
    known = list(people.filter(birth_year__lte=on.year - ADULT).select_related("unit", "org"))
    rungs = _rungs([person.pk for person in known], on=on)
    free = [person for person in known if _height(rungs.get(person.pk)) < LADDER.index("assessed")]
    chosen: list[DemoCitizen] = []
    taken: set[uuid.UUID] = set()

    def take(key: str, fits: Choose) -> None:
        ranked = sorted((rank, person.source_ref, person) for person in free if (rank := fits(person)) is not None)
        found = next((person for _rank, _ref, person in ranked if person.pk not in taken), None)
        if found is not None:
            taken.add(found.pk)
            chosen.append(_citizen(key, found, "chưa kiểm tra" if found.pk in rungs else "chưa học lần nào"))

    if member is not None and member.identity_sealed:
        taken.add(member.pk)
    take("ba", lambda p: _fits(p, sex="f", born=1964, begun=p.pk in rungs, group=""))
    take("thanh-nien", lambda p: _fits(p, sex="m", born=2003, begun=p.pk in rungs, group=""))
    if member is not None and member.identity_sealed:
        chosen.append(_citizen("to", member, "thành viên tổ công nghệ số cộng đồng"))
    take("can-bo", lambda p: (abs((p.birth_year or 0) - 1985),) if p.group == "officials" else None)
    number = f"999{commune.codes_above[-1]}{NEVER_SIMULATED}"
    newcomer = "chưa có trong hệ thống, lần đầu vào sẽ được hỏi nơi ở"
    return [*chosen, DemoCitizen("moi", "Trần Thị Xuân", f"nữ, sinh năm 1978, {newcomer}", 1978, "f", number)]


def _fits(person: Person, *, sex: str, born: int, begun: bool, group: str) -> tuple[object, ...] | None:
    return (begun, person.group != group, abs((person.birth_year or 0) - born)) if person.sex == sex else None


def _rungs(people: list[uuid.UUID], *, on: dt.date) -> Mapping[uuid.UUID, str]:
    """The highest rung each had by the simulation; what visitors have done with them since does not count."""
    return ladder_of(people, on=on, among=lambda rows: rows.filter(source__in=SOURCES))


def _height(rung: str | None) -> int:
    return -1 if rung is None else LADDER.index(rung)


def _citizen(key: str, person: Person, about: str) -> DemoCitizen:
    assert person.identity_sealed is not None
    sex = {"f": "nữ", "m": "nam"}.get(person.sex, "")
    home = person.unit.name if person.unit else ""
    where = f"cán bộ {person.org.name}" if key == "can-bo" and person.org else home
    words = [word for word in (sex, f"sinh năm {person.birth_year}", where, about) if word]
    return DemoCitizen(
        key,
        person.name,
        ", ".join(words),
        person.birth_year or 0,
        person.sex,
        vault().open(bytes(person.identity_sealed)),
    )
