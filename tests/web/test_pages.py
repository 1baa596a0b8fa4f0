"""Every office page answers for those who may see it, and is not there for those who may not."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from hocvuso.measure.actions import refresh_measure
from hocvuso.people.models import Account, RoleKind
from hocvuso.places.rules import Group
from hocvuso.plans.actions import adopt_plan, read_plan_file
from tests.make.evidence import fact, passed, unit_fact
from tests.make.people import account, person, signed_in
from tests.make.places import Country, population

TODAY = dt.date(2025, 10, 17)
PLAN = "dak-lak-100-ngay"


@pytest.fixture
def office(land: Country, measure_dir: Path) -> dict[str, Account]:
    """A commune with three adults, one of them reached and tested; the plan; the cast."""
    adopt_plan(read_plan_file(settings.DATA_DIR / "plans" / f"{PLAN}.yaml"), by=":test", today=TODAY)
    population(land.villages[0], Group.ADULTS, 3)
    population(land.villages[2], Group.ADULTS, 5)
    lan = person("Lan Niê", land.villages[0])
    person("Người xã bên", land.villages[2])
    fact(lan, "info_contact", on=dt.date(2025, 10, 12))
    passed(lan, on=dt.date(2025, 10, 13))
    unit_fact(land.ea_kar, "committee_founded", on=dt.date(2025, 7, 28))
    refresh_measure()
    return {
        "hoa": account("hoa", RoleKind.COMMUNE_OFFICER, land.ea_kar),
        "binh": account("binh", RoleKind.PROVINCE_OFFICER, land.province),
        "tuan": account("tuan", RoleKind.COMMUNE_OFFICER, land.ea_knop),
        "dung": account("dung", RoleKind.DEPARTMENT_OFFICER, land.department),
        "ha": account("ha", RoleKind.STEERING, land.province),
    }


TARGET = reverse("target", args=[PLAN, "ii-4-nguoi-lon-duoc-tiep-can"])
REPORT = reverse("report", args=[PLAN, "v1-hang-tuan", "24373", "2025-10-17"])
PAGES = [
    reverse("overview"),
    reverse("plan_list"),
    reverse("plan", args=[PLAN]),
    TARGET,
    reverse("findings", args=[PLAN]),
    reverse("place", args=["24373"]),
    reverse("task_list"),
    reverse("task", args=[PLAN, "iii-2-1-ban-chi-dao-va-to"]),
    reverse("report_list"),
    REPORT,
    reverse("people"),
    reverse("my_rights"),
]


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_the_commune_officer_opens_every_page(office: dict[str, Account], address: str) -> None:
    answer = signed_in(office["hoa"]).get(address)
    assert answer.status_code == 200, answer.content.decode()[:2000]
