"""Template tags and filters: numbers and days as Vietnam writes them, words for rungs, grades and lights."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from hocvuso.evidence.queries import catalogue
from hocvuso.lib.text import vn_number, vn_percent
from hocvuso.places.models import Place, Unit

register = template.Library()


@register.filter
def number(value: float | int | None, digits: int = 0) -> str:
    """12345 → "12.345" (in English "12,345"); nothing → "—"."""
    if value is None:
        return "—"
    return f"{value:,.{digits}f}" if get_language() == "en" else vn_number(value, digits)


@register.filter
def percent(value: float | None) -> str:
    if value is None:
        return "—"
    return f"{value:.1f}%".replace(".0%", "%") if get_language() == "en" else vn_percent(value)


@register.filter
def day(value: dt.date | None) -> str:
    if value is None:
        return "—"
    return value.strftime("%d/%m/%Y")


@register.filter
def weekday(value: dt.date) -> str:
    names = (_("thứ Hai"), _("thứ Ba"), _("thứ Tư"), _("thứ Năm"), _("thứ Sáu"), _("thứ Bảy"), _("Chủ nhật"))
    return names[value.weekday()]


@register.filter
def days_left(value: int | None) -> str:
    """ "còn 8 ngày", "hạn hôm nay", "quá hạn 3 ngày"."""
    if value is None:
        return _("không ghi hạn")
    if value == 0:
        return _("hạn hôm nay")
    if value > 0:
        return ngettext("còn %(n)s ngày", "còn %(n)s ngày", value) % {"n": value}
    return ngettext("quá hạn %(n)s ngày", "quá hạn %(n)s ngày", -value) % {"n": -value}


@register.filter
def rung(key: str) -> str:
    return {
        "reached": _("được tiếp cận"),
        "guided": _("được hướng dẫn"),
        "learned": _("đã học"),
        "assessed": _("đạt đánh giá"),
        "certified": _("đạt chuẩn do hệ thống cấp"),
        "confirmed": _("được xác nhận trên VNeID"),
        "using": _("có sử dụng"),
        "act": _("việc đã thực hiện"),
    }.get(key, key)


@register.filter
def grade(key: str) -> str:
    return {
        "proven": _("có minh chứng"),
        "imported": _("nhập từ hệ thống khác"),
        "declared": _("đơn vị tự báo cáo"),
    }.get(key, key)


@register.filter
def level(key: str) -> str:
    return {"usable": _("mức sử dụng được"), "proficient": _("mức sử dụng tốt")}.get(key, "")


@register.filter
def light_word(key: str) -> str:
    return {
        "reached": _("Đã đạt"),
        "on_track": _("Đúng tiến độ"),
        "at_risk": _("Có nguy cơ chậm"),
        "behind": _("Chậm tiến độ"),
        "missed": _("Quá hạn, chưa đạt"),
        "not_due": _("Chưa đến kỳ"),
        "no_deadline": _("Không chấm tiến độ"),
        "not_measured": _("Chưa đo được"),
    }.get(key, key)


@register.filter
def task_state(key: str) -> str:
    return {
        "not_started": _("chưa thực hiện"),
        "under_way": _("đang thực hiện"),
        "done": _("đã hoàn thành"),
    }.get(key, key)


@register.filter
def comparator(key: str) -> str:
    return {"=": "", ">": _("trên"), ">=": _("ít nhất"), "<": _("dưới"), "<=": _("không quá")}.get(key, key)


@register.filter
def source_name(keys: str) -> str:
    """ "mo-phong vnnic" → the sources' names."""
    known = catalogue().sources
    english = get_language() == "en"
    names = [(known[key].title_en if english else known[key].title) if key in known else key for key in keys.split()]
    return "; ".join(names)


@register.filter
def titled(thing: Any) -> str:
    """A metric's, kind's or funnel's title in the reader's language."""
    return str(thing.title_en if get_language() == "en" else thing.title)


@register.filter
def kind_name(key: str) -> str:
    kind = catalogue().kinds.get(key)
    return titled(kind) if kind else key


@register.filter
def skill_name(key: str) -> str:
    skill = catalogue().skills.get(key)
    return titled(skill) if skill else key


@register.filter
def place_key(place: Place) -> str:
    """How an address names a place: "24133" for a unit, "o:66-so-khcn" for an organisation."""
    return place.code if isinstance(place, Unit) else f"o:{place.code}"


@register.filter
def share_of(part: float | int | None, whole: float | int | None) -> float:
    """Part of whole in percent, between 0 and 100: for drawing, never for reading."""
    if not part or not whole:
        return 0.0
    return round(min(100.0, 100.0 * part / whole), 2)


@register.filter
def clause(text: str) -> str:
    """Where a number stands in the document, in words for the reader."""
    return text.replace("(dash)", _("(gạch đầu dòng)")).replace("closing paragraph", _("đoạn kết"))


@register.filter
def group_name(key: str) -> str:
    """The words for a group of the population, in the reader's language."""
    return {
        "residents": _("người dân"),
        "adults": _("người trưởng thành"),
        "residents_15": _("người từ 15 tuổi"),
        "residents_16": _("công dân từ 16 tuổi"),
        "smartphone": _("người dùng điện thoại thông minh"),
        "households": _("hộ gia đình"),
        "businesses": _("hộ kinh doanh"),
        "officials": _("cán bộ, công chức, viên chức"),
        "staff": _("người lao động trong cơ quan nhà nước"),
        "pupils": _("học sinh tiểu học"),
        "students": _("học sinh trung học, sinh viên"),
        "workers": _("người lao động trong doanh nghiệp, hợp tác xã"),
    }.get(key, key)
