"""The engine: Parquet parts → firsts → state → cells, in DuckDB over files only. Knows nothing of the live database.

A part holds ledger rows of one range of `seq` and is never rewritten. A whole build makes everything from the parts; a change makes what
new rows, voids and merged records alter, as signed differences beside what is there. Both give the same rows.
"""

from hocvuso.measure.engine.build import build_whole
from hocvuso.measure.engine.change import build_change
from hocvuso.measure.engine.compare import rows_different
from hocvuso.measure.engine.files import (
    ALIAS_COLUMNS,
    BOOK_COLUMNS,
    FAMILIES,
    ORG_COLUMNS,
    PART_COLUMNS,
    POPULATION_COLUMNS,
    ROW_COLUMNS,
    SMALL_TABLES,
    STATED_COLUMNS,
    UNIT_COLUMNS,
    all_files,
    connect,
    copy,
    generations,
    quoted,
    read_files,
    sql,
    write_parquet,
)
from hocvuso.measure.engine.parts import PART_OPTIONS, PART_ORDER, merge_parts, write_part
from hocvuso.measure.engine.squash import squash_changes, weight_of_changes
from hocvuso.measure.engine.steps import Recipe
from hocvuso.measure.engine.tables import detail_fields, later_kinds

__all__ = [
    "ALIAS_COLUMNS",
    "BOOK_COLUMNS",
    "FAMILIES",
    "ORG_COLUMNS",
    "PART_COLUMNS",
    "PART_OPTIONS",
    "PART_ORDER",
    "POPULATION_COLUMNS",
    "ROW_COLUMNS",
    "SMALL_TABLES",
    "STATED_COLUMNS",
    "UNIT_COLUMNS",
    "Recipe",
    "all_files",
    "build_change",
    "build_whole",
    "connect",
    "copy",
    "detail_fields",
    "generations",
    "later_kinds",
    "merge_parts",
    "quoted",
    "read_files",
    "rows_different",
    "sql",
    "squash_changes",
    "weight_of_changes",
    "write_parquet",
    "write_part",
]
