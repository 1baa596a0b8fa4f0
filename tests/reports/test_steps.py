"""A report's way through the office and back: each step whole or not at all, what was handed in does not move, and who is told."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from hocvuso.attachments.models import Attachment
from hocvuso.audit.models import Entry
from hocvuso.evidence.models import StatedCount
from hocvuso.evidence.queries import stated_counts
from hocvuso.lib.errors import BadInput, HocVuSoError, Refused
from hocvuso.measure.actions import refresh_measure
from hocvuso.messages.models import Notice
from hocvuso.people.models import RoleKind
from hocvuso.places.rules import Group
from hocvuso.plans.models import Duty
from hocvuso.reports.actions import (
    Paper,
    WordsClash,
    accept_report,
    declare_figure,
    note_presence,
    number_report,
    replace_report,
    return_report,
    save_words,
    send_back_report,
    send_report,
    sign_report,
    submit_report,
    take_back_figure,
)
from hocvuso.reports.life import State
from hocvuso.reports.models import FrozenReport, Report, ReportStep
from hocvuso.reports.queries import content_now, content_of_edition, life_of, report_content
from hocvuso.reports.queries.life import next_number, receivers_of
from hocvuso.reports.queries.received import duties_to, received
from tests.make.evidence import fact
from tests.make.people import account, person
from tests.make.places import Country, population
from tests.make.reports import BY, PDF, TODAY, taken_to, weekly_duty, words

MONDAY = dt.date(2025, 10, 20)
pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def what(land: Country, measure_dir: Path, settings: Any, tmp_path: Path) -> Duty:
    settings.UPLOADS_DIR = tmp_path / "uploads"
    made = weekly_duty()
    population(land.villages[0], Group.ADULTS, 10)
    fact(person("a", land.villages[0]), "info_contact", on=dt.date(2025, 10, 13))
    refresh_measure()
    return made


def who(land: Country, **more: Any) -> dict[str, Any]:
    return {"place": land.ea_kar, "due": TODAY, "by": BY, "today": TODAY, **more}


def state(what: Duty, land: Country) -> State:
    return life_of(what, land.ea_kar, due=TODAY).state


# --- the way ---------------------------------------------------------------------------------------------------------------------


def test_a_commune_where_one_person_does_it_all_takes_each_step_by_itself(what: Duty, land: Country) -> None:
    words(what, land.ea_kar, difficulties="Sóng yếu.")
    taken_to("accepted", what, land.ea_kar)
    acts = [step.act for step in life_of(what, land.ea_kar, due=TODAY).steps]
    assert acts == ["submitted", "signed", "numbered", "sent", "accepted"]
    written = set(Entry.objects.filter(object_type="report").values_list("verb", flat=True))
    assert {"save_words", *(f"report_{act}" for act in acts)} == written


def test_figures_and_words_of_what_was_handed_in_do_not_move(what: Duty, land: Country) -> None:
    words(what, land.ea_kar, difficulties="Sóng yếu.")
    taken_to("submitted", what, land.ea_kar)
    held = content_now(what, land.ea_kar, due=TODAY)
    fact(person("b", land.villages[0]), "info_contact", on=dt.date(2025, 10, 14))  # comes in late
    refresh_measure()
    assert report_content(what, land.ea_kar, due=TODAY).lines[0].so_far == 2
    assert content_now(what, land.ea_kar, due=TODAY) == held
    assert (held.lines[0].so_far, held.difficulties) == (1, "Sóng yếu.")
    with pytest.raises(Refused, match="đã trình lãnh đạo"):
        words(what, land.ea_kar, difficulties="Khác.")


def test_signature_number_and_day_are_on_the_document(what: Duty, land: Country) -> None:
    taken_to("numbered", what, land.ea_kar, number=7)
    signing = content_now(what, land.ea_kar, due=TODAY).signing
    assert signing is not None
    assert (signing.authority, signing.name) == (("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Nguyễn Văn Chủ")
    assert (signing.number, signing.date) == ("7", TODAY)


def test_what_comes_back_from_who_signs_is_written_on_and_counted_anew(what: Duty, land: Country) -> None:
    taken_to("submitted", what, land.ea_kar)
    with pytest.raises(BadInput, match="cần sửa"):
        return_report(what, remarks="  ", **who(land))
    return_report(what, remarks="Viết rõ hơn.", **who(land))
    life = life_of(what, land.ea_kar, due=TODAY)
    assert (life.state, life.edition, life.why_back and life.why_back.remarks) == (State.DRAFT, 1, "Viết rõ hơn.")
    words(what, land.ea_kar, steering="Đã họp.")
    taken_to("sent", what, land.ea_kar)
    assert content_now(what, land.ea_kar, due=TODAY).steering == "Đã họp."


def test_a_returned_report_is_replaced_and_both_editions_stay_readable(what: Duty, land: Country) -> None:
    words(what, land.ea_kar, difficulties="Sóng yếu.")
    taken_to("replaced", what, land.ea_kar, number=12)
    life = life_of(what, land.ea_kar, due=TODAY)
    assert (life.state, life.edition, life.why_back and life.why_back.remarks) == (State.DRAFT, 2, "Thiếu số buôn.")
    assert content_now(what, land.ea_kar, due=TODAY).difficulties == "Sóng yếu."  # begins as a copy
    words(what, land.ea_kar, difficulties="Sóng yếu ở hai buôn.")
    taken_to("sent", what, land.ea_kar, today=MONDAY, number=13)
    life = life_of(what, land.ea_kar, due=TODAY)
    first, second = content_of_edition(life, 1), content_of_edition(life, 2)
    assert first is not None
    assert second is not None
    assert (first.difficulties, first.signing and first.signing.number, first.replaces) == ("Sóng yếu.", "12", "")
    assert (second.difficulties, second.signing and second.signing.number) == ("Sóng yếu ở hai buôn.", "13")
    assert second.replaces == "Báo cáo số 12/BC-UBND ngày 17/10/2025"


def test_replacing_what_nobody_sent_back_needs_a_reason(what: Duty, land: Country) -> None:
    taken_to("accepted", what, land.ea_kar)
    with pytest.raises(BadInput, match="vì sao"):
        replace_report(what, remarks="", **who(land))
    replace_report(what, remarks="Ghi nhầm số buổi.", **who(land))
    assert state(what, land) is State.DRAFT


def test_no_step_is_taken_out_of_turn_or_twice(what: Duty, land: Country) -> None:
    told: dict[str, tuple[Any, dict[str, Any]]] = {
        "signed": (sign_report, {"signer": "A", "office": "CHỦ TỊCH"}),
        "numbered": (number_report, {"number": "1", "dated": TODAY}),
        "sent": (send_report, {}),
        "accepted": (accept_report, {"edition": 1}),
        "sent_back": (send_back_report, {"edition": 1, "remarks": "Thiếu."}),
    }
    for reached, allowed in ((None, None), ("submitted", "signed"), ("accepted", None)):
        if reached:
            taken_to(reached, what, land.ea_knop)
        for act, (action, more) in told.items():
            if act != allowed:
                with pytest.raises(HocVuSoError):
                    action(what, **who(land, place=land.ea_knop, **more))
        if reached == "submitted":
            return_report(what, remarks="Thử lại.", **who(land, place=land.ea_knop))


def test_whoever_hands_in_must_have_seen_what_was_saved_last(what: Duty, land: Country) -> None:
    seen = words(what, land.ea_kar, steering="Bản đầu.")
    words(what, land.ea_kar, steering="Bản hai.")
    with pytest.raises(Refused, match="đọc lại rồi trình"):
        submit_report(what, version=seen, **who(land))
    assert state(what, land) is State.DRAFT


def test_of_two_who_hand_in_at_once_one_does(what: Duty, land: Country) -> None:
    submit_report(what, version=0, **who(land))
    with pytest.raises(Refused):
        submit_report(what, version=0, **who(land))
    assert (ReportStep.objects.count(), FrozenReport.objects.count()) == (1, 1)


@pytest.mark.parametrize("breaks_at", ["FrozenReport.objects.create", "tell", "record_act"])
def test_a_cut_between_two_writes_of_a_step_leaves_the_draft(
    what: Duty, land: Country, breaks_at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    words(what, land.ea_kar, steering="Đã họp.")

    def cut(*args: Any, **more: Any) -> None:
        raise KeyboardInterrupt

    before = Entry.objects.count()
    with monkeypatch.context() as broken:
        broken.setattr(f"hocvuso.reports.actions.steps.{breaks_at}", cut)
        with pytest.raises(KeyboardInterrupt), transaction.atomic():
            submit_report(what, version=1, **who(land))
    assert (state(what, land), ReportStep.objects.count(), FrozenReport.objects.count()) == (State.DRAFT, 0, 0)
    assert (Notice.objects.count(), Entry.objects.count()) == (0, before)
    submit_report(what, version=1, **who(land))


def test_what_somebody_alters_in_the_database_is_not_signed(what: Duty, land: Country) -> None:
    taken_to("submitted", what, land.ea_kar)
    table = FrozenReport._meta.db_table
    triggers = [f"{table}_no_update"] if connection.vendor == "sqlite" else [f"{table}_no_row"]
    with connection.cursor() as cursor:
        for name in triggers:
            cursor.execute(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else f" ON {table}"))
        cursor.execute(f"UPDATE {table} SET text = replace(text, 'Ea Kar', 'Ea Kor')")
    with pytest.raises(Refused, match="nguyên vẹn"):
        sign_report(what, signer="A", office="CHỦ TỊCH", **who(land))


# --- numbers -----------------------------------------------------------------------------------------------------------------


def test_a_number_is_given_once_a_year_by_each_issuer(what: Duty, land: Country) -> None:
    taken_to("sent", what, land.ea_kar, number=5)
    taken_to("sent", what, land.ea_knop, number=5)  # another commune's register
    before = dt.date(2025, 10, 10)
    taken_to("signed", what, land.ea_kar, due=before)
    with pytest.raises(Refused, match="đã có số 05/BC-UBND"):
        number_report(what, number="05", dated=TODAY, **who(land, due=before))
    assert next_number("Ủy ban nhân dân xã Ea Kar", "BC-UBND", year=2025) == 6
    number_report(what, number="06", dated=TODAY, **who(land, due=before))


@pytest.mark.parametrize("number", ["", "0", "5a", "5/BC", "-1", "٥", "100000", "1" * 9])
def test_a_number_has_digits_only(what: Duty, land: Country, number: str) -> None:
    taken_to("signed", what, land.ea_kar)
    with pytest.raises(BadInput, match="chữ số"):
        number_report(what, number=number, dated=TODAY, **who(land))
    assert state(what, land) is State.SIGNED


def test_the_day_of_the_document_lies_between_signing_and_today(what: Duty, land: Country) -> None:
    taken_to("signed", what, land.ea_kar)
    for day in (dt.date(2025, 10, 16), dt.date(2025, 10, 21)):
        with pytest.raises(BadInput, match="từ ngày ký"):
            number_report(what, number="1", dated=day, **who(land, today=MONDAY))
    number_report(what, number="1", dated=MONDAY, **who(land, today=MONDAY))


def test_only_a_pdf_is_a_signed_copy_and_a_refused_one_changes_nothing(what: Duty, land: Country) -> None:
    taken_to("submitted", what, land.ea_kar)
    told: dict[str, Any] = {"signer": "A", "office": "CHỦ TỊCH"}
    for paper, why in (
        (Paper(b"\x89PNG\r\n\x1a\n", "anh.png"), "PDF"),
        (Paper(b"MZ\x90", "a.pdf"), "Chỉ nhận"),
        (Paper(PDF.data, "..\\a.pdf"), "tên trơn"),
    ):
        with pytest.raises(BadInput, match=why), transaction.atomic():
            sign_report(what, paper=paper, **told, **who(land))
    assert (Attachment.objects.count(), state(what, land)) == (0, State.SUBMITTED)
    assert sign_report(what, paper=PDF, **told, **who(land)).attachment is not None


# --- words of two ------------------------------------------------------------------------------------------------------------


def test_two_people_in_different_sections_both_save(what: Duty, land: Country) -> None:
    seen = words(what, land.ea_kar, steering="Đã họp.", difficulties="")
    save: dict[str, Any] = {"place": land.ea_kar, "due": TODAY, "version": seen}
    save_words(what, by="1", steering="Đã họp.", difficulties="Sóng yếu.", proposals="", **save)
    kept = save_words(what, by="2", steering="Đã họp.", difficulties="", proposals="Cấp máy.", **save)
    assert (kept.steering, kept.difficulties, kept.proposals) == ("Đã họp.", "Sóng yếu.", "Cấp máy.")


def test_two_people_in_one_section_are_shown_both_texts_and_nothing_is_saved(what: Duty, land: Country) -> None:
    seen = words(what, land.ea_kar, difficulties="Cũ.")
    save: dict[str, Any] = {"place": land.ea_kar, "due": TODAY, "version": seen}
    save_words(what, by="1", difficulties="Sóng yếu.", proposals="Cấp máy.", **save)
    with pytest.raises(WordsClash) as refusal:
        save_words(what, by="2", difficulties="Mưa lũ.", proposals="", next_steps="Mở lớp.", **save)
    (clash,) = refusal.value.clashes
    assert (clash.section, clash.theirs, clash.by) == ("difficulties", "Sóng yếu.", "1")
    shown = refusal.value.words  # mine where both wrote, the colleague's where I did not, mine where only I did
    assert (shown["difficulties"], shown["proposals"], shown["next_steps"]) == ("Mưa lũ.", "Cấp máy.", "Mở lớp.")
    both = shown | {"difficulties": "Sóng yếu.\nMưa lũ."}
    kept = save_words(what, place=land.ea_kar, due=TODAY, by="2", version=refusal.value.version, **both)
    assert (kept.difficulties, kept.proposals, kept.next_steps) == ("Sóng yếu.\nMưa lũ.", "Cấp máy.", "Mở lớp.")


def test_line_ends_of_a_browser_are_no_change(what: Duty, land: Country) -> None:
    seen = words(what, land.ea_kar, difficulties="Một.\nHai.")
    again = save_words(what, place=land.ea_kar, due=TODAY, by="1", version=seen, difficulties="Một.\r\nHai.\r\n")
    assert again.version == seen


def test_colleagues_who_write_see_each_other_for_some_minutes(what: Duty, land: Country) -> None:
    hoa, long = (account(name, RoleKind.COMMUNE_OFFICER, land.ea_kar) for name in ("hoa", "long"))
    now = dt.datetime(2025, 10, 17, 8, 0, tzinfo=dt.UTC)
    where: dict[str, Any] = {"place": land.ea_kar, "due": TODAY}
    assert note_presence(what, **where, account=hoa, section="difficulties", now=now) == []
    (seen,) = note_presence(what, **where, account=long, section="khong-co", now=now)
    assert (seen.account, seen.section) == (hoa, "difficulties")
    assert note_presence(what, **where, account=long, section="", now=now + dt.timedelta(minutes=6)) == []
    assert note_presence(what, place=land.ea_knop, due=TODAY, account=hoa, section="", now=now) == []


# --- declared figures ----------------------------------------------------------------------------------------------------------


def declare(what: Duty, land: Country, count: int = 4, **more: Any) -> None:
    told: dict[str, Any] = {
        "line": "mot", "count": count, "reason": "Chưa nhập kịp.", "document": "12/DS-UBND ngày 16/10/2025", "paper": PDF, **more,
    }  # fmt: skip
    declare_figure(what, place=land.ea_kar, due=TODAY, by=BY, **told)


def test_a_declared_figure_stands_beside_the_systems_and_reaches_boards_when_sent(what: Duty, land: Country) -> None:
    declare(what, land, 3)
    declare(what, land, 4)  # the newer one counts
    line = content_now(what, land.ea_kar, due=TODAY).lines[0]
    assert (line.so_far, line.proven, line.declared) == (1, 1, 4)
    assert StatedCount.objects.count() == 0
    taken_to("sent", what, land.ea_kar)
    (stated,) = stated_counts("adult_reached", on=None)
    assert (stated.count, stated.unit, stated.on) == (4, land.ea_kar, dt.date(2025, 10, 16))
    assert (stated.source, stated.document) == ("don-vi-bao-cao", "12/DS-UBND ngày 16/10/2025")
    refresh_measure()
    after = report_content(what, land.ea_kar, due=TODAY).lines[0]
    assert (after.so_far, after.declared) == (1, 4)


def test_the_edition_that_declares_nothing_any_more_takes_the_statement_back(what: Duty, land: Country) -> None:
    declare(what, land)
    taken_to("replaced", what, land.ea_kar)
    carried = content_now(what, land.ea_kar, due=TODAY).declared
    assert [(one.key, one.count) for one in carried] == [("mot", 4)]
    take_back_figure(what, place=land.ea_kar, due=TODAY, line="mot", by=BY)
    assert content_now(what, land.ea_kar, due=TODAY).declared == ()
    taken_to("sent", what, land.ea_kar, number=2)
    assert not stated_counts("adult_reached", on=None).exists()
    first = content_of_edition(life_of(what, land.ea_kar, due=TODAY), 1)
    assert first is not None
    assert [one.count for one in first.declared] == [4]  # what was sent stays as it was


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"line": "khong-co"}, "chỉ tiêu"),
        ({"count": -1}, "không âm"),
        ({"reason": " "}, "lý do"),
        ({"document": ""}, "văn bản"),
        ({"paper": Paper(b"MZ", "a.exe")}, "Chỉ nhận"),
    ],
)
def test_a_figure_without_reason_or_document_is_not_declared(
    what: Duty, land: Country, told: dict[str, Any], why: str
) -> None:
    with pytest.raises(BadInput, match=why):
        declare(what, land, **told)
    assert Report.objects.count() == 0


# --- where it arrives ----------------------------------------------------------------------------------------------------------


def test_reports_arrive_at_the_plans_unit_and_the_office_that_is_named(what: Duty, land: Country) -> None:
    assert receivers_of(what, land.ea_kar, on=TODAY) == [land.province, land.department]
    assert receivers_of(what, land.department, on=TODAY) == [land.province]  # nobody accepts their own
    assert duties_to(land.province) == duties_to(land.department) == [what]
    assert duties_to(land.ea_kar) == duties_to(land.ubnd) == []


def test_the_level_above_sees_who_sent_who_is_late_and_who_sent_nothing(what: Duty, land: Country) -> None:
    taken_to("accepted", what, land.ea_kar, number=3)
    taken_to("sent", what, land.ea_knop, today=MONDAY)
    found = {one.place: one for one in received(what, at=land.province, due=TODAY, today=MONDAY)}
    assert set(found) == {land.ea_kar, land.ea_knop, land.department}
    assert (found[land.ea_kar].arrival.answer, found[land.ea_kar].document) == (
        State.ACCEPTED,
        "Báo cáo số 03/BC-UBND ngày 17/10/2025",
    )
    assert found[land.ea_knop].arrival.days_late == 3
    assert found[land.department].arrival.is_missing


def test_an_answer_to_an_edition_that_was_replaced_meanwhile_is_refused(what: Duty, land: Country) -> None:
    taken_to("replaced", what, land.ea_kar)
    taken_to("sent", what, land.ea_kar, number=2)
    with pytest.raises(Refused, match="bản khác"):
        accept_report(what, edition=1, **who(land))
    accept_report(what, edition=2, **who(land))


def test_whoever_has_the_next_step_is_told_once_and_nobody_of_their_own_step(what: Duty, land: Country) -> None:
    hoa = account("hoa", RoleKind.COMMUNE_OFFICER, land.ea_kar)
    leader = account("long", RoleKind.LEADER, land.ea_kar)
    clerk = account("thuy", RoleKind.RECORDS_CLERK, land.ea_kar)
    binh = account("binh", RoleKind.PROVINCE_OFFICER, land.province)
    account("tuan", RoleKind.COMMUNE_OFFICER, land.ea_knop)
    account("chu", RoleKind.LEADER, land.ea_knop)
    taken_to("sent_back", what, land.ea_kar, by=hoa.actor)
    told = [(notice.account, notice.subject.partition(":")[0]) for notice in Notice.objects.order_by("pk")]
    assert told == [
        (leader, "Báo cáo chờ ký"),
        (clerk, "Báo cáo chờ cấp số"),
        (binh, "Báo cáo mới gửi đến"),
    ]  # of what came back Hoa knows: here it was herself
    assert Notice.objects.get(account=binh).page == "/dieu-hanh/bao-cao/ke-hoach/bao-cao/24373/2025-10-17/"
    replace_report(what, remarks="", **who(land, by=hoa.actor))
    taken_to("sent_back", what, land.ea_kar, by=binh.actor, number=2)
    back = Notice.objects.filter(account=hoa).order_by("pk").last()
    assert back is not None
    assert (back.subject.partition(":")[0], back.body) == ("Báo cáo bị trả lại để bổ sung", "Thiếu số buôn.")
