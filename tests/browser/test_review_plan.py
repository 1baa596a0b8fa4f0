"""From a Word file to a plan in force: dropped, reviewed beside the document, one value corrected, adopted. By mouse, by keyboard, without
JavaScript; and every page of it accessible."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.test_accessibility import _overflow, _structure, _violations
from tests.make.word_plan import word_plan

pytestmark = pytest.mark.browser
UPLOAD = "/dieu-hanh/ke-hoach/doc-van-ban/"
DROP = """(form, [name, data]) => {
    const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
    const moved = new DataTransfer();
    moved.items.add(new File([bytes], name));
    for (const what of ['dragenter', 'dragover', 'drop'])
        form.dispatchEvent(new DragEvent(what, { dataTransfer: moved, bubbles: true, cancelable: true }));
}"""


def _send(page: Page, *, drop: bool) -> str:
    """The document is in; the address of its draft."""
    page.goto(UPLOAD)
    if drop:
        page.locator("form[data-drop]").evaluate(DROP, ["ke-hoach.docx", base64.b64encode(word_plan()).decode()])
    else:
        file = {"name": "ke-hoach.docx", "mimeType": "application/octet-stream", "buffer": word_plan()}
        page.get_by_label("Văn bản kế hoạch").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Gửi và đọc").click()
    page.wait_for_url("**/ban-doc/**")
    return page.url.partition("#")[0]


def _number_at(page: Page, words: str) -> str:
    """The number that marks these words in the document: "C4"."""
    return page.locator("mark", has_text=words).locator("a.no").first.inner_text()


def _accept_the_rest(page: Page) -> None:
    """What is sure in one go, the others one by one. The line of progress says when a step has come back."""
    sure, progress = page.get_by_role("button", name=re.compile("mục chắc chắn")), page.locator("#progress")
    steps = [sure] if sure.count() else []
    while "Còn" in (before := progress.inner_text()):
        button = steps.pop() if steps else page.get_by_role("button", name=re.compile("^Nhận [CNB]")).first
        button.click()
        expect(progress).not_to_have_text(before)


def test_she_drops_the_document_corrects_one_value_and_finds_the_targets_on_the_plan_page(
    open_browser: Open, javascript: bool
) -> None:
    page = open_browser("binh", javascript=javascript)
    address = _send(page, drop=javascript)
    number = _number_at(page, "85%")
    assert "85 %" in page.locator(f"#m-{number.lower()}").inner_text()  # the same number leads to what was read there

    page.get_by_role("link", name=f"Sửa {number}").click()
    page.get_by_label("Mức", exact=True).fill("90,5")
    page.get_by_role("button", name="Lưu và nhận").click()
    assert f"Đã lưu mục {number}." in page.get_by_role("status").inner_text()
    _accept_the_rest(page)
    expect(page.get_by_text("Đã xem hết các mục.")).to_be_visible()

    page.get_by_role("link", name="Ban hành vào hệ thống").click()
    page.get_by_label("Tên gọi ngắn").fill("Kỹ năng số 2026")
    page.get_by_label("Mã kế hoạch").fill("")
    page.get_by_role("button", name="Ban hành vào hệ thống").click()
    page.get_by_role("alert").get_by_role("link", name=re.compile("Mã kế hoạch")).click()
    page.get_by_label("Mã kế hoạch").fill(f"ky-nang-so-2026-{int(javascript)}")
    page.get_by_role("button", name="Ban hành vào hệ thống").click()

    page.wait_for_url("**/ke-hoach/ky-nang-so-2026-*/")
    expect(page.get_by_role("heading", name="Người trưởng thành có kỹ năng số").first).to_be_visible()
    assert "90,5" in page.locator("main").inner_text()
    page.goto(address)
    expect(page.get_by_text("Bản đọc này đã ban hành vào hệ thống:")).to_be_visible()


def test_entries_are_walked_accepted_and_found_in_the_text_with_the_keyboard_alone(open_browser: Open) -> None:
    page = open_browser("binh")
    _send(page, drop=False)
    page.get_by_role("link", name="Đến mục chưa xem đầu tiên").press("Enter")
    expect(page.locator("#m-c1")).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator("#m-c2")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#m-c1")).to_be_focused()
    page.keyboard.press("v")
    expect(page.locator("#vb-c1")).to_be_focused()
    page.keyboard.press("v")
    expect(page.locator("#m-c1")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#m-c1")).to_have_class(re.compile("accepted"))
    expect(page.locator("#m-c2")).to_be_focused()  # the page goes on at the next open entry
    page.keyboard.press("b")
    expect(page.locator("#m-c2")).to_have_class(re.compile("rejected"))
    expect(page.locator("#m-c3")).to_be_focused()
    page.keyboard.press("s")
    page.wait_for_url("**/muc/c3/")
    page.get_by_label("Mức", exact=True).press("Enter")  # as any form: saved with Enter
    expect(page.locator("#m-c3")).to_have_class(re.compile("accepted"))


def test_letters_typed_elsewhere_do_nothing(open_browser: Open) -> None:
    page = open_browser("binh")
    _send(page, drop=False)
    page.get_by_role("link", name="Sửa C1").focus()
    for key in ("b", "j", "v"):
        page.keyboard.press(key)
    expect(page.get_by_role("link", name="Sửa C1")).to_be_focused()
    assert "Còn" in page.locator("#progress").inner_text()


def test_a_broken_file_is_refused_with_a_way_to_the_field(open_browser: Open, tmp_path: Path) -> None:
    broken = tmp_path / "hong.docx"
    broken.write_bytes(b"PK\3\4 khong phai tep nen")
    page = open_browser("hoa")
    page.goto(UPLOAD)
    page.get_by_label("Văn bản kế hoạch").set_input_files(broken)
    page.get_by_role("button", name="Gửi và đọc").click()
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.locator("#id_file")).to_be_focused()


@dataclass(frozen=True)
class Stop:
    """A page of the review; "{draft}" is the draft's own address."""

    name: str
    address: str
    then: Callable[[Page], None] | None = None


