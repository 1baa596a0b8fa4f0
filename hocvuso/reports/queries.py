from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from hocvuso.evidence.queries import catalogue
from hocvuso.evidence.rules import Grade
from hocvuso.lib.errors import BadInput, Refused
from hocvuso.lib.periods import (
    Span,
    decree_half,
    decree_month,
    decree_quarter,
    decree_year,
    last_good_day,
    week_to_report,
    weekly_days,
)
from hocvuso.lib.text import upper_first, vn_number, vn_percent
from hocvuso.measure.queries import Standing, standings, standings_below
from hocvuso.places.models import Level, Organisation, Place, Unit, place_fields
from hocvuso.places.queries import units_within
from hocvuso.plans.models import Duty, Plan
from hocvuso.plans.queries import TaskHere, bearers_of, is_borne_by, plans_touching, tasks_here
from hocvuso.plans.rules import Light
from hocvuso.reports.models import Report
from hocvuso.reports.rules import WORDS, CommuneRow, Issuer, Line, ReportContent, Said, TaskLine, has_state_form

__all__ = ["WORDS", "Obligation", "obligations_of", "report_content", "report_words"]

COMMUNE_COLUMNS = 6  # what an annex page lying down can hold
SHOWN_BACK, SHOWN_AHEAD = 6, 2  # weeks of a weekly duty on the list


@dataclass(frozen=True, slots=True)
class Obligation:
    """One report that is to be sent by a place on a day."""

    duty: Duty
    due: dt.date
    span: Span
    started: bool  # somebody has written words for it
    days_left: int
    is_over: bool  # the period has ended: the figures are there, the document can be made


def span_of(duty: Duty, due: dt.date) -> Span:
    """The days a report covers. A final report covers the plan up to its end or the day it is due, whichever comes first."""
    if duty.frequency == "weekly":
        if duty.weekday and due.isoweekday() != duty.weekday:
            raise BadInput(
                _("Báo cáo tuần này gửi vào %(weekday)s; %(day)s không phải ngày đó.")
                % {"weekday": _weekday(duty.weekday), "day": f"{due:%d/%m/%Y}"}
            )
        return week_to_report(due, first_weekday=duty.window_first or 5, last_weekday=duty.window_last or 4)
    if duty.frequency in _DECREE_PERIODS:
        return _last_closed(_DECREE_PERIODS[duty.frequency], due)
    return Span(duty.plan.period_start, max(duty.plan.period_start, min(duty.plan.period_end, due)))


# Periods of Decree 09/2019, counted from the first of a year: (how many in a year, the n-th of a year).
_DECREE_PERIODS: dict[str, tuple[int, Callable[[int, int], Span]]] = {
    "monthly": (12, decree_month),
    "quarterly": (4, decree_quarter),
    "biannual": (2, decree_half),
    "yearly": (1, lambda year, _number: decree_year(year)),
}


def _last_closed(periods: tuple[int, Callable[[int, int], Span]], due: dt.date) -> Span:
    """The last period that is over before the day its report is sent."""
    count, period = periods
    spans = [period(year, number) for year in (due.year - 1, due.year, due.year + 1) for number in range(1, count + 1)]
    return max((span for span in spans if span.last < due), key=lambda span: span.last)


def _weekday(number: int) -> str:
    names = (_("thứ Hai"), _("thứ Ba"), _("thứ Tư"), _("thứ Năm"), _("thứ Sáu"), _("thứ Bảy"), _("Chủ nhật"))
    return names[number - 1]


def obligations_of(place: Place, *, around: dt.date) -> list[Obligation]:
    """Reports of a place near a day: the next ones first, then the newest past ones. Ad hoc duties have no day and are not listed."""
    home = place if isinstance(place, Unit) else place.of
    duties = Duty.objects.filter(plan__in=plans_touching(home)).select_related("plan__unit")
    dated = [(duty, due) for duty in duties if is_borne_by(duty, place) for due in _due_days(duty, around)]
    started = set(
        Report.objects.filter(duty__in=[duty for duty, _ in dated], **place_fields(place)).values_list("duty", "due")
    )
    found = [
        Obligation(
            duty,
            due,
            span_of(duty, due),
            (duty.pk, due) in started,
            (due - around).days,
            span_of(duty, due).last <= around,
        )
        for duty, due in dated
    ]
    return sorted(found, key=lambda o: (o.days_left < 0, abs(o.days_left), o.duty.pk))


def _due_days(duty: Duty, around: dt.date) -> list[dt.date]:
    if duty.frequency == "weekly" and duty.weekday and duty.first and duty.last:
        first = max(duty.first, around - dt.timedelta(weeks=SHOWN_BACK))
        last = min(duty.last, around + dt.timedelta(weeks=SHOWN_AHEAD))
        return list(weekly_days(first, last, duty.weekday))
    return [last_good_day(duty.due, before=duty.due_before)] if duty.due else []


