from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from hocvuso.lib.errors import UnknownName
from hocvuso.lib.text import fold
from hocvuso.people.models import Account
from hocvuso.people.queries import roles_of
from hocvuso.people.rules import Right, roles_with
from hocvuso.places.models import Level, Organisation, OrganisationKind, Place, Unit, place_fields
from hocvuso.plans.models import Allotment, Duty, Plan, Target, Task, TaskOwner, TaskProgress, TaskState


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


@dataclass(frozen=True, slots=True)
class Below:
    """How many of the communes and organisations that bear a task have done it, or are at it."""

    done: int
    under_way: int
    bearers: int


@dataclass(frozen=True, slots=True)
class TaskHere:
    """A task as one place sees it."""

    task: Task
    state: TaskState
    progress: TaskProgress | None
    owner: Account | None
    leads_here: bool
    days_left: int | None
    below: Below | None = None  # for the plan's own unit: how the bearers stand

    @property
    def is_done(self) -> bool:
        said = self.state is TaskState.DONE
        if self.below is None:
            return said
        return self.below.done == self.below.bearers or (said and self.task.borne_by == "plan_unit")

    @property
    def is_late(self) -> bool:
        return not self.is_done and self.days_left is not None and self.days_left < 0


def tasks_here(plan: Plan, place: Place, *, today: dt.date) -> list[TaskHere]:
    """The plan's tasks that concern a place, with what it said last and who answers for them."""
    concerned = [task for task in plan.tasks.select_related("plan__unit") if has_part_in(task, place)]
    return _as_seen(concerned, place, today)


def task_here(task: Task, place: Place, *, today: dt.date) -> TaskHere:
    return _as_seen([task], place, today)[0]


def _as_seen(tasks: list[Task], place: Place, today: dt.date) -> list[TaskHere]:
    where = place_fields(place)
    newest: dict[int, TaskProgress] = {}
    for row in TaskProgress.objects.filter(task__in=tasks, on__lte=today, **where).order_by("pk"):
        newest[row.task_id] = row
    owners = {o.task_id: o.account for o in TaskOwner.objects.filter(task__in=tasks, **where).select_related("account")}
    belows = _belows(tasks, place, today)
    here = []
    for task in tasks:
        latest = newest.get(task.pk)
        here.append(
            TaskHere(
                task=task,
                state=TaskState(latest.state) if latest else TaskState.NOT_STARTED,
                progress=latest,
                owner=owners.get(task.pk),
                leads_here=is_borne_by(task, place),
                below=belows.get(task.pk),
                days_left=(task.last_day - today).days if task.last_day else None,
            )
        )
    return here


def progress_of(task: Task, place: Place) -> QuerySet[TaskProgress]:
    """What a place has said of a task, newest first."""
    return TaskProgress.objects.filter(task=task, **place_fields(place)).order_by("-pk")


def running_plan_of(place: Place, *, today: dt.date) -> Plan | None:
    """The plan an office works under today: the nearest to it, and among those the shortest still running."""
    home = place if isinstance(place, Unit) else place.of
    above = {code: depth for depth, code in enumerate([*home.codes_above, home.code])}
    found = [p for p in plans_touching(home) if p.unit.code in above]
    # The nation's plan asks something of a place through the plan that carries it there: it comes last, though it runs longest.
    found = [p for p in found if p.unit.level != Level.NATION] or found
    running = [p for p in found if p.period_start <= today <= p.period_end] or found
    return max(running, key=lambda p: (above[p.unit.code], -(p.period_end - p.period_start).days), default=None)


def _belows(tasks: list[Task], place: Place, today: dt.date) -> dict[int, Below]:
    """What the plan's unit sees of tasks that others bear, by the task's key; nothing elsewhere."""
    seen = [task for task in tasks if isinstance(place, Unit) and place.pk == task.plan.unit_id]
    if not seen:
        return {}
    owner = seen[0].plan.unit
    # Asked once for all tasks of the plan: who bears each sort of task, and which offices are named as leads.
    of_sort = {sort: _keys(*_bearers_of_sort(seen[0], sort, today)) for sort in {task.borne_by for task in seen}}
    led: dict[str, set[tuple[int | None, int | None]]] = {}
    for org in _named_in(owner, {name for task in seen for name in task.leads}, today):
        led.setdefault(org.folded, set()).add((None, org.pk))
    newest: dict[int, dict[tuple[int | None, int | None], str]] = {}
    rows = TaskProgress.objects.filter(task__in=seen, on__lte=today).order_by("pk")
    for task_id, unit_pk, org_pk, state in rows.values_list("task_id", "unit_id", "org_id", "state"):
        newest.setdefault(task_id, {})[unit_pk, org_pk] = state
    found = {}
    for task in seen:
        bearers = of_sort[task.borne_by].union(*(led.get(fold(name), set()) for name in task.leads))
        if bearers:
            states = [state for who, state in newest.get(task.pk, {}).items() if who in bearers]
            found[task.pk] = Below(states.count(TaskState.DONE), states.count(TaskState.UNDER_WAY), len(bearers))
    return found


def _keys(units: list[Unit], orgs: list[Organisation]) -> set[tuple[int | None, int | None]]:
    """Bearers as the columns (unit, org) of what they say."""
    return {(unit.pk, None) for unit in units} | {(None, org.pk) for org in orgs}


def bearers_of(part: Task | Duty, *, on: dt.date) -> tuple[list[Unit], list[Organisation]]:
    """Every commune and organisation a task or duty falls to, in the plan's unit, on a day; a task's named leads among them."""
    units, orgs = _bearers_of_sort(part, part.borne_by, on)
    if isinstance(part, Task):
        orgs = sorted({*orgs, *_named_in(part.plan.unit, part.leads, on)}, key=lambda org: org.code)
    return units, orgs


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
