"""One task at one place: what it asks, how far it is, its steps, who answers, and what whoever directs it says."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hocvuso.attachments.rules import LARGEST
from hocvuso.lib import clock
from hocvuso.lib.errors import HocVuSoError
from hocvuso.people.models import Account
from hocvuso.people.rules import Right
from hocvuso.places.models import Place, Unit
from hocvuso.plans.models import Task
from hocvuso.plans.queries import bearers_by_task, directs, directs_bearer, plans_touching
from hocvuso.tasks.actions import (
    appoint_owner,
    hand_over,
    hand_over_all,
    note_occasion,
    report_progress,
    review_progress,
)
from hocvuso.tasks.actions.progress import page_of
from hocvuso.tasks.models import StepProgress
from hocvuso.tasks.queries import (
    TaskHere,
    accounts_at,
    alerts_at,
    bearer_stands,
    givers_at,
    handovers_of,
    names_of,
    occasions_of,
    progress_of,
    steps_here,
    task_here,
    task_rules,
    visible_progress,
    visible_steps,
)
from hocvuso.tasks.rules import TaskState
from hocvuso.tasks.schedule import days_after
from hocvuso.web.office.task_forms import HandOverForm, OccasionForm, OwnerForm, ProgressForm, ReviewForm, sent_file
from hocvuso.web.shared.files import attachment_response
from hocvuso.web.shared.places import acts_for, home_places, place_or_404
from hocvuso.web.shared.rights import account_of, official
from hocvuso.web.shared.tags import place_key
from hocvuso.web.shared.uploads import takes_files


def place_asked(request: HttpRequest) -> Place:
    return place_or_404(request, request.GET.get("noi"), line_above=False)


def task_or_404(place: Place, plan: str, task: str) -> Task:
    """A task of a plan that touches the place."""
    home = place if isinstance(place, Unit) else place.of
    return get_object_or_404(
        Task.objects.select_related("plan__unit"), plan__in=plans_touching(home), plan__key=plan, key=task
    )


def written_for(request: HttpRequest, plan: str, task: str) -> tuple[Task, Place]:
    """A task at a place in whose name the account writes; for anybody else the page is not there."""
    place = place_asked(request)
    if not acts_for(request, place, Right.TASKS):
        raise Http404
    return task_or_404(place, plan, task), place


def day_asked(request: HttpRequest) -> dt.date | None:
    """Which day of a task that comes again."""
    try:
        return dt.date.fromisoformat(request.GET["ky"]) if request.GET.get("ky") else None
    except ValueError:
        raise Http404 from None


@official(Right.FIGURES)
@takes_files(LARGEST)
def task(request: HttpRequest, plan: str, task: str) -> HttpResponse:
    place, today = place_asked(request), clock.today()
    found, day = task_or_404(place, plan, task), day_asked(request)
    may_write = acts_for(request, place, Right.TASKS)
    if request.method == "POST" and not may_write:
        raise Http404
    here = task_here(found, place, today=today, day=day)
    form = _progress_form(request, here)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("document", "note", "result_type")}
        try:
            report_progress(
                found, place=place, by=account_of(request).actor, today=today, state=TaskState(form.cleaned_data["state"]),
                file=sent_file(form.cleaned_data["file"]), occurrence=day, **said,
            )  # fmt: skip
        except HocVuSoError as error:
            form.add_error("document", str(error))
        else:
            messages.success(request, _("Đã ghi tiến độ."))
            return redirect(page_of(found, place, day))
    context = {**_told(found, place, here, today=today, day=day), "form": form, "may_write": may_write}
    return render(request, "office/task.html", context, status=400 if form.errors else 200)


def _progress_form(request: HttpRequest, here: TaskHere) -> ProgressForm:
    if request.method == "POST":
        return ProgressForm(request.POST, request.FILES)
    state = TaskState.UNDER_WAY if here.state is TaskState.RETURNED else here.state
    expected = task_rules().expected(here.task.result)
    return ProgressForm(initial={"state": state, "result_type": expected[0].key if expected else ""})


def _told(task: Task, place: Place, here: TaskHere, *, today: dt.date, day: dt.date | None) -> dict[str, Any]:
    """Everything there is to read of a task at a place."""
    repeats = here.schedule.repeats
    of_day = here.occurrence.day if here.occurrence and repeats else None
    history = list(progress_of(task, place))
    days = [(one, here.record.state(one)) for one in here.schedule.occurrences] if repeats else []
    return {
        "plan": task.plan,
        "task": task,
        "here": here,
        "place": place,
        "today": today,
        "directs_here": directs(task, place),
        "expected": task_rules().expected(task.result),
        "steps": steps_here(
            task, place, today=today, day=of_day, task_day=here.occurrence.day if here.occurrence else None
        ),
        "days": days,
        "bearers": [
            (one, one.days_left(today), one.is_late(today)) for one in bearer_stands(task, place, today=today, day=day)
        ],
        "history": history,
        "names": names_of(row.by for row in history),
        "handovers": handovers_of(task, place),
        "alerts": alerts_at(task, place),
        "occasions": occasions_of(task) if task.relative else [],
    }


@official(Right.TASKS)
def task_owner(request: HttpRequest, plan: str, task: str) -> HttpResponse:
    """Say who answers for the task, or hand it over."""
    found, place = written_for(request, plan, task)
    today = clock.today()
    here, accounts = task_here(found, place, today=today), accounts_at(place, today=today)
    before = here.owner or here.former_owner
    form = OwnerForm(request.POST if request.method == "POST" else None, accounts=[a for a in accounts if a != before])
    if request.method == "POST" and form.is_valid():
        to: dict[str, Any] = {
            "place": place, "account": _account(accounts, form.cleaned_data["account"]), "by": account_of(request).actor,
            "today": today,
        }  # fmt: skip
        try:
            if here.owner:
                hand_over(found, reason=form.cleaned_data["reason"], **to)
            else:
                appoint_owner(found, **to)
        except HocVuSoError as error:
            form.add_error("reason" if here.owner else "account", str(error))
        else:
            messages.success(request, _("Đã ghi người chịu trách nhiệm."))
            return redirect(page_of(found, place))
    context = {"plan": found.plan, "task": found, "place": place, "here": here, "form": form}
    return render(request, "office/task_owner.html", context, status=400 if form.errors else 200)


def _account(accounts: list[Account], pk: int) -> Account:
    return next(one for one in accounts if one.pk == pk)


@official(Right.TASKS)
def hand_over_tasks(request: HttpRequest) -> HttpResponse:
    """Everything one person has open at a place goes to another."""
    place, today = place_or_404(request, request.GET.get("noi"), Right.TASKS), clock.today()
    if not acts_for(request, place, Right.TASKS):
        raise Http404
    givers, accounts = givers_at(place, today=today), accounts_at(place, today=today)
    form = HandOverForm(
        request.POST if request.method == "POST" else None, accounts=accounts, givers=[one for one, _work in givers]
    )
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        try:
            tasks, steps = hand_over_all(
                _account([one for one, _work in givers], sent["giver"]), place=place, account=_account(accounts, sent["account"]),
                reason=sent["reason"], by=account_of(request).actor, today=today,
            )  # fmt: skip
        except HocVuSoError as error:
            form.add_error("reason", str(error))
        else:
            said = ngettext("Đã bàn giao %(n)s nhiệm vụ.", "Đã bàn giao %(n)s nhiệm vụ.", tasks) % {"n": tasks}
            more = ngettext("Đã bàn giao %(n)s bước.", "Đã bàn giao %(n)s bước.", steps) % {"n": steps}
            messages.success(request, f"{said} {more}")
            return redirect(f"{request.path}?noi={place_key(place)}")
    context = {
        "place": place, "homes": home_places(request, Right.TASKS), "form": form, "givers": givers, "tab": "hand_over_tasks",
        "works_here": True,
    }  # fmt: skip
    return render(request, "office/hand_over_tasks.html", context, status=400 if form.errors else 200)


@official(Right.TASKS)
def task_occasion(request: HttpRequest, plan: str, task: str) -> HttpResponse:
    """The document for which a task was waiting is there: its day follows."""
    found, place = written_for(request, plan, task)
    if not found.relative or not directs(found, place):
        raise Http404
    form = OccasionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            row = note_occasion(
                found, place=place, by=account_of(request).actor, today=clock.today(), **form.cleaned_data
            )
        except HocVuSoError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Nhiệm vụ có hạn: %(day)s.") % {"day": f"{row.due:%d/%m/%Y}"})
            return redirect(page_of(found, place))
    context = {"plan": found.plan, "task": found, "place": place, "form": form, "after": days_after(found.due_text)}
    return render(request, "office/task_occasion.html", context, status=400 if form.errors else 200)


@official(Right.TASKS)
def task_review(request: HttpRequest, plan: str, task: str, bearer: str) -> HttpResponse:
    """Whoever directs a task looks at what one bearer reported done, and confirms it or sends it back."""
    found, place = written_for(request, plan, task)
    today, day = clock.today(), day_asked(request)
    bearers = {place_key(one): one for one in bearers_by_task([found], on=today)[found.pk]}
    other = bearers.get(bearer)
    if other is None or not directs_bearer(found, place, other):
        raise Http404
    here = task_here(found, other, today=today, day=day)
    form = ReviewForm(request.POST if request.method == "POST" else None, said=here.state)
    if request.method == "POST" and form.is_valid():
        try:
            review_progress(
                found, bearer=other, place=place, state=TaskState(form.cleaned_data["state"]), note=form.cleaned_data["note"],
                by=account_of(request).actor, today=today, occurrence=day,
            )  # fmt: skip
        except HocVuSoError as error:
            form.add_error("note", str(error))
        else:
            messages.success(request, _("Đã ghi và báo cho nơi thực hiện."))
            return redirect(page_of(found, place, day))
    history = list(progress_of(found, other))
    context = {
        "plan": found.plan, "task": found, "place": place, "bearer": other, "here": here, "form": form, "history": history,
        "names": names_of(row.by for row in history), "may_review": here.state.is_done,
    }  # fmt: skip
    return render(request, "office/task_review.html", context, status=400 if form.errors else 200)


@official(Right.FIGURES)
def task_file(request: HttpRequest, progress: int) -> HttpResponse:
    """The file that shows a task is done."""
    row = get_object_or_404(visible_progress(account_of(request), today=clock.today()), pk=progress)
    return attachment_response(row.attachment)


@official(Right.FIGURES)
def step_file(request: HttpRequest, progress: int) -> HttpResponse:
    steps = visible_steps(account_of(request), today=clock.today())
    row = get_object_or_404(StepProgress.objects.filter(step__in=steps), pk=progress)
    return attachment_response(row.attachment)
