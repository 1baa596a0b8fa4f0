"""What is on its way to VNeID: counts for who sees figures, names and “Gửi lại” where the people are one's own."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from hocvuso.credentials.actions import ask_confirmation, note_delivery_attempt
from hocvuso.credentials.models import Delivery, DeliveryState
from hocvuso.credentials.rules import ATTEMPTS
from hocvuso.lib import clock
from hocvuso.people.models import Account, RoleKind
from tests.make.credentials import certified
from tests.make.people import account, person, signed_in
from tests.make.places import Country

pytestmark = pytest.mark.django_db
PAGE = reverse("vneid_deliveries")


@pytest.fixture
def cast(land: Country) -> dict[str, Account]:
    return {
        "hoa": account("hoa", RoleKind.COMMUNE_OFFICER, land.ea_kar),
        "tuan": account("tuan", RoleKind.COMMUNE_OFFICER, land.ea_knop),
        "binh": account("binh", RoleKind.PROVINCE_OFFICER, land.province),
    }


@pytest.fixture
def stuck(land: Country) -> Delivery:
    lan = person("Lan Niê", land.villages[0])
    delivery = ask_confirmation(certified(lan), by=lan.actor, now=clock.now())
    for _ in range(ATTEMPTS):
        note_delivery_attempt(delivery, outcome="retry", error="http_503", now=clock.now(), by=":test")
    return delivery


def page_of(who: Account, **query: str) -> str:
    answer: Any = signed_in(who).get(PAGE, query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_commune_sees_who_is_stuck_and_why_and_sends_again(cast: dict[str, Account], stuck: Delivery) -> None:
    page = page_of(cast["hoa"])
    assert "Lan Niê" in page
    assert "VNeID báo lỗi (503)" in page
    again = reverse("resend_delivery", args=[stuck.pk])
    client = signed_in(cast["hoa"])
    assert client.get(again).status_code == 405
    assert client.post(again).headers["Location"] == PAGE
    assert Delivery.objects.get().state == DeliveryState.WAITING
    assert client.post(again).status_code == 404, "it is not stuck any more"


def test_the_province_sees_how_many_and_no_name(cast: dict[str, Account], stuck: Delivery) -> None:
    page = page_of(cast["binh"])
    assert "Không gửi được" in page
    assert "Lan" not in page
    assert signed_in(cast["binh"]).post(reverse("resend_delivery", args=[stuck.pk])).status_code == 404
    assert Delivery.objects.get().state == DeliveryState.DEAD


def test_next_door_sees_neither_name_nor_number(cast: dict[str, Account], stuck: Delivery) -> None:
    page = page_of(cast["tuan"])
    assert "Lan" not in page
    assert 'data-label="Số kết quả">1<' not in page
    assert signed_in(cast["tuan"]).get(PAGE, {"noi": "24373"}).status_code == 404
    assert signed_in(cast["tuan"]).post(reverse("resend_delivery", args=[stuck.pk])).status_code == 404


def test_a_workplace_is_told_nothing_of_it(cast: dict[str, Account], stuck: Delivery, land: Country) -> None:
    for name, place in (("dung", land.department), ("mai", land.school)):
        kind = RoleKind.DEPARTMENT_OFFICER if name == "dung" else RoleKind.ORGANISATION_CONTACT
        client = signed_in(account(name, kind, place))
        assert client.get(PAGE).status_code == 404
        assert "VNeID" not in str(client.get(reverse("people")).content.decode())
