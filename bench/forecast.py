"""The forecast's range on simulated provinces: how often it holds the truth, and how far off the middle is.

Cuts weekly series of communes and of the province 4 to 10 weeks before their end and forecasts the end. `interval_coverage` should lie
between 0.75 and 0.85. `--calibrate` prints the quantiles that stand in `measure/forecast.py`; never on the seeds that are tested on.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from hocvuso.measure.forecast import LEAST_WEEKS, Outlook, gains_at, off_by, outlook
from hocvuso.simulate.rules.bulk import ADULTS, bulk_world, climate_of, rung_days

CALIBRATION_SEEDS, TEST_SEEDS = range(1, 61), range(501, 517)
WEEKS = (4, 5, 6, 7, 8, 9, 10)
METRICS = ("adult_reached", "adult_guided", "adult_skill", "adult_confirmed")


@dataclass(frozen=True, slots=True)
class Trial:
    level: str
    weeks: int
    population: int
    now: int
    seen: Outlook
    gain: int  # what really came
    recent: float  # the mean weekly gain of the last three weeks, for comparison

    @property
    def ends(self) -> tuple[float, float, float]:
        low, middle, high = (
            min(self.population - self.now, gain)
            for gain in gains_at(
                self.seen, population=self.population, ahead=self.weeks, is_sum=self.level == "province"
            )
        )
        return low, middle, high

    @property
    def is_covered(self) -> bool:
        low, _, high = self.ends
        return round(low) <= self.gain <= round(high)


def trials(seeds: Iterable[int], *, every: int) -> Iterator[Trial]:
    """Every so many-th commune, and each province as a whole."""
    for seed in seeds:
        world, climate = bulk_world(seed=seed), climate_of(seed)
        together: dict[str, list[int]] = {}
        everybody = 0
        for number, commune in enumerate(world.communes):
            adults = sum(round(village.persons * ADULTS) for village in world.villages[commune.code])
            everybody += adults
            days = rung_days(world, commune.code, adults, world.tempers[commune.code], climate=climate)
            for metric in METRICS:
                counts = list(accumulate(days[metric]))
                together[metric] = [a + b for a, b in zip(together.get(metric, [0] * len(counts)), counts, strict=True)]
                if (number + seed) % every == 0:
                    yield from _cuts("commune", counts, adults)
        for metric in METRICS:
            yield from _cuts("province", together[metric], everybody)


def _cuts(level: str, counts: list[int], population: int) -> Iterator[Trial]:
    for weeks in WEEKS:
        cut = len(counts) - 1 - 7 * weeks
        points = [0, *(counts[day] for day in range(cut % 7, cut + 1, 7))]
        while len(points) > 2 and points[1] == 0:
            points.pop(0)
        if len(points) > LEAST_WEEKS and points[-1] >= 10:
            seen = outlook(points, population=population, ahead=weeks)
            recent = (points[-1] - points[-4]) / 3
            yield Trial(level, weeks, population, points[-1], seen, counts[-1] - counts[cut], recent)


def summary(found: list[Trial]) -> dict[str, Any]:
    def of(rows: list[Trial]) -> dict[str, Any]:
        low_high = [(low, middle, high) for low, middle, high in (row.ends for row in rows)]
        return {
            "trials": len(rows),
            "coverage": round(sum(row.is_covered for row in rows) / len(rows), 3),
            "median_error": _median_error(rows, [middle for _, middle, _ in low_high]),
            "median_error_even_pace": _median_error(
                rows, [min(r.recent * r.weeks, r.population - r.now) for r in rows]
            ),
            "median_width_of_population": round(
                statistics.median(
                    (high - low) / row.population for row, (low, _, high) in zip(rows, low_high, strict=True)
                ),
                3,
            ),
        }

    return {
        "interval_coverage": of(found)["coverage"],
        "all": of(found),
        "by_level": {level: of([r for r in found if r.level == level]) for level in ("commune", "province")},
        "by_weeks": {str(weeks): of([r for r in found if r.weeks == weeks]) for weeks in WEEKS},
    }


def _median_error(rows: list[Trial], middles: list[float]) -> float:
    """Of the count on the last day, in hundredths of the population."""
    return round(100 * statistics.median(abs(m - r.gain) / r.population for r, m in zip(rows, middles, strict=True)), 2)


def calibrate(found: list[Trial]) -> dict[int, tuple[float, float, float]]:
    """Conformal: the quantiles of what was seen, with the one more that is to come (n + 1)."""
    made = {}
    for weeks in WEEKS:
        off = sorted(off_by(r.gain, r.seen, population=r.population) for r in found if r.weeks == weeks)
        count = len(off)
        at = (math.floor(0.1 * (count + 1)) - 1, count // 2, math.ceil(0.9 * (count + 1)) - 1)
        low, middle, high = (round(off[min(max(i, 0), count - 1)], 2) for i in at)
        made[weeks] = (low, middle, high)
    return made


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="scripts/bench forecast", description=__doc__.splitlines()[0] if __doc__ else ""
    )
    parser.add_argument("--calibrate", action="store_true", help="print quantiles from the calibration seeds")
    parser.add_argument("--every", type=int, default=34, help="every so many-th commune (34)")
    options = parser.parse_args()
    start = time.process_time()
    seeds = CALIBRATION_SEEDS if options.calibrate else TEST_SEEDS
    found = list(trials(seeds, every=options.every))
    if options.calibrate:
        for level in ("commune", "province"):
            rows = [trial for trial in found if trial.level == level]
            print(json.dumps({"level": level, "trials": len(rows), "quantiles": calibrate(rows)}))
        return
    cpu = round(1000 * (time.process_time() - start) / len(found), 2)
    print(json.dumps({"seeds": list(seeds), "cpu_ms_a_forecast": cpu, **summary(found)}, indent=1))


if __name__ == "__main__":
    main()
