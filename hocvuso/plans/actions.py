from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pydantic import ValidationError

from hocvuso.audit.actions import record_act
from hocvuso.lib import clock
from hocvuso.lib.errors import BadInput, Refused
from hocvuso.lib.faults import fault_in_words
from hocvuso.lib.text import vn_number, vn_percent
from hocvuso.lib.yamlfile import read_yaml
from hocvuso.places.models import Place, Unit, place_fields
from hocvuso.places.queries import unit_in_force
from hocvuso.plans.models import (
    Allotment,
    Duty,
    Finding,
    Indicator,
    Plan,
    Target,
    Task,
)
from hocvuso.plans.planfile import Deadline, PlanFile
from hocvuso.plans.queries import allotments_by, goals_of
from hocvuso.plans.sharing import Fault, Part, Wrong, fault_in


def read_plan_file(path: Path) -> PlanFile:
    """The checked plan file; a broken one is refused with every fault and its place, on one line each."""
    data = read_yaml(path)
    if not isinstance(data, dict):
        raise BadInput(_("%(file)s: tệp kế hoạch phải là một bảng khóa – giá trị.") % {"file": path.name})
    try:
        return PlanFile.model_validate(data)
    except ValidationError as error:
        faults = [f"  {_place(fault['loc'], data)}: {fault_in_words(fault, translate=_)}" for fault in error.errors()]
        count = len(faults)
        head = ngettext("%(file)s: %(n)s lỗi, chưa nạp gì.", "%(file)s: %(n)s lỗi, chưa nạp gì.", count)
        raise BadInput("\n".join([head % {"file": path.name, "n": count}, *faults])) from None


def _place(loc: tuple[int | str, ...], data: Any) -> str:
    """("targets", 3, "value") → "targets[3] ii-4-… value": the key tells more than the number."""
    words: list[str] = []
    here: Any = data
    for step in loc:
        if isinstance(step, int):
            here = here[step] if isinstance(here, list) else None
            name = here.get("key") if isinstance(here, dict) else None
            words.append(f"[{step}]" + (f" ({name})" if name else ""))
        else:
            here = here.get(step) if isinstance(here, dict) else None
            words.append(step)
    return " ".join(words) or _("(tệp)")


@transaction.atomic
def adopt_plan(file: PlanFile, *, by: str, today: dt.date) -> Plan:
    """Make the plan, or bring a plan of the same key to what the file says; loading the same file again changes nothing.

    A task of which something was said, for which somebody answers or was reminded, a duty with a report, a target that was shared out is
    never dropped: the load is refused.
    """
    unit = unit_in_force(file.unit, on=today)
    plan, new = Plan.objects.update_or_create(
        key=file.key,
        defaults={
            "title": file.title, "short_title": file.short_title, "issuer": file.issuer, "issuing_system": file.issuing_system,
            "unit": unit, "issued_for": file.issued_for, "lead_agency": file.lead_agency, "number": file.number or "",
            "number_template": file.number_template, "date": file.date, "date_partial": file.date_partial,
            "period_start": file.period.start, "period_end": file.period.end, "period_text": file.period.text,
            "signer": file.signer, "parents": list(file.parents), "references": list(file.references), "note": file.note,
            "duplicates": [duplicate.model_dump() for duplicate in file.duplicates],
        },
    )  # fmt: skip
    _put(plan, Indicator, file.indicators, lambda part: {
        "title": part.title, "group": part.group, "metric": part.metric or "", "also": list(part.also),
    })  # fmt: skip
    indicators = {indicator.key: indicator for indicator in plan.indicators.all()}
    _put(plan, Target, file.targets, lambda part: {
        "indicator": indicators[part.indicator], "clause": part.clause, "value": part.value, "unit_of_measure": part.unit,
        "comparator": part.comparator, "aspirational": part.aspirational, "horizon": part.horizon, "kind": part.kind,
        "level": part.level or "", "scope": part.scope, "leads": list(part.leads), "directing_body": part.directing_body,
        "base_count": part.denominator.count if part.denominator else None,
        "base_on": part.denominator.on if part.denominator else "", "base_note": part.denominator.note if part.denominator else "",
        "implementers": list(part.implementers), "coordinators": list(part.coordinators), "evaluator": part.evaluator,
        "embedded_in": part.embedded_in, **_deadline(part.deadline),
    })  # fmt: skip
    _put(plan, Task, file.tasks, lambda part: {
        "clause": part.clause, "title": part.title, "detail": part.detail, "kind": part.kind, "block": part.block,
        "leads": list(part.leads), "directing_body": part.directing_body, "coordinators": list(part.coordinators),
        "result": part.result, "borne_by": part.borne_by, **_deadline(part.deadline),
    })  # fmt: skip
    targets = {target.key: target for target in plan.targets.all()}
    tasks = {task.key: task for task in plan.tasks.all()}
    for part in file.tasks:
        tasks[part.key].targets.set([targets[key] for key in part.targets])
    _put(plan, Duty, file.duties, lambda part: {
        "clause": part.clause, "title": part.title, "frequency": part.frequency, "who": part.who, "to": part.to,
        "due_rule": part.due_rule, "borne_by": part.borne_by, "weekday": part.weekday, "first": part.first, "last": part.last,
        "window_first": part.window.first_weekday if part.window else None,
        "window_last": part.window.last_weekday if part.window else None,
        "due": part.due, "day": part.day, "due_before": part.before, "channel": part.channel, "contents": list(part.contents),
    })  # fmt: skip
    _put(plan, Finding, file.findings, lambda part: {
        "kind": part.kind, "title": part.title, "about": list(part.about), "other_plan": part.other_plan,
        "readings": [reading.model_dump() for reading in part.readings],
    })  # fmt: skip
    record_act("adopt_plan", by=by, object_type="plan", object_id=plan.key, fields=["new" if new else "again"])
    return plan


