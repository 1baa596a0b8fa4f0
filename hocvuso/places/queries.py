from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hocvuso.lib.errors import UnknownName
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


def organisations_within(unit: Unit, *, on: dt.date) -> QuerySet[Organisation]:
    """Organisations standing in the unit, wherever they answer to: their people are counted where they stand."""
    return Organisation.objects.filter(Organisation.in_force(on), seat__path__startswith=unit.path)
