from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from hocvuso.lib.errors import UnknownName
from hocvuso.lib.text import fold
from hocvuso.people.models import Account
from hocvuso.people.queries import roles_of
from hocvuso.people.rules import Right, roles_with
from hocvuso.places.models import Level, Organisation, OrganisationKind, Place, Unit
from hocvuso.plans.models import Allotment, Duty, Plan, Target, Task


def plan_named(key: str) -> Plan:
    try:
        return Plan.objects.select_related("unit").get(key=key)
    except Plan.DoesNotExist:
        raise UnknownName(_("Không có kế hoạch “%(key)s”.") % {"key": key}) from None


def duty_named(key: str, *, plan: str = "") -> Duty:
    """A duty by its key, or by "plan/duty" where two plans use the same key."""
    plan, _slash, name = key.rpartition("/") if "/" in key else (plan, "", key)
    found = Duty.objects.select_related("plan__unit").filter(key=name)
    found = found.filter(plan__key=plan) if plan else found
    match list(found):
        case [duty]:
            return duty
        case []:
            raise UnknownName(_("Không có chế độ báo cáo “%(key)s”.") % {"key": key})
        case several:
            names = ", ".join(f"{duty.plan.key}/{duty.key}" for duty in several)
            raise UnknownName(
                _("“%(key)s” có trong nhiều kế hoạch; hãy ghi rõ một trong: %(names)s.") % {"key": key, "names": names}
            )


def plans_touching(unit: Unit) -> QuerySet[Plan]:
    """Plans of the unit, of what lies above it, and of what lies in it."""
    return Plan.objects.filter(Q(unit__path__startswith=unit.path) | Q(unit__code__in=unit.codes_above)).select_related(
        "unit"
    )


def plans_above(unit: Unit) -> QuerySet[Plan]:
    """Plans of the unit and of what lies above it: those whose promises can be its own; the newest first."""
    found = Plan.objects.filter(unit__code__in=[*unit.codes_above, unit.code]).select_related("unit")
    return found.order_by("-period_start", "key")


def visible_plans(account: Account, *, on: dt.date, right: Right = Right.FIGURES) -> QuerySet[Plan]:
    """Plans that touch any place where the account holds the right."""
    pks: set[int] = set()
    for role in roles_of(account, on=on).filter(kind__in=roles_with(right)):
        home = role.unit or (role.org.of if role.org else None)
        if home is not None:
            pks |= set(plans_touching(home).values_list("pk", flat=True))
    return Plan.objects.filter(pk__in=pks).select_related("unit")


def parents_of(plan: Plan, *, among: QuerySet[Plan]) -> QuerySet[Plan]:
    """Plans that this one may be held against: of its own unit or of one above."""
    return among.filter(unit__code__in=[*plan.unit.codes_above, plan.unit.code]).exclude(pk=plan.pk).order_by("key")


def targets_of(plan: Plan) -> QuerySet[Target]:
    return plan.targets.select_related("indicator", "plan", "plan__unit")


# What a place was given of a target: its own allotment, for a percentage also the one of what lies above it.


@dataclass(frozen=True, slots=True)
class Goals:
    """The allotments in force of some targets, by target and code of the place ("o:…" for an organisation)."""

    in_force: Mapping[tuple[int, str], Allotment]

    def own(self, target: Target, place: Place) -> Allotment | None:
        return self.in_force.get((target.pk, _name_of(place)))

    def at(self, target: Target, place: Place) -> float | None:
        """How much of the target is asked of a place. `None`: nothing was given to it.

        A percentage holds for all that lies in the place it was given to, until something nearer is given; a count is nobody's but its own.
        """
        if isinstance(place, Unit) and place.pk == target.plan.unit_id:
            return target.value
        if own := self.own(target, place):
            return own.amount
        if not target.is_share:
            return None
        home = place if isinstance(place, Unit) else place.of
        for code in reversed([*home.codes_above, home.code]):
            if nearest := self.in_force.get((target.pk, code)):
                return nearest.amount
        return target.value


def _name_of(place: Place) -> str:
    return place.code if isinstance(place, Unit) else f"o:{place.code}"


def goals_of(targets: Iterable[Target], places: Iterable[Place]) -> Goals:
    """One question for all targets and places, and what lies above these. What was taken back is in force no more."""
    codes: set[str] = set()
    orgs: set[int] = set()
    for place in places:
        home = place if isinstance(place, Unit) else place.of
        codes |= {*home.codes_above, home.code}
        if isinstance(place, Organisation):
            orgs.add(place.pk)
    rows = Allotment.objects.filter(Q(unit__code__in=codes) | Q(org__in=orgs), target__in=list(targets))
    newest = {
        (row.target_id, _name_of(row.place)): row for row in rows.select_related("unit", "org", "giver").order_by("pk")
    }
    return Goals({name: row for name, row in newest.items() if row.amount is not None})


def allotments_by(giver: Unit, target: Target) -> list[Allotment]:
    """Everything a unit has given of a target, newest first."""
    rows = Allotment.objects.filter(target=target, giver__code=giver.code).select_related("unit", "org")
    return list(rows.order_by("-pk"))


