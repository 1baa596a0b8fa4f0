"""How a plan's tasks look from one place: its own word, or how its bearers stand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hocvuso.people.actions import end_role
from hocvuso.people.models import Role, RoleKind
from hocvuso.places.models import Place
from hocvuso.plans.models import Task
from hocvuso.tasks.actions import appoint_owner, report_progress
from hocvuso.tasks.queries import progress_of, task_here, tasks_here
from hocvuso.tasks.rules import TaskState
from tests.make.people import account
from tests.make.places import Country
from tests.make.plans import duty, plan, task

TODAY = dt.date(2025, 10, 17)


def say(what: Task, place: Place, state: TaskState, *, on: dt.date = TODAY) -> None:
    report_progress(what, place=place, state=state, by="1", today=on, document="05/QĐ-UBND")


@pytest.mark.django_db
def test_a_place_sees_its_own_tasks_with_its_newest_word_and_who_answers(land: Country) -> None:
    made = plan(tasks=[task("a", borne_by="communes"), task("b", borne_by="agencies"), task("c", borne_by="communes")])
    first = made.tasks.get(key="a")
    say(first, land.ea_kar, TaskState.UNDER_WAY, on=dt.date(2025, 10, 1))
    say(first, land.ea_kar, TaskState.DONE, on=dt.date(2025, 10, 10))
    say(first, land.ea_knop, TaskState.UNDER_WAY)
    hoa = account("hoa", RoleKind.COMMUNE_OFFICER, land.ea_kar)
    appoint_owner(first, place=land.ea_kar, account=hoa, by="1", today=TODAY)
    here = tasks_here(made, land.ea_kar, today=TODAY)
    assert [(t.task.key, t.state, t.owner) for t in here] == [
        ("a", TaskState.DONE, hoa),
        ("c", TaskState.NOT_STARTED, None),
    ]
    assert tasks_here(made, land.ea_kar, today=dt.date(2025, 10, 9))[0].state is TaskState.UNDER_WAY
    assert [row.state for row in progress_of(first, land.ea_kar)] == ["done", "under_way"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("deadline", "days_left", "late"),
    [
        ({"due": dt.date(2025, 10, 20)}, 3, False),
        ({"due": TODAY}, 0, False),
        ({"due": TODAY, "before": True}, -1, True),
        ({"due": dt.date(2025, 10, 1)}, -16, True),
        ({"recurring": True}, None, False),
    ],
)
def test_a_task_is_late_after_its_last_good_day(
    land: Country, deadline: dict[str, Any], days_left: int | None, late: bool
) -> None:
    what = plan(tasks=[task(borne_by="communes", deadline=deadline)]).tasks.get()
    here = task_here(what, land.ea_kar, today=TODAY)
    assert (here.days_left, here.is_late) == (days_left, late)
    say(what, land.ea_kar, TaskState.DONE)
    assert not task_here(what, land.ea_kar, today=TODAY).is_late


@pytest.mark.django_db
def test_the_plans_unit_sees_how_its_bearers_stand(land: Country) -> None:
    what = plan(tasks=[task(borne_by="communes", deadline={"due": dt.date(2025, 10, 1)})]).tasks.get()
    whole = task_here(what, land.province, today=TODAY)
    assert (whole.below and (whole.below.done, whole.below.under_way, whole.below.bearers)) == (0, 0, 2)
    assert (whole.is_done, whole.is_late) == (False, True)
    say(what, land.ea_kar, TaskState.DONE)
    say(what, land.ea_knop, TaskState.UNDER_WAY)
    whole = task_here(what, land.province, today=TODAY)
    assert (whole.below and (whole.below.done, whole.below.under_way, whole.below.bearers)) == (1, 1, 2)
    say(what, land.ea_knop, TaskState.DONE)
    assert task_here(what, land.province, today=TODAY).is_done
    assert task_here(what, land.ea_kar, today=TODAY).below is None


@pytest.mark.django_db
def test_a_lead_bears_the_task_beside_the_communes_and_does_not_stand_for_one_of_them(land: Country) -> None:
    what = plan(tasks=[task(borne_by="communes", leads=["Sở Khoa học và Công nghệ"])]).tasks.get()
    say(what, land.department, TaskState.DONE)
    say(what, land.ea_kar, TaskState.DONE)
    whole = task_here(what, land.province, today=TODAY)
    assert (whole.below and (whole.below.done, whole.below.bearers), whole.is_done) == ((2, 3), False)
    say(what, land.ea_knop, TaskState.DONE)
    assert task_here(what, land.province, today=TODAY).is_done


@pytest.mark.django_db
def test_a_task_that_only_its_lead_bears_is_done_when_the_lead_says_so(land: Country) -> None:
    what = plan(tasks=[task(leads=["Sở Khoa học và Công nghệ"])]).tasks.get()
    say(what, land.department, TaskState.DONE)
    assert task_here(what, land.department, today=TODAY).is_done
    assert task_here(what, land.province, today=TODAY).is_done


@pytest.mark.django_db
def test_a_task_of_the_plans_own_unit_is_done_when_the_unit_says_so(land: Country) -> None:
    what = plan(tasks=[task(leads=["Sở Khoa học và Công nghệ"])]).tasks.get()
    say(what, land.province, TaskState.DONE)
    assert task_here(what, land.province, today=TODAY).is_done


@pytest.mark.django_db
def test_what_a_commune_said_before_it_ended_is_not_counted_among_those_there_are(land: Country) -> None:
    what = plan(tasks=[task(borne_by="communes")]).tasks.get()
    say(what, land.ea_kar, TaskState.DONE, on=dt.date(2025, 9, 1))
    land.ea_kar.valid_to = dt.date(2025, 9, 30)
    land.ea_kar.save()
    whole = task_here(what, land.province, today=TODAY)
    assert (whole.below and (whole.below.done, whole.below.bearers), whole.is_done) == ((0, 1), False)


# --- days that come again ------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_each_week_of_a_weekly_task_has_its_own_state(land: Country) -> None:
    weekly = {"recurring": True, "text": "thứ Sáu hằng tuần"}
    what = plan(tasks=[task(borne_by="communes", deadline=weekly)]).tasks.get()
    say(what, land.ea_kar, TaskState.DONE, on=dt.date(2025, 10, 9))  # a row without a day: of the Friday that came next
    assert task_here(what, land.ea_kar, today=dt.date(2025, 10, 10)).is_done
    here = task_here(what, land.ea_kar, today=TODAY)
    assert (here.occurrence and here.occurrence.day, here.state, here.days_left) == (TODAY, TaskState.NOT_STARTED, 0)
    assert task_here(what, land.ea_kar, today=TODAY, day=dt.date(2025, 10, 10)).is_done
    late = task_here(what, land.ea_knop, today=dt.date(2025, 10, 11))
    assert (late.is_late, late.days_left) == (True, -1)
    assert not task_here(what, land.ea_knop, today=dt.date(2025, 10, 14)).is_late  # the next Friday is nearer


@pytest.mark.django_db
def test_a_continuous_task_once_begun_is_under_way_in_every_later_month_and_never_late(land: Country) -> None:
    what = plan(tasks=[task(borne_by="communes", deadline={"recurring": True, "text": "Thường xuyên"})]).tasks.get()
    say(what, land.ea_kar, TaskState.DONE, on=dt.date(2025, 8, 20))
    here = task_here(what, land.ea_kar, today=TODAY)
    assert (here.state, here.is_late, here.days_left) == (TaskState.UNDER_WAY, False, None)
    assert task_here(what, land.ea_knop, today=dt.date(2026, 1, 1)).is_late is False


# --- who directs, who answers --------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_agency_that_leads_the_plan_sees_how_the_communes_stand(land: Country) -> None:
    made = plan(tasks=[task(borne_by="communes")])
    say(made.tasks.get(), land.ea_kar, TaskState.DONE)
    (here,) = tasks_here(made, land.department, today=TODAY)
    assert (here.leads_here, here.below and (here.below.done, here.below.waiting, here.below.bearers)) == (
        False,
        (1, 1, 2),
    )
    assert tasks_here(made, land.school, today=TODAY) == []


@pytest.mark.django_db
def test_whoever_holds_no_role_there_any_more_answers_no_more(land: Country) -> None:
    what = plan(tasks=[task(borne_by="communes")]).tasks.get()
    hoa = account("hoa", RoleKind.COMMUNE_OFFICER, land.ea_kar)
    appoint_owner(what, place=land.ea_kar, account=hoa, by="1", today=TODAY)
    end_role(Role.objects.get(), by="1", today=TODAY)
    here = task_here(what, land.ea_kar, today=TODAY)
    assert (here.owner, here.former_owner) == (None, hoa)


@pytest.mark.django_db
def test_an_assignment_to_report_is_a_report_and_not_asked_for_twice(land: Country) -> None:
    weekly = {"recurring": True, "text": "thứ Sáu hằng tuần"}
    made = plan(
        tasks=[task(kind="assignment", borne_by="communes_and_agencies", deadline=weekly), task("x", deadline=weekly)],
        duties=[duty()],
    )
    here = {one.task.key: one for one in tasks_here(made, land.province, today=dt.date(2025, 10, 11))}
    assert [(key, one.is_report, one.is_late) for key, one in here.items()] == [
        ("viec", True, False),
        ("x", False, True),
    ]
