"""Who may write and who may only read, how sessions end and sign-in fails, what a workplace learns of its people, and plain words."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from hocvuso.audit.models import Entry
from hocvuso.evidence.models import Evidence
from hocvuso.lib import clock
from hocvuso.measure.actions import refresh_measure
from hocvuso.people.models import Account, Person
from hocvuso.plans.models import Target
from hocvuso.reports.models import Report
from hocvuso.tasks.models import TaskProgress
from hocvuso.web.shared.address import client_address
from tests.make.evidence import fact, passed
from tests.make.people import PASSWORD, person, signed_in, visiting
from tests.make.places import Country

pytestmark = pytest.mark.django_db

PLAN = "dak-lak-100-ngay"
TARGET = reverse("target", args=[PLAN, "ii-4-nguoi-lon-duoc-tiep-can"])
TASK = f"{reverse('task', args=[PLAN, 'iii-2-1-ban-chi-dao-va-to'])}?noi=24373"
REPORT = reverse("report", args=[PLAN, "v1-hang-tuan", "24373", "2025-10-17"])
WORDS = {
    "steering": "",
    "practices": "",
    "difficulties": "Sóng yếu ở buôn xa",
    "proposals": "",
    "next_steps": "",
    "version": "0",
}


def page(client: Client, address: str, **asked: str) -> str:
    return client.get(address, asked).content.decode()


# --- writing is done in one's own name ------------------------------------------------------------------------------------------


def test_the_province_reads_a_communes_report_and_writes_nothing_in_it(office: dict[str, Account]) -> None:
    assert signed_in(office["hoa"]).post(REPORT, WORDS).status_code == 302
    client, before = signed_in(office["binh"]), Entry.objects.count()
    shown = page(client, REPORT)
    assert "Sóng yếu ở buôn xa" in shown
    assert "<textarea" not in shown
    assert client.post(REPORT, WORDS | {"version": "1", "difficulties": "Của tỉnh"}).status_code == 404
    assert (Report.objects.get().difficulties, Entry.objects.count()) == ("Sóng yếu ở buôn xa", before)


def test_the_province_reads_a_communes_task_and_says_nothing_for_it(office: dict[str, Account]) -> None:
    client = signed_in(office["binh"])
    assert 'name="state"' not in page(client, TASK)
    assert client.post(TASK, {"state": "under_way"}).status_code == 404
    assert TaskProgress.objects.count() == 0
    assert 'name="state"' in page(signed_in(office["hoa"]), TASK)
    assert client.post(TASK.replace("24373", "66"), {"state": "under_way"}).status_code == 302


# --- sessions -------------------------------------------------------------------------------------------------------------------


def test_a_session_is_prolonged_while_somebody_works_and_not_written_for_every_page(
    office: dict[str, Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, now = signed_in(office["hoa"]), clock.real_now()

    def opened_after(minutes: int) -> bool:
        """Does a page opened so long after the first one send the session's cookie anew?"""
        monkeypatch.setattr(clock, "real_now", lambda: now + dt.timedelta(minutes=minutes))
        return "hvs_session" in client.get(reverse("my_rights")).cookies

    assert [opened_after(minutes) for minutes in (0, 1, 9, 11, 20, 22)] == [True, False, False, True, False, True]


def test_a_form_sent_too_late_is_said_not_to_be_saved(office: dict[str, Account]) -> None:
    client = Client()  # the browser has thrown the old cookie away
    answer = client.post(REPORT, WORDS, follow=True)
    assert "chưa được lưu" in answer.content.decode()
    assert Report.objects.count() == 0
    gone = signed_in(office["hoa"])
    gone.session.flush()
    shown = gone.get(REPORT, follow=True).content.decode()
    assert "Phiên đăng nhập đã hết hạn" in shown
    assert "chưa được lưu" not in shown


