from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hocvuso.lib import clock
from hocvuso.lib.periods import DAY, Span
from hocvuso.people.rules import Right
from hocvuso.reports.queries import duties_to_ask, obligations_between, obligations_of, own_adhoc_duties
from hocvuso.reports.queries.life import owed_at
from hocvuso.web.shared.places import acts_for, home_places, place_or_404
from hocvuso.web.shared.rights import official

MONTHS = {"thang": 1, "quy": 3}  # how many months a view shows
MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Page:
    """Some calendar months of due days, and the first months of the views beside."""

    view: str
    title: str
    span: Span
    before: str
    after: str


@official(Right.REPORTS)
def report_list(request: HttpRequest) -> HttpResponse:
    """What a place owes: around today, or in a month or a quarter of the calendar."""
    place, today = place_or_404(request, request.GET.get("noi"), Right.REPORTS), clock.today()
    page = _page(request.GET.get("xem", ""), request.GET.get("tu", ""), today)
    may_write = acts_for(request, place, Right.WRITE_REPORTS)
    found = (
        obligations_between(place, page.span.first, page.span.last, today=today)
        if page
        else obligations_of(place, around=today)
    )
    context = {
        "place": place,
        "homes": home_places(request, Right.REPORTS),
        "page": page,
        "owed": owed_at(place, found),
        "own_adhoc": [duty for duty in own_adhoc_duties(place) if duty.plan.period_start <= today] if may_write else [],
        "may_ask": may_write and bool(duties_to_ask(place)),
    }
    return render(request, "office/report_list.html", context)


def _page(view: str, start: str, today: dt.date) -> Page | None:
    if view not in MONTHS:
        return None
    found = MONTH.fullmatch(start) if start else None
    if start and not found:
        raise Http404
    year, month = (int(found[1]), int(found[2])) if found else (today.year, today.month)
    length = MONTHS[view]
    first = dt.date(year, month - (month - 1) % length, 1)
    after = _months_later(first, length)
    title = (
        _("Tháng %(month)s/%(year)s") % {"month": first.month, "year": first.year}
        if view == "thang"
        else _("Quý %(quarter)s/%(year)s") % {"quarter": ("I", "II", "III", "IV")[first.month // 3], "year": first.year}
    )
    return Page(view, title, Span(first, after - DAY), f"{_months_later(first, -length):%Y-%m}", f"{after:%Y-%m}")


def _months_later(first: dt.date, months: int) -> dt.date:
    count = 12 * first.year + first.month - 1 + months
    return dt.date(count // 12, count % 12 + 1, 1)
