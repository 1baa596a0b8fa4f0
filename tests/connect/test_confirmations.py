"""Confirmations reach the other side once, whatever happens on the way; only its reply makes them confirmed."""

from __future__ import annotations

import datetime as dt
import logging
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from hocvuso.audit.models import Entry
from hocvuso.connect.http import through
from hocvuso.connect.vneid import jobs
from hocvuso.connect.vneid.jobs import deliver_confirmations
from hocvuso.connect.vneid.standin.receiver import Mood
from hocvuso.credentials.actions import ask_confirmation
from hocvuso.credentials.models import Delivery, DeliveryState
from hocvuso.credentials.rules import ATTEMPTS
from hocvuso.evidence.models import Evidence
from hocvuso.evidence.queries import ladder_of
from hocvuso.lib import clock
from hocvuso.messages.models import Message
from hocvuso.people.actions import NewPerson, enrol_persons
from hocvuso.people.models import Person
from tests.make.credentials import certified
from tests.make.people import BY, TODAY
from tests.make.places import Country
from tests.make.vneid import LAN, Running, running_standin

pytestmark = pytest.mark.django_db
LATER = dt.timedelta(days=2)


@pytest.fixture
def standin(settings: Any) -> Iterator[Running]:
    with running_standin(settings, slow=0.2) as running:
        yield running


@pytest.fixture
def lan(land: Country) -> Person:
    return enrolled(land, "lan", LAN.number)


def enrolled(land: Country, ref: str, number: str) -> Person:
    row = NewPerson("Lan Niê", 1964, "f", land.villages[0], None, "", "danh-sach", ref, identity_number=number)
    enrol_persons([row], by=BY, today=TODAY)
    return Person.objects.get(source_ref=ref)


def asked(who: Person) -> Delivery:
    return ask_confirmation(certified(who), by=who.actor, now=clock.now())


def now_of(delivery: Delivery) -> Delivery:
    return Delivery.objects.get(pk=delivery.pk)


def let_time_pass(monkeypatch: pytest.MonkeyPatch, *, times: int = 1) -> None:
    at = jobs._now() + LATER * times
    monkeypatch.setattr(jobs, "_now", lambda: at)


@pytest.mark.both
def test_certified_becomes_confirmed_by_the_reply_and_not_before(standin: Running, lan: Person) -> None:
    delivery = asked(lan)
    assert ladder_of([lan.pk], on=TODAY)[lan.pk] == "certified"
    assert [deliver_confirmations(), deliver_confirmations()] == [1, 0]
    done = now_of(delivery)
    assert (done.state, done.replied_on) == (DeliveryState.CONFIRMED, TODAY)
    assert done.reference == standin.app.receiver.kept[str(delivery.pk)]["reference"]
    row = Evidence.objects.get(kind="vneid_confirmed")
    assert (row.source, row.on, row.detail) == ("vneid", TODAY, {"reference": done.reference})
    assert ladder_of([lan.pk], on=TODAY)[lan.pk] == "confirmed"


@pytest.mark.parametrize(
    ("mood", "subject"),
    [(Mood.WELL, "VNeID đã xác nhận kết quả của bạn"), (Mood.REFUSES, "VNeID chưa nhận kết quả của bạn")],
)
def test_the_person_is_told_once_it_is_decided(standin: Running, lan: Person, mood: Mood, subject: str) -> None:
    delivery = asked(lan)
    standin.app.receiver.mood = mood
    deliver_confirmations()
    deliver_confirmations()
    told = Message.objects.get(person=lan, kind="confirmation")
    assert told.subject == subject
    assert delivery.certificate_id in told.body
    assert "{" not in told.body


def test_nobody_is_told_of_a_try_that_failed(standin: Running, lan: Person) -> None:
    asked(lan)
    standin.app.receiver.mood = Mood.BREAKS
    deliver_confirmations()
    assert not Message.objects.filter(kind="confirmation").exists()


def test_in_the_demo_the_evidence_says_that_it_is_simulated(standin: Running, lan: Person, settings: Any) -> None:
    settings.DEMO = True
    asked(lan)
    deliver_confirmations()
    assert Evidence.objects.get(kind="vneid_confirmed").source == "mo-phong-vneid"


