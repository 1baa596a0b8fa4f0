"""What a concern is, which step may follow which, when an answer is due, and what its text may not hold. Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from hocvuso.lib.errors import BadInput

MOST_TEXT = 2000
MOST_DAYS = 366
SOON = 1  # days before the answer is due on which who must answer is reminded; ours


class Kind(StrEnum):
    DIFFICULTY = "difficulty"
    PROPOSAL = "proposal"


class State(StrEnum):
    WAITING = "waiting"
    TAKEN_UP = "taken_up"
    ANSWERED = "answered"
    CLOSED = "closed"
    MERGED = "merged"


class What(StrEnum):
    """A step of a concern's way."""

    ROUTED = "routed"
    TAKEN_UP = "taken_up"
    PASSED_ON = "passed_on"
    ANSWERED = "answered"
    CLOSED = "closed"
    REOPENED = "reopened"
    MERGED = "merged"
    SEPARATED = "separated"


OPEN = frozenset({State.WAITING, State.TAKEN_UP})  # somebody still owes an answer

_AFTER: Mapping[What, tuple[frozenset[State], State]] = {
    What.TAKEN_UP: (frozenset({State.WAITING}), State.TAKEN_UP),
    What.PASSED_ON: (OPEN, State.WAITING),
    What.ANSWERED: (OPEN | {State.ANSWERED}, State.ANSWERED),  # an answer may be added to
    What.CLOSED: (OPEN | {State.ANSWERED, State.MERGED}, State.CLOSED),
    What.REOPENED: (frozenset({State.ANSWERED, State.CLOSED, State.MERGED}), State.WAITING),
    What.MERGED: (OPEN, State.MERGED),
    What.SEPARATED: (frozenset({State.MERGED}), State.WAITING),
}


def state_after(state: State, what: What) -> State | None:
    """Where the step leads; `None` where it may not be taken."""
    allowed, then = _AFTER[what]
    return then if state in allowed else None


@dataclass(frozen=True, slots=True)
class Theme:
    """What a concern is about: which agencies answer, in this order, and within how many days."""

    key: str
    title: str
    title_en: str
    to: tuple[str, ...]
    days: int


def parse_themes(data: Any) -> dict[str, Theme]:
    """The themes of a file, by key; a faulty one is refused with its name."""
    entries = data.get("themes") if isinstance(data, dict) else None
    if not isinstance(entries, dict) or not entries:
        raise BadInput("Tệp lĩnh vực của khó khăn, kiến nghị phải có bảng “themes”.")
    return {str(key): _theme(str(key), told) for key, told in entries.items()}


def _theme(key: str, told: Any) -> Theme:
    if not re.fullmatch(r"[a-z0-9-]{1,24}", key):
        raise BadInput(f"Lĩnh vực “{key}”: khóa chỉ gồm chữ thường không dấu, chữ số, dấu gạch nối, đến 24 ký tự.")
    if not isinstance(told, dict) or set(told) != {"title", "title_en", "to", "days"}:
        raise BadInput(f"Lĩnh vực “{key}”: cần đúng bốn mục title, title_en, to, days.")
    to, days = told["to"], told["days"]
    if not isinstance(to, list) or not all(isinstance(name, str) and name.strip() for name in to):
        raise BadInput(f"Lĩnh vực “{key}”: “to” là danh sách tên cơ quan.")
    if type(days) is not int or not 1 <= days <= MOST_DAYS:
        raise BadInput(f"Lĩnh vực “{key}”: “days” là số ngày, từ 1 đến {MOST_DAYS}.")
    return Theme(key, str(told["title"]), str(told["title_en"]), tuple(to), days)


def answer_day(on: dt.date, days: int) -> dt.date:
    """The day an answer is due: so many days on; a Saturday or Sunday moves to Monday."""
    due = on + dt.timedelta(days)
    return due + dt.timedelta(max(0, 7 - due.weekday()) if due.weekday() > 4 else 0)


def is_late(state: State, answer_by: dt.date, *, today: dt.date) -> bool:
    return state in OPEN and answer_by < today


def fault_of(text: str) -> str | None:
    """What is wrong with what somebody wrote, as a key for a sentence: "empty", "long". The text itself is never repeated."""
    if not text.strip():
        return "empty"
    return "long" if len(text) > MOST_TEXT else None


# A phone number of Vietnam: 0 or +84, then nine digits, however they are spaced.
_PHONE = re.compile(r"(?<![\d.])(?:\+?84|0)(?:[ .-]?\d){9}(?![\d])")


def has_phone(text: str) -> bool:
    return _PHONE.search(text) is not None


@dataclass(frozen=True, slots=True)
class Heard:
    """One concern as it is counted. `place` is a path: "/VN/66/24373/24373-01/", an organisation "/VN/66/24373/o:7"."""

    theme: str
    kind: str
    place: str
    on: dt.date
    state: State
    answer_by: dt.date
    has_answer: bool = False  # of its own, or of what it was merged into

    @property
    def commune(self) -> str | None:
        """The commune it came from; `None` for an agency of a province and for the province itself."""
        parts = [part for part in self.place.split("/") if part]
        return parts[2] if len(parts) > 2 and not parts[2].startswith("o:") else None


@dataclass(frozen=True, slots=True)
class ThemeCount:
    theme: str
    difficulties: int
    proposals: int
    places: int  # different places that raised something
    communes: int  # different communes it came from, their villages and organisations included
    since: dt.date
    waiting: int  # no answer yet, the late ones included
    late: int
    answered: int  # at least once, and not asked again since
    closed: int  # closed though nobody answered


def count_by_theme(heard: list[Heard], *, order: list[str], today: dt.date) -> list[ThemeCount]:
    """A row a theme that was raised: most voices first, equal ones in the order of the themes."""
    by_theme: dict[str, list[Heard]] = {}
    for one in heard:
        by_theme.setdefault(one.theme, []).append(one)
    rows = [
        ThemeCount(
            theme=theme,
            difficulties=sum(one.kind == Kind.DIFFICULTY for one in some),
            proposals=sum(one.kind == Kind.PROPOSAL for one in some),
            places=len({one.place for one in some}),
            communes=len({one.commune for one in some} - {None}),
            since=min(one.on for one in some),
            waiting=sum(one.state in OPEN for one in some),
            late=sum(is_late(one.state, one.answer_by, today=today) for one in some),
            answered=sum(one.state not in OPEN and one.has_answer for one in some),
            closed=sum(one.state not in OPEN and not one.has_answer for one in some),
        )
        for theme, some in by_theme.items()
    ]
    rank = {theme: number for number, theme in enumerate(order)}
    return sorted(rows, key=lambda row: (-row.difficulties - row.proposals, rank.get(row.theme, len(rank)), row.theme))
