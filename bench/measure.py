"""Figures at full size: the whole build beside a scan, a batch beside the whole, figures from cells, pages, flags, forecasts; CPU seconds.

Everything is made in a new folder that is removed at the end, or found in --data. Each step runs in a process of its own, whose CPU and
peak memory are measured; loading DuckDB, which a process does once, is not among it. The scan is `sum()` over every column the build
reads: the floor that decoding alone sets. Pages, flags and the forecast's range come from their own doors (`scripts/bench pages`,
`flags`, `forecast`).
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

SCAN = """SELECT sum(seq), sum(hash(subject)), sum(what), sum(unit_id), sum(org_id), sum(age), sum(day - DATE '1970-01-01'),
sum(strlen(detail)), count_if(later), sum(voids) FROM {parts}"""
BATCH, VOIDS, SEED = 100_000, 20, 7


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="scripts/bench measure", description=__doc__.splitlines()[0] if __doc__ else ""
    )
    parser.add_argument(
        "--events", type=int, default=10_000_000, help="events of the province (10000000); a fortieth as many persons"
    )
    parser.add_argument(
        "--full", action="store_true", help="2.5 million persons, 100 million events; growth from a tenth of it"
    )
    parser.add_argument("--data", type=Path, help="a folder to keep the made provinces in, and to find them again")
    parser.add_argument(
        "--spark",
        action="store_true",
        help="the same SQL on a Spark cluster of one and of two workers as well (extra [spark])",
    )
    parser.add_argument(
        "--spark-events", type=int, default=1_000_000, help="events of the province that Spark builds (1000000)"
    )
    parser.add_argument("--engine", action="store_true", help="the engine alone: no pages, flags, forecasts")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="hocvuso-bench-"))
    for name in [name for name in os.environ if name.startswith("HOCVUSO_")]:
        del os.environ[name]
    os.environ |= {"HOCVUSO_HOME": str(home), "DJANGO_SETTINGS_MODULE": "hocvuso.config.settings"}
    try:
        import django
        import duckdb  # noqa: F401

        django.setup()
        if options.child:
            print(json.dumps(_child(options.child[0], Path(options.child[1]))))
        else:
            events = 100_000_000 if options.full else options.events
            print(json.dumps(measure(options.data or home, events, options), indent=2))
    finally:
        shutil.rmtree(home, ignore_errors=True)


def measure(root: Path, events: int, options: argparse.Namespace) -> dict[str, Any]:
    found: dict[str, Any] = {"load_before": round(os.getloadavg()[0], 1)}
    large, small = _province(root, events), _province(root, events // 10)
    # The scan is taken before and after: what else the machine does weighs on both alike.
    scan, build, again = _run("scan", large), _run("build", large), _run("scan", large)
    scan["cpu_s"] = round((scan["cpu_s"] + again["cpu_s"]) / 2, 2)
    scan_small, build_small = _run("scan", small), _run("build", small)
    found["sizes"] = {"persons": events // 40, "events": scan["rows"], "parts_mb": _megabytes(large / "parts"),
                      "cells": build["cells"], "firsts": build["firsts"], "state": build["state"],
                      "snapshot_mb": _megabytes(large / "built")}  # fmt: skip
    found["scan"] = " ".join(SCAN.split())
    found["scan_cpu_s"], found["build_cpu_s"] = scan["cpu_s"], build["cpu_s"]
    found["build_wall_s"] = build["wall_s"]
    found["build_over_scan"] = round(build["cpu_s"] / scan["cpu_s"], 1)
    found["peak_mb"] = max(build["peak_mb"], build_small["peak_mb"])
    # 1 = ten times the events cost ten times the CPU
    found["growth"] = round(build["cpu_s"] / build_small["cpu_s"] / (scan["rows"] / scan_small["rows"]), 2)
    changes = [_run("change", large) for _ in range(3)]
    change = sorted(changes, key=lambda change: change["cpu_s"])[1]
    found["batch_rows"], found["batch_cpu_s"] = change["rows"], change["cpu_s"]
    found["batch_cpu_s_each"] = [change["cpu_s"] for change in changes]
    found["batch_over_build"] = round(change["cpu_s"] / build["cpu_s"], 4)
    found["batch_peak_mb"] = change["peak_mb"]
    found["rows_different"] = _run("compare", large)["rows_different"]
    found |= _run("figures", large)
    folders = [large, small]
    if not options.engine:
        found |= _from_other_doors()
    if options.spark:
        folders.append(_province(root, options.spark_events))
        found["spark"] = _beside_duckdb(folders[-1])
    else:
        found["spark"] = "not asked for (--spark)"
    for folder in folders:
        for made in ("built", "changed", "again"):
            shutil.rmtree(folder / made, ignore_errors=True)
    return found


def _beside_duckdb(folder: Path) -> dict[str, Any]:
    """Spark's whole builds, and how many times the CPU of DuckDB's they take."""
    scan, duckdb, spark = (_run(what, folder) for what in ("scan", "build", "spark"))
    for of_workers in spark.values():
        of_workers["cpu_over_duckdb"] = round(of_workers["cpu_s"] / duckdb["cpu_s"], 1)
    return {"events": scan["rows"], "duckdb_cpu_s": duckdb["cpu_s"], **spark}


def _province(root: Path, events: int) -> Path:
    from hocvuso.simulate.province import simulate_batch, simulate_to_parquet

    folder = root / f"province-{events}-by-arrival"
    if not (folder / "made").exists():
        shutil.rmtree(folder, ignore_errors=True)
        simulate_to_parquet(folder, province="66", persons=events // 40, events=events, seed=SEED)
        simulate_batch(folder, events=BATCH, voids=VOIDS, seed=SEED)
        (folder / "made").touch()
    return folder


def _from_other_doors() -> dict[str, Any]:
    pages, flags = _door("pages"), _door("flags")
    return {
        "page_p95_ms": pages["page_p95_ms"],
        "pages": pages,
        "flags_recall": flags["flags_recall"],
        "flags_precision": flags["flags_precision"],
        "flags_least": {
            what: min(kind[what] for kind in flags["by_kind"].values() if kind[what] is not None)
            for what in ("recall", "precision")
        },
        "interval_coverage": flags["interval_coverage"],
    }


def _run(what: str, folder: Path) -> dict[str, Any]:
    return _answer("measure", "--child", what, str(folder))


def _door(name: str) -> dict[str, Any]:
    return _answer(name)


def _answer(name: str, *words: str) -> dict[str, Any]:
    """What a bench prints, run in a process of its own."""
    command = [sys.executable, "-m", f"bench.{name}", *words]
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE)  # noqa: S603  our own module
    if done.returncode:
        raise SystemExit(f"bench: {' '.join([name, *words])} failed")
    told = done.stdout.decode()
    answer: dict[str, Any] = json.loads(told[told.index("{") :])
    return answer


def _child(what: str, folder: Path) -> dict[str, Any]:
    return {
        "scan": _scan,
        "build": _build,
        "change": _change,
        "compare": _compare,
        "figures": _figures,
        "spark": _spark,
    }[what](folder)


def _scan(folder: Path) -> dict[str, Any]:
    from hocvuso.measure.engine.duck import Duck
    from hocvuso.measure.engine.files import read_files

    parts = read_files(sorted((folder / "parts").glob("*.parquet")))
    with Duck(folder / "scratch") as run:  # set as it is for the build
        rows = run.one(f"SELECT count(*) FROM {parts}")
        taken = []
        for _ in range(3):
            start = time.process_time()
            run.rows(SCAN.format(parts=parts))
            taken.append(time.process_time() - start)
    return {"rows": rows, "cpu_s": round(statistics.median(taken), 2)}


def _recipe(folder: Path, *, with_batch: bool = False) -> Any:
    from hocvuso.evidence.queries import catalogue
    from hocvuso.measure import engine
    from hocvuso.measure.queries import metrics

    parts = sorted((folder / "parts").glob("*.parquet")) + ([_batch(folder)] if with_batch else [])
    return engine.Recipe(parts, folder / "book.parquet", metrics(), catalogue())


def _batch(folder: Path) -> Path:
    return folder / f"batch-{SEED}.parquet"


def _snapshot(folder: Path, name: str) -> Path:
    """A folder with the small tables, as a refresh makes it."""
    made = folder / name
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir()
    for table in ("units", "orgs", "populations", "stated", "aliases"):
        shutil.copy(folder / f"{table}.parquet", made)
    return made


def _build(folder: Path) -> dict[str, Any]:
    from hocvuso.measure import engine

    made = _snapshot(folder, "built")
    start, began = time.process_time(), time.perf_counter()
    cells = engine.build_whole(made, _recipe(folder))
    cpu, wall = time.process_time() - start, time.perf_counter() - began
    peak = _peak_mb()
    with engine.connect() as connection:
        counts = {
            family: connection.execute(
                f"SELECT count(*) FROM {engine.read_files(engine.all_files(made, family))}"
            ).fetchall()[0][0]
            for family in ("firsts", "state")
        }
    return {"cells": cells, "cpu_s": round(cpu, 2), "wall_s": round(wall, 1), "peak_mb": peak, **counts}


def _change(folder: Path) -> dict[str, Any]:
    """The batch into what was built; writing the part itself is the export's cost and not counted."""
    from hocvuso.measure import engine

    made = _snapshot(folder, "changed")
    for family in engine.FAMILIES:
        for file in engine.all_files(folder / "built", family):
            os.link(file, made / file.name)
    recipe, new = _recipe(folder, with_batch=True), [_batch(folder)]
    start = time.process_time()
    engine.build_change(made, recipe, new=new, before=folder / "built")
    cpu = time.process_time() - start
    peak = _peak_mb()
    with engine.connect() as connection:
        rows = connection.execute(f"SELECT count(*) FROM {engine.read_files(new)}").fetchall()[0][0]
    return {"rows": rows, "cpu_s": round(cpu, 3), "peak_mb": peak}


