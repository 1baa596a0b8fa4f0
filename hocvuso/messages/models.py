from __future__ import annotations

from django.db import models
from django.db.models import Q

from hocvuso.lib import ids
from hocvuso.people.models import Account, ContactChannel, Person


class Message(models.Model):
    """Something a person should know, as plain text. They find it under “Tin nhắn”, whether or not a letter went out, too."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="inbox")
    kind = models.CharField(max_length=24)  # what brought it about, one word: certificate, confirmation, class …
    subject = models.CharField(max_length=120)
    body = models.TextField(max_length=4000)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-created_at"], name="message_inbox")]

    def __str__(self) -> str:
        return self.subject


class DispatchState(models.TextChoices):
    WAITING = "waiting", "chờ gửi"
    SENT = "sent", "đã gửi"
    DEAD = "dead", "không gửi được"


class Dispatch(models.Model):
    """A message on its way out by one channel. The address is not kept here: the one agreed to at the time of sending counts."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="dispatches")
    channel = models.CharField(max_length=10, choices=ContactChannel)
    state = models.CharField(max_length=10, choices=DispatchState, default=DispatchState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField()
    last_error = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "channel"], name="dispatch_once_a_channel")]
        indexes = [
            models.Index(fields=["next_try"], condition=Q(state=DispatchState.WAITING), name="dispatch_due"),
        ]


class Notice(models.Model):
    """Something an official should know: seen on their desk at once, and once in the next digest. `key` makes sure it comes only once."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=24)  # what brought it about, one word: report, task, concern …
    subject = models.CharField(max_length=160)
    body = models.TextField(max_length=2000, blank=True)
    page = models.CharField(max_length=240, blank=True)  # where in the office it leads to; never part of a letter
    key = models.CharField(max_length=160)
    on = models.DateField()  # the business day it belongs to
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    digested_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="notice_once")]

    def __str__(self) -> str:
        return self.subject
