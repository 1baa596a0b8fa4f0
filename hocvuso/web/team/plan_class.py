from __future__ import annotations

import datetime as dt
import uuid

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from hocvuso.fieldwork import actions
from hocvuso.fieldwork.models import PlannedClass, Team
from hocvuso.fieldwork.queries import teams_of
from hocvuso.fieldwork.rules import MOST_PLACE
from hocvuso.lib import clock
from hocvuso.lib.clock import HANOI
from hocvuso.lib.errors import HocVuSoError
from hocvuso.web.shared.rights import member
from hocvuso.web.shared.visitor import actor_of, visitor_of
from hocvuso.web.team.record_class import skill_choices


class PlanForm(forms.Form):
    team = forms.ChoiceField()
    skill = forms.ChoiceField(
        widget=forms.RadioSelect, error_messages={"required": gettext_lazy("Hãy chọn kỹ năng sẽ dạy.")}
    )
    on = forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Hãy ghi ngày học."),
            "invalid": gettext_lazy("Hãy ghi ngày học, ví dụ 2025-10-17."),
        },
    )
    at = forms.TimeField(
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={
            "required": gettext_lazy("Hãy ghi giờ bắt đầu."),
            "invalid": gettext_lazy("Hãy ghi giờ bắt đầu, ví dụ 19:00."),
        },
    )
    place = forms.CharField(max_length=MOST_PLACE, error_messages={"required": gettext_lazy("Hãy ghi nơi học.")})
    note = forms.CharField(max_length=200, required=False)

    def __init__(self, *args: object, teams: list[Team], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["team"].choices = [(str(team.pk), team.name) for team in teams]  # type: ignore[attr-defined]
        self.fields["skill"].choices = skill_choices()  # type: ignore[attr-defined]


@member
def plan_class(request: HttpRequest) -> HttpResponse:
    """“Báo lịch buổi học”: when and where, so that people of the commune find it on the front page."""
    person, today = visitor_of(request), clock.today()
    teams = list(teams_of(person, on=today))
    given = request.POST if request.method == "POST" else None
    form = PlanForm(given, teams=teams, initial={"team": teams[0].pk, "on": today, "at": dt.time(19)})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            actions.plan_class(
                next(team for team in teams if str(team.pk) == told["team"]), skill=told["skill"], place=told["place"],
                starts_at=dt.datetime.combine(told["on"], told["at"], tzinfo=HANOI), note=told["note"], by=actor_of(person),
                now=clock.now(),
            )  # fmt: skip
        except HocVuSoError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Đã báo lịch. Người dân trong xã, phường sẽ thấy buổi học này."))
            return redirect("team_home")
    return render(request, "team/plan_class.html", {"form": form, "teams": teams}, status=400 if form.errors else 200)


@member
@require_POST
def cancel_class(request: HttpRequest, planned: uuid.UUID) -> HttpResponse:
    person = visitor_of(request)
    own = PlannedClass.objects.filter(team__in=teams_of(person, on=clock.today()))
    actions.cancel_class(get_object_or_404(own, pk=planned), by=actor_of(person))
    messages.success(request, _("Đã bỏ buổi học khỏi lịch."))
    return redirect("team_home")
