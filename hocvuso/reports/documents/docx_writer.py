"""Writes an administrative document as .docx, in the form it carries. Tables may be as wide as the form's margins leave room for."""

from collections.abc import Iterable, Iterator
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
from hocvuso.reports.documents.form import LONG_SIDE, SHORT_SIDE, Form
from hocvuso.reports.documents.layout import SIMULATED_MARK, TABLE_GAP, Columns, Element, Line, Rule, sheets
from hocvuso.reports.documents.model import LegalDocument, Table


def write_docx(document: LegalDocument, *, to: BinaryIO) -> None:
    """The same document gives the same bytes. Raises ValueError for a table wider than its page."""
    form = document.form
    main, *annexes = sheets(document)
    package = new_package(form)
    set_properties(package, document)
    _set_up_page(package.sections[0], form=form, simulated=document.simulated)
    _write(package, _drawn(main.elements, form))
    for annex in annexes:
        _start_annex(package, form=form, landscape=annex.landscape)
        _write(package, _drawn(annex.elements, form))
    if _ends_with_table(package):  # Word wants a paragraph there, and would make a tall one
        _write(package, [paragraph("Separator", "")])
    save(package, to=to)


def _drawn(elements: Iterable[Element], form: Form) -> Iterator[BaseOxmlElement]:
    for element in elements:
        match element:
            case Line() | Rule():
                yield _small(element, form)
            case Columns(rows=rows, widths=widths, gap=gap):
                made = (
                    layout_row([_small(one, form) for one in left], [_small(one, form) for one in right], widths=widths)
                    for left, right in rows
                )
                yield layout_table(made, widths=widths, gap=gap)
            case Table():
                yield from data_table(element)


def _small(element: Line | Rule, form: Form) -> BaseOxmlElement:
    if isinstance(element, Rule):
        return rule(element.length, within=element.within)
    after = form.styles[element.style].after + element.after
    gap = [el("spacing", after=round(after * 20))] if element.after else []
    return paragraph(element.style, element.text, *gap, keep_next=element.keep_next)


def _start_annex(package: Document, *, form: Form, landscape: bool) -> None:
    """A new section: its own orientation, and page numbers from 1 again, hidden on the first."""
    section = package.add_section(WD_SECTION.NEW_PAGE)
    section_break = section._sectPr.getprevious()
    section_break.get_or_add_pPr().insert(0, el("pStyle", val="Separator"))
    _set_up_paper(section, form=form, landscape=landscape)
    for old in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(old)
    section._sectPr.find(qn("w:pgMar")).addnext(el("pgNumType", start=1))


def _set_up_page(section: Section, *, form: Form, simulated: bool) -> None:
    _set_up_paper(section, form=form, landscape=False)
    for grid in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(grid)
    section.different_first_page_header_footer = True
    _fill_header(section.first_page_header, numbered=False, simulated=simulated)
    _fill_header(section.header, numbered=True, simulated=simulated)


def _set_up_paper(section: Section, *, form: Form, landscape: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    width, height = (LONG_SIDE, SHORT_SIDE) if landscape else (SHORT_SIDE, LONG_SIDE)
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin, section.bottom_margin = _margin(form.margins.top), _margin(form.margins.bottom)
    section.left_margin, section.right_margin = _margin(form.margins.left), _margin(form.margins.right)
    # Number and mark together are 10 mm high and must end above the text.
    section.header_distance = section.footer_distance = Mm(7)


def _margin(millimetres: float) -> Twips:
    """Rounded up: these are least margins, and a hair below them is below."""
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


def _write(package: Document, elements: Iterable[BaseOxmlElement]) -> None:
    """Appends to the section that is open; two tables in a row would grow into one, so something thin parts them."""
    end = package.element.body[-1]
    for element in elements:
        if element.tag == qn("w:tbl") and _ends_with_table(package):
            end.addprevious(paragraph("Separator", "", el("spacing", before=TABLE_GAP * 20)))
        end.addprevious(element)


def _ends_with_table(package: Document) -> bool:
    body = package.element.body
    return len(body) > 1 and body[-2].tag == qn("w:tbl")