def _press(button: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_role("button", name=button, exact=True).first.click()


def _wrong(page: Page) -> None:
    page.get_by_label("Mức", exact=True).fill("tám mươi")
    page.get_by_label("Hạn", exact=True).fill("32/13/2025")
    _press("Lưu và nhận")(page)


STOPS = [
    Stop("upload", UPLOAD),
    Stop("upload refused", UPLOAD, _press("Gửi và đọc")),
    Stop("review", "{draft}", lambda page: page.locator("details.how summary").click()),
    Stop("target", "{draft}muc/c1/"),
    Stop("target refused", "{draft}muc/c1/", _wrong),
    Stop("task", "{draft}muc/n1/"),
    Stop("duty", "{draft}muc/b1/"),
    Stop("new task", "{draft}them/task/"),
    Stop("adopt", "{draft}ban-hanh/"),
    Stop("adopt refused", "{draft}ban-hanh/", _press("Ban hành vào hệ thống")),
    Stop("discard", "{draft}bo/"),
]


def test_every_page_of_the_review_is_accessible_and_fits(open_browser: Open) -> None:
    page = open_browser("binh")
    page.emulate_media(reduced_motion="reduce")
    draft, faults = _send(page, drop=False), list[str]()
    for stop in STOPS:
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(stop.address.format(draft=draft))
        if stop.then:
            stop.then(page)
        assert (page.get_by_role("alert").count() == 1) is ("refused" in stop.name), stop.name
        found = _structure(page)
        for width in (1280, 360, 320):
            page.set_viewport_size({"width": width, "height": 800})
            found += [f"{width} px: {what}" for what in _overflow(page)]
            if width != 320:
                found += [f"{width} px: {what}" for what in _violations(page)]
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 800})
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            found += [f"{width} px with text at 200 %: {what}" for what in _overflow(page)]
            page.evaluate("document.documentElement.style.fontSize = ''")
        faults += [f"{stop.name}: {what}" for what in found]
    assert faults == []
