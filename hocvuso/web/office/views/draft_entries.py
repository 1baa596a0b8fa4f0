from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hocvuso.lib import clock
from hocvuso.lib.errors import BadInput, Refused
from hocvuso.people.rules import Right
from hocvuso.plans.drafts.actions import add_entry, correct_entry, settle_finding
from hocvuso.plans.drafts.proposal import proposed_review
from hocvuso.plans.drafts.queries import as_read, review_of, reviewable_draft
from hocvuso.plans.drafts.review import PointState, Review, TargetValues, changed_fields
from hocvuso.plans.drafts.steps import next_open
from hocvuso.plans.models import DraftState, PlanDraft
from hocvuso.web.office.draft_forms import FORMS, EntryForm, PointForm, initial_of, values_of
from hocvuso.web.office.draft_words import KINDS, Difference, differences, doubtful_fields, metric_title
from hocvuso.web.shared.rights import account_of, official


@official(Right.PLANS)
def draft_entry(request: HttpRequest, draft: UUID, entry: str) -> HttpResponse:
    """All values of one entry, to be corrected. Saving accepts it."""
    found, review = _open_draft(request, draft)
    here = review.entry(entry)
    if here is None:
        raise Http404
    form = FORMS[here.values.kind](
        request.POST if request.method == "POST" else None,
        initial={**initial_of(here.values), "version": here.version},
        review=review,
        entry=entry,
        proposed=_proposed_metric(found, entry),
    )
    theirs: list[Difference] = []
    if request.method == "POST" and form.is_valid():
        values = values_of(form, here.values)
        try:
            after = correct_entry(
                draft,
                entry,
                values=values,
                version=form.cleaned_data["version"],
                by=account_of(request),
                today=clock.today(),
            )
        except BadInput as error:
            _put_errors(form, error)
        except Refused as error:
            _found, fresh = _open_draft(request, draft)
            now = fresh.entry(entry)
            assert now is not None
            theirs = differences(values, now.values, changed_fields(now.values, values))
            form.add_error(None, str(error))
            form.knows(now.version)
        else:
            messages.success(request, _("Đã lưu mục %(entry)s.") % {"entry": here.number})
            return redirect(_back(draft, next_open(after, entry) or entry))
    context = {
        "draft": found,
        "entry": here,
        "form": form,
        "theirs": theirs,
        "kind": KINDS[here.values.kind],
        "doubtful": doubtful_fields(here.marks),
        "back": _back(draft, entry),
    }
    return render(request, "office/draft_entry.html", context, status=400 if form.errors else 200)


@official(Right.PLANS)
def draft_entry_new(request: HttpRequest, draft: UUID, kind: str) -> HttpResponse:
    """Something the reader did not see."""
    found, review = _open_draft(request, draft)
    if kind not in FORMS:
        raise Http404
    form_class = FORMS[kind]
    form = form_class(
        request.POST if request.method == "POST" else None,
        initial={**initial_of(form_class.values_class()), "version": 0},
        review=review,
    )
    if request.method == "POST" and form.is_valid():
        try:
            new = add_entry(draft, values=values_of(form), by=account_of(request), today=clock.today())
        except BadInput as error:
            _put_errors(form, error)
        else:
            messages.success(request, _("Đã thêm mục %(entry)s.") % {"entry": new.number})
            return redirect(_back(draft, new.id))
    context = {
        "draft": found,
        "entry": None,
        "form": form,
        "kind": KINDS[kind],
        "back": reverse("plan_draft", args=[draft]),
    }
    return render(request, "office/draft_entry.html", context, status=400 if form.errors else 200)


@official(Right.PLANS)
def draft_finding(request: HttpRequest, draft: UUID, point: str) -> HttpResponse:
    """A place where the document does not agree with itself: what the office decides, and why."""
    found, review = _open_draft(request, draft)
    here = review.point(point)
    if here is None:
        raise Http404
    decision = f"settled:{here.chosen}" if here.state == "settled" else "" if here.is_open else here.state
    form = PointForm(
        request.POST if request.method == "POST" else None,
        initial={"decision": decision, "reason": here.reason, "version": here.version},
        point=here,
    )
    theirs: list[Difference] = []
    if request.method == "POST" and form.is_valid():
        state, chosen = _decision(form.cleaned_data["decision"])
        try:
            after = settle_finding(
                draft, point, state=state, chosen=chosen, reason=form.cleaned_data["reason"],
                version=form.cleaned_data["version"], by=account_of(request), today=clock.today(),
            )  # fmt: skip
        except BadInput as error:
            form.add_error("reason", str(error))
        except Refused as error:
            _found, fresh = _open_draft(request, draft)
            now = fresh.point(point)
            assert now is not None
            offered = dict(form.offered)
            current = f"settled:{now.chosen}" if now.state == "settled" else now.state
            theirs = [
                Difference(
                    _("Cách xử lý"), str(offered[form.cleaned_data["decision"]]), str(offered.get(current, "—"))
                ),
                Difference(_("Lý do"), form.cleaned_data["reason"] or "—", now.reason or "—"),
            ]
            form.add_error(None, str(error))
            form.knows(now.version)
        else:
            messages.success(request, _("Đã ghi cách xử lý điểm %(point)s.") % {"point": here.number})
            return redirect(_back(draft, next_open(after, point) or point))
    context = {
        "draft": found,
        "point": here,
        "about": [one for one in map(review.entry, here.about) if one],
        "form": form,
        "theirs": theirs,
        "back": _back(draft, point),
    }
    return render(request, "office/draft_finding.html", context, status=400 if form.errors else 200)


def _decision(word: str) -> tuple[PointState, int | None]:
    """ "settled:1" → ("settled", 1). The form has checked that it is one of the offered words."""
    if word.startswith("settled:"):
        return "settled", int(word.partition(":")[2])
    return ("kept_open" if word == "kept_open" else "dismissed"), None


def _open_draft(request: HttpRequest, draft: UUID) -> tuple[PlanDraft, Review]:
    found = reviewable_draft(account_of(request), draft, on=clock.today())
    if found.state != DraftState.READY or found.adopted_id:
        raise Refused(_("Bản đọc này không sửa được: chưa đọc xong, hoặc đã ban hành vào hệ thống."))
    return found, review_of(found)


def _proposed_metric(draft: PlanDraft, entry: str) -> str:
    """What the reader proposed, however often it was corrected since; "" when it proposed none or the metric is gone."""
    read = proposed_review(as_read(draft)).entry(entry)
    key = read.values.metric if read and isinstance(read.values, TargetValues) else ""
    return key if metric_title(key) else ""


def _back(draft: UUID, anchor: str) -> str:
    return f"{reverse('plan_draft', args=[draft])}#m-{anchor}"


def _put_errors(form: EntryForm, error: BadInput) -> None:
    for line in str(error).splitlines():
        form.add_error(None, line)
