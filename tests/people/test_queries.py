"""What each of the cast may see: never a neighbour's people, never more than the role holds today."""

from __future__ import annotations

import datetime as dt

import pytest

from hocvuso.lib.errors import UnknownName
from hocvuso.people.actions import end_role, grant_role
from hocvuso.people.models import Account, Person, Role, RoleKind
from hocvuso.people.queries import (
    account_named,
    find_persons,
    has_right,
    rights_of,
    visible_organisations,
    visible_persons,
    visible_units,
)
from hocvuso.people.rules import Right
from hocvuso.places.models import Level, Place
from tests.make.kept import kept
from tests.make.people import account, person
from tests.make.places import Country, unit

TODAY = dt.date(2025, 10, 17)
pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(land: Country) -> dict[str, Account]:
    return kept("cast", lambda: _cast(land))


def _cast(land: Country) -> dict[str, Account]:
    person("Lan", land.villages[0])
    person("Người Ea Kar", land.ea_kar)
    person("Người Ea Knốp", land.villages[2])
    person("Cán bộ Sở", land.villages[3], org=land.department, group="officials")
    person("Cán bộ xã", land.villages[2], org=land.ubnd, group="officials")
    person("Trò ở Ea Knốp", land.villages[2], org=land.school, group="students", born=2009)
    places: dict[str, tuple[RoleKind, Place]] = {
        "hoa": (RoleKind.COMMUNE_OFFICER, land.ea_kar), "tuan": (RoleKind.COMMUNE_OFFICER, land.ea_knop),
        "binh": (RoleKind.PROVINCE_OFFICER, land.province), "dung": (RoleKind.DEPARTMENT_OFFICER, land.department),
        "mai": (RoleKind.ORGANISATION_CONTACT, land.school), "ha": (RoleKind.STEERING, land.ea_kar),
        "an": (RoleKind.ADMINISTRATOR, land.province),
    }  # fmt: skip
    return {name: account(name, kind, place) for name, (kind, place) in places.items()}


@pytest.mark.parametrize(
    ("who", "names"),
    [
        (
            "hoa",
            {"Lan", "Người Ea Kar", "Cán bộ xã", "Trò ở Ea Knốp"},
        ),  # who lives here, and who works or learns at her offices
        ("tuan", {"Người Ea Knốp", "Cán bộ Sở", "Cán bộ xã", "Trò ở Ea Knốp"}),
        ("dung", {"Cán bộ Sở"}),
        ("mai", {"Trò ở Ea Knốp"}),
        ("binh", set()),  # the province steers by figures
        ("ha", set()),
        ("an", set()),
    ],
)
def test_who_sees_whose_name(cast: dict[str, Account], who: str, names: set[str]) -> None:
    assert {p.name for p in visible_persons(cast[who], on=TODAY)} == names


@pytest.mark.parametrize(
    ("who", "codes"),
    [
        ("hoa", {"VN", "66", "24373", "24373-01", "24373-02"}),
        ("tuan", {"VN", "66", "24400", "24400-01", "24400-02"}),
        ("ha", {"VN", "66", "24373", "24373-01", "24373-02"}),
        ("binh", {"VN", "66", "24373", "24373-01", "24373-02", "24400", "24400-01", "24400-02"}),
        ("dung", {"VN", "66"}),
        ("mai", {"VN", "66", "24373"}),
        ("an", set()),
    ],
)
def test_who_sees_whose_figures(cast: dict[str, Account], who: str, codes: set[str]) -> None:
    assert {u.code for u in visible_units(cast[who], on=TODAY)} == codes


@pytest.mark.parametrize(
    ("who", "codes"),
    [
        ("hoa", {"24373-ubnd", "24373-thpt"}),  # not the department, which only stands in her commune
        ("tuan", set()),
        ("binh", {"66-so-khcn", "24373-ubnd", "24373-thpt"}),
        ("dung", {"66-so-khcn"}),
        ("mai", {"24373-thpt"}),
        ("an", set()),
    ],
)
def test_who_sees_which_office(cast: dict[str, Account], who: str, codes: set[str]) -> None:
    assert {o.code for o in visible_organisations(cast[who], on=TODAY)} == codes


def test_with_another_right_the_line_above_does_not_come_along(cast: dict[str, Account]) -> None:
    """Totals of the province name nobody; its reports are not a commune's to write."""
    assert {u.code for u in visible_units(cast["hoa"], on=TODAY, right=Right.REPORTS)} == {
        "24373",
        "24373-01",
        "24373-02",
    }
    assert not visible_units(cast["ha"], on=TODAY, right=Right.TASKS).exists()


def test_a_commune_whose_code_begins_like_hers_stays_out_of_sight(land: Country, cast: dict[str, Account]) -> None:
    person("Hàng xóm", unit("243731", "Xã Ea Kar Mới", Level.COMMUNE, "xã", land.province))
    assert "Hàng xóm" not in {p.name for p in visible_persons(cast["hoa"], on=TODAY)}


def test_when_a_role_ends_nothing_is_seen_any_more(cast: dict[str, Account]) -> None:
    for role in Role.objects.all():
        end_role(role, by=":test", today=TODAY)
    for who in cast.values():
        assert rights_of(who, on=TODAY) == frozenset()
        assert not visible_persons(who, on=TODAY).exists()
        assert not visible_units(who, on=TODAY).exists()
        assert not visible_organisations(who, on=TODAY).exists()


def test_a_role_of_next_month_shows_nothing_today(land: Country) -> None:
    hoa = account("hoa", RoleKind.COMMUNE_OFFICER, land.ea_kar)
    Role.objects.update(valid_from=dt.date(2025, 11, 1))
    assert not visible_units(hoa, on=TODAY).exists()
    assert visible_units(hoa, on=dt.date(2025, 11, 1)).exists()


def test_two_roles_show_both_places_and_no_third(land: Country, cast: dict[str, Account]) -> None:
    grant_role(cast["mai"], RoleKind.COMMUNE_OFFICER, by=":test", valid_from=TODAY, unit=land.ea_knop)
    names = {p.name for p in visible_persons(cast["mai"], on=TODAY)}
    assert "Lan" not in names
    assert names >= {"Người Ea Knốp", "Trò ở Ea Knốp"}


def test_an_account_switched_off_has_no_rights_and_sees_nobody(cast: dict[str, Account]) -> None:
    hoa = cast["hoa"]
    hoa.is_active = False
    hoa.save()
    assert rights_of(hoa, on=TODAY) == frozenset()
    assert not has_right(hoa, Right.FIGURES, on=TODAY)
    assert not visible_persons(hoa, on=TODAY).exists()
    assert not visible_units(hoa, on=TODAY).exists()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["Đặng Văn Ân", "Lan Niê", "Nguyễn Thị Lan"]),
        ("lan", ["Lan Niê", "Nguyễn Thị Lan"]),
        ("NGUYEN", ["Nguyễn Thị Lan"]),
        ("đặng  văn", ["Đặng Văn Ân"]),
        ("dang van an", ["Đặng Văn Ân"]),
        ("%", []),
        ("_", []),
    ],
)
def test_names_are_found_with_and_without_marks(land: Country, asked: str, found: list[str]) -> None:
    for name in ("Nguyễn Thị Lan", "Lan Niê", "Đặng Văn Ân"):
        person(name, land.villages[0])
    assert [p.name for p in find_persons(Person.objects.all(), asked)] == found


def test_an_unknown_account_is_named() -> None:
    with pytest.raises(UnknownName, match="“ai-do”"):
        account_named("ai-do")
