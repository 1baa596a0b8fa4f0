"""Parts of a target: exact sums, weighted means, and what a person may type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hocvuso.plans.sharing import Fault, Part, Wrong, balance, by_headcount, fault_in, read_amount


def parts(*each: tuple[int | None, float | None]) -> list[Part]:
    return [Part(f"{n}", f"Xã {n}", headcount, amount) for n, (headcount, amount) in enumerate(each, start=1)]


def fault(
    goal: float, *each: tuple[int | None, float | None], comparator: str = "=", is_share: bool = False
) -> Fault | None:
    return fault_in(goal, parts(*each), comparator=comparator, is_share=is_share)


# --- by headcount ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("goal", "headcounts", "amounts"),
    [
        (100, [1, 1], [50, 50]),
        (100, [1, 1, 1], [34, 33, 33]),  # of equal remainders the earlier place gets the rest
        (5000, [31_760, 11_540, 8_412], [3071, 1116, 813]),
        (10, [7, 0, 3], [7, 0, 3]),
        (2, [1, 1, 1, 1], [1, 1, 0, 0]),
        (0, [5, 6], [0, 0]),
    ],
)
def test_a_count_is_divided_by_largest_remainders(goal: int, headcounts: list[int], amounts: list[int]) -> None:
    assert by_headcount(goal, parts(*((count, None) for count in headcounts)), is_share=False) == amounts


@given(
    goal=st.integers(0, 5_000_000),
    headcounts=st.lists(st.integers(0, 500_000), min_size=1, max_size=120).filter(any),
)
def test_the_parts_of_a_count_always_add_up_and_nobody_is_a_whole_person_off(goal: int, headcounts: list[int]) -> None:
    amounts = by_headcount(goal, parts(*((count, None) for count in headcounts)), is_share=False)
    assert isinstance(amounts, list)
    assert sum(amounts) == goal
    people = sum(headcounts)
    for amount, count in zip(amounts, headcounts, strict=True):
        assert abs(amount - goal * count / people) < 1
    assert fault(goal, *zip(headcounts, amounts, strict=True)) is None


def test_a_percentage_is_the_same_for_all_and_needs_no_headcount() -> None:
    assert by_headcount(60, parts((None, None), (10, None)), is_share=True) == [60, 60]


def test_without_a_headcount_a_count_is_not_divided_and_the_place_is_named() -> None:
    assert by_headcount(10, parts((5, None), (None, None)), is_share=False) == Fault(Wrong.NO_HEADCOUNT, ("Xã 2",))
    assert by_headcount(10, parts((0, None)), is_share=False) == Fault(Wrong.NOBODY)
    assert by_headcount(2.5, parts((5, None)), is_share=False) == Fault(Wrong.NOT_WHOLE_NUMBER)


# --- do the parts make the whole? ---------------------------------------------------------------------------------------


def test_counts_add_up_exactly_or_are_refused_with_the_difference() -> None:
    assert fault(100, (None, 60), (None, 40)) is None
    assert fault(100, (None, 60), (None, 39)) == Fault(Wrong.TOO_FEW, (), 99, 1)
    assert fault(100, (None, 60), (None, 45)) == Fault(Wrong.TOO_MANY, (), 105, 5)
    assert fault(100, (None, 100), (None, None)) is None  # nothing is asked of the second


def test_percentages_meet_the_mean_weighted_by_headcount() -> None:
    assert fault(60, (100, 70), (300, 56.7), is_share=True) is None  # 60.025
    assert fault(60, (100, 70), (300, 50), is_share=True) == Fault(Wrong.MEAN_TOO_LOW, (), 55, 5)
    assert fault(60, (100, 80), (300, 60), is_share=True) is None  # more than asked
    assert fault(60, (100, 60), (300, None), is_share=True) == Fault(
        Wrong.MEAN_TOO_LOW, (), 15, 45
    )  # left out, but there


def test_of_at_most_the_mean_may_not_be_higher() -> None:
    assert fault(30, (100, 20), (100, 40), comparator="<=", is_share=True) is None
    assert fault(30, (100, 20), (100, 42), comparator="<=", is_share=True) == Fault(Wrong.MEAN_TOO_HIGH, (), 31, 1)
    assert fault(30, (100, 20), (100, 20), comparator="<", is_share=True) is None


def test_the_same_percentage_for_all_needs_no_headcount_and_different_ones_do() -> None:
    assert fault(60, (None, 60), (None, 60), is_share=True) is None
    assert fault(60, (None, 70), (100, 60), is_share=True) == Fault(Wrong.NO_HEADCOUNT, ("Xã 1",))
    assert fault(60, (0, 70), (0, 60), is_share=True) == Fault(Wrong.NOBODY)
    assert balance(60, parts((None, 70), (100, 60)), is_share=True).difference is None


@pytest.mark.parametrize(
    ("amount", "is_share", "wrong"),
    [(101, True, Wrong.OUT_OF_RANGE), (-1, False, Wrong.OUT_OF_RANGE), (1.5, False, Wrong.NOT_WHOLE_NUMBER)],
)
def test_a_part_that_cannot_be_is_refused_by_name(amount: float, is_share: bool, wrong: Wrong) -> None:
    assert fault(100, (1, amount), (1, 50), is_share=is_share) == Fault(wrong, ("Xã 1",))


# --- what people type ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "is_share", "amount"),
    [
        ("", True, None), ("  ", False, None), ("62,5", True, 62.5), ("62.5", True, 62.5), ("62,5 %", True, 62.5), ("60\u00a0%", True, 60),
        ("100%", True, 100), ("0", True, 0), ("1.250", False, 1250), ("1250", False, 1250), (" 5.000.000 ", False, 5_000_000),
        ("0", False, 0),
    ],
)  # fmt: skip
def test_amounts_are_read_as_vietnam_writes_them(typed: str, is_share: bool, amount: float | None) -> None:
    assert read_amount(typed, is_share=is_share) == amount


@pytest.mark.parametrize(
    ("typed", "is_share"),
    [("sáu mươi", True), ("-5", True), ("1e3", False), ("12,5", False), ("1.25", False), ("1,250", False), ("٣", False), ("nan", True),
     ("60 người", False), ("1.0000", False)],
)  # fmt: skip
def test_what_can_be_read_in_two_ways_or_in_none_is_not_guessed(typed: str, is_share: bool) -> None:
    with pytest.raises(ValueError, match=".*"):
        read_amount(typed, is_share=is_share)
