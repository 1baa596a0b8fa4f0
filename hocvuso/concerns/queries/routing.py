"""Who is to answer what: by the theme and by where it was raised; a person may choose another one."""

from __future__ import annotations

import datetime as dt
from functools import cache

from django.conf import settings
from django.utils.translation import gettext as _

from hocvuso.concerns.models import Concern
from hocvuso.concerns.rules import Theme, parse_themes
from hocvuso.lib.errors import Refused, UnknownName
from hocvuso.lib.text import fold
from hocvuso.lib.yamlfile import read_yaml
from hocvuso.people.queries import accounts_with
from hocvuso.people.rules import Right
from hocvuso.places.models import Level, Organisation, OrganisationKind, Place, Unit


@cache
def themes() -> dict[str, Theme]:
    return parse_themes(read_yaml(settings.DATA_DIR / "concern_themes.yaml"))


def theme_named(key: str) -> Theme:
    found = themes().get(key)
    if found is None:
        raise UnknownName(_("Không có lĩnh vực “%(key)s”.") % {"key": key})
    return found


def default_addressee(place: Place, theme: Theme, *, on: dt.date) -> Place:
    """Who is to answer. A village and what belongs to a commune ask their commune; everybody else the province's agency of the theme.

    An agency where nobody may answer yet is passed over: then the province itself, which can pass it on.
    """
    commune = _commune_of(place)
    if commune is not None:
        return commune
    province = _province_of(place)
    if province is not None:
        agencies = _agencies_named(province, theme, on)
        for agency in agencies:
            if agency != place and accounts_with(Right.ANSWER_CONCERNS, agency, on=on).exists():
                return agency
        if province != place:
            return province
        if others := [agency for agency in agencies if agency != place]:
            return others[0]
    raise Refused(_("Hệ thống chưa có nơi nào ở trên %(place)s để trả lời.") % {"place": place.name})


def addressees(place: Place, *, on: dt.date) -> list[Place]:
    """Everybody who might answer what was raised at a place: its commune, the province, the province's agencies."""
    commune, province = _commune_of(place) or _itself_a_commune(place), _province_of(place)
    found: list[Place] = [unit for unit in (commune, province) if unit is not None]
    if province is not None:
        agencies = Organisation.objects.filter(Organisation.in_force(on), of=province, kind=OrganisationKind.AGENCY)
        found += agencies.select_related("of").order_by("name")
    return found


def overseers(concern: Concern) -> Unit | None:
    """The unit that keeps an eye on it: the plan's, else the province where it was raised."""
    return concern.plan.unit if concern.plan is not None else _province_of(concern.place)


def _agencies_named(province: Unit, theme: Theme, on: dt.date) -> list[Organisation]:
    wanted = [fold(name) for name in theme.to]
    found = Organisation.objects.filter(Organisation.in_force(on), of=province, folded__in=wanted)
    return sorted(found.select_related("of"), key=lambda org: wanted.index(org.folded))


def _commune_of(place: Place) -> Unit | None:
    """The commune a village lies in, or an organisation answers to."""
    if isinstance(place, Organisation):
        return place.of if place.of.level == Level.COMMUNE else None
    return place.parent if place.level == Level.VILLAGE else None


def _itself_a_commune(place: Place) -> Unit | None:
    return place if isinstance(place, Unit) and place.level == Level.COMMUNE else None


def _province_of(place: Place) -> Unit | None:
    unit: Unit | None = place if isinstance(place, Unit) else place.of
    while unit is not None and unit.level != Level.PROVINCE:
        unit = unit.parent
    return unit
