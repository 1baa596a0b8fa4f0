"""The whole build on a standalone Spark cluster of one and of two workers: `scripts/bench measure --spark`. Not a bench itself."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.web import _cpu_of, _family

EVERY = 0.2  # seconds between two looks at what the processes have used


def build_on_spark(
    folder: Path, recipe: Any, *, snapshot: Callable[[str], Path], different: Callable[[Path], int]
) -> dict[str, Any]:
    """By number of workers: rows that differ from DuckDB's, wall clock and CPU of everything that was started."""
    from hocvuso.measure.engine.spark import build_whole_on_spark, cluster, hand_over

    handed = hand_over(recipe, folder / "handed")
    found: dict[str, Any] = {}
    for workers in (1, 2):
        made = snapshot("spark")
        began = time.perf_counter()
        with cpu_watched() as used, cluster(workers, folder) as master:
            build_whole_on_spark(made, recipe, handed=handed, master=master)
            wall = time.perf_counter() - began
        found[f"workers_{workers}"] = {
            "wall_s": round(wall, 1), "cpu_s": round(sum(used.values()), 1), "rows_different": different(made),
        }  # fmt: skip
        shutil.rmtree(made)
    shutil.rmtree(folder / "handed")
    return found


@contextmanager
def cpu_watched() -> Iterator[dict[int, float]]:
    """CPU of each process under this one, looked at again and again: executors end by themselves, and nobody hands on what they used. Of
    this process itself, what it uses from now on."""
    used: dict[int, float] = {}
    start, own, ended = time.process_time(), os.getpid(), threading.Event()

    def look() -> None:
        while not ended.wait(EVERY):
            for pid in _children():
                try:
                    used[pid] = _cpu_of(pid)
                except OSError:  # it has ended meanwhile
                    continue

    watching = threading.Thread(target=look, daemon=True)
    watching.start()
    try:
        yield used
    finally:
        ended.set()
        watching.join()
        used[own] = time.process_time() - start


def _children() -> list[int]:
    found = []
    try:
        for pid in _family(os.getpid()):
            if pid != os.getpid():
                found.append(pid)
    except OSError:  # one of them has ended while we looked: the others are seen next time
        pass
    return found
