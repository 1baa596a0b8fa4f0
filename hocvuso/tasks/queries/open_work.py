"""What of somebody's work at a place is still open: one answer for the list of who may hand over, for the action, for the notice."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from hocvuso.people.models import Account
from hocvuso.places.models import Place, place_fields
from hocvuso.plans.models import Task
from hocvuso.plans.queries import directs, has_part_in
from hocvuso.tasks.models import Step, TaskOwner
from hocvuso.tasks.queries.here import seen_at
from hocvuso.tasks.queries.steps import as_steps


@dataclass(frozen=True, slots=True)
class OpenWork:
    """Tasks that somebody answers for and steps named for them, not done yet. A task that comes again stays open: its next day comes."""

    tasks: list[Task] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)


def open_work_of(account: Account, place: Place, *, today: dt.date) -> OpenWork:
    return _open_work(place, today, account).get(account, OpenWork())


def givers_at(place: Place, *, today: dt.date) -> list[tuple[Account, OpenWork]]:
    """Who has open work at a place, those who have left among them, by name."""
    return sorted(_open_work(place, today).items(), key=lambda found: found[0].full_name)


def _open_work(place: Place, today: dt.date, account: Account | None = None) -> dict[Account, OpenWork]:
    owned = TaskOwner.objects.filter(**place_fields(place)).select_related("account", "task__plan__unit")
    steps = Step.objects.filter(account__isnull=False, withdrawn_on=None, **place_fields(place))
    if account is not None:
        owned, steps = owned.filter(account=account), steps.filter(account=account)
    tasks = {row.task: row.account for row in owned.order_by("task")}
    concerned = [task for task in tasks if has_part_in(task, place) or directs(task, place)]
    found: dict[Account, OpenWork] = {}
    for here in seen_at(concerned, place, today=today):
        if not here.is_done or here.schedule.repeats:
            found.setdefault(tasks[here.task], OpenWork()).tasks.append(here.task)
    for one in as_steps(steps.select_related("account"), today=today):
        assert one.step.account is not None
        if not one.state.is_done:
            found.setdefault(one.step.account, OpenWork()).steps.append(one.step)
    return found
