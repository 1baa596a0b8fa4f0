"""What everybody may see: the metrics a province chose, month by month, communes and above, small numbers hidden.

A month is published once its last week is over, and never changes its shape afterwards: each month hides by itself, so two publications
set beside each other tell no more than one. (A row that is recorded late still moves the count of its week.)
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from hocvuso.lib.errors import BadInput
from hocvuso.lib.text import sort_key
from hocvuso.lib.yamlfile import read_yaml
from hocvuso.measure.queries.boards import weekly_by_commune
from hocvuso.measure.queries.figures import figure, metrics
from hocvuso.measure.queries.snapshots import current_snapshot
from hocvuso.measure.rules import Ask, Counted, Metric, Metrics
from hocvuso.measure.suppression import suppress
from hocvuso.places.models import Level, Unit
from hocvuso.places.queries import units_within

MOST_MONTHS = 12
LEVELS = ("province", "commune")


@dataclass(frozen=True, slots=True)
class OpenMetric:
    metric: Metric
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenRow:
    name: str
    weeks: tuple[int | None, ...]
    total: int | None


@dataclass(frozen=True, slots=True)
class OpenTable:
    """What the weeks of one month added, proven: a row a commune (where communes are published), then the province. `None` is hidden.

    `so_far` is the province's count at the end of the month.
    """

    metric: Metric
    province: Unit
    month: dt.date
    weeks: tuple[dt.date, ...]  # Mondays
    rows: tuple[OpenRow, ...]
    whole: OpenRow
    so_far: int | None
    population: Counted | None
    simulated: bool

    @property
    def last_day(self) -> dt.date:
        return self.weeks[-1] + dt.timedelta(days=6)

    @property
    def share(self) -> float | None:
        if self.so_far is None or self.population is None or not self.population.count:
            return None
        return 100 * self.so_far / self.population.count


def open_metrics() -> tuple[OpenMetric, ...]:
    """What is published; nothing where no file says so. Raises `BadInput` naming what is wrong in the file."""
    path = settings.OPEN_RESULTS
    if path is None:
        return ()
    try:
        changed = Path(path).stat().st_mtime_ns
    except OSError:
        raise BadInput(f"Không đọc được tệp {path} (HOCVUSO_OPEN_RESULTS).") from None
    return _read(str(path), changed)


@lru_cache(maxsize=2)
def _read(path: str, changed: int) -> tuple[OpenMetric, ...]:
    """Read once for each time the file was written."""
    return parse_open_results(read_yaml(Path(path)), metrics())


def parse_open_results(data: Any, known: Metrics) -> tuple[OpenMetric, ...]:
    entries = data.get("publish") if isinstance(data, dict) else None
    if not isinstance(entries, list):
        raise BadInput("Kết quả công khai: tệp phải có mục publish, là một danh sách.")
    found = []
    for entry in entries:
        key = entry.get("metric") if isinstance(entry, dict) else None
        metric = known.by_key.get(str(key))
        if metric is None:
            raise BadInput(f"Kết quả công khai: không có thước đo “{key}”.")
        if metric.subject not in ("person", "household") or metric.primitive == "per_period":
            raise BadInput(f"Kết quả công khai: “{key}” không đếm người hay hộ cộng dồn, nên không công bố theo tuần.")
        levels = tuple(entry.get("levels") or ())
        if not levels or not set(levels) <= set(LEVELS):
            raise BadInput(f"Kết quả công khai: “{key}”: levels chỉ gồm {', '.join(LEVELS)}.")
        found.append(OpenMetric(metric, levels))
    return tuple(found)


def weeks_of_month(month: dt.date) -> tuple[dt.date, ...]:
    """Mondays of the weeks that end in the month: each week belongs to exactly one."""
    first = month.replace(day=1)
    sunday = first + dt.timedelta(days=6 - first.weekday())
    found = []
    while (sunday.year, sunday.month) == (first.year, first.month):
        found.append(sunday - dt.timedelta(days=6))
        sunday += dt.timedelta(days=7)
    return tuple(found)


def closed_months(first: dt.date, *, today: dt.date) -> list[dt.date]:
    """Months from `first` whose last week is over before today; the newest first, a year of them at most."""
    month = today.replace(day=1)
    found: list[dt.date] = []
    while month >= first.replace(day=1) and len(found) < MOST_MONTHS:
        if weeks_of_month(month)[-1] + dt.timedelta(days=6) < today:
            found.append(month)
        month = (month - dt.timedelta(days=1)).replace(day=1)
    return found


def open_table(chosen: OpenMetric, province: Unit, month: dt.date, *, today: dt.date) -> OpenTable:
    weeks = weeks_of_month(month)
    added = weekly_by_commune(province, chosen.metric.key, first=dt.date(2000, 1, 1), last=weeks[-1])
    names: dict[str, str] = _communes(province, today)
    if "commune" in chosen.levels:
        # A commune that is no more keeps its place in the sums: what is shown must come to what the province has.
        paths = sorted(
            {*names, *(path for path, week in added if week in weeks)},
            key=lambda path: sort_key(names.get(path) or path),
        )
        counts = [[added.get((path, week), 0) for week in weeks] for path in paths]
    else:
        paths = [province.path]
        counts = [[sum(n for (_, at), n in added.items() if at == week) for week in weeks]]
    shown = suppress(counts or [[0 for _ in weeks]])
    rows = [
        OpenRow(names.get(path) or _("đơn vị cũ"), tuple(row[:-1]), row[-1])
        for path, row in zip(paths, shown, strict=False)
    ]
    whole = OpenRow(province.name, tuple(shown[-1][:-1]), shown[-1][-1])
    so_far = sum(added.values()) if whole.total is not None else None
    now = figure(province, Ask(chosen.metric.key), on=today)
    return OpenTable(
        chosen.metric, province, month, weeks, tuple(rows) if "commune" in chosen.levels else (), whole,
        None if so_far is not None and 0 < so_far < 5 else so_far, now.population, current_snapshot().is_simulated or now.simulated,
    )  # fmt: skip


def _communes(province: Unit, today: dt.date) -> dict[str, str]:
    return {
        str(path): str(name)
        for path, name in units_within(province, Level.COMMUNE, on=today).values_list("path", "name")
    }


def open_provinces(*, today: dt.date) -> list[Unit]:
    """Provinces where anything is measured."""
    paths = {path for path, _metric, _grade in current_snapshot().measured}
    return list(Unit.objects.filter(Unit.in_force(today), level=Level.PROVINCE, path__in=paths).order_by("code"))
