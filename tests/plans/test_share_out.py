"""Sharing a target out: kept whole or not at all, and what each place owes afterwards."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hocvuso.audit.models import Entry
from hocvuso.lib.errors import BadInput, Refused
from hocvuso.places.models import Place, Unit
from hocvuso.plans.actions import adopt_plan, share_out_target, take_back_target
from hocvuso.plans.models import Allotment, Target
from hocvuso.plans.planfile import PlanFile
from hocvuso.plans.queries import allotments_by, goals_of
from hocvuso.plans.sharing import Part
from tests.make.places import Country
from tests.make.plans import plan, plan_data, target

TODAY = dt.date(2025, 10, 17)
pytestmark = pytest.mark.django_db

Given = dict[Place, tuple[int | None, float | None]]


def asked(value: float = 60, unit: str = "%", **more: Any) -> Target:
    return (
        plan(targets=[target(value=value, unit=unit, **more)]).targets.select_related("plan__unit", "indicator").get()
    )


def share(what: Target, giver: Unit, given: Given, *, seen: int | None = None) -> list[Allotment]:
    parts = [(place, Part(place.code, place.name, count, amount)) for place, (count, amount) in given.items()]
    newest = next(iter(allotments_by(giver, what)), None)
    known = (newest.pk if newest else 0) if seen is None else seen
    return share_out_target(what, giver=giver, parts=parts, seen=known, by=":test", today=TODAY)


def goal(what: Target, place: Place) -> float | None:
    return goals_of([what], [place]).at(what, place)


def test_a_count_is_nobodys_until_it_is_shared_out_and_then_each_has_its_own(land: Country) -> None:
    what = asked(5000, "người")
    assert (goal(what, land.province), goal(what, land.ea_kar)) == (5000, None)
    share(what, land.province, {land.ea_kar: (None, 3000), land.ea_knop: (None, 2000)})
    assert (goal(what, land.ea_kar), goal(what, land.ea_knop), goal(what, land.villages[0])) == (3000, 2000, None)
    share(what, land.ea_kar, {land.villages[0]: (None, 1000), land.villages[1]: (None, 2000)})
    assert (goal(what, land.villages[0]), goal(what, land.province)) == (1000, 5000)


def test_a_percentage_holds_below_until_something_nearer_is_given(land: Country) -> None:
    what = asked(60)
    assert goal(what, land.villages[0]) == 60
    share(what, land.province, {land.ea_kar: (100, 70), land.ea_knop: (100, 50)})
    assert [goal(what, place) for place in (land.ea_kar, land.villages[0], land.villages[2])] == [70, 70, 50]
    share(what, land.ea_kar, {land.villages[0]: (50, 80), land.villages[1]: (50, 60)})
    assert [goal(what, place) for place in (land.villages[0], land.villages[1], land.ubnd)] == [80, 60, 70]
    # The department stands in Ea Kar but answers to the province.
    assert goal(what, land.department) == 60


@pytest.mark.parametrize(
    ("value", "unit", "given", "says"),
    [
        (5000, "người", (3000, 1999), "đang thiếu 1"),
        (5000, "người", (3000, 2500), "đang thừa 500"),
        (60, "%", (70, 40), "thấp hơn mức 60"),
        (60, "%", (160, 60), "từ 0 đến 100 %"),
        (5000, "người", (2500.5, 2499.5), "số nguyên"),
    ],
)
def test_parts_that_do_not_make_the_whole_are_refused_and_nothing_is_kept(
    land: Country, value: float, unit: str, given: tuple[float, float], says: str
) -> None:
    what = asked(value, unit)
    before = Entry.objects.count()
    with pytest.raises(BadInput, match=says):
        share(what, land.province, {land.ea_kar: (100, given[0]), land.ea_knop: (100, given[1])})
    assert (Allotment.objects.count(), Entry.objects.count()) == (0, before)


def test_only_what_changed_gets_a_new_row_and_the_earlier_one_stays(land: Country) -> None:
    what = asked(5000, "người")
    share(what, land.province, {land.ea_kar: (None, 3000), land.ea_knop: (None, 2000)})
    assert share(what, land.province, {land.ea_kar: (None, 3000), land.ea_knop: (None, 2000)}) == []
    share(what, land.province, {land.ea_kar: (None, 5000), land.ea_knop: (None, None)})
    told = [(row.place.code, row.amount) for row in allotments_by(land.province, what)]
    assert told == [("24400", None), ("24373", 5000), ("24400", 2000), ("24373", 3000)]
    assert goal(what, land.ea_knop) is None
    newest = Entry.objects.filter(verb="share_out_target").latest("pk")
    assert (newest.object_id, newest.fields) == ("ke-hoach/mot", ["24373", "24400"])


def test_who_is_not_among_the_parts_any_more_loses_its_own(land: Country) -> None:
    what = asked(60)
    share(what, land.province, {land.ea_kar: (100, 70), land.ea_knop: (100, 50)})
    share(what, land.province, {land.department: (10, 60), land.school: (10, 60)})
    assert (goal(what, land.ea_kar), goals_of([what], [land.ea_kar]).own(what, land.ea_kar)) == (60, None)


def test_two_who_share_out_at_once_do_not_overwrite_each_other(land: Country) -> None:
    what = asked(5000, "người")
    given: Given = {land.ea_kar: (None, 3000), land.ea_knop: (None, 2000)}
    share(what, land.province, given)
    with pytest.raises(Refused, match="Có người khác vừa chia lại"):
        share(what, land.province, {land.ea_kar: (None, 5000), land.ea_knop: (None, 0)}, seen=0)
    assert goal(what, land.ea_kar) == 3000


def test_what_was_not_given_cannot_be_passed_on(land: Country) -> None:
    with pytest.raises(Refused, match="chưa được giao cho Xã Ea Kar"):
        share(asked(5000, "người"), land.ea_kar, {land.villages[0]: (None, 5000)})


def test_a_target_of_each_commune_is_not_divided(land: Country) -> None:
    with pytest.raises(Refused, match="không cần chia"):
        share(asked(10, "hộ", scope="each_unit"), land.province, {land.ea_kar: (None, 10)})


def test_nobody_gives_to_a_neighbour_to_itself_or_what_another_has_given(land: Country) -> None:
    what = asked(60)
    for place in (land.villages[2], land.ea_kar, land.province):
        with pytest.raises(Refused, match="không nằm trong"):
            share(what, land.ea_kar, {place: (10, 60)})
    share(what, land.province, {land.school: (10, 60)})
    with pytest.raises(Refused, match="đã được Tỉnh Đắk Lắk giao"):
        share(what, land.ea_kar, {land.school: (10, 90)})


def test_what_was_given_can_be_taken_back_and_a_second_time_there_is_nothing(land: Country) -> None:
    what = asked(5000, "người")
    share(what, land.province, {land.ea_kar: (None, 3000), land.ea_knop: (None, 2000)})
    assert len(take_back_target(what, giver=land.province, by=":test", today=TODAY)) == 2
    assert goal(what, land.ea_kar) is None
    with pytest.raises(Refused, match="Chưa giao phần nào"):
        take_back_target(what, giver=land.province, by=":test", today=TODAY)
    assert Entry.objects.filter(verb="take_back_target").count() == 1


def test_a_plan_loaded_again_keeps_what_was_shared_out_and_may_not_drop_it(land: Country) -> None:
    what = asked(60)
    share(what, land.province, {land.ea_kar: (100, 70), land.ea_knop: (100, 50)})
    adopt_plan(PlanFile.model_validate(plan_data(targets=[target(value=60)])), by=":test", today=TODAY)
    assert goal(what, land.ea_kar) == 70
    with pytest.raises(Refused, match="phần đã giao"):
        adopt_plan(PlanFile.model_validate(plan_data(targets=[target("hai")])), by=":test", today=TODAY)


@pytest.mark.both
def test_rows_of_a_sharing_out_are_never_changed(land: Country) -> None:
    what = asked(60)
    share(what, land.province, {land.ea_kar: (100, 70), land.ea_knop: (100, 50)})
    with pytest.raises(Exception, match="append-only"):
        Allotment.objects.update(amount=1)
