"""Tables as CSV and as spreadsheets, for people who go on working with them. No text in a cell ever becomes a formula."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

CellValue = str | int | float | dt.date | None
# What spreadsheets take for the start of a formula, also in full width, and what they skip before one (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "|", "%")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its title and what must be said beside it (place, day, that the data is simulated). `name` names the file."""

    name: str
    title: str
    notes: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[CellValue, ...], ...]


def harmless(value: str) -> str:
    """Text that a spreadsheet would run gets an apostrophe before it, which says “this is text”."""
    return f"'{value}" if value.lstrip("\t\r\n \u00a0\u200b\ufeff").startswith(FORMULA) else value


def csv_of(sheet: Sheet) -> bytes:
    """UTF-8 with the mark spreadsheets look for. Notes come first, then an empty line, then the table."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for line in (sheet.title, *sheet.notes):
        writer.writerow([harmless(line)])
    writer.writerow([])
    writer.writerow([harmless(column) for column in sheet.columns])
    for row in sheet.rows:
        writer.writerow([_plain(value) for value in row])
    return text.getvalue().encode("utf-8-sig")


def _plain(value: CellValue) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def xlsx_of(sheet: Sheet, *, made: dt.datetime) -> bytes:
    """The same as a spreadsheet: numbers as numbers, days as days, text as text. The same table of the same moment gives the same bytes."""
    return xlsx_book([sheet], made=made)


def xlsx_book(sheets: Sequence[Sheet], *, made: dt.datetime) -> bytes:
    """Several tables in one spreadsheet, a tab each."""
    import xlsxwriter

    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(file, options)
    book.set_properties({"title": sheets[0].title, "created": made.replace(tzinfo=None)})
    formats = _Formats(
        bold=book.add_format({"bold": True, "text_wrap": True}),
        day=book.add_format({"num_format": "dd/mm/yyyy"}),
        number=book.add_format({"num_format": "#,##0"}),
        part=book.add_format({"num_format": "#,##0.0"}),
    )
    for sheet in sheets:
        _write_sheet(book.add_worksheet(_tab(sheet.name)), sheet, formats)
    book.close()
    return file.getvalue()


@dataclass(frozen=True, slots=True)
class _Formats:
    bold: Any
    day: Any
    number: Any
    part: Any


def _write_sheet(page: Any, sheet: Sheet, formats: _Formats) -> None:
    for at, line in enumerate((sheet.title, *sheet.notes)):
        page.write_string(at, 0, line, formats.bold if at == 0 else None)
    top = len(sheet.notes) + 2
    for column, title in enumerate(sheet.columns):
        page.write_string(top, column, title, formats.bold)
        page.set_column(column, column, 34 if column == 0 else 16)
    for at, row in enumerate(sheet.rows, start=top + 1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                page.write_string(at, column, value)
            elif isinstance(value, dt.date):
                page.write_datetime(at, column, value, formats.day)
            elif value is not None:
                page.write_number(at, column, value, formats.number if isinstance(value, int) else formats.part)
    page.freeze_panes(top + 1, 1)


def _tab(name: str) -> str:
    """Excel takes 31 characters and not all of them."""
    return "".join(c for c in name if c not in "[]:*?/\\")[:31]


def rows_of_spreadsheet(data: bytes) -> Sequence[Sequence[object]] | None:
    """The first sheet of an .xlsx file, values only; `None` where it is no such file."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        return book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, ValueError, IndexError):
        return None
