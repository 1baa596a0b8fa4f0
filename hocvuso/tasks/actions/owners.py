from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from hocvuso.audit.actions import record_act
from hocvuso.lib import clock
from hocvuso.lib.errors import BadInput, Refused
from hocvuso.people.free_text import refuse_identity_numbers
from hocvuso.people.models import Account
from hocvuso.people.queries import accounts_with
from hocvuso.people.rules import Right
from hocvuso.places.models import Place, place_fields
from hocvuso.plans.models import Task
from hocvuso.plans.queries import is_borne_by
from hocvuso.tasks.actions.progress import name_of, page_of, tell
from hocvuso.tasks.models import Handover, Step, TaskOwner
from hocvuso.tasks.queries import open_work_of, task_here

MY_WEEK = "/dieu-hanh/nhiem-vu/tuan-cua-toi/"


@transaction.atomic
def appoint_owner(task: Task, *, place: Place, account: Account, by: str, today: dt.date) -> TaskOwner:
    """The one account answerable for the task at this bearer, where nobody is yet (or whoever was holds no role there any more)."""
    _demand_fit(task, place, account, today)
    _locked(task)
    here = task_here(task, place, today=today)
    if here.owner == account:
        return TaskOwner.objects.get(task=task, **place_fields(place))
    if here.owner:
        raise Refused(
            _("%(name)s đang chịu trách nhiệm nhiệm vụ này. Muốn đổi người, hãy bàn giao và ghi lý do.")
            % {"name": here.owner.full_name}
        )
    owner = _put(task, place, here.former_owner, account, reason="", by=by, today=today)
    _tell(account, [task], place, by=by, today=today)
    return owner


@transaction.atomic
def hand_over(task: Task, *, place: Place, account: Account, reason: str, by: str, today: dt.date) -> TaskOwner:
    """Somebody else answers for the task from today, for a reason; who did before stays to be seen."""
    _demand_fit(task, place, account, today)
    _demand_reason(reason)
    _locked(task)
    here = task_here(task, place, today=today)
    giver = here.owner or here.former_owner
    if giver is None:
        raise Refused(_("Nhiệm vụ chưa có người chịu trách nhiệm nên chưa có gì để bàn giao."))
    if giver == account:
        raise BadInput(_("%(name)s đang chịu trách nhiệm nhiệm vụ này rồi.") % {"name": account.full_name})
    owner = _put(task, place, giver, account, reason=reason, by=by, today=today)
    _tell(account, [task], place, by=by, today=today)
    return owner


@transaction.atomic
def hand_over_all(
    giver: Account, *, place: Place, account: Account, reason: str, by: str, today: dt.date
) -> tuple[int, int]:
    """All open tasks and steps of one person at a place go to another: how many of each. What is done stays with whoever did it."""
    if giver == account:
        raise BadInput(_("Hãy chọn người nhận khác người giao."))
    _demand_works(account, place, today)
    _demand_reason(reason)
    found = open_work_of(giver, place, today=today)
    tasks, steps = found.tasks, found.steps
    if not tasks and not steps:
        raise Refused(_("%(name)s không có việc nào đang làm ở đây.") % {"name": giver.full_name})
    for task in tasks:
        _put(task, place, giver, account, reason=reason, by=by, today=today)
    for step in steps:
        step.account = account
        step.save(update_fields=["account"])
        record_act("hand_over_all", by=by, object_type="step", object_id=step.pk, fields=["account"])
    _tell(account, tasks, place, steps=steps, by=by, today=today)
    return len(tasks), len(steps)


def _locked(task: Task) -> None:
    Task.objects.select_for_update().get(pk=task.pk)


def _demand_fit(task: Task, place: Place, account: Account, today: dt.date) -> None:
    if not is_borne_by(task, place):
        raise Refused(_("Nhiệm vụ này không giao cho %(place)s.") % {"place": place})
    _demand_works(account, place, today)


def _demand_works(account: Account, place: Place, today: dt.date) -> None:
    if not accounts_with(Right.TASKS, place, on=today).filter(pk=account.pk).exists():
        raise BadInput(
            _("%(name)s không có vai trò nhận nhiệm vụ ở %(place)s.") % {"name": account.full_name, "place": place}
        )


def _demand_reason(reason: str) -> None:
    if not reason.strip() or len(reason) > 300:
        raise BadInput(_("Hãy ghi lý do bàn giao, đến 300 ký tự."))
    refuse_identity_numbers(reason)


def _put(
    task: Task, place: Place, giver: Account | None, taker: Account, *, reason: str, by: str, today: dt.date
) -> TaskOwner:
    owner, _new = TaskOwner.objects.update_or_create(task=task, **place_fields(place), defaults={"account": taker})
    Handover.objects.create(
        task=task,
        giver=giver,
        taker=taker,
        reason=reason.strip(),
        on=today,
        by=by,
        recorded_at=clock.real_now(),
        **place_fields(place),
    )
    verb = "hand_over" if giver else "appoint_owner"
    record_act(verb, by=by, object_type="task", object_id=name_of(task), fields=["owner"])
    return owner


@override("vi")  # whoever reads it is not who writes it
def _tell(
    account: Account, tasks: list[Task], place: Place, *, steps: Sequence[Step] = (), by: str, today: dt.date
) -> None:
    if account.actor == by:
        return
    if len(tasks) == 1 and not steps:
        subject, page = _("Bạn chịu trách nhiệm: %(task)s") % {"task": tasks[0].title}, page_of(tasks[0], place)
    else:
        what = work_words(len(tasks), len(steps))
        subject, page = _("Bạn nhận bàn giao %(what)s") % {"what": what}, MY_WEEK
    newest = Handover.objects.filter(taker=account).order_by("-pk").values_list("pk", flat=True).first()
    # Steps alone leave no handover: the moment tells this time from the last one, of which the account heard.
    key = f"task-owner:{newest}" if tasks else f"steps-taken:{steps[-1].pk}:{clock.real_now().isoformat()}"
    tell([account], subject=subject, body=str(place), page=page, key=key, by=by, today=today)


def work_words(tasks: int, steps: int) -> str:
    """“3 nhiệm vụ, 1 bước”; what there is none of is not said."""
    parts = {
        ngettext("%(n)s nhiệm vụ", "%(n)s nhiệm vụ", tasks): tasks,
        ngettext("%(n)s bước", "%(n)s bước", steps): steps,
    }
    return ", ".join(words % {"n": count} for words, count in parts.items() if count)
