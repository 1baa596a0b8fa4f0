"""The six documents of our own are what they claim to be, and their reading by hand says nothing that is not in them."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pdfplumber
import pytest
from docx import Document

from hocvuso.lib.text import fold
from hocvuso.plans.planfile import Comparator, Frequency, Group
from tests.make.plan_documents import WRITERS, department_school_year, write_plan_documents, youth_union

GOLD = Path(__file__).parent / "reader_gold"
NAMES = sorted(Path(name).stem for name in WRITERS)
every_document = pytest.mark.parametrize("name", NAMES)
PARTS = (
    "indicators",
    "indicators_embedded",
    "duplicates",
    "tasks",
    "assignments",
    "reporting",
    "findings",
    "not_indicators",
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return write_plan_documents(tmp_path_factory.mktemp("plan_documents"))


@cache
def gold(name: str) -> dict[str, Any]:
    reading: dict[str, Any] = json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8"))
    return reading


def words(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(unicodedata.normalize("NFC", text))))


def printed(path: Path) -> str:
    """Every word of the document, by the plainest way; of a PDF the text it was set from, which no page break cuts."""
    if path.suffix == ".docx":
        document = Document(str(path))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return words("\n".join([*(p.text for p in document.paragraphs), *cells]))
    if path.suffix == ".pdf":
        return words({"department_school_year": department_school_year, "youth_union": youth_union}[path.stem].BODY)
    text = path.read_text(encoding="utf-8")
    return words(html.unescape(re.sub(r"<[^>]+>", " ", text)) if path.suffix == ".html" else text)


def statements(reading: dict[str, Any]) -> Iterator[str]:
    for part in PARTS:
        for one in reading[part]:
            yield from (one[key] for key in ("text", "due_text", "due_rule", "result") if one.get(key))
            yield from one.get("leads", ())
            yield from one.get("coordinators", ())


@every_document
def test_every_word_of_the_reading_stands_in_the_document(made: dict[str, Path], name: str) -> None:
    text = f" {printed(made[name])} "
    assert [said for said in statements(gold(name)) if f" {words(said)}" not in text] == []
    assert [ref for ref in gold(name)["references"] if words(ref) not in text] == []
    assert words(gold(name)["number"]) in text


@every_document
def test_reading_keeps_the_form_of_the_readings_of_the_real_plans(name: str) -> None:
    reading = gold(name)
    assert reading["doc"] == name
    assert set(PARTS) < reading.keys()
    for one in [*reading["indicators"], *reading["indicators_embedded"]]:
        assert one["group"] in get_args(Group), one
        assert one["comparator"] in get_args(Comparator), one
        assert one["lead"] == ("; ".join(one["leads"]) or None), one
    for duty in reading["reporting"]:
        assert duty["frequency"] in get_args(Frequency), duty
    for part in PARTS:
        for one in reading[part]:
            due = one.get("due")
            assert due is None or len(due) == 4 or dt.date.fromisoformat(due), one


@pytest.mark.parametrize(("name", "columns", "joined"), [("province_year_table", 8, 11), ("ward_task_table", 6, 5)])
def test_word_documents_hold_a_table_with_joined_cells(
    made: dict[str, Path], name: str, columns: int, joined: int
) -> None:
    table = max(Document(str(made[name])).tables, key=lambda one: len(one.rows))
    assert len(table.columns) == columns
    across = table._tbl.xpath(".//w:gridSpan")
    down = table._tbl.xpath('.//w:vMerge[@w:val="restart"]')
    assert len(across) + len(down) == joined


def test_a_table_of_the_department_runs_over_two_pages_and_cuts_a_row(made: dict[str, Path]) -> None:
    with pdfplumber.open(made["department_school_year"]) as pdf:
        first, second = (page.extract_tables()[-1 if page.page_number == 1 else 0] for page in pdf.pages)
    assert first[0] == second[0]  # the head is printed again
    assert first[-1][0] == "3"
    assert second[1][0] == ""
    assert "kiểm chứng" in unicodedata.normalize("NFC", str(second[1][1]))


def test_the_other_pdf_has_text_and_no_table(made: dict[str, Path]) -> None:
    with pdfplumber.open(made["youth_union"]) as pdf:
        pages = [(page.extract_text(), page.extract_tables()) for page in pdf.pages]
    assert len(pages) == 2
    assert "Thành lập 124 Đội hình" in unicodedata.normalize("NFC", pages[0][0])
    assert all(tables == [] for _text, tables in pages)


def test_the_scan_has_its_marks_apart_and_page_numbers_between_the_lines(made: dict[str, Path]) -> None:
    text = made["commune_scan"].read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFD", text)
    assert re.findall(r"^ +(\d)$", text, re.MULTILINE) == ["2", "3"]


def test_making_them_twice_gives_the_same_text(made: dict[str, Path], tmp_path: Path) -> None:
    again = write_plan_documents(tmp_path)
    assert {name: printed(path) for name, path in again.items()} == {name: printed(path) for name, path in made.items()}