# Who bears what: the words of `borne_by` (planfile), answered for one place.
_KINDS_OF = {
    "agencies": (OrganisationKind.AGENCY,),
    "communes_and_agencies": (OrganisationKind.AGENCY,),
    "schools": (OrganisationKind.SCHOOL,),
    "enterprises": (OrganisationKind.ENTERPRISE, OrganisationKind.COOPERATIVE),
}


def is_borne_by(part: Task | Duty, place: Place) -> bool:
    """Does this task or duty fall to the place? The plan's own unit always keeps an eye on it."""
    owner = part.plan.unit
    if isinstance(place, Unit):
        if place.pk == owner.pk:
            return True
        return (
            part.borne_by in {"communes", "communes_and_agencies"}
            and place.level == Level.COMMUNE
            and owner.contains(place)
        )
    if isinstance(part, Task) and _is_named(place, part.leads):
        return owner.contains(place.of)
    if part.borne_by == "lead_agency":
        return fold(part.plan.lead_agency) == place.folded and place.of_id == owner.pk
    kinds = _KINDS_OF.get(part.borne_by, ())
    if place.kind == OrganisationKind.AGENCY:
        return place.kind in kinds and place.of_id == owner.pk
    return place.kind in kinds and owner.contains(place.of)


def _is_named(org: Organisation, names: Iterable[str]) -> bool:
    return any(org.folded == fold(name) for name in names)


def has_part_in(task: Task, place: Place) -> bool:
    """Leads and partners alike: what an office wants on its list."""
    if is_borne_by(task, place):
        return True
    return isinstance(place, Organisation) and _is_named(place, task.coordinators) and task.plan.unit.contains(place.of)


def running_plan_of(place: Place, *, today: dt.date) -> Plan | None:
    """The plan an office works under today: the nearest to it, and among those the shortest still running."""
    home = place if isinstance(place, Unit) else place.of
    above = {code: depth for depth, code in enumerate([*home.codes_above, home.code])}
    found = [p for p in plans_touching(home) if p.unit.code in above]
    # The nation's plan asks something of a place through the plan that carries it there: it comes last, though it runs longest.
    found = [p for p in found if p.unit.level != Level.NATION] or found
    running = [p for p in found if p.period_start <= today <= p.period_end] or found
    return max(running, key=lambda p: (above[p.unit.code], -(p.period_end - p.period_start).days), default=None)


def bearers_of(part: Task | Duty, *, on: dt.date) -> tuple[list[Unit], list[Organisation]]:
    """Every commune and organisation a task or duty falls to, in the plan's unit, on a day; a task's named leads among them."""
    units, orgs = _bearers_of_sort(part, part.borne_by, on)
    if isinstance(part, Task):
        orgs = sorted({*orgs, *_named_in(part.plan.unit, part.leads, on)}, key=lambda org: org.code)
    return units, orgs


def bearers_by_task(tasks: Sequence[Task], *, on: dt.date) -> dict[int, list[Place]]:
    """The bearers of several tasks of one plan, by the task's key; asked once for each sort of task and once for all named leads.

    A task that falls to nobody inside falls to the plan's unit itself.
    """
    if not tasks:
        return {}
    owner = tasks[0].plan.unit
    of_sort = {sort: _bearers_of_sort(tasks[0], sort, on) for sort in {task.borne_by for task in tasks}}
    led: dict[str, list[Organisation]] = {}
    for org in _named_in(owner, {name for task in tasks for name in task.leads}, on):
        led.setdefault(org.folded, []).append(org)
    found: dict[int, list[Place]] = {}
    for task in tasks:
        units, orgs = of_sort[task.borne_by]
        named = {org for name in task.leads for org in led.get(fold(name), ())}
        found[task.pk] = [*units, *sorted({*orgs, *named}, key=lambda org: org.code)] or [owner]
    return found


def directs(task: Task, place: Place) -> bool:
    """Does the place look after how others do this task? The plan's unit, the agency that leads the plan, a lead the task names."""
    if isinstance(place, Unit):
        return place.pk == task.plan.unit_id
    return leads_plan(task.plan, place) or _leads_task(task, place)


def _leads_task(task: Task, org: Organisation) -> bool:
    """A named lead of the plan's own unit. A commune's office may bear the same name: it bears the task and looks after nobody else."""
    return org.of_id == task.plan.unit_id and _is_named(org, task.leads)


def leads_plan(plan: Plan, place: Place) -> bool:
    """Is it the agency that collects what is said of the plan?"""
    return isinstance(place, Organisation) and place.of_id == plan.unit_id and place.folded == fold(plan.lead_agency)


def directs_bearer(task: Task, place: Place, bearer: Place) -> bool:
    """May the place confirm or send back what the bearer said? Nobody does it for itself, and a lead does not do it for another lead."""
    if place == bearer or not directs(task, place) or bearer == task.plan.unit:
        return False
    is_lead_too = isinstance(bearer, Organisation) and _leads_task(task, bearer)
    return isinstance(place, Unit) or leads_plan(task.plan, place) or not is_lead_too


