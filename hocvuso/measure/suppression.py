"""Small numbers hidden so that nobody can work them out again from what is left. Pure.

A table with its totals is a set of equations: each row and each column comes to its total. A number that is hidden can be computed
exactly when, drawn as an edge between its row and its column, it lies on no ring of hidden numbers. So numbers are hidden until every
hidden one lies on a ring; and where a total is shown, what is hidden beneath it comes to no small number either.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

SMALL = 5  # a published number from 1 to 4 could point at persons
Cell = tuple[int, int]
Table = list[list[int]]


def with_totals(counts: Sequence[Sequence[int]]) -> Table:
    """The table with one more column and one more row: the totals, and in the corner the total of all."""
    rows = [[*row, sum(row)] for row in counts]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def suppress(counts: Sequence[Sequence[int]]) -> list[list[int | None]]:
    """The table with its totals; `None` is hidden. What is negative (a correction) is hidden like what is small; a zero is shown."""
    if not counts or not counts[0]:
        return []
    table = with_totals(counts)
    hidden = {(r, c) for r, row in enumerate(table) for c, n in enumerate(row) if n and n < SMALL}
    while more := _still_to_hide(table, hidden):
        hidden |= more
    return [[None if (r, c) in hidden else n for c, n in enumerate(row)] for r, row in enumerate(table)]


def _still_to_hide(table: Table, hidden: set[Cell]) -> set[Cell]:
    """Some cells that must be hidden, too; none when all is well."""
    lonely = on_no_ring(hidden)
    if lonely:
        return _cheapest_ring(min(lonely), table, hidden)
    for line in _lines(table):
        *parts, total = line
        beneath = [cell for cell in parts if cell in hidden]
        if beneath and total not in hidden and _sum(beneath, table) < SMALL:
            shown = [cell for cell in parts if cell not in hidden]
            return {min(shown, key=lambda cell: _cost(cell, table), default=total)}
    return set()


def _lines(table: Table) -> Iterator[list[Cell]]:
    """Every row and every column, its total at the end."""
    rows, columns = range(len(table)), range(len(table[0]))
    yield from ([(r, c) for c in columns] for r in rows)
    yield from ([(r, c) for r in rows] for c in columns)


def on_no_ring(hidden: set[Cell]) -> set[Cell]:
    """Hidden cells that can be computed: the bridges of the graph of rows and columns (Tarjan 1974)."""
    beside: dict[tuple[str, int], list[tuple[str, int]]] = {}
    for row, column in hidden:
        beside.setdefault(("row", row), []).append(("column", column))
        beside.setdefault(("column", column), []).append(("row", row))
    met: dict[tuple[str, int], int] = {}
    lowest: dict[tuple[str, int], int] = {}
    bridges: set[Cell] = set()

    def visit(node: tuple[str, int], came: tuple[str, int] | None) -> None:
        met[node] = lowest[node] = len(met)
        for other in beside[node]:
            if other == came:
                continue
            if other in met:
                lowest[node] = min(lowest[node], met[other])
                continue
            visit(other, node)
            lowest[node] = min(lowest[node], lowest[other])
            if lowest[other] > met[node]:
                ends = dict((node, other))
                bridges.add((ends["row"], ends["column"]))

    for node in sorted(beside):
        if node not in met:
            visit(node, None)
    return bridges


def _cheapest_ring(cell: Cell, table: Table, hidden: set[Cell]) -> set[Cell]:
    """The three other corners of the rectangle that takes the least out of the table."""
    row, column = cell
    corners = (
        {(row, c), (r, column), (r, c)} - hidden
        for r in range(len(table))
        for c in range(len(table[0]))
        if r != row and c != column
    )
    return min(corners, key=lambda more: (sum(_cost(one, table) for one in more), sorted(more)))


def _cost(cell: Cell, table: Table) -> int:
    """What is lost by hiding it: totals last, and a nought rather than a number in the thousands."""
    row, column = cell
    is_total = row == len(table) - 1 or column == len(table[0]) - 1
    return abs(table[row][column]) + 1 + (10 * abs(table[-1][-1]) + 10 if is_total else 0)


def _sum(cells: Sequence[Cell], table: Table) -> int:
    return sum(table[r][c] for r, c in cells)
