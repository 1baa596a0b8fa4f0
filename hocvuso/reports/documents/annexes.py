"""The annexes of a report: every figure with its three grades, and the communes side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from hocvuso.lib.text import upper_first
from hocvuso.reports.documents.form import Form
from hocvuso.reports.documents.gathered import villages_annex
from hocvuso.reports.documents.model import Annex, Column, GroupRow, Paragraph, Row, Table
from hocvuso.reports.documents.template import Template
from hocvuso.reports.documents.words import vn_day
from hocvuso.reports.rules import Line, ReportContent, cell, share_cell

GRADES_NOTE = (
    "Ghi chú: “Có minh chứng” là số người, đơn vị có minh chứng trong hệ thống; “Nhập” là số do hệ thống khác cung cấp; "
    "“Tự báo cáo” là số đơn vị tự nêu. Ba loại số không cộng với nhau."
)


TASKS_IN_BODY = 12
"""More tasks than this stand in an annex."""


def figure_annexes(content: ReportContent, template: Template) -> tuple[str, ...]:
    """Which of the template's annexes of figures there is something for."""
    has = {
        "figures": True,
        "communes": content.compares_communes,
        "villages": bool(content.villages and content.village_columns),
    }
    return tuple(name for name in template.annexes if has[name])


def annexes_of(content: ReportContent, template: Template, form: Form) -> tuple[Annex, ...]:
    made = {"figures": _figures, "communes": _communes, "villages": villages_annex}
    found = [made[name](content, form) for name in figure_annexes(content, template)]
    if "tasks" in template.blocks and len(content.tasks) > TASKS_IN_BODY:
        found.append(Annex("Tình hình thực hiện nhiệm vụ", (fitted(tasks_table(content), form.portrait),)))
    return tuple(found)


def tasks_table(content: ReportContent) -> Table:
    rows: list[Row] = [
        (
            str(number), task.title, _plain_deadline(task.deadline), task.state + (" (quá hạn)" if task.late else ""),
            task.document,
        )
        for number, task in enumerate(content.tasks, start=1)
    ]  # fmt: skip
    columns = (
        Column("STT", 11, "center"), Column("Nhiệm vụ", 54), Column("Thời hạn", 34), Column("Tình hình", 36),
        Column("Văn bản, sản phẩm", 30),
    )  # fmt: skip
    return Table(columns, tuple(rows))


def _plain_deadline(text: str) -> str:
    """A deadline that the plan prints in brackets stands without them."""
    return upper_first(text[1:-1]) if text.startswith("(") and text.endswith(")") and text.count("(") == 1 else text


def fitted(table: Table, within: float) -> Table:
    """The same table, its columns in proportion as wide as the page leaves room for."""
    scale = within / table.width
    return replace(table, columns=tuple(replace(column, width=column.width * scale) for column in table.columns))


def _figures(content: ReportContent, form: Form) -> Annex:
    columns = (
        Column("STT", 11, "center"), Column("Chỉ tiêu", 74), Column("Đơn vị tính", 22), Column("Kỳ này", 18, "right"),
        Column("Lũy kế (có minh chứng)", 24, "right"), Column("Nhập", 20, "right"), Column("Tự báo cáo", 20, "right"),
        Column("Mẫu số", 20, "right"), Column("Tỷ lệ (%)", 17, "right"), Column("Chỉ tiêu giao", 26, "center"),
    )  # fmt: skip
    rows: list[Row] = []
    number = 0
    for horizon in content.horizons:
        rows.append(GroupRow(f"Mốc: {horizon}"))
        for line in (line for line in content.lines if line.horizon == horizon):
            number += 1
            rows.append((str(number), *_figures_row(line)))
    title = f"Số liệu từ ngày {vn_day(content.span.first)} đến ngày {vn_day(content.span.last)}"
    table = fitted(Table(columns, tuple(rows), note=sources_note(content)), form.landscape)
    return Annex(title, (Paragraph(GRADES_NOTE), table), landscape=True)


def sources_note(content: ReportContent) -> str:
    """Where imported counts and denominators come from, and of which day."""
    imported = _dated((line.imported_source, line.imported_on) for line in content.lines if line.imported is not None)
    bases = _dated((line.population_source, line.population_on) for line in content.lines if line.population)
    return " ".join(
        [*([f"Nguồn số nhập: {imported}."] if imported else []), *([f"Nguồn mẫu số: {bases}."] if bases else [])]
    )


def _dated(pairs: Iterable[tuple[str, dt.date | None]]) -> str:
    named = dict.fromkeys((source, day) for source, day in pairs if source)
    return "; ".join(f"{source} (ngày {vn_day(day)})" if day else source for source, day in named)


def _figures_row(line: Line) -> tuple[str, ...]:
    """Three grades side by side. Where communes are counted that met a number of their own, only that count is meaningful."""
    if line.counts_communes:
        return (
            line.title, line.counted, "–", cell(line.so_far), "–", "–", cell(line.population), share_cell(line.share),
            line.goal or "chưa giao",
        )  # fmt: skip
    return (
        line.title, line.counted or "–", "–" if line.headline == "imported" else cell(line.this_period), cell(line.proven),
        cell(line.imported), cell(line.declared), cell(line.population), share_cell(line.share), line.goal or "chưa giao",
    )  # fmt: skip


def _communes(content: ReportContent, form: Form) -> Annex:
    width = (form.landscape - 11 - 45) / len(content.commune_columns)
    columns = (
        Column("STT", 11, "center"),
        Column("Xã, phường", 45),
        *(Column(f"{title} (%)", width, "right") for title in content.commune_columns),
    )
    rows: list[Row] = [
        (str(number), row.name, *(share_cell(share) for share in row.shares))
        for number, row in enumerate(content.communes, start=1)
    ]
    return Annex("Tỷ lệ thực hiện theo xã, phường (số có minh chứng)", (Table(columns, tuple(rows)),), landscape=True)
