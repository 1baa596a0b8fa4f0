"""A citizen's visit: which person the session names, and for how long. Officials sign in elsewhere (`rights.official`)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.http import HttpRequest

from hocvuso.lib import clock
from hocvuso.people.models import Person

PERSON, SHARED, SEEN = "person", "shared_phone", "seen"


def begin_visit(request: HttpRequest, person: Person, *, shared: bool) -> None:
    """The session names this person from now on, and nobody else. On a shared phone it ends soon after the last page."""
    request.session.flush()
    request.session[PERSON] = str(person.pk)
    request.session[SHARED] = shared
    request.session[SEEN] = clock.real_now().timestamp()
    minutes = settings.SHARED_PHONE_MINUTES if shared else settings.LEARNER_SESSION_MINUTES
    request.session.set_expiry(minutes * 60)


def visitor_id(request: HttpRequest) -> uuid.UUID | None:
    """Whom the session names, without asking the database for more: enough for a page that shows nothing of the person."""
    named = request.session.get(PERSON)
    return uuid.UUID(named) if named else None


def visitor(request: HttpRequest) -> Person | None:
    """The person this session names; asked of the database once a page."""
    if not hasattr(request, "_visitor"):
        named = visitor_id(request)
        request._visitor = Person.objects.filter(pk=named).order_by().first() if named else None  # type: ignore[attr-defined]
    person: Person | None = request._visitor  # type: ignore[attr-defined]
    return person


def visitor_of(request: HttpRequest) -> Person:
    """The person of a page that is only there for somebody signed in (`rights.learner`)."""
    person = visitor(request)
    assert person is not None
    return person


def actor_of(person: Person) -> str:
    """How the audit and the ledger name a citizen who acts for themselves: an id, never a name."""
    return person.actor


def is_on_shared_phone(request: HttpRequest) -> bool:
    return bool(request.session.get(SHARED))


def stay(request: HttpRequest) -> None:
    """A visit ends so long after the last page, not after the sign-in; written into the session now and then only."""
    now = clock.real_now().timestamp()
    if now - request.session.get(SEEN, 0) >= request.session.get_expiry_age() / 4:
        request.session[SEEN] = now
