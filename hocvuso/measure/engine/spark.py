"""The same SQL on a Spark cluster, carried over by sqlglot, for whoever outgrows one machine (extra `[spark]`; Java 17).

Small tables are made by DuckDB as ever and handed over as files. Spark does not read Parquet's UUID, so the parts are handed over once with
the subject as text. Each table that Spark makes is written out: a plan that grows from step to step is worked through again each time.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hocvuso.measure.engine.build import build_with
from hocvuso.measure.engine.duck import Duck
from hocvuso.measure.engine.files import PART_COLUMNS, connect, copy, read_files
from hocvuso.measure.engine.steps import Recipe, Steps

SMALL = ("aliases", "asks", "measures", "waits", "combos", "whos", "places", "unit_spots", "org_spots", "above")


class Spark(Duck):
    """Takes DuckDB's place: tables are files in `scratch`, statements are translated."""

    def __init__(self, scratch: Path, master: str) -> None:
        from pyspark.sql import SparkSession

        scratch.mkdir(parents=True, exist_ok=True)
        os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
        self._made = 0
        self._scratch = scratch
        settings = {
            "spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1", "spark.ui.enabled": "false",
            "spark.log.level": "ERROR",
            "spark.sql.session.timeZone": "UTC", "spark.sql.shuffle.partitions": "4", "spark.executor.memory": "1500m",
            "spark.driver.memory": "1g", "spark.sql.warehouse.dir": str(scratch / "warehouse"), "spark.ui.showConsoleProgress": "false",
        }  # fmt: skip
        builder = SparkSession.builder.master(master).appName("hocvuso-measure")
        for name, value in settings.items():
            builder = builder.config(name, value)
        self._session = builder.getOrCreate()

    def close(self) -> None:
        self._session.stop()
        shutil.rmtree(self._scratch, ignore_errors=True)

    def thinned(self, rows: str, *, voided: str) -> str:
        """As they are: Spark's rows have no order to go by."""
        return rows

    def make(self, name: str, select: str) -> None:
        self._made += 1
        to = self._scratch / f"table-{self._made:03d}"
        self._ask(select).write.parquet(str(to))
        self._session.read.parquet(str(to)).createOrReplaceTempView(name)

    def take(self, name: str, path: Path) -> None:
        self._session.read.parquet(str(path)).createOrReplaceTempView(name)

    def drop(self, *names: str) -> None:
        for name in names:
            self._session.catalog.dropTempView(name)

    def files(self, paths: Sequence[Path], columns: dict[str, str] | None = None) -> str:
        if not paths:
            return read_files([], columns)
        self._made += 1
        name = f"files_{self._made:03d}"
        self._session.read.parquet(*map(str, paths)).createOrReplaceTempView(name)
        return name

    def rows(self, select: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self._ask(select).collect()]

    def save(self, select: str, to: Path, options: str = "") -> None:
        self._ask(select).write.parquet(str(to))

    def _ask(self, select: str) -> Any:
        import sqlglot

        return self._session.sql(sqlglot.transpile(select, read="duckdb", write="spark", comments=False)[0])


def hand_over(recipe: Recipe, to: Path) -> list[Path]:
    """The parts as Spark reads them."""
    to.mkdir(parents=True, exist_ok=True)
    handed = []
    with connect() as connection:
        for part in recipe.parts:
            handed.append(to / part.name)
            select = f"SELECT * REPLACE (CAST(subject AS VARCHAR) AS subject) FROM {read_files([part], PART_COLUMNS)}"
            copy(connection, select, to=handed[-1])
    return handed


def build_whole_on_spark(folder: Path, recipe: Recipe, *, handed: Sequence[Path], master: str) -> int:
    """What `build_whole` makes, made on a cluster: each file is a folder of files. `handed`: the parts as `hand_over` wrote them."""
    small = folder / "small"
    small.mkdir()
    with Duck(folder / "scratch") as duck:
        Steps(duck, folder, recipe, parts=[])
        for name in SMALL:
            ids = [f"CAST({column} AS VARCHAR) AS {column}" for column in ("merged", "kept")]
            what = ", ".join(ids) if name == "aliases" else "*"
            duck.save(f"SELECT {what} FROM {name}", small / f"{name}.parquet")
    with Spark(folder / "spark", master) as run:
        for name in SMALL:
            run.take(name, small / f"{name}.parquet")
        return build_with(Steps(run, folder, recipe, parts=handed, prepared=True), ["TRUE"])


@contextmanager
def cluster(workers: int, folder: Path) -> Iterator[str]:
    """A standalone cluster on this machine: one master, so many workers of one core each. Gives its address."""
    import pyspark

    home = Path(pyspark.__file__).parent
    port = _free_port()
    env = {**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    start = [str(home / "bin" / "spark-class")]
    log = (folder / "spark.log").open("w")
    master = [
        *start,
        "org.apache.spark.deploy.master.Master",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--webui-port",
        "0",
    ]
    worker = [*start, "org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1", "--webui-port", "0", "--cores", "1", "--memory", "2g",
              "--work-dir", str(folder / "work"), f"spark://127.0.0.1:{port}"]  # fmt: skip
    running = [subprocess.Popen(master, env=env, stdout=log, stderr=log)]  # noqa: S603  Spark's own launcher
    try:
        _wait_for(port)
        running += [subprocess.Popen(worker, env=env, stdout=log, stderr=log) for _ in range(workers)]  # noqa: S603
        yield f"spark://127.0.0.1:{port}"
    finally:
        for process in reversed(running):
            process.terminate()
        for process in running:
            process.wait(timeout=30)
        log.close()


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(240):
        with socket.socket() as trying:
            if trying.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.25)
    raise TimeoutError("Spark's master did not start; see spark.log")
