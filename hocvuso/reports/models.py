from __future__ import annotations

from django.db import models
from django.db.models import Q

from hocvuso.lib.periods import Span
from hocvuso.people.models import Account
from hocvuso.places.models import Organisation, Place, Unit
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


class ReportRequest(models.Model):
    """A report asked for when something came up: of a duty that has no day of its own, by the place that receives it."""

    append_only = True

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="requests")
    asker_unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    asker_org = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    due = models.DateField()
    first = models.DateField()  # the days the report is to cover
    last = models.DateField()
    asked = models.TextField(max_length=2000)  # what it is to say
    on = models.DateField()
    by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(asker_unit=None, asker_org__isnull=False) | Q(asker_unit__isnull=False, asker_org=None),
                name="request_by_one_place",
            )
        ]

    @property
    def span(self) -> Span:
        return Span(self.first, self.last)

    @property
    def asker(self) -> Place:
        place = self.asker_unit or self.asker_org
        assert place is not None  # the constraint
        return place

    @property
    def is_withdrawn(self) -> bool:
        return hasattr(self, "withdrawal")


class ReportRequestPlace(models.Model):
    """One place of which a report was asked."""

    append_only = True

    request = models.ForeignKey(ReportRequest, on_delete=models.PROTECT, related_name="places")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    org = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unit=None, org__isnull=False) | Q(unit__isnull=False, org=None), name="asked_of_one_place"
            ),
            models.UniqueConstraint(fields=["request", "unit"], name="asked_once_unit"),
            models.UniqueConstraint(fields=["request", "org"], name="asked_once_org"),
        ]

    @property
    def place(self) -> Place:
        place = self.unit or self.org
        assert place is not None  # the constraint
        return place


class ReportRequestWithdrawal(models.Model):
    """A request that was taken back, and why. What was written for it stays."""

    append_only = True

    request = models.OneToOneField(ReportRequest, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.CharField(max_length=300)
    on = models.DateField()
    by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()


class CalendarFeed(models.Model):
    """The secret address under which a calendar program reads an account's due days. Only a digest of the secret is kept."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="calendar_feed")
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the token, hex
    made_at = models.DateTimeField()
