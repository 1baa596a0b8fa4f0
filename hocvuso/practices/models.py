from __future__ import annotations

from django.db import models
from django.db.models import Q

from hocvuso.places.models import Organisation, Place, Unit
from hocvuso.plans.models import Plan
from hocvuso.practices.rules import Model, Step


class Practice(models.Model):
    """A good practice or an initiative of one place, as it tells it itself."""

    append_only = True

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="practices")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    org = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    model = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Model])
    title = models.CharField(max_length=160)
    how = models.TextField(max_length=3000)  # how it is done, so that others can do it
    effect = models.CharField(max_length=500)  # what changed, with numbers where there are some
    on = models.DateField()
    by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("-on", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(unit=None, org__isnull=False) | Q(unit__isnull=False, org=None),
                name="practice_of_one_place",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def place(self) -> Place:
        place = self.unit or self.org
        assert place is not None  # the constraint above
        return place


class PracticeStep(models.Model):
    """Recognised, or not yet, by the level above; or taken up by another place."""

    append_only = True

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Step])
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    org = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=500)  # number and date of the decision, or why not yet, or how it was taken up
    on = models.DateField()
    by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)

    @property
    def place(self) -> Place | None:
        return self.unit or self.org
