"""Difficulties and proposals in the office: raised, answered, passed on, merged; and who finds none of them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hocvuso.concerns.actions import answer_concern, merge_concerns
from hocvuso.concerns.models import Concern, ConcernState
from hocvuso.lib.ids import new_id
from hocvuso.messages.models import Notice
from hocvuso.people.models import Account
from tests.make.concerns import BY, TODAY, concern
from tests.make.fieldwork import village
from tests.make.people import signed_in
from tests.make.places import Country
from tests.web.test_language import in_english, left_over

pytestmark = pytest.mark.django_db
LIST, RAISE, THEMES, GROUPS = (
    reverse(n) for n in ("concern_list", "raise_concern", "concern_themes", "concern_groups")
)


def one_page(of: Concern) -> str:
    return reverse("concern", args=[of.pk])


def text(client: Client, address: str, **asked: str) -> str:
    return client.get(address, asked).content.decode()


def told(**more: str) -> dict[str, str]:
    return {
        "id": str(new_id()),
        "place": "24373",
        "kind": "difficulty",
        "theme": "song-mang",
        "text": "Sóng yếu.",
        **more,
    }


def test_an_officer_raises_a_difficulty_and_reads_who_answers_by_when(
    office: dict[str, Account], land: Country
) -> None:
    client, form = signed_in(office["hoa"]), told()
    for _twice in range(2):
        page = client.post(RAISE, form, follow=True).content.decode()
        assert "Đã gửi đến Sở Khoa học và Công nghệ, hạn trả lời 27/10/2025." in page
    made = Concern.objects.get()
    assert (made.place, made.account) == (land.ea_kar, office["hoa"])
    assert "Sóng yếu." in text(client, LIST, xem="da-neu")
    assert "Sóng yếu." in text(signed_in(office["dung"]), LIST)
    assert Notice.objects.get().page == one_page(made)


def test_a_difficulty_with_a_task_is_about_its_plan(office: dict[str, Account]) -> None:
    client, key = signed_in(office["hoa"]), "dak-lak-100-ngay/iii-2-1-ban-chi-dao-va-to"
    assert "Về nhiệm vụ" in text(client, RAISE, task=key)
    client.post(RAISE, told(task=key, to="66"))
    made = Concern.objects.get()
    assert made.task is not None
    assert made.plan == made.task.plan
    assert made.addressee.code == "66"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"text": " "}, "Hãy ghi nội dung."),
        ({"kind": ""}, "Hãy chọn khó khăn hay kiến nghị."),
        ({"theme": ""}, "Hãy chọn lĩnh vực."),
        ({"text": "Ông A, 012345678901"}, "giống số định danh"),
        ({"text": "Gọi 0912 345 678"}, "số điện thoại"),
    ],
)
def test_a_form_with_a_fault_says_which_and_keeps_nothing(
    office: dict[str, Account], wrong: dict[str, str], says: str
) -> None:
    answer = signed_in(office["hoa"]).post(RAISE, told(**wrong))
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert not Concern.objects.exists()


def test_a_phone_number_is_kept_when_whoever_writes_says_so(office: dict[str, Account]) -> None:
    signed_in(office["hoa"]).post(RAISE, told(text="Gọi 0912 345 678", keep_phone="on"))
    assert Concern.objects.get().text == "Gọi 0912 345 678"


def test_the_addressee_answers_with_a_file_and_who_asked_asks_again(office: dict[str, Account], land: Country) -> None:
    one = concern(land.ea_kar)
    hoa, dung, page = signed_in(office["hoa"]), signed_in(office["dung"]), one_page(one)
    dung.post(page, {"what": "take_up"})
    file = SimpleUploadedFile("cong-van.pdf", b"%PDF-1.7 x")
    answer = dung.post(page, {"what": "answer", "answer-text": "Tháng 11 có trạm.", "answer-file": file}, follow=True)
    assert "Đã ghi." in answer.content.decode()
    seen = text(hoa, page)
    assert "Tháng 11 có trạm." in seen
    step = one.steps.get(what="answered")
    assert step.attachment is not None
    address = reverse("concern_attachment", args=[one.pk, step.attachment.pk])
    assert address in seen
    got = hoa.get(address)
    assert b"".join(got.streaming_content) == b"%PDF-1.7 x"  # type: ignore[attr-defined]
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert signed_in(office["tuan"]).get(address).status_code == 404
    assert hoa.post(page, {"what": "reopen", "reopen-text": ""}).status_code == 400
    hoa.post(page, {"what": "reopen", "reopen-text": "Vẫn yếu."})
    hoa.post(page, {"what": "close", "close-text": ""})
    assert [step.what for step in one.steps.all()] == ["routed", "taken_up", "answered", "reopened", "closed"]


def test_a_bad_file_is_said_beside_the_form_and_nothing_is_answered(office: dict[str, Account], land: Country) -> None:
    one = concern(land.ea_kar)
    file = SimpleUploadedFile("virus.exe", b"MZ")
    answer = signed_in(office["dung"]).post(
        one_page(one), {"what": "answer", "answer-text": "Xem tệp.", "answer-file": file}
    )
    assert answer.status_code == 400
    assert "Chỉ nhận tệp PDF" in answer.content.decode()
    assert one.steps.count() == 1


def test_the_province_passes_it_on_but_does_not_answer_for_the_agency(
    office: dict[str, Account], land: Country
) -> None:
    one = concern(land.ea_kar)
    binh = signed_in(office["binh"])
    assert binh.post(one_page(one), {"what": "answer", "answer-text": "Đã rõ."}).status_code == 404
    assert binh.post(one_page(one), {"what": "pass_on", "pass_on-to": "o:24373-thpt"}).status_code == 400
    binh.post(one_page(one), {"what": "pass_on", "pass_on-to": "66", "pass_on-answer_by": "2025-10-20"})
    binh.post(one_page(one), {"what": "answer", "answer-text": "Đã rõ."})
    assert Concern.objects.get().state == ConcernState.ANSWERED


def test_a_stale_page_says_so(office: dict[str, Account], land: Country) -> None:
    one = concern(land.ea_kar)
    dung = signed_in(office["dung"])
    dung.post(one_page(one), {"what": "take_up"})
    assert "tải lại trang" in dung.post(one_page(one), {"what": "take_up"}, follow=True).content.decode()


def test_each_sees_the_own_place_what_lies_in_it_and_what_is_addressed_there(
    office: dict[str, Account], land: Country
) -> None:
    minh = village(land).minh
    rows = {
        "village": (concern(land.villages[0], person=minh, by=minh.actor), {"hoa", "binh", "ha"}),
        "school": (concern(land.school), {"hoa", "mai", "binh", "ha"}),
        "commune": (concern(land.ea_kar), {"hoa", "dung", "binh", "ha"}),
        "next door": (concern(land.ea_knop, theme="khac"), {"tuan", "binh", "ha"}),
        "department": (concern(land.department, theme="khac"), {"dung", "binh", "ha"}),
    }
    wrong = []
    for who in ("hoa", "binh", "tuan", "dung", "mai", "ha", "an"):
        client = signed_in(office[who])
        for what, (row, welcome) in rows.items():
            if (client.get(one_page(row)).status_code == 200) is not (who in welcome):
                wrong.append((who, what))
    assert wrong == []
    page = text(signed_in(office["binh"]), one_page(rows["village"][0]))
    assert minh.name not in page
    assert "thành viên tổ công nghệ số cộng đồng" in page
    # What a member raised, only that member closes; steering reads and does nothing.
    for who, key in (("hoa", "village"), ("ha", "commune")):
        assert (
            signed_in(office[who]).post(one_page(rows[key][0]), {"what": "close", "close-text": ""}).status_code == 404
        )


def test_similar_ones_are_merged_by_a_person_and_stand_as_one(office: dict[str, Account], land: Country) -> None:
    one, two = concern(land.ea_kar), concern(land.ea_knop, "Sóng điện thoại ở thôn xa yếu.")
    three = concern(land.ea_knop, "Chưa có máy chiếu.", theme="thiet-bi")
    binh, tuan = signed_in(office["binh"]), signed_in(office["tuan"])
    page = text(binh, GROUPS)
    assert str(two.pk) in page
    assert str(three.pk) not in page
    assert (
        "Hãy chọn ít nhất hai"
        in binh.post(GROUPS, {"kept": str(one.pk), "same": [str(one.pk)]}, follow=True).content.decode()
    )
    binh.post(GROUPS, {"kept": str(one.pk), "same": [str(one.pk), str(two.pk), "x"]})
    assert Concern.objects.get(pk=two.pk).merged_into == one
    answer_concern(one, at=land.department, text="Trạm mới tháng 11.", by=BY, today=TODAY)
    seen = text(tuan, one_page(two))
    assert "Trạm mới tháng 11." in seen
    assert one_page(one) not in seen  # the neighbour's page stays the neighbour's
    assert "Trạm mới tháng 11." in text(tuan, reverse("concern_table", args=["y-kien", "csv"]), xem="da-neu")
    binh.post(one_page(two), {"what": "separate"})
    assert Concern.objects.get(pk=two.pk).merged_into is None
    assert binh.post(GROUPS, {"kept": "x"}).status_code == 404
    assert tuan.post(GROUPS, {"kept": str(one.pk), "same": [str(two.pk)]}).status_code == 404


def test_the_overview_counts_by_theme_and_its_file_says_the_same(office: dict[str, Account], land: Country) -> None:
    merge_concerns(concern(land.ea_kar), [concern(land.ea_knop)], at=land.province, by=BY, today=TODAY)
    concern(land.villages[0], "Thiếu máy.", theme="thiet-bi")
    page = text(signed_in(office["binh"]), THEMES)
    assert "Sóng điện thoại, đường truyền mạng" in page
    rows = text(signed_in(office["binh"]), reverse("concern_table", args=["linh-vuc", "csv"])).splitlines()
    assert any(row.startswith('"Sóng điện thoại, đường truyền mạng",2,0,2,2,2025-10-17,0,0,2,0') for row in rows)
    assert "Thiếu" not in text(
        signed_in(office["tuan"]), reverse("concern_table", args=["y-kien", "csv"]), xem="tat-ca"
    )
    assert signed_in(office["binh"]).get(reverse("concern_table", args=["y-kien", "exe"])).status_code == 404


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, 2), ({"linh-vuc": "khac"}, 1), ({"loai": "proposal"}, 0), ({"tinh-trang": "waiting"}, 2), ({"han": "qua"}, 1),
        ({"tu": "2025-10-17"}, 1), ({"den": "2025-10-01", "linh-vuc": "nau-an", "tinh-trang": "x", "trang": "99"}, 1),
    ],
)  # fmt: skip
def test_the_list_is_filtered(office: dict[str, Account], land: Country, asked: dict[str, str], found: int) -> None:
    concern(land.ea_kar, on=dt.date(2025, 10, 1))
    concern(land.ea_kar, theme="khac")
    page = text(signed_in(office["hoa"]), LIST, xem="tat-ca", **asked)
    assert f"{found} ý kiến" in page


def test_what_is_said_and_done_is_english_for_who_chose_it(office: dict[str, Account], land: Country) -> None:
    one, two = concern(land.ea_kar), concern(land.ea_knop)
    merge_concerns(one, [two], at=land.province, by=BY, today=TODAY)
    concern(land.ea_kar), concern(land.ea_knop)  # for the page of those that are alike
    answer_concern(one, at=land.department, text="Đã rõ.", by=BY, today=TODAY)
    for who in ("binh", "tuan"):
        client = in_english(signed_in(office[who]))
        for address in (one_page(two), GROUPS, THEMES, f"{LIST}?xem=tat-ca"):
            assert left_over(client.get(address).content) == []
    refused = in_english(signed_in(office["hoa"])).post(RAISE, told(text="0912345678"))
    assert left_over(refused.content) == []
