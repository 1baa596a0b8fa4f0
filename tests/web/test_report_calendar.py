"""The list of reports by month and quarter, requests for ad hoc reports, the secret calendar address."""

from __future__ import annotations

import datetime as dt
import html
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hocvuso.messages.models import Notice
from hocvuso.people.models import Account
from hocvuso.plans.models import Duty
from hocvuso.reports.models import CalendarFeed, ReportRequest
from tests.make.people import signed_in
from tests.make.places import Country
from tests.make.plans import duty, plan
from tests.make.reports import taken_to, words

pytestmark = pytest.mark.django_db
LIST, REQUESTS, CALENDAR = reverse("report_list"), reverse("report_requests"), reverse("my_calendar")
ASKED = {
    "asked": "Còn thiếu máy ở đâu?",
    "due": "2025-10-24",
    "first": "2025-10-01",
    "last": "2025-10-17",
    "who": "all",
}


@pytest.fixture
def adhoc(office: dict[str, Account]) -> Duty:
    what = duty("dot-xuat", frequency="adhoc", borne_by="communes", title="Báo cáo khi gặp khó khăn")
    return plan(duties=[what], indicators=[], targets=[]).duties.get()


def text_of(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def dues(page: str) -> list[str]:
    return re.findall(r"Báo cáo \S+(?: \S+){0,6}? (\d\d/\d\d/2025) Đắk Lắk", page)


def test_a_month_and_a_quarter_show_their_days_and_lead_on(office: dict[str, Account]) -> None:
    client = signed_in(office["hoa"])
    october = text_of(client.get(LIST, {"xem": "thang"}))
    assert "Tháng 10/2025" in october
    assert dues(october) == ["03/10/2025", "10/10/2025", "17/10/2025", "24/10/2025"]
    november = client.get(LIST, {"xem": "thang", "tu": "2025-11"})
    assert dues(text_of(november)) == ["14/11/2025"]
    assert "tu=2025-12" in november.content.decode()
    fourth = text_of(client.get(LIST, {"xem": "quy", "tu": "2025-12"}))
    assert "Quý IV/2025" in fourth
    assert len(dues(fourth)) == 5
    assert "Không có báo cáo nào phải gửi trong kỳ này" in text_of(client.get(LIST, {"xem": "quy", "tu": "2026-01"}))
    for wrong in ("2025-13", "x", "1900-01"):
        assert client.get(LIST, {"xem": "thang", "tu": wrong}).status_code == 404


def test_a_warning_and_where_a_day_comes_from_are_said(office: dict[str, Account]) -> None:
    period = {"start": dt.date(2025, 4, 1), "end": dt.date(2026, 12, 31)}
    duties = [
        duty("quy", frequency="quarterly", borne_by="communes", day=15, before=True),
        duty("thang", frequency="monthly", borne_by="communes"),
    ]
    plan("dang", duties=duties, period=period, issuing_system="party", indicators=[], targets=[])
    page = text_of(signed_in(office["hoa"]).get(LIST, {"xem": "thang", "tu": "2025-12"}))
    assert "Chủ nhật 14/12/2025" in page
    assert "Lưu ý Từ ngày chốt số liệu 14/12/2025 đến ngày gửi không đủ 1 ngày làm việc" in page
    assert "thứ Ba 16/12/2025. Kế hoạch của cơ quan Đảng" in page
    assert "Thứ Bảy 20/12/2025" in page
    assert "Kế hoạch không ghi ngày gửi" in page


def test_the_province_asks_and_the_commune_finds_it_on_its_list(office: dict[str, Account], adhoc: Duty) -> None:
    binh, hoa = signed_in(office["binh"]), signed_in(office["hoa"])
    assert "Yêu cầu báo cáo đột xuất" in text_of(binh.get(LIST))
    address = f"{REQUESTS}?bao-cao=ke-hoach/dot-xuat"
    assert "Tất cả 2 nơi" in text_of(binh.get(address))
    assert binh.post(address, {**ASKED, "who": "some", "places": ["24373"]}).status_code == 302
    request = ReportRequest.objects.get()
    assert [row.place.code for row in request.places.all()] == ["24373"]
    assert Notice.objects.get().account == office["hoa"]
    page = text_of(hoa.get(LIST))
    assert "Yêu cầu: Còn thiếu máy ở đâu?" in page
    assert "Còn thiếu máy" not in text_of(signed_in(office["tuan"]).get(LIST))
    report = reverse("report", args=["ke-hoach", "dot-xuat", "24373", "2025-10-24"])
    assert "01/10/2025" in text_of(hoa.get(report))
    withdraw = f"{reverse('withdraw_report_request', args=[request.pk])}?noi=66"
    assert signed_in(office["dung"]).post(withdraw, {"reason": "Trùng."}).status_code == 404
    assert "Hãy ghi lý do" in text_of(binh.post(withdraw, {"reason": " "}, follow=True))
    assert "Đã rút: Trùng." in text_of(binh.post(withdraw, {"reason": "Trùng."}, follow=True))
    assert "Còn thiếu máy" not in text_of(hoa.get(LIST))


def test_a_request_that_cannot_be_sent_keeps_what_was_typed(office: dict[str, Account], adhoc: Duty) -> None:
    binh = signed_in(office["binh"])
    address = f"{REQUESTS}?bao-cao=ke-hoach/dot-xuat"
    for wrong, why in (
        ({"due": "2025-10-01"}, "đã qua"), ({"first": "mai"}, "Hãy ghi đủ các ngày"), ({"who": "some"}, "ít nhất một nơi"),
        ({"asked": ""}, "cần báo cáo điều gì"),
    ):  # fmt: skip
        answer = binh.post(address, {**ASKED, **wrong})
        assert why in text_of(answer, 400)
        assert 'value="2025-10-17"' in answer.content.decode()
    assert not ReportRequest.objects.exists()


def test_whoever_receives_no_reports_finds_no_page_to_ask_for_them(office: dict[str, Account], adhoc: Duty) -> None:
    for who in ("hoa", "mai", "ha"):
        assert signed_in(office[who]).get(REQUESTS).status_code == 404
    binh = signed_in(office["binh"])
    assert binh.get(REQUESTS, {"bao-cao": "dak-lak-100-ngay/v1-hang-tuan"}).status_code == 404
    assert binh.get(REQUESTS, {"noi": "24373"}).status_code == 404  # the commune's own name is not hers to use


def test_a_place_may_report_today_without_being_asked(office: dict[str, Account], adhoc: Duty) -> None:
    hoa = signed_in(office["hoa"])
    today = reverse("report", args=["ke-hoach", "dot-xuat", "24373", "2025-10-17"])
    assert today in hoa.get(LIST).content.decode()
    assert hoa.get(today).status_code == 200
    assert today not in signed_in(office["binh"]).get(LIST, {"noi": "24373"}).content.decode()


def test_the_calendar_address_is_shown_once_and_opens_the_accounts_days(
    office: dict[str, Account], settings: Any
) -> None:
    settings.PUBLIC_URL = "https://hocvuso.example"
    hoa = signed_in(office["hoa"])
    assert "chưa có địa chỉ lịch" in text_of(hoa.get(CALENDAR))
    (address,) = re.findall(r"https://hocvuso\.example(/lich/[\w-]+\.ics)", hoa.post(CALENDAR, {"tao": "1"}).content.decode())  # fmt: skip
    assert "/lich/" not in hoa.get(CALENDAR).content.decode().replace(CALENDAR, "")
    feed = Client().get(address)
    assert (feed.status_code, feed.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert feed.headers["Cache-Control"] == "private, no-store"
    lines = feed.content.replace(b"\r\n ", b"").decode()
    assert lines.count("SUMMARY:Báo cáo tuần") == 7
    assert "Xã Ea Kar" in lines
    assert not any(name in lines for name in ("Xã Ea Knốp", "Lan Niê"))
    hoa.post(CALENDAR, {"dung": "1"})
    assert Client().get(address).status_code == 404
    assert not CalendarFeed.objects.exists()


def test_what_was_sent_is_not_called_due_any_more(office: dict[str, Account], land: Country) -> None:
    hoa, what = signed_in(office["hoa"]), Duty.objects.select_related("plan__unit").get(key="v1-hang-tuan")
    pages = (reverse("report_list"), reverse("overview"), reverse("my_week"))
    due = "hạn hôm nay"
    before = [hoa.get(page).content.decode().count(due) for page in pages]
    assert all(before)
    words(what, land.ea_kar, steering="", practices="", difficulties="", proposals="", next_steps="")
    taken_to("sent", what, land.ea_kar)
    after = [hoa.get(page).content.decode() for page in pages]
    assert [page.count(due) for page in after] == [count - 1 for count in before]
    assert "đã gửi, chờ tiếp nhận" in after[0]
    assert "đã gửi, chờ tiếp nhận" in after[1]
