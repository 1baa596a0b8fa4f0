from __future__ import annotations

import datetime as dt
from collections import Counter

from hocvuso.concerns.models import Concern
from hocvuso.concerns.notices import remind_late, remind_overseer, remind_soon
from hocvuso.concerns.queries import late_concerns, overseers
from hocvuso.concerns.queries.seen import WITH_PLACES
from hocvuso.concerns.rules import OPEN, SOON
from hocvuso.lib import clock
from hocvuso.places.models import Unit

BY = ":concerns"


def remind_of_concerns() -> int:
    """Tell who must answer soon, who is late and who waits; how many notices were new. However often it runs, each comes once."""
    today = clock.today()
    soon = Concern.objects.filter(
        state__in=list(OPEN), answer_by__gte=today, answer_by__lte=today + dt.timedelta(SOON)
    ).select_related(*WITH_PLACES)
    told = sum(remind_soon(concern, by=BY, today=today) for concern in soon)
    units: dict[int, Unit] = {}
    late: Counter[int] = Counter()
    for concern in late_concerns(today=today):
        told += remind_late(concern, by=BY, today=today)
        if (unit := overseers(concern)) is not None:
            units[unit.pk] = unit
            late[unit.pk] += 1
    return told + sum(remind_overseer(units[key], count, by=BY, today=today) for key, count in late.items())
