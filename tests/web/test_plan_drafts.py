"""The pages on which a plan is read from its document, reviewed and adopted: what they show, whom they are there for, what they refuse."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hocvuso.measure.actions import refresh_measure
from hocvuso.people.models import Account, RoleKind
from hocvuso.plans.drafts.actions import accept_entry, accept_sure_entries, settle_finding
from hocvuso.plans.drafts.queries import review_of
from hocvuso.plans.drafts.review import TargetValues
from hocvuso.plans.models import DraftState, Plan, PlanDraft
from hocvuso.plans.reader.model import Deadline
from hocvuso.web.office.draft_words import deadline, printed_deadline
from hocvuso.web.office.reading import read_waiting_documents
from tests.make.drafts import TODAY, draft, plan_draft
from tests.make.people import account, signed_in
from tests.make.places import Country
from tests.make.word_plan import word_plan
from tests.web.test_language import in_english, left_over

pytestmark = pytest.mark.django_db
UPLOAD = reverse("read_plan_document")


@pytest.fixture(autouse=True)
def uploads(settings: Any, tmp_path: Path) -> Path:
    settings.UPLOADS_DIR = tmp_path / "uploads"
    return tmp_path / "uploads"


@pytest.fixture
def binh(land: Country) -> Account:
    return account("binh", RoleKind.PROVINCE_OFFICER, land.province)


@pytest.fixture
def client(binh: Account) -> Client:
    return signed_in(binh)


@pytest.fixture
def sent(land: Country, binh: Account) -> PlanDraft:
    return plan_draft(binh, land.province)


def _page(name: str, sent: PlanDraft, *more: str) -> str:
    return reverse(name, args=[sent.pk, *more])


def _send(client: Client, data: bytes, name: str, place: str = "66") -> Any:
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, data), "place": place})


def _text(answer: Any) -> str:
    return str(answer.content.decode())


def _review(sent: PlanDraft) -> Any:
    return review_of(PlanDraft.objects.get(pk=sent.pk))


TARGET = {
    "title": "70% được xác nhận trên VNeID", "value": "75,5", "unit": "%", "comparator": ">=", "group": "adults",
    "metric": "adult_confirmed", "scope": "total", "precision": "year", "due": "2026-12-31",
    "due_text": "Đến hết năm 2026", "horizon": "2026", "clause": "I.1",
}  # fmt: skip


# --- a document comes in -------------------------------------------------------------------------------------------------------


def test_a_word_file_is_read_and_its_draft_opened(client: Client, land: Country) -> None:
    answer = _send(client, word_plan(), "Kế hoạch 245.docx")
    made = PlanDraft.objects.get()
    assert answer.headers["Location"] == _page("plan_draft", made)
    page = _text(client.get(answer.headers["Location"]))
    assert "Người trưởng thành có kỹ năng số" in page
    assert "Kiện toàn Tổ công nghệ số cộng đồng" in page
    assert "Kế hoạch 245.docx" in _text(client.get(UPLOAD))


def _bomb() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<x/>")
        file.writestr("word/document.xml", b"0" * 80_000_000)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "trong.docx"),
        (b"MZ\x90\0", "ke-hoach.exe"),
        (b"PK\3\4 khong phai tep nen", "hong.docx"),
        (b"%PDF-1.7 khong phai pdf", "hong.pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "co-mat-khau.docx"),
        (_bomb, "bom.docx"),
    ],
    ids=["empty", "another type", "broken Word", "broken PDF", "locked", "bomb"],
)
def test_a_file_that_cannot_be_read_is_refused_and_not_kept(
    client: Client, land: Country, uploads: Path, data: bytes | Callable[[], bytes], name: str
) -> None:
    answer = _send(client, data() if callable(data) else data, name)
    assert answer.status_code == 400
    assert "Chưa nhận tệp" in _text(answer)
    assert 'href="#id_file"' in _text(answer)
    assert not PlanDraft.objects.exists()
    assert not uploads.exists()


def test_a_file_that_is_too_large_is_refused(client: Client, land: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hocvuso.web.office.views.plan_drafts.LARGEST", 100)
    monkeypatch.setattr("hocvuso.plans.drafts.actions.LARGEST", 100)
    answer = _send(client, b"a" * 200, "ke-hoach.txt")
    assert answer.status_code == 400
    assert not PlanDraft.objects.exists()


def test_nothing_chosen_is_said_so(client: Client, land: Country) -> None:
    assert "Hãy chọn một tệp." in _text(client.post(UPLOAD, {"place": "66"}))


def test_another_place_than_ones_own_is_no_choice(client: Client, land: Country) -> None:
    assert _send(client, word_plan(), "a.docx", place="24373").status_code == 400
    assert not PlanDraft.objects.exists()


def test_a_long_document_says_that_it_is_being_read(
    client: Client, land: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hocvuso.plans.drafts.actions.guessed_pages", lambda _data: 41)
    address = _send(client, word_plan(), "dai.docx").headers["Location"]
    assert "Máy đang đọc văn bản" in _text(client.get(address))
    assert read_waiting_documents() == 1
    assert "Xem lại bản đọc" in _text(client.get(address))


def test_a_long_document_that_failed_says_why(client: Client, sent: PlanDraft) -> None:
    PlanDraft.objects.update(state=DraftState.FAILED, failure="Tệp có mật khẩu.")
    page = _text(client.get(_page("plan_draft", sent)))
    assert "Không đọc được văn bản này" in page
    assert "Tệp có mật khẩu." in page


def test_the_file_comes_back_as_it_was_sent(client: Client, sent: PlanDraft) -> None:
    answer = client.get(_page("plan_draft_file", sent))
    assert b"".join(answer.streaming_content) == b"mot ke hoach"  # type: ignore[attr-defined]
    assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("one", "shown"),
    [
        (Deadline(dt.date(2025, 10, 25), before=True), "trước 25/10/2025"),
        (Deadline(dt.date(2025, 12, 31), start=dt.date(2025, 8, 1)), "01/08/2025 – 31/12/2025"),
        (Deadline(start=dt.date(2025, 8, 1), recurring=True), "bắt đầu 01/08/2025, thường xuyên"),
        (Deadline(), ""),
    ],
)
def test_a_deadline_is_told_by_its_days(one: Deadline, shown: str) -> None:
    assert deadline(one) == shown


@pytest.mark.parametrize(
    ("one", "shown"),
    [
        (Deadline(dt.date(2025, 10, 25), before=True, text="Trước ngày 25/10/2025"), ""),
        (Deadline(dt.date(2025, 8, 1), text="đến 1/8/2025"), ""),
        (Deadline(dt.date(2025, 8, 1), text="Trước ngày 15/8/2025"), "Trước ngày 15/8/2025"),
        (Deadline(dt.date(2026, 6, 30), "quarter", text="Quý II/2026"), "Quý II/2026"),
        (Deadline(relative=True, text="sau khi có hướng dẫn"), "sau khi có hướng dẫn"),
        (Deadline(), ""),
    ],
)
def test_printed_words_are_shown_where_they_say_more_than_the_day(one: Deadline, shown: str) -> None:
    assert printed_deadline(one) == shown


# --- who may --------------------------------------------------------------------------------------------------------------------


def test_a_stranger_finds_no_page_of_the_draft(sent: PlanDraft, land: Country) -> None:
    pages = [
        _page("plan_draft", sent), _page("plan_draft_file", sent), _page("draft_entry", sent, "c1"), _page("draft_entry_new", sent, "task"),
        _page("draft_finding", sent, "d1"), _page("adopt_plan_draft", sent), _page("discard_plan_draft", sent),
    ]  # fmt: skip
    strangers = [
        account("hoa", RoleKind.COMMUNE_OFFICER, land.ea_kar),
        account("dung", RoleKind.DEPARTMENT_OFFICER, land.department),
        account("ha", RoleKind.STEERING, land.province),
        account("mai", RoleKind.ORGANISATION_CONTACT, land.school),
    ]
    for who in strangers:
        visitor = signed_in(who)
        assert {visitor.get(page).status_code for page in pages} == {404}
        assert {visitor.post(page, {"accept": "c1:0"}).status_code for page in pages} == {404}
    assert _review(sent).decided == 0


def test_the_plan_list_leads_to_reading_only_for_those_who_may(client: Client, land: Country) -> None:
    assert UPLOAD in _text(client.get(reverse("plan_list")))
    ha = signed_in(account("ha", RoleKind.STEERING, land.province))
    assert UPLOAD not in _text(ha.get(reverse("plan_list")))


# --- the review -----------------------------------------------------------------------------------------------------------------


def test_document_and_draft_are_marked_with_the_same_numbers(client: Client, sent: PlanDraft) -> None:
    page = _text(client.get(_page("plan_draft", sent)))
    for entry in ("c1", "c2", "n1", "b1", "d1"):
        assert f'id="m-{entry}"' in page
        assert f'id="vb-{entry}"' in page
        assert page.count(f'href="#vb-{entry}"') == 1
        assert f'href="#m-{entry}"' in page
    assert "Còn 5 mục cần xem" in page
    assert "Nhận tất cả mục chắc chắn (2)" in page


def test_text_of_a_document_is_never_markup(client: Client, land: Country, binh: Account) -> None:
    from dataclasses import replace

    from hocvuso.plans.reader.model import Block, Document, Draft

    evil = "<script>alert(1)</script>"
    made = plan_draft(binh, land.province, found=replace(Draft(Document("x", (Block(0, evil),))), notes=(evil,)))
    page = _text(client.get(_page("plan_draft", made)))
    assert evil not in page
    assert "&lt;script&gt;" in page


def test_a_button_decides_and_the_page_goes_on_at_the_next_open_entry(client: Client, sent: PlanDraft) -> None:
    answer = client.post(_page("plan_draft", sent), {"accept": "c1:0"})
    assert answer.headers["Location"] == f"{_page('plan_draft', sent)}#m-c2"
    answer = client.post(_page("plan_draft", sent), {"reject": "c2:0"})
    assert answer.headers["Location"].endswith("#m-n1")
    assert [entry.state for entry in _review(sent).entries] == ["accepted", "rejected", "open", "open"]
    assert client.post(_page("plan_draft", sent), {"accept_sure": "1"}).status_code == 302
    assert _review(sent).entry("b1").state == "accepted"


@pytest.mark.parametrize("asked", [{"accept": "c1:7"}, {"accept": "c1"}, {"reject": "c1:x"}, {}])
def test_a_button_of_an_older_page_changes_nothing_and_says_so(
    client: Client, sent: PlanDraft, asked: dict[str, str]
) -> None:
    answer = client.post(_page("plan_draft", sent), asked)
    assert answer.status_code == 409
    assert "Chưa ghi được" in _text(answer)
    assert _review(sent).decided == 0


def test_an_entry_that_is_not_there_is_not_found(client: Client, sent: PlanDraft) -> None:
    assert client.post(_page("plan_draft", sent), {"accept": "c99:0"}).status_code == 404
    assert client.get(_page("draft_entry", sent, "c99")).status_code == 404
    assert client.get(_page("draft_finding", sent, "d99")).status_code == 404
    assert client.get(_page("draft_entry_new", sent, "khac")).status_code == 404


def test_the_form_shows_what_was_read_with_the_proposed_metric_first(client: Client, sent: PlanDraft) -> None:
    page = _text(client.get(_page("draft_entry", sent, "c2")))
    assert 'value="70"' in page
    proposal, none = page.index("(máy đề xuất)"), page.index("không có thước đo phù hợp")
    assert proposal < none < page.index('value="adult_reached"')
    assert "C2 ·" not in page  # it cannot repeat itself


def test_a_correction_is_kept_as_it_was_typed(client: Client, sent: PlanDraft) -> None:
    answer = client.post(
        _page("draft_entry", sent, "c2"), {**TARGET, "version": "0", "leads": "Công an tỉnh\nSở A, Sở B\n"}
    )
    assert answer.status_code == 302, _text(answer)
    entry = _review(sent).entry("c2")
    assert isinstance(entry.values, TargetValues)
    assert (entry.state, entry.values.value, entry.values.comparator) == ("corrected", 75.5, ">=")
    assert entry.values.leads == ("Công an tỉnh", "Sở A, Sở B")
    assert "đã sửa" in _text(client.get(_page("plan_draft", sent)))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("85", 85.0),
        ("85,5", 85.5),
        ("85.5", 85.5),
        ("5.000", 5000.0),
        ("1.091.556", 1091556.0),
        ("60 %", 60.0),
        ("1.091.556,5", 1091556.5),
    ],
)
def test_numbers_are_taken_as_vietnam_writes_them(client: Client, sent: PlanDraft, typed: str, kept: float) -> None:
    client.post(_page("draft_entry", sent, "c2"), {**TARGET, "value": typed, "version": "0"})
    assert _review(sent).entry("c2").values.value == kept


@pytest.mark.parametrize("typed", ["tám mươi", "-5", "1.2.3", "", "1e5"])
def test_what_is_no_number_comes_back_with_the_page(client: Client, sent: PlanDraft, typed: str) -> None:
    answer = client.post(_page("draft_entry", sent, "c2"), {**TARGET, "value": typed, "version": "0"})
    assert answer.status_code == 400
    assert 'href="#id_value"' in _text(answer)
    assert _review(sent).entry("c2").is_open


def test_the_second_of_two_reviewers_sees_both_values(client: Client, sent: PlanDraft, land: Country) -> None:
    an = signed_in(account("an", RoleKind.PROVINCE_OFFICER, land.province))
    assert an.post(_page("draft_entry", sent, "c2"), {**TARGET, "value": "60", "version": "0"}).status_code == 302
    answer = client.post(_page("draft_entry", sent, "c2"), {**TARGET, "value": "75", "version": "0"})
    page = _text(answer)
    assert answer.status_code == 400
    assert "Hai bản khác nhau" in page
    assert page.index(">75<") < page.index(">60<")
    assert 'value="75"' in page
    assert _review(sent).entry("c2").values.value == 60
    # Saving once more, with both in sight, is meant.
    assert client.post(_page("draft_entry", sent, "c2"), {**TARGET, "value": "75", "version": "1"}).status_code == 302
    assert _review(sent).entry("c2").values.value == 75


@pytest.mark.parametrize(
    ("kind", "given", "wanted"),
    [
        ("target", {**TARGET, "title": "Hộ có tài khoản số"}, "c3"),
        ("task", {"title": "Tập huấn lại", "precision": "day", "borne_by": "communes"}, "n2"),
        (
            "duty",
            {"title": "Báo cáo quý", "frequency": "quarterly", "who": "các xã", "to": "Sở A", "borne_by": "communes"},
            "b2",
        ),
    ],
)
def test_what_the_reader_did_not_see_is_added(
    client: Client, sent: PlanDraft, kind: str, given: dict[str, str], wanted: str
) -> None:
    assert client.get(_page("draft_entry_new", sent, kind)).status_code == 200
    answer = client.post(_page("draft_entry_new", sent, kind), {**given, "version": "0"})
    assert answer.status_code == 302, _text(answer)
    assert _review(sent).entry(wanted).state == "added"


def test_a_contradiction_is_settled_with_a_reason(client: Client, sent: PlanDraft) -> None:
    address = _page("draft_finding", sent, "d1")
    page = _text(client.get(address))
    assert "checked" not in page  # nobody's reading is chosen beforehand
    assert "Ghi nhận cách đọc 2: 60%" in page
    assert client.post(address, {"decision": "settled:1", "version": "0"}).status_code == 400
    assert client.post(address, {"decision": "settled:5", "reason": "x", "version": "0"}).status_code == 400
    assert client.post(address, {"decision": "settled:1", "reason": "Theo Phụ lục", "version": "0"}).status_code == 302
    again = client.post(address, {"decision": "kept_open", "version": "0"})
    assert "Hai bản khác nhau" in _text(again)
    point = _review(sent).points[0]
    assert (point.state, point.chosen) == ("settled", 1)


# --- adopting -------------------------------------------------------------------------------------------------------------------

HEADER = {
    "title": "Kế hoạch phổ cập kỹ năng số năm 2026", "short_title": "Kỹ năng số 2026", "issuer": "UBND tỉnh Đắk Lắk",
    "issuing_system": "state", "number": "12/KH-UBND", "date": "2025-09-01", "period_start": "2025-09-01", "period_end": "2026-12-31",
    "key": "ky-nang-so-2026",
}  # fmt: skip


def _decide_everything(sent: PlanDraft, who: Account) -> None:
    accept_sure_entries(sent.pk, by=who, today=TODAY)
    for entry in ("c2", "n1"):
        accept_entry(sent.pk, entry, version=0, by=who, today=TODAY)
    settle_finding(sent.pk, "d1", state="kept_open", version=0, by=who, today=TODAY)


def test_a_reviewed_draft_is_adopted_and_its_targets_are_on_the_plan_page(
    client: Client, sent: PlanDraft, binh: Account, measure_dir: Path
) -> None:
    refresh_measure()
    _decide_everything(sent, binh)
    answer = client.post(_page("adopt_plan_draft", sent), {**HEADER, "adopt": "1", "version": "0"})
    assert answer.headers["Location"] == reverse("plan", args=["ky-nang-so-2026"]), _text(answer)
    assert "Người trưởng thành có kỹ năng số" in _text(client.get(answer.headers["Location"]))
    page = _text(client.get(_page("plan_draft", sent)))
    assert "đã ban hành vào hệ thống" in page
    assert 'name="accept"' not in page
    assert client.get(_page("draft_entry", sent, "c1")).status_code == 400
    assert client.get(_page("adopt_plan_draft", sent)).status_code == 302


def test_what_is_still_open_is_named_with_its_place_and_the_header_is_kept(client: Client, sent: PlanDraft) -> None:
    answer = client.post(
        _page("adopt_plan_draft", sent), {**HEADER, "short_title": "Tên mới", "adopt": "1", "version": "0"}
    )
    assert answer.status_code == 400
    assert "Còn 5 mục chưa xem." in _text(answer)
    assert f"{_page('plan_draft', sent)}#m-c1" in _text(answer)
    assert _review(sent).header.short_title == "Tên mới"
    assert not Plan.objects.exists()


def test_what_the_document_lacks_is_asked_for_with_links(client: Client, sent: PlanDraft, binh: Account) -> None:
    _decide_everything(sent, binh)
    lacking = {**HEADER, "period_end": "", "short_title": "", "key": "Kế hoạch"}
    answer = client.post(_page("adopt_plan_draft", sent), {**lacking, "adopt": "1", "version": "0"})
    for field in ("period_end", "short_title", "key"):
        assert f'href="#id_{field}"' in _text(answer)
    assert not Plan.objects.exists()


def test_the_information_can_be_kept_alone(client: Client, sent: PlanDraft) -> None:
    answer = client.post(_page("adopt_plan_draft", sent), {**HEADER, "short_title": "Tên mới", "version": "0"})
    assert answer.status_code == 302
    assert _review(sent).header.short_title == "Tên mới"
    late = client.post(_page("adopt_plan_draft", sent), {**HEADER, "short_title": "Tên khác", "version": "0"})
    assert "Hai bản khác nhau" in _text(late)
    assert _review(sent).header.short_title == "Tên mới"


def test_discarding_asks_once_more(client: Client, sent: PlanDraft) -> None:
    assert client.get(_page("discard_plan_draft", sent)).status_code == 200
    assert client.post(_page("discard_plan_draft", sent)).status_code == 302
    assert client.get(_page("plan_draft", sent)).status_code == 404
    assert draft().document.name not in _text(client.get(UPLOAD))


def test_who_chose_english_reviews_in_english(client: Client, sent: PlanDraft) -> None:
    pages = [
        UPLOAD, _page("plan_draft", sent), _page("draft_entry", sent, "c1"), _page("draft_entry", sent, "n1"),
        _page("draft_entry", sent, "b1"),
        _page("draft_entry_new", sent, "target"), _page("draft_finding", sent, "d1"), _page("adopt_plan_draft", sent),
        _page("discard_plan_draft", sent),
    ]  # fmt: skip
    assert {page: found for page in pages if (found := left_over(in_english(client).get(page).content))} == {}
