"""One person answers for a task; hands it over for a reason; breaks it into steps that others may answer for."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hocvuso.lib.errors import BadInput, Refused
from hocvuso.lib.periods import Span
from hocvuso.messages.models import Notice
from hocvuso.people.actions import end_role
from hocvuso.people.models import Account, Role, RoleKind
from hocvuso.places.models import Place
from hocvuso.plans.models import Task
from hocvuso.tasks.actions import (
    appoint_owner,
    change_step,
    hand_over,
    hand_over_all,
    plan_step,
    remind_of_steps,
    report_progress,
    report_step,
    tell_unanswered,
    withdraw_step,
)
from hocvuso.tasks.models import Handover, Step, TaskOwner
from hocvuso.tasks.queries import due_days_of, givers_at, my_week, steps_here, task_here, visible_steps
from hocvuso.tasks.queries.mine import my_steps
from hocvuso.tasks.rules import TaskState
from tests.make.people import account
from tests.make.places import Country
from tests.make.plans import plan, task

TODAY = dt.date(2025, 10, 17)


@pytest.fixture
def hoa(land: Country) -> Account:
    return account("hoa", RoleKind.COMMUNE_OFFICER, land.ea_kar)


@pytest.fixture
def an(land: Country) -> Account:
    return account("an", RoleKind.COMMUNE_OFFICER, land.ea_kar)


def given(*tasks: dict[str, Any]) -> list[Task]:
    made = plan(tasks=[{"borne_by": "communes", **one} for one in tasks])
    return list(made.tasks.select_related("plan__unit"))


def by(who: Account) -> dict[str, Any]:
    return {"by": who.actor, "today": TODAY}


# --- who answers ---------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_one_account_of_the_place_answers_and_is_told(land: Country, hoa: Account, an: Account) -> None:
    (what,) = given(task())
    tuan = account("tuan", RoleKind.COMMUNE_OFFICER, land.ea_knop)
    with pytest.raises(BadInput, match="Tuan không có vai trò"):
        appoint_owner(what, place=land.ea_kar, account=tuan, **by(hoa))
    with pytest.raises(Refused, match="không giao cho"):
        appoint_owner(what, place=land.school, account=an, **by(hoa))
    appoint_owner(what, place=land.ea_kar, account=an, **by(hoa))
    appoint_owner(what, place=land.ea_kar, account=an, **by(hoa))
    assert (task_here(what, land.ea_kar, today=TODAY).owner, Notice.objects.get().account) == (an, an)
    with pytest.raises(Refused, match="bàn giao"):
        appoint_owner(what, place=land.ea_kar, account=hoa, **by(hoa))


@pytest.mark.django_db
def test_a_task_is_handed_over_for_a_reason_and_the_way_stays_to_be_seen(
    land: Country, hoa: Account, an: Account
) -> None:
    (what,) = given(task())
    with pytest.raises(Refused, match="chưa có người"):
        hand_over(what, place=land.ea_kar, account=an, reason="Đổi việc", **by(hoa))
    appoint_owner(what, place=land.ea_kar, account=hoa, **by(hoa))
    with pytest.raises(BadInput, match="lý do"):
        hand_over(what, place=land.ea_kar, account=an, reason=" ", **by(hoa))
    with pytest.raises(BadInput, match="rồi"):
        hand_over(what, place=land.ea_kar, account=hoa, reason="Đổi việc", **by(hoa))
    hand_over(what, place=land.ea_kar, account=an, reason="Nghỉ thai sản", **by(hoa))
    assert TaskOwner.objects.get().account == an
    rows = [(row.giver, row.taker, row.reason) for row in Handover.objects.order_by("pk")]
    assert rows == [(None, hoa, ""), (hoa, an, "Nghỉ thai sản")]


@pytest.mark.django_db
def test_all_open_work_of_somebody_who_leaves_goes_to_another(land: Country, hoa: Account, an: Account) -> None:
    first, second, done = given(task("a"), task("b"), task("c"))
    for what in (first, second, done):
        appoint_owner(what, place=land.ea_kar, account=hoa, **by(hoa))
    report_progress(done, place=land.ea_kar, state=TaskState.DONE, document="05/QĐ", **by(hoa))
    step = plan_step(first, place=land.ea_kar, title="Rà soát danh sách", due=None, answers=hoa, **by(hoa))
    end_role(Role.objects.get(account=hoa), **by(an))
    assert (tell_unanswered(today=TODAY), tell_unanswered(today=TODAY)) == (1, 0)
    told = Notice.objects.get(account=an).subject
    assert told == "Hoa đã thôi nhiệm vụ: 2 nhiệm vụ, 1 bước chưa có người phụ trách"  # what is done needs nobody
    ((giver, work),) = givers_at(land.ea_kar, today=TODAY)
    assert (giver, work.tasks, work.steps) == (hoa, [first, second], [step])
    with pytest.raises(Refused, match="không có việc"):
        hand_over_all(
            an, place=land.ea_kar, account=account("lan", RoleKind.COMMUNE_OFFICER, land.ea_kar), reason="x", **by(an)
        )
    assert hand_over_all(hoa, place=land.ea_kar, account=an, reason="Chuyển công tác", **by(an)) == (2, 1)
    step.refresh_from_db()
    owners = {row.task.key: row.account for row in TaskOwner.objects.select_related("task")}
    assert (owners, step.account) == ({"a": an, "b": an, "c": hoa}, an)
    assert [who for who, _work in givers_at(land.ea_kar, today=TODAY)] == [an]


@pytest.mark.django_db
def test_steps_alone_are_handed_over_too_and_whoever_takes_them_is_told_each_time(
    land: Country, hoa: Account, an: Account
) -> None:
    (what,) = given(task())
    appoint_owner(what, place=land.ea_kar, account=an, **by(hoa))
    step = plan_step(what, place=land.ea_kar, title="Rà soát danh sách", due=None, answers=hoa, **by(hoa))
    assert [(who, len(work.steps)) for who, work in givers_at(land.ea_kar, today=TODAY)] == [(an, 0), (hoa, 1)]
    lan = account("lan", RoleKind.COMMUNE_OFFICER, land.ea_kar)
    for _twice in range(2):
        assert hand_over_all(hoa, place=land.ea_kar, account=an, reason="Nghỉ phép", **by(hoa)) == (0, 1)
        step.refresh_from_db()
        change_step(step, title="Rà soát", due=None, answers=hoa, **by(hoa))
    taken = [one for one in Notice.objects.filter(account=an) if one.subject == "Bạn nhận bàn giao 1 bước"]
    assert len(taken) == 2
    end_role(Role.objects.get(account=hoa), **by(an))
    assert tell_unanswered(today=TODAY) == 2
    assert Notice.objects.filter(account=lan).get().subject == "Hoa đã thôi nhiệm vụ: 1 bước chưa có người phụ trách"


@pytest.mark.django_db
@pytest.mark.both
def test_many_steps_are_looked_through_in_few_questions(
    land: Country, hoa: Account, django_assert_max_num_queries: Any
) -> None:
    (what,) = given(task())
    appoint_owner(what, place=land.ea_kar, account=hoa, **by(hoa))
    for n in range(12):
        step = plan_step(what, place=land.ea_kar, title=f"Bước {n}", due=TODAY, answers=None, **by(hoa))
        if n:
            report_step(step, state=TaskState.DONE, note="Xong.", **by(hoa))
        if n == 1:
            report_step(step, state=TaskState.UNDER_WAY, **by(hoa))  # was not done after all
    assert remind_of_steps(today=TODAY) == 2
    with django_assert_max_num_queries(8):
        assert remind_of_steps(today=TODAY) == 0
    for n in range(12):
        plan_step(what, place=land.ea_kar, title=f"Bước mới {n}", due=None, answers=None, **by(hoa))
    with django_assert_max_num_queries(10):
        assert len(my_steps(hoa, today=TODAY)) == 14


# --- steps ---------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_step_is_answered_for_by_somebody_of_the_place_or_a_place_inside(
    land: Country, hoa: Account, an: Account
) -> None:
    (what,) = given(task())
    common: dict[str, Any] = {"place": land.ea_kar, "due": dt.date(2025, 10, 30), **by(hoa)}
    for wrong, words in (
        (land.ea_knop, "không thuộc"),
        (land.ea_kar, "không thuộc"),
        (land.villages[2], "không thuộc"),
    ):
        with pytest.raises(BadInput, match=words):
            plan_step(what, title="Mở lớp", answers=wrong, **common)
    with pytest.raises(BadInput, match="việc phải làm"):
        plan_step(what, title="  ", answers=None, **common)
    with pytest.raises(Refused, match="không giao cho"):
        plan_step(what, title="Mở lớp", answers=None, **{**common, "place": land.school})
    assert not Step.objects.exists()
    for answers in (an, land.villages[0], land.school, None):
        plan_step(what, title=f"Mở lớp {answers}", answers=answers, **common)
    here = steps_here(what, land.ea_kar, today=TODAY, day=None, task_day=dt.date(2025, 10, 25))
    assert [one.answers for one in here] == ["An", "Thôn 1", "Trường THPT Ea Kar", ""]
    assert {one.after_task for one in here} == {True}
    assert [notice.account for notice in Notice.objects.all()] == [an]


@pytest.mark.django_db
def test_steps_are_reported_changed_and_withdrawn_until_they_are_done(land: Country, hoa: Account) -> None:
    (what,) = given(task())
    first, second = (
        plan_step(what, place=land.ea_kar, title=title, due=None, answers=None, **by(hoa)) for title in ("Một", "Hai")
    )
    change_step(first, title="Một, sửa", due=TODAY, answers=land.villages[0], **by(hoa))
    with pytest.raises(BadInput, match="kết quả"):
        report_step(first, state=TaskState.DONE, **by(hoa))
    report_step(first, state=TaskState.DONE, note="Đã mở 2 lớp.", **by(hoa))
    assert task_here(what, land.ea_kar, today=TODAY).steps == (1, 2)
    with pytest.raises(Refused, match="đã xong"):
        withdraw_step(first, **by(hoa))
    withdraw_step(second, **by(hoa))
    assert task_here(what, land.ea_kar, today=TODAY).steps == (1, 1)
    with pytest.raises(Refused, match="đã bỏ"):
        report_step(second, state=TaskState.UNDER_WAY, **by(hoa))


@pytest.mark.django_db
def test_a_step_is_seen_by_its_office_those_above_it_and_whom_it_was_handed_to(land: Country, hoa: Account) -> None:
    (what,) = given(task())
    plan_step(what, place=land.ea_kar, title="Mở lớp ở trường", due=None, answers=land.school, **by(hoa))
    kinds: dict[str, tuple[RoleKind, Place]] = {
        "binh": (RoleKind.PROVINCE_OFFICER, land.province), "mai": (RoleKind.ORGANISATION_CONTACT, land.school),
        "tuan": (RoleKind.COMMUNE_OFFICER, land.ea_knop), "dung": (RoleKind.DEPARTMENT_OFFICER, land.department),
    }  # fmt: skip
    others = {name: account(name, kind, place) for name, (kind, place) in kinds.items()}
    seen = {name for name, who in {"hoa": hoa, **others}.items() if visible_steps(who, today=TODAY)}
    assert seen == {"hoa", "binh", "mai"}


# --- my week -------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_my_week_holds_what_is_mine_by_day_and_what_nobody_answers_for(
    land: Country, hoa: Account, an: Account
) -> None:
    dues = {"late": (10, 1), "today": (10, 17), "next": (10, 25), "nobody": (10, 24), "far": (12, 31), "his": (10, 17)}
    what = {one.key: one for one in given(*(task(k, deadline={"due": dt.date(2025, *d)}) for k, d in dues.items()))}
    for key in ("late", "today", "next", "far"):
        appoint_owner(what[key], place=land.ea_kar, account=hoa, **by(hoa))
    appoint_owner(what["his"], place=land.ea_kar, account=an, **by(hoa))
    for title, due in (("Bước gấp", TODAY), ("Bước sau", dt.date(2025, 11, 20))):
        plan_step(what["next"], place=land.ea_kar, title=title, due=due, answers=None, **by(hoa))
    plan_step(what["his"], place=land.ea_kar, title="Bước của An", due=TODAY, answers=None, **by(hoa))
    week = my_week(hoa, today=TODAY)
    assert (week.week.first, week.week.last) == (dt.date(2025, 10, 13), dt.date(2025, 10, 19))
    found = {
        name: [one.here.task.key for one in getattr(week, name)] for name in ("late", "due", "later", "unanswered")
    }
    assert found == {"late": ["late"], "due": ["today"], "later": ["next"], "unanswered": ["nobody"]}
    assert [one.step.title for one in week.steps] == ["Bước gấp"]
    october = due_days_of(hoa, today=TODAY, span=Span(dt.date(2025, 10, 1), dt.date(2025, 10, 31)))
    assert [(one.day.day, one.is_step) for one in october] == [(1, False), (17, True), (17, False), (25, False)]
    assert october[0].address.startswith("/dieu-hanh/nhiem-vu/ke-hoach/late/?noi=24373")
