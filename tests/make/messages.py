"""Messages and who may be reached; letters end in a list instead of on a server."""

from __future__ import annotations

from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from hocvuso.connect.notify.seam import NotDelivered
from hocvuso.messages.actions import give_notice, send_message
from hocvuso.messages.models import Message, Notice
from hocvuso.people.actions import agree_to_contact
from hocvuso.people.models import Account, ContactChannel, Person
from tests.make.people import TODAY

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


def notice(account: Account, subject: str = "Báo cáo tuần đến hạn ngày 17/10/2025", **change: Any) -> Notice:
    """One on the desk of this account; `change` may say `kind`, `key`, `page`, `body`, `on`."""
    given = {"kind": "report", "key": subject, "today": change.pop("on", TODAY), **change}
    give_notice([account], subject=subject, by=BY, **given)
    return Notice.objects.get(account=account, key=given["key"])
