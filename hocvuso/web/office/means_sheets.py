"""Money as a file: each line that counts, with its document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from hocvuso.lib.sheets import Sheet
from hocvuso.means.models import BudgetLine
from hocvuso.places.models import Place
from hocvuso.plans.models import Plan
from hocvuso.web.shared.means_tags import money_source, money_stage
from hocvuso.web.shared.simulated import database_is_simulated


def money_sheet(place: Place, plan: Plan, year: int, lines: Iterable[BudgetLine], *, on: dt.date) -> Sheet:
    notes = [
        _("Nơi: %(place)s (mã %(code)s)") % {"place": place.name, "code": place.code},
        _("Kế hoạch: %(plan)s; năm %(year)s; đến ngày %(day)s") % {"plan": plan.short_title, "year": year, "day": f"{on:%d/%m/%Y}"},
    ]  # fmt: skip
    if database_is_simulated():
        notes.append(_("DỮ LIỆU MÔ PHỎNG: người, đơn vị cơ sở và số liệu không có thật."))
    columns = (
        _("Nơi"), _("Nhiệm vụ"), _("Nguồn"), _("Bước"), _("Số tiền (đồng)"), _("Văn bản"), _("Ngày ghi"), _("Ghi chú"),
    )  # fmt: skip
    rows = tuple(
        (
            line.place.name, line.task.title if line.task else "", money_source(line.source), money_stage(line.stage), line.dong,
            line.document, line.on, line.note,
        )
        for line in lines
    )  # fmt: skip
    return Sheet(f"kinh-phi-{place.code}-{year}", _("Kinh phí"), tuple(notes), columns, rows)
