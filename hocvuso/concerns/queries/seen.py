"""Which concerns somebody may see, and for which they may speak or answer."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.db.models import Case, F, Q, QuerySet, When

from hocvuso.attachments.models import Attachment
from hocvuso.concerns.models import Concern, ConcernState, ConcernStep, StepKind
from hocvuso.concerns.rules import OPEN
from hocvuso.people.models import Account, Person
from hocvuso.people.queries import NOBODY, roles_of
from hocvuso.people.rules import Right, roles_with
from hocvuso.places.models import Organisation, Place, Unit

WITH_PLACES = (
    "unit__parent", "org__of", "to_unit__parent", "to_org__of", "plan__unit", "task",
    "merged_into__to_unit", "merged_into__to_org",
)  # fmt: skip


def raised_in(place: Place) -> Q:
    """Raised at a place or in what lies in it."""
    if isinstance(place, Unit):
        return Q(unit__path__startswith=place.path) | Q(org__of__path__startswith=place.path)
    return Q(org=place)


def addressed_in(place: Place, *, path: str = "") -> Q:
    """To be answered, or answered, by a place or by what lies in it. `path` leads to another concern: "merged_into__"."""
    if isinstance(place, Unit):
        units = Q(**{f"{path}to_unit__path__startswith": place.path})
        return units | Q(**{f"{path}to_org__of__path__startswith": place.path})
    return Q(**{f"{path}to_org": place})


def visible_concerns(account: Account, *, on: dt.date) -> QuerySet[Concern]:
    """What was raised at the account's own places and in what lies in them, and what is addressed there. Never a neighbour's."""
    seen = NOBODY
    for place in _places(account, Right.FIGURES, on):
        seen |= raised_in(place) | addressed_in(place) | addressed_in(place, path="merged_into__")
    return with_standing(Concern.objects.filter(seen)).select_related(*WITH_PLACES)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of the visible ones are asked for: those the account's own places are to answer (open only), those raised there, or all."""

    view: Literal["to_answer", "raised", "all"] = "all"
    theme: str = ""
    kind: str = ""
    state: str = ""
    late: bool = False
    first: dt.date | None = None
    last: dt.date | None = None


def wanted_concerns(account: Account, wanted: Wanted, *, today: dt.date) -> QuerySet[Concern]:
    """What is to be answered comes with the nearest day first, everything else the newest first."""
    found = visible_concerns(account, on=today)
    if wanted.view == "to_answer":
        found = _at(found, _places(account, Right.ANSWER_CONCERNS, today), "to_").filter(state__in=list(OPEN))
        found = found.order_by("answer_by", "recorded_at", "pk")
    elif wanted.view == "raised":
        found = _at(found, _places(account, Right.TASKS, today), "")
    asked = {
        "theme": wanted.theme,
        "kind": wanted.kind,
        "seen_state": wanted.state,
        "on__gte": wanted.first,
        "on__lte": wanted.last,
    }
    found = found.filter(**{field: value for field, value in asked.items() if value})
    return found.filter(seen_state__in=list(OPEN), seen_due__lt=today) if wanted.late else found  # type: ignore[misc]


def _at(concerns: QuerySet[Concern], places: list[Place], prefix: str) -> QuerySet[Concern]:
    """At these very places, not in what lies in them."""
    units, orgs = ([p.pk for p in places if isinstance(p, sort)] for sort in (Unit, Organisation))
    return concerns.filter(Q(**{f"{prefix}unit__in": units}) | Q(**{f"{prefix}org__in": orgs}))


def last_answers(concerns: Iterable[Concern]) -> dict[uuid.UUID, ConcernStep]:
    """The newest answer to each, or to what it was merged into: by the id of the one that was answered."""
    asked = {concern.merged_into_id or concern.pk for concern in concerns}
    steps = ConcernStep.objects.filter(concern__in=asked, what=StepKind.ANSWERED).select_related("unit", "org")
    return {step.concern_id: step for step in steps.order_by("pk")}


def with_standing(concerns: QuerySet[Concern]) -> QuerySet[Concern]:
    """With `seen_state` and `seen_due`: how it stands for who asked. What was merged stands as the one it was merged into."""
    merged = Q(state=ConcernState.MERGED)
    return concerns.annotate(
        seen_state=Case(When(merged, then=F("merged_into__state")), default=F("state")),
        seen_due=Case(When(merged, then=F("merged_into__answer_by")), default=F("answer_by")),
    )


def concerns_of(person: Person) -> QuerySet[Concern]:
    """What somebody raised themselves, the newest first."""
    return with_standing(person.concerns.all()).select_related(*WITH_PLACES)


def concern_file(concern: Concern, attachment: uuid.UUID) -> Attachment | None:
    """A file that came with an answer to this concern, or to the one it was merged into."""
    answered = [concern.pk, *([concern.merged_into_id] if concern.merged_into_id else [])]
    found = ConcernStep.objects.filter(concern__in=answered, attachment=attachment).select_related("attachment").first()
    return found.attachment if found else None


def late_concerns(*, today: dt.date) -> QuerySet[Concern]:
    """Every one that still waits for an answer after its day."""
    late = Concern.objects.filter(state__in=list(OPEN), answer_by__lt=today)
    return late.select_related(*WITH_PLACES, "person").order_by("answer_by", "pk")


@dataclass(frozen=True, slots=True)
class Seat:
    """What an account may do about a concern, and in whose name."""

    answers: Place | None  # the place it is addressed to
    steers: Place | None  # that place, or one in which it lies: passes on, merges
    separates: Place | None  # steers what it was merged into
    speaks: bool  # works where it was raised: closes, asks again. What a member of a team raised, only that member does


def seat_of(account: Account, concern: Concern, *, on: dt.date) -> Seat:
    here = _places(account, Right.ANSWER_CONCERNS, on)
    lead = concern.merged_into
    return Seat(
        answers=concern.addressee if concern.addressee in here else None,
        steers=next((place for place in here if lies_in(concern.addressee, place)), None),
        separates=next((place for place in here if lies_in(lead.addressee, place)), None) if lead else None,
        speaks=concern.person_id is None and concern.place in _places(account, Right.TASKS, on),
    )


def lies_in(place: Place, other: Place) -> bool:
    """Is it the other place, or in it? An organisation lies in the unit it answers to."""
    if place == other or not isinstance(other, Unit):
        return place == other
    return other.contains(place if isinstance(place, Unit) else place.of)


def _places(account: Account, right: Right, on: dt.date) -> list[Place]:
    roles = roles_of(account, on=on).filter(kind__in=roles_with(right))
    return [place for role in roles if (place := role.unit or role.org) is not None]
