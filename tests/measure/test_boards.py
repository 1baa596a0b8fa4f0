"""What boards show beside figures: a way of weeks, parts that add up, what each week added."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hocvuso.lib.errors import BadInput
from hocvuso.measure.actions import refresh_measure
from hocvuso.measure.queries import breakdowns, figure, metrics, way, weekly_by_commune
from hocvuso.measure.queries.boards import week_points
from hocvuso.measure.queries.openresults import closed_months, open_table, parse_open_results, weeks_of_month
from hocvuso.measure.queries.standings import standing
from hocvuso.measure.rules import Ask
from hocvuso.places.rules import Group
from hocvuso.plans.actions import adopt_plan, read_plan_file
from hocvuso.plans.models import Target
from tests.make.evidence import passed
from tests.make.kept import kept
from tests.make.measure import TODAY, figure_at
from tests.make.people import person
from tests.make.places import Country, population

FIRST = dt.date(2025, 7, 15)


@given(st.lists(st.tuples(st.dates(dt.date(2025, 7, 1), TODAY), st.integers(0, 40)), max_size=30))
def test_weeks_end_today_and_what_they_brought_adds_up(added: list[tuple[dt.date, int]]) -> None:
    total, series = 0, []
    for day, n in sorted(added):
        total += n
        series.append((day, total))
    points = week_points(series, first=FIRST, on=TODAY)
    assert [point.on for point in points][-1] == TODAY
    assert points[-1].count == total
    assert all(
        later.on - earlier.on == dt.timedelta(days=7) for earlier, later in zip(points, points[1:], strict=False)
    )
    assert points[0].count + sum(point.gained for point in points[1:]) == total


@pytest.fixture
def tested(land: Country, measure_dir: Path) -> Country:
    """Twelve adults of two communes who passed on twelve days."""
    kept("tested", lambda: _test(land), folder=measure_dir)
    return land


def _test(land: Country) -> None:
    population(land.villages[0], Group.ADULTS, 30)
    population(land.villages[2], Group.ADULTS, 10)
    for n in range(12):
        group, org = ("officials", land.ubnd) if n % 4 == 0 else ("", None)
        village = land.villages[0 if n < 8 else 2]
        sex = "f" if n % 3 else "m"
        one = person(f"Người {n}", village, sex=sex, born=1950 + 3 * n, group=group, org=org)
        passed(one, on=dt.date(2025, 8, 1) + dt.timedelta(days=6 * n))
    refresh_measure()


@pytest.mark.django_db
def test_every_dimension_comes_to_the_figure(tested: Country) -> None:
    whole = figure_at(tested.province, "adult_skill").proven
    assert whole == 12
    parts = breakdowns(tested.province, Ask("adult_skill"), on=TODAY)
    assert [one.dimension for one in parts] == ["group", "sex", "age", "area"]
    assert {sum(part.proven for part in one.parts) for one in parts} == {whole}
    sex = {part.key: part.proven for part in parts[1].parts}
    assert sex == {"f": 8, "m": 4}
    assert [part.key for part in parts[2].parts] == ["18-59", "60+"]
    assert {
        sum(part.proven for part in one.parts) for one in breakdowns(tested.ea_knop, Ask("adult_skill"), on=TODAY)
    } == {4}


@pytest.mark.django_db
def test_the_weeks_of_the_communes_come_to_the_figure(tested: Country) -> None:
    whole = figure_at(tested.province, "adult_skill").proven
    added = weekly_by_commune(tested.province, "adult_skill", first=dt.date(2025, 7, 1), last=TODAY)
    assert sum(added.values()) == whole
    assert {week.weekday() for _, week in added} == {0}
    assert {path for path, _ in added} == {tested.ea_kar.path, tested.ea_knop.path}


@pytest.mark.django_db
def test_the_way_goes_from_the_start_to_the_target_date_with_its_pace_and_range(
    tested: Country, settings: object
) -> None:
    plan = settings.DATA_DIR / "plans" / "dak-lak-100-ngay.yaml"  # type: ignore[attr-defined]
    adopt_plan(read_plan_file(plan), by=":test", today=TODAY)
    figure_at(tested.province, "adult_skill")
    target = Target.objects.get(key="iii-2-4-nam-nguoi-lon-co-ky-nang")
    found = way(standing(target, tested.province, on=TODAY), tested.province, on=TODAY)
    assert found is not None
    assert (found.goal, found.population, found.last) == (32, 40, dt.date(2025, 12, 31))
    assert found.weeks[-1].count == 12
    assert found.pace == pytest.approx(20 * 7 / 75)
    assert found.forecast is not None
    assert 12 <= found.forecast.low <= found.forecast.expected <= found.forecast.high <= 40


# --- open results ----------------------------------------------------------------------------------------------------------------------


def test_each_week_belongs_to_the_month_in_which_it_ends() -> None:
    assert weeks_of_month(dt.date(2025, 9, 1)) == tuple(dt.date(2025, 9, day) for day in (1, 8, 15, 22))
    assert weeks_of_month(dt.date(2025, 10, 1))[0] == dt.date(2025, 9, 29)
    months = [dt.date(2025, month, 1) for month in range(1, 13)]
    weeks = [week for month in months for week in weeks_of_month(month)]
    assert all(later - earlier == dt.timedelta(days=7) for earlier, later in zip(weeks, weeks[1:], strict=False))


def test_a_month_is_published_when_its_last_week_is_over() -> None:
    assert closed_months(dt.date(2025, 8, 15), today=dt.date(2025, 9, 28)) == [dt.date(2025, 8, 1)]
    assert closed_months(dt.date(2025, 8, 15), today=dt.date(2025, 9, 29)) == [dt.date(2025, 9, 1), dt.date(2025, 8, 1)]
    assert closed_months(dt.date(2025, 12, 1), today=TODAY) == []


@pytest.mark.parametrize(
    "wrong",
    [
        None, {}, {"publish": "adult_skill"}, {"publish": [{"metric": "khong-co", "levels": ["province"]}]},
        {"publish": [{"metric": "adult_skill"}]}, {"publish": [{"metric": "adult_skill", "levels": ["village"]}]},
        {"publish": [{"metric": "commune_class", "levels": ["province"]}]},
    ],
)  # fmt: skip
def test_a_file_of_open_results_that_makes_no_sense_is_refused(wrong: object) -> None:
    with pytest.raises(BadInput, match="Kết quả công khai"):
        parse_open_results(wrong, metrics())


@pytest.mark.django_db
def test_an_open_table_shows_no_small_number_and_comes_to_the_figure(tested: Country) -> None:
    figure_at(tested.province, "adult_skill")
    chosen = parse_open_results({"publish": [{"metric": "adult_skill", "levels": ["province", "commune"]}]}, metrics())[
        0
    ]
    table = open_table(chosen, tested.province, dt.date(2025, 9, 1), today=TODAY)
    assert [row.name for row in table.rows] == ["Xã Ea Kar", "Xã Ea Knốp"]
    shown = [n for row in (*table.rows, table.whole) for n in (*row.weeks, row.total) if n is not None]
    assert all(n == 0 or n >= 5 for n in shown)
    on = figure(tested.province, Ask("adult_skill"), on=table.last_day).proven
    assert table.so_far in (None, on)
    whole_only = parse_open_results({"publish": [{"metric": "adult_skill", "levels": ["province"]}]}, metrics())[0]
    assert open_table(whole_only, tested.province, dt.date(2025, 9, 1), today=TODAY).rows == ()
