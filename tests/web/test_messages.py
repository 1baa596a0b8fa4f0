"""A citizen's inbox, and the address they give or take back."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hocvuso.messages.models import Message
from hocvuso.people.models import Contact, Person
from tests.make.messages import message, reachable
from tests.make.people import person
from tests.make.places import Country

pytestmark = pytest.mark.django_db
LIST, CONTACT = reverse("message_list"), reverse("contact")


@pytest.fixture
def lan(land: Country) -> Person:
    return person("Lan Niê", land.villages[0])


@pytest.fixture
def phone(lan: Person, client: Client) -> Client:
    session = client.session
    session["person"] = str(lan.pk)
    session.save()
    return client


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_message_is_marked_until_it_has_been_opened(phone: Client, lan: Person) -> None:
    assert "chưa có tin nhắn nào" in text_of(phone.get(LIST))
    sent = message(lan, body="Bạn đã đạt.\nXem ở mục Giấy xác nhận.")
    assert "1 tin chưa đọc" in text_of(phone.get(reverse("learner_home")))
    assert "Chưa đọc:" in text_of(phone.get(LIST))
    page = text_of(phone.get(reverse("message", args=[sent.pk])))
    assert "Bạn đã đạt.<br>Xem ở mục" in page
    assert "Chưa đọc:" not in text_of(phone.get(LIST))
    assert "chưa đọc" not in text_of(phone.get(reverse("learner_home")))


def test_what_stands_in_a_message_is_text_and_no_page(phone: Client, lan: Person) -> None:
    sent = message(lan, subject="<b>Chào</b>", body="<script>alert(1)</script>")
    page = text_of(phone.get(reverse("message", args=[sent.pk])))
    assert "<script>alert" not in page
    assert "<b>Chào</b>" not in page


def test_somebody_elses_message_is_not_there(phone: Client, land: Country) -> None:
    sent = message(person("Tuấn", land.villages[2]))
    assert phone.get(reverse("message", args=[sent.pk])).status_code == 404
    assert Message.objects.get().read_at is None


def test_nothing_is_ticked_beforehand_and_without_the_tick_nothing_is_kept(phone: Client) -> None:
    assert "checked" not in text_of(phone.get(CONTACT))
    answer = phone.post(CONTACT, {"dia-chi": "lan@example.vn"})
    assert answer.status_code == 400
    assert "đánh dấu vào ô đồng ý" in text_of(answer)
    assert 'value="lan@example.vn"' in text_of(answer)
    assert not Contact.objects.exists()


def test_an_address_is_given_changed_and_taken_back(phone: Client, lan: Person) -> None:
    for address in ("lan@example.vn", "lan.nie@example.vn"):
        assert phone.post(CONTACT, {"dia-chi": address, "dong-y": "1"}).headers["Location"] == CONTACT
    page = text_of(phone.get(CONTACT))
    assert "lan.nie@example.vn" in page
    assert "chưa gửi được thư điện tử" in page, "no server is set"
    phone.post(CONTACT, {"thoi": "1"})
    assert not Contact.objects.exists()


def test_a_wrong_address_is_shown_again_with_what_is_wrong(phone: Client) -> None:
    answer = phone.post(CONTACT, {"dia-chi": "lan@", "dong-y": "1"})
    assert answer.status_code == 400
    assert "Địa chỉ thư chưa đúng" in text_of(answer)


def test_an_address_is_shown_to_its_owner_only(phone: Client, land: Country) -> None:
    reachable(person("Tuấn", land.villages[2]), "tuan@example.vn")
    assert "tuan@example.vn" not in text_of(phone.get(CONTACT))


def test_a_number_is_asked_for_only_where_messages_can_go(phone: Client, lan: Person, settings: Any) -> None:
    assert "chưa gửi được tin Zalo" in text_of(phone.get(CONTACT))
    assert phone.post(CONTACT, {"kenh": "sms", "dia-chi": "0912345678", "dong-y": "1"}).status_code == 400
    settings.SMS_URL = "https://sms.example/gui"
    page = text_of(phone.get(CONTACT))
    assert "Số điện thoại di động của bạn" in page
    assert "Số điện thoại dùng Zalo" not in page
    refused = phone.post(CONTACT, {"kenh": "sms", "dia-chi": "0262 3851 234", "dong-y": "1"})
    assert refused.status_code == 400
    assert 'href="#dia-chi-sms"' in text_of(refused)
    assert 'value="0262 3851 234"' in text_of(refused)
    phone.post(CONTACT, {"kenh": "sms", "dia-chi": "0912 345 678", "dong-y": "1"})
    assert "0912 345 678" in text_of(phone.get(CONTACT))
    settings.SMS_URL = ""
    assert "Thôi nhận tin SMS" in text_of(phone.get(CONTACT)), "whoever has agreed can always take it back"
    phone.post(CONTACT, {"kenh": "sms", "thoi": "1"})
    assert not Contact.objects.exists()
    assert phone.post(CONTACT, {"kenh": "fax", "dia-chi": "1", "dong-y": "1"}).status_code == 400
