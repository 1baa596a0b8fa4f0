from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from hocvuso.lib.yamlfile import read_yaml
from hocvuso.measure.flagfiles import read_material
from hocvuso.measure.flags import DETECTORS, Flag, Material, find_flags, parse_flag_kinds
from hocvuso.simulate.rules.bulk import RUNGS, bulk_world, honest_material
from hocvuso.simulate.rules.frauds import PLANTERS, Planted, plant_frauds, planted_at
from hocvuso.simulate.tables import simulate_tables

KINDS = parse_flag_kinds(read_yaml(Path(__file__).resolve().parents[2] / "hocvuso" / "data" / "flags.yaml"))


@cache
def honest(seed: int = 301) -> Material:
    return honest_material(bulk_world(seed=seed, persons=1_200_000, communes=60))


@cache
def spoilt(seed: int = 301) -> tuple[Material, list[Planted]]:
    return plant_frauds(honest(seed), seed=seed, each=1)


@cache
def flags(seed: int = 301) -> list[Flag]:
    return find_flags(spoilt(seed)[0], KINDS)


def test_every_kind_of_flag_has_its_planted_twin() -> None:
    assert set(PLANTERS) == set(DETECTORS) == set(KINDS.by_key)
    assert {answer.kind for answer in spoilt()[1]} == set(PLANTERS)


def test_the_same_seed_plants_the_same_and_another_does_not() -> None:
    again = plant_frauds(honest(), seed=301, each=1)
    assert again[1] == spoilt()[1]
    assert again[0].stated == spoilt()[0].stated
    assert plant_frauds(honest(), seed=302, each=1)[1] != spoilt()[1]


def test_no_rung_of_an_honest_place_is_higher_than_the_one_below_it() -> None:
    counts: dict[tuple[str, str], int] = {}
    for day in honest().days:
        counts[day.place, day.metric] = counts.get((day.place, day.metric), 0) + day.added
    order = [metric for metric in RUNGS if metric != "adult_guided5"]
    for place in {day.place for day in honest().days}:
        climbed = [counts.get((place, metric), 0) for metric in order]
        assert climbed == sorted(climbed, reverse=True)
        assert climbed[0] <= (honest().base(place, "adult_reached") or 0)


def test_honest_noise_is_in_the_province() -> None:
    """A class of exactly thirty, each week; and villages without any seats told."""
    by_place: dict[str, set[int]] = {}
    for session in honest().sessions:
        by_place.setdefault(session.place, set()).add(session.attendance)
    assert any(attended == {30} for attended in by_place.values())


def test_an_honest_province_raises_hardly_any_flag() -> None:
    assert len(find_flags(honest(), KINDS)) <= 4  # of 2,400 villages and 60 communes


def test_what_was_planted_is_found_where_it_was_planted() -> None:
    """One province only; `scripts/bench flags` does it for many, kind by kind."""
    wanted = set(planted_at(spoilt()[1]))
    found = [(flag.kind, flag.place) for flag in flags()]
    right = [one for one in found if one in wanted]
    missed = [
        answer for answer in spoilt()[1] if not {(answer.kind, p) for p in (answer.place, *answer.others)} & set(found)
    ]
    assert len(missed) <= 1, missed
    assert len(right) / len(found) >= 0.8, sorted(set(found) - wanted)


@pytest.mark.parametrize("kind", sorted(PLANTERS))
def test_an_answer_names_a_place_that_is_there(kind: str) -> None:
    paths = {spot.path for spot in honest().spots}
    for answer in spoilt()[1]:
        if answer.kind == kind:
            assert {answer.place, *answer.others} <= paths
            assert answer.as_dict()["weeks"]


def test_tables_of_a_province_go_to_files_with_their_answers(tmp_path: Path) -> None:
    made = simulate_tables(tmp_path, persons=300_000, seed=5, frauds=True)
    told = json.loads((tmp_path / "answers.json").read_text(encoding="utf-8"))
    assert made.planted == len(told["planted"]) > 20
    found = {(flag.kind, flag.place) for flag in find_flags(read_material(tmp_path), KINDS)}
    assert sum((one["kind"], one["place"]) in found for one in told["planted"]) > 0.8 * made.planted
    assert simulate_tables(tmp_path, persons=300_000, seed=5, frauds=False).planted == 0
    assert not (tmp_path / "answers.json").exists()
