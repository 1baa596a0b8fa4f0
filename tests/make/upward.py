"""Two instances in one: what is sent goes through the real routes of this one, over a line that a test may cut or tamper with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx
from django.test import Client

from hocvuso.connect.http import through
from hocvuso.measure.models import Sender
from hocvuso.measure.upward.actions import accept_sender
from hocvuso.measure.upward.rules import key_id, public_key_of, sign
from hocvuso.places.models import Unit

ABOVE = "https://trung-uong.example"
KEY, OTHER_KEY = bytes(range(32)), bytes(range(1, 33))


def accepted(unit: Unit, *, name: str = "dak-lak", key: bytes = KEY) -> Sender:
    return accept_sender(name, unit=unit, key=public_key_of(key), by=":test")


def signed(purpose: str, body: bytes, *, key: bytes = KEY) -> dict[str, str]:
    return {"Hocvuso-Key": key_id(public_key_of(key)), "Hocvuso-Signature": sign(key, purpose, body)}


@dataclass
class Line:
    """What went over it, and what becomes of a request: `cut` says after how many requests nobody answers any more."""

    asked: list[str] = field(default_factory=list)
    cut: int | None = None
    change: Callable[[bytes], bytes] | None = None

    def carry(self, request: httpx.Request) -> httpx.Response:
        if self.cut is not None and len(self.asked) >= self.cut:
            raise httpx.ConnectError("cut")
        path = request.url.path
        self.asked.append(path)
        body = request.content
        if self.change is not None and "/goi/" in path:
            body = self.change(body)
        headers = {name: request.headers[name] for name in ("Hocvuso-Key", "Hocvuso-Signature")}
        answer = Client(enforce_csrf_checks=True).post(
            path, body, content_type="application/octet-stream", headers=headers, secure=True
        )
        return httpx.Response(answer.status_code, content=answer.content)

    @property
    def packages(self) -> int:
        return sum("/goi/" in path for path in self.asked)


@contextmanager
def line(*, cut: int | None = None, change: Callable[[bytes], bytes] | None = None) -> Iterator[Line]:
    made = Line(cut=cut, change=change)
    with through(httpx.MockTransport(made.carry)):
        yield made
