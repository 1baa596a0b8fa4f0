from __future__ import annotations

from django.db import models

from hocvuso.people.models import Person


class Device(models.Model):
    """A browser of one person's phone. It gives itself its id, which nobody else knows; whoever shares the phone has another one."""

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="devices")
    label = models.CharField(max_length=80, blank=True)
    registered_at = models.DateTimeField()
    last_sync_at = models.DateTimeField(null=True, blank=True)  # when it last had nothing more to send
    last_offset_s = models.BigIntegerField(default=0)  # our clock minus its own
    acknowledged = models.BigIntegerField(default=0)  # every event up to this number is here

    def __str__(self) -> str:
        return self.label or str(self.pk)


class RawEvent(models.Model):
    """An event as a device sent it, kept whatever becomes of it. `day` is the office's day on which it happened (`sync.rules`)."""

    append_only = True

    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="events")
    seq = models.BigIntegerField()
    event = models.UUIDField(null=True)  # the device's own id for it; none where it could not be read
    kind = models.CharField(max_length=32, blank=True)
    body = models.TextField()
    digest = models.CharField(max_length=64)
    device_time = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    offset_s = models.BigIntegerField()
    day = models.DateField()
    is_doubtful = models.BooleanField()
    brought_by = models.CharField(max_length=64)  # who was signed in where it came from; mostly the device's own person

    class Meta:
        constraints = [models.UniqueConstraint(fields=["device", "seq", "digest"], name="raw_event_once")]
        indexes = [models.Index(fields=["kind", "id"], name="raw_event_kind")]


class Result(models.TextChoices):
    APPLIED = "applied", "đã ghi nhận"
    KNOWN = "known", "đã có từ trước"
    SET_ASIDE = "set_aside", "chờ người xem"
    DISMISSED = "dismissed", "không ghi nhận"


class Outcome(models.Model):
    """What became of an event; the newest row says it. No row: it still waits to be processed."""

    append_only = True

    event = models.ForeignKey(RawEvent, on_delete=models.PROTECT, related_name="outcomes")
    result = models.CharField(max_length=10, choices=Result)
    reason = models.CharField(max_length=300, blank=True)  # for a person, without names
    by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
