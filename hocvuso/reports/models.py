from __future__ import annotations

from django.db import models
from django.db.models import Q

from hocvuso.attachments.models import Attachment
from hocvuso.lib.periods import Span
from hocvuso.people.models import Account
from hocvuso.places.models import Organisation, Place, Unit
from hocvuso.plans.models import Duty
from hocvuso.reports.life import LONGEST_REMARKS, Act


class Report(models.Model):
    """What people add to one report: a duty, who owes it, the day it is due. Its figures are computed until it is handed in.

    The row holds the words of the newest edition; what an edition said when it was handed in is in `FrozenReport`.
    """

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="reports")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    org = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    due = models.DateField()
    steering = models.TextField(blank=True)  # công tác chỉ đạo, điều hành
    practices = models.TextField(blank=True)  # mô hình, cách làm hay
    difficulties = models.TextField(blank=True)
    proposals = models.TextField(blank=True)
    next_steps = models.TextField(blank=True)
    edition = models.PositiveSmallIntegerField(default=1)
    version = models.PositiveIntegerField(default=1)  # counts what was saved: words and declared figures
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unit=None, org__isnull=False) | Q(unit__isnull=False, org=None), name="report_of_one_place"
            ),
            models.UniqueConstraint(fields=["duty", "unit", "due"], name="report_once_unit"),
            models.UniqueConstraint(fields=["duty", "org", "due"], name="report_once_org"),
        ]

    @property
    def place(self) -> Place:
        found = self.unit or self.org
        assert found is not None
        return found


class SectionText(models.Model):
    """One section as somebody saved it: so that whoever began from an older version is told what changed since, and no text is gone."""

    append_only = True

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="texts")
    section = models.CharField(max_length=16)
    version = models.PositiveIntegerField()  # of the report after this was saved
    text = models.TextField(blank=True)
    by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "section", "version"], name="section_once_a_version")]


class ReportStep(models.Model):
    """One step of a report's life: who did what on which day. The newest says where the report is (`reports.life`)."""

    append_only = True

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="steps")
    seq = models.PositiveIntegerField()  # 1, 2 … of the report: two steps at once cannot both be the next
    edition = models.PositiveSmallIntegerField()
    act = models.CharField(max_length=12, choices=[(act.value, act.value) for act in Act])
    on = models.DateField()  # the business day
    by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    remarks = models.TextField(max_length=LONGEST_REMARKS, blank=True)
    attachment = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, blank=True)  # of what was handed in, signed, sent
    signer = models.CharField(max_length=120, blank=True)
    office = models.CharField(max_length=400, blank=True)  # from “TM.” down to the signer's office, one a line
    issuer = models.CharField(max_length=200, blank=True)
    symbol = models.CharField(max_length=40, blank=True)
    number = models.PositiveIntegerField(null=True, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)  # of `dated`: what the number counts in
    dated = models.DateField(null=True, blank=True)  # the day on the document

    class Meta:
        ordering = ("report", "seq")
        constraints = [
            models.UniqueConstraint(fields=["report", "seq"], name="step_once"),
            # A number belongs to one document of its issuer in a year, also when the document was taken back before it went out.
            models.UniqueConstraint(
                fields=["issuer", "symbol", "year", "number"], condition=Q(act=Act.NUMBERED), name="number_once_a_year"
            ),
        ]


class FrozenReport(models.Model):
    """Everything an edition said when it was handed in, as text (`reports.frozen`) with its digest. Figures do not move any more."""

    append_only = True

    step = models.OneToOneField(ReportStep, on_delete=models.PROTECT, related_name="frozen")
    text = models.TextField()
    digest = models.CharField(max_length=64)


class DeclaredFigure(models.Model):
    """A figure an office states against the system's, with its reason and its document. It stands beside the system's, never instead.

    The newest of a line and an edition is in force; without a count it takes back what was declared before.
    """

    append_only = True

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="declared")
    edition = models.PositiveSmallIntegerField()
    line = models.SlugField(max_length=80)  # the target's key
    metric = models.CharField(max_length=40, blank=True)  # what boards show it under; empty: nothing counts this line
    count = models.PositiveIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    document = models.CharField(max_length=160, blank=True)  # its number and day, as it is written on it
    attachment = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()


class Presence(models.Model):
    """Who has a report open for writing, and in which section; forgotten within minutes."""

    key = models.CharField(max_length=160)  # duty, place and day: a report nobody has saved yet has no row
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    section = models.CharField(max_length=16, blank=True)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "account"], name="presence_once")]


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
