from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from hocvuso.evidence.models import Evidence
from hocvuso.fieldwork.actions import (
    add_member,
    cancel_class,
    close_name,
    end_membership,
    found_team,
    hold_class,
    match_name,
    plan_class,
)
from hocvuso.fieldwork.models import Attendance, ClassSession, MemberRole, Team
from hocvuso.fieldwork.queries import (
    active_memberships,
    classes_ahead,
    residents_of,
    team_figures,
    teams_of,
    teams_seen,
    unmatched_names,
    unmatched_seen,
)
from hocvuso.fieldwork.rules import HeldClass
from hocvuso.lib import clock
from hocvuso.lib.errors import BadInput, Refused
from hocvuso.lib.ids import new_id
from hocvuso.people.models import Person, RoleKind
from tests.make.evidence import unit_fact
from tests.make.fieldwork import BY, FOUNDED, Village, team, village
from tests.make.measure import figure_at
from tests.make.people import account, person
from tests.make.places import Country

pytestmark = [pytest.mark.django_db, pytest.mark.both]

TODAY = dt.date(2025, 10, 17)
DAY = dt.timedelta(days=1)


@pytest.fixture
def home(land: Country) -> Village:
    return village(land)


def _class(home: Village, *came: Person, names: tuple[str, ...] = ()) -> HeldClass:
    return HeldClass(new_id(), home.team.pk, "an-toan", None, "Nhà văn hóa", tuple(one.pk for one in came), names)


def _hold(home: Village, held: HeldClass, *, on: dt.date = TODAY) -> ClassSession:
    return hold_class(held, held_by=home.minh, by=str(home.minh.pk), on=on, today=TODAY).session


def test_a_class_writes_itself_and_who_was_guided_in_its_skill(home: Village) -> None:
    session = _hold(home, _class(home, home.lan, home.nam), on=TODAY - DAY)
    rows = {
        (row.kind, row.subject, row.skill, row.on, row.source) for row in Evidence.objects.exclude(kind="team_founded")
    }
    source, on = "to-cong-nghe-so", TODAY - DAY
    assert rows == {
        ("class_held", home.team.unit.uid, "an-toan", on, source),
        ("skill_guided", home.lan.pk, "an-toan", on, source),
        ("skill_guided", home.nam.pk, "an-toan", on, source),
    }
    assert Evidence.objects.get(subject=home.lan.pk).source_ref == f"{session.pk}:{home.lan.pk}"
    assert session.attendances.count() == 2


def test_the_same_class_again_changes_nothing(home: Village) -> None:
    held = _class(home, home.lan)
    _hold(home, held)
    before = Evidence.objects.count()
    again = hold_class(held, held_by=home.minh, by=BY, on=TODAY, today=TODAY)
    assert not again.is_new
    assert (Evidence.objects.count(), ClassSession.objects.count(), Attendance.objects.count()) == (before, 1, 1)


def test_the_same_class_told_otherwise_is_refused(home: Village) -> None:
    held = _class(home, home.lan)
    _hold(home, held)
    with pytest.raises(Refused, match="nội dung khác"):
        _hold(home, replace(held, came=(home.lan.pk, home.nam.pk)))


def test_a_refused_class_leaves_nothing(home: Village, land: Country) -> None:
    stranger = person("Người xã bên", land.villages[2])
    before = Evidence.objects.count()
    with pytest.raises(Refused, match="Có 1 người"):
        _hold(home, _class(home, home.lan, stranger))
    assert (Evidence.objects.count(), ClassSession.objects.count()) == (before, 0)


def test_somebody_of_another_village_of_the_commune_may_come(home: Village, land: Country) -> None:
    guest = person("Khách buôn bên", land.villages[1])
    _hold(home, _class(home, guest))
    assert Evidence.objects.get(subject=guest.pk).unit == land.villages[1]


