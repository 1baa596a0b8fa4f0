"""Bringing in what outside systems count: a file is looked at first, and kept only once somebody has seen what would be new."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hocvuso.evidence.queries import catalogue
from hocvuso.evidence.rules import Grade, Source
from hocvuso.lib import clock
from hocvuso.lib.csvfile import Line
from hocvuso.lib.errors import BadInput
from hocvuso.measure.files import COLUMNS, CountLine, Upload, keep_counts, lines_of_upload, read_counts
from hocvuso.measure.queries import metrics
from hocvuso.measure.rules import Metric
from hocvuso.people.queries import visible_units
from hocvuso.people.rules import Right
from hocvuso.places.models import Unit
from hocvuso.web.shared.places import home_places
from hocvuso.web.shared.rights import account_of, official
from hocvuso.web.shared.tags import titled
from hocvuso.web.shared.uploads import PlainFileField, takes_files

MOST_BYTES = 2_000_000
SEEN_FOR = 60 * 60  # seconds a file that was looked at can be confirmed
SHOWN = 200  # lines on the page; all are kept


class UploadForm(forms.Form):
    metric = forms.ChoiceField()
    source = forms.ChoiceField()
    document = forms.CharField(required=False, max_length=160)
    file = PlainFileField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["metric"].choices = [("", ""), *((one.key, titled(one)) for one in metrics_to_bring())]  # type: ignore[attr-defined]
        self.fields["source"].choices = [("", ""), *((one.key, titled(one)) for one in sources_to_name())]  # type: ignore[attr-defined]
        self.fields["metric"].error_messages["required"] = _("Hãy chọn số liệu trong tệp là số gì.")
        self.fields["source"].error_messages["required"] = _("Hãy chọn nơi cung cấp số liệu.")
        for why in ("required", "empty", "missing", "invalid"):
            self.fields["file"].error_messages[why] = _("Hãy chọn một tệp Excel (.xlsx) hoặc CSV có số liệu.")


def metrics_to_bring() -> list[Metric]:
    """Counts of people, households and businesses, those that outside systems know best first."""
    found = [
        one
        for one in metrics().by_key.values()
        if one.subject in ("person", "household") and one.primitive != "per_period"
    ]
    return sorted(found, key=lambda one: one.headline is not Grade.IMPORTED)


def sources_to_name() -> list[Source]:
    known = [one for one in catalogue().sources.values() if one.grade is not Grade.PROVEN and not one.simulated]
    return sorted(known, key=lambda one: one.grade is not Grade.IMPORTED)


@official(Right.IMPORTS)
@takes_files(MOST_BYTES)
def import_counts(request: HttpRequest) -> HttpResponse:
    """First the file, then what would be new, then “keep”. Nothing is kept on the way."""
    if request.method == "POST" and "seen" in request.POST:
        return _keep(request)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    read: list[CountLine] = []
    upload = None
    if request.method == "POST" and form.is_valid():
        try:
            file = form.cleaned_data["file"]
            if file.size > MOST_BYTES:
                raise BadInput(_("Tệp lớn quá 2 MB."))
            told = {name: form.cleaned_data[name] for name in ("metric", "source", "document")}
            upload = Upload(**told, lines=lines_of_upload(file.read(), file.name))
            read = read_counts(upload, units=_units(request), today=clock.today())
        except BadInput as error:
            form.add_error("file", str(error))
            read = []
    context = {
        "form": form,
        "columns": list(COLUMNS.values()),
        "homes": home_places(request, Right.IMPORTS),
        "read": read[:SHOWN],
        "all": len(read),
        "new": sum(one.before is None for one in read),
        "changed": sum(one.before is not None and not one.is_known for one in read),
        "known": sum(one.is_known for one in read),
        "metric": metrics().by_key.get(upload.metric) if upload else None,
        "source": catalogue().sources.get(upload.source) if upload else None,
        "document": upload.document if upload else "",
        "seen": _sealed(request, upload) if upload and read else "",
    }
    return render(request, "office/import_counts.html", context, status=400 if form.errors else 200)


def _keep(request: HttpRequest) -> HttpResponse:
    upload = _opened(request)
    if upload is None:
        messages.warning(request, _("Đã quá lâu từ khi xem thử. Chưa có gì được giữ; hãy chọn tệp lại."))
        return redirect("import_counts")
    today = clock.today()
    read = read_counts(upload, units=_units(request), today=today)  # once more: an hour may have passed
    kept = keep_counts(upload, read, by=account_of(request).actor, today=today)
    said = _("Đã nhập %(new)s số. Số liệu trên các trang theo kịp sau ít giây.") % {"new": kept.new}
    messages.success(request, said if kept.new else _("Không có số nào mới: hệ thống đã biết cả tệp này."))
    return redirect("import_counts")


def _units(request: HttpRequest) -> dict[str, Unit]:
    found = visible_units(account_of(request), on=clock.today(), right=Right.IMPORTS)
    return {unit.code: unit for unit in found}


def _salt(request: HttpRequest) -> str:
    return f"import_counts {account_of(request).pk}"


def _sealed(request: HttpRequest, upload: Upload) -> str:
    """What was looked at, to be sent back by “keep”: signed for this account, so that nothing else can be kept."""
    lines = [[line.number, *(line[column] for column in COLUMNS)] for line in upload.lines]
    told = [upload.metric, upload.source, upload.document, upload.lines[0].file, lines]
    return signing.dumps(told, salt=_salt(request), compress=True)


def _opened(request: HttpRequest) -> Upload | None:
    try:
        told = signing.loads(request.POST["seen"], salt=_salt(request), max_age=SEEN_FOR)
    except signing.BadSignature:
        return None
    metric, source, document, file, lines = told
    return Upload(
        metric, source, document,
        tuple(Line(file, number, dict(zip(COLUMNS, cells, strict=True))) for number, *cells in lines),
    )  # fmt: skip
