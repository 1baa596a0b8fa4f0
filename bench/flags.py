"""Flags on planted bad data at province size: recall and precision by kind; the tables go through Parquet on the way.

Provinces of 2.5 million people, 102 communes, about 4,000 villages; three pieces of bad data of each kind among honest ones. The limits in
`data/flags.yaml` were set on seeds 1 to 25; the seeds here are others. A flag is right when its kind was planted at its place, and nothing
else counts. `interval_coverage` is the forecast's (`scripts/bench forecast` tells more).
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from bench.forecast import TEST_SEEDS, summary, trials
from hocvuso.lib.yamlfile import read_yaml
from hocvuso.measure.flagfiles import read_material, write_material
from hocvuso.measure.flags import DETECTORS, Material, find_flags, parse_flag_kinds
from hocvuso.simulate.rules.bulk import bulk_world, honest_material
from hocvuso.simulate.rules.frauds import plant_frauds

DATA = Path(__file__).resolve().parents[1] / "hocvuso" / "data"


def main() -> None:
    parser = argparse.ArgumentParser(prog="scripts/bench flags", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seeds", type=int, default=10, help="how many provinces (10)")
    parser.add_argument("--each", type=int, default=3, help="how many of each kind in a province (3)")
    parser.add_argument("--persons", type=int, default=2_500_000, help="size of a province (2500000)")
    options = parser.parse_args()
    print(json.dumps(measure(range(601, 601 + options.seeds), options.each, options.persons), indent=2))


def measure(seeds: range, each: int, persons: int) -> dict[str, Any]:
    kinds = parse_flag_kinds(read_yaml(DATA / "flags.yaml"))
    planted, found, right, flags = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    honest: list[int] = []
    seconds = 0.0
    for seed in seeds:
        clean = honest_material(bulk_world(seed=seed, persons=persons))
        honest.append(len(find_flags(clean, kinds)))
        material, answers = plant_frauds(clean, seed=seed, each=each)
        material = _through_parquet(material)
        start = time.process_time()
        seen = find_flags(material, kinds)
        seconds += time.process_time() - start
        where: dict[tuple[str, str], list[int]] = {}
        for number, answer in enumerate(answers):
            planted[answer.kind] += 1
            for place in (answer.place, *answer.others):
                where.setdefault((answer.kind, place), []).append(number)
        hit: set[int] = set()
        for flag in seen:
            flags[flag.kind] += 1
            if numbers := where.get((flag.kind, flag.place)):
                right[flag.kind] += 1
                hit.update(numbers)
        found.update(answers[number].kind for number in hit)
    by_kind = {
        kind: {
            "planted": planted[kind],
            "recall": round(found[kind] / planted[kind], 3) if planted[kind] else None,
            "flags": flags[kind],
            "precision": round(right[kind] / flags[kind], 3) if flags[kind] else None,
        }
        for kind in DETECTORS
    }
    return {
        "persons": persons,
        "seeds": list(seeds),
        "flags_recall": round(found.total() / planted.total(), 3),
        "flags_precision": round(right.total() / flags.total(), 3),
        "flags_on_honest_provinces": honest,
        "cpu_seconds_a_province": round(seconds / len(seeds), 2),
        "by_kind": by_kind,
        "interval_coverage": summary(list(trials(TEST_SEEDS, every=34)))["interval_coverage"],
    }


def _through_parquet(material: Material) -> Material:
    folder = Path(tempfile.mkdtemp(prefix="hocvuso-bench-"))
    try:
        write_material(material, folder)
        return read_material(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
