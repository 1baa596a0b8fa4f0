"""The mapping file, and how rows become cells of somebody else's system."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from hocvuso.connect.baocao.files import workbook_of, zip_of
from hocvuso.connect.baocao.packets import PACKETS, Value
from hocvuso.connect.baocao.rules import SIMULATED_COLUMN, parse_mapping
from hocvuso.lib.errors import BadInput
from hocvuso.lib.sheets import rows_of_spreadsheet
from hocvuso.lib.yamlfile import read_yaml

FIGURES = "so-lieu-bao-cao"
ROW: dict[str, Value] = {
    "indicator": "mot",
    "title": "=Đạt",
    "so_far": 8540,
    "share": 57.04,
    "due": "2025-10-17",
    "grade": "proven",
    "declared": None,
}


def mapped(*columns: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"title": "Thử", "packets": {FIGURES: {"file": "so-lieu", "columns": list(columns)}}, **more}


COLUMNS = (
    {"header": "MA_CT", "field": "indicator"},
    {"header": "TEN", "field": "title"},
    {"header": "LUY_KE", "field": "so_far"},
    {"header": "TY_LE", "field": "share"},
    {"header": "NGAY", "field": "due"},
    {"header": "LOAI", "field": "grade", "codes": {"proven": "MC"}},
    {"header": "TU_BAO_CAO", "field": "declared"},
    {"header": "NGUON", "value": "HVS"},
)


def rows_of(data: bytes, name: str, **form: Any) -> list[list[str]]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return list(csv.reader(io.StringIO(package.read(name).decode("utf-8-sig")), **form))


def test_the_mapping_that_comes_with_the_program_has_all_thirteen_packets() -> None:
    path = settings.DATA_DIR / "exchange" / "bao-cao-tinh.yaml"
    mapping = parse_mapping(read_yaml(path), file=path.name)
    assert [table.packet.key for table in mapping.tables] == list(PACKETS)
    assert len(PACKETS) == 13
    for table in mapping.tables:
        assert [column.field for column in table.columns] == list(table.packet.fields)


def test_the_page_of_fields_says_what_the_code_has() -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "exchange.md").read_text(encoding="utf-8")
    for packet in PACKETS.values():
        part = page.split(f"## `{packet.key}`: {packet.title}\n")[1].split("\n## ")[0]
        assert [line.split("`")[1] for line in part.splitlines() if line.startswith("| `")] == list(packet.fields), (
            packet.key
        )


def test_headers_order_codes_and_ways_of_writing_are_the_offices() -> None:
    mapping = parse_mapping(mapped(*COLUMNS, csv={"delimiter": ";", "decimal": ","}, day="%d/%m/%Y"), file="m.yaml")
    made = zip_of(mapping, {FIGURES: [ROW]}, simulated=False)
    assert rows_of(made, "so-lieu.csv", delimiter=";") == [
        ["MA_CT", "TEN", "LUY_KE", "TY_LE", "NGAY", "LOAI", "TU_BAO_CAO", "NGUON"],
        ["mot", "'=Đạt", "8540", "57,04", "17/10/2025", "MC", "", "HVS"],
    ]
    assert made == zip_of(mapping, {FIGURES: [ROW]}, simulated=False)


def test_a_spreadsheet_holds_numbers_as_numbers_and_no_formula() -> None:
    mapping = parse_mapping(mapped(*COLUMNS), file="m.yaml")
    made = workbook_of(mapping, {FIGURES: [ROW]}, simulated=False)
    rows = rows_of_spreadsheet(made)
    assert rows is not None
    assert list(rows[1]) == ["mot", "=Đạt", 8540.0, 57.04, "2025-10-17", "MC", "", "HVS"]
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(made)).read("xl/worksheets/sheet1.xml")
    assert made == workbook_of(mapping, {FIGURES: [ROW]}, simulated=False)


def test_simulated_rows_say_so_whatever_the_mapping_says() -> None:
    mapping = parse_mapping(mapped(COLUMNS[0]), file="m.yaml")
    assert rows_of(zip_of(mapping, {FIGURES: [ROW]}, simulated=True), "MO-PHONG-so-lieu.csv") == [
        ["MA_CT", SIMULATED_COLUMN],
        ["mot", "có"],
    ]


def test_every_fault_of_a_mapping_is_told_with_its_place_and_nothing_is_guessed() -> None:
    wrong = {
        "packets": {
            "khong-co": {"columns": [{"header": "A", "field": "x"}]},
            FIGURES: {
                "file": "../so lieu",
                "columns": [
                    {"field": "so_far"},
                    {"header": "A", "field": "x"},
                    {"header": "B"},
                    {"header": "C", "value": "", "la": 1},
                ],
            },
        },
        "csv": {"delimiter": "#", "decimal": "x"},
        "day": "%H",
        "la": 1,
    }
    with pytest.raises(BadInput) as told:
        parse_mapping(wrong, file="m.yaml")
    said = str(told.value)
    for part in (
        "khóa lạ “la”", "delimiter", "decimal", "khong-co: không có gói", f"{FIGURES}, cột 1: phải có header", "không có trường “x”",
        f"{FIGURES}, cột 3: chọn một trong hai", f"{FIGURES}, cột 4: khóa lạ", "../so lieu", "mẫu ngày",
    ):  # fmt: skip
        assert part in said
    nothings: list[Any] = [None, [], {}, {"packets": {}}]
    for nothing in nothings:
        with pytest.raises(BadInput):
            parse_mapping(nothing, file="m.yaml")
