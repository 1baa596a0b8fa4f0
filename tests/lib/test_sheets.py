"""Tables as files, opened again by other programs: numbers are numbers, and no text is ever a formula."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hocvuso.lib.sheets import FORMULA, Sheet, csv_of, harmless, rows_of_spreadsheet, xlsx_of

MADE = dt.datetime(2025, 10, 17, 8, tzinfo=dt.UTC)
SHEET = Sheet(
    "so-sanh-66", "So sánh: =1+1", ("Dữ liệu mô phỏng",), ("Nơi", "Số", "Tỷ lệ", "Ngày"),
    (("Xã Ea Kar", 12, 33.3333, dt.date(2025, 10, 17)), ("=cmd|' /C calc'!A0", 0, None, None), ("\t@SUM(A1)", -5, 100.0, None)),
)  # fmt: skip


def test_a_csv_opened_again_has_notes_then_the_table_and_nothing_that_runs() -> None:
    data = csv_of(SHEET)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[:2] == [["So sánh: =1+1"], ["Dữ liệu mô phỏng"]]
    assert rows[3] == ["Nơi", "Số", "Tỷ lệ", "Ngày"]
    assert rows[4] == ["Xã Ea Kar", "12", "33.33", "2025-10-17"]
    assert rows[5][0] == "'=cmd|' /C calc'!A0"
    assert rows[6] == ["'\t@SUM(A1)", "-5", "100", ""]


def test_a_spreadsheet_opened_again_has_the_same_cells_and_no_formula() -> None:
    data = xlsx_of(SHEET, made=MADE)
    rows = rows_of_spreadsheet(data)
    assert rows is not None
    assert rows[0][0] == "So sánh: =1+1"
    assert list(rows[4]) == ["Xã Ea Kar", 12.0, 33.3333, dt.date(2025, 10, 17)]
    assert rows[5][0] == "=cmd|' /C calc'!A0"  # as text
    assert b"<f>" not in data


def test_the_same_table_of_the_same_moment_gives_the_same_bytes() -> None:
    assert xlsx_of(SHEET, made=MADE) == xlsx_of(SHEET, made=MADE)


@given(st.text(max_size=30))
def test_no_text_begins_like_a_formula_in_a_csv(text: str) -> None:
    assert not harmless(text).lstrip("\t\r\n ").startswith(FORMULA)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 cut short", "Nơi,Số".encode()])
def test_what_is_no_spreadsheet_is_none(data: bytes) -> None:
    assert rows_of_spreadsheet(data) is None
