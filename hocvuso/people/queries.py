from __future__ import annotations

import datetime as dt
import re
from functools import cache

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from hocvuso.lib.errors import BadInput, UnknownName
from hocvuso.lib.text import fold
from hocvuso.people.identity import IdentityVault
from hocvuso.people.models import Account, Contact, KeyMark, Person, Role, RoleKind
from hocvuso.people.rules import RIGHTS_OF_ROLE, Right, roles_with
from hocvuso.places.models import Organisation, Place, Unit, place_fields

NOBODY = Q(pk__in=[])


@cache
def vault() -> IdentityVault:
    return IdentityVault(settings.IDENTITY_KEY)


def roles_of(account: Account, *, on: dt.date) -> QuerySet[Role]:
    held = account.roles.filter(Role.held(on), account__is_active=True)
    return held.select_related("unit", "org", "org__of", "org__seat").order_by("pk")


def rights_of(account: Account, *, on: dt.date) -> frozenset[Right]:
    """Every right the account holds somewhere today."""
    if not account.is_active:
        return frozenset()
    kinds = account.roles.filter(Role.held(on)).values_list("kind", flat=True)
    return frozenset().union(*(RIGHTS_OF_ROLE[kind] for kind in kinds))


def has_right(account: Account, right: Right, *, on: dt.date) -> bool:
    return right in rights_of(account, on=on)


def accounts_with(right: Right, place: Place, *, on: dt.date) -> QuerySet[Account]:
    """Who holds the right at this very place: those to tell when something waits there."""
    held = Role.objects.filter(Role.held(on), kind__in=roles_with(right), **place_fields(place))
    return Account.objects.filter(pk__in=held.values("account"), is_active=True).order_by("pk")


def holders_of(right: Right, *, on: dt.date) -> dict[tuple[int | None, int | None], list[Account]]:
    """Everybody who holds the right, by the place where they do: the keys of its unit and of its organisation, one of them empty."""
    held = Role.objects.filter(Role.held(on), kind__in=roles_with(right), account__is_active=True)
    found: dict[tuple[int | None, int | None], list[Account]] = {}
    for role in held.select_related("account").order_by("account_id"):
        there = found.setdefault((role.unit_id, role.org_id), [])
        if role.account not in there:
            there.append(role.account)
    return found


def holders_of_role(kind: RoleKind, place: Place, *, on: dt.date) -> list[Account]:
    """Who holds a role of this kind at this very place."""
    held = Role.objects.filter(Role.held(on), kind=kind, **place_fields(place))
    return list(Account.objects.filter(pk__in=held.values("account"), is_active=True).order_by("pk"))


def _units_within(account: Account, right: Right, on: dt.date, path: str) -> Q:
    """Everything at or below the units where the account holds the right. `path` names the field, "path" or "unit__path"."""
    within = NOBODY
    for role in roles_of(account, on=on).filter(kind__in=roles_with(right), unit__isnull=False):
        assert role.unit is not None
        within |= Q(**{f"{path}__startswith": role.unit.path})
    return within


def visible_units(
    account: Account, *, on: dt.date, right: Right = Right.FIGURES, line_above: bool = True
) -> QuerySet[Unit]:
    """Units whose figures the account may see: its own and those below.

    The line above comes along (a commune sees how its province stands, an agency its province), because totals name nobody; a neighbour
    does not. What tells of single offices (tasks) is asked for without it.
    """
    seen = _units_within(account, right, on, "path")
    if right is Right.FIGURES and line_above:
        above: set[str] = set()
        for role in roles_of(account, on=on).filter(kind__in=roles_with(right)):
            home = role.unit or (role.org.of if role.org else None)
            if home is not None:
                above |= {*home.codes_above, home.code} if role.org else set(home.codes_above)
        seen |= Q(code__in=above)
    return Unit.objects.filter(seen).filter(Unit.in_force(on))


