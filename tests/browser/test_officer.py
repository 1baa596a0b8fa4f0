"""Hoa's day in her commune: her people, her figures and where they come from; and the doors of the commune next door."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from hocvuso.lib.text import fold
from tests.browser.conftest import Open
from tests.browser.site import EA_KAR, EA_KNOP, Site

pytestmark = pytest.mark.browser

PLAN = "/dieu-hanh/ke-hoach/dak-lak-100-ngay/"
REACHED = "Người trưởng thành được tiếp cận thông tin về chuyển đổi số"


def test_she_finds_somebody_by_name_without_diacritics(site: Site, open_browser: Open, javascript: bool) -> None:
    name = next(name for _, name in site.persons_of(EA_KAR) if fold(name) != name.casefold())
    page = open_browser("hoa", javascript=javascript)
    page.goto("/dieu-hanh/")
    page.get_by_role("navigation", name="Các mục chính").get_by_text("Việc khác").click()
    page.get_by_role("navigation", name="Các mục chính").get_by_role("link", name="Người").click()
    page.get_by_label("Tìm theo tên").fill(fold(name))
    page.get_by_role("button", name="Tìm").click()
    assert re.search(r"^[1-9]\d* người$", page.get_by_role("status").inner_text())
    page.get_by_role("link", name=name).first.click()
    assert page.get_by_role("heading", level=1).inner_text() == name
    expect(page.get_by_role("heading", name="Minh chứng")).to_have_count(1)


def test_she_sees_everybody_of_her_commune_and_nobody_elses(site: Site, open_browser: Open) -> None:
    own = {key for key, _ in site.persons_of(EA_KAR)}
    page = open_browser("hoa")
    page.goto("/dieu-hanh/nguoi/")
    hrefs = [link.get_attribute("href") or "" for link in page.locator("tbody a").all()]
    seen = {href.split("/")[-2].replace("-", "") for href in hrefs}
    others = {key for key, _ in site.persons_of(EA_KNOP)}
    assert seen <= own
    assert seen & others == set()


def test_the_commune_next_door_is_not_there(site: Site, open_browser: Open, javascript: bool) -> None:
    stranger, code = site.persons_of(EA_KNOP)[0], site.code_of_unit(EA_KNOP)
    page = open_browser("hoa", javascript=javascript)
    for address in (
        f"/dieu-hanh/nguoi/{stranger[0]}/",
        f"{PLAN}?noi={code}",
        f"{PLAN}chi-tieu/ii-4-nguoi-lon-duoc-tiep-can/?noi={code}",
        f"/dieu-hanh/noi/{code}/",
        f"/dieu-hanh/bao-cao/dak-lak-100-ngay/v1-hang-tuan/{code}/2025-10-17/",
    ):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 404, address
        assert page.get_by_role("heading", level=1).inner_text() == "Không tìm thấy trang"
        assert stranger[1] not in page.content()
        assert EA_KNOP not in page.content()


def test_she_opens_a_target_and_sees_where_each_number_comes_from(open_browser: Open, javascript: bool) -> None:
    page = open_browser("hoa", javascript=javascript)
    page.goto("/dieu-hanh/")
    page.get_by_role("navigation", name="Các mục chính").get_by_role("link", name="Kế hoạch").click()
    page.get_by_role("link", name="100 ngày").first.click()
    card = page.locator("li.target").filter(has_text=REACHED).first
    on_card = card.locator(".grades .proven .figure").inner_text()
    card.get_by_role("link", name=REACHED).click()
    page.wait_for_load_state()
    assert page.get_by_role("heading", level=1).inner_text() == REACHED
    origin = page.locator("section.provenance")
    assert origin.locator(".grades .proven .figure").inner_text() == on_card
    for words in ("Có minh chứng", "Nhập từ hệ thống khác", "Đơn vị tự báo cáo", "Mẫu số", "nguồn:"):
        assert words in origin.inner_text(), words
    rows = origin.locator("tbody tr")
    assert rows.count() >= 1
    assert "Mô phỏng" in rows.first.inner_text()  # the source, by name
    assert page.get_by_role("heading", name="Minh chứng mới nhất").count() == 1
    page.locator('h2:text-is("Minh chứng mới nhất") + .table-wrap a').first.click()
    page.wait_for_url("**/dieu-hanh/nguoi/**")  # from the figure to the person behind it


def test_every_entry_of_the_menu_leads_somewhere(open_browser: Open, javascript: bool) -> None:
    page = open_browser("hoa", javascript=javascript)
    page.goto("/dieu-hanh/")
    menu = page.get_by_role("navigation", name="Các mục chính")
    menu.get_by_text("Việc khác").click()
    addresses = [link.get_attribute("href") for link in menu.get_by_role("link").all()]
    assert len(addresses) > 12
    for address in addresses:
        link = menu.locator(f'a[href="{address}"]')
        if not link.is_visible():
            menu.get_by_text("Việc khác").click()
        link.click()
        assert menu.locator("[aria-current=page]").get_attribute("href") == address
        expect(page.get_by_role("heading", level=1)).to_have_count(1)


def test_she_says_how_far_a_task_is(open_browser: Open, javascript: bool) -> None:
    page = open_browser("hoa", javascript=javascript)
    page.goto("/dieu-hanh/nhiem-vu/")
    page.get_by_role("link", name="Xác nhận phổ cập cho người dân trên VNeID").first.click()
    page.get_by_label("Đã hoàn thành").check()
    page.get_by_role("button", name="Ghi tiến độ").click()
    assert "Hãy ghi số, ngày của văn bản" in page.get_by_role("alert").inner_text()
    page.get_by_label("Số, ngày văn bản hoặc sản phẩm").fill("Báo cáo số 21/BC-UBND ngày 16/10/2025")
    page.get_by_role("button", name="Ghi tiến độ").click()
    assert "Đã ghi tiến độ." in page.get_by_role("status").inner_text()
    assert "Báo cáo số 21/BC-UBND ngày 16/10/2025" in page.locator("ol.timeline").first.inner_text()


def test_she_may_read_the_pages_in_english_and_back(open_browser: Open, javascript: bool) -> None:
    page = open_browser("hoa", javascript=javascript)
    page.goto("/dieu-hanh/bao-cao/")
    page.get_by_role("button", name="English").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Reports"
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("button", name="Tiếng Việt").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Báo cáo"
