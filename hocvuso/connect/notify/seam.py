"""What every channel takes, and what it may say. Tests and the demo put something else behind it; the queue does not notice."""

from __future__ import annotations

import datetime as dt
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from hocvuso.people.models import ContactChannel


class NotDelivered(Exception):
    """It did not get through. `code` is short and names nobody; `for_good`: the other side says that trying again is no use."""

    def __init__(self, code: str, *, for_good: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.for_good = for_good


@dataclass(frozen=True, slots=True)
class Post:
    """One thing for one person. `to` is an address or a number as +84…; `reference` stays the same when it is sent again."""

    to: str
    name: str
    subject: str
    body: str
    stop: str  # where whoever reads it says that they want no more
    reference: str
    at: dt.datetime


class Session(Protocol):
    """An open way out. Raises `NotDelivered` and nothing else; `BadInput` where the post itself cannot be written."""

    @property
    def is_lost(self) -> bool:
        """It has broken off: what is still due waits for the next one."""
        ...

    def send(self, post: Post) -> None: ...


class Channel(Protocol):
    @property
    def key(self) -> ContactChannel: ...

    @property
    def closed_why(self) -> str:
        """Why nothing can go this way, for whoever runs the system; empty when it is open."""
        ...

    @property
    def per_minute(self) -> int: ...

    def opened(self) -> AbstractContextManager[Session]:
        """Raises `NotDelivered` when no session comes about."""
        ...
