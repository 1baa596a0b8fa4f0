"""How tasks stand: at a place (`here`), at all who bear them (`stands`), what is late (`late`), what one person has to do (`mine`,
`open_work`)."""

from __future__ import annotations

from hocvuso.tasks.queries.here import (
    Below,
    TaskHere,
    accounts_at,
    bearer_stands,
    handovers_of,
    names_of,
    occasions_of,
    progress_of,
    task_here,
    tasks_here,
    visible_progress,
)
from hocvuso.tasks.queries.late import LatePlace, LateTask, alerts_at, late_by_place
from hocvuso.tasks.queries.mine import DueDay, MyWeek, days_between, due_days_of, my_week, step_days
from hocvuso.tasks.queries.open_work import OpenWork, givers_at, open_work_of
from hocvuso.tasks.queries.stands import (
    Record,
    Stand,
    place_pk,
    records,
    schedule_for,
    schedules,
    stand_at,
    stands,
    task_rules,
)
from hocvuso.tasks.queries.steps import StepHere, reports_step, step_here, step_history, steps_here, visible_steps

__all__ = [
    "Below",
    "DueDay",
    "LatePlace",
    "LateTask",
    "MyWeek",
    "OpenWork",
    "Record",
    "Stand",
    "StepHere",
    "TaskHere",
    "accounts_at",
    "alerts_at",
    "bearer_stands",
    "days_between",
    "due_days_of",
    "givers_at",
    "handovers_of",
    "late_by_place",
    "my_week",
    "names_of",
    "occasions_of",
    "open_work_of",
    "place_pk",
    "progress_of",
    "records",
    "reports_step",
    "schedule_for",
    "schedules",
    "stand_at",
    "stands",
    "step_days",
    "step_here",
    "step_history",
    "steps_here",
    "task_here",
    "task_rules",
    "tasks_here",
    "visible_progress",
    "visible_steps",
]
