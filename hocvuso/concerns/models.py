from __future__ import annotations

from django.db import models
from django.db.models import Q

from hocvuso.attachments.models import Attachment
from hocvuso.concerns.rules import MOST_TEXT, What
from hocvuso.lib import ids
from hocvuso.people.models import Account, Person
from hocvuso.places.models import Organisation, Place, Unit
from hocvuso.plans.models import Plan, Task


class ConcernKind(models.TextChoices):
    DIFFICULTY = "difficulty", "khó khăn, vướng mắc"
    PROPOSAL = "proposal", "kiến nghị, đề xuất"


class ConcernState(models.TextChoices):
    WAITING = "waiting", "chờ trả lời"
    TAKEN_UP = "taken_up", "đang xem xét"
    ANSWERED = "answered", "đã trả lời"
    CLOSED = "closed", "đã xong"
    MERGED = "merged", "đã gộp"


class Concern(models.Model):
    """A difficulty or a proposal of a place. What was said never changes; where it stands now changes only together with a step.

    Raised by an account of the place or by a member of its team (`person`). Merged into another one, it waits for that one's answer.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    kind = models.CharField(max_length=10, choices=ConcernKind)
    theme = models.CharField(max_length=24)  # a key of data/concern_themes.yaml
    text = models.TextField(max_length=MOST_TEXT)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    org = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="concerns")
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    task = models.ForeignKey(Task, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    on = models.DateField()
    by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    # where it stands now
    state = models.CharField(max_length=10, choices=ConcernState)
    to_unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    to_org = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answer_by = models.DateField()
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")

    class Meta:
        ordering = ("-on", "-recorded_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(unit=None, org__isnull=False) | Q(unit__isnull=False, org=None), name="concern_of_one_place"
            ),
            models.CheckConstraint(
                condition=Q(to_unit=None, to_org__isnull=False) | Q(to_unit__isnull=False, to_org=None),
                name="concern_to_one_place",
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False) | ~Q(state="merged"),
                name="concern_merged_somewhere",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "answer_by"], name="concern_due"),
            models.Index(fields=["on"], name="concern_on"),
        ]

    @property
    def place(self) -> Place:
        """Where it was raised."""
        place = self.unit or self.org
        assert place is not None  # the constraint
        return place

    @property
    def addressee(self) -> Place:
        """Who is to answer, or has."""
        place = self.to_unit or self.to_org
        assert place is not None  # the constraint
        return place


class StepKind(models.TextChoices):
    ROUTED = What.ROUTED.value, "chuyển đến"
    TAKEN_UP = What.TAKEN_UP.value, "nhận xem xét"
    PASSED_ON = What.PASSED_ON.value, "chuyển tiếp đến"
    ANSWERED = What.ANSWERED.value, "trả lời"
    CLOSED = What.CLOSED.value, "nơi nêu ghi đã xong"
    REOPENED = What.REOPENED.value, "nơi nêu hỏi lại"
    MERGED = What.MERGED.value, "gộp vào ý kiến giống"
    SEPARATED = What.SEPARATED.value, "tách ra"


class ConcernStep(models.Model):
    """One step of a concern's way. Its place is who is to answer from then on, or who took it up or answered."""

    append_only = True

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="steps")
    what = models.CharField(max_length=10, choices=StepKind)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    org = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answer_by = models.DateField(null=True, blank=True)
    into = models.ForeignKey(Concern, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=MOST_TEXT, blank=True)
    attachment = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)

    @property
    def place(self) -> Place | None:
        return self.unit or self.org
