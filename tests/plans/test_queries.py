from __future__ import annotations

import datetime as dt
import json
from functools import cache

import pytest
from django.conf import settings

from hocvuso.lib.errors import UnknownName
from hocvuso.measure.queries import metrics
from hocvuso.places.models import Level, Organisation, OrganisationKind, Place, Unit
from hocvuso.plans.actions import read_plan_file
from hocvuso.plans.planfile import PlanFile
from hocvuso.plans.queries import (
    bearers_of,
    duty_named,
    has_part_in,
    is_borne_by,
    plan_as_data,
    plan_named,
    plans_touching,
    running_plan_of,
)
from tests.make.places import Country, organisation, unit
from tests.make.plans import duty, plan, task

TODAY = dt.date(2025, 10, 17)


# --- who bears what ------------------------------------------------------------------------------------------------------


@pytest.fixture
def cast(land: Country) -> dict[str, Place]:
    """One of every sort of place; `elsewhere` and its office lie in another province."""
    elsewhere = unit("52", "Tỉnh Gia Lai", Level.PROVINCE, "tỉnh", land.nation)
    commune = unit("21700", "Xã Ia Grai", Level.COMMUNE, "xã", elsewhere)
    agency, seat = OrganisationKind.AGENCY, land.ea_kar
    return {
        "province": land.province,
        "commune": land.ea_kar,
        "village": land.villages[0],
        "nation": land.nation,
        "department": land.department,
        "office": organisation("66-so-gddt", "Sở Giáo dục và Đào tạo", agency, seat, land.province, ""),
        "commune_office": land.ubnd,
        "school": land.school,
        "firm": organisation("24373-cty", "Công ty Cà phê", OrganisationKind.ENTERPRISE, seat, seat, ""),
        "coop": organisation("24373-htx", "HTX Ea Kar", OrganisationKind.COOPERATIVE, seat, seat, ""),
        "elsewhere": elsewhere,
        "their_commune": commune,
        "their_department": organisation("52-so-khcn", "Sở Khoa học và Công nghệ", agency, commune, elsewhere, ""),
    }


BORNE = {
    "plan_unit": set(),
    "communes": {"commune"},
    "agencies": {"department", "office"},
    "communes_and_agencies": {"commune", "department", "office"},
    "schools": {"school"},
    "enterprises": {"firm", "coop"},
}


@pytest.mark.django_db
@pytest.mark.parametrize("borne_by", BORNE)
def test_a_task_falls_to_those_it_names_and_the_plans_unit_sees_it(cast: dict[str, Place], borne_by: str) -> None:
    what = plan(tasks=[task(borne_by=borne_by)]).tasks.select_related("plan__unit").get()
    assert {name for name, place in cast.items() if is_borne_by(what, place)} == {"province"} | BORNE[borne_by]


@pytest.mark.django_db
@pytest.mark.parametrize("borne_by", ["plan_unit", "communes", "agencies", "communes_and_agencies", "lead_agency"])
def test_a_duty_binds_its_bearers_and_a_lead_agency_alone(cast: dict[str, Place], borne_by: str) -> None:
    owed = plan(duties=[duty(frequency="adhoc", borne_by=borne_by)]).duties.select_related("plan__unit").get()
    expected = {"department"} if borne_by == "lead_agency" else BORNE[borne_by]
    assert {name for name, place in cast.items() if is_borne_by(owed, place)} == {"province"} | expected


@pytest.mark.django_db
@pytest.mark.parametrize("borne_by", BORNE)
@pytest.mark.parametrize("leads", [[], ["Sở Khoa học và Công nghệ", "Công ty Cà phê", "Không Ai Cả"]])
def test_the_list_of_bearers_and_the_question_of_one_agree(
    cast: dict[str, Place], borne_by: str, leads: list[str]
) -> None:
    what = plan(tasks=[task(borne_by=borne_by, leads=leads)]).tasks.select_related("plan__unit").get()
    units, orgs = bearers_of(what, on=TODAY)
    everywhere: list[Place] = [*Unit.objects.all(), *Organisation.objects.all()]
    asked = {place for place in everywhere if is_borne_by(what, place)}
    assert {*units, *orgs} == asked - {what.plan.unit}


