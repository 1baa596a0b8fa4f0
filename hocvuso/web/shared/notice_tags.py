"""Words for notices and the ways of hearing of them."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def notice_kind(key: str) -> str:
    """What a notice is about; a kind nobody has given a word is “other”."""
    return {
        "returned": _("Báo cáo được trả lại để bổ sung"),
        "escalation": _("Việc quá hạn được báo lên"),
        "report": _("Báo cáo"),
        "task": _("Nhiệm vụ"),
        "concern": _("Khó khăn, kiến nghị"),
        "inspection": _("Kiểm tra"),
        "practice": _("Mô hình, cách làm hay"),
        "plan": _("Kế hoạch"),
        "figures": _("Số liệu cần rà soát"),
    }.get(key, _("Việc khác"))


@register.filter
def digest_way(key: str) -> str:
    return {
        "in_app": _("Chỉ xem trong hệ thống"),
        "daily": _("Mỗi ngày làm việc một thư"),
        "weekly": _("Mỗi tuần một thư"),
    }[key]
