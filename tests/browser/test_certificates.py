"""A certificate in a real browser: both codes read off the learner's page, and the verifier page with the line cut."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageFilter
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.site import ROOT, Site, environment
from tests.browser.test_accessibility import faults_of

pytestmark = pytest.mark.browser

MAKE = """
import json
from django.contrib.sessions.backends.db import SessionStore
from hocvuso.credentials.actions import certify_person, mark_signing_key, revoke_certificate
from hocvuso.credentials.codes import Claim, Signer, code_of, new_private_key
from hocvuso.credentials.drawings import offline_code
from hocvuso.evidence.actions import fact_about, record_evidence
from hocvuso.lib import clock
from hocvuso.people.models import Person
made = []
for number, person in enumerate(Person.objects.filter(unit__parent__name="Xã Ea Kar").order_by("pk")[:3]):
    detail = {"score": 90, "framework": "nam-ky-nang-1.0"}
    fact = fact_about(
        person, "assessment_passed", on=clock.today(), source="hoc-vu-so", source_ref=f"thu:{number}", level="usable", detail=detail
    )
    record_evidence([fact], by=":test", today=clock.today())
    made.append(certify_person(person, by=":test", today=clock.today()))
revoke_certificate(made[1], reason="mistake", by=":test")
session = SessionStore()
session["person"] = str(made[0].person_id)
session["seen"] = clock.real_now().timestamp()
session.save()
stranger = Signer(new_private_key().encode())
claim = Claim("7Q3M9XK2DA", "Kẻ Gian", "usable", "nam-ky-nang 1.0", clock.today(), "Ai đó", 5, False)
print(json.dumps({
    "id": made[0].pk, "name": made[0].name, "session": session.session_key,
    "codes": [offline_code(one) for one in made[:2]], "third": [str(made[2].person_id), made[2].pk],
    "stranger": code_of(stranger.cose(claim)),
}))
"""


@dataclass(frozen=True)
class Papers:
    id: str
    name: str
    session: str
    codes: list[str]  # a good one, a revoked one
    third: list[str]  # somebody's id and their certificate's
    stranger: str


@pytest.fixture(scope="module")
def papers(site: Site) -> Papers:
    """Two simulated persons pass for real and are certified, by the program's own actions; one certificate is revoked."""
    code = f"import django; django.setup()\n{MAKE}"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False,
        env={**environment(site.home), "DJANGO_SETTINGS_MODULE": "hocvuso.config.settings"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return Papers(**json.loads(done.stdout))


@pytest.fixture
def own_page(site: Site, papers: Papers, open_browser: Open) -> Page:
    """Whoever holds the good certificate looks at it."""
    page = open_browser(width=800)
    page.context.add_cookies([{"name": "hvs_session", "value": papers.session, "url": site.url}])
    page.goto(f"/hoc/giay-xac-nhan/{papers.id}/")
    return page


@pytest.fixture
def offline(open_browser: Open, papers: Papers) -> Page:
    """The verifier page, visited once, then opened again with no line."""
    page = open_browser(width=360)
    page.goto("/xac-minh/")
    expect(page.get_by_text("Trang đã lưu trong máy")).to_be_visible()
    page.context.set_offline(True)
    page.goto("/xac-minh/")
    return page


def _paste(page: Page, code: str) -> None:
    page.get_by_label("Hoặc dán nội dung của mã").fill(code)
    page.get_by_role("button", name="Kiểm tra").click()


def _shown(page: Page) -> str:
    expect(page.locator("#results section:visible")).to_have_count(1)
    return page.locator("#results section:visible").inner_text()


def test_a_plain_scanner_reads_both_codes_off_the_learners_page(site: Site, own_page: Page, papers: Papers) -> None:
    for number, code in enumerate((f"{site.url}/c/{papers.id}", papers.codes[0])):
        picture = Image.open(BytesIO(own_page.locator(".codes svg").nth(number).screenshot()))
        assert [str(found.text) for found in zxingcpp.read_barcodes(picture)] == [code]


def test_without_a_line_a_genuine_code_is_genuine_up_to_a_day(offline: Page, papers: Papers) -> None:
    _paste(offline, papers.codes[0])
    said = _shown(offline)
    for words in ("Giấy xác nhận có thật", papers.name, "17/10/2025", "DỮ LIỆU MÔ PHỎNG", "Đúng tới ngày", papers.id):
        assert words in said


@pytest.mark.parametrize(
    ("spoiled", "words"),
    [
        (lambda papers: papers.codes[1], "đã bị thu hồi"),
        (lambda papers: papers.codes[0][:150] + ("A" if papers.codes[0][150] != "A" else "B") + papers.codes[0][151:], "Mã đã bị sửa"),
        (lambda papers: papers.codes[0][:-7], "Mã đã bị sửa"),
        (lambda papers: papers.stranger, "Không phải chữ ký của hệ thống"),
        (lambda papers: "HC1:NCFOXN%TS3DH", "Không phải mã của giấy xác nhận"),
        (lambda papers: f"https://hocvuso.vn/c/{papers.id}", "Đây là mã thứ nhất"),
    ],
    ids=["revoked", "changed", "cut short", "unknown key", "not ours", "the other code"],
)  # fmt: skip
def test_each_refusal_says_its_own_reason(
    offline: Page, papers: Papers, spoiled: Callable[[Papers], str], words: str
) -> None:
    _paste(offline, spoiled(papers))
    assert words in _shown(offline)


def test_without_a_line_a_photo_of_the_paper_is_read(
    offline: Page, own_page: Page, papers: Papers, tmp_path: Path
) -> None:
    """As a phone takes it: a little turned, a little soft, both codes on it."""
    sheet = Image.open(BytesIO(own_page.screenshot(full_page=True))).convert("RGB")
    photo = sheet.resize((sheet.width * 2, sheet.height * 2)).rotate(4, expand=True, fillcolor="#cdbb9a")
    photo.filter(ImageFilter.GaussianBlur(1.2)).save(tmp_path / "anh.jpg", quality=80)
    offline.get_by_label("Hoặc chọn ảnh chụp tờ giấy").set_input_files(tmp_path / "anh.jpg")
    expect(offline.locator("#genuine")).to_be_visible(timeout=30_000)
    assert papers.name in _shown(offline)


def test_a_photo_without_a_code_says_so(offline: Page, tmp_path: Path) -> None:
    Image.new("RGB", (400, 300), "#cdbb9a").save(tmp_path / "trong.png")
    offline.get_by_label("Hoặc chọn ảnh chụp tờ giấy").set_input_files(tmp_path / "trong.png")
    expect(offline.locator("#no-code")).to_be_visible(timeout=30_000)


def test_the_short_link_opens_the_page_that_says_genuine(papers: Papers, open_browser: Open, javascript: bool) -> None:
    page = open_browser(javascript=javascript, width=360)
    page.goto(f"/c/{papers.id}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Giấy xác nhận này có thật")
    assert page.get_by_text(papers.name).count() == 1


@pytest.mark.parametrize(
    "address", ["/hoc/giay-xac-nhan/", "/hoc/giay-xac-nhan/{id}/", "/c/{id}", "/c/KHONGCO", "/xac-minh/"]
)
def test_page_is_accessible_and_fits(own_page: Page, papers: Papers, address: str) -> None:
    own_page.goto(address.format(id=papers.id))
    assert faults_of(own_page) == []


def test_the_verifiers_words_are_accessible_and_fit(offline: Page, papers: Papers) -> None:
    for code in (papers.codes[0], papers.codes[1]):
        _paste(offline, code)
        _shown(offline)
        assert faults_of(offline) == []


def test_the_officer_takes_a_certificate_back_and_everybody_reads_it(
    papers: Papers, open_browser: Open, javascript: bool
) -> None:
    person, certificate = papers.third
    page = open_browser("hoa", javascript=javascript)
    page.goto(f"/dieu-hanh/nguoi/{person}/")
    if not page.get_by_text("đã bị thu hồi").count():  # the second round finds what the first has done
        page.get_by_role("link", name=f"Thu hồi {certificate}").click()
        page.get_by_role("button", name="Thu hồi giấy này").click()
        assert "Hãy chọn lý do thu hồi" in page.get_by_role("alert").inner_text()
        assert not javascript or faults_of(page) == []
        page.get_by_label("Cấp nhầm").check()
        page.get_by_role("button", name="Thu hồi giấy này").click()
        expect(page.get_by_text("Đã thu hồi giấy xác nhận.")).to_have_count(1)
    assert not javascript or faults_of(page) == []
    page.goto(f"/c/{certificate}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Giấy xác nhận này đã bị thu hồi")
