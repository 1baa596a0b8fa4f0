"""The stand-in of Zalo and SMS, reached without a network, and the hour of the day put where a test wants it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from hocvuso.connect.http import through
from hocvuso.connect.notify.standin.app import Standin
from hocvuso.lib import clock
from hocvuso.people.actions import agree_to_contact
from hocvuso.people.models import ContactChannel, Person

BY = ":test"
NUMBER = "0912 345 678"


@contextmanager
def played(given: Any, home: Path) -> Iterator[Standin]:
    """`given` are the settings of the test; both channels lead to the stand-in. Its tokens live under `home`."""
    app = Standin(app_id="1", secret="bi-mat", refresh="dau-tien", sms_secret="bi-mat-sms")  # noqa: S106
    given.HOME = home
    given.ZALO_URL, given.ZALO_TOKEN_URL = "http://standin/zalo/tin", "http://standin/zalo/token"
    given.ZALO_APP_ID, given.ZALO_SECRET, given.ZALO_REFRESH_TOKEN, given.ZALO_TEMPLATE = "1", "bi-mat", "dau-tien", "9"
    given.SMS_URL, given.SMS_SECRET = "http://standin/sms", "bi-mat-sms"
    given.QUIET_FROM = given.QUIET_UNTIL = 0
    with through(httpx.WSGITransport(app=app)):
        yield app


def telephone(person: Person, *channels: ContactChannel, number: str = NUMBER) -> Person:
    for channel in channels:
        agree_to_contact(person, channel, number, by=BY)
    return person


def at(patch: pytest.MonkeyPatch, hour: int, minute: int = 0, *, day: dt.date = dt.date(2025, 10, 17)) -> dt.datetime:
    """The machine's clock stands at this hour in Hà Nội."""
    moment = dt.datetime.combine(day, dt.time(hour, minute), tzinfo=clock.HANOI)
    patch.setattr(clock, "real_now", lambda: moment.astimezone(dt.UTC))
    return moment
