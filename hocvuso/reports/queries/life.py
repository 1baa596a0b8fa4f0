"""Where a report is in its life, what it says there, and who has to do with it next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from hocvuso.lib.text import fold
from hocvuso.people.models import Account
from hocvuso.people.queries import roles_of
from hocvuso.people.rules import RIGHTS_OF_ROLE, Right
from hocvuso.places.models import Organisation, OrganisationKind, Place, Unit, place_fields
from hocvuso.plans.models import Duty, Target
from hocvuso.reports.frozen import content_from_text
from hocvuso.reports.life import Act, State, edition_after, open_acts, state_after
from hocvuso.reports.models import DeclaredFigure, FrozenReport, Report, ReportStep, SectionText
from hocvuso.reports.queries.content import report_content
from hocvuso.reports.queries.obligations import Obligation
from hocvuso.reports.rules import WORDS, Declared, ReportContent, Signing, with_declared


@dataclass(frozen=True, slots=True)
class Life:
    """One report with its steps, in their order. `report` is None as long as nobody has saved anything."""

    report: Report | None
    steps: tuple[ReportStep, ...]

    @property
    def state(self) -> State:
        return state_after([Act(step.act) for step in self.steps])

    @property
    def edition(self) -> int:
        return edition_after(Act(step.act) for step in self.steps)

    @property
    def version(self) -> int:
        return self.report.version if self.report else 0

    def of_edition(self, edition: int) -> list[ReportStep]:
        return [step for step in self.steps if step.edition == edition]

    def round_of(self, edition: int) -> list[ReportStep]:
        """What became of an edition since it was last handed in; empty where it is being written. What an earlier round had signed or
        numbered, before it was given back inside the office, never left the house."""
        steps = self.of_edition(edition)
        last = max((n for n, step in enumerate(steps) if step.act in (Act.SUBMITTED, Act.RETURNED)), default=None)
        return [] if last is None or steps[last].act == Act.RETURNED else steps[last:]

    def last(self, act: Act) -> ReportStep | None:
        """The newest such step of the newest edition's last round."""
        return next((step for step in reversed(self.round_of(self.edition)) if step.act == act), None)

    @property
    def why_back(self) -> ReportStep | None:
        """What whoever writes has to read first: why the draft came back, or why the edition before it did."""
        newest = self.steps[-1] if self.steps else None
        if newest is None or self.state not in (State.DRAFT, State.SENT_BACK):
            return None
        if newest.act == Act.REPLACED:
            before = [step for step in self.steps if step.act == Act.SENT_BACK and step.edition == newest.edition]
            return before[-1] if before else newest
        return newest if newest.act in (Act.RETURNED, Act.SENT_BACK) else None


def life_of(duty: Duty, place: Place, *, due: dt.date) -> Life:
    report = Report.objects.filter(duty=duty, due=due, **place_fields(place)).first()
    if report is None:
        return Life(None, ())
    steps = report.steps.select_related("attachment").order_by("seq")
    return Life(report, tuple(steps))


@dataclass(frozen=True, slots=True)
class Owed:
    """A report of a place and how far it is; no state: nobody has begun."""

    obligation: Obligation
    state: State | None

    @property
    def is_sent(self) -> bool:
        """Out of the house, and not back: nothing is to be done about it."""
        return self.state in (State.SENT, State.ACCEPTED)


def owed_at(place: Place, obligations: Sequence[Obligation]) -> list[Owed]:
    """The same obligations of a place, each with how far its report is; one question for all."""
    days = {one.due for one in obligations}
    reports = Report.objects.filter(due__in=days, **place_fields(place)).prefetch_related("steps")
    states = {
        (one.duty_id, one.due): state_after([Act(step.act) for step in sorted(one.steps.all(), key=lambda s: s.seq)])
        for one in reports
    }
    return [Owed(one, states.get((one.duty.pk, one.due))) for one in obligations]


# --- what it says -------------------------------------------------------------------------------------------------------------


def content_now(duty: Duty, place: Place, *, due: dt.date, life: Life | None = None) -> ReportContent:
    """What the newest edition says: counted now while it is a draft; as it was handed in from then on."""
    life = life or life_of(duty, place, due=due)
    held = content_of_edition(life, life.edition) if life.state is not State.DRAFT else None
    return held or draft_content(duty, place, due=due, life=life)


def draft_content(duty: Duty, place: Place, *, due: dt.date, life: Life) -> ReportContent:
    content = report_content(duty, place, due=due)
    content = with_declared(content, _declared_in(content, declared_now(life.report)))
    return replace(content, replaces=_document_before(life))


def content_of_edition(life: Life, edition: int) -> ReportContent | None:
    """An edition as it was handed in, with its signature and number as far as it has them; None for one that never was."""
    steps = life.round_of(edition)
    if not steps:
        return None
    text = FrozenReport.objects.values_list("text", flat=True).get(step=steps[0])
    return replace(content_from_text(text), signing=_signing(steps))


def _signing(steps: Sequence[ReportStep]) -> Signing | None:
    signed = next((step for step in steps if step.act == Act.SIGNED), None)
    if signed is None:
        return None
    numbered = next((step for step in steps if step.act == Act.NUMBERED), None)
    return Signing(
        authority=tuple(signed.office.splitlines()),
        name=signed.signer,
        number=str(numbered.number) if numbered else "",
        date=numbered.dated if numbered else None,
    )


