from __future__ import annotations

import pytest

from hocvuso.evidence.models import Evidence
from hocvuso.fieldwork.models import MemberRole, Membership, Team
from hocvuso.fieldwork.queries import is_member
from hocvuso.places.models import Unit
from hocvuso.simulate.teams import first_leader, make_teams
from tests.simulate.test_actions import FRIDAY, dak_lak, simulate

__all__ = ["dak_lak"]  # the province, as a fixture
pytestmark = pytest.mark.django_db


def test_a_simulated_commune_has_teams_with_a_leader_and_making_them_again_changes_nothing(dak_lak: Unit) -> None:
    simulate(dak_lak)
    commune = dak_lak.children.order_by("code")[0]
    founded = Evidence.objects.filter(kind="team_founded", unit__path__startswith=commune.path).count()
    assert make_teams(commune, seed=1, today=FRIDAY, by=":test") == founded > 0
    members = list(Membership.objects.order_by("pk").values_list("team__unit__code", "person", "role"))
    assert make_teams(commune, seed=1, today=FRIDAY, by=":test") == 0
    assert Evidence.objects.filter(kind="team_founded", unit__path__startswith=commune.path).count() == founded
    assert Membership.objects.count() == len(members)
    for team in Team.objects.all():
        roles = list(team.memberships.values_list("role", flat=True))
        assert roles.count(MemberRole.LEADER) == 1
        assert all(one.person.unit == team.unit for one in team.memberships.select_related("person__unit"))
    leader = first_leader(commune, on=FRIDAY)
    assert leader is not None
    assert is_member(leader, on=FRIDAY)


def test_the_same_seed_chooses_the_same_members(dak_lak: Unit) -> None:
    simulate(dak_lak)
    commune = dak_lak.children.order_by("code")[0]
    chosen = []
    for _ in range(2):
        make_teams(commune, seed=1, today=FRIDAY, by=":test")
        chosen.append(list(Membership.objects.order_by("team__unit__code", "person").values_list("person", "role")))
        Membership.objects.all().delete()
        Team.objects.all().delete()
    assert chosen[0] == chosen[1]
