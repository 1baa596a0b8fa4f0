"""Over which days a report goes, and whether the place really owes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.utils.translation import gettext as _

from hocvuso.lib.errors import BadInput, Refused
from hocvuso.lib.periods import (
    Span,
    decree_half,
    decree_month,
    decree_quarter,
    decree_year,
    week_to_report,
)
from hocvuso.places.models import Place
from hocvuso.plans.models import Duty
from hocvuso.plans.queries import is_borne_by


def span_of(duty: Duty, due: dt.date) -> Span:
    """The days a report covers. A final report covers the plan up to its end or the day it is due, whichever comes first."""
    if duty.frequency == "weekly":
        if duty.weekday and due.isoweekday() != duty.weekday:
            raise BadInput(
                _("Báo cáo tuần này gửi vào %(weekday)s; %(day)s không phải ngày đó.")
                % {"weekday": _weekday(duty.weekday), "day": f"{due:%d/%m/%Y}"}
            )
        return week_to_report(due, first_weekday=duty.window_first or 5, last_weekday=duty.window_last or 4)
    if duty.frequency in _DECREE_PERIODS:
        return _last_closed(_DECREE_PERIODS[duty.frequency], due)
    return Span(duty.plan.period_start, max(duty.plan.period_start, min(duty.plan.period_end, due)))


# Periods of Decree 09/2019, counted from the first of a year: (how many in a year, the n-th of a year).
_DECREE_PERIODS: dict[str, tuple[int, Callable[[int, int], Span]]] = {
    "monthly": (12, decree_month),
    "quarterly": (4, decree_quarter),
    "biannual": (2, decree_half),
    "yearly": (1, lambda year, _number: decree_year(year)),
}


def _last_closed(periods: tuple[int, Callable[[int, int], Span]], due: dt.date) -> Span:
    """The last period that is over before the day its report is sent."""
    count, period = periods
    spans = [period(year, number) for year in (due.year - 1, due.year, due.year + 1) for number in range(1, count + 1)]
    return max((span for span in spans if span.last < due), key=lambda span: span.last)


def _weekday(number: int) -> str:
    names = (_("thứ Hai"), _("thứ Ba"), _("thứ Tư"), _("thứ Năm"), _("thứ Sáu"), _("thứ Bảy"), _("Chủ nhật"))
    return names[number - 1]


def owed_report(duty: Duty, place: Place, *, due: dt.date) -> Span:
    """The span of a report the place really owes that day; anything else is refused with the reason."""
    if not is_borne_by(duty, place):
        raise Refused(_("Báo cáo “%(title)s” không giao cho %(place)s.") % {"title": duty.title, "place": place.name})
    if duty.frequency == "weekly" and not (duty.first or due) <= due <= (duty.last or due):
        raise BadInput(
            _("Báo cáo tuần này chỉ có từ %(first)s đến %(last)s.")
            % {"first": f"{duty.first:%d/%m/%Y}", "last": f"{duty.last:%d/%m/%Y}"}
        )
    if not place.is_in_force(due):
        raise Refused(
            _("%(place)s không còn hoặc chưa có vào ngày %(due)s.") % {"place": place.name, "due": f"{due:%d/%m/%Y}"}
        )
    if due < duty.plan.period_start:
        raise BadInput(
            _("Kế hoạch bắt đầu từ %(first)s; ngày %(due)s chưa có gì để báo cáo.")
            % {"first": f"{duty.plan.period_start:%d/%m/%Y}", "due": f"{due:%d/%m/%Y}"}
        )
    return span_of(duty, due)


def demand_over(span: Span, *, today: dt.date) -> None:
    """No report of days that have not come: a figure "so far" would be today's under another day's name."""
    if span.last > today:
        raise Refused(
            _("Kỳ số liệu đến hết ngày %(last)s chưa kết thúc nên chưa lập được báo cáo.")
            % {"last": f"{span.last:%d/%m/%Y}"}
        )
