"""Pages see the old figures until the new ones are open, and have been asked what pages ask."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hocvuso.lib import clock
from hocvuso.lib.errors import NotReady
from hocvuso.measure.actions import refresh_measure
from hocvuso.measure.queries import current_snapshot, figure, figures, snapshots
from hocvuso.measure.queries.figures import ask_again
from hocvuso.measure.queries.snapshots import PATIENCE, open_ahead
from hocvuso.measure.rules import Ask
from tests.make.evidence import fact
from tests.make.people import person
from tests.make.places import Country

TODAY = dt.date(2025, 10, 17)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    yield
    snapshots._is_followed = False


def reached(land: Country) -> int | None:
    return figure(land.province, Ask("adult_reached"), on=TODAY).proven


def reach(land: Country, name: str) -> None:
    fact(person(name, land.villages[0]), "info_contact")
    refresh_measure()


def test_the_old_snapshot_is_read_until_the_new_one_is_open(land: Country, measure_dir: Path) -> None:
    reach(land, "Lan")
    assert open_ahead(lambda: None)
    reach(land, "Minh")
    assert reached(land) == 1
    seen: list[int | None] = []
    assert open_ahead(lambda: seen.append(reached(land)))
    assert (seen, reached(land)) == ([2], 2)
    assert not open_ahead(lambda: seen.append(None))


def test_a_page_opens_the_new_snapshot_itself_where_nobody_did_for_long(land: Country, measure_dir: Path) -> None:
    reach(land, "Lan")
    open_ahead(lambda: None)
    reach(land, "Minh")
    current = measure_dir / "current.json"
    past = current.stat().st_mtime_ns - (PATIENCE + 1) * 10**9
    os.utime(current, ns=(past, past))
    assert reached(land) == 2


def test_refreshes_that_follow_each_other_do_not_keep_pages_on_the_old_one(
    land: Country, measure_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reach(land, "Lan")
    open_ahead(lambda: None)
    reach(land, "Minh")
    assert reached(land) == 1
    now = clock.real_now() + dt.timedelta(seconds=PATIENCE - 1)
    monkeypatch.setattr(clock, "real_now", lambda: now)
    reach(land, "An")
    stamp = int(now.timestamp() * 10**9)
    os.utime(measure_dir / "current.json", ns=(stamp, stamp))
    assert reached(land) == 1
    monkeypatch.setattr(clock, "real_now", lambda: now + dt.timedelta(seconds=2))
    assert reached(land) == 3


def test_a_snapshot_whose_files_are_gone_is_not_read(land: Country, measure_dir: Path) -> None:
    reach(land, "Lan")
    open_ahead(lambda: None)
    gone = current_snapshot().folder
    reach(land, "Minh")
    shutil.rmtree(gone)
    assert reached(land) == 2


def test_when_preparing_fails_pages_see_the_new_snapshot_all_the_same(
    land: Country, measure_dir: Path, caplog: pytest.LogCaptureFixture
) -> None:
    reach(land, "Lan")
    open_ahead(lambda: None)
    reach(land, "Minh")
    assert open_ahead(lambda: 1 / 0)
    assert reached(land) == 2
    assert "could not be asked ahead" in caplog.text


def test_what_pages_asked_of_the_old_snapshot_is_known_of_the_new_one(
    land: Country, measure_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reach(land, "Lan")
    open_ahead(lambda: None)
    asks = [Ask("adult_reached"), Ask("adult_guided")]
    figures([land.province, *land.villages], asks, on=TODAY)
    reach(land, "Minh")
    open_ahead(ask_again)
    monkeypatch.setattr(sys.modules["hocvuso.measure.queries.figures"], "_figures", None)
    assert figures([land.province, *land.villages], asks, on=TODAY)[land.province.code, asks[0]].proven == 2


def test_without_any_snapshot_there_is_nothing_to_open(measure_dir: Path) -> None:
    with pytest.raises(NotReady):
        open_ahead(lambda: None)
    with pytest.raises(NotReady):
        current_snapshot()
