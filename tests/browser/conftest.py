from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.site import PASSWORD, Prepared, Site, copy_of, office_cookie, prepared_home, running_site

# Playwright keeps an event loop running in this thread until the session ends. The Django tests that run after it in the same process
# are no asynchronous code, whatever Django's guard concludes from the loop.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

# Chromium without a window does all we ask for in half the time; the whole one serves as well.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
CHROMIUM = next((found for name in NAMES if (found := shutil.which(name))), None)
# Root has no sandbox; the rest keeps the browser from talking to anybody but us.
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    if CHROMIUM is None:
        reason = "Chromium is missing: apt-get install chromium"
        if os.environ.get("CI") == "true" or os.environ.get("HOCVUSO_NEED_ALL") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": QUIET}


@pytest.fixture(scope="session")
def first_start(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Prepared:
    """One demo a run, made by a start from an empty folder and shared by the workers."""
    base = tmp_path_factory.getbasetemp()
    return prepared_home(base if worker_id == "master" else base.parent)


@pytest.fixture(scope="session")
def prepared(browser: Browser, first_start: Prepared) -> Path:
    """The home to copy. Asks for the browser first: without one most tests have nothing to do with it."""
    return first_start.home


@pytest.fixture(scope="module")
def site(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A running program of its own for each file of tests: what one file writes, no other sees."""
    folder = tmp_path_factory.mktemp("site")
    with running_site(copy_of(prepared, folder / "home"), folder / "log") as started:
        yield started


def sign_in(page: Page, site: Site, username: str) -> None:
    """Both steps, as a person does them."""
    site.forget_used_codes()
    page.goto(f"{site.url}/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_label("Mã trong ứng dụng tạo mã").fill(site.code_of(username))
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(f"{site.url}/dieu-hanh/**")


@pytest.fixture(scope="module")
def signed_in(site: Site) -> Callable[[str], Any]:
    """The cookies of an account that has signed in; each account has one session a file."""
    kept: dict[str, Any] = {}

    def cookies_of(username: str) -> Any:
        if username not in kept:
            cookie = office_cookie(site, username)
            place = {
                "domain": "127.0.0.1",
                "path": "/",
                "expires": -1,
                "httpOnly": True,
                "secure": False,
                "sameSite": "Lax",
            }
            kept[username] = {"cookies": [{"name": cookie["name"], "value": cookie["value"], **place}], "origins": []}
        return kept[username]

    return cookies_of


Open = Callable[..., Page]


@pytest.fixture
def open_browser(browser: Browser, site: Site, signed_in: Callable[[str], Any]) -> Iterator[Open]:
    """A fresh window: of nobody, or of an account that has signed in; with or without JavaScript; as wide as asked."""
    opened: list[BrowserContext] = []

    def window(username: str = "", *, javascript: bool = True, width: int = 1280) -> Page:
        context = browser.new_context(
            base_url=site.url,
            java_script_enabled=javascript,
            viewport={"width": width, "height": 800},
            storage_state=signed_in(username) if username else None,
        )
        context.set_default_timeout(15_000)
        opened.append(context)
        return context.new_page()

    yield window
    for context in opened:
        context.close()


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def javascript(request: pytest.FixtureRequest) -> bool:
    """Every page works without JavaScript: what a test does with it, it does again without."""
    return bool(request.param)
