"""The review as pure rules: what is proposed, decided, marked, and what becomes of it in a plan file."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from hocvuso.lib.errors import BadInput
from hocvuso.plans.drafts.adoption import faults_in, header_faults, plan_file
from hocvuso.plans.drafts.marking import marked_document, pieces_of
from hocvuso.plans.drafts.proposal import proposed_bearers, proposed_key, proposed_review, shortened
from hocvuso.plans.drafts.review import (
    DutyValues,
    Header,
    Review,
    TargetValues,
    TaskValues,
    changed_fields,
    review_from_json,
    review_to_json,
)
from hocvuso.plans.drafts.steps import (
    added,
    corrected,
    decided,
    faults_of,
    link_faults,
    next_open,
    settled,
    sure_entries,
)
from hocvuso.plans.reader.model import Deadline, Draft, Mark, Span
from tests.make.drafts import TARGETS, TASK, draft, indicator


def _accepted(review: Review) -> Review:
    """Everything taken as it is, the contradiction left open."""
    for entry in review.entries:
        review = review.with_entry(decided(entry, "accepted"))
    for point in review.points:
        review = review.with_point(settled(point, state="kept_open", chosen=None, reason=""))
    return review


# --- what is proposed --------------------------------------------------------------------------------------------------------


def test_everything_read_is_proposed_and_open() -> None:
    review = proposed_review(draft())
    assert [entry.id for entry in review.entries] == ["c1", "c2", "n1", "b1"]
    assert [point.id for point in review.points] == ["d1"]
    assert len(review.open) == 5
    assert review.decided == 0
    assert review.points[0].about == ("c2",)


def test_a_review_survives_json() -> None:
    review = _accepted(proposed_review(draft()))
    assert review_from_json(review_to_json(review)) == review


def test_a_repetition_and_a_number_in_a_task_keep_what_they_belong_to() -> None:
    again = indicator("70% được xác nhận trên VNeID", 70, duplicate_of=1)
    inside = indicator("85% người trưởng thành có kỹ năng số", 85, task=0)
    review = proposed_review(draft(embedded=(inside,), duplicates=(again,)))
    third, fourth = review.of_kind("target")[2:]
    assert isinstance(third.values, TargetValues)
    assert isinstance(fourth.values, TargetValues)
    assert third.values.task == "n1"
    assert fourth.values.repeats == "c2"


def test_a_title_says_what_is_counted_and_leaves_the_goal_to_its_field() -> None:
    values = proposed_review(draft()).entries[0].values
    assert values.title == "Người trưởng thành có kỹ năng số"
    unmarked = replace(draft().indicators[0], marks=())
    assert (
        proposed_review(draft(indicators=(unmarked,))).entries[0].values.title == "85% người trưởng thành có kỹ năng số"
    )


def test_an_entry_is_as_sure_as_its_weakest_value() -> None:
    guessed = replace(draft().indicators[0], marks=(Mark("leads", 0.5),))
    assert proposed_review(draft(indicators=(guessed,), findings=())).entries[0].certainty == "unsure"
    metric = replace(draft().indicators[0], metric_confidence=0.7)
    assert proposed_review(draft(indicators=(metric,), findings=())).entries[0].certainty == "look"


def test_a_long_task_gets_a_short_title_and_keeps_its_words() -> None:
    long = "Tổ chức tuyên truyền. " + "Nội dung chi tiết của nhiệm vụ. " * 20
    read = replace(draft().tasks[0], text=long)
    values = proposed_review(draft(tasks=(read,))).of_kind("task")[0].values
    assert isinstance(values, TaskValues)
    assert values.title == "Tổ chức tuyên truyền"
    assert values.detail.startswith("Tổ chức tuyên truyền. Nội dung")
    assert faults_of(values) == []


@pytest.mark.parametrize(
    ("text", "longest", "short"),
    [("một hai ba", 10, "một hai ba"), ("một hai ba bốn", 9, "một hai…"), ("một, hai ba", 6, "một…")],
)
def test_what_is_too_long_is_cut_between_words(text: str, longest: int, short: str) -> None:
    assert shortened(text, longest) == short


@pytest.mark.parametrize(
    ("names", "whom"),
    [
        (("Ủy ban nhân dân các xã, phường",), "communes"),
        (("Các sở, ban, ngành", "UBND các xã, phường"), "communes_and_agencies"),
        (("Sở Khoa học và Công nghệ",), "plan_unit"),
        (("các trường trung học",), "schools"),
        (("các doanh nghiệp, hợp tác xã",), "enterprises"),
        (("Các cơ quan, đơn vị",), "agencies"),
    ],
)
def test_the_words_for_a_lead_tell_whom_a_task_falls_to(names: tuple[str, ...], whom: str) -> None:
    assert proposed_bearers(names) == whom


def test_the_key_comes_from_the_number_and_the_title() -> None:
    assert proposed_key("12/KH-UBND", "Kế hoạch năm 2026") == "12-kh-ubnd-ke-hoach-nam-2026"


def test_an_empty_draft_gives_an_empty_review() -> None:
    assert proposed_review(Draft(draft().document)).entries == ()


# --- what a person decides -----------------------------------------------------------------------------------------------------


def test_only_what_is_sure_and_fit_is_accepted_in_one_go() -> None:
    review = proposed_review(draft())
    assert [entry.id for entry in sure_entries(review)] == ["c1", "b1"]
    duty: Any = review.entries[3].values
    weekly = replace(review.entries[3], values=replace(duty, frequency="weekly"))
    assert [entry.id for entry in sure_entries(review.with_entry(weekly))] == ["c1"]


def test_a_correction_is_one_and_saving_without_a_change_accepts() -> None:
    entry = proposed_review(draft()).entries[0]
    assert isinstance(entry.values, TargetValues)
    other = corrected(entry, replace(entry.values, value=90))
    assert (other.state, other.version) == ("corrected", 1)
    assert changed_fields(entry.values, other.values) == ["value"]
    assert corrected(entry, entry.values).state == "accepted"
    assert corrected(other, other.values) is other
    assert decided(other, "accepted") is other
    assert decided(decided(other, "rejected"), "accepted").values == other.values


def test_a_new_entry_is_numbered_after_the_last_of_its_kind() -> None:
    review = proposed_review(draft())
    assert added(review, TargetValues(title="x")).id == "c3"
    assert added(review, DutyValues()).id == "b2"
    assert added(Review(), TaskValues()).id == "n1"


def test_the_next_open_thing_goes_round() -> None:
    review = proposed_review(draft())
    assert next_open(review, "c1") == "c2"
    assert next_open(review, "d1") == "c1"
    assert next_open(_accepted(review), "c1") == ""


@pytest.mark.parametrize(
    ("values", "faults"),
    [
        (TargetValues(title="Có", value=80), []),
        (TargetValues(title=" ", value=None, unit=""), [("title", "empty"), ("value", "empty"), ("unit", "empty")]),
        (TargetValues(title="Có", value=-1), [("value", "negative")]),
        (TaskValues(title="a" * 301), [("title", "too_long")]),
        (
            TaskValues(title="Có", deadline=Deadline(dt.date(2025, 1, 1), start=dt.date(2025, 2, 1))),
            [("start", "start_after_due")],
        ),
        (DutyValues(title="Có", frequency="weekly", who="xã", to="sở"), [("weekday", "weekday")]),
        (DutyValues(title="Có"), [("who", "empty"), ("to", "empty")]),
    ],
)
def test_values_that_a_plan_cannot_hold_are_named(
    values: TargetValues | TaskValues | DutyValues, faults: object
) -> None:
    assert [(fault.field, fault.what) for fault in faults_of(values)] == faults


def test_a_target_cannot_hang_on_what_was_rejected() -> None:
    inside = indicator("85% người trưởng thành có kỹ năng số", 85, task=0)
    again = indicator("70% được xác nhận trên VNeID", 70, duplicate_of=1)
    review = _accepted(proposed_review(draft(embedded=(inside,), duplicates=(again,))))
    assert faults_in(review) == []
    for entry_id in ("n1", "c2"):
        entry = review.entry(entry_id)
        assert entry is not None
        review = review.with_entry(decided(entry, "rejected"))
    assert [(fault.where, fault.what) for fault in faults_in(review)] == [
        ("c3", "unknown_task"),
        ("c4", "unknown_target"),
    ]
    itself = replace(review.entries[0], values=TargetValues(title="x", value=1, repeats="c1"))
    assert [fault.what for fault in link_faults(review.with_entry(itself), itself)] == ["repeats_itself"]


# --- the plan file -------------------------------------------------------------------------------------------------------------


def test_what_was_accepted_becomes_a_plan_file() -> None:
    file = plan_file(_accepted(proposed_review(draft())), unit="66")
    assert file.key == "12-kh-ubnd-ke-hoach-pho-cap-ky-nang-so-nam-2026"
    assert [(target.value, target.horizon, target.key) for target in file.targets] == [
        (85.0, "2026", "i-1-nguoi-truong-thanh-co-ky-nang-so"),
        (70.0, "2026", "i-1-duoc-xac-nhan-tren-vneid"),
    ]
    assert [indicator.metric for indicator in file.indicators] == ["adult_skill", "adult_confirmed"]
    assert file.tasks[0].title == TASK
    assert file.duties[0].borne_by == "communes"
    assert (file.duties[0].day, file.duties[0].before) == (20, True)  # “trước ngày 20 hằng tháng”
    finding = file.findings[0]
    assert finding.about == (file.targets[1].key,)
    assert [reading.says for reading in finding.readings] == ["70%", "60%"]


def test_the_recorded_reading_stands_beside_both() -> None:
    review = _accepted(proposed_review(draft()))
    point = settled(review.points[0], state="settled", chosen=1, reason="Theo Phụ lục đã ký.")
    finding = plan_file(review.with_point(point), unit="66").findings[0]
    assert len(finding.readings) == 2
    assert finding.note == "Cơ quan ghi nhận cách đọc 2. Theo Phụ lục đã ký."
    gone = settled(review.points[0], state="dismissed", chosen=None, reason="Hai việc khác nhau.")
    assert plan_file(review.with_point(gone), unit="66").findings == ()


def test_what_was_rejected_is_not_in_the_plan() -> None:
    review = _accepted(proposed_review(draft()))
    review = review.with_entry(decided(review.entries[1], "rejected"))
    file = plan_file(review, unit="66")
    assert len(file.targets) == 1
    assert file.findings[0].about == ()


def test_targets_with_the_same_words_share_an_indicator_and_have_keys_of_their_own() -> None:
    same = indicator("85% người trưởng thành có kỹ năng số", 85)
    later = replace(same, target=95.0, horizon="2027")
    file = plan_file(_accepted(proposed_review(draft(indicators=(same, later), findings=()))), unit="66")
    assert len(file.indicators) == 1
    assert [target.key for target in file.targets] == [
        "i-1-nguoi-truong-thanh-co-ky-nang-so",
        "i-1-nguoi-truong-thanh-co-ky-nang-so-2",
    ]


def test_a_weekly_report_runs_from_the_first_to_the_last_such_day_of_the_plan() -> None:
    review = _accepted(proposed_review(draft()))
    read: Any = review.entries[3].values
    duty = replace(read, frequency="weekly", weekday=5)
    file = plan_file(review.with_entry(replace(review.entries[3], values=duty)), unit="66")
    assert (file.duties[0].first, file.duties[0].last) == (dt.date(2025, 9, 5), dt.date(2026, 12, 25))


def test_a_number_in_a_task_and_a_repetition_find_their_places() -> None:
    inside = indicator("85% người trưởng thành có kỹ năng số", 85, task=0)
    again = indicator("70% được xác nhận trên VNeID", 70, duplicate_of=1)
    file = plan_file(_accepted(proposed_review(draft(embedded=(inside,), duplicates=(again,)))), unit="66")
    assert file.targets[2].embedded_in == file.tasks[0].key
    assert file.tasks[0].targets == (file.targets[2].key,)
    assert file.duplicates[0].of == file.targets[1].key


def test_a_header_says_what_it_lacks() -> None:
    header = Header(key="Kế hoạch", period_start=dt.date(2026, 1, 1), period_end=dt.date(2025, 1, 1))
    assert {(fault.field, fault.what) for fault in header_faults(header)} == {
        ("title", "empty"), ("short_title", "empty"), ("issuer", "empty"), ("period_end", "period"), ("key", "key"),
    }  # fmt: skip
    assert ("key", "key") in {(fault.field, fault.what) for fault in header_faults(Header(key="doc-van-ban"))}


def test_what_the_plan_file_refuses_is_named_with_its_entry() -> None:
    review = _accepted(proposed_review(draft()))
    values: Any = review.entries[0].values
    broken = replace(review.entries[0], values=replace(values, group="nobody"))
    with pytest.raises(BadInput, match="chưa đúng dạng"):
        plan_file(review.with_entry(broken), unit="66")


# --- the document --------------------------------------------------------------------------------------------------------------


def test_every_letter_of_the_document_stays_and_statements_are_marked() -> None:
    review = proposed_review(draft())
    blocks = marked_document(draft().document, review)
    assert "".join(piece.text for piece in blocks[1].pieces) == TARGETS
    first = next(piece for piece in blocks[1].pieces if "c1" in piece.begins)
    assert (first.text, first.is_value) == ("85%", True)
    assert {name for piece in blocks[1].pieces for name in piece.entries} == {"c1", "c2", "d1"}
    cell = blocks[2].rows[1][1]
    assert cell.pieces[0].begins == ("n1",)
    assert [block.new_page for block in blocks] == [1, None, None, 2]


def test_statements_that_overlap_are_cut_at_each_border() -> None:
    pieces = pieces_of("abcdef", [("c1", Span(0, 0, 4)), ("c2", Span(0, 2, 6))])
    assert [(piece.text, piece.entries, piece.begins) for piece in pieces] == [
        ("ab", ("c1",), ("c1",)),
        ("cd", ("c1", "c2"), ("c2",)),
        ("ef", ("c2",), ()),
    ]


def test_a_span_that_reaches_beyond_the_text_does_no_harm() -> None:
    assert [piece.text for piece in pieces_of("abc", [("c1", Span(0, 1, 99))])] == ["a", "bc"]
    assert pieces_of("", [("c1", Span(0, 0, 5))]) == ()
