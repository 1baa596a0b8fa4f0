"""What a report is made of below: the words of the reports it gathers, what was raised in the period, the villages' figures."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hocvuso.concerns.models import Concern, ConcernState
from hocvuso.concerns.queries import last_answers, raised_in
from hocvuso.lib.periods import Span
from hocvuso.measure.queries import Standing, standings_below
from hocvuso.places.models import Level, Organisation, Place, Unit
from hocvuso.places.queries import villages_of
from hocvuso.plans.models import Duty
from hocvuso.reports.gathering import Answer, Gathered, Kind, Told, VillageRow, bare, gathered_lines, thoughts
from hocvuso.reports.life import Act
from hocvuso.reports.models import FrozenReport, Report, ReportStep
from hocvuso.reports.queries.requests import expected_places

VILLAGE_COLUMNS = 3  # targets in the villages' annex, two numbers each: what a page lying down can hold


@dataclass(frozen=True, slots=True)
class Heard:
    """What one report that was sent says of difficulties and proposals."""

    place: Place
    difficulties: str
    proposals: str


def reports_to_gather(duty: Duty, due: dt.date) -> list[Heard]:
    """The reports of a day that the plan's unit gathers, as they were sent; communes first. What came back and was not replaced is none."""
    steps = ReportStep.objects.filter(report__duty=duty, report__due=due).exclude(report__unit=duty.plan.unit)
    standing: dict[int, int] = {}  # report → the edition that counts
    for report, edition, act in steps.order_by("report", "seq").values_list("report", "edition", "act"):
        if act == Act.SENT:
            standing[report] = edition
        elif act == Act.SENT_BACK:
            standing.pop(report, None)
    texts: dict[int, str] = {}
    for frozen in FrozenReport.objects.filter(step__report__in=standing).select_related("step").order_by("step__seq"):
        if frozen.step.edition == standing[frozen.step.report_id]:
            texts[frozen.step.report_id] = frozen.text
    rows = Report.objects.filter(pk__in=texts).select_related("unit__parent", "org__of")
    heard = [_heard(row, texts[row.pk]) for row in rows]
    return sorted(heard, key=lambda one: (isinstance(one.place, Organisation), one.place.code))


def _heard(report: Report, text: str) -> Heard:
    told = json.loads(text)["content"]  # the two texts only: a hundred whole contents take long to make
    return Heard(report.place, told["difficulties"], told["proposals"])


def consolidation(duty: Duty, place: Place, *, due: dt.date, span: Span) -> Gathered:
    """Difficulties and proposals for one report: the plan's unit gathers the reports of that day and what communes and agencies raised in
    the period; everybody else what was raised at the place and in it. Nothing is added to anybody's words."""
    is_whole = isinstance(place, Unit) and place.pk == duty.plan.unit_id
    reports = reports_to_gather(duty, due) if is_whole else []
    owing = expected_places(duty, due=due) if is_whole else []
    owing += [one.place for one in reports if one.place not in owing]  # sent without being asked
    told = [*_in_reports(reports), *_raised(duty, place, span)]
    wrote = {report.place for report in reports}
    return Gathered(
        difficulties=gathered_lines(told, "difficulty"),
        proposals=gathered_lines(told, "proposal"),
        wrote=len(reports),
        of=len(owing),
        missing=tuple(one.name for one in owing if one not in wrote),
    )


def _in_reports(reports: Sequence[Heard]) -> Iterator[Told]:
    kinds: tuple[tuple[Kind, str], ...] = (("difficulty", "difficulties"), ("proposal", "proposals"))
    for report in reports:
        for kind, field in kinds:
            for thought in thoughts(getattr(report, field)):
                yield Told(kind, bare(thought), report.place.name)


def _raised(duty: Duty, place: Place, span: Span) -> Iterator[Told]:
    """What was raised in the period, about this plan or none. What was withdrawn without an answer is left out."""
    rows = Concern.objects.filter(raised_in(place), on__range=(span.first, span.last)).select_related(
        "unit__parent", "org__of", "to_unit", "to_org", "merged_into__to_unit", "merged_into__to_org"
    )
    ours = [row for row in rows.order_by("on", "recorded_at", "pk") if row.plan_id in (None, duty.plan_id)]
    here = [row for row in ours if _reaches(row, place)]
    answers = {key: Answer(str(step.place), step.text) for key, step in last_answers(here).items()}
    for row in here:
        lead = row.merged_into or row
        answer = answers.get(lead.pk)
        if row.state == ConcernState.CLOSED and not answer:
            continue
        kind: Kind = "difficulty" if row.kind == "difficulty" else "proposal"
        who = _who(row.place, place)
        yield Told(kind, row.text, who, group=str(lead.pk), answer=answer)
        if lead is not row:
            yield Told(kind, lead.text, who, group=str(lead.pk), chosen=True, answer=answer)


def _reaches(concern: Concern, place: Place) -> bool:
    """A province hears of a village's trouble when its commune has passed it on; until then the commune deals with it."""
    if not isinstance(place, Unit) or place.level != Level.PROVINCE:
        return True
    commune = _commune_of(concern.place)
    return commune is None or concern.place == commune or (concern.merged_into or concern).addressee != commune


def _who(raised_at: Place, place: Place) -> str:
    """A province reads of communes, a commune of its villages and organisations."""
    commune = _commune_of(raised_at)
    is_above = isinstance(place, Unit) and place.level in (Level.PROVINCE, Level.NATION)
    return (commune if is_above and commune is not None else raised_at).name


def _commune_of(place: Place) -> Unit | None:
    if isinstance(place, Organisation):
        return place.of if place.of.level == Level.COMMUNE else None
    return place.parent if place.level == Level.VILLAGE else place if place.level == Level.COMMUNE else None


def village_rows(columns: Sequence[Standing], place: Place, *, span: Span) -> list[VillageRow]:
    """The figures of a commune by village: for each target what the period added and what there is so far."""
    if not isinstance(place, Unit) or place.level != Level.COMMUNE or not columns:
        return []
    villages = villages_of(place, on=span.last)
    by_target = [
        {one.place: one for one in standings_below(column.target, villages, on=span.last, since=span.first)}
        for column in columns
    ]
    return [
        VillageRow(
            village.name,
            tuple(
                (one.gained, one.figure.proven) if (one := found.get(village.code)) and one.figure else (None, None)
                for found in by_target
            ),
        )
        for village in villages
    ]
