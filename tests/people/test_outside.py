"""Who a person is to an outside provider, and where messages may reach them."""

from __future__ import annotations

import pytest
from django.db import connection

from hocvuso.audit.models import Entry
from hocvuso.lib.errors import BadInput, Refused
from hocvuso.people.actions import (
    NewPerson,
    agree_to_contact,
    enrol_persons,
    link_identity,
    note_visit,
    withdraw_contact,
)
from hocvuso.people.models import Contact, ContactChannel, ExternalIdentity, Person
from hocvuso.people.queries import contact_of, person_known_as, person_with_number
from tests.make.people import BY, TODAY, person
from tests.make.places import Country

ISSUER, NUMBER = "https://dinh-danh.example", "066190001234"
EMAIL = ContactChannel.EMAIL
pytestmark = pytest.mark.django_db


@pytest.mark.both
def test_a_provider_knows_a_person_by_its_own_name_once_linked(land: Country) -> None:
    lan, tuan = person("Lan Niê", land.villages[0]), person("Tuấn", land.villages[2])
    assert person_known_as(ISSUER, "s-1") is None
    for _ in range(2):
        link_identity(lan, issuer=ISSUER, subject="s-1", by=BY)
    assert person_known_as(ISSUER, "s-1") == lan
    assert person_known_as("https://khac.example", "s-1") is None
    with pytest.raises(Refused, match="một người khác"):
        link_identity(tuan, issuer=ISSUER, subject="s-1", by=BY)
    assert Entry.objects.filter(verb="link_identity").count() == ExternalIdentity.objects.count() == 1


def test_a_subject_that_is_an_identity_number_is_not_kept_in_the_clear(land: Country) -> None:
    lan = person("Lan Niê", land.villages[0])
    link_identity(lan, issuer=ISSUER, subject=NUMBER, by=BY)
    assert person_known_as(ISSUER, NUMBER) == lan
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_externalidentity")
        assert NUMBER not in repr(cursor.fetchall())


def test_a_person_is_found_by_number_and_a_number_of_other_length_is_refused(land: Country) -> None:
    enrol_persons(
        [
            NewPerson("Lan Niê", 1990, "f", land.villages[0], None, "", "danh-sach", "1", identity_number=NUMBER),
            NewPerson("Tuấn", 1991, "m", land.villages[0], None, "", "danh-sach", "2"),
        ],
        by=BY, today=TODAY,
    )  # fmt: skip
    assert person_with_number("066 190 001 234") == Person.objects.get(source_ref="1")
    assert person_with_number("066190001235") is None
    with pytest.raises(BadInput, match="12 chữ số"):
        person_with_number("123")


@pytest.mark.both
def test_an_address_is_kept_while_the_person_agrees_and_the_audit_never_holds_it(land: Country) -> None:
    lan = person("Lan Niê", land.villages[0])
    agree_to_contact(lan, EMAIL, " lan@example.vn ", by=lan.actor)
    agree_to_contact(lan, EMAIL, "lan@example.vn", by=lan.actor)
    agree_to_contact(lan, EMAIL, "lan.nie@example.vn", by=lan.actor)
    found = contact_of(lan, EMAIL)
    assert found is not None
    assert found.value == "lan.nie@example.vn"
    for _ in range(2):
        withdraw_contact(lan, EMAIL, by=lan.actor)
    assert not Contact.objects.exists()
    verbs = Entry.objects.filter(object_id=str(lan.pk)).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["agree_to_contact", "agree_to_contact", "withdraw_contact"]
    assert "example" not in repr(Entry.objects.values_list())


@pytest.mark.parametrize("wrong", ["", "lan", "lan@", "lan@example.vn\nBcc: x@y.vn", "a" * 250 + "@example.vn"])
def test_what_is_no_address_is_refused(land: Country, wrong: str) -> None:
    with pytest.raises(BadInput, match="Địa chỉ thư"):
        agree_to_contact(person("Lan Niê", land.villages[0]), EMAIL, wrong, by=BY)
    assert not Contact.objects.exists()


def test_a_visit_is_remembered_without_a_personal_value(land: Country) -> None:
    lan = person("Lan Niê", land.villages[0])
    note_visit(lan)
    entry = Entry.objects.get(verb="visit")
    assert (entry.actor, entry.object_id, entry.fields) == (f"person:{lan.pk}", str(lan.pk), [])
