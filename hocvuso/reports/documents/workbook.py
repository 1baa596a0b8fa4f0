"""The figures of a report as a spreadsheet, for whoever goes on working with them: one sheet an annex, one for the tasks."""

from __future__ import annotations

import datetime as dt

from hocvuso.lib.sheets import CellValue, Sheet, xlsx_book
from hocvuso.reports.documents.annexes import GRADES_NOTE, figure_annexes, sources_note
from hocvuso.reports.documents.layout import SIMULATED_MARK
from hocvuso.reports.documents.library import Library, shipped
from hocvuso.reports.documents.periodic import periodic_report
from hocvuso.reports.documents.words import vn_day
from hocvuso.reports.rules import Line, ReportContent


def report_workbook(content: ReportContent, *, library: Library | None = None) -> bytes:
    document = periodic_report(content, library=library)
    title = " ".join(f"{document.kind.capitalize()} {document.subject}".split())
    notes = (
        *([SIMULATED_MARK] if content.simulated else []),
        f"Đơn vị báo cáo: {content.issuer.agency_name}; gửi ngày {vn_day(content.due)}",
        f"Số liệu từ ngày {vn_day(content.span.first)} đến ngày {vn_day(content.span.last)}",
    )
    library = library or shipped()
    template = library.template_for(plan=content.plan, duty=content.duty, frequency=content.frequency)
    made = {"figures": _figures, "communes": _communes, "villages": _villages}
    sheets = [made[name](content, title, notes) for name in figure_annexes(content, template)]
    if content.tasks or not sheets:
        sheets.append(_tasks(content, title, notes))
    return xlsx_book(sheets, made=dt.datetime.combine(document.date or content.due, dt.time()))


def _figures(content: ReportContent, title: str, notes: tuple[str, ...]) -> Sheet:
    columns = (
        "Chỉ tiêu", "Mốc", "Đơn vị tính", "Kỳ này", "Lũy kế (có minh chứng)", "Nhập", "Nguồn nhập", "Ngày của số nhập", "Tự báo cáo",
        "Ngày tự báo cáo", "Mẫu số", "Ngày của mẫu số", "Tỷ lệ (%)", "Chỉ tiêu giao", "Thời hạn",
    )  # fmt: skip
    said = (*notes, GRADES_NOTE, *filter(None, [sources_note(content)]))
    return Sheet("Số liệu", title, said, columns, tuple(_figures_row(line) for line in content.lines))


def _figures_row(line: Line) -> tuple[CellValue, ...]:
    """The counts of the annex as numbers; an empty cell is a number nobody has."""
    share = None if line.share is None else round(line.share, 2)
    if line.counts_communes:
        counts: tuple[CellValue, ...] = (None, line.so_far, None, "", None, None, None)
    else:
        this_period = None if line.headline == "imported" else line.this_period
        counts = (
            this_period,
            line.proven,
            line.imported,
            line.imported_source,
            line.imported_on,
            line.declared,
            line.declared_on,
        )
    return (
        line.title, line.horizon, line.counted, *counts, line.population, line.population_on, share, line.goal or "chưa giao",
        line.deadline,
    )  # fmt: skip


def _communes(content: ReportContent, title: str, notes: tuple[str, ...]) -> Sheet:
    rows = tuple(
        (row.name, *(None if share is None else round(share, 2) for share in row.shares)) for row in content.communes
    )
    columns = ("Xã, phường", *(f"{title} (%)" for title in content.commune_columns))
    return Sheet("Theo xã, phường", title, (*notes, "Tỷ lệ theo số có minh chứng."), columns, rows)


def _villages(content: ReportContent, title: str, notes: tuple[str, ...]) -> Sheet:
    columns = (
        "Thôn, buôn, tổ dân phố",
        *(f"{one} ({word})" for one in content.village_columns for word in ("kỳ này", "lũy kế")),
    )
    rows = tuple((row.name, *(count for pair in row.cells for count in pair)) for row in content.villages)
    return Sheet("Theo thôn, buôn", title, (*notes, "Số có minh chứng."), columns, rows)


def _tasks(content: ReportContent, title: str, notes: tuple[str, ...]) -> Sheet:
    rows = tuple(
        (task.title, task.deadline, task.state, "quá hạn" if task.late else "", task.document) for task in content.tasks
    )
    return Sheet("Nhiệm vụ", title, notes, ("Nhiệm vụ", "Thời hạn", "Tình hình", "Quá hạn", "Văn bản, sản phẩm"), rows)
