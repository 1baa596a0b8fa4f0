from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from hocvuso.attachments.store import path_of
from hocvuso.lib import clock
from hocvuso.lib.errors import BadInput, HocVuSoError, Refused, UnknownName
from hocvuso.people.rules import Right
from hocvuso.places.models import Place
from hocvuso.plans.drafts.actions import (
    accept_entry,
    accept_sure_entries,
    adopt_draft,
    describe_draft,
    discard_draft,
    reject_entry,
    start_draft,
)
from hocvuso.plans.drafts.adoption import faults_in
from hocvuso.plans.drafts.marking import marked_document
from hocvuso.plans.drafts.queries import (
    document_of,
    draft_list,
    fault_sentence,
    is_key_taken,
    plan_places,
    review_of,
    reviewable_draft,
)
from hocvuso.plans.drafts.review import Review, changed_fields
from hocvuso.plans.drafts.steps import Fault, next_open, sure_entries
from hocvuso.plans.drafts.uploads import LARGEST
from hocvuso.plans.models import DraftState, PlanDraft
from hocvuso.web.office import reading
from hocvuso.web.office.draft_forms import HeaderForm, header_initial
from hocvuso.web.office.draft_words import Card, Difference, card, differences
from hocvuso.web.shared.rights import account_of, official
from hocvuso.web.shared.tags import place_key
from hocvuso.web.shared.uploads import PlainFileField, takes_files


