"""The places data say what the law of 2025 made: counts, codes, names, and a past and a future for every unit."""

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "hocvuso" / "data" / "places"
FILES = ["provinces", "communes", "former_units", "successors"]

Row = dict[str, str]


@cache
def rows(file: str) -> list[Row]:
    with (FOLDER / f"{file}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def by_code(file: str) -> dict[str, Row]:
    return {row["code"]: row for row in rows(file)}


@cache
def former(level: str) -> dict[str, Row]:
    return {row["code"]: row for row in rows("former_units") if row["level"] == level}


def successors_of(code: str) -> dict[str, str]:
    return {row["new_code"]: row["share"] for row in rows("successors") if row["old_code"] == code}


def test_units_in_force_are_as_many_as_the_law_made() -> None:
    assert Counter(row["type"] for row in rows("provinces")) == {"tỉnh": 28, "thành phố": 6}
    assert Counter(row["type"] for row in rows("communes")) == {"xã": 2621, "phường": 687, "đặc khu": 13}
    assert {row["valid_from"] for row in rows("provinces") + rows("communes")} == {"2025-07-01"}


def test_former_units_are_as_many_as_there_were() -> None:
    assert Counter(row["level"] for row in rows("former_units")) == {"province": 63, "district": 696, "commune": 10035}
    assert Counter(row["type"] for row in former("province").values()) == {"tỉnh": 57, "thành phố": 6}
    assert {row["valid_to"] for row in rows("former_units")} == {"2025-06-30"}


@pytest.mark.parametrize(
    ("code", "short_name", "communes"),
    [("15", "Lào Cai", 99), ("19", "Thái Nguyên", 92), ("52", "Gia Lai", 135), ("66", "Đắk Lắk", 102)],
)
def test_province_has_its_communes(code: str, short_name: str, communes: int) -> None:
    assert by_code("provinces")[code]["short_name"] == short_name
    assert sum(row["province"] == code for row in rows("communes")) == communes


def test_dak_lak_is_written_as_its_own_offices_write_it() -> None:
    dak_lak = by_code("provinces")["66"]
    assert (dak_lak["name"], dak_lak["short_name"], dak_lak["type"]) == ("Tỉnh Đắk Lắk", "Đắk Lắk", "tỉnh")
    assert Counter(row["type"] for row in rows("communes") if row["province"] == "66") == {"xã": 88, "phường": 14}


def test_codes_are_unique_and_long_as_their_level_says() -> None:
    assert len(by_code("provinces")) == len(rows("provinces"))
    assert len(by_code("communes")) == len(rows("communes"))
    assert len(by_code("former_units")) == len(rows("former_units"))
    digits = {"province": 2, "district": 3, "commune": 5}
    assert all(re.fullmatch(rf"\d{{{digits[row['level']]}}}", row["code"]) for row in rows("former_units"))
    assert all(re.fullmatch(r"\d{2}", code) for code in by_code("provinces"))
    assert all(re.fullmatch(r"\d{5}", code) for code in by_code("communes"))


def test_every_parent_exists() -> None:
    assert {row["province"] for row in rows("communes")} == set(by_code("provinces"))
    assert {row["parent"] for row in former("province").values()} == {""}
    assert {row["parent"] for row in former("district").values()} == set(former("province"))
    assert {row["parent"] for row in former("commune").values()} <= set(former("district"))
    assert all(former("district")[row["parent"]]["province"] == row["province"] for row in former("commune").values())


@pytest.mark.parametrize("file", FILES)
def test_text_is_clean(file: str) -> None:
    text = (FOLDER / f"{file}.csv").read_bytes().decode("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert not re.search(r"  | ,|, |\r|\t|\ufeff|\u00a0|’|,(nan|NaN|None)\b", text)
    lines = text.splitlines()[1:]
    assert list(csv.reader(lines)) == sorted(csv.reader(lines))
    assert len(set(lines)) == len(lines)


@pytest.mark.parametrize("file", FILES[:3])
def test_name_is_type_and_short_name(file: str) -> None:
    for row in rows(file):
        is_numbered = re.fullmatch(r"(Phường|Quận) \d+", row["name"])
        full = row["short_name"] if is_numbered else f"{row['type'].capitalize()} {row['short_name']}"
        assert row["name"] == full


def test_points_lie_in_the_country() -> None:
    for row in rows("provinces") + rows("communes"):
        if row["short_name"] not in {"Hoàng Sa", "Trường Sa"}:
            assert 8.3 < float(row["lat"]) < 23.4, row
            assert 102.1 < float(row["lon"]) < 109.5, row


@pytest.mark.parametrize(
    ("code", "name", "province", "point"),
    [
        ("20333", "Đặc khu Hoàng Sa", "Đà Nẵng", (16.568, 112.135)),
        ("22736", "Đặc khu Trường Sa", "Khánh Hòa", (9.71, 114.45)),
    ],
)
def test_hoang_sa_and_truong_sa_are_in_their_place(
    code: str, name: str, province: str, point: tuple[float, float]
) -> None:
    row = by_code("communes")[code]
    assert (row["name"], by_code("provinces")[row["province"]]["short_name"]) == (name, province)
    assert (float(row["lat"]), float(row["lon"])) == pytest.approx(point, abs=0.01)


def test_areas_are_positive_or_left_open() -> None:
    unknown = {row["short_name"] for row in rows("communes") if not row["area_km2"]}
    assert unknown == {"Kỳ Lừa", "Mỹ Phước Tây", "Đông Trạch", "Thượng Trạch"}
    assert all(0 < float(row["area_km2"]) < 1200 for row in rows("communes") if row["area_km2"])


def test_every_former_province_and_commune_has_a_successor_and_every_new_one_a_predecessor() -> None:
    islands = {"Bạch Long Vĩ", "Cồn Cỏ", "Hoàng Sa", "Lý Sơn", "Côn Đảo"}
    before, after = defaultdict(set), defaultdict(set)
    for row in rows("successors"):
        before[row["old_level"]].add(row["old_code"])
        after[row["old_level"]].add(row["new_code"])
    assert before["province"] == set(former("province"))
    assert before["commune"] == set(former("commune"))
    assert {former("district")[code]["short_name"] for code in before["district"]} == islands
    assert after["province"] == set(by_code("provinces"))
    assert after["commune"] | after["district"] == set(by_code("communes"))


def test_divided_commune_has_one_main_successor_and_an_undivided_one_goes_over_whole() -> None:
    shares = defaultdict(list)
    for row in rows("successors"):
        shares[row["old_code"]].append(row["share"])
    for code, given in shares.items():
        assert given == ["whole"] or (len(given) > 1 and sorted(given) == ["main"] + ["part"] * (len(given) - 1)), code
    assert sum(len(given) > 1 for given in shares.values()) == 442


def test_successor_lies_in_the_province_that_the_former_province_went_to() -> None:
    heir = {row["old_code"]: row["new_code"] for row in rows("successors") if row["old_level"] == "province"}
    units, communes = by_code("former_units"), by_code("communes")
    for row in rows("successors"):
        if row["old_level"] != "province":
            assert communes[row["new_code"]]["province"] == heir[units[row["old_code"]]["province"]], row


@pytest.mark.parametrize(
    ("old", "new"),
    [("Yên Bái", "Lào Cai"), ("Bình Định", "Gia Lai"), ("Phú Yên", "Đắk Lắk"), ("Bắc Kạn", "Thái Nguyên")],
)
def test_provinces_of_the_plans_went_where_they_went(old: str, new: str) -> None:
    code = next(row["code"] for row in former("province").values() if row["short_name"] == old)
    heirs = successors_of(code)
    assert [(by_code("provinces")[heir]["short_name"], share) for heir, share in heirs.items()] == [(new, "whole")]


def test_namesakes_of_a_merged_province_are_not_mixed_up() -> None:
    assert successors_of("27691") == {"27694": "whole"}  # Phường 4 of Tân An → Phường Long An
    assert successors_of("25462") == {"25459": "whole"}  # Phường 4 of Tây Ninh → Phường Tân Ninh
