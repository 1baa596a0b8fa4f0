"""A whole build: everything from the parts, a range of subjects at a time, so that memory does not grow with the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hocvuso.measure.engine.duck import Duck
from hocvuso.measure.engine.files import all_files, repr_of
from hocvuso.measure.engine.steps import FIRSTS, STATE, Recipe, Steps, as_kept, valid_of

ROWS_AT_ONCE = 6_000_000  # rows of one range; about 500 MB at work


def build_whole(folder: Path, recipe: Recipe) -> int:
    """Firsts, state and cells of every metric into `folder`, which holds the small tables. Returns the number of cells."""
    with Duck(folder / "scratch") as run:
        return build_with(Steps(run, folder, recipe, parts=recipe.parts), _ranges(run, recipe.parts))


def build_with(steps: Steps, ranges: Sequence[str]) -> int:
    _find_odd(steps)
    for number, within in enumerate(ranges):
        _build_range(steps, number, within)
    _build_odd(steps, len(ranges))
    _build_weekly(steps, len(ranges) + 1)
    return save_cells(steps, generation=0)


def _ranges(run: Duck, parts: Sequence[Path]) -> list[str]:
    """Conditions that cut the subjects into ranges of about `ROWS_AT_ONCE` rows, told from where the parts' row groups begin. Where they
    are cut changes no figure."""
    if not parts:
        return ["TRUE"]
    groups = run.rows(
        f"""SELECT stats_min_value, row_group_num_rows FROM parquet_metadata([{", ".join(repr_of(part) for part in parts)}])
        WHERE path_in_schema = 'subject' ORDER BY stats_min_value"""
    )
    edges: list[str] = []
    upto = 0
    for first, rows in groups:
        if upto >= ROWS_AT_ONCE * (len(edges) + 1) and first not in edges:
            edges.append(first)
        upto += rows
    if not edges:
        return ["TRUE"]
    lows, highs = [f"subject >= '{edge}'" for edge in edges], [f"subject < '{edge}'" for edge in edges]
    return [highs[0], *(f"{low} AND {high}" for low, high in zip(lows[:-1], highs[1:], strict=True)), lows[-1]]


def _find_odd(steps: Steps) -> None:
    """Whoever has a voided row or several records. What a plain pass makes of these few is dropped; they come at the end."""
    steps.run.make(
        "odd",
        f"""SELECT subject FROM {steps.parts} WHERE voids IS NOT NULL
        UNION SELECT merged FROM aliases UNION SELECT kept FROM aliases""",
    )


def _build_range(steps: Steps, number: int, within: str) -> None:
    run = steps.run
    rows = f"(SELECT * FROM {steps.parts} WHERE voids IS NULL AND {within})"
    run.make("firsts", steps.firsts(rows))
    _save(steps, number, firsts="(SELECT * FROM firsts ANTI JOIN odd USING (subject))", rows=rows)


def _build_odd(steps: Steps, number: int) -> None:
    """People of several records may lie in several ranges, and only now are all voids of a subject together."""
    run = steps.run
    if not run.one("SELECT count(*) FROM odd"):
        return
    run.make("raw", f"SELECT r.* FROM {steps.parts} AS r SEMI JOIN odd USING (subject)")
    run.make("valid", f"SELECT * FROM {valid_of('raw')}")
    run.make("firsts", steps.firsts("valid"))
    _save(steps, number, firsts="firsts", rows=as_kept("valid", aliases="aliases"))
    run.drop("raw", "valid")


def _save(steps: Steps, number: int, *, firsts: str, rows: str) -> None:
    steps.run.save(f"SELECT {FIRSTS} FROM {firsts}", steps.folder / f"firsts-000-{number:03d}.parquet")
    _save_state(steps, number, firsts=firsts, rows=rows)
    steps.run.drop("firsts")


def _save_state(steps: Steps, number: int, *, firsts: str, rows: str) -> None:
    run = steps.run
    met = steps.meet(firsts, aliases="aliases", name="met")
    if steps.counts_later:
        run.make("due", run.sql("due", since="met_since"))
        met = f"{met} UNION ALL {steps.later(rows=rows, due='due')}"
    run.save(
        f"SELECT {STATE}, CAST(1 AS TINYINT) AS n FROM ({steps.state(met)})",
        steps.folder / f"state-000-{number:03d}.parquet",
    )
    run.drop("met_first", "met_nth", "met_since")


def _build_weekly(steps: Steps, number: int) -> None:
    if not steps.counts_weekly:
        return
    run = steps.run
    firsts = f"(SELECT * FROM {run.files(all_files(steps.folder, 'firsts'))} WHERE week IS NOT NULL)"
    state = steps.state(steps.weekly(firsts, aliases="aliases"))
    run.save(
        f"SELECT {STATE}, CAST(1 AS TINYINT) AS n FROM ({state})", steps.folder / f"state-000-{number:03d}.parquet"
    )


def save_cells(steps: Steps, *, generation: int) -> int:
    """Cells of one generation of state. Returns how many."""
    run, folder = steps.run, steps.folder
    state = run.files(sorted(folder.glob(f"state-{generation:03d}*.parquet")))
    to = folder / f"cells-{generation:03d}.parquet"
    run.save(
        f"SELECT * FROM ({run.sql('cells', state=state)}) ORDER BY deep DESC, m, place, day",
        to,
        "COMPRESSION snappy, ROW_GROUP_SIZE 61440",
    )
    run.save(
        f"SELECT * FROM ({run.sql('weeks', state=state)}) ORDER BY m, place, week",
        folder / f"weeks-{generation:03d}.parquet",
    )
    run.save("SELECT * FROM measures", folder / "measures.parquet")
    run.save("SELECT * FROM places", folder / "places.parquet")
    return int(run.one(f"SELECT count(*) FROM {run.files([to])}"))
