"""The nation's page: each province as it has sent its figures, with the day, and plainly “chưa gửi” where it has not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from hocvuso.connect.upward.jobs import push_unit
from hocvuso.measure.actions import refresh_measure
from hocvuso.measure.queries import metrics
from hocvuso.people.models import RoleKind
from hocvuso.places.models import Level
from hocvuso.places.rules import Group
from tests.make.evidence import fact
from tests.make.people import account, person, signed_in
from tests.make.places import Country, population, unit
from tests.make.upward import ABOVE, KEY, accepted, line

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("measure_dir")]
PAGE = reverse("provinces")


@pytest.fixture
def sent(land: Country, settings: Any, tmp_path: Path) -> Country:
    settings.UPWARD_KEY, settings.RECEIVED_DIR = KEY, tmp_path / "received"
    unit("52", "Tỉnh Gia Lai", Level.PROVINCE, "tỉnh", land.nation)
    population(land.villages[0], Group.ADULTS, 1240)
    fact(person("Lan", land.villages[0]), "info_contact", source="mo-phong")
    accepted(land.province)
    with line():
        push_unit(land.province, to=ABOVE)
    refresh_measure()
    return land


def text_of(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_nation_sees_who_has_sent_when_and_how_much(sent: Country) -> None:
    page = text_of(signed_in(account("ha", RoleKind.STEERING, sent.nation)).get(PAGE, {"thuoc-do": "adult_reached"}))
    assert "1 trên 2 tỉnh, thành phố đã gửi số liệu" in page
    dak_lak = page[page.index("Tỉnh Đắk Lắk") :]
    gia_lai = page[page.index("Tỉnh Gia Lai") : page.index("Tỉnh Đắk Lắk")]
    assert "số liệu đến 17/10/2025" in dak_lak
    assert "1.240" in dak_lak
    assert "dữ liệu mô phỏng" in dak_lak
    assert "chưa gửi số liệu" in gia_lai
    assert "dữ liệu mô phỏng" not in gia_lai


def test_a_metric_nobody_knows_shows_the_first_one(sent: Country) -> None:
    client = signed_in(account("ha", RoleKind.STEERING, sent.nation))
    first = next(iter(metrics().by_key.values()))
    for query in ({}, {"thuoc-do": "<script>"}):
        assert f'<h2 id="tinh">{first.title}</h2>' in text_of(client.get(PAGE, query))


def test_other_rules_of_counting_are_said(sent: Country, settings: Any) -> None:
    file = settings.RECEIVED_DIR / "current.json"
    file.write_text(file.read_text().replace('"catalogue": "', '"catalogue": "x'))
    page = text_of(signed_in(account("ha", RoleKind.STEERING, sent.nation)).get(PAGE))
    assert "bảng thước đo của tỉnh khác bản ở đây" in page


def test_a_province_has_no_such_page_and_no_link_to_it(sent: Country) -> None:
    client = signed_in(account("binh", RoleKind.PROVINCE_OFFICER, sent.province))
    assert client.get(PAGE).status_code == 404
    assert PAGE not in text_of(client.get(reverse("overview")))
    assert PAGE in text_of(signed_in(account("ha", RoleKind.STEERING, sent.nation)).get(reverse("overview")))
