"""A commune's Friday from prefilled to accepted, with a return in between; files nobody can take; two who write at once."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import Open
from tests.browser.site import EA_KAR, Site
from tests.browser.test_accessibility import faults_of

pytestmark = pytest.mark.browser

DIFFICULTY, MENDED = "Sóng điện thoại ở buôn xa còn yếu.", "Sóng điện thoại ở buôn xa còn yếu; hai buôn chưa có lớp."
REMARKS = "Bổ sung số buôn chưa mở lớp."
PDF = FilePayload(name="bao-cao-da-ky.pdf", mimeType="application/pdf", buffer=b"%PDF-1.7 da ky, dong dau")


def _friday(site: Site, day: str = "2025-10-17") -> str:
    return f"/dieu-hanh/bao-cao/dak-lak-100-ngay/v1-hang-tuan/{site.code_of_unit(EA_KAR)}/{day}/"


def _said(page: Page, text: str) -> None:
    expect(page.get_by_role("status").filter(has_text=text)).to_have_count(1)


def _press(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()


def _out_of_the_house(site: Site, open_browser: Open, number: str) -> Page:
    """Signed by one, numbered and sent by another; the clerk's window."""
    long = open_browser("long", width=360)  # with JavaScript: what finds faults needs it
    long.goto(_friday(site))
    assert faults_of(long) == []
    long.get_by_label("Bản đã ký (PDF), nếu có").set_input_files(files=[PDF])
    _press(long, "Ký")
    _said(long, "Đã ký.")
    thuy = open_browser("thuy", javascript=False)
    thuy.goto(_friday(site))
    thuy.get_by_label("Số của văn bản").fill("số 5")
    _press(thuy, "Cấp số")
    assert "chỉ gồm chữ số" in thuy.get_by_role("alert").inner_text()
    thuy.get_by_label("Số của văn bản").fill(number)
    _press(thuy, "Cấp số")
    _press(thuy, "Gửi báo cáo")
    _said(thuy, "Đã gửi báo cáo.")
    return thuy


def test_a_friday_from_prefilled_to_accepted_with_a_return_in_between(
    site: Site, open_browser: Open, tmp_path: Path
) -> None:
    hoa = open_browser("hoa", javascript=False)
    hoa.goto("/dieu-hanh/")
    hoa.get_by_role("link", name="Báo cáo tuần, 17/10/2025").click()
    assert hoa.locator("h2#figures + .table-wrap tbody tr").count() > 15  # the figures are there already
    hoa.get_by_label("Khó khăn, vướng mắc, nguyên nhân").fill(DIFFICULTY)
    _press(hoa, "Lưu và trình lãnh đạo")
    _said(hoa, "Đã lưu và trình lãnh đạo.")
    assert hoa.locator("textarea").count() == 0

    long = open_browser("long", javascript=False)
    long.goto(_friday(site))
    long.get_by_text("Trả lại người viết").click()
    long.get_by_label("Cần sửa gì").fill("Viết rõ hơn.")
    _press(long, "Trả lại")
    hoa.reload()
    assert "Viết rõ hơn." in hoa.locator("#why").inner_text()
    _press(hoa, "Lưu và trình lãnh đạo")
    _out_of_the_house(site, open_browser, "77")

    binh = open_browser("binh", javascript=False)
    binh.goto("/dieu-hanh/bao-cao-nhan-ve/")
    binh.get_by_role("link", name="Chờ tiếp nhận").click()
    binh.get_by_role("link", name=EA_KAR, exact=True).click()
    assert DIFFICULTY in binh.locator("main").inner_text()
    binh.get_by_text("Trả lại để bổ sung").first.click()
    binh.get_by_label("Cần bổ sung gì").fill(REMARKS)
    _press(binh, "Trả lại để bổ sung")

    hoa.reload()
    assert REMARKS in hoa.locator("#why").inner_text()
    _press(hoa, "Làm bản thay thế")
    assert REMARKS in hoa.locator("#why").inner_text()
    hoa.get_by_label("Khó khăn, vướng mắc, nguyên nhân").fill(MENDED)
    _press(hoa, "Lưu và trình lãnh đạo")
    _out_of_the_house(site, open_browser, "78")

    binh.goto("/dieu-hanh/bao-cao-nhan-ve/?loc=cho-tiep-nhan")
    binh.get_by_label(f"Đã đọc {EA_KAR}", exact=True).check()
    _press(binh, "Tiếp nhận các báo cáo đã đánh dấu")
    _said(binh, "Đã tiếp nhận 1 báo cáo.")
    hoa.reload()
    assert "Nơi nhận đã tiếp nhận." in hoa.locator("main").inner_text()

    for edition, number, text, replaces in (("", "78", MENDED, True), ("?ban=1", "77", DIFFICULTY, False)):
        hoa.goto(f"{_friday(site)}{edition}")
        with hoa.expect_download() as waiting:
            hoa.get_by_role("link", name="Tải văn bản Word").click()
        file = tmp_path / f"{number}.docx"
        waiting.value.save_as(file)
        document = docx.Document(str(file))
        body = "\n".join(paragraph.text for paragraph in document.paragraphs)
        cells = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
        assert text in body
        assert f"Số: {number}/BC-UBND" in cells
        assert "Y Long Êban" in cells
        assert ("thay thế Báo cáo số 77/BC-UBND ngày 17/10/2025" in body) is replaces


