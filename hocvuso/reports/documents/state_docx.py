"""Writes an administrative document as .docx in the form of Decree 30/2020/NĐ-CP, Appendix I.

A4, margins 20 / 20 / 30 / 15 mm, Times New Roman; portrait, and landscape for an annex that asks for it. Tables may be
165 mm wide in portrait and 252 mm in landscape.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from math import ceil
from typing import BinaryIO

from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section, _Header
from docx.shared import Mm, Twips

from hocvuso.reports.documents.docx_package import new_package, save, set_properties
from hocvuso.reports.documents.docx_parts import el, page_number, paragraph, rule
from hocvuso.reports.documents.docx_tables import data_table, layout_row, layout_table
from hocvuso.reports.documents.model import (
    Annex,
    Block,
    Bullet,
    Heading,
    LegalDocument,
    Paragraph,
    Run,
    Table,
    Text,
)

SIMULATED_MARK = "DỮ LIỆU MÔ PHỎNG – không phải số liệu thật"

_SHORT_SIDE, _LONG_SIDE = 210, 297
_TOP, _BOTTOM, _LEFT, _RIGHT = 20, 20, 30, 15
_PORTRAIT_TEXT = _SHORT_SIDE - _LEFT - _RIGHT
_LANDSCAPE_TEXT = _LONG_SIDE - _LEFT - _RIGHT
_HEAD = (72, 93)
"""Agency and quốc hiệu: the second is 88 mm long at 12 points and must not wrap."""
_FOOT = (75, 90)
_FOOT_GAP = 4
_TABLE_GAP = 120
"""Between a table and what stands above it, in twentieths of a point."""
_MOTTO_LINE = 57
"""As long as “Độc lập - Tự do - Hạnh phúc” in bold at 13 points."""
# Mean width of a letter in Times New Roman bold, in ems, and the share of the words a short line takes (1/3 to 1/2).
_CAPITAL, _SMALL = 0.63, 0.46
_SHORT_LINE = 0.4
_BLANK_NUMBER = "\u00a0" * 6


def write_state_document(document: LegalDocument, *, to: BinaryIO) -> None:
    """The same document gives the same bytes. Raises ValueError for a table wider than its page."""
    package = new_package()
    set_properties(package, document)
    _set_up_page(package.sections[0], simulated=document.simulated)
    _write(package, _main_part(document))
    for number, annex in enumerate(document.annexes, start=1):
        _start_annex(package, annex)
        label = f"Phụ lục {_roman(number)}" if len(document.annexes) > 1 else "Phụ lục"
        _write(package, _annex_part(document, annex, label=label))
    if _ends_with_table(package):  # Word wants a paragraph there, and would make a tall one
        _write(package, [paragraph("Separator", "")])
    save(package, to=to)


def _main_part(document: LegalDocument) -> Iterator[BaseOxmlElement]:
    yield _letterhead(document)
    yield paragraph("Title", document.kind)
    yield paragraph("Subtitle", document.subject)
    yield rule(_short_line(document.subject, em=_SMALL, size=14, within=145), within=_PORTRAIT_TEXT)
    if document.addressee:
        yield from _addressee(document.addressee)
    if document.simulated:
        yield paragraph("Simulated", SIMULATED_MARK)
    for index, ground in enumerate(document.grounds, start=1):
        yield paragraph("Ground", _ended(ground, "." if index == len(document.grounds) else ";"))
    *blocks, last = _with_end_mark(document.body)
    yield from _flow(blocks, within=_PORTRAIT_TEXT)
    # The signature never stands alone on a page: at least the last lines go with it.
    yield from _flow([last], within=_PORTRAIT_TEXT, keep_next=True)
    yield _signature(document)


def _letterhead(document: LegalDocument) -> BaseOxmlElement:
    left, right = _HEAD
    agency = [paragraph("ParentAgency", document.parent_agency)] if document.parent_agency else []
    agency.append(paragraph("Agency", document.agency))
    agency.append(rule(_short_line(document.agency, em=_CAPITAL, size=12, within=left), within=left))
    state = [
        paragraph("CountryName", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        paragraph("Motto", "Độc lập - Tự do - Hạnh phúc"),
        rule(_MOTTO_LINE, within=right),
    ]
    number = paragraph("NumberSymbol", f"Số: {document.written_number or _BLANK_NUMBER}/{document.symbol}")
    moment = paragraph("PlaceDate", f"{document.place}, {document.written_date}")
    rows = (layout_row(agency, state, widths=_HEAD), layout_row([number], [moment], widths=_HEAD))
    return layout_table(rows, widths=_HEAD)


def _addressee(text: str) -> Iterator[BaseOxmlElement]:
    """One addressee follows “Kính gửi:” on its line; several stand below, one a line."""
    first, *others = text.split("\n")
    yield paragraph("Addressee", first)
    for other in others:
        yield paragraph("AddresseeItem", other)


def _flow(blocks: Sequence[Block], *, within: float, keep_next: bool = False) -> Iterator[BaseOxmlElement]:
    """`keep_next` binds the text to whatever follows the last block; text before a table stays with it anyway."""
    for block, following in zip_longest(blocks, blocks[1:]):
        keep = keep_next or isinstance(following, Table)
        # A caption brings its own gap.
        gap = [el("spacing", after=_TABLE_GAP)] if isinstance(following, Table) and not following.caption else []
        match block:
            case Heading(level=level, text=text):
                yield paragraph(f"Heading{level}", text, *gap)
            case Paragraph(text=text):
                yield paragraph("BodyText", text, *gap, keep_next=keep)
            case Bullet(text=text):
                yield paragraph("ListBullet", text, *gap, keep_next=keep)
            case Table():
                yield from data_table(block, within=within)


def _signature(document: LegalDocument) -> BaseOxmlElement:
    recipients = [paragraph("RecipientsTitle", "Nơi nhận:")]
    for index, recipient in enumerate(document.recipients, start=1):
        line = "- " + recipient.strip().lstrip("-–• ")
        recipients.append(paragraph("Recipient", _ended(line, "." if index == len(document.recipients) else ";")))
    signer = [paragraph("Authority", line) for line in document.signature.authority]
    # Without a name yet, the paragraph still holds the room for the signature.
    signer.append(paragraph("Signer", document.signature.name))
    return layout_table([layout_row(recipients, signer, widths=_FOOT)], widths=_FOOT, gap=_FOOT_GAP)


def _annex_part(document: LegalDocument, annex: Annex, *, label: str) -> Iterator[BaseOxmlElement]:
    issuer = document.agency_name or document.agency.replace("\n", " ")
    kind = document.kind.capitalize()
    yield paragraph("AnnexTitle", f"{label}\n{annex.title.upper()}")
    yield paragraph(
        "AnnexSource", f"(Kèm theo {kind} số {document.reference} {document.written_date} của {issuer})", keep_next=True
    )
    yield from _flow(annex.blocks, within=_LANDSCAPE_TEXT if annex.landscape else _PORTRAIT_TEXT)


def _start_annex(package: Document, annex: Annex) -> None:
    """A new section: its own orientation, and page numbers from 1 again, hidden on the first."""
    section = package.add_section(WD_SECTION.NEW_PAGE)
    section_break = section._sectPr.getprevious()
    section_break.get_or_add_pPr().insert(0, el("pStyle", val="Separator"))
    _set_up_paper(section, landscape=annex.landscape)
    for old in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(old)
    section._sectPr.find(qn("w:pgMar")).addnext(el("pgNumType", start=1))


def _set_up_page(section: Section, *, simulated: bool) -> None:
    _set_up_paper(section, landscape=False)
    for grid in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(grid)
    section.different_first_page_header_footer = True
    _fill_header(section.first_page_header, numbered=False, simulated=simulated)
    _fill_header(section.header, numbered=True, simulated=simulated)


def _set_up_paper(section: Section, *, landscape: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    width, height = (_LONG_SIDE, _SHORT_SIDE) if landscape else (_SHORT_SIDE, _LONG_SIDE)
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin, section.bottom_margin = _margin(_TOP), _margin(_BOTTOM)
    section.left_margin, section.right_margin = _margin(_LEFT), _margin(_RIGHT)
    # Number and mark together are 10 mm high and must end above the text.
    section.header_distance = section.footer_distance = Mm(7)


def _margin(millimetres: float) -> Twips:
    """Rounded up: these are the decree's least margins, and a hair below them is below."""
    return Twips(ceil(millimetres * 1440 / 25.4))