def visible_organisations(account: Account, *, on: dt.date, right: Right = Right.FIGURES) -> QuerySet[Organisation]:
    """Organisations that answer to a unit of the account's, or where it holds the role itself."""
    of_units = _units_within(account, right, on, "of__path")
    own = Q(pk__in=roles_of(account, on=on).filter(kind__in=roles_with(right), org__isnull=False).values("org"))
    return Organisation.objects.filter(of_units | own).filter(Organisation.in_force(on))


def visible_persons(account: Account, *, on: dt.date) -> QuerySet[Person]:
    """Names: residents of the account's commune, or the people of its own organisation. Never a neighbour's."""
    residents = _units_within(account, Right.PEOPLE, on, "unit__path")
    staff = _units_within(account, Right.PEOPLE, on, "org__of__path")
    held = roles_of(account, on=on).filter(kind__in=roles_with(Right.PEOPLE), org__isnull=False)
    return Person.objects.filter(residents | staff | Q(org__in=held.values("org")))


def residents_seen(account: Account, *, on: dt.date) -> QuerySet[Person]:
    """Those among the visible persons who live where the account may see names. The others it sees through their organisation only."""
    return Person.objects.filter(_units_within(account, Right.PEOPLE, on, "unit__path"))


def kept_subject(subject: str) -> str:
    """What is stored of the name an outside provider has for somebody. Where that name is the identity number, only its HMAC is."""
    return vault().match(subject) if re.fullmatch(r"\s*[0-9]{12}\s*", subject) else subject


def person_known_as(issuer: str, subject: str) -> Person | None:
    """Who came in under this name of this provider before."""
    return Person.objects.filter(
        external_identities__issuer=issuer, external_identities__subject=kept_subject(subject)
    ).first()


def person_with_number(number: str) -> Person | None:
    """Whose identity number it is; found by its HMAC, as the number itself is nowhere. Raises `BadInput` unless it has twelve digits."""
    return Person.objects.filter(identity_match=vault().match(number)).first()


def contact_of(person: Person, channel: str) -> Contact | None:
    return Contact.objects.filter(person=person, channel=channel).first()


def letters_reach(account: Account) -> str:
    """Where letters to this account may go today; empty unless it is open and has agreed."""
    return account.email if account.is_active and account.email_agreed_at else ""


def account_named(username: str) -> Account:
    try:
        return Account.objects.get(username=username)
    except Account.DoesNotExist:
        raise UnknownName(_("Không có tài khoản “%(username)s”.") % {"username": username}) from None


def role_held(
    account: Account, kind: RoleKind, *, on: dt.date, unit: Unit | None = None, org: Organisation | None = None
) -> Role:
    """The one role of this kind the account holds; where it holds several, the place must be said."""
    found = account.roles.filter(Role.held(on), kind=kind).select_related("unit", "org").order_by("pk")
    if unit or org:
        found = found.filter(unit=unit, org=org)
    names = {"username": account.username, "role": kind.label}
    match list(found):
        case [role]:
            return role
        case []:
            raise UnknownName(_("Tài khoản “%(username)s” không giữ vai trò “%(role)s” nào ở đó.") % names)
        case several:
            places = ", ".join(str(role.unit or role.org) for role in several)
            raise BadInput(
                _(
                    "Tài khoản “%(username)s” giữ vai trò “%(role)s” ở nhiều nơi (%(places)s): hãy ghi rõ --unit hoặc --org."
                )
                % {**names, "places": places}
            )


def written_under_another_key() -> bool:
    """True when this database holds data made under an identity key that is not the one we were given."""
    marks = list(KeyMark.objects.values_list("fingerprint", flat=True))
    return bool(marks) and vault().fingerprint not in marks


def find_persons(persons: QuerySet[Person], asked: str) -> QuerySet[Person]:
    """Those whose name contains what was asked, with or without diacritics; in the order of the alphabet."""
    if asked:
        persons = persons.filter(folded__contains=fold(asked))
    return persons.select_related("unit", "org").order_by("folded", "pk")
