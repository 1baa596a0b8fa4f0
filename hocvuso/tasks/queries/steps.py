"""Steps: the parts a bearer breaks its task into."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from hocvuso.people.models import Account
from hocvuso.people.queries import roles_of, visible_organisations, visible_units
from hocvuso.people.rules import Right, roles_with
from hocvuso.places.models import Place, place_fields
from hocvuso.plans.models import Task
from hocvuso.tasks.models import Step, StepProgress
from hocvuso.tasks.rules import TaskState


@dataclass(frozen=True, slots=True)
class StepHere:
    """A step with what was said of it last. `answers`: the account or the place inside that does; empty: whoever answers for the task."""

    step: Step
    state: TaskState
    progress: StepProgress | None
    days_left: int | None
    after_task: bool  # it is due later than its task

    @property
    def answers(self) -> str:
        return str(self.step.account or self.step.inside or "")

    @property
    def is_late(self) -> bool:
        return not self.state.is_done and self.days_left is not None and self.days_left < 0


def as_steps(steps: Iterable[Step], *, today: dt.date, task_day: dt.date | None = None) -> list[StepHere]:
    steps = list(steps)
    newest: dict[int, StepProgress] = {}
    for row in StepProgress.objects.filter(step__in=steps, on__lte=today).select_related("attachment").order_by("pk"):
        newest[row.step_id] = row
    return [
        StepHere(
            step=step,
            state=TaskState(newest[step.pk].state) if step.pk in newest else TaskState.NOT_STARTED,
            progress=newest.get(step.pk),
            days_left=(step.due - today).days if step.due else None,
            after_task=bool(step.due and task_day and step.due > task_day),
        )
        for step in steps
    ]


def open_steps(*, today: dt.date, due_by: dt.date | None = None) -> QuerySet[Step]:
    """Steps that are still to be done, of all places; due by a day, if one is named. What is done is left out by the database."""
    said = StepProgress.objects.filter(step=OuterRef("pk"), on__lte=today).order_by("-pk").values("state")[:1]
    done = [state.value for state in TaskState if state.is_done]
    found = Step.objects.filter(withdrawn_on=None).annotate(said=Coalesce(Subquery(said), Value("")))
    found = found.exclude(said__in=done)
    return found.filter(due__lte=due_by) if due_by else found


def step_here(step: Step, *, today: dt.date) -> StepHere:
    return as_steps([step], today=today)[0]


def steps_here(
    task: Task, place: Place, *, today: dt.date, day: dt.date | None, task_day: dt.date | None
) -> list[StepHere]:
    """The steps of a task at its bearer, for one of its days (`day`, empty where it has just one); `task_day` is when the task is due."""
    found = Step.objects.filter(task=task, occurrence=day, withdrawn_on=None, **place_fields(place))
    return as_steps(found.select_related("account", "for_unit", "for_org"), today=today, task_day=task_day)


def visible_steps(account: Account, *, today: dt.date) -> QuerySet[Step]:
    """Steps that the account may see: of the places it may see tasks of and of those in them; handed to it, or to its own office."""
    held = roles_of(account, on=today).filter(kind__in=roles_with(Right.TASKS))
    units = visible_units(account, on=today, line_above=False)
    orgs = visible_organisations(account, on=today)
    own = Q(account=account) | Q(for_org__in=held.filter(org__isnull=False).values("org"))
    near = Q(unit__in=units) | Q(org__in=orgs)
    if not held.exists():
        own = Q(pk__in=[])
    found = Step.objects.filter(own | near, withdrawn_on=None)
    return found.select_related("task__plan__unit", "unit", "org__of", "account", "for_unit", "for_org")


def reports_step(account: Account, step: Step, *, today: dt.date) -> bool:
    """May the account say how far the step is? Officers of the bearer, and of the organisation it was handed to."""
    held = roles_of(account, on=today).filter(kind__in=roles_with(Right.TASKS))
    return any(role.unit_id == step.unit_id and role.org_id == step.org_id for role in held) or any(
        role.org_id is not None and role.org_id == step.for_org_id for role in held
    )


def step_history(step: Step) -> QuerySet[StepProgress]:
    return StepProgress.objects.filter(step=step).select_related("attachment").order_by("-pk")
