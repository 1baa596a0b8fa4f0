from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.conf import settings

from hocvuso.connect.notify.channels import CHANNELS, EMAIL, TELEPHONE, ZALO, is_quiet_now
from hocvuso.connect.notify.seam import Channel, NotDelivered, Post, Session
from hocvuso.lib import clock
from hocvuso.lib.errors import BadInput
from hocvuso.messages.actions import (
    WITHDRAWN,
    hold_back_dispatch,
    make_digest,
    note_dispatch_failed,
    note_dispatch_sent,
)
from hocvuso.messages.models import DigestWay, Dispatch
from hocvuso.messages.queries import (
    accounts_awaiting,
    accounts_to_tell_at_once,
    due_dispatches,
    is_sent_by,
    sent_this_week,
    tried_since,
)
from hocvuso.messages.rules import digest_day, digest_key
from hocvuso.people.models import Account, ContactChannel
from hocvuso.people.queries import contact_of, letters_reach
from hocvuso.places.models import Population
from hocvuso.places.rules import SIMULATED
from hocvuso.reports.queries import working_days

AT_ONCE = 50  # dispatches in a round
DIGESTS_AT_ONCE = 100
MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)
STALE = dt.timedelta(days=3)  # what has waited longer is no news on a telephone; it stands in the inbox
STOP_MESSAGES = "Muốn thôi nhận thư: vào Học Vụ Số, mở mục “Nhận tin qua thư, Zalo, SMS”, bấm “Thôi nhận thư”."
STOP_DIGESTS = "Muốn thôi nhận thư: đăng nhập Học Vụ Số, mở mục Thông báo, bấm “Cách nhận thông báo”, chọn “Chỉ xem trong hệ thống”."


# --- digests -------------------------------------------------------------------------------------------------------------------


def make_digests() -> int:
    """Write the letters that are due into the queue; how many. Nothing new: no letter. On days off: none.

    A digest holds what came before the set hour of its day, so one that is made late says the same. While no mail server is set nothing is
    written: otherwise a pile of old letters would go out together on the day there is one.
    """
    if EMAIL.closed_why or not working_days().is_working(clock.today()):
        return 0
    return _digests_of_the_day() + _urgent_letters()


def _digests_of_the_day() -> int:
    made = 0
    for way in (DigestWay.DAILY, DigestWay.WEEKLY):
        day = digest_day(way, today=clock.today(), works=working_days().is_working)
        if day is None:
            continue
        at = dt.datetime.combine(day, dt.time(settings.DIGEST_HOUR), tzinfo=clock.HANOI)
        if clock.now() < at:
            continue
        # Notices carry the machine's time, the hour is one of the business day: in production both are the same.
        before = at + (clock.real_now() - clock.now())
        key = digest_key(way, day)
        for account in accounts_awaiting(way, key, before=before)[:DIGESTS_AT_ONCE]:
            made += _made(account, key=key, on=day, before=before)
    return made


def _urgent_letters() -> int:
    now, made = clock.real_now(), 0
    if not settings.URGENT_KINDS or is_quiet_now():
        return 0
    kinds = settings.URGENT_KINDS
    for account in accounts_to_tell_at_once(kinds, since=now - HOUR)[:DIGESTS_AT_ONCE]:
        key = f"at-once:{now:%Y-%m-%dT%H:%M}"
        made += _made(account, key=key, on=clock.today(), kinds=kinds)
    return made


def _made(
    account: Account, *, key: str, on: dt.date, before: dt.datetime | None = None, kinds: Collection[str] = ()
) -> bool:
    simulated = Population.objects.filter(source=SIMULATED).exists()
    digest = make_digest(
        account, key=key, on=on, before=before, kinds=kinds, most=settings.DIGEST_LINES, is_simulated=simulated
    )
    return digest is not None


# --- the queue -----------------------------------------------------------------------------------------------------------------


def send_dispatches() -> int:
    """Send what is due by each channel, and give back how many went out. What belongs to a channel that is not set up waits.

    A crash between sending and noting sends again under the same reference: a mail program knows a letter by its Message-ID, a gateway
    that looks at its reference knows an SMS; Zalo does not promise to.
    """
    return sum(_send_by(channel) for channel in CHANNELS)


def _send_by(channel: Channel) -> int:
    now = clock.real_now()
    if channel.closed_why or (channel.key in TELEPHONE and is_quiet_now()):
        return 0
    # Whoever agreed to both gets the dearer one only where the other did not get through.
    after = ZALO.key if channel.key == ContactChannel.SMS and not ZALO.closed_why else None
    room = channel.per_minute - tried_since(channel.key, now - MINUTE)
    due = due_dispatches(now, limit=max(min(AT_ONCE, room), 0), channel=channel.key, after=after)
    sent = 0
    try:
        if due:
            with channel.opened() as session:
                while due and not session.is_lost:
                    sent += _send(due.pop(0), session)
    except NotDelivered as error:  # no session came about: all of them wait alike
        for dispatch in due:
            note_dispatch_failed(dispatch, error=error.code, now=clock.real_now())
    return sent


def _held_back(dispatch: Dispatch, now: dt.datetime) -> bool:
    """A telephone is not rung for what is old, what is there already, or more often than a few times a week."""
    message, channel = dispatch.message, ContactChannel(dispatch.channel)
    if message is None or channel not in TELEPHONE:
        return False
    why = ""
    if message.created_at < now - STALE:
        why = "too_old"
    elif channel == ContactChannel.SMS and is_sent_by(message, ContactChannel.ZALO):
        why = "sent_by_zalo"
    elif channel == ContactChannel.SMS and sent_this_week(message.person, channel, now=now) >= settings.SMS_PER_WEEK:
        why = "enough_this_week"
    if why:
        hold_back_dispatch(dispatch, why=why)
    return bool(why)


def _send(dispatch: Dispatch, session: Session) -> bool:
    now = clock.real_now()
    if _held_back(dispatch, now):  # asked one by one: what went out a moment ago counts
        return False
    post = _post(dispatch, now)
    if post is None:
        note_dispatch_failed(dispatch, error=WITHDRAWN, now=now, for_good=True)
        return False
    try:
        session.send(post)
    except NotDelivered as error:
        note_dispatch_failed(dispatch, error=error.code, now=now, for_good=error.for_good)
        return False
    except BadInput:  # a letter that cannot be written must not stand in the way of the others
        note_dispatch_failed(dispatch, error="not_writable", now=now, for_good=True)
        return False
    note_dispatch_sent(dispatch)
    return True


def _post(dispatch: Dispatch, now: dt.datetime) -> Post | None:
    """What goes out, to the address agreed to by now; `None` where nobody agrees any more."""
    if dispatch.digest is not None:
        digest = dispatch.digest
        address, name, stop = letters_reach(digest.account), digest.account.full_name, STOP_DIGESTS
        subject, body, reference = digest.subject, digest.body, f"d{digest.pk}.{dispatch.pk}"
    else:
        message = dispatch.message
        assert message is not None
        contact = contact_of(message.person, dispatch.channel)
        address, name, stop = contact.value if contact else "", message.person.name, STOP_MESSAGES
        subject, body, reference = message.subject, message.body, f"{message.pk}.{dispatch.pk}"
    return Post(address, name, subject, body, stop, reference, now) if address else None
