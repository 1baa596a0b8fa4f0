"""A good practice: told, recognised by the level above, taken up by others; and who sees it."""

from __future__ import annotations

import pytest

from hocvuso.lib.errors import BadInput, Refused
from hocvuso.messages.queries import notices_of
from hocvuso.people.models import RoleKind
from hocvuso.places.models import Place
from hocvuso.plans.models import Plan
from hocvuso.practices.actions import judge_practice, take_up_practice, tell_practice
from hocvuso.practices.models import Practice, PracticeStep
from hocvuso.practices.queries import practice_now, practices_between, practices_now, visible_practices
from hocvuso.practices.rules import Model, Step, standing_of
from tests.make.people import BY, TODAY, account
from tests.make.places import Country
from tests.make.plans import plan

pytestmark = pytest.mark.django_db


def told(on: Plan, place: Place, title: str = "Lớp học ở chợ phiên") -> Practice:
    return tell_practice(
        on, place=place, model=Model.DIGITAL_MARKET, title=title, how="Mỗi phiên chợ mở một bàn.", effect="120 tiểu thương có mã QR.",
        by=BY,        today=TODAY,
    )  # fmt: skip


def test_what_the_level_above_said_last_counts() -> None:
    assert standing_of([]) is None
    assert standing_of(["taken_up"]) is None
    assert standing_of(["not_yet", "recognised", "taken_up"]) is Step.RECOGNISED
    assert standing_of(["recognised", "not_yet"]) is Step.NOT_YET


def test_a_neighbour_sees_it_once_it_is_recognised_and_takes_it_up_once(land: Country) -> None:
    binh = account("binh", RoleKind.PROVINCE_OFFICER, land.province)
    hoa = account("hoa", RoleKind.COMMUNE_OFFICER, land.ea_kar)
    made = told(plan(), land.ea_kar)
    assert [one.kind for one in notices_of(binh)] == ["practice"]
    assert not visible_practices(land.ea_knop).exists()
    with pytest.raises(Refused):
        judge_practice(made, recognised=True, note="tự khen", place=land.ea_kar, by=BY, today=TODAY)
    judge_practice(made, recognised=True, note="QĐ 3/QĐ-UBND ngày 1/10/2025", place=land.province, by=BY, today=TODAY)
    assert list(visible_practices(land.ea_knop)) == list(visible_practices(land.department)) == [made]
    take_up_practice(made, place=land.ea_knop, note="Mở ở chợ xã", by=BY, today=TODAY)
    for place in (land.ea_knop, land.ea_kar, land.nation):
        with pytest.raises(Refused):
            take_up_practice(made, place=place, note="nữa", by=BY, today=TODAY)
    now = practice_now(made)
    assert (now.standing, now.taken_up_by) == (Step.RECOGNISED, ["Xã Ea Knốp"])
    assert practices_now(visible_practices(land.province))[0].taken_up_by == ["Xã Ea Knốp"]
    assert len(notices_of(hoa)) == 2
    judge_practice(made, recognised=False, note="Quyết định bị hủy", place=land.province, by=BY, today=TODAY)
    assert not visible_practices(land.department).exists()
    assert list(visible_practices(land.ea_kar)) == list(visible_practices(land.ea_knop)) == [made]


def test_a_report_finds_what_was_told_in_its_days_and_half_a_practice_is_refused(land: Country) -> None:
    on = plan()
    made = told(on, land.villages[0])
    assert list(practices_between(land.ea_kar, first=TODAY, last=TODAY)) == [made]
    assert not practices_between(land.ea_knop, first=TODAY, last=TODAY).exists()
    with pytest.raises(BadInput):
        told(on, land.ea_kar, title=" ")
    with pytest.raises(BadInput):
        told(on, land.ea_kar, title="Cách làm của 012345678901")
    with pytest.raises(Refused):
        told(on, land.nation)
    with pytest.raises(BadInput):
        judge_practice(made, recognised=False, note="", place=land.ea_kar, by=BY, today=TODAY)
    assert (Practice.objects.count(), PracticeStep.objects.count()) == (1, 0)
