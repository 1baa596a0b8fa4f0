"""Tables while bad data is planted in them, and the answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from hocvuso.measure.flags.material import (
    Material,
    Stated,
)
from hocvuso.measure.flags.rules import weeks_of

WEEK = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Planted:
    """The answer to one piece of bad data: what it is and where. `others` are places that belong to it as well."""

    kind: str
    place: str
    metric: str = ""
    subject: str = ""
    weeks: tuple[dt.date, dt.date] | None = None
    others: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        told = asdict(self)
        told["weeks"] = [day.isoformat() for day in self.weeks] if self.weeks else []
        return told


@dataclass(slots=True)
class Draft:
    """Tables while something is planted in them. `free` are the communes nothing was planted in yet."""

    material: Material
    tables: dict[str, list[Any]]
    free: list[str]
    only_stated: bool = False  # leave alone what is proven: there are persons behind it
    answers: list[Planted] = field(default_factory=list)

    def declared(self, place: str, metric: str) -> list[Stated]:
        """As it stands now, oldest first."""
        rows = [r for r in self.tables["stated"] if r.place == place and r.metric == metric and r.grade == "declared"]
        return sorted(rows, key=lambda row: row.on)

    def restate(self, old: Sequence[Stated], new: Sequence[Stated]) -> None:
        changed = dict(zip(old, new, strict=True))
        self.tables["stated"] = [changed.get(row, row) for row in self.tables["stated"]]

    def take(self, fits: Callable[[str], bool] = lambda place: True) -> str | None:
        """The next free commune that fits; it is free no longer."""
        for place in self.free:
            if fits(place):
                self.free.remove(place)
                return place
        return None

    def people(self, place: str, metric: str) -> int:
        points = self.material.proven.get((place, metric), [])
        return points[-1][1] if points else 0

    def answer(self, kind: str, place: str, first: dt.date, last: dt.date, **more: Any) -> None:
        self.answers.append(Planted(kind, place, weeks=weeks_of(first, last), **more))