def test_the_number_is_opened_for_the_request_only(
    standin: Running, lan: Person, caplog: pytest.LogCaptureFixture
) -> None:
    sent: list[httpx.Request] = []

    def far(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(500)

    asked(lan)
    with caplog.at_level(logging.DEBUG), through(httpx.MockTransport(far)):
        deliver_confirmations()
    assert LAN.number in sent[0].content.decode()
    assert b"Lan" not in sent[0].content
    assert LAN.number not in caplog.text + repr(Delivery.objects.values().get()) + repr(Entry.objects.values_list())


@pytest.mark.both
def test_a_kill_between_sending_and_noting_sends_again_and_counts_once(
    standin: Running, lan: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = asked(lan)

    def killed(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(jobs, "_note", killed)
        with pytest.raises(KeyboardInterrupt):
            deliver_confirmations()
    assert now_of(delivery).state == DeliveryState.WAITING
    assert len(standin.app.receiver.kept) == 1
    assert deliver_confirmations() == 1
    assert len(standin.app.receiver.kept) == 1
    assert Evidence.objects.filter(kind="vneid_confirmed").count() == 1


@pytest.mark.parametrize("mood", [Mood.BREAKS, Mood.LOSES_THE_REPLY])
def test_after_a_fault_it_is_tried_again_until_it_is_answered(
    standin: Running, lan: Person, mood: Mood, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = asked(lan)
    standin.app.receiver.mood = mood
    assert deliver_confirmations() == 0
    failed = now_of(delivery)
    assert (failed.state, failed.attempts) == (DeliveryState.SENT, 1)
    assert failed.last_error.startswith("http_5")
    assert not Evidence.objects.filter(kind="vneid_confirmed").exists()
    assert deliver_confirmations() == 0, "not due yet"
    standin.app.receiver.mood = Mood.WELL
    let_time_pass(monkeypatch)
    assert deliver_confirmations() == 1
    assert len(standin.app.receiver.kept) == 1


def test_an_answer_that_comes_too_late_is_asked_for_again(
    standin: Running, lan: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hocvuso.connect.http.ANSWER", 0.1)
    delivery = asked(lan)
    standin.app.receiver.mood = Mood.IS_SLOW
    assert deliver_confirmations() == 0
    assert now_of(delivery).last_error == "timeout"
    standin.app.receiver.mood = Mood.WELL
    let_time_pass(monkeypatch)
    assert deliver_confirmations() == 1


def test_what_is_refused_is_not_sent_again(standin: Running, lan: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = asked(lan)
    standin.app.receiver.mood = Mood.REFUSES
    deliver_confirmations()
    assert now_of(delivery).state == DeliveryState.REFUSED
    standin.app.receiver.mood = Mood.WELL
    let_time_pass(monkeypatch)
    assert deliver_confirmations() == 0


def test_after_many_tries_it_is_given_up_and_shown(
    standin: Running, lan: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = asked(lan)
    standin.app.receiver.mood = Mood.BREAKS
    for times in range(ATTEMPTS):
        deliver_confirmations()
        assert now_of(delivery).attempts == times + 1
        let_time_pass(monkeypatch)
    assert now_of(delivery).state == DeliveryState.DEAD


def test_where_nobody_is_there_only_one_is_tried_in_a_round(land: Country, settings: Any) -> None:
    settings.VNEID_CONFIRM_URL, settings.VNEID_CLIENT_SECRET = "http://127.0.0.1:9/xac-nhan", "bi-mat"
    for n in range(3):
        asked(enrolled(land, str(n), f"06619000000{n}"))
    assert deliver_confirmations() == 0
    assert sorted(Delivery.objects.values_list("attempts", flat=True)) == [0, 0, 1]
    assert set(Delivery.objects.exclude(attempts=0).values_list("last_error", flat=True)) == {"no_answer"}


def test_without_an_address_they_wait(lan: Person, settings: Any) -> None:
    settings.VNEID_CONFIRM_URL = ""
    delivery = asked(lan)
    assert deliver_confirmations() == 0
    assert (now_of(delivery).state, now_of(delivery).attempts) == (DeliveryState.WAITING, 0)


def test_who_has_no_number_cannot_be_named_to_vneid(standin: Running, lan: Person) -> None:
    delivery = asked(lan)
    Person.objects.update(identity_sealed=None)
    deliver_confirmations()
    assert (now_of(delivery).state, now_of(delivery).last_error) == (DeliveryState.REFUSED, "no_number")


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ({"json": {"reference": "VN-1"}}, "not_readable"),
        ({"json": {"reference": "", "confirmed_on": "2025-10-17"}}, "no_reference"),
        ({"json": {"reference": "x" * 81, "confirmed_on": "2025-10-17"}}, "no_reference"),
        ({"json": ["VN-1"]}, "not_readable"),
        ({"text": "<html>Bảo trì</html>"}, "not_readable"),
    ],
)
def test_a_reply_that_does_not_confirm_confirms_nothing(
    standin: Running, lan: Person, answer: dict[str, Any], error: str
) -> None:
    delivery = asked(lan)
    with through(httpx.MockTransport(lambda request: httpx.Response(200, **answer))):
        assert deliver_confirmations() == 0
    assert (now_of(delivery).state, now_of(delivery).last_error) == (DeliveryState.SENT, error)


def test_a_day_that_has_not_come_counts_as_today(standin: Running, lan: Person) -> None:
    delivery = asked(lan)
    reply = {"reference": "VN-1", "confirmed_on": "2099-01-01"}
    with through(httpx.MockTransport(lambda request: httpx.Response(200, json=reply))):
        assert deliver_confirmations() == 1
    assert now_of(delivery).replied_on == TODAY


def test_the_timetable_loads_no_http_client_while_there_is_nothing_to_send() -> None:
    code = (
        "import sys, django; django.setup(); from hocvuso.config.timetable import TIMETABLE;"
        "[entry.load() for entry in TIMETABLE];"
        "assert not {'httpx', 'joserfc', 'granian'} & set(sys.modules), sorted(sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env={"DJANGO_SETTINGS_MODULE": "tests.settings", "PATH": ""},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-600:]
