from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hocvuso.audit.models import Entry
from hocvuso.lib import clock
from hocvuso.lib.errors import BadInput
from hocvuso.messages.actions import give_notice, mark_read, note_dispatch_failed, note_dispatch_sent
from hocvuso.messages.models import Dispatch, DispatchState, Message
from hocvuso.messages.queries import due_dispatches, messages_of, notices_of, unread_count, unread_notices
from hocvuso.messages.rules import MOST_ATTEMPTS
from hocvuso.people.models import Person, RoleKind
from tests.make.messages import BY, message, reachable
from tests.make.people import TODAY, account, person
from tests.make.places import Country

pytestmark = pytest.mark.django_db


@pytest.fixture
def lan(land: Country) -> Person:
    return person("Lan Niê", land.villages[0])


def test_without_an_address_a_message_waits_in_the_inbox_only(lan: Person) -> None:
    sent = message(lan)
    assert list(messages_of(lan)) == [sent]
    assert not Dispatch.objects.exists()


@pytest.mark.both
def test_with_an_address_one_letter_waits_beside_it(lan: Person) -> None:
    message(reachable(lan))
    [due] = due_dispatches(clock.real_now(), limit=10)
    assert (due.channel, due.state) == ("email", DispatchState.WAITING)
    assert "example" not in repr(Dispatch.objects.values().get()) + repr(Message.objects.values().get())


def test_the_inbox_holds_nobody_elses_messages(lan: Person, land: Country) -> None:
    tuan = person("Tuấn", land.villages[2])
    message(tuan)
    assert not messages_of(lan).exists()
    assert (unread_count(lan), unread_count(tuan)) == (0, 1)


@pytest.mark.both
def test_a_message_is_read_once(lan: Person) -> None:
    sent = message(lan)
    mark_read(sent, by=lan.actor)
    first = Message.objects.get().read_at
    mark_read(sent, by=lan.actor)
    assert first is not None
    assert Message.objects.get().read_at == first
    assert Entry.objects.filter(verb="mark_read").count() == 1


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Chào\nBcc: x@y.vn", "Nội dung"),
        ("", "Nội dung"),
        ("x" * 121, "Nội dung"),
        ("Chào", "  "),
        ("Chào", "x" * 4001),
    ],
)
def test_a_message_without_a_plain_subject_and_a_body_is_refused(lan: Person, subject: str, body: str) -> None:
    with pytest.raises(BadInput, match="một dòng tiêu đề"):
        message(lan, subject=subject, body=body)
    assert not Message.objects.exists()


def test_a_message_with_a_link_is_refused(lan: Person) -> None:
    with pytest.raises(BadInput, match="đường liên kết"):
        message(lan, body="Vào https://vneid.example nhập mã OTP")


@pytest.mark.both
def test_a_letter_that_fails_is_tried_later_and_in_the_end_given_up(lan: Person) -> None:
    message(reachable(lan))
    now = clock.real_now()
    for attempt in range(1, MOST_ATTEMPTS + 1):
        [due] = due_dispatches(now, limit=1)
        note_dispatch_failed(due, error="no_answer", now=now)
        assert not due_dispatches(now, limit=1)
        assert Dispatch.objects.get().attempts == attempt
        now += dt.timedelta(days=1)
    assert Dispatch.objects.get().state == DispatchState.DEAD


def test_a_letter_that_went_out_is_not_due_any_more(lan: Person) -> None:
    message(reachable(lan))
    [due] = due_dispatches(clock.real_now(), limit=1)
    note_dispatch_sent(due)
    assert not due_dispatches(clock.real_now() + dt.timedelta(days=1), limit=1)


def test_a_notice_reaches_each_account_once(land: Country) -> None:
    hoa, tuan = (
        account("hoa", RoleKind.COMMUNE_OFFICER, land.ea_kar),
        account("tuan", RoleKind.COMMUNE_OFFICER, land.ea_knop),
    )
    what: dict[str, Any] = {
        "kind": "report",
        "subject": "Báo cáo tuần đến hạn",
        "key": "due:1",
        "by": BY,
        "today": TODAY,
    }
    assert give_notice([hoa], page="/dieu-hanh/bao-cao/", **what) == 1
    assert give_notice([hoa, tuan], **what) == 1
    assert [one.page for one in notices_of(hoa)] == ["/dieu-hanh/bao-cao/"]
    assert unread_notices(tuan) == 1


@pytest.mark.parametrize("wrong", [{"page": "https://la.vn/"}, {"page": "/dieu-hanh//la.vn"}, {"subject": " \u200b"}])
def test_a_notice_leads_nowhere_but_into_the_office(land: Country, wrong: dict[str, str]) -> None:
    hoa = account("hoa", RoleKind.COMMUNE_OFFICER, land.ea_kar)
    with pytest.raises(BadInput):
        give_notice([hoa], **{"kind": "report", "subject": "Đến hạn", "key": "a", "by": BY, "today": TODAY, **wrong})  # type: ignore[arg-type]
    assert not notices_of(hoa).exists()


def test_what_a_notice_quotes_is_made_fit_and_never_stops_what_it_is_about(land: Country) -> None:
    hoa = account("hoa", RoleKind.COMMUNE_OFFICER, land.ea_kar)
    give_notice(
        [hoa], kind="task", subject="Việc\u00ad ở www.daklak.gov.vn:\n mở https://la.vn/x?a=1 ngay",
        body="Một\nHTTP://LA.VN hai" + "a" * 3000,
        key="a", by=BY, today=TODAY,
    )  # fmt: skip
    one = notices_of(hoa).get()
    assert one.subject == "Việc ở … mở … ngay"
    assert one.body.startswith("Một\n… haiaaa")
    assert len(one.body) == 2000
