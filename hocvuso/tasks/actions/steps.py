from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from hocvuso.audit.actions import record_act
from hocvuso.lib import clock
from hocvuso.lib.errors import BadInput, Refused
from hocvuso.people.free_text import refuse_identity_numbers
from hocvuso.people.models import Account
from hocvuso.people.queries import accounts_with
from hocvuso.people.rules import Right
from hocvuso.places.models import Organisation, Place, Unit, place_fields
from hocvuso.plans.models import Task
from hocvuso.plans.queries import is_borne_by
from hocvuso.tasks.actions.progress import NewFile, name_of, tell
from hocvuso.tasks.models import Step, StepProgress
from hocvuso.tasks.queries import task_here
from hocvuso.tasks.rules import OF_BEARER, TaskState

Answers = Account | Unit | Organisation | None  # nobody: whoever answers for the task


@transaction.atomic
def plan_step(
    task: Task,
    *,
    place: Place,
    title: str,
    due: dt.date | None,
    answers: Answers,
    by: str,
    today: dt.date,
    occurrence: dt.date | None = None,
) -> Step:
    """A bearer breaks its task down: one part, by when, and who answers for it: an account of the place, or a place inside it.

    A day after the task's own is taken (the plan's day may move); the page warns of it.
    """
    if not is_borne_by(task, place):
        raise Refused(_("Nhiệm vụ này không giao cho %(place)s.") % {"place": place})
    here = task_here(task, place, today=today, day=occurrence)
    step = Step(
        task=task,
        occurrence=here.occurrence.day if here.occurrence and here.schedule.repeats else None,
        on=today,
        by=by,
        recorded_at=clock.real_now(),
        **place_fields(place),
    )
    _fill(step, title, due, answers, today)
    step.save()
    record_act("plan_step", by=by, object_type="task", object_id=name_of(task), fields=["step"])
    _tell(step, by=by, today=today)
    return step


@transaction.atomic
def change_step(step: Step, *, title: str, due: dt.date | None, answers: Answers, by: str, today: dt.date) -> Step:
    """Another title, day or answerable; what was said of it stays."""
    _demand_open(step)
    before = (step.title, step.due, step.account_id, step.for_unit_id, step.for_org_id)
    _fill(step, title, due, answers, today)
    after = (step.title, step.due, step.account_id, step.for_unit_id, step.for_org_id)
    if after != before:
        step.save(update_fields=["title", "due", "account", "for_unit", "for_org"])
        changed = [
            n
            for n, a, b in zip(("title", "due", "account", "for_unit", "for_org"), before, after, strict=True)
            if a != b
        ]
        record_act("change_step", by=by, object_type="step", object_id=step.pk, fields=changed)
    if after[2:] != before[2:]:
        _tell(step, by=by, today=today)
    return step


@transaction.atomic
def withdraw_step(step: Step, *, by: str, today: dt.date) -> None:
    """The step is not to be done any more; it stays in the records. Once done it is not withdrawn."""
    _demand_open(step)
    step.withdrawn_on = today
    step.save(update_fields=["withdrawn_on"])
    record_act("withdraw_step", by=by, object_type="step", object_id=step.pk)


@transaction.atomic
def report_step(
    step: Step,
    *,
    state: TaskState,
    by: str,
    today: dt.date,
    document: str = "",
    note: str = "",
    file: NewFile | None = None,
) -> StepProgress:
    """How far a step is. "Done" is shown by a document, a file, or a short note of what came of it."""
    if step.withdrawn_on:
        raise Refused(_("Bước này đã bỏ."))
    if state not in OF_BEARER:
        raise BadInput(_("Tình hình này do nơi chỉ đạo ghi, không phải nơi thực hiện."))
    document, note = document.strip(), note.strip()
    refuse_identity_numbers(document, note)
    if state is TaskState.DONE and not (document or note or file):
        raise BadInput(_("Hãy ghi số, ngày văn bản, gửi tệp, hoặc ghi ngắn kết quả của bước này."))
    row = StepProgress.objects.create(
        step=step,
        state=state,
        document=document,
        note=note,
        attachment=file.keep(by) if file else None,
        on=today,
        by=by,
        recorded_at=clock.real_now(),
    )
    record_act("report_step", by=by, object_type="step", object_id=step.pk, fields=[state])
    return row


def _demand_open(step: Step) -> None:
    newest = step.progress.order_by("-pk").first()
    if step.withdrawn_on or (newest and TaskState(newest.state).is_done):
        raise Refused(_("Bước này đã xong hoặc đã bỏ nên không sửa được."))


def _fill(step: Step, title: str, due: dt.date | None, answers: Answers, today: dt.date) -> None:
    title = " ".join(title.split())
    if not title or len(title) > 200:
        raise BadInput(_("Hãy ghi việc phải làm, đến 200 ký tự."))
    refuse_identity_numbers(title)
    step.account = step.for_unit = step.for_org = None
    if isinstance(answers, Account):
        if not accounts_with(Right.TASKS, step.place, on=today).filter(pk=answers.pk).exists():
            raise BadInput(
                _("%(name)s không có vai trò nhận nhiệm vụ ở %(place)s.")
                % {"name": answers.full_name, "place": step.place}
            )
        step.account = answers
    elif answers is not None:
        place = step.place
        home = answers if isinstance(answers, Unit) else answers.of
        if not isinstance(place, Unit) or answers == place or not place.contains(home):
            raise BadInput(_("%(inside)s không thuộc %(place)s.") % {"inside": answers, "place": place})
        step.for_unit, step.for_org = (answers, None) if isinstance(answers, Unit) else (None, answers)
    step.title, step.due = title, due


@override("vi")  # whoever reads it is not who writes it
def _tell(step: Step, *, by: str, today: dt.date) -> None:
    """Whoever the step was given to by somebody else."""
    told = [step.account] if step.account else []
    if step.for_org:
        told = list(accounts_with(Right.TASKS, step.for_org, on=today))
    tell(
        [account for account in told if account.actor != by],
        subject=_("Bạn được giao một bước: %(title)s") % {"title": step.title},
        body=f"{step.place}: {step.task.title}",
        page=f"/dieu-hanh/nhiem-vu/buoc/{step.pk}/",
        key=f"step-given:{step.pk}:{step.account_id or ''}:{step.for_org_id or ''}",
        by=by,
        today=today,
    )
