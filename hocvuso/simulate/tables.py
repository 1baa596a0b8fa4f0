"""A province at its real size as the tables that flags look at, straight to Parquet, with bad data and its answers if asked for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from hocvuso.measure.flagfiles import write_material
from hocvuso.simulate.rules.bulk import bulk_world, honest_material
from hocvuso.simulate.rules.frauds import plant_frauds

ANSWERS = "answers.json"


@dataclass(frozen=True, slots=True)
class Tables:
    folder: Path
    places: int
    planted: int


def simulate_tables(folder: Path, *, persons: int, seed: int, frauds: bool) -> Tables:
    """Counts by day and place, drawn by themselves: not added up from event files. The same numbers give the same tables."""
    folder.mkdir(parents=True, exist_ok=True)
    material = honest_material(bulk_world(seed=seed, persons=persons))
    (folder / ANSWERS).unlink(missing_ok=True)
    planted = 0
    if frauds:
        material, answers = plant_frauds(material, seed=seed)
        told = {"seed": seed, "persons": persons, "planted": [one.as_dict() for one in answers]}
        (folder / ANSWERS).write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
        planted = len(answers)
    write_material(material, folder)
    return Tables(folder, len(material.spots), planted)
