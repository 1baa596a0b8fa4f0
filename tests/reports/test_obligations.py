"""Who owes which report on which day, what was asked for beside it, and the calendar somebody's phone reads."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import translation

from hocvuso.config.ready import demand_ready
from hocvuso.lib.append_only import REFUSAL
from hocvuso.lib.errors import BadInput, NotReady, Refused
from hocvuso.lib.periods import Span
from hocvuso.measure.actions import refresh_measure
from hocvuso.messages.models import Notice
from hocvuso.people.actions import close_account
from hocvuso.people.models import Account, RoleKind
from hocvuso.places.models import Level, OrganisationKind, Place, Unit
from hocvuso.plans.models import Duty
from hocvuso.reports.actions import (
    make_calendar_feed,
    request_report,
    save_words,
    stop_calendar_feed,
    withdraw_request,
)
from hocvuso.reports.models import CalendarFeed, ReportRequest
from hocvuso.reports.queries import (
    content_now,
    due_days_of,
    duties_to_ask,
    feed_account,
    obligations_between,
    obligations_of,
    owed_report,
    own_adhoc_duties,
)
from hocvuso.reports.queries.received import received
from hocvuso.reports.queries.requests import expected_places
from hocvuso.tasks.actions import report_progress
from hocvuso.tasks.models import TaskOwner
from hocvuso.tasks.rules import TaskState
from tests.make.people import account
from tests.make.places import Country, organisation, unit
from tests.make.plans import duty, plan, task
from tests.make.reports import taken_to

D = dt.date
TODAY = D(2025, 10, 17)
LAST = D(2025, 10, 24)
pytestmark = pytest.mark.django_db
ADHOC = {"frequency": "adhoc", "borne_by": "communes_and_agencies"}


def adhoc(**more: Any) -> Duty:
    return plan(duties=[duty("dot-xuat", **{**ADHOC, **more})]).duties.select_related("plan__unit").get()


def ask(what: Duty, asker: Place, *places: Place, **more: Any) -> ReportRequest:
    told = {"due": LAST, "first": D(2025, 10, 1), "last": TODAY, "asked": "Thiếu máy ở đâu?", "by": "1", "today": TODAY}
    return request_report(what, asker=asker, places=places, **{**told, **more})


def told(places: Any, first: dt.date, last: dt.date) -> list[tuple[str, str]]:
    return [(f"{one.due:%d/%m}", one.place.code) for one in obligations_between(places, first, last, today=TODAY)]


# --- who owes what ---------------------------------------------------------------------------------------------------------


@pytest.mark.both
def test_everybody_a_plan_binds_owes_every_friday_while_they_exist(land: Country) -> None:
    made = plan(duties=[duty(), duty("tong-ket", frequency="final", borne_by="lead_agency", due=D(2025, 10, 20))])
    gone = unit("24999", "Xã Cũ", Level.COMMUNE, "xã", land.province)
    Unit.objects.filter(pk=gone.pk).update(valid_to=D(2025, 10, 10))
    organisation("66-ban-moi", "Ban mới", OrganisationKind.AGENCY, land.ea_kar, land.province, "BM")
    friday, next_friday = D(2025, 10, 10), TODAY
    bearers = ["24373", "24400", "66-ban-moi", "66-so-khcn"]
    found = told(made, friday, D(2025, 10, 20))
    assert [place for day, place in found if day == "10/10"] == sorted([*bearers, "24999"])
    assert [place for day, place in found if day == f"{next_friday:%d/%m}"] == bearers
    assert found[-1] == ("20/10", "66-so-khcn")
    assert len(told(made, D(2025, 7, 1), D(2025, 12, 31))) == 15 * 4 + 13 + 1


def test_a_plans_list_asks_the_database_no_more_often_for_more_places(
    land: Country, django_assert_num_queries: Any
) -> None:
    made = plan(duties=[duty(), duty("quy", frequency="quarterly", borne_by="communes"), duty("dot-xuat", **ADHOC)])
    for communes in (2, 4):
        with django_assert_num_queries(6):
            found = obligations_between(made, D(2025, 7, 1), D(2025, 12, 31), today=TODAY)
        assert len(found) == 15 * (communes + 1) + communes
        if communes == 2:
            unit("25001", "Xã Ba", Level.COMMUNE, "xã", land.province)
            unit("25002", "Xã Bốn", Level.COMMUNE, "xã", land.province)


def test_a_place_sees_the_same_and_the_plans_unit_sees_what_it_gathers(land: Country) -> None:
    made = plan(duties=[duty()])
    everybody = [one for one in told(made, TODAY, LAST) if one[1] == "24373"]
    assert told(land.ea_kar, TODAY, LAST) == everybody == [("17/10", "24373"), ("24/10", "24373")]
    gathered = obligations_between(land.province, TODAY, LAST, today=TODAY)
    assert [(one.due, one.gathers) for one in gathered] == [(TODAY, True), (LAST, True)]
    assert told(land.school, TODAY, LAST) == []


def test_the_next_monthly_report_and_the_one_before_are_on_the_list(land: Country) -> None:
    period = {"start": D(2025, 7, 15), "end": D(2026, 12, 31)}
    plan(duties=[duty("thang", frequency="monthly", borne_by="communes", day=22)], period=period)
    found = obligations_of(land.ea_kar, around=TODAY)
    assert [(f"{one.due:%d/%m}", f"{one.span.last:%d/%m}") for one in found] == [("22/10", "14/10"), ("22/09", "14/09")]
    assert found[0].is_over


def test_a_party_plan_is_told_that_the_decree_may_not_bind_it(land: Country) -> None:
    period = {"start": D(2025, 4, 1), "end": D(2026, 12, 31)}
    quarterly = duty("quy", frequency="quarterly", borne_by="communes", day=15, before=True)
    said = {}
    for key, system in (("dang", "party"), ("uy-ban", "state")):
        made = plan(key, duties=[quarterly], period=period, issuing_system=system)
        (one, *_) = obligations_between(made, D(2025, 12, 14), D(2025, 12, 14), today=TODAY)
        said[key] = " ".join(one.concerns)
        assert "thứ Ba 16/12/2025" in said[key]
        assert "không lấy kỳ trước" in " ".join(one.notes)
        assert owed_report(one.duty, land.ea_kar, due=D(2025, 12, 14)) == Span(D(2025, 9, 15), D(2025, 12, 14))
    assert ("cơ quan Đảng" in said["dang"], "cơ quan Đảng" in said["uy-ban"]) == (True, False)


def test_an_office_brings_its_own_calendar_and_a_broken_one_stops_the_start(
    land: Country, settings: Any, tmp_path: Path
) -> None:
    period = {"start": D(2025, 4, 1), "end": D(2026, 12, 31)}
    made = plan(duties=[duty("thang", frequency="monthly", borne_by="lead_agency")], period=period)
    own = tmp_path / "lich.yaml"
    text = settings.REPORTING_FILE.read_text(encoding="utf-8")
    own.write_text(
        text.replace("duties: {}", "duties: {ke-hoach/thang: 18}").replace("day_off: keep", "day_off: after")
    )
    settings.REPORTING_FILE = own
    assert told(made, D(2025, 10, 1), D(2025, 10, 31)) == [("20/10", "66-so-khcn")]  # the 18th is a Saturday
    settings.HOLIDAYS_FILE = tmp_path / "nghi.yaml"
    with pytest.raises(NotReady, match=r"nghi\.yaml"):
        demand_ready()


# --- ad hoc ----------------------------------------------------------------------------------------------------------------


@pytest.mark.both
def test_what_was_asked_for_stands_on_the_list_of_whom_it_was_asked_and_they_are_told(land: Country) -> None:
    what = adhoc()
    hoa, tuan = account("hoa", RoleKind.COMMUNE_OFFICER, land.ea_kar), account("tuan", RoleKind.COMMUNE_OFFICER, land.ea_knop)  # fmt: skip
    with translation.override("en"):
        request = ask(what, land.province, land.ea_kar, land.department)
    (owed,) = obligations_of(land.ea_kar, around=TODAY)
    assert (owed.due, owed.span, owed.request, owed.is_over) == (LAST, Span(D(2025, 10, 1), TODAY), request, True)
    assert owed_report(what, land.ea_kar, due=LAST) == Span(D(2025, 10, 1), TODAY)
    assert obligations_of(land.ea_knop, around=TODAY) == []
    assert [(one.due, one.gathers) for one in obligations_of(land.province, around=TODAY)] == [(LAST, True)]
    assert [len(expected_places(what, due=day)) for day in (LAST, TODAY)] == [2, 3]  # asked; everybody
    assert told(what.plan, LAST, LAST) == [("24/10", "24373"), ("24/10", "66-so-khcn")]
    notice = Notice.objects.get()
    assert (notice.account, notice.page, notice.body) == (hoa, "/dieu-hanh/bao-cao/?noi=24373", "Thiếu máy ở đâu?")
    assert notice.subject == "Yêu cầu báo cáo đột xuất, hạn 24/10/2025: Báo cáo dot-xuat"
    assert not Notice.objects.filter(account=tuan).exists()


def test_a_request_that_was_taken_back_leaves_the_list_and_what_was_written_stays(land: Country) -> None:
    what = adhoc()
    account("hoa", RoleKind.COMMUNE_OFFICER, land.ea_kar)
    request = ask(what, land.department, land.ea_kar, land.ea_knop)
    words = dict.fromkeys(("steering", "practices", "proposals", "next_steps"), "")
    save_words(what, place=land.ea_kar, due=LAST, by="1", version=0, difficulties="Thiếu 12 máy.", **words)
    with pytest.raises(Refused, match="Chỉ nơi đã yêu cầu"):
        withdraw_request(request, asker=land.province, reason="Trùng.", by="1", today=TODAY)
    withdraw_request(request, asker=land.department, reason="Trùng.", by="1", today=TODAY)
    assert obligations_of(land.ea_knop, around=TODAY) == []
    (kept,) = obligations_of(land.ea_kar, around=TODAY)
    assert (kept.started, kept.request) == (True, None)
    assert Notice.objects.count() == 2
    with pytest.raises(Refused, match="đã được rút"):
        withdraw_request(request, asker=land.department, reason="Nữa.", by="1", today=TODAY)


def test_what_was_handed_in_keeps_its_days_when_the_request_is_taken_back_and_one_not_asked_is_on_the_list(
    land: Country, measure_dir: Path
) -> None:
    refresh_measure()
    what = adhoc()
    request = ask(what, land.province, land.ea_kar)
    taken_to("submitted", what, land.ea_kar, due=LAST)
    withdraw_request(request, asker=land.province, reason="Trùng.", by="1", today=TODAY)
    assert content_now(what, land.ea_kar, due=LAST).span == Span(D(2025, 10, 1), TODAY)
    taken_to("sent", what, land.ea_knop, due=LAST, today=LAST)
    ask(what, land.province, land.department)
    awaited = [one.place for one in received(what, at=land.province, due=LAST, today=LAST)]
    assert awaited == [land.ea_knop, land.department]


def test_who_may_ask_whom(land: Country) -> None:
    what = adhoc()
    of_lead = duty("cua-so", frequency="adhoc", borne_by="lead_agency")
    own = plan("hai", duties=[of_lead]).duties.select_related("plan__unit").get()
    assert duties_to_ask(land.province) == [own, what]
    assert duties_to_ask(land.department) == [what]  # nobody asks themselves
    assert duties_to_ask(land.ea_kar) == []
    assert own_adhoc_duties(land.ea_kar) == [what]
    assert own_adhoc_duties(land.department) == [own, what]
    assert own_adhoc_duties(land.province) == []


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"due": D(2025, 10, 16), "last": D(2025, 10, 16)}, "đã qua"),
        ({"first": D(2025, 10, 18)}, "ngày đầu không sau"),
        ({"last": D(2025, 10, 25)}, "không sau hạn gửi"),
        ({"asked": "  "}, "cần báo cáo điều gì"),
        ({"asked": "xem https://la.vn"}, "không có đường liên kết"),
    ],
)
def test_a_request_that_makes_no_sense_is_refused_and_nothing_is_kept(
    land: Country, more: dict[str, Any], why: str
) -> None:
    with pytest.raises(BadInput, match=why):
        ask(adhoc(), land.province, land.ea_kar, **more)
    assert not ReportRequest.objects.exists()


def test_nobody_is_asked_for_what_is_not_theirs_or_twice(land: Country) -> None:
    what = adhoc()
    for places, why in (((), "ít nhất một nơi"), ((land.ea_kar, land.school), "không giao cho Trường")):
        with pytest.raises((BadInput, Refused), match=why):
            ask(what, land.province, *places)
    with pytest.raises(Refused, match="không phải nơi nhận"):
        ask(what, land.ea_kar, land.ea_knop)
    with pytest.raises(Refused, match="không phải nơi nhận"):
        ask(plan("tuan", duties=[duty()]).duties.get(), land.province, land.ea_kar)
    assert not ReportRequest.objects.exists()
    ask(what, land.province, land.ea_kar)
    with pytest.raises(Refused, match="cùng hạn gửi"):
        ask(what, land.department, land.ea_knop, land.ea_kar)
    assert ReportRequest.objects.count() == 1


@pytest.mark.both
def test_what_was_asked_is_never_changed(land: Country) -> None:
    request = ask(adhoc(), land.province, land.ea_kar)
    request.asked = "Khác."
    with pytest.raises(DatabaseError, match=REFUSAL), transaction.atomic():
        request.save()


def test_a_report_begun_unasked_is_on_the_list_of_its_place(land: Country) -> None:
    what = adhoc()
    words = dict.fromkeys(("steering", "practices", "proposals", "next_steps"), "")
    save_words(what, place=land.ea_kar, due=TODAY, by="1", version=0, difficulties="Mất sóng.", **words)
    (one,) = obligations_of(land.ea_kar, around=TODAY)
    assert (one.due, one.started, one.request, one.days_left) == (TODAY, True, None, 0)
    assert told(what.plan, TODAY, TODAY) == [("17/10", "24373")]
    assert obligations_of(land.ea_knop, around=TODAY) == []


# --- the feed --------------------------------------------------------------------------------------------------------------


def days(who: Account) -> list[tuple[str, str, str]]:
    return [(f"{one.day:%d/%m}", one.title, one.where) for one in due_days_of(who, today=TODAY)]


def test_a_feed_holds_the_reports_and_open_tasks_of_the_accounts_places_and_no_others(land: Country) -> None:
    hoa = account("hoa", RoleKind.COMMUNE_OFFICER, land.ea_kar)
    mai = account("mai", RoleKind.ORGANISATION_CONTACT, land.school)  # keeps tasks, writes no reports
    ha = account("ha", RoleKind.STEERING, land.province)  # neither
    made = plan(
        duties=[duty(first=D(2025, 10, 17))],
        tasks=[task("a", borne_by="communes"), task("b", borne_by="schools"), task("c", borne_by="communes", deadline={})],
    )  # fmt: skip
    reports = [("17/10", "Báo cáo bao-cao", "Xã Ea Kar"), ("24/10", "Báo cáo bao-cao", "Xã Ea Kar")]
    assert days(hoa) == [*reports, ("25/10", "Hạn nhiệm vụ: Nhiệm vụ a", "Xã Ea Kar")]
    assert days(mai) == [("25/10", "Hạn nhiệm vụ: Nhiệm vụ b", "Trường THPT Ea Kar")]
    assert days(ha) == []
    TaskOwner.objects.create(task=made.tasks.get(key="b"), org=land.school, account=ha)
    assert days(ha) == []  # who has no role there any more is not reminded of it
    report_progress(made.tasks.get(key="a"), place=land.ea_kar, state=TaskState.DONE, document="1/QĐ", by="1", today=TODAY)  # fmt: skip
    assert days(hoa) == reports


def test_the_same_report_keeps_its_name_in_calendars_when_its_title_changes(land: Country) -> None:
    hoa = account("hoa", RoleKind.COMMUNE_OFFICER, land.ea_kar)
    plan(duties=[duty(first=TODAY)])
    before = [one.uid for one in due_days_of(hoa, today=TODAY)]
    plan(duties=[duty(first=TODAY, title="Báo cáo khác")])
    assert [one.uid for one in due_days_of(hoa, today=TODAY)] == before
    assert len(set(before)) == 2


@pytest.mark.both
def test_only_the_newest_secret_opens_a_feed_and_it_is_kept_as_a_digest(land: Country) -> None:
    hoa = account("hoa", RoleKind.COMMUNE_OFFICER, land.ea_kar)
    old, new = make_calendar_feed(hoa, by="1"), make_calendar_feed(hoa, by="1")
    assert len({old, new}) == 2
    assert min(len(old), len(new)) >= 43
    assert (feed_account(old), feed_account(new), feed_account("x" * 5000)) == (None, hoa, None)
    assert new not in str(CalendarFeed.objects.values().get())
    stop_calendar_feed(hoa, by="1")
    assert feed_account(new) is None
    again = make_calendar_feed(hoa, by="1")
    close_account(hoa, by="1")
    assert feed_account(again) is None
