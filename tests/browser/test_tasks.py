"""A task from the plan to its evidence and on to done, all without JavaScript; a late one goes up the line while the days are moved."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Open, sign_in
from tests.browser.site import copy_of, run_hocvuso, running_site

pytestmark = pytest.mark.browser

TASK = "Nâng cao năng lực số cho người trưởng thành"
PDF = {"name": "bao-cao.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 ban quet bao cao"}


def _say(page: Page, state: str, **fill: str) -> None:
    page.get_by_label(state, exact=True).check()
    for name, text in fill.items():
        page.locator(f"[name={name}]").fill(text)
    page.get_by_role("button", name="Ghi tiến độ").click()


def test_a_task_goes_from_the_plan_to_its_evidence_to_done(open_browser: Open) -> None:
    hoa = open_browser("hoa", javascript=False, width=360)
    hoa.goto("/dieu-hanh/nhiem-vu/")
    hoa.get_by_role("link", name=TASK).click()
    hoa.get_by_role("link", name="Thêm một bước").click()
    hoa.get_by_label("Việc phải làm").fill("Lập biên bản nghiệm thu các lớp")
    hoa.get_by_label("Hạn của bước").fill("23/10/2025")
    hoa.get_by_label("Ai làm").select_option(label="Thôn 1")
    hoa.get_by_role("button", name="Thêm bước").click()
    hoa.get_by_role("link", name="Lập biên bản nghiệm thu các lớp").click()
    _say(hoa, "Đã hoàn thành", note="Đã nghiệm thu 4 lớp.")
    expect(hoa.get_by_role("status")).to_contain_text("Đã ghi tiến độ.")
    hoa.get_by_role("navigation", name="Đường dẫn").get_by_role("link", name="Mục 2.4").click()

    hoa.locator("[name=file]").set_input_files(PDF)  # type: ignore[arg-type]
    _say(hoa, "Đã hoàn thành", document="Báo cáo số 30/BC-UBND ngày 17/10/2025")
    expect(hoa.locator("ol.timeline").first).to_contain_text("Báo cáo số 30/BC-UBND")
    with hoa.expect_download() as fetched:
        hoa.get_by_role("link", name="bao-cao.pdf").first.click()
    assert Path(fetched.value.path()).read_bytes() == PDF["buffer"]

    binh = open_browser("binh", javascript=False)
    binh.goto("/dieu-hanh/nhiem-vu/")
    binh.get_by_role("link", name=TASK).first.click()
    review = "Xác nhận, trả lại Xã Ea Kar"
    binh.get_by_role("link", name=review, exact=True).click()
    binh.get_by_label("Trả lại để bổ sung").check()
    binh.get_by_label("Cần bổ sung gì, hoặc nhận xét").fill("Thiếu danh sách từng lớp.")
    binh.get_by_role("button", name="Ghi và báo nơi thực hiện").click()

    hoa.reload()
    expect(hoa.locator(".warning")).to_contain_text("Thiếu danh sách từng lớp.")
    _say(hoa, "Đã hoàn thành", document="Báo cáo số 31/BC-UBND ngày 17/10/2025, kèm danh sách")
    binh.reload()
    binh.get_by_role("link", name=review, exact=True).click()
    binh.get_by_label("Xác nhận đã hoàn thành").check()
    binh.get_by_role("button", name="Ghi và báo nơi thực hiện").click()
    hoa.reload()
    expect(hoa.get_by_text("Kết quả đã được xác nhận.")).to_be_visible()


def test_a_late_task_reaches_the_office_then_the_committee(prepared: Path, browser: Browser, tmp_path: Path) -> None:
    """The last good day is 24/10: the machine is set to the day after it, and to a week after it."""
    home = copy_of(prepared, tmp_path / "home")
    for day in ("2025-10-25", "2025-10-31"):
        run_hocvuso(home, "jobs", "run", "--once", day=day)
    with running_site(home, tmp_path / "log", day="2025-10-31") as site:
        context = browser.new_context(base_url=site.url)
        page = context.new_page()
        sign_in(page, site, "ha")
        page.goto("/dieu-hanh/nhiem-vu/qua-han/")
        row = page.get_by_role("row").filter(has_text="Xã Ea Kar").filter(has_text=TASK)
        expect(row).to_contain_text("7 ngày")
        expect(row).to_contain_text("H’Hoa Niê")
        expect(row).to_contain_text("25/10/2025: báo người phụ trách và nơi thực hiện")
        expect(row).to_contain_text("31/10/2025: báo nơi chỉ đạo và Ban Chỉ đạo")
        context.close()
