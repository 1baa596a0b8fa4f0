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
    HELD_BACK = "held_back", "không cần gửi"  # enough this week, too late, or already there by another channel
    DEAD = "dead", "không gửi được"


class Digest(models.Model):
    """What was new for an account at one time, as one letter. `key` makes sure it is written once: “daily:2025-10-17”."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="digests")
    key = models.CharField(max_length=40)
    subject = models.CharField(max_length=120)
    body = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="digest_once")]

    def __str__(self) -> str:
        return self.subject


class Dispatch(models.Model):
    """A message or a digest on its way out by one channel.

    The address is not kept here: the one agreed to at the time of sending counts. `tried_at` is the last attempt, or the sending.
    """

    message = models.ForeignKey(Message, null=True, blank=True, on_delete=models.CASCADE, related_name="dispatches")
    digest = models.ForeignKey(Digest, null=True, blank=True, on_delete=models.CASCADE, related_name="dispatches")
    channel = models.CharField(max_length=10, choices=ContactChannel)
    state = models.CharField(max_length=10, choices=DispatchState, default=DispatchState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField()
    tried_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "channel"], name="dispatch_once_a_channel"),
            models.UniqueConstraint(fields=["digest", "channel"], name="dispatch_digest_once_a_channel"),
            models.CheckConstraint(
                condition=Q(message=None, digest__isnull=False) | Q(message__isnull=False, digest=None),
                name="dispatch_of_one_thing",
            ),
        ]
        indexes = [
            models.Index(fields=["next_try"], condition=Q(state=DispatchState.WAITING), name="dispatch_due"),
            models.Index(fields=["channel", "tried_at"], name="dispatch_tried"),
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
        indexes = [models.Index(fields=["account", "read_at"], name="notice_unread")]  # counted for every page

    def __str__(self) -> str:
        return self.subject


class DigestWay(models.TextChoices):
    IN_APP = "in_app", "chỉ xem trong hệ thống"
    DAILY = "daily", "mỗi ngày làm việc một thư"
    WEEKLY = "weekly", "mỗi tuần một thư"


class NoticePreference(models.Model):
    """How an account hears of its notices beside the page. Whoever has chosen nothing reads them in the system only."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="notice_preference")
    way = models.CharField(max_length=10, choices=DigestWay, default=DigestWay.IN_APP)
    is_told_at_once = models.BooleanField(default=False)  # what is urgent comes at once, at most once an hour
