"""The life of what an inspection found: open → remedied, says the place → confirmed, or sent back, says who inspected. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum


class Kind(StrEnum):
    STRENGTH = "strength"
    SHORTCOMING = "shortcoming"


class State(StrEnum):
    OPEN = "open"
    REMEDIED = "remedied"
    CONFIRMED = "confirmed"
    SENT_BACK = "sent_back"


# Who may say what next: the place that was inspected remedies, whoever inspected confirms or sends back.
BY_PLACE = {State.OPEN: (State.REMEDIED,), State.SENT_BACK: (State.REMEDIED,)}
BY_INSPECTOR = {State.REMEDIED: (State.CONFIRMED, State.SENT_BACK)}


def state_of(steps: Sequence[str]) -> State:
    """The newest step says it; none yet is open."""
    return State(steps[-1]) if steps else State.OPEN


def may_follow(now: State, then: State, *, inspects: bool) -> bool:
    return then in (BY_INSPECTOR if inspects else BY_PLACE).get(now, ())


def is_overdue(kind: Kind, state: State, due: dt.date | None, *, today: dt.date) -> bool:
    """A shortcoming whose day has passed and that nobody has even called remedied."""
    return kind is Kind.SHORTCOMING and state in (State.OPEN, State.SENT_BACK) and due is not None and due < today
