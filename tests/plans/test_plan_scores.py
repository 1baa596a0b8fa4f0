"""The judge of the plan reader is judged: bench/plan_scores.py."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from bench.plan_scores import INDICATOR, TASK, Score, agreement, forbidden, same_names, same_receiver, same_unit, scores
from bench.plans import measure

GOLD = Path(os.environ.get("HOCVUSO_GOLD") or Path(__file__).resolve().parents[3] / "shared" / "gold")
SEEDS = GOLD.parent / "seeds"


def indicator(**changes: Any) -> dict[str, Any]:
    return {
        "text": "80% người dân có kỹ năng số",
        "target": 80,
        "unit": "%",
        "comparator": "=",
        "group": "adults",
        "due": "2025-12-31",
    } | changes


def task(**changes: Any) -> dict[str, Any]:
    return {
        "text": "Mở lớp học cho người dân tại các thôn",
        "leads": ["Sở Nội vụ"],
        "coordinators": [],
        "due": None,
    } | changes


@pytest.mark.parametrize(
    ("wanted", "right"),
    [
        (indicator(), 1), (indicator(due="2025"), 1), (indicator(due="2025-12-30"), 0), (indicator(comparator=">"), 0),
        (indicator(group="students"), 0), (indicator(group="students", note="students|adults both acceptable"), 1),
        (indicator(target=81), 0),
        (indicator(text="lời khác hẳn"), 1),
    ],
)  # fmt: skip
def test_an_indicator_counts_when_its_five_fields_agree(wanted: dict[str, Any], right: int) -> None:
    assert agreement([indicator()], [wanted], INDICATOR).whole.right == right


@pytest.mark.parametrize(
    ("wanted", "right"),
    [
        (task(), 1), (task(leads=["sở Nôi vụ"]), 1), (task(leads=["Sở Nội vụ", "Công an tỉnh"]), 0), (task(coordinators=["các thôn"]), 0),
        (task(text="Mở lớp học cho người dân tạị các buôn và nhiều điều khác"), 1),
        (task(text="Xây dựng chuyên mục"), 0), (task(due="2025"), 0),
    ],
)  # fmt: skip
def test_a_task_counts_when_title_agencies_and_day_agree(wanted: dict[str, Any], right: int) -> None:
    assert agreement([task()], [wanted], TASK).whole.right == right


def test_names_are_the_same_however_they_are_cut_or_written() -> None:
    assert same_names(["Các sở, ban, ngành", "UBND các xã"], "Ủy ban nhân dân các xã; Các sở, ban, ngành")
    assert not same_names(["Sở Nội vụ"], ["Sở Tài chính"])
    assert same_receiver("Ban Chỉ đạo tỉnh (qua Sở A)", "Ban chỉ đạo tỉnh")
    assert not same_receiver("Ban Chỉ đạo tỉnh", "UBND tỉnh")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("%", "%", True), ("%", "người", False), ("người", "người dân", True), ("lớp/xã", "lớp/xã, phường", True),
    ("lớp/xã", "lớp", False), ("hộ", "tổ", False)],
)  # fmt: skip
def test_units_are_compared_loosely(one: str, other: str, same: bool) -> None:
    assert same_unit(one, other) is same


def test_one_reading_cannot_be_right_twice() -> None:
    whole = agreement([indicator(), indicator()], [indicator()], INDICATOR).whole
    assert (whole.precision, whole.recall, round(whole.f1 or 0, 3)) == (0.5, 1.0, 0.667)
    assert Score(0, 0, 0).f1 is None
    assert Score(1, 2, 1) + Score(1, 0, 0) == Score(2, 2, 1)


def test_fields_are_judged_between_statements_that_mean_the_same() -> None:
    found = agreement([indicator(due=None)], [indicator()], INDICATOR)
    assert found.whole.right == 0
    assert found.fields["target"].f1 == 1.0
    assert found.fields["due"].f1 == 0.0


def test_numbers_that_may_not_come_out_are_named() -> None:
    empty: dict[str, Any] = {"tasks": [], "reporting": [], "duplicates": [], "indicators_embedded": []}
    reading = {"indicators": [indicator(text="04 nhóm đối tượng")]} | empty
    assert forbidden(reading, {"not_indicators": ["04 nhóm đối tượng"]}) == ["04 nhóm đối tượng"]
    assert scores(reading, {})["indicators"].whole == Score(1, 0, 0)


@pytest.mark.skipif(not (GOLD.is_dir() and SEEDS.is_dir()), reason=f"no readings by hand at {GOLD} (HOCVUSO_GOLD)")
def test_the_five_plans_are_read_as_well_as_was_promised() -> None:
    found = measure(GOLD, SEEDS)
    assert found["all"]["indicators"]["f1"] >= 0.97
    assert found["all"]["tasks"]["f1"] >= 0.95
    assert found["all"]["reporting"]["f1"] >= 0.90
    assert all(document["forbidden"] == [] for document in found["documents"].values())
    json.dumps(found)
