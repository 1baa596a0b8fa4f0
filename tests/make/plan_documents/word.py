"""What the two Word documents share: the head with its two columns, paragraphs, tables with merged cells."""

from __future__ import annotations

from collections.abc import Sequence

from docx import Document
from docx.document import Document as Doc
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from docx.table import Table, _Cell


def new_document() -> Doc:
    document = Document()
    normal = document.styles["Normal"]
    normal.font.name = "Times New Roman"
    normal.font.size = Pt(13)
    return document


def put(cell: _Cell, text: str, *, bold: bool = False) -> None:
    """The lines of a cell, each its own paragraph, as people press Enter in a table."""
    for at, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
        paragraph.add_run(line).bold = bold


def head(document: Doc, *, left: str, right: str) -> None:
    """Issuer and number on the left, the State's name, place and day on the right: a table without lines, as offices type it."""
    table = document.add_table(rows=1, cols=2)
    put(table.cell(0, 0), left, bold=True)
    put(table.cell(0, 1), right, bold=True)
    for cell in table.rows[0].cells:
        for paragraph in cell.paragraphs:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph()


def centred(document: Doc, *lines: str) -> None:
    for line in lines:
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(line).bold = True


def heading(document: Doc, text: str) -> None:
    document.add_paragraph().add_run(text).bold = True


def paragraphs(document: Doc, text: str) -> None:
    """One paragraph a line; a label before a colon in bold where the line starts with two stars."""
    for line in text.strip().split("\n"):
        if line.startswith("**"):
            heading(document, line.removeprefix("**"))
        else:
            document.add_paragraph(line.strip())


def grid(document: Doc, rows: Sequence[Sequence[str | None]]) -> Table:
    """A table with lines. `None` is joined to the cell above, `"<"` to the cell on its left."""
    table: Table = document.add_table(rows=len(rows), cols=len(rows[0]))
    table.style = "Table Grid"
    for y, row in enumerate(rows):
        for x, text in enumerate(row):
            if text not in (None, "<"):
                put(table.cell(y, x), str(text), bold=y == 0)
    for y, row in enumerate(rows):
        for x, text in enumerate(row):
            if text is None:
                table.cell(y - 1, x).merge(table.cell(y, x))
            elif text == "<":
                table.cell(y, x - 1).merge(table.cell(y, x))
    for line in table.rows:  # merging leaves an empty paragraph behind for each cell it takes in
        for cell in line.cells:
            for paragraph in cell.paragraphs[1:]:
                if not paragraph.text:
                    paragraph._p.getparent().remove(paragraph._p)
    return table


def signature(document: Doc, *, left: str, right: str) -> None:
    table = document.add_table(rows=1, cols=2)
    put(table.cell(0, 0), left)
    put(table.cell(0, 1), right, bold=True)
