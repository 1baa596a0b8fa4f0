"""The tasks of a plan as one place sees them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from hocvuso.people.models import Account
from hocvuso.people.queries import accounts_with, roles_of, visible_organisations, visible_units
from hocvuso.people.rules import Right, roles_with
from hocvuso.places.models import Place, place_fields
from hocvuso.plans.models import Duty, Plan, Task
from hocvuso.plans.queries import (
    bearers_by_task,
    directs,
    directs_bearer,
    has_part_in,
    is_borne_by,
    leads_plan,
    not_directed,
)
from hocvuso.tasks.models import Handover, Occasion, Step, StepProgress, TaskOwner, TaskProgress
from hocvuso.tasks.queries.stands import Record, Stand, place_pk, records, schedules, stands
from hocvuso.tasks.rules import TaskState, is_report
from hocvuso.tasks.schedule import Occurrence, Schedule


@dataclass(frozen=True, slots=True)
class Below:
    """How many of the communes and organisations that bear a task have done it, or are at it; `waiting`: done, not yet confirmed."""

    done: int
    under_way: int
    bearers: int
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class TaskHere:
    """A task as one place sees it, on the day it is to be done next."""

    task: Task
    state: TaskState
    progress: TaskProgress | None
    owner: Account | None
    leads_here: bool
    days_left: int | None
    schedule: Schedule
    record: Record
    occurrence: Occurrence | None = None
    former_owner: Account | None = None  # answered for it, and holds no role here any more
    below: Below | None = None  # for whoever directs it and does not do it: how the bearers stand
    steps: tuple[int, int] = (0, 0)  # done, in all
    is_report: bool = False  # a reporting duty of the plan, too: the report itself shows how far it is

    @property
    def is_done(self) -> bool:
        said = self.state.is_done
        if self.below is None:
            return said
        return self.below.done == self.below.bearers or (said and self.task.borne_by == "plan_unit")

    @property
    def is_late(self) -> bool:
        return not self.is_done and not self.is_report and self.days_left is not None and self.days_left < 0

    @property
    def column(self) -> str:
        """Where it stands on the board."""
        if self.below is None:
            return self.state
        if self.is_done:
            return TaskState.DONE
        return TaskState.UNDER_WAY if self.below.done or self.below.under_way else TaskState.NOT_STARTED


def tasks_here(plan: Plan, place: Place, *, today: dt.date) -> list[TaskHere]:
    """The plan's tasks that concern a place, with what it said last and who answers for them."""
    concerned = [
        task for task in plan.tasks.select_related("plan__unit") if has_part_in(task, place) or directs(task, place)
    ]
    return seen_at(concerned, place, today=today)


def task_here(task: Task, place: Place, *, today: dt.date, day: dt.date | None = None) -> TaskHere:
    """`day` asks for another occurrence than the one that is next; one that the task does not have is as if none was asked for."""
    return seen_at([task], place, today=today, day=day)[0]


def seen_at(tasks: list[Task], place: Place, *, today: dt.date, day: dt.date | None = None) -> list[TaskHere]:
    """These tasks as the place sees them, in their order."""
    days = schedules(tasks)
    said = records(tasks, days, today=today, place=place)
    owners = {
        row.task_id: row.account
        for row in TaskOwner.objects.filter(task__in=tasks, **place_fields(place)).select_related("account")
    }
    answering = set(accounts_with(Right.TASKS, place, on=today)) if owners else set()
    steps = _steps(tasks, place)
    seen = [task for task in tasks if place == task.plan.unit or not is_borne_by(task, place)]
    belows = _below(seen, place, today, days, day)
    duties = list(Duty.objects.filter(plan__in={task.plan_id for task in tasks}))
    here = []
    for task in tasks:
        record = said.get(task.pk, {}).get(place_pk(place), Record(days[task.pk], {}))
        below, of_below = belows.get(task.pk, (None, None))
        now = (record.schedule.on(day) if day else None) or of_below or record.current(today)
        owner = owners.get(task.pk)
        here.append(
            TaskHere(
                task=task,
                state=record.state(now),
                progress=record.row(now),
                owner=owner if owner in answering else None,
                former_owner=owner if owner not in answering else None,
                leads_here=is_borne_by(task, place),
                below=below,
                days_left=(now.day - today).days if now and now.printed else None,
                schedule=record.schedule,
                record=record,
                occurrence=now,
                is_report=is_report(task, [duty for duty in duties if duty.plan_id == task.plan_id]),
                steps=steps.get((task.pk, now.day if now and record.schedule.repeats else None), (0, 0)),
            )
        )
    return here


