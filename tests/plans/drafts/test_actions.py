"""What is written while a draft is reviewed: whole or not at all, by those who may, and named in the audit without its values."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hocvuso.attachments.store import keep_file, path_of
from hocvuso.audit.models import Entry as AuditEntry
from hocvuso.lib.errors import BadInput, HocVuSoError, Refused, UnknownName
from hocvuso.people.models import Account, RoleKind
from hocvuso.plans.drafts.actions import (
    accept_entry,
    accept_sure_entries,
    add_entry,
    adopt_draft,
    correct_entry,
    describe_draft,
    discard_draft,
    read_waiting_drafts,
    reject_entry,
    settle_finding,
    start_draft,
)
from hocvuso.plans.drafts.queries import as_read, draft_list, review_of
from hocvuso.plans.drafts.review import TargetValues, TaskValues
from hocvuso.plans.drafts.uploads import guessed_pages
from hocvuso.plans.models import DraftState, Plan, PlanDraft
from hocvuso.plans.reader.model import Block, Document
from tests.make.drafts import TODAY, draft, plan_draft
from tests.make.people import account
from tests.make.places import Country
from tests.make.word_plan import word_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def binh(land: Country) -> Account:
    return account("binh", RoleKind.PROVINCE_OFFICER, land.province)


@pytest.fixture
def sent(land: Country, binh: Account) -> PlanDraft:
    return plan_draft(binh, land.province)


def _by(who: Account) -> dict[str, Any]:
    return {"by": who, "today": TODAY}


def _now(sent: PlanDraft) -> PlanDraft:
    return PlanDraft.objects.get(pk=sent.pk)


def _acts(sent: PlanDraft) -> list[tuple[str, str, list[str]]]:
    """(verb, what, fields) of everything the audit knows of a draft."""
    rows = AuditEntry.objects.filter(object_type="plan_draft", object_id__startswith=str(sent.pk)).order_by("pk")
    return [(row.verb, row.object_id.partition("/")[2], row.fields) for row in rows]


def _decide_everything(sent: PlanDraft, who: Account) -> None:
    accept_sure_entries(sent.pk, **_by(who))
    accept_entry(sent.pk, "c2", version=0, **_by(who))
    accept_entry(sent.pk, "n1", version=0, **_by(who))
    settle_finding(sent.pk, "d1", state="kept_open", version=0, **_by(who))


# --- taking a document in ------------------------------------------------------------------------------------------------------


def test_a_document_is_read_and_its_file_kept_by_its_digest_alone(sent: PlanDraft, uploads: Path) -> None:
    assert sent.state == DraftState.READY
    assert len(review_of(_now(sent)).entries) == 4
    file = path_of(sent.sha256)
    assert file.read_bytes() == b"mot ke hoach"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in uploads.iterdir()] == [sent.sha256]
    assert _acts(sent) == [("start_draft", "", ["ready"])]


def test_a_name_full_of_paths_is_only_a_name(land: Country, binh: Account, uploads: Path) -> None:
    for name, shown in (
        ("../../etc/passwd", "passwd"),
        ("C:\\Tài liệu\\ke\0 hoach.docx", "ke hoach.docx"),
        ("", "(không tên)"),
    ):
        made = start_draft(b"x", name=name, place=land.province, read=lambda _d, _n: draft(), **_by(binh))
        assert made.file_name == shown
    assert len(list(uploads.iterdir())) == 1


@pytest.mark.both
def test_a_nul_in_the_text_is_kept_as_a_blank(land: Country, binh: Account) -> None:
    block = Block(0, "Kế\0hoạch")
    made = plan_draft(
        binh, land.province, found=replace(draft(), document=Document("a", (block,)), indicators=(), findings=())
    )
    assert as_read(_now(made)).document.blocks[0].text == "Kế hoạch"


def test_a_refused_file_leaves_nothing(land: Country, binh: Account, uploads: Path) -> None:
    def read(_data: bytes, name: str) -> Any:
        raise BadInput(f"Tệp {name} đã hỏng.")

    for data, why in ((b"PK\3\4 hong", "đã hỏng"), (b"", "trống"), (b"0" * 50_000_001, "50 MB")):
        with pytest.raises(BadInput, match=why):
            start_draft(data, name="a.docx", place=land.province, read=read, **_by(binh))
    assert not PlanDraft.objects.exists()
    assert not uploads.exists()


def test_nobody_brings_a_plan_into_another_place(land: Country, binh: Account) -> None:
    hoa = account("hoa", RoleKind.COMMUNE_OFFICER, land.ea_kar)
    ha = account("ha", RoleKind.STEERING, land.province)
    for who, place in ((hoa, land.province), (hoa, land.ea_knop), (binh, land.ea_kar), (ha, land.province)):
        with pytest.raises(UnknownName):
            plan_draft(who, place)
    assert plan_draft(hoa, land.ea_kar).plan_unit == land.ea_kar


def test_a_department_brings_in_a_plan_for_the_unit_it_answers_to(land: Country) -> None:
    dung = account("dung", RoleKind.DEPARTMENT_OFFICER, land.department)
    assert plan_draft(dung, land.department).plan_unit == land.province


def test_a_long_document_waits_for_the_timetable(land: Country, binh: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hocvuso.plans.drafts.actions.guessed_pages", lambda _data: 41)
    waits = plan_draft(binh, land.province)
    assert (waits.state, waits.read) == (DraftState.WAITING, {})
    with pytest.raises(Refused, match="chưa đọc xong"):
        accept_entry(waits.pk, "c1", version=0, **_by(binh))
    assert read_waiting_drafts(read=lambda _data, _name: draft()) == 1
    assert _now(waits).state == DraftState.READY
    assert len(review_of(_now(waits)).entries) == 4
    assert read_waiting_drafts(read=lambda _data, _name: draft()) == 0


@pytest.mark.parametrize(
    ("error", "said"), [(BadInput("Tệp có mật khẩu."), "Tệp có mật khẩu."), (ValueError("x"), "Máy gặp lỗi")]
)
def test_a_long_document_that_cannot_be_read_says_why_and_its_file_goes(
    error: Exception, said: str, land: Country, binh: Account, uploads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(_data: bytes, _name: str) -> Any:
        raise error

    monkeypatch.setattr("hocvuso.plans.drafts.actions.guessed_pages", lambda _data: 41)
    waits = plan_draft(binh, land.province)
    assert read_waiting_drafts(read=read) == 1
    assert _now(waits).state == DraftState.FAILED
    assert said in _now(waits).failure
    assert list(uploads.iterdir()) == []


def test_pages_are_guessed_without_reading() -> None:
    assert guessed_pages(word_plan()) <= 2
    assert guessed_pages(b"PK\3\4 hong") == 0
    assert guessed_pages(b"%PDF-1.7 hong") == 0
    assert guessed_pages(b"a" * 250_000) == 100


def test_the_same_file_is_kept_once(uploads: Path) -> None:
    assert keep_file(b"a") == keep_file(b"a")
    assert len(list(uploads.iterdir())) == 1


# --- deciding ------------------------------------------------------------------------------------------------------------------


def test_each_step_is_kept_and_named_without_values(sent: PlanDraft, binh: Account) -> None:
    values = review_of(sent).entries[1].values
    assert isinstance(values, TargetValues)
    accept_entry(sent.pk, "c1", version=0, **_by(binh))
    correct_entry(sent.pk, "c2", values=replace(values, value=75.0, comparator=">="), version=0, **_by(binh))
    reject_entry(sent.pk, "b1", version=0, **_by(binh))
    add_entry(sent.pk, values=TaskValues(title="Tập huấn lại cho Tổ"), **_by(binh))
    review = review_of(_now(sent))
    assert [(entry.id, entry.state) for entry in review.entries] == [
        ("c1", "accepted"), ("c2", "corrected"), ("n1", "open"), ("n2", "added"), ("b1", "rejected"),
    ]  # fmt: skip
    assert _acts(sent)[1:] == [
        ("accept_entry", "c1", ["accepted"]),
        ("correct_entry", "c2", ["value", "comparator"]),
        ("reject_entry", "b1", ["rejected"]),
        ("add_entry", "n2", ["title"]),
    ]
    assert _now(sent).version == 4


def test_what_was_read_never_changes(sent: PlanDraft, binh: Account) -> None:
    before = as_read(_now(sent))
    _decide_everything(sent, binh)
    assert as_read(_now(sent)) == before == draft()


@pytest.mark.both
def test_two_reviewers_meet_only_at_the_same_entry(sent: PlanDraft, binh: Account, land: Country) -> None:
    second = account("an", RoleKind.PROVINCE_OFFICER, land.province)
    values = review_of(sent).entries[1].values
    assert isinstance(values, TargetValues)
    accept_entry(sent.pk, "c1", version=0, **_by(binh))
    correct_entry(sent.pk, "c2", values=replace(values, value=75.0), version=0, **_by(second))
    with pytest.raises(Refused, match="người khác vừa đổi"):
        correct_entry(sent.pk, "c2", values=replace(values, value=80.0), version=0, **_by(binh))
    with pytest.raises(Refused, match="người khác vừa đổi"):
        reject_entry(sent.pk, "c2", version=0, **_by(binh))
    kept = review_of(_now(sent)).entry("c2")
    assert kept is not None
    assert isinstance(kept.values, TargetValues)
    assert (kept.values.value, kept.version) == (75.0, 1)
    assert len(_acts(sent)) == 3


def test_all_that_is_sure_is_accepted_in_one_go(sent: PlanDraft, binh: Account) -> None:
    reject_entry(sent.pk, "b1", version=0, **_by(binh))
    assert accept_sure_entries(sent.pk, **_by(binh)) == 1
    assert [entry.state for entry in review_of(_now(sent)).entries] == ["accepted", "open", "open", "rejected"]
    assert accept_sure_entries(sent.pk, **_by(binh)) == 0


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"state": "settled", "reason": "x"}, "cách đọc"),
        ({"state": "settled", "chosen": 2, "reason": "x"}, "cách đọc"),
        ({"state": "settled", "chosen": 1, "reason": " "}, "lý do"),
        ({"state": "dismissed"}, "lý do"),
        ({"state": "open"}, "cách xử lý"),
    ],
)
def test_a_reading_is_never_recorded_without_a_choice_and_a_reason(
    sent: PlanDraft, binh: Account, asked: dict[str, Any], why: str
) -> None:
    with pytest.raises(BadInput, match=why):
        settle_finding(sent.pk, "d1", version=0, **asked, **_by(binh))
    assert review_of(_now(sent)).points[0].is_open


def test_a_recorded_reading_keeps_its_reason(sent: PlanDraft, binh: Account) -> None:
    settle_finding(sent.pk, "d1", state="settled", chosen=1, reason="Theo Phụ lục.", version=0, **_by(binh))
    point = review_of(_now(sent)).points[0]
    assert (point.state, point.chosen, point.reason) == ("settled", 1, "Theo Phụ lục.")
    assert _acts(sent)[-1] == ("settle_finding", "d1", ["state", "chosen", "reason", "version"])


def test_a_stranger_finds_no_draft(sent: PlanDraft, land: Country) -> None:
    strangers = [
        account("hoa", RoleKind.COMMUNE_OFFICER, land.ea_kar),
        account("dung", RoleKind.DEPARTMENT_OFFICER, land.department),
        account("ha", RoleKind.STEERING, land.province),
    ]
    for who in strangers:
        assert list(draft_list(who, on=TODAY)) == []
        for act in (
            lambda: accept_entry(sent.pk, "c1", version=0, **_by(who)),  # noqa: B023
            lambda: adopt_draft(sent.pk, **_by(who)),  # noqa: B023
            lambda: discard_draft(sent.pk, **_by(who)),  # noqa: B023
        ):
            with pytest.raises(UnknownName):
                act()
    assert _now(sent).version == 0


def test_an_entry_that_is_not_there_is_refused(sent: PlanDraft, binh: Account) -> None:
    with pytest.raises(UnknownName):
        accept_entry(sent.pk, "c99", version=0, **_by(binh))


def test_values_that_a_plan_cannot_hold_are_refused_whole(sent: PlanDraft, binh: Account) -> None:
    with pytest.raises(BadInput, match="Mức: chưa điền"):
        correct_entry(sent.pk, "c1", values=TargetValues(title="x"), version=0, **_by(binh))
    with pytest.raises(BadInput, match="Nội dung: chưa điền"):
        add_entry(sent.pk, values=TaskValues(), **_by(binh))
    assert _now(sent).version == 0
    assert len(_acts(sent)) == 1


# --- adopting ------------------------------------------------------------------------------------------------------------------


@pytest.mark.both
def test_a_reviewed_draft_becomes_a_plan(sent: PlanDraft, binh: Account) -> None:
    _decide_everything(sent, binh)
    plan = adopt_draft(sent.pk, **_by(binh))
    assert (plan.targets.count(), plan.tasks.count(), plan.duties.count(), plan.findings.count()) == (2, 1, 1, 1)
    assert plan.number == "12/KH-UBND"
    assert _now(sent).adopted == plan
    assert _acts(sent)[-1] == ("adopt_draft", "", ["adopted"])
    for act in (lambda: adopt_draft(sent.pk, **_by(binh)), lambda: reject_entry(sent.pk, "c1", version=1, **_by(binh))):
        with pytest.raises(Refused, match="đã ban hành"):
            act()
    with pytest.raises(Refused, match="không bỏ được"):
        discard_draft(sent.pk, **_by(binh))


def test_nothing_is_adopted_while_something_waits_or_is_amiss(sent: PlanDraft, binh: Account) -> None:
    with pytest.raises(Refused, match="Còn 5 mục"):
        adopt_draft(sent.pk, **_by(binh))
    _decide_everything(sent, binh)
    header = replace(review_of(_now(sent)).header, period_end=None)
    describe_draft(sent.pk, header=header, version=0, **_by(binh))
    with pytest.raises(BadInput, match="Kế hoạch kết thúc: chưa điền"):
        adopt_draft(sent.pk, **_by(binh))
    assert not Plan.objects.exists()
    assert _now(sent).adopted is None


def test_a_draft_never_overwrites_a_plan_in_force(land: Country, binh: Account) -> None:
    first, second = plan_draft(binh, land.province), plan_draft(binh, land.province)
    for sent in (first, second):
        _decide_everything(sent, binh)
    adopt_draft(first.pk, **_by(binh))
    with pytest.raises(BadInput, match="đã có kế hoạch khác"):
        adopt_draft(second.pk, **_by(binh))
    assert Plan.objects.count() == 1


def test_a_draft_of_which_everything_was_rejected_is_no_plan(sent: PlanDraft, binh: Account) -> None:
    for entry in review_of(sent).entries:
        reject_entry(sent.pk, entry.id, version=0, **_by(binh))
    settle_finding(sent.pk, "d1", state="kept_open", version=0, **_by(binh))
    with pytest.raises(Refused, match="trống"):
        adopt_draft(sent.pk, **_by(binh))


def test_the_header_is_filled_in_by_one_at_a_time(sent: PlanDraft, binh: Account) -> None:
    header = replace(review_of(sent).header, short_title="Kỹ năng số 2026")
    describe_draft(sent.pk, header=header, version=0, **_by(binh))
    with pytest.raises(Refused, match="người khác"):
        describe_draft(sent.pk, header=header, version=0, **_by(binh))
    assert review_of(_now(sent)).header.short_title == "Kỹ năng số 2026"
    assert _acts(sent)[-1] == ("describe_draft", "header", ["short_title"])
    describe_draft(sent.pk, header=header, version=1, **_by(binh))
    assert len(_acts(sent)) == 2  # nothing changed, nothing to tell


def test_a_discarded_draft_is_gone(sent: PlanDraft, binh: Account) -> None:
    discard_draft(sent.pk, **_by(binh))
    assert list(draft_list(binh, on=TODAY)) == []
    with pytest.raises(HocVuSoError):
        accept_entry(sent.pk, "c1", version=0, **_by(binh))