@pytest.mark.parametrize(
    ("change", "on", "why"),
    [
        ({"skill": "nau-an"}, TODAY, "năm kỹ năng"),
        ({}, TODAY + DAY, "chưa đến"),
        ({"came": ()}, TODAY, "đánh dấu người"),
        ({"names": tuple(f"Người {n}" for n in range(501))}, TODAY, "nhiều nhất"),
        ({"team": new_id()}, TODAY, "không phải thành viên"),
        ({}, FOUNDED - DAY, "không phải thành viên"),
    ],
)
def test_a_class_that_makes_no_sense_says_why(home: Village, change: dict, on: dt.date, why: str) -> None:  # type: ignore[type-arg]
    with pytest.raises((BadInput, Refused), match=why):
        _hold(home, replace(_class(home, home.lan), **change), on=on)


def test_a_member_who_has_left_may_still_tell_of_the_days_before(home: Village) -> None:
    end_membership(active_memberships(home.minh, on=TODAY).get(), by=BY, today=TODAY)
    _hold(home, _class(home, home.lan), on=TODAY - DAY)
    with pytest.raises(Refused, match="17/10/2025"):
        _hold(home, _class(home, home.lan), on=TODAY)


def test_a_class_counts_for_the_village_its_people_and_the_commune(
    home: Village, land: Country, measure_dir: object
) -> None:
    _hold(home, _class(home, home.lan, home.nam))
    assert figure_at(land.ea_kar, "adult_guided").proven == 2
    assert figure_at(land.villages[0], "adult_guided").proven == 2
    _hold(home, _class(home, home.lan), on=TODAY - 7 * DAY)  # a weekly figure tells of the last whole week
    assert figure_at(land.ea_kar, "commune_class").proven == 1
    assert figure_at(land.villages[0], "village_team").proven == 1


# --- names on paper --------------------------------------------------------------------------------------------------------------


def test_a_written_name_counts_nowhere_until_somebody_says_who_it_is(home: Village) -> None:
    session = _hold(home, _class(home, names=("Bà Hai",)))
    assert not Evidence.objects.filter(kind="skill_guided").exists()
    assert "attendance" not in Evidence.objects.get(kind="class_held").detail
    match_name(unmatched_names().get(), home.lan, by=BY, today=TODAY + DAY)
    row = Evidence.objects.get(kind="skill_guided")
    assert (row.subject, row.on, row.source_ref) == (home.lan.pk, session.on, f"{session.pk}:{home.lan.pk}")
    assert not unmatched_names().exists()
    assert Attendance.objects.get().name == ""


def test_a_name_of_somebody_who_is_ticked_already_adds_nothing(home: Village) -> None:
    _hold(home, _class(home, home.lan, names=("Lan",)))
    match_name(unmatched_names().get(), home.lan, by=BY, today=TODAY)
    assert Evidence.objects.filter(kind="skill_guided").count() == 1
    assert Attendance.objects.filter(person=home.lan).count() == 1


def test_a_name_is_settled_once(home: Village, land: Country) -> None:
    _hold(home, _class(home, home.lan, names=("Bà Hai",)))
    note = unmatched_names().get()
    with pytest.raises(Refused, match="không ở xã"):
        match_name(note, person("Người xã bên", land.villages[2]), by=BY, today=TODAY)
    close_name(note, by=BY)
    with pytest.raises(Refused, match="đã có người xử lý"):
        match_name(note, home.nam, by=BY, today=TODAY)
    assert not Evidence.objects.filter(subject=home.nam.pk).exists()


# --- teams -----------------------------------------------------------------------------------------------------------------------


def test_a_team_is_founded_once_and_the_ledger_hears_of_it(land: Country) -> None:
    first, again = team(land.villages[0]), team(land.villages[0])
    assert first == again
    row = Evidence.objects.get(kind="team_founded")
    assert (row.subject, row.on, row.detail["document"]) == (land.villages[0].uid, FOUNDED, "12/QĐ-UBND")


