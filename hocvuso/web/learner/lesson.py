from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hocvuso.assessment.queries import test_of_course
from hocvuso.learning.actions import finish_step
from hocvuso.learning.queries import courses, lessons_of, picture_size, step_html
from hocvuso.learning.rules import Course, Lesson
from hocvuso.lib import clock
from hocvuso.web.shared.rights import learner, public
from hocvuso.web.shared.visitor import actor_of, visitor, visitor_of


def _lesson_or_404(course: str, lesson: str) -> tuple[Course, Lesson]:
    found = courses().get(course)
    of = found.lesson(lesson) if found else None
    if found is None or of is None:
        raise Http404
    return found, of


@public
def lesson_step(request: HttpRequest, course: str, lesson: str, step: int) -> HttpResponse:
    """One screen of a lesson. An answer to its own check (`?chon=`) is judged at once and stored nowhere."""
    pack, of = _lesson_or_404(course, lesson)
    if not 1 <= step <= len(of.steps):
        raise Http404
    person, here = visitor(request), of.steps[step - 1]
    if person is not None:
        state = next(state for state in lessons_of(pack, person) if state.lesson is of)
        if not state.is_finished and step > state.steps_done + 1:
            return redirect("lesson_step", course, lesson, state.next_step)
    chosen = _chosen(request, len(here.check.options)) if here.check else None
    picture = here.picture
    context = {
        "course": pack,
        "lesson": of,
        "step": here,
        "number": step,
        "text": step_html(course, lesson, step),
        "image": f"courses/{course}/{picture.file}" if picture else "",
        "image_size": picture_size(course, picture.file) if picture else None,
        "is_last": step == len(of.steps),
        "chosen": chosen,
        "answer": here.check.options[chosen] if here.check and chosen is not None else None,
        "nothing_chosen": here.check is not None and "chon" in request.GET and chosen is None,
        "person": person,
    }
    response = render(request, "learner/lesson_step.html", context)
    response.headers["Cache-Control"] = "private, no-store" if person else "private, no-cache"
    return response


def _chosen(request: HttpRequest, count: int) -> int | None:
    given = request.GET.get("chon", "")
    return int(given) if given.isascii() and given.isdigit() and int(given) < count else None


@learner
@require_POST
def lesson_go_on(request: HttpRequest, course: str, lesson: str, step: int) -> HttpResponse:
    """“Tiếp tục”: the screen is done; after the last one the lesson is."""
    pack, of = _lesson_or_404(course, lesson)
    person = visitor_of(request)
    finish_step(
        person, course=pack, lesson=of, step=step, by=actor_of(person), now=clock.real_now(), today=clock.today()
    )
    if step < len(of.steps):
        return redirect("lesson_step", course, lesson, step + 1)
    return redirect("lesson_done", course, lesson)


@public
def lesson_done(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    pack, of = _lesson_or_404(course, lesson)
    states = lessons_of(pack, visitor(request))
    unfinished = next((state.lesson for state in states if not state.is_finished and state.lesson is not of), None)
    context = {
        "course": pack,
        "lesson": of,
        "next": pack.after(of) or unfinished,
        "all_done": all(s.is_finished for s in states),
        "test": test_of_course(course),
    }
    return render(request, "learner/lesson_done.html", context)
