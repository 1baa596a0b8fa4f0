from __future__ import annotations

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy, ngettext

from hocvuso.evidence.queries import catalogue
from hocvuso.fieldwork.actions import hold_class
from hocvuso.fieldwork.models import Team
from hocvuso.fieldwork.queries import residents_of, teams_of
from hocvuso.fieldwork.rules import MOST_PLACE, HeldClass, clean, clean_names
from hocvuso.lib import clock
from hocvuso.lib.errors import HocVuSoError
from hocvuso.lib.ids import new_id
from hocvuso.people.models import Person
from hocvuso.web.shared.rights import member
from hocvuso.web.shared.tags import titled
from hocvuso.web.shared.visitor import actor_of, visitor_of


class ClassForm(forms.Form):
    """A class as it is told online. `id` was made with the form, so that pressing “Lưu” twice saves once."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    team = forms.ChoiceField()
    skill = forms.ChoiceField(
        widget=forms.RadioSelect, error_messages={"required": gettext_lazy("Hãy chọn kỹ năng đã dạy.")}
    )
    on = forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Hãy ghi ngày học."),
            "invalid": gettext_lazy("Hãy ghi ngày học, ví dụ 2025-10-17."),
        },
    )
    place = forms.CharField(max_length=MOST_PLACE, required=False)
    came = forms.TypedMultipleChoiceField(coerce=uuid.UUID, required=False)
    names = forms.CharField(max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: object, teams: list[Team], residents: list[Person], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["team"].choices = [(str(team.pk), team.name) for team in teams]  # type: ignore[attr-defined]
        self.fields["skill"].choices = skill_choices()  # type: ignore[attr-defined]
        self.fields["came"].choices = [(str(one.pk), one.name) for one in residents]  # type: ignore[attr-defined]

    def told(self) -> HeldClass:
        told = self.cleaned_data
        return HeldClass(
            id=told["id"], team=uuid.UUID(told["team"]), skill=told["skill"], on=told["on"], place=clean(told["place"]),
            came=tuple(told["came"]), names=clean_names(told["names"].splitlines()),
        )  # fmt: skip


def skill_choices() -> list[tuple[str, str]]:
    return [(key, titled(skill)) for key, skill in catalogue().skills.items()]


@member
def record_class(request: HttpRequest) -> HttpResponse:
    """“Ghi một buổi học”, with a line and without JavaScript. With JavaScript the same form is kept on the phone first."""
    person, today = visitor_of(request), clock.today()
    teams = list(teams_of(person, on=today))
    residents = list(residents_of(teams))
    given = request.POST if request.method == "POST" else None
    form = ClassForm(
        given, teams=teams, residents=residents, initial={"id": new_id(), "on": today, "team": teams[0].pk}
    )
    if request.method == "POST" and form.is_valid():
        held = form.told()
        assert held.on is not None
        try:
            hold_class(held, held_by=person, by=actor_of(person), on=held.on, today=today)
        except HocVuSoError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _said(held))
            return redirect("team_home")
    context = {
        "form": form,
        "teams": teams,
        "residents": residents,
        "skills": skill_choices(),
        "came": set(given.getlist("came")) if given else set(),
    }
    return render(request, "team/record_class.html", context, status=400 if form.errors else 200)


def _said(held: HeldClass) -> str:
    said = ngettext("Đã ghi buổi học: %(n)s người.", "Đã ghi buổi học: %(n)s người.", len(held.came)) % {
        "n": len(held.came)
    }
    if held.names:
        waiting = ngettext("%(n)s tên chờ đối chiếu.", "%(n)s tên chờ đối chiếu.", len(held.names)) % {
            "n": len(held.names)
        }
        return f"{said} {waiting}"
    return said
