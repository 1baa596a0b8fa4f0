"""One person's way through the whole house: VNeID, a lesson, the test, the certificate, VNeID's reply, the figure, the Friday report."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Page, expect

from hocvuso.learning.queries import course_named
from tests.browser.conftest import sign_in
from tests.browser.site import EA_KAR, ROOT, Site, copy_of, environment, running_site

pytestmark = pytest.mark.browser
COURSE = course_named("nam-ky-nang")
RUNGS = (
    "Được tiếp cận",
    "Được hướng dẫn",
    "Đã học",
    "Đạt đánh giá",
    "Đạt chuẩn do hệ thống cấp",
    "Được xác nhận trên VNeID",
)
PLAN, DUTY, LAST_FRIDAY = "dak-lak-100-ngay", "v1-hang-tuan", "2025-10-24"


def _hocvuso(home: Path, *words: str, **more: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "hocvuso", *words], cwd=ROOT, env={**environment(home), **more}, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def _rungs(officer: Page, site: Site) -> dict[str, int]:
    """What the commune's officer reads on the page of her commune: adults proven on each rung, now."""
    _hocvuso(site.home, "measure", "refresh")
    officer.goto(f"/dieu-hanh/noi/{site.code_of_unit(EA_KAR)}/")
    rows = officer.locator("h2", has_text="Các bậc").first.locator("xpath=following-sibling::div[1]//tbody/tr").all()
    found = {}
    for row in rows:
        name = row.locator("th").inner_text().split("\n")[0].strip()
        found[name] = int(re.sub(r"\D", "", row.locator("td").first.inner_text()) or 0)
    assert set(RUNGS) <= set(found)
    return {rung: found[rung] for rung in RUNGS}


def _go_through_all_lessons(page: Page) -> None:
    for lesson in COURSE.lessons:
        page.goto("/hoc/")
        page.get_by_role("link", name=lesson.title, exact=True).click()
        for step in lesson.steps:
            expect(page.get_by_role("heading", level=1)).to_have_text(step.title)
            if step.check:
                right = next(option.text for option in step.check.options if option.right)
                page.get_by_label(right, exact=True).check()
                page.get_by_role("button", name="Xem trả lời").click()
                expect(page.get_by_role("status")).to_contain_text("Đúng rồi.")
            page.get_by_role("button", name=re.compile("Tiếp tục|Học xong bài này")).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Bạn đã học xong bài này")


def _answer_all(page: Page, site: Site) -> None:
    """Answers as somebody who knows: the right options are read from the database file, not from the page."""
    right = {stem: next(text for text, is_right in options if is_right) for stem, options in _items(site)}
    page.get_by_role("button", name="Bắt đầu").click()
    for number in range(1, 21):
        expect(page.get_by_text(f"Câu {number} trong 20")).to_be_visible()
        stem = page.get_by_role("heading", level=1).inner_text()
        page.get_by_label(right[_plain(stem)], exact=True).check()
        page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("button", name="Nộp bài").click()


def _items(site: Site) -> list[tuple[str, list[tuple[str, bool]]]]:
    import json

    return [
        (_plain(stem), json.loads(options)) for stem, options in site.ask("SELECT stem, options FROM items_itemversion")
    ]


def _plain(text: str) -> str:
    return " ".join(text.split())


def _report_line(site_home: Path, commune: str, to: Path, title: str) -> list[str]:
    """The line of the Friday report's annex about one target of the 100 days."""
    _hocvuso(
        site_home, "reports", "make", "--duty", DUTY, "--unit", commune, "--due", LAST_FRIDAY, "-o", str(to), HOCVUSO_TODAY=LAST_FRIDAY
    )  # fmt: skip
    table = next(t for t in docx.Document(str(to)).tables if "Kỳ này" in [cell.text for cell in t.rows[0].cells])
    return next(
        [cell.text for cell in row.cells] for row in table.rows if len(row.cells) > 2 and row.cells[1].text == title
    )


