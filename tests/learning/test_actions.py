from __future__ import annotations

import datetime as dt

import pytest

from hocvuso.audit.models import Entry
from hocvuso.evidence.models import Evidence
from hocvuso.learning.actions import finish_step
from hocvuso.learning.models import LessonProgress
from hocvuso.learning.queries import lessons_of
from hocvuso.learning.rules import Course
from hocvuso.lib import clock
from hocvuso.people.models import Person
from tests.learning.test_rules import _course
from tests.make.people import person
from tests.make.places import Country

TODAY = dt.date(2025, 10, 17)


@pytest.fixture
def lan(land: Country) -> Person:
    return person("Lan Niê", land.villages[0])


@pytest.fixture
def course() -> Course:
    return _course()


def _go(who: Person, course: Course, lesson: int, step: int, *, today: dt.date = TODAY) -> LessonProgress:
    return finish_step(
        who, course=course, lesson=course.lessons[lesson], step=step, by="person:lan", now=clock.real_now(), today=today
    )


def test_she_goes_on_where_she_left(lan: Person, course: Course) -> None:
    assert [state.next_step for state in lessons_of(course, lan.pk)] == [1, 1]
    _go(lan, course, 0, 1)
    assert [(s.steps_done, s.is_finished, s.next_step) for s in lessons_of(course, lan.pk)] == [
        (1, False, 2),
        (0, False, 1),
    ]


def test_going_back_or_jumping_ahead_changes_nothing(lan: Person, course: Course) -> None:
    _go(lan, course, 0, 2)
    assert lessons_of(course, lan.pk)[0].steps_done == 0
    _go(lan, course, 0, 1)
    _go(lan, course, 0, 1)
    assert lessons_of(course, lan.pk)[0].steps_done == 1
    _go(lan, course, 0, 99)
    assert lessons_of(course, lan.pk)[0].steps_done == 1


def test_the_last_screen_of_the_last_lesson_finishes_the_course_once(lan: Person, course: Course) -> None:
    for lesson in (1, 0):
        assert not Evidence.objects.exists()
        for step in (1, 2):
            _go(lan, course, lesson, step)
    row = Evidence.objects.get()
    assert (row.kind, row.subject, row.on, row.detail) == ("course_completed", lan.pk, TODAY, {"course": "thu-1.0"})
    _go(lan, course, 0, 2, today=TODAY + dt.timedelta(days=1))
    assert Evidence.objects.count() == 1
    assert Entry.objects.filter(verb="finish_lesson").count() == 2


def test_the_day_a_lesson_was_finished_stays(lan: Person, course: Course) -> None:
    _go(lan, course, 0, 1)
    assert _go(lan, course, 0, 2).finished_on == TODAY
    assert _go(lan, course, 0, 2, today=TODAY + dt.timedelta(days=3)).finished_on == TODAY


def test_nobody_signed_in_has_everything_before_them(course: Course) -> None:
    assert [(state.steps_done, state.is_finished) for state in lessons_of(course, None)] == [(0, False), (0, False)]
