"""The learner's pages as a learner meets them: large, one thing each, by keyboard, without JavaScript, light enough for a bad line."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Response, expect

from hocvuso.learning.queries import course_named
from tests.browser.conftest import Open
from tests.browser.test_accessibility import faults_of
from tests.browser.test_vneid import be, go_to_vneid

pytestmark = pytest.mark.browser
COURSE = course_named("nam-ky-nang")
FIRST = COURSE.lessons[0]
CHECK = next(n for n, step in enumerate(FIRST.steps, start=1) if step.check)
TEST = "/hoc/kiem-tra/nam-ky-nang/"


def _screen(step: int) -> str:
    return f"/hoc/bai/{COURSE.key}/{FIRST.key}/{step}/"


@pytest.mark.parametrize(
    "address",
    ["/", "/hoc/", *(_screen(n + 1) for n in range(len(FIRST.steps))), f"{_screen(CHECK)}?chon=0", f"{_screen(CHECK)}?chon=",
     f"/hoc/bai/{COURSE.key}/{FIRST.key}/xong/"],
)  # fmt: skip
def test_what_anybody_reads_has_no_fault(open_browser: Open, address: str) -> None:
    page = open_browser()
    page.goto(address)
    assert faults_of(page) == []


def test_the_pages_of_a_test_have_no_fault_from_the_first_to_the_result(open_browser: Open) -> None:
    page, faults = open_browser(), dict[str, list[str]]()

    def look(name: str) -> None:
        faults[name] = faults_of(page)

    go_to_vneid(page)
    be(page, "ba")
    look("home")
    page.goto(TEST)
    look("start")
    page.get_by_role("button", name="Bắt đầu").click()
    look("question")
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_role("alert")).to_contain_text("Hãy chọn một câu trả lời")
    look("nothing chosen")
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("link", name="Xem tất cả các câu").click()
    expect(page.locator("main")).to_contain_text("Còn 19 câu chưa trả lời.")
    look("overview")
    page.get_by_role("button", name="Vẫn nộp bài").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lần này chưa đạt")
    look("result")
    page.goto(TEST)
    expect(page.locator("main")).to_contain_text("Bạn được làm lại")
    look("waiting")
    page.goto("/hoc/cua-toi/")
    look("own record")
    page.get_by_role("button", name="English").click()
    look("own record in English")
    assert {name: what for name, what in faults.items() if what} == {}


def test_a_test_is_done_by_keyboard_alone_and_goes_on_after_a_break(open_browser: Open, javascript: bool) -> None:
    who = "thanh-nien" if javascript else "can-bo"
    page = open_browser(javascript=javascript, width=360)
    go_to_vneid(page)
    be(page, who)
    page.goto(TEST)
    _press(page, "button", "Bắt đầu")
    for number in (1, 2, 3):
        expect(page.get_by_text(f"Câu {number} trong 20")).to_be_visible()
        page.locator("input[type=radio]").first.focus()
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/{number + 1}/")
    other = open_browser(javascript=javascript)  # another day, another phone
    go_to_vneid(other)
    be(other, who)
    other.goto(TEST)
    _press(other, "button", "Làm tiếp bài đang dở")
    expect(other.get_by_text("Câu 4 trong 20")).to_be_visible()
    other.get_by_role("link", name="Câu trước").click()
    expect(other.get_by_role("radio").first).to_be_checked()


def _press(page: Page, role: str, name: str) -> None:
    page.get_by_role(role, name=name).focus()  # type: ignore[arg-type]
    page.keyboard.press("Enter")


def test_a_first_visit_is_small_and_a_lesson_smaller(open_browser: Open) -> None:
    """As the browser counts: everything it loads, headers too. The bench prints the exact sizes."""
    page = open_browser()
    loaded: list[Response] = []
    page.on("response", lambda answer: loaded.append(answer))  # noqa: PLW0108  a bound method of C cannot be wrapped
    for address, most in (("/hoc/", 60_000), (_screen(1), 40_000)):
        loaded.clear()
        page.goto(address, wait_until="networkidle")
        size = sum(len(answer.body()) for answer in loaded)
        assert len(loaded) <= 6, [answer.url for answer in loaded]
        assert size <= most


def test_what_was_shown_is_not_there_after_leaving_not_even_by_going_back(open_browser: Open) -> None:
    page = open_browser()
    go_to_vneid(page, shared=True)
    name = be(page, "ba")
    page.goto("/hoc/cua-toi/")
    expect(page.locator("main")).to_contain_text(name)
    page.get_by_role("button", name="Thoát").click()
    page.wait_for_url("**/hoc/")
    page.go_back()
    expect(page.get_by_text(name)).to_have_count(0)
