"""Which step follows which and who takes it; late, missing, corrected; two writers; content that lasts. No database."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from dataclasses import dataclass

import pytest

from hocvuso.lib.periods import Span
from hocvuso.people.rules import Right
from hocvuso.plans.rules import Light
from hocvuso.reports.documents.periodic import periodic_report
from hocvuso.reports.frozen import SCHEMA, content_as_text, content_from_text, digest_of
from hocvuso.reports.gathering import Answer, Gathered, GatheredLine
from hocvuso.reports.life import (
    Act,
    State,
    arrival,
    edition_after,
    merged,
    open_acts,
    rights_for,
    settled,
    state_after,
    tally,
)
from hocvuso.reports.rules import (
    CommuneRow,
    Declared,
    Issuer,
    Line,
    ReportContent,
    Signing,
    TaskLine,
    with_declared,
)

FRIDAY = dt.date(2025, 10, 17)
MONDAY = dt.date(2025, 10, 20)
WAY = [Act.SUBMITTED, Act.SIGNED, Act.NUMBERED, Act.SENT, Act.ACCEPTED]


@dataclass(frozen=True)
class Taken:
    act: str
    edition: int = 1
    on: dt.date = FRIDAY


def test_the_state_is_what_the_newest_step_says() -> None:
    assert [state_after(WAY[:n]) for n in range(6)] == list(State)[:6]
    assert state_after([Act.SUBMITTED, Act.RETURNED]) is State.DRAFT
    assert state_after([*WAY[:4], Act.SENT_BACK]) is State.SENT_BACK
    assert state_after([*WAY, Act.REPLACED]) is State.DRAFT
    assert edition_after([*WAY, Act.REPLACED, *WAY[:4], Act.REPLACED]) == 3


@pytest.mark.parametrize(
    ("state", "drafter", "leader", "clerk", "receiver"),
    [
        (State.DRAFT, [Act.SUBMITTED], [], [], []),
        (State.SUBMITTED, [], [Act.RETURNED, Act.SIGNED], [], []),
        (State.SIGNED, [], [], [Act.RETURNED, Act.NUMBERED], []),
        (State.NUMBERED, [Act.SENT], [], [Act.RETURNED, Act.SENT], []),
        (State.SENT, [Act.REPLACED], [], [], [Act.ACCEPTED, Act.SENT_BACK]),
        (State.ACCEPTED, [Act.REPLACED], [], [], []),
        (State.SENT_BACK, [Act.REPLACED], [], [], []),
    ],
)
def test_each_step_belongs_to_somebody(
    state: State, drafter: list[Act], leader: list[Act], clerk: list[Act], receiver: list[Act]
) -> None:
    assert open_acts(state, {Right.WRITE_REPORTS}, receives=False) == drafter
    assert open_acts(state, {Right.SIGN_REPORTS}, receives=False) == leader
    assert open_acts(state, {Right.NUMBER_REPORTS}, receives=False) == clerk
    assert open_acts(state, {Right.RECEIVE_REPORTS}, receives=True) == receiver
    assert open_acts(state, {Right.RECEIVE_REPORTS, Right.REPORTS, Right.FIGURES}, receives=False) == []
    # Whoever holds all roles takes each step by itself.
    everything = open_acts(state, set(Right), receives=True)
    assert set(everything) == {*drafter, *leader, *clerk, *receiver}


def test_what_the_receiver_decides_needs_no_right_at_the_senders_place() -> None:
    assert rights_for(Act.ACCEPTED, State.SENT) == rights_for(Act.SENT_BACK, State.SENT) == frozenset()


def test_late_missing_corrected() -> None:
    way = [Taken(act) for act in WAY[:3]]
    not_sent = arrival(way, due=FRIDAY, today=FRIDAY)
    assert (not_sent.edition, not_sent.answer, not_sent.is_missing) == (0, None, False)
    assert arrival(way, due=FRIDAY, today=MONDAY).is_missing
    in_time = arrival([*way, Taken(Act.SENT)], due=FRIDAY, today=MONDAY)
    assert (in_time.is_late, in_time.is_missing, in_time.waits) == (False, False, True)
    late = arrival([*way, Taken(Act.SENT, on=MONDAY)], due=FRIDAY, today=MONDAY)
    assert (late.is_late, late.days_late) == (True, 3)


def test_a_report_sent_in_time_and_completed_later_is_corrected_and_not_late() -> None:
    first = [Taken(act) for act in (*WAY[:4], Act.SENT_BACK)]
    back = arrival(first, due=FRIDAY, today=MONDAY)
    assert (back.answer, back.is_being_replaced) == (State.SENT_BACK, False)
    begun = [*first, Taken(Act.REPLACED), Taken(Act.SUBMITTED, 2, MONDAY)]
    coming = arrival(begun, due=FRIDAY, today=MONDAY)
    assert (coming.edition, coming.answer, coming.is_being_replaced, coming.waits) == (1, State.SENT_BACK, True, False)
    again = [*begun, Taken(Act.SIGNED, 2, MONDAY), Taken(Act.NUMBERED, 2, MONDAY), Taken(Act.SENT, 2, MONDAY)]
    now = arrival(again, due=FRIDAY, today=MONDAY)
    assert (now.edition, now.answer, now.is_corrected, now.is_late, now.waits) == (2, State.SENT, True, False, True)


def test_each_report_is_counted_once_among_in_time_late_missing_and_to_come() -> None:
    sent = [Taken(act) for act in WAY[:4]]
    late = [*sent[:3], Taken(Act.SENT, on=MONDAY)]
    all_of_them = [sent, [*sent, Taken(Act.ACCEPTED)], [*sent, Taken(Act.SENT_BACK)], late, [], sent[:2]]
    told = tally([arrival(steps, due=FRIDAY, today=MONDAY) for steps in all_of_them])
    assert (told.owed, told.in_time, told.late, told.missing, told.to_come) == (6, 3, 1, 2, 0)
    assert (told.waiting, told.accepted, told.sent_back, told.corrected) == (2, 1, 1, 0)


@pytest.mark.parametrize(
    ("seen", "now", "typed", "after"),
    [
        ("", "", "Mới.", "Mới."),
        ("A", "A", "", ""),  # she took it out
        ("A", "B", "A", "B"),  # she did not touch it: his stays
        ("A", "B", "B", "B"),  # both wrote the same
        ("A", "B", "C", None),
        ("", "B", "C", None),
    ],
)
def test_a_section_two_people_changed_differently_is_nobodys_to_overwrite(
    seen: str, now: str, typed: str, after: str | None
) -> None:
    assert settled(seen=seen, now=now, typed=typed) == after


def test_two_texts_in_one_hold_every_line_once() -> None:
    assert merged("Sóng yếu.\nThiếu máy.", "Thiếu  máy.\n\nMưa lũ.") == "Sóng yếu.\nThiếu máy.\nMưa lũ."
    assert merged("", "Mưa lũ.") == "Mưa lũ."


# --- what lasts -----------------------------------------------------------------------------------------------------------------


def content(**more: object) -> ReportContent:
    line = Line(
        key="a", clause="II.1", title="Người được tiếp cận", horizon="100 ngày", counted="người", rung="reached", goal="60 %",
        deadline="25/10/2025", light=Light.BEHIND, population=10, this_period=1, so_far=3, share=30.0, gained_points=10.0,
        proven=3, imported=None, imported_source="", declared=None, headline="proven", reached_below=(1, 2),
    )  # fmt: skip
    issuer = Issuer(
        "", "ỦY BAN NHÂN DÂN\nXÃ EA KAR", "Ủy ban nhân dân xã Ea Kar", "BC-UBND", "Ea Kar", ("TM.",), ("VT",)
    )
    whole = ReportContent(
        issuer=issuer, plan_title="Kế hoạch", plan_issuer="UBND tỉnh", due=FRIDAY,
        span=Span(dt.date(2025, 10, 10), dt.date(2025, 10, 16)), lines=(line,),
        tasks=(TaskLine("Việc", "25/10/2025", "Đã hoàn thành", "05/QĐ-UBND", done=True, late=False),),
        steering="Họp.", practices="", difficulties="Sóng yếu “ở xa”.\n- mưa", proposals="", next_steps="", simulated=True,
        communes=(CommuneRow("Xã Ea Kar", (30.0, None)),), commune_columns=("A", "B"),
        gathered=Gathered(proposals=(GatheredLine("Máy", ("Xã",), (Answer("Sở", "Có"),), 1),), wrote=1, of=3),
        is_whole=True, signing=Signing(("CHỦ TỊCH",), "Nguyễn Văn Chủ", "5", FRIDAY),
        declared=(Declared("a", "Người được tiếp cận", "100 ngày", "người", 5, "Chưa nhập kịp.", "12/DS-UBND"),),
    )  # fmt: skip
    return dataclasses.replace(whole, **more)  # type: ignore[arg-type]


def test_what_was_handed_in_comes_back_whole() -> None:
    for one in (content(), content(signing=None, gathered=Gathered(), communes=(), replaces="Báo cáo số 05/BC-UBND")):
        text = content_as_text(one)
        assert content_from_text(text) == one
        assert content_as_text(content_from_text(text)) == text
        assert digest_of(text) == digest_of(content_as_text(one))
    assert digest_of(content_as_text(content())) != digest_of(content_as_text(content(steering="Không họp.")))


def test_an_older_text_is_read_with_what_was_added_since_and_a_foreign_one_is_not() -> None:
    told = json.loads(content_as_text(content()))
    del told["content"]["declared"], told["content"]["replaces"]
    told["content"]["gone_since"] = 1
    assert content_from_text(json.dumps(told)) == content(declared=(), replaces="")
    with pytest.raises(ValueError, match="schema"):
        content_from_text(json.dumps({**told, "schema": SCHEMA + 1}))


def test_a_declared_figure_stands_in_its_own_column_and_sentence() -> None:
    said = with_declared(content(declared=()), content().declared)
    (line,) = said.lines
    assert (line.declared, line.so_far, line.proven) == (5, 3, 3)
    texts = [getattr(block, "text", "") for block in periodic_report(said).body]
    assert "Người được tiếp cận (100 ngày): đơn vị tự báo cáo 5 người; lý do: Chưa nhập kịp; theo 12/DS-UBND." in texts
    assert any("Báo cáo này thay thế" in str(text) for text in texts) is False
    replacing = periodic_report(content(replaces="Báo cáo số 05/BC-UBND ngày 17/10/2025")).body
    assert "Báo cáo này thay thế Báo cáo số 05/BC-UBND ngày 17/10/2025." in [getattr(b, "text", "") for b in replacing]
