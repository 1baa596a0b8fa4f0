"""Refreshing: what is new is measured, what is not is left alone, and whatever goes wrong the last good figures stay."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hocvuso.evidence.actions import void_evidence
from hocvuso.evidence.models import Evidence
from hocvuso.evidence.queries import ledger_mark
from hocvuso.lib.ids import new_id
from hocvuso.measure import engine
from hocvuso.measure.actions import KEEP, refresh_measure
from hocvuso.measure.queries import current_snapshot, figure
from hocvuso.measure.rules import Ask
from hocvuso.places.models import Level, OrganisationKind, Unit
from hocvuso.places.rules import Group
from tests.make.evidence import fact
from tests.make.measure import merge, stated
from tests.make.people import person
from tests.make.places import Country, organisation, population, unit

TODAY = dt.date(2025, 10, 17)
pytestmark = [pytest.mark.django_db, pytest.mark.both]


def reached(land: Country) -> int | None:
    return figure(land.province, Ask("adult_reached"), on=TODAY).proven


def reach(land: Country, *names: str) -> list[Evidence]:
    return [fact(person(name, land.villages[0]), "info_contact") for name in names]


def parts_of(root: Path) -> list[Path]:
    return sorted(path for path in (root / "parts").iterdir() if path.name != "book.parquet")


# --- what is new ---------------------------------------------------------------------------------------------------------


def test_the_second_refresh_does_nothing(land: Country, measure_dir: Path) -> None:
    reach(land, "Lan")
    assert refresh_measure() is True
    before = {path: path.stat().st_mtime_ns for path in measure_dir.rglob("*") if path.name != "build.lock"}
    assert refresh_measure() is False
    assert {path: path.stat().st_mtime_ns for path in measure_dir.rglob("*") if path.name != "build.lock"} == before


def test_a_new_row_is_picked_up_and_rows_exported_before_are_not_written_again(
    land: Country, measure_dir: Path
) -> None:
    reach(land, "Lan", "Minh", "Hoa")
    refresh_measure()
    (first,) = parts_of(measure_dir)
    written = first.stat().st_mtime_ns
    reach(land, "Tuấn")
    assert refresh_measure() is True
    assert reached(land) == 4
    assert (len(parts_of(measure_dir)), first.stat().st_mtime_ns) == (2, written)
    assert current_snapshot().mark == ledger_mark() == 4 + Evidence.objects.order_by("seq")[0].seq - 1


def test_parts_become_one_as_they_grow_alike(land: Country, measure_dir: Path) -> None:
    for number in range(9):
        reach(land, f"{number}")
        refresh_measure()
        assert (reached(land), len(parts_of(measure_dir)) <= 3) == (number + 1, True)


def test_a_row_and_its_void_leave_together_when_their_parts_become_one(land: Country, measure_dir: Path) -> None:
    lan, _ = reach(land, "Lan", "Minh")
    refresh_measure()
    void_evidence(lan, by=":test", reason="nhầm")
    refresh_measure()
    (part,) = parts_of(measure_dir)
    with engine.connect() as connection:
        assert connection.execute(f"SELECT count(*), count(voids) FROM '{part}'").fetchall() == [(1, 0)]
    assert reached(land) == 1
    reach(land, "Tuấn")
    refresh_measure()
    assert reached(land) == 2
    refresh_measure(whole=True)
    assert reached(land) == 2


SOMETHING_NEW: dict[str, Callable[[Country], Any]] = {
    "a population": lambda land: population(land.villages[0], Group.ADULTS, 5),
    "a stated count": lambda land: stated(land.ea_kar, "adult_reached", 5),
    "a unit": lambda land: unit("24500", "Xã Mới", Level.COMMUNE, "xã", land.province),
    "an organisation": lambda land: organisation("x", "X", OrganisationKind.SCHOOL, land.ea_kar, land.ea_kar, ""),
    "a merged person": lambda land: merge(person("Lan", land.villages[0]), person("Lan Niê", land.villages[0])),
    "a void": lambda land: void_evidence(Evidence.objects.all()[0], by=":test", reason="nhầm"),
    "a unit that ended": lambda land: Unit.objects.filter(pk=land.villages[3].pk).update(valid_to=dt.date(2025, 9, 30)),
}


@pytest.mark.parametrize("what", SOMETHING_NEW)
def test_whatever_a_figure_stands_on_makes_it_be_measured_again(land: Country, measure_dir: Path, what: str) -> None:
    reach(land, "Ai đó")
    refresh_measure()
    SOMETHING_NEW[what](land)
    assert refresh_measure() is True
    assert refresh_measure() is False


def test_a_changed_catalogue_is_measured_again(land: Country, measure_dir: Path, settings: Any, tmp_path: Path) -> None:
    refresh_measure()
    for name in ("metrics.yaml", "evidence_kinds.yaml"):
        (tmp_path / name).write_bytes((settings.DATA_DIR / name).read_bytes() + b"# one word more\n")
    settings.DATA_DIR = tmp_path
    assert refresh_measure() is True


def test_an_empty_ledger_has_figures_too(land: Country, measure_dir: Path) -> None:
    assert refresh_measure() is True
    assert (reached(land), current_snapshot().mark) == (None, 0)


# --- what goes wrong -----------------------------------------------------------------------------------------------------


def test_a_build_that_fails_leaves_the_last_good_figures_and_no_litter(
    land: Country, measure_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reach(land, "Lan")
    refresh_measure()
    good, snapshots = current_snapshot().name, len(list(measure_dir.glob("snapshot-*")))
    reach(land, "Minh")

    def break_off(folder: Path, *_: Any, **__: Any) -> int:
        (folder / "cells-001.parquet").write_bytes(b"PAR1 half")
        raise OSError("no space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(engine, "build_whole", break_off)
        broken.setattr(engine, "build_change", break_off)
        with pytest.raises(OSError, match="no space"):
            refresh_measure()
    assert (current_snapshot().name, reached(land)) == (good, 1)
    assert len(list(measure_dir.glob("snapshot-*"))) == snapshots
    assert refresh_measure() is True
    assert reached(land) == 2


def test_an_export_that_fails_loses_no_row(land: Country, measure_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reach(land, "Lan")
    refresh_measure()
    reach(land, "Minh")

    def break_off(*_: Any, **__: Any) -> int:
        raise OSError("no space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(engine, "write_part", break_off)
        with pytest.raises(OSError, match="no space"):
            refresh_measure()
    assert reached(land) == 1
    refresh_measure()
    assert reached(land) == 2


@pytest.mark.parametrize("damage", ["gone", "empty", "cut"])
def test_a_snapshot_lost_in_a_power_cut_is_made_again(land: Country, measure_dir: Path, damage: str) -> None:
    """`current.json` may reach the disk before what it names."""
    reach(land, "Lan")
    refresh_measure()
    name = json.loads((measure_dir / "current.json").read_text())["snapshot"]
    hurt(measure_dir / name / "cells-000-000.parquet", damage)
    assert refresh_measure() is True
    assert reached(land) == 1


@pytest.mark.parametrize("text", ["", "{", "[]", '{"snapshot": "snapshot-none"}'])
def test_an_unreadable_note_of_the_current_snapshot_is_written_again(
    land: Country, measure_dir: Path, text: str
) -> None:
    reach(land, "Lan")
    refresh_measure()
    (measure_dir / "current.json").write_text(text)
    assert refresh_measure() is True
    assert reached(land) == 1


@pytest.mark.parametrize(("which", "damage"), [(0, "gone"), (1, "gone"), (1, "cut"), (2, "empty")])
def test_a_part_that_was_lost_or_cut_is_exported_again(
    land: Country, measure_dir: Path, which: int, damage: str
) -> None:
    for many in (7, 3, 1):  # so unlike that they stay apart
        reach(land, *(f"{many}-{number}" for number in range(many)))
        refresh_measure()
    hurt(parts_of(measure_dir)[which], damage)
    reach(land, "Bình")
    refresh_measure()
    assert reached(land) == 12


def test_parts_of_another_database_and_litter_are_dropped(land: Country, measure_dir: Path) -> None:
    folder = measure_dir / "parts"
    folder.mkdir(parents=True)
    other = f"{str(new_id())[:13]}.000000000000.000000000009.{new_id().hex}.parquet"
    strangers = [folder / name for name in (other, "half.csv.tmp", "x.parquet")]
    for stranger in strangers:
        stranger.write_bytes(b"PAR1")
    reach(land, "Lan")
    refresh_measure()
    assert reached(land) == 1
    assert not any(stranger.exists() for stranger in strangers)


def test_a_ledger_restored_from_an_older_copy_is_exported_anew(land: Country, measure_dir: Path) -> None:
    """The copy ended earlier, and went on with other rows under the same numbers."""
    reach(land, "Lan", "Minh", "Tuấn")
    refresh_measure()
    (part,) = parts_of(measure_dir)
    rows = list(Evidence.objects.order_by("seq"))
    lost = new_id()
    with engine.connect() as connection:  # what was exported: the same first row, and two that the ledger does not know
        connection.execute(f"COPY (SELECT * FROM '{part}' WHERE seq = {rows[0].seq}) TO '{part}.new' (FORMAT parquet)")
    part.unlink()
    Path(f"{part}.new").rename(str(part).replace(rows[2].id.hex, lost.hex))
    reach(land, "Hoa")
    refresh_measure()
    assert reached(land) == 4


def test_a_ledger_shorter_than_what_was_exported_is_exported_anew(land: Country, measure_dir: Path) -> None:
    reach(land, "Lan")
    refresh_measure()
    (part,) = parts_of(measure_dir)
    ledger, fields, _, _, *rest = part.name.split(".")
    part.rename(part.with_name(".".join([ledger, fields, f"{0:012d}", f"{10**6:012d}", *rest])))
    reach(land, "Minh")
    refresh_measure()
    assert reached(land) == 2


def test_a_few_snapshots_stay_for_slow_readers_and_no_more(land: Country, measure_dir: Path) -> None:
    for number in range(KEEP + 2):
        reach(land, f"{number}")
        refresh_measure()
    kept = sorted(path.name for path in measure_dir.glob("snapshot-*"))
    assert len(kept) == KEEP
    assert kept[-1] == current_snapshot().name


def hurt(path: Path, damage: str) -> None:
    match damage:
        case "gone":
            path.unlink()
        case "empty":
            path.write_bytes(b"")
        case _:
            path.write_bytes(path.read_bytes()[:-9])
