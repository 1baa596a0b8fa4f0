from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hocvuso.assessment.models import Attempt
from hocvuso.assessment.queries import attempts_of, test_of_course
from hocvuso.assessment.rules import Blueprint
from hocvuso.fieldwork.queries import classes_ahead, is_member
from hocvuso.learning.queries import LessonState, courses, lessons_of
from hocvuso.learning.rules import Course
from hocvuso.lib import clock
from hocvuso.messages.queries import unread_count
from hocvuso.people.models import Person
from hocvuso.web.shared.rights import public
from hocvuso.web.shared.visitor import visitor

FEW = 4


@dataclass(frozen=True, slots=True)
class CourseHere:
    """A course as its learner finds it: the lessons, the one to go on with, the test behind them."""

    course: Course
    lessons: list[LessonState]
    test: Blueprint | None
    last: Attempt | None

    @property
    def finished(self) -> int:
        return sum(state.is_finished for state in self.lessons)

    @property
    def next(self) -> LessonState | None:
        return next((state for state in self.lessons if not state.is_finished), None)


def courses_for(person: Person | None) -> list[CourseHere]:
    found = []
    for course in courses().values():
        test = test_of_course(course.key)
        sat = attempts_of(person, test) if person and test else []
        best = next((attempt for attempt in sat if attempt.is_passed), None)
        found.append(
            CourseHere(course, lessons_of(course, person.pk if person else None), test, best or next(iter(sat), None))
        )
    return found


@public
def learner_home(request: HttpRequest) -> HttpResponse:
    """What there is to learn, and where somebody stands in it. Anyone may read the lessons; signing in keeps the place."""
    person = visitor(request)
    unread = unread_count(person) if person else 0
    near = (person.unit.parent or person.unit) if person and person.unit else None
    classes = classes_ahead(near, on=clock.today())[:FEW] if near else []
    context = {
        "person": person,
        "courses": courses_for(person),
        "unread": unread,
        "classes": classes,
        "is_member": person is not None and is_member(person, on=clock.today()),
    }
    return render(request, "learner/learner_home.html", context)
