from __future__ import annotations

import datetime as dt
import json
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hocvuso.lib.errors import BadInput
from hocvuso.sync.rules import (
    BROKEN,
    MOST_BODY,
    TOO_LARGE,
    UNKNOWN_KIND,
    business_day,
    gapless,
    moment_of,
    offset,
    read_batch,
)

NOW = dt.datetime(2026, 3, 2, 3, 0, tzinfo=dt.UTC)  # 10:00 in Hà Nội
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
EVENT = {
    "id": "01890000-0000-7000-8000-000000000001",
    "seq": 1,
    "kind": "class_held",
    "at": 1_760_000_000_000,
    "body": "{}",
}
BATCH = {"device": "3f2b8a52-9d0e-4b1c-8a38-2f6b1f0c7e11", "sent_at": 1_760_000_000_000, "rest": 0, "events": [EVENT]}


@pytest.mark.parametrize(
    ("numbers", "after", "highest"),
    [([], 0, 0), ([1, 2, 3], 0, 3), ([3, 1, 2], 0, 3), ([2, 3], 0, 0), ([1, 3], 0, 1), ([5, 6], 4, 6), ([6], 4, 4), ([1, 1, 2], 0, 2)],
)  # fmt: skip
def test_the_highest_number_without_a_gap(numbers: list[int], after: int, highest: int) -> None:
    assert gapless(numbers, after=after) == highest


@given(count=st.integers(0, 30), lost=st.sets(st.integers(1, 30)), number=st.integers(0, 10**6))
def test_order_and_repetition_change_no_acknowledgement(count: int, lost: set[int], number: int) -> None:
    seed = random.Random(number)
    arrived = [n for n in range(1, count + 1) if n not in lost]
    shuffled = arrived * 2
    seed.shuffle(shuffled)
    cut = seed.randint(0, len(shuffled))
    first = gapless(shuffled[:cut])
    assert gapless(shuffled, after=first) == gapless(arrived)
    assert first <= gapless(arrived)
    assert all(n in arrived for n in range(1, gapless(arrived) + 1))


@pytest.mark.parametrize(
    ("at", "offset_s", "last_sync", "expected", "doubtful"),
    [
        (NOW - HOUR, 0, None, NOW - HOUR, False),
        (NOW - HOUR - DAY, 86_400, None, NOW - HOUR, True),  # a clock a day behind: corrected, and flagged
        (NOW - HOUR, 1800, None, NOW - HOUR / 2, False),  # half an hour off is a clock like others
        (NOW + 3 * DAY, 0, None, NOW, True),  # set forward before, right when sent: not after now
        (dt.datetime(2010, 1, 1, tzinfo=dt.UTC), 0, NOW - DAY, NOW - DAY, True),  # not before the phone was last empty
        (NOW - DAY, 0, NOW - DAY, NOW - DAY, False),
        (None, 0, NOW - DAY, NOW, True),
        (dt.datetime(1, 1, 1, tzinfo=dt.UTC), -(10**10), None, NOW, True),  # no calendar holds it
    ],
)
def test_when_something_happened(
    at: dt.datetime | None, offset_s: int, last_sync: dt.datetime | None, expected: dt.datetime, doubtful: bool
) -> None:
    moment = moment_of(at, offset_s=offset_s, last_sync=last_sync, now=NOW)
    assert (moment.at, moment.is_doubtful) == (expected, doubtful)


@given(
    at=st.integers(0, 4 * 10**9), offset_s=st.integers(-(10**9), 10**9),
    back=st.one_of(st.none(), st.integers(0, 10**7)),
)  # fmt: skip
def test_a_moment_always_lies_between_the_last_sync_and_now(at: int, offset_s: int, back: int | None) -> None:
    last = None if back is None else NOW - dt.timedelta(seconds=back)
    moment = moment_of(dt.datetime.fromtimestamp(at, dt.UTC), offset_s=offset_s, last_sync=last, now=NOW)
    assert moment.at <= NOW
    assert last is None or last <= moment.at


def test_the_offset_is_what_the_devices_clock_is_behind() -> None:
    assert offset(NOW - HOUR, now=NOW) == 3600
    assert offset(NOW + HOUR, now=NOW) == -3600


@pytest.mark.parametrize(
    ("moment", "today", "expected"),
    [
        (NOW, dt.date(2026, 3, 2), dt.date(2026, 3, 2)),
        (dt.datetime(2026, 3, 1, 16, 59, tzinfo=dt.UTC), dt.date(2026, 3, 2), dt.date(2026, 3, 1)),  # 23:59 in Hà Nội
        (dt.datetime(2026, 3, 1, 17, 0, tzinfo=dt.UTC), dt.date(2026, 3, 2), dt.date(2026, 3, 2)),  # midnight there
        (NOW, dt.date(2025, 10, 17), dt.date(2025, 10, 17)),  # the demo stands on its Friday
        (NOW - 3 * DAY, dt.date(2025, 10, 17), dt.date(2025, 10, 14)),
    ],
)
def test_the_offices_day_lies_as_far_back_as_the_real_one(
    moment: dt.datetime, today: dt.date, expected: dt.date
) -> None:
    assert business_day(moment, now=NOW, today=today) == expected


# --- what arrives ----------------------------------------------------------------------------------------------------------------


def _with(**more: Any) -> str:
    return json.dumps({**BATCH, "events": [{**EVENT, **more}]})


def test_a_whole_event_is_read_as_it_was_sent() -> None:
    batch = read_batch(_with(body='{"skill": "an-toan"}'))
    event = batch.events[0]
    assert (event.seq, event.kind, event.body, event.wrong) == (1, "class_held", '{"skill": "an-toan"}', "")
    assert str(event.id) == EVENT["id"]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"body": "x" * (MOST_BODY + 1)}, TOO_LARGE),
        ({"kind": "tau-vu-tru"}, UNKNOWN_KIND),
        ({"body": {"skill": "an-toan"}}, BROKEN),
        ({"body": None}, BROKEN),
        ({"id": "khong-phai-ma"}, BROKEN),
        ({"at": "hôm qua"}, BROKEN),
        ({"at": 1e300}, BROKEN),
        ({"body": "a\0b"}, BROKEN),
        ({"body": "\ud800"}, BROKEN),
        ({"kind": 7}, BROKEN),
    ],
)
def test_what_cannot_be_understood_is_kept_with_its_reason(more: dict[str, Any], why: str) -> None:
    event = read_batch(_with(**more)).events[0]
    assert event.wrong == why
    assert event.body
    assert "\0" not in event.body
    event.body.encode()


@pytest.mark.parametrize(
    "text",
    [
        "", "{", json.dumps(BATCH)[:-20], "[]", "null", "[" * 100_000, json.dumps({**BATCH, "device": "x"}),
        json.dumps({**BATCH, "sent_at": None}), json.dumps({**BATCH, "events": {}}), json.dumps({**BATCH, "rest": -1}),
        json.dumps({**BATCH, "events": [EVENT] * 201}), json.dumps({**BATCH, "events": ["x"]}), _with(seq=0), _with(seq=True),
        _with(seq=1.5), _with(seq=2**60), "\udfff",
    ],
)  # fmt: skip
def test_what_cannot_be_filed_is_refused_and_says_that_nothing_was_stored(text: str) -> None:
    with pytest.raises(BadInput, match="chưa lưu gì"):
        read_batch(text)


def test_the_same_event_has_the_same_digest_and_another_body_another() -> None:
    one, same, other = (read_batch(_with(body=body)).events[0].digest for body in ("{}", "{}", '{"a": 1}'))
    assert one == same != other
