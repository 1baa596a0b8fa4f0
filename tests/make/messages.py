"""Messages and who may be reached; letters end in a list instead of on a server."""

from __future__ import annotations

from dataclasses import dataclass, field
from email.message import EmailMessage

from hocvuso.connect.notify.transport import NotDelivered
from hocvuso.messages.actions import send_message
from hocvuso.messages.models import Message
from hocvuso.people.actions import agree_to_contact
from hocvuso.people.models import ContactChannel, Person

BY = ":test"


@dataclass
class Outbox:
    """Keeps the letters; fails as often as it is told to."""

    letters: list[EmailMessage] = field(default_factory=list)
    fails: list[NotDelivered] = field(default_factory=list)
    is_lost: bool = False

    def send(self, letter: EmailMessage) -> None:
        if self.fails:
            raise self.fails.pop(0)
        self.letters.append(letter)


def message(
    person: Person, *, subject: str = "Bạn đã có giấy xác nhận", body: str = "Xem ở mục Giấy xác nhận."
) -> Message:
    return send_message(person, kind="certificate", subject=subject, body=body, by=BY)


def reachable(person: Person, address: str = "lan@example.vn") -> Person:
    agree_to_contact(person, ContactChannel.EMAIL, address, by=BY)
    return person
