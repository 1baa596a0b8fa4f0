from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hocvuso.connect.vneid.rules import Citizen
from hocvuso.lib.errors import BadInput
from hocvuso.people.actions import NewPerson, enrol_persons, link_identity
from hocvuso.people.models import Person
from hocvuso.people.queries import kept_subject, person_known_as, person_with_number, vault
from hocvuso.places.models import Level, Unit

SOURCE = "vneid"
BY = ":vneid"


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody nobody here knows yet, as the session keeps them while they say where they live. The number is sealed, not readable."""

    issuer: str
    subject: str
    sealed: str
    name: str
    birth_year: int | None
    sex: str

    @classmethod
    def of(cls, citizen: Citizen) -> Newcomer:
        sealed = base64.b64encode(vault().seal(citizen.number)).decode()
        return cls(citizen.issuer, kept_subject(citizen.subject), sealed, citizen.name, citizen.birth_year, citizen.sex)

    def kept(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def from_kept(cls, kept: Mapping[str, Any]) -> Newcomer:
        return cls(**kept)


def recognise_citizen(citizen: Citizen) -> Person | None:
    """Who it is here: known from an earlier visit; else by the identity number, and then known from now on; else nobody yet."""
    known = person_known_as(citizen.issuer, citizen.subject)
    if known is None and (known := person_with_number(citizen.number)):
        link_identity(known, issuer=citizen.issuer, subject=citizen.subject, by=BY)
    return known


@transaction.atomic
def enrol_newcomer(newcomer: Newcomer, *, village: Unit, today: dt.date) -> Person:
    """Write a citizen in where they say they live. The button pressed twice, or in two windows, makes one person."""
    if village.level != Level.VILLAGE or not village.is_in_force(today):
        raise BadInput(_("Hãy chọn thôn, buôn hoặc tổ dân phố nơi bạn ở."))
    known = person_known_as(newcomer.issuer, newcomer.subject)
    if known is not None:
        return known
    number = vault().open(base64.b64decode(newcomer.sealed))
    person = person_with_number(number)
    if person is None:
        ref = _reference(newcomer.subject)
        born = newcomer.birth_year if (newcomer.birth_year or 0) <= today.year else None
        row = NewPerson(
            name=newcomer.name, birth_year=born, sex=newcomer.sex, unit=village, org=None, group="", source=SOURCE,
            source_ref=ref, identity_number=number,
        )  # fmt: skip
        enrol_persons([row], by=BY, today=today)
        person = Person.objects.get(source=SOURCE, source_ref=ref)
    link_identity(person, issuer=newcomer.issuer, subject=newcomer.subject, by=BY)
    return person


def _reference(subject: str) -> str:
    return subject if len(subject) <= 80 else hashlib.sha256(subject.encode()).hexdigest()
