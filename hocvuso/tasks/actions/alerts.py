"""Reminders before a task is due, and who hears of it when it is late. Repeating any of it tells nobody twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hocvuso.audit.actions import record_act
from hocvuso.lib import clock
from hocvuso.messages.actions import give_notice
from hocvuso.people.models import Account, RoleKind
from hocvuso.people.queries import holders_of, holders_of_role
from hocvuso.people.rules import Right
from hocvuso.places.models import Organisation, Place, place_fields
from hocvuso.plans.models import Plan, Task
from hocvuso.plans.queries import named_leads
from hocvuso.tasks.actions.progress import KIND, page_of, short
from hocvuso.tasks.models import Alert, AlertDay, Step, TaskOwner
from hocvuso.tasks.queries import place_pk, task_rules
from hocvuso.tasks.queries.late import plan_stands
from hocvuso.tasks.queries.stands import PlaceKey, Stand
from hocvuso.tasks.queries.steps import StepHere, as_steps
from hocvuso.tasks.rules import Tell, stages_due

PROGRAM = ":tasks"
NAMED = 12  # places that a notice names; more are counted


@dataclass
class _Desk:
    """Who is where, asked once for a whole run over a plan."""

    plan: Plan
    today: dt.date
    officers: dict[PlaceKey, list[Account]]
    owners: dict[tuple[int, PlaceKey], Account] = field(default_factory=dict)
    steering: list[Account] = field(default_factory=list)
    known: dict[tuple[str, ...], list[Organisation]] = field(default_factory=dict)

    def named(self, *names: str) -> list[Organisation]:
        if names not in self.known:
            self.known[names] = named_leads(self.plan, [name for name in names if name], on=self.today)
        return self.known[names]

    def told(self, stand: Stand, stage: int) -> list[Account]:
        match task_rules().tell(stage):
            case Tell.LEAD:
                return self.lead(stand.task, stand.place)
            case Tell.STEERING:
                return self.above(stand.task, stand.place)
        return self.at(stand, late=stage > 0)

    def at(self, stand: Stand, *, late: bool) -> list[Account]:
        """Who answers for the task here, when it is late the officers, too; where nobody answers, the officers."""
        officers = self.officers.get(place_pk(stand.place), [])
        owner = self.owners.get((stand.task.pk, place_pk(stand.place)))
        if owner is None or owner not in officers:
            return officers
        return [owner, *(one for one in officers if one != owner)] if late else [owner]

    def lead(self, task: Task, bearer: Place) -> list[Account]:
        leads = self.named(*task.leads, self.plan.lead_agency)
        return _distinct(one for org in leads if org != bearer for one in self.officers.get(place_pk(org), []))

    def above(self, task: Task, bearer: Place) -> list[Account]:
        """The directing body where it is an office here, the steering committee, the standing officers of the plan's unit."""
        directing = self.named(task.directing_body)
        of_body = [one for org in directing if org != bearer for one in self.officers.get(place_pk(org), [])]
        of_unit = self.officers.get(place_pk(self.plan.unit), []) if bearer != self.plan.unit else []
        return _distinct([*of_body, *self.steering, *of_unit])


def _distinct(accounts: Iterable[Account]) -> list[Account]:
    return list({account.pk: account for account in accounts}.values())


@transaction.atomic
def raise_alerts(plan: Plan, *, today: dt.date) -> int:
    """Remind and tell for all tasks of a plan; how many notices were new. A stage is raised once for a task, its day and a bearer.

    The place hears of its own task; those above hear once of each task, with the places that are late named together.
    """
    pending = _pending(plan, today)
    if not pending:
        return 0
    desk = _desk(plan, {stand.task.pk for stand, _new in pending}, today)
    told, rows = 0, []
    together: dict[tuple[int, int], list[tuple[Stand, list[Account]]]] = {}
    for stand, new in pending:
        here = [stage for stage in new if task_rules().tell(stage) is Tell.PLACE]
        told += _tell_place(desk, stand, max(here)) if here else 0
        for stage in new:
            accounts = desk.told(stand, stage)
            if stage not in here:
                together.setdefault((stand.task.pk, stage), []).append((stand, accounts))
            if accounts:  # else it is raised again tomorrow: somebody may have come by then
                rows.append(_alert(stand, stage, len(accounts), today))
    for (_task, stage), late in together.items():
        told += _tell_above(stage, late, today)
    if rows:
        Alert.objects.bulk_create(rows)
        record_act("raise_alerts", by=PROGRAM, object_type="plan", object_id=plan.key, fields=[str(len(rows))])
    return told


