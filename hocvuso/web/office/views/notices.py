"""An official's notices, and how they hear of them beside this page."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from hocvuso.lib.errors import BadInput
from hocvuso.messages.actions import choose_notice_way, mark_notice_read, mark_notices_read
from hocvuso.messages.models import DigestWay
from hocvuso.messages.queries import listed_notices, notice_kinds, notices_of, preference_of
from hocvuso.people.rules import Right
from hocvuso.web.shared.rights import account_of, official

ON_A_PAGE = 25


@official(Right.SIGN_IN)
def notice_list(request: HttpRequest) -> HttpResponse:
    """What is unread first, the newest first; of one kind where one is asked for."""
    account = account_of(request)
    kinds = notice_kinds(account)
    kind = request.GET.get("loai", "")
    kind = kind if kind in {one.kind for one in kinds} else ""
    page = Paginator(listed_notices(account, kind=kind), ON_A_PAGE).get_page(request.GET.get("trang"))
    newest = notices_of(account).order_by("-pk").values_list("pk", flat=True).first()
    context = {
        "page": page,
        "kinds": kinds,
        "kind": kind,
        "unread": sum(one.unread for one in kinds if kind in ("", one.kind)),
        "newest": newest,
    }
    return render(request, "office/notice_list.html", context)


@official(Right.SIGN_IN)
def notice(request: HttpRequest, notice: int) -> HttpResponse:
    """Opening it is reading it; it leads to the page where something is to be done."""
    account = account_of(request)
    found = get_object_or_404(notices_of(account), pk=notice)
    mark_notice_read(found, by=account.actor)
    return redirect(found.page or "notice_list")


@official(Right.SIGN_IN)
@require_POST
def read_notice(request: HttpRequest, notice: int) -> HttpResponse:
    account = account_of(request)
    mark_notice_read(get_object_or_404(notices_of(account), pk=notice), by=account.actor)
    return redirect("notice_list")


@official(Right.SIGN_IN)
@require_POST
def read_notices(request: HttpRequest) -> HttpResponse:
    """All that stood on the page when it was drawn, and the pages behind it; what came meanwhile stays unread."""
    account, up_to = account_of(request), request.POST.get("den", "")
    if not up_to.isascii() or not up_to.isdigit() or len(up_to) > 18:
        raise BadInput(_("Trang này đã cũ. Hãy mở lại mục Thông báo."))
    count = mark_notices_read(account, up_to=int(up_to), kind=request.POST.get("loai", ""), by=account.actor)
    said = ngettext("Đã đánh dấu %(n)s thông báo là đã đọc.", "Đã đánh dấu %(n)s thông báo là đã đọc.", count)
    messages.success(request, said % {"n": count})
    return redirect("notice_list")


@official(Right.SIGN_IN)
def notice_ways(request: HttpRequest) -> HttpResponse:
    """In the system only, one letter a working day, or one a week. No letter without an address and a tick that the person made."""
    account, error, where = account_of(request), "", ""
    preference = preference_of(account)
    typed = {"way": preference.way, "address": account.email, "at_once": preference.is_told_at_once}
    if request.method == "POST":
        typed = {
            "way": request.POST.get("cach", ""),
            "address": request.POST.get("dia-chi", "")[:254],
            "at_once": "ngay" in request.POST,
        }
        try:
            choose_notice_way(
                account, str(typed["way"]), address=str(typed["address"]), is_agreed="dong-y" in request.POST,
                is_told_at_once=bool(typed["at_once"]), by=account.actor,
            )  # fmt: skip
        except BadInput as refusal:
            error = str(refusal)
            where = "dong-y" if "dong-y" not in request.POST and "@" in str(typed["address"]) else "dia-chi"
            where = where if typed["way"] in DigestWay else f"cach-{DigestWay.IN_APP}"
        else:
            messages.success(request, _("Đã ghi cách nhận thông báo."))
            return redirect("notice_ways")
    account.refresh_from_db(fields=["email", "email_agreed_at"])
    context = {
        "ways": list(DigestWay),
        "typed": typed,
        "error": error,
        "where": where,
        "is_agreed": account.email_agreed_at is not None,
        "is_connected": bool(settings.SMTP_HOST),
        "hour": settings.DIGEST_HOUR,
        "most": settings.DIGEST_LINES,
    }
    return render(request, "office/notice_ways.html", context, status=400 if error else 200)
