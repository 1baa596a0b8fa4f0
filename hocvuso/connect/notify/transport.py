"""E-mail: the one way out for letters. Tests put another one in its place (`using`)."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Protocol

from django.conf import settings

from hocvuso.connect.notify.letters import letter
from hocvuso.connect.notify.seam import NotDelivered, Post, Session
from hocvuso.people.models import ContactChannel

SECONDS = 15  # for each answer of the server


class Transport(Protocol):
    is_lost: bool  # the session has broken off: what is still due waits for the next one

    def send(self, letter: EmailMessage) -> None: ...


class Smtp:
    """A session with the server the settings name. Raises `NotDelivered` and nothing else."""

    def __init__(self) -> None:
        self.is_lost = False
        try:
            self._server = self._connect()
        except smtplib.SMTPAuthenticationError:
            raise NotDelivered("sign_in_refused") from None
        except ssl.SSLError:
            raise NotDelivered("tls_failed") from None
        except (OSError, smtplib.SMTPException):
            raise NotDelivered("no_answer") from None

    def _connect(self) -> smtplib.SMTP:
        host, port = settings.SMTP_HOST, settings.SMTP_PORT
        if settings.SMTP_TLS == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=ssl.create_default_context())
        else:
            server = smtplib.SMTP(host, port, timeout=SECONDS)
        try:
            if settings.SMTP_TLS == "starttls":
                server.starttls(context=ssl.create_default_context())
            if settings.SMTP_USER:
                server.login(settings.SMTP_USER, settings.SMTP_PASSWORD)
        except BaseException:
            server.close()
            raise
        return server

    def send(self, letter: EmailMessage) -> None:
        try:
            self._server.send_message(letter)
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _text in error.recipients.values()]
            raise NotDelivered("recipient_refused", for_good=all(code >= 500 for code in codes)) from None
        except (
            smtplib.SMTPSenderRefused
        ) as error:  # our own address: whoever runs this mends it, and no letter is given up for it
            raise NotDelivered(f"smtp_{error.smtp_code}") from None
        except (
            smtplib.SMTPNotSupportedError
        ):  # an address with letters beyond ASCII, on a server that takes none (RFC 6531)
            raise NotDelivered("address_not_supported", for_good=True) from None
        except smtplib.SMTPResponseException as error:
            raise NotDelivered(f"smtp_{error.smtp_code}", for_good=error.smtp_code >= 500) from None
        except (OSError, smtplib.SMTPException):
            self.is_lost = True
            raise NotDelivered("no_answer") from None

    def close(self) -> None:
        try:
            self._server.quit()
        except (OSError, smtplib.SMTPException):
            self._server.close()


_instead: Transport | None = None


@contextmanager
def using(transport: Transport) -> Iterator[None]:
    global _instead
    before, _instead = _instead, transport
    try:
        yield
    finally:
        _instead = before


@contextmanager
def opened() -> Iterator[Transport]:
    if _instead is not None:
        yield _instead
        return
    session = Smtp()
    try:
        yield session
    finally:
        session.close()


class _Letters:
    """Writes each post as a letter and hands it to the session of the mail server."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    @property
    def is_lost(self) -> bool:
        return self._transport.is_lost

    def send(self, post: Post) -> None:
        self._transport.send(
            letter(
                sender=settings.SMTP_FROM, to=post.to, subject=post.subject, body=post.body, stop=post.stop,
                reference=post.reference, at=post.at,
            )
        )  # fmt: skip


class Email:
    key = ContactChannel.EMAIL

    @property
    def closed_why(self) -> str:
        return "" if settings.SMTP_HOST else "chưa đặt HOCVUSO_SMTP_HOST"

    @property
    def per_minute(self) -> int:
        limit: int = settings.SMTP_PER_MINUTE
        return limit

    @contextmanager
    def opened(self) -> Iterator[Session]:
        with opened() as transport:
            yield _Letters(transport)
