"""The two clocks, and the only place that reads either.

Business time (`today`, `now`) is the day the office works on: the demo stands on 17/10/2025, a test on whatever it says.
Security time (`real_now`) is the machine's: one-time codes, sessions, `recorded_at`. Rules get the time as an argument.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")

_fixed_day: dt.date | None = None
_day_in_context: ContextVar[dt.date | None] = ContextVar("business_day", default=None)


def real_now() -> dt.datetime:
    """The machine's clock, aware, in UTC."""
    return dt.datetime.now(dt.UTC)  # noqa: TID251  the one place


def today() -> dt.date:
    return _day_in_context.get() or _fixed_day or real_now().astimezone(HANOI).date()


def now() -> dt.datetime:
    """The business day at the machine's time of day, aware, in Hà Nội time."""
    return dt.datetime.combine(today(), real_now().astimezone(HANOI).timetz())


def stand_on(day: dt.date | None) -> None:
    """Fix the business day for this process; `None` lets it run with the machine's clock."""
    global _fixed_day
    _fixed_day = day


def fixed_day() -> dt.date | None:
    return _fixed_day


@contextmanager
def standing_on(day: dt.date) -> Iterator[None]:
    token = _day_in_context.set(day)
    try:
        yield
    finally:
        _day_in_context.reset(token)
