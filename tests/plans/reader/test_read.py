"""Whole plans in other layouts, and what must change nothing: where lines break, how accents are composed, where a page cuts."""

from __future__ import annotations

import random
import time
import unicodedata
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hocvuso.plans.reader.load import load
from hocvuso.plans.reader.load.source import Source, Table
from hocvuso.plans.reader.model import Cell, Draft, draft_from_json, draft_to_json
from hocvuso.plans.reader.printed import printed_draft
from hocvuso.plans.reader.read import read_document, read_plan
from hocvuso.plans.reader.repair import repair
from tests.plans.reader import documents


def read(data: str | bytes, name: str = "a.txt", **options: Any) -> Draft:
    return read_plan(data.encode() if isinstance(data, str) else data, name=name, **options)


def promises(draft: Draft) -> list[tuple[float, str, str, str, str | None]]:
    return [
        (one.target, one.unit, one.comparator, one.group, one.deadline.due.isoformat() if one.deadline.due else None)
        for one in draft.indicators
    ]


def work(draft: Draft) -> list[tuple[str, tuple[str, ...], tuple[str, ...], str | None]]:
    return [
        (one.text[:30], one.leads, one.coordinators, one.deadline.due.isoformat() if one.deadline.due else None)
        for one in draft.tasks
    ]


def reports(draft: Draft) -> list[tuple[str, str]]:
    return [(one.frequency, one.to) for one in draft.reporting]


def all_of(draft: Draft) -> tuple[object, ...]:
    return (
        promises(draft),
        work(draft),
        reports(draft),
        draft.metadata.title,
        draft.metadata.issuer,
        draft.metadata.number,
    )


# --- layouts ----------------------------------------------------------------------------------------------------------


def test_a_commune_plan_in_parts_and_articles() -> None:
    draft = read(documents.COMMUNE)
    meta = draft.metadata
    assert (meta.issuer, meta.number, str(meta.date), meta.signer) == (
        "Ủy ban nhân dân xã Hòa Bình", "45/KH-UBND", "2025-08-12", "Nguyễn Văn An",
    )  # fmt: skip
    assert meta.parents == ("112/KH-UBND",)
    assert promises(draft) == [
        (70, "%", ">=", "adults", "2025-12-31"), (85, "%", ">=", "adults", "2025-12-31"), (100, "%", "=", "villages", "2025-12-31"),
        (60, "%", "=", "other", "2025-12-31"), (2, "lớp/thôn", ">=", "villages", "2025-12-31"), (90, "%", ">=", "adults", "2026-12-31"),
        (100, "%", "=", "public_servants", "2026-12-31"), (30, "%", ">=", "businesses", "2026-12-31"),
    ]  # fmt: skip
    assert [one.aspirational for one in draft.indicators] == [True] + [False] * 7
    assert work(draft) == [
        (
            "Xây dựng chuyên mục “Bình dân ",
            ("Phòng Văn hóa - Xã hội",),
            ("Trung tâm Phục vụ hành chính công xã", "các thôn"),
            "2025-09-30",
        ),
        (
            "Tổ chức “Tuần lễ học số” tại 1",
            ("Đoàn Thanh niên xã",),
            ("Hội Liên hiệp Phụ nữ xã", "Công an xã"),
            "2025-12-31",
        ),
        ("Công an xã chủ trì, phối hợp v", ("Công an xã",), ("Tổ công nghệ số cộng đồng các thôn",), None),
    ]
    assert draft.tasks[2].deadline.recurring
    assert reports(draft) == [
        ("monthly", "Ủy ban nhân dân xã; Sở Khoa học và Công nghệ"), ("biannual", "Ủy ban nhân dân xã; Sở Khoa học và Công nghệ"),
        ("weekly", "Phòng Văn hóa - Xã hội"), ("final", "Ủy ban nhân dân xã"), ("adhoc", "Phòng Văn hóa - Xã hội"),
    ]  # fmt: skip


