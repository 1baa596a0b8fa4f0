from __future__ import annotations

from django.db import models

from hocvuso.lib import ids
from hocvuso.people.models import Person


class SigningKey(models.Model):
    """The public half of a key that certificates were signed with. It stays when the key is retired: old papers are still checked by it."""

    kid = models.CharField(primary_key=True, max_length=16)
    algorithm = models.CharField(max_length=10)
    public_key = models.TextField()  # PEM
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)


class Certificate(models.Model):
    """What somebody was certified in, as it was said then. Nothing of it is changed; only its holder can be taken out of it.

    Therefore no append-only table: a person's right to be erased reaches the name on the certificate, too.
    """

    id = models.CharField(primary_key=True, max_length=10)
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="certificates")
    name = models.CharField(max_length=120, blank=True)  # NFC, as issued; empty once the holder was erased
    rule = models.CharField(max_length=60)
    title = models.CharField(max_length=160)
    level = models.CharField(max_length=12)
    framework = models.CharField(max_length=40)
    framework_version = models.CharField(max_length=12)
    issued_on = models.DateField()
    issuer = models.CharField(max_length=80)
    evidence = models.UUIDField()  # the pass that decided
    simulated = models.BooleanField()
    key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, related_name="+")
    cose = models.BinaryField()
    status_index = models.PositiveIntegerField(unique=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["evidence", "rule"], name="certificate_once_a_pass")]

    def __str__(self) -> str:
        return self.id


class RevocationReason(models.TextChoices):
    MISTAKE = "mistake", "cấp nhầm"
    DETAILS = "details", "ghi sai thông tin"
    RESULT = "result", "kết quả đánh giá không còn giá trị"
    ASKED = "asked", "người được cấp đề nghị"


class Revocation(models.Model):
    append_only = True

    certificate = models.OneToOneField(Certificate, on_delete=models.PROTECT, related_name="revocation")
    reason = models.CharField(max_length=10, choices=RevocationReason)
    on = models.DateField()
    by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()


class DeliveryState(models.TextChoices):
    WAITING = "waiting", "chờ gửi"
    SENT = "sent", "đã gửi, chưa có trả lời"
    CONFIRMED = "confirmed", "đã xác nhận"
    REFUSED = "refused", "bị từ chối"
    DEAD = "dead", "không gửi được"


class Delivery(models.Model):
    """A certificate on its way to VNeID, at the holder's wish. Its id goes along, so that a second try is known as the same one."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    certificate = models.OneToOneField(Certificate, on_delete=models.PROTECT, related_name="delivery")
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField()
    last_error = models.CharField(max_length=40, blank=True)  # a short code, never what was sent
    reference = models.CharField(max_length=80, blank=True)
    replied_on = models.DateField(null=True, blank=True)
    asked_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["state", "next_try"], name="delivery_due")]


class CertificationMark(models.Model):
    """Up to which ledger row the timetable has looked for people to certify, under which rules."""

    rules = models.CharField(max_length=64, unique=True)
    seq = models.BigIntegerField()
