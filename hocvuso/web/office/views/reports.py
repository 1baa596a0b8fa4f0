from __future__ import annotations

import datetime as dt

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hocvuso.lib import clock
from hocvuso.lib.errors import BadInput, Refused
from hocvuso.measure.queries import current_snapshot
from hocvuso.people.rules import Right
from hocvuso.places.models import Place
from hocvuso.plans.models import Duty
from hocvuso.plans.queries import duty_named
from hocvuso.reports.actions import save_words
from hocvuso.reports.gathering import taken_over
from hocvuso.reports.queries import (
    SUFFIXES,
    WORDS,
    demand_over,
    owed_report,
    report_content,
    report_words,
    written,
)
from hocvuso.web.shared.places import acts_for, place_or_404
from hocvuso.web.shared.rights import account_of, official

CONTENT_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
TOO_OLD = gettext_lazy(
    "Trang đã mở quá lâu nên chưa gửi được. Hãy quay lại, tải lại trang rồi gửi lần nữa. Chưa có gì thay đổi."
)


class WordsForm(forms.Form):
    """What a machine cannot know. `version` guards against two people writing over each other."""

    steering = forms.CharField(max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 5}))
    practices = forms.CharField(max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 5}))
    difficulties = forms.CharField(max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 5}))
    proposals = forms.CharField(max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 5}))
    next_steps = forms.CharField(max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 5}))
    version = forms.IntegerField(
        min_value=0,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid", "min_value"), TOO_OLD),
    )


@official(Right.REPORTS)
def report(request: HttpRequest, plan: str, duty: str, place: str, due: str) -> HttpResponse:
    """One report: the figures as they stand, and the words people add."""
    found, here, day = _asked(request, plan, duty, place, due)
    may_write = acts_for(request, here, Right.REPORTS)
    if request.method == "POST" and not may_write:
        raise Http404
    words = report_words(found, here, due=day)
    content = report_content(found, here, due=day)
    written = {name: getattr(words, name, "") for name in WORDS}
    takes_over = request.GET.get("lay") == "tong-hop"
    if takes_over:  # only because somebody asked, and nothing is saved by it
        written |= taken_over(written, content.gathered, here=here.name)
    form = WordsForm(
        request.POST if request.method == "POST" else None,
        initial={**written, "version": words.version if words else 0},
    )
    if request.method == "POST" and form.is_valid():
        try:
            save_words(found, place=here, due=day, by=account_of(request).actor, **form.cleaned_data)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Đã lưu nội dung báo cáo."))
            return redirect("report", plan=plan, duty=duty, place=place, due=due)
    context = {
        "duty": found,
        "plan": found.plan,
        "place": here,
        "due": day,
        "form": form,
        "may_write": may_write,
        "words": words,
        "content": content,
        "takes_over": takes_over,
        "snapshot": current_snapshot(),
    }
    return render(request, "office/report.html", context, status=400 if form.errors else 200)


@official(Right.REPORTS)
def report_document(request: HttpRequest, plan: str, duty: str, place: str, due: str) -> HttpResponse:
    """The report in its issuer's form: Word, or `?dang=pdf`; its figures as a spreadsheet with `?dang=xlsx`."""
    suffix = "." + request.GET.get("dang", "docx")
    if suffix not in SUFFIXES:
        raise Http404
    found, here, day = _asked(request, plan, duty, place, due)
    name = f"bao-cao-{found.key}-{here.code}-{day.isoformat()}{suffix}"
    return HttpResponse(
        written(report_content(found, here, due=day), suffix),
        content_type=CONTENT_TYPES[suffix],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _asked(request: HttpRequest, plan: str, duty: str, place: str, due: str) -> tuple[Duty, Place, dt.date]:
    here = place_or_404(request, place, Right.REPORTS)
    try:
        found, day = duty_named(duty, plan=plan), dt.date.fromisoformat(due)
    except (ValueError, BadInput):
        raise Http404 from None
    demand_over(owed_report(found, here, due=day), today=clock.today())
    return found, here, day
