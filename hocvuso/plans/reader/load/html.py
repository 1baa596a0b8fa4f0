from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hocvuso.lib.errors import BadInput
from hocvuso.plans.reader.load.source import Line, Source, Table
from hocvuso.plans.reader.model import Cell

BLOCKS = frozenset(
    ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "section", "article", "main", "header")
    + ("blockquote", "pre", "center", "body", "caption", "figure")
)
SKIPPED = frozenset(
    (
        "script",
        "style",
        "nav",
        "footer",
        "aside",
        "form",
        "button",
        "select",
        "head",
        "noscript",
        "template",
        "svg",
        "iframe",
    )
)


def load_html(data: bytes, *, name: str) -> Source:
    """Paragraphs and tables of a page; its menus, scripts and footers are left out."""
    from lxml import html

    try:
        root = html.document_fromstring(data, parser=html.HTMLParser(encoding=_encoding(data), no_network=True))
    except (ValueError, html.etree.ParserError) as error:
        raise BadInput(f"Tệp {name} không đọc được như trang HTML.") from error
    return Source(name, tuple(_parts(root)))


def _encoding(data: bytes) -> str | None:
    """UTF-8 when it is; otherwise what the page itself says."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


class _Text:
    """The paragraph that is being gathered; a break inside it starts a new line, which may go on or not."""

    def __init__(self) -> None:
        self.lines = [""]
        self.broken = False

    def take(self) -> Iterator[Line]:
        found = [" ".join(line.split()) for line in self.lines]
        found = [line for line in found if line]
        for number, line in enumerate(found):
            yield Line(line, gap=number == 0, whole=len(found) == 1)
        self.lines = [""]


def _parts(root: Any) -> Iterator[Line | Table]:
    text = _Text()
    yield from _walk(root, text, "")
    yield from text.take()


def _walk(node: Any, text: _Text, bullet: str) -> Iterator[Line | Table]:
    tag = node.tag if isinstance(node.tag, str) else ""
    if not tag or tag in SKIPPED or node.get("hidden") is not None:
        return
    if tag == "br":
        text.lines.append("")
        return
    if tag == "sup" and (node.text_content() or "").strip().strip("[]()").isdigit():
        return  # the mark of a footnote
    if tag == "table":
        yield from text.take()
        cells = tuple(_cells(node))
        if cells:
            yield Table(cells)
        return
    if tag in BLOCKS or tag == "tr":
        yield from text.take()
        if tag == "li":
            text.lines[-1] += bullet
    text.lines[-1] += node.text or ""
    items = 0
    for child in node:
        if tag in ("ul", "ol") and child.tag == "li":
            items += 1
            yield from _walk(child, text, _bullet(node, items))
        else:
            yield from _walk(child, text, bullet)
        text.lines[-1] += child.tail or ""
    if tag in BLOCKS:
        yield from text.take()


def _bullet(parent: Any, number: int) -> str:
    if parent.tag == "ul":
        return "- " if not any(above.tag in ("ul", "ol") for above in parent.iterancestors()) else "+ "
    number += int(parent.get("start") or 1) - 1
    kind = parent.get("type") or "1"
    return {"a": f"{chr(96 + number)}) ", "A": f"{chr(64 + number)}. ", "I": f"{roman(number)}. "}.get(
        kind, f"{number}. "
    )


def roman(number: int) -> str:
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]


def _cells(table: Any) -> Iterator[Cell]:
    taken: set[tuple[int, int]] = set()
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    for number, row in enumerate(rows):
        column = 0
        for node in row:
            if node.tag not in ("td", "th"):
                continue
            while (number, column) in taken:
                column += 1
            high, wide = _spread(node, "rowspan", len(rows) - number), _spread(node, "colspan", 40)
            taken |= {(number + down, column + along) for down in range(high) for along in range(wide)}
            inner = [part for part in _parts(node) if isinstance(part, Line)]
            nested = [cell.text for part in _parts(node) if isinstance(part, Table) for cell in part.cells]
            yield Cell("\n".join([line.text for line in inner] + nested), number, column, high, wide)
            column += wide


def _spread(node: Any, name: str, most: int) -> int:
    value = (node.get(name) or "1").strip()
    return max(1, min(int(value) if value.isdigit() else 1, most)) if value != "0" else most
