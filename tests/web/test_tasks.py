"""The pages about tasks: what people fill in reaches the action, what is refused is explained and changes nothing."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hocvuso.lib import clock
from hocvuso.people.models import Account, RoleKind
from hocvuso.places.models import Unit
from hocvuso.plans.models import Plan, Task
from hocvuso.tasks.actions import appoint_owner, plan_step, report_progress
from hocvuso.tasks.jobs import remind_and_escalate
from hocvuso.tasks.models import Handover, Occasion, Step, StepProgress, TaskOwner, TaskProgress
from hocvuso.tasks.rules import TaskState
from tests.make.people import account, signed_in
from tests.make.plans import plan, task

pytestmark = pytest.mark.django_db

TODAY = dt.date(2025, 10, 17)
PDF = b"%PDF-1.7 ban quet"


@pytest.fixture
def work(office: dict[str, Account], settings: Any, tmp_path: Path) -> Plan:
    """A small plan beside the real one: a task of communes, one that waits for an event, one that comes each week."""
    settings.UPLOADS_DIR = tmp_path / "uploads"
    return plan(
        tasks=[
            task("lop", title="Mở lớp", borne_by="communes", result="Kế hoạch"),
            task("cho", title="Chờ hướng dẫn", borne_by="communes", deadline={"relative": True, "text": "7 ngày sau khi ban hành"}),
            task("tuan", title="Mỗi tuần một buổi", borne_by="communes", deadline={"recurring": True, "text": "hằng tuần"}),
        ]
    )  # fmt: skip


def at(name: str, key: str = "lop", *more: Any, noi: str = "24373", **query: str) -> str:
    asked = "".join(f"&{word}={value}" for word, value in query.items())
    return f"{reverse(name, args=['ke-hoach', key, *more])}?noi={noi}{asked}"


def sent_back(answer: Any) -> bytes:
    with closing(answer):
        return b"".join(answer.streaming_content)


def done(key: str = "lop", code: str = "24373", **more: Any) -> TaskProgress:
    told = {"document": "05/KH-UBND", "result_type": "ke-hoach", "by": ":test", "today": TODAY, **more}
    return report_progress(Task.objects.get(key=key), place=Unit.objects.get(code=code), state=TaskState.DONE, **told)


def test_done_with_a_file_can_be_fetched_by_whoever_sees_the_task(office: dict[str, Account], work: Plan) -> None:
    client = signed_in(office["hoa"])
    sent = {"state": "done", "result_type": "ke-hoach", "file": SimpleUploadedFile("ke-hoach.pdf", PDF)}
    assert client.post(at("task"), sent).status_code == 302
    row = TaskProgress.objects.get()
    page = reverse("task_file", args=[row.pk])
    answer = client.get(page)
    assert (sent_back(answer), answer.headers["Content-Type"]) == (PDF, "application/pdf")
    assert "attachment" in answer.headers["Content-Disposition"]
    found = {}
    for name in ("binh", "ha", "dung", "tuan", "mai", "an"):
        with closing(signed_in(office[name]).get(page)) as seen:
            found[name] = seen.status_code
    assert found == {"binh": 200, "ha": 200, "dung": 200, "tuan": 404, "mai": 404, "an": 404}
    assert client.get(reverse("task_file", args=[done().pk])).status_code == 404  # a row without a file


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("x.exe", b"MZ", "Chỉ nhận tệp PDF"),
        ("x.pdf", b"", "rỗng"),
        ("x.docx", PDF, "không khớp"),
        (".pdf", PDF, "tên trơn"),
    ],
)
def test_a_file_that_is_not_taken_is_explained(
    office: dict[str, Account], work: Plan, name: str, data: bytes, says: str
) -> None:
    sent = {"state": "done", "result_type": "ke-hoach", "file": SimpleUploadedFile(name, data)}
    answer = signed_in(office["hoa"]).post(at("task"), sent)
    assert (answer.status_code, TaskProgress.objects.count()) == (400, 0)
    assert says in answer.content.decode()


def test_another_document_than_expected_is_explained(office: dict[str, Account], work: Plan) -> None:
    client = signed_in(office["hoa"])
    sent = {"state": "done", "result_type": "bao-cao", "document": "05/BC-UBND"}
    assert "ghi lý do" in client.post(at("task"), sent).content.decode()
    assert client.post(at("task"), {**sent, "note": "Tỉnh đồng ý."}).status_code == 302


def test_a_week_is_reported_and_the_page_lists_the_others(office: dict[str, Account], work: Plan) -> None:
    client = signed_in(office["hoa"])
    address = at("task", "tuan", ky="2025-10-10")
    assert "Tuần đến 10/10/2025" in client.get(address).content.decode()
    assert client.post(address, {"state": "done", "document": "Sổ lớp"}).status_code == 302
    assert TaskProgress.objects.get().occurrence == dt.date(2025, 10, 10)
    assert client.get(at("task", "tuan", ky="hom-qua")).status_code == 404


# --- list, board, calendar -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"Mở lớp", "Chờ hướng dẫn", "Mỗi tuần một buổi"}), ("&tinh-hinh=done", {"Mở lớp"}), ("&chon=cho-xac-nhan", {"Mở lớp"}),
        ("&chon=cua-toi", {"Chờ hướng dẫn"}), ("&chon=tre", set()),
        ("&chon=la-lung&tinh-hinh=", {"Mở lớp", "Chờ hướng dẫn", "Mỗi tuần một buổi"}),
        ("&chon=chua-co-nguoi", {"Mở lớp", "Mỗi tuần một buổi"}),
    ],
)  # fmt: skip
def test_the_list_is_filtered(office: dict[str, Account], work: Plan, query: str, shown: set[str]) -> None:
    done()
    waiting = Task.objects.get(key="cho")
    appoint_owner(waiting, place=Unit.objects.get(code="24373"), account=office["hoa"], by=":test", today=TODAY)
    page = signed_in(office["hoa"]).get(f"{reverse('task_list')}?noi=24373&ke-hoach=ke-hoach{query}").content.decode()
    assert {one for one in ("Mở lớp", "Chờ hướng dẫn", "Mỗi tuần một buổi") if f">{one}</a>" in page} == shown


def test_the_board_and_the_calendar_show_where_and_when(office: dict[str, Account], work: Plan) -> None:
    done()
    client = signed_in(office["hoa"])
    board = client.get(f"{reverse('task_board')}?noi=24373&ke-hoach=ke-hoach").content.decode()
    column = board[board.index('id="cot-done"') : board.index('id="cot-confirmed"')]
    assert "Mở lớp" in column
    assert "Chờ hướng dẫn" not in column
    month = client.get(f"{reverse('task_calendar')}?noi=24373&ke-hoach=ke-hoach&thang=2025-10").content.decode()
    assert month.count("Mỗi tuần một buổi") == 4  # Fridays up to the plan's last day
    assert month.count(">Mở lớp</a>") == 1
    for wrong in ("2025-13", "xyz", "0001-01", "9999-12"):
        assert client.get(f"{reverse('task_calendar')}?thang={wrong}").status_code == 404


# --- who answers, steps --------------------------------------------------------------------------------------------------


def test_somebody_is_named_and_hands_over_with_a_reason(office: dict[str, Account], work: Plan) -> None:
    lan = account("lan", RoleKind.COMMUNE_OFFICER, Unit.objects.get(code="24373"))
    client, page = signed_in(office["hoa"]), at("task_owner")
    assert client.post(page, {"account": "0"}).status_code == 400
    assert client.post(page, {"account": lan.pk}).status_code == 302
    assert "Lan" in client.get(at("task")).content.decode()
    refused = client.post(page, {"account": office["hoa"].pk})
    assert (refused.status_code, "lý do" in refused.content.decode()) == (400, True)
    assert client.post(page, {"account": office["hoa"].pk, "reason": "Đổi phân công"}).status_code == 302
    assert TaskOwner.objects.get().account == office["hoa"]
    all_page = f"{reverse('hand_over_tasks')}?noi=24373"
    sent = {"giver": office["hoa"].pk, "account": lan.pk, "reason": ""}
    assert client.post(all_page, sent).status_code == 400
    assert client.post(all_page, {**sent, "reason": "Nghỉ phép"}).status_code == 302
    assert [(row.giver, row.taker) for row in Handover.objects.order_by("pk")] == [
        (None, lan), (lan, office["hoa"]), (office["hoa"], lan)
    ]  # fmt: skip


def test_a_step_is_planned_reported_by_the_school_it_was_handed_to_and_cannot_be_seen_next_door(
    office: dict[str, Account], work: Plan
) -> None:
    hoa, mai = signed_in(office["hoa"]), signed_in(office["mai"])
    sent = {"title": "Mở lớp ở trường", "due": "30/10/2025", "answers": "o:24373-thpt"}
    page = hoa.post(at("new_step"), sent, follow=True).content.decode()
    assert "sau hạn của nhiệm vụ" in page  # the task is due on 25/10
    step = Step.objects.get()
    address = reverse("step", args=[step.pk])
    assert {name: signed_in(office[name]).get(address).status_code for name in ("binh", "ha", "tuan", "dung")} == {
        "binh": 200, "ha": 200, "tuan": 404, "dung": 404
    }  # fmt: skip
    assert mai.post(address, {"state": "done"}).status_code == 400
    assert mai.post(address, {"state": "done", "file": SimpleUploadedFile("lop.pdf", PDF)}).status_code == 302
    said = StepProgress.objects.get()
    assert sent_back(hoa.get(reverse("step_file", args=[said.pk]))) == PDF
    assert signed_in(office["tuan"]).get(reverse("step_file", args=[said.pk])).status_code == 404
    assert signed_in(office["binh"]).post(address, {"state": "under_way"}).status_code == 404  # reads, writes nothing
    assert mai.get(reverse("edit_step", args=[step.pk])).status_code == 404


def test_a_step_is_changed_and_withdrawn(office: dict[str, Account], work: Plan) -> None:
    kar = Unit.objects.get(code="24373")
    step = plan_step(
        Task.objects.get(key="lop"), place=kar, title="Một", due=None, answers=None, by=office["hoa"].actor, today=TODAY
    )
    client, page = signed_in(office["hoa"]), reverse("edit_step", args=[step.pk])
    assert client.post(page, {"title": "Hai", "due": "32/10/2025"}).status_code == 400
    assert client.post(page, {"title": "Hai", "due": "20/10/2025", "answers": "24373-01"}).status_code == 302
    step.refresh_from_db()
    assert (step.title, step.due, step.for_unit and step.for_unit.code) == ("Hai", dt.date(2025, 10, 20), "24373-01")
    assert client.post(page, {"viec": "bo"}).status_code == 302
    assert client.get(page).status_code == 404


# --- directing -----------------------------------------------------------------------------------------------------------


def test_the_agency_that_leads_confirms_or_sends_back(office: dict[str, Account], work: Plan) -> None:
    done()
    client, page = signed_in(office["dung"]), at("task_review", "lop", "24373", noi="o:66-so-khcn")
    assert "05/KH-UBND" in client.get(at("task", noi="o:66-so-khcn")).content.decode()
    refused = client.post(page, {"state": "returned"})
    assert (refused.status_code, "cần bổ sung gì" in refused.content.decode()) == (400, True)
    assert client.post(page, {"state": "returned", "note": "Thiếu danh sách lớp."}).status_code == 302
    assert "Thiếu danh sách lớp." in signed_in(office["hoa"]).get(at("task")).content.decode()
    done(document="06/KH-UBND")
    assert client.post(page, {"state": "confirmed"}).status_code == 302
    assert "được xác nhận" in signed_in(office["hoa"]).get(at("task")).content.decode()
    assert client.get(at("task_review", "lop", "66", noi="o:66-so-khcn")).status_code == 404


def test_the_event_a_task_waits_for_gives_it_a_day(office: dict[str, Account], work: Plan) -> None:
    assert "chờ:" in signed_in(office["hoa"]).get(at("task", "cho")).content.decode()
    assert signed_in(office["hoa"]).get(at("task_occasion", "cho")).status_code == 404
    client, page = signed_in(office["binh"]), at("task_occasion", "cho", noi="66")
    assert client.post(page, {"document": "12/HD", "day": "31/02/2025"}).status_code == 400
    assert client.post(page, {"document": "12/HD-UBND", "day": "16/10/2025"}).status_code == 302
    assert Occasion.objects.get().due == dt.date(2025, 10, 23)
    assert "còn 6 ngày" in signed_in(office["hoa"]).get(at("task", "cho")).content.decode()
    assert client.get(at("task_occasion", "lop", noi="66")).status_code == 404


def test_the_committee_sees_what_is_late_and_who_was_told(office: dict[str, Account], work: Plan) -> None:
    appoint_owner(
        Task.objects.get(key="lop"),
        place=Unit.objects.get(code="24373"),
        account=office["hoa"],
        by=":test",
        today=TODAY,
    )
    for after in (1, 3, 7):
        with clock.standing_on(dt.date(2025, 10, 25) + dt.timedelta(days=after)):
            remind_and_escalate()
    with clock.standing_on(dt.date(2025, 11, 2)):
        client = signed_in(office["ha"])
        page = client.get(reverse("late_tasks")).content.decode()
        assert client.get(at("task")).status_code == 200
        week = signed_in(office["hoa"]).get(reverse("my_week")).content.decode()
    for words in (
        "Xã Ea Kar",
        "8 ngày",
        "Hoa",
        "28/10/2025: báo cơ quan chủ trì",
        "01/11/2025: báo nơi chỉ đạo và Ban Chỉ đạo",
    ):
        assert words in page, words
    assert "quá hạn 8 ngày" in week
