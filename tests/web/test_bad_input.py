"""What a person may get wrong on a page: each time a page that says so in plain Vietnamese, and nothing lost or half written."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from hocvuso.audit.models import Entry
from hocvuso.people.models import Account
from hocvuso.reports.models import Report
from hocvuso.tasks.models import TaskProgress
from tests.make.people import PASSWORD, signed_in
from tests.make.places import Country

pytestmark = pytest.mark.django_db

PLAN, DUTY = "dak-lak-100-ngay", "v1-hang-tuan"
TARGET = reverse("target", args=[PLAN, "ii-4-nguoi-lon-duoc-tiep-can"])
TASK = f"{reverse('task', args=[PLAN, 'iii-2-1-ban-chi-dao-va-to'])}?noi=24373"
REPORT = reverse("report", args=[PLAN, DUTY, "24373", "2025-10-17"])


# --- addresses -----------------------------------------------------------------------------------------------------------------

NOWHERE = [
    ("a page that never was", "/dieu-hanh/khong-co/"),
    ("a unit that does not exist", reverse("place", args=["99999"])),
    ("an organisation that does not exist", reverse("place", args=["o:khong-co"])),
    ("a unit under the plan", f"{reverse('plan', args=[PLAN])}?noi=99999"),
    ("a unit with a NUL in it", f"{reverse('plan', args=[PLAN])}?noi=%00"),
    ("a unit with a quote in it", f"{reverse('plan', args=[PLAN])}?noi=24373'--"),
    ("a plan that does not exist", reverse("plan", args=["khong-co"])),
    ("a plan of another province", reverse("plan", args=["yen-bai-ke-hoach"])),
    ("a target that does not exist", reverse("target", args=[PLAN, "khong-co"])),
    ("findings of no plan", reverse("findings", args=["khong-co"])),
    ("a task that does not exist", f"{reverse('task', args=[PLAN, 'khong-co'])}?noi=24373"),
    ("a duty that does not exist", reverse("report", args=[PLAN, "khong-co", "24373", "2025-10-17"])),
    ("a plan without this duty", reverse("report", args=["khong-co", DUTY, "24373", "2025-10-17"])),
    ("a day that is none", reverse("report", args=[PLAN, DUTY, "24373", "2025-02-30"])),
    ("a word for a day", reverse("report", args=[PLAN, DUTY, "24373", "hom-nay"])),
    ("a document of a day that is none", reverse("report_document", args=[PLAN, DUTY, "24373", "2025-13-01"])),
    (
        "a document of a kind there is none",
        reverse("report_document", args=[PLAN, DUTY, "24373", "2025-10-17"]) + "?dang=exe",
    ),
    ("a person that does not exist", reverse("person", args=["01890000-0000-7000-8000-000000000000"])),
    ("a person by a number", "/dieu-hanh/nguoi/123/"),
]


def test_an_address_of_nothing_gives_the_page_that_says_so(office: dict[str, Account]) -> None:
    client, wrong = signed_in(office["hoa"]), []
    for what, address in NOWHERE:
        answer = client.get(address)
        page = answer.content.decode()
        if answer.status_code != 404 or "Không tìm thấy trang" not in page or '<html lang="vi">' not in page:
            wrong.append(f"{what}: {answer.status_code} {page[:80]}")
    assert wrong == []


def test_a_stranger_meets_the_same_page_without_learning_anything() -> None:
    answer = Client().get("/khong-co/")
    assert answer.status_code == 404
    assert "Không tìm thấy trang" in answer.content.decode()
    assert Client().get(reverse("place", args=["24373"])).status_code == 302
    assert Client().get(reverse("place", args=["99999"])).status_code == 302


@pytest.mark.parametrize("day", ["2025-10-16", "2025-10-31", "1990-01-05"])
def test_a_report_of_a_day_on_which_none_is_due_is_refused_with_the_reason(
    office: dict[str, Account], day: str
) -> None:
    client = signed_in(office["hoa"])
    for name in ("report", "report_document"):
        answer = client.get(reverse(name, args=[PLAN, DUTY, "24373", day]))
        assert answer.status_code == 400
        assert "Báo cáo tuần này" in answer.content.decode()


def test_a_report_that_this_place_does_not_owe_is_refused(office: dict[str, Account], land: Country) -> None:
    answer = signed_in(office["hoa"]).get(reverse("report", args=[PLAN, DUTY, "24373-01", "2025-10-17"]))
    assert answer.status_code == 400
    assert "không giao cho" in answer.content.decode()


@pytest.mark.parametrize("number", ["0", "999", "-1", "abc", "1; DROP TABLE"])
def test_a_page_number_that_makes_no_sense_shows_the_nearest_page(office: dict[str, Account], number: str) -> None:
    answer = signed_in(office["hoa"]).get(reverse("people"), {"trang": number, "ten": "lan"})
    assert answer.status_code == 200
    assert "Lan Niê" in answer.content.decode()


@pytest.mark.parametrize("asked", ["%", "_", "'", '"><script>alert(1)</script>', "x" * 5000])
def test_a_strange_search_finds_nobody_and_stays_text(office: dict[str, Account], asked: str) -> None:
    answer = signed_in(office["hoa"]).get(reverse("people"), {"ten": asked})
    assert answer.status_code == 200
    assert "Không có ai khớp" in answer.content.decode()
    assert "<script>" not in answer.content.decode()


# --- forms ---------------------------------------------------------------------------------------------------------------------

PROGRESS = [
    ({"state": "done", "document": "", "note": "đã ra quyết định"}, "Hãy ghi số, ngày của văn bản"),
    ({"state": "done", "document": "   "}, "Hãy ghi số, ngày của văn bản"),
    ({"state": "gan-xong"}, "Hãy chọn một lựa chọn hợp lệ"),
    ({}, "Trường này là bắt buộc"),
    ({"state": "under_way", "note": "a" * 1001}, "1000"),
    ({"state": "done", "document": "a" * 161}, "160"),
]


@pytest.mark.parametrize(("sent", "says"), PROGRESS)
def test_progress_that_cannot_be_kept_is_explained_and_leaves_no_row(
    office: dict[str, Account], sent: dict[str, str], says: str
) -> None:
    before = Entry.objects.count()
    answer = signed_in(office["hoa"]).post(TASK, sent)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Chưa ghi được" in page
    assert says in page
    assert (TaskProgress.objects.count(), Entry.objects.count()) == (0, before)
    for written in sent.values():  # nobody types twice
        assert written.strip() in page


def test_a_task_given_to_others_cannot_be_reported_on(office: dict[str, Account]) -> None:
    answer = signed_in(office["mai"]).post(TASK.replace("24373", "o:24373-thpt"), {"state": "under_way"})
    assert answer.status_code == 400
    assert "không giao cho" in answer.content.decode()
    assert TaskProgress.objects.count() == 0


WORDS = {
    "steering": "",
    "practices": "",
    "difficulties": "Sóng yếu ở buôn xa",
    "proposals": "",
    "next_steps": "",
    "version": "0",
}


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"proposals": "b" * 8001}, "8000"),
        ({"version": "x"}, "Trang đã mở quá lâu"),
        ({"version": ""}, "Trang đã mở quá lâu"),
        ({"version": "-1"}, "Trang đã mở quá lâu"),
        ({"version": "7"}, "Hãy chép lại phần bạn viết"),
    ],
)
def test_words_that_cannot_be_kept_are_explained_and_stay_on_the_page(
    office: dict[str, Account], changed: dict[str, str], says: str
) -> None:
    answer = signed_in(office["hoa"]).post(REPORT, WORDS | changed)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Chưa lưu được" in page
    assert says in page
    assert "Sóng yếu ở buôn xa" in page
    assert Report.objects.count() == 0


def test_a_second_writer_with_an_old_version_overwrites_nothing(office: dict[str, Account]) -> None:
    first, second = signed_in(office["hoa"]), signed_in(office["hoa"])
    assert first.post(REPORT, WORDS).status_code == 302
    answer = second.post(REPORT, WORDS | {"difficulties": "Chữ của người thứ hai"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Có người khác vừa lưu" in page
    assert "Chữ của người thứ hai" in page  # still in the form, to be copied
    assert Report.objects.get().difficulties == "Sóng yếu ở buôn xa"


def test_what_is_written_into_a_form_stays_text(office: dict[str, Account]) -> None:
    client = signed_in(office["hoa"])
    client.post(REPORT, WORDS | {"difficulties": "</textarea><script>alert(1)</script>"})
    client.post(TASK, {"state": "done", "document": '"><img src=x onerror=alert(1)>'})
    for page in (client.get(REPORT).content.decode(), client.get(TASK).content.decode()):
        assert "<script>" not in page
        assert "<img src=x" not in page


def test_a_form_without_its_token_is_refused_with_a_page(office: dict[str, Account]) -> None:
    """Left open over night, or sent from another site: nothing is written, and the page says what to do."""
    client = signed_in(office["hoa"])
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    answer = strict.post(REPORT, WORDS)
    assert answer.status_code == 403
    assert "Phiên làm việc đã cũ" in answer.content.decode()
    assert "Chưa có gì thay đổi" in answer.content.decode()
    assert Report.objects.count() == 0


def test_a_form_sent_after_the_session_ended_leads_to_sign_in(office: dict[str, Account]) -> None:
    client = signed_in(office["hoa"])
    client.session.flush()
    answer = client.post(REPORT, WORDS, follow=True)
    assert "Phiên đăng nhập đã hết hạn" in answer.content.decode()
    assert Report.objects.count() == 0


# --- sign-in -------------------------------------------------------------------------------------------------------------------


def _try(client: Client, username: str, password: str) -> tuple[int, str]:
    answer = client.post(reverse("sign_in"), {"username": username, "password": password})
    return answer.status_code, answer.content.decode()


def test_a_wrong_password_does_not_say_which_half_was_wrong(office: dict[str, Account]) -> None:
    wrong, unknown = (_try(Client(), name, "sai-mat-khau-nay")[1] for name in ("hoa", "khong-co-ai"))
    for page in (wrong, unknown):
        assert "Tên đăng nhập hoặc mật khẩu không đúng." in page


@pytest.mark.parametrize(
    "sent", [{}, {"username": "hoa"}, {"username": "", "password": "x"}, {"username": "h" * 65, "password": "x"}]
)
def test_an_incomplete_sign_in_is_explained(sent: dict[str, str]) -> None:
    answer = Client().post(reverse("sign_in"), sent)
    assert answer.status_code == 400
    assert "Chưa đăng nhập được" in answer.content.decode()


def test_eight_wrong_passwords_lock_that_account_from_that_address(office: dict[str, Account]) -> None:
    client = Client()
    tried = [_try(client, "hoa", f"sai-mat-khau-{n}") for n in range(8)]
    assert [status for status, _ in tried[:7]] == [400] * 7
    status, page = _try(client, "hoa", PASSWORD)  # right, and too late
    assert status == 429
    assert "Tạm khóa đăng nhập" in page
    assert "15 phút" in page
    assert _try(client, "binh", PASSWORD)[0] == 302  # a colleague at the same desk is not locked out
    elsewhere = Client(REMOTE_ADDR="203.0.113.7")
    assert _try(elsewhere, "hoa", PASSWORD)[0] == 302  # nor can anybody lock her out from afar


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "000000", "1234567"])
def test_a_code_that_cannot_be_right_is_explained(office: dict[str, Account], code: str) -> None:
    client = Client()
    assert _try(client, "hoa", PASSWORD)[0] == 302
    answer = client.post(reverse("one_time_code"), {"code": code})
    assert answer.status_code == 400
    assert "Chưa đăng nhập được" in answer.content.decode()
    assert client.get(reverse("overview")).status_code == 302


def test_the_code_page_without_a_password_leads_back() -> None:
    answer = Client().get(reverse("one_time_code"))
    assert answer.headers["Location"] == reverse("sign_in")


@pytest.mark.parametrize("to", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_sign_in_and_language_lead_nowhere_else(office: dict[str, Account], to: str) -> None:
    assert to not in Client().get(reverse("sign_in"), {"next": to}).content.decode()
    assert Client().post(reverse("set_language"), {"language": "en", "next": to}).headers["Location"] == "/"
