from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from hocvuso.evidence.models import Evidence
from hocvuso.evidence.queries import not_voided
from hocvuso.fieldwork.models import Attendance, ClassSession, Membership, PlannedClass, Team
from hocvuso.fieldwork.rules import CLASS_HELD, HeldClass, read_class
from hocvuso.lib.clock import HANOI
from hocvuso.lib.errors import BadInput
from hocvuso.lib.text import fold
from hocvuso.people.models import Account, Person
from hocvuso.people.queries import visible_units
from hocvuso.people.rules import Right
from hocvuso.places.models import Unit
from hocvuso.sync.models import RawEvent
from hocvuso.sync.queries import body_of, set_aside_events


def active_memberships(person: Person, *, on: dt.date) -> QuerySet[Membership]:
    """The teams somebody belongs to on a day; a team that has ended has no members."""
    running = Q(team__valid_from__lte=on) & (Q(team__valid_to=None) | Q(team__valid_to__gte=on))
    found = person.memberships.filter(Membership.in_force(on)).filter(running)
    return found.select_related("team__unit__parent").order_by("team__valid_from", "pk")


def is_member(person: Person, *, on: dt.date) -> bool:
    return active_memberships(person, on=on).exists()


def teams_of(person: Person, *, on: dt.date) -> QuerySet[Team]:
    """Own teams only: nobody looks into another one's."""
    own = active_memberships(person, on=on).values("team")
    return Team.objects.filter(pk__in=own).select_related("unit__parent").order_by("valid_from", "pk")


def residents_of(teams: Iterable[Team]) -> QuerySet[Person]:
    """Who lives in the teams' own villages, in the order of the alphabet."""
    return Person.objects.filter(unit__in=[team.unit_id for team in teams]).order_by("folded", "pk")


@dataclass(frozen=True, slots=True)
class TeamFigures:
    """What has happened in the team's village: people guided by anybody, classes held by the team, names still unmatched."""

    guided: int
    classes: int
    unmatched: int


def team_figures(team: Team, *, on: dt.date) -> TeamFigures:
    guided = not_voided(Evidence.objects.filter(unit=team.unit_id, kind="skill_guided", on__lte=on))
    return TeamFigures(
        guided=guided.values("subject").distinct().count(),
        classes=team.classes.filter(on__lte=on).count(),
        unmatched=unmatched_names().filter(session__team=team).count(),
    )


def classes_of(teams: Iterable[Team]) -> QuerySet[ClassSession]:
    """Newest first, with how many came: known people, and names nobody has matched yet."""
    came = Count("attendances", filter=Q(attendances__person__isnull=False))
    written = Q(attendances__person=None, attendances__settled_at=None) & ~Q(attendances__name="")
    found = ClassSession.objects.filter(team__in=list(teams)).annotate(
        came=came, unmatched=Count("attendances", filter=written)
    )
    return found.select_related("team").order_by("-on", "-recorded_at")


def unmatched_names() -> QuerySet[Attendance]:
    """Names written on the spot that nobody has said of who they are."""
    found = Attendance.objects.filter(person=None, settled_at=None).exclude(name="")
    return found.select_related("session__team", "session__unit__parent").order_by("session__on", "pk")


# --- what an officer looks at ----------------------------------------------------------------------------------------------------


def unmatched_seen(account: Account, *, on: dt.date) -> QuerySet[Attendance]:
    """Unmatched names of the teams where the account may see names."""
    return unmatched_names().filter(session__team__in=teams_seen(account, on=on))


def set_aside_seen(account: Account, *, on: dt.date) -> QuerySet[RawEvent]:
    """Events set aside that came from phones of people who are or were members of teams the account may see."""
    members = Membership.objects.filter(team__in=teams_seen(account, on=on)).values("person")
    held = Prefetch("device__person__memberships", Membership.objects.select_related("team").order_by("-valid_from"))
    return set_aside_events().filter(device__person__in=members).prefetch_related(held)


def teams_seen(account: Account, *, on: dt.date) -> QuerySet[Team]:
    """Teams in the communes where the account may see names, with how many members they have."""
    units = visible_units(account, on=on, right=Right.PEOPLE)
    members = Count("memberships", filter=Q(memberships__valid_from__lte=on) & (
        Q(memberships__valid_to=None) | Q(memberships__valid_to__gte=on)
    ))  # fmt: skip
    found = Team.objects.filter(unit__in=units).annotate(members=members)
    return found.select_related("unit").order_by("unit__code", "-valid_from")


@dataclass(frozen=True, slots=True)
class SetAside:
    """An event an officer has to look at: who recorded it, for which team, what it tells as far as it can be read."""

    event: RawEvent
    reason: str
    member: Person
    teams: tuple[Team, ...]
    told: HeldClass | None
    may_retry: bool


def looked_at(event: RawEvent) -> SetAside:
    """For a row of `set_aside_seen`."""
    assert event.device.person is not None
    told = None
    if event.event is not None and event.kind == CLASS_HELD:
        with suppress(BadInput):
            told = read_class(event.event, body_of(event))
    teams = tuple(dict.fromkeys(held.team for held in event.device.person.memberships.all()))
    reason: str = event.reason  # type: ignore[attr-defined]
    return SetAside(event, reason, event.device.person, teams, told, may_retry=told is not None)


# --- what anybody may know -------------------------------------------------------------------------------------------------------


def classes_ahead(
    within: Unit | None = None, *, on: dt.date, commune: str = "", days: int = 30
) -> QuerySet[PlannedClass]:
    """Classes told beforehand in a place and below it, from a day on, soonest first. `commune` is part of its name, with or without
    diacritics."""
    first = dt.datetime.combine(on, dt.time.min, tzinfo=HANOI)
    found = PlannedClass.objects.filter(
        cancelled_at=None, starts_at__gte=first, starts_at__lt=first + dt.timedelta(days)
    )
    if within is not None:
        found = found.filter(unit__path__startswith=within.path)
    if commune:
        found = found.filter(unit__parent__folded__contains=fold(commune))
    return found.select_related("team", "unit__parent").order_by("starts_at", "pk")
