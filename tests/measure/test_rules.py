from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings

from hocvuso.evidence.queries import catalogue
from hocvuso.evidence.rules import LADDER, Grade
from hocvuso.lib.errors import BadInput, UnknownName
from hocvuso.lib.yamlfile import read_yaml
from hocvuso.measure.queries import metrics
from hocvuso.measure.rules import Counted, Figure, Metric, parse_metrics

TODAY = dt.date(2025, 10, 17)
GOOD: dict[str, Any] = {
    "title": "T", "title_en": "T", "subject": "person", "counted": "village", "kinds": ["info_contact"], "rung": "reached",
    "primitive": "first_day",
}  # fmt: skip


def parsed(**change: Any) -> Metric:
    entry = {key: value for key, value in {**GOOD, **change}.items() if value is not None}
    return parse_metrics({"metrics": {"m": entry}}, evidence=catalogue())["m"]


# --- the catalogue -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"title": None}, "thiếu"),
        ({"title_en": None}, "thiếu"),
        ({"rung": "learnt"}, "bậc “learnt”"),
        ({"primitive": "last_day"}, "last_day"),
        ({"counted": "district"}, "district"),
        ({"primitive": "per_period", "period": "week", "among": "other"}, "không dùng among"),
        ({"after_days": 90}, "cần among"),
        (
            {"after_days": 90, "among": "other", "primitive": "first_day_of_n", "n": 2, "of": "skill"},
            "chỉ dùng với first_day",
        ),
        ({"kinds": ["khong-co"]}, "khong-co"),
        ({"kinds": ["committee_founded"]}, "committee_founded"),  # a fact of units, asked of persons
        ({"groups": ["pupil"]}, "nhóm"),
        ({"population": {"groups": ["adult"]}}, "nhóm"),
        ({"primitive": "first_day_of_n", "n": 5}, "of"),
        ({"primitive": "per_period"}, "period"),
        ({"primitive": "per_period", "period": "month"}, "period"),
        ({"skill": "boi-loi"}, "kỹ năng"),
        ({"min_ages": 18}, "min_ages"),
        ({"population": {"metric": "khong-co"}}, "khong-co"),
        ({"stated_as": "khong-co"}, "khong-co"),
    ],
)
def test_a_wrong_metric_is_refused_by_its_name_and_its_fault(change: dict[str, Any], why: str) -> None:
    with pytest.raises(BadInput, match=why) as refusal:
        parsed(**change)
    assert "metrics.yaml: m" in str(refusal.value)


@pytest.mark.parametrize("data", [None, [], {}, {"funnels": {}}, "metrics"])
def test_a_file_without_metrics_is_refused(data: Any) -> None:
    with pytest.raises(BadInput, match="metrics"):
        parse_metrics(data, evidence=catalogue())


def test_a_funnel_over_a_metric_that_is_not_there_is_refused() -> None:
    with pytest.raises(BadInput, match="phễu f.*khong-co"):
        parse_metrics(
            {"metrics": {"m": GOOD}, "funnels": {"f": {"title": "F", "title_en": "F", "metrics": ["m", "khong-co"]}}},
            evidence=catalogue(),
        )


def test_an_unknown_metric_is_asked_for_by_name() -> None:
    with pytest.raises(UnknownName, match="khong-co"):
        metrics()["khong-co"]


@pytest.mark.parametrize("metric", metrics().by_key.values(), ids=lambda metric: metric.key)
def test_a_metric_stands_on_the_rung_of_its_evidence(metric: Metric) -> None:
    """A higher rung needs its own evidence: no kind below the metric's rung may make it true (facts §6)."""
    rungs = [catalogue().kind(kind).rung for kind in metric.kinds]
    if metric.rung in LADDER:
        assert all(rung == metric.rung for rung in rungs), rungs
    else:
        assert set(rungs) == {"act"}


def test_the_ladder_of_adults_climbs_in_order() -> None:
    rungs = [metrics()[key].rung for key in metrics().funnels["adults"].metrics]
    assert rungs == list(LADDER)


def test_our_own_certificate_is_not_a_confirmation_on_vneid() -> None:
    assert "certificate_issued" not in {*metrics()["adult_confirmed"].kinds, *metrics()["adult_confirmed_any"].kinds}
    assert metrics()["adult_confirmed"].kinds == ("vneid_confirmed",)


def test_an_adult_is_eighteen_and_a_base_of_adults_counts_nobody_younger() -> None:
    for metric in metrics().by_key.values():
        if metric.base and "adults" in metric.base.groups:
            assert metric.min_age == 18, metric.key


