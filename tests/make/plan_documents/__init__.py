"""Six plans of our own invention, in layouts no real plan we know has: what the reader is judged on.

Places, offices, people and figures are invented. Each module holds one document, wording and form together, and writes it as an
office would hand it over. What a careful person reads in it lies in `tests/plans/reader_gold/<name>.json`, in the form of the readings
of the real plans. The documents were written before the reader and know nothing of it; a rule that only they need does not belong there.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.make.plan_documents import (
    commune_scan,
    department_school_year,
    enterprise_association,
    province_year_table,
    ward_task_table,
    youth_union,
)

WRITERS: dict[str, Callable[[Path], None]] = {
    "province_year_table.docx": province_year_table.write,
    "ward_task_table.docx": ward_task_table.write,
    "department_school_year.pdf": department_school_year.write,
    "youth_union.pdf": youth_union.write,
    "enterprise_association.html": enterprise_association.write,
    "commune_scan.txt": commune_scan.write,
}


def write_plan_documents(folder: Path) -> dict[str, Path]:
    """All six in the folder, by name without suffix."""
    made = {}
    for name, write in WRITERS.items():
        path = folder / name
        write(path)
        made[path.stem] = path
    return made
