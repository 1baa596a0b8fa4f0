from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence

from hocvuso.concerns.models import Concern
from hocvuso.concerns.notices import KIND, Desks, late_key, remind_late, remind_overseer, remind_soon, soon_key
from hocvuso.concerns.queries import late_concerns, overseers
from hocvuso.concerns.queries.seen import WITH_PLACES
from hocvuso.concerns.rules import OPEN, SOON
from hocvuso.lib import clock
from hocvuso.messages.models import Notice
from hocvuso.places.models import Unit

BY = ":concerns"
AT_ONCE = 500  # keys looked up together
MOST_A_RUN = (
    500  # reminders of late ones in one run, the oldest first: the timetable has other work; the next run goes on
)


def remind_of_concerns() -> int:
    """Tell who must answer soon, who is late and who waits; how many notices were new. However often it runs, each comes once."""
    today = clock.today()
    desks = Desks(today)
    soon = Concern.objects.filter(
        state__in=list(OPEN), answer_by__gte=today, answer_by__lte=today + dt.timedelta(SOON)
    ).select_related(*WITH_PLACES)
    late = list(late_concerns(today=today))
    told = sum(remind_soon(one, desks, by=BY, today=today) for one in _untold(list(soon), soon_key))
    untold = [one for one in _untold(late, late_key) if desks.late(one)]
    told += sum(remind_late(one, desks, by=BY, today=today) for one in untold[:MOST_A_RUN])
    units: dict[int, Unit] = {}
    counts: Counter[int] = Counter()
    for concern in late:
        if (unit := overseers(concern)) is not None:
            units[unit.pk] = unit
            counts[unit.pk] += 1
    return told + sum(remind_overseer(units[key], count, by=BY, today=today) for key, count in counts.items())


def _untold(concerns: Sequence[Concern], key_of: Callable[[Concern], str]) -> list[Concern]:
    """Those nobody has been told of under this key; asked in few questions, since most have been."""
    keys = [key_of(one) for one in concerns]
    told: set[str] = set()
    for start in range(0, len(keys), AT_ONCE):
        told |= set(
            Notice.objects.filter(kind=KIND, key__in=keys[start : start + AT_ONCE]).values_list("key", flat=True)
        )
    return [one for one, key in zip(concerns, keys, strict=True) if key not in told]
