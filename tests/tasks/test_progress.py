"""What a bearer says of its task, and what whoever directs it says of that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from hocvuso.attachments.models import Attachment
from hocvuso.audit.models import Entry
from hocvuso.lib.errors import BadInput, Refused
from hocvuso.messages.models import Notice
from hocvuso.people.models import RoleKind
from hocvuso.places.models import OrganisationKind, Place
from hocvuso.plans.models import Task
from hocvuso.plans.queries import directs
from hocvuso.tasks.actions import (
    NewFile,
    appoint_owner,
    change_step,
    hand_over,
    hand_over_all,
    note_occasion,
    plan_step,
    raise_alerts,
    report_progress,
    report_step,
    review_progress,
)
from hocvuso.tasks.models import Occasion, TaskProgress
from hocvuso.tasks.queries import late_by_place, task_here, visible_progress
from hocvuso.tasks.rules import TaskState
from tests.make.people import account
from tests.make.places import Country, organisation
from tests.make.plans import plan, task

TODAY = dt.date(2025, 10, 17)
PDF = NewFile("quyet-dinh.pdf", b"%PDF-1.7 ban quet")


@pytest.fixture
def uploads(settings: Any, tmp_path: Path) -> None:
    settings.UPLOADS_DIR = tmp_path


def say(what: Task, land: Country, state: TaskState, *, document: str = "") -> TaskProgress:
    return report_progress(what, place=land.ea_kar, state=state, by="1", today=TODAY, document=document)


@pytest.mark.django_db
@pytest.mark.parametrize("document", ["", "  "])
def test_done_needs_a_document(land: Country, document: str) -> None:
    what = plan(tasks=[task(borne_by="communes")]).tasks.get()
    with pytest.raises(BadInput, match="văn bản"):
        say(what, land, TaskState.DONE, document=document)
    assert not TaskProgress.objects.exists()
    assert say(what, land, TaskState.DONE, document=" 05/QĐ-UBND ").document == "05/QĐ-UBND"


@pytest.mark.django_db
def test_only_a_bearer_says_how_far_it_is(land: Country) -> None:
    what = plan(tasks=[task(borne_by="agencies", coordinators=["Trường THPT Ea Kar"])]).tasks.get()
    for stranger in (land.ea_kar, land.villages[0], land.school, land.ubnd):
        with pytest.raises(Refused, match="không giao cho"):
            report_progress(what, place=stranger, state=TaskState.UNDER_WAY, by="1", today=TODAY)
    report_progress(what, place=land.department, state=TaskState.UNDER_WAY, by="1", today=TODAY)
    assert TaskProgress.objects.get().org == land.department


@pytest.mark.django_db
def test_what_was_said_stays_and_the_newest_word_counts(land: Country) -> None:
    what = plan(tasks=[task(borne_by="communes")]).tasks.get()
    row = say(what, land, TaskState.UNDER_WAY)
    say(what, land, TaskState.DONE, document="05/QĐ-UBND")
    assert TaskProgress.objects.count() == 2
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        row.delete()


@pytest.mark.django_db
def test_a_file_shows_it_as_well_as_a_number_and_a_wrong_file_changes_nothing(land: Country, uploads: None) -> None:
    what = plan(tasks=[task(borne_by="communes")]).tasks.get()
    told: dict[str, Any] = {"place": land.ea_kar, "state": TaskState.DONE, "by": "1", "today": TODAY}
    with pytest.raises(BadInput, match="PDF"):
        report_progress(what, **told, file=NewFile("virus.exe", b"MZ"))
    assert (
        TaskProgress.objects.count(),
        Attachment.objects.count(),
        Entry.objects.filter(verb="report_progress").count(),
    ) == (0, 0, 0)
    row = report_progress(what, **told, file=PDF)
    assert row.attachment
    assert row.attachment.name == "quyet-dinh.pdf"


@pytest.mark.django_db
def test_another_document_than_the_plan_expects_needs_a_reason(land: Country) -> None:
    what = plan(tasks=[task(borne_by="communes", result="Kế hoạch/ Công văn")]).tasks.get()
    told: dict[str, Any] = {
        "place": land.ea_kar,
        "state": TaskState.DONE,
        "by": "1",
        "today": TODAY,
        "document": "05/BC-UBND",
    }
    with pytest.raises(BadInput, match="chọn loại"):
        report_progress(what, **told)
    with pytest.raises(BadInput, match="lý do"):
        report_progress(what, **told, result_type="bao-cao")
    with pytest.raises(BadInput, match="danh mục"):
        report_progress(what, **told, result_type="thu-tay")
    report_progress(what, **told, result_type="bao-cao", note="Tỉnh đồng ý báo cáo thay kế hoạch.")
    assert report_progress(what, **told, result_type="cong-van").result_type == "cong-van"


@pytest.mark.django_db
def test_a_day_the_task_does_not_have_is_refused(land: Country) -> None:
    what = plan(tasks=[task(borne_by="communes", deadline={"recurring": True, "text": "hằng tuần"})]).tasks.get()
    told: dict[str, Any] = {"place": land.ea_kar, "state": TaskState.UNDER_WAY, "by": "1", "today": TODAY}
    with pytest.raises(BadInput, match="18/10/2025"):
        report_progress(what, **told, occurrence=dt.date(2025, 10, 18))
    assert report_progress(what, **told).occurrence == TODAY
    assert report_progress(what, **told, occurrence=dt.date(2025, 10, 10)).occurrence == dt.date(2025, 10, 10)


# --- confirmed, sent back ------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_was_reported_done_is_sent_back_done_again_and_confirmed(land: Country) -> None:
    what = plan(tasks=[task(borne_by="communes")]).tasks.get()
    hoa = account("hoa", RoleKind.COMMUNE_OFFICER, land.ea_kar)
    review: dict[str, Any] = {"bearer": land.ea_kar, "place": land.department, "by": "2", "today": TODAY}
    with pytest.raises(Refused, match="chưa thực hiện"):
        review_progress(what, state=TaskState.CONFIRMED, **review)
    say(what, land, TaskState.DONE, document="05/QĐ-UBND")
    with pytest.raises(BadInput, match="bổ sung gì"):
        review_progress(what, state=TaskState.RETURNED, note=" ", **review)
    review_progress(what, state=TaskState.RETURNED, note="Thiếu danh sách thành viên.", **review)
    assert not task_here(what, land.ea_kar, today=TODAY).is_done
    told = Notice.objects.get()
    assert (told.account, "Thiếu danh sách" in told.body, "Trả lại" in told.subject) == (hoa, True, True)
    say(what, land, TaskState.DONE, document="06/QĐ-UBND")
    review_progress(what, state=TaskState.CONFIRMED, **{**review, "place": land.province})
    assert task_here(what, land.ea_kar, today=TODAY).state is TaskState.CONFIRMED
    with pytest.raises(Refused, match="đã được xác nhận"):
        say(what, land, TaskState.UNDER_WAY)
    assert [row.state for row in TaskProgress.objects.order_by("pk")] == ["done", "returned", "done", "confirmed"]


@pytest.mark.django_db
def test_nobody_confirms_for_itself_and_no_neighbour_does(land: Country) -> None:
    what = plan(tasks=[task(borne_by="communes", leads=["Sở Khoa học và Công nghệ"])]).tasks.get()
    say(what, land, TaskState.DONE, document="05/QĐ-UBND")
    report_progress(what, place=land.department, state=TaskState.DONE, by="1", today=TODAY, document="07/BC")
    for place, bearer in (
        (land.ea_kar, land.ea_kar), (land.ea_knop, land.ea_kar), (land.school, land.ea_kar), (land.department, land.department),
        (land.department, land.province),
    ):  # fmt: skip
        with pytest.raises(Refused, match="không chỉ đạo"):
            review_progress(what, bearer=bearer, place=place, state=TaskState.CONFIRMED, by="2", today=TODAY)
    with pytest.raises(BadInput, match="nơi chỉ đạo"):
        say(what, land, TaskState.CONFIRMED)
    review_progress(what, bearer=land.department, place=land.province, state=TaskState.CONFIRMED, by="2", today=TODAY)


@pytest.mark.django_db
def test_what_was_said_is_read_at_the_place_above_it_and_where_the_task_is_directed(land: Country) -> None:
    what = plan(tasks=[task(borne_by="communes")]).tasks.get()
    say(what, land, TaskState.DONE, document="05/QĐ-UBND")
    kinds: dict[str, tuple[RoleKind, Place]] = {
        "hoa": (RoleKind.COMMUNE_OFFICER, land.ea_kar), "binh": (RoleKind.PROVINCE_OFFICER, land.province),
        "ha": (RoleKind.STEERING, land.province), "an": (RoleKind.DEPARTMENT_OFFICER, land.department),
        "tuan": (RoleKind.COMMUNE_OFFICER, land.ea_knop), "mai": (RoleKind.ORGANISATION_CONTACT, land.school),
    }  # fmt: skip
    seen = {name for name, (kind, place) in kinds.items() if visible_progress(account(name, kind, place), today=TODAY)}
    assert seen == {"hoa", "binh", "ha", "an"}


# --- a day that hangs on an event ----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_relative_task_gets_its_day_once_the_document_is_there(land: Country) -> None:
    words = "(Muộn nhất 7 ngày sau khi Trung ương ban hành hướng dẫn)"
    what = plan(tasks=[task(borne_by="communes", deadline={"relative": True, "text": words})]).tasks.get()
    hoa = account("hoa", RoleKind.COMMUNE_OFFICER, land.ea_kar)
    assert task_here(what, land.ea_kar, today=TODAY).days_left is None
    event: dict[str, Any] = {"day": dt.date(2025, 10, 14), "by": ":test", "today": TODAY}
    with pytest.raises(Refused, match="chủ trì"):
        note_occasion(what, place=land.ea_kar, document="12/HD", **event)
    with pytest.raises(BadInput, match="số, ngày"):
        note_occasion(what, place=land.department, document=" ", **event)
    with pytest.raises(BadInput, match="sau hôm nay"):
        note_occasion(what, place=land.department, document="12/HD", **{**event, "day": dt.date(2025, 10, 18)})
    note_occasion(what, place=land.department, document="12/HD-BCĐTW ngày 14/10/2025", **event)
    assert task_here(what, land.ea_kar, today=TODAY).days_left == 4
    assert [(n.account, "21/10/2025" in n.subject) for n in Notice.objects.all()] == [(hoa, True)]
    note_occasion(what, place=land.province, document="13/HD", **{**event, "day": dt.date(2025, 10, 15)})
    assert task_here(what, land.ea_kar, today=TODAY).days_left == 5
    assert Occasion.objects.count() == 2


@pytest.mark.django_db
def test_where_the_plan_prints_no_number_of_days_the_day_is_asked_for(land: Country) -> None:
    words = {"relative": True, "text": "Theo hướng dẫn của Trung ương"}
    what = plan(tasks=[task(deadline=words), task("x")]).tasks.get(key="viec")
    event: dict[str, Any] = {"place": land.province, "day": TODAY, "document": "12/HD", "by": "1", "today": TODAY}
    with pytest.raises(BadInput, match="hạn phải xong"):
        note_occasion(what, **event)
    with pytest.raises(BadInput, match="trước ngày"):
        note_occasion(what, **event, due=dt.date(2025, 10, 1))
    note_occasion(what, **event, due=dt.date(2025, 11, 15))
    assert task_here(what, land.province, today=TODAY).days_left == 29
    with pytest.raises(Refused, match="đã ghi trong kế hoạch"):
        note_occasion(Task.objects.get(key="x"), **event)


# --- who only shares a name ----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_an_office_that_only_shares_a_name_with_a_lead_directs_nobody(land: Country) -> None:
    finance = organisation("66-stc", "Sở Tài chính", OrganisationKind.AGENCY, land.ea_kar, land.province, "STC")
    what = plan(
        tasks=[task(borne_by="communes", leads=["UBND xã Ea Kar", "Sở Tài chính"], directing_body="UBND xã Ea Kar")]
    ).tasks.get()
    say(what, land, TaskState.DONE, document="05/QĐ-UBND")
    report_progress(what, place=land.ea_knop, state=TaskState.DONE, by="1", today=TODAY, document="06/QĐ-UBND")
    assert (directs(what, land.ubnd), directs(what, finance)) == (False, True)
    with pytest.raises(Refused, match="không chỉ đạo"):
        review_progress(what, bearer=land.ea_knop, place=land.ubnd, state=TaskState.CONFIRMED, by="2", today=TODAY)
    late = late_by_place(land.ubnd, today=dt.date(2025, 11, 3))
    assert [one.place for one in late] == [land.ubnd]
    contact = account("mai", RoleKind.ORGANISATION_CONTACT, land.ubnd)
    assert land.ea_knop not in {row.place for row in visible_progress(contact, today=TODAY)}
    raise_alerts(what.plan, today=dt.date(2025, 11, 3))
    assert {notice.key.split(":")[0] for notice in Notice.objects.filter(account=contact)} == {"task"}  # its own only


@pytest.mark.django_db
@pytest.mark.both
def test_a_lead_reads_what_those_it_directs_said_and_not_what_another_lead_said(land: Country) -> None:
    finance, health = (
        organisation(f"66-{code}", name, OrganisationKind.AGENCY, land.ea_kar, land.province, code)
        for code, name in (("STC", "Sở Tài chính"), ("SYT", "Sở Y tế"))
    )
    what = plan(tasks=[task(borne_by="communes", leads=["Sở Tài chính", "Sở Y tế"])]).tasks.get()
    for place in (land.ea_kar, land.province, finance, health):
        report_progress(what, place=place, state=TaskState.UNDER_WAY, by="1", today=TODAY)
    seen = {
        name: {row.place for row in visible_progress(account(name, RoleKind.DEPARTMENT_OFFICER, org), today=TODAY)}
        for name, org in (("ly", finance), ("dung", land.department))
    }
    assert seen == {"ly": {land.ea_kar, finance}, "dung": {land.ea_kar, finance, health}}


# --- what may stand in a text --------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_an_identity_number_is_refused_wherever_something_is_written_about_a_task(land: Country) -> None:
    waits = {"relative": True, "text": "Theo hướng dẫn"}
    made = plan(tasks=[task("a", borne_by="communes"), task("b", borne_by="communes", deadline=waits)])
    first, second = made.tasks.order_by("key")
    hoa, an = (account(name, RoleKind.COMMUNE_OFFICER, land.ea_kar) for name in ("hoa", "an"))
    here: dict[str, Any] = {"place": land.ea_kar, "by": hoa.actor, "today": TODAY}
    appoint_owner(first, account=hoa, **here)
    step = plan_step(first, title="Rà soát", due=None, answers=None, **here)
    number = "Ông A, số 012 345 678 901"
    under_way, back = TaskState.UNDER_WAY, {"bearer": land.ea_kar, "state": TaskState.RETURNED}
    writes: list[Callable[[], object]] = [
        lambda: report_progress(first, state=under_way, note=number, **here),
        lambda: report_progress(first, state=under_way, document=number, **here),
        lambda: review_progress(first, note=number, **{**here, **back, "place": land.province}),
        lambda: note_occasion(second, day=TODAY, document=number, due=TODAY, **{**here, "place": land.province}),
        lambda: plan_step(first, title=number, due=None, answers=None, **here),
        lambda: change_step(step, title=number, due=None, answers=None, by="1", today=TODAY),
        lambda: report_step(step, state=under_way, note=number, by="1", today=TODAY),
        lambda: report_step(step, state=under_way, document=number, by="1", today=TODAY),
        lambda: hand_over(first, account=an, reason=number, **here),
        lambda: hand_over_all(hoa, account=an, reason=number, **here),
    ]
    for write in writes:
        with pytest.raises(BadInput, match="giống số định danh"):
            write()


@pytest.mark.django_db
def test_a_note_with_a_link_sends_a_task_back_and_the_notice_names_none(land: Country) -> None:
    what = plan(tasks=[task(title="Mở\u00ad lớp trên www.lop.vn", borne_by="communes")]).tasks.get()
    hoa = account("hoa", RoleKind.COMMUNE_OFFICER, land.ea_kar)
    appoint_owner(what, place=land.ea_kar, account=hoa, by=":test", today=TODAY)
    say(what, land, TaskState.DONE, document="05/QĐ-UBND")
    note = "Mẫu ở https://mau.vn/a?b=c (mục 2)\u200b.\n" + "Thiếu danh sách. " * 200
    review_progress(
        what, bearer=land.ea_kar, place=land.province, state=TaskState.RETURNED, note=note, by="2", today=TODAY
    )
    given, back = Notice.objects.order_by("pk")
    assert (given.subject, back.subject) == (
        "Bạn chịu trách nhiệm: Mở lớp trên …",
        "Trả lại để bổ sung: Mở lớp trên …",
    )
    assert "\nMẫu ở … (mục 2).\nThiếu danh sách. Thiếu" in back.body
    assert TaskProgress.objects.order_by("-pk")[0].note == note.strip()  # as it was written
