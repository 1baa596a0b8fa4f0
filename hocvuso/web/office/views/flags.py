from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hocvuso.lib import clock
from hocvuso.lib.errors import BadInput, UnknownName
from hocvuso.measure.actions import review_flag
from hocvuso.measure.models import Verdict
from hocvuso.measure.queries import flag_at, metrics
from hocvuso.people.rules import Right
from hocvuso.web.shared.places import holds_at, place_or_404
from hocvuso.web.shared.rights import account_of, official
from hocvuso.web.shared.tags import place_key, verdict_word


class ReviewForm(forms.Form):
    verdict = forms.ChoiceField(widget=forms.RadioSelect)
    note = forms.CharField(required=False, max_length=2000, widget=forms.Textarea)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["verdict"].choices = [(one, verdict_word(one)) for one in Verdict.values]  # type: ignore[attr-defined]
        self.fields["verdict"].error_messages["required"] = _("Hãy chọn kết quả rà soát.")


@official(Right.FIGURES)
def flag(request: HttpRequest, place: str, flag: str) -> HttpResponse:
    """One sign with its numbers, what may explain it, what has been said of it, and the form to say what was found."""
    here, today = place_or_404(request, place), clock.today()
    try:
        found = flag_at(here, flag, on=today)
    except UnknownName:
        raise Http404 from None
    if place_key(found.place) != place:  # its own address is that of the very place, so that rights are asked of it
        return redirect("flag", place=place_key(place_or_404(request, place_key(found.place))), flag=flag)
    # Who answers for a place's reports says what was found about them; and whoever they report to may, too.
    may_review = holds_at(request, Right.WRITE_REPORTS, found.place)
    if request.method == "POST" and not may_review:
        raise Http404
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            verdict = Verdict(form.cleaned_data["verdict"])
            by = account_of(request).actor
            review_flag(
                found.flag, place=found.place, verdict=verdict, note=form.cleaned_data["note"], by=by, today=today
            )
        except BadInput as error:
            form.add_error("note", str(error))
        else:
            messages.success(request, _("Đã ghi kết quả rà soát."))
            return redirect("flag", place=place, flag=flag)
    context = {
        "place": here,
        "found": found,
        "metric": metrics().by_key.get(found.flag.metric),
        "form": form,
        "may_review": may_review,
    }
    return render(request, "office/flag.html", context, status=400 if form.errors else 200)
