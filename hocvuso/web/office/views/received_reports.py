from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hocvuso.lib import clock
from hocvuso.lib.errors import HocVuSoError
from hocvuso.lib.sheets import Sheet
from hocvuso.people.rules import Right
from hocvuso.places.models import Place
from hocvuso.plans.models import Duty
from hocvuso.reports.actions import accept_report
from hocvuso.reports.life import Arrival, State, tally
from hocvuso.reports.queries.received import Received, days_of, due_days, duties_to, received
from hocvuso.web.office.board_sheets import file_of
from hocvuso.web.shared.places import home_places, place_or_404
from hocvuso.web.shared.report_tags import arrival_words
from hocvuso.web.shared.rights import account_of, official
from hocvuso.web.shared.simulated import database_is_simulated
from hocvuso.web.shared.tags import day, place_key

DAYS_SHOWN = 6
# What the list can be narrowed to, by the word in the address.
NARROWED: dict[str, Callable[[Arrival], bool]] = {
    "tat-ca": lambda one: True,
    "cho-tiep-nhan": lambda one: one.waits,
    "dung-han": lambda one: one.edition > 0 and not one.is_late,
    "muon": lambda one: one.is_late,
    "chua-gui": lambda one: one.edition == 0,
    "tra-lai": lambda one: one.answer is State.SENT_BACK,
    "da-thay": lambda one: one.is_corrected,
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the page is about: where reports arrive, of which duty, of which day."""

    place: Place
    duties: list[Duty]
    duty: Duty | None
    days: list[dt.date]  # of that duty, the newest first
    due: dt.date | None
    may_receive: bool  # else only totals are shown: the steering committee


@official(Right.FIGURES)
def received_reports(request: HttpRequest) -> HttpResponse:
    """Who has sent what to this place, who is late, what waits for an answer; and accepting several at once."""
    chosen, today = _chosen(request), clock.today()
    if request.method == "POST":
        return _accept(request, chosen)
    rows = _rows(chosen)
    word = request.GET.get("loc", "")
    keep = NARROWED.get(word, NARROWED["tat-ca"])
    shown = chosen.days[:DAYS_SHOWN]
    context = {
        "chosen": chosen,
        "place": chosen.place,
        "homes": home_places(request, Right.RECEIVE_REPORTS) or home_places(request),
        "tally": tally([one.arrival for one in rows]),
        "rows": [one for one in rows if keep(one.arrival)] if chosen.may_receive else [],
        "query": request.GET.urlencode(),
        "tabs": _tabs(),
        "narrowed": word if word in NARROWED else "tat-ca",
        "waiting": sum(one.arrival.waits and keep(one.arrival) for one in rows),
        "history": due_days(chosen.duty, shown, at=chosen.place, today=today) if chosen.duty else [],
    }
    return render(request, "office/received_reports.html", context)


@official(Right.RECEIVE_REPORTS)
def received_reports_file(request: HttpRequest) -> HttpResponse:
    """The list of the page as CSV."""
    chosen = _chosen(request)
    if not chosen.may_receive or chosen.duty is None or chosen.due is None:
        raise Http404
    return file_of(_sheet(chosen.duty, chosen.place, chosen.due, _rows(chosen)), "csv")


def _chosen(request: HttpRequest) -> Chosen:
    today, key = clock.today(), request.GET.get("noi")
    homes = home_places(request, Right.RECEIVE_REPORTS)
    place = homes[0] if homes and not key else place_or_404(request, key)
    duties = duties_to(place)
    days = days_of(duties, place, today=today)
    duties = [duty for duty in duties if days[duty.pk]]
    wanted = request.GET.get("che-do", "")
    duty = next((one for one in duties if f"{one.plan.key}/{one.key}" == wanted), None)
    if wanted and duty is None:
        raise Http404
    # Without a word: the duty whose last day is nearest, for that is the one people ask about.
    duty = duty or min(duties, key=lambda one: min(abs((day - today).days) for day in days[one.pk]), default=None)
    of_duty = days[duty.pk] if duty else []
    due = _day(request.GET.get("ngay", ""), of_duty) or next((one for one in of_duty if one <= today), None)
    return Chosen(place, duties, duty, of_duty, due or (of_duty[-1] if of_duty else None), place in homes)


def _day(told: str, days: Sequence[dt.date]) -> dt.date | None:
    found = next((one for one in days if one.isoformat() == told), None)
    if told and found is None:
        raise Http404
    return found


def _rows(chosen: Chosen) -> list[Received]:
    if chosen.duty is None or chosen.due is None:
        return []
    rows = received(chosen.duty, at=chosen.place, due=chosen.due, today=clock.today())
    return sorted(rows, key=lambda one: not one.arrival.waits)  # what waits for an answer comes first


def _tabs() -> list[tuple[str, str]]:
    return [
        ("tat-ca", _("Tất cả")),
        ("cho-tiep-nhan", _("Chờ tiếp nhận")),
        ("dung-han", _("Đúng ngày")),
        ("muon", _("Gửi muộn")),
        ("chua-gui", _("Chưa gửi")),
        ("tra-lai", _("Trả lại")),
        ("da-thay", _("Có bản thay thế")),
    ]


def _accept(request: HttpRequest, chosen: Chosen) -> HttpResponse:
    """Accept those that are ticked, each by itself: one that cannot be accepted any more holds up none of the others."""
    if not chosen.may_receive or chosen.duty is None or chosen.due is None:
        raise Http404
    ticked = set(request.POST.getlist("chon"))
    done = 0
    for one in _rows(chosen):
        if f"{place_key(one.place)}|{one.arrival.edition}" not in ticked:
            continue
        try:
            accept_report(
                chosen.duty, place=one.place, due=chosen.due, edition=one.arrival.edition,
                by=account_of(request).actor, today=clock.today(),
            )  # fmt: skip
            done += 1
        except HocVuSoError as error:
            messages.warning(request, f"{one.place.name}: {error}")
    if done:
        said = ngettext("Đã tiếp nhận %(n)s báo cáo.", "Đã tiếp nhận %(n)s báo cáo.", done) % {"n": done}
        messages.success(request, said)
    else:
        messages.warning(request, _("Chưa tiếp nhận báo cáo nào: hãy đánh dấu những báo cáo đã đọc."))
    return redirect(f"{reverse('received_reports')}?{request.GET.urlencode()}")


def _sheet(duty: Duty, place: Place, due: dt.date, rows: Sequence[Received]) -> Sheet:
    notes = [_("Nơi nhận: %(place)s") % {"place": place.name}, _("Ngày gửi theo kế hoạch: %(day)s") % {"day": day(due)}]
    if database_is_simulated():
        notes.append(_("DỮ LIỆU MÔ PHỎNG: người, đơn vị cơ sở và số liệu không có thật."))
    columns = (
        _("Mã"),
        _("Nơi gửi"),
        _("Tình trạng"),
        _("Ngày gửi"),
        _("Muộn (ngày)"),
        _("Bản thứ mấy"),
        _("Số, ngày văn bản"),
    )
    lines = tuple(_line(one.place, one.arrival, one.document) for one in rows)
    return Sheet(
        f"bao-cao-nhan-ve-{duty.key}-{due.isoformat()}", f"{duty.title} {day(due)}", tuple(notes), columns, lines
    )


def _line(place: Place, one: Arrival, document: str) -> tuple[str | int | dt.date | None, ...]:
    return (
        place.code,
        place.name,
        arrival_words(one),
        one.last_on,
        one.days_late or None,
        one.edition or None,
        document,
    )