def test_a_founding_the_ledger_knows_is_not_told_twice(land: Country) -> None:
    unit_fact(land.villages[0], "team_founded", on=FOUNDED - DAY)
    team(land.villages[0])
    assert Evidence.objects.filter(kind="team_founded").count() == 1


def test_a_team_belongs_to_a_village_and_needs_its_decision(land: Country) -> None:
    with pytest.raises(BadInput, match="thôn, buôn"):
        team(land.ea_kar)
    with pytest.raises(BadInput, match="số quyết định"):
        found_team(land.villages[0], name="Tổ", document=" ", dated=FOUNDED, by=BY, today=TODAY)


def test_a_member_joins_once_and_not_before_the_founding(home: Village) -> None:
    add_member(home.team, home.minh, role=MemberRole.MEMBER, valid_from=TODAY, by=BY)
    assert home.team.memberships.count() == 1
    with pytest.raises(BadInput, match="ngày thành lập"):
        add_member(home.team, home.lan, role=MemberRole.MEMBER, valid_from=FOUNDED - DAY, by=BY)


def test_a_member_sees_own_teams_and_own_village_only(home: Village, land: Country) -> None:
    other = team(land.villages[1])
    person("Buôn bên", land.villages[1])
    assert list(teams_of(home.minh, on=TODAY)) == [home.team]
    assert {one.name for one in residents_of([home.team])} == {"Y Minh Êban", "Lan Niê", "Nguyễn Văn Năm"}
    assert not teams_of(home.lan, on=TODAY).exists()
    home.team.valid_to = TODAY - DAY
    home.team.save()
    assert not teams_of(home.minh, on=TODAY).exists()
    assert Team.objects.count() == 2
    assert other.unit == land.villages[1]


def test_a_team_sees_how_far_its_village_is(home: Village) -> None:
    _hold(home, _class(home, home.lan, names=("Bà Hai",)))
    _hold(home, _class(home, home.lan, home.nam))
    figures = team_figures(home.team, on=TODAY)
    assert (figures.guided, figures.classes, figures.unmatched) == (2, 2, 1)


def test_an_officer_sees_the_teams_and_names_of_the_own_commune(home: Village, land: Country) -> None:
    _hold(home, _class(home, names=("Bà Hai",)))
    hoa = account("hoa", RoleKind.COMMUNE_OFFICER, land.ea_kar)
    tuan = account("tuan", RoleKind.COMMUNE_OFFICER, land.ea_knop)
    binh = account("binh", RoleKind.PROVINCE_OFFICER, land.province)
    assert [unmatched_seen(who, on=TODAY).count() for who in (hoa, tuan, binh)] == [1, 0, 0]
    assert [teams_seen(who, on=TODAY).count() for who in (hoa, tuan, binh)] == [1, 0, 0]


# --- classes to come -------------------------------------------------------------------------------------------------------------


def test_planned_classes_are_found_in_their_place_from_a_day_on(home: Village, land: Country) -> None:
    now = clock.now()
    soon, later = (
        plan_class(
            home.team, skill="an-toan", starts_at=now + dt.timedelta(days=n), place="Nhà văn hóa", by=BY, now=now
        )
        for n in (1, 5)
    )
    assert list(classes_ahead(land.ea_kar, on=TODAY)) == [soon, later]
    assert list(classes_ahead(land.province, on=TODAY + 3 * DAY)) == [later]
    assert not classes_ahead(land.ea_knop, on=TODAY).exists()
    cancel_class(soon, by=BY)
    assert list(classes_ahead(land.villages[0], on=TODAY)) == [later]


def test_a_class_of_the_past_or_of_next_year_is_not_planned(home: Village) -> None:
    now = clock.now()
    for days in (-1, 400):
        with pytest.raises(BadInput, match="Giờ học"):
            plan_class(home.team, skill="an-toan", starts_at=now + dt.timedelta(days), place="Đình", by=BY, now=now)
