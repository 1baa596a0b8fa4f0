from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from hocvuso.lib import clock
from hocvuso.messages.queries import unread_notices
from hocvuso.people.queries import rights_of
from hocvuso.people.rules import Right
from hocvuso.places.models import Level, Place, Unit
from hocvuso.reports.queries.received import receives_at_all
from hocvuso.web.shared.places import home_places
from hocvuso.web.shared.rights import account_of, start_page
from hocvuso.web.shared.simulated import database_is_simulated
from hocvuso.web.shared.visitor import visitor_id


@dataclass(frozen=True, slots=True)
class Link:
    name: str
    title: str
    is_here: bool
    count: int = 0  # how many wait there


def shell(request: HttpRequest) -> dict[str, Any]:
    """What every page's frame shows: the day, the way around, the banners of demo and simulated data."""
    is_signed_in = hasattr(request, "user") and bool(getattr(request.user, "is_verified", lambda: False)())
    rights = rights_of(account_of(request), on=clock.today()) if is_signed_in else frozenset()
    home = next(iter(home_places(request, Right.SIGN_IN)), None) if is_signed_in else None
    unread = unread_notices(account_of(request)) if Right.SIGN_IN in rights else 0
    return {
        "nav": _nav(request.path, rights, home, {"notice_list": unread}),
        "start": start_page(rights),
        "home": home,
        "today": clock.today(),
        "is_demo": settings.DEMO,
        "is_simulated": database_is_simulated(),
        "is_signed_in": is_signed_in,
        "is_visiting": visitor_id(request) is not None if hasattr(request, "session") else False,
    }


def _nav(path: str, rights: frozenset[Right], home: Place | None, counts: Mapping[str, int]) -> list[Link]:
    """The pages an account with these rights may open; the one it stands in is marked, and how much waits there."""
    # Whether somebody had a result sent to VNeID is no business of the place where they work or learn.
    of_units = rights if isinstance(home, Unit) else frozenset()
    entries = (
        ("overview", _("Bàn làm việc"), Right.FIGURES, path == "/dieu-hanh/"),
        ("boards", _("Theo dõi"), Right.FIGURES, path.startswith("/dieu-hanh/bang")),
        ("plan_list", _("Kế hoạch"), Right.FIGURES, path.startswith(("/dieu-hanh/ke-hoach", "/dieu-hanh/noi"))),
        ("provinces", _("Các tỉnh"), Right.FIGURES, path.startswith("/dieu-hanh/cac-tinh")),
        ("task_list", _("Nhiệm vụ"), Right.TASKS, path.startswith("/dieu-hanh/nhiem-vu")),
        ("means", _("Nguồn lực"), Right.OVERSEE, path.startswith("/dieu-hanh/nguon-luc")),
        ("practices", _("Cách làm hay"), Right.OVERSEE, path.startswith("/dieu-hanh/cach-lam-hay")),
        ("inspections", _("Kiểm tra"), Right.OVERSEE, path.startswith("/dieu-hanh/kiem-tra")),
        ("concern_list", _("Khó khăn, kiến nghị"), Right.FIGURES, path.startswith("/dieu-hanh/kho-khan")),
        ("report_list", _("Báo cáo"), Right.REPORTS, path.startswith("/dieu-hanh/bao-cao/")),
        ("received_reports", _("Báo cáo nhận về"), Right.FIGURES, path.startswith("/dieu-hanh/bao-cao-nhan-ve")),
        ("people", _("Người"), Right.PEOPLE, path.startswith("/dieu-hanh/nguoi")),
        ("import_counts", _("Nhập số"), Right.IMPORTS, path.startswith("/dieu-hanh/nhap-so")),
        ("vneid_deliveries", _("Gửi VNeID"), Right.FIGURES, path.startswith("/dieu-hanh/gui-vneid")),
        ("notice_list", _("Thông báo"), Right.SIGN_IN, path.startswith("/dieu-hanh/thong-bao")),
        ("my_rights", _("Quyền của tôi"), Right.SIGN_IN, path.startswith("/dieu-hanh/quyen")),
    )
    of_nation = rights if isinstance(home, Unit) and home.level == Level.NATION else frozenset()
    where = {"vneid_deliveries": of_units, "provinces": of_nation, "received_reports": _of_receiver(rights, home)}
    return [
        Link(name, title, is_here, counts.get(name, 0))
        for name, title, right, is_here in entries
        if right in where.get(name, rights)
    ]


def _of_receiver(rights: frozenset[Right], home: Place | None) -> frozenset[Right]:
    """Whoever receives reports; the steering committee of a province sees how many have come."""
    steers = isinstance(home, Unit) and home.level == Level.PROVINCE
    if home is None or not (Right.RECEIVE_REPORTS in rights or steers):
        return frozenset()
    return rights if receives_at_all(home) else frozenset()
