"""Five more plans of our own invention, laid out the way real ones often are: what the reader is judged on after the first six were seen.

Like the first six they were written without knowledge of the reader, and their readings by hand, in `tests/plans/reader_gold/second/`,
say what a careful officer finds in them. Places, offices, people and figures are invented.

Where the genre leaves room, the readings hold: a section that hands out work by agency, in a plan that has no other list of tasks, is the
list of tasks, and a duty's title is the work itself, without “Chủ trì, phối hợp với …”; paragraphs of content without lead and deadline
are no tasks; of those two tables say, only what is to be done is a target, never a product, a remark or a price.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.make.plan_documents.second import (
    party_commune,
    province_by_agency,
    university_web,
    ward_grouped_annex,
    womens_union,
)

WRITERS: dict[str, Callable[[Path], None]] = {
    "province_by_agency.docx": province_by_agency.write,
    "ward_grouped_annex.docx": ward_grouped_annex.write,
    "party_commune.pdf": party_commune.write,
    "university_web.txt": university_web.write,
    "womens_union.html": womens_union.write,
}


def write_second_plan_documents(folder: Path) -> dict[str, Path]:
    """All five in the folder, by name without suffix."""
    made = {}
    for name, write in WRITERS.items():
        path = folder / name
        write(path)
        made[path.stem] = path
    return made
