"""Difficulties and proposals as files, with the filters said above them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _

from hocvuso.concerns.models import Concern
from hocvuso.concerns.queries import Wanted, last_answers
from hocvuso.concerns.rules import ThemeCount
from hocvuso.lib import clock
from hocvuso.lib.sheets import CellValue, Sheet, csv_of, xlsx_of
from hocvuso.web.shared.concern_tags import concern_kind, concern_state, placed, theme_name
from hocvuso.web.shared.simulated import database_is_simulated

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sheet_file(sheet: Sheet, form: str) -> HttpResponse:
    if form == "csv":
        body, kind = csv_of(sheet), "text/csv; charset=utf-8"
    else:
        body, kind = xlsx_of(sheet, made=clock.now()), XLSX
    name = f"{sheet.name}.{form}"
    return HttpResponse(body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def concerns_sheet(concerns: Iterable[Concern], wanted: Wanted, *, today: dt.date) -> Sheet:
    columns = (
        _("Ngày nêu"), _("Nơi nêu"), _("Loại"), _("Lĩnh vực"), _("Nội dung"), _("Nơi trả lời"), _("Hạn trả lời"), _("Tình trạng"),
        _("Trả lời"),
    )  # fmt: skip
    found = list(concerns)
    answers = last_answers(found)
    rows: list[Sequence[CellValue]] = [
        (
            one.on, placed(one.place), concern_kind(one.kind), theme_name(one.theme), one.text,
            (one.merged_into or one).addressee.name, one.seen_due, concern_state(one.seen_state),  # type: ignore[attr-defined]
            f"{answer.place}: {answer.text}" if (answer := answers.get(one.merged_into_id or one.pk)) else None,
        )
        for one in found
    ]  # fmt: skip
    return _sheet("kho-khan-kien-nghi", _("Khó khăn, kiến nghị"), wanted, today, columns, rows)


def themes_sheet(counts: Iterable[ThemeCount], wanted: Wanted, *, today: dt.date) -> Sheet:
    columns = (
        _("Lĩnh vực"), _("Khó khăn"), _("Kiến nghị"), _("Số nơi nêu"), _("Số xã, phường"), _("Từ ngày"), _("Đã trả lời"),
        _("Đã đóng, không có trả lời"), _("Chưa trả lời"), _("Trong đó quá hạn"),
    )  # fmt: skip
    rows = [
        (
            theme_name(row.theme), row.difficulties, row.proposals, row.places, row.communes, row.since, row.answered, row.closed,
            row.waiting, row.late,
        )
        for row in counts
    ]  # fmt: skip
    return _sheet("kho-khan-theo-linh-vuc", _("Khó khăn, kiến nghị theo lĩnh vực"), wanted, today, columns, rows)


def _sheet(
    name: str, title: str, wanted: Wanted, today: dt.date, columns: Sequence[str], rows: Iterable[Sequence[CellValue]]
) -> Sheet:
    notes = [_("Đến ngày: %(day)s") % {"day": f"{today:%d/%m/%Y}"}]
    if wanted.first or wanted.last:
        notes.append(_("Nêu từ %(first)s đến %(last)s") % {
            "first": f"{wanted.first:%d/%m/%Y}" if wanted.first else "…", "last": f"{wanted.last:%d/%m/%Y}" if wanted.last else "…",
        })  # fmt: skip
    chosen = [
        word for word in (concern_kind(wanted.kind), theme_name(wanted.theme), concern_state(wanted.state)) if word
    ]
    if chosen:
        notes.append(_("Chỉ gồm: %(chosen)s") % {"chosen": "; ".join(chosen)})
    if database_is_simulated():
        notes.append(_("DỮ LIỆU MÔ PHỎNG: người, đơn vị cơ sở và số liệu không có thật."))
    return Sheet(f"{name}-{today.isoformat()}", title, tuple(notes), tuple(columns), tuple(map(tuple, rows)))