def test_a_city_plan_under_capital_letters_with_its_findings() -> None:
    draft = read(documents.CITY)
    assert promises(draft) == [
        (100, "%", "=", "public_servants", "2026-12-31"), (80, "%", ">=", "public_servants", "2026-12-31"),
        (75, "%", ">", "adults", "2026-12-31"),
        (60, "%", "=", "households", "2026-12-31"), (3, "Tổ công nghệ số cộng đồng/xã, phường, đặc khu", ">=", "teams", "2026-12-31"),
        (5, "thành viên/tổ", ">=", "teams", "2026-12-31"),
    ]  # fmt: skip
    assert [(one.leads, one.coordinators) for one in draft.tasks] == [
        (("Sở Văn hóa và Thể thao",), ("Báo và Phát thanh, truyền hình Hải Phòng", "các cơ quan báo chí")),
        (("Thành đoàn",), ("Sở Giáo dục và Đào tạo",)),
        (("Sở Khoa học và Công nghệ",), ("Trường Đại học Hải Phòng", "các doanh nghiệp viễn thông")),
    ]
    assert draft.tasks[2].result == "Bộ tài liệu số"
    assert [one.kind for one in draft.findings] == ["arithmetic", "missing_annex"]
    assert {one.says for one in draft.findings[0].readings} == {
        "trên 75% của 2.000.000 là 1.500.000",
        "1.200.000/2.000.000 bằng 60%",
    }
    assert [(one.frequency, one.to.split(";")[0]) for one in draft.reporting] == [
        ("quarterly", "Ủy ban nhân dân thành phố"), ("biannual", "Ủy ban nhân dân thành phố"), ("yearly", "Ủy ban nhân dân thành phố"),
        ("monthly", "Sở Khoa học và Công nghệ"), ("quarterly", "Sở Khoa học và Công nghệ"), ("adhoc", "Ủy ban nhân dân thành phố"),
    ]  # fmt: skip


def test_a_table_that_lost_its_lines_is_built_again() -> None:
    draft = read(documents.FLATTENED)
    assert [(one.target, str(one.deadline.due)) for one in draft.indicators] == [
        (95, "2026-05-31"),
        (100, "2026-05-31"),
    ]
    assert work(draft) == [
        ("Thành lập tổ cốt cán số ở mỗi ", ("Hiệu trưởng các trường",), ("Công đoàn trường",), "2025-09-30"),
        ("Tổ chức hội thi “Em học kỹ năn", ("Phòng Văn hóa - Xã hội",), ("Đoàn xã", "Hội đồng Đội xã"), "2026-03-31"),
        ("Dạy học ngoại khóa về an toàn ", ("Các trường",), ("Công an xã",), None),
    ]
    assert reports(draft) == [("final", "Phòng Văn hóa - Xã hội")]


def test_word_tables_with_values_by_year_and_columns_in_another_order() -> None:
    draft = read(documents.ward_docx(), "a.docx")
    assert draft.metadata.issuer == "Ủy ban nhân dân phường An Phú"
    assert promises(draft) == [
        (70, "%", ">=", "adults", "2025-12-31"), (90, "%", ">=", "adults", "2026-12-31"), (60, "%", ">", "adults", "2025-12-31"),
        (80, "%", ">", "adults", "2026-12-31"), (2, "lớp/khu phố", "=", "villages", "2025-12-31"),
        (4, "lớp/khu phố", "=", "villages", "2026-12-31"),
        (500, "hộ", "=", "businesses", "2025-12-31"), (1200, "hộ", "=", "businesses", "2026-12-31"), (12, "tổ", "=", "teams", "2025-12-31"),
    ]  # fmt: skip
    assert draft.indicators[0].leads == ("Phòng Văn hóa - Xã hội",)
    assert work(draft) == [
        ("Xây dựng tin bài về phong trào", ("Phòng Văn hóa - Xã hội",), ("Các khu phố",), "2025-09-30"),
        ("Ra quân hướng dẫn người dân tạ", ("Đoàn phường",), ("Các khu phố",), None),
        ("Mở lớp cho người cao tuổi", ("Phòng Văn hóa - Xã hội",), ("Trạm Y tế", "Hội Người cao tuổi"), "2025-11-30"),
        ("Xác nhận trên VNeID cho người ", ("Công an phường",), (), None),
    ]
    assert draft.tasks[3].deadline.relative
    assert reports(draft) == [("quarterly", "Sở Khoa học và Công nghệ"), ("monthly", "Phòng Văn hóa - Xã hội")]


