from __future__ import annotations

from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from hocvuso.assessment.queries import test_of_course
from hocvuso.learning.actions import finish_step
from hocvuso.learning.queries import courses, lesson_state, lessons_of, picture_size, step_html
from hocvuso.learning.rules import Course, Lesson
from hocvuso.lib import clock
from hocvuso.web.shared.rights import learner, public
from hocvuso.web.shared.simulated import database_is_simulated
from hocvuso.web.shared.visitor import actor_of, visitor_id, visitor_of


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
    person, check = visitor_id(request), of.steps[step - 1].check
    if person is not None and step > 1:
        state = lesson_state(pack, of, person)
        if not state.is_finished and step > state.steps_done + 1:
            return redirect("lesson_step", course, lesson, state.next_step)
    chosen = _chosen(request, len(check.options)) if check else None
    asked = check is not None and "chon" in request.GET
    html = _screen(
        course, lesson, step, chosen, asked, person is not None, str(get_language()), database_is_simulated()
    )
    token = get_token(request)
    response = HttpResponse(html.replace(TOKEN, token).replace(ADDRESS, escape(request.get_full_path())))
    response.headers["Cache-Control"] = "private, no-store" if person else "private, no-cache"
    return response


# What in the cached page belongs to one visitor only; no text of ours has these letters.
TOKEN, ADDRESS = "csrf-token-of-this-visitor", "/address-of-this-visitor/"


@lru_cache(maxsize=1024)
def _screen(
    course: str, lesson: str, step: int, chosen: int | None, asked: bool, is_recorded: bool, language: str, simulated: bool
) -> str:  # fmt: skip
    """The page as everybody sees it. The most read page of all, and nothing in it differs between two people but the form's token:
    so a process draws each screen once."""
    pack, of = _lesson_or_404(course, lesson)
    here = of.steps[step - 1]
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
        "nothing_chosen": asked and chosen is None,
        "is_recorded": is_recorded,
        "is_visiting": is_recorded,
        "is_simulated": simulated,
        "csrf_token": TOKEN,
        "address": ADDRESS,
    }
    return render_to_string("learner/lesson_step.html", context)


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
    states = lessons_of(pack, visitor_id(request))
    unfinished = next((state.lesson for state in states if not state.is_finished and state.lesson is not of), None)
    context = {
        "course": pack,
        "lesson": of,
        "next": pack.after(of) or unfinished,
        "all_done": all(s.is_finished for s in states),
        "test": test_of_course(course),
    }
    return render(request, "learner/lesson_done.html", context)
