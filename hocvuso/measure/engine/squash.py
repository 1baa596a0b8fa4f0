"""Many small generations into one, beside the whole, so that readers open few files."""

from __future__ import annotations

from pathlib import Path

from hocvuso.measure.engine.duck import Duck
from hocvuso.measure.engine.files import FAMILIES, generations, read_files
from hocvuso.measure.engine.steps import FIRSTS, PLAIN


def weight_of_changes(folder: Path) -> float:
    """How many rows of state the changes hold, of those of the whole."""
    whole, *changes = generations(folder, "state")
    if not changes:
        return 0.0
    with Duck(folder / "scratch") as run:
        rows = [
            run.one(f"SELECT count(*) FROM {read_files(paths)}")
            for paths in (whole, [p for paths in changes for p in paths])
        ]
    return float(rows[1] / max(rows[0], 1))


def squash_changes(folder: Path) -> None:
    """Generations from the first change on become one. What was linked from an older snapshot stays as it was there."""
    with Duck(folder / "scratch") as run:
        changes = {family: [path for paths in generations(folder, family)[1:] for path in paths] for family in FAMILIES}
        # Which generation is a subject's newest stands in `firsts`: `told` comes before them.
        for family in sorted(FAMILIES, key=lambda family: family == "firsts"):
            paths = changes[family]
            if len(paths) < 2:
                continue
            if family in ("firsts", "told"):
                run.save(_newest(paths, FIRSTS if family == "told" else PLAIN, by=changes["firsts"]), paths[0])
            else:
                run.save(_summed(family, paths), paths[0])
            for path in paths[1:]:
                path.unlink()


def _newest(changes: list[Path], columns: str, *, by: list[Path]) -> str:
    told, subjects = (
        " UNION ALL ".join(
            f"SELECT {wanted}, {number} AS generation FROM {read_files([path])}" for number, path in enumerate(paths)
        )
        for wanted, paths in ((columns, changes), ("subject", by))
    )
    return f"""WITH told AS ({told}), newest AS (SELECT subject, max(generation) AS generation FROM ({subjects}) AS s GROUP BY subject)
        SELECT {columns} FROM told JOIN newest USING (subject, generation)"""


def _summed(family: str, changes: list[Path]) -> str:
    sizes = {"state": "TINYINT", "cells": "INTEGER", "weeks": "INTEGER"}
    order = {"cells": " ORDER BY deep DESC, m, place, day"}.get(family, "")
    return f"SELECT * EXCLUDE n, CAST(sum(n) AS {sizes[family]}) AS n FROM {read_files(changes)} GROUP BY ALL HAVING sum(n) <> 0{order}"
