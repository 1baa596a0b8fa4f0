"""Open results: nothing unless a province says so, and then nothing small."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse

from hocvuso.measure.actions import refresh_measure
from hocvuso.people.models import Account
from tests.make.evidence import passed
from tests.make.people import person
from tests.make.places import Country

pytestmark = pytest.mark.django_db
ADDRESS, FILE = reverse("open_results"), reverse("open_results_file")


@pytest.fixture
def published(office: dict[str, Account], land: Country, settings: Any, tmp_path: Path) -> Client:
    """Of adults with digital skills, those of the communes: seven of Ea Kar in one week of September, two of Ea Knốp."""
    for n, village in enumerate([land.villages[0]] * 7 + [land.villages[2]] * 2):
        passed(person(f"Người {n}", village), on=dt.date(2025, 9, 10))
    refresh_measure()
    settings.OPEN_RESULTS = tmp_path / "open.yaml"
    settings.OPEN_RESULTS.write_text(
        "publish:\n  - {metric: adult_skill, levels: [province, commune]}\n  - {metric: adult_reached, levels: [province]}\n"
    )
    return Client()


def test_nothing_is_published_by_default(office: dict[str, Account]) -> None:
    assert django_settings.OPEN_RESULTS is None
    assert "chưa công bố số liệu nào" in Client().get(ADDRESS).content.decode()
    assert Client().get(FILE).status_code == 404
    assert ADDRESS not in Client().get(reverse("front_page")).content.decode()


def test_a_month_of_weeks_with_small_numbers_hidden(published: Client) -> None:
    page = published.get(ADDRESS)
    assert page.status_code == 200
    text = page.content.decode()
    assert "Xã Ea Kar" in text
    assert "Lan" not in text
    rows = list(csv.reader(io.StringIO(published.get(FILE).content.decode("utf-8-sig"))))
    head = next(row for row in rows if row[:1] == ["Nơi"])
    assert head == ["Nơi", "tuần 01/09", "tuần 08/09", "tuần 15/09", "tuần 22/09", "cả tháng"]
    body = rows[rows.index(head) + 1 :]
    assert [row[0] for row in body] == ["Xã Ea Kar", "Xã Ea Knốp", "Tỉnh Đắk Lắk"]
    shown = [cell for row in body for cell in row[1:] if cell != "*"]
    assert all(int(cell) == 0 or int(cell) >= 5 for cell in shown)
    assert body[1][2] == "*"  # two people
    assert body[0][2] == "*"  # 9 − 7 would tell of the two
    assert reverse("open_results") in published.get(reverse("front_page")).content.decode()


def test_a_metric_published_for_the_province_shows_no_commune(published: Client) -> None:
    assert "Xã Ea Kar" not in published.get(ADDRESS, {"so-lieu": "adult_reached"}).content.decode()


@pytest.mark.parametrize(
    "asked", [{"so-lieu": "adult_confirmed"}, {"noi": "24373"}, {"thang": "2025-10"}, {"thang": "x"}]
)
def test_what_is_not_published_is_not_found(published: Client, asked: dict[str, str]) -> None:
    assert published.get(ADDRESS, asked).status_code == 404
    assert published.get(FILE, asked).status_code == 404
