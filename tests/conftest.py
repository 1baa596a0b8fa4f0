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
