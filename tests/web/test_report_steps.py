"""The pages of a report's life: who is offered which step, who may look at what, and files that cannot be taken."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hocvuso.attachments.models import Attachment
from hocvuso.people.actions import grant_role
from hocvuso.people.models import Account, RoleKind
from hocvuso.places.rules import MERGERS
from hocvuso.plans.models import Duty
from hocvuso.plans.queries import duty_named
from hocvuso.reports.life import State
from hocvuso.reports.models import ReportStep
from hocvuso.reports.queries import life_of
from tests.make.people import account, signed_in
from tests.make.places import Country
from tests.make.reports import PDF, taken_to, words

pytestmark = pytest.mark.django_db

PLAN, DUTY = "dak-lak-100-ngay", "v1-hang-tuan"
WHERE = [PLAN, DUTY, "24373", "2025-10-17"]
REPORT = reverse("report", args=WHERE)
FRIDAY = dt.date(2025, 10, 17)
RECEIVED = f"{reverse('received_reports')}?noi=66&che-do={PLAN}/{DUTY}&ngay=2025-10-17"


@pytest.fixture
def staff(office: dict[str, Account], land: Country, settings: Any, tmp_path: Path) -> dict[str, Client]:
    """The cast, signed in; with who signs and who numbers in Ea Kar, and an officer of the department the reports go to."""
    settings.UPLOADS_DIR = tmp_path / "uploads"
    more = {
        "long": account("long", RoleKind.LEADER, land.ea_kar),
        "thuy": account("thuy", RoleKind.RECORDS_CLERK, land.ea_kar),
    }
    return {name: signed_in(who) for name, who in {**office, **more}.items()}


@pytest.fixture
def what(staff: dict[str, Client]) -> Duty:
    return duty_named(DUTY, plan=PLAN)


def step(client: Client, word: str, *, follow: bool = True, **told: Any) -> Any:
    return client.post(reverse("report_step", args=[*WHERE, word]), told, follow=follow)


def page(client: Client, address: str = REPORT) -> str:
    return client.get(address).content.decode()


SENT = {"steering": "", "practices": "", "difficulties": "Sóng yếu", "proposals": "", "next_steps": "", "version": "0"}


def test_a_report_goes_from_hand_to_hand_and_each_sees_the_step_that_is_theirs(
    staff: dict[str, Client], what: Duty, land: Country
) -> None:
    staff["hoa"].post(REPORT, SENT | {"viec": "trinh"})
    assert "Ký báo cáo" in page(staff["long"])
    for other in ("hoa", "thuy", "binh"):
        assert "Đang chờ lãnh đạo ký" in page(staff[other])
    step(staff["long"], "ky", signer="Y Long", office="TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH")
    assert "Cấp số, ngày" in page(staff["thuy"])
    step(staff["thuy"], "cap-so", number="05", dated="2025-10-17")
    assert "Báo cáo số 05/BC-UBND ngày 17/10/2025" in page(staff["hoa"])
    step(staff["thuy"], "gui")
    assert "Tiếp nhận báo cáo" in page(staff["binh"])
    assert "Tiếp nhận báo cáo" in page(staff["dung"])  # the office the duty names; before it was sent it saw nothing
    step(staff["dung"], "tra-bo-sung", remarks="Thiếu số buôn.", edition="1")
    assert "Thiếu số buôn." in page(staff["hoa"])
    step(staff["hoa"], "thay-the")
    mended = page(staff["hoa"])
    assert "Bản thứ 2" in mended
    assert "Thiếu số buôn." in mended
    assert "Sóng yếu" in mended
    assert "Trình lãnh đạo" in mended
    seen_above = page(staff["dung"])  # what came out of the office, not what went on in it
    assert "Thiếu số buôn." in seen_above
    assert "Trình lãnh đạo" not in seen_above
    assert page(staff["dung"], f"{REPORT}?ban=1").count("Sóng yếu") == 1
    acts = [one.act for one in life_of(what, land.ea_kar, due=FRIDAY).steps]
    assert acts == ["submitted", "signed", "numbered", "sent", "sent_back", "replaced"]


def test_nobody_takes_a_step_that_is_not_theirs(staff: dict[str, Client], what: Duty, land: Country) -> None:
    told = {
        "signer": "A",
        "office": "CHỦ TỊCH",
        "number": "1",
        "dated": "2025-10-17",
        "remarks": "Sai.",
        "edition": "1",
    }
    mine = {"submitted": {"ky", "tra-lai"}, "signed": {"cap-so", "tra-lai"}, "numbered": {"gui", "tra-lai"}}
    owner = {"submitted": "long", "signed": "thuy", "numbered": "thuy"}
    for reached, allowed in mine.items():
        due = {"submitted": "2025-10-03", "signed": "2025-09-26", "numbered": "2025-09-19"}[reached]
        taken_to(reached, what, land.ea_kar, due=dt.date.fromisoformat(due), number=int(due[-2:]))
        before = ReportStep.objects.count()
        for who in ("long", "thuy", "hoa", "tuan", "binh", "dung", "ha", "mai", "an"):
            for word in ("ky", "tra-lai", "cap-so", "gui", "tiep-nhan", "tra-bo-sung", "thay-the"):
                if (who == owner[reached] and word in allowed) or (who, word, reached) == ("hoa", "gui", "numbered"):
                    continue
                address = reverse("report_step", args=[PLAN, DUTY, "24373", due, word])
                assert staff[who].post(address, told).status_code in (302, 404), (who, word, reached)
        assert ReportStep.objects.count() == before


def test_a_draft_is_not_there_for_the_office_it_will_be_sent_to_and_a_neighbour_never_sees_it(
    staff: dict[str, Client], what: Duty, land: Country
) -> None:
    words(what, land.ea_kar, difficulties="Sóng yếu")
    for who in ("dung", "tuan"):
        assert staff[who].get(REPORT).status_code == 404
    taken_to("sent", what, land.ea_kar)
    assert staff["dung"].get(REPORT).status_code == 200
    for address in (REPORT, reverse("report_document", args=WHERE), f"{REPORT}?ban=1"):
        assert staff["tuan"].get(address).status_code == 404
    for wrong in ("2", "0", "x", "1" * 9, "-1"):
        assert staff["hoa"].get(f"{REPORT}?ban={wrong}").status_code == 404


def test_one_officer_with_all_roles_takes_the_steps_one_by_one(
    staff: dict[str, Client], office: dict[str, Account], what: Duty, land: Country
) -> None:
    for kind in (RoleKind.LEADER, RoleKind.RECORDS_CLERK):
        grant_role(office["hoa"], kind, by=":test", valid_from=MERGERS, unit=land.ea_kar)
    hoa = staff["hoa"]
    hoa.post(REPORT, SENT | {"viec": "trinh"})
    step(hoa, "cap-so", number="1", dated="2025-10-17")  # not yet
    assert life_of(what, land.ea_kar, due=FRIDAY).state is State.SUBMITTED
    step(hoa, "ky", signer="H’Hoa Niê", office="KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH")
    step(hoa, "cap-so", number="1", dated="2025-10-17")
    step(hoa, "gui")
    assert life_of(what, land.ea_kar, due=FRIDAY).state is State.SENT


REFUSED_FILES = [
    (SimpleUploadedFile("ban-ky.pdf", b"MZ\x90 program"), "Chỉ nhận tệp PDF"),
    (SimpleUploadedFile("ban-ky.pdf", b""), "trống"),
    (SimpleUploadedFile("ban-ky.png", b"\x89PNG\r\n\x1a\n"), "phải là tệp PDF"),
    (SimpleUploadedFile("anh.pdf", b"\x89PNG\r\n\x1a\n"), "không khớp"),
]


@pytest.mark.parametrize(("file", "says"), REFUSED_FILES, ids=[says for _, says in REFUSED_FILES])
def test_a_file_that_cannot_be_taken_is_explained_and_nothing_is_signed(
    staff: dict[str, Client], what: Duty, land: Country, file: SimpleUploadedFile, says: str
) -> None:
    taken_to("submitted", what, land.ea_kar)
    file.seek(0)
    answer = step(staff["long"], "ky", follow=False, signer="Y Long", office="CHỦ TỊCH", file=file)
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert "Y Long" in answer.content.decode()  # nobody types twice
    assert (Attachment.objects.count(), life_of(what, land.ea_kar, due=FRIDAY).state) == (0, State.SUBMITTED)


@pytest.mark.parametrize("name", ["../../etc/passwd.pdf", "C:\\fakepath\\a.pdf", "a/b.pdf", "..", "/"])
def test_a_path_in_a_files_name_is_refused_on_every_page_that_takes_files(
    staff: dict[str, Client], what: Duty, land: Country, name: str
) -> None:
    """As a program would send it: browsers send plain names, and Django would quietly keep the last part."""
    taken_to("submitted", what, land.ea_kar)
    fields = {"signer": "A", "office": "CHỦ TỊCH", "metric": "", "source": "", "place": "24373"}
    body = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in fields.items()
    )
    body += f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n%PDF-1.7\r\n--x--\r\n'
    for who, address in (
        ("long", reverse("report_step", args=[*WHERE, "ky"])),
        ("hoa", reverse("read_plan_document")),
        ("hoa", reverse("import_counts")),
        ("hoa", reverse("report_figures", args=[PLAN, DUTY, "24373", "2025-10-10"])),
    ):
        answer = staff[who].post(address, body.encode(), content_type="multipart/form-data; boundary=x")
        assert answer.status_code == 400, address
        assert "Tên tệp không được có thư mục" in answer.content.decode(), address
    assert (Attachment.objects.count(), ReportStep.objects.count()) == (0, 1)


def test_a_body_that_is_too_large_is_refused_before_it_is_read_into_a_file(
    staff: dict[str, Client], what: Duty, land: Country
) -> None:
    taken_to("submitted", what, land.ea_kar)
    answer = staff["long"].post(
        reverse("report_step", args=[*WHERE, "ky"]), b"x" * 20_300_000, content_type="multipart/form-data; boundary=x"
    )  # fmt: skip
    assert answer.status_code == 413
    assert "chỉ nhận đến 20 MB" in answer.content.decode()
    assert life_of(what, land.ea_kar, due=FRIDAY).state is State.SUBMITTED


def test_the_signed_copy_is_handed_out_as_a_file_to_those_who_see_the_report(
    staff: dict[str, Client], what: Duty, land: Country
) -> None:
    taken_to("submitted", what, land.ea_kar)
    file = SimpleUploadedFile("Báo cáo đã ký.pdf", PDF.data)
    step(staff["long"], "ky", signer="Y Long", office="CHỦ TỊCH", file=file)
    address = reverse("report_file", args=[*WHERE, Attachment.objects.get().pk])
    answer = staff["hoa"].get(address)
    assert b"".join(answer.streaming_content) == PDF.data  # type: ignore[attr-defined]
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for who in ("tuan", "dung", "ha", "mai"):  # the department: not before it was sent
        assert staff[who].get(address).status_code == 404
    elsewhere = reverse("report_file", args=[*WHERE[:3], "2025-10-10", Attachment.objects.get().pk])
    assert staff["hoa"].get(elsewhere).status_code == 404


def test_what_was_numbered_and_given_back_is_numbered_anew_and_the_copy_of_that_round_stays_in_the_house(
    staff: dict[str, Client], what: Duty, land: Country
) -> None:
    taken_to("submitted", what, land.ea_kar)
    step(staff["long"], "ky", signer="Y Long", office="CHỦ TỊCH", file=SimpleUploadedFile("lan-dau.pdf", PDF.data))
    step(staff["thuy"], "cap-so", number="5", dated="2025-10-17")
    first = reverse("report_file", args=[*WHERE, Attachment.objects.get().pk])
    step(staff["thuy"], "tra-lai", remarks="Sai số buôn.")
    assert staff["hoa"].get(first).status_code == 404
    taken_to("numbered", what, land.ea_kar, number=6)
    assert "Báo cáo số 06/BC-UBND" in page(staff["hoa"])
    step(staff["thuy"], "gui")
    arrived = page(staff["dung"])
    assert "Báo cáo số 06/BC-UBND" in arrived
    assert "05/BC-UBND" not in arrived
    assert staff["dung"].get(first).status_code == 404


def test_a_declared_figure_is_written_with_its_document_and_can_be_taken_back(
    staff: dict[str, Client], what: Duty, land: Country
) -> None:
    address = reverse("report_figures", args=WHERE)
    line = "ii-4-nguoi-lon-duoc-tiep-can"
    told = {"line": line, "count": "5", "reason": "Chưa nhập kịp", "document": "12/DS-UBND"}
    answer = staff["hoa"].post(address, told)
    assert answer.status_code == 400
    assert "Hãy chọn tệp của văn bản." in answer.content.decode()
    staff["hoa"].post(address, {**told, "file": SimpleUploadedFile("danh-sach.pdf", PDF.data)})
    assert "Chưa nhập kịp" in page(staff["hoa"])
    staff["hoa"].post(address, {"rut": line})
    assert "Chưa nhập kịp" not in page(staff["hoa"])
    assert staff["binh"].get(address).status_code == 404


def test_two_in_one_section_get_both_texts_and_one_press_joins_them(staff: dict[str, Client], what: Duty) -> None:
    staff["hoa"].post(REPORT, SENT)
    clash = staff["hoa"].post(REPORT, SENT | {"difficulties": "Mưa lũ", "next_steps": "Mở lớp"})
    shown = clash.content.decode()
    assert clash.status_code == 400
    assert "vừa lưu bản này lúc" in shown
    assert shown.index("Mưa lũ") < shown.index("Sóng yếu")
    joined = staff["hoa"].post(
        REPORT, SENT | {"version": "1", "difficulties": "Mưa lũ", "next_steps": "Mở lớp", "ghep": "difficulties"}
    )
    assert "Sóng yếu\nMưa lũ</textarea>" in joined.content.decode()
    staff["hoa"].post(REPORT, SENT | {"version": "1", "difficulties": "Sóng yếu\nMưa lũ", "next_steps": "Mở lớp"})
    assert "Sóng yếu\nMưa lũ</textarea>" in page(staff["hoa"])


def test_writers_see_who_else_has_the_report_open(
    staff: dict[str, Client], office: dict[str, Account], land: Country
) -> None:
    second = signed_in(account("lien", RoleKind.COMMUNE_OFFICER, land.ea_kar))
    page(staff["hoa"])
    assert "Hoa cũng đang mở báo cáo này để soạn." in page(second)
    address = reverse("report_presence", args=WHERE)
    staff["hoa"].post(address, {"muc": "difficulties"})
    said = second.post(address, {"muc": "proposals"}).json()["said"]
    assert said == ["Hoa đang soạn mục “Khó khăn, vướng mắc, nguyên nhân”."]
    for who in ("long", "binh", "tuan"):
        assert staff[who].post(address, {"muc": ""}).status_code == 404


# --- what arrives ----------------------------------------------------------------------------------------------------------------


def test_the_receiver_accepts_several_at_once_and_one_that_changed_holds_up_no_other(
    staff: dict[str, Client], what: Duty, land: Country
) -> None:
    taken_to("sent", what, land.ea_kar)
    taken_to("replaced", what, land.ea_knop)
    taken_to("sent", what, land.ea_knop, number=2)
    shown = page(staff["binh"], RECEIVED)
    assert "24373|1" in shown
    assert "24400|2" in shown
    staff["binh"].post(RECEIVED, {"chon": ["24373|1", "24400|1"]})
    states = [life_of(what, place, due=FRIDAY).state for place in (land.ea_kar, land.ea_knop)]
    assert states == [State.ACCEPTED, State.SENT]  # of the other an older edition was ticked
    assert "Chưa tiếp nhận báo cáo nào" in staff["binh"].post(RECEIVED, {}, follow=True).content.decode()


def test_the_list_comes_as_a_file_and_the_steering_committee_sees_totals_only(
    staff: dict[str, Client], what: Duty, land: Country
) -> None:
    taken_to("sent", what, land.ea_kar, number=9)
    file = RECEIVED.replace("nhan-ve/", "nhan-ve/tai-ve.csv")
    rows = staff["binh"].get(file).content.decode("utf-8-sig").splitlines()
    assert "24373,Xã Ea Kar,chờ tiếp nhận,2025-10-17,,1,Báo cáo số 09/BC-UBND ngày 17/10/2025" in rows
    steering = page(staff["ha"], RECEIVED)
    assert "Đã gửi đúng ngày" in steering
    assert "Xã Ea Kar" not in steering
    assert staff["ha"].post(RECEIVED, {"chon": ["24373|1"]}).status_code == 404
    assert staff["ha"].get(file).status_code == 404
    assert "Xã Ea Kar" in page(staff["binh"], f"{RECEIVED}&loc=cho-tiep-nhan")
    assert "Xã Ea Kar" not in page(staff["binh"], f"{RECEIVED}&loc=muon")
    assert "Không có báo cáo nào gửi đến nơi này" in page(staff["hoa"], f"{reverse('received_reports')}?noi=24373")
    of_department = page(staff["dung"], reverse("received_reports"))
    assert "Báo cáo tuần" in of_department
    assert "Xã Ea Kar" in of_department
    for wrong in ("&ngay=2025-10-16", "&che-do=x/y", "&noi=24400"):
        assert staff["hoa"].get(f"{reverse('received_reports')}?noi=66{wrong}").status_code == 404