@pytest.fixture
def homes(prepared: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Two equal provinces: she goes her way in the first, nothing happens in the second."""
    return copy_of(prepared, tmp_path / "walked"), copy_of(prepared, tmp_path / "still")


def test_a_citizen_learns_is_tested_certified_confirmed_and_counted(
    homes: tuple[Path, Path], tmp_path: Path, browser: Browser
) -> None:
    walked, still = homes
    with running_site(walked, tmp_path / "log") as site:
        office, phone = (
            browser.new_context(base_url=site.url, viewport={"width": width, "height": 800}) for width in (1280, 360)
        )
        officer, citizen = office.new_page(), phone.new_page()
        for page in (officer, citizen):
            page.set_default_timeout(15_000)
        sign_in(officer, site, "hoa")
        before = _rungs(officer, site)
        commune = site.code_of_unit(EA_KAR)

        citizen.goto("/")
        citizen.get_by_role("link", name="Vào học").click()
        citizen.get_by_role("link", name="Vào bằng VNeID").click()
        citizen.get_by_role("button", name="Vào bằng VNeID").click()
        citizen.get_by_role("heading", name="Bạn muốn vào với tên ai?").wait_for()
        citizen.get_by_role("button").filter(has_text="chưa học lần nào").first.click()
        citizen.wait_for_url(f"{site.url}/hoc/**")

        _go_through_all_lessons(citizen)
        citizen.get_by_role("link", name="Đến bài kiểm tra").click()
        _until(lambda: _rungs(officer, site) == {**before, "Đã học": before["Đã học"] + 1})

        _answer_all(citizen, site)
        expect(citizen.get_by_role("heading", level=1)).to_have_text("Bạn đã đạt")
        citizen.get_by_role("link", name="Xem giấy xác nhận").click()
        citizen.locator("main a[href*='/hoc/giay-xac-nhan/']").first.click()
        certificate = site.ask("SELECT id FROM credentials_certificate")[0][0]

        anybody = browser.new_context(base_url=site.url).new_page()
        anybody.goto(f"/c/{certificate}")
        expect(anybody.get_by_role("heading", level=1)).to_have_text("Giấy xác nhận này có thật")
        expect(anybody.locator("main")).to_contain_text("chưa phải xác nhận trên VNeID")

        expected = {
            **before,
            **{rung: before[rung] + 1 for rung in ("Đã học", "Đạt đánh giá", "Đạt chuẩn do hệ thống cấp")},
        }
        _until(lambda: _rungs(officer, site) == expected)  # and not one more: VNeID has said nothing yet

        citizen.get_by_role("button", name="Gửi kết quả sang VNeID").click()
        _until(lambda: bool(site.ask("SELECT 1 FROM credentials_delivery WHERE state = 'confirmed'")))
        citizen.reload()
        expect(citizen.locator("main")).to_contain_text("VNeID đã xác nhận")
        anybody.reload()
        expect(anybody.locator("main")).not_to_contain_text("chưa phải xác nhận trên VNeID")
        _until(
            lambda: (
                _rungs(officer, site)
                == {**expected, "Được xác nhận trên VNeID": before["Được xác nhận trên VNeID"] + 1}
            )
        )
        for context in browser.contexts:
            context.close()

    title = "Người trưởng thành được xác nhận phổ cập trên VNeID"
    lines = []
    for home in (walked, still):
        _hocvuso(home, "measure", "refresh", HOCVUSO_TODAY=LAST_FRIDAY)
        lines.append(_report_line(home, commune, tmp_path / f"{home.name}.docx", title))
    with_her, without = ([int(re.sub(r"\D", "", cell) or 0) for cell in line[2:]] for line in lines)
    assert [mine - other for mine, other in zip(with_her, without, strict=True)].count(1) >= 2, (
        lines
    )  # this period, and so far


def _until(holds: Callable[[], bool], seconds: float = 45) -> None:
    import time

    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "it did not come about"
        time.sleep(0.25)
