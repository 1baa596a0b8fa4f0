"""Bình steers the province: from its figures down to a commune and a village, without a single name."""

from __future__ import annotations

import re

import pytest

from tests.browser.conftest import Open
from tests.browser.site import EA_KAR, EA_KNOP, Site

pytestmark = pytest.mark.browser

REACHED = "Người trưởng thành được tiếp cận thông tin về chuyển đổi số"


def test_from_the_province_down_to_a_commune_and_a_village(site: Site, open_browser: Open, javascript: bool) -> None:
    page = open_browser("binh", javascript=javascript)
    page.goto("/dieu-hanh/")
    assert page.get_by_role("heading", level=1).inner_text() == "Tỉnh Đắk Lắk"
    page.goto("/dieu-hanh/ke-hoach/dak-lak-100-ngay/")
    page.locator("li.target").filter(has_text=REACHED).first.get_by_role("link", name=REACHED).click()
    below = page.locator("h2#below + .table-wrap tbody tr")
    page.wait_for_load_state()
    assert below.count() >= 102
    total = _count(page.locator(".grades .proven .figure").first.inner_text())
    page.get_by_role("link", name=EA_KAR, exact=True).click()
    assert page.locator(".eyebrow").first.inner_text() == EA_KAR
    commune = _count(page.locator(".grades .proven .figure").first.inner_text())
    page.wait_for_load_state()
    villages = page.locator("h2#below + .table-wrap tbody tr")
    counted = [
        _count(row.locator("td").nth(1).inner_text()) for row in villages.all() if "UBND" not in row.inner_text()
    ]
    assert 0 < commune < total
    assert sum(counted) == commune  # what the villages count is what the commune shows
    villages.first.get_by_role("link").click()
    assert re.match(r"(Thôn|Buôn|Tổ dân phố) \d", page.locator(".eyebrow").first.inner_text())
    assert _count(page.locator(".grades .proven .figure").first.inner_text()) == counted[0]


def test_neither_commune_shows_him_a_name(site: Site, open_browser: Open) -> None:
    page = open_browser("binh")
    for commune in (EA_KAR, EA_KNOP):
        code, people = site.code_of_unit(commune), site.persons_of(commune)
        for address in (
            f"/dieu-hanh/noi/{code}/",
            f"/dieu-hanh/ke-hoach/dak-lak-100-ngay/chi-tieu/ii-4-nguoi-lon-duoc-tiep-can/?noi={code}",
        ):
            answer = page.goto(address)
            assert answer is not None
            assert answer.status == 200
            assert [name for _, name in people if name in page.content()] == []
        answer = page.goto(f"/dieu-hanh/nguoi/{people[0][0]}/")
        assert answer is not None
        assert answer.status == 404


def test_the_steering_member_reads_figures_and_tasks_only(open_browser: Open, javascript: bool) -> None:
    page = open_browser("ha", javascript=javascript)
    page.goto("/dieu-hanh/")
    menu = page.get_by_role("navigation", name="Các mục chính").get_by_role("link").all_inner_texts()
    daily = ["Bàn làm việc", "Theo dõi", "Kế hoạch", "Nhiệm vụ", "Báo cáo nhận về", "Khó khăn"]
    assert menu[:-1] == daily
    assert menu[-1].startswith("Thông báo")
    for address in ("/dieu-hanh/nguoi/", "/dieu-hanh/nhiem-vu/tuan-cua-toi/", "/dieu-hanh/bao-cao/"):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 404


def _count(text: str) -> int:
    return int(text.replace(".", ""))
