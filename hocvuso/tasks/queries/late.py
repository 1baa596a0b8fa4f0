"""What is late, by place: for the lead, the directing body and the steering committee."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from hocvuso.people.models import Account
from hocvuso.places.models import Place, Unit, place_fields
from hocvuso.plans.models import Plan, Task
from hocvuso.plans.queries import bearers_by_task, directs_bearer, is_directing_body, plans_touching
from hocvuso.tasks.models import Alert, AlertDay, TaskOwner
from hocvuso.tasks.queries.stands import PlaceKey, Stand, home_of, is_within, place_pk, schedules, stands
from hocvuso.tasks.rules import is_report


@dataclass(frozen=True, slots=True)
class LateTask:
    """One task that a bearer has not done in time, and who was told of it since."""

    stand: Stand
    days: int  # how many it is late
    owner: Account | None
    alerts: tuple[Alert, ...]

    @property
    def task(self) -> Task:
        return self.stand.task


@dataclass(frozen=True, slots=True)
class LatePlace:
    place: Place
    tasks: tuple[LateTask, ...]  # the longest first

    @property
    def longest(self) -> int:
        return self.tasks[0].days


def plan_stands(plan: Plan, *, today: dt.date) -> list[Stand]:
    """Every task of a plan at each bearer, but reports that are duties. What the plan's unit calls done, of its own, is late nowhere."""
    duties = list(plan.duties.all())
    tasks = [task for task in plan.tasks.select_related("plan__unit") if not is_report(task, duties)]
    days = schedules(tasks)
    bearers: dict[int, list[Place]] = bearers_by_task(tasks, on=today)
    with_unit = {task.pk: _and_unit(bearers[task.pk], plan.unit) for task in tasks if task.borne_by == "plan_unit"}
    found = stands(tasks, {**bearers, **with_unit}, today=today, days=days)
    kept: list[Stand] = []
    for task in tasks:
        here = found[task.pk]
        if task.pk in with_unit:
            of_unit = next(one for one in here if one.place == plan.unit)
            if of_unit.state.is_done:
                continue
            here = [one for one in here if one.place in bearers[task.pk]]
        kept += here
    return kept


def _and_unit(bearers: list[Place], unit: Unit) -> list[Place]:
    return bearers if unit in bearers else [*bearers, unit]


def late_by_place(place: Place, *, today: dt.date) -> list[LatePlace]:
    """Late tasks of a unit and of all in it; of an organisation, its own and what it directs. The place with the longest first."""
    late: list[Stand] = []
    for plan in plans_touching(home_of(place)).order_by("-period_start", "key"):
        for one in plan_stands(plan, today=today):
            if one.is_late(today) and _concerns(one, place):
                late.append(one)
    owners = _owners(late)
    trail = _trail(late)
    by_place: dict[PlaceKey, list[LateTask]] = {}
    for one in late:
        key = place_pk(one.place)
        told = tuple(trail.get((one.task.pk, *key, one.day), ()))
        row = LateTask(one, -(one.days_left(today) or 0), owners.get((one.task.pk, *key)), told)
        by_place.setdefault(key, []).append(row)
    found = [
        LatePlace(rows[0].stand.place, tuple(sorted(rows, key=lambda row: (-row.days, row.task.pk))))
        for rows in by_place.values()
    ]
    return sorted(found, key=lambda one: (-one.longest, -len(one.tasks), one.place.name))


def _concerns(one: Stand, place: Place) -> bool:
    if isinstance(place, Unit):
        return is_within(one.place, place)
    return one.place == place or directs_bearer(one.task, place, one.place) or is_directing_body(one.task, place)


def _owners(late: Iterable[Stand]) -> dict[tuple[int, int | None, int | None], Account]:
    rows = TaskOwner.objects.filter(task__in={one.task.pk for one in late}).select_related("account")
    return {(row.task_id, row.unit_id, row.org_id): row.account for row in rows}


def _trail(late: Iterable[Stand]) -> dict[tuple[int, int | None, int | None, dt.date], list[Alert]]:
    found: dict[tuple[int, int | None, int | None, dt.date], list[Alert]] = {}
    for row in Alert.objects.filter(task__in={one.task.pk for one in late}, stage__gt=0).order_by("stage"):
        found.setdefault((row.task_id, row.unit_id, row.org_id, row.due), []).append(row)
    return found


def alerts_at(task: Task, place: Place) -> list[Alert]:
    """Who was reminded or told of a task at a bearer, the newest first."""
    return list(Alert.objects.filter(task=task, **place_fields(place)).order_by("-on", "-stage"))


def is_alert_day_over(day: dt.date) -> bool:
    """Did all reminders of this business day go out?"""
    return AlertDay.objects.filter(day=day).exists()
