from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hocvuso.assessment.actions import begin_attempt, store_response, submit_attempt
from hocvuso.assessment.queries import (
    Sitting,
    attempts_of,
    blueprint_named,
    blueprints,
    may_sit_again,
    own_attempt,
    sitting_of,
)  # fmt: skip
from hocvuso.credentials.actions import certify_person
from hocvuso.items.rules import ItemText
from hocvuso.lib import clock
from hocvuso.web.shared.rights import learner
from hocvuso.web.shared.visitor import actor_of, visitor_of


@learner
def test_start(request: HttpRequest, test: str) -> HttpResponse:
    """What the test is like, and one button: begin, go on, or wait."""
    if test not in blueprints():
        raise Http404
    person, blueprint, now = visitor_of(request), blueprint_named(test), clock.real_now()
    if request.method == "POST":
        attempt = begin_attempt(person, blueprint, by=actor_of(person), now=now)
        return redirect(_next_page(sitting_of(attempt), after=-1))
    attempts = attempts_of(person, blueprint)
    again = may_sit_again(attempts, blueprint)
    context = {
        "test": blueprint,
        "open": next((a for a in attempts if a.submitted_at is None), None),
        "passed": next((a for a in attempts if a.is_passed), None),
        "wait_until": again if again and again > now else None,
        "needed": -(-blueprint.pass_mark * blueprint.length // 100),
    }
    return render(request, "learner/test_start.html", context)


def _sitting_or_404(request: HttpRequest, attempt: uuid.UUID) -> Sitting:
    found = own_attempt(visitor_of(request), attempt)
    if found is None:
        raise Http404
    return sitting_of(found)


def _next_page(sitting: Sitting, *, after: int) -> str:
    """The next question without an answer, going round; the overview when there is none."""
    from django.urls import reverse

    left = sitting.open_positions
    position = next((n for n in left if n > after), left[0] if left else None)
    if position is None:
        return reverse("test_review", args=[sitting.attempt.pk])
    return reverse("test_question", args=[sitting.attempt.pk, position + 1])


@learner
def test_question(request: HttpRequest, attempt: uuid.UUID, number: int) -> HttpResponse:
    """One question a page. Each answer is stored before the next page is shown."""
    if request.method == "POST":
        return _answer(request, attempt, number)
    sitting = _sitting_or_404(request, attempt)
    if sitting.attempt.submitted_at:
        return redirect("test_result", attempt)
    if not 1 <= number <= len(sitting.questions):
        raise Http404
    return _question_page(request, sitting, number, error="")


def _answer(request: HttpRequest, attempt: uuid.UUID, number: int) -> HttpResponse:
    chosen, seq = request.POST.get("chosen", ""), request.POST.get("seq", "")
    if not (chosen.isascii() and chosen.isdigit() and seq.isascii() and seq.isdigit()):
        sitting = _sitting_or_404(request, attempt)
        if sitting.attempt.submitted_at or not 1 <= number <= len(sitting.questions):
            raise Http404
        return _question_page(request, sitting, number, error=_("Hãy chọn một câu trả lời rồi bấm Tiếp tục."))
    stored = store_response(
        attempt, person=visitor_of(request), seq=int(seq), position=number - 1, chosen=int(chosen), now=clock.real_now()
    )
    if number < len(stored.form):
        return redirect("test_question", attempt, number + 1)
    return redirect("test_review", attempt)


def _question_page(request: HttpRequest, sitting: Sitting, number: int, *, error: str) -> HttpResponse:
    item, question = sitting.item(number - 1), sitting.questions[number - 1]
    given = sitting.answers.get(number - 1)
    context = {
        "attempt": sitting.attempt,
        "number": number,
        "of": len(sitting.questions),
        "item": item,
        "options": [(option, item.options[option].text) for option in question.order],
        "chosen": given.chosen if given else None,
        "seq": sitting.seq,
        "is_disputed": number - 1 in sitting.disputed,
        "error": error,
    }
    return render(request, "learner/test_question.html", context, status=400 if error else 200)


@learner
def test_review(request: HttpRequest, attempt: uuid.UUID) -> HttpResponse:
    """Before handing in: which questions have an answer, which have none."""
    sitting = _sitting_or_404(request, attempt)
    if sitting.attempt.submitted_at:
        return redirect("test_result", attempt)
    rows = [(n + 1, sitting.item(n).stem, n in sitting.answers) for n in range(len(sitting.questions))]
    context = {"attempt": sitting.attempt, "rows": rows, "open": [n + 1 for n in sitting.open_positions]}
    return render(request, "learner/test_review.html", context)


@learner
@require_POST
def test_submit(request: HttpRequest, attempt: uuid.UUID) -> HttpResponse:
    """Hand in. Whoever passed is certified at once; what a kill leaves undone in between, the timetable does later."""
    person = visitor_of(request)
    sitting = _sitting_or_404(request, attempt)
    by, today = actor_of(person), clock.today()
    done = submit_attempt(sitting.attempt, person=person, by=by, now=clock.real_now(), today=today)
    if done.is_passed:
        certify_person(person, by=by, today=today)
        messages.success(request, _("Chúc mừng! Bạn đã đạt bài kiểm tra."))
    return redirect("test_result", attempt)


@dataclass(frozen=True, slots=True)
class Judged:
    """A question of a test that was handed in, with what was chosen and why another would have been right."""

    number: int
    item: ItemText
    chosen: str
    is_right: bool

    @property
    def right(self) -> str:
        return self.item.options[self.item.right].text


@learner
def test_result(request: HttpRequest, attempt: uuid.UUID) -> HttpResponse:
    sitting = _sitting_or_404(request, attempt)
    if sitting.attempt.submitted_at is None:
        return redirect("test_review", attempt)
    judged = []
    for n in range(len(sitting.questions)):
        item, given = sitting.item(n), sitting.answers.get(n)
        chosen = item.options[given.chosen].text if given else ""
        judged.append(Judged(n + 1, item, chosen, bool(given and given.chosen == item.right)))
    blueprint = blueprint_named(sitting.attempt.blueprint)
    context = {
        "attempt": sitting.attempt,
        "test": blueprint,
        "judged": judged,
        "of": len(judged),
        "again": sitting.attempt.submitted_at + dt.timedelta(hours=blueprint.wait_hours),
        "weak": _weak(judged),
    }
    return render(request, "learner/test_result.html", context)


def _weak(judged: list[Judged]) -> list[str]:
    """Skills with more wrong than right: the lessons to look at again."""
    right: dict[str, int] = {}
    for one in judged:
        right[one.item.skill] = right.get(one.item.skill, 0) + (1 if one.is_right else -1)
    return [skill for skill, balance in right.items() if balance < 0]
