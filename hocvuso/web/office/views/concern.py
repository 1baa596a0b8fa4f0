"""One difficulty or proposal: what was said, its way, the answer; and the next steps an account may take."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hocvuso.attachments.rules import LARGEST
from hocvuso.concerns import actions
from hocvuso.concerns.models import Concern, StepKind
from hocvuso.concerns.queries import Seat, addressees, concern_file, seat_of, visible_concerns
from hocvuso.concerns.rules import MOST_TEXT
from hocvuso.lib import clock
from hocvuso.lib.errors import HocVuSoError
from hocvuso.people.rules import Right
from hocvuso.places.models import Place
from hocvuso.web.office.views.concerns import DAYS, chosen
from hocvuso.web.shared.concern_forms import AnswerForm, CloseForm, ReopenForm
from hocvuso.web.shared.files import attachment_response
from hocvuso.web.shared.rights import account_of, official
from hocvuso.web.shared.tags import place_key
from hocvuso.web.shared.uploads import takes_files


class PassForm(forms.Form):
    """To whom, by when; without a day the theme's own."""

    to = forms.ChoiceField(error_messages={"required": gettext_lazy("Hãy chọn nơi trả lời.")})
    answer_by = forms.DateField(
        required=False, input_formats=DAYS, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Hãy ghi hạn trả lời, ví dụ 31/10/2025.")},
    )  # fmt: skip
    text = forms.CharField(required=False, max_length=MOST_TEXT)

    def __init__(self, *args: Any, places: list[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        self.fields["to"].choices = [("", ""), *((place_key(one), one.name) for one in places)]  # type: ignore[attr-defined]

    def chosen_place(self) -> Place:
        place = chosen(self.places, self.cleaned_data["to"])
        assert place is not None  # the form has no other choice
        return place


@official(Right.FIGURES)
@takes_files(LARGEST)
def concern(request: HttpRequest, concern: uuid.UUID) -> HttpResponse:
    account, today = account_of(request), clock.today()
    found = get_object_or_404(visible_concerns(account, on=today), pk=concern)
    seat = seat_of(account, found, on=today)
    shown = _forms(request, found, seat, today)
    if request.method == "POST":
        what = request.POST.get("what", "")
        step, form = _steps(found, seat, shown, by=account.actor, today=today).get(what), shown.get(what)
        if step is None:
            raise Http404
        if form is None or form.is_valid():
            try:
                step()
            except HocVuSoError as error:
                if form is None:
                    messages.warning(request, str(error))
                    return redirect("concern", concern=found.pk)
                form.add_error("text", str(error))
            else:
                messages.success(request, _("Đã ghi."))
                return redirect("concern", concern=found.pk)
    lead = found.merged_into
    context = {
        "concern": found,
        "steps": found.steps.select_related("unit", "org", "attachment", "into"),
        "lead_answers": lead.steps.filter(what=StepKind.ANSWERED).select_related("unit", "org", "attachment")
        if lead
        else [],
        "members": found.merged.select_related("unit__parent", "org").order_by("on", "pk"),
        "forms": shown,
        "seat": seat,
        "day": today,
    }
    wrong = any(form.errors for form in shown.values())
    return render(request, "office/concern.html", context, status=400 if wrong else 200)


def _forms(request: HttpRequest, found: Concern, seat: Seat, today: dt.date) -> dict[str, Any]:
    """Every form of the page; the one that was sent is filled."""
    to = [one for one in addressees(found.place, on=today) if one != found.addressee] if seat.steers else []
    kinds: dict[str, Callable[..., forms.Form]] = {
        "answer": AnswerForm,
        "pass_on": lambda *given, prefix: PassForm(*given, places=to, prefix=prefix),
        "reopen": ReopenForm,
        "close": CloseForm,
    }
    sent = request.POST.get("what") if request.method == "POST" else None
    return {
        name: kind(*((request.POST, request.FILES) if name == sent else ()), prefix=name)
        for name, kind in kinds.items()
    }


def _steps(
    found: Concern, seat: Seat, shown: dict[str, Any], *, by: str, today: dt.date
) -> dict[str, Callable[[], object]]:
    """The steps this account may take at all; whether one may be taken now is the action's business."""

    def told(form: str) -> dict[str, Any]:
        cleaned: dict[str, Any] = shown[form].cleaned_data
        return cleaned

    steps: dict[str, Callable[[], object]] = {}
    if (at := seat.answers) is not None:
        steps["take_up"] = lambda: actions.take_up_concern(found, at=at, by=by, today=today)
        steps["answer"] = lambda: actions.answer_concern(
            found, at=at, text=told("answer")["text"], by=by, today=today, file=shown["answer"].told_file()
        )
    if (steers := seat.steers) is not None:
        steps["pass_on"] = lambda: actions.pass_on_concern(
            found, at=steers, to=shown["pass_on"].chosen_place(), by=by, today=today, answer_by=told("pass_on")["answer_by"],
            text=told("pass_on")["text"],
        )  # fmt: skip
    if (apart := seat.separates) is not None:
        steps["separate"] = lambda: actions.separate_concern(found, at=apart, by=by, today=today)
    if seat.speaks:
        steps["close"] = lambda: actions.close_concern(found, by=by, today=today, text=told("close")["text"])
        steps["reopen"] = lambda: actions.reopen_concern(found, text=told("reopen")["text"], by=by, today=today)
    return steps


@official(Right.FIGURES)
def concern_attachment(request: HttpRequest, concern: uuid.UUID, attachment: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(visible_concerns(account_of(request), on=clock.today()), pk=concern)
    return attachment_response(concern_file(found, attachment))
