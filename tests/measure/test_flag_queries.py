"""Flags of an installation: gathered from ledger, statements, headcounts and tests; kept with what people say of them."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from django.utils import translation

from hocvuso.assessment.models import Attempt
from hocvuso.audit.models import Entry
from hocvuso.evidence.actions import fact_about, record_evidence
from hocvuso.learning.models import LessonProgress
from hocvuso.learning.queries import courses
from hocvuso.lib import clock
from hocvuso.lib.errors import BadInput, UnknownName
from hocvuso.measure.actions import refresh_measure, review_flag
from hocvuso.measure.flags import Material
from hocvuso.measure.jobs import refresh_flags
from hocvuso.measure.models import FlagReview, Verdict
from hocvuso.measure.queries import flag_at, flag_kinds, flag_sheet, flags_at
from hocvuso.measure.queries.material import gather_material
from hocvuso.measure.traces import extend_traces, part_files
from hocvuso.places.models import Place
from hocvuso.places.rules import Group
from hocvuso.plans.actions import share_out_target
from hocvuso.plans.sharing import Part
from tests.make.evidence import fact, passed, unit_fact
from tests.make.measure import stated
from tests.make.people import person
from tests.make.places import Country, population
from tests.make.plans import plan, target

TODAY = dt.date(2025, 10, 17)
WEEK = dt.timedelta(days=7)
pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture(autouse=True)
def _own_folder(measure_dir: Path) -> None:
    pass


def material(root: Path) -> Material:
    refresh_measure()
    traces = extend_traces(root, one_at_a_time=flag_kinds().one_at_a_time)
    return gather_material(on=TODAY, parts=part_files(root), traces=traces)


def look() -> None:
    refresh_measure()
    refresh_flags()


def kinds_at(place: Place) -> list[str]:
    return [here.flag.kind for here in flags_at(place, on=TODAY)]


# --- what is gathered -------------------------------------------------------------------------------------------------------


def test_everything_the_detectors_look_at_is_gathered(land: Country, measure_dir: Path) -> None:
    plan()
    lan, minh = person("Lan", land.villages[0]), person("Minh", land.villages[2])
    population(land.villages[0], Group.ADULTS, 40)
    stated(land.ea_kar, "adult_reached", 12)
    fact(lan, "info_contact", on=TODAY - WEEK)
    fact(minh, "skill_guided", skill="an-toan")
    fact(lan, "skill_guided", skill="an-toan")
    fact(lan, "skill_guided", skill="thanh-toan")
    unit_fact(land.villages[0], "class_held", detail={"attendance": 25, "seats": 40, "skill": "An toàn"})
    unit_fact(land.villages[0], "team_week_held", detail={"visits": 7})
    passed(minh, device="may-7")

    made = material(measure_dir)

    kar, knop = land.ea_kar.path, land.ea_knop.path
    assert {(s.path, s.peers) for s in made.spots} >= {(kar, "commune"), (land.villages[0].path, "village")}
    assert [(h.place, h.group, h.count) for h in made.headcounts] == [(land.villages[0].path, "adults", 40)]
    assert made.base(kar, "adult_reached") == 40
    assert [(g.metric, g.place) for g in made.goals] == [("adult_reached", land.province.path)]
    assert [(s.place, s.count, s.grade) for s in made.stated] == [(kar, 12, "declared")]
    assert made.proven[kar, "adult_reached"] == [(TODAY - WEEK, 1)]
    assert ("adult_guided", land.villages[0].path, 1) in {(t.metric, t.place, t.count) for t in made.totals}
    turns = {(t.place, t.what): t.turns for t in made.turns}
    assert turns == {(kar, "guidance"): 2, (knop, "guidance"): 1, (kar, "attendance"): 25, (kar, "visits"): 7}
    assert [(s.place, s.attendance, s.seats) for s in made.sessions] == [(land.villages[0].path, 25, 40)]
    assert [(h.place, h.hand, h.kind, h.rows, h.most) for h in made.hands] == [
        (knop, "may-7", "assessment_passed", 1, 1)
    ]


def test_a_part_that_was_given_to_a_place_is_its_goal_too(land: Country, measure_dir: Path) -> None:
    asked = plan(targets=[target(value=1000, unit="người")]).targets.get()
    parts: list[tuple[Place, Part]] = [
        (unit, Part(unit.code, unit.name, None, amount))
        for unit, amount in ((land.ea_kar, 700.0), (land.ea_knop, 300.0))
    ]
    share_out_target(asked, giver=land.province, parts=parts, seen=0, by=":test", today=TODAY)
    goals = {(goal.place, goal.value, goal.is_share) for goal in material(measure_dir).goals}
    assert goals == {
        (land.province.path, 1000.0, False),
        (land.ea_kar.path, 700.0, False),
        (land.ea_knop.path, 300.0, False),
    }


def test_people_recorded_by_turns_are_shared_and_people_who_moved_are_not(land: Country, measure_dir: Path) -> None:
    lan, tuan = person("Lan", land.villages[0]), person("Tuấn", land.villages[0])
    elsewhere = land.villages[2]
    for who, days in ((lan, (0, 10, 5)), (tuan, (0, 3, 9))):
        for at, day in zip((land.villages[0], land.villages[0], elsewhere), days, strict=True):
            who.unit = at
            fact(who, "info_contact", on=TODAY - 4 * WEEK + dt.timedelta(days=day))
    (pair,) = material(measure_dir).shared
    assert (pair.place, pair.other, pair.common) == (land.ea_kar.path, land.ea_knop.path, 1)


def test_tests_and_courses_are_gathered_with_the_time_they_took(land: Country, measure_dir: Path) -> None:
    lan = person("Lan", land.villages[0])
    start = dt.datetime(2025, 10, 16, 1, 0, tzinfo=dt.UTC)
    Attempt.objects.create(
        person=lan.pk, blueprint="nam-ky-nang", blueprint_version="1.0", framework="nam-ky-nang-1.0", level="usable",
        pass_mark=70, form=[[n, [0, 1, 2]] for n in range(20)], form_name="a",
        started_at=start, submitted_at=start + dt.timedelta(seconds=90), submitted_on=TODAY, right=18, is_passed=True,
    )  # fmt: skip
    course = next(iter(courses().values()))
    for number, lesson in enumerate(course.lessons):
        LessonProgress.objects.create(
            person=lan.pk, course=course.key, course_version=course.version, lesson=lesson.key, steps_done=9, finished_on=TODAY,
            updated_at=start + dt.timedelta(minutes=2 * number),
        )  # fmt: skip
    made = material(measure_dir)
    assert [(s.place, s.seconds, s.answers) for s in made.sittings] == [(land.ea_kar.path, 90.0, 20)]
    (study,) = made.studies
    assert study.minutes == 2 * (len(course.lessons) - 1)
    assert study.lasts == sum(lesson.minutes for lesson in course.lessons[1:])


def test_traces_grow_with_the_ledger_and_begin_anew_with_another(land: Country, measure_dir: Path) -> None:
    lan = person("Lan", land.villages[0])
    fact(lan, "skill_guided", skill="an-toan")
    assert [t.turns for t in material(measure_dir).turns] == [1]
    first = sorted(path.name for path in (measure_dir / "traces").iterdir())
    fact(lan, "skill_guided", skill="mua-sam")
    assert [t.turns for t in material(measure_dir).turns] == [2]
    now = sorted(path.name for path in (measure_dir / "traces").iterdir())
    assert set(first) < set(now)
    for path in (measure_dir / "traces").iterdir():
        path.rename(path.with_name(path.name.replace(first[0][:13], "0" * 13)))
    assert [t.turns for t in material(measure_dir).turns] == [2]
    assert len(list((measure_dir / "traces").iterdir())) == 2


def test_half_a_pair_of_traces_counts_for_nothing(land: Country, measure_dir: Path) -> None:
    fact(person("Lan", land.villages[0]), "skill_guided", skill="an-toan")
    material(measure_dir)
    for path in (measure_dir / "traces").glob("*.hands.parquet"):
        path.unlink()
    assert [t.turns for t in material(measure_dir).turns] == [1]


# --- flags and what people say of them ------------------------------------------------------------------------------------------


def crowd(land: Country) -> None:
    unit_fact(land.villages[0], "class_held", detail={"attendance": 190, "seats": 40, "skill": "An toàn"})


def test_a_flag_is_seen_at_its_place_and_above_and_not_elsewhere(land: Country) -> None:
    crowd(land)
    assert flags_at(land.province, on=TODAY) == []  # nobody has looked yet
    look()
    for place in (land.province, land.ea_kar, land.villages[0]):
        assert kinds_at(place) == ["crowded_class"]
    assert kinds_at(land.ea_knop) == kinds_at(land.villages[1]) == kinds_at(land.school) == []
    (here,) = flags_at(land.ea_kar, on=TODAY)
    assert here.place == land.villages[0]
    assert "190" in here.sentence.look
    with translation.override("en"):
        assert "190 people" in flags_at(land.ea_kar, on=TODAY)[0].sentence.look
    assert flags_at(land.ea_kar, on=TODAY - 2 * WEEK) == []


def test_one_account_that_records_a_whole_list_in_a_minute(land: Country) -> None:
    people = [person(f"Người {n}", land.villages[0]) for n in range(14)]
    facts = [
        fact_about(
            who, "assessment_passed", on=TODAY, source="hoc-vu-so", source_ref=f"p{n}", level="usable", device="may-3",
            detail={"score": 90, "framework": "thu-1.0"},
        )
        for n, who in enumerate(people)
    ]  # fmt: skip
    record_evidence(facts, by="hoa", today=TODAY)
    look()
    (here,) = flags_at(land.ea_kar, on=TODAY)
    assert (here.flag.kind, here.flag.subject, here.flag.evidence["most"]) == ("many_by_one_hand", "may-3", 14)


def test_looking_again_at_the_same_figures_does_nothing(land: Country) -> None:
    crowd(land)
    refresh_measure()
    assert refresh_flags() is True
    assert refresh_flags() is False
    with clock.standing_on(TODAY + dt.timedelta(days=1)):
        assert refresh_flags() is True  # another day: a base may have become too old


def test_without_figures_there_is_nothing_to_look_at(measure_dir: Path) -> None:
    assert refresh_flags() is False
    assert flag_sheet() is None


def test_a_sheet_cut_short_is_made_again(land: Country, measure_dir: Path) -> None:
    crowd(land)
    look()
    whole = (measure_dir / "flags.json").read_text(encoding="utf-8")
    (measure_dir / "flags.json").write_text(whole[:40], encoding="utf-8")
    assert kinds_at(land.ea_kar) == []
    assert refresh_flags() is True
    assert kinds_at(land.ea_kar) == ["crowded_class"]


def test_what_a_person_says_stays_with_the_flag(land: Country) -> None:
    crowd(land)
    look()
    (here,) = flags_at(land.ea_kar, on=TODAY)
    assert here.is_open
    review_flag(here.flag, place=here.place, verdict=Verdict.OPEN, note="", by="hoa", today=TODAY)
    review_flag(here.flag, place=here.place, verdict=Verdict.EXPLAINED, note="Học ngoài sân.", by="hoa", today=TODAY)
    fact(person("Lan", land.villages[0]), "info_contact")
    look()
    again = flag_at(land.ea_kar, here.flag.key, on=TODAY)
    assert again.review is not None
    assert [row.verdict for row in again.reviews] == ["explained", "open"]
    assert (again.review.note, again.review.unit, again.is_open) == ("Học ngoài sân.", land.villages[0], False)
    assert list(Entry.objects.filter(verb="review_flag").values_list("fields", flat=True)) == [["open"], ["explained"]]


def test_a_settled_flag_is_open_again_when_its_numbers_change(land: Country) -> None:
    crowd(land)
    look()
    (here,) = flags_at(land.ea_kar, on=TODAY)
    review_flag(here.flag, place=here.place, verdict=Verdict.EXPLAINED, note="Hội trường.", by="hoa", today=TODAY)
    unit_fact(land.villages[0], "class_held", detail={"attendance": 350, "seats": 40, "skill": "An toàn"})
    look()
    (again,) = flags_at(land.ea_kar, on=TODAY)
    assert again.flag.key == here.flag.key
    assert again.is_open


def test_to_settle_a_flag_takes_a_reason(land: Country) -> None:
    crowd(land)
    look()
    (here,) = flags_at(land.ea_kar, on=TODAY)
    with pytest.raises(BadInput, match="lý do"):
        review_flag(here.flag, place=here.place, verdict=Verdict.CORRECTED, note=" ", by="hoa", today=TODAY)
    assert not FlagReview.objects.exists()


def test_a_flag_of_another_place_is_not_found(land: Country) -> None:
    crowd(land)
    look()
    (here,) = flags_at(land.ea_kar, on=TODAY)
    with pytest.raises(UnknownName):
        flag_at(land.ea_knop, here.flag.key, on=TODAY)


def test_the_sheet_holds_no_names(land: Country, measure_dir: Path) -> None:
    person("Lan", land.villages[0])
    crowd(land)
    look()
    text = (measure_dir / "flags.json").read_text(encoding="utf-8")
    assert "Lan" not in text
    assert {row["kind"] for row in json.loads(text)["flags"]} == {"crowded_class"}
