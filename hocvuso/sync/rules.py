"""What arrives from a device: its form, its order, its time. Pure.

A batch is `{"device": uuid, "sent_at": ms, "rest": n, "events": [{"id": uuid, "seq": n, "kind": text, "at": ms, "body": text}, …]}`.
Times are milliseconds since 1970 on the device's own clock. `docs/reference/sync.md` tells the protocol.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from hocvuso.lib.clock import HANOI
from hocvuso.lib.errors import BadInput

EVENT_KINDS = frozenset({"class_held"})  # each is taken by one package above
MOST_EVENTS = 200  # a request; a phone sends fewer
MOST_BODY = 100_000  # characters; a class with two thousand people has less
MOST_SEQ = 2**53  # what a browser counts exactly
BIG_OFFSET = dt.timedelta(hours=1)
MOST_OFFSET = 10**10  # seconds, some 300 years: a clock further off is no clock

BROKEN = "Nội dung gửi lên không đủ hoặc không đọc được."
TOO_LARGE = "Nội dung gửi lên quá lớn."
UNKNOWN_KIND = "Hệ thống không biết loại việc này."
OTHER_BODY = "Cùng số thứ tự nhưng nội dung khác với lần gửi trước."


@dataclass(frozen=True, slots=True)
class Sent:
    """One event as it came. `wrong` says why a person must look at it; what could not be read stands whole in `body`."""

    seq: int
    body: str
    digest: str
    id: uuid.UUID | None = None
    kind: str = ""
    at: dt.datetime | None = None
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """`rest` is how many events the device still holds beside these; `carried`: brought by a file, not by the device itself."""

    device: uuid.UUID
    sent_at: dt.datetime
    rest: int
    events: tuple[Sent, ...]
    label: str = ""
    carried: bool = False


@dataclass(frozen=True, slots=True)
class Aside:
    """An event that a person has to look at, and why."""

    seq: int
    reason: str


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happened, as well as can be known. Doubtful: the device's clock was far off, or told an impossible time."""

    at: dt.datetime
    is_doubtful: bool


def read_batch(text: str | bytes) -> Batch:
    """Raises `BadInput` where nothing could be filed: no JSON, no device, an event without its number. Nothing is to be stored then."""
    return _batch(_json(text))


def read_file(text: str | bytes) -> list[Batch]:
    """What a phone saved to a file, to be sent from another device: `{"batches": […]}`, each one carried, whatever it says itself."""
    data = _json(text)
    batches = data.get("batches") if isinstance(data, dict) else None
    if not isinstance(batches, list) or not batches:
        raise BadInput("Đây không phải tệp do trang của tổ lưu ra; chưa lưu gì.")
    return [replace(_batch(one), carried=True) for one in batches]


def _json(text: str | bytes) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise BadInput("Gói tin không phải JSON hoặc bị cắt ngang; chưa lưu gì. Hãy gửi lại.") from None


def _batch(data: Any) -> Batch:
    if not isinstance(data, dict) or not isinstance(events := data.get("events"), list):
        raise BadInput("Gói tin thiếu danh sách việc (events); chưa lưu gì.")
    device, sent_at, rest = _uuid(data.get("device")), _time(data.get("sent_at")), data.get("rest", 0)
    if device is None or sent_at is None or not _is_count(rest):
        raise BadInput("Gói tin thiếu mã máy (device) hoặc giờ gửi (sent_at); chưa lưu gì.")
    if len(events) > MOST_EVENTS:
        raise BadInput(f"Mỗi lần gửi nhiều nhất {MOST_EVENTS} việc; chưa lưu gì.")
    label = data.get("label")
    return Batch(
        device=device,
        sent_at=sent_at,
        rest=rest,
        events=tuple(_event(event, place) for place, event in enumerate(events, start=1)),
        label=_plain(label)[:80] if isinstance(label, str) else "",
        carried=data.get("carried") is True,
    )


def _event(event: Any, place: int) -> Sent:
    seq: Any = event.get("seq") if isinstance(event, dict) else None
    if not _is_count(seq) or not 1 <= seq <= MOST_SEQ:
        raise BadInput(f"Việc thứ {place} trong gói tin không có số thứ tự (seq); chưa lưu gì.")
    key, kind, at, body = _uuid(event.get("id")), event.get("kind"), _time(event.get("at")), event.get("body")
    whole = json.dumps(event, sort_keys=True)  # in ASCII: every database takes it
    digest = hashlib.sha256(whole.encode()).hexdigest()
    if not (key and at and isinstance(kind, str) and isinstance(body, str) and _is_storable(body + kind)):
        return Sent(seq=seq, body=whole, digest=digest, wrong=BROKEN)
    wrong = TOO_LARGE if len(body) > MOST_BODY else "" if kind in EVENT_KINDS else UNKNOWN_KIND
    return Sent(seq=seq, body=body, digest=digest, id=key, kind=kind[:32], at=at, wrong=wrong)


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _uuid(value: Any) -> uuid.UUID | None:
    try:
        return uuid.UUID(value)
    except (ValueError, AttributeError, TypeError):
        return None


def _time(value: Any) -> dt.datetime | None:
    """Milliseconds since 1970 → a moment; None for what no calendar holds."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return dt.datetime.fromtimestamp(value / 1000, dt.UTC)
    except (OverflowError, OSError, ValueError):
        return None


def _is_storable(text: str) -> bool:
    """PostgreSQL takes no NUL, and no encoding takes half a surrogate pair."""
    return "\0" not in text and text == _plain(text)


def _plain(text: str) -> str:
    return text.replace("\0", "").encode("utf-8", "ignore").decode()


def gapless(numbers: Iterable[int], *, after: int = 0) -> int:
    """The highest number up to which none is missing, when everything up to `after` is known to be there."""
    there, highest = set(numbers), after
    while highest + 1 in there:
        highest += 1
    return highest


def offset(sent_at: dt.datetime, *, now: dt.datetime) -> int:
    """How many seconds the device's clock is behind ours; negative when it runs ahead."""
    seconds = round((now - sent_at).total_seconds())
    return max(-MOST_OFFSET, min(MOST_OFFSET, seconds))


def moment_of(
    device_time: dt.datetime | None, *, offset_s: int, last_sync: dt.datetime | None, now: dt.datetime
) -> Moment:
    """Device time + offset, but not before the device last had nothing to send, and not after now.

    Between two syncs a clock may have been set; then the corrected time lies outside what is possible, and is bounded and doubtful.
    """
    if device_time is None:
        return Moment(now, is_doubtful=True)
    try:
        corrected = device_time + dt.timedelta(seconds=offset_s)
    except OverflowError:
        return Moment(now, is_doubtful=True)
    bounded = min(max(corrected, last_sync or corrected), now)
    # A second or two of a slow line are no doubt.
    was_impossible = abs(bounded - corrected) > dt.timedelta(minutes=5)
    return Moment(bounded, is_doubtful=was_impossible or abs(dt.timedelta(seconds=offset_s)) > BIG_OFFSET)


def business_day(moment: dt.datetime, *, now: dt.datetime, today: dt.date) -> dt.date:
    """The office's day of a moment: as many days before `today` as the moment lies before the machine's day.

    On a real server both clocks agree and this is the day in Hà Nội. A demo stands on 17/10/2025 while phones do not.
    """
    return today - (now.astimezone(HANOI).date() - moment.astimezone(HANOI).date())
