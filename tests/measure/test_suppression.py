"""What is hidden cannot be computed again: checked by solving the equations, not by the rule itself."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from hocvuso.measure.suppression import SMALL, suppress, with_totals

tables = st.integers(1, 6).flatmap(
    lambda columns: st.lists(
        st.lists(st.one_of(st.integers(0, 9), st.integers(0, 3000)), min_size=columns, max_size=columns),
        min_size=1,
        max_size=6,
    )
)


def _can_be_computed(shown: list[list[int | None]]) -> set[tuple[int, int]]:
    """Hidden cells that the row and column sums determine: Gauss–Jordan over fractions, a pivot row with one unknown is a solution."""
    rows, columns = len(shown), len(shown[0])
    unknown = [(r, c) for r in range(rows) for c in range(columns) if shown[r][c] is None]
    lines = [[(r, c) for c in range(columns)] for r in range(rows)] + [
        [(r, c) for r in range(rows)] for c in range(columns)
    ]
    matrix = [[Fraction((-1 if cell == line[-1] else 1) if cell in line else 0) for cell in unknown] for line in lines]
    pivot = 0
    for column in range(len(unknown)):
        at = next((r for r in range(pivot, len(matrix)) if matrix[r][column]), None)
        if at is None:
            continue
        matrix[pivot], matrix[at] = matrix[at], matrix[pivot]
        matrix[pivot] = [value / matrix[pivot][column] for value in matrix[pivot]]
        for r in range(len(matrix)):
            if r != pivot and matrix[r][column]:
                matrix[r] = [a - matrix[r][column] * b for a, b in zip(matrix[r], matrix[pivot], strict=True)]
        pivot += 1
    solved = [[c for c, value in enumerate(row) if value] for row in matrix]
    return {unknown[row[0]] for row in solved if len(row) == 1}


@given(tables)
def test_no_small_number_is_shown_and_none_that_is_hidden_can_be_computed(counts: list[list[int]]) -> None:
    shown = suppress(counts)
    table = with_totals(counts)
    for r, row in enumerate(shown):
        for c, value in enumerate(row):
            assert value is None or value == table[r][c]
            assert value is None or value == 0 or value >= SMALL
    assert _can_be_computed(shown) == set()


@given(tables)
def test_what_is_hidden_beneath_a_total_comes_to_no_small_number(counts: list[list[int]]) -> None:
    shown, table = suppress(counts), with_totals(counts)
    for seen, true in [
        *zip(shown, table, strict=True),
        *zip(zip(*shown, strict=True), zip(*table, strict=True), strict=True),
    ]:
        beneath = [n for value, n in zip(seen[:-1], true[:-1], strict=True) if value is None]
        assert not beneath or seen[-1] is None or sum(beneath) >= SMALL


def test_large_numbers_are_left_alone() -> None:
    assert suppress([[10, 20], [30, 0]]) == [[10, 20, 30], [30, 0, 30], [40, 20, 60]]


def test_one_small_number_takes_three_others_with_it() -> None:
    shown = suppress([[3, 50, 60], [40, 55, 65], [100, 200, 300]])
    assert shown[0] == [None, None, 60, 113]
    assert sum(value is None for row in shown for value in row) == 4
    assert shown[3] == [143, 305, 425, 873]  # totals stay


def test_a_table_of_nothing_is_nothing() -> None:
    assert suppress([]) == []
    assert suppress([[]]) == []
    assert suppress([[0]]) == [[0, 0], [0, 0]]
