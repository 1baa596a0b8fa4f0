"""Zalo and SMS behind the same queue as letters: what reaches the stand-in, what is held back, what is tried again."""

from __future__ import annotations

import datetime as dt
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hocvuso.audit.models import Entry
from hocvuso.connect.notify.jobs import send_dispatches
from hocvuso.connect.notify.standin.app import Mood, Standin
from hocvuso.connect.notify.standin.pages import NOTE, front
from hocvuso.lib import clock
from hocvuso.lib.errors import BadInput
from hocvuso.messages.actions import retry_dead_dispatches
from hocvuso.messages.models import Dispatch, DispatchState, Message
from hocvuso.people.models import ContactChannel, Person
from tests.make.messages import BY, message
from tests.make.notify import at, played, telephone
from tests.make.people import person
from tests.make.places import Country

ZALO, SMS = ContactChannel.ZALO, ContactChannel.SMS
pytestmark = pytest.mark.django_db


@pytest.fixture
def standin(settings: Any, tmp_path: Path) -> Iterator[Standin]:
    with played(settings, tmp_path) as app:
        yield app


@pytest.fixture
def lan(land: Country) -> Person:
    return person("Lan Niê", land.villages[0])


def states() -> dict[str, tuple[str, str]]:
    return {one.channel: (one.state, one.last_error) for one in Dispatch.objects.all()}


def shown(app: Standin) -> list[tuple[str, str, str]]:
    return [(one.channel, one.number, one.text) for one in app.seen.values()]


@pytest.mark.both
def test_a_zalo_message_shows_the_subject_and_never_the_body(lan: Person, standin: Standin) -> None:
    message(telephone(lan, ZALO), body="Kết quả của bà: 18/20.")
    assert [send_dispatches(), send_dispatches()] == [1, 0]
    [(channel, number, text)] = shown(standin)
    assert (channel, number) == ("Zalo", "…678")
    assert text.split("\n") == [
        "noi_dung: Bạn đã có giấy xác nhận",
        "noi_xem: Xem ở mục Tin nhắn.",
        "luu_y: Học Vụ Số không bao giờ hỏi mã OTP, mật khẩu.",
    ]
    assert states() == {"zalo": ("sent", "")}


@pytest.mark.both
def test_an_sms_arrives_once_under_its_reference(lan: Person, standin: Standin) -> None:
    message(telephone(lan, SMS))
    assert send_dispatches() == 1
    Dispatch.objects.update(state=DispatchState.WAITING, tried_at=None)  # as a kill before noting leaves it
    assert send_dispatches() == 1
    [(channel, number, text)] = shown(standin)
    assert (channel, number) == ("SMS", "…678")
    assert text.startswith("Hoc Vu So: Ban da co giay xac nhan.")
    assert "912345" not in repr(list(Entry.objects.values())) + repr(list(Dispatch.objects.values()))


def test_a_channel_that_is_not_set_up_keeps_its_messages(lan: Person, settings: Any) -> None:
    message(telephone(lan, ZALO, SMS))
    assert send_dispatches() == 0
    assert states() == {"zalo": ("waiting", ""), "sms": ("waiting", "")}


def test_whoever_agreed_to_both_gets_an_sms_only_where_zalo_does_not_reach(lan: Person, standin: Standin) -> None:
    message(telephone(lan, ZALO, SMS))
    standin.mood = Mood.BREAKS
    assert send_dispatches() == 0
    assert states() == {"zalo": ("waiting", "http_500"), "sms": ("waiting", "")}, "it waits for Zalo"
    standin.mood = Mood.WELL
    Dispatch.objects.update(next_try=clock.real_now())
    assert send_dispatches() == 1
    assert states() == {"zalo": ("sent", ""), "sms": ("held_back", "sent_by_zalo")}
    message(lan, subject="Một việc khác")
    standin.mood = Mood.REFUSES
    Dispatch.objects.filter(state="sent").delete()
    send_dispatches()
    assert states()["zalo"] == ("dead", "no_zalo")
    assert Dispatch.objects.get(channel=SMS, message__subject="Một việc khác").state != DispatchState.HELD_BACK


