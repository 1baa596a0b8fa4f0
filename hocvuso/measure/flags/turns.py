"""Turns (lượt) stated as people: somebody who came to five classes is one person who learned."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator, Mapping

from hocvuso.measure.flags.material import Material, Stated
from hocvuso.measure.flags.rules import Flag, FlagKinds, severity_of, weeks_of

KIND = "turns_as_people"
NAMES = {"guidance": "lượt hướng dẫn", "attendance": "lượt dự lớp", "visits": "lượt đến hộ", "all": "tổng số lượt"}
NAMES_EN = {"guidance": "times guided", "attendance": "class attendances", "visits": "visits", "all": "all turns"}


def turns_as_people(material: Material, kinds: FlagKinds) -> Iterator[Flag]:
    """Report after report says what the turns of the place come to, and far more than the people behind them."""
    near, share = kinds.limit(KIND, "near"), kinds.limit(KIND, "reports")
    least, over = kinds.limit(KIND, "least_reports"), kinds.limit(KIND, "over_people")
    sums = _sums(material)
    for (place, metric, grade, _source), rows in material.series.items():
        if grade != "declared" or place not in sums:
            continue
        told = [row for row in rows if row.count > 0]
        for what, points in sums[place].items():
            if what == "all" and sum(points == other for other in sums[place].values()) > 1:
                continue  # one sort of turns is all there are
            hits = [row for row in told if abs(row.count - _as_of(points, row.on)) <= near * row.count]
            if len(hits) < max(least, share * len(told)):
                continue
            last = hits[-1]
            people = _people(material, place, metric, last.on)
            if last.count >= over * max(1, people):
                yield _flag(material, last, hits, what, people, _as_of(points, last.on))
                break


def _flag(material: Material, last: Stated, hits: list[Stated], what: str, people: int, turns: int) -> Flag:
    return Flag(
        KIND, last.place, metric=last.metric, weeks=weeks_of(hits[0].on, last.on),
        evidence={
            "count": last.count, "turns": turns, "people": people, "reports": len(hits), "what": NAMES[what], "what_en": NAMES_EN[what],
            "on": f"{last.on:%d/%m/%Y}",
        },
        severity=severity_of(last.count - people, material.base(last.place, last.metric)),
    )  # fmt: skip


Points = list[tuple[dt.date, int]]


def _sums(material: Material) -> dict[str, dict[str, Points]]:
    """Turns so far, day by day, by place and sort, and of all sorts together."""
    days: dict[str, dict[str, dict[dt.date, int]]] = {}
    for row in material.turns:
        if row.day <= material.on:
            for what in (row.what, "all"):
                counts = days.setdefault(row.place, {}).setdefault(what, {})
                counts[row.day] = counts.get(row.day, 0) + row.turns
    return {place: {what: _running(counts) for what, counts in sorts.items()} for place, sorts in days.items()}


def _running(counts: Mapping[dt.date, int]) -> Points:
    points: Points = []
    for day in sorted(counts):
        points.append((day, (points[-1][1] if points else 0) + counts[day]))
    return points


def _as_of(points: Points, on: dt.date) -> int:
    at = bisect_right(points, on, key=lambda point: point[0])
    return points[at - 1][1] if at else 0


def _people(material: Material, place: str, metric: str, on: dt.date) -> int:
    return _as_of(material.proven.get((place, metric), []), on)
