"""Letters: written without a way in for strangers, sent through a real server, tried again, given up."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from hocvuso.connect.notify.jobs import send_dispatches
from hocvuso.connect.notify.letters import letter
from hocvuso.connect.notify.seam import NotDelivered
from hocvuso.connect.notify.transport import using
from hocvuso.lib.errors import BadInput
from hocvuso.messages.models import Dispatch, DispatchState
from hocvuso.people.actions import withdraw_contact
from hocvuso.people.models import ContactChannel, Person
from tests.make.messages import Outbox, message, reachable
from tests.make.network import free_port
from tests.make.people import person
from tests.make.places import Country

AT = dt.datetime(2025, 10, 17, 8, tzinfo=dt.UTC)
SENDER = "hoc-vu-so@daklak.example"


def written(**change: Any) -> EmailMessage:
    given: dict[str, Any] = {
        "sender": SENDER, "to": "lan@example.vn", "subject": "Bạn đã có giấy xác nhận", "body": "Chào Lan", "stop": "Thôi nhận thư",
        "reference": "m.1", "at": AT,
    }  # fmt: skip
    return letter(**{**given, **change})


def test_a_letter_says_who_sends_it_and_how_to_stop_it() -> None:
    made = written()
    assert str(made["From"]) == f"Học Vụ Số <{SENDER}>"
    assert made["Message-ID"] == "<m.1@daklak.example>"
    assert made["Auto-Submitted"] == "auto-generated"
    text = made.get_content()
    assert text.startswith("Chào Lan")
    assert "không bao giờ hỏi mã OTP" in text
    assert "Thôi nhận thư" in text
    assert "http" not in text


@pytest.mark.parametrize("where", ["sender", "to", "subject"])
@pytest.mark.parametrize("wrong", ["a@b.vn\nBcc: x@y.vn", "a@b.vn\r\n\r\nXin chào", "a@b.vn\x00"])
def test_nobody_writes_a_header_of_ours(where: str, wrong: str) -> None:
    with pytest.raises(BadInput):
        written(**{where: wrong})


# --- the queue -----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def outbox(settings: Any) -> Iterator[Outbox]:
    settings.SMTP_HOST, settings.SMTP_FROM = "127.0.0.1", SENDER
    made = Outbox()
    with using(made):
        yield made


@pytest.fixture
def lan(land: Country) -> Person:
    return reachable(person("Lan Niê", land.villages[0]))


@pytest.mark.django_db
def test_a_letter_goes_out_once(lan: Person, outbox: Outbox) -> None:
    message(lan)
    assert [send_dispatches(), send_dispatches()] == [1, 0]
    [sent] = outbox.letters
    assert sent["To"] == "lan@example.vn"
    assert Dispatch.objects.get().state == DispatchState.SENT


@pytest.mark.django_db
def test_a_letter_waits_while_no_server_is_set(lan: Person, settings: Any) -> None:
    settings.SMTP_HOST = ""
    message(lan)
    assert send_dispatches() == 0
    assert Dispatch.objects.get().attempts == 0


@pytest.mark.django_db
def test_who_took_the_agreement_back_gets_no_letter_that_was_still_waiting(lan: Person, outbox: Outbox) -> None:
    message(lan)
    withdraw_contact(lan, ContactChannel.EMAIL, by=lan.actor)
    assert send_dispatches() == 0
    assert not outbox.letters
    assert (Dispatch.objects.get().state, Dispatch.objects.get().last_error) == (DispatchState.DEAD, "withdrawn")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fails", "state"),
    [(NotDelivered("smtp_451"), DispatchState.WAITING), (NotDelivered("smtp_550", for_good=True), DispatchState.DEAD)],
)
def test_one_bad_letter_does_not_hold_up_the_next(
    lan: Person, outbox: Outbox, fails: NotDelivered, state: DispatchState
) -> None:
    first, second = message(lan), message(lan, subject="Thư thứ hai")
    outbox.fails.append(fails)
    assert send_dispatches() == 1
    assert Dispatch.objects.get(message=first).state == state
    assert Dispatch.objects.get(message=second).state == DispatchState.SENT


# --- a real server -------------------------------------------------------------------------------------------------------------


@dataclass
class Mailbox:
    """What the server lets in, as it came over the line."""

    letters: list[EmailMessage] = field(default_factory=list)
    answer: str = "250 OK"
    sender_answer: str = "250 OK"

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if self.sender_answer.startswith("250"):
            envelope.mail_from = address
        return self.sender_answer

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        parsed = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(parsed, EmailMessage)
        self.letters.append(parsed)
        return "250 OK"


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    made = Mailbox()
    # As many servers do, it takes addresses in ASCII only.
    server = Controller(made, hostname="127.0.0.1", port=free_port(), enable_SMTPUTF8=False)
    server.start()
    settings.SMTP_HOST, settings.SMTP_PORT = server.hostname, server.port
    settings.SMTP_TLS, settings.SMTP_FROM = "off", SENDER
    yield made
    server.stop()


@pytest.mark.django_db
def test_a_letter_arrives_at_a_real_server_as_it_was_written(lan: Person, mailbox: Mailbox) -> None:
    message(lan, body="Chào bà Lan,\nbà đã đạt.")
    assert send_dispatches() == 1
    [arrived] = mailbox.letters
    assert (arrived["To"], arrived["Subject"]) == ("lan@example.vn", "Bạn đã có giấy xác nhận")
    assert arrived.get_content().replace("\r\n", "\n").startswith("Chào bà Lan,\nbà đã đạt.")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "state"), [("550 no such user", DispatchState.DEAD), ("451 later", DispatchState.WAITING)]
)
def test_what_the_server_says_of_the_address_decides(
    lan: Person, mailbox: Mailbox, answer: str, state: DispatchState
) -> None:
    mailbox.answer = answer
    message(lan)
    assert send_dispatches() == 0
    assert (Dispatch.objects.get().state, Dispatch.objects.get().last_error) == (state, "recipient_refused")


@pytest.mark.django_db
def test_when_the_server_hangs_up_the_rest_waits_for_another_session(lan: Person, mailbox: Mailbox) -> None:
    mailbox.answer = "421 closing"  # the server ends the session with this
    for n in range(3):
        message(lan, subject=f"Thư {n}")
    assert send_dispatches() == 0
    assert sorted(Dispatch.objects.values_list("attempts", flat=True))[0] == 0
    mailbox.answer = "250 OK"
    assert send_dispatches() > 0


@pytest.mark.django_db
def test_a_server_that_is_not_there_costs_one_attempt(lan: Person, settings: Any) -> None:
    settings.SMTP_HOST, settings.SMTP_PORT, settings.SMTP_TLS, settings.SMTP_FROM = "127.0.0.1", 9, "off", SENDER
    message(lan)
    assert send_dispatches() == 0
    assert (Dispatch.objects.get().attempts, Dispatch.objects.get().last_error) == (1, "no_answer")


@pytest.mark.django_db
def test_a_sender_the_server_refuses_is_ours_to_mend_and_no_letter_is_given_up(lan: Person, mailbox: Mailbox) -> None:
    mailbox.sender_answer = "550 sender not allowed"
    message(lan)
    assert send_dispatches() == 0
    assert (Dispatch.objects.get().state, Dispatch.objects.get().last_error) == (DispatchState.WAITING, "smtp_550")


@pytest.mark.django_db
def test_an_address_the_server_has_no_letters_for_does_not_hold_up_the_next(
    lan: Person, land: Country, mailbox: Mailbox
) -> None:
    message(reachable(person("Tuấn", land.villages[0]), "tuan@thư.vn"))
    message(lan)
    assert send_dispatches() == 1
    assert [letter["To"] for letter in mailbox.letters] == ["lan@example.vn"]
