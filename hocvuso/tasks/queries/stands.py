"""Where each bearer of a task stands: from the rows people wrote and the days the plan gives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.conf import settings

from hocvuso.lib.periods import Span
from hocvuso.lib.yamlfile import read_yaml
from hocvuso.places.models import Organisation, Place, Unit
from hocvuso.plans.models import Task
from hocvuso.tasks.models import Occasion, TaskProgress
from hocvuso.tasks.rules import TaskRules, TaskState, parse_task_rules
from hocvuso.tasks.schedule import Occurrence, Promise, Schedule, schedule_of

PlaceKey = tuple[int | None, int | None]  # the columns unit, org


@cache
def task_rules() -> TaskRules:
    return parse_task_rules(read_yaml(settings.DATA_DIR / "tasks.yaml"))


def place_pk(place: Place) -> PlaceKey:
    return (place.pk, None) if isinstance(place, Unit) else (None, place.pk)


def schedules(tasks: Iterable[Task]) -> dict[int, Schedule]:
    """The days of each task, by its key."""
    tasks = list(tasks)
    waiting = [task.pk for task in tasks if task.relative]
    come = (
        dict(Occasion.objects.filter(task__in=waiting).order_by("pk").values_list("task_id", "due")) if waiting else {}
    )
    return {task.pk: schedule_of(_promise(task), period=_period(task), event_due=come.get(task.pk)) for task in tasks}


def schedule_for(task: Task) -> Schedule:
    return schedules([task])[task.pk]


def _promise(task: Task) -> Promise:
    return Promise(task.due, task.due_before, task.start, task.recurring, task.relative, task.due_text)


def _period(task: Task) -> Span:
    return Span(task.plan.period_start, task.plan.period_end)


@dataclass(frozen=True, slots=True)
class Record:
    """What one bearer said of one task: the newest row of each of its days (of the whole, where it has just one)."""

    schedule: Schedule
    newest: Mapping[dt.date | None, TaskProgress]

    def row(self, occurrence: Occurrence | None) -> TaskProgress | None:
        return self.newest.get(occurrence.day if occurrence and self.schedule.repeats else None)

    def state(self, occurrence: Occurrence | None) -> TaskState:
        """A continuous task of which something was said before is under way, though nothing was said of this period yet."""
        if row := self.row(occurrence):
            return TaskState(row.state)
        return TaskState.UNDER_WAY if self.schedule.continuous and self.newest else TaskState.NOT_STARTED

    def current(self, today: dt.date) -> Occurrence | None:
        done = [day for day, row in self.newest.items() if day and TaskState(row.state).is_done]
        return self.schedule.current(today, done=done)


@dataclass(frozen=True, slots=True)
class Stand:
    """A task at one of its bearers, on the day it is to be done next."""

    task: Task
    place: Place
    occurrence: Occurrence | None
    state: TaskState
    progress: TaskProgress | None
    gap: int | None

    @property
    def day(self) -> dt.date:
        """For tasks that have one: it is asked for where something is late or due."""
        assert self.occurrence is not None
        return self.occurrence.day

    def days_left(self, today: dt.date) -> int | None:
        """`None`: no day, or one that is only ours."""
        return (self.occurrence.day - today).days if self.occurrence and self.occurrence.printed else None

    def is_late(self, today: dt.date) -> bool:
        left = self.days_left(today)
        return not self.state.is_done and left is not None and left < 0


def records(
    tasks: Sequence[Task], days: Mapping[int, Schedule], *, today: dt.date, place: Place | None = None
) -> dict[int, dict[PlaceKey, Record]]:
    """All that was said of the tasks up to a day, by task and bearer; of one bearer only, if one is named."""
    rows = TaskProgress.objects.filter(task__in=tasks, on__lte=today).order_by("pk")
    if place is not None:
        rows = rows.filter(**dict(zip(("unit_id", "org_id"), place_pk(place), strict=True)))
    newest: dict[int, dict[PlaceKey, dict[dt.date | None, TaskProgress]]] = {}
    for row in rows.select_related("attachment"):
        said = newest.setdefault(row.task_id, {}).setdefault((row.unit_id, row.org_id), {})
        said[_day_of(row, days[row.task_id])] = row
    return {pk: {key: Record(days[pk], said) for key, said in places.items()} for pk, places in newest.items()}


def _day_of(row: TaskProgress, schedule: Schedule) -> dt.date | None:
    """Which of the task's days a row is about. One without a day, of a task that comes again, is about the next one when it was said."""
    if not schedule.repeats:
        return None
    if row.occurrence and schedule.on(row.occurrence):
        return row.occurrence
    said = row.occurrence or row.on
    return next((one.day for one in schedule.occurrences if one.day >= said), schedule.occurrences[-1].day)


def stands(
    tasks: Sequence[Task], bearers: Mapping[int, Sequence[Place]], *, today: dt.date, days: Mapping[int, Schedule]
) -> dict[int, list[Stand]]:
    """Each task at each of its bearers, by the task's key."""
    said = records(tasks, days, today=today)
    found: dict[int, list[Stand]] = {}
    for task in tasks:
        nothing = Record(days[task.pk], {})
        of_task = said.get(task.pk, {})
        found[task.pk] = [
            stand(task, place, of_task.get(place_pk(place), nothing), today) for place in bearers[task.pk]
        ]
    return found


def stand(task: Task, place: Place, record: Record, today: dt.date) -> Stand:
    now = record.current(today)
    return Stand(task, place, now, record.state(now), record.row(now), now.gap if now else None)


def stand_at(task: Task, place: Place, *, today: dt.date, day: dt.date | None = None) -> Stand | None:
    """A task at one bearer, next or on one of its days; `None`: it comes again, and not on that day."""
    days = schedules([task])
    of_task = records([task], days, today=today, place=place).get(task.pk, {})
    record = of_task.get(place_pk(place), Record(days[task.pk], {}))
    if day is None or not record.schedule.repeats:
        return stand(task, place, record, today)
    asked = record.schedule.on(day)
    return Stand(task, place, asked, record.state(asked), record.row(asked), asked.gap) if asked else None


def home_of(place: Place) -> Unit:
    return place if isinstance(place, Unit) else place.of


def is_within(place: Place, unit: Unit) -> bool:
    """Does a bearer lie in the unit, or is it the unit?"""
    return unit.contains(place.of if isinstance(place, Organisation) else place)
