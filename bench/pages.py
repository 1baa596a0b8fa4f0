"""Pages of figures as the server gives them: boards of a province, a commune and a village, a breakdown, open results.

The whole application on granian, as `hocvuso serve` runs it, over the demo with so many persons. Each page is asked for whole (no ETag is
sent) over a kept connection: some times in turns, and after each of some refreshes that brought new rows, when the first view of every
page counts. `_ms` is wall clock, as the reader waits; `_cpu_ms` is CPU of the server's processes.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.web import Server, served


@dataclass(frozen=True, slots=True)
class Asked:
    """One page, once."""

    name: str
    wall_ms: float
    cpu_ms: float  # of the server, in ticks of 10 ms: only means say something


def main() -> None:
    parser = argparse.ArgumentParser(prog="scripts/bench pages", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--persons", type=int, default=20_000, help="size of the demo (20000)")
    parser.add_argument("--turns", type=int, default=20, help="how often each page is asked for (20)")
    parser.add_argument("--refreshes", type=int, default=5, help="refreshes after which each page is seen first (5)")
    options = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="hocvuso-bench-"))
    for name in [name for name in os.environ if name.startswith("HOCVUSO_")]:
        del os.environ[name]
    os.environ |= {"HOCVUSO_HOME": str(home), "HOCVUSO_DEMO": "1", "DJANGO_SETTINGS_MODULE": "hocvuso.config.settings"}
    try:
        print(json.dumps(measure(options.persons, options.turns, options.refreshes), indent=2))
    finally:
        shutil.rmtree(home, ignore_errors=True)


def measure(persons: int, turns: int, refreshes: int) -> dict[str, Any]:
    import django

    django.setup()
    from django.db import connections

    from hocvuso.config.prepare import prepare

    prepare(persons=persons)
    addresses, cookie = _addresses(), _cookie()
    connections.close_all()
    warm: list[Asked] = []
    first: list[Asked] = []
    with served("hocvuso.config.wsgi:application") as server:
        for name, address in addresses.items():  # imports and templates, once a process
            _ask(server, name, address, cookie)
        for _ in range(turns):
            warm += [_ask(server, name, address, cookie) for name, address in addresses.items()]
        for number in range(refreshes):
            (board, its_address), *others = addresses.items()
            first.append(_refresh(server, board, its_address, cookie, number))
            first += [_ask(server, name, address, cookie) for name, address in others]
    return {
        "persons": persons,
        "requests": len(warm + first),
        "page_p95_ms": _p95(warm + first),
        "page_cpu_mean_ms": _cpu(warm + first),
        "after_refresh_p95_ms": _p95(first),
        "pages": {name: _of(name, warm, first) for name in addresses},
    }


def _of(name: str, warm: list[Asked], first: list[Asked]) -> dict[str, float]:
    mine, fresh = ([one for one in asked if one.name == name] for asked in (warm, first))
    return {
        "p50_ms": _p50(mine), "p95_ms": _p95(mine), "cpu_mean_ms": _cpu(mine), "after_refresh_p50_ms": _p50(fresh),
        "after_refresh_cpu_mean_ms": _cpu(fresh),
    }  # fmt: skip


def _addresses() -> dict[str, str]:
    """The pages, by name; the commune and the village with the most people."""
    from django.urls import reverse

    from hocvuso.people.models import Person
    from hocvuso.places.models import Level, Unit
    from hocvuso.web.shared.tags import place_key

    counts: dict[int, int] = {}
    for unit in Person.objects.filter(unit__level=Level.VILLAGE).values_list("unit", flat=True):
        counts[unit] = counts.get(unit, 0) + 1
    village = Unit.objects.get(pk=max(counts, key=lambda pk: counts[pk]))
    commune = Unit.objects.get(path=village.path.rsplit("/", 2)[0] + "/", valid_to=None)
    return {
        "board_province": reverse("board", args=["66"]),
        "board_commune": reverse("board", args=[place_key(commune)]),
        "board_village": reverse("board", args=[place_key(village)]),
        "breakdown": reverse("breakdown", args=["66", "adult_skill"]),
        "open_results": reverse("open_results"),
    }


def _cookie() -> str:
    """The province officer's session, past both factors."""
    from bench.house import _signed_in

    return "; ".join(f"{name}={morsel.value}" for name, morsel in _signed_in().cookies.items())


def _ask(server: Server, name: str, address: str, cookie: str) -> Asked:
    before, start = server.cpu(), time.perf_counter()
    server.get(address, cookie)
    wall = time.perf_counter() - start
    return Asked(name, 1000 * wall, 1000 * (server.cpu() - before))


def _refresh(server: Server, name: str, address: str, cookie: str, number: int) -> Asked:
    """New rows, a refresh as the timetable makes it, and the first view of a page that shows them."""
    from hocvuso.measure.actions import refresh_measure

    known = server.ask("GET", address, Cookie=cookie)[1]["etag"]
    _record(number)
    assert refresh_measure()
    for _ in range(600):
        before, start = server.cpu(), time.perf_counter()
        status, _headers, _body = server.ask("GET", address, b"", **{"Cookie": cookie, "If-None-Match": known})
        if status == 200:
            return Asked(name, 1000 * (time.perf_counter() - start), 1000 * (server.cpu() - before))
        time.sleep(0.1)
    raise SystemExit("the server did not show the new figures")


def _record(number: int) -> None:
    """Twenty persons were told."""
    from hocvuso.evidence.actions import fact_about, record_evidence
    from hocvuso.lib import clock
    from hocvuso.people.models import Person

    today = clock.today()
    persons = Person.objects.filter(unit__isnull=False).select_related("unit", "org").order_by("pk")
    facts = [
        fact_about(person, "info_contact", on=today, source="mo-phong", source_ref=f"bench-{number}-{person.pk}")
        for person in persons[20 * number : 20 * number + 20]
    ]
    record_evidence(facts, by=":bench", today=today)


def _p50(asked: Iterable[Asked]) -> float:
    return _quantile(sorted(one.wall_ms for one in asked), 0.5)


def _p95(asked: Iterable[Asked]) -> float:
    return _quantile(sorted(one.wall_ms for one in asked), 0.95)


def _cpu(asked: Sequence[Asked]) -> float:
    return round(sum(one.cpu_ms for one in asked) / max(len(asked), 1), 1)


def _quantile(taken: Sequence[float], share: float) -> float:
    return round(taken[int(share * (len(taken) - 1))], 1) if taken else 0.0


if __name__ == "__main__":
    main()
