"""From a difficulty that is raised to an answer that reaches everybody who asked."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hocvuso.audit.models import Entry
from hocvuso.concerns.actions import (
    File,
    answer_concern,
    close_concern,
    merge_concerns,
    pass_on_concern,
    reopen_concern,
    separate_concern,
    take_up_concern,
)
from hocvuso.concerns.jobs import remind_of_concerns
from hocvuso.concerns.models import Concern, ConcernKind, ConcernState, ConcernStep
from hocvuso.concerns.queries import addressees, likely_same, theme_counts
from hocvuso.lib import clock
from hocvuso.lib.errors import BadInput, Refused, UnknownName
from hocvuso.lib.ids import new_id
from hocvuso.messages.models import Message, Notice
from hocvuso.people.models import Account, RoleKind
from hocvuso.places.models import OrganisationKind
from tests.make.concerns import BY, TODAY, concern
from tests.make.fieldwork import Village, village
from tests.make.people import account
from tests.make.places import Country, organisation
from tests.make.plans import plan, task

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2025, 10, 27)  # ten days after Friday


@pytest.fixture
def hoa(land: Country) -> Account:
    return account("hoa", RoleKind.COMMUNE_OFFICER, land.ea_kar)


@pytest.fixture
def binh(land: Country) -> Account:
    return account("binh", RoleKind.PROVINCE_OFFICER, land.province)


@pytest.fixture
def dung(land: Country) -> Account:
    return account("dung", RoleKind.DEPARTMENT_OFFICER, land.department)


@pytest.fixture
def home(land: Country) -> Village:
    return village(land)


def subjects(of: Account) -> list[str]:
    return list(Notice.objects.filter(account=of).order_by("pk").values_list("subject", flat=True))


def now(one: Concern) -> Concern:
    return Concern.objects.get(pk=one.pk)


# --- raised, and where it goes ---------------------------------------------------------------------------------------------


def test_what_a_commune_raises_goes_to_the_agency_of_its_theme_with_a_day(land: Country, dung: Account) -> None:
    one = concern(land.ea_kar)
    assert (one.addressee, one.answer_by, one.state) == (land.department, MONDAY, ConcernState.WAITING)
    assert subjects(dung) == ["Cần trả lời trước hết ngày 27/10/2025: khó khăn của Xã Ea Kar"]
    assert [(step.what, step.place) for step in one.steps.all()] == [("routed", land.department)]


def test_where_nobody_may_answer_at_the_agency_the_province_does(land: Country) -> None:
    assert concern(land.ea_kar).addressee == land.province
    assert concern(land.department, theme="khac").addressee == land.province
    assert concern(land.province).addressee == land.department  # above the province there is nobody to ask


def test_a_village_and_a_school_of_a_commune_ask_their_commune_first(land: Country, home: Village) -> None:
    assert concern(land.villages[0], person=home.minh, by=home.minh.actor).addressee == land.ea_kar
    assert concern(land.school, theme="hoc-sinh").addressee == land.ea_kar


def test_whoever_raises_it_may_choose_who_should_answer_among_those_who_can(land: Country) -> None:
    assert concern(land.ea_kar, to=land.department).addressee == land.department
    for wrong in (land.ea_knop, land.ea_kar, land.school, land.nation):
        with pytest.raises(Refused, match="không trả lời được"):
            concern(land.ea_kar, to=wrong)
    with pytest.raises(Refused, match="chưa có nơi nào ở trên"):
        concern(land.nation)
    assert addressees(land.villages[0], on=TODAY) == [land.ea_kar, land.province, land.department]


def test_a_form_sent_twice_raises_one_and_a_bad_one_raises_none(land: Country, dung: Account) -> None:
    key = new_id()
    assert concern(land.ea_kar, key=key) == concern(land.ea_kar, key=key)
    with pytest.raises(Refused, match="đã được dùng"):
        concern(land.ea_knop, key=key, by="other")
    for text, why in (("  ", "ghi nội dung"), ("số 012345678901", "12 chữ số"), ("a" * 2001, "2000 ký tự")):
        with pytest.raises(BadInput, match=why):
            concern(land.ea_kar, text)
    with pytest.raises(UnknownName):
        concern(land.ea_kar, theme="nau-an")
    assert (Concern.objects.count(), ConcernStep.objects.count(), len(subjects(dung))) == (1, 1, 1)


def test_a_plan_may_be_loaded_without_the_task_somebody_had_trouble_with(land: Country) -> None:
    made = plan(tasks=[task("viec", borne_by="communes")])
    one = concern(land.ea_kar, task=made.tasks.get())
    assert one.plan == made
    plan(tasks=[])
    assert (now(one).plan, now(one).task) == (made, None)


# --- answered --------------------------------------------------------------------------------------------------------------


@pytest.mark.both
def test_an_answer_reaches_the_office_that_asked_and_stays(land: Country, hoa: Account, dung: Account) -> None:
    one = concern(land.ea_kar)
    take_up_concern(one, at=land.department, by=BY, today=TODAY)
    assert now(one).state == ConcernState.TAKEN_UP
    file = File("cong-van.pdf", b"%PDF-1.7 cong van")
    step = answer_concern(one, at=land.department, text="Sẽ có trạm mới trong tháng 11.", by=BY, today=TODAY, file=file)
    assert now(one).state == ConcernState.ANSWERED
    assert step.attachment is not None
    assert subjects(hoa) == ["Sở Khoa học và Công nghệ đã trả lời: khó khăn của Xã Ea Kar"]
    assert Notice.objects.get(account=hoa).page == f"/dieu-hanh/kho-khan/{one.pk}/"
    close_concern(one, by=BY, today=TODAY)
    assert now(one).state == ConcernState.CLOSED
    verbs = Entry.objects.filter(object_type="concern").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["raise_concern", "take_up_concern", "answer_concern", "close_concern"]


def test_an_answer_reaches_the_member_of_the_team_without_a_link(land: Country, home: Village) -> None:
    one = concern(land.villages[0], person=home.minh, by=home.minh.actor)
    answer_concern(one, at=land.ea_kar, text="Xã đã đề nghị nhà mạng.", by=BY, today=TODAY)
    answer_concern(one, at=land.ea_kar, text="Xem https://vidu.vn", by=BY, today=TODAY)
    first, second = Message.objects.filter(person=home.minh).order_by("created_at")
    assert "Xã Ea Kar trả lời:\nXã đã đề nghị nhà mạng." in first.body
    assert "vidu" not in second.body  # what holds a link is read on the page
    assert "Khó khăn đã báo" in second.body


def test_only_the_place_it_is_addressed_to_answers(land: Country, binh: Account, dung: Account) -> None:
    one = concern(land.ea_kar)
    with pytest.raises(Refused, match="đã được chuyển đến Sở Khoa học"):
        answer_concern(one, at=land.province, text="Đã rõ.", by=BY, today=TODAY)
    pass_on_concern(
        one, at=land.department, to=land.province, by=BY, today=TODAY, answer_by=TODAY, text="Cần tỉnh quyết."
    )
    assert (now(one).addressee, now(one).answer_by) == (land.province, TODAY)
    assert subjects(binh) == ["Cần trả lời trước hết ngày 17/10/2025: khó khăn của Xã Ea Kar"]
    with pytest.raises(Refused, match="đã được chuyển đến Tỉnh Đắk Lắk"):  # a page that was open too long
        pass_on_concern(one, at=land.department, to=land.ea_kar, by=BY, today=TODAY)
    pass_on_concern(one, at=land.province, to=land.department, by=BY, today=TODAY)
    pass_on_concern(one, at=land.province, to=land.ea_kar, by=BY, today=TODAY)  # the province steers what lies in it
    for wrong in (land.ea_kar, land.ea_knop):
        with pytest.raises(Refused, match="Hãy chọn một nơi khác"):
            pass_on_concern(one, at=land.ea_kar, to=wrong, by=BY, today=TODAY)
    with pytest.raises(BadInput, match="Hạn trả lời"):
        pass_on_concern(one, at=land.ea_kar, to=land.province, by=BY, today=TODAY, answer_by=dt.date(2025, 10, 16))


def test_a_file_that_is_not_taken_leaves_no_answer(land: Country) -> None:
    one = concern(land.ea_kar)
    with pytest.raises(BadInput, match="Chỉ nhận tệp"):
        answer_concern(one, at=land.province, text="Đã rõ.", by=BY, today=TODAY, file=File("a.pdf", b"MZ"))
    assert now(one).state == ConcernState.WAITING
    assert one.steps.count() == 1


def test_who_is_not_content_asks_again_and_gets_a_new_day(land: Country, binh: Account) -> None:
    one = concern(land.ea_kar, on=dt.date(2025, 10, 1))
    answer_concern(one, at=land.province, text="Đã rõ.", by=BY, today=TODAY)
    with pytest.raises(BadInput):
        reopen_concern(one, text=" ", by=BY, today=TODAY)
    reopen_concern(one, text="Trạm vẫn chưa có.", by=BY, today=TODAY)
    assert (now(one).state, now(one).answer_by) == (ConcernState.WAITING, MONDAY)
    assert len(subjects(binh)) == 2
    with pytest.raises(Refused, match="tải lại trang"):
        reopen_concern(one, text="Lần nữa.", by=BY, today=TODAY)


# --- the same said by several ----------------------------------------------------------------------------------------------


@pytest.mark.both
def test_one_answer_reaches_everybody_who_asked_the_same(
    land: Country, home: Village, hoa: Account, binh: Account
) -> None:
    tuan = account("tuan", RoleKind.COMMUNE_OFFICER, land.ea_knop)
    member = concern(land.villages[0], "Sóng yếu ở buôn xa.", person=home.minh, by=home.minh.actor)
    kar, knop = concern(land.ea_kar), concern(land.ea_knop, "Ở thôn xa sóng điện thoại còn yếu.")
    other = concern(land.ea_knop, "Chưa có máy chiếu.", theme="thiet-bi")
    assert [[one.pk for one in group] for group in likely_same(land.province)] == [[member.pk, kar.pk, knop.pk]]
    merge_concerns(kar, [knop], at=land.province, by=BY, today=TODAY)
    merge_concerns(member, [kar], at=land.province, by=BY, today=TODAY)  # what was merged into it comes along
    assert [now(one).merged_into for one in (member, kar, knop, other)] == [None, member, member, None]
    answer_concern(member, at=land.ea_kar, text="Đã lắp trạm.", by=BY, today=TODAY)
    assert len(Message.objects.filter(person=home.minh)) == 1
    assert [subjects(of)[-1] for of in (hoa, tuan)] == [
        "Xã Ea Kar đã trả lời: khó khăn của Xã Ea Kar",
        "Xã Ea Kar đã trả lời: khó khăn của Xã Ea Knốp",
    ]


def test_what_is_merged_into_an_answered_one_has_its_answer_at_once(land: Country, hoa: Account) -> None:
    old = concern(land.ea_knop)
    answer_concern(old, at=land.province, text="Đã lắp trạm.", by=BY, today=TODAY)
    merge_concerns(old, [concern(land.ea_kar)], at=land.province, by=BY, today=TODAY)
    assert subjects(hoa) == ["Tỉnh Đắk Lắk đã trả lời: khó khăn của Xã Ea Kar"]


def test_what_is_not_the_same_or_not_ones_own_is_not_merged(land: Country) -> None:
    one, two = concern(land.ea_kar), concern(land.ea_knop)
    wish = concern(land.ea_kar, "Lắp thêm trạm.", kind=ConcernKind.PROPOSAL)
    of_commune = concern(land.villages[0])
    for others, at, why in (
        ([], land.province, "ít nhất hai"),
        ([one], land.province, "ít nhất hai"),
        ([wish], land.province, "không gộp vào nhau"),
        ([of_commune], land.ea_kar, "không thuộc phần trả lời"),
    ):
        with pytest.raises((BadInput, Refused), match=why):
            merge_concerns(one, others, at=at, by=BY, today=TODAY)
    merge_concerns(one, [two], at=land.province, by=BY, today=TODAY)
    for kept, others in ((two, [of_commune]), (of_commune, [two])):  # merged already
        with pytest.raises(Refused, match="tải lại trang"):
            merge_concerns(kept, others, at=land.province, by=BY, today=TODAY)


@pytest.mark.both
def test_closed_without_an_answer_is_not_counted_as_answered(land: Country) -> None:
    kept, other, shut, alone, again = (concern(land.ea_kar) for _each in range(5))
    told: dict[str, Any] = {"at": land.province, "text": "Trạm mới tháng 11.", "by": BY, "today": TODAY}
    merge_concerns(kept, [other, shut], at=land.province, by=BY, today=TODAY)
    close_concern(shut, by=BY, today=TODAY)
    (row,) = theme_counts(Concern.objects.all(), today=TODAY)
    assert (row.answered, row.closed, row.waiting) == (0, 1, 4)
    answer_concern(kept, **told)  # of all three that were merged
    close_concern(alone, by=BY, today=TODAY)
    answer_concern(again, **told)
    reopen_concern(again, text="Vẫn chưa có sóng.", by=BY, today=TODAY)
    (row,) = theme_counts(Concern.objects.all(), today=TODAY)
    assert (row.answered, row.closed, row.waiting) == (3, 1, 1)


def test_one_that_others_wait_for_stays_until_it_is_answered_and_each_may_leave_the_group(land: Country) -> None:
    one, two, three = concern(land.ea_kar), concern(land.ea_knop), concern(land.department)
    merge_concerns(one, [two, three], at=land.province, by=BY, today=TODAY)
    with pytest.raises(Refused, match="2 nơi chờ cùng một câu trả lời"):
        close_concern(one, by=BY, today=TODAY)
    reopen_concern(two, text="Chỗ chúng tôi là chuyện khác.", by=BY, today=TODAY)
    with pytest.raises(Refused, match="không nằm trong nhóm"):
        separate_concern(three, at=land.ea_kar, by=BY, today=TODAY)
    separate_concern(three, at=land.province, by=BY, today=TODAY)
    assert [(now(c).state, now(c).merged_into) for c in (two, three)] == [(ConcernState.WAITING, None)] * 2
    close_concern(one, by=BY, today=TODAY)


# --- reminded --------------------------------------------------------------------------------------------------------------


def test_who_must_answer_who_waits_and_who_keeps_an_eye_on_it_are_told_once(
    land: Country, hoa: Account, binh: Account, dung: Account, home: Village
) -> None:
    concern(land.ea_kar)
    concern(
        land.villages[0], person=home.minh, by=home.minh.actor
    )  # the commune answers; a member is not reminded by letters
    told = {}
    for day in (dt.date(2025, 10, 24), dt.date(2025, 10, 26), MONDAY, dt.date(2025, 10, 28), dt.date(2025, 10, 29)):
        with clock.standing_on(day):
            told[f"{day:%d/%m}"] = (remind_of_concerns(), remind_of_concerns())
    assert told == {"24/10": (0, 0), "26/10": (2, 0), "27/10": (0, 0), "28/10": (4, 0), "29/10": (0, 0)}
    late = "ngày 27/10/2025: khó khăn của"
    assert subjects(dung)[1:] == [
        "Sắp đến hạn trả lời (27/10): khó khăn của Xã Ea Kar",
        f"Quá hạn trả lời từ {late} Xã Ea Kar",
    ]
    assert subjects(hoa)[1:] == [
        "Sắp đến hạn trả lời (27/10): khó khăn của Thôn 1, Xã Ea Kar",
        "Chưa có trả lời dù đã đến hạn 27/10/2025: khó khăn của Xã Ea Kar",
        f"Quá hạn trả lời từ {late} Thôn 1, Xã Ea Kar",
    ]
    assert subjects(binh) == ["2 khó khăn, kiến nghị trong Tỉnh Đắk Lắk quá hạn trả lời"]


def test_another_agency_of_the_theme_is_found_by_its_name(land: Country) -> None:
    police = organisation("66-cong-an", "Công an tỉnh", OrganisationKind.AGENCY, land.ea_kar, land.province, "CAT")
    account("cong-an", RoleKind.DEPARTMENT_OFFICER, police)
    assert concern(land.ea_knop, theme="dinh-danh").addressee == police