def demand_state_form(place: Place) -> None:
    """The Word document follows Decree 30/2020; a body with another form is told so instead of getting the wrong one."""
    if isinstance(place, Organisation) and not has_state_form(place.name):
        raise Refused(
            _("%(place)s dùng thể thức văn bản riêng; hệ thống chưa có mẫu của thể thức đó.") % {"place": place.name}
        )


def report_words(duty: Duty, place: Place, *, due: dt.date) -> Report | None:
    return Report.objects.filter(duty=duty, due=due, **place_fields(place)).first()


def owed_report(duty: Duty, place: Place, *, due: dt.date) -> Span:
    """The span of a report the place really owes that day; anything else is refused with the reason."""
    if not is_borne_by(duty, place):
        raise Refused(_("Báo cáo “%(title)s” không giao cho %(place)s.") % {"title": duty.title, "place": place.name})
    if duty.frequency == "weekly" and not (duty.first or due) <= due <= (duty.last or due):
        raise BadInput(
            _("Báo cáo tuần này chỉ có từ %(first)s đến %(last)s.")
            % {"first": f"{duty.first:%d/%m/%Y}", "last": f"{duty.last:%d/%m/%Y}"}
        )
    if not place.is_in_force(due):
        raise Refused(
            _("%(place)s không còn hoặc chưa có vào ngày %(due)s.") % {"place": place.name, "due": f"{due:%d/%m/%Y}"}
        )
    if due < duty.plan.period_start:
        raise BadInput(
            _("Kế hoạch bắt đầu từ %(first)s; ngày %(due)s chưa có gì để báo cáo.")
            % {"first": f"{duty.plan.period_start:%d/%m/%Y}", "due": f"{due:%d/%m/%Y}"}
        )
    return span_of(duty, due)


def demand_over(span: Span, *, today: dt.date) -> None:
    """No report of days that have not come: a figure "so far" would be today's under another day's name."""
    if span.last > today:
        raise Refused(
            _("Kỳ số liệu đến hết ngày %(last)s chưa kết thúc nên chưa lập được báo cáo.")
            % {"last": f"{span.last:%d/%m/%Y}"}
        )


