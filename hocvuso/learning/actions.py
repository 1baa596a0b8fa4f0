from __future__ import annotations

import datetime as dt

from django.db import transaction

from hocvuso.audit.actions import record_act
from hocvuso.evidence.actions import fact_about, record_evidence
from hocvuso.learning.models import LessonProgress
from hocvuso.learning.rules import Course, Lesson
from hocvuso.people.models import Person

SOURCE = "hoc-vu-so"


@transaction.atomic
def finish_step(
    person: Person, *, course: Course, lesson: Lesson, step: int, by: str, now: dt.datetime, today: dt.date
) -> LessonProgress:
    """Somebody goes on from a screen (counted from 1). The last one finishes the lesson, the last lesson the course: that is evidence.

    Only the next screen counts: going back, or jumping ahead by an address, changes nothing.
    """
    row, _new = LessonProgress.objects.select_for_update().get_or_create(
        person=person.pk, course=course.key, course_version=course.version, lesson=lesson.key,
        defaults={"steps_done": 0, "updated_at": now},
    )  # fmt: skip
    if step != row.steps_done + 1 or step > len(lesson.steps):
        return row
    row.steps_done, row.updated_at = step, now
    if step == len(lesson.steps):
        row.finished_on = today
        record_act("finish_lesson", by=by, object_type="lesson", object_id=f"{course.key}/{lesson.key}")
    row.save(update_fields=["steps_done", "updated_at", "finished_on"])
    if row.finished_on:
        _finish_course(person, course, by=by, today=today)
    return row


def _finish_course(person: Person, course: Course, *, by: str, today: dt.date) -> None:
    done = LessonProgress.objects.filter(
        person=person.pk, course=course.key, course_version=course.version, finished_on__isnull=False
    )
    if set(done.values_list("lesson", flat=True)) >= {lesson.key for lesson in course.lessons}:
        name = f"{course.key}-{course.version}"
        fact = fact_about(
            person, "course_completed", on=today, source=SOURCE, source_ref=f"course:{person.pk}:{name}", detail={"course": name}
        )  # fmt: skip
        record_evidence([fact], by=by, today=today)
