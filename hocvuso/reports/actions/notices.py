"""Who is told of a step: whoever has to do the next one."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from hocvuso.messages.actions import give_notice
from hocvuso.people.queries import accounts_with
from hocvuso.people.rules import Right
from hocvuso.places.models import Place
from hocvuso.reports.life import Act
from hocvuso.reports.models import ReportStep
from hocvuso.reports.queries.life import receivers_of, report_page

_AT_HOME = {
    Act.SUBMITTED: Right.SIGN_REPORTS,
    Act.SIGNED: Right.NUMBER_REPORTS,
    Act.NUMBERED: Right.WRITE_REPORTS,
    Act.RETURNED: Right.WRITE_REPORTS,
    Act.ACCEPTED: Right.WRITE_REPORTS,
    Act.SENT_BACK: Right.WRITE_REPORTS,
}


def tell(step: ReportStep, place: Place, *, by: str, today: dt.date) -> None:
    """One notice a step and account; whoever took the step knows already. Inside the step's transaction."""
    report, act = step.report, Act(step.act)
    duty = report.duty
    subject = {
        Act.SUBMITTED: _("Báo cáo chờ ký: %(what)s"),
        Act.SIGNED: _("Báo cáo chờ cấp số: %(what)s"),
        Act.NUMBERED: _("Báo cáo đã có số, chờ gửi: %(what)s"),
        Act.RETURNED: _("Báo cáo bị trả lại để sửa: %(what)s"),
        Act.SENT: _("Báo cáo mới gửi đến: %(what)s"),
        Act.ACCEPTED: _("Báo cáo đã được tiếp nhận: %(what)s"),
        Act.SENT_BACK: _("Báo cáo bị trả lại để bổ sung: %(what)s"),
    }[act] % {"what": _short(f"{duty.title}, {place.name}, {report.due:%d/%m/%Y}", 110)}
    where = receivers_of(duty, place, on=today) if act is Act.SENT else [place]
    right = Right.RECEIVE_REPORTS if act is Act.SENT else _AT_HOME[act]
    for at in where:
        told = accounts_with(right, at, on=today)
        give_notice(
            told.exclude(pk=int(by)) if by.isdigit() else told, kind="report", subject=subject, body=step.remarks,
            key=f"report:{report.pk}:{step.seq}", page=report_page(duty, place, report.due), by=by, today=today,
        )  # fmt: skip


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
