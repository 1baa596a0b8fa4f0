from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hocvuso.lib import clock
from hocvuso.reports.ics import calendar_file
from hocvuso.reports.queries import due_days_of, feed_account
from hocvuso.web.shared.rights import public


@public
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """An account's due days for a calendar program, which cannot sign in: the secret in the address is the right. Days and titles only."""
    account = feed_account(token)
    if account is None:
        raise Http404
    name = _("Học Vụ Số (bản mẫu): báo cáo, nhiệm vụ") if settings.DEMO else _("Học Vụ Số: báo cáo, nhiệm vụ")
    days = due_days_of(account, today=clock.today())
    return HttpResponse(
        calendar_file(days, name=name, stamp=clock.real_now()),
        content_type="text/calendar; charset=utf-8",
        headers={
            "Content-Disposition": 'inline; filename="hoc-vu-so.ics"',
            "Cache-Control": "private, no-store",
            "X-Robots-Tag": "noindex",
        },
    )