def _pending(plan: Plan, today: dt.date) -> list[tuple[Stand, tuple[int, ...]]]:
    """Open tasks at their bearers, with the stages that should have been raised by now and were not."""
    raised = set(Alert.objects.filter(task__plan=plan).values_list("task_id", "unit_id", "org_id", "due", "stage"))
    found = []
    for stand in plan_stands(plan, today=today):
        left = stand.days_left(today)
        if left is None or stand.state.is_done:
            continue
        key = (stand.task.pk, *place_pk(stand.place), stand.day)
        new = tuple(stage for stage in stages_due(left, task_rules(), gap=stand.gap) if (*key, stage) not in raised)
        if new:
            found.append((stand, new))
    return found


def _alert(stand: Stand, stage: int, told: int, today: dt.date) -> Alert:
    return Alert(
        task=stand.task, due=stand.day, stage=stage, told=told, on=today, recorded_at=clock.real_now(),
        **place_fields(stand.place),
    )  # fmt: skip


def _desk(plan: Plan, tasks: set[int], today: dt.date) -> _Desk:
    desk = _Desk(plan, today, holders_of(Right.TASKS, on=today))
    for row in TaskOwner.objects.filter(task__in=tasks).select_related("account"):
        desk.owners[row.task_id, (row.unit_id, row.org_id)] = row.account
    desk.steering = holders_of_role(RoleKind.STEERING, plan.unit, on=today)
    return desk


def _tell_place(desk: _Desk, stand: Stand, stage: int) -> int:
    left = (stand.day - desk.today).days
    words = {"task": stand.task.title, "day": f"{stand.day:%d/%m/%Y}", "n": abs(left)}
    if left < 0:
        subject = ngettext("Quá hạn %(n)s ngày: %(task)s", "Quá hạn %(n)s ngày: %(task)s", -left) % words
    elif left == 0:
        subject = _("Hạn hôm nay: %(task)s") % words
    else:
        subject = ngettext("Còn %(n)s ngày: %(task)s", "Còn %(n)s ngày: %(task)s", left) % words
    return give_notice(
        desk.told(stand, stage),
        kind=KIND,
        subject=short(subject),
        body=_("%(place)s. Hạn: %(day)s.") % {**words, "place": stand.place},
        page=page_of(stand.task, stand.place, stand.day if stand.occurrence and stand.occurrence.name else None),
        key=f"task:{stand.task.pk}:{_key(stand.place)}:{stand.day.isoformat()}:{stage}",
        by=PROGRAM,
        today=desk.today,
    )


def _tell_above(stage: int, late: list[tuple[Stand, list[Account]]], today: dt.date) -> int:
    """Each account hears of the places that concern it, in one notice."""
    of_account: dict[int, tuple[Account, list[Place]]] = {}
    for stand, accounts in late:
        for account in accounts:
            of_account.setdefault(account.pk, (account, []))[1].append(stand.place)
    task, due, told = late[0][0].task, late[0][0].day, 0
    for account, places in of_account.values():
        days = (today - due).days
        names = ", ".join(str(place) for place in places[:NAMED])
        more = len(places) - NAMED
        if more > 0:
            names = _("%(names)s, cùng %(n)s nơi khác") % {"names": names, "n": more}
        told += give_notice(
            [account],
            kind=KIND,
            subject=short(
                ngettext("Quá hạn %(n)s ngày: %(task)s", "Quá hạn %(n)s ngày: %(task)s", days)
                % {"n": days, "task": task.title}
            ),
            body=_("Chưa xong: %(names)s.") % {"names": names},
            page="/dieu-hanh/nhiem-vu/qua-han/",
            key=f"task-late:{task.pk}:{due.isoformat()}:{stage}",
            by=PROGRAM,
            today=today,
        )
    return told