class UploadForm(forms.Form):
    file = PlainFileField(
        label=gettext_lazy("Văn bản kế hoạch"),
        error_messages={
            "required": gettext_lazy("Hãy chọn một tệp."),
            "empty": gettext_lazy("Tệp trống: không có gì để đọc."),
        },
        widget=forms.FileInput(attrs={"accept": ".docx,.pdf,.html,.htm,.txt"}),
    )
    place = forms.ChoiceField(label=gettext_lazy("Kế hoạch của"))

    def __init__(self, *args: Any, places: list[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(place_key(place), place.name) for place in places]
        if len(places) == 1:
            field.widget = forms.HiddenInput()
            field.initial = place_key(places[0])


@dataclass(frozen=True, slots=True)
class Section:
    """Entries of one kind on the review page."""

    kind: str
    anchor: str
    title: str
    none: str
    cards: list[Card]

    @property
    def open(self) -> int:
        return sum(card.entry.is_open for card in self.cards)


@official(Right.PLANS)
@takes_files(LARGEST)
def read_plan_document(request: HttpRequest) -> HttpResponse:
    """Send a document in, and the documents that were sent in before."""
    account, today = account_of(request), clock.today()
    places = plan_places(account, on=today)
    form = UploadForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        places=places,
    )
    if request.method == "POST" and form.is_valid():
        file: UploadedFile = form.cleaned_data["file"]
        place = next(one for one in places if place_key(one) == form.cleaned_data["place"])
        try:
            made = start_draft(
                _bytes_of(file), name=file.name or "", place=place, by=account, read=reading.read_document, today=today
            )
        except BadInput as error:
            form.add_error("file", str(error))
        else:
            return redirect("plan_draft", draft=made.pk)
    context = {"form": form, "drafts": draft_list(account, on=today), "largest": LARGEST // 1_000_000}
    return render(request, "office/read_plan_document.html", context, status=400 if form.errors else 200)


def _bytes_of(file: UploadedFile) -> bytes:
    """The whole file; of one that is too large only as much as shows that it is."""
    return bytes(file.read(LARGEST + 1))


@official(Right.PLANS)
def plan_draft(request: HttpRequest, draft: UUID) -> HttpResponse:
    """The document beside what was read from it; each entry is accepted or rejected here, or corrected on a page of its own."""
    account, today = account_of(request), clock.today()
    found = reviewable_draft(account, draft, on=today)
    if request.method != "POST":
        return _review_page(request, found)
    try:
        then = _decided(request, draft)
    except UnknownName:
        raise Http404 from None
    except HocVuSoError as error:
        fresh = reviewable_draft(account, draft, on=today)
        return _review_page(request, fresh, refusal=str(error), about=_asked(request)[1])
    return redirect(f"{reverse('plan_draft', args=[draft])}#{then}")


def _decided(request: HttpRequest, draft: UUID) -> str:
    """Do what the pressed button says; the anchor at which the page goes on."""
    who: dict[str, Any] = {"by": account_of(request), "today": clock.today()}
    act, entry, version = _asked(request)
    if act == "accept_sure":
        count = accept_sure_entries(draft, **who)
        said = ngettext("Đã nhận %(n)s mục chắc chắn.", "Đã nhận %(n)s mục chắc chắn.", count) % {"n": count}
        messages.success(request, said)
        return "main"
    if act == "accept":
        review = accept_entry(draft, entry, version=version, **who)
    elif act == "reject":
        review = reject_entry(draft, entry, version=version, **who)
    else:
        raise BadInput(_("Không rõ bạn muốn làm gì. Hãy bấm lại nút."))
    after = next_open(review, entry)
    return f"m-{after or entry}"


def _asked(request: HttpRequest) -> tuple[str, str, int]:
    """(act, entry, version seen), from the one button that was pressed: accept="c1:0"."""
    for act in ("accept", "reject", "accept_sure"):
        if act in request.POST:
            entry, _colon, version = request.POST[act].partition(":")
            return act, entry, int(version) if version.isdigit() else -1
    return "", "", -1


def _review_page(request: HttpRequest, draft: PlanDraft, *, refusal: str = "", about: str = "") -> HttpResponse:
    if draft.state != DraftState.READY:
        return render(request, "office/plan_draft_waiting.html", {"draft": draft}, status=400 if refusal else 200)
    review = review_of(draft)
    known = {one.id for one in review.all}
    context = {
        "draft": draft,
        "review": review,
        "sections": _sections(review),
        "blocks": marked_document(document_of(draft), review),
        "open": len(review.open),
        "total": len(review.all),
        "first_open": review.open[0].id if review.open else "",
        "sure": len(sure_entries(review)),
        "refusal": refusal,
        "about": about if about in known else "",
    }
    return render(request, "office/plan_draft.html", context, status=409 if refusal else 200)


def _sections(review: Review) -> list[Section]:
    parts = (
        ("target", "chi-tieu", pgettext("section of a draft", "Chỉ tiêu"), _("Không tìm thấy chỉ tiêu nào.")),
        ("task", "nhiem-vu", _("Nhiệm vụ"), _("Không tìm thấy nhiệm vụ nào.")),
        ("duty", "che-do-bao-cao", _("Chế độ báo cáo"), _("Không tìm thấy chế độ báo cáo nào.")),
    )
    return [
        Section(kind, anchor, title, none, [card(entry, review) for entry in review.of_kind(kind)])
        for kind, anchor, title, none in parts
    ]


@official(Right.PLANS)
def plan_draft_file(request: HttpRequest, draft: UUID) -> HttpResponse:
    """The document as it was sent in."""
    found = reviewable_draft(account_of(request), draft, on=clock.today())
    path = path_of(found.sha256)
    if not path.is_file():
        raise Http404
    return FileResponse(  # type: ignore[return-value]
        path.open("rb"), as_attachment=True, filename=found.file_name, content_type="application/octet-stream"
    )


@dataclass(frozen=True, slots=True)
class Complaint:
    """A fault and where it is put right."""

    text: str
    address: str


@official(Right.PLANS)
def adopt_plan_draft(request: HttpRequest, draft: UUID) -> HttpResponse:
    """What the document lacks is filled in; then the plan comes into force, or the page says what stands in its way."""
    account, today = account_of(request), clock.today()
    found = reviewable_draft(account, draft, on=today)
    if found.state != DraftState.READY or found.adopted_id:
        return redirect("plan_draft", draft=draft)
    review = review_of(found)
    form = HeaderForm(
        request.POST if request.method == "POST" else None,
        initial={**header_initial(review.header), "version": review.header.version},
    )
    complaints: list[Complaint] = []
    theirs: list[Difference] = []
    if request.method == "POST" and form.is_valid():
        try:
            seen = form.cleaned_data["version"]
            review = describe_draft(draft, header=form.header(), version=seen, by=account, today=today)
            if "adopt" not in request.POST:
                messages.success(request, _("Đã lưu thông tin của kế hoạch."))
                return redirect("adopt_plan_draft", draft=draft)
            complaints = _complaints(draft, review)
            if not complaints:
                plan = adopt_draft(draft, by=account, today=today)
                messages.success(request, _("Kế hoạch đã có trong hệ thống."))
                return redirect("plan", plan=plan.key)
        except (BadInput, Refused) as error:
            complaints = [Complaint(str(error), "")]
            review = review_of(reviewable_draft(account, draft, on=today))
            mine, names = form.header(), set(HeaderForm.base_fields) - {"version"}
            theirs = differences(mine, review.header, [n for n in changed_fields(mine, review.header) if n in names])
        # What was kept has a new version; what could not be kept shows the newest one, and another press of the button means it.
        form.knows(review.header.version)
    context = {
        "draft": found,
        "form": form,
        "review": review,
        "complaints": complaints,
        "theirs": theirs,
        "kept": {kind: sum(one.is_kept for one in review.of_kind(kind)) for kind in ("target", "task", "duty")},
        "rejected": sum(one.state == "rejected" for one in review.entries),
        "open": len(review.open),
        "first_open": review.open[0].id if review.open else "",
    }
    return render(request, "office/adopt_plan_draft.html", context, status=400 if form.errors or complaints else 200)


def _complaints(draft: UUID, review: Review) -> list[Complaint]:
    found = [_complaint(draft, fault) for fault in _faults(review)]
    if review.open:
        here = f"{reverse('plan_draft', args=[draft])}#m-{review.open[0].id}"
        count = len(review.open)
        found.insert(
            0, Complaint(ngettext("Còn %(n)s mục chưa xem.", "Còn %(n)s mục chưa xem.", count) % {"n": count}, here)
        )
    return found


def _faults(review: Review) -> Iterable[Fault]:
    yield from faults_in(review)
    if is_key_taken(review.header.key):
        yield Fault("header", "key", "key_taken")


def _complaint(draft: UUID, fault: Fault) -> Complaint:
    if fault.where == "header":
        return Complaint(fault_sentence(fault), f"#id_{fault.field}")
    address = f"{reverse('draft_entry', args=[draft, fault.where])}#id_{fault.field}"
    return Complaint(
        _("Mục %(entry)s – %(fault)s") % {"entry": fault.where.upper(), "fault": fault_sentence(fault)}, address
    )


@official(Right.PLANS)
def discard_plan_draft(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Asked once more before it goes."""
    found = reviewable_draft(account_of(request), draft, on=clock.today())
    if request.method == "POST":
        discard_draft(draft, by=account_of(request), today=clock.today())
        messages.success(request, _("Đã bỏ bản đọc “%(name)s”.") % {"name": found.file_name})
        return redirect("read_plan_document")
    return render(request, "office/discard_plan_draft.html", {"draft": found})
