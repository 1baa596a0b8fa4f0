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
    nav, more = _nav(request.path, rights, home, {"notice_list": unread})
    return {
        "nav": nav,
        "more": more,
        "is_in_more": any(link.is_here for link in more),
        "start": start_page(rights),
        "home": home,
        "today": clock.today(),
        "is_demo": settings.DEMO,
        "is_simulated": database_is_simulated(),
        "is_signed_in": is_signed_in,
        "is_visiting": visitor_id(request) is not None if hasattr(request, "session") else False,
    }


ALL_AT_ONCE = 8  # so many entries stand side by side; of more the rarer ones are folded away


def _nav(
    path: str, rights: frozenset[Right], home: Place | None, counts: Mapping[str, int]
) -> tuple[list[Link], list[Link]]:
    """The pages an account with these rights may open, and those folded away; the one it stands in is marked, and how much waits there."""
    # Whether somebody had a result sent to VNeID is no business of the place where they work or learn.
    of_units = rights if isinstance(home, Unit) else frozenset()
    of_nation = rights if isinstance(home, Unit) and home.level == Level.NATION else frozenset()
    where = {"vneid_deliveries": of_units, "provinces": of_nation, "received_reports": _of_receiver(rights, home)}

    def links(*entries: tuple[str, str, Right, str]) -> list[Link]:
        """Name of the route, title, right, and the addresses that belong to it; none: the desk itself."""
        return [
            Link(name, title, _is_at(path, addresses.split()), counts.get(name, 0))
            for name, title, right, addresses in entries
            if right in where.get(name, rights)
        ]

    daily = links(
        ("overview", _("Bàn làm việc"), Right.FIGURES, ""),
        ("boards", _("Theo dõi"), Right.FIGURES, "bang"),
        ("plan_list", _("Kế hoạch"), Right.FIGURES, "ke-hoach/ noi/"),
        ("provinces", _("Các tỉnh"), Right.FIGURES, "cac-tinh"),
        ("task_list", _("Nhiệm vụ"), Right.FIGURES, "nhiem-vu"),
        ("report_list", _("Báo cáo"), Right.REPORTS, "bao-cao/"),
        ("received_reports", _("Báo cáo nhận về"), Right.FIGURES, "bao-cao-nhan-ve"),
        ("concern_list", _("Khó khăn"), Right.FIGURES, "kho-khan"),
        ("notice_list", _("Thông báo"), Right.SIGN_IN, "thong-bao"),
    )
    rarer = links(
        ("people", _("Người"), Right.PEOPLE, "nguoi/"),
        ("means", _("Nguồn lực"), Right.OVERSEE, "nguon-luc"),
        ("practices", _("Cách làm hay"), Right.OVERSEE, "cach-lam-hay"),
        ("inspections", _("Kiểm tra"), Right.OVERSEE, "kiem-tra"),
        ("import_counts", _("Nhập số"), Right.IMPORTS, "nhap-so"),
        ("vneid_deliveries", _("Gửi VNeID"), Right.FIGURES, "gui-vneid"),
        ("my_rights", _("Quyền của tôi"), Right.SIGN_IN, "quyen"),
    )
    return ([*daily, *rarer], []) if len(daily) + len(rarer) <= ALL_AT_ONCE else (daily, rarer)


def _is_at(path: str, addresses: list[str]) -> bool:
    return any(path.startswith(f"/dieu-hanh/{one}") for one in addresses) if addresses else path == "/dieu-hanh/"


def _of_receiver(rights: frozenset[Right], home: Place | None) -> frozenset[Right]:
    """Whoever receives reports; the steering committee of a province sees how many have come."""
    steers = isinstance(home, Unit) and home.level == Level.PROVINCE
    if home is None or not (Right.RECEIVE_REPORTS in rights or steers):
        return frozenset()
    return rights if receives_at_all(home) else frozenset()
