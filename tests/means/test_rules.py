"""Money in a table: both ways the same total, and what exceeds the step before is seen."""

from __future__ import annotations

from hocvuso.means.rules import Amount, Source, Stage, money_table

MONEY = [
    Amount("lop-hoc", Source.PROVINCE, Stage.ESTIMATED, 100),
    Amount("lop-hoc", Source.PROVINCE, Stage.ALLOCATED, 80),
    Amount("lop-hoc", Source.SOCIETY, Stage.ALLOCATED, 30),
    Amount("", Source.PROVINCE, Stage.PAID, 90),
]


def test_the_same_money_by_source_and_by_task_comes_to_the_same_total() -> None:
    table = money_table(MONEY, tasks=["lop-hoc", "khac"])
    for stage in Stage:
        total = table.total.sums.get(stage, 0)
        assert sum(row.sums.get(stage, 0) for row in table.by_source) == total
        assert sum(row.sums.get(stage, 0) for row in table.by_task) == total
    assert [row.name for row in table.by_task] == ["lop-hoc", ""]
    assert [row.name for row in table.by_source] == ["province", "society"]


def test_nothing_entered_is_no_zero() -> None:
    table = money_table(MONEY, tasks=["lop-hoc"])
    assert table.total.at(Stage.SETTLED) is None
    assert table.by_source[1].at(Stage.ESTIMATED) is None
    assert table.by_source[1].paid_share is None
    assert table.by_task[1].paid_share is None


def test_a_step_that_exceeds_the_one_before_is_named() -> None:
    table = money_table(MONEY, tasks=["lop-hoc"])
    assert table.by_source[0].over is Stage.PAID
    assert table.by_source[0].paid_share == 112.5
    assert table.by_source[1].over is None
    assert table.by_task[0].over is Stage.ALLOCATED
