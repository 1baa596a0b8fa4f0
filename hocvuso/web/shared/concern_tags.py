"""Words of difficulties and proposals, in the reader's language."""

from __future__ import annotations

import datetime as dt

from django import template
from django.utils.translation import gettext as _

from hocvuso.concerns.models import Concern
from hocvuso.concerns.queries import themes
from hocvuso.concerns.rules import OPEN, State
from hocvuso.places.models import Level, Place, Unit
from hocvuso.reports.gathering import GatheredLine, line_text
from hocvuso.web.shared.tags import titled

register = template.Library()


@register.filter
def theme_name(key: str) -> str:
    """A theme that is in the file no more keeps its key."""
    theme = themes().get(key)
    return titled(theme) if theme else key


@register.filter
def concern_kind(key: str) -> str:
    return {"difficulty": _("khó khăn, vướng mắc"), "proposal": _("kiến nghị, đề xuất")}.get(key, key)


@register.filter
def concern_state(key: str) -> str:
    return {
        "waiting": _("chờ trả lời"),
        "taken_up": _("đang xem xét"),
        "answered": _("đã trả lời"),
        "closed": _("đã xong"),
        "merged": _("đã gộp"),
    }.get(key, key)


@register.filter
def concern_late(concern: Concern, today: dt.date) -> bool:
    """Of one with its standing: does who asked wait longer than was said?"""
    return State(concern.seen_state) in OPEN and concern.seen_due < today  # type: ignore[attr-defined]


@register.filter
def concern_tag(key: str) -> str:
    """The look of a state; its word always stands beside it."""
    return {"waiting": "warn", "taken_up": "info", "answered": "ok", "closed": "ok"}.get(key, "")


@register.filter
def step_word(key: str) -> str:
    return {
        "routed": _("Chuyển đến"),
        "taken_up": _("Đang xem xét"),
        "passed_on": _("Chuyển tiếp đến"),
        "answered": _("Trả lời"),
        "closed": _("Nơi nêu ghi: đã xong"),
        "reopened": _("Nơi nêu hỏi lại"),
        "merged": _("Gộp vào ý kiến giống"),
        "separated": _("Tách ra khỏi nhóm"),
    }.get(key, key)


@register.filter
def gathered_line(line: GatheredLine, here: Place) -> str:
    """A line of a report's consolidation, as the document has it."""
    return line_text(line, here=here.name)


@register.filter
def placed(place: Place | None) -> str:
    """A place by its name; a village with its commune, since a “Thôn 1” may be anywhere."""
    if place is None:
        return ""
    if isinstance(place, Unit) and place.level == Level.VILLAGE and place.parent is not None:
        return f"{place.name}, {place.parent.name}"
    return place.name
