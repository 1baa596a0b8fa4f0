"""Tables: of figures, with a header row that comes again on every page, and of layout, without borders."""

from collections.abc import Iterable, Iterator, Sequence

from docx.oxml.xmlchemy import BaseOxmlElement

from hocvuso.reports.documents.docx_parts import clean, el, paragraph, twips
from hocvuso.reports.documents.model import Column, GroupRow, Row, Table


def data_table(table: Table) -> Iterator[BaseOxmlElement]:
    """Caption, table and note, centred in the text area."""
    if table.caption:
        yield paragraph("Caption", table.caption)
    description = [el("tblCaption", val=clean(table.caption).replace("\n", " "))] if table.caption else []
    properties = el(
        "tblPr",
        el("tblStyle", val="TableData"),
        el("tblW", w=twips(table.width), type="dxa"),
        el("jc", val="center"),
        el("tblLayout", type="fixed"),
        el("tblLook", val="0020", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1),
        *description,
    )
    rows = [_header_row(table.columns), *(_row(row, columns=table.columns) for row in table.rows)]
    yield el("tbl", properties, _grid(column.width for column in table.columns), *rows)
    if table.note:
        yield paragraph("TableNote", table.note)


def layout_row(
    left: Sequence[BaseOxmlElement], right: Sequence[BaseOxmlElement], *, widths: tuple[float, float]
) -> BaseOxmlElement:
    """Two cells side by side, in a row that stays on one page."""
    sides = [_cell(content, width=width) for content, width in zip((left, right), widths, strict=True)]
    return el("tr", el("trPr", el("cantSplit")), *sides)


def layout_table(rows: Iterable[BaseOxmlElement], *, widths: tuple[float, float], gap: float = 0) -> BaseOxmlElement:
    """`rows` come from `layout_row` with the same `widths`; `gap` is the room above each row, in millimetres."""
    properties = el(
        "tblPr",
        el("tblStyle", val="TableNormal"),
        el("tblW", w=twips(sum(widths)), type="dxa"),
        el("tblLayout", type="fixed"),
        el("tblCellMar", el("top", w=twips(gap), type="dxa")),
        el("tblLook", val="0000", firstRow=0, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1),
    )
    return el("tbl", properties, _grid(widths), *rows)


def _header_row(columns: Sequence[Column]) -> BaseOxmlElement:
    cells = [_cell([paragraph("TableHeading", column.header)], width=column.width, middle=True) for column in columns]
    return el("tr", el("trPr", el("cantSplit"), el("tblHeader")), *cells)


def _row(row: Row, *, columns: Sequence[Column]) -> BaseOxmlElement:
    if isinstance(row, GroupRow):
        width = sum(column.width for column in columns)
        cells = [_cell([paragraph("TableGroup", row.text)], width=width, span=len(columns), middle=True)]
    else:
        cells = [
            _cell([paragraph("TableText", text, el("jc", val=column.align))], width=column.width, middle=True)
            for text, column in zip(row, columns, strict=True)
        ]
    return el("tr", el("trPr", el("cantSplit")), *cells)


def _cell(content: Iterable[BaseOxmlElement], *, width: float, span: int = 1, middle: bool = False) -> BaseOxmlElement:
    properties = el("tcPr", el("tcW", w=twips(width), type="dxa"))
    if span > 1:
        properties.append(el("gridSpan", val=span))
    if middle:
        properties.append(el("vAlign", val="center"))
    return el("tc", properties, *content)


def _grid(widths: Iterable[float]) -> BaseOxmlElement:
    return el("tblGrid", *(el("gridCol", w=twips(width)) for width in widths))
