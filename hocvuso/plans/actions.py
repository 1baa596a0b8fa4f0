from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
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
from hocvuso.lib.yamlfile import read_yaml
from hocvuso.people.models import Account
from hocvuso.places.models import Place, place_fields
from hocvuso.places.queries import unit_in_force
from hocvuso.plans.models import Duty, Finding, Indicator, Plan, Target, Task, TaskOwner, TaskProgress, TaskState
from hocvuso.plans.planfile import Deadline, PlanFile
from hocvuso.plans.queries import is_borne_by


def read_plan_file(path: Path) -> PlanFile:
    """The checked plan file; a broken one is refused with every fault and its place, on one line each."""
    data = read_yaml(path)
    if not isinstance(data, dict):
        raise BadInput(_("%(file)s: tệp kế hoạch phải là một bảng khóa – giá trị.") % {"file": path.name})
    try:
        return PlanFile.model_validate(data)
    except ValidationError as error:
        faults = [f"  {_place(fault['loc'], data)}: {fault['msg']}" for fault in error.errors()]
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

    A task on which progress was reported or for which somebody answers, or a duty with a report, is never dropped: the load is refused.
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
        "due": part.due, "due_before": part.before, "channel": part.channel, "contents": list(part.contents),
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
        if any(getattr(dropped, said).exists() for said in ("progress", "owners", "reports") if hasattr(dropped, said)):
            raise Refused(
                _("Kế hoạch mới bỏ “%(key)s”, nhưng mục này đã có tiến độ hoặc báo cáo: không nạp.")
                % {"key": dropped.key}  # type: ignore[attr-defined]
            )
        dropped.delete()


@transaction.atomic
def report_progress(
    task: Task,
    *,
    place: Place,
    state: TaskState,
    by: str,
    today: dt.date,
    document: str = "",
    note: str = "",
) -> TaskProgress:
    """A bearer says how far its task is. "Done" names the document that shows it."""
    if not is_borne_by(task, place):
        raise Refused(_("Nhiệm vụ này không giao cho %(place)s.") % {"place": place})
    if state is TaskState.DONE and not document.strip():
        raise BadInput(_("Hãy ghi số, ngày của văn bản hoặc sản phẩm chứng tỏ nhiệm vụ đã hoàn thành."))
    row = TaskProgress.objects.create(
        task=task,
        state=state,
        document=document.strip(),
        note=note.strip(),
        on=today,
        by=by,
        recorded_at=clock.real_now(),
        **place_fields(place),
    )
    record_act("report_progress", by=by, object_type="task", object_id=f"{task.plan.key}/{task.key}", fields=[state])
    return row


@transaction.atomic
def appoint_owner(task: Task, *, place: Place, account: Account, by: str) -> TaskOwner:
    """The one account answerable for the task at this bearer; the earlier one is replaced."""
    if not is_borne_by(task, place):
        raise Refused(_("Nhiệm vụ này không giao cho %(place)s.") % {"place": place})
    owner, _new = TaskOwner.objects.update_or_create(task=task, **place_fields(place), defaults={"account": account})
    record_act("appoint_owner", by=by, object_type="task", object_id=f"{task.plan.key}/{task.key}", fields=["owner"])
    return owner
