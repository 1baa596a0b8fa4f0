"""The refresh keeps figures up by changes where it can, builds anew where it must, and either way they are the same."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from hocvuso.evidence.actions import void_evidence
from hocvuso.evidence.models import Evidence
from hocvuso.measure import actions, engine
from hocvuso.measure.actions import check_measure, refresh_measure
from hocvuso.measure.jobs import check_figures
from hocvuso.measure.queries import figure
from hocvuso.measure.rules import Ask
from hocvuso.places.models import Level, Share, Succession, Unit
from tests.make.evidence import fact
from tests.make.measure import merge
from tests.make.people import person
from tests.make.places import Country, unit
from tests.measure.test_change import tells

pytestmark = [pytest.mark.django_db, pytest.mark.both]
TODAY = dt.date(2025, 10, 17)


class Builds:
    """Which builds a refresh ran."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.ran: list[str] = []
        monkeypatch.setattr(actions, "SMALL", 0)
        monkeypatch.setattr(actions, "HEAVY", 100.0)
        for name in ("build_whole", "build_change"):
            monkeypatch.setattr(engine, name, self._noting(name, getattr(engine, name)))

    def _noting(self, name: str, build: Callable[..., int]) -> Callable[..., int]:
        def noted(*args: Any, **more: Any) -> int:
            self.ran.append(name.removeprefix("build_"))
            return build(*args, **more)

        return noted

    def of(self, refresh: Callable[[], object]) -> list[str]:
        self.ran.clear()
        refresh()
        return list(self.ran)


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> Builds:
    return Builds(monkeypatch)


def cells(root: Path) -> list[Any]:
    told = tells(root / json.loads((root / "current.json").read_text())["snapshot"])
    return [told["cells"], told["weeks"]]


def cells_of_a_whole_build(settings: Any) -> list[Any]:
    """Of the same ledger, in another folder."""
    kept, settings.MEASURE_DIR = settings.MEASURE_DIR, Path(f"{settings.MEASURE_DIR}-whole")
    try:
        refresh_measure(whole=True)
        return cells(settings.MEASURE_DIR)
    finally:
        settings.MEASURE_DIR = kept


def reached(place: Unit) -> int | None:
    return figure(place, Ask("adult_reached"), on=TODAY).proven


def test_rows_late_rows_voids_and_merged_records_are_counted_as_changes(
    land: Country, measure_dir: Path, settings: Any, builds: Builds
) -> None:
    lan, minh, niê = (person(name, land.villages[number]) for number, name in enumerate(("Lan", "Minh", "Lan Niê")))
    first = fact(lan, "info_contact", on=dt.date(2025, 9, 9))
    assert builds.of(refresh_measure) == ["whole"]

    def meet_minh() -> None:
        fact(minh, "info_contact", on=dt.date(2025, 9, 20))

    def hear_late_of_lan() -> None:
        lan.unit = land.villages[3]  # where Lan lived then
        fact(lan, "info_contact", on=dt.date(2025, 8, 1))

    def take_back() -> None:
        void_evidence(first, by=":test", reason="nhầm")

    def meet_lan_as_another() -> None:
        fact(niê, "info_contact", on=dt.date(2025, 7, 20))

    def find_they_are_one() -> None:
        merge(niê, lan)

    def take_back_all() -> None:
        for row in Evidence.objects.filter(subject=minh.pk, voids=None):
            void_evidence(row, by=":test", reason="nhầm")

    counts = {
        meet_minh: 2,
        hear_late_of_lan: 2,
        take_back: 2,
        meet_lan_as_another: 3,
        find_they_are_one: 2,
        take_back_all: 1,
    }
    for step, count in counts.items():
        step()
        assert builds.of(refresh_measure) == ["change"], step
        assert reached(land.province) == count, step
        assert cells(measure_dir) == cells_of_a_whole_build(settings), step


def test_new_places_are_a_change_and_units_that_merge_are_counted_anew(
    land: Country, measure_dir: Path, settings: Any, builds: Builds
) -> None:
    old = unit("24377", "Xã Ea Ô cũ", Level.COMMUNE, "xã", land.province, valid_from=dt.date(2020, 1, 1))
    fact(person("Lan", old), "info_contact", on=dt.date(2025, 6, 20))
    refresh_measure()
    new = unit("24500", "Xã Mới", Level.COMMUNE, "xã", land.province)
    fact(person("Minh", new), "info_contact")
    assert builds.of(refresh_measure) == ["change"]
    assert (reached(old), reached(new), reached(land.ea_kar)) == (1, 1, 0)
    Unit.objects.filter(pk=old.pk).update(valid_to=dt.date(2025, 6, 30))
    Succession.objects.create(old=old, new=land.ea_kar, share=Share.WHOLE)
    assert builds.of(refresh_measure) == ["whole"]
    assert (reached(land.ea_kar), reached(land.province)) == (1, 2)
    assert cells(measure_dir) == cells_of_a_whole_build(settings)


