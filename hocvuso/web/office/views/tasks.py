"""Tasks seen together: as a list, a board, a calendar; what one person has to do this week; what is late, and where."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from hocvuso.lib import clock
from hocvuso.lib.periods import DAY, Span
from hocvuso.people.rules import Right
from hocvuso.places.models import Place, Unit
from hocvuso.plans.models import Plan
from hocvuso.plans.queries import plans_touching, running_plan_of
from hocvuso.reports.queries import obligations_of
from hocvuso.reports.queries.life import owed_at
from hocvuso.tasks.actions.progress import page_of
from hocvuso.tasks.queries import (
    DueDay,
    LateTask,
    TaskHere,
    days_between,
    late_by_place,
    my_week,
    step_days,
    tasks_here,
)
from hocvuso.tasks.rules import TaskState
from hocvuso.web.shared.places import acts_for, home_places, place_or_404
from hocvuso.web.shared.rights import account_of, official
from hocvuso.web.shared.tags import task_state

SHOWN = ("tre", "cua-toi", "chua-co-nguoi", "cho-xac-nhan")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list, a board or a calendar is about: a place, its plans, one of them if it is named."""

    place: Place
    plans: list[Plan]
    plan: Plan | None

    @property
    def shown(self) -> list[Plan]:
        return [self.plan] if self.plan else self.plans


def asked(request: HttpRequest) -> Asked:
    place = place_or_404(request, request.GET.get("noi"), line_above=False)
    home = place if isinstance(place, Unit) else place.of
    plans = list(plans_touching(home).order_by("-period_start", "key"))
    return Asked(place, plans, next((one for one in plans if one.key == request.GET.get("ke-hoach")), None))


def _frame(request: HttpRequest, what: Asked, tab: str) -> dict[str, Any]:
    """What all these pages show around their own."""
    return {
        "place": what.place,
        "homes": home_places(request),
        "plans": what.plans,
        "plan": what.plan,
        "tab": tab,
        "works_here": acts_for(request, what.place, Right.TASKS),
    }


@official(Right.FIGURES)
def task_list(request: HttpRequest) -> HttpResponse:
    what, today = asked(request), clock.today()
    only, state = request.GET.get("chon", ""), request.GET.get("tinh-hinh", "")
    lists = []
    for plan in what.shown:
        found = tasks_here(plan, what.place, today=today)
        kept = [here for here in found if _is_asked(here, request, only) and state in {"", here.column}]
        if kept:
            lists.append((plan, kept))
    context = {
        **_frame(request, what, "task_list"),
        "lists": lists,
        "only": only if only in SHOWN else "",
        "state": state,
        "states": [(one.value, task_state(one.value)) for one in TaskState],
        "count": sum(len(kept) for _plan, kept in lists),
    }
    return render(request, "office/task_list.html", context)


def _is_asked(here: TaskHere, request: HttpRequest, only: str) -> bool:
    match only:
        case "tre":
            return here.is_late
        case "cua-toi":
            return here.owner == account_of(request)
        case "chua-co-nguoi":
            return here.owner is None and here.leads_here and here.below is None and not here.is_report
        case "cho-xac-nhan":
            return here.state is TaskState.DONE if here.below is None else here.below.waiting > 0
    return True


@official(Right.FIGURES)
def task_board(request: HttpRequest) -> HttpResponse:
    """The tasks of one plan in columns by how far they are; the running plan unless another is asked for."""
    what, today = asked(request), clock.today()
    plan = what.plan or running_plan_of(what.place, today=today) or (what.plans[0] if what.plans else None)
    what = Asked(what.place, what.plans, plan)
    found = tasks_here(plan, what.place, today=today) if plan else []
    found = [here for here in found if not here.is_report]
    columns = [(state, [here for here in found if here.column == state]) for state in TaskState]
    return render(request, "office/task_board.html", {**_frame(request, what, "task_board"), "columns": columns})


@dataclass(frozen=True, slots=True)
class CalendarDay:
    day: dt.date
    inside: bool  # of the month that is shown
    is_today: bool
    due: list[DueDay]


@official(Right.FIGURES)
def task_calendar(request: HttpRequest) -> HttpResponse:
    """One month: what the place has to have done on which day."""
    what, today = asked(request), clock.today()
    month = _month(request.GET.get("thang"), today)
    span = Span(month, month.replace(day=calendar.monthrange(month.year, month.month)[1]))
    heres = [
        here
        for plan in what.shown
        for here in tasks_here(plan, what.place, today=today)
        if here.leads_here or here.below
    ]
    due = [*days_between(heres, what.place, span=span), *step_days(what.place, span=span, today=today)]
    due.sort(key=lambda one: (one.day, one.is_step, one.title))
    of_day = {day: list(rows) for day, rows in groupby(due, lambda one: one.day)}
    weeks = [
        [CalendarDay(day, day in span, day == today, of_day.get(day, [])) for day in week]
        for week in calendar.Calendar().monthdatescalendar(month.year, month.month)
    ]
    context = {
        **_frame(request, what, "task_calendar"),
        "month": month,
        "weeks": weeks,
        "weekdays": [one.day for one in weeks[0]],
        "before": month - DAY,
        "after": span.last + DAY,
        "count": sum(len(rows) for rows in of_day.values()),
    }
    return render(request, "office/task_calendar.html", context)


def _month(written: str | None, today: dt.date) -> dt.date:
    """The first day of the month an address names; a month nobody plans for is not there."""
    try:
        found = dt.date.fromisoformat(f"{written}-01") if written else today.replace(day=1)
    except ValueError:
        raise Http404 from None
    if not 2000 <= found.year <= 2100:
        raise Http404
    return found


@official(Right.TASKS)
def tasks_of_my_week(request: HttpRequest) -> HttpResponse:
    """What the account itself has to do by Sunday, the reports of its places among it."""
    today = clock.today()
    week = my_week(account_of(request), today=today)
    reports = [
        (place, owed.obligation)
        for place in home_places(request, Right.REPORTS)
        for owed in owed_at(place, [one for one in obligations_of(place, around=today) if one.due in week.week])
        if not owed.is_sent
    ]
    what = Asked(home_places(request, Right.TASKS)[0], [], None)
    context = {**_frame(request, what, "my_week"), "week": week, "reports": reports}
    return render(request, "office/my_week.html", context)


@dataclass(frozen=True, slots=True)
class LateRow:
    late: LateTask
    address: str  # where the task is seen from here


@official(Right.FIGURES)
def late_tasks(request: HttpRequest) -> HttpResponse:
    """For the committee, the lead and the office itself: who has not done what in time, for how long, and who was told."""
    what, today = asked(request), clock.today()
    found = late_by_place(what.place, today=today)
    rows = [(one, [LateRow(late, _seen_at(what.place, late)) for late in one.tasks]) for one in found]
    context = {**_frame(request, what, "late_tasks"), "rows": rows, "count": sum(len(one.tasks) for one in found)}
    return render(request, "office/late_tasks.html", context)


def _seen_at(place: Place, late: LateTask) -> str:
    """A unit opens the bearer's own page; an agency, which does not see into communes, its own page of the task."""
    seen = late.stand.place if isinstance(place, Unit) else place
    return page_of(late.task, seen, late.stand.day if late.stand.occurrence and late.stand.occurrence.name else None)
