from __future__ import annotations

from django.db import models
from django.db.models import Q

from hocvuso.places.models import Organisation, Unit
from hocvuso.plans.models import Duty


class Report(models.Model):
    """What people add to one report: a duty, who owes it, the day it is due. Its figures are computed when it is made."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="reports")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    org = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    due = models.DateField()
    steering = models.TextField(blank=True)  # công tác chỉ đạo, điều hành
    practices = models.TextField(blank=True)  # mô hình, cách làm hay
    difficulties = models.TextField(blank=True)
    proposals = models.TextField(blank=True)
    next_steps = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unit=None, org__isnull=False) | Q(unit__isnull=False, org=None), name="report_of_one_place"
            ),
            models.UniqueConstraint(fields=["duty", "unit", "due"], name="report_once_unit"),
            models.UniqueConstraint(fields=["duty", "org", "due"], name="report_once_org"),
        ]
