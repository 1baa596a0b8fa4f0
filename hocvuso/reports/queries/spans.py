"""Over which days a report goes, and whether the place really owes it."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from hocvuso.lib.errors import BadInput, Refused
from hocvuso.lib.periods import Span
from hocvuso.places.models import Place
from hocvuso.plans.models import Duty
from hocvuso.plans.queries import is_borne_by
from hocvuso.reports.calendar import DECREE_PERIODS, last_closed, week_of, whole_plan
from hocvuso.reports.queries.calendars import date_of, timing_of
from hocvuso.reports.queries.requests import request_for
from hocvuso.reports.queries.warnings import weekday_name


def span_of(duty: Duty, due: dt.date) -> Span:
    """The days a report covers that is sent on a day: on its due day those of the calendar, on another one the last period that is over.

    A final report covers the plan up to its end or the day it is due, whichever comes first.
    """
    if found := date_of(duty, due):
        return found.span
    timing = timing_of(duty)
    if duty.frequency == "weekly":
        if duty.weekday and due.isoweekday() != duty.weekday:
            raise BadInput(
                _("Báo cáo tuần này gửi vào %(weekday)s; %(day)s không phải ngày đó.")
                % {"weekday": weekday_name(duty.weekday), "day": f"{due:%d/%m/%Y}"}
            )
        return week_of(timing, due)
    if duty.frequency in DECREE_PERIODS:
        return last_closed(duty.frequency, due)
    return whole_plan(timing, due)


def owed_report(duty: Duty, place: Place, *, due: dt.date) -> Span:
    """The span of a report the place really owes that day; anything else is refused with the reason."""
    if not is_borne_by(duty, place):
        raise Refused(_("Báo cáo “%(title)s” không giao cho %(place)s.") % {"title": duty.title, "place": place.name})
    found = date_of(duty, due)
    if duty.frequency == "weekly" and not found and not (duty.first or due) <= due <= (duty.last or due):
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
    asked = request_for(duty, place, due=due)
    return asked.span if asked else span_of(duty, due)


def demand_over(span: Span, *, today: dt.date) -> None:
    """No report of days that have not come: a figure "so far" would be today's under another day's name."""
    if span.last > today:
        raise Refused(
            _("Kỳ số liệu đến hết ngày %(last)s chưa kết thúc nên chưa lập được báo cáo.")
            % {"last": f"{span.last:%d/%m/%Y}"}
        )
