"""Reminders before a task is due, and who hears of it when it is late. Repeating any of it tells nobody twice."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hocvuso.audit.actions import record_act
from hocvuso.lib import clock
from hocvuso.messages.models import Notice
from hocvuso.people.models import Account, RoleKind
from hocvuso.people.queries import holders_of, holders_of_role
from hocvuso.people.rules import Right
from hocvuso.places.models import Organisation, Place, place_fields
from hocvuso.plans.models import Plan, Task
from hocvuso.plans.queries import named_leads
from hocvuso.tasks.actions.owners import work_words
from hocvuso.tasks.actions.progress import page_of, tell
from hocvuso.tasks.models import Alert, AlertDay, Step, TaskOwner
from hocvuso.tasks.queries import open_work_of, place_pk, task_rules
from hocvuso.tasks.queries.late import plan_stands
from hocvuso.tasks.queries.stands import PlaceKey, Stand
from hocvuso.tasks.queries.steps import open_steps
from hocvuso.tasks.rules import Tell, stages_due

PROGRAM = ":tasks"
AT_ONCE = 500  # keys looked up together
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
    return tell(
        desk.told(stand, stage),
        subject=subject,
        body=_("%(place)s. Hạn: %(day)s.") % {**words, "place": stand.place},
        page=page_of(stand.task, stand.place, stand.day if stand.occurrence and stand.occurrence.name else None),
        key=f"task:{stand.task.pk}:{_key(stand.place)}:{stand.day.isoformat()}:{stage}",
        by=PROGRAM,
        today=desk.today,
    )


def _tell_above(stage: int, late: list[tuple[Stand, list[Account]]], today: dt.date) -> int:
    """Each account hears of the places that concern it, in one notice; of a place that is late after others (sent back), in another."""
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
        told += tell(
            [account],
            subject=ngettext("Quá hạn %(n)s ngày: %(task)s", "Quá hạn %(n)s ngày: %(task)s", days)
            % {"n": days, "task": task.title},
            body=_("Chưa xong: %(names)s.") % {"names": names},
            page="/dieu-hanh/nhiem-vu/qua-han/",
            key=f"task-late:{task.pk}:{due.isoformat()}:{stage}:{_mark(places)}",
            by=PROGRAM,
            today=today,
        )
    return told


def _key(place: Place) -> str:
    unit, org = place_pk(place)
    return f"u{unit}" if unit else f"o{org}"


def _mark(places: Iterable[Place]) -> str:
    """Sixteen signs that stand for these very places: their names would be too long for a key."""
    return hashlib.sha256(" ".join(sorted(map(_key, places))).encode()).hexdigest()[:16]


@transaction.atomic
def remind_of_steps(*, today: dt.date) -> int:
    """Steps of which somebody is reminded, or that are late since yesterday; how many notices were new."""
    rules = task_rules()
    near = open_steps(due_by=today + dt.timedelta(days=max(rules.reminders)), today=today)
    pending: dict[str, Step] = {}
    for step in near.select_related("task__plan", "unit", "org", "account", "for_org"):
        assert step.due is not None
        stages = [one for one in stages_due((step.due - today).days, rules) if rules.tell(one) is Tell.PLACE]
        if stages:
            pending[f"step:{step.pk}:{step.due}:{max(stages)}"] = step
    known = _known(list(pending))
    officers = holders_of(Right.TASKS, on=today) if pending else {}
    return sum(_tell_step(step, key, known, officers, today) for key, step in pending.items())


def _known(keys: list[str]) -> set[tuple[str, int]]:
    """Who was told under these keys before: most were, so it is asked in few questions."""
    told: set[tuple[str, int]] = set()
    for start in range(0, len(keys), AT_ONCE):
        told |= set(Notice.objects.filter(key__in=keys[start : start + AT_ONCE]).values_list("key", "account"))
    return told


def _tell_step(
    step: Step, key: str, known: set[tuple[str, int]], officers: dict[PlaceKey, list[Account]], today: dt.date
) -> int:
    working = officers.get(place_pk(step.place), [])
    told = [step.account] if step.account in working and step.account else working
    if step.for_org and (inside := officers.get(place_pk(step.for_org))):
        told = inside
    told = [account for account in told if (key, account.pk) not in known]
    if not told or step.due is None:
        return 0
    left = (step.due - today).days
    words = {"n": abs(left), "title": step.title}
    late = ngettext("Bước quá hạn %(n)s ngày: %(title)s", "Bước quá hạn %(n)s ngày: %(title)s", abs(left))
    soon = ngettext("Bước còn %(n)s ngày: %(title)s", "Bước còn %(n)s ngày: %(title)s", abs(left))
    return tell(
        told,
        subject=(late if left < 0 else soon) % words,
        body=f"{step.place}: {step.task.title}",
        page=f"/dieu-hanh/nhiem-vu/buoc/{step.pk}/",
        key=key,
        by=PROGRAM,
        today=today,
    )


@transaction.atomic
def tell_unanswered(*, today: dt.date) -> int:
    """Tell a place's officers of open work of somebody who holds no role there any more; how many notices were new."""
    officers, told = holders_of(Right.TASKS, on=today), 0
    left: dict[tuple[PlaceKey, int], tuple[Account, Place]] = {}
    owners = TaskOwner.objects.select_related("account", "unit", "org").order_by("pk")
    steps = open_steps(today=today).filter(account__isnull=False).select_related("account", "unit", "org")
    held: list[TaskOwner | Step] = [*owners, *steps.order_by("pk")]
    for row in held:
        key, account = (row.unit_id, row.org_id), row.account
        if account and key in officers and account not in officers[key]:
            left[key, account.pk] = (account, row.place)
    for (key, _account), (account, place) in left.items():
        work = open_work_of(account, place, today=today)
        if not (work.tasks or work.steps):
            continue
        said = _("%(name)s đã thôi nhiệm vụ: %(what)s chưa có người phụ trách")
        words = {"name": account.full_name, "what": work_words(len(work.tasks), len(work.steps))}
        told += tell(
            officers[key],
            subject=said % words,
            body=str(place),
            page="/dieu-hanh/nhiem-vu/ban-giao/",
            key=f"task-owner-left:{_key(place)}:{account.pk}:{_newest_work(account, place)}",
            by=PROGRAM,
            today=today,
        )
    return told


def _newest_work(account: Account, place: Place) -> str:
    """The same while only less is left to do, which is no news; another when something was given since."""
    held = {"account": account, **place_fields(place)}
    task, step = (
        rows.filter(**held).order_by("-pk").values_list("pk", flat=True).first()
        for rows in (TaskOwner.objects, Step.objects)
    )
    return f"{task or ''}" + (f":b{step}" if step else "")


@transaction.atomic
def close_alert_day(*, today: dt.date) -> None:
    """Today's reminders went out, but for what was refused and logged."""
    AlertDay.objects.get_or_create(day=today, defaults={"recorded_at": clock.real_now()})
