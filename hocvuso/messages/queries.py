from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from hocvuso.messages.models import Dispatch, DispatchState, Message, Notice
from hocvuso.people.models import Account, Person


def messages_of(person: Person) -> QuerySet[Message]:
    """The person's own, the newest first. Nobody else's are ever asked for."""
    return Message.objects.filter(person=person).order_by("-created_at", "-pk")


def unread_count(person: Person) -> int:
    return Message.objects.filter(person=person, read_at=None).count()


def due_dispatches(now: dt.datetime, *, limit: int) -> list[Dispatch]:
    """What should go out by now, the longest waiting first. `now` is the machine's time."""
    waiting = Dispatch.objects.filter(state=DispatchState.WAITING, next_try__lte=now)
    return list(waiting.select_related("message__person").order_by("next_try", "pk")[:limit])


def notices_of(account: Account) -> QuerySet[Notice]:
    """The account's own, the newest first."""
    return Notice.objects.filter(account=account)


def unread_notices(account: Account) -> int:
    return Notice.objects.filter(account=account, read_at=None).count()
