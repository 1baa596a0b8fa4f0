from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from hocvuso.audit.actions import record_act
from hocvuso.lib import clock
from hocvuso.lib.errors import BadInput, Refused
from hocvuso.lib.periods import Span
from hocvuso.messages.actions import give_notice
from hocvuso.messages.rules import has_link
from hocvuso.people.models import Account
from hocvuso.people.queries import accounts_with
from hocvuso.people.rules import Right
from hocvuso.places.models import Place, Unit, place_fields
from hocvuso.plans.models import Duty
from hocvuso.reports.calendar import ADHOC
from hocvuso.reports.models import (
    CalendarFeed,
    ReportRequest,
    ReportRequestPlace,
    ReportRequestWithdrawal,
)
from hocvuso.reports.queries import may_ask
from hocvuso.reports.queries.feed import digest_of
from hocvuso.reports.queries.requests import asked_between, owes


@transaction.atomic
def request_report(
    duty: Duty,
    *,
    asker: Place,
    places: Sequence[Place],
    due: dt.date,
    first: dt.date,
    last: dt.date,
    asked: str,
    by: str,
    today: dt.date,
) -> ReportRequest:
    """Ask some bearers of an ad hoc duty for a report; it stands on their lists, and whoever writes reports there is told."""
    Duty.objects.select_for_update().get(pk=duty.pk)  # two who ask at once: the second sees what the first asked
    asked = asked.strip()
    if duty.frequency != ADHOC or not may_ask(duty, asker):
        raise Refused(_("%(place)s không phải nơi nhận báo cáo đột xuất này.") % {"place": asker.name})
    if not asked or len(asked) > 2000 or has_link(asked):
        raise BadInput(_("Hãy ghi cần báo cáo điều gì, đến 2.000 ký tự, không có đường liên kết."))
    if due < today:
        raise BadInput(_("Hạn gửi không được là ngày đã qua."))
    if not first <= last <= due:
        raise BadInput(_("Kỳ số liệu phải có ngày đầu không sau ngày cuối, và ngày cuối không sau hạn gửi."))
    if due < duty.plan.period_start:
        raise BadInput(_("Kế hoạch bắt đầu từ %(first)s.") % {"first": f"{duty.plan.period_start:%d/%m/%Y}"})
    if not places:
        raise BadInput(_("Hãy chọn ít nhất một nơi phải báo cáo."))
    known = {row.place for row in asked_between([duty], Span(due, due))}
    for place in places:
        if not owes(duty, place) or not place.is_in_force(due):
            raise Refused(
                _("Báo cáo “%(title)s” không giao cho %(place)s.") % {"title": duty.title, "place": place.name}
            )
        if place in known:
            raise Refused(_("Đã yêu cầu %(place)s báo cáo việc này với cùng hạn gửi.") % {"place": place.name})
    request = ReportRequest.objects.create(
        duty=duty, due=due, first=first, last=last, asked=asked, on=today, by=by, recorded_at=clock.real_now(),
        **{"asker_unit" if isinstance(asker, Unit) else "asker_org": asker},
    )  # fmt: skip
    ReportRequestPlace.objects.bulk_create(
        ReportRequestPlace(request=request, **place_fields(place)) for place in dict.fromkeys(places)
    )
    record_act("request_report", by=by, object_type="report_request", object_id=request.pk, fields=["due", "places"])
    subject = gettext_noop("Yêu cầu báo cáo đột xuất, hạn %(due)s: %(title)s")
    for place in dict.fromkeys(places):
        _tell(request, place, subject, key="asked", by=by, today=today, body=asked)
    return request


@transaction.atomic
def withdraw_request(request: ReportRequest, *, asker: Place, reason: str, by: str, today: dt.date) -> None:
    """Take a request back. It leaves the lists; what was written for it stays."""
    request = ReportRequest.objects.select_for_update().select_related("duty__plan").get(pk=request.pk)
    if request.asker != asker:
        raise Refused(_("Chỉ nơi đã yêu cầu mới rút được yêu cầu."))
    if request.is_withdrawn:
        raise Refused(_("Yêu cầu này đã được rút."))
    if not reason.strip() or len(reason) > 300 or has_link(reason):
        raise BadInput(_("Hãy ghi lý do rút yêu cầu, đến 300 ký tự, không có đường liên kết."))
    ReportRequestWithdrawal.objects.create(
        request=request, reason=reason.strip(), on=today, by=by, recorded_at=clock.real_now()
    )
    record_act("withdraw_request", by=by, object_type="report_request", object_id=request.pk)
    subject = gettext_noop("Đã rút yêu cầu báo cáo, hạn %(due)s: %(title)s")
    for row in request.places.select_related("unit", "org"):
        _tell(request, row.place, subject, key="withdrawn", by=by, today=today, body=reason)


def _tell(request: ReportRequest, place: Place, subject: str, *, key: str, by: str, today: dt.date, body: str) -> None:
    where = place.code if isinstance(place, Unit) else f"o:{place.code}"
    with override("vi"):  # whoever reads it has not chosen the language of whoever asks
        words = _(subject) % {"due": f"{request.due:%d/%m/%Y}", "title": request.duty.title}
    give_notice(
        accounts_with(Right.WRITE_REPORTS, place, on=today), kind="report", subject=words[:160], body=body,
        key=f"report_request/{request.pk}/{key}/{where}", page=f"/dieu-hanh/bao-cao/?noi={where}", by=by, today=today,
    )  # fmt: skip


@transaction.atomic
def make_calendar_feed(account: Account, *, by: str) -> str:
    """A new secret for the account's calendar address; an earlier one no longer works. Told once, never kept as it is."""
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(
        account=account, defaults={"digest": digest_of(token), "made_at": clock.real_now()}
    )
    record_act("make_calendar_feed", by=by, object_type="account", object_id=account.pk)
    return token


@transaction.atomic
def stop_calendar_feed(account: Account, *, by: str) -> None:
    """The address stops working; calendar programs keep what they have read."""
    if CalendarFeed.objects.filter(account=account).delete()[0]:
        record_act("stop_calendar_feed", by=by, object_type="account", object_id=account.pk)
