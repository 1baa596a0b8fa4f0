"""The same figures for other systems: files to be uploaded, and the API with its token."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openapi_spec_validator import validate

from hocvuso.measure.queries import figure
from hocvuso.measure.readers import end_reader, open_reader, readers
from hocvuso.measure.rules import Ask
from hocvuso.people.models import Account
from hocvuso.places.models import Unit
from hocvuso.plans.queries import duty_named
from hocvuso.reports.actions import declare_figure
from tests.make.people import TODAY, signed_in
from tests.make.places import Country
from tests.make.reports import BY, PDF, taken_to, words

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


def test_what_is_being_written_leaves_the_house_with_nobody(
    office: dict[str, Account], land: Country, settings: Any, tmp_path: Path
) -> None:
    settings.UPLOADS_DIR = tmp_path / "uploads"
    what, day = duty_named(DUTY, plan=PLAN), dt.date.fromisoformat(DUE)
    given = reading(land.province)

    def packet(key: str) -> list[dict[str, Any]]:
        answer = Client().get(f"/api/v1/bao-cao/{PLAN}/{DUTY}/{DUE}/{key}", {"noi": "24373"}, headers=given)
        rows: list[dict[str, Any]] = answer.json()["rows"]
        return rows

    def file(name: str, ban: str = "") -> str:
        address = reverse("report_exchange_file", args=[PLAN, DUTY, "24373", DUE, "zip"]) + ban
        with zipfile.ZipFile(io.BytesIO(signed_in(office["dung"]).get(address).content)) as package:
            return package.read(f"{name}.csv").decode("utf-8-sig")

    def declare(count: int) -> None:
        declare_figure(
            what, place=land.ea_kar, due=day, line="ii-4-nguoi-lon-duoc-tiep-can", count=count, reason="Chưa nhập kịp",
            document="12/DS-UBND", paper=PDF, by=BY,
        )  # fmt: skip

    words(what, land.ea_kar, difficulties="Đang viết dở.")
    declare(5)
    [state] = packet("trang-thai-bao-cao")
    assert (state["state"], state["edition"], packet("gui-de-cuong")) == ("not_sent", 0, [])
    assert {row["declared"] for row in packet("so-lieu-bao-cao")} == {None}
    taken_to("replaced", what, land.ea_kar, due=day)
    words(what, land.ea_kar, difficulties="Bản sau.")
    declare(7)
    [state] = packet("trang-thai-bao-cao")
    assert (state["state"], state["edition"], state["number"]) == ("sent_back", 1, "01/BC-UBND")
    assert {row["declared"] for row in packet("so-lieu-bao-cao")} == {None, 5}
    assert "Đang viết dở." in {row["text"] for row in packet("gui-de-cuong")}
    for ban in ("", "?ban=1"):
        assert "Đang viết dở." in file("gui-de-cuong", ban)
        assert "Bản sau." not in file("gui-de-cuong", ban)


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
