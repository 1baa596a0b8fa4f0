from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from hocvuso.attachments.actions import add_attachment
from hocvuso.attachments.models import Attachment
from hocvuso.audit.actions import record_act
from hocvuso.lib import clock
from hocvuso.lib.errors import BadInput, Refused
from hocvuso.messages.actions import give_notice
from hocvuso.people.free_text import refuse_identity_numbers
from hocvuso.people.models import Account
from hocvuso.people.queries import accounts_with, holders_of
from hocvuso.people.rules import Right
from hocvuso.places.models import Place, Unit, place_fields
from hocvuso.plans.models import Task
from hocvuso.plans.queries import bearers_by_task, directs, directs_bearer, is_borne_by
from hocvuso.tasks.models import Occasion, TaskProgress
from hocvuso.tasks.queries import Stand, place_pk, stand_at, task_here, task_rules
from hocvuso.tasks.rules import OF_BEARER, OF_DIRECTION, TaskState, may_follow
from hocvuso.tasks.schedule import due_after

KIND = "task"  # of notices


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file as somebody sent it."""

    name: str
    data: bytes

    def keep(self, by: str) -> Attachment:
        return add_attachment(self.data, name=self.name, by=by)


@transaction.atomic
def report_progress(
    task: Task,
    *,
    place: Place,
    state: TaskState,
    by: str,
    today: dt.date,
    document: str = "",
    result_type: str = "",
    file: NewFile | None = None,
    note: str = "",
    occurrence: dt.date | None = None,
) -> TaskProgress:
    """A bearer says how far its task is, on one of the task's days if it comes again (the next one unless said).

    "Done" names the document that shows it, or brings the file; where the plan expects a sort of document, another sort needs a reason.
    """
    if state not in OF_BEARER:
        raise BadInput(_("Tình hình này do nơi chỉ đạo ghi, không phải nơi thực hiện."))
    now = _locked(task, place, today, occurrence)
    if now.state is TaskState.CONFIRMED:
        raise Refused(_("Kết quả này đã được xác nhận. Muốn sửa, hãy đề nghị nơi chỉ đạo trả lại."))
    document, note = document.strip(), note.strip()
    refuse_identity_numbers(document, note)
    if state is TaskState.DONE:
        if not document and file is None:
            raise BadInput(_("Hãy ghi số, ngày của văn bản hoặc gửi tệp chứng tỏ nhiệm vụ đã hoàn thành."))
        _demand_expected(task, result_type, note)
    return _say(now, state, by, today, document=document, note=note, result_type=result_type, file=file)


def _locked(task: Task, place: Place, today: dt.date, occurrence: dt.date | None) -> Stand:
    """The task at its bearer, with whoever else writes about it waiting."""
    if not is_borne_by(task, place):
        raise Refused(_("Nhiệm vụ này không giao cho %(place)s.") % {"place": place})
    Task.objects.select_for_update().get(pk=task.pk)
    now = stand_at(task, place, today=today, day=occurrence)
    if now is None:
        raise BadInput(_("Nhiệm vụ này không có kỳ nào đến hạn ngày %(day)s.") % {"day": f"{occurrence:%d/%m/%Y}"})
    return now


def _demand_expected(task: Task, result_type: str, note: str) -> None:
    rules = task_rules()
    if result_type and rules.document(result_type) is None:
        raise BadInput(_("Không có loại văn bản này trong danh mục."))
    expected = rules.expected(task.result)
    if not expected or result_type in {one.key for one in expected}:
        return
    if not result_type:
        raise BadInput(_("Hãy chọn loại văn bản. Kế hoạch yêu cầu: %(result)s.") % {"result": task.result})
    if not note:
        raise BadInput(
            _("Kế hoạch yêu cầu kết quả là %(result)s. Nộp loại văn bản khác thì hãy ghi lý do vào phần ghi chú.")
            % {"result": task.result}
        )


def _say(
    now: Stand,
    state: TaskState,
    by: str,
    today: dt.date,
    *,
    document: str = "",
    note: str = "",
    result_type: str = "",
    file: NewFile | None = None,
) -> TaskProgress:
    task = now.task
    row = TaskProgress.objects.create(
        task=task,
        state=state,
        occurrence=now.occurrence.day if now.occurrence and now.occurrence.name else None,
        document=document,
        result_type=result_type,
        attachment=file.keep(by) if file else None,
        note=note,
        on=today,
        by=by,
        recorded_at=clock.real_now(),
        **place_fields(now.place),
    )
    record_act("report_progress", by=by, object_type="task", object_id=name_of(task), fields=[state])
    return row


@transaction.atomic
def review_progress(
    task: Task,
    *,
    bearer: Place,
    place: Place,
    state: TaskState,
    by: str,
    today: dt.date,
    note: str = "",
    occurrence: dt.date | None = None,
) -> TaskProgress:
    """Whoever directs the task (`place`) confirms what the bearer reported done, or sends it back with a reason; the bearer is told."""
    if not directs_bearer(task, place, bearer):
        raise Refused(_("%(place)s không chỉ đạo việc này của %(bearer)s.") % {"place": place, "bearer": bearer})
    if state not in OF_DIRECTION:
        raise BadInput(_("Nơi chỉ đạo chỉ xác nhận hoặc trả lại."))
    note = note.strip()
    refuse_identity_numbers(note)
    if state is TaskState.RETURNED and not note:
        raise BadInput(_("Hãy ghi cần bổ sung gì, để nơi thực hiện biết mà làm."))
    now = _locked(task, bearer, today, occurrence)
    if not may_follow(state, now.state):
        raise Refused(
            _("Hiện ghi là “%(state)s” nên chưa xác nhận hay trả lại được. Hãy tải lại trang.")
            % {"state": now.state.label}
        )
    row = _say(now, state, by, today, note=note)
    owner = task_here(task, bearer, today=today).owner
    words = {"task": task.title, "place": str(place)}
    with override("vi"):  # whoever reads it is not who writes it
        said = _("Được xác nhận: %(task)s") if state is TaskState.CONFIRMED else _("Trả lại để bổ sung: %(task)s")
        seen = _("%(place)s đã xem kết quả này.")
    tell(
        [owner] if owner else accounts_with(Right.TASKS, bearer, on=today),
        subject=said % words, body=seen % words + (f"\n{note}" if note else ""), page=page_of(task, bearer, row.occurrence),
        key=f"task-review:{row.pk}", by=by, today=today,
    )  # fmt: skip
    return row


@transaction.atomic
def note_occasion(
    task: Task, *, place: Place, day: dt.date, document: str, by: str, today: dt.date, due: dt.date | None = None
) -> Occasion:
    """The event on which the task's day hangs has come, by a document: from now on the task has a day, and its bearers are told.

    The day follows from the plan's words (“7 ngày sau khi …”); where they print no number, `due` is asked for.
    """
    if not task.relative:
        raise Refused(_("Hạn của nhiệm vụ này đã ghi trong kế hoạch, không chờ văn bản nào."))
    if not directs(task, place):
        raise Refused(_("Chỉ nơi ban hành kế hoạch và nơi chủ trì ghi được văn bản làm phát sinh hạn."))
    if not document.strip():
        raise BadInput(_("Hãy ghi số, ngày của văn bản."))
    refuse_identity_numbers(document)
    if day > today:
        raise BadInput(_("Ngày ban hành không thể sau hôm nay."))
    due = due or due_after(day, task.due_text)
    if due is None:
        raise BadInput(_("Kế hoạch không ghi bao nhiêu ngày. Hãy ghi hạn phải xong."))
    if due < day:
        raise BadInput(_("Hạn phải xong không thể trước ngày ban hành văn bản."))
    row = Occasion.objects.create(
        task=task, day=day, document=document.strip(), due=due, on=today, by=by, recorded_at=clock.real_now()
    )
    record_act("note_occasion", by=by, object_type="task", object_id=name_of(task), fields=["due"])
    everybody = holders_of(Right.TASKS, on=today)
    with override("vi"):
        said = _("Hạn %(day)s: %(task)s") % {"day": f"{due:%d/%m/%Y}", "task": task.title}
        why = _("Đã có %(document)s nên nhiệm vụ có hạn.") % {"document": document.strip()}
    for bearer in bearers_by_task([task], on=today)[task.pk]:
        tell(
            _others(everybody.get(place_pk(bearer), []), by),
            subject=said,
            body=why,
            page=page_of(task, bearer),
            key=f"task-occasion:{row.pk}",
            by=by,
            today=today,
        )
    return row


def _others(accounts: list[Account], by: str) -> list[Account]:
    """Nobody is told of what they did themselves."""
    return [account for account in accounts if account.actor != by]


def name_of(task: Task) -> str:
    """How the audit names a task."""
    return f"{task.plan.key}/{task.key}"


def page_of(task: Task, place: Place, day: dt.date | None = None) -> str:
    """Where the office finds the task at a place."""
    key = place.code if isinstance(place, Unit) else f"o:{place.code}"
    asked = f"&ky={day.isoformat()}" if day else ""
    return f"/dieu-hanh/nhiem-vu/{task.plan.key}/{task.key}/?noi={key}{asked}"


def tell(
    accounts: Iterable[Account], *, subject: str, key: str, by: str, today: dt.date, body: str = "", page: str = ""
) -> int:
    """A notice about tasks; how many were new."""
    return give_notice(accounts, kind=KIND, subject=subject, body=body, page=page, key=key, by=by, today=today)
