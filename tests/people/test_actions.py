"""People come in whole lists or not at all; a number is kept so that it can be matched and not read."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django_otp.plugins.otp_totp.models import TOTPDevice

from hocvuso.audit.models import Entry
from hocvuso.lib.errors import BadInput, Refused
from hocvuso.lib.ids import new_id
from hocvuso.people.actions import (
    NewHousehold,
    NewPerson,
    add_households,
    add_totp_device,
    end_role,
    enrol_persons,
    grant_role,
    mark_key,
    open_account,
)
from hocvuso.people.identity import IdentityVault
from hocvuso.people.models import Account, Household, KeyMark, Person, Role, RoleKind
from hocvuso.people.queries import rights_of, vault, written_under_another_key
from hocvuso.people.rules import PLACES_OF_ROLE, RIGHTS_OF_ROLE, Right, roles_with
from tests.make.people import PASSWORD, account
from tests.make.places import Country

TODAY = dt.date(2025, 10, 17)
NUMBER, OTHER = "066190001234", "066190005678"
pytestmark = pytest.mark.django_db


def row(land: Country, ref: str = "1", **change: Any) -> NewPerson:
    lan = NewPerson(
        name="Lan Niê", birth_year=1990, sex="f", unit=land.villages[0], org=None, group="", source="danh-sach", source_ref=ref
    )  # fmt: skip
    return replace(lan, **change)


def enrol(*rows: NewPerson) -> tuple[int, int]:
    done = enrol_persons(rows, by=":test", today=TODAY)
    return done.new, done.known


# --- lists ---------------------------------------------------------------------------------------------------------------


@pytest.mark.both
def test_a_row_sent_twice_changes_nothing(land: Country) -> None:
    lan = row(land, identity_number=NUMBER)
    assert enrol(lan, lan) == (1, 1)
    before = Person.objects.values().get()
    assert enrol(row(land, name="Tên khác", birth_year=1950, identity_number=NUMBER)) == (0, 1)
    assert Person.objects.values().get() == before


@pytest.mark.both
@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"name": "  "}, "họ tên"),
        ({"source_ref": ""}, "mã nguồn"),
        ({"source": ""}, "mã nguồn"),
        ({"birth_year": 1899}, "1900 đến 2025"),
        ({"birth_year": 2026}, "1900 đến 2025"),
        ({"unit": None}, "nơi ở"),
        ({"identity_number": "12345"}, "12 chữ số"),
        ({"sex": "nữ"}, "giới tính"),
        ({"group": "official"}, "nhóm"),  # a slip of the pen would never be counted anywhere
        ({"name": "x" * 121}, "quá dài"),
        ({"source_ref": "x" * 81}, "quá dài"),
        ({"source": "x" * 41}, "quá dài"),
    ],
)
def test_one_bad_row_refuses_the_whole_list_and_names_its_line_not_its_content(
    land: Country, change: dict[str, Any], why: str
) -> None:
    bad = row(land, **{"source_ref": "2", **change})
    with pytest.raises(BadInput, match=f"Dòng 2.*{why}") as refusal:
        enrol(row(land), bad)
    assert not Person.objects.exists()
    assert not Entry.objects.filter(verb="enrol_persons").exists()
    assert "Lan" not in str(refusal.value)
    assert "12345" not in str(refusal.value)


@pytest.mark.both
def test_a_number_under_another_name_refuses_the_list_and_half_of_it_is_not_written(land: Country) -> None:
    enrol(row(land, "1", identity_number=NUMBER))
    for rows in (
        [row(land, "2"), row(land, "3", identity_number=NUMBER)],
        [row(land, "2", identity_number=OTHER), row(land, "3", identity_number=f"{OTHER[:6]} {OTHER[6:]}")],
    ):
        with pytest.raises(BadInput, match="Dòng 2.*đã thuộc về một người khác") as refusal:
            enrol(*rows)
        assert Person.objects.count() == 1
        assert NUMBER not in str(refusal.value)
        assert OTHER not in str(refusal.value)


def test_many_rows_with_numbers_are_looked_up_in_pieces(land: Country) -> None:
    rows = [row(land, str(n), identity_number=f"0661900{n:05d}") for n in range(1203)]
    assert enrol(*rows) == (1203, 0)
    again = replace(rows[-1], source_ref="y")
    with pytest.raises(BadInput, match="Dòng 1203"):
        enrol(*[replace(one, source_ref=f"x{one.source_ref}", identity_number="") for one in rows[:-1]], again)
    assert Person.objects.count() == 1203


def test_a_number_is_nowhere_in_the_clear(land: Country) -> None:
    enrol(row(land, identity_number=NUMBER))
    lan = Person.objects.get()
    assert lan.identity_match == vault().match(NUMBER)
    assert vault().open(bytes(lan.identity_sealed or b"")) == NUMBER
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_person")
        assert NUMBER not in repr(cursor.fetchall())
    assert NUMBER not in repr(Entry.objects.values_list())
    assert NUMBER not in repr(lan)


def test_a_name_is_kept_as_written_and_found_without_marks(land: Country) -> None:
    enrol(row(land, name="  Đặng Thị Hường "))
    lan = Person.objects.get()
    assert (lan.name, lan.folded) == ("Đặng Thị Hường", "dang thi huong")


def test_the_audit_tells_how_many_and_never_who(land: Country) -> None:
    enrol(row(land, "1"), row(land, "2"))
    entry = Entry.objects.get(verb="enrol_persons")
    assert (entry.object_id, entry.fields) == ("danh-sach", ["2"])
    assert "Lan" not in repr(Entry.objects.values_list())


def test_an_empty_list_is_no_error() -> None:
    assert enrol() == (0, 0)


def test_a_household_known_by_its_id_stays_as_it_is(land: Country) -> None:
    home = NewHousehold(new_id(), land.villages[0], "Nhà Lan")
    assert add_households([home], by=":test").new == 1
    assert add_households([replace(home, label="Khác")], by=":test").known == 1
    assert Household.objects.get().label == "Nhà Lan"


# --- accounts and roles --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("password", ["ngan", "12345678901234", "password1234", "hoa-nguyen-thi"])
def test_a_weak_password_opens_no_account(password: str) -> None:
    with pytest.raises(BadInput) as refusal:
        open_account("hoa-nguyen-thi", full_name="Hoa", password=password, by=":test")
    assert not Account.objects.exists()
    assert password == "hoa-nguyen-thi" or password not in str(refusal.value)


def test_a_user_name_is_taken_once_and_the_password_is_not_kept() -> None:
    made = open_account("hoa", full_name="Hoa", password=PASSWORD, by=":test")
    with pytest.raises(Refused, match="“hoa”"):
        open_account("hoa", full_name="Khác", password=PASSWORD, by=":test")
    assert made.check_password(PASSWORD)
    assert PASSWORD not in repr(Account.objects.values().get()) + repr(Entry.objects.values_list())


def test_a_new_device_replaces_the_old_one() -> None:
    hoa = open_account("hoa", full_name="Hoa", password=PASSWORD, by=":test")
    old, new = add_totp_device(hoa, by=":test"), add_totp_device(hoa, by=":test")
    assert old.key != new.key
    assert TOTPDevice.objects.get() == new


def test_a_role_ends_yesterday_and_rights_end_with_it(land: Country) -> None:
    hoa = account("hoa", RoleKind.COMMUNE_OFFICER, land.ea_kar)
    assert Right.PEOPLE in rights_of(hoa, on=TODAY)
    end_role(Role.objects.get(), by=":test", today=TODAY)
    assert rights_of(hoa, on=TODAY) == frozenset()
    assert Right.PEOPLE in rights_of(hoa, on=TODAY - dt.timedelta(days=1))
    assert Role.objects.count() == 1


def test_a_role_granted_again_after_its_end_counts_again_and_twice_is_once(land: Country) -> None:
    hoa = account("hoa", RoleKind.COMMUNE_OFFICER, land.ea_kar)
    end_role(Role.objects.get(), by=":test", today=TODAY)
    for _ in range(2):
        grant_role(hoa, RoleKind.COMMUNE_OFFICER, by=":test", valid_from=TODAY, unit=land.ea_kar)
    assert Right.PEOPLE in rights_of(hoa, on=TODAY)
    assert Role.objects.count() == 2


def test_a_role_stands_at_exactly_one_place(land: Country) -> None:
    hoa = open_account("hoa", full_name="Hoa", password=PASSWORD, by=":test")
    for places in ({}, {"unit": land.ea_kar, "org": land.ubnd}):
        with pytest.raises(BadInput, match="đúng một"):
            grant_role(hoa, RoleKind.COMMUNE_OFFICER, by=":test", valid_from=TODAY, **places)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", RoleKind)
def test_a_role_is_only_given_where_it_fits(land: Country, kind: RoleKind) -> None:
    hoa = open_account("hoa", full_name="Hoa", password=PASSWORD, by=":test")
    places = {
        "nation": {"unit": land.nation}, "province": {"unit": land.province}, "commune": {"unit": land.ea_kar},
        "village": {"unit": land.villages[0]}, "org": {"org": land.department},
    }  # fmt: skip
    for sort, where in places.items():
        if sort in PLACES_OF_ROLE[kind]:
            grant_role(hoa, kind, by=":test", valid_from=TODAY, **where)  # type: ignore[arg-type]
        else:
            with pytest.raises(BadInput, match="không giao được"):
                grant_role(hoa, kind, by=":test", valid_from=TODAY, **where)  # type: ignore[arg-type]


def test_names_are_for_those_next_to_the_people_and_never_for_a_whole_province() -> None:
    assert set(RIGHTS_OF_ROLE) == set(PLACES_OF_ROLE) == set(RoleKind.values)
    for kind in roles_with(Right.PEOPLE):
        assert PLACES_OF_ROLE[kind] <= {"commune", "org"}, kind


# --- the key -------------------------------------------------------------------------------------------------------------


def test_a_database_remembers_the_key_it_was_written_under(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not written_under_another_key()
    mark_key()
    mark_key()
    assert KeyMark.objects.count() == 1
    assert not written_under_another_key()
    monkeypatch.setattr("hocvuso.people.queries.vault", lambda: IdentityVault(b"another key, thirty-two bytes lo"))
    assert written_under_another_key()
    mark_key()
    assert KeyMark.objects.count() == 1