def _deadline(deadline: Deadline) -> dict[str, Any]:
    return {
        "due": deadline.due, "due_before": deadline.before, "due_precision": deadline.precision, "due_text": deadline.text,
        "start": deadline.start, "recurring": deadline.recurring, "relative": deadline.relative,
    }  # fmt: skip


def _put(plan: Plan, model: type[Model], parts: Iterable[Any], fields: Any) -> None:
    manager = model._default_manager
    keys = []
    for position, part in enumerate(parts):
        keys.append(part.key)
        manager.update_or_create(
            plan=plan, key=part.key, defaults={"position": position, "note": part.note, **fields(part)}
        )
    for dropped in manager.filter(plan=plan).exclude(key__in=keys):
        if any(
            getattr(dropped, said).exists()
            for said in ("progress", "owners", "handovers", "steps", "occasions", "alerts", "reports", "allotments")
            if hasattr(dropped, said)
        ):
            raise Refused(
                _("Kế hoạch mới bỏ “%(key)s”, nhưng mục này đã có tiến độ, báo cáo hoặc phần đã giao: không nạp.")
                % {"key": dropped.key}  # type: ignore[attr-defined]
            )
        dropped.delete()


@transaction.atomic
def share_out_target(
    target: Target,
    *,
    giver: Unit,
    parts: Sequence[tuple[Place, Part]],
    seen: int,
    by: str,
    today: dt.date,
) -> list[Allotment]:
    """Give each part its amount. `parts` is everybody who takes part, with or without an amount, so that what is left out shows.

    Only what changed gets a new row; who had something from this giver and is not among the parts any more loses it. `seen` is the newest
    row the officer knew (0: none); another one means somebody shared out in between.
    """
    if target.scope != "total":
        raise Refused(_("Chỉ tiêu này đã giao cho từng nơi với cùng một mức, không cần chia."))
    Plan.objects.select_for_update().get(pk=target.plan_id)  # two who share out take turns
    goals, given = goals_of([target], [giver, *(place for place, _part in parts)]), allotments_by(giver, target)
    goal = goals.at(target, giver)
    if goal is None:
        raise Refused(_("Chỉ tiêu này chưa được giao cho %(place)s nên chưa chia tiếp được.") % {"place": giver})
    if (given[0].pk if given else 0) != seen:
        raise Refused(
            _("Có người khác vừa chia lại chỉ tiêu này. Hãy tải lại trang để xem phần đã giao, rồi chia lần nữa.")
        )
    for place, _part in parts:
        _demand_free(place, goals.own(target, place), giver)
    sums = [part for _place, part in parts]
    if fault := fault_in(goal, sums, comparator=target.comparator, is_share=target.is_share):
        raise BadInput(say_fault(fault, goal=goal, is_share=target.is_share))
    before = {(row.unit_id, row.org_id): row for row in reversed(given)}
    wanted: dict[tuple[int | None, int | None], tuple[Place, float | None]] = {
        key: (row.place, None) for key, row in before.items()
    }
    for place, part in parts:
        wanted[(place.pk, None) if isinstance(place, Unit) else (None, place.pk)] = (place, part.amount)
    made = [
        Allotment(target=target, giver=giver, amount=amount, on=today, by=by, recorded_at=clock.real_now(), **place_fields(place))
        for key, (place, amount) in wanted.items()
        if amount != (before[key].amount if key in before else None)
    ]  # fmt: skip
    for row in made:
        row.save()
    if made:
        record_act(
            "share_out_target",
            by=by,
            object_type="target",
            object_id=f"{target.plan.key}/{target.key}",
            fields=[row.place.code for row in made],
        )
    return made


