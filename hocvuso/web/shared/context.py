from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from hocvuso.lib import clock
from hocvuso.people.queries import rights_of
from hocvuso.people.rules import Right
from hocvuso.places.models import Level, Place, Unit
from hocvuso.web.shared.places import home_places
from hocvuso.web.shared.rights import account_of, start_page
from hocvuso.web.shared.simulated import database_is_simulated
from hocvuso.web.shared.visitor import visitor_id


@dataclass(frozen=True, slots=True)
class Link:
    name: str
    title: str
    is_here: bool


def shell(request: HttpRequest) -> dict[str, Any]:
    """What every page's frame shows: the day, the way around, the banners of demo and simulated data."""
    is_signed_in = hasattr(request, "user") and bool(getattr(request.user, "is_verified", lambda: False)())
    rights = rights_of(account_of(request), on=clock.today()) if is_signed_in else frozenset()
    home = next(iter(home_places(request, Right.SIGN_IN)), None) if is_signed_in else None
    return {
        "nav": _nav(request.path, rights, home),
        "start": start_page(rights),
        "home": home,
        "today": clock.today(),
        "is_demo": settings.DEMO,
        "is_simulated": database_is_simulated(),
        "is_signed_in": is_signed_in,
        "is_visiting": visitor_id(request) is not None if hasattr(request, "session") else False,
    }


def _nav(path: str, rights: frozenset[Right], home: Place | None) -> list[Link]:
    """The pages an account with these rights may open; the one it stands in is marked."""
    # Whether somebody had a result sent to VNeID is no business of the place where they work or learn.
    of_units = rights if isinstance(home, Unit) else frozenset()
    entries = (
        ("overview", _("Bàn làm việc"), Right.FIGURES, path == "/dieu-hanh/"),
        ("boards", _("Theo dõi"), Right.FIGURES, path.startswith("/dieu-hanh/bang")),
        ("plan_list", _("Kế hoạch"), Right.FIGURES, path.startswith(("/dieu-hanh/ke-hoach", "/dieu-hanh/noi"))),
        ("provinces", _("Các tỉnh"), Right.FIGURES, path.startswith("/dieu-hanh/cac-tinh")),
        ("task_list", _("Nhiệm vụ"), Right.FIGURES, path.startswith("/dieu-hanh/nhiem-vu")),
        ("report_list", _("Báo cáo"), Right.REPORTS, path.startswith("/dieu-hanh/bao-cao")),
        ("people", _("Người"), Right.PEOPLE, path.startswith("/dieu-hanh/nguoi")),
        ("import_counts", _("Nhập số"), Right.IMPORTS, path.startswith("/dieu-hanh/nhap-so")),
        ("vneid_deliveries", _("Gửi VNeID"), Right.FIGURES, path.startswith("/dieu-hanh/gui-vneid")),
        ("my_rights", _("Quyền của tôi"), Right.SIGN_IN, path.startswith("/dieu-hanh/quyen")),
    )
    of_nation = rights if isinstance(home, Unit) and home.level == Level.NATION else frozenset()
    where = {"vneid_deliveries": of_units, "provinces": of_nation}
    return [Link(name, title, is_here) for name, title, right, is_here in entries if right in where.get(name, rights)]
