"""A report's life: which step may follow which, who may take it, and what the level above sees of it. Pure.

    draft ─submitted─▶ submitted ─signed─▶ signed ─numbered─▶ numbered ─sent─▶ sent ─accepted─▶ accepted
      ▲──────────────returned────────────────────────┘                           └─sent_back─▶ sent back
      └──────────────────────────────── replaced: the next edition, never a change of this one ────┘

The state is what the newest step says. What was sent stays as it was: whoever has something to change begins the next edition.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from hocvuso.people.rules import Right


class Act(StrEnum):
    SUBMITTED = "submitted"  # trình lãnh đạo
    RETURNED = "returned"  # to who wrote it, inside the office
    SIGNED = "signed"
    NUMBERED = "numbered"
    SENT = "sent"
    ACCEPTED = "accepted"  # tiếp nhận
    SENT_BACK = "sent_back"  # trả lại để bổ sung, by the level above
    REPLACED = "replaced"  # the next edition has begun


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    SIGNED = "signed"
    NUMBERED = "numbered"
    SENT = "sent"
    ACCEPTED = "accepted"
    SENT_BACK = "sent_back"


_AFTER = {
    Act.SUBMITTED: State.SUBMITTED, Act.RETURNED: State.DRAFT, Act.SIGNED: State.SIGNED, Act.NUMBERED: State.NUMBERED,
    Act.SENT: State.SENT, Act.ACCEPTED: State.ACCEPTED, Act.SENT_BACK: State.SENT_BACK, Act.REPLACED: State.DRAFT,
}  # fmt: skip
_FROM = {
    Act.SUBMITTED: {State.DRAFT},
    Act.RETURNED: {State.SUBMITTED, State.SIGNED, State.NUMBERED},
    Act.SIGNED: {State.SUBMITTED},
    Act.NUMBERED: {State.SIGNED},
    Act.SENT: {State.NUMBERED},
    Act.ACCEPTED: {State.SENT},
    Act.SENT_BACK: {State.SENT},
    Act.REPLACED: {State.SENT, State.ACCEPTED, State.SENT_BACK},
}
_WHO = {
    Act.SUBMITTED: {Right.WRITE_REPORTS},
    Act.SIGNED: {Right.SIGN_REPORTS},
    Act.NUMBERED: {Right.NUMBER_REPORTS},
    Act.SENT: {Right.NUMBER_REPORTS, Right.WRITE_REPORTS},
    Act.REPLACED: {Right.WRITE_REPORTS},
}
BY_RECEIVER = frozenset({Act.ACCEPTED, Act.SENT_BACK})
INSIDE = frozenset({Act.SUBMITTED, Act.RETURNED})  # between people of one office, and nobody else's to read
WANTS_REMARKS = frozenset({Act.RETURNED, Act.SENT_BACK})
OUT = frozenset({State.SENT, State.ACCEPTED, State.SENT_BACK})
LONGEST_REMARKS = 2000


def state_after(acts: Sequence[Act]) -> State:
    return _AFTER[acts[-1]] if acts else State.DRAFT


def edition_after(acts: Iterable[Act]) -> int:
    return 1 + sum(act is Act.REPLACED for act in acts)


def may_follow(act: Act, state: State) -> bool:
    return state in _FROM[act]


def rights_for(act: Act, state: State) -> frozenset[Right]:
    """Any of these, held at the report's own place, lets somebody take the step. Empty: it is the receiver's."""
    if act is Act.RETURNED:  # by whoever has it on the table
        return frozenset({Right.SIGN_REPORTS if state is State.SUBMITTED else Right.NUMBER_REPORTS})
    return frozenset(_WHO.get(act, ()))


def open_acts(state: State, held: Iterable[Right], *, receives: bool) -> list[Act]:
    """Which steps somebody may take who holds these rights at the report's place, or receives it."""
    rights = frozenset(held)
    return [
        act
        for act in Act
        if may_follow(act, state) and (receives if act in BY_RECEIVER else bool(rights_for(act, state) & rights))
    ]


class Stepped(Protocol):
    """A step, as far as these rules look at it. `edition` is the one it was taken on, `on` the business day."""

    @property
    def act(self) -> str: ...
    @property
    def edition(self) -> int: ...
    @property
    def on(self) -> dt.date: ...


@dataclass(frozen=True, slots=True)
class Arrival:
    """What the level above sees of one report: nothing before it was sent, then the newest edition that was."""

    due: dt.date
    first_on: dt.date | None  # when it was sent for the first time
    last_on: dt.date | None
    edition: int  # the newest that was sent; 0 = none
    answer: State | None  # what became of that one: sent (waits for an answer), accepted, sent_back
    is_being_replaced: bool
    is_missing: bool

    @property
    def is_late(self) -> bool:
        return self.first_on is not None and self.first_on > self.due

    @property
    def days_late(self) -> int:
        return (self.first_on - self.due).days if self.first_on is not None and self.is_late else 0

    @property
    def is_corrected(self) -> bool:
        return self.edition > 1

    @property
    def waits(self) -> bool:
        return self.answer is State.SENT and not self.is_being_replaced


def arrival(steps: Sequence[Stepped], *, due: dt.date, today: dt.date) -> Arrival:
    """`steps` of one report in their order. Late: first sent after its day. Missing: that day is over, and nothing was sent."""
    sent = [step for step in steps if step.act == Act.SENT]
    newest = sent[-1].edition if sent else 0
    answers = [Act(step.act) for step in steps if step.edition == newest and step.act != Act.REPLACED]
    return Arrival(
        due=due,
        first_on=sent[0].on if sent else None,
        last_on=sent[-1].on if sent else None,
        edition=newest,
        answer=state_after(answers) if sent else None,
        is_being_replaced=bool(sent) and edition_after(Act(step.act) for step in steps) > newest,
        is_missing=not sent and today > due,
    )


@dataclass(frozen=True, slots=True)
class Tally:
    """How many reports of one duty and day stand where. A report may be late and corrected at once; the first four make the whole."""

    owed: int
    in_time: int
    late: int
    missing: int
    to_come: int
    waiting: int
    accepted: int
    sent_back: int
    corrected: int


def tally(arrivals: Sequence[Arrival]) -> Tally:
    sent = [one for one in arrivals if one.edition]
    return Tally(
        owed=len(arrivals),
        in_time=sum(not one.is_late for one in sent),
        late=sum(one.is_late for one in sent),
        missing=sum(one.is_missing for one in arrivals),
        to_come=sum(not one.edition and not one.is_missing for one in arrivals),
        waiting=sum(one.waits for one in sent),
        accepted=sum(one.answer is State.ACCEPTED for one in sent),
        sent_back=sum(one.answer is State.SENT_BACK for one in sent),
        corrected=sum(one.is_corrected for one in sent),
    )


# --- words of several writers ------------------------------------------------------------------------------------------------


def settled(*, seen: str, now: str, typed: str) -> str | None:
    """What a section says after somebody saved it who began from `seen`, while it says `now`. None: both changed it, and differently.

    A section nobody touched here keeps what a colleague has written meanwhile.
    """
    if typed in {seen, now}:
        return now
    return typed if now == seen else None


def merged(theirs: str, mine: str) -> str:
    """Both texts in one: all lines of theirs, then the lines only mine has."""
    known = {" ".join(line.split()) for line in theirs.splitlines()}
    more = [line for line in mine.splitlines() if line.strip() and " ".join(line.split()) not in known]
    return "\n".join([*theirs.splitlines(), *more])
