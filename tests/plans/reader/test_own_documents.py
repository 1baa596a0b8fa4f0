"""How well the documents of our own are read today; a rule that costs another plan something is seen here at once.

They are no longer unseen (docs/reference/plan-reader.md says what each cost at first sight), so the floor is near what is reached.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.plans import measure, own_sets

FLOORS = {"indicators": 0.97, "tasks": 0.97, "reporting": 0.95, "indicators_embedded": 0.9}  # duplicates are too few


@pytest.mark.parametrize("name", ["first", "second", "third"])
def test_a_set_of_our_own_documents_is_read_as_well_as_before(name: str, tmp_path: Path) -> None:
    write, gold = own_sets()[name]
    write(tmp_path)
    measured = measure(gold, tmp_path)
    reached = {kind: measured["all"][kind]["f1"] for kind in FLOORS}
    assert {kind: f1 for kind, f1 in reached.items() if f1 is not None and f1 < FLOORS[kind]} == {}
    assert [found["forbidden"] for found in measured["documents"].values() if found["forbidden"]] == []
