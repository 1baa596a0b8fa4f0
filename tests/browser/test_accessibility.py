"""Every page: no violation of WCAG 2.2 AA that axe can find, nothing cut off on a small phone or with large text, all by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Open
from tests.browser.site import EA_KAR, PASSWORD, ROOT, Site, steadily

pytestmark = pytest.mark.browser

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "rules": {"landmark-unique": {"enabled": True}},
    "resultTypes": ["violations"],
}
WITHOUT_CONTRAST = {**RULES, "rules": {"landmark-unique": {"enabled": True}, "color-contrast": {"enabled": False}}}
# In which colours, on which ground and how large text stands: all that its contrast is judged by.
LOOKS = """() => {
    const found = new Set();
    for (const e of document.querySelectorAll('body, body *')) {
        const says = e.matches('input, select, textarea') || [...e.childNodes].some(node => node.nodeType === 3 && node.data.trim());
        if (!says || !e.checkVisibility()) continue;
        const own = getComputedStyle(e), size = parseFloat(own.fontSize), grounds = [];
        for (let up = e; up; up = up.parentElement) {
            const style = up === e ? own : getComputedStyle(up);
            if (style.opacity !== '1') grounds.push(`opacity ${style.opacity}`);
            if (style.backgroundImage !== 'none') grounds.push(style.backgroundImage);
            if (style.backgroundColor !== 'rgba(0, 0, 0, 0)') {
                grounds.push(style.backgroundColor);
                if (!style.backgroundColor.startsWith('rgba')) break;
            }
        }
        const large = size >= 24 || (size >= 18.66 && +own.fontWeight >= 700);
        found.add([own.color, own.textShadow, large, ...grounds].join(' | '));
    }
    return [...found];
}"""
OFFICE, PLAN = "/dieu-hanh/", "/dieu-hanh/ke-hoach/dak-lak-100-ngay/"
TARGET = f"{PLAN}chi-tieu/ii-4-nguoi-lon-duoc-tiep-can/"
SHARE_OUT = f"{PLAN}chi-tieu/ii-8-nguoi-dan-chu-ky-so/giao/"
REPORT = f"{OFFICE}bao-cao/dak-lak-100-ngay/v1-hang-tuan/"


@dataclass(frozen=True)
class Stop:
    """A page, who looks at it, and how one gets there; "{kar}" is Ea Kar's code, "{person}" somebody who lives there."""

    name: str
    who: str
    address: str
    then: Callable[[Page], None] | None = None


