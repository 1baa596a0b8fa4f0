from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from hocvuso.lib import clock
from hocvuso.lib.errors import HocVuSoError, Refused
from hocvuso.people.rules import Right
from hocvuso.reports.actions import WordsClash, save_words, submit_report
from hocvuso.reports.life import merged
from hocvuso.reports.queries import SUFFIXES, written
from hocvuso.reports.queries.life import words_at
from hocvuso.reports.rules import WORDS
from hocvuso.web.office.report_forms import WordsForm
from hocvuso.web.office.report_page import Asked, asked_report, report_page
from hocvuso.web.shared.places import home_places
from hocvuso.web.shared.rights import account_of, official

CONTENT_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@official(Right.REPORTS)
def report(request: HttpRequest, plan: str, duty: str, place: str, due: str) -> HttpResponse:
    """One report: its figures, the words people add, where it is in its life and what is to be done next."""
    asked = asked_report(request, plan, duty, place, due)
    if request.method != "POST":
        return report_page(request, asked)
    if not _writes_here(request, asked):
        raise Http404
    form = WordsForm(request.POST)
    if not form.is_valid():
        return report_page(request, asked, words=form)
    if (section := request.POST.get("ghep")) in WORDS:
        return report_page(request, asked, words=_merged(form, section, asked))
    told = {**form.cleaned_data, "place": asked.place, "due": asked.due, "by": account_of(request).actor}
    try:
        saved = save_words(asked.duty, **told)
    except WordsClash as clash:
        form = WordsForm({**clash.words, "version": clash.version})
        form.add_error(None, str(clash))
        return report_page(request, asked, words=form, clashes=clash.clashes)
    except Refused as error:
        form.add_error(None, str(error))
        return report_page(request, asked, words=form)
    if request.POST.get("viec") == "trinh":
        _hand_in(request, asked, version=saved.version)
    else:
        messages.success(request, _("Đã lưu nội dung báo cáo."))
    return redirect("report", plan=plan, duty=duty, place=place, due=due)


def _writes_here(request: HttpRequest, asked: Asked) -> bool:
    """Somebody whose report has been handed in meanwhile is told so by the action; whoever never wrote it finds no such page."""
    return asked.place in home_places(request, Right.WRITE_REPORTS)


def _merged(form: WordsForm, section: str, asked: Asked) -> WordsForm:
    """The same form with both texts in the section: what a colleague saved, then what only this writer has. Nothing is saved yet."""
    told = form.cleaned_data
    if asked.life.report is not None and told["version"] <= asked.life.version:
        theirs = words_at(asked.life.report, told["version"])[section]
        told = {**told, section: merged(theirs, told[section])}
    return WordsForm(told)


def _hand_in(request: HttpRequest, asked: Asked, *, version: int) -> None:
    try:
        submit_report(
            asked.duty, place=asked.place, due=asked.due, version=version, by=account_of(request).actor, today=clock.today()
        )  # fmt: skip
    except HocVuSoError as error:
        messages.success(request, _("Đã lưu nội dung báo cáo."))
        messages.warning(request, _("Chưa trình được. %(why)s") % {"why": error})
    else:
        messages.success(request, _("Đã lưu và trình lãnh đạo. Số liệu của báo cáo được giữ nguyên từ lúc này."))


@official(Right.REPORTS)
def report_document(request: HttpRequest, plan: str, duty: str, place: str, due: str) -> HttpResponse:
    """The report in its issuer's form: Word, or `?dang=pdf`; its figures as a spreadsheet with `?dang=xlsx`. An edition that was handed in
    as it was then."""
    suffix = "." + request.GET.get("dang", "docx")
    if suffix not in SUFFIXES:
        raise Http404
    asked = asked_report(request, plan, duty, place, due)
    edition = f"-ban-{asked.edition}" if asked.edition > 1 else ""
    name = f"bao-cao-{asked.duty.key}-{asked.place.code}-{asked.due.isoformat()}{edition}{suffix}"
    return HttpResponse(
        written(asked.content(), suffix),
        content_type=CONTENT_TYPES[suffix],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
