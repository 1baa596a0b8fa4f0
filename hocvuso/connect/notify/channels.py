"""The ways out of the house, in the order in which they are preferred."""

from __future__ import annotations

from django.conf import settings

from hocvuso.connect.notify.seam import Channel
from hocvuso.connect.notify.sms import Sms
from hocvuso.connect.notify.transport import Email
from hocvuso.connect.notify.zalo import Zalo
from hocvuso.lib import clock
from hocvuso.messages.rules import is_quiet
from hocvuso.people.models import ContactChannel

EMAIL: Channel = Email()
ZALO: Channel = Zalo()
SMS: Channel = Sms()
CHANNELS: tuple[Channel, ...] = (EMAIL, ZALO, SMS)
TELEPHONE = {ContactChannel.ZALO, ContactChannel.SMS}  # what rings or lights up at night


def open_channels() -> set[ContactChannel]:
    return {channel.key for channel in CHANNELS if not channel.closed_why}


def is_quiet_now() -> bool:
    """By the machine's clock, in Hà Nội: the hours in which no telephone rings."""
    time = clock.real_now().astimezone(clock.HANOI).time()
    return is_quiet(time, start=settings.QUIET_FROM, end=settings.QUIET_UNTIL)
