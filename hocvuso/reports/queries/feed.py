"""An account's due days, for its calendar program: reports of its places, tasks it answers for. No figures, no names of people."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.utils.translation import gettext as _

from hocvuso.lib.periods import Span
from hocvuso.people.models import Account
from hocvuso.people.queries import roles_of
from hocvuso.people.rules import RIGHTS_OF_ROLE, Right
from hocvuso.places.models import Place, Unit
from hocvuso.plans.queries import plans_touching
from hocvuso.reports.ics import DueDay
from hocvuso.reports.models import CalendarFeed
from hocvuso.reports.queries.obligations import Obligation, obligations_between
from hocvuso.tasks.queries import tasks_here
from hocvuso.tasks.queries.mine import DueDay as TaskDay
from hocvuso.tasks.queries.mine import days_between
from hocvuso.tasks.queries.mine import due_days_of as tasks_due

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
    for one in tasks_due(account, today=today, span=Span(today - BACK, today + AHEAD)):
        if not one.done:
            day = _task_day(one)
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
    """Open tasks of a place, each time of those that come again; days that no plan prints are left out."""
    home = place if isinstance(place, Unit) else place.of
    heres = [here for plan in plans_touching(home) for here in tasks_here(plan, place, today=today) if here.leads_here]
    days = days_between(heres, place, span=Span(today - BACK, today + AHEAD))
    return [_task_day(one) for one in days if one.printed and not one.done]


def _task_day(one: TaskDay) -> DueDay:
    said = f"{one.title} ({one.name})" if one.name else one.title
    return DueDay(
        uid=_uid("nhiem-vu", one.address, one.place),
        day=one.day,
        title=_("Hạn nhiệm vụ: %(title)s") % {"title": said},
        where=one.place.name,
    )


def _uid(*parts: str | Place) -> str:
    """The same for the same report or task, whatever its title or its period becomes."""
    words = [part if isinstance(part, str) else f"{type(part).__name__}:{part.code}" for part in parts]
    return f"{hashlib.sha256('/'.join(words).encode()).hexdigest()[:32]}@hocvuso"
