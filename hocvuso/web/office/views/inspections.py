from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hocvuso.attachments.rules import LARGEST
from hocvuso.inspection.actions import add_remark, open_round, take_step
from hocvuso.inspection.models import InspectedPlace, InspectionRemark, InspectionRound
from hocvuso.inspection.queries import attachment_of, places_now, remark_now, round_counts, visible_rounds
from hocvuso.inspection.rules import BY_INSPECTOR, BY_PLACE, Kind, State
from hocvuso.lib import clock
from hocvuso.lib.errors import HocVuSoError
from hocvuso.people.queries import roles_of
from hocvuso.people.rules import RIGHTS_OF_ROLE, Right
from hocvuso.places.models import Organisation, Place, Unit
from hocvuso.places.queries import children_of
from hocvuso.plans.queries import running_plan_of
from hocvuso.web.office.inspection_forms import RemarkForm, RoundForm, StepForm
from hocvuso.web.shared.files import attachment_response
from hocvuso.web.shared.places import acts_for, home_places, place_or_404
from hocvuso.web.shared.rights import account_of, official
from hocvuso.web.shared.tags import place_key
from hocvuso.web.shared.uploads import takes_files


@official(Right.OVERSEE)
def inspections(request: HttpRequest) -> HttpResponse:
    """Rounds of the place, of what lies in it, and those that come to it; how much is still to be remedied."""
    place, today = place_or_404(request, request.GET.get("noi"), Right.OVERSEE), clock.today()
    context = {
        "place": place,
        "homes": home_places(request, Right.OVERSEE),
        "rounds": round_counts(visible_rounds(place)[:50], place, today=today),
        "may_open": isinstance(place, Unit) and acts_for(request, place, Right.INSPECT),
    }
    return render(request, "office/inspections.html", context)


@official(Right.INSPECT)
def open_inspection(request: HttpRequest) -> HttpResponse:
    place, today = place_or_404(request, request.GET.get("noi"), Right.INSPECT), clock.today()
    plan = running_plan_of(place, today=today)
    if not isinstance(place, Unit) or plan is None or not acts_for(request, place, Right.INSPECT):
        raise Http404
    choices = _below(place)
    form = RoundForm(request.POST if request.method == "POST" else None, places=choices)
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        told["places"] = [one for one in choices if place_key(one) in told["places"]]
        try:
            made = open_round(plan, unit=place, by=account_of(request).actor, today=today, **told)
        except HocVuSoError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Đã mở cuộc kiểm tra; các nơi được kiểm tra đã được báo."))
            return redirect("inspection", key=made.pk)
    return _form(request, form, place, title=_("Mở cuộc kiểm tra"), back=reverse("inspections"))


@official(Right.OVERSEE)
def inspection(request: HttpRequest, key: int) -> HttpResponse:
    """One round: each place with what was found there and what became of it."""
    found, place = _round(request, key)
    context = {
        "round": found,
        "place": place,
        "places": places_now(found, place, today=clock.today()),
        "inspects": _inspects(request, found),
        "own": {place_key(one) for one in home_places(request, Right.TASKS)},
    }
    return render(request, "office/inspection.html", context)


@official(Right.INSPECT)
def add_inspection_remark(request: HttpRequest, key: int, inspected: int) -> HttpResponse:
    found, _place = _round(request, key)
    if not _inspects(request, found):
        raise Http404
    at = get_object_or_404(
        InspectedPlace.objects.select_related("round__unit", "unit", "org"), pk=inspected, round=found
    )
    form = RemarkForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        try:
            add_remark(at, kind=Kind(told.pop("kind")), by=account_of(request).actor, today=clock.today(), **told)
        except HocVuSoError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Đã ghi nhận xét."))
            return redirect("inspection", key=found.pk)
    back = reverse("inspection", args=[found.pk])
    return _form(request, form, at.place, title=_("Nhận xét tại %(place)s") % {"place": at.place.name}, back=back)


@official(Right.TASKS)
@takes_files(LARGEST)
def take_inspection_step(request: HttpRequest, key: int, remark: int) -> HttpResponse:
    """The inspected place says what it did; whoever inspects confirms it or sends it back."""
    found, _place = _round(request, key)
    asked = get_object_or_404(
        InspectionRemark.objects.select_related("inspected__round__unit", "inspected__unit", "inspected__org"),
        pk=remark, inspected__round=found,
    )  # fmt: skip
    here, today = asked.inspected.place, clock.today()
    now = remark_now(asked, today=today)
    inspects = _inspects(request, found) and now.state in BY_INSPECTOR
    if not inspects and not acts_for(request, here, Right.TASKS):
        raise Http404
    states = (BY_INSPECTOR if inspects else BY_PLACE).get(now.state, ())
    form = StepForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        states=states,
    )
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        file = told.pop("file")
        try:
            take_step(
                asked, State(told.pop("state")), inspects=inspects, by=account_of(request).actor, today=today,
                file=(file.name, file.read(LARGEST + 1)) if file else None, **told,
            )  # fmt: skip
        except HocVuSoError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Đã ghi."))
            return redirect("inspection", key=found.pk)
    back = reverse("inspection", args=[found.pk])
    return _form(request, form, here, title=_("Khắc phục hạn chế"), back=back, about=now)


@official(Right.OVERSEE)
def inspection_file(request: HttpRequest, key: int, attachment: UUID) -> HttpResponse:
    found, place = _round(request, key)
    return attachment_response(attachment_of(found, place, str(attachment)))


def _round(request: HttpRequest, key: int) -> tuple[InspectionRound, Place]:
    """The round, and the own place through which it is seen; the one that inspects comes first."""
    places = home_places(request, Right.OVERSEE) or home_places(request, Right.TASKS)
    seen = [(found, place) for place in places if (found := visible_rounds(place).filter(pk=key).first()) is not None]
    if not seen:
        raise Http404
    return next((pair for pair in seen if pair[0].unit == pair[1]), seen[0])


def _inspects(request: HttpRequest, found: InspectionRound) -> bool:
    roles = roles_of(account_of(request), on=clock.today()).filter(unit=found.unit)
    return any(Right.INSPECT in RIGHTS_OF_ROLE[role.kind] for role in roles)


def _below(place: Unit) -> list[Place]:
    """Communes and agencies of a province; villages, schools and enterprises of a commune."""
    orgs = Organisation.objects.filter(Organisation.in_force(clock.today()), of=place).order_by("kind", "name")
    return [*children_of(place, on=clock.today()), *orgs]


def _form(
    request: HttpRequest, form: forms.Form, place: Place, *, title: str, back: str, about: object = None
) -> HttpResponse:
    context = {"form": form, "place": place, "title": title, "back": back, "about": about}
    return render(request, "office/inspection_form.html", context, status=400 if form.errors else 200)