def _compare(folder: Path) -> dict[str, Any]:
    """Rows of state and cells that the change left otherwise than a whole build makes them."""
    from hocvuso.measure import engine

    again = _snapshot(folder, "again")
    engine.build_whole(again, _recipe(folder, with_batch=True))
    return {"rows_different": _different(folder, "changed", again.name)}


def _figures(folder: Path) -> dict[str, Any]:
    """Each metric at the province, at a commune and at a village, from the changed snapshot; what was answered once is forgotten again."""
    from django.conf import settings

    from hocvuso.measure import engine
    from hocvuso.measure.queries import figures, metrics, series
    from hocvuso.measure.rules import Ask
    from hocvuso.places.models import Unit

    now = {"snapshot": "changed", "stamp": {"mark": 0}, "built_at": "2026-10-01T00:00:00+00:00"}
    (folder / "current.json").write_text(json.dumps(now), encoding="utf-8")
    settings.MEASURE_DIR = folder
    with engine.connect() as connection:
        units = connection.execute(
            f"SELECT code, path FROM '{folder}/units.parquet' WHERE id IN (2, 10, 10000)"
        ).fetchall()
    places = [Unit(code=code, path=path) for code, path in units]
    day = dt.date(2026, 9, 30)
    asks = [Ask(key) for key in metrics().by_key]
    start = time.process_time()
    figures(places[:1], asks[:1], on=day)
    opened = 1000 * (time.process_time() - start)
    taken = sorted(
        _ms(lambda a=ask, p=place: figures([p], [a], on=day, since=day))
        for ask in asks
        for place in places
        for _ in range(3)
    )  # type: ignore[misc]
    trends = sorted(_ms(lambda a=ask: series(places[0], a, first=dt.date(2025, 4, 1), last=day)) for ask in asks)  # type: ignore[misc]
    together = sorted(_ms(lambda: figures(places[:1], asks, on=day, since=day)) for _ in range(5))
    return {
        "snapshot_opened_ms": round(opened, 1), "figures_asked": len(taken), "figure_p50_ms": _quantile(taken, 0.5),
        "figure_p95_ms": _quantile(taken, 0.95), "trend_p95_ms": _quantile(trends, 0.95),
        "all_metrics_together_ms": _quantile(together, 0.5), "metrics": len(asks),
    }  # fmt: skip


def _ms(work: Any) -> float:
    sys.modules["hocvuso.measure.queries.figures"]._answered.clear()  # what is measured is the counting, not the memory
    start = time.process_time()
    work()
    return 1000 * (time.process_time() - start)


def _quantile(taken: list[float], share: float) -> float:
    return round(taken[int(share * (len(taken) - 1))], 1)


def _peak_mb() -> int:
    """Of this program alone: what getrusage says begins with the memory of whoever started it."""
    told = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(told.split()[1]) // 1024


def _megabytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) // 1_000_000


def _spark(folder: Path) -> dict[str, Any]:
    from bench.on_spark import build_on_spark

    return build_on_spark(
        folder,
        _recipe(folder),
        snapshot=lambda name: _snapshot(folder, name),
        different=lambda made: _different(folder, "built", made.name),
    )


def _different(folder: Path, one: str, other: str) -> int:
    from hocvuso.measure import engine

    return engine.rows_different(folder / one, folder / other, scratch=folder / "scratch")


if __name__ == "__main__":
    main()
