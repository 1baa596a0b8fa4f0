"""Whole plans of invented offices, each read by hand beside it: what was learned from one stays learned."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.plan_scores import scores
from hocvuso.plans.reader.printed import printed_draft
from hocvuso.plans.reader.read import read_plan

PLANS = Path(__file__).parent / "plans"


@pytest.mark.parametrize(
    "path", sorted(path for path in PLANS.iterdir() if path.suffix != ".json"), ids=lambda path: path.stem
)
def test_a_plan_is_read_as_by_hand(path: Path) -> None:
    wanted = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    reading = printed_draft(read_plan(path.read_bytes(), name=path.name))
    for kind, agreement in scores(reading, wanted).items():
        assert (agreement.surplus, agreement.missed) == ([], []), kind
    assert {name: reading[name] for name in ("issuer", "number", "date", "period")} == {
        name: wanted[name] for name in ("issuer", "number", "date", "period")
    }
