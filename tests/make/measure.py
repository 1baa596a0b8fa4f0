from __future__ import annotations

import datetime as dt
from itertools import count

from hocvuso.evidence.actions import state_count
from hocvuso.lib import clock
from hocvuso.measure.actions import refresh_measure
from hocvuso.measure.queries import figure
from hocvuso.measure.rules import Ask, Figure
from hocvuso.people.models import Alias, Person
from hocvuso.places.models import Place

TODAY = dt.date(2025, 10, 17)
_numbers = count(1)


def figure_at(
    place: Place, metric: str, *, level: str = "", on: dt.date = TODAY, since: dt.date | None = None
) -> Figure:
    """The figure as a page would show it now: whatever is new in the ledger is measured first."""
    refresh_measure()
    return figure(place, Ask(metric, level), on=on, since=since)


def stated(place: Place, metric: str, amount: int, *, on: dt.date = TODAY, source: str = "don-vi-bao-cao") -> None:
    number = next(_numbers)
    state_count(
        metric, place=place, on=on, count=amount, source=source, source_ref=f"s{number}", by=":test", today=TODAY,
        document=f"{number:02d}/BC-UBND ngày {on:%d/%m/%Y}",
    )  # fmt: skip


def merge(merged: Person, kept: Person) -> None:
    Alias.objects.create(merged=merged.pk, kept=kept.pk, recorded_at=clock.real_now())
