from __future__ import annotations

import datetime as dt
import json
import random
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hocvuso.lib import clock
from hocvuso.people.models import Person
from hocvuso.sync.actions import Stored, dismiss_event, settle_event, store_events
from hocvuso.sync.models import Device, Outcome, RawEvent, Result
from hocvuso.sync.queries import set_aside_events, waiting_events
from hocvuso.sync.rules import OTHER_BODY, UNKNOWN_KIND, Batch, read_batch
from tests.make.fieldwork import Phone
from tests.make.people import person
from tests.make.places import Country

pytestmark = [pytest.mark.django_db, pytest.mark.both]

TODAY = dt.date(2025, 10, 17)
NOW = dt.datetime(2026, 3, 2, 3, 0, tzinfo=dt.UTC)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture
def minh(land: Country) -> Person:
    return person("Minh", land.villages[0])


def _store(batch: Batch, sender: Person, *, now: dt.datetime = NOW) -> Stored:
    return store_events(batch, sender=sender, now=now, today=TODAY)


def test_events_are_kept_as_they_came_and_the_highest_number_acknowledged(minh: Person) -> None:
    phone = Phone(NOW)
    for number in range(3):
        phone.note({"n": number, "tên": "Đào"})
    stored = _store(phone.batch(), minh)
    assert (stored.acknowledged, stored.new, stored.set_aside) == (3, 3, ())
    assert [row.body for row in RawEvent.objects.order_by("seq")] == [event["body"] for event in phone.events]
    assert waiting_events(["class_held"]).count() == 3
    assert Device.objects.get().person == minh


def test_the_same_event_twice_changes_nothing(minh: Person) -> None:
    phone = Phone(NOW)
    event = phone.note({})
    _store(phone.batch(event, event), minh)
    again = _store(phone.batch(), minh, now=NOW + DAY)
    assert (again.acknowledged, again.new, RawEvent.objects.count()) == (1, 0, 1)
    assert RawEvent.objects.get().received_at == NOW


def test_a_gap_is_not_acknowledged_until_it_is_closed(minh: Person) -> None:
    phone = Phone(NOW)
    one, two, three = (phone.note({"n": n}) for n in range(3))
    assert _store(phone.batch(three), minh).acknowledged == 0
    assert _store(phone.batch(one), minh).acknowledged == 1
    assert _store(phone.batch(two), minh).acknowledged == 3


def test_another_body_under_the_same_number_is_kept_and_waits_for_a_person(minh: Person) -> None:
    phone = Phone(NOW)
    first = phone.note({"came": 5})
    _store(phone.batch(), minh)
    stored = _store(phone.batch({**first, "body": '{"came": 50}'}), minh)
    assert (stored.acknowledged, [aside.reason for aside in stored.set_aside]) == (1, [OTHER_BODY])
    assert RawEvent.objects.count() == 2
    assert waiting_events(["class_held"]).get().body == first["body"]
    assert set_aside_events().get().body == '{"came": 50}'


def test_an_unknown_kind_is_acknowledged_and_waits_for_a_person(minh: Person) -> None:
    phone = Phone(NOW)
    phone.note({}, kind="tham-ho")
    phone.note({})
    stored = _store(phone.batch(), minh)
    assert (stored.acknowledged, [(one.seq, one.reason) for one in stored.set_aside]) == (2, [(1, UNKNOWN_KIND)])


def test_both_times_are_kept_and_the_day_follows_the_corrected_one(minh: Person) -> None:
    phone = Phone(NOW - 40 * DAY)  # a clock forty days behind
    phone.note({})
    phone.clock += 2 * DAY
    _store(phone.batch(), minh)
    row = RawEvent.objects.get()
    assert row.device_time == NOW - 40 * DAY
    assert row.offset_s == 38 * 86_400
    assert (row.day, row.is_doubtful) == (TODAY - 2 * DAY, True)


