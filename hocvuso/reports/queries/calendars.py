"""The office's calendar files, and a duty as the calendar sees it."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

from django.conf import settings

from hocvuso.lib.holidays import WorkingDays, parse_holidays
from hocvuso.lib.periods import Span
from hocvuso.lib.yamlfile import read_yaml
from hocvuso.places.models import Level
from hocvuso.plans.models import Duty
from hocvuso.reports.calendar import Dated, Policy, Timing, dated, dated_on, parse_policy


def working_days() -> WorkingDays:
    return _working_days(settings.HOLIDAYS_FILE)


def reporting_policy() -> Policy:
    return _policy(settings.REPORTING_FILE)


@cache
def _working_days(path: Path) -> WorkingDays:
    return parse_holidays(read_yaml(path), name=path.name)


@cache
def _policy(path: Path) -> Policy:
    return parse_policy(read_yaml(path), name=path.name)


def timing_of(duty: Duty) -> Timing:
    """Needs the duty's plan and the plan's unit at hand."""
    policy, plan = reporting_policy(), duty.plan
    of_commune = plan.unit.level == Level.COMMUNE
    return Timing(
        frequency=duty.frequency, plan=Span(plan.period_start, plan.period_end), weekday=duty.weekday,
        window_first=duty.window_first, window_last=duty.window_last, first=duty.first, last=duty.last, due=duty.due,
        before=duty.due_before, day=duty.day, instructed_day=policy.instructed_day(plan.key, duty.key),
        assumed_day=policy.sending_day["commune_plans" if of_commune else duty.borne_by],
    )  # fmt: skip


def dates_of(duty: Duty, within: Span) -> list[Dated]:
    return dated(timing_of(duty), within, policy=reporting_policy(), days=working_days())


def date_of(duty: Duty, due: dt.date) -> Dated | None:
    return dated_on(timing_of(duty), due, policy=reporting_policy(), days=working_days())
