from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hocvuso.lib.errors import UnknownName
from hocvuso.people.models import Account
from hocvuso.people.queries import roles_of
from hocvuso.people.rules import Right, roles_with
from hocvuso.places.models import Place
from hocvuso.plans.drafts.review import Review, review_from_json
from hocvuso.plans.drafts.steps import Fault
from hocvuso.plans.models import Plan, PlanDraft
from hocvuso.plans.reader.model import Document, Draft, draft_from_json


def plan_places(account: Account, *, on: dt.date) -> list[Place]:
    """Where the account may bring in plans: the very places at which it holds the right."""
    roles = roles_of(account, on=on).filter(kind__in=roles_with(Right.PLANS))
    return [place for role in roles if (place := role.unit or role.org) is not None]


def reviewable_drafts(account: Account, *, on: dt.date) -> QuerySet[PlanDraft]:
    """Drafts of the account's own places, newest first; what was discarded is gone from here."""
    roles = roles_of(account, on=on).filter(kind__in=roles_with(Right.PLANS))
    own = Q(unit__in=roles.values("unit")) | Q(org__in=roles.values("org"))
    return PlanDraft.objects.filter(own, discarded_at=None).select_related("unit", "org__of", "uploaded_by", "adopted")


def draft_list(account: Account, *, on: dt.date) -> QuerySet[PlanDraft]:
    """The same without what only the review page needs."""
    return reviewable_drafts(account, on=on).defer("document", "read", "review")


def reviewable_draft(account: Account, draft: Any, *, on: dt.date) -> PlanDraft:
    try:
        return reviewable_drafts(account, on=on).get(pk=draft)
    except PlanDraft.DoesNotExist:
        raise UnknownName(_("Không có bản đọc này, hoặc bạn không được xem.")) from None


def review_of(draft: PlanDraft) -> Review:
    return review_from_json(draft.review) if draft.review else Review()


def document_of(draft: PlanDraft) -> Document:
    return as_read(draft).document


def as_read(draft: PlanDraft) -> Draft:
    """The draft exactly as the reader gave it, however much was corrected since."""
    return draft_from_json({**draft.read, "document": draft.document})


def is_key_taken(key: str) -> bool:
    return Plan.objects.filter(key=key).exists()


FAULTS = {
    "empty": gettext_lazy("chưa điền"),
    "too_long": gettext_lazy("dài quá %(limit)s ký tự"),
    "negative": gettext_lazy("không được nhỏ hơn 0"),
    "weekday": gettext_lazy("báo cáo tuần cần ngày gửi trong tuần"),
    "start_after_due": gettext_lazy("ngày bắt đầu sau ngày hết hạn"),
    "unknown_task": gettext_lazy("nhiệm vụ chứa con số này chưa được nhận hoặc đã bỏ"),
    "unknown_target": gettext_lazy("chỉ tiêu được nhắc lại chưa được nhận hoặc đã bỏ"),
    "repeats_itself": gettext_lazy("một chỉ tiêu không thể nhắc lại chính nó"),
    "period": gettext_lazy("ngày kết thúc trước ngày bắt đầu"),
    "key": gettext_lazy("mã chỉ gồm chữ thường không dấu, số và gạch nối, ví dụ ke-hoach-2026"),
    "key_taken": gettext_lazy("mã này đã có kế hoạch khác dùng"),
}


@cache
def field_labels() -> dict[str, Any]:
    """What a person calls the fields; the same words on forms and in refusals."""
    return {
        "title": gettext_lazy("Nội dung"),
        "value": gettext_lazy("Mức"),
        "unit": gettext_lazy("Đơn vị tính"),
        "comparator": gettext_lazy("So với mức"),
        "aspirational": gettext_lazy("Phấn đấu"),
        "group": gettext_lazy("Nhóm"),
        "metric": gettext_lazy("Thước đo"),
        "level": gettext_lazy("Mức kỹ năng"),
        "scope": gettext_lazy("Tính cho"),
        "clause": gettext_lazy("Mục trong văn bản"),
        "horizon": gettext_lazy("Mốc"),
        "deadline": gettext_lazy("Thời hạn"),
        "due": gettext_lazy("Hạn"),
        "due_text": gettext_lazy("Hạn như văn bản ghi"),
        "start": gettext_lazy("Bắt đầu"),
        "leads": gettext_lazy("Chủ trì"),
        "coordinators": gettext_lazy("Phối hợp"),
        "implementers": gettext_lazy("Trực tiếp thực hiện"),
        "directing_body": gettext_lazy("Trách nhiệm chỉ đạo"),
        "task": gettext_lazy("Nằm trong nhiệm vụ"),
        "repeats": gettext_lazy("Nhắc lại chỉ tiêu"),
        "detail": gettext_lazy("Toàn văn"),
        "assigned": gettext_lazy("Giao ở phần “Tổ chức thực hiện”"),
        "block": gettext_lazy("Khối phân công chung"),
        "result": gettext_lazy("Kết quả cần có"),
        "borne_by": gettext_lazy("Giao cho"),
        "frequency": gettext_lazy("Kỳ báo cáo"),
        "who": gettext_lazy("Ai báo cáo"),
        "to": gettext_lazy("Gửi ai"),
        "due_rule": gettext_lazy("Khi nào gửi, như văn bản ghi"),
        "weekday": gettext_lazy("Ngày gửi trong tuần"),
        "channel": gettext_lazy("Kênh gửi"),
        "key": gettext_lazy("Mã kế hoạch"),
        "short_title": gettext_lazy("Tên gọi ngắn"),
        "issuer": gettext_lazy("Nơi ban hành"),
        "issuing_system": gettext_lazy("Hệ thống văn bản"),
        "lead_agency": gettext_lazy("Cơ quan thường trực, tổng hợp báo cáo"),
        "number": gettext_lazy("Số, ký hiệu"),
        "date": gettext_lazy("Ngày ban hành"),
        "period_start": gettext_lazy("Kế hoạch bắt đầu"),
        "period_end": gettext_lazy("Kế hoạch kết thúc"),
        "signer": gettext_lazy("Người ký"),
        "parents": gettext_lazy("Thực hiện kế hoạch số"),
    }


def fault_sentence(fault: Fault) -> str:
    """ "Mức: chưa điền": a fault as the person meets it."""
    label = (
        _("Tên kế hoạch") if (fault.where, fault.field) == ("header", "title") else field_labels().get(fault.field, "")
    )
    return f"{label}: {FAULTS[fault.what] % {'limit': fault.limit}}"
