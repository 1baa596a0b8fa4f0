from __future__ import annotations

import copy
from typing import Any

import pytest

from hocvuso.items.rules import Status
from hocvuso.lib.errors import BadInput
from tests.make.assessment import bank, item


def test_a_bank_keeps_its_items_with_their_life_and_the_place_of_the_right_option() -> None:
    made = bank(item("a"), item("b", status="trial"))
    assert [(text.key, status, text.right) for text, status in made.items.items()] == [
        ("a", Status.ACTIVE, 1),
        ("b", Status.TRIAL, 1),
    ]
    assert made.framework == "thu-1.0"


def test_another_word_is_another_digest_and_the_life_is_not_part_of_it() -> None:
    plain, retired, reworded = (
        next(iter(bank(one).items)) for one in (item("a"), item("a", status="retired"), item("a", stem="Câu khác?"))
    )
    assert plain.digest == retired.digest != reworded.digest


NO_OPTION_RIGHT = [{"text": "một"}, {"text": "hai"}]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"options": NO_OPTION_RIGHT}, "đúng một lựa chọn đúng"),
        ({"options": [{"text": "một", "right": True}]}, "2 đến 6"),
        ({"options": [{"text": "một", "right": True}, {"text": "hai", "right": True}]}, "đúng một"),
        ({"skill": "bay"}, "không có trong danh mục"),
        ({"level": "giỏi"}, "không có trong danh mục"),
        ({"kind": "essay"}, "không có trong danh mục"),
        ({"status": "mới"}, "thiếu hoặc sai"),
        ({"stem": " "}, "thiếu câu hỏi"),
        ({"explanation": ""}, "lời giải thích"),
        ({"version": "x"}, "thiếu hoặc sai"),
    ],
)
def test_an_item_that_cannot_be_used_refuses_the_bank_by_its_key(change: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput, match="Câu hong") as refused:
        bank(item("tot"), {**copy.deepcopy(item("hong")), **change})
    assert said in str(refused.value)


def test_one_version_stands_once_in_a_bank() -> None:
    with pytest.raises(BadInput, match="ghi hai lần"):
        bank(item("a"), item("a"))