def test_every_metric_has_words_in_both_languages_and_no_two_share_a_title() -> None:
    titles = [metric.title for metric in metrics().by_key.values()]
    assert len(set(titles)) == len(titles)
    assert all(metric.title_en and metric.title_en != metric.title for metric in metrics().by_key.values())


def test_the_catalogue_is_what_the_file_says() -> None:
    assert list(metrics().by_key) == list(read_yaml(settings.DATA_DIR / "metrics.yaml")["metrics"])


# --- figures -------------------------------------------------------------------------------------------------------------


def counted(count: int) -> Counted:
    return Counted(count, TODAY, "x")


def a_figure(
    proven: int | None = None,
    imported: int | None = None,
    declared: int | None = None,
    of: int | None = None,
    headline: str = "proven",
) -> Figure:
    said, told, base = (None if count is None else counted(count) for count in (imported, declared, of))
    return Figure(parsed(headline=headline), "", "66", TODAY, proven, said, told, base, simulated=False)


@pytest.mark.parametrize(
    ("figure", "share"),
    [
        (a_figure(30, of=40), 75.0),
        (a_figure(60, of=40), 150.0),
        (a_figure(0, of=40), 0.0),
        (a_figure(None, of=40), None),
        (a_figure(30), None),
        (a_figure(30, of=0), None),
    ],
)
def test_a_share_is_of_the_population_and_nothing_else(figure: Figure, share: float | None) -> None:
    assert figure.share(Grade.PROVEN) == share


@pytest.mark.parametrize(
    ("figure", "grade", "headline"),
    [
        (a_figure(5, 9, 20), Grade.PROVEN, 5),
        (a_figure(None, 9, 20), Grade.PROVEN, None),  # what others say does not make a proven figure
        (a_figure(5, 9, 20, headline="imported"), Grade.IMPORTED, 9),
        (a_figure(5, None, 20, headline="imported"), Grade.PROVEN, 5),
        (a_figure(5, 0, headline="imported"), Grade.IMPORTED, 0),
        (a_figure(None, None, 20, headline="imported"), Grade.IMPORTED, None),
    ],
)
def test_the_light_looks_at_one_grade_and_never_at_the_declared_one(
    figure: Figure, grade: Grade, headline: int | None
) -> None:
    assert (figure.grade, figure.headline, figure.measured) == (grade, headline, headline is not None)


@pytest.mark.parametrize(
    ("figure", "gap"),
    [
        (replace(a_figure(9, declared=20), proven_then=5), 15),
        (replace(a_figure(20, declared=5), proven_then=20), -15),
        (replace(a_figure(0, declared=0), proven_then=0), 0),
        (a_figure(5, declared=20), None),  # declarations of several days: like is not set against like
        (a_figure(5), None),
        (a_figure(declared=20), None),
    ],
)
def test_the_gap_is_declared_less_what_was_proven_that_day(figure: Figure, gap: int | None) -> None:
    assert figure.gap == gap


@pytest.mark.parametrize("change", [lambda f: replace(f, proven=99), lambda f: replace(f, imported=counted(99))])
def test_no_grade_changes_another(change: Callable[[Figure], Figure]) -> None:
    before, after = a_figure(5, 9, 20, of=100), change(a_figure(5, 9, 20, of=100))
    changed = [grade for grade in Grade if before.count(grade) != after.count(grade)]
    assert len(changed) == 1


PROPOSED = """adult_reached adult_guided5 reached_guided adult_skill adult_certified adult_confirmed adult_esign adult_active_90d
resident15_esign citizen16_digital_id resident_platform app_installed official_skill official_trained official_mooc official_platform
official_esign student_trained student_skill pupil_skill student_topics worker_skill youth_vn_domain mentor_active digital_family
business_vn_domain
village_team team_week commune_week commune_committee commune_counter commune_class"""


def test_the_catalogue_measures_everything_the_five_plans_ask_for_and_what_goes_beyond() -> None:
    assert set(PROPOSED.split()) <= set(metrics().by_key)


def test_what_counts_after_days_stands_on_a_plain_first_day() -> None:
    other = {**GOOD, "primitive": "first_day_of_n", "n": 2, "of": "skill", "kinds": ["skill_guided"]}
    with pytest.raises(BadInput, match="first_day đơn giản"):
        parse_metrics(
            {"metrics": {"other": other, "m": {**GOOD, "among": "other", "after_days": 30}}}, evidence=catalogue()
        )
