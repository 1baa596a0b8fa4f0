"""Bad data in a province of persons: through the real actions, with its answers, and found again."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from hocvuso.evidence.models import Evidence, StatedCount
from hocvuso.lib.errors import Refused
from hocvuso.measure.actions import refresh_measure
from hocvuso.measure.jobs import refresh_flags
from hocvuso.measure.queries import flags_at
from hocvuso.places.models import Unit
from hocvuso.simulate.actions import simulate_province
from hocvuso.simulate.rules.spoiling import KINDS
from tests.simulate.test_actions import FRIDAY, dak_lak

__all__ = ["dak_lak"]  # the fixture

pytestmark = pytest.mark.django_db


def simulate(province: Unit, answers: Path | None, *, until: dt.date = FRIDAY) -> None:
    simulate_province(province=province, persons=1500, seed=1, until=until, by=":test", communes=5, answers=answers)


def test_what_is_planted_is_written_down_and_found(dak_lak: Unit, tmp_path: Path, measure_dir: Path) -> None:
    simulate(dak_lak, tmp_path / "frauds.json")
    told = json.loads((tmp_path / "frauds.json").read_text(encoding="utf-8"))
    assert (told["world"], told["until"]) == ("66/1/1500/5", "2025-10-17")
    planted = {(one["kind"], one["place"]) for one in told["planted"]}
    assert {kind for kind, _ in planted} <= set(KINDS)
    assert planted
    refresh_measure()
    refresh_flags()
    found = {(here.flag.kind, here.flag.place) for here in flags_at(dak_lak, on=FRIDAY)}
    sure = {
        one
        for one in planted
        if one[0] in ("falls", "many_by_one_hand", "ladder_upside_down", "more_than_people", "base_changed")
    }
    assert sure
    assert sure <= found


def test_without_frauds_nothing_is_planted(dak_lak: Unit, tmp_path: Path) -> None:
    simulate(dak_lak, None)
    assert not Evidence.objects.exclude(device="").exists()
    assert not Evidence.objects.filter(source_ref__contains=":x-").exists()


def test_the_same_day_again_changes_nothing_and_another_day_is_refused(dak_lak: Unit, tmp_path: Path) -> None:
    simulate(dak_lak, tmp_path / "frauds.json")
    before = (Evidence.objects.count(), StatedCount.objects.count(), (tmp_path / "frauds.json").read_bytes())
    simulate(dak_lak, tmp_path / "frauds.json")
    assert (Evidence.objects.count(), StatedCount.objects.count(), (tmp_path / "frauds.json").read_bytes()) == before
    with pytest.raises(Refused, match="một lần"):
        simulate(dak_lak, tmp_path / "frauds.json", until=FRIDAY + dt.timedelta(days=1))
    with pytest.raises(Refused, match="một lần"):
        simulate(dak_lak, tmp_path / "other.json")
