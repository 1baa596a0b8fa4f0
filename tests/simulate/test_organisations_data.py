"""The agencies of Đắk Lắk as data: they are where the plan of the hundred days looks for them."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from hocvuso.lib.errors import BadInput
from hocvuso.lib.text import fold
from hocvuso.lib.yamlfile import read_yaml
from hocvuso.places.actions import load_organisations
from hocvuso.places.models import Organisation
from tests.make.places import Country

FILE = Path(settings.DATA_DIR) / "organisations" / "dak-lak.yaml"
# Named in the plan, and an agency of the province's own.
NAMED = ("Sở ", "Công an tỉnh", "Tỉnh đoàn", "Văn phòng UBND tỉnh", "Báo và Phát thanh")


def rows() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read_yaml(FILE)["organisations"]
    return found


def test_codes_names_and_symbols_are_whole_and_unique() -> None:
    for column in ("code", "name"):
        assert len({row[column] for row in rows()}) == len(rows()) == 25
    assert all(row["code"].startswith("66-") and row["symbol"] and row["kind"] == "agency" for row in rows())


def test_every_seat_is_a_ward_of_the_province() -> None:
    with (settings.DATA_DIR / "places" / "communes.csv").open(encoding="utf-8", newline="") as file:
        wards = {
            row["code"] for row in csv.DictReader(file) if row["province"] == "66" and row["type"].lower() == "phường"
        }
    assert {row["seat"] for row in rows()} <= wards


def test_every_agency_the_plan_names_is_there() -> None:
    plan = read_yaml(settings.DATA_DIR / "plans" / "dak-lak-100-ngay.yaml")
    parts = [*plan["targets"], *plan["tasks"]]
    named = {name for part in parts for key in ("leads", "coordinators") for name in part.get(key, [])}
    wanted = {fold(name) for name in named if name.startswith(NAMED)}
    assert fold(plan["lead_agency"]) in wanted
    assert wanted <= {fold(row["name"]) for row in rows()}


@pytest.mark.django_db
def test_loading_twice_changes_nothing_and_an_unknown_seat_is_refused(land: Country, tmp_path: Path) -> None:
    path = tmp_path / "them.yaml"
    text = (
        'province: "66"\nvalid_from: 2025-07-01\nsource: thử\norganisations:\n'
        '  - {code: 66-so-y-te, name: Sở Y tế, symbol: SYT, kind: agency, seat: "24373"}\n'
    )
    path.write_text(text, encoding="utf-8")
    assert [load_organisations(path, by=":test").new for _ in range(2)] == [1, 0]
    assert Organisation.objects.get(code="66-so-y-te").of == land.province
    path.write_text(text.replace("24373", "99999").replace("66-so-y-te", "66-khac"), encoding="utf-8")
    with pytest.raises(BadInput, match="99999"):
        load_organisations(path, by=":test")
    assert not Organisation.objects.filter(code="66-khac").exists()
