"""The style sheet of a form in Word: every size, weight, gap and indent is the form's.

The clerk finds these styles in Word under their Vietnamese names. Headings, title and list keep Word's built-in
names, which is what the navigation pane and screen readers go by.
"""

from collections.abc import Iterator

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from hocvuso.reports.documents.docx_parts import el, twips
from hocvuso.reports.documents.form import STYLES, Form, Look

FONT = "Times New Roman"
_KEEP_NEXT = {
    "Title",
    "Subtitle",
    "Heading1",
    "Heading2",
    "Heading3",
    "Caption",
    "TableHeading",
    "TableGroup",
    "Authority",
    "Office",
    "AnnexTitle",
}
_OUTLINE = {"Heading1": 0, "Heading2": 1, "Heading3": 2, "AnnexTitle": 0}
_BOXED = {"Simulated"}


def style_sheet(form: Form) -> Iterator[BaseOxmlElement]:
    """The children of `w:styles`: defaults, paragraph styles, two structural paragraphs, tables."""
    fonts = el("rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT)
    language = el("lang", val="vi-VN", eastAsia="vi-VN", bidi="vi-VN")
    defaults = el("rPr", fonts, el("color", val="000000"), *_size(form.styles["BodyText"].size), language)
    yield el("docDefaults", el("rPrDefault", defaults), el("pPrDefault", el("pPr", el("widowControl"))))
    yield el("style", el("name", val="Normal"), el("qFormat"), type="paragraph", styleId="Normal", default=1)
    yield el("style", el("name", val="Default Paragraph Font"), type="character", styleId="DefaultFont", default=1)
    yield el("style", el("name", val="No List"), type="numbering", styleId="NoList", default=1)
    yield from (_paragraph_style(key, name, form.styles[key]) for key, name in STYLES.items())
    yield _thin_style("Rule", "Đường kẻ", el("pBdr", _line("top", weight=6)), before=3, after=8)
    yield _thin_style("Separator", "Ngắt phần")
    yield _table_style("TableNormal", "Normal Table", el("tblPr", _cell_margins(0)), default=1)
    grid = el("tblBorders", *(_line(side) for side in ("top", "left", "bottom", "right", "insideH", "insideV")))
    yield _table_style("TableData", "Bảng số liệu", el("tblPr", grid, _cell_margins(1.2)))


def dash_list(form: Form) -> Iterator[BaseOxmlElement]:
    """The children of `w:numbering`: one list, whose mark is the dash of Vietnamese official writing."""
    level = el(
        "lvl",
        el("start", val=1),
        el("numFmt", val="bullet"),
        el("pStyle", val="ListBullet"),
        el("suff", val="space"),
        el("lvlText", val="-"),
        el("lvlJc", val="left"),
        el("pPr", el("ind", left=0, firstLine=twips(form.styles["ListBullet"].first_line))),
        ilvl=0,
    )
    yield el("abstractNum", el("multiLevelType", val="singleLevel"), level, abstractNumId=0)
    yield el("num", el("abstractNumId", val=0), numId=1)


def _paragraph_style(key: str, name: str, look: Look) -> BaseOxmlElement:
    paragraph = el("pPr")
    if key in _KEEP_NEXT:
        paragraph.append(el("keepNext"))
    if key == "ListBullet":
        paragraph.append(el("numPr", el("numId", val=1)))
    if key in _BOXED:
        paragraph.append(el("pBdr", *(_line(side, space=3) for side in ("top", "left", "bottom", "right"))))
    height, rule = (round(look.exactly * 20), "exact") if look.exactly else (round(look.line * 240), "auto")
    paragraph.append(
        el("spacing", before=round(look.before * 20), after=round(look.after * 20), line=height, lineRule=rule)
    )
    paragraph.append(el("ind", left=twips(look.left), right=twips(look.right), firstLine=twips(look.first_line)))
    paragraph.append(el("jc", val=look.align))
    if key in _OUTLINE:
        paragraph.append(el("outlineLvl", val=_OUTLINE[key]))
    # Both states are written out: a style must look the same whatever it is based on.
    switches = [el(tag, val=int(on)) for tag, on in (("b", look.bold), ("i", look.italic), ("caps", look.caps))]
    underline = [el("u", val="single")] if look.underline else []
    return _named_style(key, name, el("qFormat"), paragraph, el("rPr", *switches, *_size(look.size), *underline))


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
