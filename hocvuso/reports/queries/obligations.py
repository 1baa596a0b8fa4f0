"""Which reports a place owes, and when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from hocvuso.lib.periods import (
    Span,
    last_good_day,
    weekly_days,
)
from hocvuso.places.models import Place, Unit, place_fields
from hocvuso.plans.models import Duty
from hocvuso.plans.queries import is_borne_by, plans_touching
from hocvuso.reports.models import Report
from hocvuso.reports.queries.spans import span_of


@dataclass(frozen=True, slots=True)
class Obligation:
    """One report that is to be sent by a place on a day."""

    duty: Duty
    due: dt.date
    span: Span
    started: bool  # somebody has written words for it
    days_left: int
    is_over: bool  # the period has ended: the figures are there, the document can be made


SHOWN_BACK, SHOWN_AHEAD = 6, 2  # weeks of a weekly duty on the list


def obligations_of(place: Place, *, around: dt.date) -> list[Obligation]:
    """Reports of a place near a day: the next ones first, then the newest past ones. Ad hoc duties have no day and are not listed."""
    home = place if isinstance(place, Unit) else place.of
    duties = Duty.objects.filter(plan__in=plans_touching(home)).select_related("plan__unit")
    dated = [(duty, due) for duty in duties if is_borne_by(duty, place) for due in _due_days(duty, around)]
    started = set(
        Report.objects.filter(duty__in=[duty for duty, _ in dated], **place_fields(place)).values_list("duty", "due")
    )
    found = [
        Obligation(
            duty,
            due,
            span_of(duty, due),
            (duty.pk, due) in started,
            (due - around).days,
            span_of(duty, due).last <= around,
        )
        for duty, due in dated
    ]
    return sorted(found, key=lambda o: (o.days_left < 0, abs(o.days_left), o.duty.pk))


def _due_days(duty: Duty, around: dt.date) -> list[dt.date]:
    if duty.frequency == "weekly" and duty.weekday and duty.first and duty.last:
        first = max(duty.first, around - dt.timedelta(weeks=SHOWN_BACK))
        last = min(duty.last, around + dt.timedelta(weeks=SHOWN_AHEAD))
        return list(weekly_days(first, last, duty.weekday))
    return [last_good_day(duty.due, before=duty.due_before)] if duty.due else []
