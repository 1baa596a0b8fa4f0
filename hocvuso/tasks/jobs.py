from __future__ import annotations

from hocvuso.lib import clock
from hocvuso.plans.models import Plan
from hocvuso.tasks.actions import raise_alerts, remind_of_steps, tell_unanswered
from hocvuso.tasks.actions.alerts import close_alert_day
from hocvuso.tasks.queries.late import is_alert_day_over


def remind_and_escalate() -> int:
    """Once a business day: remind, tell of what is late, tell of what nobody answers for; how many notices were new.

    A plan at a time, each whole or not at all; a run that was cut short is taken up again and tells nobody twice.
    """
    today = clock.today()
    if is_alert_day_over(today):
        return 0
    told = sum(raise_alerts(plan, today=today) for plan in Plan.objects.select_related("unit").order_by("pk"))
    told += remind_of_steps(today=today) + tell_unanswered(today=today)
    close_alert_day(today=today)
    return told
