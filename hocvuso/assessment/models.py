from __future__ import annotations

from django.db import models
from django.db.models import Q

from hocvuso.assessment.rules import Question
from hocvuso.lib import ids


class Attempt(models.Model):
    """Somebody sits a test. The form stands in the row, so that the sitting goes on after any break, on any device."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    person = models.UUIDField()  # bare, as in the ledger: erasing a person leaves what was answered, without them
    blueprint = models.CharField(max_length=40)
    blueprint_version = models.CharField(max_length=12)
    form = models.JSONField()  # [[item version, [order of its options]], …]
    form_name = models.CharField(max_length=12)
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_on = models.DateField(null=True, blank=True)  # business day
    right = models.PositiveSmallIntegerField(null=True, blank=True)
    is_passed = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "blueprint"], condition=Q(submitted_at=None), name="attempt_open_once"
            ),
        ]
        indexes = [models.Index(fields=["person", "blueprint"], name="attempt_person")]

    @property
    def questions(self) -> list[Question]:
        return [Question(item, tuple(order)) for item, order in self.form]


class Response(models.Model):
    """One answer, as it came. Sent again it is the same row; another answer under the same number is another row, and both stay."""

    append_only = True

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="responses")
    seq = models.PositiveIntegerField()  # the sender's counter within the attempt
    position = models.PositiveSmallIntegerField()
    item = models.PositiveBigIntegerField()  # the item version that was shown
    chosen = models.PositiveSmallIntegerField()  # the option, in the order of the item's file
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["attempt", "seq", "position", "chosen"], name="response_once"),
        ]
