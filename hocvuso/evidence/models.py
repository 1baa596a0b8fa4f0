from __future__ import annotations

from django.db import models
from django.db.models import Q

from hocvuso.lib import ids
from hocvuso.places.models import Organisation, Unit


class SubjectType(models.TextChoices):
    PERSON = "person", "người"
    HOUSEHOLD = "household", "hộ"
    TEAM = "team", "tổ"
    UNIT = "unit", "đơn vị"
    ORG = "org", "tổ chức"


class Evidence(models.Model):
    """One fact. Who the subject was then (unit, org, group, sex, birth year) stands in the row, so erasing a person changes no figure."""

    append_only = True

    seq = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=ids.new_id)
    kind = models.CharField(max_length=32)
    subject_type = models.CharField(max_length=10, choices=SubjectType)
    subject = models.UUIDField()
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    org = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    group = models.CharField(max_length=16, blank=True)
    sex = models.CharField(max_length=1, blank=True)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    on = models.DateField()
    level = models.CharField(max_length=12, blank=True)
    skill = models.CharField(max_length=24, blank=True)
    device = models.CharField(max_length=64, blank=True)
    detail = models.JSONField(default=dict)
    source = models.CharField(max_length=32)
    source_ref = models.CharField(max_length=120)
    by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    voids = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "source_ref"], name="evidence_once"),
            models.UniqueConstraint(fields=["voids"], condition=Q(voids__isnull=False), name="evidence_voided_once"),
        ]
        indexes = [
            models.Index(fields=["subject", "kind"], name="evidence_subject_kind"),
            models.Index(fields=["unit", "kind", "on"], name="evidence_unit_kind"),
            models.Index(fields=["org", "kind", "on"], name="evidence_org_kind"),
        ]


class StatedCount(models.Model):
    """A figure somebody states as a whole: imported from a named system, or declared by a unit with a document. Never added to evidence.

    `count` is cumulative as of the day `on`. A later statement of the same source stands beside the earlier one; `voids` takes one back.
    """

    append_only = True

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    metric = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    org = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    count = models.PositiveIntegerField()
    source = models.CharField(max_length=32)
    source_ref = models.CharField(max_length=120)
    document = models.CharField(max_length=160, blank=True)
    by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    voids = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "source_ref"], name="stated_once"),
            models.CheckConstraint(
                condition=Q(unit=None, org__isnull=False) | Q(unit__isnull=False, org=None), name="stated_of_one_place"
            ),
        ]
        indexes = [models.Index(fields=["metric", "on"], name="stated_metric_on")]
