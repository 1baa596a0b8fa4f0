"""A citizen comes in with the stand-in of VNeID, as they would: by pressing what is there, with and without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.site import EA_KAR, Site, steadily
from tests.browser.test_accessibility import _overflow, _structure, _violations

pytestmark = pytest.mark.browser
NOT_REAL = "Đây là trang giả lập VNeID, không phải VNeID thật."


def go_to_vneid(page: Page, *, shared: bool = False) -> None:
    page.goto("/hoc/vao/")
    choice = page.get_by_label("Tôi đang dùng chung điện thoại")
    expect(choice).not_to_be_checked()
    if shared:
        choice.check()
    page.get_by_role("button", name="Vào bằng VNeID").click()
    page.wait_for_url("**/dang-nhap?**")
    expect(page.get_by_text(NOT_REAL)).to_be_visible()


def be(page: Page, key: str) -> str:
    """Press the button of one of the citizens; gives back their name."""
    button = page.locator(f"button[name=nguoi][value={key}]")
    name = button.locator("b").inner_text()
    button.click()
    page.wait_for_url("**/hoc/**")
    return name


def test_one_comes_in_and_on_a_shared_phone_leaves_nothing_behind(open_browser: Open, javascript: bool) -> None:
    page = open_browser(javascript=javascript, width=360)
    go_to_vneid(page, shared=True)
    name = be(page, "ba")
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    page.get_by_role("button", name="Thoát").click()
    expect(page.get_by_text(name)).to_have_count(0)
    page.goto("/hoc/cua-toi/")
    page.wait_for_url("**/hoc/vao/**")


def test_who_is_new_says_where_they_live_and_is_known_the_next_time(
    open_browser: Open, site: Site, javascript: bool
) -> None:
    page = open_browser(javascript=javascript)
    known = site.ask("SELECT count(*) FROM people_person WHERE source = 'vneid'")[0][0]
    go_to_vneid(page)
    name = be(page, "moi")
    if not known:
        expect(page.get_by_role("heading", name=f"Chào {name}")).to_be_visible()
        page.get_by_label("Xã, phường").select_option(label=EA_KAR)
        page.get_by_role("button", name="Tiếp tục").click()
        page.get_by_role("radio").first.check()
        page.get_by_role("button", name="Ghi tên tôi ở đây").click()
        expect(page.get_by_text("Đã ghi tên bạn ở")).to_be_visible()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    assert site.ask("SELECT count(*) FROM people_person WHERE source = 'vneid'")[0][0] == 1


def test_who_says_no_is_back_and_nothing_has_happened(open_browser: Open, site: Site, javascript: bool) -> None:
    before = site.ask("SELECT count(*) FROM people_externalidentity")
    page = open_browser(javascript=javascript)
    go_to_vneid(page)
    page.get_by_role("button", name="Không đồng ý").click()
    expect(page.get_by_role("heading", name="Bạn chưa vào")).to_be_visible()
    page.get_by_role("link", name="Vào lại").click()
    expect(page.get_by_role("button", name="Vào bằng VNeID")).to_be_visible()
    assert site.ask("SELECT count(*) FROM people_externalidentity") == before


# --- every page of the way -----------------------------------------------------------------------------------------------------


def faults_of(page: Page) -> list[str]:
    faults = []
    for width in (1280, 360, 320):
        page.set_viewport_size({"width": width, "height": 800})
        faults += [f"{width} px: {what}" for what in _overflow(page) + _violations(page)]
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    faults += [f"text at 200 %: {what}" for what in _overflow(page)]
    page.evaluate("document.documentElement.style.fontSize = ''")
    return faults


def test_the_pages_of_the_way_in_are_accessible_and_fit(open_browser: Open) -> None:
    page, faults = open_browser(), list[str]()

    def look(what: str, *, ours: bool = True) -> None:
        found = steadily(page, lambda: faults_of(page) + (_structure(page) if ours else []))
        faults.extend(f"{what}: {fault}" for fault in found)

    page.goto("/hoc/vao/?het-han=1")
    look("sign-in")
    go_to_vneid(page)
    look("the stand-in's citizens", ours=False)
    there = page.url
    page.goto(there.split("/dang-nhap")[0])
    look("the stand-in's front page", ours=False)
    page.get_by_role("link").click()
    look("the stand-in's moods", ours=False)
    page.goto(there.replace("redirect_uri=", "redirect_uri=x"))
    look("the stand-in refuses", ours=False)
    page.goto("/hoc/vneid/ve/?state=x&code=y")
    look("an answer nobody asked for")
    assert faults == []


def test_the_pages_of_a_newcomer_and_of_messages_are_accessible_and_fit(open_browser: Open, site: Site) -> None:
    site.change(
        "DELETE FROM people_externalidentity WHERE person_id IN (SELECT id FROM people_person WHERE source = 'vneid')"
    )
    site.change("UPDATE people_person SET identity_match = NULL, source_ref = source_ref || 'x' WHERE source = 'vneid'")
    page, faults = open_browser(), list[str]()

    def look(what: str) -> None:
        found = steadily(page, lambda: faults_of(page) + _structure(page))
        faults.extend(f"{what}: {fault}" for fault in found)

    go_to_vneid(page)
    be(page, "moi")
    look("commune")
    page.get_by_label("Xã, phường").select_option(label=EA_KAR)
    page.get_by_role("button", name="Tiếp tục").click()
    look("village")
    page.get_by_role("button", name="Ghi tên tôi ở đây").click()
    look("village, none chosen")
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Ghi tên tôi ở đây").click()
    page.get_by_role("link", name="Tin nhắn").click()
    look("messages")
    page.goto("/hoc/lien-lac/")
    look("contact")
    page.get_by_role("button", name="Địa chỉ thư điện tử").click()
    look("contact refused")
    page.get_by_label("Địa chỉ thư điện tử").fill("xuan@example.vn")
    page.get_by_label("Tôi đồng ý nhận thư").check()
    page.get_by_role("button", name="Địa chỉ thư điện tử").click()
    look("contact given")
    page.get_by_role("button", name="Thôi nhận thư").click()
    expect(page.get_by_text("Đã xóa địa chỉ")).to_be_visible()
    assert faults == []
