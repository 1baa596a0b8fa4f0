"""“Báo khó khăn”: what is difficult in the village, told by a member of its team; and the answers. Plain forms, with a line."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from hocvuso.concerns import actions
from hocvuso.concerns.models import ConcernKind, StepKind
from hocvuso.concerns.queries import concern_file, concerns_of
from hocvuso.fieldwork.models import Team
from hocvuso.fieldwork.queries import teams_of
from hocvuso.lib import clock
from hocvuso.lib.errors import HocVuSoError
from hocvuso.web.shared.concern_forms import RaiseForm, ReopenForm
from hocvuso.web.shared.files import attachment_response
from hocvuso.web.shared.rights import member
from hocvuso.web.shared.visitor import actor_of, visitor_of


class TeamConcernForm(RaiseForm):
    team = forms.ChoiceField()

    def __init__(self, *args: Any, teams: list[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = [(str(team.pk), team.name) for team in teams]  # type: ignore[attr-defined]


@member
def team_concern_list(request: HttpRequest) -> HttpResponse:
    """What I have told, and what became of it."""
    context = {"concerns": concerns_of(visitor_of(request)), "day": clock.today()}
    return render(request, "team/team_concern_list.html", context)


@member
def tell_concern(request: HttpRequest) -> HttpResponse:
    person, today = visitor_of(request), clock.today()
    teams = list(teams_of(person, on=today))
    form = TeamConcernForm(
        request.POST if request.method == "POST" else None, teams=teams, initial={"team": teams[0].pk, "kind": ConcernKind.DIFFICULTY}
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            made = actions.raise_concern(
                next(team.unit for team in teams if str(team.pk) == told["team"]), kind=ConcernKind(told["kind"]),
                theme=told["theme"], text=told["text"], by=actor_of(person), today=today, person=person, key=told["id"],
            )  # fmt: skip
        except HocVuSoError as error:
            form.add_error("text", str(error))
        else:
            words = {"to": made.addressee, "day": f"{made.answer_by:%d/%m/%Y}"}
            messages.success(request, _("Đã gửi đến %(to)s, hạn trả lời %(day)s.") % words)
            return redirect("team_concern_list")
    return render(request, "team/tell_concern.html", {"form": form, "teams": teams}, status=400 if form.errors else 200)


@member
def team_concern(request: HttpRequest, concern: uuid.UUID) -> HttpResponse:
    """One of mine: the answer, and whether it is done."""
    person, today = visitor_of(request), clock.today()
    found = get_object_or_404(concerns_of(person), pk=concern)
    what = request.POST.get("what") if request.method == "POST" else ""
    form = ReopenForm(request.POST if what == "reopen" else None)
    if request.method == "POST":
        if what not in ("close", "reopen"):
            raise Http404
        if what == "close" or form.is_valid():
            try:
                if what == "close":
                    actions.close_concern(found, by=actor_of(person), today=today)
                else:
                    actions.reopen_concern(found, text=form.cleaned_data["text"], by=actor_of(person), today=today)
            except HocVuSoError as error:
                form.add_error("text", str(error)) if form.is_bound else messages.warning(request, str(error))
            else:
                messages.success(request, _("Đã ghi."))
            if not form.errors:
                return redirect("team_concern", concern=found.pk)
    lead = found.merged_into
    answers = (lead or found).steps.filter(what=StepKind.ANSWERED).select_related("unit", "org", "attachment")
    context = {"concern": found, "answers": answers, "form": form, "day": today}
    return render(request, "team/team_concern.html", context, status=400 if form.errors else 200)


@member
def team_concern_attachment(request: HttpRequest, concern: uuid.UUID, attachment: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(concerns_of(visitor_of(request)), pk=concern)
    return attachment_response(concern_file(found, attachment))
