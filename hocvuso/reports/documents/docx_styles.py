"""The style sheet of a State document: every size, weight, gap and indent of Decree 30/2020/NĐ-CP, Appendix I.

The clerk finds these styles in Word under their Vietnamese names. Headings, title and list keep Word's built-in
names, which is what the navigation pane and screen readers go by.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from hocvuso.reports.documents.docx_parts import el, twips

FONT = "Times New Roman"
FIRST_LINE = 12.7
"""Millimetres; the decree allows 10 or 12.7."""
LINE_SPACING = 1.15
"""Of body text; the decree allows single to 1.5."""
PARAGRAPH_GAP = 6
"""Points before a paragraph; the decree asks for at least 6."""


@dataclass(frozen=True, kw_only=True)
class _Style:
    """A paragraph style: sizes and gaps in points, indents in millimetres."""

    id: str
    name: str
    size: float
    bold: bool = False
    italic: bool = False
    caps: bool = False
    align: str = "center"
    first_line: float = 0
    left: float = 0
    right: float = 0
    before: float = 0
    after: float = 0
    line: float = 1.0
    keep_next: bool = False
    outline: int | None = None
    boxed: bool = False


_RUNNING = _Style(
    id="BodyText",
    name="Body Text",
    size=14,
    align="both",
    first_line=FIRST_LINE,
    before=PARAGRAPH_GAP,
    line=LINE_SPACING,
)


_STYLES = (
    _Style(id="ParentAgency", name="Cơ quan chủ quản", size=12),
    _Style(id="Agency", name="Cơ quan ban hành", size=12, bold=True),
    _Style(id="CountryName", name="Quốc hiệu", size=12, bold=True),
    _Style(id="Motto", name="Tiêu ngữ", size=13, bold=True),
    _Style(id="NumberSymbol", name="Số, ký hiệu", size=13),
    _Style(id="PlaceDate", name="Địa danh, thời gian", size=13, italic=True),
    _Style(id="Title", name="Title", size=14, bold=True, before=18, keep_next=True),
    _Style(id="Subtitle", name="Subtitle", size=14, bold=True, left=10, right=10, keep_next=True),
    _Style(id="Addressee", name="Kính gửi", size=14, before=12),
    _Style(id="AddresseeItem", name="Kính gửi, từng nơi", size=14, align="left", left=55),
    replace(_RUNNING, id="Ground", name="Căn cứ ban hành", italic=True),
    _RUNNING,
    replace(_RUNNING, id="ListBullet", name="List Bullet"),
    replace(_RUNNING, id="Heading1", name="heading 1", bold=True, caps=True, keep_next=True, outline=0),
    replace(_RUNNING, id="Heading2", name="heading 2", bold=True, keep_next=True, outline=1),
    replace(_RUNNING, id="Heading3", name="heading 3", keep_next=True, outline=2),
    _Style(id="Caption", name="caption", size=13, bold=True, before=PARAGRAPH_GAP, after=4, keep_next=True),
    _Style(id="TableHeading", name="Bảng, tên cột", size=12, bold=True, before=2, after=2, keep_next=True),
    _Style(id="TableText", name="Bảng, nội dung", size=12, align="left", before=2, after=2),
    _Style(id="TableGroup", name="Bảng, tên nhóm", size=12, bold=True, align="left", before=2, after=2, keep_next=True),
    _Style(id="TableNote", name="Bảng, ghi chú", size=12, italic=True, align="both", before=4),
    _Style(id="RecipientsTitle", name="Nơi nhận", size=12, bold=True, italic=True, align="left"),
    _Style(id="Recipient", name="Nơi nhận, từng nơi", size=11, align="left"),
    _Style(id="Authority", name="Chức vụ người ký", size=14, bold=True, keep_next=True),
    # The gap is the room for the signature and the seal.
    _Style(id="Signer", name="Họ tên người ký", size=14, bold=True, before=80),
    _Style(id="AnnexTitle", name="Phụ lục", size=14, bold=True, keep_next=True, outline=0),
    _Style(id="AnnexSource", name="Phụ lục, kèm theo văn bản", size=14, italic=True, after=6),
    _Style(id="Header", name="header", size=13),
    _Style(id="SimulatedHeader", name="Dữ liệu mô phỏng, đầu trang", size=11, bold=True),
    _Style(
        id="Simulated", name="Dữ liệu mô phỏng", size=13, bold=True, left=10, right=10, before=12, after=6, boxed=True
    ),
)


def style_sheet() -> Iterator[BaseOxmlElement]:
    """The children of `w:styles`: defaults, paragraph styles, two structural paragraphs, tables."""
    fonts = el("rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT)
    language = el("lang", val="vi-VN", eastAsia="vi-VN", bidi="vi-VN")
    defaults = el("rPr", fonts, el("color", val="000000"), *_size(14), language)
    yield el("docDefaults", el("rPrDefault", defaults), el("pPrDefault", el("pPr", el("widowControl"))))
    yield el("style", el("name", val="Normal"), el("qFormat"), type="paragraph", styleId="Normal", default=1)
    yield el("style", el("name", val="Default Paragraph Font"), type="character", styleId="DefaultFont", default=1)
    yield el("style", el("name", val="No List"), type="numbering", styleId="NoList", default=1)
    yield from map(_paragraph_style, _STYLES)
    yield _thin_style("Rule", "Đường kẻ", el("pBdr", _line("top", weight=6)), before=3, after=8)
    yield _thin_style("Separator", "Ngắt phần")
    yield _table_style("TableNormal", "Normal Table", el("tblPr", _cell_margins(0)), default=1)
    grid = el("tblBorders", *(_line(side) for side in ("top", "left", "bottom", "right", "insideH", "insideV")))
    yield _table_style("TableData", "Bảng số liệu", el("tblPr", grid, _cell_margins(1.2)))


def dash_list() -> Iterator[BaseOxmlElement]:
    """The children of `w:numbering`: one list, whose mark is the dash of Vietnamese official writing."""
    level = el(
        "lvl",
        el("start", val=1),
        el("numFmt", val="bullet"),
        el("pStyle", val="ListBullet"),
        el("suff", val="space"),
        el("lvlText", val="-"),
        el("lvlJc", val="left"),
        el("pPr", el("ind", left=0, firstLine=twips(FIRST_LINE))),
        ilvl=0,
    )
    yield el("abstractNum", el("multiLevelType", val="singleLevel"), level, abstractNumId=0)
    yield el("num", el("abstractNumId", val=0), numId=1)


def _paragraph_style(style: _Style) -> BaseOxmlElement:
    paragraph = el("pPr")
    if style.keep_next:
        paragraph.append(el("keepNext"))
    if style.id == "ListBullet":
        paragraph.append(el("numPr", el("numId", val=1)))
    if style.boxed:
        paragraph.append(el("pBdr", *(_line(side, space=3) for side in ("top", "left", "bottom", "right"))))
    line = round(style.line * 240)
    paragraph.append(
        el("spacing", before=round(style.before * 20), after=round(style.after * 20), line=line, lineRule="auto")
    )
    paragraph.append(el("ind", left=twips(style.left), right=twips(style.right), firstLine=twips(style.first_line)))
    paragraph.append(el("jc", val=style.align))
    if style.outline is not None:
        paragraph.append(el("outlineLvl", val=style.outline))
    # Both states are written out: a style must look the same whatever it is based on.
    switches = [el(tag, val=int(on)) for tag, on in (("b", style.bold), ("i", style.italic), ("caps", style.caps))]
    return _named_style(style.id, style.name, el("qFormat"), paragraph, el("rPr", *switches, *_size(style.size)))


def _thin_style(
    style_id: str, name: str, *borders: BaseOxmlElement, before: int = 0, after: int = 0
) -> BaseOxmlElement:
    """A paragraph one point high, for what Word can only hang on a paragraph: a line, the end of a section."""
    spacing = el("spacing", before=before * 20, after=after * 20, line=20, lineRule="exact")
    return _named_style(style_id, name, el("pPr", *borders, spacing), el("rPr", *_size(1)))


def _named_style(style_id: str, name: str, *parts: BaseOxmlElement) -> BaseOxmlElement:
    style = el("style", el("name", val=name), el("basedOn", val="Normal"), *parts, type="paragraph", styleId=style_id)
    return style if name.isascii() else _own(style)


def _own(style: BaseOxmlElement) -> BaseOxmlElement:
    """Marks a style that is not one of Word's built-in ones; ours have Vietnamese names, theirs English."""
    style.set(qn("w:customStyle"), "1")
    return style


def _table_style(style_id: str, name: str, properties: BaseOxmlElement, **attributes: int) -> BaseOxmlElement:
    style = el("style", el("name", val=name), properties, type="table", styleId=style_id, **attributes)
    return style if name.isascii() else _own(style)


def _cell_margins(side: float) -> BaseOxmlElement:
    return el("tblCellMar", *(el(edge, w=twips(side), type="dxa") for edge in ("left", "right")))


def _line(side: str, *, weight: int = 4, space: int = 0) -> BaseOxmlElement:
    """`weight` in eighths of a point."""
    return el(side, val="single", sz=weight, space=space, color="000000")


def _size(points: float) -> tuple[BaseOxmlElement, BaseOxmlElement]:
    half = round(points * 2)
    return el("sz", val=half), el("szCs", val=half)
