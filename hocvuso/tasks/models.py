from __future__ import annotations

from django.db import models
from django.db.models import Q

from hocvuso.attachments.models import Attachment
from hocvuso.people.models import Account
from hocvuso.places.models import Organisation, Place, Unit
from hocvuso.plans.models import Task
from hocvuso.tasks.rules import STATES


class AtPlace(models.Model):
    """Something of one bearer of a task: a unit or an organisation."""

    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    org = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    @property
    def place(self) -> Place:
        place = self.unit or self.org
        assert place is not None  # a constraint of each table
        return place


def _one_place(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(unit=None, org__isnull=False) | Q(unit__isnull=False, org=None), name=name
    )


class Said(models.Model):
    """What somebody said of a task or a step, when, and what shows it."""

    state = models.CharField(max_length=12, choices=STATES)
    document = models.CharField(max_length=160, blank=True)  # number and date of the result
    attachment = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    on = models.DateField()
    by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True


class TaskProgress(Said, AtPlace):
    """What a bearer of a task said of it, or whoever directs it said of that. The newest row is the state; earlier ones stay."""

    append_only = True

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="progress")
    occurrence = models.DateField(
        null=True, blank=True
    )  # which day of a task that comes again; empty where there is one
    result_type = models.CharField(max_length=24, blank=True)  # key of a document in data/tasks.yaml

    class Meta:
        db_table = "plans_taskprogress"  # where these rows were kept before there was this package
        constraints = [_one_place("progress_of_one_bearer")]


class TaskOwner(AtPlace):
    """The one account answerable for a task at a bearer."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="owners")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="tasks_owned")

    class Meta:
        db_table = "plans_taskowner"
        constraints = [
            models.UniqueConstraint(fields=["task", "unit"], name="owner_of_task_at_unit"),
            models.UniqueConstraint(fields=["task", "org"], name="owner_of_task_at_org"),
        ]


class Handover(AtPlace):
    """Who answered for a task at a bearer before, who does since, and why it changed."""

    append_only = True

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="handovers")
    giver = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    taker = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    on = models.DateField()
    by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [_one_place("handover_at_one_bearer")]


class Occasion(models.Model):
    """The event on which a task's day hangs has come: when, by which document, and the day that makes. The newest row counts."""

    append_only = True

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="occasions")
    day = models.DateField()
    document = models.CharField(max_length=160)
    due = models.DateField()
    on = models.DateField()
    by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()


class Step(AtPlace):
    """A part of a task, as its bearer broke it down. Answered for by an account, by a place inside, or by whoever answers for the task."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="steps")
    occurrence = models.DateField(null=True, blank=True)
    title = models.CharField(max_length=200)
    due = models.DateField(null=True, blank=True)
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    for_unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    for_org = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = (models.F("due").asc(nulls_last=True), "pk")
        constraints = [
            _one_place("step_of_one_bearer"),
            models.CheckConstraint(
                condition=Q(account=None, for_unit=None) | Q(account=None, for_org=None) | Q(for_unit=None, for_org=None),
                name="step_for_one_at_most",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def inside(self) -> Place | None:
        """The place inside the bearer that it was handed to."""
        return self.for_unit or self.for_org


class StepProgress(Said):
    append_only = True

    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="progress")


class Alert(AtPlace):
    """Somebody was reminded of a task, or told that it is late: `stage` -3 is three days before, 7 a week after. Once each."""

    append_only = True

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="alerts")
    due = models.DateField()
    stage = models.SmallIntegerField()
    told = models.PositiveSmallIntegerField()  # accounts
    on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            _one_place("alert_of_one_bearer"),
            models.UniqueConstraint(fields=["task", "unit", "due", "stage"], name="alert_once_at_unit"),
            models.UniqueConstraint(fields=["task", "org", "due", "stage"], name="alert_once_at_org"),
        ]


class AlertDay(models.Model):
    """A business day whose reminders went out, but for what was refused and logged."""

    append_only = True

    day = models.DateField(unique=True)
    recorded_at = models.DateTimeField()
