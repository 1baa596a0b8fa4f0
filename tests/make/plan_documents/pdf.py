"""PDF pages from Typst's own markup, with the fonts it carries: nothing of the machine shows in them."""

from __future__ import annotations

from pathlib import Path

import typst

PAGE = """
#set document(title: "{title}")
#set page(paper: "a4", margin: (top: 22mm, bottom: 22mm, left: 30mm, right: 18mm), {running})
#set text(font: "Libertinus Serif", size: {size}, lang: "vi", hyphenate: false)
#set par(justify: true, first-line-indent: (amount: 10mm, all: true), leading: 0.72em, spacing: 0.9em)
"""


def write_pdf(path: Path, body: str, *, title: str, running: str, size: str = "13pt") -> None:
    page = PAGE.format(title=title, running=running, size=size)
    path.write_bytes(typst.compile((page + body).encode(), ignore_system_fonts=True))
