"""An inspection from its opening to the last shortcoming remedied; who may say what, and who is told."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from hocvuso.inspection.actions import add_remark, open_round, take_step
from hocvuso.inspection.models import InspectionRemark, InspectionRound, InspectionStep
from hocvuso.inspection.queries import places_now, remark_now, round_counts, visible_rounds
from hocvuso.inspection.rules import Kind, State, is_overdue, may_follow, state_of
from hocvuso.lib.errors import BadInput, Refused
from hocvuso.messages.queries import notices_of
from hocvuso.people.models import RoleKind
from tests.make.people import BY, TODAY, account
from tests.make.places import Country
from tests.make.plans import plan

DUE = TODAY + dt.timedelta(days=14)


def test_a_shortcoming_goes_from_open_over_remedied_to_confirmed_or_back() -> None:
    assert state_of([]) is State.OPEN
    assert may_follow(State.OPEN, State.REMEDIED, inspects=False)
    assert not may_follow(State.OPEN, State.CONFIRMED, inspects=True)
    assert not may_follow(State.REMEDIED, State.CONFIRMED, inspects=False)
    assert may_follow(State.REMEDIED, State.SENT_BACK, inspects=True)
    assert may_follow(State.SENT_BACK, State.REMEDIED, inspects=False)
    assert not may_follow(State.CONFIRMED, State.REMEDIED, inspects=False)
    assert is_overdue(Kind.SHORTCOMING, State.SENT_BACK, TODAY, today=TODAY + dt.timedelta(days=1))
    assert not is_overdue(Kind.SHORTCOMING, State.REMEDIED, TODAY, today=TODAY + dt.timedelta(days=1))
    assert not is_overdue(Kind.STRENGTH, State.OPEN, None, today=TODAY)


def opened(land: Country, **more: Any) -> InspectionRound:
    told = {
        "unit": land.province, "title": "Kiểm tra giữa đợt", "document": "QĐ 90/QĐ-UBND ngày 1/10/2025", "members": "Sở KHCN, Công an tỉnh",
        "first": TODAY, "last": DUE, "places": [land.ea_kar, land.department],
    }  # fmt: skip
    return open_round(plan(), by=BY, today=TODAY, **{**told, **more})


@pytest.mark.django_db
@pytest.mark.both
def test_a_round_tells_whom_it_concerns_and_each_side_says_only_its_own(
    land: Country, tmp_path: Path, settings: Any
) -> None:
    settings.UPLOADS_DIR = tmp_path
    hoa = account("hoa", RoleKind.COMMUNE_OFFICER, land.ea_kar)
    binh = account("binh", RoleKind.PROVINCE_OFFICER, land.province)
    made = opened(land)
    at = made.places.get(unit=land.ea_kar)
    add_remark(at, kind=Kind.STRENGTH, text="Tổ hoạt động đều", due=None, by=BY, today=TODAY)
    found = add_remark(at, kind=Kind.SHORTCOMING, text="Danh sách lớp thiếu chữ ký", due=DUE, by=BY, today=TODAY)
    assert [one.kind for one in notices_of(hoa)] == ["inspection"] * 2
    with pytest.raises(Refused):
        take_step(found, State.CONFIRMED, text="đạt", inspects=True, by=BY, today=TODAY)
    with pytest.raises(BadInput):
        take_step(found, State.REMEDIED, text="xong", inspects=False, by=BY, today=TODAY, file=("a.exe", b"MZ"))
    assert not InspectionStep.objects.exists()
    take_step(
        found, State.REMEDIED, text="Đã bổ sung", inspects=False, by=BY, today=TODAY, file=("ds.pdf", b"%PDF-1.7 x")
    )
    assert [one.subject for one in notices_of(binh)] == ["Kiểm tra: Xã Ea Kar báo đã khắc phục"]
    take_step(found, State.SENT_BACK, text="Còn thiếu buổi 12/10", inspects=True, by=BY, today=TODAY)
    take_step(found, State.REMEDIED, text="Đã đủ", inspects=False, by=BY, today=TODAY)
    take_step(found, State.CONFIRMED, text="Đạt", inspects=True, by=BY, today=TODAY)
    assert [step.state for step in remark_now(found, today=TODAY).steps] == [
        "remedied",
        "sent_back",
        "remedied",
        "confirmed",
    ]
    with pytest.raises(Refused):
        take_step(found, State.REMEDIED, text="nữa", inspects=False, by=BY, today=TODAY)


@pytest.mark.django_db
def test_a_place_sees_of_a_round_what_concerns_it(land: Country) -> None:
    made = opened(land)
    late = add_remark(
        made.places.get(org=land.department), kind=Kind.SHORTCOMING, text="Chưa báo cáo", due=TODAY, by=BY, today=TODAY
    )
    tomorrow = TODAY + dt.timedelta(days=1)
    assert [one.inspected.place for one in places_now(made, land.province, today=TODAY)] == [
        land.ea_kar,
        land.department,
    ]
    assert [one.inspected.place for one in places_now(made, land.ea_kar, today=TODAY)] == [land.ea_kar]
    assert list(visible_rounds(land.ea_knop)) == []
    [count] = round_counts(visible_rounds(land.province), land.province, today=tomorrow)
    assert (count.places, count.open, count.overdue) == (2, 1, 1)
    assert remark_now(late, today=tomorrow).is_overdue


@pytest.mark.django_db
def test_a_round_or_a_remark_that_makes_no_sense_is_refused(land: Country) -> None:
    wrongs: list[dict[str, Any]] = [
        {"title": " "},
        {"document": ""},
        {"places": []},
        {"last": TODAY - dt.timedelta(days=1)},
        {"members": "ông Nam, 012345678901"},
    ]
    for wrong in wrongs:
        with pytest.raises(BadInput):
            opened(land, **wrong)
    for places in ([land.province], [land.nation]):
        with pytest.raises(Refused):
            opened(land, places=places)
    assert not InspectionRound.objects.exists()
    at = opened(land).places.get(unit=land.ea_kar)
    for due in (None, TODAY - dt.timedelta(days=1)):
        with pytest.raises(BadInput):
            add_remark(at, kind=Kind.SHORTCOMING, text="thiếu", due=due, by=BY, today=TODAY)
    with pytest.raises(BadInput):
        add_remark(at, kind=Kind.STRENGTH, text="bà Lan, 012345678901", due=None, by=BY, today=TODAY)
    assert not InspectionRemark.objects.exists()