def test_a_file_of_200_megabytes_or_of_a_wrong_type_is_refused_clearly(
    site: Site, open_browser: Open, tmp_path: Path
) -> None:
    page = open_browser("hoa")
    address = f"{_friday(site, '2025-10-10')}tu-bao-cao/"
    page.goto(address)
    large = tmp_path / "quet.pdf"
    with large.open("wb") as file:
        file.write(b"%PDF-1.7")
        file.truncate(200_000_000)
    page.get_by_label("Tệp văn bản").set_input_files(large)
    _press(page, "Ghi số tự báo cáo")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tệp quá nặng")
    assert "chỉ nhận đến 20 MB" in page.locator("main").inner_text()
    page.goto(address)
    page.get_by_label("Chỉ tiêu").select_option(index=1)
    page.get_by_label("Số của đơn vị").fill("12")
    page.get_by_label("Lý do khác").fill("Chưa nhập kịp.")
    page.get_by_label("Số, ngày của văn bản").fill("12/DS-UBND")
    page.get_by_label("Tệp văn bản").set_input_files(
        files=[FilePayload(name="a.pdf", mimeType="application/pdf", buffer=b"MZ\x90 no")]
    )
    _press(page, "Ghi số tự báo cáo")
    assert "Chỉ nhận tệp PDF" in page.get_by_role("alert").inner_text()
    assert site.ask("SELECT count(*) FROM reports_declaredfigure") == [(0,)]
    assert not any((site.home / "uploads").glob("*")) or site.ask("SELECT count(*) FROM attachments_attachment") != [
        (0,)
    ]


def test_two_who_write_at_once_see_each_other_and_join_their_texts(site: Site, open_browser: Open) -> None:
    day = "2025-09-26"
    first, second = open_browser("hoa"), open_browser("hoa")
    for page in (first, second):
        page.goto(_friday(site, day))
    site.change(
        "INSERT INTO people_role (account_id, kind, unit_id, valid_from) "
        "SELECT a.id, 'commune_officer', r.unit_id, '2025-07-01' FROM people_account a, people_role r "
        "JOIN people_account h ON h.id = r.account_id WHERE a.username = 'long' AND h.username = 'hoa'"
    )
    long = open_browser("long")
    long.goto(_friday(site, day))
    with long.expect_response("**/dang-soan/"):
        long.get_by_label("Nhiệm vụ kỳ tới").focus()
    first.get_by_label("Kiến nghị, đề xuất").focus()  # the page's script asks at once who else is there
    expect(first.locator("#others")).to_have_text("Y Long Êban đang soạn mục “Nhiệm vụ kỳ tới”.")
    first.get_by_label("Nhiệm vụ kỳ tới").fill("Mở lớp ở buôn 1.")
    _press(first, "Lưu")
    second.get_by_label("Nhiệm vụ kỳ tới").fill("Mở lớp ở buôn 2.")
    _press(second, "Lưu")
    assert faults_of(second) == []
    _press(second, "Ghép hai bản vào ô trên")
    assert second.get_by_label("Nhiệm vụ kỳ tới").input_value() == "Mở lớp ở buôn 1.\nMở lớp ở buôn 2."
    _press(second, "Lưu")
    _said(second, "Đã lưu nội dung báo cáo.")
