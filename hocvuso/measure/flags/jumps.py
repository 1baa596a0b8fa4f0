"""Totals that move as work does not: all at once on the last day, or downwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from hocvuso.measure.flags.material import Material
from hocvuso.measure.flags.robust import Peers
from hocvuso.measure.flags.rules import Flag, FlagKinds, severity_of, weeks_of

JUMP, FALL = "last_day_jump", "falls"
WEEK = dt.timedelta(days=7)
HOMES = (
    "commune",
    "village",
)  # an office or a school trains all its people on a day or two: there a jump is how it is done


@dataclass(frozen=True, slots=True)
class _Move:
    place: str
    metric: str
    grade: str
    on: dt.date
    before: int
    now: int
    usual: float  # the most it moved in a week (or a day) otherwise
    base: int
    weeks: float = 1.0  # over how long; a report that was left out makes the next step a longer one

    @property
    def step(self) -> int:
        return self.now - self.before

    @property
    def pace(self) -> float:
        return self.step / self.weeks


def last_day_jump(material: Material, kinds: FlagKinds) -> Iterator[Flag]:
    """The last step before a deadline (or before today) is far bigger than any other of the place, and than its peers' in these days."""
    outside, times, both = (kinds.limit(JUMP, name) for name in ("outside", "times_own", "together"))
    part, least = kinds.limit(JUMP, "share_of_base") / 100, kinds.limit(JUMP, "least")
    moves: dict[tuple[str, str, str, dt.date], list[_Move]] = {}
    for move, last_day in (*_stated_moves(material), *_proven_moves(material)):
        key = (material.peers(move.place), move.metric, move.grade, last_day)
        moves.setdefault(key, []).append(move)
    raised: set[tuple[str, str]] = set()
    for same in moves.values():
        peers = Peers((move.pace / move.base for move in same), floor=0.005)
        for move in same:
            z, own = peers.z(move.pace / move.base), move.pace / max(1, move.usual)
            # Far from its peers and far from itself; more of the one makes up for less of the other.
            if z < outside or own < times or z * own < both:
                continue
            known = (move.place, move.metric)
            if move.step < max(least, part * move.base) or known in raised:
                continue
            raised.add(known)
            yield Flag(
                JUMP, move.place, metric=move.metric, weeks=weeks_of(move.on),
                evidence={
                    "step": move.step, "before": move.before, "now": move.now, "usual": round(move.usual), "on": f"{move.on:%d/%m/%Y}",
                    "peers": round(100 * peers.usual, 1), "share": round(100 * move.step / move.base, 1),
                },
                severity=severity_of(move.step, move.base),
            )  # fmt: skip


def _last_days(material: Material, metric: str, place: str) -> list[dt.date]:
    """The deadlines that are over, and today."""
    over = {g.last_day for g in material.goals if g.metric == metric and g.last_day and place.startswith(g.place)}
    return sorted({day for day in over if day <= material.on} | {material.on})


def _stated_moves(material: Material) -> Iterator[tuple[_Move, dt.date]]:
    for (place, metric, grade, _source), rows in material.series.items():
        base = material.base(place, metric)
        if not base or len(rows) < 4 or material.peers(place) not in HOMES:
            continue
        weeks = [(later.on - earlier.on) / WEEK for earlier, later in zip(rows, rows[1:], strict=False)]
        steps = [
            (later.count - earlier.count) / week for earlier, later, week in zip(rows, rows[1:], weeks, strict=False)
        ]
        for last_day in _last_days(material, metric, place):
            at = max((i for i, row in enumerate(rows) if row.on <= last_day), default=0)
            if at >= 3 and last_day - rows[at].on <= WEEK:
                usual = max([*steps[: at - 1], *steps[at:]], default=0)
                yield (
                    _Move(
                        place,
                        metric,
                        grade,
                        rows[at].on,
                        rows[at - 1].count,
                        rows[at].count,
                        usual,
                        base,
                        weeks[at - 1],
                    ),
                    last_day,
                )


def _proven_moves(material: Material) -> Iterator[tuple[_Move, dt.date]]:
    """Day by day: what came on the last day itself."""
    for (place, metric), points in material.proven.items():
        base = material.base(place, metric)
        if not base or material.peers(place) not in HOMES:
            continue
        steps = {
            day: count - before for (day, count), before in zip(points, [0, *(c for _, c in points)], strict=False)
        }
        for last_day in _last_days(material, metric, place):
            before = sum(step for day, step in steps.items() if day < last_day)
            usual = max((step for day, step in steps.items() if day != last_day), default=0)
            step = steps.get(last_day, 0)
            yield _Move(place, metric, "proven", last_day, before, before + step, usual, base), last_day


def falls(material: Material, kinds: FlagKinds) -> Iterator[Flag]:
    """A total so far is smaller than it was. Small corrections are usual and honest."""
    share, least = kinds.limit(FALL, "share") / 100, kinds.limit(FALL, "least")
    for (place, metric, _grade, _source), rows in material.series.items():
        top, worst = rows[0], None
        for row in rows[1:]:
            drop = top.count - row.count
            if drop > max(least, share * top.count) and (worst is None or drop > worst[0].count - worst[1].count):
                worst = (top, row)
            top = row if row.count >= top.count else top
        if worst:
            high, low = worst
            yield Flag(
                FALL, place, metric=metric, weeks=weeks_of(high.on, low.on),
                evidence={
                    "before": high.count, "now": low.count, "drop": high.count - low.count, "on_before": f"{high.on:%d/%m/%Y}",
                    "on": f"{low.on:%d/%m/%Y}",
                },
                severity=severity_of(high.count - low.count, material.base(place, metric)),
            )  # fmt: skip
