"""A child plan against its parent: the rules of `plans.carry`, told by the catalogue which metrics ask the same of more or fewer people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cache

from hocvuso.measure.queries.figures import metrics
from hocvuso.places.models import Level, Unit
from hocvuso.places.queries import unit_in_force
from hocvuso.plans.carry import Comparison, Kinship, Meaning, Promise, Work, compare
from hocvuso.plans.models import Plan
from hocvuso.plans.planfile import PlanFile
from hocvuso.plans.queries import targets_of


@cache
def meanings() -> dict[str, Meaning]:
    return {
        metric.key: Meaning(
            (metric.subject, metric.rung, metric.primitive, *sorted(metric.kinds), metric.skill, str(metric.n)),
            frozenset(metric.groups),
        )
        for metric in metrics().by_key.values()
    }


def compare_plans(child: Plan | PlanFile, parent: Plan | PlanFile, *, on: dt.date) -> Comparison:
    """Adopted plans or plan files, in any mixture."""
    kinship = _kinship(_unit_of(child, on), _unit_of(parent, on))
    return compare(
        (_promises(parent), _works(parent)), (_promises(child), _works(child)), kinship=kinship, meanings=meanings()
    )


def _unit_of(plan: Plan | PlanFile, on: dt.date) -> Unit:
    return plan.unit if isinstance(plan, Plan) else unit_in_force(plan.unit, on=on)


def _kinship(child: Unit, parent: Unit) -> Kinship:
    if child.code == parent.code:
        return Kinship.SAME
    # The communes of a province bear what it gives to communes; what a ministry gives to provinces is nobody's on this list.
    is_commune = child.level == Level.COMMUNE and parent.level == Level.PROVINCE
    return Kinship.COMMUNE if is_commune else Kinship.BELOW


def _promises(plan: Plan | PlanFile) -> list[Promise]:
    if isinstance(plan, Plan):
        return [
            Promise(
                key=t.key, clause=t.clause, title=t.indicator.title, group=t.indicator.group, metrics=tuple(t.indicator.metrics),
                value=t.value, unit=t.unit_of_measure, comparator=t.comparator, aspirational=t.aspirational, horizon=t.horizon,
                level=t.level, scope=t.scope, due=t.due, base_count=t.base_count,
            )
            for t in targets_of(plan)
        ]  # fmt: skip
    of = {indicator.key: indicator for indicator in plan.indicators}
    found = []
    for t in plan.targets:
        indicator = of[t.indicator]
        verbs = (indicator.metric, *indicator.also) if indicator.metric else indicator.also
        found.append(
            Promise(
                key=t.key, clause=t.clause, title=indicator.title, group=indicator.group, metrics=verbs, value=t.value, unit=t.unit,
                comparator=t.comparator, aspirational=t.aspirational, horizon=t.horizon, level=t.level or "", scope=t.scope,
                due=t.deadline.due, base_count=t.denominator.count if t.denominator else None,
            )
        )  # fmt: skip
    return found


def _works(plan: Plan | PlanFile) -> list[Work]:
    """Tasks, not assignments: "lead and supervise" is said in every plan and carries nothing."""
    if isinstance(plan, Plan):
        tasks = plan.tasks.exclude(kind="assignment").prefetch_related("targets__indicator")
        return [
            Work(t.key, t.clause, t.title, tuple(t.leads), t.due, t.due_text, t.borne_by,
                 _served(one.indicator.metric for one in t.targets.all()))
            for t in tasks
        ]  # fmt: skip
    metric_of = {indicator.key: indicator.metric for indicator in plan.indicators}
    served = {target.key: metric_of[target.indicator] for target in plan.targets}
    return [
        Work(t.key, t.clause, t.title, t.leads, t.deadline.due, t.deadline.text, t.borne_by,
             _served(served[key] for key in t.targets))
        for t in plan.tasks
        if t.kind != "assignment"
    ]  # fmt: skip


def _served(found: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({metric for metric in found if metric}))
