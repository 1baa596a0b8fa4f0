"""What a phone sends arrives once, whatever happens between the server's keeping it and the phone's hearing of it."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from hocvuso.evidence.models import Evidence
from hocvuso.fieldwork.models import ClassSession
from hocvuso.lib import clock
from hocvuso.people.models import Person
from hocvuso.sync.models import Device, RawEvent
from hocvuso.sync.queries import sealer
from hocvuso.web.api import team as api
from tests.make.fieldwork import Phone, Village, team, told, village
from tests.make.people import person, visiting
from tests.make.places import Country
from tests.sync.test_sealing import seal

pytestmark = [pytest.mark.django_db, pytest.mark.both]
SYNC, LISTS = "/api/dong-bo/", "/api/to/"


@pytest.fixture
def home(land: Country) -> Village:
    return village(land)


@pytest.fixture
def phone() -> Phone:
    return Phone(clock.real_now())


def _post(client: Client, message: Any) -> Any:
    text = message if isinstance(message, str) else json.dumps(message)
    return client.post(SYNC, text, content_type="application/json")


def _counted(who: Person) -> int:
    return Evidence.objects.filter(kind="skill_guided", subject=who.pk).count()


def test_a_class_sent_is_acknowledged_and_counts(home: Village, phone: Phone) -> None:
    phone.note(told(home, home.lan, home.nam))
    answer = _post(visiting(home.minh), phone.request())
    assert (answer.status_code, answer.json()) == (200, {"acknowledged": 1, "set_aside": []})
    assert (_counted(home.lan), _counted(home.nam)) == (1, 1)
    assert ClassSession.objects.get().held_by == home.minh


def test_a_class_sent_three_times_counts_once(home: Village, phone: Phone) -> None:
    phone.note(told(home, home.lan))
    client = visiting(home.minh)
    answers = [_post(client, phone.request()).json() for _ in range(3)]
    assert answers == [{"acknowledged": 1, "set_aside": []}] * 3
    assert (_counted(home.lan), RawEvent.objects.count()) == (1, 1)


def test_the_server_dies_before_it_answers_and_nothing_is_lost_or_doubled(
    home: Village, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after the events are kept and before they are applied: the timetable applies them, the phone sends them again."""

    class Killed(BaseException):
        pass

    def killed() -> None:
        raise Killed

    phone.note(told(home, home.lan))
    client = visiting(home.minh)
    with monkeypatch.context() as patch:
        patch.setattr(api, "apply_events", killed)
        with pytest.raises(Killed):
            _post(client, phone.request())
    assert (RawEvent.objects.count(), _counted(home.lan)) == (1, 0)
    assert _post(client, phone.request()).json()["acknowledged"] == 1
    assert (RawEvent.objects.count(), _counted(home.lan)) == (1, 1)


def test_a_fault_after_everything_is_written_changes_nothing_when_it_is_sent_again(
    home: Village, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **kwargs: object) -> HttpResponse:
        raise ZeroDivisionError

    phone.note(told(home, home.lan))
    client = visiting(home.minh)
    client.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr(api, "JsonResponse", broken)
        assert _post(client, phone.request()).status_code == 500
    assert _counted(home.lan) == 1
    assert _post(client, phone.request()).json() == {"acknowledged": 1, "set_aside": []}
    assert _counted(home.lan) == 1