# --- sign-in --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("production", "forwarded", "address"),
    [
        (True, "198.51.100.9, 203.0.113.7", "203.0.113.7"),  # the first was written by the visitor
        (True, "2001:db8::1", "2001:db8::1"),
        (True, "khong-phai-dia-chi", "127.0.0.1"),
        (True, "", "127.0.0.1"),
        (False, "203.0.113.7", "127.0.0.1"),  # no proxy: the header is anybody's
    ],
)
def test_the_address_is_the_one_the_proxy_saw(settings: Any, production: bool, forwarded: str, address: str) -> None:
    settings.PRODUCTION = production
    assert client_address(RequestFactory().post("/", headers={"X-Forwarded-For": forwarded})) == address


def test_nobody_locks_a_colleague_out_through_the_proxy(office: dict[str, Account], settings: Any) -> None:
    settings.PRODUCTION = True
    wrong, right = {"username": "hoa", "password": "sai-mat-khau"}, {"username": "hoa", "password": PASSWORD}
    stranger, her = {"X-Forwarded-For": "198.51.100.9"}, {"X-Forwarded-For": "203.0.113.7"}
    statuses = [Client().post(reverse("sign_in"), wrong, headers=stranger).status_code for _ in range(9)]
    assert statuses[-1] == 429
    assert Client().post(reverse("sign_in"), right, headers=her).status_code == 302


def _past_the_password(who: str) -> Client:
    client = Client()
    assert client.post(reverse("sign_in"), {"username": who, "password": PASSWORD}).status_code == 302
    return client


def _code(device: TOTPDevice) -> str:
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = clock.real_now().timestamp()
    return f"{totp.token():06d}"


@pytest.mark.parametrize(("failures", "says"), [(6, " giây rồi nhập mã"), (10, "chờ 9 phút")])
def test_a_right_code_during_the_wait_is_told_how_long(office: dict[str, Account], failures: int, says: str) -> None:
    client, device = _past_the_password("hoa"), TOTPDevice.objects.get(user=office["hoa"])
    device.throttling_failure_count, device.throttling_failure_timestamp = failures, clock.real_now()
    device.save()
    answer = client.post(reverse("one_time_code"), {"code": _code(device)})
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert "Mã không đúng" not in answer.content.decode()


def test_an_official_takes_nothing_over_from_the_citizen_before(office: dict[str, Account], land: Country) -> None:
    client = visiting(person("Lan Niê", land.villages[0]))
    session = client.session
    session.set_expiry(settings.LEARNER_SESSION_MINUTES * 60)
    session.save()
    assert client.post(reverse("sign_in"), {"username": "hoa", "password": PASSWORD}).status_code == 302
    device = TOTPDevice.objects.get(user=office["hoa"])
    assert client.post(reverse("one_time_code"), {"code": _code(device)}).status_code == 302
    assert "person" not in client.session
    assert client.session.get_expiry_age() == settings.SESSION_COOKIE_AGE
    assert client.get(reverse("overview")).status_code == 200


def test_a_password_given_too_long_ago_is_asked_for_again(office: dict[str, Account]) -> None:
    client = _past_the_password("hoa")
    session = client.session
    session["pending"] = session["pending"] | {"since": 0, "next": "/dieu-hanh/nguoi/"}
    session.save()
    shown = client.get(reverse("one_time_code"), follow=True).content.decode()
    assert "Đã quá 5 phút" in shown
    assert 'value="/dieu-hanh/nguoi/"' in shown


def test_an_account_without_a_device_is_told_so(office: dict[str, Account]) -> None:
    TOTPDevice.objects.filter(user=office["hoa"]).delete()
    shown = _past_the_password("hoa").get(reverse("one_time_code"), follow=True).content.decode()
    assert "chưa gắn ứng dụng tạo mã" in shown


# --- what a workplace learns ----------------------------------------------------------------------------------------------------


