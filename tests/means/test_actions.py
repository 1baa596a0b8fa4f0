"""Money, gifts and signals as they are written down: what is refused changes nothing, what is wrong is voided and stays."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hocvuso.lib.errors import BadInput, Refused
from hocvuso.means.actions import (
    add_budget_line,
    note_signal,
    promise_contribution,
    receive_contribution,
    void_budget_line,
)
from hocvuso.means.models import BudgetLine, Contribution
from hocvuso.means.queries import budget_table, contributions, signals
from hocvuso.means.rules import Gift, Signal, Source, Stage
from hocvuso.places.models import Place
from hocvuso.plans.models import Plan
from tests.make.people import BY, TODAY
from tests.make.places import Country
from tests.make.plans import plan, task

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def money(on: Plan, place: Place, dong: int = 120_000_000, **more: Any) -> BudgetLine:
    told = {
        "task": on.tasks.get(),
        "year": 2025,
        "source": Source.PROVINCE,
        "stage": Stage.ALLOCATED,
        "document": "QĐ 12 ngày 1/8/2025",
    }
    return add_budget_line(on, place=place, dong=dong, by=BY, today=TODAY, **{**told, **more})


def test_money_of_a_commune_and_of_its_agencies_is_the_provinces_sum_and_a_void_takes_it_out(land: Country) -> None:
    on = plan(tasks=[task()])
    wrong = money(on, land.ea_kar)
    money(on, land.department, 30_000_000, task=None)
    money(on, land.school, 5_000_000, stage=Stage.PAID)
    assert budget_table(land.province, on, year=2025).total.sums == {
        Stage.ALLOCATED: 150_000_000,
        Stage.PAID: 5_000_000,
    }
    assert budget_table(land.ea_kar, on, year=2025).total.sums == {Stage.ALLOCATED: 120_000_000, Stage.PAID: 5_000_000}
    assert budget_table(land.ea_knop, on, year=2025).total.sums == {}
    void_budget_line(wrong, reason="ghi hai lần", by=BY, today=TODAY)
    assert budget_table(land.province, on, year=2025).total.sums == {Stage.ALLOCATED: 30_000_000, Stage.PAID: 5_000_000}
    with pytest.raises(Refused):
        void_budget_line(wrong, reason="lần nữa", by=BY, today=TODAY)
    assert BudgetLine.objects.count() == 4


@pytest.mark.parametrize(
    "wrong", [{"dong": 0}, {"dong": 10**14}, {"year": 2031}, {"document": " "}, {"note": "chi cho 012345678901"}]
)
def test_money_that_makes_no_sense_is_refused(land: Country, wrong: dict[str, Any]) -> None:
    on = plan(tasks=[task()])
    with pytest.raises(BadInput):
        money(on, land.ea_kar, **wrong)
    with pytest.raises(Refused):
        money(on, land.nation)
    assert not BudgetLine.objects.exists()


def test_a_gift_is_promised_and_then_comes_once(land: Country) -> None:
    on = plan()
    promise = promise_contribution(
        on, place=land.ea_kar, partner="Doanh nghiệp viễn thông", gift=Gift.LINES, what="Wi-Fi miễn phí", count=4,
        counted="điểm", by=BY, today=TODAY,
    )  # fmt: skip
    receive_contribution(promise, count=3, by=BY, today=TODAY)
    [seen] = contributions(land.province, on)
    assert (seen.count, seen.received.count) == (4, 3)
    with pytest.raises(Refused):
        receive_contribution(promise, by=BY, today=TODAY)
    uncounted = promise_contribution(
        on, place=land.ea_kar, partner="A", gift=Gift.DEVICES, what="Máy", count=9, by=BY, today=TODAY
    )
    assert receive_contribution(uncounted, by=BY, today=TODAY).count is None  # what was promised is not what came
    with pytest.raises(BadInput):
        promise_contribution(
            on, place=land.ea_kar, partner="A", gift=Gift.ROOMS, what="phòng", first=TODAY, last=dt.date(2025, 1, 1), by=BY, today=TODAY
        )  # fmt: skip
    assert Contribution.objects.count() == 4


def test_the_newest_word_on_a_villages_signal_counts_and_those_without_come_first(land: Country) -> None:
    note_signal(land.villages[0], Signal.NONE, by=BY, today=TODAY - dt.timedelta(days=3))
    note_signal(land.villages[1], Signal.NONE, by=BY, today=TODAY - dt.timedelta(days=2))
    note_signal(land.villages[0], Signal.GOOD, by=BY, today=TODAY)
    assert [(one.village, one.signal) for one in signals(land.ea_kar, on=TODAY)] == [
        (land.villages[1], Signal.NONE),
        (land.villages[0], Signal.GOOD),
    ]
    with pytest.raises(BadInput):
        note_signal(land.ea_kar, Signal.NONE, by=BY, today=TODAY)
