"""Everything one report says."""

from __future__ import annotations

import datetime as dt

from hocvuso.evidence.rules import Grade
from hocvuso.lib.text import lower_first, upper_first
from hocvuso.measure.queries import Standing, standings, standings_below
from hocvuso.places.models import Level, Place, Unit, place_fields
from hocvuso.places.queries import units_within
from hocvuso.plans.models import Duty, Plan
from hocvuso.reports.models import Report
from hocvuso.reports.queries.consolidation import VILLAGE_COLUMNS, consolidation, village_rows
from hocvuso.reports.queries.issuer import issuer_of
from hocvuso.reports.queries.library import library_for_names
from hocvuso.reports.queries.lines import line_of
from hocvuso.reports.queries.spans import owed_report
from hocvuso.reports.rules import CommuneRow, ReportContent, TaskLine
from hocvuso.tasks.queries import TaskHere, tasks_here

COMMUNE_COLUMNS = 6  # what an annex page lying down can hold


def report_words(duty: Duty, place: Place, *, due: dt.date) -> Report | None:
    return Report.objects.filter(duty=duty, due=due, **place_fields(place)).first()


def report_content(duty: Duty, place: Place, *, due: dt.date) -> ReportContent:
    """Everything the document says, from measure and from what people wrote. The figures are those of the last day of the period."""
    span = owed_report(duty, place, due=due)
    plan = duty.plan
    found = standings(plan, place, on=span.last, since=span.first)
    is_whole = isinstance(place, Unit) and place.pk == plan.unit_id and place.level == Level.PROVINCE
    communes = list(units_within(place, Level.COMMUNE, on=span.last)) if is_whole and isinstance(place, Unit) else []
    below = {s.target.pk: standings_below(s.target, communes, on=span.last) for s in found} if communes else {}
    words = report_words(duty, place, due=due)
    columns = [s for s in found if _fits_commune_annex(s)][:COMMUNE_COLUMNS]
    compared = {s.target.pk for s in columns}
    names = {unit.code: lower_first(unit.name) for unit in communes}
    return ReportContent(
        issuer=issuer_of(duty, place, due=due, library=library_for_names()),
        plan_title=plan.title,
        plan_issuer=plan.issuer,
        due=due,
        span=span,
        lines=tuple(
            line_of(
                s,
                below.get(s.target.pk, []),
                has_before=duty.frequency not in ("final", "adhoc"),
                names=names,
                compare=s.target.pk in compared,
            )
            for s in found
        ),
        tasks=tuple(_task_lines(plan, place, span.last)),
        steering=words.steering if words else "",
        practices=words.practices if words else "",
        difficulties=words.difficulties if words else "",
        proposals=words.proposals if words else "",
        next_steps=words.next_steps if words else "",
        simulated=any(figure.simulated for s in found if s.figure for figure in (s.figure, *s.also)),
        communes=tuple(_commune_rows(communes, columns, below)),
        commune_columns=tuple(s.target.indicator.title for s in columns),
        is_whole=is_whole,
        plan=plan.key,
        duty=duty.key,
        frequency=duty.frequency,
        duty_title=duty.title,
        clause=duty.clause,
        contents=tuple(duty.contents),
        plan_number=plan.number,
        plan_date=plan.date,
        gathered=consolidation(duty, place, due=due, span=span),
        villages=tuple(village_rows(columns[:VILLAGE_COLUMNS], place, span=span)),
        village_columns=tuple(s.target.indicator.title for s in columns[:VILLAGE_COLUMNS]),
    )


def _fits_commune_annex(standing: Standing) -> bool:
    """Shares of a commune's own people that are proven: what the annex by communes compares."""
    figure = standing.figure
    return bool(
        standing.target.is_share
        and figure
        and figure.measured
        and figure.metric.counted == "village"
        and figure.grade is Grade.PROVEN
    )


def _task_lines(plan: Plan, place: Place, on: dt.date) -> list[TaskLine]:
    """A bearer reports its own state; the plan's unit reports how many of the bearers stand where."""
    return [
        TaskLine(
            title=here.task.title,
            deadline=here.task.due_text or (f"{here.task.due:%d/%m/%Y}" if here.task.due else "thường xuyên"),
            state=_state(here),
            document=here.progress.document if here.progress else "",
            done=here.is_done,
            late=here.is_late,
        )
        for here in tasks_here(plan, place, today=on)
        if here.leads_here and here.task.kind == "task"
    ]


def _state(here: TaskHere) -> str:
    if here.below:
        return f"{here.below.done}/{here.below.bearers} nơi đã hoàn thành, {here.below.under_way} đang thực hiện"
    return upper_first(here.state.label)


def _commune_rows(communes: list[Unit], columns: list[Standing], below: dict[int, list[Standing]]) -> list[CommuneRow]:
    shares = {s.target.pk: {one.place: one.value for one in below.get(s.target.pk, [])} for s in columns}
    return [CommuneRow(unit.name, tuple(shares[s.target.pk].get(unit.code) for s in columns)) for unit in communes]
