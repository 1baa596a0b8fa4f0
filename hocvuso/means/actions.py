from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from hocvuso.audit.actions import record_act
from hocvuso.lib import clock
from hocvuso.lib.errors import BadInput, Refused
from hocvuso.means.models import BudgetLine, Contribution, Coverage
from hocvuso.means.queries import years_of
from hocvuso.means.rules import MOST_DONG, Gift, Signal, Source, Stage
from hocvuso.people.free_text import refuse_identity_numbers
from hocvuso.places.models import Level, Place, Unit, place_fields
from hocvuso.plans.models import Plan, Task


@transaction.atomic
def add_budget_line(
    plan: Plan, *, place: Place, task: Task | None, year: int, source: Source, stage: Stage, dong: int, document: str, by: str,
    today: dt.date, note: str = "",
) -> BudgetLine:  # fmt: skip
    """Write down money of a place: for a task of the plan, or for the plan as a whole. `dong` is a whole number of đồng."""
    _demand_part(plan, place)
    if task is not None and task.plan_id != plan.pk:
        raise BadInput(_("Nhiệm vụ này không thuộc kế hoạch đã chọn."))
    if not 0 < dong <= MOST_DONG:
        raise BadInput(_("Số tiền phải là số đồng lớn hơn 0 và không quá mười nghìn tỷ."))
    if year not in years_of(plan):
        raise BadInput(_("Năm %(year)s nằm ngoài thời gian của kế hoạch.") % {"year": year})
    if not document.strip():
        raise BadInput(_("Hãy ghi số, ngày của văn bản: quyết định giao, chứng từ, biên bản quyết toán."))
    refuse_identity_numbers(document, note)
    line = BudgetLine.objects.create(
        plan=plan, task=task, year=year, source=source, stage=stage, dong=dong, document=document.strip(), note=note.strip(), on=today,
        by=by, recorded_at=clock.real_now(), **place_fields(place),
    )  # fmt: skip
    record_act("add_budget_line", by=by, object_type="budget_line", object_id=line.pk, fields=[stage, source])
    return line


@transaction.atomic
def void_budget_line(line: BudgetLine, *, reason: str, by: str, today: dt.date) -> BudgetLine:
    """Take back a wrong line: it stays, and no longer counts."""
    if not reason.strip():
        raise BadInput(_("Hãy ghi vì sao dòng này sai."))
    refuse_identity_numbers(reason)
    if line.voids_id is not None or BudgetLine.objects.filter(voids=line).exists():
        raise Refused(_("Dòng này đã được hủy."))
    try:
        with transaction.atomic():
            row = BudgetLine.objects.create(
                plan=line.plan, task=line.task, year=line.year, source=line.source, stage=line.stage, dong=line.dong,
                document=line.document, note=reason.strip(), on=today, by=by, recorded_at=clock.real_now(), voids=line,
                **place_fields(line.place),
            )  # fmt: skip
    except IntegrityError:  # somebody voided it at the same moment
        raise Refused(_("Dòng này đã được hủy.")) from None
    record_act("void_budget_line", by=by, object_type="budget_line", object_id=line.pk, fields=["voided"])
    return row


@transaction.atomic
def promise_contribution(
    plan: Plan, *, place: Place, partner: str, gift: Gift, what: str, by: str, today: dt.date, count: int | None = None,
    counted: str = "", first: dt.date | None = None, last: dt.date | None = None, document: str = "",
) -> Contribution:  # fmt: skip
    """A partner promises something in kind to a place."""
    _demand_part(plan, place)
    if not partner.strip() or not what.strip():
        raise BadInput(_("Hãy ghi ai đóng góp và đóng góp gì."))
    refuse_identity_numbers(partner, what, counted, document)
    if first and last and last < first:
        raise BadInput(_("Ngày cuối đứng trước ngày đầu."))
    row = Contribution.objects.create(
        plan=plan, partner=partner.strip(), gift=gift, what=what.strip(), count=count, counted=counted.strip(), first=first, last=last,
        document=document.strip(), on=today, by=by, recorded_at=clock.real_now(), **place_fields(place),
    )  # fmt: skip
    record_act("promise_contribution", by=by, object_type="contribution", object_id=row.pk, fields=[gift])
    return row


@transaction.atomic
def receive_contribution(
    promise: Contribution, *, by: str, today: dt.date, count: int | None = None, document: str = ""
) -> Contribution:
    """It came, on this day: how much of it, None where nobody counted. Once for each promise; what came in addition is a promise of its
    own."""
    refuse_identity_numbers(document)
    if promise.of_id is not None or Contribution.objects.filter(of=promise).exists():
        raise Refused(_("Khoản đóng góp này đã ghi là đã nhận."))
    try:
        with transaction.atomic():
            row = Contribution.objects.create(
                plan=promise.plan, partner=promise.partner, gift=promise.gift, what=promise.what, counted=promise.counted,
                count=count, first=promise.first, last=promise.last, document=document.strip(),
                on=today, by=by, recorded_at=clock.real_now(), of=promise, **place_fields(promise.place),
            )  # fmt: skip
    except IntegrityError:
        raise Refused(_("Khoản đóng góp này đã ghi là đã nhận.")) from None
    record_act("receive_contribution", by=by, object_type="contribution", object_id=promise.pk, fields=["received"])
    return row


@transaction.atomic
def note_signal(village: Unit, signal: Signal, *, by: str, today: dt.date, note: str = "") -> Coverage:
    """What a phone finds in a village now."""
    if village.level != Level.VILLAGE:
        raise BadInput(_("%(place)s không phải thôn, buôn, tổ dân phố.") % {"place": village.name})
    refuse_identity_numbers(note)
    row = Coverage.objects.create(
        unit=village, signal=signal, note=note.strip(), on=today, by=by, recorded_at=clock.real_now()
    )
    record_act("note_signal", by=by, object_type="unit", object_id=village.code, fields=[signal])
    return row


def _demand_part(plan: Plan, place: Place) -> None:
    home = place if isinstance(place, Unit) else place.of
    if not plan.unit.contains(home):
        raise Refused(_("%(place)s không thuộc phạm vi của kế hoạch này.") % {"place": place.name})
