"""Which report is owed when and over which days, and that a report says what the figures say."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from hocvuso.evidence.rules import Grade
from hocvuso.lib.errors import BadInput, Refused
from hocvuso.lib.periods import Span
from hocvuso.lib.text import NBSP
from hocvuso.measure.actions import refresh_measure
from hocvuso.measure.queries import figure
from hocvuso.measure.rules import Ask
from hocvuso.places.models import OrganisationKind, Place
from hocvuso.places.rules import Group
from hocvuso.plans.models import Duty
from hocvuso.plans.rules import Light
from hocvuso.reports.actions import save_words
from hocvuso.reports.queries import Obligation, obligations_of, owed_report, report_content, report_words
from hocvuso.reports.rules import ReportContent
from hocvuso.tasks.actions import report_progress
from hocvuso.tasks.rules import TaskState
from tests.make.evidence import fact, passed, unit_fact
from tests.make.kept import kept
from tests.make.measure import stated
from tests.make.people import person
from tests.make.places import Country, organisation, population
from tests.make.plans import duty, indicator, plan, target, task

TODAY = dt.date(2025, 10, 17)
THURSDAY = dt.date(2025, 10, 16)
WEEK = Span(dt.date(2025, 10, 10), THURSDAY)
pytestmark = pytest.mark.django_db


def weekly(**more: Any) -> Duty:
    return plan(duties=[duty(**more)]).duties.select_related("plan__unit").get()


def write(what: Duty, place: Place, *, version: int = 0, due: dt.date = TODAY, **words: str) -> None:
    everything = {"steering": "", "practices": "", "difficulties": "", "proposals": "", "next_steps": "", **words}
    save_words(what, place=place, due=due, by="1", version=version, **everything)


# --- what is owed --------------------------------------------------------------------------------------------------------


def days(found: list[Obligation]) -> list[str]:
    return [f"{one.due:%d/%m}" for one in found]


@pytest.mark.parametrize(
    ("around", "listed"),
    [
        (TODAY, ["17/10", "24/10", "10/10", "03/10", "26/09", "19/09", "12/09", "05/09"]),
        (THURSDAY, ["17/10", "24/10", "10/10", "03/10", "26/09", "19/09", "12/09", "05/09"]),
        (dt.date(2025, 10, 25), ["24/10", "17/10", "10/10", "03/10", "26/09", "19/09"]),  # the last Friday is over
        (dt.date(2025, 7, 10), ["18/07"]),  # the first comes next week
        (dt.date(2025, 6, 1), []),
        (dt.date(2026, 1, 1), []),
    ],
)
def test_the_next_reports_come_first_and_then_the_newest_past_ones(
    land: Country, around: dt.date, listed: list[str]
) -> None:
    weekly()
    assert days(obligations_of(land.ea_kar, around=around)) == listed


def test_fifteen_fridays_and_each_covers_friday_to_thursday(land: Country) -> None:
    what = weekly()
    fridays = [dt.date(2025, 7, 18) + dt.timedelta(weeks=n) for n in range(15)]
    spans = [owed_report(what, land.ea_kar, due=friday) for friday in fridays]
    assert all((span.days, span.first.isoweekday(), span.last.isoweekday()) == (7, 5, 4) for span in spans)
    assert all(one.last + dt.timedelta(days=1) == two.first for one, two in zip(spans, spans[1:], strict=False))
    assert spans[fridays.index(TODAY)] == WEEK


def test_a_report_somebody_began_is_marked_for_that_place_alone(land: Country) -> None:
    what = weekly()
    write(what, land.ea_kar, steering="Đã họp.")
    assert [one.started for one in obligations_of(land.ea_kar, around=TODAY)][:2] == [True, False]
    assert not any(one.started for one in obligations_of(land.ea_knop, around=TODAY))
    first = obligations_of(land.ea_kar, around=THURSDAY)[0]
    assert (first.span, first.days_left) == (WEEK, 1)


def test_only_bearers_owe_a_report(land: Country) -> None:
    what = weekly()
    owing = (land.province, land.ea_kar, land.ea_knop, land.department)
    for place in (*owing, land.villages[0], land.ubnd, land.school, land.nation):
        assert bool(obligations_of(place, around=TODAY)) is (place in owing), place
        if place not in owing:
            with pytest.raises(Refused, match="không giao cho"):
                owed_report(what, place, due=TODAY)


@pytest.mark.parametrize(
    ("due", "why"),
    [
        (THURSDAY, "thứ Sáu.*16/10/2025"),
        (dt.date(2025, 7, 11), "từ 18/07/2025 đến 24/10/2025"),
        (dt.date(2025, 10, 31), "từ 18/07/2025 đến 24/10/2025"),
    ],
)
def test_another_day_than_a_friday_of_the_plan_is_refused(land: Country, due: dt.date, why: str) -> None:
    what = weekly()
    for ask in (owed_report, report_content):
        with pytest.raises(BadInput, match=why):
            ask(what, land.ea_kar, due=due)
    with pytest.raises(BadInput, match=why):
        write(what, land.ea_kar, due=due, steering="Đã họp.")
    assert report_words(what, land.ea_kar, due=due) is None


FINAL = {"frequency": "final", "borne_by": "lead_agency", "due": dt.date(2025, 11, 25), "before": True}


def test_a_final_report_before_the_25th_is_due_on_the_24th_and_covers_the_plan(land: Country) -> None:
    what = weekly(**FINAL)
    (owed,) = obligations_of(land.department, around=TODAY)
    assert (owed.due, owed.span) == (dt.date(2025, 11, 24), Span(dt.date(2025, 7, 15), dt.date(2025, 10, 25)))
    assert obligations_of(land.ea_kar, around=TODAY) == []
    assert owed_report(what, land.department, due=TODAY).last == TODAY  # drawn up early: what there is by then
    with pytest.raises(BadInput, match="15/07/2025"):
        owed_report(what, land.department, due=dt.date(2025, 7, 1))


def test_a_report_when_something_comes_up_has_no_day_on_the_list(land: Country) -> None:
    weekly(frequency="adhoc", borne_by="communes")
    assert obligations_of(land.ea_kar, around=TODAY) == []


@pytest.mark.parametrize(
    ("frequency", "due", "first", "last"),
    [
        ("monthly", "2025-10-25", "2025-09-15", "2025-10-14"),
        ("monthly", "2025-10-15", "2025-09-15", "2025-10-14"),
        ("monthly", "2025-10-14", "2025-08-15", "2025-09-14"),  # the month is not over yet
        ("monthly", "2026-01-25", "2025-12-15", "2026-01-14"),
        ("quarterly", "2025-12-25", "2025-09-15", "2025-12-14"),
        ("quarterly", "2025-09-25", "2025-06-15", "2025-09-14"),
        ("biannual", "2025-12-25", "2025-06-15", "2025-12-14"),
        ("yearly", "2025-12-25", "2024-12-15", "2025-12-14"),
        ("yearly", "2026-06-01", "2024-12-15", "2025-12-14"),
    ],
)
def test_other_periods_are_those_of_the_decree(land: Country, frequency: str, due: str, first: str, last: str) -> None:
    what = weekly(frequency=frequency, borne_by="communes")
    span = Span(dt.date.fromisoformat(first), dt.date.fromisoformat(last))
    assert owed_report(what, land.ea_kar, due=dt.date.fromisoformat(due)) == span


# --- what it says --------------------------------------------------------------------------------------------------------


@pytest.fixture
def busy(land: Country, measure_dir: Path) -> Duty:
    """Two communes in the middle of it: people reached before and in the week, a committee, a count by the police, a task."""
    return kept("busy", lambda: _get_busy(land), folder=measure_dir)


def _get_busy(land: Country) -> Duty:
    made = plan(
        indicators=[indicator(), indicator("ban-chi-dao", "commune_committee"), indicator("xac-nhan", "adult_confirmed"),
                    indicator("ten-mien", "business_vn_domain"), indicator("khong-do", None)],
        targets=[target("a"), target("b", "ban-chi-dao", 100), target("c", "xac-nhan", 40),
                 target("d", "ten-mien", 10, "hộ/xã", scope="each_unit", comparator=">="),
                 target("e", "khong-do", 1, "địa phương")],
        tasks=[task("viec", borne_by="communes"), task("phan-cong", kind="assignment", borne_by="communes")],
        duties=[duty()],
    )  # fmt: skip
    population(land.villages[0], Group.ADULTS, 10)
    population(land.villages[2], Group.ADULTS, 30)
    for name, day, village in (("a", 1, 0), ("b", 9, 0), ("c", 10, 0), ("d", 16, 2), ("e", 17, 0)):
        fact(person(name, land.villages[village]), "info_contact", on=dt.date(2025, 10, day))
    passed(person("a", land.villages[0]))
    unit_fact(land.ea_kar, "committee_founded", on=dt.date(2025, 7, 28))
    stated(land.ea_kar, "adult_confirmed", 8, on=dt.date(2025, 10, 14), source="cong-an-tinh")
    stated(land.ea_kar, "business_vn_domain", 12, on=dt.date(2025, 10, 14), source="vnnic")
    stated(land.ea_kar, "adult_reached", 9, on=dt.date(2025, 10, 14))
    told = {"state": TaskState.DONE, "document": "05/QĐ-UBND", "by": "1", "today": THURSDAY}
    report_progress(made.tasks.get(key="viec"), place=land.ea_kar, **told)  # type: ignore[arg-type]
    refresh_measure()
    return made.duties.select_related("plan__unit").get()


def test_the_figures_of_a_report_are_those_of_its_last_day(land: Country, busy: Duty) -> None:
    for place in (land.ea_kar, land.ea_knop, land.province):
        content = report_content(busy, place, due=TODAY)
        by_key = {line.key: line for line in content.lines}
        reached = figure(place, Ask("adult_reached"), on=WEEK.last, since=WEEK.first)
        line = by_key["a"]
        assert (line.so_far, line.proven, line.share) == (reached.proven, reached.proven, reached.share(Grade.PROVEN))
        assert reached.proven is not None
        assert reached.proven_before is not None
        assert line.this_period == reached.proven - reached.proven_before
        assert line.population == (reached.population and reached.population.count)
        assert by_key["c"].imported == (8 if place != land.ea_knop else None)
        assert by_key["c"].so_far is None  # nobody proved a confirmation: what the police state is not ours
    kar = {line.key: line for line in report_content(busy, land.ea_kar, due=TODAY).lines}
    assert (kar["a"].so_far, kar["a"].this_period, kar["a"].population, kar["a"].declared) == (3, 1, 10, 9)
    assert (kar["b"].so_far, kar["b"].population, kar["b"].light) == (1, 1, Light.REACHED)
    assert (kar["d"].so_far, kar["d"].goal) == (12, "ít nhất 10 hộ")


def test_a_commune_is_not_asked_for_the_provinces_own_number(land: Country, busy: Duty) -> None:
    assert [line.key for line in report_content(busy, land.ea_kar, due=TODAY).lines] == ["a", "b", "c", "d"]
    whole = report_content(busy, land.province, due=TODAY)
    assert [line.key for line in whole.lines] == ["a", "b", "c", "d", "e"]
    assert (whole.lines[4].so_far, whole.lines[4].light) == (None, Light.NOT_MEASURED)


def test_the_province_counts_the_communes_that_have_reached_it(land: Country, busy: Duty) -> None:
    whole = {line.key: line for line in report_content(busy, land.province, due=TODAY).lines}
    assert whole["a"].reached_below == (0, 2)
    assert whole["b"].reached_below is None  # the committees are themselves the figure
    assert (whole["d"].so_far, whole["d"].population, whole["d"].counted) == (1, 2, "xã, phường")
    assert whole["d"].goal == "2 xã, phường, mỗi xã, phường ít nhất 10 hộ"
    content = report_content(busy, land.province, due=TODAY)
    rows = {row.name: row.shares for row in content.communes}
    assert len(content.commune_columns) == 1  # "c" is not measured: no column of dashes
    assert rows["Xã Ea Kar"][0] == 30.0
    assert rows["Xã Ea Knốp"][0] == pytest.approx(100 / 30)
    assert report_content(busy, land.ea_kar, due=TODAY).communes == ()


def test_tasks_are_the_bearers_own_and_the_provinces_sum(land: Country, busy: Duty) -> None:
    def told(place: Place) -> list[tuple[str, str, str, bool]]:
        return [(t.title, t.state, t.document, t.done) for t in report_content(busy, place, due=TODAY).tasks]

    assert told(land.ea_kar) == [("Nhiệm vụ viec", "Đã hoàn thành", "05/QĐ-UBND", True)]
    assert told(land.ea_knop) == [("Nhiệm vụ viec", "Chưa thực hiện", "", False)]
    assert told(land.province) == [("Nhiệm vụ viec", "1/2 nơi đã hoàn thành, 0 đang thực hiện", "", False)]


@pytest.mark.parametrize("who", ["commune", "department", "province"])
def test_each_office_signs_as_itself(land: Country, busy: Duty, who: str) -> None:
    places: dict[str, Place] = {"commune": land.ea_kar, "department": land.department, "province": land.province}
    place = places[who]
    issuer = report_content(busy, place, due=TODAY).issuer
    if who == "commune":
        assert (issuer.symbol, issuer.place, issuer.parent_agency) == ("BC-UBND", "Ea Kar", "")
        assert issuer.agency == "ỦY BAN NHÂN DÂN\nXÃ EA KAR"
        assert issuer.authority == ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    else:  # the province's own report is drawn up by the agency that collects the others
        assert (issuer.symbol, issuer.place) == ("BC-SKHCN", "Đắk Lắk")
        assert issuer.parent_agency == "ỦY BAN NHÂN DÂN\nTỈNH ĐẮK LẮK"
        assert issuer.authority == ("GIÁM ĐỐC",)
    assert issuer.recipients[-1] == "Lưu: VT"
    assert "(b/c)" in issuer.recipients[0]


def test_a_city_has_a_city_committee_of_the_party(land: Country, measure_dir: Path) -> None:
    what = weekly()
    land.province.kind, land.province.name = "thành phố", "Thành phố Đắk Lắk"
    land.province.save()
    office = organisation("66-vp", "Văn phòng Thành ủy", OrganisationKind.AGENCY, land.ea_kar, land.province, "VPTU")
    refresh_measure()
    issuer = report_content(what, office, due=TODAY).issuer
    assert (issuer.parent_agency, issuer.agency_name) == ("THÀNH ỦY ĐẮK LẮK", "Văn phòng Thành ủy Đắk Lắk")
    assert issuer.recipients[-1] == "Lưu Văn phòng Thành ủy"


@pytest.mark.parametrize(("source", "simulated"), [("hoc-vu-so", False), ("mo-phong", True)])
def test_a_report_from_simulated_figures_says_so(
    land: Country, measure_dir: Path, source: str, simulated: bool
) -> None:
    what = weekly()
    population(land.villages[0], Group.ADULTS, 10)
    fact(person("Lan", land.villages[0]), "info_contact", on=THURSDAY, source=source)
    refresh_measure()
    assert report_content(what, land.ea_kar, due=TODAY).simulated is simulated


def test_a_report_of_the_first_week_over_a_simulated_population_says_so_too(land: Country, measure_dir: Path) -> None:
    """Nothing had been recorded yet; the denominators were simulated all the same."""
    what = weekly()
    population(land.villages[0], Group.ADULTS, 10, source="mô phỏng")
    refresh_measure()
    assert report_content(what, land.ea_kar, due=dt.date(2025, 7, 18)).simulated


def goals(content: ReportContent) -> list[str]:
    return [line.goal.replace(NBSP, " ") for line in content.lines]


@pytest.mark.parametrize(
    ("metric", "more", "goal"),
    [
        ("adult_reached", {}, "60 %"),
        ("adult_reached", {"comparator": ">"}, "trên 60 %"),
        ("adult_reached", {"comparator": ">=", "value": 62.5}, "ít nhất 62,5 %"),
        ("resident15_esign", {"value": 5000, "unit": "người"}, "5.000 người"),
        (
            "student_topics",
            {"value": 5, "unit": "nội dung", "scope": "each_subject", "comparator": ">="},
            "100 % trường (ít nhất 5 nội dung)",
        ),
    ],
)  # fmt: skip
def test_a_goal_is_said_as_the_plan_says_it(
    land: Country, measure_dir: Path, metric: str, more: dict[str, Any], goal: str
) -> None:
    made = plan(indicators=[indicator("i", metric)], targets=[target(of="i", **more)], duties=[duty()])
    refresh_measure()
    assert goals(report_content(made.duties.get(), land.province, due=TODAY)) == [goal]


# --- words ---------------------------------------------------------------------------------------------------------------


@pytest.mark.both
def test_two_writers_do_not_overwrite_each_other(land: Country) -> None:
    what = weekly()
    write(what, land.ea_kar, steering="Bản đầu.")
    write(what, land.ea_kar, version=1, steering=" Bản hai. ")
    for seen in (0, 1, 3):
        with pytest.raises(Refused, match="Trang đã cũ" if seen == 3 else "người khác vừa lưu"):
            write(what, land.ea_kar, version=seen, steering="Bản ba.")
    kept = report_words(what, land.ea_kar, due=TODAY)
    assert kept is not None
    assert (kept.steering, kept.version) == ("Bản hai.", 2)


@pytest.mark.both
def test_a_report_nobody_owes_keeps_no_words(land: Country) -> None:
    what = weekly()
    with pytest.raises(Refused, match="không giao cho"):
        write(what, land.school, steering="Đã họp.")
    assert report_words(what, land.school, due=TODAY) is None
