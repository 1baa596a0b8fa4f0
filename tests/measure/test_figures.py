"""A figure is right at every place and on every day: what it counts, of how many, by whose word."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hocvuso.evidence.rules import Grade
from hocvuso.lib.errors import NotReady, UnknownName
from hocvuso.measure.actions import refresh_measure
from hocvuso.measure.queries import figure, figures, funnels_at, metrics, populations_at, series
from hocvuso.measure.rules import Ask
from hocvuso.places.models import Level, OrganisationKind, Place, Succession, Unit
from hocvuso.places.queries import organisation_in_force
from hocvuso.places.rules import LONG_AGO, MERGERS, Group
from tests.make.evidence import fact, passed, unit_fact
from tests.make.measure import figure_at, merge, stated
from tests.make.people import person
from tests.make.places import Country, organisation, population, unit

TODAY = dt.date(2025, 10, 17)
SEPTEMBER, OCTOBER, DECEMBER = dt.date(2025, 9, 1), dt.date(2025, 10, 1), dt.date(2025, 12, 1)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("measure_dir")]


# --- measured, zero, not measured ----------------------------------------------------------------------------------------


def test_what_nobody_measured_is_not_zero(land: Country) -> None:
    population(land.villages[0], Group.ADULTS, 10)
    here = figure_at(land.ea_kar, "adult_reached")
    assert (here.proven, here.imported, here.declared) == (None, None, None)
    assert not here.measured
    assert here.share(Grade.PROVEN) is None
    assert here.population is not None
    assert here.population.count == 10


def test_nobody_reached_here_is_zero_where_others_are_measured(land: Country) -> None:
    population(land.villages[2], Group.ADULTS, 10)
    fact(person("Lan", land.villages[0]), "info_contact")
    here = figure_at(land.ea_knop, "adult_reached")
    assert (here.proven, here.measured, here.share(Grade.PROVEN)) == (0, True, 0.0)
    assert not figure(land.ea_knop, Ask("adult_learned"), on=TODAY).measured


def test_a_count_without_a_population_has_no_share(land: Country) -> None:
    fact(person("Lan", land.villages[0]), "info_contact")
    here = figure_at(land.ea_kar, "adult_reached")
    assert (here.proven, here.population, here.share(Grade.PROVEN)) == (1, None, None)
    population(land.villages[0], Group.ADULTS, 0)
    assert figure_at(land.ea_kar, "adult_reached").share(Grade.PROVEN) is None


def test_a_share_over_a_hundred_is_shown_as_it_is(land: Country) -> None:
    population(land.villages[0], Group.ADULTS, 2)
    for name in ("Lan", "Minh", "Tuấn"):
        fact(person(name, land.villages[0]), "info_contact")
    assert figure_at(land.ea_kar, "adult_reached").share(Grade.PROVEN) == 150.0


def test_an_unknown_metric_is_named_and_an_unmeasured_installation_says_what_to_do(land: Country) -> None:
    with pytest.raises(NotReady, match="hocvuso measure refresh"):
        figure(land.ea_kar, Ask("adult_reached"), on=TODAY)
    refresh_measure()
    with pytest.raises(UnknownName, match="khong-co"):
        figure(land.ea_kar, Ask("khong-co"), on=TODAY)


# --- on which day --------------------------------------------------------------------------------------------------------


def test_a_figure_of_a_day_knows_nothing_of_the_days_after(land: Country) -> None:
    for name, day in (("Lan", 1), ("Minh", 9), ("Tuấn", 10), ("Hoa", 17)):
        fact(person(name, land.villages[0]), "info_contact", on=dt.date(2025, 10, day))
    refresh_measure()
    by_day = {day: figure_at(land.ea_kar, "adult_reached", on=dt.date(2025, 10, day)).proven for day in (1, 9, 10, 16)}
    assert by_day == {1: 1, 9: 2, 10: 3, 16: 3}
    assert figure_at(land.ea_kar, "adult_reached", on=dt.date(2025, 9, 30)).proven == 0


def test_since_gives_what_stood_the_evening_before_the_week(land: Country) -> None:
    for name, day in (("Lan", 9), ("Minh", 10), ("Tuấn", 16), ("Hoa", 17)):
        fact(person(name, land.villages[0]), "info_contact", on=dt.date(2025, 10, day))
    week = figure_at(land.ea_kar, "adult_reached", on=dt.date(2025, 10, 16), since=dt.date(2025, 10, 10))
    assert (week.proven, week.proven_before) == (3, 1)
    assert figure_at(land.ea_kar, "adult_reached").proven_before is None


def test_a_series_ends_at_the_figure_and_starts_from_what_was_there_before(land: Country) -> None:
    for name, day in (("Lan", 1), ("Minh", 9), ("Tuấn", 9), ("Hoa", 16)):
        fact(person(name, land.villages[0]), "info_contact", on=dt.date(2025, 10, day))
    refresh_measure()
    way = series(land.ea_kar, Ask("adult_reached"), first=dt.date(2025, 10, 5), last=dt.date(2025, 10, 16))
    assert way == [(dt.date(2025, 10, 4), 1), (dt.date(2025, 10, 9), 3), (dt.date(2025, 10, 16), 4)]
    assert series(land.ea_knop, Ask("adult_reached"), first=OCTOBER, last=TODAY) == []


# --- who, and where ------------------------------------------------------------------------------------------------------


def test_figures_add_up_from_village_to_province(land: Country) -> None:
    for number, village in enumerate(land.villages):
        for copy in range(number + 1):
            fact(person(f"{number}-{copy}", village), "info_contact")
    refresh_measure()
    places = [*land.villages, land.ea_kar, land.ea_knop, land.province, land.nation]
    found = figures(places, [Ask("adult_reached")], on=TODAY)
    assert [found[place.code, Ask("adult_reached")].proven for place in places] == [1, 2, 3, 4, 3, 7, 10, 10]


def test_a_place_whose_code_begins_like_anothers_is_not_mixed_with_it(land: Country) -> None:
    longer = unit("243731", "Xã Ea Kar Mới", Level.COMMUNE, "xã", land.province)
    fact(person("Lan", longer), "info_contact")
    assert figure_at(land.ea_kar, "adult_reached").proven == 0
    assert figure_at(longer, "adult_reached").proven == 1


def test_a_place_asked_twice_is_not_counted_twice(land: Country) -> None:
    population(land.villages[0], Group.ADULTS, 10)
    fact(person("Lan", land.villages[0]), "info_contact")
    refresh_measure()
    here = figures([land.ea_kar, land.ea_kar], [Ask("adult_reached")], on=TODAY)[land.ea_kar.code, Ask("adult_reached")]
    assert (here.proven, here.population and here.population.count) == (1, 10)


def test_somebody_who_moved_stays_counted_where_they_were_first(land: Country) -> None:
    lan = person("Lan", land.villages[0])
    fact(lan, "info_contact", on=OCTOBER)
    lan.unit = land.villages[2]
    lan.save()
    fact(lan, "info_contact")
    passed(lan)
    assert figure_at(land.ea_kar, "adult_reached").proven == 1
    assert figure_at(land.ea_knop, "adult_reached").proven == 0
    assert figure_at(land.ea_knop, "adult_skill").proven == 1


def test_two_records_of_one_person_count_once_after_merging(land: Country) -> None:
    lan, lan_again = person("Lan", land.villages[0]), person("Lan Niê", land.villages[2])
    fact(lan, "info_contact", on=OCTOBER)
    fact(lan_again, "info_contact")
    assert figure_at(land.province, "adult_reached").proven == 2
    merge(lan_again, lan)
    assert figure_at(land.province, "adult_reached").proven == 1
    assert figure_at(land.ea_knop, "adult_reached").proven == 0


def test_people_of_an_office_count_in_the_commune_it_stands_in(land: Country) -> None:
    """Sở KHCN answers to the province and stands in Ea Kar; its official lives in Ea Knốp."""
    passed(person("Bình", land.villages[2], org=land.department, group="officials"))
    passed(person("Nhân viên", None, org=land.department, group="staff"))
    population(land.department, Group.OFFICIALS, 4)
    refresh_measure()
    for place, count in ((land.department, 2), (land.ea_kar, 2), (land.ea_knop, 0), (land.province, 2), (land.ubnd, 0)):
        assert figure_at(place, "official_skill").proven == count, place
    here = figure_at(land.ea_kar, "official_skill")
    assert here.population is not None
    assert (here.population.count, here.population.places) == (4, 1)
    assert figure_at(land.ea_knop, "adult_skill").proven == 1  # as a resident, at home


# --- grades --------------------------------------------------------------------------------------------------------------


def test_grades_stand_side_by_side_and_are_never_added(land: Country) -> None:
    population(land.villages[0], Group.ADULTS, 10)
    lan, minh = person("Lan", land.villages[0]), person("Minh", land.villages[0])
    fact(lan, "vneid_confirmed", detail={"reference": "1"}, source="vneid")
    for who in (lan, minh):
        fact(who, "vneid_confirmed", detail={"reference": "2"}, source="cong-an-tinh")
    stated(land.ea_kar, "adult_confirmed", 7)
    here = figure_at(land.ea_kar, "adult_confirmed")
    assert [here.count(grade) for grade in (Grade.PROVEN, Grade.IMPORTED, Grade.DECLARED)] == [1, 2, 7]
    assert [here.share(grade) for grade in (Grade.PROVEN, Grade.IMPORTED, Grade.DECLARED)] == [10.0, 20.0, 70.0]
    assert (here.headline, here.gap) == (1, 6)


def test_a_fact_that_a_unit_only_declares_shows_as_declared(land: Country) -> None:
    """A row of the ledger from a declaring source is neither proven nor lost."""
    fact(person("Lan", land.villages[0]), "info_contact", source="don-vi-bao-cao")
    here = figure_at(land.ea_kar, "adult_reached")
    assert here.proven is None
    assert here.declared is not None
    assert here.declared.count == 1


def test_a_target_on_an_outside_systems_figure_falls_back_to_what_is_proven(land: Country) -> None:
    fact(person("Lan", land.villages[0]), "esign_registered", source="to-cong-nghe-so")
    here = figure_at(land.ea_kar, "adult_esign")
    assert (here.grade, here.headline) == (Grade.PROVEN, 1)
    stated(land.ea_kar, "adult_esign", 40, source="cong-an-tinh")
    here = figure_at(land.ea_kar, "adult_esign")
    assert (here.grade, here.headline, here.proven) == (Grade.IMPORTED, 40, 1)


def test_a_total_of_the_whole_province_hides_no_row_of_a_commune(land: Country) -> None:
    """The police gave one total for the province, and names in one commune: each place shows what is known of it."""
    fact(person("Lan", land.villages[0]), "vneid_confirmed", detail={"reference": "1"}, source="cong-an-tinh")
    stated(land.province, "adult_confirmed", 900, source="cong-an-tinh")
    refresh_measure()
    counts = {
        place: figure_at(place, "adult_confirmed").count(Grade.IMPORTED) for place in (land.province, land.ea_kar)
    }
    assert counts == {land.province: 900, land.ea_kar: 1}


def test_a_commune_that_gave_a_total_and_one_that_gave_names_are_added(land: Country) -> None:
    fact(person("Lan", land.villages[0]), "vneid_confirmed", detail={"reference": "1"}, source="cong-an-tinh")
    fact(person("Minh", land.villages[2]), "vneid_confirmed", detail={"reference": "2"}, source="cong-an-tinh")
    stated(land.ea_knop, "adult_confirmed", 30, source="cong-an-tinh")
    here = figure_at(land.province, "adult_confirmed")
    assert here.count(Grade.IMPORTED) == 31  # Minh is one of Ea Knốp's thirty


def test_a_total_without_a_level_hides_no_row_of_good_use(land: Country) -> None:
    passed(person("Lan", land.villages[0]), level="proficient", source="cong-an-tinh")
    stated(land.ea_kar, "adult_skill", 30, source="cong-an-tinh")
    refresh_measure()
    found = {
        level: figure_at(land.ea_kar, "adult_skill", level=level).count(Grade.IMPORTED) for level in ("", "proficient")
    }
    assert found == {"": 30, "proficient": 1}


def test_a_declared_count_never_turns_a_light(land: Country) -> None:
    stated(land.ea_kar, "adult_reached", 9)
    here = figure_at(land.ea_kar, "adult_reached")
    assert here.declared is not None
    assert (here.headline, here.measured) == (None, False)


def test_sufficient_use_is_not_counted_as_good_use(land: Country) -> None:
    passed(person("Lan", land.villages[0]), level="usable")
    passed(person("Minh", land.villages[0]), level="proficient")
    refresh_measure()
    for level, count in (("", 2), ("usable", 2), ("proficient", 1)):
        assert figure_at(land.ea_kar, "adult_skill", level=level).proven == count


def test_a_stated_count_without_a_level_is_not_passed_off_as_good_use(land: Country) -> None:
    passed(person("Lan", land.villages[0]))
    stated(land.ea_kar, "adult_skill", 30)
    assert figure_at(land.ea_kar, "adult_skill", level="usable").declared is not None
    assert figure_at(land.ea_kar, "adult_skill", level="proficient").declared is None


def test_what_is_simulated_says_so(land: Country) -> None:
    fact(person("Lan", land.villages[0]), "info_contact", source="mo-phong")
    fact(person("Minh", land.villages[2]), "info_contact")
    refresh_measure()
    simulated = {
        place: figure_at(place, "adult_reached").simulated for place in (land.ea_kar, land.ea_knop, land.province)
    }
    assert simulated == {land.ea_kar: True, land.ea_knop: False, land.province: True}
    stated(land.ea_knop, "adult_reached", 3, source="mo-phong-bao-cao")
    assert figure_at(land.ea_knop, "adult_reached").simulated


def test_a_share_of_a_simulated_population_is_simulated(land: Country) -> None:
    fact(person("Lan", land.villages[0]), "info_contact")
    population(land.villages[0], Group.ADULTS, 10, source="mô phỏng")
    assert figure_at(land.ea_kar, "adult_reached").simulated


# --- populations: of how many --------------------------------------------------------------------------------------------


def test_a_base_says_when_it_is_of_and_from_whom(land: Country) -> None:
    population(land.villages[0], Group.ADULTS, 10, on=OCTOBER, source="tự đếm")
    population(land.villages[1], Group.ADULTS, 10, on=SEPTEMBER, source="Công an xã")
    base = figure_at(land.ea_kar, "adult_reached").population
    assert base is not None
    assert (base.on, base.places) == (SEPTEMBER, 2)
    assert set(base.source.split(", ")) == {"Công an xã", "tự đếm"}


def test_a_figure_of_the_past_uses_the_population_of_the_past(land: Country) -> None:
    population(land.villages[0], Group.ADULTS, 10, on=SEPTEMBER)
    population(land.villages[0], Group.ADULTS, 12, on=OCTOBER)
    bases = [figure_at(land.ea_kar, "adult_reached", on=day).population for day in (dt.date(2025, 9, 30), OCTOBER)]
    assert [base and base.count for base in bases] == [10, 12]


def test_communes_and_villages_are_counted_as_they_stood_that_day(land: Country) -> None:
    ended = land.villages[3]
    ended.valid_to = dt.date(2025, 9, 30)
    ended.save()
    unit_fact(land.villages[0], "team_founded")
    for day, count in ((dt.date(2025, 9, 30), 4), (OCTOBER, 3)):
        base = figure_at(land.province, "village_team", on=day).population
        assert base is not None
        assert base.count == count
    communes = figure_at(land.province, "commune_committee").population
    assert communes is not None
    assert communes.count == 2


def test_schools_are_the_base_of_a_metric_of_schools(land: Country) -> None:
    organisation("24400-thcs", "Trường THCS Ea Knốp", OrganisationKind.SCHOOL, land.ea_knop, land.ea_knop, "")
    refresh_measure()
    for place, count in ((land.province, 2), (land.ea_kar, 1), (land.school, 1)):
        base = figure_at(place, "student_topics").population
        assert base is not None
        assert base.count == count, place


def test_a_metric_may_be_the_base_of_another(land: Country) -> None:
    for name in ("Lan", "Minh", "Tuấn", "Hoa"):
        fact(person(name, land.villages[0]), "info_contact")
    fact(person("Lan", land.villages[0]), "skill_guided", skill="thu-tuc")
    here = figure_at(land.ea_kar, "reached_guided")
    assert here.population is not None
    assert (here.proven, here.population.count, here.share(Grade.PROVEN)) == (1, 4, 25.0)


def test_every_headcount_known_at_a_place_can_be_listed(land: Country) -> None:
    population(land.villages[0], Group.ADULTS, 10)
    population(land.villages[1], Group.HOUSEHOLDS, 4)
    refresh_measure()
    here = populations_at(land.ea_kar, on=TODAY)
    assert [(row.group, row.counted.count) for row in here] == [(Group.ADULTS, 10), (Group.HOUSEHOLDS, 4)]


# --- stated counts -------------------------------------------------------------------------------------------------------


def test_a_statement_of_tomorrow_is_not_shown_for_today(land: Country) -> None:
    stated(land.ea_kar, "adult_reached", 3, on=OCTOBER)
    assert figure_at(land.ea_kar, "adult_reached", on=dt.date(2025, 9, 30)).declared is None


def test_zero_stated_is_zero_and_not_nothing(land: Country) -> None:
    stated(land.ea_kar, "adult_esign", 0, source="cong-an-tinh")
    here = figure_at(land.ea_kar, "adult_esign")
    assert (here.measured, here.headline, here.grade) == (True, 0, Grade.IMPORTED)


# --- the whole catalogue -------------------------------------------------------------------------------------------------


def test_every_metric_can_be_asked_everywhere_in_a_handful_of_questions(land: Country) -> None:
    passed(person("Lan", land.villages[0]))
    refresh_measure()
    asks = [Ask(key) for key in metrics().by_key]
    school = organisation_in_force(land.school.code, on=TODAY)
    places: list[Place] = [land.nation, land.province, land.ea_kar, land.villages[0], school]
    with CaptureQueriesContext(connection) as asked:
        found = figures(places, asks, on=TODAY)
    assert len(found) == len(asks) * len(places)
    assert len(asked) == 0  # figures live in the snapshot, not in the database


def test_a_funnel_shows_every_rung_apart_and_only_where_its_group_lives(land: Country) -> None:
    lan = person("Lan", land.villages[0])
    fact(lan, "info_contact")
    passed(lan)
    refresh_measure()
    (adults,) = funnels_at(land.ea_kar, on=TODAY)
    assert {f.metric.key: f.proven for f in adults.figures if f.measured} == {"adult_reached": 1, "adult_skill": 1}
    assert funnels_at(land.school, on=TODAY) == []


def test_what_a_commune_did_before_it_merged_counts_where_it_lives_on(land: Country, measure_dir: Path) -> None:
    before = unit("24376", "Xã Cư Ni", Level.COMMUNE, "xã", land.province, valid_from=LONG_AGO)
    fact(person("Lan", before), "info_contact", on=dt.date(2025, 6, 1))
    unit_fact(before, "committee_founded", on=dt.date(2025, 6, 1))
    assert figure_at(land.ea_kar, "adult_reached").proven == 0
    Unit.objects.filter(pk=before.pk).update(valid_to=MERGERS - dt.timedelta(days=1))
    Succession.objects.create(old=before, new=land.ea_kar, share="main")
    Succession.objects.create(old=before, new=land.ea_knop, share="part")
    assert figure_at(land.ea_kar, "adult_reached").proven == 1
    assert figure_at(land.ea_knop, "adult_reached").proven == 0
    committees = figure_at(land.province, "commune_committee")
    assert (committees.proven, committees.population and committees.population.count) == (1, 2)


def test_a_place_of_before_the_mergers_can_still_be_asked(land: Country, measure_dir: Path) -> None:
    refresh_measure()
    assert figure(land.province, Ask("adult_reached"), on=MERGERS - dt.timedelta(days=1)).proven is None