def test_a_long_queue_sent_in_parts_keeps_its_days(minh: Person) -> None:
    phone = Phone(NOW - 5 * DAY)
    for _ in range(4):
        phone.note({})
        phone.clock += DAY
    phone.clock = NOW
    _store(phone.batch(*phone.events[:2], rest=2), minh)
    _store(phone.batch(*phone.events[2:], rest=0), minh, now=NOW + HOUR / 60)
    assert [row.day for row in RawEvent.objects.order_by("seq")] == [TODAY - n * DAY for n in (5, 4, 3, 2)]
    assert Device.objects.get().last_sync_at == NOW + HOUR / 60


def test_what_comes_after_an_empty_phone_is_not_older_than_that(minh: Person) -> None:
    phone = Phone(NOW)
    _store(_empty(phone), minh, now=NOW - 2 * DAY)
    phone.clock = dt.datetime(2001, 1, 1, tzinfo=dt.UTC)  # the battery was out
    phone.note({})
    phone.clock = NOW  # set right before it is sent
    _store(phone.batch(), minh)
    row = RawEvent.objects.get()
    assert (row.day, row.is_doubtful) == (TODAY - 2 * DAY, True)


def _empty(phone: Phone) -> Batch:

    return read_batch(json.dumps({**phone.request({}), "events": []}))


def test_somebody_else_may_bring_the_events_and_they_stay_their_authors(minh: Person, land: Country) -> None:
    phone, other = Phone(NOW), person("Hạnh", land.villages[1])
    _store(_empty(phone), minh)
    phone.note({})
    stored = _store(phone.batch(carried=True), other, now=NOW + 3 * DAY)
    assert stored.acknowledged == 1
    row = RawEvent.objects.get()
    assert (row.device.person, row.brought_by) == (minh, f"person:{other.pk}")
    assert (row.day, row.offset_s) == (TODAY - 3 * DAY, 0)
    assert Device.objects.get().last_sync_at == NOW  # the phone itself was not there


def test_nothing_of_a_batch_is_stored_when_the_transaction_breaks_off(minh: Person) -> None:
    phone = Phone(NOW)
    phone.note({})

    class Killed(Exception):
        pass

    def killed() -> None:
        with transaction.atomic():
            _store(phone.batch(), minh)
            raise Killed

    with pytest.raises(Killed):
        killed()
    assert not RawEvent.objects.exists()
    assert _store(phone.batch(), minh).acknowledged == 1


def test_a_raw_event_cannot_be_changed_or_deleted(minh: Person) -> None:
    phone = Phone(NOW)
    phone.note({})
    _store(phone.batch(), minh)
    for change in (lambda: RawEvent.objects.update(body="x"), lambda: RawEvent.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_newest_outcome_says_what_became_of_an_event(minh: Person) -> None:
    phone = Phone(NOW)
    phone.note({}, kind="la")
    _store(phone.batch(), minh)
    row = set_aside_events().get()
    dismiss_event(row, by="7", reason="ghi nhầm")
    assert not set_aside_events().exists()
    settle_event(row, Result.SET_ASIDE, by=":test", reason="lại")
    assert [(one.pk, one.reason) for one in set_aside_events()] == [(row.pk, "lại")]  # type: ignore[attr-defined]
    assert Outcome.objects.count() == 3


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(count=st.integers(1, 9), number=st.integers(0, 10**6))
def test_shuffled_repeated_and_cut_batches_end_with_every_event_once(minh: Person, count: int, number: int) -> None:
    seed, phone = random.Random(number), Phone(clock.real_now())
    events = [phone.note({"n": n}) for n in range(count)]
    acknowledged = 0
    while acknowledged < count:
        waiting = [event for event in events if event["seq"] > acknowledged]
        some: list[dict[str, Any]] = seed.sample(waiting, seed.randint(1, len(waiting)))
        if seed.random() < 0.3:
            some += seed.sample(events, seed.randint(0, count))
        batch = phone.batch(*some)
        if seed.random() < 0.3:  # the answer is lost on the way
            _store(batch, minh, now=phone.clock)
            continue
        now = _store(batch, minh, now=phone.clock).acknowledged
        assert now >= acknowledged
        acknowledged = now
    rows = RawEvent.objects.filter(device=phone.key).order_by("seq")
    assert [row.body for row in rows] == [event["body"] for event in events]
