"""Words for the life of a report and for what arrives."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from hocvuso.reports.life import Arrival
from hocvuso.reports.models import ReportStep
from hocvuso.reports.queries.life import document_named

register = template.Library()


@register.filter
def report_state(key: str) -> str:
    return {
        "draft": _("đang soạn"),
        "submitted": _("đã trình, chờ ký"),
        "signed": _("đã ký, chờ cấp số"),
        "numbered": _("đã có số, chờ gửi"),
        "sent": _("đã gửi, chờ tiếp nhận"),
        "accepted": _("đã tiếp nhận"),
        "sent_back": _("bị trả lại để bổ sung"),
    }.get(key, key)


@register.filter
def report_tag(key: str) -> str:
    """The look of a report's state; the word itself says the same."""
    return {"draft": "", "accepted": "ok", "sent_back": "bad"}.get(key, "info")


@register.filter
def report_act(key: str) -> str:
    return {
        "submitted": _("Trình lãnh đạo"),
        "returned": _("Trả lại người viết"),
        "signed": _("Ký"),
        "numbered": _("Cấp số"),
        "sent": _("Gửi"),
        "accepted": _("Tiếp nhận"),
        "sent_back": _("Trả lại để bổ sung"),
        "replaced": _("Làm bản thay thế"),
    }.get(key, key)


@register.filter
def number_of_report(step: ReportStep) -> str:
    """ "Báo cáo số 05/BC-UBND ngày 17/10/2025": the document's own language, mark it `lang="vi"`."""
    return document_named(step)


@register.filter
def arrival_words(one: Arrival) -> str:
    """What became of a report that was to arrive."""
    if one.answer is None:
        return _("chưa gửi, đã quá ngày") if one.is_missing else _("chưa gửi")
    if one.is_being_replaced:
        return _("nơi gửi đang làm bản thay thế")
    return {"sent": _("chờ tiếp nhận"), "accepted": _("đã tiếp nhận"), "sent_back": _("đã trả lại để bổ sung")}[
        one.answer
    ]


@register.filter
def arrival_tag(one: Arrival) -> str:
    if one.answer is None:
        return "bad" if one.is_missing else ""
    return {"sent": "info", "accepted": "ok", "sent_back": "warn"}[one.answer]
