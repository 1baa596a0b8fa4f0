"""Forms and templates as files an office can change: what is theirs counts, and a broken file is named instead of half used."""

from __future__ import annotations

import datetime as dt
import io
import os
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest

from hocvuso.lib.errors import BadInput
from hocvuso.reports.documents.docx_writer import write_docx
from hocvuso.reports.documents.fields import BODY_FIELDS, TEMPLATE_FIELDS
from hocvuso.reports.documents.form import STYLES
from hocvuso.reports.documents.library import FREQUENCIES, copy_to, load, shipped, unread_in
from hocvuso.reports.documents.pdf_writer import pdf_of
from hocvuso.reports.documents.periodic import periodic_report
from hocvuso.reports.documents.template import Block
from hocvuso.reports.queries import library_here
from hocvuso.reports.rules import CommuneRow, TaskLine
from tests.reports.test_periodic import CONTENT

DAY = dt.date(2025, 10, 17)
MORE = """addressee: "Kính gửi: {to}."
grounds: [Căn cứ Kế hoạch của tỉnh]
recipients: [Trung tâm Chuyển đổi số]
authority: [KT. CHỦ TỊCH, PHÓ CHỦ TỊCH]
"""


def put(folder: Path, name: str, text: str) -> None:
    """`name` as faults name it: "templates/x.yaml" lies in the folder as "x.yaml"."""
    target = folder / name.removeprefix("templates/")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")


def test_every_form_has_every_style_and_says_where_it_comes_from() -> None:
    library = shipped()
    assert set(FREQUENCIES) <= library.templates.keys()
    for form in library.forms.values():
        assert form.styles.keys() == STYLES.keys()
        assert form.source
        assert form.portrait == 165


@pytest.mark.parametrize(
    ("name", "system", "office"),
    [
        ("Sở Y tế", "state", "GIÁM ĐỐC"),
        ("Văn phòng UBND tỉnh", "state", "CHÁNH VĂN PHÒNG"),
        ("Báo và Phát thanh, Truyền hình Đắk Lắk", "state", "TỔNG BIÊN TẬP"),
        ("Một cơ quan chưa ai biết", "state", "THỦ TRƯỞNG ĐƠN VỊ"),
        ("VĂN PHÒNG TỈNH UỶ", "party", "CHÁNH VĂN PHÒNG"),
        ("Đảng ủy UBND tỉnh", "party", "BÍ THƯ"),
        ("Hội Nông dân tỉnh", "farmers", "CHỦ TỊCH"),
        ("Hội Cựu chiến binh tỉnh", "association", "CHỦ TỊCH"),
    ],
)
def test_a_name_tells_the_form_and_who_signs(name: str, system: str, office: str) -> None:
    form, body = shipped().form_for(name, kind="office", on=DAY)
    assert (form.system, body.authority[-1]) == (system, office)


