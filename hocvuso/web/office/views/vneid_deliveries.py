from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hocvuso.connect.vneid.queries import dead_deliveries, delivery_counts
from hocvuso.credentials.actions import retry_dead
from hocvuso.lib import clock
from hocvuso.people.queries import residents_seen
from hocvuso.people.rules import Right
from hocvuso.places.models import Unit
from hocvuso.web.shared.places import home_places, place_or_404
from hocvuso.web.shared.rights import account_of, official


@official(Right.FIGURES)
def vneid_deliveries(request: HttpRequest) -> HttpResponse:
    """How far the results of a place's people are on their way to VNeID; those that got stuck, by name for who may see the names."""
    place = place_or_404(request, request.GET.get("noi"))
    if not isinstance(place, Unit):  # no business of the place where somebody works or learns
        raise Http404
    stuck = dead_deliveries(residents_seen(account_of(request), on=clock.today()))
    page = Paginator(stuck, 50).get_page(request.GET.get("trang"))
    context = {
        "place": place,
        "homes": [home for home in home_places(request) if isinstance(home, Unit)],
        "counts": delivery_counts(place),
        "page": page,
        "is_connected": bool(settings.VNEID_CONFIRM_URL),
        "rows": [(delivery, _why(delivery.last_error)) for delivery in page],
    }
    return render(request, "office/vneid_deliveries.html", context)


@official(Right.PEOPLE)
@require_POST
def resend_delivery(request: HttpRequest, delivery: uuid.UUID) -> HttpResponse:
    account = account_of(request)
    found = get_object_or_404(dead_deliveries(residents_seen(account, on=clock.today())), pk=delivery)
    retry_dead(found, by=account.actor, now=clock.now())
    messages.success(request, _("Sẽ gửi lại trong ít giây nữa."))
    return redirect("vneid_deliveries")


def _why(code: str) -> str:
    """The short code of a failure in words."""
    known = {
        "timeout": _("VNeID không trả lời kịp"),
        "no_answer": _("không nối được tới VNeID"),
        "not_readable": _("câu trả lời của VNeID không đọc được"),
        "no_reference": _("câu trả lời của VNeID thiếu mã tham chiếu"),
        "http_401": _("VNeID không nhận tên hoặc khóa của hệ thống"),
        "http_403": _("VNeID không cho hệ thống gửi"),
    }
    if code in known:
        return known[code]
    return _("VNeID báo lỗi (%(code)s)") % {"code": code.removeprefix("http_") or "?"}
