"""The Friday report: figures that are there already, the words of a person, the Word file; and two people writing at once."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Open
from tests.browser.site import EA_KAR, Site

pytestmark = pytest.mark.browser

DIFFICULTY = "Sóng điện thoại ở buôn xa còn yếu; lớp buổi tối phải dùng tài liệu in."
PROPOSAL = "Đề nghị bổ sung điểm phát Wi-Fi tại nhà sinh hoạt cộng đồng."


def _friday_report(site: Site, day: str = "2025-10-17") -> str:
    return f"/dieu-hanh/bao-cao/dak-lak-100-ngay/v1-hang-tuan/{site.code_of_unit(EA_KAR)}/{day}/"


COLUMN_OF = {
    "có minh chứng": "Lũy kế",
    "nhập từ hệ thống khác": "Nhập",
    "đơn vị tự báo cáo": "Tự báo cáo",
    "": "Lũy kế",
}
Figures = dict[tuple[str, str], list[str]]


def _figures_on(page: Page) -> tuple[Figures, dict[tuple[str, str], str]]:
    """(horizon, target) → this period, so far, share as the page prints them; and which grade the page takes them from."""
    found, grades = {}, {}
    for row in page.locator("h2#figures + .table-wrap tbody tr").all():
        title, (horizon, _, grade) = (
            row.locator("th span").nth(0).inner_text(),
            row.locator("th span").nth(1).inner_text().partition(" · "),
        )
        found[horizon, title] = [_plain(row.locator("td").nth(n).inner_text()) for n in range(3)]
        grades[horizon, title] = grade
    return found, grades


def _figures_in(path: Path, grades: dict[tuple[str, str], str]) -> Figures:
    """The same from the annex of the document, which has a column for each grade."""
    table = next(t for t in docx.Document(str(path)).tables if "Kỳ này" in [cell.text for cell in t.rows[0].cells])
    head = [cell.text for cell in table.rows[0].cells]
    found, horizon = {}, ""
    for row in table.rows[1:]:
        cells = [cell.text for cell in row.cells]
        if len(set(cells)) == 1:
            horizon = cells[0].removeprefix("Mốc: ")
        elif cells[0].isdigit():
            grade = COLUMN_OF[grades.get((horizon, cells[1]), "")]
            columns = (
                next(n for n, text in enumerate(head) if text.startswith(name)) for name in ("Kỳ này", grade, "Tỷ lệ")
            )
            found[horizon, cells[1]] = [_plain(cells[n]) for n in columns]
    return found


def _plain(text: str) -> str:
    """ "78,6 %" and "78,6", "—" and "chưa có": the page and the document say the same in their own ways."""
    text = text.replace("\u00a0", " ").removesuffix(" %").strip()
    return "" if text in {"—", "–", "chưa có", "chưa có số liệu"} else text


def test_she_adds_her_words_and_takes_the_document_away(
    site: Site, open_browser: Open, javascript: bool, tmp_path: Path
) -> None:
    page = open_browser("hoa", javascript=javascript)
    page.goto("/dieu-hanh/")
    page.get_by_role("link", name="Báo cáo tuần, 17/10/2025").click()
    page.get_by_label("Khó khăn, vướng mắc, nguyên nhân").fill(DIFFICULTY)
    page.get_by_label("Kiến nghị, đề xuất").fill(PROPOSAL)
    page.get_by_role("button", name="Lưu", exact=True).click()
    assert "Đã lưu nội dung báo cáo." in page.get_by_role("status").inner_text()
    on_page, grades = _figures_on(page)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Tải văn bản Word").click()
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    assert file.suffix == ".docx"

    document = docx.Document(str(file))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    cells = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert DIFFICULTY.rstrip(".") in text
    assert PROPOSAL.rstrip(".") in text
    assert "DỮ LIỆU MÔ PHỎNG" in text
    assert "ỦY BAN NHÂN DÂN\nXÃ EA KAR" in cells
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in cells
    in_document = _figures_in(file, grades)
    assert len(in_document) > 15
    assert in_document == on_page


def test_a_second_writer_is_told_and_nothing_is_lost(site: Site, open_browser: Open, javascript: bool) -> None:
    day = "2025-10-10" if javascript else "2025-10-03"
    first, second = open_browser("hoa", javascript=javascript), open_browser("hoa", javascript=javascript)
    for page in (first, second):
        page.goto(_friday_report(site, day))
    first.get_by_label("Nhiệm vụ kỳ tới").fill("Mở lớp ở buôn 1.")
    first.get_by_role("button", name="Lưu", exact=True).click()
    assert "Đã lưu" in first.get_by_role("status").inner_text()

    second.get_by_label("Nhiệm vụ kỳ tới").fill("Mở lớp ở buôn 2.")
    second.get_by_role("button", name="Lưu", exact=True).click()
    assert "Có người khác vừa lưu báo cáo này" in second.get_by_role("alert").inner_text()
    assert second.get_by_label("Nhiệm vụ kỳ tới").input_value() == "Mở lớp ở buôn 2."  # hers, to be copied
    first.reload()
    assert first.get_by_label("Nhiệm vụ kỳ tới").input_value() == "Mở lớp ở buôn 1."  # his, as saved
    second.goto(_friday_report(site, day))
    second.get_by_label("Nhiệm vụ kỳ tới").fill("Mở lớp ở buôn 1 và buôn 2.")
    second.get_by_role("button", name="Lưu", exact=True).click()
    assert "Đã lưu" in second.get_by_role("status").inner_text()


def test_words_that_are_too_long_come_back_with_the_page(site: Site, open_browser: Open) -> None:
    page = open_browser("hoa")
    page.goto(_friday_report(site, "2025-09-26"))
    page.get_by_label("Khó khăn, vướng mắc, nguyên nhân").evaluate("(box) => box.removeAttribute('maxlength')")
    page.get_by_label("Khó khăn, vướng mắc, nguyên nhân").fill("dài " * 2100)
    page.get_by_role("button", name="Lưu", exact=True).click()
    assert "8000" in page.get_by_role("alert").inner_text()
    assert page.get_by_label("Khó khăn, vướng mắc, nguyên nhân").input_value().startswith("dài dài")
    page.get_by_role("alert").get_by_role("link").first.click()
    assert page.evaluate("document.activeElement.name") == "difficulties"
