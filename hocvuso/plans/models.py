from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q

from hocvuso.lib import ids
from hocvuso.lib.periods import last_good_day
from hocvuso.people.models import Account
from hocvuso.places.models import Organisation, Unit


class Deadlined(models.Model):
    """A printed deadline: the day (last day of a month, quarter or year), how precise, and the words."""

    due = models.DateField(null=True, blank=True)
    due_before = models.BooleanField(default=False)
    due_precision = models.CharField(max_length=8, default="day")
    due_text = models.CharField(max_length=200, blank=True)
    start = models.DateField(null=True, blank=True)
    recurring = models.BooleanField(default=False)
    relative = models.BooleanField(default=False)

    class Meta:
        abstract = True

    @property
    def last_day(self) -> dt.date | None:
        """The last day that still keeps the promise."""
        return last_good_day(self.due, before=self.due_before) if self.due else None


class Plan(models.Model):
    key = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=300)
    short_title = models.CharField(max_length=120)
    issuer = models.CharField(max_length=200)
    issuing_system = models.CharField(max_length=8)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="plans")
    issued_for = models.CharField(max_length=120, blank=True)
    lead_agency = models.CharField(max_length=160, blank=True)
    number = models.CharField(max_length=60, blank=True)
    number_template = models.CharField(max_length=60, blank=True)
    date = models.DateField(null=True, blank=True)
    date_partial = models.CharField(max_length=10, blank=True)
    period_start = models.DateField()
    period_end = models.DateField()
    period_text = models.CharField(max_length=120, blank=True)
    signer = models.CharField(max_length=160, blank=True)
    parents = models.JSONField(default=list)
    references = models.JSONField(default=list)
    duplicates = models.JSONField(default=list)
    note = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.short_title


class PlanPart(models.Model):
    """Something a plan holds, named by its key inside the plan."""

    key = models.SlugField(max_length=80)
    position = models.PositiveSmallIntegerField()
    note = models.TextField(blank=True)

    class Meta:
        abstract = True
        ordering = ("position",)


class Indicator(PlanPart):
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="indicators")
    title = models.CharField(max_length=300)
    group = models.CharField(max_length=20)
    metric = models.CharField(max_length=40, blank=True)
    also = models.JSONField(default=list)

    class Meta(PlanPart.Meta):
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="indicator_key")]

    @property
    def metrics(self) -> list[str]:
        return [self.metric, *self.also] if self.metric else list(self.also)


class Target(PlanPart, Deadlined):
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="targets")
    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="targets")
    clause = models.CharField(max_length=60)
    value = models.FloatField()
    unit_of_measure = models.CharField(max_length=40)
    comparator = models.CharField(max_length=2)
    aspirational = models.BooleanField(default=False)
    horizon = models.CharField(max_length=40)
    kind = models.CharField(max_length=12)
    level = models.CharField(max_length=12, blank=True)
    scope = models.CharField(max_length=12, default="total")
    base_count = models.PositiveIntegerField(null=True, blank=True)
    base_on = models.CharField(max_length=10, blank=True)
    base_note = models.CharField(max_length=200, blank=True)
    leads = models.JSONField(default=list)
    directing_body = models.CharField(max_length=160, blank=True)
    implementers = models.JSONField(default=list)
    coordinators = models.JSONField(default=list)
    evaluator = models.CharField(max_length=160, blank=True)
    embedded_in = models.CharField(max_length=80, blank=True)

    class Meta(PlanPart.Meta):
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="target_key")]

    @property
    def is_share(self) -> bool:
        return self.unit_of_measure == "%"


class Allotment(models.Model):
    """A place's part of a target, given by the unit that shares it out. The newest row counts; earlier ones stay to be seen."""

    append_only = True

    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="allotments")
    giver = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    org = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    amount = models.FloatField(null=True)  # in the target's own measure; nothing: taken back
    on = models.DateField()
    by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unit=None, org__isnull=False) | Q(unit__isnull=False, org=None),
                name="allotment_of_one_place",
            )
        ]

    @property
    def place(self) -> Unit | Organisation:
        place = self.unit or self.org
        assert place is not None  # the constraint above
        return place


class Task(PlanPart, Deadlined):
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="tasks")
    clause = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    detail = models.TextField(blank=True)
    kind = models.CharField(max_length=12, default="task")
    block = models.CharField(max_length=20, blank=True)
    leads = models.JSONField(default=list)
    directing_body = models.CharField(max_length=200, blank=True)
    coordinators = models.JSONField(default=list)
    result = models.CharField(max_length=160, blank=True)
    targets = models.ManyToManyField(Target, related_name="tasks", blank=True)
    borne_by = models.CharField(max_length=24, default="plan_unit")

    class Meta(PlanPart.Meta):
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="task_key")]


class Duty(PlanPart):
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="duties")
    clause = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    frequency = models.CharField(max_length=10)
    who = models.CharField(max_length=300)
    to = models.CharField(max_length=200)
    due_rule = models.CharField(max_length=200, blank=True)
    borne_by = models.CharField(max_length=24, default="plan_unit")
    weekday = models.PositiveSmallIntegerField(null=True, blank=True)
    window_first = models.PositiveSmallIntegerField(null=True, blank=True)
    window_last = models.PositiveSmallIntegerField(null=True, blank=True)
    first = models.DateField(null=True, blank=True)
    last = models.DateField(null=True, blank=True)
    due = models.DateField(null=True, blank=True)
    day = models.PositiveSmallIntegerField(null=True, blank=True)  # of the period's last month, as printed
    due_before = models.BooleanField(default=False)  # of `due` and of `day`
    channel = models.CharField(max_length=200, blank=True)
    contents = models.JSONField(default=list)

    class Meta(PlanPart.Meta):
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="duty_key")]
        verbose_name_plural = "duties"


class Finding(PlanPart):
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="findings")
    kind = models.CharField(max_length=16)
    title = models.CharField(max_length=300)
    about = models.JSONField(default=list)
    other_plan = models.CharField(max_length=80, blank=True)
    readings = models.JSONField(default=list)

    class Meta(PlanPart.Meta):
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="finding_key")]


class DraftState(models.TextChoices):
    WAITING = "waiting", "đang đọc"
    READY = "ready", "chờ xem lại"
    FAILED = "failed", "không đọc được"


class PlanDraft(models.Model):
    """A document somebody sent in, what was read from it (never changed), and how far the review of it is.

    The shapes of the JSON: `plans.reader.model` (document, read), `plans.drafts.review` (review). The file lies under its `sha256`.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    org = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()  # bytes
    state = models.CharField(max_length=8, choices=DraftState)
    failure = models.TextField(blank=True)  # why it could not be read, for the person who sent it
    document = models.JSONField(default=dict)
    read = models.JSONField(default=dict)
    review = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)  # counts every change of the review
    uploaded_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    adopted = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.SET_NULL, related_name="drafts")
    discarded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-recorded_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(unit=None, org__isnull=False) | Q(unit__isnull=False, org=None), name="draft_of_one_place"
            )
        ]

    @property
    def place(self) -> Unit | Organisation:
        place = self.unit or self.org
        assert place is not None  # the constraint
        return place

    @property
    def plan_unit(self) -> Unit:
        """The unit the plan will be for: the place itself, or the unit an organisation answers to."""
        return self.org.of if self.org else self.place  # type: ignore[return-value]
