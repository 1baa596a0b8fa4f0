"""Who is told of a step: whoever has to do the next one."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

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
_SAID = {
    Act.SUBMITTED: gettext_noop("Báo cáo chờ ký: %(what)s"),
    Act.SIGNED: gettext_noop("Báo cáo chờ cấp số: %(what)s"),
    Act.NUMBERED: gettext_noop("Báo cáo đã có số, chờ gửi: %(what)s"),
    Act.RETURNED: gettext_noop("Báo cáo bị trả lại để sửa: %(what)s"),
    Act.SENT: gettext_noop("Báo cáo mới gửi đến: %(what)s"),
    Act.ACCEPTED: gettext_noop("Báo cáo đã được tiếp nhận: %(what)s"),
    Act.SENT_BACK: gettext_noop("Báo cáo bị trả lại để bổ sung: %(what)s"),
}


def tell(step: ReportStep, place: Place, *, by: str, today: dt.date) -> None:
    """One notice a step and account; whoever took the step knows already. Inside the step's transaction."""
    report, act = step.report, Act(step.act)
    duty = report.duty
    with override("vi"):  # whoever reads it is not who writes it
        subject = _(_SAID[act]) % {"what": f"{duty.title}, {place.name}, {report.due:%d/%m/%Y}"}
    kind = "returned" if act in (Act.RETURNED, Act.SENT_BACK) else "report"
    where = receivers_of(duty, place, on=today) if act is Act.SENT else [place]
    right = Right.RECEIVE_REPORTS if act is Act.SENT else _AT_HOME[act]
    for at in where:
        told = accounts_with(right, at, on=today)
        give_notice(
            told.exclude(pk=int(by)) if by.isdigit() else told, kind=kind, subject=subject, body=step.remarks,
            key=f"report:{report.pk}:{step.seq}", page=report_page(duty, place, report.due), by=by, today=today,
        )  # fmt: skip
