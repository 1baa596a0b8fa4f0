"""Minh in a village without a line: what he records there arrives once, when there is one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Route, expect

from tests.browser.site import Site, steadily, visiting_cookie

pytestmark = pytest.mark.browser

HOME, RECORD, SHELL = "/to/", "/to/buoi-hoc/ghi/", "/to/ngoai-tuyen/"
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "rules": {"landmark-unique": {"enabled": True}},
    "resultTypes": ["violations"],
}
Phone = Callable[..., BrowserContext]


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Phone]:
    """A phone on which Minh, who leads a team of Ea Kar, has signed in."""
    opened: list[BrowserContext] = []

    def of_minh(*, javascript: bool = True) -> BrowserContext:
        context = browser.new_context(
            base_url=site.url, java_script_enabled=javascript, viewport={"width": 360, "height": 740}
        )
        context.add_cookies([visiting_cookie(site, minh_of(site))])
        context.set_default_timeout(15_000)
        opened.append(context)
        return context

    yield of_minh
    for context in opened:
        context.close()


def minh_of(site: Site) -> str:
    rows = site.ask(
        "SELECT m.person_id FROM fieldwork_membership m JOIN fieldwork_team t ON t.id = m.team_id JOIN places_unit u ON u.id = t.unit_id"
        " WHERE m.role = 'leader' AND u.path LIKE ? ORDER BY u.code",
        f"%/{site.code_of_unit('Xã Ea Kar')}/%",
    )
    return str(rows[0][0])


def _ready(page: Page) -> None:
    """The phone has its lists and its shell."""
    page.goto(HOME)
    expect(page.locator("#kept")).to_contain_text("được giữ trên máy này đến ngày")
    page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")


@contextmanager
def _no_line(page: Page) -> Iterator[None]:
    page.context.set_offline(True)
    try:
        yield
    finally:
        page.context.set_offline(False)


def _fill(page: Page, *, skill: str = "Thanh toán trực tuyến", place: str, people: int = 2) -> None:
    page.get_by_label(skill).check()
    page.get_by_label("Nơi học").fill(place)
    for box in page.locator("input[name=came]").all()[:people]:
        box.check()


def _save(page: Page) -> None:
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("heading", name="Xong")).to_be_visible()


def _arrived(site: Site, place: str) -> tuple[int, int]:
    """How many classes of this place the server has, and how many people were guided in them."""
    classes = site.ask("SELECT count(*) FROM fieldwork_classsession WHERE place = ?", place)[0][0]
    guided = site.ask(
        "SELECT count(*) FROM evidence_evidence WHERE kind = 'skill_guided' AND source = 'to-cong-nghe-so'"
        " AND json_extract(detail, '$.place') = ?",
        place,
    )[0][0]
    return int(classes), int(guided)


def test_a_class_recorded_without_a_line_arrives_once_when_there_is_one(site: Site, phone: Phone) -> None:
    page = phone().new_page()
    _ready(page)
    with _no_line(page):
        page.goto(RECORD)
        expect(page.get_by_text("Đang không có mạng.")).to_be_visible()
        _fill(page, place="Nhà sàn không sóng")
        _save(page)
        expect(page.locator("#waiting")).to_contain_text("Đang chờ gửi (1)")
        page.reload()
        expect(page.locator("#waiting")).to_contain_text("Đang chờ gửi (1)")
        expect(page.locator("#waiting-list")).to_contain_text("Thanh toán trực tuyến, 2 người")
        assert _arrived(site, "Nhà sàn không sóng") == (0, 0)
    expect(page.locator("#line-says")).to_contain_text("Đã gửi xong")
    expect(page.locator("#waiting")).to_be_hidden()
    assert _arrived(site, "Nhà sàn không sóng") == (1, 2)
    page.goto(HOME)
    expect(page.get_by_text("Nhà sàn không sóng").first).to_be_visible()
    assert _arrived(site, "Nhà sàn không sóng") == (1, 2)


def test_what_lies_unsent_on_the_phone_is_sealed(phone: Phone) -> None:
    page = phone().new_page()
    _ready(page)
    with _no_line(page):
        page.goto(RECORD)
        _fill(page, place="Nơi kín đáo", people=0)
        page.get_by_label("Người không có trong danh sách").fill("Bà Hai Lúa")
        _save(page)
        kept = page.evaluate(
            """() => new Promise((done) => { const asked = indexedDB.open("hvs-to");
            asked.onsuccess = () => { const all = asked.result.transaction("events").objectStore("events").getAll();
            all.onsuccess = () => done(JSON.stringify(all.result)); }; })"""
        )
        assert '\\"sealed\\":1' in kept
        assert "Hai" not in kept
        assert "kín" not in kept


def test_a_class_is_recorded_by_a_plain_form_without_javascript(site: Site, phone: Phone) -> None:
    page = phone(javascript=False).new_page()
    page.goto(HOME)
    page.get_by_role("link", name="Ghi một buổi học").click()
    _fill(page, place="Đình làng")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Đã ghi buổi học: 2 người.")).to_be_visible()
    assert _arrived(site, "Đình làng") == (1, 2)


def test_with_a_line_and_javascript_it_is_there_at_once(site: Site, phone: Phone) -> None:
    page = phone().new_page()
    page.goto(RECORD)
    page.get_by_label("Tìm tên (không cần dấu)").fill("khong co ai ten nay")
    expect(page.locator("#residents .choice:visible")).to_have_count(0)
    page.get_by_label("Tìm tên (không cần dấu)").fill("")
    _fill(page, place="Trường học")
    _save(page)
    expect(page.locator("#line-says")).to_contain_text("Đã gửi xong")
    assert _arrived(site, "Trường học") == (1, 2)


def test_two_tabs_record_and_send_and_everything_arrives_once(site: Site, phone: Phone) -> None:
    context = phone()
    one, two = context.new_page(), context.new_page()
    _ready(one)
    with _no_line(one):
        for page in (one, two):
            page.goto(RECORD)
            _fill(page, place="Hai thẻ")
        for page in (one, two):
            _save(page)
        expect(two.locator("#waiting")).to_contain_text("Đang chờ gửi (2)")
    expect(two.locator("#waiting")).to_be_hidden()
    one.reload()
    expect(one.locator("#waiting")).to_be_hidden()
    assert _arrived(site, "Hai thẻ")[0] == 2


def test_leaving_with_something_unsent_warns_takes_the_lists_and_keeps_the_event(site: Site, phone: Phone) -> None:
    context = phone()
    page = context.new_page()
    _ready(page)
    page.route("**/api/dong-bo/", lambda route: route.abort())  # the line is there, our server's answer is not
    page.goto(RECORD)
    _fill(page, place="Chưa gửi được")
    _save(page)
    expect(page.locator("#waiting")).to_contain_text("Đang chờ gửi (1)")
    warned: list[str] = []

    def answer(dialog: Dialog) -> None:
        warned.append(dialog.message)
        dialog.accept()

    page.on("dialog", answer)
    page.get_by_role("button", name="Thoát").click()
    expect(page.get_by_role("heading", name="Đã thoát")).to_be_visible()
    assert "chưa gửi" in warned[0]
    page.goto(SHELL)
    expect(page.locator("#waiting")).to_contain_text("Đang chờ gửi (1)")
    expect(page.locator("#residents input")).to_have_count(0)
    page.unroute("**/api/dong-bo/")
    context.add_cookies([visiting_cookie(site, minh_of(site))])  # signed in again
    page.goto(HOME)
    # The line that says so is hidden until the page has looked for what waits: what counts is that it arrives.
    until = time.monotonic() + 20
    while _arrived(site, "Chưa gửi được")[0] != 1 and time.monotonic() < until:
        page.wait_for_timeout(200)
    assert _arrived(site, "Chưa gửi được")[0] == 1
    expect(page.locator("#waiting")).to_be_hidden()


@pytest.mark.parametrize("next_one", [False, True], ids=["nobody since", "somebody else has signed in since"])
def test_who_leaves_with_no_line_is_signed_out_when_there_is_one_and_nobody_else(
    site: Site, phone: Phone, next_one: bool
) -> None:
    context = phone()
    page = context.new_page()
    _ready(page)
    with _no_line(page):
        page.goto(SHELL)
        page.get_by_role("button", name="Thoát").click()
        expect(page.locator("#residents input")).to_have_count(0)
    if next_one:
        other = site.ask("SELECT person_id FROM fieldwork_membership WHERE person_id <> ?", minh_of(site))[0][0]
        context.clear_cookies()
        context.add_cookies([visiting_cookie(site, str(other))])
    page.goto(HOME)
    if next_one:
        expect(page.locator("#kept")).to_contain_text("được giữ trên máy này đến ngày")
    else:
        expect(page.get_by_role("link", name="Vào bằng VNeID")).to_be_visible()
    page.goto(HOME)
    assert page.url.endswith(HOME) is next_one


def test_where_the_browser_keeps_nothing_the_page_says_so_and_the_plain_form_works(site: Site, phone: Phone) -> None:
    context = phone()
    context.add_init_script("Object.defineProperty(self, 'indexedDB', {value: undefined})")
    page = context.new_page()
    page.goto(RECORD)
    expect(page.get_by_role("alert")).to_contain_text("không cho lưu trên máy")
    _fill(page, place="Không lưu được")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Đã ghi buổi học: 2 người.")).to_be_visible()
    assert _arrived(site, "Không lưu được") == (1, 2)


def test_an_answer_lost_three_times_loses_no_class_and_doubles_none(site: Site, phone: Phone) -> None:
    """The server has it, the phone does not know: what a kill between keeping and answering looks like from the village."""
    page = phone().new_page()
    _ready(page)
    lost: list[int] = []

    def lose(route: Route) -> None:
        if len(lost) < 3:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    page.goto(RECORD)
    page.wait_for_load_state("networkidle")  # what the page asks when it opens is no part of this
    page.route("**/api/dong-bo/", lose)
    _fill(page, place="Sóng chập chờn")
    _save(page)
    for tries in (1, 2, 3):
        expect(page.locator("#line-says")).to_contain_text("Chưa có mạng")
        expect(page.locator("#waiting")).to_contain_text("Đang chờ gửi (1)")
        assert len(lost) == tries
        if tries < 3:
            with page.expect_event("requestfailed"):
                page.get_by_role("button", name="Gửi ngay").click()
    assert _arrived(site, "Sóng chập chờn") == (1, 2)
    page.get_by_role("button", name="Gửi ngay").click()
    expect(page.locator("#waiting")).to_be_hidden()
    assert lost == [200, 200, 200]
    assert _arrived(site, "Sóng chập chờn") == (1, 2)


def test_what_waits_is_saved_to_a_file_and_sent_from_another_phone(site: Site, phone: Phone, tmp_path: Path) -> None:
    page, other = phone().new_page(), phone(javascript=False).new_page()
    _ready(page)
    file = tmp_path / "chua-gui.json"
    with _no_line(page):
        page.goto(RECORD)
        _fill(page, place="Đi bộ ra xã")
        _save(page)
        with page.expect_download() as saved:
            page.get_by_role("button", name="Lưu ra tệp").click()
        saved.value.save_as(file)
        for _ in range(2):
            other.goto(HOME)
            other.get_by_role("link", name="Gửi tệp từ máy khác").click()
            other.get_by_label("Tệp").set_input_files(file)
            other.get_by_role("button", name="Gửi").click()
            expect(other.get_by_role("status")).to_contain_text("tệp")
        assert _arrived(site, "Đi bộ ra xã") == (1, 2)
        expect(page.locator("#waiting")).to_contain_text("Đang chờ gửi (1)")
    expect(page.locator("#waiting")).to_be_hidden()  # told by the server that it is there
    assert _arrived(site, "Đi bộ ra xã") == (1, 2)


def test_the_teams_pages_have_no_fault_that_axe_finds_and_fit_a_small_phone(phone: Phone) -> None:
    page = phone().new_page()
    _ready(page)
    faults: list[str] = []

    def look(name: str) -> None:
        found = steadily(page, lambda: Axe().run(page, options=RULES).response["violations"])
        faults.extend(f"{name}: {one['id']} {one['nodes'][0]['html'][:100]}" for one in found)
        if steadily(page, lambda: page.evaluate("document.documentElement.scrollWidth")) > 360:
            faults.append(f"{name}: wider than the phone")

    for address in (HOME, RECORD, "/to/buoi-hoc/bao-lich/", "/to/kho-khan/", "/to/gui-tep/", SHELL, "/to/da-thoat/"):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        look(address)
    page.goto("/to/kho-khan/bao/")
    page.get_by_label("Khó ở chỗ nào").fill("Sóng yếu ở cuối thôn.")
    page.get_by_role("button", name="Gửi", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Hãy chọn lĩnh vực.")
    look("no theme")
    page.get_by_label("Về việc gì?").select_option("song-mang")
    page.get_by_role("button", name="Gửi", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="Đã gửi đến Xã Ea Kar")).to_be_visible()
    page.get_by_role("link", name="Sóng yếu ở cuối thôn.").first.click()
    look("a difficulty that was told")
    page.goto(RECORD)
    expect(page.locator("#kept")).to_be_visible()
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("alert")).to_contain_text("Hãy chọn kỹ năng")
    look("nothing chosen")
    with _no_line(page):
        _fill(page, place="Bản xa")
        _save(page)
        expect(page.locator("#waiting")).to_be_visible()
        look("waiting")
    assert faults == []
