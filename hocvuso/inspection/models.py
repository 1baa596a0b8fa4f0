from __future__ import annotations

from django.db import models
from django.db.models import Q

from hocvuso.attachments.models import Attachment
from hocvuso.inspection.rules import Kind, State
from hocvuso.places.models import Organisation, Place, Unit
from hocvuso.plans.models import Plan


class InspectionRound(models.Model):
    """One inspection, ordered by a document: by which unit, of what, when, by whom."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="inspections")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")  # who inspects
    title = models.CharField(max_length=200)
    document = models.CharField(max_length=160)  # number and date of the decision
    members = models.CharField(max_length=500, blank=True)
    first = models.DateField()
    last = models.DateField()
    by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("-first", "-pk")

    def __str__(self) -> str:
        return self.title


class InspectedPlace(models.Model):
    """A place the round goes to."""

    round = models.ForeignKey(InspectionRound, on_delete=models.CASCADE, related_name="places")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    org = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unit=None, org__isnull=False) | Q(unit__isnull=False, org=None), name="inspected_one_place"
            ),
            models.UniqueConstraint(fields=["round", "unit"], name="inspected_once_unit"),
            models.UniqueConstraint(fields=["round", "org"], name="inspected_once_org"),
        ]

    @property
    def place(self) -> Place:
        place = self.unit or self.org
        assert place is not None  # the constraint above
        return place


class InspectionRemark(models.Model):
    """What was found at a place: a strength, or a shortcoming with the day by which it is to be remedied."""

    inspected = models.ForeignKey(InspectedPlace, on_delete=models.PROTECT, related_name="remarks")
    kind = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Kind])
    text = models.CharField(max_length=1000)
    due = models.DateField(null=True, blank=True)
    on = models.DateField()
    by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)


class InspectionStep(models.Model):
    """What became of a remark. The newest step is its state; earlier ones stay."""

    append_only = True

    remark = models.ForeignKey(InspectionRemark, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=10, choices=[(one.value, one.value) for one in State])
    text = models.CharField(max_length=1000)
    document = models.CharField(max_length=160, blank=True)
    attachment = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
