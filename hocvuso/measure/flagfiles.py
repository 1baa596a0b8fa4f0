"""The material of flags as Parquet files, one a table, with the columns of its dataclass; and the flags found, as JSON.

Whoever has such files (a simulation at full size, another engine) can have flags looked for without a database.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from pathlib import Path
from typing import Any, get_type_hints

from hocvuso.measure import engine
from hocvuso.measure.flags import Flag, Severity
from hocvuso.measure.flags.material import TABLES, Material

_ROWS: dict[str, Any] = {name: kind.__args__[0] for name, kind in get_type_hints(Material).items() if name in TABLES}
_SQL = {str: "VARCHAR", int: "BIGINT", float: "DOUBLE", bool: "BOOLEAN", dt.date: "DATE", dt.datetime: "TIMESTAMP"}


def columns_of(table: str) -> dict[str, str]:
    """Column → SQL type, from the dataclass of the table's rows."""
    hints = get_type_hints(_ROWS[table])
    return {field.name: _SQL[_plain(hints[field.name])] for field in dataclasses.fields(_ROWS[table])}


def _plain(hint: Any) -> Any:
    """dt.date | None → dt.date"""
    return next((one for one in getattr(hint, "__args__", ()) if one is not type(None)), hint)


def write_material(material: Material, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        columns = columns_of(table)
        rows = ([_out(getattr(row, name)) for name in columns] for row in getattr(material, table))
        engine.write_parquet(rows, columns, to=folder / f"{table}.parquet")
    about = {
        "on": material.on.isoformat(),
        "bases": {metric: list(groups) for metric, groups in material.bases.items()},
    }
    _write_json(folder / "material.json", about)


def read_material(folder: Path) -> Material:
    about = json.loads((folder / "material.json").read_text(encoding="utf-8"))
    tables: dict[str, Any] = {}
    with engine.connect() as connection:
        for table in TABLES:
            names = ", ".join(f'"{name}"' for name in columns_of(table))
            path = str(folder / f"{table}.parquet").replace("'", "''")
            rows = connection.execute(f"SELECT {names} FROM read_parquet('{path}')").fetchall()
            tables[table] = tuple(_ROWS[table](*map(_back, row)) for row in rows)
    bases = {metric: tuple(groups) for metric, groups in about["bases"].items()}
    return Material(dt.date.fromisoformat(about["on"]), bases, **tables)


def _out(value: Any) -> Any:
    """Moments are written in UTC."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).replace(tzinfo=None) if value.tzinfo else value
    return value


def _back(value: Any) -> Any:
    return value.replace(tzinfo=dt.UTC) if isinstance(value, dt.datetime) else value


# --- flags that were found ------------------------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True, slots=True)
class FlagSheet:
    """What one look found: in what (snapshot and limits), as of which day."""

    made_from: str
    on: dt.date
    flags: tuple[Flag, ...]


def write_flags(sheet: FlagSheet, path: Path) -> None:
    """Whole or not at all; readers see the old sheet until then."""
    rows = [
        {
            "kind": flag.kind, "place": flag.place, "metric": flag.metric, "subject": flag.subject,
            "weeks": [day.isoformat() for day in flag.weeks] if flag.weeks else None, "evidence": dict(flag.evidence),
            "severity": int(flag.severity), "key": flag.key,
        }
        for flag in sheet.flags
    ]  # fmt: skip
    _write_json(path, {"made_from": sheet.made_from, "on": sheet.on.isoformat(), "flags": rows})


def read_flags(path: Path) -> FlagSheet | None:
    """None where nobody has looked yet, or the file is not whole."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return FlagSheet(told["made_from"], dt.date.fromisoformat(told["on"]), tuple(map(_flag, told["flags"])))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _flag(row: dict[str, Any]) -> Flag:
    weeks = tuple(dt.date.fromisoformat(day) for day in row["weeks"]) if row["weeks"] else None
    return Flag(
        row["kind"], row["place"], row["metric"], row["subject"], (weeks[0], weeks[1]) if weeks else None, row["evidence"],
        Severity(row["severity"]),
    )  # fmt: skip


def _write_json(path: Path, told: dict[str, Any]) -> None:
    beside = path.with_suffix(".json.tmp")
    beside.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    beside.replace(path)