def _below(
    tasks: list[Task], place: Place, today: dt.date, days: dict[int, Schedule], day: dt.date | None
) -> dict[int, tuple[Below, Occurrence | None]]:
    """What whoever directs tasks sees of those who bear them, on the first day that not all have done."""
    directed = [task for task in tasks if directs(task, place)]
    found: dict[int, tuple[Below, Occurrence | None]] = {}
    if not directed:
        return found
    bearers = bearers_by_task(directed, on=today)
    said = records(directed, days, today=today)
    for task in directed:
        others = [bearer for bearer in bearers[task.pk] if bearer != task.plan.unit]
        if not others:
            continue
        of_task = said.get(task.pk, {})
        kept = [of_task.get(place_pk(bearer), Record(days[task.pk], {})) for bearer in others]
        current = [one for record in kept if (one := record.current(today))]
        now = (days[task.pk].on(day) if day else None) or min(current, key=lambda one: one.day, default=None)
        states = [record.state(now) for record in kept]
        done = sum(state.is_done for state in states)
        under_way = states.count(TaskState.UNDER_WAY) + states.count(TaskState.RETURNED)
        found[task.pk] = Below(done, under_way, len(others), states.count(TaskState.DONE)), now
    return found


def _steps(tasks: list[Task], place: Place) -> dict[tuple[int, dt.date | None], tuple[int, int]]:
    """Steps done and in all, by task and day."""
    rows = list(
        Step.objects.filter(task__in=tasks, withdrawn_on=None, **place_fields(place)).values_list(
            "pk", "task_id", "occurrence"
        )
    )
    states = dict(
        StepProgress.objects.filter(step__in=[pk for pk, _task, _day in rows])
        .order_by("pk")
        .values_list("step_id", "state")
    )
    found: dict[tuple[int, dt.date | None], tuple[int, int]] = {}
    for pk, task, day in rows:
        done, total = found.get((task, day), (0, 0))
        found[task, day] = done + (pk in states and TaskState(states[pk]).is_done), total + 1
    return found


def bearer_stands(task: Task, place: Place, *, today: dt.date, day: dt.date | None = None) -> list[Stand]:
    """For whoever directs the task: each bearer it may confirm or send back, the late ones first. `day`: of which occurrence."""
    days = schedules([task])
    bearers = [one for one in bearers_by_task([task], on=today)[task.pk] if directs_bearer(task, place, one)]
    if asked := days[task.pk].on(day) if day else None:
        said = records([task], days, today=today).get(task.pk, {})
        kept = [(bearer, said.get(place_pk(bearer), Record(days[task.pk], {}))) for bearer in bearers]
        found = [Stand(task, bearer, asked, one.state(asked), one.row(asked), asked.gap) for bearer, one in kept]
    else:
        found = stands([task], {task.pk: bearers}, today=today, days=days)[task.pk]
    return sorted(found, key=lambda one: (not one.is_late(today), one.state.is_done, one.place.name))


def progress_of(task: Task, place: Place, *, day: dt.date | None = None) -> QuerySet[TaskProgress]:
    """What was said of a task at a place, newest first; of one of its days only, if one is named."""
    rows = TaskProgress.objects.filter(task=task, **place_fields(place)).select_related("attachment").order_by("-pk")
    return rows.filter(occurrence=day) if day else rows


def handovers_of(task: Task, place: Place) -> QuerySet[Handover]:
    """Who answered for a task at a place, newest first."""
    return Handover.objects.filter(task=task, **place_fields(place)).select_related("giver", "taker").order_by("-pk")


def occasions_of(task: Task) -> QuerySet[Occasion]:
    """The event a task waited for, as it was noted; the newest counts."""
    return Occasion.objects.filter(task=task).order_by("-pk")


def accounts_at(place: Place, *, today: dt.date) -> list[Account]:
    """Who may answer for a task of the place."""
    return sorted(accounts_with(Right.TASKS, place, on=today), key=lambda account: account.full_name)


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """The names of accounts, by how rows name who wrote them; a program has none."""
    keys = {actor for actor in actors if actor.isdigit()}
    return {str(pk): name for pk, name in Account.objects.filter(pk__in=keys).values_list("pk", "full_name")}


def visible_progress(account: Account, *, today: dt.date) -> QuerySet[TaskProgress]:
    """What the account may read of what was said: at its places and in them, and at the bearers of tasks that its office directs."""
    units = visible_units(account, on=today, line_above=False)
    orgs = visible_organisations(account, on=today)
    rows = TaskProgress.objects.all()
    seen = rows.filter(unit__in=units) | rows.filter(org__in=orgs)
    for role in roles_of(account, on=today).filter(kind__in=roles_with(Right.TASKS), org__isnull=False):
        assert role.org is not None
        near = Task.objects.filter(plan__unit__code__in=[*role.org.of.codes_above, role.org.of.code])
        alike: dict[tuple[int, tuple[str, ...]], list[Task]] = {}  # the rows of these are left out by the same words
        for task in near.select_related("plan__unit"):
            if directs(task, role.org):
                leads = () if leads_plan(task.plan, role.org) else tuple(sorted(task.leads))
                alike.setdefault((task.plan_id, leads), []).append(task)
        for tasks in alike.values():
            seen = seen | rows.filter(~not_directed(tasks[0], role.org), task__in=[task.pk for task in tasks])
    return seen.distinct()