def test_a_pdf_table_over_pages_keeps_every_row() -> None:
    draft = read(documents.province_pdf(), "a.pdf")
    assert (draft.metadata.number, draft.metadata.issuer) == ("215/KH-UBND", "Ủy ban nhân dân tỉnh Lào Cai")
    assert [(one.target, one.unit, one.group) for one in draft.indicators] == [
        (100, "%", "public_servants"), (1, "điểm/xã, phường", "communes"), (50, "%", "villages"),
    ]  # fmt: skip
    assert len(draft.tasks) == 25
    assert {one.coordinators for one in draft.tasks} == {("Các sở, ban, ngành", "UBND các xã, phường")}
    assert draft.tasks[10].text.startswith("Nhiệm vụ thứ 11: hướng dẫn người dân")
    assert str(draft.tasks[10].deadline.due) == "2026-12-31"
    assert draft.tasks[24].span.page is not None


def test_an_html_page_of_a_youth_union() -> None:
    draft = read(documents.YOUTH_HTML, "a.html")
    assert (draft.metadata.issuer, draft.metadata.number) == ("Ban Thường vụ Tỉnh đoàn", "56-KH/TĐTN-PTr")
    assert [(one.target, one.comparator) for one in draft.indicators] == [(130, "="), (100, "="), (200, ">=")]
    assert [(one.leads[0], str(one.deadline.due)) for one in draft.tasks] == [
        ("Ban Phong trào Tỉnh đoàn", "2025-08-31"), ("Các xã đoàn, phường đoàn", "2025-10-15"),
        ("Trung tâm Hoạt động thanh thiếu nhi tỉnh", "2025-10-15"),
    ]  # fmt: skip
    assert [(one.frequency, one.to, str(one.due)) for one in draft.reporting] == [
        ("final", "Tỉnh đoàn (qua Ban Phong trào)", "2025-12-05")
    ]


# --- places and confidence --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (documents.COMMUNE, "a.txt"),
        (documents.CITY, "a.txt"),
        (documents.FLATTENED, "a.txt"),
        (documents.YOUTH_HTML, "a.html"),
    ],
)
def test_every_span_points_at_the_words_that_were_read(data: str, name: str) -> None:
    draft = read(data, name)
    blocks = draft.document.blocks

    def at(span: Any) -> str:
        block = blocks[span.block]
        text = block.text if span.cell is None else block.cells[span.cell].text
        assert 0 <= span.start <= span.end <= len(text)
        return " ".join(text[span.start : span.end].split())

    for indicator in (*draft.indicators, *draft.duplicates, *draft.embedded):
        assert at(indicator.span) == indicator.text
        for mark in indicator.marks:
            assert 0 <= mark.confidence <= 1
            if mark.span is not None and mark.field == "target":
                assert any(char.isdigit() for char in at(mark.span))
    for task in draft.tasks:
        assert at(task.span) == task.text
        for mark in task.marks:
            if mark.span is not None and mark.field == "leads":
                assert task.leads[0] in at(mark.span)


def test_a_draft_of_a_whole_plan_goes_to_json_and_back() -> None:
    draft = read(documents.COMMUNE)
    assert draft_from_json(draft_to_json(draft)) == draft
    assert printed_draft(draft)["indicators"][0]["span"]["block"] == draft.indicators[0].span.block


# --- what changes nothing ---------------------------------------------------------------------------------------------