def not_directed(task: Task, place: Organisation) -> Q:
    """Rows (columns `unit`, `org`) of bearers that an organisation does not direct, though it directs the task: `directs_bearer` in SQL."""
    own = Q(unit=task.plan.unit_id) | Q(org=place.pk)
    if leads_plan(task.plan, place):
        return own
    leads = Organisation.objects.filter(of=task.plan.unit_id, folded__in={fold(name) for name in task.leads})
    return own | Q(org__in=leads.values("pk"))


def is_directing_body(task: Task, place: Place) -> bool:
    """Is it the body that the plan names as directing the task?"""
    return (
        isinstance(place, Organisation) and _is_named(place, [task.directing_body]) and place.of_id == task.plan.unit_id
    )


def named_leads(plan: Plan, names: Iterable[str], *, on: dt.date) -> list[Organisation]:
    """The plan's unit's own organisations that bear these names; a commune's office of the same name directs nothing."""
    return [org for org in _named_in(plan.unit, names, on) if org.of_id == plan.unit_id]


def _bearers_of_sort(part: Task | Duty, sort: str, on: dt.date) -> tuple[list[Unit], list[Organisation]]:
    owner = part.plan.unit
    units: list[Unit] = []
    if sort in {"communes", "communes_and_agencies"}:
        units = list(owner.below().filter(Unit.in_force(on), level=Level.COMMUNE).exclude(pk=owner.pk).order_by("code"))
    kinds = _KINDS_OF.get(sort, ())
    orgs = Organisation.objects.filter(Organisation.in_force(on), kind__in=kinds).order_by("code")
    orgs = orgs.filter(of=owner) if OrganisationKind.AGENCY in kinds else orgs.filter(of__path__startswith=owner.path)
    if sort == "lead_agency":
        orgs = Organisation.objects.filter(Organisation.in_force(on), of=owner, folded=fold(part.plan.lead_agency))
    return units, list(orgs)


def _named_in(owner: Unit, names: Iterable[str], on: dt.date) -> list[Organisation]:
    folded = {fold(name) for name in names}
    if not folded:
        return []
    return list(
        Organisation.objects.filter(Organisation.in_force(on), of__path__startswith=owner.path, folded__in=folded)
    )


def plan_as_data(plan: Plan) -> dict[str, Any]:
    """The whole plan as plain data: what `hocvuso plans show --json` prints."""
    head = ("key", "title", "short_title", "issuer", "issuing_system", "issued_for", "lead_agency", "number", "number_template", "date",
            "date_partial", "signer", "parents", "references", "note")  # fmt: skip
    deadline = ("due", "due_before", "due_precision", "due_text", "start", "recurring", "relative")
    return {
        **{name: getattr(plan, name) for name in head},
        "unit": plan.unit.code,
        "period": {"start": plan.period_start, "end": plan.period_end, "text": plan.period_text},
        "indicators": _rows(plan.indicators.all(), ("key", "title", "group", "metric", "also", "note")),
        "targets": [
            {
                **_row(target, ("key", "clause", "value", "unit_of_measure", "comparator", "aspirational", "horizon", "kind", "level",
                                "scope", "leads", "directing_body", "implementers", "coordinators", "evaluator", "embedded_in",
                                "base_count", "base_on", "note", *deadline)),
                "indicator": target.indicator.key, "title": target.indicator.title, "metric": target.indicator.metric or None,
                "group": target.indicator.group, "last_day": target.last_day,
            }
            for target in targets_of(plan)
        ],
        "tasks": [
            {**_row(task, ("key", "clause", "title", "detail", "kind", "block", "leads", "directing_body", "coordinators", "result",
                           "borne_by", "note", *deadline)), "targets": [target.key for target in task.targets.all()]}
            for task in plan.tasks.prefetch_related("targets")
        ],
        "duties": _rows(plan.duties.all(), ("key", "clause", "title", "frequency", "who", "to", "due_rule", "borne_by", "weekday",
                                            "window_first", "window_last", "first", "last", "due", "day", "due_before", "channel",
                                            "contents", "note")),
        "duplicates": plan.duplicates,
        "findings": _rows(plan.findings.all(), ("key", "kind", "title", "about", "other_plan", "readings", "note")),
    }  # fmt: skip


def _rows(parts: Iterable[Any], names: tuple[str, ...]) -> list[dict[str, Any]]:
    return [_row(part, names) for part in parts]


def _row(part: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(part, name) for name in names}


def plans_mark() -> str:
    """Changes with anything a page says of targets, and with what was shared out; a plan taken in anew keeps the rows it had."""
    rows = Target.objects.order_by("pk").values_list(
        "pk", "value", "comparator", "due", "due_text", "level", "scope", "start", "unit_of_measure", "clause", "horizon",
        "indicator__title", "indicator__metric", "plan__short_title", "plan__period_start", "plan__period_end",
    )  # fmt: skip
    return hashlib.sha256(repr([*rows, Allotment.objects.count()]).encode()).hexdigest()
