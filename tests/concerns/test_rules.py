from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hocvuso.concerns.queries import themes
from hocvuso.concerns.rules import (
    OPEN,
    Heard,
    State,
    What,
    answer_day,
    count_by_theme,
    fault_of,
    has_phone,
    parse_themes,
    state_after,
)
from hocvuso.lib.errors import BadInput

FRIDAY = dt.date(2025, 10, 17)


def test_an_answer_is_due_on_a_working_day() -> None:
    due = [f"{answer_day(FRIDAY, days):%a %d/%m}" for days in (0, 1, 2, 3, 4, 10)]
    assert due == ["Fri 17/10", "Mon 20/10", "Mon 20/10", "Mon 20/10", "Tue 21/10", "Mon 27/10"]


def test_each_step_leads_where_it_should_and_only_from_where_it_may() -> None:
    ways = {
        What.TAKEN_UP: ({State.WAITING}, State.TAKEN_UP),
        What.PASSED_ON: (OPEN, State.WAITING),
        What.ANSWERED: (OPEN | {State.ANSWERED}, State.ANSWERED),
        What.CLOSED: (set(State) - {State.CLOSED}, State.CLOSED),
        What.REOPENED: (set(State) - OPEN, State.WAITING),
        What.MERGED: (OPEN, State.MERGED),
        What.SEPARATED: ({State.MERGED}, State.WAITING),
    }
    for what, (allowed, then) in ways.items():
        assert {state for state in State if state_after(state, what) is then} == set(allowed), what
        assert {state for state in State if state_after(state, what) is None} == set(State) - set(allowed), what


def test_a_text_says_something_and_not_too_much() -> None:
    assert fault_of(" \n ") == "empty"
    assert fault_of("a" * 2001) == "long"
    assert fault_of("Cần 100.000.000.000 đồng cho 102 xã") is None


def test_a_phone_number_is_noticed_however_it_is_spaced() -> None:
    assert all(has_phone(text) for text in ("gọi 0912345678", "+84 912 345 678", "0912.345.678 (anh Y Minh)"))
    assert not any(has_phone(text) for text in ("1.200.000 đồng", "Kế hoạch 0123/KH-UBND", "012345678901"))


def test_the_themes_are_whole_and_a_faulty_one_is_named() -> None:
    assert len(themes()) >= 10
    assert themes()["dinh-danh"].to[0] == "Công an tỉnh"
    whole = {"title": "Sóng", "title_en": "Signal", "to": [], "days": 5}
    assert parse_themes({"themes": {"song": whole}})["song"].days == 5
    faulty: list[tuple[Any, str]] = [
        ({}, "themes"),
        ({"themes": {"Sóng": whole}}, "Sóng"),
        ({"themes": {"song": {**whole, "days": 0}}}, "days"),
        ({"themes": {"song": {**whole, "to": "Sở"}}}, "to"),
        ({"themes": {"song": {"title": "Sóng"}}}, "bốn mục"),
    ]
    for data, why in faulty:
        with pytest.raises(BadInput, match=why):
            parse_themes(data)


def test_voices_places_and_communes_are_counted_apart() -> None:
    day = dt.date(2025, 9, 30)
    heard = [
        Heard("song", "difficulty", "/VN/66/24373/24373-01/", FRIDAY, State.WAITING, day),
        Heard("song", "difficulty", "/VN/66/24373/24373-02/", day, State.ANSWERED, day, has_answer=True),
        Heard("song", "proposal", "/VN/66/24373/24373-02/", FRIDAY, State.CLOSED, day),
        Heard("song", "proposal", "/VN/66/24400/", FRIDAY, State.TAKEN_UP, FRIDAY, has_answer=True),  # asked again
        Heard("tien", "proposal", "/VN/66/o:7", FRIDAY, State.WAITING, FRIDAY),
    ]
    first, second = count_by_theme(heard, order=["tien", "song"], today=FRIDAY)
    assert (first.theme, first.difficulties, first.proposals, first.places, first.communes) == ("song", 2, 2, 3, 2)
    assert (first.since, first.waiting, first.late, first.answered, first.closed) == (day, 2, 1, 1, 1)
    assert (second.theme, second.places, second.communes, second.late) == ("tien", 1, 0, 0)
