from __future__ import annotations

from django.conf import settings

from hocvuso.connect.notify.letters import letter
from hocvuso.connect.notify.transport import NotDelivered, Transport, opened
from hocvuso.lib import clock
from hocvuso.lib.errors import BadInput
from hocvuso.messages.actions import note_dispatch_failed, note_dispatch_sent
from hocvuso.messages.models import Dispatch
from hocvuso.messages.queries import due_dispatches
from hocvuso.people.models import ContactChannel
from hocvuso.people.queries import contact_of

AT_ONCE = 50


def send_letters() -> int:
    """Send what is due, and give back how many letters went out. Without an SMTP server in the settings they wait.

    A crash between sending and noting sends the letter again, under the same Message-ID.
    """
    due = due_dispatches(clock.real_now(), limit=AT_ONCE) if settings.SMTP_HOST else []
    if not due:
        return 0
    sent = 0
    try:
        with opened() as transport:
            while due and not transport.is_lost:
                sent += _send(due.pop(0), transport)
    except NotDelivered as error:  # no session came about: all of them wait alike
        for dispatch in due:
            note_dispatch_failed(dispatch, error=error.code, now=clock.real_now())
    return sent


def _send(dispatch: Dispatch, transport: Transport) -> bool:
    message, now = dispatch.message, clock.real_now()
    contact = contact_of(message.person, ContactChannel(dispatch.channel))
    if contact is None:
        note_dispatch_failed(dispatch, error="withdrawn", now=now, for_good=True)
        return False
    try:
        transport.send(
            letter(
                sender=settings.SMTP_FROM, to=contact.value, subject=message.subject, body=message.body,
                reference=f"{message.pk}.{dispatch.pk}", at=now,
            )
        )  # fmt: skip
    except NotDelivered as error:
        note_dispatch_failed(dispatch, error=error.code, now=now, for_good=error.for_good)
        return False
    except BadInput:  # a letter that cannot be written must not stand in the way of the others
        note_dispatch_failed(dispatch, error="not_writable", now=now, for_good=True)
        return False
    note_dispatch_sent(dispatch)
    return True
