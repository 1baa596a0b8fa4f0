from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from hocvuso.attachments.actions import add_attachment
from hocvuso.audit.actions import record_act
from hocvuso.inspection.models import InspectedPlace, InspectionRemark, InspectionRound, InspectionStep
from hocvuso.inspection.queries import remark_now
from hocvuso.inspection.rules import Kind, State, may_follow
from hocvuso.lib import clock
from hocvuso.lib.errors import BadInput, Refused
from hocvuso.messages.actions import give_notice
from hocvuso.people.free_text import refuse_identity_numbers
from hocvuso.people.queries import accounts_with
from hocvuso.people.rules import Right
from hocvuso.places.models import Place, Unit, place_fields
from hocvuso.plans.models import Plan


@transaction.atomic
def open_round(
    plan: Plan, *, unit: Unit, title: str, document: str, members: str, first: dt.date, last: dt.date, places: Sequence[Place], by: str,
    today: dt.date,
) -> InspectionRound:  # fmt: skip
    """Begin an inspection of places in the unit; each of them is told."""
    if not title.strip() or not document.strip():
        raise BadInput(_("Hãy ghi tên cuộc kiểm tra và số, ngày của quyết định."))
    refuse_identity_numbers(title, document, members)
    if last < first:
        raise BadInput(_("Ngày kết thúc đứng trước ngày bắt đầu."))
    if not places:
        raise BadInput(_("Hãy chọn ít nhất một nơi được kiểm tra."))
    for place in places:
        if place == unit or not unit.contains(place if isinstance(place, Unit) else place.of):
            raise Refused(_("%(place)s không thuộc %(unit)s.") % {"place": place.name, "unit": unit.name})
    made = InspectionRound.objects.create(
        plan=plan, unit=unit, title=title.strip(), document=document.strip(), members=members.strip(), first=first, last=last, by=by,
        recorded_at=clock.real_now(),
    )  # fmt: skip
    with override("vi"):  # whoever reads it is not who writes it
        said = _("Có cuộc kiểm tra: %(title)s") % {"title": made.title}
    for place in places:
        InspectedPlace.objects.create(round=made, **place_fields(place))
        _tell(made, place, said, key=f"round:{made.pk}", by=by, today=today)
    record_act("open_round", by=by, object_type="inspection", object_id=made.pk, fields=["places"])
    return made


@transaction.atomic
def add_remark(
    inspected: InspectedPlace, *, kind: Kind, text: str, due: dt.date | None, by: str, today: dt.date
) -> InspectionRemark:
    """What was found at a place. A shortcoming carries the day by which it is to be remedied."""
    if not text.strip():
        raise BadInput(_("Hãy ghi nội dung nhận xét."))
    refuse_identity_numbers(text)
    if kind is Kind.SHORTCOMING and (due is None or due < today):
        raise BadInput(_("Hạn chế cần một ngày khắc phục, từ hôm nay trở đi."))
    made = InspectionRemark.objects.create(
        inspected=inspected, kind=kind, text=text.strip(), due=due if kind is Kind.SHORTCOMING else None, on=today, by=by,
        recorded_at=clock.real_now(),
    )  # fmt: skip
    if kind is Kind.SHORTCOMING:
        with override("vi"):
            said = _("Kiểm tra: có hạn chế cần khắc phục đến hết ngày %(day)s") % {"day": f"{due:%d/%m/%Y}"}
        _tell(inspected.round, inspected.place, said, key=f"remark:{made.pk}", by=by, today=today)
    record_act("add_remark", by=by, object_type="inspection_remark", object_id=made.pk, fields=[kind])
    return made


@transaction.atomic
def take_step(
    remark: InspectionRemark, state: State, *, text: str, inspects: bool, by: str, today: dt.date, document: str = "",
    file: tuple[str, bytes] | None = None,
) -> InspectionStep:  # fmt: skip
    """The place says it is remedied; whoever inspected confirms or sends back. `file` is (name, bytes)."""
    InspectionRemark.objects.select_for_update().get(pk=remark.pk)  # two who decide take turns
    if Kind(remark.kind) is Kind.STRENGTH:
        raise Refused(_("Ưu điểm thì không có gì phải khắc phục."))
    if not may_follow(remark_now(remark, today=today).state, state, inspects=inspects):
        raise Refused(_("Việc này vừa được ghi khác đi, hoặc không phải do nơi này ghi. Hãy tải lại trang."))
    if not text.strip():
        raise BadInput(_("Hãy ghi đã làm gì, hoặc vì sao chưa được."))
    refuse_identity_numbers(text, document)
    made = InspectionStep.objects.create(
        remark=remark, state=state, text=text.strip(), document=document.strip(), on=today, by=by, recorded_at=clock.real_now(),
        attachment=add_attachment(file[1], name=file[0], by=by) if file else None,
    )  # fmt: skip
    with override("vi"):
        said = {
            State.REMEDIED: _("Kiểm tra: %(place)s báo đã khắc phục"),
            State.CONFIRMED: _("Kiểm tra: việc khắc phục được xác nhận"),
            State.SENT_BACK: _("Kiểm tra: việc khắc phục cần làm thêm"),
        }[state] % {"place": remark.inspected.place.name}
    inspection = remark.inspected.round
    to = inspection.unit if state is State.REMEDIED else remark.inspected.place
    _tell(inspection, to, said, key=f"step:{made.pk}", by=by, today=today)
    record_act("take_step", by=by, object_type="inspection_remark", object_id=remark.pk, fields=[state])
    return made


def _tell(inspection: InspectionRound, place: Place, subject: str, *, key: str, by: str, today: dt.date) -> None:
    right = Right.INSPECT if place == inspection.unit else Right.TASKS
    give_notice(
        accounts_with(right, place, on=today), kind="inspection", subject=subject, key=f"inspection:{key}", by=by, today=today,
        page=reverse("inspection", args=[inspection.pk]),
    )  # fmt: skip
