from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings

from hocvuso.connect.http import open_client
from hocvuso.lib import clock
from hocvuso.lib.errors import NotReady, Refused
from hocvuso.measure.actions import refresh_measure
from hocvuso.measure.upward.content import packages_of
from hocvuso.measure.upward.rules import key_id, public_key_of, sign
from hocvuso.places.models import Unit
from hocvuso.places.queries import unit_in_force

if TYPE_CHECKING:
    import httpx

PAUSES = (0.5, 2.0)  # seconds before a second and a third try
PATIENCE = 120.0  # seconds: putting a large province in force takes a while
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Pushed:
    """`state` as the receiver says it: "in_force" or "known". `sent` of `packages` travelled this time."""

    state: str
    sent: int
    packages: int
    rows: int
    sent_bytes: int


def push_figures() -> Pushed | None:
    """What the timetable does: the settings say where to and of which unit; without them, nothing."""
    if not settings.UPWARD_URL:
        return None
    return push_unit(unit_in_force(settings.UPWARD_UNIT, on=clock.today()), to=settings.UPWARD_URL)


def push_unit(unit: Unit, *, to: str, progress: Progress | None = None) -> Pushed:
    """Send what the receiver does not have yet, and have it put in force.

    Raises `Refused` with the receiver's own sentence, and `NotReady` when nobody answers; what has arrived by then is not sent again.
    """
    if not settings.UPWARD_KEY:
        raise NotReady(
            "HOCVUSO_UPWARD_KEY: máy chủ chính thức phải nhận khóa này từ môi trường thì mới gửi số liệu lên được."
        )
    refresh_measure()
    manifest, packages = packages_of(unit, on=clock.today())
    sent_bytes = 0
    with open_client() as client:
        line = _Line(client, to.rstrip("/"))
        answer = line.post("so-lieu/ban-ke/", "manifest", manifest.body)
        wanted = [str(name) for name in answer.get("wanted", ()) if name in packages]
        for number, name in enumerate(wanted, start=1):
            body = packages[name].body
            line.done = f"đã gửi {number - 1} trên {len(wanted)} gói"
            line.post(f"so-lieu/goi/{name}/", f"package:{name}", body)
            sent_bytes += len(body)
            if progress:
                progress("gói", number, len(wanted))
        if wanted:
            line.done = f"đã gửi đủ {len(wanted)} gói, nơi nhận chưa dùng"
            answer = line.post("so-lieu/ban-ke/", "manifest", manifest.body)
    if answer.get("state") not in {"in_force", "known"}:
        raise NotReady(f"{to}: nơi nhận còn thiếu gói dù đã gửi đủ; hãy chạy lại lệnh.")
    rows = sum(one.rows for one in manifest.packages)
    return Pushed(answer["state"], len(wanted), len(packages), rows, sent_bytes)


class _Line:
    """One conversation with the receiver. `done` is what somebody should know when it is cut."""

    def __init__(self, client: httpx.Client, base: str) -> None:
        self.client = client
        self.base = base
        self.done = "chưa gửi được gì"

    def post(self, path: str, purpose: str, body: bytes) -> dict[str, Any]:
        """A request that got no answer is made again: sent twice changes nothing."""
        import httpx

        for pause in (*PAUSES, None):
            try:
                response = self.client.post(
                    f"{self.base}/api/{path}", content=body, headers=self._headers(purpose, body), timeout=PATIENCE
                )
            except httpx.HTTPError as error:
                if pause is None:
                    raise NotReady(
                        f"{self.base}: không nối được hoặc mất liên lạc ({type(error).__name__}); {self.done}. Chạy lại lệnh để gửi tiếp."
                    ) from None
                time.sleep(pause)
            else:
                return self._read(response)
        raise AssertionError  # the last turn of the loop returns or raises

    def _headers(self, purpose: str, body: bytes) -> dict[str, str]:
        key: bytes = settings.UPWARD_KEY
        return {
            "Content-Type": "application/octet-stream",
            "Hocvuso-Key": key_id(public_key_of(key)),
            "Hocvuso-Signature": sign(key, purpose, body),
        }

    def _read(self, response: httpx.Response) -> dict[str, Any]:
        try:
            said = response.json()
        except ValueError:
            said = None
        if response.status_code == 200 and isinstance(said, dict):
            return said
        if isinstance(said, dict) and isinstance(said.get("error"), str):
            raise Refused(f"Nơi nhận từ chối: {said['error']}")
        raise NotReady(f"{self.base}: nơi nhận báo lỗi {response.status_code}; {self.done}. Chạy lại lệnh để gửi tiếp.")