def rewrapped(text: str, seed: int, *, width: int | None) -> str:
    """Each paragraph wrapped anew, to one width or to a width of its own, with page numbers strewn in."""
    dice = random.Random(seed)
    lines: list[str] = []
    for paragraph in text.split("\n"):
        room = width or dice.randint(40, 95)
        line = ""
        for word in paragraph.split():
            if line and len(line) + len(word) + 1 > room:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        lines.append(line)
        if dice.random() < 0.03 and paragraph.endswith((".", ";")):
            lines.append(str(dice.randint(2, 9)))
    return "\n".join(lines)


@pytest.mark.parametrize("plan", [documents.COMMUNE, documents.CITY], ids=["commune", "city"])
@settings(deadline=None, max_examples=12)
@given(
    seed=st.integers(0, 10_000),
    width=st.sampled_from([None, 60, 72, 85]),
    spaces=st.booleans(),
    decomposed=st.booleans(),
)
def test_moved_line_breaks_doubled_spaces_and_decomposed_accents_change_nothing(
    plan: str, seed: int, width: int | None, spaces: bool, decomposed: bool
) -> None:
    text = rewrapped(plan, seed, width=width)
    text = text.replace(" ", "  ") if spaces else text
    text = unicodedata.normalize("NFD", text) if decomposed else text
    assert all_of(read(text)) == all_of(read(plan))


def cut(table: Table, row: int, *, again: bool) -> list[Table]:
    """The table cut before `row`, its head repeated on the next page or not. Cells that span the cut are printed on both sides."""
    head = 1
    first = [replace(cell, rows=min(cell.rows, row - cell.row)) for cell in table.cells if cell.row < row]
    offset = row - (head if again else 0)
    rest = [
        replace(cell, row=max(cell.row, row) - offset, rows=cell.rows - max(0, row - cell.row))
        for cell in table.cells
        if cell.row + cell.rows > row
    ]
    heads = [cell for cell in table.cells if cell.row < head] if again else []
    return [replace(table, cells=tuple(first)), replace(table, cells=(*heads, *rest))]


@settings(deadline=None, max_examples=10)
@given(row=st.integers(2, 6), again=st.booleans())
def test_a_table_cut_at_another_row_reads_the_same(row: int, again: bool) -> None:
    source = load(documents.ward_docx(), name="a.docx")
    last = max(at for at, part in enumerate(source.parts) if isinstance(part, Table))
    table = source.parts[last]
    assert isinstance(table, Table)
    parts = (*source.parts[:last], *cut(table, row, again=again), *source.parts[last + 1 :])
    assert work(read_document(repair(Source(source.name, parts)))) == work(read_document(repair(source)))


def test_a_row_that_a_page_cuts_in_two_is_one_row() -> None:
    cells = (
        Cell("TT", 0, 0), Cell("Nội dung", 0, 1), Cell("Chủ trì", 0, 2), Cell("Thời gian", 0, 3),
        Cell("1", 1, 0), Cell("Tổ chức các lớp học cho", 1, 1), Cell("Sở Khoa học", 1, 2), Cell("Quý", 1, 3),
    )  # fmt: skip
    more = (Cell("", 0, 0), Cell("người cao tuổi", 0, 1), Cell("và Công nghệ", 0, 2), Cell("IV/2025", 0, 3))
    (task,) = read_document(repair(Source("a", (Table(cells), Table(more))))).tasks
    assert (task.text, task.leads, str(task.deadline.due)) == (
        "Tổ chức các lớp học cho người cao tuổi",
        ("Sở Khoa học và Công nghệ",),
        "2025-12-31",
    )


def test_a_plan_of_two_hundred_pages_is_read_in_time() -> None:
    """CPU seconds, generous: machines differ. The figures measured stand in docs/reference/plan-reader.md."""
    text = documents.COMMUNE + "".join(f"\nĐiều {n}. Việc {n}\n" + documents.COMMUNE[600:] for n in range(3, 320))
    start = time.process_time()
    assert len(text) > 200 * 2500
    assert read_plan(text.encode(), name="a.txt").tasks
    assert time.process_time() - start < 30
