"""A whole build: everything from the parts, a range of subjects at a time, so that memory does not grow with the ledger."""

from __future__ import annotations

from pathlib import Path

from hocvuso.measure.engine.duck import Duck
from hocvuso.measure.engine.files import all_files, read_files
from hocvuso.measure.engine.steps import FIRSTS, STATE, Recipe, Steps, as_kept

ROWS_AT_ONCE = 6_000_000  # rows of one range; about 500 MB at work


def build_whole(folder: Path, recipe: Recipe) -> int:
    """Firsts, state and cells of every metric into `folder`, which holds the small tables. Returns the number of cells."""
    with Duck(folder / "scratch") as run:
        steps = Steps(run, folder, recipe, parts=recipe.parts)
        ranges = _ranges(run, steps.parts)
        for number, within in enumerate(ranges):
            _build_range(steps, number, within)
        _build_merged(steps, len(ranges))
        _build_weekly(steps, len(ranges) + 1)
        return save_cells(steps, generation=0)


def _ranges(run: Duck, parts: str) -> list[str]:
    """Conditions that cut the subjects into ranges of about `ROWS_AT_ONCE` rows. Where they are cut changes no figure."""
    rows = run.one(f"SELECT count(*) FROM {parts}")
    count = -(-rows // ROWS_AT_ONCE)
    if count <= 1:
        return ["TRUE"]
    some = [row[0] for row in run.rows(f"SELECT subject FROM {parts} USING SAMPLE 0.2 PERCENT (bernoulli) ORDER BY subject")]
    edges = sorted({some[len(some) * number // count] for number in range(1, count)})
    lows = [f"subject >= '{edge}'" for edge in edges]
    highs = [f"subject < '{edge}'" for edge in edges]
    inner = [f"{low} AND {high}" for low, high in zip(lows[:-1], highs[1:], strict=True)]
    return [highs[0], *inner, lows[-1]]


def _build_range(steps: Steps, number: int, within: str) -> None:
    run, folder = steps.run, steps.folder
    run.make("firsts", steps.firsts(steps.rows(where=within)))
    run.save(f"SELECT {FIRSTS} FROM firsts", folder / f"firsts-000-{number:03d}.parquet")
    alone = "(SELECT * FROM firsts WHERE subject NOT IN (SELECT merged FROM aliases UNION SELECT kept FROM aliases))"
    if not run.one("SELECT count(*) FROM aliases"):
        alone = "firsts"
    _save_state(steps, number, firsts=alone, rows=steps.rows(where=within))
    run.drop("firsts")


def _build_merged(steps: Steps, number: int) -> None:
    """People of several records may lie in several ranges: they come together at the end."""
    run = steps.run
    if not run.one("SELECT count(*) FROM aliases"):
        return
    run.make("several", "SELECT merged AS subject FROM aliases UNION SELECT kept AS subject FROM aliases")
    firsts = read_files(all_files(steps.folder, "firsts"))
    run.make("firsts", f"SELECT f.* FROM {firsts} AS f SEMI JOIN several USING (subject)")
    rows = f"(SELECT r.* FROM {steps.rows()} AS r SEMI JOIN several USING (subject))"
    _save_state(steps, number, firsts="firsts", rows=as_kept(rows, aliases="aliases"))


def _save_state(steps: Steps, number: int, *, firsts: str, rows: str) -> None:
    run = steps.run
    met = steps.meet(firsts, aliases="aliases", name="met")
    if steps.counts_later:
        run.make("due", run.sql("due", since="met_since"))
        met = f"{met} UNION ALL {steps.later(rows=rows, due='due')}"
    run.save(f"SELECT {STATE}, CAST(1 AS TINYINT) AS n FROM ({steps.state(met)})", steps.folder / f"state-000-{number:03d}.parquet")
    run.drop("met_first", "met_nth", "met_since")


def _build_weekly(steps: Steps, number: int) -> None:
    if not steps.counts_weekly:
        return
    run = steps.run
    firsts = f"(SELECT * FROM {read_files(all_files(steps.folder, 'firsts'))} WHERE week IS NOT NULL)"
    state = steps.state(steps.weekly(firsts, aliases="aliases"))
    run.save(f"SELECT {STATE}, CAST(1 AS TINYINT) AS n FROM ({state})", steps.folder / f"state-000-{number:03d}.parquet")


def save_cells(steps: Steps, *, generation: int) -> int:
    """Cells of one generation of state. Returns how many."""
    run, folder = steps.run, steps.folder
    state = read_files(sorted(folder.glob(f"state-{generation:03d}*.parquet")))
    to = folder / f"cells-{generation:03d}.parquet"
    run.save(f"SELECT * FROM ({run.sql('cells', state=state)}) ORDER BY deep DESC, m, place, day", to, "COMPRESSION snappy, ROW_GROUP_SIZE 61440")
    run.save(f"SELECT * FROM ({run.sql('weeks', state=state)}) ORDER BY m, place, week", folder / f"weeks-{generation:03d}.parquet")
    run.save("SELECT * FROM measures", folder / "measures.parquet")
    run.save("SELECT * FROM places", folder / "places.parquet")
    return int(run.one(f"SELECT count(*) FROM read_parquet('{to}')"))
