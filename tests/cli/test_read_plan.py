"""`hocvuso plans read`: no database, data on standard output, remarks on standard error, refusals with exit code 2."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Say
from tests.plans.reader import documents


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "ke-hoach.txt"
    path.write_text(documents.COMMUNE, encoding="utf-8")
    return path


def test_reading_as_json_has_the_fields_of_the_readings_by_hand(say: Say, plan: Path) -> None:
    said = say("plans", "read", plan, "--json")
    assert said.code == 0
    data = json.loads(said.out)
    assert data["issuer"] == "Ủy ban nhân dân xã Hòa Bình"
    fields = {
        "text",
        "target",
        "unit",
        "comparator",
        "group",
        "due",
        "lead",
        "leads",
        "directing_body",
        "implementers",
        "aspirational",
        "horizon",
        "level",
    }
    assert fields <= data["indicators"][0].keys()
    assert {"text", "lead", "leads", "coordinators", "due", "due_text", "recurring", "result"} <= data["tasks"][
        0
    ].keys()
    assert {"frequency", "due_rule", "to", "who"} <= data["reporting"][0].keys()
    assert {"number", "date", "period", "duplicates", "indicators_embedded", "findings"} <= data.keys()
    assert data["indicators"][5]["metric"] == "adult_confirmed"


def test_reading_for_people_is_a_table_with_the_findings(say: Say, plan: Path, tmp_path: Path) -> None:
    other = tmp_path / "phu-luc.txt"
    other.write_text(documents.COMMUNE.replace("ít nhất 70%", "ít nhất 75%"), encoding="utf-8")
    said = say("plans", "read", plan, "--with", other)
    assert said.code == 0
    assert "Chỉ tiêu" in said.out
    assert "Hai văn bản ghi mức khác nhau" in said.out
    assert "phu-luc.txt" in said.out


def test_what_the_reader_has_to_say_goes_to_standard_error(say: Say, tmp_path: Path) -> None:
    path = tmp_path / "thu.txt"
    path.write_text("Kính gửi bà con, mời dự họp.", encoding="utf-8")
    said = say("plans", "read", path, "--json")
    assert (said.code, json.loads(said.out)["indicators"]) == (0, [])
    assert "Không tìm thấy chỉ tiêu" in said.err


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.xlsx", b"abc", "Không đọc loại tệp"),
        ("a.docx", b"PK broken", "đã hỏng"),
        ("missing.pdf", None, "Không có tệp"),
    ],
)
def test_what_cannot_be_read_is_one_line_and_exit_code_2(
    say: Say, tmp_path: Path, name: str, data: bytes | None, why: str
) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    said = say("plans", "read", path)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("hocvuso: ")
    assert why in said.err
    assert said.err.count("\n") == 1


def test_reading_loads_neither_django_nor_a_library_it_does_not_need(plan: Path) -> None:
    code = (
        "import sys; sys.argv = ['hocvuso', 'plans', 'read', sys.argv[1], '--json']\n"
        "from hocvuso.cli import main\n"
        "try: main()\nfinally: print(sorted({'django', 'duckdb', 'pypdfium2', 'lxml'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(plan)], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
