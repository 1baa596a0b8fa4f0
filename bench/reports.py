"""Reports: obligations of a year (Lào Cai) and of a campaign (Đắk Lắk); a province's Friday, every report and the one made of them.

Everything happens in a new folder that is removed at the end. `_seconds` is wall clock, `cpu_` the time of all processes; milliseconds of a
report are CPU. Lào Cai's agencies are made here from the names of Đắk Lắk's: the project has no list of them.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import multiprocessing
import os
import resource
import shutil
import statistics
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

WEEKLY, FRIDAY = "dak-lak-100-ngay/v1-hang-tuan", dt.date(2025, 10, 17)
CASES = {
    "lao_cai_2026": ("yen-bai-ke-hoach", dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
    "dak_lak_2025": ("dak-lak-100-ngay", dt.date(2025, 7, 18), dt.date(2025, 11, 25)),
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="scripts/bench reports", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--persons", type=int, default=20_000, help="size of the demo (20000)")
    parser.add_argument("--processes", type=int, default=2, help="how many make reports at once (2)")
    options = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="hocvuso-bench-"))
    for name in [name for name in os.environ if name.startswith("HOCVUSO_")]:
        del os.environ[name]
    os.environ |= {"HOCVUSO_HOME": str(home), "HOCVUSO_DEMO": "1", "DJANGO_SETTINGS_MODULE": "hocvuso.config.settings"}
    try:
        print(json.dumps(measure(options.persons, options.processes), indent=2, ensure_ascii=False))
    finally:
        shutil.rmtree(home, ignore_errors=True)


def measure(persons: int, processes: int) -> dict[str, Any]:
    import django

    django.setup()
    from hocvuso.config.prepare import prepare

    found: dict[str, Any] = {"persons": persons, "load_before": round(os.getloadavg()[0], 1)}
    prepare(persons=persons)
    _agencies_of_lao_cai()
    found["obligations"] = {name: _obligations(*case) for name, case in CASES.items()}
    found["friday"] = _friday(processes)
    return found


def _agencies_of_lao_cai() -> None:
    from hocvuso.places.actions import add_organisations
    from hocvuso.places.models import Organisation, OrganisationKind
    from hocvuso.places.queries import unit_in_force

    province, seat = unit_in_force("15", on=FRIDAY), unit_in_force("15", on=FRIDAY).children.order_by("code").first()
    assert seat is not None
    known = Organisation.objects.filter(of__code="66", kind=OrganisationKind.AGENCY)
    made = [
        Organisation(code=one.code.replace("66-", "15-"), name=one.name, kind=one.kind, symbol=one.symbol, seat=seat, of=province,
                     valid_from=one.valid_from, source="bench")
        for one in known
    ]  # fmt: skip
    add_organisations(made, by=":bench")


def _obligations(plan: str, first: dt.date, last: dt.date) -> dict[str, Any]:
    """The first time in this process, so that reading the calendar files is in it; then the median of five."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from hocvuso.plans.queries import plan_named
    from hocvuso.reports.queries import obligations_between

    taken: list[tuple[float, float]] = []
    for _ in range(6):
        wall, cpu = time.perf_counter(), time.process_time()
        rows = obligations_between(plan_named(plan), first, last, today=FRIDAY)
        taken.append((time.perf_counter() - wall, time.process_time() - cpu))
    with CaptureQueriesContext(connection) as queries:
        obligations_between(plan_named(plan), first, last, today=FRIDAY)
    kinds: dict[str, int] = {}
    for row in rows:
        kinds[row.duty.key] = kinds.get(row.duty.key, 0) + 1
    return {
        "rows": len(rows),
        "places": len({(type(row.place).__name__, row.place.pk) for row in rows}),
        "by_duty": kinds,
        "with_a_warning": sum(bool(row.concerns) for row in rows),
        "first_seconds": round(taken[0][0], 3),
        "first_cpu_seconds": round(taken[0][1], 3),
        "seconds": round(statistics.median(wall for wall, _ in taken[1:]), 3),
        "cpu_seconds": round(statistics.median(cpu for _, cpu in taken[1:]), 3),
        "queries": len(queries),
    }


def _friday(processes: int) -> dict[str, Any]:
    """Every weekly report of one Friday as a Word file, then the province's own, made of all of them."""
    from django.db import connections

    from hocvuso.plans.queries import bearers_of, duty_named

    units, orgs = bearers_of(duty_named(WEEKLY), on=FRIDAY)
    keys = [*(f"u:{unit.code}" for unit in units), *(f"o:{org.code}" for org in orgs)]
    connections.close_all()
    wall = time.perf_counter()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn"), initializer=_begin) as pool:
        made = list(pool.map(_make, keys, chunksize=4))
        whole = pool.submit(_make, "u:66").result()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = sorted(one["cpu_ms"] for one in made)
    return {
        "reports": len(made),
        "empty": sum(one["bytes"] == 0 for one in made),
        "processes": processes,
        "wall_seconds": round(time.perf_counter() - wall, 2),
        "cpu_seconds": round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 2),
        "report_cpu_p50_ms": round(statistics.median(cpu), 1),
        "report_cpu_p95_ms": round(cpu[int(0.95 * (len(cpu) - 1))], 1),
        "content_cpu_p50_ms": round(statistics.median(one["content_ms"] for one in made), 1),
        "report_queries_p50": statistics.median(one["queries"] for one in made),
        "consolidated": whole,
    }


def _begin() -> None:
    import django

    django.setup()


def _make(key: str) -> dict[str, Any]:
    """One report: content and the Word file in the form of its issuer."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from hocvuso.places.queries import organisation_in_force, unit_in_force
    from hocvuso.plans.queries import duty_named
    from hocvuso.reports.queries import report_content, written

    start = time.process_time()
    find = unit_in_force if key.startswith("u:") else organisation_in_force
    place, duty = find(key[2:], on=FRIDAY), duty_named(WEEKLY)
    with CaptureQueriesContext(connection) as queries:
        content = report_content(duty, place, due=FRIDAY)
    middle = time.process_time()
    file = written(content, ".docx")
    end = time.process_time()
    return {
        "place": key,
        "cpu_ms": round(1000 * (end - start), 1),
        "content_ms": round(1000 * (middle - start), 1),
        "queries": len(queries),
        "bytes": len(file),
    }


if __name__ == "__main__":
    main()
