from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hocvuso.lib import clock
from tests.make.kept import kept
from tests.make.places import Country, country

FRIDAY = dt.date(2025, 10, 17)
# What takes long begins first, so that no worker is left alone with it at the end. The browser's home is made by the first of its files;
# what is measured meanwhile keeps the other worker from waiting for it.
LONG = ("tests/browser/test_accessibility.py", "tests/measure/", "tests/browser/", "tests/web/", "tests/connect/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(
        key=lambda item: next((turn for turn, name in enumerate(LONG) if item.nodeid.startswith(name)), len(LONG))
    )


@pytest.fixture(autouse=True)
def friday() -> Iterator[dt.date]:
    """The business day of every test: the demo's Friday."""
    with clock.standing_on(FRIDAY):
        yield FRIDAY


@pytest.fixture
def land(db: None) -> Country:
    return kept("land", country)


@pytest.fixture
def measure_dir(settings: Any, tmp_path: Path) -> Path:
    settings.MEASURE_DIR = tmp_path / "measure"
    return tmp_path / "measure"
