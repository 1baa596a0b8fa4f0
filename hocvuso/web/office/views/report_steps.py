from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hocvuso.attachments.models import Attachment
from hocvuso.attachments.rules import LARGEST
from hocvuso.lib import clock
from hocvuso.lib.errors import HocVuSoError
from hocvuso.people.rules import Right
from hocvuso.reports.actions import (
    accept_report,
    declare_figure,
    note_presence,
    number_report,
    replace_report,
    return_report,
    send_back_report,
    send_report,
    sign_report,
    take_back_figure,
)
from hocvuso.reports.life import Act
from hocvuso.reports.queries.life import declared_now, is_countable
from hocvuso.web.office.report_forms import WORDS_OF_ADDRESS, DeclareForm, form_of, paper_of
from hocvuso.web.office.report_page import Asked, asked_report, presence_words, report_page
from hocvuso.web.shared.files import attachment_response
from hocvuso.web.shared.places import home_places
from hocvuso.web.shared.rights import account_of, official
from hocvuso.web.shared.uploads import takes_files

_ACTIONS: dict[Act, Callable[..., Any]] = {
    Act.RETURNED: return_report, Act.SIGNED: sign_report, Act.NUMBERED: number_report, Act.SENT: send_report,
    Act.ACCEPTED: accept_report, Act.SENT_BACK: send_back_report, Act.REPLACED: replace_report,
}  # fmt: skip


@official(Right.REPORTS)
@takes_files(LARGEST)
@require_POST
def report_step(request: HttpRequest, plan: str, duty: str, place: str, due: str, step: str) -> HttpResponse:
    """One step of a report's life. A step that was open when the page was drawn and is not any more is refused by its action."""
    act = WORDS_OF_ADDRESS.get(step)
    if act is None:
        raise Http404
    asked = asked_report(request, plan, duty, place, due)
    kind = form_of(act, asked.life.state)
    if act not in asked.acts or kind is None:
        messages.warning(request, _("Chưa làm được bước này: báo cáo đã sang bước khác, hoặc bước này của người khác."))
        return redirect("report", plan=plan, duty=duty, place=place, due=due)
    form = kind(request.POST, request.FILES, auto_id=f"id_{act.value}_%s")
    if form.is_valid() and _taken(request, asked, act, form):
        messages.success(request, _said(act))
        return redirect("report", plan=plan, duty=duty, place=place, due=due)
    return report_page(request, asked, step=(act, form))


def _taken(request: HttpRequest, asked: Asked, act: Act, form: forms.Form) -> bool:
    told = {name: value for name, value in form.cleaned_data.items() if name != "file"}
    if "file" in form.fields:
        told["paper"] = paper_of(form)
    try:
        _ACTIONS[act](
            asked.duty, place=asked.place, due=asked.due, by=account_of(request).actor, today=clock.today(), **told
        )
    except HocVuSoError as error:
        form.add_error(None, str(error))
        return False
    return True


def _said(act: Act) -> str:
    return {
        Act.RETURNED: _("Đã trả lại người viết."),
        Act.SIGNED: _("Đã ký."),
        Act.NUMBERED: _("Đã cấp số."),
        Act.SENT: _("Đã gửi báo cáo."),
        Act.ACCEPTED: _("Đã tiếp nhận báo cáo."),
        Act.SENT_BACK: _("Đã trả lại để bổ sung."),
        Act.REPLACED: _("Đã mở bản thay thế. Bản đã gửi vẫn giữ nguyên."),
    }[act]


@official(Right.WRITE_REPORTS)
@takes_files(LARGEST)
def report_figures(request: HttpRequest, plan: str, duty: str, place: str, due: str) -> HttpResponse:
    """Figures the office states against the system's: those of this draft, and the form for one more."""
    asked = asked_report(request, plan, duty, place, due)
    if not asked.may_write:
        raise Http404
    content = asked.content()
    lines = [(one.key, f"{one.title} ({one.horizon})") for one in content.lines if is_countable(content, one.key)]
    form = DeclareForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        lines=lines,
    )
    who: dict[str, Any] = {"place": asked.place, "due": asked.due, "by": account_of(request).actor}
    try:
        if request.method == "POST" and "rut" in request.POST:
            take_back_figure(asked.duty, line=request.POST["rut"], **who)
            messages.success(request, _("Đã rút số tự báo cáo."))
            return redirect("report_figures", plan=plan, duty=duty, place=place, due=due)
        if request.method == "POST" and form.is_valid():
            told = {name: form.cleaned_data[name] for name in ("line", "count", "reason", "document")}
            paper = paper_of(form)
            assert paper is not None  # the field is required
            declare_figure(asked.duty, paper=paper, **told, **who)
            messages.success(request, _("Đã ghi số tự báo cáo. Số này đứng cạnh số của hệ thống, không thay số đó."))
            return redirect("report", plan=plan, duty=duty, place=place, due=due)
    except HocVuSoError as error:
        form.add_error(None, str(error))
    context = {
        "asked": asked,
        "duty": asked.duty,
        "plan": asked.duty.plan,
        "place": asked.place,
        "due": asked.due,
        "content": content,
        "declared": [(row, dict(lines).get(row.line, row.line)) for row in declared_now(asked.life.report)],
        "form": form,
    }
    return render(request, "office/report_figures.html", context, status=400 if form.errors else 200)


@official(Right.REPORTS)
def report_file(request: HttpRequest, plan: str, duty: str, place: str, due: str, file: UUID) -> HttpResponse:
    """A file that belongs to the report: the signed copy, the document of a declared figure."""
    asked = asked_report(request, plan, duty, place, due)
    return attachment_response(_file_of(asked, file))


def _file_of(asked: Asked, file: UUID) -> Attachment | None:
    shown = (step for edition in range(1, asked.edition + 1) for step in asked.life.round_of(edition))
    step = next((step for step in shown if step.attachment_id == file), None)
    if step is not None:
        return step.attachment
    report = asked.life.report
    row = report.declared.filter(attachment=file, edition__lte=asked.edition).first() if report else None
    return row.attachment if row else None


@official(Right.WRITE_REPORTS)
@require_POST
def report_presence(request: HttpRequest, plan: str, duty: str, place: str, due: str) -> JsonResponse:
    """For the page's script: say in which section somebody is writing, and hear who else has the report open."""
    asked = asked_report(request, plan, duty, place, due)
    if asked.place not in home_places(request, Right.WRITE_REPORTS):
        raise Http404
    others = note_presence(
        asked.duty, place=asked.place, due=asked.due, account=account_of(request),
        section=request.POST.get("muc", ""), now=clock.real_now(),
    )  # fmt: skip
    return JsonResponse({"said": presence_words(others), "is_draft": asked.may_write})
