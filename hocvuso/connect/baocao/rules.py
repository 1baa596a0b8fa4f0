"""The mapping file: which packets, which columns under which headers, how numbers and days are written. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from hocvuso.connect.baocao.packets import PACKETS, Packet, Row, Value
from hocvuso.lib.errors import BadInput

SIMULATED_COLUMN = "Dữ liệu mô phỏng"
_CSV = {"delimiter", "decimal", "bom"}


@dataclass(frozen=True, slots=True)
class Column:
    header: str
    field: str = ""  # of the packet; empty: `value` stands in every row
    value: str = ""
    codes: tuple[tuple[str, str], ...] = ()  # our word → theirs; a word that is not here stays


@dataclass(frozen=True, slots=True)
class Table:
    packet: Packet
    name: str  # of the file and of the sheet
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """How one receiving system wants its files."""

    title: str
    tables: tuple[Table, ...]
    delimiter: str = ","
    decimal: str = "."
    bom: bool = True
    day: str = "%Y-%m-%d"


def parse_mapping(data: Any, *, file: str) -> Mapping:
    """From the parsed YAML. Every fault is said with its place, all at once; nothing is guessed."""
    faults: list[str] = []
    if not isinstance(data, dict) or not isinstance(data.get("packets"), dict) or not data["packets"]:
        raise BadInput(f"{file}: phải có phần packets.")
    faults += [f"khóa lạ “{key}”" for key in data.keys() - {"title", "packets", "csv", "day"}]
    csv = data.get("csv") or {}
    faults += [f"csv: khóa lạ “{key}”" for key in csv.keys() - _CSV]
    delimiter, decimal = str(csv.get("delimiter", ",")), str(csv.get("decimal", "."))
    if delimiter not in (",", ";", "\t", "|"):
        faults.append("csv: delimiter phải là , ; | hoặc dấu tab")
    if decimal not in (".", ","):
        faults.append("csv: decimal phải là . hoặc ,")
    tables = [_table(key, entry, faults) for key, entry in data["packets"].items()]
    day = str(data.get("day", "%Y-%m-%d"))
    if dt.date(2025, 10, 17).strftime(day).count("17") != 1:
        faults.append("day: phải là mẫu ngày có ngày, tháng, năm, như %d/%m/%Y")
    names = [table.name for table in tables if table]
    faults += [f"hai gói cùng tên tệp “{name}”" for name in sorted({n for n in names if names.count(n) > 1})]
    if faults:
        raise BadInput("\n".join([f"{file}: {len(faults)} lỗi, chưa dùng được.", *(f"  {fault}" for fault in faults)]))
    return Mapping(
        title=str(data.get("title", "")), tables=tuple(table for table in tables if table), delimiter=delimiter, decimal=decimal,
        bom=bool(csv.get("bom", True)), day=day,
    )  # fmt: skip


def _table(key: Any, entry: Any, faults: list[str]) -> Table | None:
    packet = PACKETS.get(str(key))
    if packet is None:
        faults.append(f"{key}: không có gói này; các gói: {', '.join(PACKETS)}")
        return None
    if not isinstance(entry, dict) or not isinstance(entry.get("columns"), list) or not entry["columns"]:
        faults.append(f"{key}: phải có columns")
        return None
    columns = []
    for number, column in enumerate(entry["columns"], start=1):
        where = f"{key}, cột {number}"
        if not isinstance(column, dict) or not column.get("header"):
            faults.append(f"{where}: phải có header")
            continue
        faults += [f"{where}: khóa lạ “{name}”" for name in column.keys() - {"header", "field", "value", "codes"}]
        field = str(column.get("field", ""))
        if bool(field) == ("value" in column):
            faults.append(f"{where}: chọn một trong hai, field hoặc value")
        if field and field not in packet.fields:
            faults.append(f"{where}: gói {key} không có trường “{field}”; có: {', '.join(packet.fields)}")
        codes = column.get("codes") or {}
        columns.append(
            Column(
                str(column["header"]),
                field,
                str(column.get("value", "")),
                tuple((str(k), str(v)) for k, v in codes.items()),
            )
        )
    name = str(entry.get("file", key))
    if not name.replace("-", "").replace("_", "").isalnum() or not name.isascii() or len(name) > 31:
        faults.append(f"{key}: file “{name}” chỉ gồm chữ không dấu, số, gạch nối, đến 31 ký tự")
    return Table(packet, name, tuple(columns))


def laid_out(table: Table, rows: Iterable[Row], *, simulated: bool) -> tuple[tuple[str, ...], list[tuple[Value, ...]]]:
    """Headers and rows as the receiving system wants them. Simulated rows say so in a column of their own, whatever the mapping says."""
    headers = tuple(column.header for column in table.columns)
    body = [tuple(_cell(column, row) for column in table.columns) for row in rows]
    if not simulated:
        return headers, body
    return (*headers, SIMULATED_COLUMN), [(*row, "có") for row in body]


def _cell(column: Column, row: Row) -> Value:
    if not column.field:
        return column.value
    value = row.get(column.field)
    return dict(column.codes).get(str(value), value) if column.codes and value is not None else value


def written(value: Value, mapping: Mapping) -> str:
    """A cell of a CSV file in the mapping's way of writing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", mapping.decimal)
    if isinstance(value, str) and (day := _day_of(value)):
        return day.strftime(mapping.day)
    return str(value)


def _day_of(text: str) -> dt.date | None:
    if len(text) != 10 or text[4] != "-" or text[7] != "-":
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def packets_of(mapping: Mapping) -> Sequence[str]:
    return [table.packet.key for table in mapping.tables]
