"""Teams of simulated villages, founded by the real actions: what the simulation says was founded has members, too."""

from __future__ import annotations

import datetime as dt

from hocvuso.evidence.models import Evidence
from hocvuso.evidence.queries import not_voided
from hocvuso.fieldwork.actions import add_member, found_team
from hocvuso.fieldwork.models import MemberRole, Membership
from hocvuso.people.models import Person
from hocvuso.places.models import Unit
from hocvuso.simulate.rules.chance import dice, whole

BORN = range(1965, 2006)  # who goes from house to house


def make_teams(commune: Unit, *, seed: int, today: dt.date, by: str) -> int:
    """A team with three to seven members for each village whose founding the ledger tells; how many are new. Again changes nothing."""
    founded = not_voided(
        Evidence.objects.filter(kind="team_founded", unit__path__startswith=commune.path, on__lte=today)
    )
    made = 0
    for row in founded.select_related("unit").order_by("unit__code", "on"):
        village = row.unit
        if village is None or village.teams.exists():
            continue
        people = Person.objects.filter(unit=village, birth_year__in=BORN).order_by("source_ref")
        die = dice(seed, "members", village.code)
        chosen = die.sample(list(people), min(len(people), whole(die, 3, 7)))
        name = f"Tổ công nghệ số cộng đồng {village.name[:1].lower()}{village.name[1:]}"
        team = found_team(village, name=name, document=str(row.detail["document"]), dated=row.on, by=by, today=today)
        for number, person in enumerate(chosen):
            role = MemberRole.MEMBER if number else MemberRole.LEADER
            add_member(team, person, role=role, valid_from=row.on, by=by)
        made += 1
    return made


def first_leader(commune: Unit, *, on: dt.date) -> Person | None:
    """Who leads the first team of a commune, by the code of its village: the first whom VNeID could name, if there is one."""
    held = Membership.objects.filter(
        Membership.in_force(on), role=MemberRole.LEADER, team__unit__path__startswith=commune.path
    )
    leaders = held.select_related("person__unit").order_by("team__unit__code")
    first = leaders.filter(person__identity_match__isnull=False).first() or leaders.first()
    return first.person if first else None
