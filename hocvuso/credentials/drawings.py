"""The two codes of a certificate as pictures, and the paper itself (PDF)."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from django.conf import settings

from hocvuso.credentials.codes import code_of
from hocvuso.credentials.models import Certificate

PAPER = Path(__file__).with_name("paper.typ")


def short_link(certificate: Certificate) -> str:
    """The first code: opens on any phone's camera, needs a line. It carries nothing but the id."""
    return f"{settings.PUBLIC_URL}/c/{certificate.pk}"


def offline_code(certificate: Certificate) -> str:
    """The second code: says and proves everything by itself, on the verifier page."""
    return code_of(bytes(certificate.cose))


def qr_svg(text: str) -> str:
    """A drawing without fixed size or style, to stand in a page; its name is up to the page."""
    import segno

    return segno.make_qr(text).svg_inline(omitsize=True, svgclass=None, lineclass=None, border=4)


@dataclass(frozen=True, slots=True)
class _Paper:
    id: str
    name: str
    title: str
    level: str
    day: str
    issuer: str
    link: str
    verifier: str
    link_svg: str
    code_svg: str
    simulated: bool


LEVELS = {"usable": "mức sử dụng được", "proficient": "mức sử dụng tốt"}  # the paper is Vietnamese, whoever prints it


def certificate_pdf(certificate: Certificate) -> bytes:
    """One sheet, A4 landscape; the same bytes for the same certificate."""
    return _typeset(certificate, form="pdf")


def certificate_picture(certificate: Certificate, *, dots_an_inch: int) -> bytes:
    """The same sheet as PNG, as a scanner or a printer has it."""
    return _typeset(certificate, form="png", ppi=dots_an_inch)


def _typeset(certificate: Certificate, *, form: Literal["pdf", "png"], ppi: int | None = None) -> bytes:
    """The typesetter brings its own fonts and reads no others, so that the sheet is the same on every machine."""
    import typst

    day = certificate.issued_on
    paper = _Paper(
        id=certificate.pk, name=certificate.name, title=certificate.title, level=LEVELS[certificate.level],
        day=f"ngày {day:%d} tháng {day:%m} năm {day.year}", issuer=certificate.issuer, link=short_link(certificate),
        verifier=f"{settings.PUBLIC_URL}/xac-minh/", link_svg=qr_svg(short_link(certificate)),
        code_svg=qr_svg(offline_code(certificate)), simulated=certificate.simulated,
    )  # fmt: skip
    made = dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)
    sheet: bytes = typst.compile(
        str(PAPER), format=form, ppi=ppi, sys_inputs={"paper": json.dumps(asdict(paper))}, ignore_system_fonts=True,
        timestamp=int(made.timestamp()),
    )  # fmt: skip
    return sheet
