"""A citizen's way in: to the (stand-in for) VNeID and back, known or unknown, and every way it can fail."""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse

from hocvuso.audit.models import Entry
from hocvuso.lib import clock
from hocvuso.people.actions import NewPerson, enrol_persons, forget_ended_sessions
from hocvuso.people.models import Account, ExternalIdentity, Person
from hocvuso.people.queries import person_with_number
from tests.make.people import BY, TODAY
from tests.make.places import Country
from tests.make.vneid import LAN, MOI, Running, begin, come_in, follow, running_standin

pytestmark = pytest.mark.django_db


@pytest.fixture
def standin(settings: Any) -> Iterator[Running]:
    with running_standin(settings) as running:
        yield running


@pytest.fixture
def lan(land: Country) -> Person:
    enrol_persons(
        [NewPerson(LAN.name, 1964, "f", land.villages[0], None, "", "danh-sach", "lan", identity_number=LAN.number)],
        by=BY, today=TODAY,
    )  # fmt: skip
    return Person.objects.get(source_ref="lan")


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


# --- coming in -----------------------------------------------------------------------------------------------------------------


def test_the_page_has_one_button_and_nothing_is_ticked(standin: Running, client: Client) -> None:
    page = text_of(client.get(reverse("learner_sign_in"), {"next": "/hoc/bai-1/"}))
    assert "Vào bằng VNeID" in page
    assert re.search(r'<input type="checkbox"[^>]*name="chung"', page)
    assert "checked" not in page
    assert 'name="next" value="/hoc/bai-1/"' in page
    assert "không bao giờ hỏi" in page


def test_the_first_time_a_person_is_known_by_number_and_later_by_what_vneid_calls_them(
    standin: Running, lan: Person, client: Client
) -> None:
    answer = come_in(client, standin, "lan")
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("learner_home"))
    assert client.session["person"] == str(lan.pk)
    assert ExternalIdentity.objects.get().person == lan
    Person.objects.update(identity_match=None)
    again = Client()
    come_in(again, standin, "lan")
    assert again.session["person"] == str(lan.pk)
    assert Entry.objects.filter(verb="visit", object_id=str(lan.pk)).count() == 2


@pytest.mark.parametrize(("query", "minutes"), [({}, 720), ({"chung": "1"}, 15)])
def test_on_a_shared_phone_the_visit_is_short(
    standin: Running, lan: Person, client: Client, query: dict[str, str], minutes: int
) -> None:
    come_in(client, standin, "lan", **query)
    assert client.session.get_expiry_age() == minutes * 60
    assert client.session["shared_phone"] is bool(query)


@pytest.mark.parametrize(
    ("wanted", "there"),
    [
        ("/hoc/vao/?x=1", "/hoc/vao/?x=1"), ("https://ke-gian.example/", "/hoc/"), ("//ke-gian.example", "/hoc/"),
        ("message", "/hoc/"), ("hoc", "/hoc/"), ("", "/hoc/"),
    ],
)  # fmt: skip
def test_one_goes_on_only_inside_this_site(
    standin: Running, lan: Person, client: Client, wanted: str, there: str
) -> None:
    assert come_in(client, standin, "lan", next=wanted).headers["Location"] == there


def test_a_new_session_begins_and_nothing_of_the_attempt_stays_in_it(
    standin: Running, lan: Person, client: Client
) -> None:
    address = begin(client)
    before = client.session.session_key
    follow(client, standin.agree(address, "lan"))
    assert client.session.session_key != before
    assert set(client.session.keys()) <= {"person", "shared_phone", "seen", "_session_expiry"}


def test_signing_out_ends_the_visit_and_wipes_what_the_phone_has_shown(
    standin: Running, lan: Person, client: Client
) -> None:
    come_in(client, standin, "lan", chung="1")
    answer = client.post(reverse("learner_sign_out"))
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "person" not in client.session
    assert client.get(reverse("learner_sign_out")).status_code == 405