def test_no_telephone_rings_at_night(
    lan: Person, standin: Standin, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.QUIET_FROM, settings.QUIET_UNTIL = 21, 7
    at(monkeypatch, 21, 30)
    message(telephone(lan, SMS))
    assert send_dispatches() == 0
    at(monkeypatch, 7, 0, day=dt.date(2025, 10, 18))
    assert send_dispatches() == 1


def test_two_sms_a_week_are_enough(lan: Person, standin: Standin, monkeypatch: pytest.MonkeyPatch) -> None:
    telephone(lan, SMS)
    for n, day in enumerate((13, 15, 17)):
        at(monkeypatch, 8, day=dt.date(2025, 10, day))
        message(lan, subject=f"Việc {n}")
        send_dispatches()
    assert [one.state for one in Dispatch.objects.order_by("pk")] == ["sent", "sent", "held_back"]
    at(monkeypatch, 9, day=dt.date(2025, 10, 20))
    message(lan, subject="Tuần sau")
    assert send_dispatches() == 1


def test_three_at_once_are_two_sms_and_one_that_is_read_in_the_system(lan: Person, standin: Standin) -> None:
    telephone(lan, SMS)
    for n in range(3):
        message(lan, subject=f"Việc {n}")
    assert send_dispatches() == 2
    assert [one.last_error for one in Dispatch.objects.order_by("pk")] == ["", "", "enough_this_week"]


def test_what_waited_for_days_is_no_news_on_a_telephone(lan: Person, standin: Standin) -> None:
    message(telephone(lan, SMS))
    Message.objects.update(created_at=clock.real_now() - dt.timedelta(days=4))
    assert send_dispatches() == 0
    assert states() == {"sms": ("held_back", "too_old")}


def test_only_so_many_go_out_in_a_minute(lan: Person, standin: Standin, settings: Any) -> None:
    settings.ZALO_PER_MINUTE = 2
    telephone(lan, ZALO)
    for n in range(3):
        message(lan, subject=f"Việc {n}")
    assert [send_dispatches(), send_dispatches()] == [2, 0]
    Dispatch.objects.filter(state="sent").update(tried_at=clock.real_now() - dt.timedelta(minutes=2))
    assert send_dispatches() == 1


def test_what_was_given_up_can_be_sent_again(lan: Person, standin: Standin) -> None:
    standin.mood = Mood.REFUSES
    message(telephone(lan, SMS))
    send_dispatches()
    assert states() == {"sms": ("dead", "sms_refused")}
    standin.mood = Mood.WELL
    assert retry_dead_dispatches(SMS, by=BY) == 1
    assert send_dispatches() == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"SMS_SECRET": "sai"}, "http_401"),
        ({"SMS_URL": "http://standin/khong-co"}, "http_404"),
    ],
)
def test_a_gateway_set_up_wrong_is_ours_to_mend_and_nothing_is_given_up(
    lan: Person, standin: Standin, settings: Any, change: dict[str, str], said: str
) -> None:
    for name, value in change.items():
        setattr(settings, name, value)
    message(telephone(lan, SMS))
    assert send_dispatches() == 0
    assert states() == {"sms": ("waiting", said)}


# --- the tokens of Zalo --------------------------------------------------------------------------------------------------------


def test_tokens_are_kept_for_the_owner_only_and_renewed_with_the_one_that_came(
    lan: Person, standin: Standin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    telephone(lan, ZALO)
    file = tmp_path / "zalo" / "tokens.json"
    read = []
    for day in (17, 17, 19):  # the access token lives 25 hours
        at(monkeypatch, 8, day=dt.date(2025, 10, day))
        message(lan)
        assert send_dispatches() == 1
        read.append(file.read_text())
    assert read[0] == read[1] != read[2]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_an_access_token_that_is_not_taken_any_more_is_replaced(lan: Person, standin: Standin) -> None:
    message(telephone(lan, ZALO))
    standin.mood = Mood.FORGETS
    assert send_dispatches() == 0
    assert states() == {"zalo": ("waiting", "token_refused")}
    Dispatch.objects.update(next_try=clock.real_now())
    assert send_dispatches() == 1


def test_a_lost_chain_of_tokens_begins_anew_from_the_settings(lan: Person, standin: Standin, settings: Any) -> None:
    standin._spent.add("dau-tien")
    message(telephone(lan, ZALO))
    assert send_dispatches() == 0
    assert states() == {"zalo": ("waiting", "sign_in_refused")}
    settings.ZALO_REFRESH_TOKEN = standin._first = "moi"
    Dispatch.objects.update(next_try=clock.real_now())
    assert send_dispatches() == 1


# --- agreement, and the page of the stand-in -----------------------------------------------------------------------------------


def test_a_number_that_is_none_is_refused_and_a_good_one_kept_in_one_form(lan: Person) -> None:
    with pytest.raises(BadInput, match="10 chữ số"):
        telephone(lan, SMS, number="0262 3851 234")
    assert not lan.contacts.exists()
    assert telephone(lan, SMS, number="0912.345.678").contacts.get().value == "+84912345678"


def test_the_page_says_that_nothing_is_sent_and_shows_text_as_text(lan: Person, standin: Standin) -> None:
    message(telephone(lan, ZALO), subject="<b>Chào</b>")
    send_dispatches()
    page = front(standin.mood, list(standin.seen.values()))
    assert NOTE in page
    assert "&lt;b&gt;Chào" in page
    assert "912345" not in page
