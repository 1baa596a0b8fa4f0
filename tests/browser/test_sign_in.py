"""Password, one-time code, and what happens when either is wrong or time has run out."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Open, sign_in
from tests.browser.site import EA_KAR, PASSWORD, Site

pytestmark = pytest.mark.browser


def test_an_officer_signs_in_with_password_and_code_and_sees_her_commune(
    site: Site, open_browser: Open, javascript: bool
) -> None:
    site.forget_used_codes()
    page = open_browser(javascript=javascript)
    page.goto("/")
    page.get_by_role("link", name="Cán bộ đăng nhập").click()
    page.get_by_label("Tên đăng nhập").fill("hoa")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Tiếp tục").click()
    before, shown, after = site.code_of("hoa"), page.locator("#demo-code").inner_text(), site.code_of("hoa")
    assert shown in {before, after}  # the demo's page shows what a phone would
    page.get_by_label("Mã trong ứng dụng tạo mã").fill(site.code_of("hoa"))
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url("**/dieu-hanh/")
    assert page.get_by_role("heading", level=1).inner_text() == EA_KAR
    assert page.get_by_text("H’Hoa Niê").count() == 1
    assert "Dữ liệu mô phỏng" in page.locator(".banner-sim").inner_text()
    assert page.locator("script").count() == 0


def test_a_code_serves_once(site: Site, open_browser: Open) -> None:
    sign_in(open_browser(), site, "mai")
    page = open_browser()
    page.goto("/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill("mai")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Tiếp tục").click()
    last = site.ask("SELECT MAX(last_t) FROM otp_totp_totpdevice")[0][0]
    assert last > 0
    # The device remembers the step of the code that was used; put it ahead, so that no new code begins while the test runs.
    site.change("UPDATE otp_totp_totpdevice SET last_t = last_t + 10 WHERE last_t > 0")
    page.get_by_label("Mã trong ứng dụng tạo mã").fill(site.code_of("mai"))
    page.get_by_role("button", name="Đăng nhập").click()
    assert "Mã không đúng hoặc đã dùng" in page.get_by_role("alert").inner_text()


def test_a_wrong_code_is_refused_in_plain_words(site: Site, open_browser: Open, javascript: bool) -> None:
    site.forget_used_codes()
    page = open_browser(javascript=javascript)
    page.goto("/dang-nhap/?next=/dieu-hanh/ke-hoach/")
    page.get_by_label("Tên đăng nhập").fill("tuan")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Tiếp tục").click()
    wrong = f"{(int(site.code_of('tuan')) + 111_111) % 1_000_000:06d}"
    page.get_by_label("Mã trong ứng dụng tạo mã").fill(wrong)
    page.get_by_role("button", name="Đăng nhập").click()
    assert "Mã không đúng hoặc đã dùng" in page.get_by_role("alert").inner_text()
    site.forget_used_codes()  # a wrong code makes the next one wait a second
    page.get_by_label("Mã trong ứng dụng tạo mã").fill(site.code_of("tuan"))
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url("**/dieu-hanh/ke-hoach/")


def test_a_wrong_password_is_refused_in_plain_words(open_browser: Open, javascript: bool) -> None:
    page = open_browser(javascript=javascript)
    page.goto("/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill("hoa")
    page.get_by_label("Mật khẩu").fill("khong-phai-mat-khau")
    page.get_by_role("button", name="Tiếp tục").click()
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in page.get_by_role("alert").inner_text()
    assert page.get_by_label("Tên đăng nhập").input_value() == "hoa"
    assert page.get_by_label("Mật khẩu").input_value() == ""


def test_an_expired_session_says_so_and_leads_back_to_the_page(
    site: Site, open_browser: Open, javascript: bool
) -> None:
    page = open_browser(javascript=javascript)
    sign_in(page, site, "dung")
    page.goto("/dieu-hanh/bao-cao/")
    site.end_sessions()
    page.reload()
    assert "Phiên đăng nhập đã hết hạn" in page.get_by_role("status").inner_text()
    site.forget_used_codes()
    page.get_by_label("Tên đăng nhập").fill("dung")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_label("Mã trong ứng dụng tạo mã").fill(site.code_of("dung"))
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url("**/dieu-hanh/bao-cao/")


def test_signing_out_closes_the_door(site: Site, open_browser: Open, javascript: bool) -> None:
    page = open_browser(javascript=javascript)
    sign_in(page, site, "ha")
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url(f"{site.url}/")
    page.goto("/dieu-hanh/")
    page.wait_for_url(f"{site.url}/dang-nhap/**")
    page.go_back()
    assert page.get_by_role("button", name="Đăng xuất").count() == 0
