from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from hocvuso.means.models import BudgetLine, Contribution, Coverage
from hocvuso.means.rules import Amount, MoneyTable, Signal, Source, Stage, money_table
from hocvuso.places.models import Level, Place, Unit
from hocvuso.places.queries import units_within
from hocvuso.plans.models import Plan


def within(place: Place) -> Q:
    """Rows of a place and of all that lies in it or answers to it."""
    if isinstance(place, Unit):
        return Q(unit__path__startswith=place.path) | Q(org__of__path__startswith=place.path)
    return Q(org=place)


def budget_lines(place: Place, plan: Plan, *, year: int) -> QuerySet[BudgetLine]:
    """Lines that count, of the place and what lies in it, newest first."""
    found = BudgetLine.objects.filter(within(place), plan=plan, year=year, voids=None, voided_by=None)
    return found.select_related("task", "unit", "org").order_by("-pk")


def budget_table(place: Place, plan: Plan, *, year: int) -> MoneyTable:
    amounts = [
        Amount(line.task.key if line.task else "", Source(line.source), Stage(line.stage), line.dong)
        for line in budget_lines(place, plan, year=year)
    ]
    return money_table(amounts, tasks=list(plan.tasks.order_by("position").values_list("key", flat=True)))


def years_of(plan: Plan) -> list[int]:
    return list(range(plan.period_start.year, plan.period_end.year + 1))


def contributions(place: Place, plan: Plan) -> QuerySet[Contribution]:
    """Promises to the place and what lies in it, with what came of each; the newest first."""
    found = Contribution.objects.filter(within(place), plan=plan, of=None)
    return found.select_related("received", "unit", "org").order_by("-pk")


@dataclass(frozen=True, slots=True)
class VillageSignal:
    village: Unit
    signal: Signal | None  # None: nobody has said
    row: Coverage | None


def signals(place: Unit, *, on: dt.date) -> list[VillageSignal]:
    """Each village in the place, those without a signal first."""
    villages = list(units_within(place, Level.VILLAGE, on=on).select_related("parent"))
    newest: dict[int, Coverage] = {}
    for row in Coverage.objects.filter(unit__path__startswith=place.path, on__lte=on).order_by("pk"):
        newest[row.unit_id] = row
    order: dict[Any, int] = {Signal.NONE: 0, Signal.WEAK: 1, Signal.GOOD: 2, None: 3}
    found = [
        VillageSignal(unit, Signal(newest[unit.pk].signal) if unit.pk in newest else None, newest.get(unit.pk))
        for unit in villages
    ]
    return sorted(found, key=lambda one: (order[one.signal], one.village.code))
