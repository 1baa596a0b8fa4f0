"""What this instance has to send of a unit: its packages, from the snapshot as it is."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import Any

from hocvuso.evidence.rules import Grade
from hocvuso.lib import clock
from hocvuso.measure import engine
from hocvuso.measure.queries.figures import figures, headcounts, metrics, populations_at
from hocvuso.measure.queries.snapshots import current_snapshot
from hocvuso.measure.rules import Ask
from hocvuso.measure.upward.rules import Manifest, Package, pack
from hocvuso.places.models import Level, Unit
from hocvuso.places.queries import units_within
from hocvuso.places.rules import SIMULATED


def packages_of(unit: Unit, *, on: dt.date) -> tuple[Manifest, dict[str, Package]]:
    """The manifest and its packages by their id. Cells are packed month by month, so that of a past month nothing has to travel again."""
    communes = list(units_within(unit, Level.COMMUNE, on=on))
    cells = _cells(unit, on)
    found = [package for _, month in groupby(cells, key=lambda row: row[8][:7]) for package in pack("cells", month)]
    heads = _headcounts([unit, *communes], on)
    stated = _stated(unit, communes, on)
    found += [*pack("headcounts", heads), *pack("stated", stated)]
    is_simulated = (
        any(row[9] for row in cells) or any(SIMULATED in row[4] for row in heads) or any(r[4] for r in stated)
    )
    listed = tuple(package.listed for package in found)
    manifest = Manifest(unit.code, on, clock.real_now(), current_snapshot().catalogue, is_simulated, listed)
    return manifest, {package.listed.id: package for package in found}


def _cells(unit: Unit, on: dt.date) -> list[Any]:
    """Commune × measure × group × sex × age × area × week; what the unit itself did, by no commune, by week alone."""
    tables = {name: _read(name) for name in ("weeks", "cells", "measures", "places")}
    given = {"path": unit.path, "on": on}
    with engine.connect() as connection:
        return connection.execute(engine.sql("upward").format(**tables), given).fetchall()


def _read(table: str) -> str:
    """A table of the snapshot, in one file or in a row of them."""
    folder = current_snapshot().folder
    single = folder / f"{table}.parquet"
    return engine.read_files([single] if single.exists() else engine.all_files(folder, table))


def _headcounts(places: list[Unit], on: dt.date) -> list[tuple[Any, ...]]:
    """People by group; and how many villages and organisations there are, which the receiver has no list of."""
    rows = [
        (place.code, str(known.group), known.counted.on.isoformat(), known.counted.count, known.counted.source)
        for place in places
        for known in populations_at(place, on=on)
    ]
    for base in {metric.base for metric in metrics().by_key.values() if metric.base and metric.base.sent_as}:
        counts = headcounts(places, base, on=on)
        rows += [(code, base.sent_as, on.isoformat(), counted.count, "") for code, counted in counts.items()]
    return sorted(rows)


def _stated(unit: Unit, communes: list[Unit], on: dt.date) -> list[tuple[Any, ...]]:
    """Totals others stated: of a commune as its figure shows them, with what lies in it; of the unit only its own word for the whole."""
    stated = _read("stated")
    depth = len(unit.path.split("/"))
    with engine.connect() as connection:
        given = {"path": unit.path, "on": on}
        own = connection.execute(
            f"""SELECT metric, grade, day, simulated, count, source FROM {stated} WHERE place = $path AND day <= $on
            QUALIFY row_number() OVER (PARTITION BY metric, grade ORDER BY day DESC, ord DESC) = 1""",
            given,
        ).fetchall()
        inside = connection.execute(
            f"""SELECT list_extract(string_split(place, '/'), {depth}) AS commune, metric, grade, bool_or(simulated) FROM {stated}
            WHERE starts_with(place, $path) AND place <> $path AND day <= $on GROUP BY ALL""",
            given,
        ).fetchall()
    rows = [
        (unit.code, metric, grade, day.isoformat(), is_simulated, count, source)
        for metric, grade, day, is_simulated, count, source in own
    ]
    names = sorted({metric for _commune, metric, *_rest in inside} & metrics().by_key.keys())
    shown = figures(communes, [Ask(name) for name in names], on=on) if names else {}
    for commune, metric, grade, is_simulated in inside:
        figure = shown.get((commune, Ask(metric)))
        counted = figure and (figure.imported if grade == Grade.IMPORTED else figure.declared)
        if counted:
            rows.append((commune, metric, grade, counted.on.isoformat(), is_simulated, counted.count, counted.source))
    return sorted(rows)