@pytest.mark.django_db
def test_no_lead_agency_named_is_not_every_agency_without_a_name(cast: dict[str, Place]) -> None:
    owed = plan(lead_agency="", duties=[duty(frequency="adhoc", borne_by="lead_agency")]).duties.get()
    assert bearers_of(owed, on=TODAY) == ([], [])


@pytest.mark.django_db
def test_an_office_that_ended_bears_nothing_more(cast: dict[str, Place]) -> None:
    office = cast["office"]
    office.valid_to = dt.date(2025, 9, 30)
    office.save()
    what = plan(tasks=[task(borne_by="agencies")]).tasks.get()
    assert cast["office"] not in bearers_of(what, on=TODAY)[1]
    assert cast["office"] in bearers_of(what, on=dt.date(2025, 9, 30))[1]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "spelling", ["Sở Khoa học và Công nghệ", "sở khoa học và công nghệ", " Sở  Khoa học và Công nghệ"]
)
def test_an_office_named_as_lead_bears_the_task_and_its_namesake_elsewhere_does_not(
    cast: dict[str, Place], spelling: str
) -> None:
    what = plan(tasks=[task(leads=[spelling, "Công an tỉnh"])]).tasks.select_related("plan__unit").get()
    assert {name for name, place in cast.items() if is_borne_by(what, place)} == {"province", "department"}


@pytest.mark.django_db
def test_a_partner_has_a_part_in_the_task_and_does_not_bear_it(cast: dict[str, Place]) -> None:
    what = plan(tasks=[task(coordinators=["Sở Giáo dục và Đào tạo"])]).tasks.select_related("plan__unit").get()
    assert not is_borne_by(what, cast["office"])
    assert {name for name, place in cast.items() if has_part_in(what, place)} == {"province", "office"}


@pytest.mark.django_db
def test_a_namesake_of_a_partner_in_another_province_has_no_part(cast: dict[str, Place]) -> None:
    what = plan(tasks=[task(coordinators=["Sở Khoa học và Công nghệ"])]).tasks.select_related("plan__unit").get()
    assert {name for name, place in cast.items() if has_part_in(what, place)} == {"province", "department"}


# --- names ---------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_duty_is_found_by_its_key_and_where_two_plans_share_it_by_both(land: Country) -> None:
    for key in ("mot", "hai"):
        plan(key, duties=[duty("bao-cao"), duty(f"rieng-{key}")])
    assert duty_named("rieng-mot").plan.key == "mot"
    assert duty_named("hai/bao-cao").plan.key == duty_named("bao-cao", plan="hai").plan.key == "hai"
    with pytest.raises(UnknownName, match="hai/bao-cao.*mot/bao-cao|mot/bao-cao.*hai/bao-cao"):
        duty_named("bao-cao")
    for wrong in ("khong-co", "mot/khong-co", "khong-co/bao-cao", "", "/"):
        with pytest.raises(UnknownName, match="Không có chế độ báo cáo"):
            duty_named(wrong)
    with pytest.raises(UnknownName, match="“khong-co”"):
        plan_named("khong-co")


