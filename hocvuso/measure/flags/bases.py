"""Denominators: without a day, changed from one day to the next, or smaller than what is counted of them."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator

from hocvuso.measure.flags.material import Headcount, Material
from hocvuso.measure.flags.robust import Peers
from hocvuso.measure.flags.rules import Flag, FlagKinds, Severity, severity_of, weeks_of

UNDATED, CHANGED, OVER = "base_undated", "base_changed", "more_than_people"


def base_undated(material: Material, kinds: FlagKinds) -> Iterator[Flag]:
    """The headcount in use has no day, no source, or is older than a year. One flag a place and group."""
    oldest = material.on - dt.timedelta(days=kinds.limit(UNDATED, "days"))
    for (place, group), rows in material.headcount.items():
        row = rows[-1]
        if row.on is not None and row.on >= oldest and row.source.strip():
            continue
        yield Flag(
            UNDATED, place, subject=group, weeks=weeks_of(row.on) if row.on else None,
            evidence={
                "count": row.count, "group": group, "on": f"{row.on:%d/%m/%Y}" if row.on else "…", "source": row.source.strip() or "…",
            },
            severity=Severity.MEDIUM,
        )  # fmt: skip


def base_changed(material: Material, kinds: FlagKinds) -> Iterator[Flag]:
    """A headcount was replaced by one that differs far more than peers' did. A smaller base makes a bigger share."""
    outside, least = kinds.limit(CHANGED, "outside"), kinds.limit(CHANGED, "least") / 100
    changes: dict[tuple[str, str], list[tuple[Headcount, Headcount, float]]] = {}
    for (place, group), rows in material.headcount.items():
        dated = [row for row in rows if row.on is not None and row.count > 0]
        for before, now in zip(dated, dated[1:], strict=False):
            if before.on != now.on:
                change = math.log(now.count / before.count)
                changes.setdefault((material.peers(place), group), []).append((before, now, change))
    for same in changes.values():
        peers = Peers((change for _, _, change in same), floor=0.01)
        for before, now, change in same:
            assert now.on is not None
            assert before.on is not None
            if abs(change) < least or (peers.known and abs(peers.z(change)) < outside):
                continue
            yield Flag(
                CHANGED, now.place, subject=now.group, weeks=weeks_of(before.on, now.on),
                evidence={
                    "before": before.count, "now": now.count, "group": now.group, "on_before": f"{before.on:%d/%m/%Y}",
                    "on": f"{now.on:%d/%m/%Y}", "percent": round(100 * (math.exp(change) - 1), 1),
                },
                severity=severity_of(abs(now.count - before.count), before.count),
            )  # fmt: skip


def more_than_people(material: Material, kinds: FlagKinds) -> Iterator[Flag]:
    """A count of people is bigger than the people there are. Somebody who moved away is one or two, not a twentieth."""
    share, least = kinds.limit(OVER, "share") / 100, kinds.limit(OVER, "least")
    counts: dict[tuple[str, str], tuple[int, str, dt.date]] = {}
    for (place, metric), points in material.proven.items():
        counts[place, metric] = (points[-1][1], "proven", points[-1][0])
    for total in material.totals:
        counts[total.place, total.metric] = (total.count, "proven", material.on)
    for (place, metric, grade, _source), rows in material.series.items():
        top = max(rows, key=lambda row: row.count)
        if top.count > counts.get((place, metric), (0, "", top.on))[0]:
            counts[place, metric] = (top.count, grade, top.on)
    for (place, metric), (count, grade, on) in counts.items():
        base = material.base(place, metric)
        if base is None or count - base <= max(least, share * base):
            continue
        yield Flag(
            OVER, place, metric=metric, weeks=weeks_of(on),
            evidence={"count": count, "base": base, "over": count - base, "grade": grade, "on": f"{on:%d/%m/%Y}"},
            severity=severity_of(count - base, base),
        )  # fmt: skip
