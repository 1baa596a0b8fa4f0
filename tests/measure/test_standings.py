"""Where a promise stands: its own measure at every place, its light, and what each remaining week must bring."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hocvuso.measure.actions import refresh_measure
from hocvuso.measure.queries import Standing, concerns, standing, standings, standings_below, trend
from hocvuso.people.models import Person
from hocvuso.places.models import Organisation, OrganisationKind, Place, Unit
from hocvuso.places.rules import Group
from hocvuso.plans.actions import share_out_target
from hocvuso.plans.models import Target
from hocvuso.plans.rules import Light, Pace
from hocvuso.plans.sharing import Part
from tests.make.evidence import fact, org_fact, passed, unit_fact
from tests.make.measure import stated
from tests.make.people import person
from tests.make.places import Country, organisation, population
from tests.make.plans import indicator, plan, target

TODAY = dt.date(2025, 10, 17)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("measure_dir")]


def only_target(metric: str | None, *, also: tuple[str, ...] = (), **more: Any) -> Target:
    made = plan(indicators=[indicator("i", metric, also=also)], targets=[target(of="i", **more)])
    return made.targets.select_related("indicator", "plan__unit").get()


def stands(asked: Target, place: Place, **more: Any) -> Standing:
    refresh_measure()
    return standing(asked, place, on=TODAY, **more)


def reach(count: int, village: Unit, *, on: dt.date = TODAY, name: str = "") -> list[Person]:
    people = [person(f"{name}{village.code}/{n}", village) for n in range(count)]
    for who in people:
        fact(who, "info_contact", on=on)
    return people


# --- a share -------------------------------------------------------------------------------------------------------------


def test_a_share_stands_against_the_population_of_the_place(land: Country) -> None:
    population(land.villages[0], Group.ADULTS, 10)
    population(land.villages[2], Group.ADULTS, 30)
    reach(6, land.villages[0])
    asked = only_target("adult_reached", value=60)
    commune, province = stands(asked, land.ea_kar), stands(asked, land.province)
    assert (commune.value, commune.goal, commune.measure, commune.needed) == (60.0, 60.0, "%", 6)
    assert (commune.light, commune.pace) == (Light.REACHED, None)
    assert (province.value, province.needed, province.light) == (15.0, 24, Light.BEHIND)
    # the last good day is Friday 24/10: seven days, one week's work
    assert (province.pace, province.days_left) == (Pace(missing=18, days_left=7, per_week=18), 7)


def test_more_than_sixty_is_not_sixty(land: Country) -> None:
    population(land.villages[0], Group.ADULTS, 10)
    reach(6, land.villages[0])
    here = stands(only_target("adult_reached", value=60, comparator=">"), land.ea_kar)
    assert (here.light, here.needed, here.pace and here.pace.missing) == (Light.ON_TRACK, 7, 1)


def test_without_a_population_a_share_is_not_measured(land: Country) -> None:
    reach(1, land.villages[0])
    here = stands(only_target("adult_reached"), land.ea_kar)
    assert (here.value, here.needed, here.pace, here.light) == (None, None, None, Light.NOT_MEASURED)


def test_a_share_over_a_hundred_stays_as_it_is(land: Country) -> None:
    population(land.villages[0], Group.ADULTS, 2)
    reach(3, land.villages[0])
    assert stands(only_target("adult_reached"), land.ea_kar).value == 150.0


def test_the_week_gains_what_it_added(land: Country) -> None:
    population(land.villages[0], Group.ADULTS, 10)
    reach(2, land.villages[0], on=dt.date(2025, 10, 9), name="trước")
    reach(3, land.villages[0], on=dt.date(2025, 10, 10), name="trong")
    asked = only_target("adult_reached")
    assert stands(asked, land.ea_kar, since=dt.date(2025, 10, 10)).gained == 3
    assert stands(asked, land.ea_kar).gained is None


def test_an_outside_systems_figure_carries_the_light_where_the_metric_says_so(land: Country) -> None:
    population(land.ea_kar, Group.ADULTS, 10)
    reach(1, land.villages[0])
    stated(land.ea_kar, "adult_esign", 9, source="cong-an-tinh")
    stated(land.ea_kar, "adult_reached", 9, source="cong-an-tinh")
    assert stands(only_target("adult_esign"), land.ea_kar).value == 90.0
    assert stands(only_target("adult_reached"), land.ea_kar).value == 10.0


def test_good_use_is_asked_of_good_use_alone(land: Country) -> None:
    population(land.ea_kar, Group.ADULTS, 4)
    for level in ("usable", "usable", "proficient"):
        passed(person(f"{level}{Person.objects.count()}", land.villages[0]), level=level)
    values = {
        level: stands(only_target("adult_skill", level=level), land.ea_kar).value for level in ("usable", "proficient")
    }
    assert values == {"usable": 75.0, "proficient": 25.0}


def test_every_verb_of_a_compound_target_keeps_its_own_rung(land: Country) -> None:
    population(land.ea_kar, Group.ADULTS, 4)
    passed(reach(2, land.villages[0])[0])
    here = stands(only_target("adult_reached", also=("adult_guided5", "adult_skill")), land.ea_kar)
    assert here.value == 50.0
    assert [(f.metric.rung, f.proven) for f in here.rung_figures] == [("reached", 2), ("guided", None), ("assessed", 1)]


# --- counts, and promises for each ---------------------------------------------------------------------------------------


def test_a_count_for_the_whole_province_is_nobody_elses_until_it_is_shared_out(land: Country) -> None:
    fact(person("Lan", land.villages[0]), "esign_registered", source="cong-an-tinh")
    asked = only_target("resident15_esign", value=5000, unit="người")
    province, commune = stands(asked, land.province), stands(asked, land.ea_kar)
    assert (province.value, province.goal, province.needed, province.measure) == (1.0, 5000.0, 5000, "count")
    assert (commune.value, commune.goal, commune.needed, commune.light) == (1.0, None, None, Light.NO_DEADLINE)


@pytest.mark.parametrize(
    ("comparator", "here", "province"),
    [
        (">=", (Light.REACHED, Light.BEHIND), (1.0, 2.0, Light.BEHIND)),
        ("=", (Light.REACHED, Light.BEHIND), (1.0, 2.0, Light.BEHIND)),
        (">", (Light.ON_TRACK, Light.BEHIND), (0.0, 2.0, Light.BEHIND)),
    ],
)
def test_ten_in_each_commune_counts_the_communes_that_have_ten(
    land: Country, comparator: str, here: tuple[Light, Light], province: tuple[float, float, Light]
) -> None:
    stated(land.ea_kar, "business_vn_domain", 10, source="vnnic")
    stated(land.ea_knop, "business_vn_domain", 3, source="vnnic")
    asked = only_target("business_vn_domain", value=10, unit="hộ/xã", scope="each_unit", comparator=comparator)
    communes = [stands(asked, land.ea_kar), stands(asked, land.ea_knop)]
    assert [(one.value, one.goal, one.measure) for one in communes] == [(10.0, 10.0, "count"), (3.0, 10.0, "count")]
    assert tuple(one.light for one in communes) == here
    whole = stands(asked, land.province)
    assert (whole.value, whole.goal, whole.light) == province
    assert whole.measure == "units"


def test_more_than_ten_in_each_commune_is_kept_when_all_communes_have_more(land: Country) -> None:
    for commune in (land.ea_kar, land.ea_knop):
        stated(commune, "business_vn_domain", 11, source="vnnic")
    asked = only_target("business_vn_domain", value=10, unit="hộ/xã", scope="each_unit", comparator=">")
    whole = stands(asked, land.province)
    assert (whole.value, whole.goal, whole.needed, whole.light) == (2.0, 2.0, 2, Light.REACHED)


def test_ten_in_each_commune_is_no_promise_of_a_village(land: Country) -> None:
    stated(land.villages[0], "business_vn_domain", 3, source="vnnic")
    asked = only_target("business_vn_domain", value=10, unit="hộ/xã", scope="each_unit", comparator=">=")
    village = stands(asked, land.villages[0])
    assert (village.value, village.goal, village.light) == (3.0, None, Light.NO_DEADLINE)


def test_five_topics_in_each_school_asks_all_schools(land: Country) -> None:
    organisation("24400-thcs", "Trường THCS Ea Knốp", OrganisationKind.SCHOOL, land.ea_knop, land.ea_knop, "")
    for number in range(5):
        org_fact(land.school, "topic_taught", detail={"topic": f"nội dung {number}"})
    for comparator in (">=", ">"):
        asked = only_target("student_topics", value=5, unit="nội dung", scope="each_subject", comparator=comparator)
        whole, school = stands(asked, land.province), stands(asked, land.school)
        assert (whole.value, whole.goal, whole.measure, whole.needed) == (50.0, 100.0, "%", 2)
        assert (school.value, school.light) == (100.0, Light.REACHED)


def test_a_number_without_a_metric_is_plainly_not_measured(land: Country) -> None:
    refresh_measure()
    asked = only_target(None, value=1, unit="địa phương")
    here = stands(asked, land.province)
    assert (here.figure, here.value, here.light, here.days_left) == (None, None, Light.NOT_MEASURED, None)
    assert [concerns(asked, place) for place in (land.province, land.ea_kar, land.department)] == [True, False, False]


# --- whom it concerns ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("metric", "shown_at"),
    [
        ("adult_reached", {"province", "commune", "village"}),
        ("commune_committee", {"province", "commune"}),
        ("village_team", {"province", "commune", "village"}),
        ("official_skill", {"province", "commune", "agency"}),
        ("student_skill", {"province", "commune", "school"}),
        ("student_topics", {"province", "commune", "school"}),
        ("worker_skill", {"province", "commune", "enterprise"}),
    ],
)
def test_a_target_shows_where_it_can_be_met(land: Country, metric: str, shown_at: set[str]) -> None:
    firm = organisation("24373-htx", "HTX Ea Kar", OrganisationKind.COOPERATIVE, land.ea_kar, land.ea_kar, "")
    places: dict[str, Unit | Organisation] = {
        "province": land.province, "commune": land.ea_kar, "village": land.villages[0], "agency": land.department,
        "school": land.school, "enterprise": firm,
    }  # fmt: skip
    asked = only_target(metric)
    assert {name for name, place in places.items() if concerns(asked, place)} == shown_at


def test_a_plan_lists_its_targets_in_its_own_order_and_below_side_by_side(land: Country) -> None:
    population(land.ea_kar, Group.ADULTS, 10)
    population(land.ea_knop, Group.ADULTS, 10)
    reach(5, land.villages[0])
    made = plan(
        indicators=[indicator(), indicator("ban-chi-dao", "commune_committee"), indicator("can-bo", "official_skill")],
        targets=[target("b", "ban-chi-dao", 100), target("a"), target("c", "can-bo")],
    )
    refresh_measure()
    assert [one.target.key for one in standings(made, land.ea_kar, on=TODAY)] == ["b", "a", "c"]
    assert [one.target.key for one in standings(made, land.villages[0], on=TODAY)] == ["a"]
    asked = made.targets.get(key="a")
    below = standings_below(asked, [land.ea_kar, land.ea_knop, land.school], on=TODAY)
    assert [(one.place, one.value) for one in below] == [("24373", 50.0), ("24400", 0.0)]


# --- lights that depend on the day ---------------------------------------------------------------------------------------


def test_a_target_that_starts_later_is_not_late_yet(land: Country) -> None:
    population(land.ea_kar, Group.ADULTS, 10)
    reach(1, land.villages[0])
    later = only_target("adult_reached", deadline={"start": dt.date(2025, 11, 1), "due": dt.date(2025, 12, 31)})
    assert stands(later, land.ea_kar).light is Light.NOT_DUE
    over = only_target("adult_reached", deadline={"due": TODAY, "before": True})
    assert stands(over, land.ea_kar).light is Light.MISSED
    always = only_target("adult_reached", deadline={"recurring": True, "text": "thường xuyên"})
    assert stands(always, land.ea_kar).light is Light.NO_DEADLINE


def test_a_committee_reported_before_the_day_is_reached_for_its_commune(land: Country) -> None:
    unit_fact(land.ea_kar, "committee_founded", on=dt.date(2025, 7, 28))
    asked = only_target("commune_committee", value=100)
    lights = {place: stands(asked, place).light for place in (land.ea_kar, land.ea_knop, land.province)}
    assert lights == {land.ea_kar: Light.REACHED, land.ea_knop: Light.BEHIND, land.province: Light.BEHIND}


# --- the way there -------------------------------------------------------------------------------------------------------


def test_the_way_is_drawn_between_start_and_deadline_and_ends_today(land: Country) -> None:
    population(land.ea_kar, Group.ADULTS, 10)
    reach(2, land.villages[0], on=dt.date(2025, 8, 1), name="a")
    reach(1, land.villages[0], on=dt.date(2025, 10, 1), name="b")
    asked = only_target("adult_reached")
    here = stands(asked, land.ea_kar)
    way = trend(here, land.ea_kar, on=TODAY)
    assert way is not None
    assert (way.first, way.last, way.goal, way.top) == (dt.date(2025, 7, 15), dt.date(2025, 10, 24), 6, 6)
    assert [(point.on, point.count) for point in way.points] == [
        (dt.date(2025, 8, 1), 2), (dt.date(2025, 10, 1), 3), (TODAY, 3),
    ]  # fmt: skip
    assert all(0 <= point.x <= 100 and 0 <= point.y <= 100 for point in way.points)
    assert way.points[-1].x == way.today_x < 100
    assert trend(stands(asked, land.ea_knop), land.ea_knop, on=TODAY) is None


def test_past_the_deadline_the_way_goes_on_and_stays_in_the_drawing(land: Country) -> None:
    population(land.ea_kar, Group.ADULTS, 2)
    reach(3, land.villages[0], on=dt.date(2025, 8, 1))
    asked = only_target("adult_reached", deadline={"due": dt.date(2025, 9, 30)})
    way = trend(stands(asked, land.ea_kar), land.ea_kar, on=TODAY)
    assert way is not None
    assert (way.last, way.today_x, way.top) == (TODAY, 100.0, 3)
    assert max(point.y for point in way.points) == 100.0


# --- shared out ----------------------------------------------------------------------------------------------------------


def give(asked: Target, giver: Unit, amounts: dict[Place, float]) -> None:
    parts = [(place, Part(place.code, place.name, 1, amount)) for place, amount in amounts.items()]
    share_out_target(asked, giver=giver, parts=parts, seen=0, by=":test", today=TODAY)


def test_a_count_shared_out_stands_against_the_places_own_part(land: Country) -> None:
    reach(3, land.villages[0])
    asked = only_target("adult_reached", value=10, unit="người")
    give(asked, land.province, {land.ea_kar: 4, land.ea_knop: 6})
    here, beside, above = (stands(asked, place) for place in (land.ea_kar, land.ea_knop, land.province))
    assert (here.value, here.goal, here.needed, here.measure) == (3.0, 4.0, 4, "count")
    assert here.pace
    assert (here.pace.missing, beside.goal, above.goal) == (1, 6.0, 10.0)
    assert [one.goal for one in standings_below(asked, [land.ea_kar, land.ea_knop], on=TODAY)] == [4.0, 6.0]
    assert [one.goal for one in standings(asked.plan, land.ea_kar, on=TODAY)] == [4.0]


def test_a_percentage_shared_out_is_what_the_light_looks_at(land: Country) -> None:
    population(land.villages[0], Group.ADULTS, 10)
    reach(6, land.villages[0])
    asked = only_target("adult_reached", value=60)
    assert stands(asked, land.villages[0]).light is Light.REACHED
    give(asked, land.province, {land.ea_kar: 80, land.ea_knop: 60})
    here = stands(asked, land.villages[0])
    assert (here.goal, here.needed, here.light) == (80.0, 8, Light.AT_RISK)
