"""The documents of our own, of three sets, are what they claim to be, and their reading by hand says nothing that is not in them."""

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
from tests.make.plan_documents.second import WRITERS as SECOND
from tests.make.plan_documents.second import party_commune, write_second_plan_documents
from tests.make.plan_documents.third import WRITERS as THIRD
from tests.make.plan_documents.third import ward_peak_month, write_third_plan_documents

GOLD = Path(__file__).parent / "reader_gold"
NAMES = sorted(Path(name).stem for name in [*WRITERS, *SECOND, *THIRD])
SET_FROM = {
    "department_school_year": department_school_year,
    "youth_union": youth_union,
    "party_commune": party_commune,
    "ward_peak_month": ward_peak_month,
}
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
    return write_all(tmp_path_factory.mktemp("plan_documents"))


def write_all(folder: Path) -> dict[str, Path]:
    return write_plan_documents(folder) | write_second_plan_documents(folder) | write_third_plan_documents(folder)


@cache
def gold(name: str) -> dict[str, Any]:
    (path,) = GOLD.rglob(f"{name}.json")
    reading: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
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
        return words(SET_FROM[path.stem].BODY)
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
    assert words(gold(name)["number"] or gold(name)["number_template"]) in text


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


@pytest.mark.parametrize(
    ("name", "columns", "joined"),
    [("province_year_table", 8, 11), ("ward_task_table", 6, 5), ("ward_grouped_annex", 6, 6), ("commune_matrix", 6, 4)],
)
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


def test_the_table_of_the_party_runs_over_two_pages_without_the_head_of_the_state(made: dict[str, Path]) -> None:
    with pdfplumber.open(made["party_commune"]) as pdf:
        first, *_body, before, last = pdf.pages
        head = unicodedata.normalize("NFC", first.extract_text())
        tables = [page.extract_tables()[0] for page in (before, last)]
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in head
    assert "CỘNG HÒA" not in head
    assert tables[0][0] == tables[1][0]
    assert tables[0][-1][0] == "8"
    assert [bool(cell) for cell in tables[1][1]] == [False] * 4 + [True, False]  # only the partners go on


def test_the_province_by_agency_has_no_table_but_those_of_its_head_and_signature(made: dict[str, Path]) -> None:
    assert [len(table.rows) for table in Document(str(made["province_by_agency"])).tables] == [1, 1]


def test_the_page_of_the_university_keeps_tabs_between_the_cells_of_its_table(made: dict[str, Path]) -> None:
    rows = [
        line.split("\t") for line in made["university_web"].read_text(encoding="utf-8").splitlines() if "\t" in line
    ]
    assert {len(row) for row in rows} == {6}
    assert [row[0] for row in rows] == ["TT", *map(str, range(1, 11))]


def test_the_other_pdf_has_text_and_no_table(made: dict[str, Path]) -> None:
    with pdfplumber.open(made["youth_union"]) as pdf:
        pages = [(page.extract_text(), page.extract_tables()) for page in pdf.pages]
    assert len(pages) == 2
    assert "Thành lập 124 Đội hình" in unicodedata.normalize("NFC", pages[0][0])
    assert all(tables == [] for _text, tables in pages)


def test_the_busy_month_is_two_pages_of_text_without_a_table(made: dict[str, Path]) -> None:
    with pdfplumber.open(made["ward_peak_month"]) as pdf:
        assert len(pdf.pages) == 2
        assert all(page.extract_tables() == [] for page in pdf.pages)
        assert "Tháng cao điểm" in unicodedata.normalize("NFC", pdf.pages[0].extract_text())


def test_the_tasks_of_the_health_department_carry_their_labels_on_lines_of_their_own(made: dict[str, Path]) -> None:
    lines = [paragraph.text for paragraph in Document(str(made["health_sector"])).paragraphs]
    for label in ("Đơn vị thực hiện: ", "Đơn vị phối hợp: ", "Thời gian hoàn thành: "):
        assert sum(line.startswith(label) for line in lines) == len(gold("health_sector")["tasks"])


def test_the_two_bodies_sign_side_by_side(made: dict[str, Path]) -> None:
    page = made["farmers_and_youth"].read_text(encoding="utf-8")
    assert page.count("<table") == 2
    assert page.count(">TM. BAN THƯỜNG VỤ") == page.count("<b>TM. BAN THƯỜNG VỤ") == 2


def test_the_scan_has_its_marks_apart_and_page_numbers_between_the_lines(made: dict[str, Path]) -> None:
    text = made["commune_scan"].read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFD", text)
    assert re.findall(r"^ +(\d)$", text, re.MULTILINE) == ["2", "3"]


def test_making_them_twice_gives_the_same_text(made: dict[str, Path], tmp_path: Path) -> None:
    again = write_all(tmp_path)
    assert {name: printed(path) for name, path in again.items()} == {name: printed(path) for name, path in made.items()}
