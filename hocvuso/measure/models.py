from __future__ import annotations

from django.db import models
from django.db.models import Q

from hocvuso.lib import ids
from hocvuso.places.models import Organisation, Unit


class Verdict(models.TextChoices):
    OPEN = "open", "đang rà soát"
    EXPLAINED = "explained", "đã giải trình"
    CORRECTED = "corrected", "đã chỉnh sửa"


class FlagReview(models.Model):
    """What a person found when they looked at a flag. The newest row of a key is the state; earlier ones stay.

    A flag itself is found anew on each look and has no row; its key names it. `evidence` keeps the numbers as they were judged.
    """

    append_only = True

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    key = models.CharField(max_length=20)
    kind = models.CharField(max_length=24)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    org = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict)
    note = models.TextField(blank=True)
    evidence = models.JSONField(default=dict)
    on = models.DateField()
    by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unit=None, org__isnull=False) | Q(unit__isnull=False, org=None),
                name="flag_review_of_one_place",
            ),
        ]
        indexes = [models.Index(fields=["key", "recorded_at"], name="flag_review_key")]


class Sender(models.Model):
    """Another instance that may send its figures here: under which key, and for which unit. The key's private half is only there."""

    name = models.SlugField(max_length=40, unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    key_id = models.CharField(max_length=16, unique=True)
    public_key = models.CharField(max_length=43)  # Ed25519, base64url
    accepted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            # Two that speak for one unit would take turns overwriting each other.
            models.UniqueConstraint(fields=["unit"], condition=Q(ended_at=None), name="sender_one_of_a_unit")
        ]

    def __str__(self) -> str:
        return self.name


class Reader(models.Model):
    """Another system that may read the figures of a unit and of what lies in it, by a token it alone has; kept here as a digest."""

    name = models.SlugField(max_length=40, unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the token
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
