"""A Word file, read straight from its XML: python-docx knows neither automatic numbers nor merged cells well enough.

The package is a zip: what it would unpack to is limited before anything is unpacked.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from hocvuso.lib.errors import BadInput
from hocvuso.plans.reader.load.numbering import Numbering
from hocvuso.plans.reader.load.source import Line, Source, Table
from hocvuso.plans.reader.model import Cell

LARGEST_PART = 60_000_000  # bytes of unpacked XML; 200 pages with tables have some 6 million
LARGEST_RATIO = 400  # unpacked to packed; Word's own files stay under 100
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Text that was struck out, and the twin of a drawing made for old programs.
SKIPPED = {f"{W}del", f"{W}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}


def load_docx(data: bytes, *, name: str) -> Source:
    from lxml import etree

    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        names = set(package.namelist())
        if "word/document.xml" not in names:
            raise BadInput(f"Tệp {name} không phải là văn bản Word (.docx).")
        _demand_sane(package, name)
        parts = {
            part: etree.fromstring(package.read(part), _parser())
            for part in ("word/document.xml", "word/numbering.xml", "word/styles.xml")
            if part in names
        }
    except (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, EOFError, NotImplementedError, OSError) as error:
        raise BadInput(f"Tệp {name} đã hỏng, không mở được như văn bản Word (.docx).") from error
    except RuntimeError as error:  # zipfile's word for a package with a password
        raise BadInput(f"Tệp {name} có mật khẩu; hãy bỏ mật khẩu rồi thử lại.") from error
    numbering = Numbering(parts.get("word/numbering.xml"), parts.get("word/styles.xml"))
    body = parts["word/document.xml"].find(f"{W}body")
    return Source(name, tuple(_parts(body, numbering)) if body is not None else ())


def _parser() -> Any:
    from lxml import etree

    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _demand_sane(package: zipfile.ZipFile, name: str) -> None:
    for info in package.infolist():
        packed = max(1, info.compress_size)
        if info.file_size > LARGEST_PART or (info.file_size > 1_000_000 and info.file_size / packed > LARGEST_RATIO):
            raise BadInput(f"Tệp {name} bung ra quá lớn so với cỡ của nó; không mở vì có thể gây hại.")


def _parts(parent: Any, numbering: Numbering) -> Iterator[Line | Table]:
    for node in parent:
        if node.tag == f"{W}p":
            text = numbering.mark(node) + _text(node)
            for number, line in enumerate(text.split("\n")):
                if line.strip():
                    yield Line(" ".join(line.split()), gap=number == 0, whole="\n" not in text)
        elif node.tag == f"{W}tbl":
            yield Table(tuple(_cells(node, numbering)))
        elif node.tag == f"{W}sdt":
            content = node.find(f"{W}sdtContent")
            if content is not None:
                yield from _parts(content, numbering)


def _text(node: Any) -> str:
    found: list[str] = []
    for child in node:
        tag = child.tag
        if tag == f"{W}t":
            found.append(child.text or "")
        elif tag in (f"{W}tab", f"{W}ptab"):
            found.append(" ")
        elif tag in (f"{W}br", f"{W}cr"):
            found.append("\n")
        elif tag == f"{W}noBreakHyphen":
            found.append("-")
        elif tag == f"{W}p":  # a paragraph inside a text box
            found.append("\n" + _text(child))
        elif isinstance(tag, str) and tag not in SKIPPED and not tag.endswith("Pr"):
            found.append(_text(child))
    return "".join(found)


def _cells(table: Any, numbering: Numbering) -> Iterator[Cell]:
    """Merged cells once: `gridSpan` says how wide, `vMerge` without "restart" goes on with the cell above."""
    open_cells: dict[int, tuple[int, int, int, str]] = {}  # column → (row, rows, columns, text)
    done: list[Cell] = []
    for row, node in enumerate(_rows(table)):
        properties = node.find(f"{W}trPr")
        column = _number(properties, "gridBefore", 0) if properties is not None else 0
        for cell in _row_cells(node):
            inside = cell.find(f"{W}tcPr")
            wide = _number(inside, "gridSpan", 1) if inside is not None else 1
            merge = inside.find(f"{W}vMerge") if inside is not None else None
            goes_on = merge is not None and merge.get(f"{W}val", "continue") == "continue"
            if goes_on and column in open_cells:
                at, rows, columns, text = open_cells[column]
                open_cells[column] = (at, rows + 1, columns, text)
            else:
                if column in open_cells:
                    done.append(_closed(column, open_cells.pop(column)))
                open_cells[column] = (row, 1, wide, _cell_text(cell, numbering))
            column += wide
    done += [_closed(column, value) for column, value in open_cells.items()]
    yield from sorted(done, key=lambda cell: (cell.row, cell.column))


def _closed(column: int, value: tuple[int, int, int, str]) -> Cell:
    row, rows, columns, text = value
    return Cell(text, row, column, rows, columns)


def _rows(table: Any) -> Iterator[Any]:
    for node in table:
        if node.tag == f"{W}tr":
            yield node
        elif node.tag == f"{W}sdt" and (content := node.find(f"{W}sdtContent")) is not None:
            yield from _rows(content)


def _row_cells(row: Any) -> Iterator[Any]:
    for node in row:
        if node.tag == f"{W}tc":
            yield node
        elif node.tag == f"{W}sdt" and (content := node.find(f"{W}sdtContent")) is not None:
            yield from _row_cells(content)


def _cell_text(cell: Any, numbering: Numbering) -> str:
    parts = list(_parts(cell, numbering))
    texts = [part.text if isinstance(part, Line) else " ".join(c.text for c in part.cells) for part in parts]
    return "\n".join(texts)


def _number(properties: Any, name: str, default: int) -> int:
    node = properties.find(f"{W}{name}")
    value = node.get(f"{W}val", "") if node is not None else ""
    return int(value) if value.isdigit() else default
