"""What may be said of a task, which document shows it is done, and who hears when: pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from hocvuso.lib.errors import BadInput
from hocvuso.lib.text import fold


class TaskState(StrEnum):
    """What was said of a task. A bearer says the first three, whoever directs it the last two."""

    NOT_STARTED = "not_started"
    UNDER_WAY = "under_way"
    DONE = "done"
    CONFIRMED = "confirmed"
    RETURNED = "returned"

    @property
    def label(self) -> str:
        """As documents write it."""
        return _LABELS[self]

    @property
    def is_done(self) -> bool:
        return self in {TaskState.DONE, TaskState.CONFIRMED}


_LABELS = {
    TaskState.NOT_STARTED: "chưa thực hiện",
    TaskState.UNDER_WAY: "đang thực hiện",
    TaskState.DONE: "đã hoàn thành",
    TaskState.CONFIRMED: "đã hoàn thành, được xác nhận",
    TaskState.RETURNED: "bị trả lại để bổ sung",
}
OF_BEARER = (TaskState.NOT_STARTED, TaskState.UNDER_WAY, TaskState.DONE)
OF_DIRECTION = (TaskState.CONFIRMED, TaskState.RETURNED)
STATES = [(state.value, state.label) for state in TaskState]


def may_follow(state: TaskState, after: TaskState) -> bool:
    """May whoever directs a task say this of what the bearer said? Only what was reported done is confirmed; both are sent back."""
    return after is TaskState.DONE if state is TaskState.CONFIRMED else after.is_done


class Tell(StrEnum):
    """Who hears of a late task."""

    PLACE = "place"
    LEAD = "lead"
    STEERING = "steering"


@dataclass(frozen=True, slots=True)
class DocumentType:
    key: str
    title: str
    title_en: str
    words: tuple[str, ...]  # folded


@dataclass(frozen=True, slots=True)
class TaskRules:
    """`data/tasks.yaml`."""

    reminders: tuple[int, ...]  # days before, the largest first
    escalation: tuple[tuple[int, Tell], ...]  # days after, the smallest first
    documents: tuple[DocumentType, ...]

    def document(self, key: str) -> DocumentType | None:
        return next((one for one in self.documents if one.key == key), None)

    def expected(self, result: str) -> tuple[DocumentType, ...]:
        """ "Kế hoạch/ Công văn" → both; a result that names no document: nothing, any will do."""
        words = fold(result)
        return tuple(one for one in self.documents if any(word in words for word in one.words))

    def tell(self, stage: int) -> Tell:
        return dict(self.escalation).get(stage, Tell.PLACE)


def stages_due(days_left: int, rules: TaskRules, *, gap: int | None = None) -> tuple[int, ...]:
    """What should have been raised by now: (-7,) a week to three days before, (1, 3) from the third day after; on the day itself (-1,).

    Where a task comes again after `gap` days, a reminder earlier than half of that would speak of the next one before this one is over.
    """
    if days_left < 0:
        return tuple(after for after, _tell in rules.escalation if after <= -days_left)
    fitting = [before for before in rules.reminders if gap is None or before * 2 < gap]
    due = [before for before in fitting if days_left <= before]
    return (-min(due),) if due else ()


def parse_task_rules(data: Any) -> TaskRules:
    if not isinstance(data, Mapping) or not {"reminders", "escalation", "documents"} <= data.keys():
        raise BadInput("tasks.yaml: phải có reminders, escalation và documents.")
    try:
        reminders = tuple(sorted({int(day) for day in data["reminders"]}, reverse=True))
        escalation = tuple(sorted((int(entry["after"]), Tell(entry["tell"])) for entry in data["escalation"]))
        documents = tuple(
            DocumentType(
                entry["key"], entry["title"], entry["title_en"], tuple(fold(word) for word in entry.get("words", ()))
            )
            for entry in data["documents"]
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadInput(f"tasks.yaml: không đọc được mục {error}.") from None
    days = [after for after, _tell in escalation]
    if any(day < 1 for day in (*reminders, *days)) or len(set(days)) < len(days):
        raise BadInput("tasks.yaml: số ngày phải từ 1 trở lên, mỗi bậc nhắc một ngày khác nhau.")
    if len({one.key for one in documents}) < len(documents):
        raise BadInput("tasks.yaml: documents có khóa trùng nhau.")
    return TaskRules(reminders, escalation, documents)


class DutyLike(Protocol):
    borne_by: str
    frequency: str
    due: dt.date | None


class ReportLike(Protocol):
    kind: str
    recurring: bool
    due_text: str
    borne_by: str
    due: dt.date | None


def is_report(task: ReportLike, duties: Iterable[DutyLike]) -> bool:
    """Is it an assignment to send a report that is a reporting duty of the plan, too? The report's own reminders are enough then."""
    if task.kind != "assignment":
        return False
    weekly = task.recurring and "tuan" in fold(task.due_text).split()
    return any(
        duty.borne_by == task.borne_by
        and ((weekly and duty.frequency == "weekly") or (duty.due and duty.due == task.due))
        for duty in duties
    )
