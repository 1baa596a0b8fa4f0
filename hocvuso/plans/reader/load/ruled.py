"""Ruled lines of a page to tables: where lines cross there is a grid, and a cell is what no line cuts.

Coordinates are those of PDF: x to the right, y upwards, in points.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass

from hocvuso.plans.reader.model import Cell

THIN, SHORT, NEAR = 2.5, 6.0, 3.0  # points


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    bottom: float
    right: float
    top: float

    @classmethod
    def of(cls, one: tuple[float, float], other: tuple[float, float]) -> Box:
        return cls(min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1]))

    @property
    def is_across(self) -> bool:
        return self.top - self.bottom <= THIN and self.right - self.left >= SHORT

    @property
    def is_upright(self) -> bool:
        return self.right - self.left <= THIN and self.top - self.bottom >= SHORT

    @property
    def is_rule(self) -> bool:
        return self.is_across or self.is_upright

    def touches(self, other: Box) -> bool:
        return (
            self.left - NEAR <= other.right
            and other.left - NEAR <= self.right
            and self.bottom - NEAR <= other.top
            and other.bottom - NEAR <= self.top
        )


@dataclass(frozen=True, slots=True)
class Ruled:
    """One table: its lines of division, and which cell (with its spans) covers each field of the grid."""

    xs: tuple[float, ...]  # from left to right
    ys: tuple[float, ...]  # from top to bottom
    cells: tuple[Cell, ...]
    owner: tuple[tuple[int, ...], ...]  # row → column → number of the cell

    @property
    def top(self) -> float:
        return self.ys[0]

    def holds(self, x: float, y: float) -> bool:
        return self.xs[0] <= x <= self.xs[-1] and self.ys[-1] <= y <= self.ys[0]

    def cell_at(self, x: float, y: float) -> int | None:
        if not self.holds(x, y):
            return None
        column = min(max(bisect.bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
        row = min(max(bisect.bisect_right([-at for at in self.ys], -y) - 1, 0), len(self.ys) - 2)
        return self.owner[row][column]


def ruled_tables(rules: Sequence[Box]) -> list[Ruled]:
    """Lines that touch belong together; a group makes a table when it divides at least two columns and two fields."""
    found = []
    for group in _groups(rules):
        xs = _snapped([rule.left for rule in group if rule.is_upright])
        ys = _snapped([rule.bottom for rule in group if rule.is_across])[::-1]
        if len(xs) >= 3 and len(ys) >= 2:
            found.append(_table(group, xs, ys))
    return sorted(found, key=lambda table: -table.top)


def _groups(rules: Sequence[Box]) -> list[list[Box]]:
    groups: list[tuple[Box, list[Box]]] = []
    for rule in rules:
        touching = [group for group in groups if group[0].touches(rule) and any(rule.touches(own) for own in group[1])]
        members = [rule, *(own for group in touching for own in group[1])]
        outer = Box(
            min(own.left for own in members),
            min(own.bottom for own in members),
            max(own.right for own in members),
            max(own.top for own in members),
        )
        groups = [group for group in groups if group not in touching]
        groups.append((outer, members))
    return [members for _, members in groups]


def _snapped(values: Sequence[float]) -> list[float]:
    """Edges nearer than a line is thick are one edge."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > NEAR:
            found.append(value)
    return found


def _table(rules: Sequence[Box], xs: list[float], ys: list[float]) -> Ruled:
    rows, columns = len(ys) - 1, len(xs) - 1
    upright = [rule for rule in rules if rule.is_upright]
    across = [rule for rule in rules if rule.is_across]

    def walled(row: int, column: int) -> bool:
        """Is there a line between this field and its right neighbour?"""
        middle = (ys[row] + ys[row + 1]) / 2
        return any(abs(rule.left - xs[column + 1]) <= NEAR and rule.bottom <= middle <= rule.top for rule in upright)

    def floored(row: int, column: int) -> bool:
        middle = (xs[column] + xs[column + 1]) / 2
        return any(abs(rule.bottom - ys[row + 1]) <= NEAR and rule.left <= middle <= rule.right for rule in across)

    home = {(row, column): (row, column) for row in range(rows) for column in range(columns)}
    for row in range(rows):
        for column in range(columns):
            if column + 1 < columns and not walled(row, column):
                _join(home, (row, column), (row, column + 1))
            if row + 1 < rows and not floored(row, column):
                _join(home, (row, column), (row + 1, column))
    fields: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for field, root in home.items():
        fields.setdefault(root, []).append(field)
    cells, owner = [], [[0] * columns for _ in range(rows)]
    for number, members in enumerate(sorted(fields.values(), key=min)):
        top, left = min(row for row, _ in members), min(column for _, column in members)
        high = max(row for row, _ in members) - top + 1
        wide = max(column for _, column in members) - left + 1
        cells.append(Cell("", top, left, high, wide))
        for row, column in members:
            owner[row][column] = number
    return Ruled(tuple(xs), tuple(ys), tuple(cells), tuple(tuple(row) for row in owner))


def _join(home: dict[tuple[int, int], tuple[int, int]], one: tuple[int, int], other: tuple[int, int]) -> None:
    old, new = home[other], home[one]
    if old == new:
        return
    for field, root in home.items():
        if root == old:
            home[field] = new