@pytest.mark.django_db
def test_an_office_works_under_the_nearest_plan_that_runs_and_the_shortest_of_those(land: Country) -> None:
    year = {"start": dt.date(2025, 1, 1), "end": dt.date(2026, 12, 31)}
    plan("ca-nam", period=year)
    plan("cao-diem")
    plan("xa", unit="24373", period=year)
    assert running_plan_of(land.province, today=TODAY) == plan_named("cao-diem")
    assert running_plan_of(land.ea_knop, today=TODAY) == plan_named("cao-diem")
    assert running_plan_of(land.ea_kar, today=TODAY) == plan_named("xa")
    assert running_plan_of(land.department, today=TODAY) == plan_named("cao-diem")
    assert running_plan_of(land.province, today=dt.date(2025, 12, 1)) == plan_named("ca-nam")
    assert running_plan_of(land.nation, today=TODAY) is None
    assert {p.key for p in plans_touching(land.ea_knop)} == {"ca-nam", "cao-diem"}
    assert {p.key for p in plans_touching(land.province)} == {"ca-nam", "cao-diem", "xa"}


@pytest.mark.django_db
def test_the_nations_plan_is_worked_under_only_where_nobody_nearer_has_one(land: Country) -> None:
    plan("ca-nuoc", unit="VN", period={"start": dt.date(2025, 1, 1), "end": dt.date(2026, 12, 31)})
    assert running_plan_of(land.ea_kar, today=TODAY) == plan_named("ca-nuoc")
    plan("tinh")
    long_over = dt.date(2026, 3, 1)
    assert running_plan_of(land.ea_kar, today=long_over) == plan_named("tinh")
    assert running_plan_of(land.nation, today=TODAY) == plan_named("ca-nuoc")


# --- the plans that come with the program ------------------------------------------------------------------------------

COME_ALONG = sorted((settings.DATA_DIR / "plans").glob("*.yaml"))


@cache
def file_of(stem: str) -> PlanFile:
    return read_plan_file(settings.DATA_DIR / "plans" / f"{stem}.yaml")


def test_five_whole_plans_and_what_is_known_of_the_central_one_are_there() -> None:
    assert len(COME_ALONG) == 6
    assert [file_of(path.stem).key for path in COME_ALONG] == [path.stem for path in COME_ALONG]


@pytest.mark.parametrize("stem", [path.stem for path in COME_ALONG])
def test_every_metric_a_plan_names_is_in_the_catalogue(stem: str) -> None:
    for one in file_of(stem).indicators:
        for metric in (one.metric, *one.also):
            assert metric is None or metric in metrics().by_key, f"{one.key}: {metric}"


@pytest.mark.parametrize("stem", [path.stem for path in COME_ALONG])
def test_every_target_is_measured_or_plainly_declared_only(stem: str) -> None:
    """What is measured is measured as it is promised: a share has a base, a level is told apart, "each commune" counts communes."""
    indicators = {one.key: one for one in file_of(stem).indicators}
    for promised in file_of(stem).targets:
        key = indicators[promised.indicator].metric
        if key is None:
            assert indicators[promised.indicator].note or promised.note, f"{promised.key}: say why it is not measured"
            continue
        metric = metrics()[key]
        if promised.unit == "%" or promised.scope == "each_subject":
            assert metric.base is not None, promised.key
        if promised.level == "proficient":
            assert metric.by_level, promised.key


@pytest.mark.django_db
def test_a_plan_as_data_is_plain_json_with_a_key_on_every_part(land: Country) -> None:
    from hocvuso.plans.actions import adopt_plan

    made = adopt_plan(file_of("dak-lak-100-ngay"), by=":test", today=TODAY)
    data = json.loads(json.dumps(plan_as_data(made), default=str, ensure_ascii=False))
    for name in ("indicators", "targets", "tasks", "duties", "findings"):
        keys = [part["key"] for part in data[name]]
        assert keys == [part.key for part in getattr(file_of("dak-lak-100-ngay"), name)]
    weekly = next(part for part in data["duties"] if part["frequency"] == "weekly")
    assert (weekly["weekday"], weekly["first"], weekly["last"]) == (5, "2025-07-18", "2025-10-24")
    assert data["period"]["end"] == "2025-10-25"
    before = next(part for part in data["targets"] if part["due_before"])
    assert dt.date.fromisoformat(before["last_day"]) == dt.date.fromisoformat(before["due"]) - dt.timedelta(days=1)