def test_what_is_not_in_the_ledger_touches_no_cell(land: Country, measure_dir: Path, builds: Builds) -> None:
    fact(person("Lan", land.villages[0]), "info_contact")
    refresh_measure()
    before = cells(measure_dir)
    unit("24500", "Xã Mới", Level.COMMUNE, "xã", land.province)
    assert builds.of(refresh_measure) == ["change"]
    assert cells(measure_dir) == before


def test_many_changes_become_one(
    land: Country, measure_dir: Path, settings: Any, builds: Builds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "GENERATIONS", 3)
    people = [person(f"{number}", land.villages[number % 4]) for number in range(7)]
    rows = []
    for one in people:
        rows.append(fact(one, "info_contact", on=dt.date(2025, 9, 9)))
        if len(rows) == 4:
            void_evidence(rows[1], by=":test", reason="nhầm")
        refresh_measure()
        folder = measure_dir / json.loads((measure_dir / "current.json").read_text())["snapshot"]
        assert len(engine.generations(folder, "cells")) <= 4
        assert cells(measure_dir) == cells_of_a_whole_build(settings)
    assert reached(land.province) == 6


def test_changes_that_outweigh_the_whole_make_it_anew(
    land: Country, measure_dir: Path, builds: Builds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "HEAVY", 0.25)
    for number, expected in enumerate(["whole", "change", "whole"]):
        fact(person(f"{number}", land.villages[0]), "info_contact")
        assert builds.of(refresh_measure) == [expected], number


def test_a_change_that_fails_leaves_the_last_good_figures(
    land: Country, measure_dir: Path, builds: Builds, monkeypatch: pytest.MonkeyPatch
) -> None:
    fact(person("Lan", land.villages[0]), "info_contact")
    refresh_measure()
    fact(person("Minh", land.villages[0]), "info_contact")
    folders = sorted(measure_dir.glob("snapshot-*"))
    with monkeypatch.context() as broken:
        broken.setattr("hocvuso.measure.engine.change.save_cells", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            refresh_measure()
    assert (reached(land.province), sorted(measure_dir.glob("snapshot-*"))) == (1, folders)
    assert builds.of(refresh_measure) == ["change"]
    assert reached(land.province) == 2


def test_a_check_finds_what_a_change_left_wrong_and_puts_the_whole_in_force(
    land: Country, measure_dir: Path, builds: Builds
) -> None:
    fact(person("Lan", land.villages[0]), "info_contact")
    refresh_measure()
    assert check_measure() is None  # nothing was kept up
    fact(person("Minh", land.villages[0]), "info_contact")
    assert builds.of(refresh_measure) == ["change"]
    assert (check_measure(), reached(land.province)) == (0, 2)
    fact(person("Hoa", land.villages[0]), "info_contact")
    refresh_measure()
    double_what_changed(measure_dir)
    assert reached(land.province) == 4
    assert (check_measure(), reached(land.province)) == (4, 3)


def double_what_changed(measure_dir: Path) -> None:
    """As if a change had counted everything twice: the cells of the village, the commune, the province and the nation."""
    current = json.loads((measure_dir / "current.json").read_text())
    file = measure_dir / current["snapshot"] / "cells-001-000.parquet"
    with engine.connect() as connection:
        engine.copy(connection, f"SELECT * REPLACE (2 * n AS n) FROM '{file}'", to=file)
    current["files"][file.name] = file.stat().st_size
    (measure_dir / "current.json").write_text(json.dumps(current))


def test_figures_are_checked_in_one_hour_of_the_night(
    land: Country, measure_dir: Path, builds: Builds, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("Lan", "Minh"):
        fact(person(name, land.villages[0]), "info_contact")
        refresh_measure()
    for hour, checked in ((1, False), (2, True), (2, False)):
        night = dt.datetime(2025, 10, 18, hour, 30, tzinfo=timezone.get_default_timezone())
        monkeypatch.setattr("hocvuso.measure.jobs.clock.real_now", lambda night=night: night)
        assert check_figures() is checked
