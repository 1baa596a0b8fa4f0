"""Who issues a report, as the form of its documents names it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from hocvuso.lib.text import fold
from hocvuso.places.models import Level, Organisation, Place, Unit
from hocvuso.plans.models import Duty
from hocvuso.reports.documents.fields import fill
from hocvuso.reports.documents.library import Library
from hocvuso.reports.documents.words import addressees, initials, named_office, two_lines
from hocvuso.reports.rules import Issuer


@dataclass(frozen=True, slots=True)
class _Office:
    """Whose letterhead it is: an office by name, or the People's Committee of a unit."""

    name: str
    kind: str  # as in the forms: office, commune, province, ward_office
    unit: Unit
    symbol: str = ""


def issuer_of(duty: Duty, place: Place, *, due: dt.date, library: Library) -> Issuer:
    office = _office(duty, place)
    form, body = library.form_for(office.name, kind=office.kind, on=due)
    unit = office.unit
    named = f"{unit.kind} {unit.short_name}"
    party = "Đảng ủy" if unit.level == Level.COMMUNE else "Thành ủy" if unit.kind == "thành phố" else "Tỉnh ủy"
    values = {
        "name": office.name, "NAME": office.name.upper(), "unit": named, "UNIT": named.upper(), "place": unit.short_name,
        "PLACE": unit.short_name.upper(), "kind": unit.kind, "symbol": office.symbol or initials(office.name),
        "party": party, "PARTY": party.upper(),
    }  # fmt: skip
    to = _to(duty, office)
    return Issuer(
        parent_agency=fill(body.parent, values),
        agency=two_lines(fill(body.agency, values)),
        agency_name=fill(body.full_name, values),
        symbol=fill(body.symbol, values),
        place=unit.short_name,
        authority=tuple(fill(line, values) for line in body.authority),
        recipients=(
            *(f"{name} ({note})" for name, note in to),
            *(fill(copy, values) for copy in body.copies),
            fill(body.kept, values),
        ),
        to=tuple(name for name, _note in to),
        form=next(key for key, one in library.forms.items() if one is form),
    )


def _office(duty: Duty, place: Place) -> _Office:
    if isinstance(place, Organisation):
        return _organisation(place)
    if place.pk != duty.plan.unit_id:
        return _Office(place.name, "commune", place)
    # The plan's own unit: its report is drawn up by the office the duty names, or by the agency that collects the others.
    name = named_office(duty.who) if duty.borne_by == "plan_unit" else duty.plan.lead_agency
    if not name or fold(name).startswith(("uy ban nhan dan", "ubnd")):
        return _Office(place.name, "commune" if place.level == Level.COMMUNE else "province", place)
    known = Organisation.objects.filter(of=place, folded=fold(name)).first()
    return _organisation(known) if known else _Office(name, _kind(name, place), place)


def _organisation(org: Organisation) -> _Office:
    return _Office(org.name, _kind(org.name, org.of), org.of, org.symbol)


def _kind(name: str, unit: Unit) -> str:
    if unit.level != Level.COMMUNE:
        return "office"
    if fold(name).startswith(("ubnd", "uy ban nhan dan")):
        return "commune"
    return "ward_office" if fold(name).startswith(("phong", "van phong")) else "office"


def _to(duty: Duty, office: _Office) -> list[tuple[str, str]]:
    """Whom it goes to, and how. The agency that collects the others does not send to itself: its report goes to the People's Committee."""
    found = [(name, note) for name, note in addressees(duty.to) if fold(name) != fold(office.name)]
    return found or [(f"UBND {office.unit.kind} {office.unit.short_name}", "b/c")]
