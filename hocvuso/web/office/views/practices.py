from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hocvuso.lib import clock
from hocvuso.lib.errors import HocVuSoError
from hocvuso.people.rules import Right
from hocvuso.places.models import Place, Unit
from hocvuso.plans.queries import running_plan_of
from hocvuso.practices.actions import judge_practice, take_up_practice, tell_practice
from hocvuso.practices.models import Practice
from hocvuso.practices.queries import judge_of, practice_now, practices_now, visible_practices
from hocvuso.practices.rules import Model, Step
from hocvuso.web.shared.means_tags import practice_model
from hocvuso.web.shared.places import acts_for, home_places, place_or_404
from hocvuso.web.shared.rights import account_of, official
from hocvuso.web.shared.tags import place_key

SHOWN = 200


class PracticeForm(forms.Form):
    model = forms.ChoiceField(label=gettext_lazy("Thuộc mô hình"))
    title = forms.CharField(label=gettext_lazy("Tên mô hình, cách làm"), max_length=160)
    how = forms.CharField(
        label=gettext_lazy("Cách làm"),
        max_length=3000,
        help_text=gettext_lazy("Đủ để nơi khác làm theo: ai làm, làm gì, cần gì."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    effect = forms.CharField(
        label=gettext_lazy("Kết quả"),
        max_length=500,
        help_text=gettext_lazy("Có số thì ghi số, và số ấy lấy ở đâu."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["model"].choices = [("", "—"), *((one.value, practice_model(one)) for one in Model)]  # type: ignore[attr-defined]


class NoteForm(forms.Form):
    note = forms.CharField(max_length=500)


@official(Right.OVERSEE)
def practices(request: HttpRequest) -> HttpResponse:
    """What the place and those in it do well, and what was recognised anywhere in the province."""
    place = place_or_404(request, request.GET.get("noi"), Right.OVERSEE)
    found, model = visible_practices(place), request.GET.get("mo-hinh", "")
    if model in set(Model):
        found = found.filter(model=model)
    context = {
        "place": place,
        "homes": home_places(request, Right.OVERSEE),
        "practices": practices_now(found[:SHOWN]),
        "models": [(one.value, practice_model(one)) for one in Model],
        "model": model,
        "may_tell": acts_for(request, place, Right.WRITE_REPORTS),
    }
    return render(request, "office/practices.html", context)


@official(Right.WRITE_REPORTS)
def add_practice(request: HttpRequest) -> HttpResponse:
    place, today = place_or_404(request, request.GET.get("noi"), Right.WRITE_REPORTS), clock.today()
    plan = running_plan_of(place, today=today)
    if plan is None or not acts_for(request, place, Right.WRITE_REPORTS):
        raise Http404
    form = PracticeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        try:
            made = tell_practice(
                plan, place=place, model=Model(told.pop("model")), by=account_of(request).actor, today=today, **told
            )
        except HocVuSoError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Đã ghi mô hình; cấp trên đã được báo."))
            return redirect("practice", key=made.pk)
    context = {"form": form, "place": place, "back": f"{reverse('practices')}?noi={place_key(place)}"}
    return render(request, "office/add_practice.html", context, status=400 if form.errors else 200)


@official(Right.OVERSEE)
def practice(request: HttpRequest, key: int) -> HttpResponse:
    """One practice; the level above recognises it here, other places say that they do it, too."""
    found = _found(request, key)
    judge, homes = judge_of(found), home_places(request, Right.WRITE_REPORTS)
    may_judge = judge is not None and judge in homes
    followers = [home for home in homes if home not in (found.place, judge)]
    form = NoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not may_judge and not followers:
            raise Http404
        if form.is_valid():
            try:
                _said(request, found, form.cleaned_data["note"], judge if may_judge else None, followers)
            except HocVuSoError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("Đã ghi."))
                return redirect("practice", key=found.pk)
    context = {
        "now": practice_now(found), "practice": found, "form": form, "may_judge": may_judge, "follower": next(iter(followers), None),
        "recognised": Step.RECOGNISED,
    }  # fmt: skip
    return render(request, "office/practice.html", context, status=400 if form.errors else 200)


def _said(request: HttpRequest, found: Practice, note: str, judge: Unit | None, followers: list[Place]) -> None:
    who: dict[str, Any] = {"note": note, "by": account_of(request).actor, "today": clock.today()}
    act = request.POST.get("act", "")
    if judge is not None and act in ("recognise", "not_yet"):
        judge_practice(found, recognised=act == "recognise", place=judge, **who)
    elif followers and act == "take_up":
        take_up_practice(found, place=followers[0], **who)
    else:
        raise Http404


def _found(request: HttpRequest, key: int) -> Practice:
    for place in home_places(request, Right.OVERSEE):
        found = visible_practices(place).filter(pk=key).first()
        if found is not None:
            return found
    raise Http404
