from __future__ import annotations

from django.db import models
from django.db.models import Q

from hocvuso.means.rules import Gift, Signal, Source, Stage
from hocvuso.places.models import Organisation, Place, Unit
from hocvuso.plans.models import Plan, Task


class Placed(models.Model):
    """Whose it is: a unit or an organisation; who wrote it down, for which day."""

    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    org = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True

    @property
    def place(self) -> Place:
        place = self.unit or self.org
        assert place is not None  # each table's constraint
        return place


class BudgetLine(Placed):
    """Money of a place for a task of a plan, or for the plan as a whole. A line is never changed; a wrong one is voided by another."""

    append_only = True

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="budget_lines")
    task = models.ForeignKey(Task, null=True, blank=True, on_delete=models.PROTECT, related_name="budget_lines")
    year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Source])
    stage = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Stage])
    dong = models.PositiveBigIntegerField()
    document = models.CharField(max_length=160)  # number and date of the decision, the order, the settlement
    note = models.CharField(max_length=300, blank=True)
    voids = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="voided_by")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unit=None, org__isnull=False) | Q(unit__isnull=False, org=None), name="budget_of_one_place"
            )
        ]


class Contribution(Placed):
    """What a partner promises in kind, and later what came of it: a row of its own that points to the promise."""

    append_only = True

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="contributions")
    partner = models.CharField(max_length=160)
    gift = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Gift])
    what = models.CharField(max_length=200)  # “Wi-Fi miễn phí tại nhà văn hóa”
    count = models.PositiveIntegerField(null=True, blank=True)
    counted = models.CharField(max_length=40, blank=True)  # người, máy, phòng, điểm …
    first = models.DateField(null=True, blank=True)
    last = models.DateField(null=True, blank=True)
    document = models.CharField(max_length=160, blank=True)
    of = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="received")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unit=None, org__isnull=False) | Q(unit__isnull=False, org=None), name="gift_to_one_place"
            )
        ]


class Coverage(models.Model):
    """What a phone finds in a village. The newest row is how it is; earlier ones stay."""

    append_only = True

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="coverage")
    signal = models.CharField(max_length=5, choices=[(one.value, one.value) for one in Signal])
    note = models.CharField(max_length=200, blank=True)  # which network, where the next signal is
    on = models.DateField()
    by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