def _fill_header(header: _Header, *, numbered: bool, simulated: bool) -> None:
    header.is_linked_to_previous = False
    line = header.paragraphs[0]
    if numbered:
        line._p.extend(page_number())
    if simulated:
        line._p.addnext(paragraph("SimulatedHeader", SIMULATED_MARK))
        if not numbered:
            line._p.getparent().remove(line._p)


def _with_end_mark(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """“./.” stands after the last words, or on a line of its own after a table."""
    if blocks and isinstance(last := blocks[-1], Paragraph | Bullet):
        return (*blocks[:-1], replace(last, text=_marked(last.text)))
    return (*blocks, Paragraph("./."))


def _marked(text: Text) -> Text:
    if isinstance(text, str):
        return _ended(text, "./.")
    return (*text[:-1], replace(text[-1], text=_ended(text[-1].text, "./."))) if text else (Run("./."),)


def _roman(number: int) -> str:
    """Below 40, which is more annexes than any report has."""
    return "X" * (number // 10) + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[number % 10]


def _ended(text: str, mark: str) -> str:
    return text.rstrip().removesuffix("./.").rstrip(" \n;,.") + mark


def _short_line(text: str, *, em: float, size: float, within: float) -> float:
    """Length in mm of the line below some words, which may take several lines of their own."""
    longest = max(len(line) for line in text.split("\n"))
    return _SHORT_LINE * min(longest * em * size * 25.4 / 72, within)


def _write(package: Document, elements: Iterable[BaseOxmlElement]) -> None:
    """Appends to the section that is open; two tables in a row would grow into one, so something thin parts them."""
    end = package.element.body[-1]
    for element in elements:
        if element.tag == qn("w:tbl") and _ends_with_table(package):
            end.addprevious(paragraph("Separator", "", el("spacing", before=_TABLE_GAP)))
        end.addprevious(element)


def _ends_with_table(package: Document) -> bool:
    body = package.element.body
    return len(body) > 1 and body[-2].tag == qn("w:tbl")
