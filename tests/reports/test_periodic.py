"""The periodic report as a document: opened again, it holds the figures, the words and nothing nobody wrote."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from typing import Any

import docx
import pytest

from hocvuso.lib.periods import Span
from hocvuso.lib.text import NBSP
from hocvuso.plans.rules import Light
from hocvuso.reports.documents.docx_writer import write_docx
from hocvuso.reports.documents.layout import SIMULATED_MARK
from hocvuso.reports.documents.model import Block, Bullet, GroupRow, Heading, LegalDocument, Paragraph, Table
from hocvuso.reports.documents.periodic import TO_BE_ADDED, periodic_report
from hocvuso.reports.documents.template import NOTHING
from hocvuso.reports.gathering import Answer, Gathered, GatheredLine, VillageRow
from hocvuso.reports.rules import (
    CommuneRow,
    CommuneShare,
    Declared,
    Extreme,
    Issuer,
    Line,
    ReportContent,
    TaskLine,
)

ISSUER = Issuer(
    parent_agency="", agency="ỦY BAN NHÂN DÂN\nXÃ EA KAR", agency_name="Ủy ban nhân dân xã Ea Kar", symbol="BC-UBND", place="Ea Kar",
    authority=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), recipients=("Sở Khoa học và Công nghệ (b/c)", "Lưu: VT"),
)  # fmt: skip


def line(key: str = "a", **change: Any) -> Line:
    usual: dict[str, Any] = {
        "key": key, "clause": "II.4", "title": f"Chỉ tiêu {key}", "horizon": "100 ngày", "counted": "người", "rung": "reached",
        "goal": f"60{NBSP}%", "deadline": "", "light": Light.ON_TRACK, "population": 14_980, "this_period": 345, "so_far": 8_622,
        "share": 100 * 8_622 / 14_980, "gained_points": 2.3, "proven": 8_622, "imported": 9_001, "imported_source": "Công an tỉnh",
        "declared": 12_345, "headline": "proven",
    }  # fmt: skip
    return Line(**{**usual, **change})


NOT_MEASURED = line(
    "b", horizon="2025", goal="", population=None, this_period=None, so_far=None, share=None, gained_points=None, proven=None,
    imported=None, imported_source="", declared=None, light=Light.NOT_MEASURED,
)  # fmt: skip
CONTENT = ReportContent(
    issuer=ISSUER, plan_title="Kế hoạch thử", plan_issuer="UBND tỉnh Đắk Lắk",
    due=dt.date(2025, 10, 17), span=Span(dt.date(2025, 10, 10), dt.date(2025, 10, 16)), lines=(line(), NOT_MEASURED),
    tasks=(TaskLine("Lập Tổ", "trước ngày 01/8/2025", "Đã hoàn thành", "05/QĐ-UBND", done=True, late=False),
           TaskLine("Mở lớp", "15/9/2025", "Đang thực hiện", "", done=False, late=True)),
    steering="Đã họp Ban Chỉ đạo.\n- Ban hành công văn\n  + Phân công\n\n", practices="", difficulties="",
    proposals=" \n ", next_steps="Mở lớp.",
    simulated=False,
)  # fmt: skip


def opened(content: ReportContent) -> Any:
    file = io.BytesIO()
    write_docx(periodic_report(content), to=file)
    return docx.Document(file)


def text_of(content: ReportContent) -> str:
    document = opened(content)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells]).replace(NBSP, " ")


def under(document: LegalDocument, heading: str) -> list[Block]:
    """The blocks between a heading and the next of its level."""
    blocks = list(document.body)
    start = next(n for n, block in enumerate(blocks) if isinstance(block, Heading) and block.text.startswith(heading))
    level = blocks[start].level  # type: ignore[union-attr]
    rest = blocks[start + 1 :]
    end = next((n for n, b in enumerate(rest) if isinstance(b, Heading) and b.level <= level), len(rest))
    return rest[:end]


def annex_rows(content: ReportContent, number: int = 0) -> list[Any]:
    return [
        row
        for block in periodic_report(content).annexes[number].blocks
        if isinstance(block, Table)
        for row in block.rows
    ]


# --- figures -------------------------------------------------------------------------------------------------------------


def test_the_document_opens_and_holds_the_figures_in_words_and_in_the_table() -> None:
    text = text_of(CONTENT)
    assert "Chỉ tiêu a: 8.622/14.980 người, đạt 57,6 %, tăng 2,3 điểm phần trăm so với kỳ trước" in text
    for part in (
        "345",
        "8.622",
        "9.001",
        "12.345",
        "14.980",
        "57,6",
        "60 %",
        "BC-UBND",
        "Ea Kar, ngày 17 tháng 10 năm 2025",
    ):
        assert part in text, part
    assert "từ ngày 10/10/2025 đến ngày 16/10/2025" in text


def test_the_three_grades_have_a_column_each_and_no_column_adds_them() -> None:
    group, first, other, second = annex_rows(CONTENT)
    assert (group, other) == (GroupRow("Mốc: 100 ngày"), GroupRow("Mốc: 2025"))
    plain = tuple(cell.replace(NBSP, " ") for cell in first)
    assert plain == ("1", "Chỉ tiêu a", "người", "345", "8.622", "9.001", "12.345", "14.980", "57,6", "60 %")
    assert second == ("2", "Chỉ tiêu b", "người", *["chưa có"] * 5, "–", "chưa giao")
    assert f"{8_622 + 9_001:,}".replace(",", ".") not in text_of(CONTENT)


def test_what_was_not_measured_is_said_once_and_has_no_sentence_of_its_own() -> None:
    results = under(periodic_report(CONTENT), "1. Chỉ tiêu")
    bullets = [block.text for block in results if isinstance(block, Bullet)]
    assert bullets[1] == "Chưa có số liệu đối với 1 chỉ tiêu: Chỉ tiêu b."


def test_what_an_office_declares_stands_apart_with_its_reason_and_document() -> None:
    declared = line(declared=9_000, declared_on=dt.date(2025, 10, 14), declared_document="12/BC-UBND", declared_gap=378)
    said = Declared("c", "Chỉ tiêu c", "100 ngày", "người", 40, "lớp ngày 15/10 chưa nhập", "sổ điểm danh")
    results = under(periodic_report(replace(CONTENT, lines=(declared,), declared=(said,))), "1. Chỉ tiêu")
    texts = [block.text for block in results if isinstance(block, Paragraph | Bullet)]
    assert texts[2:5] == [
        "Số đơn vị tự báo cáo, chưa có minh chứng trong hệ thống nên không cộng vào kết quả nêu trên:",
        "Chỉ tiêu a: 9.000 người (tính đến ngày 14/10/2025, theo 12/BC-UBND), cao hơn số có minh chứng cùng ngày 378 người.",
        "Chỉ tiêu c (100 ngày): đơn vị tự báo cáo 40 người; lý do: lớp ngày 15/10 chưa nhập; theo sổ điểm danh.",
    ]


def test_the_best_and_the_weakest_communes_are_named_and_equal_ones_are_counted() -> None:
    best = Extreme((CommuneShare("xã Ea Kar", 82.0), CommuneShare("xã Ea Knốp", 80.5)))
    content = replace(CONTENT, lines=(line(best=best, weakest=Extreme((), equal=12, share=0.0)),))
    texts = [block.text for block in under(periodic_report(content), "1. Chỉ tiêu") if isinstance(block, Bullet)]
    assert str(texts[1]).replace(NBSP, " ") == (
        "Chỉ tiêu a: cao nhất là xã Ea Kar (82 %), xã Ea Knốp (80,5 %); thấp nhất là 12 xã, phường cùng 0 %."
    )


def test_an_indicator_with_two_horizons_is_told_apart() -> None:
    content = replace(CONTENT, lines=(line(), line("a", horizon="2025")))
    texts = [block.text for block in under(periodic_report(content), "1. Chỉ tiêu") if isinstance(block, Bullet)]
    assert [str(text).split(":")[0] for text in texts[:2]] == ["Chỉ tiêu a (mốc 100 ngày)", "Chỉ tiêu a (mốc 2025)"]


def test_where_figures_come_from_stands_under_the_table() -> None:
    day = dt.date(2025, 10, 14)
    content = replace(CONTENT, lines=(line(imported_on=day, population_source="thống kê tỉnh", population_on=day),))
    (table,) = [block for block in periodic_report(content).annexes[0].blocks if isinstance(block, Table)]
    assert table.note == "Nguồn số nhập: Công an tỉnh (ngày 14/10/2025). Nguồn mẫu số: thống kê tỉnh (ngày 14/10/2025)."


def test_many_tasks_stand_in_an_annex_of_their_own() -> None:
    tasks = tuple(TaskLine(f"Việc {n}", "(theo hướng dẫn)", "Chưa thực hiện", "", False, n == 3) for n in range(13))
    document = periodic_report(replace(CONTENT, tasks=tasks))
    assert [annex.title for annex in document.annexes][-1] == "Tình hình thực hiện nhiệm vụ"
    said = [block.text for block in under(document, "2. Nhiệm vụ") if isinstance(block, Paragraph | Bullet)]
    assert said[:2] == ["Đã hoàn thành 0/13 nhiệm vụ được giao; 1 nhiệm vụ quá hạn.", "Nhiệm vụ quá hạn: Việc 3."]


def test_what_the_plan_wants_and_no_template_knows_has_a_place_to_be_filled() -> None:
    document = periodic_report(replace(CONTENT, contents=("kết quả thực hiện", "kinh phí đã dùng")))
    assert under(document, "VI. Kinh phí đã dùng")[0] == Paragraph(TO_BE_ADDED)


def test_a_table_of_the_communes_comes_only_where_there_are_communes() -> None:
    assert len(periodic_report(CONTENT).annexes) == 1
    unmeasured = replace(CONTENT, communes=(CommuneRow("Xã Ea Kar", ()),))
    assert len(periodic_report(unmeasured).annexes) == 1  # a list of names without a figure says nothing
    rows = (CommuneRow("Xã Ea Kar", (57.56, None)), CommuneRow("Xã Ea Knốp", (0.0, 150.0)))
    content = replace(CONTENT, communes=rows, commune_columns=("Được tiếp cận", "Có kỹ năng"))
    assert annex_rows(content, 1) == [("1", "Xã Ea Kar", "57,6", "–"), ("2", "Xã Ea Knốp", "0", "150")]
    opened(content)


def test_a_hundred_and_two_communes_and_six_columns_fit_the_page() -> None:
    rows = tuple(CommuneRow(f"Xã {n}", (50.0,) * 6) for n in range(102))
    opened(replace(CONTENT, communes=rows, commune_columns=("Người trưởng thành được tiếp cận",) * 6))


# --- words ---------------------------------------------------------------------------------------------------------------


def test_what_people_wrote_keeps_its_lines_and_its_dashes() -> None:
    document = periodic_report(CONTENT)
    assert under(document, "I. ") == [
        Paragraph("Đã họp Ban Chỉ đạo."), Bullet("Ban hành công văn"), Bullet("Phân công"),
    ]  # fmt: skip
    assert under(document, "IV. ") == [Paragraph("Mở lớp.")]


def test_where_nobody_wrote_the_document_says_so() -> None:
    document = periodic_report(CONTENT)
    assert under(document, "III. ") == [Paragraph(NOTHING)]
    assert under(document, "V. ")[0] == Paragraph(NOTHING)


def test_the_province_gathers_what_was_said_below_under_its_own_words() -> None:
    lines = (
        GatheredLine(
            "Mạng yếu.", ("Xã Ea Kar", "Xã Ea Knốp"), (Answer("Sở Khoa học và Công nghệ", "Tháng 11 có trạm."),), 2
        ),
        GatheredLine("Thiếu máy.", ("Xã Ea Kar",), ()),
        GatheredLine("Đã có trong lời của tỉnh", ("Xã Ea Kar",), ()),
    )
    gathered = Gathered(difficulties=lines, wrote=2, of=103, missing=tuple(f"Xã {n}" for n in range(101)))
    content = replace(CONTENT, gathered=gathered, difficulties="đã có trong lời của tỉnh.", is_whole=True)
    assert under(periodic_report(content), "III. ")[1:-1] == [
        Paragraph("Tổng hợp từ cơ sở: 2/103 đơn vị đã gửi báo cáo, 2 đơn vị nêu khó khăn, vướng mắc."),
        Bullet("Mạng yếu (2 đơn vị: Xã Ea Kar, Xã Ea Knốp). Sở Khoa học và Công nghệ trả lời: Tháng 11 có trạm."),
        Bullet("Thiếu máy (Xã Ea Kar)."),
    ]
    missing = under(periodic_report(content), "III. ")[-1]
    assert isinstance(missing, Paragraph)
    assert str(missing.text).startswith("Chưa gửi báo cáo (101 đơn vị): Xã 0, Xã 1,")
    assert str(missing.text).endswith("Xã 19 và 81 đơn vị khác.")
    of_a_commune = replace(
        content, gathered=replace(gathered, of=0)
    )  # it gathers no reports: nothing is added to its words
    assert under(periodic_report(of_a_commune), "III. ") == [Paragraph("đã có trong lời của tỉnh.")]


def test_a_communes_report_has_its_villages_in_an_annex() -> None:
    villages = (VillageRow("Thôn 1", ((3, 1200), (None, None))), VillageRow("Buôn 2", ((0, 5), (1, 2))))
    content = replace(CONTENT, villages=villages, village_columns=("Được tiếp cận", "Có kỹ năng"))
    annex = periodic_report(content).annexes[-1]
    assert annex.title == "Kết quả theo thôn, buôn, tổ dân phố"
    note, table = annex.blocks
    assert isinstance(note, Paragraph)
    assert "(1) Được tiếp cận; (2) Có kỹ năng" in note.text
    assert isinstance(table, Table)
    assert table.rows == (("1", "Thôn 1", "3", "1.200", "chưa có", "chưa có"), ("2", "Buôn 2", "0", "5", "1", "2"))
    assert sum(column.width for column in table.columns) == pytest.approx(252)


def test_where_one_office_bears_the_duty_there_is_nobody_to_gather_from() -> None:
    assert under(periodic_report(replace(CONTENT, gathered=Gathered(of=1), is_whole=True)), "III. ") == [
        Paragraph(NOTHING)
    ]


@pytest.mark.parametrize(
    "typed", ["một\x0bhai", "một\x00hai", "một\x1fhai", "một\ufffehai", "<b>&amp;]]>", "- ", "-\n+\n•"]
)
def test_no_word_that_can_be_typed_or_pasted_breaks_the_document(typed: str) -> None:
    """A line break pasted from a word processor is a control character."""
    subject = f"Kế hoạch {typed.strip() or 'x'}"
    gathered = Gathered(difficulties=(GatheredLine(typed, ("X",), ()),), of=2)
    content = replace(CONTENT, steering=typed, plan_title=subject, gathered=gathered, is_whole=True)
    text = text_of(content)
    if "một" in typed:
        assert "một" in text
        assert "hai" in text


# --- tasks, marks --------------------------------------------------------------------------------------------------------


def test_tasks_are_counted_and_the_late_ones_named() -> None:
    head, table = under(periodic_report(CONTENT), "2. Nhiệm vụ")
    assert head == Paragraph("Đã hoàn thành 1/2 nhiệm vụ được giao; 1 nhiệm vụ quá hạn.")
    assert isinstance(table, Table)
    assert table.rows[1] == ("2", "Mở lớp", "15/9/2025", "Đang thực hiện (quá hạn)", "")
    assert under(periodic_report(replace(CONTENT, tasks=())), "2. Nhiệm vụ") == [Paragraph(NOTHING)]


@pytest.mark.parametrize("simulated", [False, True])
def test_simulated_figures_are_marked_and_real_ones_are_not(simulated: bool) -> None:
    content = replace(CONTENT, simulated=simulated)
    headers = " ".join(
        p.text for s in opened(content).sections for p in s.header.paragraphs + s.first_page_header.paragraphs
    )
    assert (SIMULATED_MARK in text_of(content) + headers) is simulated


def test_a_report_without_a_single_target_or_task_is_still_a_document() -> None:
    text = text_of(replace(CONTENT, lines=(), tasks=(), steering="", next_steps=""))
    assert "Chưa có chỉ tiêu nào được theo dõi." in text
