"""The Word package around a document: our styles in place of the library's, properties, and repeatable bytes."""

import datetime
import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import BinaryIO

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.rel import Relationships
from docx.oxml.xmlchemy import BaseOxmlElement

from hocvuso.reports.documents.docx_parts import clean, el
from hocvuso.reports.documents.docx_styles import dash_list, style_sheet
from hocvuso.reports.documents.form import Form
from hocvuso.reports.documents.model import LegalDocument

# The rest of the library's template (theme, font table, thumbnail …) brings foreign fonts and another program's name.
_KEPT = {
    RELATIONSHIP_TYPE.CORE_PROPERTIES,
    RELATIONSHIP_TYPE.NUMBERING,
    RELATIONSHIP_TYPE.OFFICE_DOCUMENT,
    RELATIONSHIP_TYPE.SETTINGS,
    RELATIONSHIP_TYPE.STYLES,
}
_UNDATED = datetime.date(2000, 1, 1)
"""Stands in the properties of a document that has no date yet: the clock would make each copy differ."""
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_PROPERTY_LIMIT = 255


def new_package(form: Form) -> Document:
    """An empty Word document that has the styles, the list and the settings of a form."""
    package = docx.Document()
    _drop_unwanted(package.part.rels)
    _drop_unwanted(package.part.package.rels)
    _refill(package.part.numbering_part.element, dash_list(form))
    _refill(package.styles.element, style_sheet(form))
    _refill(package.settings.element, _settings())
    return package


def set_properties(package: Document, document: LegalDocument) -> None:
    """What a search in a document store finds, and what a screen reader says first."""
    agency = _one_line(document.agency_name or document.agency)
    moment = datetime.datetime.combine(document.date or _UNDATED, datetime.time())
    properties = package.core_properties
    properties.title = _one_line(f"{document.kind.capitalize()} {document.subject}")
    properties.subject = _one_line(document.subject)
    properties.category = _one_line(document.kind.capitalize())
    properties.identifier = _one_line(document.reference)
    properties.author = properties.last_modified_by = agency
    properties.language = "vi-VN"
    properties.keywords = "dữ liệu mô phỏng" if document.simulated else ""
    properties.comments = ""
    properties.revision = 1
    properties.created = properties.modified = moment


def save(package: Document, *, to: BinaryIO) -> None:
    """Zip entries get one fixed time, so that the same document is the same file."""
    made = io.BytesIO()
    package.save(made)
    result = io.BytesIO()
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(result, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=_ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # the same on every operating system
            target.writestr(entry, source.read(name))
    to.write(result.getvalue())


def _settings() -> Iterator[BaseOxmlElement]:
    word = "http://schemas.microsoft.com/office/word"
    yield el("zoom", percent=100)
    yield el("defaultTabStop", val=720)
    yield el("characterSpacingControl", val="doNotCompress")
    yield el(
        "compat",
        # Without it a justified line that ends in a line break is stretched over the whole width.
        el("doNotExpandShiftReturn"),
        # 15 is Word 2013 and later; without it the document opens in compatibility mode.
        el("compatSetting", name="compatibilityMode", uri=word, val=15),
        el("compatSetting", name="overrideTableStyleFontSizeAndJustification", uri=word, val=1),
    )
    yield el("themeFontLang", val="vi-VN")
    yield el("decimalSymbol", val=",")
    yield el("listSeparator", val=";")


def _drop_unwanted(relationships: Relationships) -> None:
    """A part that nothing points to is not written."""
    for key in [key for key, relationship in relationships.items() if relationship.reltype not in _KEPT]:
        del relationships[key]


def _refill(element: BaseOxmlElement, children: Iterable[BaseOxmlElement]) -> None:
    for child in list(element):
        element.remove(child)
    element.extend(children)


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())[:_PROPERTY_LIMIT]
