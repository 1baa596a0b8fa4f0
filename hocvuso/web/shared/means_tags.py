"""Words for money, gifts, signals, inspections and good practices."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def money_stage(key: str) -> str:
    return {
        "estimated": _("dự toán"),
        "allocated": _("phân bổ"),
        "paid": _("thanh toán"),
        "settled": _("quyết toán"),
    }.get(key, key)


@register.filter
def money_source(key: str) -> str:
    return {
        "central": _("ngân sách trung ương"),
        "province": _("ngân sách tỉnh"),
        "commune": _("ngân sách xã"),
        "other": _("nguồn hợp pháp khác"),
        "society": _("xã hội hóa"),
    }.get(key, key)


@register.filter
def gift_word(key: str) -> str:
    return {
        "staff": _("nhân lực"),
        "rooms": _("phòng, địa điểm"),
        "devices": _("thiết bị"),
        "discount": _("giảm giá, miễn phí"),
        "lines": _("đường truyền, Wi-Fi"),
        "materials": _("tài liệu, in ấn"),
    }.get(key, key)


@register.filter
def signal_word(key: str | None) -> str:
    return {"none": _("không có sóng"), "weak": _("sóng yếu"), "good": _("có sóng")}.get(key or "", _("chưa rõ"))


@register.filter
def remark_state(key: str) -> str:
    return {
        "open": _("chưa khắc phục"),
        "remedied": _("đã khắc phục, chờ xác nhận"),
        "confirmed": _("đã xác nhận khắc phục"),
        "sent_back": _("cần làm thêm"),
    }.get(key, key)


@register.filter
def at_key(row: Any, key: str) -> Any:
    """`row.at(key)`, which a template cannot ask for."""
    return row.at(key)


@register.filter
def practice_model(key: str) -> str:
    return {
        "dai-su-so": _("Đại sứ số"),
        "gia-dinh-so": _("Gia đình số"),
        "cho-so": _("Chợ số, nông thôn số"),
        "mot-danh-tinh-so": _("Một danh tính số"),
        "to-cong-nghe-so": _("Tổ công nghệ số cộng đồng"),
        "thanh-nien": _("Thanh niên chung tay"),
        "lop-hoc": _("Lớp học cộng đồng"),
        "khac": _("Cách làm khác"),
    }.get(key, key)


@register.filter
def practice_step(key: str | None) -> str:
    return {
        "recognised": _("đã được công nhận"),
        "not_yet": _("cần bổ sung"),
        "taken_up": _("làm theo"),
    }.get(key or "", _("chờ công nhận"))