def test_nothing_personal_is_logged_or_stands_in_the_audit(
    standin: Running, land: Country, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        come_in(client, standin, "moi")
        client.post(reverse("vneid_home_place"), {"xa": "24373", "thon": "24373-01"})
    said = caplog.text + repr(list(Entry.objects.values_list()))
    assert MOI.number not in said
    assert "Mới" not in said
    assert not Account.objects.exists()


# --- the unknown ---------------------------------------------------------------------------------------------------------------


def test_an_unknown_citizen_says_where_they_live_and_is_written_in_once(
    standin: Running, land: Country, client: Client
) -> None:
    answer = come_in(client, standin, "moi", chung="1", next="/hoc/bai-1/")
    where = reverse("vneid_home_place")
    assert answer.headers["Location"] == where
    assert not Person.objects.exists()
    first = text_of(client.get(where))
    assert "Hoàng Văn Mới" in first
    assert "Xã Ea Kar" in first
    assert "Hãy chọn xã, phường" in text_of(client.get(where, {"xa": ""}))
    second = text_of(client.get(where, {"xa": land.ea_kar.code}))
    assert "Thôn 1" in second
    assert client.post(where, {"xa": land.ea_kar.code}).status_code == 400
    done = client.post(where, {"xa": land.ea_kar.code, "thon": land.villages[1].code})
    assert done.headers["Location"] == "/hoc/bai-1/"
    moi = Person.objects.get()
    assert (moi.name, moi.birth_year, moi.sex, moi.unit, moi.source) == (
        "Hoàng Văn Mới", 1990, "m", land.villages[1], "vneid",
    )  # fmt: skip
    assert person_with_number(MOI.number) == moi
    assert (client.session["person"], client.session["shared_phone"]) == (str(moi.pk), True)
    come_in(Client(), standin, "moi")
    assert Person.objects.count() == 1


def test_the_number_of_a_newcomer_is_not_readable_in_the_session(
    standin: Running, land: Country, client: Client
) -> None:
    come_in(client, standin, "moi")
    assert MOI.number not in repr(dict(client.session.items()))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM django_session")
        assert MOI.number not in repr(cursor.fetchall())


def test_two_windows_of_a_newcomer_make_one_person(standin: Running, land: Country) -> None:
    where, windows = reverse("vneid_home_place"), [Client(), Client()]
    for window in windows:
        come_in(window, standin, "moi")
    for window, village in zip(windows, land.villages, strict=False):
        assert window.post(where, {"xa": "24373", "thon": village.code}).status_code == 302
    assert Person.objects.get().unit == land.villages[0]


def test_a_village_of_another_commune_is_not_there(standin: Running, land: Country, client: Client) -> None:
    come_in(client, standin, "moi")
    for code in (land.villages[2].code, "24373", "\0"):
        answer = client.post(reverse("vneid_home_place"), {"xa": "24373", "thon": code})
        assert answer.status_code == 404
    assert not Person.objects.exists()


def test_nobody_is_asked_where_they_live_who_did_not_come_from_vneid(client: Client, land: Country) -> None:
    assert client.get(reverse("vneid_home_place")).headers["Location"] == reverse("learner_sign_in")


# --- what goes wrong -----------------------------------------------------------------------------------------------------------


def refused(answer: Any, says: str) -> None:
    page = text_of(answer)
    assert says in page
    assert "Chưa có gì thay đổi" in page
    assert not ExternalIdentity.objects.exists()
    assert not Entry.objects.filter(verb="visit").exists()


def test_who_says_no_is_told_that_nothing_happened(standin: Running, lan: Person, client: Client) -> None:
    refused(come_in(client, standin, ""), "Bạn đã bấm không đồng ý")
    assert "person" not in client.session


def test_an_answer_is_taken_once(standin: Running, lan: Person, client: Client) -> None:
    back = standin.agree(begin(client), "lan")
    follow(client, back)
    entries = Entry.objects.count()
    assert "đã dùng rồi" in text_of(follow(client, back))
    assert Entry.objects.count() == entries


def test_an_answer_is_taken_only_in_the_window_that_asked(standin: Running, lan: Person, client: Client) -> None:
    begin(client)
    refused(follow(client, standin.agree(begin(Client()), "lan")), "mở ở một máy khác")


def test_a_code_that_was_used_gets_nobody_in_under_a_new_state(standin: Running, lan: Person, client: Client) -> None:
    thief = Client()
    back = dict(parse_qsl(urlsplit(standin.agree(begin(client), "lan")).query))
    state = dict(parse_qsl(urlsplit(begin(thief)).query))["state"]
    stolen = thief.get(reverse("vneid_return"), back | {"state": state})
    refused(stolen, "Chưa vào được")


def test_the_button_pressed_twice_still_gets_one_in(standin: Running, lan: Person, client: Client) -> None:
    first, _second = begin(client), begin(client)
    follow(client, standin.agree(first, "lan"))
    assert client.session["person"] == str(lan.pk)


def test_ten_minutes_at_vneid_are_enough(standin: Running, lan: Person, client: Client) -> None:
    back = standin.agree(begin(client), "lan")
    with time_machine.travel(clock.real_now() + dt.timedelta(minutes=11)):
        refused(follow(client, back), "quá 10 phút")


def test_an_answer_that_names_another_provider_is_refused(standin: Running, lan: Person, client: Client) -> None:
    back = urlsplit(standin.agree(begin(client), "lan"))
    query = dict(parse_qsl(back.query)) | {"iss": "https://ke-gian.example"}
    refused(follow(client, f"http://testserver{back.path}?{urlencode(query)}"), "không đúng là của VNeID")


def test_when_vneid_is_away_the_page_says_so(lan: Person, settings: Any, client: Client) -> None:
    with running_standin(settings) as running:
        back = running.agree(begin(client), "lan")
    refused(follow(client, back), "VNeID chưa trả lời")
    refused(client.get(reverse("vneid_start")), "VNeID chưa trả lời")


def test_where_vneid_is_not_connected_there_is_no_button(settings: Any, client: Client) -> None:
    settings.VNEID_ISSUER = ""
    assert "Vào bằng VNeID</button>" not in text_of(client.get(reverse("learner_sign_in")))
    refused(client.get(reverse("vneid_start")), "chưa nối với VNeID")


def test_a_newcomer_who_goes_away_leaves_no_name_behind(standin: Running, land: Country, client: Client) -> None:
    come_in(client, standin, "moi")
    assert "Mới" in repr([session.get_decoded() for session in Session.objects.all()])
    forget_ended_sessions()
    assert Session.objects.exists(), "they are still choosing"
    with time_machine.travel(clock.real_now() + dt.timedelta(minutes=31)):
        forget_ended_sessions()
    assert not Session.objects.exists()
