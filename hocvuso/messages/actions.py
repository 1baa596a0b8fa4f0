from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from hocvuso.audit.actions import record_act
from hocvuso.lib import clock
from hocvuso.lib.errors import BadInput
from hocvuso.messages.models import Dispatch, DispatchState, Message, Notice
from hocvuso.messages.rules import has_link, is_office_page, is_one_line, next_try
from hocvuso.people.models import Account, Person

PROGRAM = ":notify"


@transaction.atomic
def send_message(person: Person, *, kind: str, subject: str, body: str, by: str) -> Message:
    """Put a message into the person's inbox, and one dispatch beside it for each channel they agreed to.

    Inside the transaction of what brings it about: both are there, or neither.
    """
    if not is_one_line(subject) or len(subject) > 120 or not body.strip() or len(body) > 4000:
        raise BadInput(_("Tin nhắn cần một dòng tiêu đề (đến 120 ký tự) và nội dung (đến 4.000 ký tự)."))
    if has_link(subject) or has_link(body):
        raise BadInput(_("Tin nhắn không được có đường liên kết: hãy chỉ cho người đọc mở mục nào trong Học Vụ Số."))
    at = clock.real_now()
    message = Message.objects.create(person=person, kind=kind, subject=subject.strip(), body=body, created_at=at)
    for channel in person.contacts.values_list("channel", flat=True):
        Dispatch.objects.create(message=message, channel=channel, next_try=at)
    record_act("send_message", by=by, object_type="message", object_id=message.pk, fields=[kind])
    return message


@transaction.atomic
def give_notice(
    accounts: Iterable[Account],
    *,
    kind: str,
    subject: str,
    key: str,
    by: str,
    today: dt.date,
    body: str = "",
    page: str = "",
) -> int:
    """Put a notice on the desk of each account that does not have one of this key yet; how many were new.

    Inside the transaction of what brings it about. `page` is an address of the office (“/dieu-hanh/…”): shown there, never put in a letter.
    """
    if not is_one_line(subject) or len(subject) > 160 or len(body) > 2000 or has_link(subject) or has_link(body):
        raise BadInput(
            _("Thông báo cần một dòng tiêu đề (đến 160 ký tự), nội dung đến 2.000 ký tự, không có đường liên kết.")
        )
    if page and not is_office_page(page):
        raise BadInput(_("Thông báo chỉ dẫn đến một trang của phần điều hành."))
    told = {account.pk: account for account in accounts}
    for pk in Notice.objects.filter(account__in=told, key=key).values_list("account_id", flat=True):
        del told[pk]
    at = clock.real_now()
    for account in told.values():
        Notice.objects.create(
            account=account,
            kind=kind,
            subject=subject.strip(),
            body=body.strip(),
            page=page,
            key=key,
            on=today,
            created_at=at,
        )
    if told:
        record_act("give_notice", by=by, object_type="notice", object_id=key, fields=[kind])
    return len(told)


@transaction.atomic
def mark_read(message: Message, *, by: str) -> None:
    """Remember when it was first opened; opening it again changes nothing."""
    if Message.objects.filter(pk=message.pk, read_at=None).update(read_at=clock.real_now()):
        record_act("mark_read", by=by, object_type="message", object_id=message.pk, fields=["read_at"])


@transaction.atomic
def note_dispatch_sent(dispatch: Dispatch) -> None:
    dispatch.state, dispatch.attempts, dispatch.last_error = DispatchState.SENT, dispatch.attempts + 1, ""
    dispatch.save(update_fields=["state", "attempts", "last_error"])
    record_act("note_dispatch_sent", by=PROGRAM, object_type="message", object_id=dispatch.message_id)


@transaction.atomic
def note_dispatch_failed(dispatch: Dispatch, *, error: str, now: dt.datetime, for_good: bool = False) -> None:
    """Try again later, or give up: after too many failures, or where trying again cannot help. `error` is a short code, no address."""
    dispatch.attempts += 1
    dispatch.last_error = error[:40]
    again = None if for_good else next_try(dispatch.attempts, now=now, key=str(dispatch.pk))
    if again is None:
        dispatch.state = DispatchState.DEAD
        record_act("note_dispatch_failed", by=PROGRAM, object_type="message", object_id=dispatch.message_id)
    else:
        dispatch.next_try = again
    dispatch.save(update_fields=["state", "attempts", "next_try", "last_error"])
