"""The packets as files: one CSV a packet in a zip, or one spreadsheet with a sheet a packet. The same content gives the same bytes."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping as Rows
from collections.abc import Sequence

from hocvuso.connect.baocao.packets import Row, Value
from hocvuso.connect.baocao.rules import Mapping, laid_out, written
from hocvuso.lib.sheets import harmless

EARLIEST = (1980, 1, 1, 0, 0, 0)  # what a zip can hold; the time of making would change the bytes
WIDEST = 60  # characters of a column in the spreadsheet


def zip_of(mapping: Mapping, packets: Rows[str, Sequence[Row]], *, simulated: bool) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for table in mapping.tables:
            headers, rows = laid_out(table, packets[table.packet.key], simulated=simulated)
            entry = zipfile.ZipInfo(f"{'MO-PHONG-' if simulated else ''}{table.name}.csv", EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, _csv(mapping, headers, rows))
    return made.getvalue()


def _csv(mapping: Mapping, headers: Sequence[str], rows: Sequence[Sequence[Value]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=mapping.delimiter, lineterminator="\r\n")
    writer.writerow([harmless(header) for header in headers])
    for row in rows:
        writer.writerow(
            [harmless(cell) if isinstance(value, str) else cell for value in row for cell in [written(value, mapping)]]
        )
    return text.getvalue().encode("utf-8-sig" if mapping.bom else "utf-8")


def workbook_of(mapping: Mapping, packets: Rows[str, Sequence[Row]], *, simulated: bool) -> bytes:
    """Numbers as numbers, text as text; headers in the first row, as systems that read the file want them."""
    import datetime as dt

    import xlsxwriter

    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(made, options)
    book.set_properties(
        {"title": mapping.title, "created": dt.datetime(*EARLIEST[:3], tzinfo=dt.UTC).replace(tzinfo=None)}
    )
    bold = book.add_format({"bold": True})
    for table in mapping.tables:
        headers, rows = laid_out(table, packets[table.packet.key], simulated=simulated)
        page = book.add_worksheet(table.name)
        for at, header in enumerate(headers):
            page.write_string(0, at, header, bold)
            longest = max([len(header), *(len(str(row[at])) for row in rows if row[at] is not None)])
            page.set_column(at, at, min(WIDEST, longest + 2))
        for line, row in enumerate(rows, start=1):
            for at, value in enumerate(row):
                if isinstance(value, str):
                    page.write_string(line, at, written(value, mapping))
                elif value is not None:
                    page.write_number(line, at, value)
        page.freeze_panes(1, 0)
    book.close()
    return made.getvalue()
