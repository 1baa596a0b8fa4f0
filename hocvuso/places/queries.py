from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hocvuso.lib.errors import UnknownName
from hocvuso.lib.text import sort_key
from hocvuso.places.models import Level, Organisation, Unit


def unit_in_force(code: str, *, on: dt.date) -> Unit:
    try:
        return Unit.objects.select_related("parent").get(Unit.in_force(on), code=code)
    except Unit.DoesNotExist:
        raise UnknownName(
            _("Không có đơn vị mang mã “%(code)s” vào ngày %(day)s.") % {"code": code, "day": f"{on:%d/%m/%Y}"}
        ) from None


def organisation_in_force(code: str, *, on: dt.date) -> Organisation:
    try:
        return Organisation.objects.select_related("of", "seat").get(Organisation.in_force(on), code=code)
    except Organisation.DoesNotExist:
        raise UnknownName(
            _("Không có cơ quan, đơn vị mang mã “%(code)s” vào ngày %(day)s.") % {"code": code, "day": f"{on:%d/%m/%Y}"}
        ) from None


def units_within(unit: Unit, level: Level, *, on: dt.date) -> QuerySet[Unit]:
    return unit.below().filter(Unit.in_force(on), level=level).order_by("code")


def children_of(unit: Unit, *, on: dt.date) -> QuerySet[Unit]:
    return unit.children.filter(Unit.in_force(on)).order_by("code")


def communes_with_villages(*, on: dt.date) -> list[Unit]:
    """Communes whose villages this installation knows, province by province, in the order of the alphabet."""
    villages = Unit.objects.filter(Unit.in_force(on), level=Level.VILLAGE)
    found = Unit.objects.filter(Unit.in_force(on), level=Level.COMMUNE, pk__in=villages.values("parent"))
    communes = found.select_related("parent")
    return sorted(communes, key=lambda unit: (unit.parent.code if unit.parent else "", sort_key(unit.short_name)))


def villages_of(commune: Unit, *, on: dt.date) -> list[Unit]:
    villages = commune.children.filter(Unit.in_force(on), level=Level.VILLAGE)
    return sorted(villages, key=lambda unit: sort_key(unit.name))


def organisations_within(unit: Unit, *, on: dt.date) -> QuerySet[Organisation]:
    """Organisations standing in the unit, wherever they answer to: their people are counted where they stand."""
    return Organisation.objects.filter(Organisation.in_force(on), seat__path__startswith=unit.path)