def _key(place: Place) -> str:
    unit, org = place_pk(place)
    return f"u{unit}" if unit else f"o{org}"


@transaction.atomic
def remind_of_steps(*, today: dt.date) -> int:
    """Steps of which somebody is reminded, or that are late since yesterday; how many notices were new."""
    most = max(task_rules().reminders)
    near = Step.objects.filter(withdrawn_on=None, due__lte=today + dt.timedelta(days=most))
    near = near.select_related("task__plan", "unit", "org", "account", "for_org")
    officers, told = holders_of(Right.TASKS, on=today), 0
    for one in as_steps(near, today=today):
        if one.state.is_done or one.days_left is None:
            continue
        stages = [stage for stage in stages_due(one.days_left, task_rules()) if task_rules().tell(stage) is Tell.PLACE]
        if stages:
            told += _tell_step(one, max(stages), officers, today)
    return told


def _tell_step(one: StepHere, stage: int, officers: dict[PlaceKey, list[Account]], today: dt.date) -> int:
    step, left = one.step, one.days_left or 0
    working = officers.get(place_pk(step.place), [])
    told = [step.account] if step.account in working and step.account else working
    if step.for_org and (inside := officers.get(place_pk(step.for_org))):
        told = inside
    words = {"n": abs(left), "title": step.title}
    late = ngettext("Bước quá hạn %(n)s ngày: %(title)s", "Bước quá hạn %(n)s ngày: %(title)s", abs(left))
    soon = ngettext("Bước còn %(n)s ngày: %(title)s", "Bước còn %(n)s ngày: %(title)s", abs(left))
    return give_notice(
        told,
        kind=KIND,
        subject=short((late if left < 0 else soon) % words),
        body=f"{step.place}: {step.task.title}",
        page=f"/dieu-hanh/nhiem-vu/buoc/{step.pk}/",
        key=f"step:{step.pk}:{step.due}:{stage}",
        by=PROGRAM,
        today=today,
    )


@transaction.atomic
def tell_unanswered(*, today: dt.date) -> int:
    """Tell a place's officers of tasks whose answerable person holds no role there any more; how many notices were new."""
    officers, told = holders_of(Right.TASKS, on=today), 0
    left: dict[tuple[PlaceKey, int], list[TaskOwner]] = {}
    for row in TaskOwner.objects.select_related("account", "unit", "org").order_by("pk"):
        key = (row.unit_id, row.org_id)
        if row.account not in officers.get(key, []):
            left.setdefault((key, row.account_id), []).append(row)
    for (key, _account), rows in left.items():
        words = {"n": len(rows), "name": rows[0].account.full_name}
        said = ngettext(
            "%(name)s đã thôi nhiệm vụ: %(n)s nhiệm vụ chưa có người phụ trách",
            "%(name)s đã thôi nhiệm vụ: %(n)s nhiệm vụ chưa có người phụ trách",
            len(rows),
        )
        told += give_notice(
            officers.get(key, []),
            kind=KIND,
            subject=short(said % words),
            body=str(rows[0].place),
            page="/dieu-hanh/nhiem-vu/ban-giao/",
            key=f"task-owner-left:{_key(rows[0].place)}:{rows[0].account_id}:{rows[-1].pk}",
            by=PROGRAM,
            today=today,
        )
    return told


@transaction.atomic
def close_alert_day(*, today: dt.date) -> None:
    """All of today's reminders went out."""
    AlertDay.objects.get_or_create(day=today, defaults={"recorded_at": clock.real_now()})
