from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hocvuso.lib import clock
from hocvuso.lib.errors import HocVuSoError
from hocvuso.people.rules import Right
from hocvuso.places.models import Unit
from hocvuso.plans.models import Task
from hocvuso.plans.queries import plans_touching
from hocvuso.tasks.actions import report_progress
from hocvuso.tasks.queries import progress_of, task_here, tasks_here
from hocvuso.tasks.rules import TaskState
from hocvuso.web.shared.places import acts_for, home_places, place_or_404
from hocvuso.web.shared.rights import account_of, official
from hocvuso.web.shared.tags import place_key, task_state


class ProgressForm(forms.Form):
    state = forms.ChoiceField(choices=[(state.value, state.value) for state in TaskState], widget=forms.RadioSelect)
    document = forms.CharField(max_length=160, required=False)
    note = forms.CharField(max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["state"].choices = [(state.value, task_state(state.value)) for state in TaskState]  # type: ignore[attr-defined]


@official(Right.TASKS)
def task_list(request: HttpRequest) -> HttpResponse:
    place, today = place_or_404(request, request.GET.get("noi"), Right.TASKS), clock.today()
    home = place if isinstance(place, Unit) else place.of
    lists = [
        (plan, tasks_here(plan, place, today=today)) for plan in plans_touching(home).order_by("-period_start", "key")
    ]
    context = {
        "place": place,
        "homes": home_places(request, Right.TASKS),
        "lists": [(plan, tasks) for plan, tasks in lists if tasks],
    }
    return render(request, "office/task_list.html", context)


@official(Right.TASKS)
def task(request: HttpRequest, plan: str, task: str) -> HttpResponse:
    """One task at one place: who leads, by when, what was said of it; and the form to say how far it is."""
    place, today = place_or_404(request, request.GET.get("noi"), Right.TASKS), clock.today()
    home = place if isinstance(place, Unit) else place.of
    found = get_object_or_404(
        Task.objects.select_related("plan__unit"), plan__in=plans_touching(home), plan__key=plan, key=task
    )
    may_write = acts_for(request, place, Right.TASKS)
    if request.method == "POST" and not may_write:
        raise Http404
    here = task_here(found, place, today=today)
    form = ProgressForm(request.POST if request.method == "POST" else None, initial={"state": here.state})
    if request.method == "POST" and form.is_valid():
        try:
            report_progress(
                found, place=place, by=account_of(request).actor, today=today, state=TaskState(form.cleaned_data["state"]),
                document=form.cleaned_data["document"], note=form.cleaned_data["note"],
            )  # fmt: skip
        except HocVuSoError as error:
            form.add_error("document", str(error))
        else:
            messages.success(request, _("Đã ghi tiến độ."))
            return redirect(f"{reverse('task', args=[plan, task])}?noi={place_key(place)}")
    context = {
        "plan": found.plan,
        "task": found,
        "here": here,
        "place": place,
        "form": form,
        "may_write": may_write,
        "history": progress_of(found, place),
    }
    return render(request, "office/task.html", context, status=400 if form.errors else 200)
