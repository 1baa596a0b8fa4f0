"""Whom a visitor of the demo may be."""

from __future__ import annotations

import pytest

from hocvuso.evidence.queries import ladder_of
from hocvuso.people.models import Person
from hocvuso.people.queries import person_with_number
from hocvuso.places.models import Unit
from hocvuso.simulate.citizens import DemoCitizen, choose_citizens
from hocvuso.simulate.teams import first_leader, make_teams
from tests.make.evidence import passed
from tests.simulate.test_actions import FRIDAY, dak_lak, simulate

__all__ = ["dak_lak"]  # the province, as a fixture
pytestmark = pytest.mark.django_db


def chosen(commune: Unit) -> list[DemoCitizen]:
    return choose_citizens(commune, on=FRIDAY, member=first_leader(commune, on=FRIDAY))


def test_they_are_known_by_number_have_passed_nothing_and_stay_the_same(dak_lak: Unit) -> None:
    simulate(dak_lak)
    commune = dak_lak.children.order_by("code")[0]
    make_teams(commune, seed=1, today=FRIDAY, by=":test")
    first = chosen(commune)
    assert [one.key for one in first][-1] == "moi"
    assert len({one.number for one in first}) == len(first) >= 3
    people = [found for one in first[:-1] if (found := person_with_number(one.number))]
    assert [person.name for person in people] == [one.name for one in first[:-1]]
    assert person_with_number(first[-1].number) is None
    free = [person.pk for person, one in zip(people, first, strict=False) if one.key != "to"]
    assert {"assessed", "certified", "confirmed", "using"}.isdisjoint(ladder_of(free, on=FRIDAY).values())
    passed(people[0], on=FRIDAY)  # what a visitor does is of another source than the simulation
    assert chosen(commune) == first
    assert all(one.number not in repr(one) for one in first)


def test_in_a_commune_of_nobody_there_is_still_the_stranger(dak_lak: Unit) -> None:
    commune = dak_lak.children.order_by("code")[0]
    assert not Person.objects.exists()
    assert [one.key for one in chosen(commune)] == ["moi"]
