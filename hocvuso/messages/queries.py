from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When

from hocvuso.messages.models import DigestWay, Dispatch, DispatchState, Message, Notice, NoticePreference
from hocvuso.people.models import Account, ContactChannel, Person

WEEK = dt.timedelta(days=7)


def messages_of(person: Person) -> QuerySet[Message]:
    """The person's own, the newest first. Nobody else's are ever asked for."""
    return Message.objects.filter(person=person).order_by("-created_at", "-pk")


def unread_count(person: Person) -> int:
    return Message.objects.filter(person=person, read_at=None).count()


def due_dispatches(
    now: dt.datetime, *, limit: int, channel: ContactChannel = ContactChannel.EMAIL, after: ContactChannel | None = None
) -> list[Dispatch]:
    """What should go out by this channel by now, the longest waiting first. `now` is the machine's time.

    `after`: what still waits for that other channel waits here, too.
    """
    waiting = Dispatch.objects.filter(channel=channel, state=DispatchState.WAITING, next_try__lte=now)
    if after is not None:
        other = Dispatch.objects.filter(message=OuterRef("message"), channel=after, state=DispatchState.WAITING)
        waiting = waiting.filter(~Exists(other))
    return list(waiting.select_related("message__person", "digest__account").order_by("next_try", "pk")[:limit])


def tried_since(channel: ContactChannel, moment: dt.datetime) -> int:
    """How many were tried by this channel since then, whatever came of them."""
    return Dispatch.objects.filter(channel=channel, tried_at__gt=moment).count()


def sent_this_week(person: Person, channel: ContactChannel, *, now: dt.datetime) -> int:
    """How many reached the person by this channel in the seven days before now."""
    sent = Dispatch.objects.filter(channel=channel, state=DispatchState.SENT, tried_at__gt=now - WEEK)
    return sent.filter(message__person=person).count()


def is_sent_by(message: Message, channel: ContactChannel) -> bool:
    return Dispatch.objects.filter(message=message, channel=channel, state=DispatchState.SENT).exists()


def dispatch_counts() -> dict[tuple[str, str], int]:
    """(channel, state) → how many."""
    rows = Dispatch.objects.values_list("channel", "state").annotate(n=Count("pk")).order_by()
    return {(channel, state): n for channel, state, n in rows}


def failure_counts(channel: ContactChannel) -> dict[str, int]:
    """Why what was given up on this channel did not get through: short code → how many, the most frequent first."""
    dead = Dispatch.objects.filter(channel=channel, state=DispatchState.DEAD)
    return dict(dead.values_list("last_error").annotate(n=Count("pk")).order_by("-n", "last_error"))


# --- notices -------------------------------------------------------------------------------------------------------------------


def notices_of(account: Account) -> QuerySet[Notice]:
    """The account's own, the newest first."""
    return Notice.objects.filter(account=account)


def unread_notices(account: Account) -> int:
    return Notice.objects.filter(account=account, read_at=None).count()


def listed_notices(account: Account, *, kind: str = "") -> QuerySet[Notice]:
    """What is not read yet, then the rest, each the newest first; of one kind or of all."""
    found = notices_of(account).filter(kind=kind) if kind else notices_of(account)
    is_read = Case(When(read_at=None, then=Value(0)), default=Value(1))
    return found.order_by(is_read, "-created_at", "-pk")


@dataclass(frozen=True, slots=True)
class KindCount:
    kind: str
    all: int
    unread: int


def notice_kinds(account: Account) -> list[KindCount]:
    """Which kinds of notices the account has, the fullest first."""
    rows = notices_of(account).order_by().values_list("kind")
    counted = rows.annotate(all=Count("pk"), unread=Count("pk", filter=Q(read_at=None))).order_by("-all", "kind")
    return [KindCount(*row) for row in counted]


def preference_of(account: Account) -> NoticePreference:
    """What the account has chosen, or what holds for whoever has chosen nothing (not saved)."""
    return NoticePreference.objects.filter(account=account).first() or NoticePreference(account=account)


def undigested(account: Account, *, before: dt.datetime | None = None, kinds: Collection[str] = ()) -> QuerySet[Notice]:
    """What is neither read nor in a digest: given before that moment, or of these kinds."""
    new = Notice.objects.filter(account=account, read_at=None, digested_at=None)
    if before is not None:
        new = new.filter(created_at__lt=before)
    return new.filter(kind__in=kinds) if kinds else new


def accounts_awaiting(way: DigestWay, key: str, *, before: dt.datetime) -> QuerySet[Account]:
    """Who has chosen this way, agreed to letters, has something new from before that moment, and has no digest of this key."""
    new = Notice.objects.filter(account=OuterRef("pk"), read_at=None, digested_at=None, created_at__lt=before)
    reached = Account.objects.filter(is_active=True, email_agreed_at__isnull=False, notice_preference__way=way)
    return reached.filter(Exists(new)).exclude(digests__key=key).order_by("pk")


def accounts_to_tell_at_once(kinds: Collection[str], *, since: dt.datetime) -> QuerySet[Account]:
    """Who wants to be told at once, has something of these kinds, and got no letter since that moment."""
    new = Notice.objects.filter(account=OuterRef("pk"), read_at=None, digested_at=None, kind__in=kinds)
    reached = Account.objects.filter(
        is_active=True, email_agreed_at__isnull=False, notice_preference__is_told_at_once=True
    )
    return reached.filter(Exists(new)).exclude(digests__made_at__gt=since).order_by("pk")