def words_at(report: Report, version: int) -> dict[str, str]:
    """Each section as it was when the report had this version."""
    if version == report.version:
        return {name: getattr(report, name) for name in WORDS}
    rows = SectionText.objects.filter(report=report, version__lte=version).order_by("version")
    return dict.fromkeys(WORDS, "") | {row.section: row.text for row in rows}


def document_named(step: ReportStep) -> str:
    """ "Báo cáo số 05/BC-UBND ngày 17/10/2025" of a numbering."""
    assert step.dated is not None
    return f"Báo cáo số {step.number:02d}/{step.symbol} ngày {step.dated:%d/%m/%Y}"


def _document_before(life: Life) -> str:
    """The document that the newest edition stands for: the last one that went out."""
    sent = [step.edition for step in life.steps if step.act == Act.SENT]
    if not sent:
        return ""
    numbered = [step for step in life.of_edition(sent[-1]) if step.act == Act.NUMBERED]
    return document_named(numbered[-1])


def declared_now(report: Report | None) -> list[DeclaredFigure]:
    """What the newest edition declares."""
    return declared_of(report, report.edition) if report else []


def declared_of(report: Report, edition: int) -> list[DeclaredFigure]:
    """What an edition declares; the newest row of a line counts, and one without a count takes it back."""
    rows = DeclaredFigure.objects.filter(report=report, edition=edition).select_related("attachment")
    newest = {row.line: row for row in rows.order_by("pk")}
    return [row for row in newest.values() if row.count is not None]


def _declared_in(content: ReportContent, rows: Iterable[DeclaredFigure]) -> tuple[Declared, ...]:
    lines = {line.key: line for line in content.lines}
    return tuple(
        Declared(row.line, line.title, line.horizon, line.counted, row.count, row.reason, row.document)
        for row in rows
        if (line := lines.get(row.line)) is not None and row.count is not None
    )


def metric_of_line(duty: Duty, line: str) -> str:
    """Under which metric boards show what is declared for a line; empty where they have no place for it."""
    target = Target.objects.filter(plan=duty.plan, key=line).select_related("indicator").first()
    if target is None or target.level == "proficient" or target.scope != "total":
        return ""
    return target.indicator.metric or ""


def next_number(issuer: str, symbol: str, *, year: int) -> int:
    """The number after the highest one given here. Other registers of the office are not known, so it is only proposed."""
    given = ReportStep.objects.filter(act=Act.NUMBERED, issuer=issuer, symbol=symbol, year=year)
    last = given.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


# --- who has to do with it ----------------------------------------------------------------------------------------------------


def receivers_of(duty: Duty, place: Place, *, on: dt.date) -> list[Place]:
    """Where a report of this place arrives: at the plan's unit, and at the offices the duty names as its addressee.

    Never at the place itself. Empty where the addressee works outside this system.
    """
    return [found for found in _addressees(duty, on) if found != place]


def _addressees(duty: Duty, on: dt.date) -> list[Place]:
    unit = duty.plan.unit
    named = fold(f"{duty.to}; {duty.plan.lead_agency}")
    around = Organisation.objects.filter(
        Organisation.in_force(on), kind=OrganisationKind.AGENCY, of__code__in=[*unit.codes_above, unit.code]
    )
    return [unit, *(org for org in around.select_related("of").order_by("code") if org.folded in named)]


def receives(account: Account, duty: Duty, place: Place, *, on: dt.date) -> bool:
    """Does a report of this place arrive where the account may accept it?"""
    wanted = receivers_of(duty, place, on=on)
    return any(at in wanted for at in places_with(account, Right.RECEIVE_REPORTS, on=on))


def places_with(account: Account, right: Right, *, on: dt.date) -> list[Place]:
    """Where the account holds the right itself."""
    found = [role.unit or role.org for role in roles_of(account, on=on) if right in RIGHTS_OF_ROLE[role.kind]]
    return [place for place in found if place is not None]


def acts_open(account: Account, duty: Duty, place: Place, life: Life, *, on: dt.date) -> list[Act]:
    """The steps this account may take on the report now."""
    here = [role for role in roles_of(account, on=on) if place in (role.unit, role.org)]
    held = set[Right]().union(*(RIGHTS_OF_ROLE[role.kind] for role in here))
    return open_acts(life.state, held, receives=receives(account, duty, place, on=on))


def report_page(duty: Duty, place: Place, due: dt.date) -> str:
    """The report's address in the office, for notices."""
    key = place.code if isinstance(place, Unit) else f"o:{place.code}"
    return f"/dieu-hanh/bao-cao/{duty.plan.key}/{duty.key}/{key}/{due.isoformat()}/"


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """Full names of the accounts among those who acted, by how the audit names them."""
    keys = {int(actor) for actor in actors if actor.isdigit()}
    return {str(pk): name for pk, name in Account.objects.filter(pk__in=keys).values_list("pk", "full_name")}


def is_countable(content: ReportContent, line: str) -> bool:
    """Can something be declared for this line: does the report have it, and does it count something?"""
    found = next((one for one in content.lines if one.key == line), None)
    return found is not None and bool(found.counted) and not found.counts_communes
