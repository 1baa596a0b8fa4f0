"""What the demo's offices have said of their tasks: the founding is done nearly everywhere, the rest is under way or not begun."""

from __future__ import annotations

import datetime as dt
from random import Random

from hocvuso.people.models import Account
from hocvuso.places.models import Level, Organisation, OrganisationKind, Unit
from hocvuso.plans.models import Plan, Task
from hocvuso.tasks.actions import appoint_owner, plan_step, report_progress, report_step, review_progress
from hocvuso.tasks.models import TaskProgress
from hocvuso.tasks.rules import TaskState

PLAN, FOUNDING, ADULTS = "dak-lak-100-ngay", "iii-2-1-ban-chi-dao-va-to", "iii-2-4-nguoi-truong-thanh"
SEED = 1
SAID_ON = dt.date(2025, 9, 15)


def work_on_tasks(province: Unit, *, home: str, neighbour: str, today: dt.date, by: str) -> None:
    """All communes say how far they are; `home` has steps and somebody who answers, the province confirms one result and returns one."""
    plan = Plan.objects.get(key=PLAN)
    given = [
        task
        for task in plan.tasks.filter(kind="task").select_related("plan__unit")
        if task.borne_by in {"communes", "communes_and_agencies"}
    ]
    said_on = min(today, SAID_ON)
    for commune in province.children.filter(Unit.in_force(today), level=Level.COMMUNE).order_by("code"):
        if TaskProgress.objects.filter(task__in=given, unit=commune).exists():
            continue
        for task in given:
            state, document = _said_of(task, commune)
            if state is not TaskState.NOT_STARTED:
                report_progress(task, place=commune, state=state, by=by, today=said_on, document=document)
        if commune.name == home:
            _at_home(given, commune, said_on, by)
        if commune.name in {home, neighbour}:
            _reviewed(given, commune, province, said_on, by, back=commune.name == neighbour)


def _said_of(task: Task, commune: Unit) -> tuple[TaskState, str]:
    draw = Random(f"{SEED}:{commune.code}:{task.key}").random()
    if task.key == FOUNDING and draw < 0.95:
        return TaskState.DONE, f"Quyết định số {10 + int(draw * 80)}/QĐ-UBND ngày 28/7/2025 (mô phỏng)"
    if draw < 0.5:
        return TaskState.UNDER_WAY, ""
    return TaskState.NOT_STARTED, ""


def _at_home(given: list[Task], commune: Unit, on: dt.date, by: str) -> None:
    """Hoa answers for every task of her commune and has broken one down."""
    hoa = Account.objects.get(username="hoa")
    for task in given:
        appoint_owner(task, place=commune, account=hoa, by=hoa.actor, today=on)
    broken_down = next(task for task in given if task.key == ADULTS)
    village = commune.children.filter(level=Level.VILLAGE, valid_to=None).order_by("code").first()
    school = Organisation.objects.filter(kind=OrganisationKind.SCHOOL, of=commune).order_by("code").first()
    for title, due, answers in (
        ("Rà soát danh sách người trưởng thành chưa học", dt.date(2025, 9, 30), hoa),
        ("Mở lớp buổi tối ở thôn, buôn xa", dt.date(2025, 10, 18), village),
        ("Học sinh lớp 12 kèm người nhà học năm kỹ năng", dt.date(2025, 10, 20), school),
        ("Đối chiếu danh sách đã học với các tổ công nghệ số", dt.date(2025, 10, 22), None),
    ):
        step = plan_step(broken_down, place=commune, title=title, due=due, answers=answers, by=hoa.actor, today=on)
        if answers is hoa:
            report_step(step, state=TaskState.DONE, note="Đã rà soát ở tất cả thôn, buôn (mô phỏng).", by=by, today=on)


def _reviewed(given: list[Task], commune: Unit, province: Unit, on: dt.date, by: str, *, back: bool) -> None:
    """The province has looked at what two communes reported of their founding."""
    founding = next(task for task in given if task.key == FOUNDING)
    if _said_of(founding, commune)[0] is not TaskState.DONE:
        return
    state, note = (
        (TaskState.RETURNED, "Quyết định chưa ghi tổ trưởng của hai buôn (mô phỏng).")
        if back
        else (TaskState.CONFIRMED, "")
    )
    review_progress(founding, bearer=commune, place=province, state=state, note=note, by=by, today=on)
