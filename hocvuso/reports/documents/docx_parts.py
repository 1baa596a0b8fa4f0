"""Small pieces of WordprocessingML: elements, runs, paragraphs, drawn lines, the page number."""

import re
import unicodedata

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from hocvuso.reports.documents.model import Text

# What XML 1.0 cannot hold; such characters come with text pasted from other programs and carry no meaning.
_NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def el(tag: str, *children: BaseOxmlElement, **attributes: str | int) -> BaseOxmlElement:
    """`el("ind", left=720)` is `<w:ind w:left="720"/>`."""
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    element.extend(children)
    return element


def twips(millimetres: float) -> int:
    return round(millimetres * 1440 / 25.4)


def clean(text: str) -> str:
    """Composed characters (TCVN 6909:2001), line breaks as `\\n`, and only what XML can hold."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return _NOT_IN_XML.sub("", text)


def run(text: str, *, bold: bool = False, italic: bool = False) -> BaseOxmlElement:
    element = el("r")
    switches = [el(tag) for tag, on in (("b", bold), ("i", italic)) if on]
    if switches:
        element.append(el("rPr", *switches))
    for index, line in enumerate(clean(text).split("\n")):
        if index:
            element.append(el("br"))
        piece = el("t")
        piece.text = line.replace("\t", " ")
        piece.set(qn("xml:space"), "preserve")
        element.append(piece)
    return element


def paragraph(style: str, text: Text, *properties: BaseOxmlElement, keep_next: bool = False) -> BaseOxmlElement:
    """`style` is a style id; `properties` are what this paragraph has beyond its style, in the order of the schema."""
    keep = [el("keepNext")] if keep_next else []
    if isinstance(text, str):
        runs = [run(text)] if text else []
    else:
        runs = [run(piece.text, bold=piece.bold, italic=piece.italic) for piece in text]
    return el("p", el("pPr", el("pStyle", val=style), *keep, *properties), *runs)


def rule(length: float, *, within: float) -> BaseOxmlElement:
    """A line `length` mm long in the middle of a column `within` mm wide.

    It is the border of a paragraph one point high: unlike a floating drawing it stays below its words however they
    wrap, and every word processor shows it.
    """
    side = twips((within - length) / 2)
    return paragraph("Rule", "", el("ind", left=side, right=side))


def page_number() -> list[BaseOxmlElement]:
    """The field that Word fills with the number of the page."""

    def mark(kind: str) -> BaseOxmlElement:
        return el("r", el("fldChar", fldCharType=kind))

    code = el("instrText")
    code.text = "PAGE"
    return [mark("begin"), el("r", code), mark("separate"), run("2"), mark("end")]
