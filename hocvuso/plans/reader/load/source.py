"""What loading gives: lines as they stand in the file, and tables with their cells."""

from __future__ import annotations

from dataclasses import dataclass

from hocvuso.plans.reader.model import Cell


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line, or (`whole`) one paragraph that the file itself keeps together."""

    text: str
    page: int | None = None
    line: int | None = None
    gap: bool = False  # more space than between two lines stands before it
    indent: bool = False  # it begins further right than its page's text
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    cells: tuple[Cell, ...]
    page: int | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    name: str
    parts: tuple[Line | Table, ...]
    pages: int | None = None

    @property
    def has_text(self) -> bool:
        texts = (
            text
            for part in self.parts
            for text in ([part.text] if isinstance(part, Line) else [cell.text for cell in part.cells])
        )
        return any(char.isalpha() for text in texts for char in text)
