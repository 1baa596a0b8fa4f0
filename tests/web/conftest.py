from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings

from hocvuso.measure.actions import refresh_measure
from hocvuso.people.models import Account, RoleKind
from hocvuso.places.rules import Group
from hocvuso.plans.actions import adopt_plan, read_plan_file
from tests.make.evidence import fact, passed, unit_fact
from tests.make.kept import kept
from tests.make.people import account, person
from tests.make.places import Country, population

TODAY = dt.date(2025, 10, 17)
PLAN = "dak-lak-100-ngay"


@pytest.fixture
def office(land: Country, measure_dir: Path) -> dict[str, Account]:
    """A commune with three adults, one of them reached and tested; the plan; the cast."""
    return kept("office", lambda: _office(land), folder=measure_dir)


def _office(land: Country) -> dict[str, Account]:
    adopt_plan(read_plan_file(settings.DATA_DIR / "plans" / f"{PLAN}.yaml"), by=":test", today=TODAY)
    population(land.villages[0], Group.ADULTS, 3)
    population(land.villages[2], Group.ADULTS, 5)
    lan = person("Lan Niê", land.villages[0])
    person("Người xã bên", land.villages[2])
    person("Cán bộ Sở", land.villages[3], org=land.department, group="officials")
    person("Trò Êban", land.villages[1], org=land.school, group="students", born=2009)
    fact(lan, "info_contact", on=dt.date(2025, 10, 12))
    passed(lan, on=dt.date(2025, 10, 13))
    unit_fact(land.ea_kar, "committee_founded", on=dt.date(2025, 7, 28))
    refresh_measure()
    return {
        "hoa": account("hoa", RoleKind.COMMUNE_OFFICER, land.ea_kar),
        "binh": account("binh", RoleKind.PROVINCE_OFFICER, land.province),
        "tuan": account("tuan", RoleKind.COMMUNE_OFFICER, land.ea_knop),
        "dung": account("dung", RoleKind.DEPARTMENT_OFFICER, land.department),
        "mai": account("mai", RoleKind.ORGANISATION_CONTACT, land.school),
        "ha": account("ha", RoleKind.STEERING, land.province),
        "an": account("an", RoleKind.ADMINISTRATOR, land.province),
    }
