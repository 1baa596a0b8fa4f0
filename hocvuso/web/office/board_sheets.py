"""The tables of the boards as files: the same rows as on the page, with place, day and source said above them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _

from hocvuso.evidence.rules import Grade
from hocvuso.lib.sheets import CellValue, Sheet, csv_of, xlsx_of
from hocvuso.measure.queries import Breakdown, FlagHere, Standing, Way, current_snapshot
from hocvuso.measure.queries.figures import FunnelHere
from hocvuso.measure.rules import Figure
from hocvuso.places.models import Organisation, Place
from hocvuso.web.shared.simulated import database_is_simulated
from hocvuso.web.shared.tags import grade, light_word, part_name, rung, titled, verdict_word

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def file_of(sheet: Sheet, form: str) -> HttpResponse:
    if form == "csv":
        body, kind = csv_of(sheet), "text/csv; charset=utf-8"
    else:
        body, kind = xlsx_of(sheet, made=current_snapshot().built_at), XLSX
    name = f"{sheet.name}.{form}"
    return HttpResponse(body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def sheet_of(
    name: str, title: str, place: Place, *, on: dt.date, columns: Sequence[str], rows: Iterable[Sequence[CellValue]]
) -> Sheet:
    notes = [
        _("Nơi: %(place)s (mã %(code)s)") % {"place": place.name, "code": place.code},
        _("Đến ngày: %(day)s") % {"day": f"{on:%d/%m/%Y}"},
        _("Số có minh chứng, số nhập từ hệ thống khác và số đơn vị tự báo cáo đứng cạnh nhau, không cộng."),
    ]
    if database_is_simulated() or current_snapshot().is_simulated:
        notes.append(_("DỮ LIỆU MÔ PHỎNG: người, đơn vị cơ sở và số liệu không có thật."))
    return Sheet(f"{name}-{place.code}-{on.isoformat()}", title, tuple(notes), tuple(columns), tuple(map(tuple, rows)))


def _grade_names() -> tuple[str, str, str]:
    proven, imported, declared = (grade(one) for one in Grade)
    return proven, imported, declared


def _counts(shown: Figure | None) -> tuple[int | None, int | None, int | None]:
    if shown is None:
        return None, None, None
    proven, imported, declared = (shown.count(one) for one in Grade)
    return proven, imported, declared


def targets_sheet(place: Place, standings: Sequence[Standing], *, on: dt.date) -> Sheet:
    columns = (
        _("Chỉ tiêu"), _("Mục"), _("Mốc"), _("Thời hạn"), _("Mức giao"), _("Đến nay"), *_grade_names(), _("Chênh lệch"), _("Mẫu số"),
        _("Ngày của mẫu số"), _("Nguồn của mẫu số"), _("Tuần này thêm"), _("Cần thêm mỗi tuần"), _("Tiến độ"),
    )  # fmt: skip
    return sheet_of(
        "chi-tieu", _("Chỉ tiêu và số liệu"), place, on=on, columns=columns, rows=map(_target_row, standings)
    )


def _target_row(row: Standing) -> Sequence[CellValue]:
    target, shown = row.target, row.figure
    base = shown.population if shown else None
    return (
        target.indicator.title, target.clause, target.horizon, target.due, row.goal, row.value, *_counts(shown),
        shown.gap if shown else None, base.count if base else None, base.on if base else None, base.source if base else None,
        row.gained, row.pace.per_week if row.pace else None, light_word(row.light),
    )  # fmt: skip


def ladder_sheet(place: Place, funnels: Sequence[FunnelHere], *, on: dt.date) -> Sheet:
    columns = (_("Nhóm"), _("Bậc"), _("Thước đo"), *_grade_names(), _("Tỷ lệ có minh chứng (%)"), _("Mẫu số"))
    rows = [
        (
            titled(one.funnel), rung(shown.metric.rung), titled(shown.metric), *_counts(shown), shown.share(Grade.PROVEN),
            shown.population.count if shown.population else None,
        )
        for one in funnels
        for shown in one.figures
    ]  # fmt: skip
    return sheet_of("cac-bac", _("Các bậc"), place, on=on, columns=columns, rows=rows)


def way_sheet(place: Place, row: Standing, way: Way, *, on: dt.date) -> Sheet:
    title = _("Đường đi đến hạn: %(target)s") % {"target": row.target.indicator.title}
    rows: list[Sequence[CellValue]] = [(point.on, point.count, point.gained, "") for point in way.weeks]
    if way.forecast is not None:
        seen = way.forecast
        for count, said in (
            (seen.low, _("dự báo, cận dưới")), (seen.expected, _("dự báo, có khả năng nhất")), (seen.high, _("dự báo, cận trên")),
        ):  # fmt: skip
            rows.append((seen.target_date, count, None, said))
    if way.goal is not None:
        rows.append((way.last, way.goal, None, _("số cần đạt")))
    columns = (_("Đến hết ngày"), _("Lũy kế có minh chứng"), _("Bảy ngày qua"), _("Ghi chú"))
    return sheet_of("duong-di", title, place, on=on, columns=columns, rows=rows)


def comparison_sheet(place: Place, target: str, rows: Sequence[tuple[Place, Standing]], *, on: dt.date) -> Sheet:
    columns = (
        _("Mã"), _("Nơi"), _("Loại"), _("Tiến độ"), _("Đến nay"), _("Đơn vị tính"), *_grade_names(), _("Mẫu số"), _("Tuần này thêm"),
    )  # fmt: skip
    body = [
        (
            one.code, one.name, part_name(one.kind, "kind") if isinstance(one, Organisation) else one.kind, light_word(row.light),
            row.value, "%" if row.measure == "%" else "", *_counts(row.figure),
            row.figure.population.count if row.figure and row.figure.population else None, row.gained,
        )
        for one, row in rows
    ]  # fmt: skip
    title = _("So sánh các nơi: %(target)s") % {"target": target}
    return sheet_of("so-sanh", title, place, on=on, columns=columns, rows=body)


def breakdown_sheet(
    place: Place, metric: str, parts: Sequence[Breakdown], orgs: Sequence[tuple[Organisation, Figure]], *, on: dt.date
) -> Sheet:
    columns = (_("Chia theo"), _("Phần"), *_grade_names(), _("Tỷ trọng của số có minh chứng (%)"), _("Mẫu số"))
    rows: list[Sequence[CellValue]] = [
        (
            part_name(one.dimension, "dimension"),
            part_name(part.key, one.dimension),
            part.proven,
            part.imported,
            part.declared,
            part.share,
            None,
        )
        for one in parts
        for part in one.parts
    ]
    rows += [
        (
            part_name("org", "dimension"),
            org.name,
            *_counts(shown),
            None,
            shown.population.count if shown.population else None,
        )
        for org, shown in orgs
    ]
    title = _("Chia nhỏ: %(metric)s") % {"metric": metric}
    return sheet_of("chia-nho", title, place, on=on, columns=columns, rows=rows)


def flags_sheet(place: Place, flags: Sequence[FlagHere], *, on: dt.date) -> Sheet:
    columns = (
        _("Nơi"),
        _("Dấu hiệu"),
        _("Cần xem"),
        _("Cách giải thích thường gặp"),
        _("Mức"),
        _("Kết quả rà soát"),
        _("Ghi chú"),
    )
    rows = [
        (
            one.place.name, one.sentence.title, one.sentence.look, one.sentence.innocent, int(one.flag.severity),
            verdict_word(one.review.verdict) if one.review else "", one.review.note if one.review else "",
        )
        for one in flags
    ]  # fmt: skip
    return sheet_of("dau-hieu", _("Dấu hiệu cần rà soát"), place, on=on, columns=columns, rows=rows)
