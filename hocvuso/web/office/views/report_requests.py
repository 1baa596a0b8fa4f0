from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hocvuso.lib import clock
from hocvuso.lib.errors import HocVuSoError
from hocvuso.people.rules import Right
from hocvuso.places.models import Place
from hocvuso.plans.models import Duty
from hocvuso.plans.queries import bearers_of
from hocvuso.reports.actions import request_report, withdraw_request
from hocvuso.reports.queries import duties_to_ask, requests_by
from hocvuso.web.shared.places import acts_for, home_places, place_or_404
from hocvuso.web.shared.rights import account_of, official
from hocvuso.web.shared.tags import place_key


class RequestForm(forms.Form):
    """`who` is everybody the duty falls to, or those ticked below."""

    asked = forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))
    due = forms.DateField()
    first = forms.DateField()
    last = forms.DateField()
    who = forms.ChoiceField(choices=[("all", ""), ("some", "")], initial="all")
    places = forms.MultipleChoiceField(required=False)

    def __init__(self, data: Any, *, places: list[Place], initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.known = {place_key(place): place for place in places}
        self.fields["places"].choices = [(key, place.name) for key, place in self.known.items()]  # type: ignore[attr-defined]
        self.fields["asked"].error_messages["required"] = _("Hãy ghi cần báo cáo điều gì.")
        for name in ("due", "first", "last"):
            for why in ("required", "invalid"):
                self.fields[name].error_messages[why] = _("Hãy ghi đủ các ngày, dạng 2025-10-17.")

    def chosen(self) -> list[Place]:
        if self.cleaned_data["who"] == "all":
            return list(self.known.values())
        return [self.known[key] for key in self.cleaned_data["places"]]


@official(Right.WRITE_REPORTS)
def report_requests(request: HttpRequest) -> HttpResponse:
    """Ask for a report when something has come up, and see what was asked for before."""
    place, today = place_or_404(request, request.GET.get("noi"), Right.WRITE_REPORTS), clock.today()
    duties = duties_to_ask(place) if acts_for(request, place, Right.WRITE_REPORTS) else []
    if not duties:
        raise Http404
    duty = _duty(request.GET.get("bao-cao", ""), duties)
    form = None
    if duty is not None:
        units, orgs = bearers_of(duty, on=today)
        initial = {"first": max(duty.plan.period_start, today.replace(day=1)), "last": today, "who": "all"}
        form = RequestForm(request.POST if request.method == "POST" else None, places=[*units, *orgs], initial=initial)
        if request.method == "POST" and form.is_valid() and _asked(request, form, duty, place):
            return redirect(f"{reverse('report_requests')}?noi={place_key(place)}")
    context = {
        "place": place,
        "homes": [home for home in home_places(request, Right.WRITE_REPORTS) if home == place or duties_to_ask(home)],
        "duties": duties,
        "duty": duty,
        "form": form,
        "requests": requests_by(place)[:50],
    }
    return render(request, "office/report_requests.html", context, status=400 if form and form.errors else 200)


def _duty(key: str, duties: list[Duty]) -> Duty | None:
    """The duty an address names; the only one there is needs no name."""
    if not key:
        return duties[0] if len(duties) == 1 else None
    found = next((duty for duty in duties if f"{duty.plan.key}/{duty.key}" == key), None)
    if found is None:
        raise Http404
    return found


def _asked(request: HttpRequest, form: RequestForm, duty: Duty, place: Place) -> bool:
    told = {name: form.cleaned_data[name] for name in ("due", "first", "last", "asked")}
    places = form.chosen()
    try:
        request_report(duty, asker=place, places=places, by=account_of(request).actor, today=clock.today(), **told)
    except HocVuSoError as error:
        form.add_error(None, str(error))
        return False
    said = ngettext("Đã gửi yêu cầu đến %(n)s nơi.", "Đã gửi yêu cầu đến %(n)s nơi.", len(places))
    messages.success(request, said % {"n": len(places)})
    return True


@official(Right.WRITE_REPORTS)
def withdraw_report_request(request: HttpRequest, asked: int) -> HttpResponse:
    """Takes one back; the asking place alone, with a reason."""
    place = place_or_404(request, request.GET.get("noi"), Right.WRITE_REPORTS)
    if request.method != "POST" or not acts_for(request, place, Right.WRITE_REPORTS):
        raise Http404
    found = get_object_or_404(requests_by(place), pk=asked)
    try:
        withdraw_request(
            found, asker=place, reason=request.POST.get("reason", ""), by=account_of(request).actor, today=clock.today()
        )
    except HocVuSoError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Đã rút yêu cầu. Nội dung đã viết vẫn được giữ."))
    return redirect(f"{reverse('report_requests')}?noi={place_key(place)}")
