"""Stages and sources of money, kinds of gifts, states of a signal; and what a table of money says. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

MOST_DONG = 10_000_000_000_000  # ten thousand billion: more is a slip of the finger


class Stage(StrEnum):
    """The way of public money (Luật Ngân sách nhà nước): asked for, given, paid, settled."""

    ESTIMATED = "estimated"
    ALLOCATED = "allocated"
    PAID = "paid"
    SETTLED = "settled"


class Source(StrEnum):
    """Where money comes from, as the plans name it: the levels of the budget, other lawful sources, what society gives."""

    CENTRAL = "central"
    PROVINCE = "province"
    COMMUNE = "commune"
    OTHER = "other"
    SOCIETY = "society"


class Gift(StrEnum):
    """What a partner gives in kind."""

    STAFF = "staff"
    ROOMS = "rooms"
    DEVICES = "devices"
    DISCOUNT = "discount"
    LINES = "lines"
    MATERIALS = "materials"


class Signal(StrEnum):
    NONE = "none"
    WEAK = "weak"
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class Amount:
    """One line of money that still counts. `task` is empty for what is given to the plan as a whole."""

    task: str
    source: Source
    stage: Stage
    dong: int


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """A task, or a source: its sums stage by stage, in đồng. `None`: nothing was entered, which is no zero."""

    name: str
    sums: dict[Stage, int]

    def at(self, stage: Stage) -> int | None:
        return self.sums.get(stage)

    @property
    def over(self) -> Stage | None:
        """The first stage that exceeds the one before it: allowed, and worth a look."""
        stages = list(Stage)
        for before, after in zip(stages, stages[1:], strict=False):
            if self.sums.get(after, 0) > self.sums.get(before, 0) and before in self.sums:
                return after
        return None

    @property
    def paid_share(self) -> float | None:
        """Percent of the allocated money that was paid; `None` where either was not entered."""
        given, paid = self.sums.get(Stage.ALLOCATED), self.sums.get(Stage.PAID)
        return None if paid is None or not given else 100 * paid / given


@dataclass(frozen=True, slots=True)
class MoneyTable:
    by_source: tuple[MoneyRow, ...]
    by_task: tuple[MoneyRow, ...]
    total: MoneyRow


def money_table(amounts: Iterable[Amount], *, tasks: Sequence[str]) -> MoneyTable:
    """The same money twice: by source and by task; `tasks` gives the order. Every stage adds up to the same total both ways."""
    listed = list(amounts)
    sources = tuple(_row(source, [one for one in listed if one.source is source]) for source in Source)
    names = [*tasks, ""]
    by_task = tuple(_row(name, [one for one in listed if one.task == name]) for name in names)
    return MoneyTable(
        tuple(row for row in sources if row.sums), tuple(row for row in by_task if row.sums), _row("", listed)
    )


def _row(name: str, amounts: Iterable[Amount]) -> MoneyRow:
    sums: dict[Stage, int] = {}
    for one in amounts:
        sums[one.stage] = sums.get(one.stage, 0) + one.dong
    return MoneyRow(name, sums)