def report_content(duty: Duty, place: Place, *, due: dt.date) -> ReportContent:
    """Everything the document says, from measure and from what people wrote. The figures are those of the last day of the period."""
    span = owed_report(duty, place, due=due)
    plan = duty.plan
    found = standings(plan, place, on=span.last, since=span.first)
    is_whole = isinstance(place, Unit) and place.pk == plan.unit_id and place.level == Level.PROVINCE
    communes = list(units_within(place, Level.COMMUNE, on=span.last)) if is_whole and isinstance(place, Unit) else []
    below = {s.target.pk: standings_below(s.target, communes, on=span.last) for s in found} if communes else {}
    words = report_words(duty, place, due=due)
    said = _said_below(duty, due) if is_whole else []
    columns = [s for s in found if _fits_commune_annex(s)][:COMMUNE_COLUMNS]
    return ReportContent(
        issuer=_issuer(duty, place),
        title=_title(duty, plan, span),
        plan_title=plan.title,
        plan_issuer=plan.issuer,
        due=due,
        span=span,
        lines=tuple(_line(s, below.get(s.target.pk, []), has_before=duty.frequency != "final") for s in found),
        tasks=tuple(_task_lines(plan, place, span.last)),
        steering=words.steering if words else "",
        difficulties=words.difficulties if words else "",
        proposals=words.proposals if words else "",
        next_steps=words.next_steps if words else "",
        simulated=any(figure.simulated for s in found if s.figure for figure in (s.figure, *s.also)),
        communes=tuple(_commune_rows(communes, columns, below)),
        commune_columns=tuple(s.target.indicator.title for s in columns),
        said_difficulties=tuple(Said(str(r.unit or r.org), r.difficulties) for r in said if r.difficulties.strip()),
        said_proposals=tuple(Said(str(r.unit or r.org), r.proposals) for r in said if r.proposals.strip()),
        words_from=(len(said), sum(len(some) for some in bearers_of(duty, on=due))) if is_whole else None,
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


def _said_below(duty: Duty, due: dt.date) -> list[Report]:
    rows = Report.objects.filter(duty=duty, due=due).select_related("unit", "org").exclude(unit=duty.plan.unit)
    return [
        row for row in rows.order_by("unit__code", "org__code") if any(getattr(row, name).strip() for name in WORDS)
    ]


def _title(duty: Duty, plan: Plan, span: Span) -> str:
    if duty.frequency == "final":
        return f"Tổng kết việc thực hiện {plan.title} (số liệu đến ngày {span.last:%d/%m/%Y})"
    return f"Kết quả thực hiện {plan.title} (kỳ từ ngày {span.first:%d/%m/%Y} đến ngày {span.last:%d/%m/%Y})"


def _issuer(duty: Duty, place: Place) -> Issuer:
    province = duty.plan.unit
    if isinstance(place, Unit) and place.level == Level.COMMUNE:
        kind = place.kind
        return Issuer(
            parent_agency="",
            agency=f"ỦY BAN NHÂN DÂN\n{place.name.upper()}",
            agency_name=f"Ủy ban nhân dân {kind} {place.short_name}",
            symbol="BC-UBND",
            place=place.short_name,
            authority=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
            recipients=(f"{duty.to} (b/c)", f"Đảng ủy, TT HĐND {kind} (b/c)", f"CT, các PCT UBND {kind}", "Lưu: VT"),
        )
    above = f"ỦY BAN NHÂN DÂN\n{province.name.upper()}"
    if isinstance(place, Organisation):
        name, symbol, to = place.name, place.symbol, duty.to
    else:
        # The province's own report is drawn up by the agency that collects the others and goes to the People's Committee.
        name, symbol, to = (
            duty.plan.lead_agency,
            _symbol(duty.plan.lead_agency, province),
            f"UBND {province.name[:1].lower()}{province.name[1:]}",
        )
    return Issuer(
        parent_agency=above,
        agency=_two_lines(name.upper()),
        agency_name=name,
        symbol=f"BC-{symbol}" if symbol else "BC",
        place=province.short_name,
        authority=("GIÁM ĐỐC",) if name.startswith("Sở") else ("THỦ TRƯỞNG ĐƠN VỊ",),
        recipients=(f"{to} (b/c)", "Lãnh đạo cơ quan", "Lưu: VT"),
    )


def _symbol(name: str, province: Unit) -> str:
    found = Organisation.objects.filter(of=province, name=name).values_list("symbol", flat=True).first()
    return found or ""


def _two_lines(name: str) -> str:
    """Break a long agency name once, near its middle, between words."""
    words = name.split()
    if len(name) <= 24 or len(words) < 4:
        return name
    cut = min(range(2, len(words) - 1), key=lambda n: abs(len(" ".join(words[:n])) - len(" ".join(words[n:]))))
    return " ".join(words[:cut]) + "\n" + " ".join(words[cut:])


def _counted(standing: Standing) -> str:
    if standing.measure == "units":
        return "xã, phường"
    assert standing.figure is not None
    metric = standing.figure.metric
    if metric.subject == "household":
        return "hộ"
    if metric.subject == "org":
        return "trường"
    return (
        {"commune": "xã, phường", "village": "thôn, buôn, tổ dân phố"}[metric.counted]
        if metric.subject == "unit"
        else "người"
    )


def _goal(standing: Standing) -> str:
    if standing.goal is None:
        return ""
    word = {">": "trên ", ">=": "ít nhất ", "<": "dưới ", "<=": "không quá "}.get(standing.target.comparator, "")
    if standing.target.scope == "each_subject":
        each = f"{word}{vn_number(standing.target.value)} {standing.target.unit_of_measure}"
        return f"{vn_percent(standing.goal)} {_counted(standing)} ({each})"
    if standing.measure == "%":
        return word + vn_percent(standing.goal)
    amount = f"{vn_number(standing.goal)} {_counted(standing)}"
    if standing.measure == "units":
        return f"{amount}, mỗi xã, phường {word}{vn_number(standing.target.value)} hộ"
    return word + amount


def _line(standing: Standing, below: Sequence[Standing], *, has_before: bool) -> Line:
    target, figure = standing.target, standing.figure
    base: dict[str, Any] = {
        "key": target.key, "clause": target.clause, "title": target.indicator.title, "horizon": target.horizon, "light": standing.light,
        "deadline": target.due_text or (f"{target.due:%d/%m/%Y}" if target.due else ""),
    }  # fmt: skip
    if figure is None:
        return Line(**base, counted="", rung="", goal=_goal(standing), population=None, this_period=None, so_far=None, share=None,
                    gained_points=None, proven=None, imported=None, imported_source="", declared=None, headline="")  # fmt: skip
    units = standing.measure == "units"
    so_far = (None if standing.value is None else int(standing.value)) if units else figure.headline
    population = (int(standing.goal or 0) if units else figure.population.count if figure.population else None) or None
    proven = figure.grade is Grade.PROVEN and not units
    judged = [s for s in below if s.light not in (Light.NO_DEADLINE, Light.NOT_MEASURED)]
    source = figure.imported.source if figure.imported else ""
    return Line(
        **base,
        counted=_counted(standing),
        rung=figure.metric.rung,
        goal=_goal(standing),
        population=population,
        this_period=standing.gained if proven else None,
        so_far=so_far,
        share=100 * so_far / population if so_far is not None and population else None,
        gained_points=100 * standing.gained / population
        if has_before and proven and population and standing.gained is not None
        else None,
        proven=figure.proven,
        imported=figure.imported.count if figure.imported else None,
        imported_source="; ".join(catalogue().source(key).title for key in source.split()),
        declared=figure.declared.count if figure.declared else None,
        headline=figure.grade,
        counts_communes=units,
        # Where the communes themselves are counted, how many have reached it is the figure already.
        reached_below=(sum(s.light is Light.REACHED for s in judged), len(judged))
        if judged and not units and figure.metric.counted != "commune"
        else None,
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
