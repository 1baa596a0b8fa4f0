from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial

from hocvuso.lib import clock
from hocvuso.lib.errors import HocVuSoError
from hocvuso.plans.models import Plan
from hocvuso.tasks.actions import raise_alerts, remind_of_steps, tell_unanswered
from hocvuso.tasks.actions.alerts import close_alert_day
from hocvuso.tasks.queries.late import is_alert_day_over

log = logging.getLogger(__name__)


def remind_and_escalate() -> int:
    """Once a business day: remind, tell of what is late, tell of what nobody answers for; how many notices were new.

    A plan at a time, each whole or not at all; a run that was cut short is taken up again and tells nobody twice. What is refused is logged
    and tried again the next business day: it keeps nobody else from being reminded.
    """
    today = clock.today()
    if is_alert_day_over(today):
        return 0
    told = sum(
        _tried(f"plan {plan.key}", partial(raise_alerts, plan, today=today))
        for plan in Plan.objects.select_related("unit").order_by("pk")
    )
    told += _tried("steps", partial(remind_of_steps, today=today))
    told += _tried("work nobody answers for", partial(tell_unanswered, today=today))
    close_alert_day(today=today)
    return told


def _tried(what: str, act: Callable[[], int]) -> int:
    try:
        return act()
    except HocVuSoError:
        log.exception("no reminders today: %s", what)
        return 0