@pytest.fixture
def colleague(office: dict[str, Account]) -> Person:
    """Works in the department, lives in Ea Knốp: passed a test, and was confirmed on VNeID as a citizen."""
    who = Person.objects.get(name="Cán bộ Sở")
    passed(who, on=dt.date(2025, 10, 13))
    fact(who, "vneid_confirmed", on=dt.date(2025, 10, 14), source="vneid", detail={"reference": "x"})
    fact(who, "domain_registered", on=dt.date(2025, 10, 14), detail={"holder": "youth"})
    refresh_measure()
    return who


def test_a_workplace_sees_what_concerns_work_and_nothing_private(office: dict[str, Account], colleague: Person) -> None:
    assert set(Evidence.objects.filter(subject=colleague.pk).values_list("org__code", flat=True)) == {"66-so-khcn"}
    at_work, at_home = signed_in(office["dung"]), signed_in(office["tuan"])
    theirs, whole = (page(client, reverse("person", args=[colleague.pk])) for client in (at_work, at_home))
    for private in ("VNeID", "tên miền"):
        assert private not in theirs
        assert private in whole
    assert "Đạt bài đánh giá" in theirs
    assert "Việc riêng không hiện" in theirs
    assert "Việc riêng không hiện" not in whole
    assert "đạt đánh giá" in page(at_work, reverse("people"))
    assert "được xác nhận trên VNeID" not in page(at_work, reverse("people"))
    assert "được xác nhận trên VNeID" in page(at_home, reverse("people"))


def test_no_target_page_tells_a_workplace_who_is_confirmed(office: dict[str, Account], colleague: Person) -> None:
    client = signed_in(office["dung"])
    keys = Target.objects.filter(plan__key=PLAN, indicator__metric__contains="confirmed").values_list("key", flat=True)
    assert keys
    for key in keys:
        assert colleague.name not in page(client, reverse("target", args=[PLAN, key]), noi="o:66-so-khcn")


def test_a_look_at_a_persons_page_is_remembered_without_a_name(office: dict[str, Account], colleague: Person) -> None:
    address = reverse("person", args=[colleague.pk])
    assert signed_in(office["hoa"]).get(address).status_code == 404
    assert not Entry.objects.filter(verb="look_at_person").exists()
    signed_in(office["tuan"]).get(address)
    seen = Entry.objects.get(verb="look_at_person")
    assert (seen.actor, seen.object_type, seen.object_id) == (office["tuan"].actor, "person", str(colleague.pk))
    assert seen.fields == []


def test_day_by_day_in_a_village_is_for_who_knows_its_people(office: dict[str, Account], land: Country) -> None:
    def draws(who: str, place: str) -> bool:
        return "Đường đi đến hạn" in page(signed_in(office[who]), TARGET, noi=place)

    assert draws("hoa", "24373-01")
    assert draws("ha", "24373")
    assert not draws("ha", "24373-01")
    assert not draws("binh", "24373-01")


# --- words ----------------------------------------------------------------------------------------------------------------------


def test_a_target_reached_is_not_overdue_and_days_that_are_over_ask_for_no_pace(office: dict[str, Account]) -> None:
    client, plan = signed_in(office["hoa"]), reverse("plan", args=[PLAN])
    with clock.standing_on(dt.date(2025, 12, 1)):
        cards = page(client, plan, noi="24373").split('<li class="target">')[1:]
        reached = [card for card in cards if "Đã đạt" in card]
        missed = [card for card in cards if "Quá hạn, chưa đạt" in card]
        assert reached
        assert missed
        assert not any("quá hạn" in card for card in reached)
        assert all("quá hạn" in card for card in missed)
        assert not any("Cần thêm mỗi tuần" in card for card in missed)
        one = page(client, TARGET, noi="24373")
    assert "thiếu" in one
    assert "mỗi tuần còn lại" not in one


def test_nothing_slips_is_not_said_of_what_is_not_measured(office: dict[str, Account]) -> None:
    shown = page(signed_in(office["mai"]), reverse("overview"))
    assert "Trong số đo được, không có chỉ tiêu nào chậm" in shown
