"""What one account answers for, and what falls on which day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from hocvuso.lib.periods import DAY, Span
from hocvuso.people.models import Account
from hocvuso.people.queries import roles_of
from hocvuso.people.rules import Right, roles_with
from hocvuso.places.models import Organisation, Place, Unit, place_fields
from hocvuso.plans.queries import plans_touching
from hocvuso.tasks.models import Step, TaskOwner
from hocvuso.tasks.queries.here import TaskHere, tasks_here
from hocvuso.tasks.queries.stands import home_of
from hocvuso.tasks.queries.steps import StepHere, as_steps
from hocvuso.tasks.rules import TaskState


@dataclass(frozen=True, slots=True)
class MyTask:
    place: Place
    here: TaskHere


@dataclass(frozen=True, slots=True)
class MyWeek:
    """What an account has to do by Sunday, what is late, what comes in the next weeks, and what nobody at its places answers for."""

    week: Span
    late: tuple[MyTask, ...]
    due: tuple[MyTask, ...]
    returned: tuple[MyTask, ...]
    later: tuple[MyTask, ...]
    steps: tuple[StepHere, ...]  # open ones due by Sunday, or late, or without a day
    unanswered: tuple[MyTask, ...]


AHEAD = 28  # days of "later": four weeks are what one can still arrange


def my_week(account: Account, *, today: dt.date) -> MyWeek:
    monday = today - DAY * (today.isoweekday() - 1)
    week = Span(monday, monday + DAY * 6)
    left_in_week = (week.last - today).days
    open_here = [
        MyTask(place, here)
        for place in working_places(account, today=today)
        for here in _tasks_at(place, today=today)
        if here.leads_here and not here.is_done and not here.is_report
    ]
    mine = sorted((one for one in open_here if one.here.owner == account), key=_by_day)
    dated = [(one, one.here.days_left) for one in mine]
    soon = [
        one
        for one in open_here
        if one.here.owner is None and (left := one.here.days_left) is not None and left <= AHEAD
    ]
    return MyWeek(
        week=week,
        late=tuple(one for one, left in dated if left is not None and left < 0),
        due=tuple(one for one, left in dated if left is not None and 0 <= left <= left_in_week),
        returned=tuple(one for one in mine if one.here.state is TaskState.RETURNED and not one.here.is_late),
        later=tuple(one for one, left in dated if left is not None and left_in_week < left <= AHEAD),
        steps=tuple(
            one for one in my_steps(account, today=today) if one.days_left is None or one.days_left <= left_in_week
        ),
        unanswered=tuple(sorted(soon, key=_by_day)),
    )


def _by_day(one: MyTask) -> tuple[bool, int, int]:
    left = one.here.days_left
    return (left is None, left or 0, one.here.task.pk)


def working_places(account: Account, *, today: dt.date) -> list[Place]:
    """Where the account works on tasks, in the order its roles were given."""
    held = roles_of(account, on=today).filter(kind__in=roles_with(Right.TASKS))
    found: list[Place] = []
    for role in held:
        place: Unit | Organisation | None = role.unit or role.org
        if place is not None and place not in found:
            found.append(place)
    return found


def _tasks_at(place: Place, *, today: dt.date) -> list[TaskHere]:
    plans = plans_touching(home_of(place)).order_by("-period_start", "key")
    return [here for plan in plans for here in tasks_here(plan, place, today=today)]


def my_steps(account: Account, *, today: dt.date) -> list[StepHere]:
    """Open steps that fall to the account: named for it, handed to its office, or of a task it answers for and named for nobody."""
    places = working_places(account, today=today)
    orgs = [place for place in places if isinstance(place, Organisation)]
    steps = Step.objects.filter(withdrawn_on=None).select_related(
        "task__plan__unit", "unit", "org", "account", "for_unit", "for_org"
    )
    own = list(steps.filter(account=account)) + list(steps.filter(for_org__in=orgs))
    answered = set(TaskOwner.objects.filter(account=account).values_list("task", "unit", "org"))
    owned = steps.filter(account=None, for_org=None, task__in={task for task, _unit, _org in answered})
    own += [step for step in owned if (step.task_id, step.unit_id, step.org_id) in answered]
    here = [step for step in own if step.account_id or step.for_org_id or step.place in places]
    open_steps = [one for one in as_steps(here, today=today) if not one.state.is_done]
    return sorted(open_steps, key=lambda one: (one.step.due is None, one.step.due or today, one.step.pk))


@dataclass(frozen=True, slots=True)
class DueDay:
    """Something that falls on a day. `address` is a page of the office; `name` says which time, of a task that comes again."""

    day: dt.date
    title: str
    place: Place
    address: str
    name: str = ""
    done: bool = False
    late: bool = False
    printed: bool = True
    is_step: bool = False


def days_between(heres: Iterable[TaskHere], place: Place, *, span: Span) -> list[DueDay]:
    """All days of some tasks of a place that lie in the span, whether done or not."""
    found = []
    for here in heres:
        if here.is_report:
            continue
        for one in here.schedule.occurrences:
            if one.day in span:
                found.append(
                    DueDay(
                        one.day, here.task.title, place, task_address(here, place, one.day), name=one.name,
                        done=here.record.state(one).is_done or (not here.schedule.repeats and here.is_done), printed=one.printed,
                        late=here.is_late and one == here.occurrence,
                    )
                )  # fmt: skip
    return sorted(found, key=lambda one: (one.day, one.title))


def step_days(place: Place, *, span: Span, today: dt.date) -> list[DueDay]:
    """The steps of a place's tasks that are due in the span."""
    steps = Step.objects.filter(due__range=(span.first, span.last), withdrawn_on=None, **place_fields(place))
    return [_step_day(one) for one in as_steps(steps, today=today)]


def _step_day(one: StepHere) -> DueDay:
    assert one.step.due is not None
    address = f"/dieu-hanh/nhiem-vu/buoc/{one.step.pk}/"
    return DueDay(
        one.step.due, one.step.title, one.step.place, address, done=one.state.is_done, late=one.is_late, is_step=True
    )


def task_address(here: TaskHere, place: Place, day: dt.date | None = None) -> str:
    """The task's page at a place, in the office."""
    place_key = place.code if isinstance(place, Unit) else f"o:{place.code}"
    asked = f"&ky={day.isoformat()}" if day and here.schedule.repeats else ""
    return f"/dieu-hanh/nhiem-vu/{here.task.plan.key}/{here.task.key}/?noi={place_key}{asked}"


def due_days_of(account: Account, *, today: dt.date, span: Span) -> list[DueDay]:
    """Every day in the span by which the account has to have something done: tasks it answers for, steps that fall to it.

    For calendars and digests; days that are only ours (of “thường xuyên”) come along with `printed=False`.
    """
    found: list[DueDay] = []
    for place in working_places(account, today=today):
        mine = [here for here in _tasks_at(place, today=today) if here.owner == account and here.leads_here]
        found += days_between(mine, place, span=span)
    for one in my_steps(account, today=today):
        if one.step.due and one.step.due in span:
            found.append(_step_day(one))
    return sorted(found, key=lambda one: (one.day, one.title))
