"""Writes an administrative document as PDF, in the form it carries: the same layout as the Word file, tagged, with title and language.

The letters are Liberation Serif, which has the widths of Times New Roman and may be given away (`data/fonts`).
"""

from __future__ import annotations

import datetime as dt
import json
import threading
from functools import cache
from pathlib import Path
from typing import Any

from hocvuso.reports.documents.docx_parts import clean
from hocvuso.reports.documents.form import LONG_SIDE, SHORT_SIDE, Form, Look
from hocvuso.reports.documents.layout import SIMULATED_MARK, Columns, Element, Line, Rule, sheets
from hocvuso.reports.documents.model import GroupRow, LegalDocument, Table, Text

DRAWING = Path(__file__).with_name("document.typ")
FONTS = Path(__file__).parents[2] / "data" / "fonts" / "liberation-serif"
FONT = "Liberation Serif"
# Of the letters, in ems: what a line takes at least, and what a word processor gives it.
_BOX, _SINGLE = 1.107, 1.149
_LEVELS = {"Heading1": 1, "Heading2": 2, "Heading3": 3, "AnnexTitle": 1}
_RULE_ABOVE, _RULE_BELOW = 3, 8  # points, as in Word's style
_UNDATED = dt.date(2000, 1, 1)
_one_at_a_time = threading.Lock()


def pdf_of(document: LegalDocument) -> bytes:
    """PDF/UA-1 with its letters in it. The same document gives the same bytes. Raises ValueError for a table wider than its page."""
    moment = dt.datetime.combine(document.date or _UNDATED, dt.time(), tzinfo=dt.UTC)
    paper = json.dumps(_paper(document), ensure_ascii=False)
    with _one_at_a_time:
        made: bytes = _compiler().compile(
            format="pdf", sys_inputs={"document": paper}, pdf_standards=["ua-1"], timestamp=int(moment.timestamp())
        )
    return made


@cache
def _compiler() -> Any:
    """Fonts are read once a process."""
    import typst

    return typst.Compiler(str(DRAWING), font_paths=[str(FONTS)], ignore_system_fonts=True)


def _paper(document: LegalDocument) -> dict[str, Any]:
    form = document.form
    return {
        "title": " ".join(clean(f"{document.kind.capitalize()} {document.subject}").split()),
        "author": " ".join(clean(document.agency_name or document.agency).split()),
        "keywords": ["dữ liệu mô phỏng"] if document.simulated else [],
        "font": FONT,
        "simulated": document.simulated,
        "simulated_mark": SIMULATED_MARK,
        "margins": form.margins.model_dump(),
        "styles": {
            key: {**look.model_dump(), "leading": _height(look) - _BOX * look.size} for key, look in form.styles.items()
        },
        "sheets": [
            {
                "width": LONG_SIDE if sheet.landscape else SHORT_SIDE,
                "height": SHORT_SIDE if sheet.landscape else LONG_SIDE,
                "elements": _spaced(sheet.elements, form)[0],
            }
            for sheet in sheets(document)
        ],
    }


def _height(look: Look) -> float:
    """From one line to the next, in points."""
    return look.exactly or _SINGLE * look.line * look.size


def _spaced(elements: tuple[Element, ...], form: Form) -> tuple[list[dict[str, Any]], float]:
    """Elements with the gap above each (what the one before leaves below and what this one asks for above), and the gap below the last."""
    found: list[dict[str, Any]] = []
    below = 0.0
    for element in elements:
        match element:
            case Line(style=style):
                look = form.styles[style]
                found.append(_line(element, above=below + look.before + _height(look) - _BOX * look.size))
                below = look.after + element.after
            case Rule(length=length):
                found.append(
                    {"what": "rule", "length": length, "above": below + _RULE_ABOVE, "keep_next": True, "boxed": False}
                )
                below = _RULE_BELOW
            case Columns(rows=rows, widths=widths, gap=gap):
                sides = [[_side(left, form), _side(right, form)] for left, right in rows]
                found.append({"what": "columns", "rows": sides, "widths": list(widths), "gap": gap, "above": below})
                below = 0.0
            case Table():
                found += _table(element, form, below)
                below = 0.0
    return found, below


def _side(elements: tuple[Line | Rule, ...], form: Form) -> dict[str, Any]:
    found, below = _spaced(elements, form)
    return {"elements": found, "below": below}


def _line(line: Line, *, above: float = 0) -> dict[str, Any]:
    return {
        "what": "line", "style": line.style, "text": _runs(("- " if line.style == "ListBullet" else ""), line.text), "above": above,
        "keep_next": line.keep_next or line.style in _LEVELS, "level": _LEVELS.get(line.style, 0), "boxed": line.style == "Simulated",
    }  # fmt: skip


def _runs(mark: str, text: Text) -> list[dict[str, Any]]:
    """Pieces without what no font can draw."""
    pieces = [(text, False, False)] if isinstance(text, str) else [(one.text, one.bold, one.italic) for one in text]
    found = [
        {"text": clean(words).replace("\t", " "), "bold": bold, "italic": italic} for words, bold, italic in pieces
    ]
    return [{"text": mark, "bold": False, "italic": False}, *found] if mark else found


def _table(table: Table, form: Form, below: float) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if table.caption:
        found += _spaced((Line("Caption", table.caption, keep_next=True),), form)[0]
        below = form.styles["Caption"].after
    rows = [
        [_cell("TableGroup", row.text, "left", span=len(table.columns))]
        if isinstance(row, GroupRow)
        else [_cell("TableText", text, column.align) for text, column in zip(row, table.columns, strict=True)]
        for row in table.rows
    ]
    found.append({
        "what": "table", "above": below, "widths": [column.width for column in table.columns], "rows": rows,
        "header": [_cell("TableHeading", column.header, "center") for column in table.columns],
    })  # fmt: skip
    if table.note:
        found += _spaced((Line("TableNote", table.note),), form)[0]
    return found


def _cell(style: str, text: Text, align: str, *, span: int = 1) -> dict[str, Any]:
    return {"line": _line(Line(style, text)), "align": align, "span": span}
