"""The same figures for other systems: files to be uploaded, and the API with its token."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from django.test import Client
from django.urls import reverse
from openapi_spec_validator import validate

from hocvuso.measure.queries import figure
from hocvuso.measure.readers import end_reader, open_reader, readers
from hocvuso.measure.rules import Ask
from hocvuso.people.models import Account
from hocvuso.places.models import Unit
from tests.make.people import TODAY, signed_in
from tests.make.places import Country

PLAN, DUTY, DUE = "dak-lak-100-ngay", "v1-hang-tuan", "2025-10-17"
pytestmark = pytest.mark.django_db


def reading(unit: Unit) -> dict[str, str]:
    return {"Authorization": f"Bearer {open_reader('kho-du-lieu', unit=unit, by=':test')}"}


def test_a_report_gives_its_files_and_their_figures_are_the_reports(office: dict[str, Account], land: Country) -> None:
    client = signed_in(office["hoa"])
    page = client.get(reverse("report_exchange", args=[PLAN, DUTY, "24373", DUE]))
    assert "Dữ liệu chỉ số (KPI)" in page.content.decode()
    answer = client.get(reverse("report_exchange_file", args=[PLAN, DUTY, "24373", DUE, "zip"]))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
        assert len(package.namelist()) == 13
        [line] = [
            row.split(",")
            for row in package.read("du-lieu-chi-so.csv").decode("utf-8-sig").splitlines()
            if row.startswith("adult_skill,24373,Xã Ea Kar,16/10/2025,,")
        ]
    shown = figure(land.ea_kar, Ask("adult_skill"), on=TODAY.replace(day=16))
    assert (int(line[6]), int(line[10])) == (shown.proven, shown.population.count if shown.population else 0)
    assert client.get(reverse("report_exchange_file", args=[PLAN, DUTY, "24373", DUE, "exe"])).status_code == 404
    assert signed_in(office["tuan"]).get(reverse("report_exchange", args=[PLAN, DUTY, "24373", DUE])).status_code == 404


def test_the_api_answers_with_the_figures_of_the_boards(office: dict[str, Account], land: Country) -> None:
    given = reading(land.province)
    answer = Client().get("/api/v1/so-lieu", {"noi": "24373", "chi_so": "adult_skill"}, headers=given).json()
    [row] = answer["figures"]
    shown = figure(land.ea_kar, Ask("adult_skill"), on=TODAY)
    assert (row["proven"], row["population"], row["imported"]) == (shown.proven, 3, None)
    below = Client().get("/api/v1/so-lieu", {"cac_xa": "true", "chi_so": "adult_skill"}, headers=given).json()
    assert {row["place"] for row in below["figures"]} == {"24373", "24400"}
    targets = Client().get(f"/api/v1/ke-hoach/{PLAN}/chi-tieu", {"noi": "24373"}, headers=given).json()
    assert {one["metric"] for one in targets["targets"]} >= {"adult_skill", "adult_confirmed"}
    packet = (
        Client().get(f"/api/v1/bao-cao/{PLAN}/{DUTY}/{DUE}/so-lieu-bao-cao", {"noi": "24373"}, headers=given).json()
    )
    assert {row["place"] for row in packet["rows"]} == {"24373"}
    assert [plan["key"] for plan in Client().get("/api/v1/ke-hoach", headers=given).json()] == [PLAN]
    assert len(Client().get("/api/v1/chi-so", headers=given).json()) > 30


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("so-lieu?noi=24373-01", 404),  # a village
        ("so-lieu?noi=VN", 404),  # above
        ("so-lieu?noi=%00", 404),
        ("so-lieu?ngay=2030-01-01", 400),
        ("so-lieu?ngay=hom-nay", 400),
        ("so-lieu?chi_so=la", 404),
        ("ke-hoach/la/chi-tieu", 404),
        (f"bao-cao/{PLAN}/{DUTY}/2025-10-16/so-lieu-bao-cao", 400),
        (f"bao-cao/{PLAN}/{DUTY}/2025-10-24/so-lieu-bao-cao", 400),  # its period is not over
        (f"bao-cao/{PLAN}/{DUTY}/{DUE}/la", 404),
    ],
)
def test_what_a_reader_may_not_or_cannot_ask_is_refused_with_a_sentence(
    office: dict[str, Account], land: Country, address: str, status: int
) -> None:
    answer = Client().get(f"/api/v1/{address}", headers=reading(land.province))
    assert answer.status_code == status
    assert answer.json()["error"]


def test_a_commune_s_reader_sees_its_commune_and_an_ended_one_nothing(
    office: dict[str, Account], land: Country
) -> None:
    given = reading(land.ea_kar)
    assert Client().get("/api/v1/so-lieu", headers=given).status_code == 200
    assert Client().get("/api/v1/so-lieu", {"noi": "24400"}, headers=given).status_code == 404
    renewed = reading(land.ea_kar)
    assert Client().get("/api/v1/so-lieu", headers=given).status_code == 401
    end_reader(readers().get(), by=":test")
    assert Client().get("/api/v1/so-lieu", headers=renewed).status_code == 401


def test_the_description_is_openapi_and_names_every_address() -> None:
    told = Client().get("/api/v1/openapi.json")
    described = json.loads(told.content)
    validate(described)
    assert set(described["paths"]) == {
        "/api/v1/ke-hoach", "/api/v1/ke-hoach/{plan}/chi-tieu", "/api/v1/chi-so", "/api/v1/so-lieu",
        "/api/v1/bao-cao/{plan}/{duty}/{due}/{packet}",
    }  # fmt: skip
