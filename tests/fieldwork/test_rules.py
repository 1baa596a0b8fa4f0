from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hocvuso.fieldwork.rules import clean_names, read_class
from hocvuso.lib.errors import BadInput
from hocvuso.lib.ids import derived_id

TEAM, LAN, KEY = (derived_id("test", name) for name in ("team", "lan", "class"))
BODY = {
    "team": str(TEAM),
    "skill": "an-toan",
    "on": None,
    "place": " Nhà  văn hóa ",
    "came": [str(LAN)],
    "names": ["Bà Hai"],
}


def test_a_phones_text_becomes_a_class() -> None:
    held = read_class(KEY, json.dumps(BODY))
    assert (held.id, held.team, held.skill, held.on) == (KEY, TEAM, "an-toan", None)
    assert (held.place, held.came, held.names) == ("Nhà văn hóa", (LAN,), ("Bà Hai",))


@pytest.mark.parametrize(
    "change",
    [
        {"team": "x"}, {"team": None}, {"skill": None}, {"skill": "x" * 30}, {"on": "2025-02-30"}, {"on": 5}, {"came": ["x"]},
        {"came": 5}, {"names": [5]}, {"names": [["Hai"]]}, {"place": 5},
    ],
)  # fmt: skip
def test_a_text_that_is_not_whole_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        read_class(KEY, json.dumps({**BODY, **change}))


@given(cut=st.integers(0, len(json.dumps(BODY)) - 1))
def test_a_text_cut_anywhere_is_refused(cut: int) -> None:
    with pytest.raises(BadInput):
        read_class(KEY, json.dumps(BODY)[:cut])


@given(st.text())
def test_no_text_does_more_than_be_refused(text: str) -> None:
    with pytest.raises(BadInput):
        read_class(KEY, text)


def test_names_are_cleaned_and_one_written_twice_is_one() -> None:
    assert clean_names(["  Bà   Hai ", "ba hai", "", " ", "Ông Tư\0"]) == ("Bà Hai", "Ông Tư")


def test_the_day_and_the_people_are_part_of_what_was_told() -> None:
    one = read_class(KEY, json.dumps(BODY))
    assert one.digest == read_class(KEY, json.dumps(BODY)).digest
    other = read_class(KEY, json.dumps({**BODY, "on": "2025-10-16"}))
    assert other.on == dt.date(2025, 10, 16)
    assert one.digest != other.digest
