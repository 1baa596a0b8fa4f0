"""A commune's report is made of its villages, a province's of its communes and agencies: said once, counted, with its answer."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from hocvuso.concerns.actions import answer_concern, close_concern, merge_concerns, pass_on_concern
from hocvuso.concerns.models import ConcernKind
from hocvuso.lib.periods import Span
from hocvuso.measure.actions import refresh_measure
from hocvuso.places.models import Place
from hocvuso.places.rules import Group
from hocvuso.plans.models import Duty
from hocvuso.reports.gathering import (
    Answer,
    Gathered,
    Told,
    bare,
    gathered_lines,
    line_text,
    not_yet_said,
    thoughts,
    with_gathered,
)
from hocvuso.reports.queries import report_content
from hocvuso.reports.queries.consolidation import consolidation
from tests.make.concerns import BY, TODAY, concern
from tests.make.evidence import fact
from tests.make.people import person
from tests.make.places import Country, population
from tests.make.plans import duty, indicator, plan, target
from tests.make.reports import taken_to, words

THURSDAY = dt.date(2025, 10, 16)
WEEK = Span(dt.date(2025, 10, 10), THURSDAY)
SIGNAL = "Sóng điện thoại yếu ở thôn xa"


# --- pure ------------------------------------------------------------------------------------------------------------------


def test_one_thought_a_line_without_its_dash_and_nothing_is_no_thought() -> None:
    assert thoughts("- Thiếu máy.\n\n• Mạng yếu\n–\nKhông có.\nKhông\n+ Không có sóng") == [
        "Thiếu máy.", "Mạng yếu", "Không có sóng",
    ]  # fmt: skip


def test_nearly_the_same_stands_in_one_line_and_what_was_merged_always_does() -> None:
    told = [
        Told("difficulty", "Sóng điện thoại yếu ở buôn xa.", "Xã A"),
        Told("difficulty", "Thiếu máy chiếu", "Xã A"),
        Told("difficulty", SIGNAL, "Xã B"),
        Told("difficulty", SIGNAL, "Xã B"),
        Told("difficulty", "Mạng chập chờn", "Xã C", group="1", answer=Answer("Sở", "Có trạm.")),
        Told("difficulty", SIGNAL, "Xã C", group="1", chosen=True, answer=Answer("Sở", "Có trạm.")),
        Told("proposal", SIGNAL, "Xã D"),
    ]
    first, second = gathered_lines(told, "difficulty")
    assert (first.text, first.who, first.answers) == (SIGNAL, ("Xã A", "Xã B", "Xã C"), (Answer("Sở", "Có trạm."),))
    assert (second.text, second.who) == ("Thiếu máy chiếu", ("Xã A",))
    assert [line.who for line in gathered_lines(told, "proposal")] == [("Xã D",)]


def test_a_line_names_a_few_counts_the_rest_and_brings_the_answer() -> None:
    (line,) = gathered_lines([Told("difficulty", f"{SIGNAL}.", f"Xã {n}") for n in range(7)], "difficulty")
    assert line_text(line) == f"{SIGNAL} (7 đơn vị: Xã 0, Xã 1, Xã 2, Xã 3, Xã 4 và 2 đơn vị khác)."
    some = [Told("difficulty", SIGNAL, "Xã A", answer=Answer("Sở", "Có trạm.")), Told("difficulty", SIGNAL, "Xã B")]
    assert line_text(*gathered_lines(some, "difficulty")).endswith("Xã B). Sở trả lời 1/2 đơn vị: Có trạm.")
    (answered,) = gathered_lines([Told("difficulty", SIGNAL, "Xã A", answer=Answer("Sở", "Có  trạm."))], "difficulty")
    assert line_text(answered) == f"{SIGNAL} (Xã A). Sở trả lời: Có trạm."
    assert line_text(answered, here="Xã A") == f"{SIGNAL}. Sở trả lời: Có trạm."


def test_what_was_taken_over_is_not_said_twice_and_is_known_again_one_level_up() -> None:
    lines = gathered_lines(
        [Told("difficulty", SIGNAL, f"Thôn {n}", answer=Answer("Sở", "Rồi.")) for n in (1, 2)], "difficulty"
    )
    words = with_gathered("Mưa nhiều.", lines, here="Xã A")
    assert words == f"Mưa nhiều.\n- {SIGNAL} (2 đơn vị: Thôn 1, Thôn 2). Sở trả lời: Rồi."
    assert with_gathered(words, lines, here="Xã A") == words
    assert with_gathered(" ", [], here="Xã A") == ""
    assert not_yet_said(lines, f"... {SIGNAL.upper()}!") == []
    assert [bare(thought) for thought in thoughts(words)] == ["Mưa nhiều.", f"{SIGNAL}."]
    assert bare(f"{SIGNAL}. Sở trả lời 1/2 đơn vị: Rồi.") == f"{SIGNAL}."


# --- from the database -----------------------------------------------------------------------------------------------------


@pytest.fixture
def weekly(land: Country, measure_dir: Path) -> Duty:
    made = plan(duties=[duty()]).duties.select_related("plan__unit").get()
    refresh_measure()
    return made


def write(what: Duty, place: Place, *, due: dt.date = TODAY, to: str = "sent", **texts: str) -> None:
    everything = {"steering": "", "practices": "", "difficulties": "", "proposals": "", "next_steps": "", **texts}
    words(what, place, due=due, **everything)
    if to != "draft":
        taken_to(to, what, place, due=due, number=int(f"{due:%d}"))


def at(what: Duty, place: Place) -> Gathered:
    return consolidation(what, place, due=TODAY, span=WEEK)


@pytest.mark.django_db
def test_the_province_gathers_what_communes_and_agencies_wrote_and_names_who_did_not(
    land: Country, weekly: Duty
) -> None:
    write(weekly, land.ea_kar, difficulties=f"{SIGNAL}.\nThiếu máy.", proposals="Cấp máy.")
    write(weekly, land.department, difficulties="Sóng điện thoại yếu ở các buôn xa.")
    write(weekly, land.province, to="draft", difficulties="Của tỉnh.")
    write(weekly, land.ea_kar, due=dt.date(2025, 10, 10), difficulties="Của tuần trước.")
    found = at(weekly, land.province)
    assert [line.who for line in found.difficulties] == [("Xã Ea Kar", "Sở Khoa học và Công nghệ"), ("Xã Ea Kar",)]
    assert [line.text for line in found.proposals] == ["Cấp máy."]
    assert (found.wrote, found.of, found.missing) == (2, 3, ("Xã Ea Knốp",))
    assert at(weekly, land.ea_kar) == Gathered()  # a commune gathers nobody's report


@pytest.mark.django_db
def test_what_is_not_sent_or_came_back_is_not_gathered_and_what_was_sent_counts_until_the_next_is(
    land: Country, weekly: Duty
) -> None:
    write(weekly, land.ea_kar, to="draft", difficulties="Chưa gửi.")
    write(weekly, land.ea_knop, to="sent_back", difficulties="Bị trả lại.")
    write(weekly, land.department, to="accepted", difficulties="Đã tiếp nhận.")
    found = at(weekly, land.province)
    assert ([line.text for line in found.difficulties], found.wrote) == (["Đã tiếp nhận."], 1)
    assert found.missing == ("Xã Ea Kar", "Xã Ea Knốp")


@pytest.mark.django_db
def test_what_was_raised_in_the_period_is_there_too_once_and_with_its_answer(land: Country, weekly: Duty) -> None:
    write(weekly, land.ea_kar, difficulties=SIGNAL)
    kar, knop = concern(land.ea_kar, "Mạng chập chờn ở buôn", on=THURSDAY), concern(land.ea_knop, SIGNAL, on=WEEK.first)
    merge_concerns(knop, [kar], at=land.province, by=BY, today=TODAY)
    answer_concern(knop, at=land.province, text="Tháng 11 có trạm.", by=BY, today=TODAY)
    close_concern(concern(land.ea_knop, "Đã tự lo được.", on=THURSDAY), by=BY, today=TODAY)
    concern(land.ea_knop, "Của tuần này.", on=TODAY)
    concern(land.ea_knop, "Kế hoạch khác.", on=THURSDAY, plan=plan("khac", duties=[]))
    wish = concern(land.department, "Xin thêm người.", on=THURSDAY, kind=ConcernKind.PROPOSAL, theme="khac")
    found = at(weekly, land.province)
    assert [line_text(line) for line in found.difficulties] == [
        f"{SIGNAL} (2 đơn vị: Xã Ea Kar, Xã Ea Knốp). Tỉnh Đắk Lắk trả lời: Tháng 11 có trạm."
    ]
    assert [line.text for line in found.proposals] == [wish.text]
    own = at(weekly, land.ea_kar)
    assert [line_text(line, here="Xã Ea Kar") for line in own.difficulties] == [
        f"{SIGNAL}. Tỉnh Đắk Lắk trả lời: Tháng 11 có trạm."
    ]


@pytest.mark.django_db
def test_a_villages_trouble_is_its_communes_until_the_commune_passes_it_on(land: Country, weekly: Duty) -> None:
    one = concern(land.villages[0], on=THURSDAY)
    concern(land.villages[1], on=THURSDAY)
    assert [line.who for line in at(weekly, land.ea_kar).difficulties] == [("Thôn 1", "Buôn 2")]
    assert at(weekly, land.province).is_empty
    assert at(weekly, land.ea_knop).is_empty
    pass_on_concern(one, at=land.ea_kar, to=land.province, by=BY, today=TODAY)
    assert [line.who for line in at(weekly, land.province).difficulties] == [("Xã Ea Kar",)]


@pytest.mark.django_db
def test_a_communes_villages_add_up_to_its_own_figure(land: Country, measure_dir: Path) -> None:
    made = plan(indicators=[indicator()], targets=[target()], duties=[duty()])
    population(land.villages[0], Group.ADULTS, 10)
    population(land.villages[1], Group.ADULTS, 10)
    for name, day, village in (("a", 1, 0), ("b", 10, 0), ("c", 16, 1)):
        fact(person(name, land.villages[village]), "info_contact", on=dt.date(2025, 10, day))
    refresh_measure()
    what = made.duties.select_related("plan__unit").get()
    content = report_content(what, land.ea_kar, due=TODAY)
    assert [(row.name, row.cells) for row in content.villages] == [("Buôn 2", ((1, 1),)), ("Thôn 1", ((1, 2),))]
    (line,) = content.lines
    assert (line.this_period, line.so_far) == (2, 3)
    assert report_content(what, land.province, due=TODAY).villages == ()
