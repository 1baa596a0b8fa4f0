from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from hocvuso.audit.actions import record_act
from hocvuso.lib import clock
from hocvuso.lib.errors import BadInput
from hocvuso.messages.models import (
    Digest,
    DigestWay,
    Dispatch,
    DispatchState,
    Message,
    Notice,
    NoticePreference,
)
from hocvuso.messages.queries import undigested
from hocvuso.messages.rules import (
    NoticeLine,
    digest_body,
    digest_subject,
    fitting_body,
    fitting_line,
    has_link,
    is_office_page,
    is_one_line,
    next_try,
)
from hocvuso.people.actions import agree_to_letters, withdraw_letters
from hocvuso.people.models import Account, ContactChannel, Person

PROGRAM = ":notify"
WITHDRAWN = "withdrawn"  # why a dispatch died whose receiver does not want it any more


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

    Inside the transaction of what brings it about. `kind` is one of `rules.KINDS`; any other word stands under “Việc khác”. `page` is an
    address of the office (“/dieu-hanh/…”): shown there, never put in a letter. Subject and body may quote what people or plans say: links
    and unseen characters are taken out, too long a text is cut.
    """
    subject, body = fitting_line(subject), fitting_body(body)
    if not subject:
        raise BadInput(_("Thông báo cần một dòng tiêu đề."))
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
            subject=subject,
            body=body,
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
    dispatch.tried_at = clock.real_now()
    dispatch.save(update_fields=["state", "attempts", "last_error", "tried_at"])
    _record(dispatch, "note_dispatch_sent")


@transaction.atomic
def hold_back_dispatch(dispatch: Dispatch, *, why: str) -> None:
    """It need not go out any more; the message stays where it is read. `why` is a short code."""
    dispatch.state, dispatch.last_error = DispatchState.HELD_BACK, why[:40]
    dispatch.save(update_fields=["state", "last_error"])
    _record(dispatch, "hold_back_dispatch")


@transaction.atomic
def retry_dead_dispatches(channel: ContactChannel, *, by: str) -> int:
    """Put what was given up on this channel back into the queue, except where the person took the agreement back; how many."""
    dead = Dispatch.objects.filter(channel=channel, state=DispatchState.DEAD).exclude(last_error=WITHDRAWN)
    count = dead.update(state=DispatchState.WAITING, attempts=0, next_try=clock.real_now())
    if count:
        record_act("retry_dead_dispatches", by=by, object_type="channel", object_id=channel.value, fields=[str(count)])
    return count


def _record(dispatch: Dispatch, verb: str) -> None:
    of_message = dispatch.message_id is not None
    record_act(
        verb,
        by=PROGRAM,
        object_type="message" if of_message else "digest",
        object_id=dispatch.message_id if of_message else dispatch.digest_id,
    )


@transaction.atomic
def note_dispatch_failed(dispatch: Dispatch, *, error: str, now: dt.datetime, for_good: bool = False) -> None:
    """Try again later, or give up: after too many failures, or where trying again cannot help. `error` is a short code, no address."""
    dispatch.attempts += 1
    dispatch.tried_at = now
    dispatch.last_error = error[:40]
    again = None if for_good else next_try(dispatch.attempts, now=now, key=str(dispatch.pk))
    if again is None:
        dispatch.state = DispatchState.DEAD
        _record(dispatch, "note_dispatch_failed")
    else:
        dispatch.next_try = again
    dispatch.save(update_fields=["state", "attempts", "next_try", "tried_at", "last_error"])


# --- notices -------------------------------------------------------------------------------------------------------------------


@transaction.atomic
def mark_notice_read(notice: Notice, *, by: str) -> None:
    """Remember when it was first opened; opening it again changes nothing."""
    if Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=clock.real_now()):
        record_act("mark_notice_read", by=by, object_type="notice", object_id=notice.key, fields=["read_at"])


@transaction.atomic
def mark_notices_read(account: Account, *, up_to: int, kind: str, by: str) -> int:
    """Everything the account had before its eyes, of one kind or (empty) of all; what came after `up_to` stays unread."""
    seen = Notice.objects.filter(account=account, read_at=None, pk__lte=up_to)
    count = (seen.filter(kind=kind) if kind else seen).update(read_at=clock.real_now())
    if count:
        record_act("mark_notices_read", by=by, object_type="account", object_id=account.pk, fields=["read_at"])
    return count


@transaction.atomic
def choose_notice_way(
    account: Account, way: str, *, address: str, is_agreed: bool, is_told_at_once: bool, by: str
) -> NoticePreference:
    """How the account wants to hear of its notices. A letter needs an address and, for a new one, a tick; without letters it is deleted."""
    if way not in DigestWay:
        raise BadInput(_("Hãy chọn một cách nhận thông báo."))
    if way == DigestWay.IN_APP:
        withdraw_letters(account, by=by)
    else:
        is_known = account.email_agreed_at is not None and account.email == address.strip()
        if not is_agreed and not is_known:
            raise BadInput(_("Nếu muốn nhận thư, hãy đánh dấu vào ô đồng ý."))
        agree_to_letters(account, address, by=by)
    chosen = {"way": way, "is_told_at_once": is_told_at_once and way != DigestWay.IN_APP}
    preference, _new = NoticePreference.objects.update_or_create(account=account, defaults=chosen)
    record_act("choose_notice_way", by=by, object_type="account", object_id=account.pk, fields=sorted(chosen))
    return preference


@transaction.atomic
def make_digest(
    account: Account,
    *,
    key: str,
    on: dt.date,
    most: int,
    before: dt.datetime | None = None,
    kinds: Collection[str] = (),
    is_simulated: bool = False,
) -> Digest | None:
    """Write what is new for the account into one letter and put it into the queue; `None` where nothing is new or the key is there already.

    The letter, its dispatch and `digested_at` are saved together: a kill leaves all of them or none, and no notice goes into two letters.
    """
    NoticePreference.objects.select_for_update().filter(account=account).first()  # two makers take turns
    if Digest.objects.filter(account=account, key=key).exists():
        return None
    new = list(undigested(account, before=before, kinds=kinds).order_by("created_at", "pk"))
    if not new:
        return None
    at = clock.real_now()
    lines = [NoticeLine(notice.kind, notice.subject, notice.on) for notice in new]
    digest = Digest.objects.create(
        account=account,
        key=key,
        subject=digest_subject(len(lines), on=on),
        body=digest_body(lines, name=account.full_name, most=most, is_simulated=is_simulated),
        made_at=at,
    )
    Notice.objects.filter(pk__in=[notice.pk for notice in new]).update(digested_at=at)
    Dispatch.objects.create(digest=digest, channel=ContactChannel.EMAIL, next_try=at)
    record_act("make_digest", by=PROGRAM, object_type="account", object_id=account.pk, fields=[key.partition(":")[0]])
    return digest


@transaction.atomic
def forget_old_notices(*, read_before: dt.datetime) -> int:
    """Delete notices that were read before that moment, and digests as old that are not waiting; how many notices.

    The same key given again after that is new again.
    """
    count, _rows = Notice.objects.filter(read_at__lt=read_before).delete()
    waiting = Dispatch.objects.filter(state=DispatchState.WAITING, digest__isnull=False).values("digest")
    Digest.objects.filter(made_at__lt=read_before).exclude(pk__in=waiting).delete()
    if count:
        record_act("forget_old_notices", by=PROGRAM, object_type="notice", object_id="-", fields=[str(count)])
    return count
