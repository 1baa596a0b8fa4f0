"""Sharing a target out: how much each part gets, and whether the parts make the whole. Pure.

A count is divided, and the parts add up to it exactly. A percentage is not divided: each part gets its own, and their mean, weighted by
headcount, may not fall short of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Part:
    """One place's part. No amount: nothing is asked of it."""

    code: str
    name: str
    headcount: int | None
    amount: float | None


class Wrong(StrEnum):
    OUT_OF_RANGE = "out_of_range"  # of one part: below nothing, or over a hundred percent
    NOT_WHOLE_NUMBER = "not_whole_number"  # of one part, or of the count that is to be divided
    TOO_MANY = "too_many"
    TOO_FEW = "too_few"
    MEAN_TOO_LOW = "mean_too_low"
    MEAN_TOO_HIGH = "mean_too_high"  # of a target of at most
    NO_HEADCOUNT = "no_headcount"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why parts do not make a whole: the places it lies with, or what they come to and how far off that is."""

    what: Wrong
    places: tuple[str, ...] = ()
    together: float = 0.0
    off_by: float = 0.0


@dataclass(frozen=True, slots=True)
class Balance:
    """The parts together, in the target's own measure; `None` where a headcount is missing and no mean can be made."""

    goal: float
    is_share: bool
    together: float | None

    @property
    def difference(self) -> float | None:
        """More (+) or less (-) than the goal; shares to the tenth of a point that people read."""
        if self.together is None:
            return None
        return round(self.together - self.goal, 1 if self.is_share else 0)


def by_headcount(goal: float, parts: Sequence[Part], *, is_share: bool) -> list[float] | Fault:
    """A percentage is the same for all. A count: each its proportion, whole, the rest to the largest remainders (Hare–Niemeyer).

    Of equal remainders the earlier place gets the rest, so that the same lists give the same parts.
    """
    if is_share:
        return [goal] * len(parts)
    if goal != int(goal):
        return Fault(Wrong.NOT_WHOLE_NUMBER)
    if without := _uncounted(parts):
        return Fault(Wrong.NO_HEADCOUNT, without)
    counts = [part.headcount or 0 for part in parts]
    people = sum(counts)
    if not people:
        return Fault(Wrong.NOBODY)
    exact = [Fraction(int(goal) * count, people) for count in counts]
    whole = [int(share) for share in exact]
    order = sorted(range(len(exact)), key=lambda at: (whole[at] - exact[at], at))
    for at in order[: int(goal) - sum(whole)]:
        whole[at] += 1
    return [float(part) for part in whole]


def balance(goal: float, parts: Sequence[Part], *, is_share: bool) -> Balance:
    """A place without an amount weighs with nothing: its people are in the whole as well."""
    amounts = [part.amount or 0.0 for part in parts]
    if not is_share:
        return Balance(goal, is_share, sum(amounts))
    if len(set(amounts)) == 1:  # the same for all needs no weights
        return Balance(goal, is_share, amounts[0])
    people = sum(part.headcount or 0 for part in parts)
    if _uncounted(parts) or not people:
        return Balance(goal, is_share, None)
    weighed = sum(amount * (part.headcount or 0) for amount, part in zip(amounts, parts, strict=True))
    return Balance(goal, is_share, weighed / people)


def fault_in(goal: float, parts: Sequence[Part], *, comparator: str, is_share: bool) -> Fault | None:
    """The first thing that keeps the parts from making the whole."""
    given = [(part.name, part.amount) for part in parts if part.amount is not None]
    if wild := tuple(name for name, amount in given if amount < 0 or (is_share and amount > 100)):
        return Fault(Wrong.OUT_OF_RANGE, wild)
    if broken := tuple(name for name, amount in given if not is_share and amount != int(amount)):
        return Fault(Wrong.NOT_WHOLE_NUMBER, broken)
    found = balance(goal, parts, is_share=is_share)
    if found.together is None or found.difference is None:
        return Fault(Wrong.NO_HEADCOUNT, without) if (without := _uncounted(parts)) else Fault(Wrong.NOBODY)
    more = found.difference
    if is_share:
        if comparator in {"<", "<="}:
            return Fault(Wrong.MEAN_TOO_HIGH, (), found.together, more) if more > 0 else None
        return Fault(Wrong.MEAN_TOO_LOW, (), found.together, -more) if more < 0 else None
    if more:
        return Fault(Wrong.TOO_MANY if more > 0 else Wrong.TOO_FEW, (), found.together, abs(more))
    return None


def _uncounted(parts: Sequence[Part]) -> tuple[str, ...]:
    return tuple(part.name for part in parts if part.headcount is None)


def read_amount(text: str, *, is_share: bool) -> float | None:
    """What a person typed: "1.250", "1250", "62,5", "62.5", "62,5 %"; nothing is nothing. Anything else is a `ValueError`."""
    typed = text.replace("\u00a0", " ").strip()
    if not typed:
        return None
    if is_share:
        if found := re.fullmatch(r"(\d{1,3}(?:[.,]\d{1,4})?) ?%?", typed, re.ASCII):
            return float(found[1].replace(",", "."))
    elif re.fullmatch(r"\d{1,9}|\d{1,3}(\.\d{3}){1,2}", typed, re.ASCII):
        return float(typed.replace(".", ""))
    raise ValueError(typed)
