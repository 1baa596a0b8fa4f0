"""Where a number comes from: the rows shown under a figure are those it was counted from, and no others."""

from __future__ import annotations

import datetime as dt

import pytest

from hocvuso.evidence.actions import void_evidence
from hocvuso.measure.queries import metrics, rows_behind
from hocvuso.places.models import Level, Place, Succession, Unit
from hocvuso.places.rules import LONG_AGO, MERGERS
from tests.make.evidence import fact, passed, unit_fact
from tests.make.kept import kept
from tests.make.measure import figure_at
from tests.make.people import person
from tests.make.places import Country, unit

TODAY = dt.date(2025, 10, 17)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("measure_dir")]


def shown(place: Place, metric: str, *, on: dt.date = TODAY) -> list[str]:
    return [row.source_ref for row in rows_behind(place, metrics()[metric], on=on)]


@pytest.fixture
def mixed(land: Country) -> Country:
    """Rows that look alike and are not: a child, a neighbour, another skill, a row taken back, a row of tomorrow."""
    kept("mixed", lambda: _mix(land))
    return land


def _mix(land: Country) -> None:
    lan = person("Lan", land.villages[0])
    fact(lan, "info_contact", ref="lan", on=dt.date(2025, 10, 1))
    fact(lan, "info_contact", ref="lan-again", on=dt.date(2025, 10, 12))
    fact(person("Bé", land.villages[0], born=2015), "info_contact", ref="child")
    fact(person("Năm không rõ", land.villages[0], born=2008), "info_contact", ref="seventeen")
    fact(person("Tuấn", land.villages[2]), "info_contact", ref="neighbour")
    void_evidence(fact(person("Nhầm", land.villages[0]), "info_contact", ref="mistake"), by=":t", reason="nhầm")
    fact(lan, "skill_guided", ref="shopping", skill="mua-sam")
    fact(lan, "skill_guided", ref="procedures", skill="thu-tuc")
    passed(person("Bình", land.villages[2], org=land.department, group="officials"), ref="official")
    passed(person("Thợ", land.villages[0], group="workers", org=land.school), ref="worker")
    unit_fact(land.ea_kar, "committee_founded", ref="committee")


@pytest.mark.parametrize(
    ("metric", "refs"),
    [
        ("adult_reached", ["lan-again", "lan"]),
        ("reached_guided", ["procedures"]),
        ("adult_guided", ["procedures", "shopping"]),
        ("official_skill", ["official"]),  # counted where the office stands, wherever the official lives
        ("worker_skill", ["worker"]),
        ("commune_committee", ["committee"]),
        ("adult_learned", []),
    ],
)
def test_the_rows_under_a_figure_meet_its_own_conditions(mixed: Country, metric: str, refs: list[str]) -> None:
    assert shown(mixed.ea_kar, metric) == refs


@pytest.mark.parametrize(
    "metric", ["adult_reached", "official_skill", "adult_skill", "commune_committee", "worker_skill"]
)
def test_there_are_as_many_subjects_under_a_figure_as_it_says(mixed: Country, metric: str) -> None:
    places: list[Place] = [mixed.province, mixed.ea_kar, mixed.ea_knop, mixed.villages[0], mixed.department]
    for place in places:
        rows = rows_behind(place, metrics()[metric], on=TODAY)
        if metrics()[metric].counted == "org" or place != mixed.department:
            assert figure_at(place, metric).proven == len({row.subject for row in rows}), place


def test_rows_of_later_days_are_not_shown_under_the_figure_of_a_day(mixed: Country) -> None:
    assert shown(mixed.ea_kar, "adult_reached", on=dt.date(2025, 10, 5)) == ["lan"]


def test_rows_of_a_commune_that_merged_stand_under_the_figure_of_the_one_it_lives_on_in(land: Country) -> None:
    before = unit("24376", "Xã Cư Ni", Level.COMMUNE, "xã", land.province, valid_from=LONG_AGO)
    fact(person("Lan", before), "info_contact", ref="before", on=dt.date(2025, 6, 1))
    Unit.objects.filter(pk=before.pk).update(valid_to=MERGERS - dt.timedelta(days=1))
    Succession.objects.create(old=before, new=land.ea_kar, share="main")
    Succession.objects.create(old=before, new=land.ea_knop, share="part")
    assert figure_at(land.ea_kar, "adult_reached").proven == 1
    assert [shown(place, "adult_reached") for place in (land.ea_kar, land.ea_knop)] == [["before"], []]
    assert shown(land.province, "adult_reached") == ["before"]
