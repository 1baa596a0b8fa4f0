from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hocvuso.assessment.rules import (
    Given,
    Score,
    counting,
    disputed,
    draw_form,
    form_name,
    is_passed,
    parse_blueprint,
    score,
)
from hocvuso.evidence.rules import LEVELS
from hocvuso.lib.errors import BadInput
from tests.make.assessment import SKILLS

ITEMS = [(100 * place + n, skill) for place, skill in enumerate(SKILLS) for n in range(12)]
OPTIONS = {item: 2 if item % 7 == 0 else 4 for item, _skill in ITEMS}
QUOTAS = dict.fromkeys(SKILLS, 4)


@given(seed=st.text(max_size=12))
def test_a_form_keeps_the_quotas_and_asks_nothing_twice(seed: str) -> None:
    form = draw_form(ITEMS, quotas=QUOTAS, options=OPTIONS, seed=seed)
    skills = dict(ITEMS)
    assert [skills[question.item] for question in form] == [skill for skill in SKILLS for _ in range(4)]
    assert len({question.item for question in form}) == 20
    for question in form:
        assert sorted(question.order) == list(range(OPTIONS[question.item]))
        assert len(question.order) > 2 or question.order == (0, 1)  # “Đúng” above “Sai”


def test_the_same_seed_draws_the_same_form_whatever_the_order_of_the_bank_and_another_seed_another() -> None:
    first = draw_form(ITEMS, quotas=QUOTAS, options=OPTIONS, seed="một")
    assert draw_form(ITEMS[::-1], quotas=QUOTAS, options=OPTIONS, seed="một") == first
    other = draw_form(ITEMS, quotas=QUOTAS, options=OPTIONS, seed="hai")
    assert form_name(other) != form_name(first)


def test_every_item_of_the_bank_is_drawn_by_some_form() -> None:
    drawn = {q.item for n in range(60) for q in draw_form(ITEMS, quotas=QUOTAS, options=OPTIONS, seed=str(n))}
    assert drawn == dict(ITEMS).keys()


def test_a_skill_with_too_few_items_is_said_by_name() -> None:
    with pytest.raises(BadInput, match="chỉ có 12 câu .* “an-toan”, cần 13"):
        draw_form(ITEMS, quotas={"an-toan": 13}, options=OPTIONS, seed="x")


def test_the_answer_with_the_highest_number_counts_in_whatever_order_they_came() -> None:
    answers = [Given(0, 3, 1, 2), Given(0, 1, 2, 0), Given(1, 2, 3, 1)]
    assert {n: answer.chosen for n, answer in counting(answers).items()} == {0: 2, 1: 1}
    assert counting(reversed(answers)) == counting(answers)
    assert disputed(answers) == set()


def test_of_two_answers_under_one_number_the_first_to_arrive_counts_and_a_person_is_asked() -> None:
    answers = [Given(0, 1, 10, 2), Given(0, 1, 11, 0)]
    assert counting(answers)[0].chosen == 2
    assert disputed(answers) == {0}


def test_two_pages_open_at_once_lose_nothing() -> None:
    """Two tabs carry the same number for two questions: each keeps its answer."""
    answers = [Given(2, 5, 1, 1), Given(3, 5, 2, 0)]
    assert {n: a.chosen for n, a in counting(answers).items()} == {2: 1, 3: 0}
    assert disputed(answers) == set()


@given(st.permutations([Given(n % 4, n // 2, n, n % 3) for n in range(12)]))
def test_what_counts_does_not_depend_on_the_order_of_reading(answers: list[Given]) -> None:
    assert counting(answers) == counting(sorted(answers, key=lambda a: a.row))


def test_what_was_not_answered_is_not_right() -> None:
    assert score({0: Given(0, 1, 1, 2), 1: Given(1, 2, 2, 0)}, right=[2, 1, 0]) == Score(1, 3)


@pytest.mark.parametrize(
    ("right", "of", "passed"), [(14, 20, True), (13, 20, False), (20, 20, True), (0, 20, False), (7, 10, True)]
)
def test_the_mark_is_reached_at_exactly_seventy_percent(right: int, of: int, passed: bool) -> None:
    assert is_passed(Score(right, of), pass_mark=70) is passed


GOOD: dict[str, Any] = {
    "key": "a", "version": "1.0", "title": "A", "title_en": "A", "course": "a", "bank": "a", "framework": "f", "framework_version": "1.0",
    "level": "usable", "quotas": {"an-toan": 4}, "pass_mark": 70, "wait_hours": 24,
}  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"quotas": {"bay": 4}}, {"quotas": {}}, {"quotas": {"an-toan": 0}}, {"level": "giỏi"}, {"pass_mark": 0}, {"pass_mark": 101},
        {"wait_hours": -1}, {"pass_mark": "cao"}, {"title": None, "quotas": None},
    ],
)  # fmt: skip
def test_a_blueprint_that_makes_no_sense_is_refused(change: dict[str, Any]) -> None:
    assert parse_blueprint(GOOD, skills=frozenset(SKILLS), levels=LEVELS).length == 4
    with pytest.raises(BadInput, match="Bài kiểm tra"):
        parse_blueprint({**GOOD, **change}, skills=frozenset(SKILLS), levels=LEVELS)
