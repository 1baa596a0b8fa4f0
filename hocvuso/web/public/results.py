"""Open results: what a province chose to show everybody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hocvuso.lib import clock
from hocvuso.lib.sheets import CellValue, Sheet, csv_of
from hocvuso.measure.queries import closed_months, current_snapshot, open_metrics, open_provinces, open_table
from hocvuso.measure.queries.openresults import OpenMetric, OpenRow, OpenTable
from hocvuso.places.models import Unit
from hocvuso.plans.queries import plans_above
from hocvuso.web.shared.rights import public
from hocvuso.web.shared.tags import titled

HIDDEN = "*"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked:
    chosen: OpenMetric
    province: Unit
    month: dt.date
    months: list[dt.date]
    provinces: list[Unit]


@public
def open_results(request: HttpRequest) -> HttpResponse:
    published = open_metrics()
    asked = _asked(request, published) if published else None
    context = {
        "published": published,
        "asked": asked,
        "table": _table(asked) if asked else None,
    }
    response = render(request, "public/open_results.html", context)
    response.headers["Cache-Control"] = "public, max-age=300" if not request.COOKIES else "private, no-cache"
    return response


@public
def open_results_file(request: HttpRequest) -> HttpResponse:
    asked = _asked(request, open_metrics())
    if asked is None:
        raise Http404
    sheet = _sheet(_table(asked))
    headers = {
        "Content-Disposition": f'attachment; filename="{sheet.name}.csv"',
        "Cache-Control": "public, max-age=300",
    }
    return HttpResponse(csv_of(sheet), content_type="text/csv; charset=utf-8", headers=headers)


def _table(asked: Asked) -> OpenTable:
    return open_table(asked.chosen, asked.province, asked.month, today=clock.today())


def _asked(request: HttpRequest, published: tuple[OpenMetric, ...]) -> Asked | None:
    """What the address names; without names the first of everything. `None` where no month is over yet."""
    today = clock.today()
    provinces = open_provinces(today=today)
    if not provinces or not published:
        return None
    chosen = _named(published, request.GET.get("so-lieu"), lambda one: one.metric.key)
    province = _named(provinces, request.GET.get("noi"), lambda one: one.code)
    start = min((plan.period_start for plan in plans_above(province)), default=today)
    months = closed_months(start, today=today)
    if not months:
        return None
    month = _named(months, request.GET.get("thang"), lambda one: one.strftime("%Y-%m"))
    return Asked(chosen, province, month, months, provinces)


def _named(things: Sequence[T], wanted: str | None, name: Callable[[T], str]) -> T:
    if not wanted:
        return things[0]
    found = next((one for one in things if name(one) == wanted), None)
    if found is None:
        raise Http404
    return found


def _sheet(table: OpenTable) -> Sheet:
    notes = [
        _("Nơi: %(place)s (mã %(code)s)") % {"place": table.province.name, "code": table.province.code},
        _("Số người có minh chứng, mới tính trong từng tuần; tuần từ thứ Hai đến Chủ nhật."),
        _("Dấu * là số không công bố: nhỏ hơn 5, hoặc có thể dùng để tính ra số nhỏ hơn 5."),
    ]
    if table.simulated or current_snapshot().is_simulated:
        notes.append(_("DỮ LIỆU MÔ PHỎNG: người, đơn vị cơ sở và số liệu không có thật."))
    columns = (_("Nơi"), *(_("tuần %(day)s") % {"day": f"{week:%d/%m}"} for week in table.weeks), _("cả tháng"))
    rows = [_row(row) for row in (*table.rows, table.whole)]
    name = f"ket-qua-{table.metric.key}-{table.province.code}-{table.month:%Y-%m}".replace("_", "-")
    return Sheet(name, f"{titled(table.metric)}, {table.month:%m/%Y}", tuple(notes), columns, tuple(rows))


def _row(row: OpenRow) -> tuple[CellValue, ...]:
    return (row.name, *(HIDDEN if n is None else n for n in row.weeks), HIDDEN if row.total is None else row.total)
