"""The page of notices, the count beside its name in the menu, and how an official wants to hear of them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hocvuso.messages.models import Notice, NoticePreference
from hocvuso.people.models import Account, RoleKind
from tests.make.messages import notice
from tests.make.people import account, signed_in
from tests.make.places import Country

pytestmark = pytest.mark.django_db
LIST, WAYS, RIGHTS = reverse("notice_list"), reverse("notice_ways"), reverse("my_rights")


@pytest.fixture
def hoa(land: Country) -> Account:
    return account("hoa", RoleKind.COMMUNE_OFFICER, land.ea_kar)


@pytest.fixture
def desk(hoa: Account) -> Client:
    return signed_in(hoa)


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_what_is_unread_comes_first_and_the_menu_counts_it(desk: Client, hoa: Account) -> None:
    assert "Chưa có thông báo nào" in text_of(desk.get(LIST))
    assert "chưa đọc" not in text_of(desk.get(RIGHTS))
    first, second = notice(hoa, "Việc cũ"), notice(hoa, "Việc mới")
    desk.post(reverse("read_notice", args=[second.pk]))
    page = text_of(desk.get(LIST))
    assert page.index("Việc cũ") < page.index("Việc mới")
    assert re.search(r'class="count">1<span class="visually-hidden"> chưa đọc', text_of(desk.get(RIGHTS)))
    assert Notice.objects.get(pk=first.pk).read_at is None


def test_opening_a_notice_reads_it_and_leads_to_its_page(desk: Client, hoa: Account) -> None:
    made = notice(hoa, page=RIGHTS)
    assert desk.get(reverse("notice", args=[made.pk])).headers["Location"] == RIGHTS
    assert Notice.objects.get().read_at is not None


def test_nobody_opens_or_reads_a_strangers_notice(desk: Client, land: Country) -> None:
    made = notice(account("tuan", RoleKind.COMMUNE_OFFICER, land.ea_knop), page=RIGHTS)
    assert desk.get(reverse("notice", args=[made.pk])).status_code == 404
    assert desk.post(reverse("read_notice", args=[made.pk])).status_code == 404
    desk.post(reverse("read_notices"), {"den": str(made.pk), "loai": ""})
    assert Notice.objects.get().read_at is None


def test_reading_all_leaves_what_came_after_the_page_was_drawn(desk: Client, hoa: Account) -> None:
    seen = notice(hoa, "Đã thấy")
    notice(hoa, "Đã thấy, loại khác", kind="task")
    later = notice(hoa, "Đến sau")
    desk.post(reverse("read_notices"), {"den": str(seen.pk), "loai": ""})
    assert set(Notice.objects.filter(read_at=None).values_list("subject", flat=True)) == {
        "Đã thấy, loại khác",
        "Đến sau",
    }
    desk.post(reverse("read_notices"), {"den": str(later.pk), "loai": "task"})
    assert list(Notice.objects.filter(read_at=None)) == [later]
    assert desk.post(reverse("read_notices"), {"den": "²", "loai": ""}).status_code == 400


def test_one_kind_is_listed_alone_and_a_long_list_has_pages(desk: Client, hoa: Account) -> None:
    for n in range(27):
        notice(hoa, f"Báo cáo số {n}.", key=str(n))
    notice(hoa, "Nhiệm vụ chậm", kind="task")
    assert "Trang 1/2" in text_of(desk.get(LIST))
    page = text_of(desk.get(LIST, {"loai": "task"}))
    assert "Nhiệm vụ chậm" in page
    assert "Báo cáo số" not in page
    assert "1 thông báo chưa đọc" in page
    assert "Trang 1/2" in text_of(desk.get(LIST, {"loai": "khong-co"}))


def test_a_board_that_was_seen_is_drawn_again_once_something_is_unread(
    office: dict[str, Account], land: Country
) -> None:
    desk, board = signed_in(office["hoa"]), reverse("board", args=["24373"])
    mark = desk.get(board).headers["ETag"]
    assert desk.get(board, headers={"If-None-Match": mark}).status_code == 304
    notice(office["hoa"])
    assert desk.get(board, headers={"If-None-Match": mark}).status_code == 200


def test_letters_need_a_tick_and_an_address_and_end_on_the_same_page(desk: Client, hoa: Account) -> None:
    assert not re.search(r'id="dong-y"[^>]* checked', text_of(desk.get(WAYS)))
    wanted = {"cach": "daily", "dia-chi": "hoa@daklak.example"}
    refused = desk.post(WAYS, wanted)
    assert refused.status_code == 400
    assert 'href="#dong-y"' in text_of(refused)
    assert 'value="hoa@daklak.example"' in text_of(refused)
    assert desk.post(WAYS, {**wanted, "dia-chi": "hoa@", "dong-y": "1"}).status_code == 400
    assert not NoticePreference.objects.exists()
    assert desk.post(WAYS, {**wanted, "dong-y": "1", "ngay": "1"}).status_code == 302
    assert desk.post(WAYS, {**wanted, "cach": "weekly"}).status_code == 302, "the same address needs no second tick"
    assert desk.post(WAYS, {**wanted, "dia-chi": "khac@daklak.example"}).status_code == 400, "another one does"
    hoa.refresh_from_db()
    assert (hoa.email, NoticePreference.objects.get().way) == ("hoa@daklak.example", "weekly")
    assert desk.post(WAYS, {"cach": "in_app", "dia-chi": hoa.email, "ngay": "1"}).status_code == 302
    hoa.refresh_from_db()
    assert (hoa.email, hoa.email_agreed_at, NoticePreference.objects.get().is_told_at_once) == ("", None, False)
    assert desk.post(WAYS, {"cach": "moi-phut"}).status_code == 400
