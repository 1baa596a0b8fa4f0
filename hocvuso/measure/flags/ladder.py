"""A higher rung with more people than one below it that cannot be left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from hocvuso.measure.flags.material import Material
from hocvuso.measure.flags.rules import Flag, FlagKinds, severity_of, weeks_of

KIND = "ladder_upside_down"


def ladder_upside_down(material: Material, kinds: FlagKinds) -> Iterator[Flag]:
    """Only pairs that cannot be (`pairs`): nobody is certified here without having passed; of those who passed, all were reached.

    Like is set beside like: one grade, one source, one day.
    """
    share, least = kinds.limit(KIND, "share") / 100, kinds.limit(KIND, "least")
    said: dict[tuple[str, str, str], dict[str, dict[dt.date, int]]] = {}
    for (place, metric, grade, source), rows in material.series.items():
        said.setdefault((place, grade, source), {})[metric] = {row.on: row.count for row in rows}
    for (place, metric), points in material.proven.items():
        said.setdefault((place, "proven", ""), {})[metric] = {material.on: points[-1][1]}
    for (place, grade, _source), metrics in said.items():
        for low, high in kinds.pairs.get(grade, ()):
            days = metrics.get(low, {}).keys() & metrics.get(high, {}).keys()
            over = {day: metrics[high][day] - metrics[low][day] for day in days}
            wrong = [day for day, more in over.items() if more > max(least, share * metrics[low][day])]
            if not wrong:
                continue
            worst = max(wrong, key=lambda day: over[day])
            yield Flag(
                KIND, place, metric=high, weeks=weeks_of(min(wrong), max(wrong)),
                evidence={
                    "high": metrics[high][worst], "low": metrics[low][worst], "low_metric": low, "high_metric": high,
                    "over": over[worst], "grade": grade, "on": f"{worst:%d/%m/%Y}", "days": len(wrong),
                },
                severity=severity_of(over[worst], material.base(place, high)),
            )  # fmt: skip
