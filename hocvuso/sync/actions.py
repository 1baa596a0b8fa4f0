from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from hocvuso.audit.actions import record_act
from hocvuso.lib import clock
from hocvuso.lib.errors import BadInput
from hocvuso.people.models import Person
from hocvuso.sync.models import Device, Outcome, RawEvent, Result
from hocvuso.sync.rules import OTHER_BODY, Aside, Batch, Sent, business_day, gapless, moment_of, offset

BY = ":sync"


@dataclass(frozen=True, slots=True)
class Stored:
    """`acknowledged`: every event up to this number is stored for good, and the device may forget it."""

    acknowledged: int
    new: int
    set_aside: tuple[Aside, ...]


@transaction.atomic
def store_events(batch: Batch, *, sender: Person, now: dt.datetime, today: dt.date) -> Stored:
    """Keep what a device sent, all or none, before anybody looks at what it means. `now` is the machine's time.

    The same event again changes nothing. Another body under a number that is taken is kept beside the first and set aside.
    """
    device = _device_of(batch, sender, now)
    offset_s = device.last_offset_s if batch.carried else offset(batch.sent_at, now=now)
    numbers = {event.seq for event in batch.events}
    known = set(device.events.filter(seq__in=numbers).values_list("seq", "digest"))
    taken, new, aside = {seq for seq, _ in known}, list[RawEvent](), list[Aside]()
    for event in sorted(batch.events, key=lambda event: event.seq):
        if (event.seq, event.digest) in known:
            continue
        known.add((event.seq, event.digest))
        reason = event.wrong or (OTHER_BODY if event.seq in taken else "")
        taken.add(event.seq)
        row = _raw_event(event, device, offset_s=offset_s, now=now, today=today, sender=sender)
        row.save(force_insert=True)
        new.append(row)
        if reason:
            settle_event(row, Result.SET_ASIDE, by=BY, reason=reason)
            aside.append(Aside(event.seq, reason))
    _note_sync(device, batch, offset_s=offset_s, now=now)
    if new:
        record_act(
            "store_events", by=f"person:{sender.pk}", object_type="device", object_id=device.pk, fields=[f"+{len(new)}"]
        )
    return Stored(device.acknowledged, len(new), tuple(aside))


@transaction.atomic
def store_file(batches: Sequence[Batch], *, sender: Person, now: dt.datetime, today: dt.date) -> int:
    """Keep what a phone saved to a file, all of it or none; how many events are new."""
    return sum(store_events(batch, sender=sender, now=now, today=today).new for batch in batches)


def _device_of(batch: Batch, sender: Person, now: dt.datetime) -> Device:
    """The device's row, held until the transaction ends; one that is new belongs to whoever signed in on it."""
    Device.objects.get_or_create(
        pk=batch.device, defaults={"person": sender, "label": batch.label, "registered_at": now}
    )
    return Device.objects.select_for_update().get(pk=batch.device)


def _raw_event(
    event: Sent, device: Device, *, offset_s: int, now: dt.datetime, today: dt.date, sender: Person
) -> RawEvent:
    moment = moment_of(event.at, offset_s=offset_s, last_sync=device.last_sync_at, now=now)
    return RawEvent(
        device=device, seq=event.seq, event=event.id, kind=event.kind, body=event.body, digest=event.digest, device_time=event.at,
        received_at=now, offset_s=offset_s, day=business_day(moment.at, now=now, today=today), is_doubtful=moment.is_doubtful,
        brought_by=f"person:{sender.pk}",
    )  # fmt: skip


def _note_sync(device: Device, batch: Batch, *, offset_s: int, now: dt.datetime) -> None:
    above = device.events.filter(seq__gt=device.acknowledged).values_list("seq", flat=True)
    device.acknowledged = gapless(above, after=device.acknowledged)
    if not batch.carried:
        device.last_offset_s = offset_s
        if batch.rest == 0:  # only an emptied phone bounds what comes next: a long queue arrives in several requests
            device.last_sync_at = now
    device.save()


def settle_event(event: RawEvent, result: Result, *, by: str, reason: str = "") -> Outcome:
    """Write what became of an event. A person who decides is in the audit, too."""
    made = Outcome.objects.create(event=event, result=result, reason=reason[:300], by=by, recorded_at=clock.real_now())
    if not by.startswith(":"):
        record_act("settle_event", by=by, object_type="raw_event", object_id=event.pk, fields=[result])
    return made


def dismiss_event(event: RawEvent, *, by: str, reason: str) -> None:
    """A person has looked and says it is not to be counted. It stays readable."""
    if not reason.strip():
        raise BadInput(_("Hãy ghi lý do không ghi nhận."))
    settle_event(event, Result.DISMISSED, by=by, reason=reason.strip())
