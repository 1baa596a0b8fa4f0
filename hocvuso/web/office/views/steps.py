"""Steps: the parts an office breaks its task into, and what was said of each."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from hocvuso.attachments.rules import LARGEST
from hocvuso.lib import clock
from hocvuso.lib.errors import HocVuSoError
from hocvuso.people.rules import Right
from hocvuso.tasks.actions import change_step, plan_step, report_step, withdraw_step
from hocvuso.tasks.actions.progress import page_of
from hocvuso.tasks.models import Step
from hocvuso.tasks.queries import accounts_at, names_of, reports_step, step_here, step_history, task_here, visible_steps
from hocvuso.tasks.rules import TaskState
from hocvuso.web.office.task_forms import SaidForm, StepForm, sent_file
from hocvuso.web.office.views.task import day_asked, written_for
from hocvuso.web.shared.places import acts_for, holds_at
from hocvuso.web.shared.rights import account_of, official
from hocvuso.web.shared.tags import place_key
from hocvuso.web.shared.uploads import takes_files


def _step_or_404(request: HttpRequest, step: int) -> Step:
    return get_object_or_404(visible_steps(account_of(request), today=clock.today()), pk=step)


@official(Right.TASKS)
def new_step(request: HttpRequest, plan: str, task: str) -> HttpResponse:
    found, place = written_for(request, plan, task)
    today, day = clock.today(), day_asked(request)
    here = task_here(found, place, today=today, day=day)
    form = StepForm(
        request.POST if request.method == "POST" else None,
        place=place,
        accounts=accounts_at(place, today=today),
        today=today,
    )
    if request.method == "POST" and form.is_valid():
        try:
            step = plan_step(
                found, place=place, title=form.cleaned_data["title"], due=form.cleaned_data["due"], answers=form.answerable,
                by=account_of(request).actor, today=today, occurrence=day,
            )  # fmt: skip
        except HocVuSoError as error:
            form.add_error("title", str(error))
        else:
            messages.success(request, _("Đã thêm một bước."))
            _warn_if_after(request, step, here.occurrence.day if here.occurrence else None)
            return redirect(page_of(found, place, day))
    context = {"plan": found.plan, "task": found, "place": place, "here": here, "form": form, "step": None}
    return render(request, "office/step_form.html", context, status=400 if form.errors else 200)


def _warn_if_after(request: HttpRequest, step: Step, task_day: object) -> None:
    if step.due and task_day and step.due > task_day:  # type: ignore[operator]
        messages.warning(request, _("Bước này có hạn sau hạn của nhiệm vụ. Hãy xem lại."))


@official(Right.FIGURES)
@takes_files(LARGEST)
def step(request: HttpRequest, step: int) -> HttpResponse:
    """One step: who answers, by when, what was said; and the form to say how far it is."""
    found, today = _step_or_404(request, step), clock.today()
    may_write = reports_step(account_of(request), found, today=today)
    if request.method == "POST" and not may_write:
        raise Http404
    here = step_here(found, today=today)
    form = SaidForm(*((request.POST, request.FILES) if request.method == "POST" else ()), initial={"state": here.state})
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        try:
            report_step(
                found, state=TaskState(sent["state"]), document=sent["document"], note=sent["note"], file=sent_file(sent["file"]),
                by=account_of(request).actor, today=today,
            )  # fmt: skip
        except HocVuSoError as error:
            form.add_error("document", str(error))
        else:
            messages.success(request, _("Đã ghi tiến độ."))
            return redirect("step", step=found.pk)
    history = list(step_history(found))
    context = {
        "step": found,
        "here": here,
        "task": found.task,
        "place": found.place,
        "form": form,
        "may_write": may_write,
        "may_change": acts_for(request, found.place, Right.TASKS) and not here.state.is_done,
        "sees_task": holds_at(request, Right.TASKS, found.place),
        "history": history,
        "names": names_of(row.by for row in history),
    }
    return render(request, "office/step.html", context, status=400 if form.errors else 200)


@official(Right.TASKS)
def edit_step(request: HttpRequest, step: int) -> HttpResponse:
    """Change a step, or take it off the list."""
    found, today = _step_or_404(request, step), clock.today()
    place, by = found.place, account_of(request).actor
    if not acts_for(request, place, Right.TASKS):
        raise Http404
    here = task_here(found.task, place, today=today, day=found.occurrence)
    answers = f"a{found.account_id}" if found.account_id else place_key(found.inside) if found.inside else ""
    form = StepForm(
        request.POST if request.method == "POST" else None, place=place, accounts=accounts_at(place, today=today), today=today,
        initial={"title": found.title, "due": found.due and f"{found.due:%d/%m/%Y}", "answers": answers},
    )  # fmt: skip
    if request.method == "POST":
        try:
            if request.POST.get("viec") == "bo":
                withdraw_step(found, by=by, today=today)
                messages.success(request, _("Đã bỏ bước này."))
                return redirect(page_of(found.task, place, found.occurrence))
            if form.is_valid():
                change_step(
                    found,
                    title=form.cleaned_data["title"],
                    due=form.cleaned_data["due"],
                    answers=form.answerable,
                    by=by,
                    today=today,
                )
                messages.success(request, _("Đã sửa bước này."))
                _warn_if_after(request, found, here.occurrence.day if here.occurrence else None)
                return redirect("step", step=found.pk)
        except HocVuSoError as error:
            form.add_error("title", str(error))
    context = {"plan": found.task.plan, "task": found.task, "place": place, "here": here, "form": form, "step": found}
    return render(request, "office/step_form.html", context, status=400 if form.errors else 200)
