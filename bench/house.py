"""The house: a fresh demo, the second start, the command's help, the figures of a plan, three pages against a bare Django view.

Everything happens in a new folder that is removed at the end. `_seconds` is wall clock; `_ms` of figures and pages is CPU of this process,
so that a neighbour on the machine weighs less; `ratio` is a page over a view that answers "ok" with no middleware.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

PLAN, TARGET, OFFICER = "dak-lak-100-ngay", "ii-4-nguoi-lon-duoc-tiep-can", "binh"


def main() -> None:
    parser = argparse.ArgumentParser(prog="scripts/bench house", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--persons", type=int, default=20_000, help="size of the demo (20000)")
    parser.add_argument("--calls", type=int, default=50, help="how often each figure and page is asked for (50)")
    options = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="hocvuso-bench-"))
    for name in [name for name in os.environ if name.startswith("HOCVUSO_")]:
        del os.environ[name]
    os.environ |= {"HOCVUSO_HOME": str(home), "HOCVUSO_DEMO": "1", "DJANGO_SETTINGS_MODULE": "hocvuso.config.settings"}
    try:
        print(json.dumps(measure(options.persons, options.calls), indent=2))
    finally:
        shutil.rmtree(home, ignore_errors=True)


def measure(persons: int, calls: int) -> dict[str, Any]:
    import django

    django.setup()
    from hocvuso.config.prepare import prepare

    found: dict[str, Any] = {"persons": persons, "load_before": round(os.getloadavg()[0], 1)}
    cpu = time.process_time()
    found["demo_seconds"] = _seconds(lambda: prepare(persons=persons))
    found["demo_cpu_seconds"] = round(time.process_time() - cpu, 2)
    found["second_start_seconds"] = _seconds(lambda: prepare(persons=persons))
    found["help_ms"] = _help_ms()
    found |= _refresh()
    found |= _figures(calls)
    found["pages"] = _pages(calls)
    return found


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return round(time.perf_counter() - start, 2)


def _cpu_ms(work: Callable[[], object], calls: int) -> list[float]:
    """CPU of each call after a first one that fills the caches."""
    work()
    taken = []
    for _ in range(calls):
        start = time.process_time()
        work()
        taken.append(1000 * (time.process_time() - start))
    return sorted(taken)


def _help_ms() -> float:
    command = [str(Path(sys.executable).with_name("hocvuso")), "--help"]
    return round(1000 * statistics.median(_seconds_of_process(command) for _ in range(7)), 1)


def _seconds_of_process(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  our own command
    return time.perf_counter() - start


def _refresh() -> dict[str, Any]:
    """A full build of the figures from the ledger, exported anew."""
    from django.conf import settings

    from hocvuso.evidence.models import Evidence
    from hocvuso.measure.actions import refresh_measure

    shutil.rmtree(settings.MEASURE_DIR)
    start = time.process_time()
    refresh_measure()
    return {"refresh_rows": Evidence.objects.count(), "refresh_cpu_seconds": round(time.process_time() - start, 2)}


def _figures(calls: int) -> dict[str, Any]:
    from hocvuso.lib import clock
    from hocvuso.measure.queries import standings
    from hocvuso.places.queries import unit_in_force
    from hocvuso.plans.models import Plan

    today, plan = clock.today(), Plan.objects.get(key=PLAN)
    province = unit_in_force("66", on=today)
    taken = _cpu_ms(lambda: standings(plan, province, on=today), calls)
    return {
        "figure_targets": len(standings(plan, province, on=today)),
        "figure_p50_ms": round(statistics.median(taken), 1),
        "figure_p95_ms": round(taken[int(0.95 * (len(taken) - 1))], 1),
    }


def _pages(calls: int) -> dict[str, Any]:
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, override_settings
    from django.urls import reverse

    with override_settings(ROOT_URLCONF="bench.bare", MIDDLEWARE=[]):
        bare = Client()
        floor = statistics.median(_cpu_ms(lambda: bare.get("/"), 10 * calls))
    css = next(Path(settings.STATIC_ROOT).glob("hocvuso.*.css")).read_bytes()
    sheet = len(gzip.compress(css))
    pages: dict[str, Any] = {"bare_ms": round(floor, 3)}
    client = _signed_in()
    addresses = {
        "overview": reverse("overview"),
        "plan": reverse("plan", args=[PLAN]),
        "target": reverse("target", args=[PLAN, TARGET]),
        "board": reverse("board", args=["66"]),
        "board_map": reverse("board_map", args=["66"]),
        "breakdown": reverse("breakdown", args=["66", "adult_skill"]),
    }
    for name, address in addresses.items():
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answered {answer.status_code}")
        asked = len(queries)  # read now: the next request empties Django's list
        taken = _cpu_ms(lambda address=address: client.get(address), calls)  # type: ignore[misc]
        html = len(gzip.compress(answer.content))
        pages[name] = {
            "p50_ms": round(statistics.median(taken), 1),
            "p95_ms": round(taken[int(0.95 * (len(taken) - 1))], 1),
            "ratio": round(statistics.median(taken) / floor, 1),
            "queries": asked,
            "html_gz_bytes": html,
            "first_view_gz_bytes": html + sheet,
        }
    return pages


def _signed_in() -> Any:
    """The province officer's client, past both factors."""
    from django.test import Client
    from django_otp import DEVICE_ID_SESSION_KEY
    from django_otp.plugins.otp_totp.models import TOTPDevice

    from hocvuso.people.models import Account

    officer = Account.objects.get(username=OFFICER)
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = TOTPDevice.objects.get(user=officer).persistent_id
    session.save()
    return client


if __name__ == "__main__":
    main()