def test_an_offices_file_takes_the_place_of_ours_and_the_rest_stays(tmp_path: Path) -> None:
    put(tmp_path, "forms/state.yaml", "like: state\nmargins: {top: 25, bottom: 20, left: 30, right: 15}\n")
    put(
        tmp_path,
        "templates/ke-hoach/bao-cao.yaml",
        "like: weekly\nname: Mẫu của tỉnh\nsubject: Kết quả tuần {period}\n" + MORE,
    )
    library = load(tmp_path)
    assert library.own == ("forms/state.yaml", "templates/ke-hoach/bao-cao.yaml")
    assert (library.forms["state"].margins.top, library.forms["front"].margins.top) == (
        25,
        25,
    )  # the Front's is like the State's
    own = library.template_for(plan="ke-hoach", duty="bao-cao", frequency="monthly")
    assert (own.name, own.sections) == ("Mẫu của tỉnh", shipped().templates["weekly"].sections)
    content = replace(CONTENT, plan="ke-hoach", duty="bao-cao", issuer=replace(CONTENT.issuer, to=("Sở Y tế",)))
    document = periodic_report(content, library=library)
    assert (document.addressee, document.grounds) == ("Kính gửi: Sở Y tế.", ("Căn cứ Kế hoạch của tỉnh",))
    assert document.recipients == ("Sở Khoa học và Công nghệ (b/c)", "Trung tâm Chuyển đổi số", "Lưu: VT")
    assert document.signature.authority == ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    assert library.template_for(plan="khac", duty="bao-cao", frequency="monthly").name == "Báo cáo tháng"


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("templates/weekly.yaml", "like: monthly\nname: A\n", "“like: (monthly|weekly)”.*dẫn vòng"),
        ("templates/x/y.yaml", "like: weekly\nname: A\nsubject: Kết quả {co_quan}\n", "templates/x/y.yaml, dòng 3.*co_quan.*{agency}"),
        ("templates/x/y.yaml", "like: weekly\nsubject: Kết quả {agency.__class__}\n", r"dòng 2.*agency\.__class__"),
        ("templates/x/y.yaml", "like: weekly\nsubject: Kết quả {agency\n", "dòng 2.*ngoặc nhọn"),
        ("templates/x/y.yaml", "like: weekly\nsections:\n  - heading: A\n    blocks: [steering, chi_dao]\n", "dòng 4.*sections.*blocks"),
        ("templates/x/y.yaml", "like: weekly\nsection: []\n", "dòng 2.*section: không có khóa này"),
        ("templates/x/y.yaml", "name: A\n", "subject: thiếu khóa này"),
        ("templates/x/y.yaml", "name: [\n", "y.yaml, dòng 2"),
        ("templates/x/y.yaml", "chỉ là chữ\n", "bảng khóa – giá trị"),
        ("templates/x/y.yaml", "like: x/y\n", "không dẫn tới tệp nào"),
        ("forms/state.yaml", "like: party\nname: A\n", "“like: (state|party)”.*dẫn vòng"),
        ("forms/ward.yaml", "like: state\nname: A\nmargins: {top: 20, bottom: 20, left: 400, right: 15}\n", "dòng 3.*margins.left"),
        ("forms/ward.yaml", "like: state\nname: A\nstyles: {Tieude: {size: 14}}\n", "không có kiểu chữ Tieude"),
        ("forms/ward.yaml", "like: state\nname: A\nstyles:\n  Title: {size: lớn}\n", r"forms/ward.yaml, dòng 4.*styles\.Title\.size"),
    ],
)  # fmt: skip
def test_a_broken_file_is_named_with_its_line_and_nothing_is_used(
    tmp_path: Path, name: str, text: str, why: str
) -> None:
    put(tmp_path, name, text)
    with pytest.raises(BadInput, match=f"(?s){why}"):
        load(tmp_path)


def test_what_fits_other_margins_is_written_in_them(tmp_path: Path) -> None:
    put(
        tmp_path,
        "forms/state.yaml",
        "like: state\nmargins: {top: 25, bottom: 25, left: 35, right: 20}\nhead: [66, 89]\nfoot: [70, 85]\n",
    )
    tasks = (TaskLine("Mở lớp", "15/9/2025", "Đang thực hiện", "", done=False, late=True),)
    rows = (CommuneRow("Xã Ea Kar", (57.56,)),)
    for number in (1, 13):  # in the text, and in an annex
        content = replace(CONTENT, tasks=tasks * number, communes=rows, commune_columns=("Có kỹ năng",))
        document = periodic_report(content, library=load(tmp_path))
        write_docx(document, to=io.BytesIO())
        assert pdf_of(document).startswith(b"%PDF")


def test_a_file_nobody_reads_is_named(tmp_path: Path) -> None:
    put(tmp_path, "templates/weekly.yml", "like: weekly\n")
    put(tmp_path, "templates/monthly.yaml", "like: monthly\n")
    assert unread_in(tmp_path) == ["weekly.yml"]
    assert load(tmp_path).own == ("templates/monthly.yaml",)


def test_copying_brings_every_file_and_overwrites_none(tmp_path: Path) -> None:
    put(tmp_path, "templates/weekly.yaml", "like: monthly\n")
    made = copy_to(tmp_path)
    assert "templates/weekly.yaml" not in made
    assert "templates/dak-lak-100-ngay/doan-ket-kho-khan.yaml" in made
    assert (tmp_path / "weekly.yaml").read_text("utf-8") == "like: monthly\n"
    (tmp_path / "weekly.yaml").unlink()
    copy_to(tmp_path)
    assert load(tmp_path).templates == shipped().templates


def test_a_changed_file_counts_at_once(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    assert library_here() is shipped()
    put(tmp_path / "templates", "templates/x/y.yaml", "like: weekly\nname: Một\n")
    assert library_here().templates["x/y"].name == "Một"
    put(tmp_path / "templates", "templates/x/y.yaml", "like: weekly\nname: Hai\n")
    os.utime(tmp_path / "templates/x/y.yaml", ns=(1, 1))
    assert library_here().templates["x/y"].name == "Hai"


def test_every_form_block_and_field_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs/reference/documents.md").read_text("utf-8")
    library = shipped()
    names = {*library.forms, *library.templates, *get_args(Block)}
    assert [name for name in sorted(names) if f"`{name}`" not in page] == []
    fields = {f"{{{name}}}" for name in (*TEMPLATE_FIELDS, *BODY_FIELDS)}
    assert [field for field in sorted(fields) if f"`{field}`" not in page] == []
