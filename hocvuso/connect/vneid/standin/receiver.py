"""The side that receives confirmations: answers a delivery it knows with the answer it gave before, and fails when it is told to."""

from __future__ import annotations

import hashlib
import re
import threading
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from hocvuso.lib import clock


class Mood(StrEnum):
    """What it does with the next confirmations."""

    WELL = "tot"
    REFUSES = "tu-choi"
    BREAKS = "loi"
    IS_SLOW = "cham"  # kept, and answered when nobody listens any more
    LOSES_THE_REPLY = "mat-tra-loi"  # kept, and whoever asked hears of a fault


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    body: Mapping[str, Any]
    after: float = 0.0  # seconds


SLOW = 30.0  # seconds; longer than anybody waits for it


class StandinReceiver:
    def __init__(self, *, slow: float = SLOW) -> None:
        self.mood = Mood.WELL
        self.slow = slow
        self._kept: dict[str, dict[str, str]] = {}
        self._lock = threading.Lock()

    @property
    def kept(self) -> dict[str, dict[str, str]]:
        """Delivery → the answer it has; nothing about the person is kept."""
        with self._lock:
            return dict(self._kept)

    def receive(self, sent: Any) -> Reply:
        mood = self.mood
        if mood is Mood.BREAKS:
            return Reply(500, {"error": "internal_error"})
        if not _in_order(sent):
            return Reply(400, {"error": "invalid_request"})
        delivery = sent["delivery"]
        with self._lock:
            known = self._kept.get(delivery)
            if known is None and mood is Mood.REFUSES:
                return Reply(422, {"error": "not_accepted"})
            if known is None:
                # From the delivery's own id: a stand-in started again gives it the same reference.
                reference = f"GL-{hashlib.sha256(delivery.encode()).hexdigest()[:12].upper()}"
                known = {"reference": reference, "confirmed_on": clock.today().isoformat()}
                self._kept[delivery] = known
        if mood is Mood.LOSES_THE_REPLY:
            return Reply(504, {"error": "lost"})
        return Reply(200, known, after=self.slow if mood is Mood.IS_SLOW else 0)


def _in_order(sent: Any) -> bool:
    if not isinstance(sent, dict):
        return False
    try:
        uuid.UUID(sent.get("delivery", ""))
    except (ValueError, TypeError, AttributeError):
        return False
    number = sent.get("identity_number")
    words = (sent.get("certificate"), sent.get("level"), sent.get("framework"), sent.get("issued_on"))
    return (
        isinstance(number, str)
        and bool(re.fullmatch(r"[0-9]{12}", number))
        and all(isinstance(word, str) and word for word in words)
    )
