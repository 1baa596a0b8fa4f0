"""Which place a page is about, and whether this account may look at it."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from hocvuso.lib import clock
from hocvuso.people.queries import roles_of, visible_organisations, visible_units
from hocvuso.people.rules import RIGHTS_OF_ROLE, Right
from hocvuso.places.models import Level, Place, Unit
from hocvuso.web.shared.rights import account_of


def home_places(request: HttpRequest, right: Right = Right.FIGURES) -> list[Place]:
    """Where the account holds a role with this right, in the order the roles were given."""
    roles = roles_of(account_of(request), on=clock.today())
    places = [role.unit or role.org for role in roles if right in RIGHTS_OF_ROLE[role.kind]]
    return [place for place in places if place is not None]


def place_or_404(
    request: HttpRequest, key: str | None, right: Right = Right.FIGURES, *, line_above: bool = True
) -> Place:
    """The place an address names; without a name, the account's own first one.

    `line_above`: whether the figures of what lies above count as seen; not for what tells of single offices.
    """
    account, today = account_of(request), clock.today()
    if not key:
        places = home_places(request, right)
        if not places:
            raise Http404
        return places[0]
    if "\0" in key:  # no code has it, and PostgreSQL does not take it
        raise Http404
    if key.startswith("o:"):
        found = visible_organisations(account, on=today, right=right).select_related("of", "seat")
        return get_object_or_404(found, code=key[2:])
    seen = visible_units(account, on=today, right=right, line_above=line_above)
    return get_object_or_404(seen.select_related("parent"), code=key)


def acts_for(request: HttpRequest, place: Place, right: Right) -> bool:
    """Does the account hold a role with this right at this very place? Reading may go down the line; writing is done in one's own name."""
    return place in home_places(request, right)


def holds_at(request: HttpRequest, right: Right, place: Place) -> bool:
    """Does the account hold the right at this very place? Asked before a page offers a link that needs it."""
    account, today = account_of(request), clock.today()
    if isinstance(place, Unit):
        return visible_units(account, on=today, right=right).filter(pk=place.pk).exists()
    return visible_organisations(account, on=today, right=right).filter(pk=place.pk).exists()


def places_below(request: HttpRequest, place: Place) -> list[Place]:
    """Communes of a province, villages and organisations of a commune: what the account may open from here."""
    if not isinstance(place, Unit):
        return []
    account, today = account_of(request), clock.today()
    units = visible_units(account, on=today).filter(parent=place).exclude(level=Level.DISTRICT).order_by("code")
    orgs = (
        visible_organisations(account, on=today).filter(of=place).order_by("kind", "name").select_related("seat", "of")
    )
    return [*units, *orgs]