def _press(button: str, **fill: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        for field, text in fill.items():
            page.locator(f"[name={field}]").first.fill(text)
        _send(page, button)

    return act


def _send(page: Page, button: str) -> None:
    """Presses a button of a form, and waits for the page that answers."""
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()


def _wrong_code(page: Page) -> None:
    _press("Tiếp tục", username="hoa", password=PASSWORD)(page)
    _press("Đăng nhập", code="12")(page)


def _done_without_document(page: Page) -> None:
    page.locator("[name=state][value=done]").check()
    _send(page, "Ghi tiến độ")


def _too_long(page: Page) -> None:
    page.locator("[name=difficulties]").evaluate("(box) => box.removeAttribute('maxlength')")
    _press("Lưu", difficulties="dài " * 2100)(page)


def _unreadable_amount(page: Page) -> None:
    page.locator(".amount").first.fill("vài trăm")
    _send(page, "Giao")


def _no_tick(page: Page) -> None:
    page.get_by_label("Mỗi ngày làm việc một thư").check()
    page.get_by_label("Địa chỉ thư điện tử công vụ").fill("hoa@daklak.example")
    page.get_by_role("button", name="Ghi", exact=True).click()


def _open_first(page: Page) -> None:
    page.locator("tbody th a").first.click()


def _too_late(page: Page) -> None:
    page.context.clear_cookies(name="csrftoken")
    _press("Tiếp tục", username="hoa", password=PASSWORD)(page)


STOPS = [
    Stop("front page", "", "/"),
    Stop("classes to come", "", "/buoi-hoc/"),
    Stop("not found, nobody signed in", "", "/khong-co/"),
    Stop("sign-in", "", "/dang-nhap/"),
    Stop("sign-in after a session ended", "", "/dang-nhap/?het-han=1"),
    Stop("sign-in with nothing filled in", "", "/dang-nhap/", _press("Tiếp tục")),
    Stop("sign-in refused", "", "/dang-nhap/", _press("Tiếp tục", username="ai-do", password="sai")),
    Stop("form sent too late", "", "/dang-nhap/", _too_late),
    Stop("code", "", "/dang-nhap/", _press("Tiếp tục", username="hoa", password=PASSWORD)),
    Stop("code refused", "", "/dang-nhap/", _wrong_code),
    Stop("overview of a commune", "hoa", OFFICE),
    Stop("plans", "hoa", f"{OFFICE}ke-hoach/"),
    Stop("plan in a commune", "hoa", PLAN),
    Stop("target in a commune", "hoa", TARGET),
    Stop("target of several rungs", "hoa", f"{PLAN}chi-tieu/ii-2-can-bo-duoc-tap-huan/"),
    Stop("target counted in communes", "binh", f"{PLAN}chi-tieu/ii-1-ban-chi-dao-cap-xa/"),
    Stop("plan beside the central one", "hoa", f"{PLAN}so-voi/trung-uong-01-kh-bcdtw/"),
    Stop("sharing out a target", "binh", f"{SHARE_OUT}?noi=66&so-nguoi=1"),
    Stop("sharing out refused", "binh", f"{SHARE_OUT}?noi=66", _unreadable_amount),
    Stop(
        "sharing out among offices", "binh", f"{PLAN}chi-tieu/ii-2-can-bo-duoc-tap-huan/giao/?noi=66&cach=organisations"
    ),
    Stop("findings", "hoa", f"{PLAN}diem-chua-thong-nhat/"),
    Stop("commune", "hoa", f"{OFFICE}noi/{{kar}}/"),
    Stop("village", "hoa", f"{OFFICE}noi/{{kar}}-01/"),
    Stop("board of a commune", "hoa", f"{OFFICE}bang/{{kar}}/"),
    Stop("board of a village", "hoa", f"{OFFICE}bang/{{kar}}-01/"),
    Stop("board of the province", "binh", f"{OFFICE}bang/66/"),
    Stop("map of the province", "binh", f"{OFFICE}bang/66/ban-do/"),
    Stop("map of the nation", "binh", f"{OFFICE}bang/VN/ban-do/"),
    Stop("a figure in parts", "hoa", f"{OFFICE}bang/{{kar}}/chia-nho/adult_skill/"),
    Stop("bringing in counts", "hoa", f"{OFFICE}nhap-so/"),
    Stop("bringing in counts refused", "hoa", f"{OFFICE}nhap-so/", _press("Xem thử")),
    Stop("open results", "", "/ket-qua/"),
    Stop("tasks", "hoa", f"{OFFICE}nhiem-vu/"),
    Stop("task", "hoa", f"{OFFICE}nhiem-vu/dak-lak-100-ngay/iii-2-1-ban-chi-dao-va-to/"),
    Stop("task refused", "hoa", f"{OFFICE}nhiem-vu/dak-lak-100-ngay/iii-2-5-xac-nhan-vneid/", _done_without_document),
    Stop("board of tasks", "hoa", f"{OFFICE}nhiem-vu/bang/"),
    Stop("calendar of tasks", "hoa", f"{OFFICE}nhiem-vu/lich/"),
    Stop("own week", "hoa", f"{OFFICE}nhiem-vu/tuan-cua-toi/"),
    Stop("task with steps", "hoa", f"{OFFICE}nhiem-vu/dak-lak-100-ngay/iii-2-4-nguoi-truong-thanh/"),
    Stop(
        "new step refused",
        "hoa",
        f"{OFFICE}nhiem-vu/dak-lak-100-ngay/iii-2-4-nguoi-truong-thanh/them-buoc/",
        _press("Thêm bước"),
    ),
    Stop("step", "hoa", f"{OFFICE}nhiem-vu/buoc/1/"),
    Stop("handing over refused", "hoa", f"{OFFICE}nhiem-vu/ban-giao/", _press("Bàn giao tất cả")),
    Stop("late tasks", "ha", f"{OFFICE}nhiem-vu/qua-han/"),
    Stop("confirming", "binh", f"{OFFICE}nhiem-vu/dak-lak-100-ngay/iii-2-1-ban-chi-dao-va-to/xac-nhan/{{kar}}/?noi=66"),
    Stop("reports", "hoa", f"{OFFICE}bao-cao/"),
    Stop("reports of a quarter", "binh", f"{OFFICE}bao-cao/?xem=quy"),
    Stop(
        "asking for a report refused",
        "binh",
        f"{OFFICE}bao-cao/yeu-cau/?bao-cao=dak-lak-100-ngay/doan-ket-kho-khan",
        _press("Gửi yêu cầu"),
    ),
    Stop("own calendar", "hoa", f"{OFFICE}lich/", _press("Tạo địa chỉ lịch")),
    Stop("report", "hoa", f"{REPORT}{{kar}}/2025-10-17/"),
    Stop("report saved", "hoa", f"{REPORT}{{kar}}/2025-10-17/", _press("Lưu", proposals="Không")),
    Stop("report sent back", "hoa", f"{REPORT}{{kar}}/2025-09-05/"),
    Stop("older edition of a report", "hoa", f"{REPORT}{{kar}}/2025-09-12/?ban=1"),
    Stop("declaring a figure refused", "hoa", f"{REPORT}{{kar}}/2025-10-17/tu-bao-cao/", _press("Ghi số tự báo cáo")),
    Stop("reports received", "binh", f"{OFFICE}bao-cao-nhan-ve/?loc=cho-tiep-nhan&ngay=2025-10-10"),
    Stop("report refused", "hoa", f"{REPORT}{{kar}}/2025-10-17/", _too_long),
    Stop("means", "hoa", f"{OFFICE}nguon-luc/"),
    Stop("money refused", "hoa", f"{OFFICE}nguon-luc/kinh-phi/ghi/", _press("Ghi")),
    Stop("practices", "hoa", f"{OFFICE}cach-lam-hay/"),
    Stop("a practice", "binh", f"{OFFICE}cach-lam-hay/1/"),
    Stop("inspections", "hoa", f"{OFFICE}kiem-tra/"),
    Stop("an inspection", "binh", f"{OFFICE}kiem-tra/1/"),
    Stop("inspection to be opened", "binh", f"{OFFICE}kiem-tra/mo/"),
    Stop("files of a report", "hoa", f"{REPORT}{{kar}}/2025-10-17/tep-trao-doi/"),
    Stop("report of a day on which none is due", "hoa", f"{REPORT}{{kar}}/2025-10-16/"),
    Stop("difficulties", "binh", f"{OFFICE}kho-khan/?xem=tat-ca"),
    Stop("a difficulty and its answer", "binh", f"{OFFICE}kho-khan/?xem=tat-ca&tinh-trang=answered", _open_first),
    Stop("a difficulty to be answered", "binh", f"{OFFICE}kho-khan/", _open_first),
    Stop("difficulties by theme", "binh", f"{OFFICE}kho-khan/linh-vuc/"),
    Stop("difficulties that are alike", "binh", f"{OFFICE}kho-khan/giong-nhau/"),
    Stop("raising a difficulty refused", "hoa", f"{OFFICE}kho-khan/neu/", _press("Gửi", text="Gọi 0912 345 678")),
    Stop("people", "hoa", f"{OFFICE}nguoi/"),
    Stop("nobody found", "hoa", f"{OFFICE}nguoi/?ten=khong+co+ai"),
    Stop("person", "hoa", f"{OFFICE}nguoi/{{person}}/"),
    Stop("results on their way to VNeID", "hoa", f"{OFFICE}gui-vneid/"),
    Stop("teams", "hoa", f"{OFFICE}to-cong-nghe-so/"),
    Stop("notices", "hoa", f"{OFFICE}thong-bao/"),
    Stop("ways of notices", "hoa", f"{OFFICE}thong-bao/cach-nhan/"),
    Stop("ways of notices refused", "hoa", f"{OFFICE}thong-bao/cach-nhan/", _no_tick),
    Stop("own rights", "hoa", f"{OFFICE}quyen-cua-toi/"),
    Stop("not found", "hoa", f"{OFFICE}noi/99999/"),
    Stop("overview in English", "mai", OFFICE, _press("English")),
    Stop("overview of the province", "binh", OFFICE),
    Stop("plan in the province", "binh", PLAN),
    Stop("target in the province", "binh", TARGET),
    Stop("province", "binh", f"{OFFICE}noi/66/"),
    Stop("task of many bearers", "binh", f"{OFFICE}nhiem-vu/dak-lak-100-ngay/iii-2-1-ban-chi-dao-va-to/"),
    Stop("report of the province", "binh", f"{REPORT}66/2025-10-17/"),
    Stop("overview of the steering committee", "ha", OFFICE),
    Stop("overview of a department", "dung", OFFICE),
]
BY_NAME = {stop.name: stop for stop in STOPS}


@pytest.fixture(scope="module")
def window(browser: Browser, site: Site, signed_in: Callable[[str], Any]) -> Iterator[Callable[[str], Page]]:
    """One window for each of the cast, used again: opening pages is what takes time here."""
    opened: dict[str, Page] = {}

    def of(username: str) -> Page:
        if username not in opened:
            context = browser.new_context(
                base_url=site.url, storage_state=signed_in(username) if username else None, reduced_motion="reduce"
            )
            opened[username] = context.new_page()
        return opened[username]

    yield of
    for page in opened.values():
        page.context.close()


def _go(page: Page, stop: Stop, site: Site) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(stop.address.format(kar=site.code_of_unit(EA_KAR), person=site.persons_of(EA_KAR)[0][0]))
    if stop.then:
        stop.then(page)
    assert (page.get_by_role("alert").count() == 1) is ("refused" in stop.name or "nothing filled in" in stop.name)


@pytest.mark.parametrize("name", BY_NAME)
def test_page_is_accessible_and_fits(name: str, site: Site, window: Callable[[str], Page]) -> None:
    page = window(BY_NAME[name].who)
    _go(page, BY_NAME[name], site)  # it has arrived: nothing to wait for
    assert _faults_of(page) == []


def faults_of(page: Page) -> list[str]:
    """Everything wrong with the page that is open: its structure, what axe finds, what is cut off when it is narrow or its text large."""
    return steadily(page, lambda: _faults_of(page))


def _faults_of(page: Page) -> list[str]:
    faults = _structure(page)
    looks: set[str] = set()
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        # Most of the time goes into contrast. Where no text looks otherwise than on the wide page, that has told it.
        before, looks = looks, set(page.evaluate(LOOKS))
        rules = RULES if looks - before else WITHOUT_CONTRAST
        faults += [f"{width} px: {what}" for what in (*_overflow(page), *_violations(page, rules))]
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        faults += [f"{width} px with text at 200 %: {what}" for what in _overflow(page)]
        page.evaluate("document.documentElement.style.fontSize = ''")
    page.set_viewport_size({"width": 320, "height": 800})
    return faults + [f"320 px: {what}" for what in _overflow(page)]


def test_the_page_for_our_own_faults_is_accessible(window: Callable[[str], Page]) -> None:
    """It is drawn without the frame of the others: whatever broke may be what the frame needs."""
    page = window("")
    page.set_content((ROOT / "hocvuso/web/shared/templates/shared/our_fault.html").read_text(encoding="utf-8"))
    page.set_viewport_size({"width": 320, "height": 800})
    assert _violations(page) + _overflow(page) == []


def _structure(page: Page) -> list[str]:
    found = page.evaluate(
        r"""() => ({
            h1: document.querySelectorAll('h1').length,
            lang: document.documentElement.lang,
            title: document.title,
            ids: [...document.querySelectorAll('[id]')].map(e => e.id).filter((id, n, all) => all.indexOf(id) !== n),
            jumps: [...document.querySelectorAll('h1,h2,h3,h4')].map(h => +h.tagName[1])
                .filter((level, n, all) => n && level > all[n - 1] + 1).length,
            skip: document.body.firstElementChild.matches('a.skip[href="#main"]'),
            apart: document.body.innerText.match(/.{0,20} [,.;](?=\s|$).{0,20}/gm) || [],
        })"""
    )
    faults = {
        "not one h1": found["h1"] != 1,
        "no language": found["lang"] not in {"vi", "en"},
        "no title": not found["title"].endswith("– Học Vụ Số") or found["title"].startswith("–"),
        f"ids twice: {found['ids']}": bool(found["ids"]),
        "a level of headings is left out": found["jumps"] > 0,
        "no skip link at the head": not found["skip"],
        f"a blank before a comma or a full stop: {found['apart']}": bool(found["apart"]),
    }
    return [what for what, wrong in faults.items() if wrong]


def _overflow(page: Page) -> list[str]:
    """What makes the page itself scroll sideways; a table may scroll inside its own frame."""
    found: list[str] = page.evaluate(
        """() => {
            const wide = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= wide) return [];
            return [...document.querySelectorAll('body *')]
                .filter(e => e.getBoundingClientRect().right > wide + 1 && !e.closest('.table-wrap'))
                .map(e => `${e.tagName}.${e.getAttribute('class') || ''} reaches ${Math.round(e.getBoundingClientRect().right)}`)
                .slice(0, 4).concat(`page is ${document.documentElement.scrollWidth} wide`);
        }"""
    )
    return found


def _violations(page: Page, rules: dict[str, Any] = RULES) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("rules => axe.run(document, rules).then(done => done.violations)", rules)
    return [f"{v['id']} ({v['impact']}): {v['help']}: {[node['html'][:160] for node in v['nodes'][:3]]}" for v in found]


# --- the keyboard --------------------------------------------------------------------------------------------------------------

WALKED = ["sign-in", "code refused", "overview of a commune", "target in a commune", "report", "people", "task refused"]
FOCUS = """() => {
    const e = document.activeElement, s = getComputedStyle(e), box = e.getBoundingClientRect();
    return {
        what: e === document.body ? '' : `${e.tagName} ${(e.innerText || e.getAttribute('aria-label') || e.name || '').slice(0, 40)}`,
        seen: (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== 'none',
        inside: box.bottom > 0 && box.top < innerHeight && box.width > 0,
    };
}"""
TABBABLE = """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), textarea, select, summary, [tabindex="0"]')]
    .filter(e => e.checkVisibility() && !(e.type === 'radio' && !e.checked && document.querySelector(`[name=${e.name}]:checked`))).length"""


@pytest.mark.parametrize("name", WALKED)
def test_everything_is_reached_and_seen_with_the_tab_key(name: str, site: Site, window: Callable[[str], Page]) -> None:
    stop = BY_NAME[name]
    page = window(stop.who)
    _go(page, stop, site)
    page.evaluate("document.activeElement.blur()")
    wanted, unseen, walked = page.evaluate(TABBABLE), [], 0
    for step in range(wanted + 3):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if not focus["what"]:
            break
        walked += 1
        if step == 0:
            assert focus["what"] == "A Đến nội dung chính"
        if not (focus["seen"] and focus["inside"]):
            unseen.append(focus["what"])
    assert unseen == []
    assert walked == wanted


def test_the_skip_link_leads_past_the_menu(open_browser: Open, javascript: bool) -> None:
    page = open_browser("hoa", javascript=javascript)
    page.goto(OFFICE)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**#main")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_refused_form_is_mended_from_its_summary(site: Site, window: Callable[[str], Page]) -> None:
    """Each line of the summary is a link to the field it is about."""
    page = window("hoa")
    _go(page, BY_NAME["task refused"], site)
    page.get_by_role("alert").get_by_role("link").first.press("Enter")
    expect(page.locator("[name=document]")).to_be_focused()
    assert page.locator("[name=document]").get_attribute("aria-invalid") == "true"
