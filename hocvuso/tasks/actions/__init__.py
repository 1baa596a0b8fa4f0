"""Every write about tasks: what is said of them (`progress`), who answers (`owners`), their steps (`steps`), alerts (`alerts`)."""

from __future__ import annotations

from hocvuso.tasks.actions.alerts import raise_alerts, remind_of_steps, tell_unanswered
from hocvuso.tasks.actions.owners import appoint_owner, hand_over, hand_over_all
from hocvuso.tasks.actions.progress import NewFile, note_occasion, report_progress, review_progress
from hocvuso.tasks.actions.steps import change_step, plan_step, report_step, withdraw_step

__all__ = [
    "NewFile", "appoint_owner", "change_step", "hand_over", "hand_over_all", "note_occasion", "plan_step", "raise_alerts",
    "remind_of_steps", "report_progress", "report_step", "review_progress", "tell_unanswered", "withdraw_step",
]  # fmt: skip
