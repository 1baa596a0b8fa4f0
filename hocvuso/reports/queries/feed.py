"""An account's due days, for its calendar program: reports of its places, tasks it answers for. No figures, no names of people."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.utils.translation import gettext as _

from hocvuso.people.models import Account
from hocvuso.people.queries import roles_of
from hocvuso.people.rules import RIGHTS_OF_ROLE, Right
from hocvuso.places.models import Place, Unit
from hocvuso.plans.models import TaskOwner
from hocvuso.plans.queries import plans_touching, task_here, tasks_here
from hocvuso.reports.ics import DueDay
from hocvuso.reports.models import CalendarFeed
from hocvuso.reports.queries.obligations import Obligation, obligations_between

BACK, AHEAD = dt.timedelta(days=35), dt.timedelta(days=400)
LONGEST_TOKEN = 100


def digest_of(token: str) -> str:
    """What is kept of the secret in a feed's address."""
    return hashlib.sha256(token.encode()).hexdigest()


def feed_account(token: str) -> Account | None:
    """Whose feed it is; nobody's where the account was closed."""
    if len(token) > LONGEST_TOKEN:
        return None
    feed = CalendarFeed.objects.filter(digest=digest_of(token)).select_related("account").first()
    return feed.account if feed and feed.account.is_active else None


def feed_of(account: Account) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(account=account).first()


def due_days_of(account: Account, *, today: dt.date) -> list[DueDay]:
    """From a month ago to a year ahead: reports of the places whose reports the account writes, open tasks of those whose tasks it keeps.

    Roles count as they are today: whoever changes places gets another calendar under the same address.
    """
    found: dict[str, DueDay] = {}
    for role in roles_of(account, on=today):
        place = role.unit or role.org
        assert place is not None  # the role's constraint
        rights = RIGHTS_OF_ROLE[role.kind]
        if Right.REPORTS in rights:
            for owed in obligations_between(place, today - BACK, today + AHEAD, today=today):
                day = _report_day(owed)
                found[day.uid] = day
        if Right.TASKS in rights:
            for day in _task_days(place, today):
                found[day.uid] = day
    owned = TaskOwner.objects.filter(account=account).select_related("task__plan__unit", "unit", "org__of")
    for owner in owned:
        place = owner.unit or owner.org
        here = task_here(owner.task, place, today=today) if place else None
        if here and place and not here.is_done and owner.task.last_day:
            day = _task_day(owner.task.plan.key, owner.task.key, owner.task.title, owner.task.last_day, place)
            found[day.uid] = day
    return sorted(found.values(), key=lambda one: (one.day, one.uid))


def _report_day(owed: Obligation) -> DueDay:
    title = _("Tổng hợp: %(title)s") % {"title": owed.duty.title} if owed.gathers else owed.duty.title
    span = _("Số liệu từ %(first)s đến %(last)s.") % {
        "first": f"{owed.span.first:%d/%m/%Y}",
        "last": f"{owed.span.last:%d/%m/%Y}",
    }
    return DueDay(
        uid=_uid("bao-cao", owed.duty.plan.key, owed.duty.key, owed.place, owed.due.isoformat()),
        day=owed.due,
        title=title,
        where=owed.place.name,
        note="\n".join([_("Gửi: %(to)s.") % {"to": owed.duty.to}, span, *owed.concerns]),
    )


def _task_days(place: Place, today: dt.date) -> list[DueDay]:
    home = place if isinstance(place, Unit) else place.of
    return [
        _task_day(plan.key, here.task.key, here.task.title, here.task.last_day, place)
        for plan in plans_touching(home)
        for here in tasks_here(plan, place, today=today)
        if here.leads_here and not here.is_done and here.task.last_day and today - BACK <= here.task.last_day
    ]


def _task_day(plan: str, key: str, title: str, day: dt.date, place: Place) -> DueDay:
    return DueDay(
        uid=_uid("nhiem-vu", plan, key, place),
        day=day,
        title=_("Hạn nhiệm vụ: %(title)s") % {"title": title},
        where=place.name,
    )


def _uid(*parts: str | Place) -> str:
    """The same for the same report or task, whatever its title or its period becomes."""
    words = [part if isinstance(part, str) else f"{type(part).__name__}:{part.code}" for part in parts]
    return f"{hashlib.sha256('/'.join(words).encode()).hexdigest()[:32]}@hocvuso"
