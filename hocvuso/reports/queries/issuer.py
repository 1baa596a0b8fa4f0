"""Who issues a report, as the legal form names it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from hocvuso.lib.errors import Refused
from hocvuso.places.models import Level, Organisation, Place, Unit
from hocvuso.plans.models import Duty
from hocvuso.reports.rules import Issuer, has_state_form


def demand_state_form(place: Place) -> None:
    """The Word document follows Decree 30/2020; a body with another form is told so instead of getting the wrong one."""
    if isinstance(place, Organisation) and not has_state_form(place.name):
        raise Refused(
            _("%(place)s dùng thể thức văn bản riêng; hệ thống chưa có mẫu của thể thức đó.") % {"place": place.name}
        )


def issuer_of(duty: Duty, place: Place) -> Issuer:
    province = duty.plan.unit
    if isinstance(place, Unit) and place.level == Level.COMMUNE:
        kind = place.kind
        return Issuer(
            parent_agency="",
            agency=f"ỦY BAN NHÂN DÂN\n{place.name.upper()}",
            agency_name=f"Ủy ban nhân dân {kind} {place.short_name}",
            symbol="BC-UBND",
            place=place.short_name,
            authority=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
            recipients=(f"{duty.to} (b/c)", f"Đảng ủy, TT HĐND {kind} (b/c)", f"CT, các PCT UBND {kind}", "Lưu: VT"),
        )
    above = f"ỦY BAN NHÂN DÂN\n{province.name.upper()}"
    if isinstance(place, Organisation):
        name, symbol, to = place.name, place.symbol, duty.to
    else:
        # The province's own report is drawn up by the agency that collects the others and goes to the People's Committee.
        name, symbol, to = (
            duty.plan.lead_agency,
            _symbol(duty.plan.lead_agency, province),
            f"UBND {province.name[:1].lower()}{province.name[1:]}",
        )
    return Issuer(
        parent_agency=above,
        agency=_two_lines(name.upper()),
        agency_name=name,
        symbol=f"BC-{symbol}" if symbol else "BC",
        place=province.short_name,
        authority=("GIÁM ĐỐC",) if name.startswith("Sở") else ("THỦ TRƯỞNG ĐƠN VỊ",),
        recipients=(f"{to} (b/c)", "Lãnh đạo cơ quan", "Lưu: VT"),
    )


def _symbol(name: str, province: Unit) -> str:
    found = Organisation.objects.filter(of=province, name=name).values_list("symbol", flat=True).first()
    return found or ""


def _two_lines(name: str) -> str:
    """Break a long agency name once, near its middle, between words."""
    words = name.split()
    if len(name) <= 24 or len(words) < 4:
        return name
    cut = min(range(2, len(words) - 1), key=lambda n: abs(len(" ".join(words[:n])) - len(" ".join(words[n:]))))
    return " ".join(words[:cut]) + "\n" + " ".join(words[cut:])
