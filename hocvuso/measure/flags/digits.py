"""Numbers that look written rather than counted: round ones, and the same ones at two places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from hocvuso.measure.flags.material import Material, Stated
from hocvuso.measure.flags.robust import binomial_tail, poisson_tail, spread
from hocvuso.measure.flags.rules import Flag, FlagKinds, Severity, severity_of, weeks_of

ROUND, EQUAL = "round_figures", "equal_figures"


def round_figures(material: Material, kinds: FlagKinds) -> Iterator[Flag]:
    """A place states round numbers far more often than last digits fall (one in ten ends with 0). All its metrics together."""
    least, allowed = kinds.limit(ROUND, "least_count"), kinds.limit(ROUND, "false_flags")
    told: dict[str, dict[tuple[str, int], Stated]] = {}
    for row in material.stated:
        if row.grade == "declared" and row.count >= least and row.on <= material.on:
            told.setdefault(row.place, {}).setdefault((row.metric, row.count), row)
    for place, rows in told.items():
        hits = [row for (_metric, count), row in rows.items() if count % 10 == 0]
        if binomial_tail(len(hits), len(rows), 0.1) * len(told) > allowed:
            continue
        newest = max(hits, key=lambda row: row.on)
        yield Flag(
            ROUND, place, weeks=weeks_of(min(row.on for row in hits), newest.on),
            evidence={
                "hits": len(hits), "rows": len(rows), "count": newest.count, "expected": round(len(rows) / 10, 1),
                "on": f"{newest.on:%d/%m/%Y}",
            },
            severity=severity_of(newest.count % 1000 or 100, material.base(place, newest.metric)),
        )  # fmt: skip


def equal_figures(material: Material, kinds: FlagKinds) -> Iterator[Flag]:
    """Two places state the same numbers for the same days, more often than chance would have it."""
    least, allowed = kinds.limit(EQUAL, "least_count"), kinds.limit(EQUAL, "false_flags")
    sheets: dict[tuple[str, dt.date], list[Stated]] = {}
    for (place, metric, grade, _source), rows in material.series.items():
        if grade != "declared" or material.peers(place) == "":
            continue
        for before, row in zip([None, *rows], rows, strict=False):
            # A total that stands still is not told anew.
            if row.count >= least and (before is None or row.count != before.count):
                sheets.setdefault((metric, row.on), []).append(row)
    same: dict[tuple[str, str], list[Stated]] = {}
    expected: dict[str, float] = {}
    for rows in sheets.values():
        chance = _meeting_chance([row.count for row in rows])
        by_count: dict[int, list[Stated]] = {}
        for row in rows:
            expected[row.place] = expected.get(row.place, 0.0) + chance
            by_count.setdefault(row.count, []).append(row)
        for equal in (sorted(found, key=lambda row: row.place) for found in by_count.values() if len(found) > 1):
            for at, one in enumerate(equal):
                for twin in equal[at + 1 :]:
                    same.setdefault((one.place, twin.place), []).append(one)
    pairs = max(1, len(expected) * (len(expected) - 1) // 2)
    for (place, other), rows in same.items():
        if poisson_tail(len(rows), max(expected[place], expected[other])) * pairs > allowed:
            continue
        last = max(rows, key=lambda row: row.on)
        code = material.spot[other].code if other in material.spot else other
        yield Flag(
            EQUAL, place, subject=code, weeks=weeks_of(min(row.on for row in rows), last.on),
            evidence={"times": len(rows), "count": last.count, "other": code, "on": f"{last.on:%d/%m/%Y}"},
            severity=Severity.MEDIUM,
        )  # fmt: skip


def _meeting_chance(counts: list[int]) -> float:
    """How likely two of these numbers are the same: about one in the width over which they lie."""
    if len(counts) < 2:
        return 0.0
    return min(1.0, 0.28 / max(1.0, spread(counts)))  # 1 / (2·√π·σ): two draws of one normal law meet
