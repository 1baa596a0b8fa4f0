from __future__ import annotations

from django.db import models


class LessonProgress(models.Model):
    """How far somebody is in a lesson: the last screen they went on from. It never goes back."""

    person = models.UUIDField()  # bare, as in the ledger
    course = models.CharField(max_length=40)
    course_version = models.CharField(max_length=12)
    lesson = models.CharField(max_length=40)
    steps_done = models.PositiveSmallIntegerField()
    finished_on = models.DateField(null=True, blank=True)  # business day
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "course", "course_version", "lesson"], name="lesson_progress_once"
            )
        ]
