"""Lists that offices send as CSV. A refusal names file, line and column, never what stands in a cell: that may be somebody's name."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hocvuso.lib.errors import BadInput, BadRow

MOST = 2_147_483_647  # what an integer column of PostgreSQL holds


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file, cells without the blanks around them. `number` is the line an editor shows, the header being line 1."""

    file: str
    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def wrong(self, why: object) -> BadInput:
        return BadInput(f"{self.file}, dòng {self.number}: {why}")

    def text(self, column: str, *, most: int, needed: bool = True) -> str:
        """A cell that fits its place in the database; `most` is in characters."""
        value = self.cells[column]
        if needed and not value:
            raise self.wrong(f"cột {column} còn trống.")
        if len(value) > most:
            raise self.wrong(f"cột {column} dài quá {most} ký tự.")
        return value

    def one_of(self, column: str, known: Sequence[str]) -> str:
        if self.cells[column] not in known:
            raise self.wrong(f"cột {column} phải là một trong: {', '.join(word or '(trống)' for word in known)}.")
        return self.cells[column]

    def day(self, column: str, *, last: dt.date | None = None) -> dt.date:
        """A day written 2025-10-17, not after `last`."""
        try:
            if len(self.cells[column]) != len("2025-10-17"):
                raise ValueError
            day = dt.date.fromisoformat(self.cells[column])
        except ValueError:
            raise self.wrong(f"cột {column} phải là ngày, viết dạng 2025-10-17.") from None
        if last is not None and day > last:
            raise self.wrong(f"cột {column}: ngày chưa đến (hôm nay là {last:%d/%m/%Y}).")
        return day

    def count(self, column: str) -> int:
        """A whole number from 0, written in digits only: “1.234” could be read in two ways."""
        value = self.cells[column]
        if not (value.isascii() and value.isdigit()) or len(value) > 10 or int(value) > MOST:
            raise self.wrong(f"cột {column} phải là số nguyên không âm, chỉ gồm chữ số.")
        return int(value)


def read_lines(path: Path, *, columns: Sequence[str], optional: Sequence[str] = ()) -> Iterator[Line]:
    """Lines of a CSV (UTF-8, commas) that must have these columns; an optional column that is missing reads as empty."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:  # spreadsheets put a mark before the first column
            yield from lines_in(file, path.name, columns=columns, optional=optional)
    except OSError:
        raise BadInput(f"Không đọc được tệp {path.name}.") from None
    except UnicodeDecodeError:
        raise BadInput(f"{path.name}: không phải văn bản UTF-8. Hãy lưu lại dạng “CSV UTF-8”.") from None


def lines_in(text: Iterable[str], name: str, *, columns: Sequence[str], optional: Sequence[str] = ()) -> Iterator[Line]:
    """The same of text that is open already."""
    reader = csv.DictReader(text, strict=True)
    read = 0  # the last line that was whole: an open quotation mark swallows all that follow
    try:
        header = list(reader.fieldnames or [])
        read = reader.line_num
        if missing := [column for column in columns if column not in header]:
            hint = " Các cột phải ngăn nhau bằng dấu phẩy." if len(header) == 1 and ";" in header[0] else ""
            raise BadInput(f"{name}: thiếu cột {', '.join(missing)}.{hint}")
        if twice := next((column for column in (*columns, *optional) if header.count(column) > 1), None):
            raise BadInput(f"{name}: cột {twice} ghi hai lần.")
        for row in reader:
            read = reader.line_num
            if None in row or any(value is None for value in row.values()):
                raise BadInput(f"{name}, dòng {reader.line_num}: số cột không khớp.")
            line = Line(name, reader.line_num, dict.fromkeys(optional, "") | {k: v.strip() for k, v in row.items()})
            if any("\0" in value for value in line.cells.values()):
                raise line.wrong("có ký tự không phải văn bản.")
            if any(line.cells.values()):  # a spreadsheet's empty rows are nothing
                yield line
    except csv.Error:
        raise BadInput(f"{name}, dòng {read + 1}: không đúng dạng CSV (dấu ngoặc kép chưa khép).") from None


def without_twins(lines: Sequence[Line], key: Sequence[str]) -> list[Line]:
    """The lines by their key. A line repeated whole is one line; the same key with other cells is refused, as one of them is wrong."""
    first: dict[tuple[str, ...], Line] = {}
    for line in lines:
        before = first.setdefault(tuple(line[column] for column in key), line)
        if before.cells != line.cells:
            raise line.wrong(f"trùng {', '.join(key)} với dòng {before.number} nhưng nội dung khác.")
    return list(first.values())


@contextmanager
def naming_lines(lines: Sequence[Line]) -> Iterator[None]:
    """Inside, an action's refusal of its n-th row becomes a refusal of the line that row came from."""
    try:
        yield
    except BadRow as error:
        raise lines[error.row - 1].wrong(error.why) from None
