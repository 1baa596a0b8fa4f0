"""The forecast beside a target's standing at a place."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from hocvuso.measure.actions import refresh_measure
from hocvuso.measure.queries import forecast_of, standings
from hocvuso.places.models import Place
from hocvuso.places.rules import Group
from tests.make.evidence import fact
from tests.make.measure import stated
from tests.make.people import person
from tests.make.places import Country, population
from tests.make.plans import indicator, plan, target

TODAY = dt.date(2025, 10, 17)
WEEK = dt.timedelta(days=7)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(measure_dir: Path) -> None:
    pass


def weeks_of_work(land: Country, *, weeks: int) -> None:
    population(land.villages[0], Group.ADULTS, 100)
    for week in range(weeks):
        for number in range(2 + week):
            who = person(f"Người {week}-{number}", land.villages[0])
            fact(who, "info_contact", on=TODAY - WEEK * (weeks - 1 - week))


def test_a_target_has_a_forecast_and_the_pace_it_still_needs(land: Country) -> None:
    made = plan()
    weeks_of_work(land, weeks=7)  # 2 + 3 + … + 8 = 35 people of a hundred; sixty are wanted in a week and a day
    refresh_measure()
    (here,) = standings(made, land.ea_kar, on=TODAY)
    seen = forecast_of(here, land.ea_kar, on=TODAY)
    assert seen is not None
    assert (seen.now, seen.goal, seen.target_date) == (35, 60, dt.date(2025, 10, 24))
    assert seen.pace == pytest.approx(25)
    assert 35 <= seen.low <= seen.expected <= seen.high <= 100


@pytest.mark.parametrize("weeks", [0, 3])
def test_too_few_weeks_have_none(land: Country, weeks: int) -> None:
    made = plan()
    weeks_of_work(land, weeks=weeks)
    refresh_measure()
    (here,) = standings(made, land.ea_kar, on=TODAY)
    assert forecast_of(here, land.ea_kar, on=TODAY) is None


def test_totals_of_others_are_not_forecast(land: Country) -> None:
    """The province's app tells its count when it tells it; nothing between is known."""
    made = plan(indicators=[indicator(metric="app_installed")], targets=[target(value=30)])
    population(land.villages[0], Group.SMARTPHONE, 100)
    place: Place = land.ea_kar
    for week in range(8):
        stated(place, "app_installed", 3 * week + 1, on=TODAY - WEEK * (7 - week), source="ung-dung-tinh")
    refresh_measure()
    (here,) = standings(made, place, on=TODAY)
    assert here.value is not None
    assert forecast_of(here, place, on=TODAY) is None