def test_a_fault_while_applying_does_not_keep_the_phone_waiting(
    home: Village, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise ZeroDivisionError

    phone.note(told(home, home.lan))
    monkeypatch.setattr(api, "apply_events", broken)
    assert _post(visiting(home.minh), phone.request()).json()["acknowledged"] == 1


def test_two_tabs_send_the_same_queue_at_once(home: Village, phone: Phone) -> None:
    one, two = phone.note(told(home, home.lan)), phone.note(told(home, home.nam))
    client = visiting(home.minh)
    assert _post(client, phone.request(two)).json()["acknowledged"] == 0
    assert _post(client, phone.request(one, two)).json()["acknowledged"] == 2
    assert _post(client, phone.request(one)).json()["acknowledged"] == 2
    assert (_counted(home.lan), _counted(home.nam), ClassSession.objects.count()) == (1, 1, 2)


def test_what_is_sealed_on_the_phone_is_opened_when_it_is_applied(home: Village, phone: Phone) -> None:
    event = phone.note(told(home, home.lan, names=["Bà Hai"]))
    event["body"] = seal(event["body"], sealer().public_jwk(), f"{phone.key}:{event['id']}")
    _post(visiting(home.minh), phone.request())
    assert _counted(home.lan) == 1
    assert "Hai" not in RawEvent.objects.get().body


def test_a_request_cut_off_is_refused_with_a_sentence_and_keeps_nothing(home: Village, phone: Phone) -> None:
    phone.note(told(home, home.lan))
    whole = json.dumps(phone.request())
    for cut in (0, 1, len(whole) // 2, len(whole) - 1):
        answer = _post(visiting(home.minh), whole[:cut])
        assert answer.status_code == 400
        assert "chưa lưu gì" in answer.json()["error"]
    assert not RawEvent.objects.exists()
    assert not Device.objects.exists()


def test_a_request_that_is_too_large_is_refused_with_a_sentence(home: Village, phone: Phone) -> None:
    phone.note("x" * 3_000_000)
    answer = _post(visiting(home.minh), phone.request())
    assert answer.status_code == 413
    assert "từng phần" in answer.json()["error"]


def test_what_must_wait_for_a_person_is_told_to_the_phone(home: Village, phone: Phone) -> None:
    phone.note({}, kind="tham-ho")
    answer = _post(visiting(home.minh), phone.request()).json()
    assert answer["acknowledged"] == 1
    assert answer["set_aside"] == [{"seq": 1, "reason": "Hệ thống không biết loại việc này."}]


def test_the_phone_hears_why_a_class_could_not_be_applied(home: Village, phone: Phone) -> None:
    phone.note(told(home, home.lan, on="2025-10-18"))
    phone.note(told(home, home.nam))
    answer = _post(visiting(home.minh), phone.request()).json()
    assert answer["acknowledged"] == 2
    assert answer["set_aside"] == [{"seq": 1, "reason": "Ngày của buổi học muộn hơn ngày ghi."}]


def test_another_member_may_bring_the_events_of_a_phone(home: Village, phone: Phone, land: Country) -> None:
    hanh = person("Hạnh", land.villages[1])
    team(land.villages[1], hanh)
    _post(visiting(home.minh), {**phone.request({}), "events": []})
    phone.note(told(home, home.lan))
    answer = _post(visiting(hanh), phone.request(carried=True))
    assert answer.json()["acknowledged"] == 1
    assert ClassSession.objects.get().held_by == home.minh


def test_without_the_forms_token_nothing_is_taken(home: Village, phone: Phone) -> None:
    client = Client(enforce_csrf_checks=True)
    session = client.session
    session["person"] = str(home.minh.pk)
    session.save()
    phone.note(told(home, home.lan))
    assert _post(client, phone.request()).status_code == 403
    token = client.get(LISTS).json()["csrf"]
    answer = client.post(
        SYNC, json.dumps(phone.request()), content_type="application/json", headers={"X-CSRFToken": token}
    )
    assert answer.status_code == 200


def test_the_lists_hold_own_teams_and_villagers_and_nobody_else(home: Village, land: Country) -> None:
    person("Buôn bên", land.villages[1])
    lists = visiting(home.minh).get(LISTS).json()
    assert lists["today"] == "2025-10-17"
    assert [one["name"] for one in lists["teams"]] == [home.team.name]
    assert [one["name"] for one in lists["residents"]] == ["Lan Niê", "Nguyễn Văn Năm", "Y Minh Êban"]
    assert set(lists["residents"][0]) == {"id", "name", "folded", "born", "unit"}
    assert lists["kept_days"] == 7


def test_a_shared_phone_keeps_no_lists(home: Village) -> None:
    client = visiting(home.minh)
    session = client.session
    session["shared_phone"] = True
    session.save()
    assert client.get(LISTS).json()["kept_days"] == 0


def test_a_member_cut_off_is_told_so(home: Village, phone: Phone) -> None:
    held = home.minh.memberships.get()
    held.valid_to = dt.date(2025, 10, 1)
    held.save()
    for answer in (visiting(home.minh).get(LISTS), _post(visiting(home.minh), phone.request({}))):
        assert answer.status_code == 404
        assert "không còn là thành viên" in answer.json()["error"]