@transaction.atomic
def take_back_target(target: Target, *, giver: Unit, by: str, today: dt.date) -> list[Allotment]:
    """Undo a sharing out: everything the giver gave is asked of nobody any more."""
    newest: dict[tuple[int | None, int | None], Allotment] = {}
    for row in reversed(allotments_by(giver, target)):
        newest[row.unit_id, row.org_id] = row
    made = [
        Allotment.objects.create(
            target=target, giver=giver, unit=row.unit, org=row.org, on=today, by=by, recorded_at=clock.real_now()
        )
        for row in newest.values()
        if row.amount is not None
    ]
    if not made:
        raise Refused(_("Chưa giao phần nào nên không có gì để thu hồi."))
    record_act(
        "take_back_target",
        by=by,
        object_type="target",
        object_id=f"{target.plan.key}/{target.key}",
        fields=[row.place.code for row in made],
    )
    return made


def _demand_free(place: Place, held: Allotment | None, giver: Unit) -> None:
    """A commune may not give to an office what the province has given it already, nor the other way round."""
    if held is not None and held.giver.code != giver.code:
        raise Refused(_("%(place)s đã được %(giver)s giao chỉ tiêu này.") % {"place": place, "giver": held.giver.name})
    if place == giver or not giver.contains(place if isinstance(place, Unit) else place.seat):
        raise Refused(_("%(place)s không nằm trong %(giver)s.") % {"place": place, "giver": giver.name})


def say_fault(fault: Fault, *, goal: float, is_share: bool) -> str:
    """Why a target cannot be shared out like this, with what is too much or too little."""
    write = vn_percent if is_share else vn_number
    words = {
        "places": _some(fault.places), "together": write(fault.together), "goal": write(goal),
        "off": vn_number(fault.off_by, 1 if is_share else 0),
    }  # fmt: skip
    says = {
        Wrong.OUT_OF_RANGE: _("%(places)s: mức giao phải từ 0 đến 100 %%.") if is_share else _("%(places)s: số giao không được âm."),
        Wrong.NOT_WHOLE_NUMBER: _("%(places)s: số giao phải là số nguyên.")
        if fault.places
        else _("Chỉ tiêu này không phải số nguyên nên không chia được."),
        Wrong.TOO_MANY: _("Cộng các phần được %(together)s, phải đúng bằng %(goal)s: đang thừa %(off)s."),
        Wrong.TOO_FEW: _("Cộng các phần được %(together)s, phải đúng bằng %(goal)s: đang thiếu %(off)s."),
        Wrong.MEAN_TOO_LOW: _("Bình quân theo số người là %(together)s, thấp hơn mức %(goal)s được giao: thiếu %(off)s điểm phần trăm."),
        Wrong.MEAN_TOO_HIGH: _("Bình quân theo số người là %(together)s, cao hơn mức %(goal)s được giao: vượt %(off)s điểm phần trăm."),
        Wrong.NO_HEADCOUNT: _("Chưa có mẫu số của %(places)s nên không chia theo số người và không tính được bình quân."
                              " Hãy nhập mẫu số, hoặc giao bằng tay: số lượng thì ghi từng nơi, tỷ lệ thì ghi cùng một mức."),
        Wrong.NOBODY: _("Chưa nơi nào có mẫu số của chỉ tiêu này nên không chia theo số người được."),
    }  # fmt: skip
    return says[fault.what] % words


def _some(names: Sequence[str]) -> str:
    if len(names) <= 3:
        return ", ".join(names)
    return _("%(names)s, cùng %(n)s nơi khác") % {"names": ", ".join(names[:3]), "n": len(names) - 3}
