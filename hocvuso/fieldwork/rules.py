"""What a class must tell, and how a phone's text becomes one. Pure."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hocvuso.lib.errors import BadInput
from hocvuso.lib.text import fold, nfc

CLASS_HELD = "class_held"  # the kind of event, and of evidence
MOST_ATTENDING = 500
MOST_NAME, MOST_PLACE = 120, 60


@dataclass(frozen=True, slots=True)
class HeldClass:
    """A class as a form or a phone tells it. `on` is the day somebody chose; None means the day on which it was recorded."""

    id: uuid.UUID
    team: uuid.UUID
    skill: str
    on: dt.date | None
    place: str = ""
    came: tuple[uuid.UUID, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        told = [str(self.team), self.skill, str(self.on), self.place, sorted(map(str, self.came)), sorted(self.names)]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def read_class(key: uuid.UUID, body: str) -> HeldClass:
    """The text of an event `class_held` → what was held. Raises `BadInput` where it is not whole."""
    try:
        told = json.loads(body)
        return HeldClass(
            id=key,
            team=uuid.UUID(told["team"]),
            skill=_text(told["skill"], 24),
            on=dt.date.fromisoformat(told["on"]) if told.get("on") else None,
            place=clean(_text(told.get("place", ""), 400))[:MOST_PLACE],
            came=tuple(dict.fromkeys(uuid.UUID(one) for one in told.get("came", []))),
            names=clean_names(_text(one, 400) for one in told.get("names", [])),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BadInput("Nội dung buổi học không đủ hoặc không đọc được.") from None


def _text(value: Any, most: int) -> str:
    if not isinstance(value, str) or len(value) > most:
        raise ValueError
    return value


def clean(text: str) -> str:
    return " ".join(nfc(text).replace("\0", "").split())


def clean_names(names: Iterable[str]) -> tuple[str, ...]:
    """Names as they are written, without blanks around; one that stands twice is one."""
    once: dict[str, str] = {}
    for name in names:
        if written := clean(name)[:MOST_NAME]:
            once.setdefault(fold(written), written)
    return tuple(once.values())
