"""What arrives at a place: which reports it waits for, who has sent which, in time or late, and what became of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from hocvuso.lib.periods import Span
from hocvuso.lib.text import fold
from hocvuso.places.models import Organisation, Place, Unit
from hocvuso.plans.models import Duty
from hocvuso.plans.queries import bearers_of
from hocvuso.reports.calendar import ADHOC
from hocvuso.reports.life import Act, Arrival, Tally, arrival, tally
from hocvuso.reports.models import Report, ReportStep
from hocvuso.reports.queries.life import document_named
from hocvuso.reports.queries.obligations import Obligation, obligations_of
from hocvuso.reports.queries.requests import asked_between

LOOK_AHEAD = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Received:
    """One report that is to arrive: from where, what of it has arrived, under which number."""

    place: Place
    arrival: Arrival
    document: str  # number, symbol and day of the newest edition that was sent


@dataclass(frozen=True, slots=True)
class DueDay:
    """One day of a duty, with how many of its reports stand where."""

    due: dt.date
    tally: Tally


def duties_to(place: Place) -> list[Duty]:
    """Duties whose reports arrive at the place: those of a unit's own plans; those that name the office, of plans in its unit."""
    duties = Duty.objects.select_related("plan__unit").order_by("plan__key", "position")
    if isinstance(place, Unit):
        return list(duties.filter(plan__unit=place))
    inside = duties.filter(plan__unit__path__startswith=place.of.path)
    return [duty for duty in inside if place.folded in fold(f"{duty.to}; {duty.plan.lead_agency}")]


def receives_at_all(place: Place) -> bool:
    """Asked for the menu of every page: one question for a unit, one for an office."""
    if isinstance(place, Unit):
        return Duty.objects.filter(plan__unit=place).exists()
    return bool(duties_to(place))


def days_of(duties: Iterable[Duty], at: Place, *, today: dt.date) -> dict[int, list[dt.date]]:
    """By duty: the days near today its reports are due at, the newest first; of an ad hoc duty those something was sent for."""
    owed: dict[tuple[str, str], list[Obligation]] = {}
    found: dict[int, list[dt.date]] = {}
    for duty in duties:
        first = next(iter(_senders(duty, at, on=today)), None)
        days = set(Report.objects.filter(duty=duty).exclude(steps=None).values_list("due", flat=True))
        if first is not None:
            key = (type(first).__name__, first.code)
            if key not in owed:
                owed[key] = obligations_of(first, around=today)
            days |= {one.due for one in owed[key] if one.duty.pk == duty.pk}
        found[duty.pk] = sorted((day for day in days if day <= today + LOOK_AHEAD), reverse=True)
    return found


def _senders(duty: Duty, at: Place, *, on: dt.date) -> list[Place]:
    units, orgs = bearers_of(duty, on=on)
    senders: list[Place] = [*units, *orgs]
    return [place for place in senders if place != at]


def _awaited(duty: Duty, at: Place, *, due: dt.date) -> list[Place]:
    """Whose reports of a day are waited for. Of an ad hoc duty: who was asked, and who sent one unasked."""
    if duty.frequency != ADHOC:
        return _senders(duty, at, on=due)
    places = {row.place for row in asked_between([duty], Span(due, due))}
    sent = ReportStep.objects.filter(report__duty=duty, report__due=due, act=Act.SENT)
    places |= {step.report.place for step in sent.select_related("report__unit", "report__org__of")}
    return sorted((place for place in places if place != at), key=lambda one: (isinstance(one, Organisation), one.code))


def received(duty: Duty, *, at: Place, due: dt.date, today: dt.date) -> list[Received]:
    """Every report of a duty and day that is to arrive here: communes by code, then offices."""
    steps = _steps(duty, due)
    found = []
    for place in _awaited(duty, at, due=due):
        of_place = steps.get(_name(place), [])
        arrived = arrival(of_place, due=due, today=today)
        numbered = [s for s in of_place if s.act == Act.NUMBERED and s.edition == arrived.edition]
        found.append(Received(place, arrived, document_named(numbered[-1]) if numbered else ""))
    return found


def due_days(duty: Duty, days: Iterable[dt.date], *, at: Place, today: dt.date) -> list[DueDay]:
    return [DueDay(day, tally([one.arrival for one in received(duty, at=at, due=day, today=today)])) for day in days]


def _steps(duty: Duty, due: dt.date) -> dict[str, list[ReportStep]]:
    """Steps of every report of the day, by the name of its place."""
    rows = ReportStep.objects.filter(report__duty=duty, report__due=due).select_related("report__unit", "report__org")
    found: dict[str, list[ReportStep]] = {}
    for step in rows.order_by("report", "seq"):
        found.setdefault(_name(step.report.place), []).append(step)
    return found


def _name(place: Place) -> str:
    return f"o:{place.code}" if isinstance(place, Organisation) else place.code
