"""Taking a certificate back: the officer where the holder lives, and nobody else."""

from __future__ import annotations

import pytest
from django.urls import reverse

from hocvuso.audit.models import Entry
from hocvuso.credentials.models import Certificate, Revocation
from hocvuso.people.models import Account, Person
from tests.make.credentials import certified
from tests.make.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(office: dict[str, Account]) -> Certificate:
    return certified(Person.objects.get(name="Lan Niê"))


def _address(paper: Certificate) -> str:
    return reverse("certificate_revocation", args=[paper.person_id, paper.pk])


def test_the_commune_officer_takes_a_certificate_back_with_a_reason(
    office: dict[str, Account], paper: Certificate
) -> None:
    hoa = signed_in(office["hoa"])
    person_page = reverse("person", args=[paper.person_id])
    assert _address(paper) in hoa.get(person_page).content.decode()
    refused = hoa.post(_address(paper))
    assert refused.status_code == 400
    assert "Hãy chọn lý do thu hồi" in refused.content.decode()
    assert hoa.post(_address(paper), {"reason": "mistake"}).status_code == 302
    assert Revocation.objects.get().certificate == paper
    entry = Entry.objects.get(verb="revoke_certificate")
    assert (entry.actor, entry.object_id, entry.fields) == (office["hoa"].actor, paper.pk, ["mistake"])
    text = hoa.get(person_page).content.decode()
    assert "đã bị thu hồi ngày 17/10/2025, lý do: cấp nhầm" in text
    assert _address(paper) not in text
    assert hoa.post(_address(paper), {"reason": "mistake"}).status_code == 400


@pytest.mark.parametrize("who", ["binh", "tuan", "dung", "mai", "ha", "an"])
def test_nobody_else_takes_it_back(office: dict[str, Account], paper: Certificate, who: str) -> None:
    client = signed_in(office[who])
    assert client.get(_address(paper)).status_code == 404
    assert client.post(_address(paper), {"reason": "mistake"}).status_code == 404
    assert not Revocation.objects.exists()


def test_a_certificate_is_found_under_its_holder_only(office: dict[str, Account], paper: Certificate) -> None:
    other = Person.objects.get(name="Trò Êban")
    address = reverse("certificate_revocation", args=[other.pk, paper.pk])
    assert signed_in(office["hoa"]).get(address).status_code == 404


def test_a_school_sees_no_certificate_of_its_people(office: dict[str, Account]) -> None:
    student = Person.objects.get(name="Trò Êban")
    held = certified(student)
    page = reverse("person", args=[student.pk])
    assert held.pk in signed_in(office["hoa"]).get(page).content.decode()
    assert held.pk not in signed_in(office["mai"]).get(page).content.decode()
