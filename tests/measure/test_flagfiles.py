from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from hocvuso.measure.flagfiles import FlagSheet, columns_of, read_flags, read_material, write_flags, write_material
from hocvuso.measure.flags import Flag, Material, Severity
from hocvuso.measure.flags.material import TABLES, Goal, Hand, Headcount, Spot, Stated

ON = dt.date(2025, 10, 17)
MATERIAL = Material(
    ON,
    {"adult_reached": ("adults",), "official_trained": ("officials", "staff")},
    spots=(Spot("/VN/66/24001/", "24001", "commune"),),
    headcounts=(
        Headcount("/VN/66/24001/", "adults", None, 900, ""),
        Headcount("/VN/66/24001/", "staff", ON, 9, "Sở, ban “x”"),
    ),
    goals=(Goal("/VN/66/", "adult_reached", 60.5, True, None),),
    stated=(Stated("adult_reached", "/VN/66/24001/", ON, 12, "declared", "x", ""),),
    hands=(Hand("/VN/66/24001/", "m-1", "assessment_passed", 9, 3, dt.datetime(2025, 10, 1, 2, 3, tzinfo=dt.UTC)),),
)
FLAG = Flag("falls", "/VN/66/24001/", "adult_reached", "", (ON, ON), {"drop": 12, "on": "17/10/2025"}, Severity.HIGH)


def test_material_comes_back_from_parquet_as_it_went(tmp_path: Path) -> None:
    write_material(MATERIAL, tmp_path)
    assert read_material(tmp_path) == MATERIAL


@pytest.mark.parametrize("table", TABLES)
def test_every_table_has_columns_of_its_rows(table: str) -> None:
    assert columns_of(table)


def test_flags_come_back_as_they_went(tmp_path: Path) -> None:
    sheet = FlagSheet("snapshot-1", ON, (FLAG, replace(FLAG, kind="base_undated", weeks=None)))
    write_flags(sheet, tmp_path / "flags.json")
    assert read_flags(tmp_path / "flags.json") == sheet


@pytest.mark.parametrize("text", ["", "{", '{"made_from": "x"}', "[]"])
def test_a_sheet_that_is_not_whole_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "flags.json").write_text(text, encoding="utf-8")
    assert read_flags(tmp_path / "flags.json") is None
    assert read_flags(tmp_path / "khong-co.json") is None
