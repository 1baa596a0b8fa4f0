"""Sentences a clerk would sign: every number as Vietnam writes it, and nothing said that was not measured."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hocvuso.lib.text import NBSP
from hocvuso.plans.rules import Light
from hocvuso.reports.rules import Line, cell, overall, sentence, share_cell


def line(**change: Any) -> Line:
    """Nearly nine thousand of fifteen thousand adults, proven; 345 more this week."""
    usual: dict[str, Any] = {
        "key": "k", "clause": "II.4", "title": "Người trưởng thành được tiếp cận", "horizon": "100 ngày", "counted": "người",
        "rung": "reached", "goal": f"60{NBSP}%", "deadline": "trước ngày 25/10/2025", "light": Light.ON_TRACK, "population": 14_980,
        "this_period": 345, "so_far": 8_622, "share": 100 * 8_622 / 14_980, "gained_points": 100 * 345 / 14_980, "proven": 8_622,
        "imported": None, "imported_source": "", "declared": None, "headline": "proven",
    }  # fmt: skip
    return Line(**{**usual, **change})


PLAIN: dict[str, Any] = {"population": None, "share": None, "gained_points": None}
DAY = dt.date(2025, 10, 14)
OWN: dict[str, Any] = {"counted": "xã, phường", "population": 1, "share": 100.0}  # what a commune says of itself
POLICE: dict[str, Any] = {**PLAIN, "this_period": None, "imported": 9_001, "imported_source": "Công an tỉnh"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, "8.622/14.980 người, đạt 57,6 %, tăng 2,3 điểm phần trăm so với kỳ trước; chỉ tiêu 60 %."),
        ({"gained_points": 0.0}, "8.622/14.980 người, đạt 57,6 %, không đổi so với kỳ trước; chỉ tiêu 60 %."),
        ({"gained_points": 0.04}, "8.622/14.980 người, đạt 57,6 %, không đổi so với kỳ trước; chỉ tiêu 60 %."),
        ({"gained_points": -1.26}, "8.622/14.980 người, đạt 57,6 %, giảm 1,3 điểm phần trăm so với kỳ trước; chỉ tiêu 60 %."),
        ({"goal": "", "gained_points": 0.0}, "8.622/14.980 người, đạt 57,6 %, không đổi so với kỳ trước."),
        ({"so_far": 22_470, "share": 150.0, "gained_points": None, "this_period": None}, "22.470/14.980 người, đạt 150 %; chỉ tiêu 60 %."),
        ({"so_far": 0, "share": 0.0, "gained_points": 0.0}, "0/14.980 người, đạt 0 %, không đổi so với kỳ trước; chỉ tiêu 60 %."),
        ({**PLAIN}, "8.622 người, trong kỳ tăng 345; chỉ tiêu 60 %."),
        ({**PLAIN, "this_period": 0}, "8.622 người, trong kỳ không tăng; chỉ tiêu 60 %."),
        ({**PLAIN, "this_period": None}, "8.622 người; chỉ tiêu 60 %."),
        ({**PLAIN, "has_before": False}, "8.622 người; chỉ tiêu 60 %."),
        ({**PLAIN, "this_period": None, "reached_below": (90, 102)}, "8.622 người; chỉ tiêu 60 %; 12/102 xã, phường chưa đạt."),
        ({**PLAIN, "this_period": None, "reached_below": (102, 102)}, "8.622 người; chỉ tiêu 60 %; 102/102 xã, phường đã đạt."),
        ({**POLICE, "headline": "proven"}, "8.622 người; Công an tỉnh: 9.001 người; chỉ tiêu 60 %."),
        ({**PLAIN, "this_period": None, "imported": 8_622, "headline": "imported"}, "8.622 người; chỉ tiêu 60 %."),
        ({**POLICE, "headline": "proven", "imported_on": DAY},
         "8.622 người; Công an tỉnh đến ngày 14/10/2025: 9.001 người; chỉ tiêu 60 %."),
        ({**POLICE, "so_far": 9_001, "headline": "imported", "imported_on": DAY},
         "9.001 người (số của Công an tỉnh, ngày 14/10/2025); chỉ tiêu 60 %."),
        ({**PLAIN, "this_period": None, "reached_below": (100, 102), "not_reached": ("xã Ea Kar", "xã Ea Knốp")},
         "8.622 người; chỉ tiêu 60 %; 2/102 xã, phường chưa đạt (xã Ea Kar, xã Ea Knốp)."),
        ({**OWN, "so_far": 1, "this_period": 0}, "đã thực hiện; chỉ tiêu 60 %."),
        ({**OWN, "so_far": 1, "this_period": 1}, "đã thực hiện trong kỳ; chỉ tiêu 60 %."),
        ({**OWN, "so_far": 0}, "chưa thực hiện; chỉ tiêu 60 %."),
        ({"gained_points": 12.0}, "8.622/14.980 người, đạt 57,6 %, tăng 12 điểm phần trăm so với kỳ trước; chỉ tiêu 60 %."),
        ({"so_far": None}, "chưa có số liệu."),
    ],
)  # fmt: skip
def test_a_line_as_a_sentence(change: dict[str, Any], said: str) -> None:
    assert sentence(line(**change)).replace(NBSP, " ") == f"Người trưởng thành được tiếp cận: {said}"


def test_a_declared_figure_is_never_in_the_sentence() -> None:
    assert "99.999" not in sentence(line(declared=99_999))


@pytest.mark.parametrize(
    ("lights", "said"),
    [
        ([], "Chưa có chỉ tiêu nào được theo dõi."),
        ([Light.NO_DEADLINE], "Chưa có chỉ tiêu nào được theo dõi."),
        ([Light.NOT_MEASURED] * 3, "Cả 3 chỉ tiêu được theo dõi chưa đo được."),
        ([Light.REACHED], "Trong 1 chỉ tiêu được theo dõi: 1 chỉ tiêu đã đạt."),
        (
            [Light.BEHIND, Light.REACHED, Light.REACHED, Light.NOT_MEASURED, Light.NO_DEADLINE],
            "Trong 4 chỉ tiêu được theo dõi: 2 chỉ tiêu đã đạt, 1 chỉ tiêu chậm tiến độ, 1 chỉ tiêu chưa đo được.",
        ),
    ],
)  # fmt: skip
def test_how_many_stand_where(lights: list[Light], said: str) -> None:
    assert overall(tuple(line(light=light) for light in lights)) == said


def test_every_light_has_its_words_in_the_first_sentence() -> None:
    for light in Light:
        assert ("1 chỉ tiêu" in overall((line(light=light),))) is (light is not Light.NO_DEADLINE)


@pytest.mark.parametrize(("value", "said"), [(None, "chưa có"), (0, "0"), (1234567, "1.234.567")])
def test_a_cell_tells_nothing_from_zero(value: int | None, said: str) -> None:
    assert cell(value) == said


@pytest.mark.parametrize(("value", "said"), [(None, "–"), (0.0, "0"), (57.009, "57"), (57.06, "57,1"), (150.0, "150")])
def test_a_share_cell_has_no_percent_sign(value: float | None, said: str) -> None:
    assert share_cell(value) == said
