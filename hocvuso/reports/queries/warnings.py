"""What there is to say about a due day, as a sentence for whoever has to send the report."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from hocvuso.reports.calendar import DueWarning, WarningKind


def weekday_name(number: int) -> str:
    """1 = Monday."""
    names = (_("thứ Hai"), _("thứ Ba"), _("thứ Tư"), _("thứ Năm"), _("thứ Sáu"), _("thứ Bảy"), _("Chủ nhật"))
    return names[number - 1]


def warning_text(warning: DueWarning, *, of_party: bool = False) -> str:
    """`of_party`: the plan was issued by a body of the Party, which the decree may not bind."""
    words = {
        "day": f"{warning.day:%d/%m/%Y}",
        "why": warning.name or weekday_name(warning.day.isoweekday()),
        "better": _day(warning.better) if warning.better else "",
        "year": warning.day.year,
    }
    text = {
        WarningKind.ON_DAY_OFF: _(
            "Ngày gửi %(day)s là ngày nghỉ (%(why)s). Chưa có quy định dời ngày: nên gửi trước, vào %(better)s."
        )
        if warning.better
        else _("Ngày gửi %(day)s là ngày nghỉ (%(why)s). Chưa có quy định dời ngày: nên hỏi trước nơi nhận."),
        WarningKind.MOVED: _("Ngày %(day)s là ngày nghỉ (%(why)s); đơn vị chọn dời sang %(better)s."),
        WarningKind.NO_WORKING_DAY: _(
            "Từ ngày chốt số liệu %(day)s đến ngày gửi không đủ 1 ngày làm việc (Điều 8 Nghị định 09/2019/NĐ-CP). "
            "Ngày sớm nhất còn đủ: %(better)s."
        ),
        WarningKind.CLOSES_THAT_DAY: _(
            "Kỳ số liệu kết thúc đúng ngày gửi: báo cáo lấy số liệu kỳ này đến hết ngày gửi, không lấy kỳ trước."
        ),
        WarningKind.NOT_CLOSED: _("Đến ngày gửi kỳ chưa kết thúc (ngày %(day)s): số liệu chỉ tính đến ngày gửi."),
        WarningKind.ASSUMED: _("Kế hoạch không ghi ngày gửi; ngày này lấy theo lịch chung của đơn vị."),
        WarningKind.INSTRUCTED: _("Ngày gửi theo hướng dẫn riêng đã đặt trong lịch của đơn vị."),
        WarningKind.COMPUTED_HOLIDAY: _("Ngày nghỉ %(day)s (%(why)s) là tính trước, chưa có thông báo chính thức."),
        WarningKind.UNKNOWN_YEAR: _("Chưa có lịch nghỉ lễ năm %(year)s: mới chỉ trừ thứ Bảy, Chủ nhật."),
    }[warning.kind] % words
    if of_party and warning.kind is WarningKind.NO_WORKING_DAY:
        text += " " + _("Kế hoạch của cơ quan Đảng có thể không theo Nghị định này.")
    return text


def _day(day: dt.date) -> str:
    return f"{weekday_name(day.isoweekday())} {day:%d/%m/%Y}"
