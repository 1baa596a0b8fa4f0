"""Which reports a place owes, and when. Nothing is stored: duties, bearers and calendars say it each time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q

from hocvuso.lib.periods import DAY, Span
from hocvuso.lib.text import fold
from hocvuso.places.models import Level, Organisation, OrganisationKind, Place, Unit, place_fields
from hocvuso.plans.models import Duty, Plan
from hocvuso.plans.queries import is_borne_by, plans_touching
from hocvuso.reports.calendar import ADHOC, DECREE_PERIODS, Dated, DueWarning
from hocvuso.reports.models import Report, ReportRequest
from hocvuso.reports.queries.calendars import dates_of
from hocvuso.reports.queries.requests import asked_between, owes
from hocvuso.reports.queries.spans import span_of
from hocvuso.reports.queries.warnings import warning_text

SHOWN_BACK, SHOWN_AHEAD = 6, 2  # weeks of a weekly duty on the list
SHOWN_BEYOND = DAY * 400  # within which the report before and the one after lie of every other duty


@dataclass(frozen=True, slots=True)
class Obligation:
    """One report that is to be sent by a place on a day."""

    duty: Duty
    place: Place
    due: dt.date
    span: Span
    started: bool  # somebody has written words for it
    days_left: int
    is_over: bool  # the period has ended: the figures are there, the document can be made
    warnings: tuple[DueWarning, ...] = ()
    request: ReportRequest | None = (
        None  # of an ad hoc report: who asked for it; nobody, where the place reports of its own accord
    )
    gathers: bool = False  # the plan's unit sees here what others owe, and makes one report of theirs

    @property
    def concerns(self) -> list[str]:
        """Sentences about the day and the period that somebody should act on."""
        return [warning_text(one, of_party=self._of_party) for one in self.warnings if not one.is_note]

    @property
    def notes(self) -> list[str]:
        """Sentences that say where the day comes from."""
        return [warning_text(one, of_party=self._of_party) for one in self.warnings if one.is_note]

    @property
    def _of_party(self) -> bool:
        return self.duty.plan.issuing_system == "party"


def obligations_between(
    about: Plan | Place, first: dt.date, last: dt.date, *, today: dt.date
) -> tuple[Obligation, ...]:
    """Every report due from one day to another, both included, in the order of the days: of all who owe one under a plan, or of one place.

    A place owes only while it exists: before and after a merger the units of that day do. For the unit whose plan it is, what others owe
    comes along (`gathers`), but only when it is asked for as a place.
    """
    within = Span(first, last)
    if isinstance(about, Plan):
        duties = list(about.duties.select_related("plan__unit"))
        bearers = _Bearers(about, within) if duties else None
        owed = [(duty, one, place) for duty in duties for one in dates_of(duty, within)
                for place in (bearers.of(duty, one.due) if bearers else ())]  # fmt: skip
        return _obligations(owed, duties, within, None, today)
    duties = _duties_of(about)
    owed = [(duty, one, about) for duty in duties for one in dates_of(duty, within) if about.is_in_force(one.due)]
    return _obligations(owed, duties, within, about, today)


def obligations_of(place: Place, *, around: dt.date) -> list[Obligation]:
    """Reports of a place near a day: the next ones first, then the newest past ones. What was asked for or begun ad hoc is among them."""
    duties = _duties_of(place)
    owed = [(duty, one, place) for duty in duties for one in _near(duty, around) if place.is_in_force(one.due)]
    near = Span(around - dt.timedelta(weeks=SHOWN_BACK), around + SHOWN_BEYOND)
    found = _obligations(owed, duties, near, place, around)
    return sorted(found, key=lambda o: (o.days_left < 0, abs(o.days_left), o.duty.pk))


def _duties_of(place: Place) -> list[Duty]:
    home = place if isinstance(place, Unit) else place.of
    duties = Duty.objects.filter(plan__in=plans_touching(home)).select_related("plan__unit").order_by("pk")
    return [duty for duty in duties if is_borne_by(duty, place)]


def _near(duty: Duty, around: dt.date) -> list[Dated]:
    """Some weeks of a weekly duty; of a longer period the report before and the next one; a single one whenever it is."""
    if duty.frequency == "weekly":
        return dates_of(duty, Span(around - dt.timedelta(weeks=SHOWN_BACK), around + dt.timedelta(weeks=SHOWN_AHEAD)))
    if duty.due:
        return dates_of(duty, Span(duty.due - SHOWN_BEYOND, duty.due + SHOWN_BEYOND))
    if duty.frequency not in DECREE_PERIODS:
        return []
    found = dates_of(duty, Span(around - SHOWN_BEYOND, around + SHOWN_BEYOND))
    return [one for one in found if one.due < around][-1:] + [one for one in found if one.due >= around][:1]


class _Bearers:
    """Who bears the duties of a plan on the days of a span: two questions for all of them."""

    def __init__(self, plan: Plan, within: Span) -> None:
        owner = plan.unit
        there = Q(valid_from__lte=within.last) & (Q(valid_to=None) | Q(valid_to__gte=within.first))
        self._owner, self._lead = owner, fold(plan.lead_agency)
        self._communes = list(
            owner.below().filter(there, level=Level.COMMUNE).exclude(pk=owner.pk).order_by("code", "valid_from")
        )
        self._offices = list(Organisation.objects.filter(there, of=owner).select_related("of").order_by("code"))
        self._known: dict[tuple[str, dt.date], list[Place]] = {}

    def of(self, duty: Duty, due: dt.date) -> list[Place]:
        key = (duty.borne_by, due)
        if key not in self._known:
            self._known[key] = [place for place in self._sort(duty.borne_by) if place.is_in_force(due)]
        return self._known[key]

    def _sort(self, borne_by: str) -> list[Place]:
        if borne_by == "plan_unit":
            return [self._owner]
        if borne_by == "lead_agency":
            return [org for org in self._offices if org.folded == self._lead]
        communes = self._communes if borne_by in {"communes", "communes_and_agencies"} else []
        agencies = (
            [org for org in self._offices if org.kind == OrganisationKind.AGENCY] if "agencies" in borne_by else []
        )
        return [*communes, *agencies]


def _obligations(
    owed: list[tuple[Duty, Dated, Place]], duties: list[Duty], within: Span, place: Place | None, today: dt.date
) -> tuple[Obligation, ...]:
    """Dated reports, and the ad hoc ones that were asked for or begun, each with what the reader of a list wants to know."""
    adhoc = {duty.pk: duty for duty in duties if duty.frequency == ADHOC}
    started = _started(duties, within, [one.due for _, one, _ in owed], place)
    found = {
        (duty.pk, _key(where), one.due): _obligation(duty, one, where, started, today) for duty, one, where in owed
    }
    for asked in _adhoc(adhoc, within, place, started, today) if adhoc else ():
        found.setdefault((asked.duty.pk, _key(asked.place), asked.due), asked)
    return tuple(sorted(found.values(), key=_order))


def _adhoc(
    adhoc: dict[int, Duty], within: Span, place: Place | None, started: set[tuple[int, str, dt.date]], today: dt.date
) -> Iterator[Obligation]:
    """What was asked for, the newest request first, then what a place began of its own accord."""
    gatherer = place if place is not None and any(_gathers(duty, place) for duty in adhoc.values()) else None
    for row in reversed(asked_between(adhoc.values(), within, place=None if gatherer else place)):
        duty, request = adhoc[row.request.duty_id], row.request
        where = gatherer if gatherer and _gathers(duty, gatherer) else row.place
        if (place is None or where == place) and where.is_in_force(request.due):
            yield _obligation(duty, Dated(request.due, request.span), where, started, today, request)
    for report in _begun(adhoc, within, place):
        duty, begun_by = adhoc[report.duty_id], report.unit or report.org
        assert begun_by is not None  # the constraint
        yield _obligation(duty, Dated(report.due, span_of(duty, report.due)), begun_by, started, today)


def _obligation(
    duty: Duty, one: Dated, place: Place, started: set[tuple[int, str, dt.date]], today: dt.date,
    request: ReportRequest | None = None,
) -> Obligation:  # fmt: skip
    return Obligation(
        duty=duty,
        place=place,
        due=one.due,
        span=one.span,
        started=(duty.pk, _key(place), one.due) in started,
        days_left=(one.due - today).days,
        is_over=one.span.last <= today,
        warnings=one.warnings,
        request=request,
        gathers=_gathers(duty, place),
    )


def _gathers(duty: Duty, place: Place) -> bool:
    return isinstance(place, Unit) and place.pk == duty.plan.unit_id and not owes(duty, place)


def _begun(adhoc: Iterable[int], within: Span, place: Place | None) -> list[Report]:
    rows = Report.objects.filter(duty__in=list(adhoc), due__range=(within.first, within.last))
    rows = rows.filter(**place_fields(place)) if place is not None else rows
    return list(rows.select_related("unit", "org__of"))


def _started(
    duties: list[Duty], within: Span, dues: list[dt.date], place: Place | None
) -> set[tuple[int, str, dt.date]]:
    """By duty, place and day: where somebody has written."""
    first, last = min([within.first, *dues]), max([within.last, *dues])
    rows = Report.objects.filter(duty__in=duties, due__range=(first, last))
    rows = rows.filter(**place_fields(place)) if place is not None else rows
    return {
        (duty, f"u{unit}" if unit else f"o{org}", due)
        for duty, unit, org, due in rows.values_list("duty", "unit", "org", "due")
    }


def _order(owed: Obligation) -> tuple[dt.date, int, int, bool, str]:
    return owed.due, owed.duty.plan_id, owed.duty.position, isinstance(owed.place, Organisation), owed.place.code


def _key(place: Place) -> str:
    return f"u{place.pk}" if isinstance(place, Unit) else f"o{place.pk}"
