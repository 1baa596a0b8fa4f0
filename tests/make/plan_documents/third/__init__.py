"""Four more plans of our own invention, in four more layouts real plans have: what the reader is judged on after the eleven before were seen.

Like those they were written without knowledge of the reader, and their readings by hand lie in `tests/plans/reader_gold/third/`. Places,
offices, people and figures are invented. What the second set holds of the genre holds here too; besides, a cell of a table of targets is
one target: its row says who, its column what, and its text in the reading is the head of the column.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.make.plan_documents.third import commune_matrix, farmers_and_youth, health_sector, ward_peak_month

WRITERS: dict[str, Callable[[Path], None]] = {
    "health_sector.docx": health_sector.write,
    "commune_matrix.docx": commune_matrix.write,
    "ward_peak_month.pdf": ward_peak_month.write,
    "farmers_and_youth.html": farmers_and_youth.write,
}


def write_third_plan_documents(folder: Path) -> dict[str, Path]:
    """All four in the folder, by name without suffix."""
    made = {}
    for name, write in WRITERS.items():
        path = folder / name
        write(path)
        made[path.stem] = path
    return made
