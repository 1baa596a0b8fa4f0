"""A whole build: everything from the parts, a range of subjects at a time, so that memory does not grow with the ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from hocvuso.measure.engine.duck import Duck
from hocvuso.measure.engine.files import all_files, repr_of
from hocvuso.measure.engine.steps import FIRSTS, PLAIN, STATE, Recipe, Steps, as_kept

ROWS_AT_ONCE = 12_000_000  # rows of one range; about 600 MB at work
STATE_AT_ONCE = 4_000_000  # rows of state whose cells are added up together


def build_whole(folder: Path, recipe: Recipe) -> int:
    """Firsts, state and cells of every metric into `folder`, which holds the small tables. Returns the number of cells."""
    with Duck(folder / "scratch") as run:
        return build_with(Steps(run, folder, recipe, parts=recipe.parts), _ranges(run, recipe.parts))


def build_with(steps: Steps, ranges: Sequence[str]) -> int:
    run = steps.run
    run.make("voided", f"SELECT subject, voids AS seq FROM {steps.parts} WHERE voids IS NOT NULL")
    run.make("several", "SELECT merged AS subject FROM aliases UNION SELECT kept FROM aliases")
    has_several = bool(run.one("SELECT count(*) FROM several"))
    for number, within in enumerate(ranges):
        _build_range(steps, number, within, has_several=has_several)
    if has_several:
        _build_several(steps, len(ranges))
    if steps.counts_later:
        _build_later(steps, len(ranges) + 1)
    if steps.counts_weekly:
        _build_weekly(steps, len(ranges) + 2)
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


def _build_range(steps: Steps, number: int, within: str, *, has_several: bool) -> None:
    run = steps.run
    run.make("voided_here", f"SELECT seq, subject FROM voided WHERE {within}")
    rows = f"(SELECT * FROM {steps.parts} WHERE voids IS NULL AND {within})"
    plain = run.thinned(f"(SELECT * FROM {rows} AS r WHERE detail IS NULL)", voided="voided_here")
    run.make("firsts", steps.firsts(_without(rows, "voided_here"), plain=_without(plain, "voided_here")))
    # Uncompressed, as state is: they are read whole again and again.
    for family, columns, which in (("firsts", PLAIN, "detail IS NULL"), ("told", FIRSTS, "detail IS NOT NULL")):
        run.save(
            f"SELECT {columns} FROM firsts WHERE {which} ORDER BY subject",
            steps.folder / f"{family}-000-{number:03d}.parquet",
            "COMPRESSION uncompressed",
        )
    if has_several:
        run.make(f"several_{number}", "SELECT * FROM firsts SEMI JOIN several USING (subject)")
    firsts = "(SELECT * FROM firsts ANTI JOIN several USING (subject))" if has_several else "firsts"
    _save_met(steps, number, firsts)


def _build_several(steps: Steps, number: int) -> None:
    """People of several records, which may lie in several ranges."""
    firsts = " UNION ALL ".join(f"SELECT {FIRSTS} FROM several_{before}" for before in range(number))
    steps.run.make("firsts", f"SELECT * FROM {as_kept(f'({firsts})', aliases='aliases')}")
    _save_met(steps, number, "firsts")


def _save_met(steps: Steps, number: int, firsts: str) -> None:
    _save_state(steps, number, steps.meet(f"({steps.placed(firsts)})", aliases="aliases", name="met"))
    steps.run.drop("firsts", "met_first", "met_nth", "met_since")


def _build_later(steps: Steps, number: int) -> None:
    """What comes so many days after something else, which is known only now: one more pass over the rows of these kinds."""
    run = steps.run
    state = run.files(all_files(steps.folder, "state"))
    due = run.sql("due", since=f"({run.sql('since_state', state=state)})", aliases="aliases")
    # Asked part by part, footers tell it.
    days = [run.one(f"SELECT max(day) FROM {run.files([part])}") for part in steps.files]
    last = max((day for day in days if day is not None), default=None)
    run.make("due", f"SELECT * FROM ({due}) AS d WHERE due <= DATE '{last or dt.date.max}'")
    _save_state(steps, number, steps.later(steps.parts, due="due", voided="voided"))


def _build_weekly(steps: Steps, number: int) -> None:
    firsts = f"(SELECT * FROM {steps.run.files(all_files(steps.folder, 'told'))} WHERE week IS NOT NULL)"
    _save_state(steps, number, steps.weekly(firsts))


def _without(rows: str, voided: str) -> str:
    return f"(SELECT * FROM {rows} AS r ANTI JOIN {voided} USING (seq))"


def _save_state(steps: Steps, number: int, met: str) -> None:
    steps.run.save(
        f"SELECT {STATE}, CAST(1 AS TINYINT) AS n FROM ({steps.state(met)})",
        steps.folder / f"state-000-{number:03d}.parquet",
        "COMPRESSION uncompressed",
    )


def save_cells(steps: Steps, *, generation: int) -> int:
    """Cells of one generation of state, some measures at a time. Returns how many."""
    run, folder = steps.run, steps.folder
    state = run.files(sorted(folder.glob(f"state-{generation:03d}*.parquet")))
    made = []
    for number, (first, last) in enumerate(_measures_at_once(run, state)):
        run.make(
            "some_state", f"SELECT m, day, place, combo, simulated, n FROM {state} WHERE m BETWEEN {first} AND {last}"
        )
        made.append(folder / f"cells-{generation:03d}-{number:03d}.parquet")
        run.save(
            f"SELECT * FROM ({run.sql('cells', state='some_state')}) ORDER BY deep DESC, m, place, day",
            made[-1],
            "COMPRESSION uncompressed",
        )
        run.save(
            f"SELECT * FROM ({run.sql('weeks', state='some_state')}) ORDER BY m, place, week",
            folder / f"weeks-{generation:03d}-{number:03d}.parquet",
        )
    run.drop("some_state")
    run.save("SELECT * FROM measures", folder / "measures.parquet")
    run.save("SELECT * FROM places", folder / "places.parquet")
    return int(run.one(f"SELECT count(*) FROM {run.files(made)}"))


def _measures_at_once(run: Duck, state: str) -> list[tuple[int, int]]:
    """The first and last measure of each step of about `STATE_AT_ONCE` rows. Where they are cut changes no figure."""
    found: list[tuple[int, int]] = []
    rows = 0
    for m, count in run.rows(f"SELECT m, count(*) AS n FROM {state} GROUP BY m ORDER BY m"):
        if found and rows + count <= STATE_AT_ONCE:
            found[-1], rows = (found[-1][0], m), rows + count
        else:
            found.append((m, m))
            rows = count
    return found or [(0, 0)]
