"""Of how many, and by whose word: which headcounts and which stated totals are taken together. Over files alone, no database."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from hocvuso.measure.queries import figures
from hocvuso.measure.rules import Ask, Counted
from tests.make.ledger import place, serve

P, A, A1, A2, B, B1, OFFICE, SCHOOL = (
    f"/VN/66/{rest}" for rest in ("", "A/", "A/A-1/", "A/A-2/", "B/", "B/B-1/", "A/o:so/", "A/o:thpt/")
)
TODAY = dt.date(2025, 10, 17)
SEPTEMBER, OCTOBER, DECEMBER = dt.date(2025, 9, 1), dt.date(2025, 10, 1), dt.date(2025, 12, 1)


def bases(root: Path, settings: Any, rows: list[Any], metric: str, *paths: str) -> list[Counted | None]:
    settings.MEASURE_DIR = root
    serve(root, populations=rows)
    asked = [place(path) for path in paths]
    found = figures(asked, [Ask(metric)], on=TODAY)
    return [found[one.code, Ask(metric)].population for one in asked]


def counts(found: list[Counted | None]) -> list[int | None]:
    return [one.count if one else None for one in found]


@pytest.mark.parametrize(
    ("rows", "in_commune", "in_province"),
    [
        ([], None, None),
        ([(A1, "adults", 10, SEPTEMBER, "a")], 10, 10),
        ([(A1, "adults", 10, SEPTEMBER, "a"), (A2, "adults", 5, OCTOBER, "a")], 15, 15),
        # the commune's own count wins over its villages' sum, even when it is the older one
        ([(A1, "adults", 10, OCTOBER, "a"), (A, "adults", 99, SEPTEMBER, "a")], 99, 99),
        ([(A, "adults", 99, SEPTEMBER, "a"), (B, "adults", 1, OCTOBER, "a")], 99, 100),
        ([(A, "adults", 99, SEPTEMBER, "a"), (P, "adults", 500, SEPTEMBER, "a")], 99, 500),
        # but not when it is a count of the future
        ([(A1, "adults", 10, OCTOBER, "a"), (A, "adults", 99, DECEMBER, "a")], 10, 10),
        # of one place the newest row wins, whenever it came; a row of the future is not there yet
        ([(A1, "adults", 10, SEPTEMBER, "a"), (A1, "adults", 12, OCTOBER, "a")], 12, 12),
        ([(A1, "adults", 12, OCTOBER, "a"), (A1, "adults", 10, SEPTEMBER, "b")], 12, 12),
        ([(A1, "adults", 10, SEPTEMBER, "a"), (A1, "adults", 77, DECEMBER, "a")], 10, 10),
        ([(A1, "adults", 77, DECEMBER, "a")], None, None),
        ([(A1, "adults", 77, TODAY, "a")], 77, 77),
        # two sources of one day are one count, not two
        ([(A1, "adults", 10, OCTOBER, "a"), (A1, "adults", 20, OCTOBER, "b")], 10, 10),
        # another group is another matter
        ([(A1, "residents", 10, SEPTEMBER, "a")], None, None),
        ([(A, "residents", 99, SEPTEMBER, "a"), (A1, "adults", 7, SEPTEMBER, "a")], 7, 7),
        # nobody is no population, and still a count
        ([(A1, "adults", 0, SEPTEMBER, "a")], 0, 0),
    ],
)
def test_of_how_many_adults(
    tmp_path: Path, settings: Any, rows: list[Any], in_commune: int | None, in_province: int | None
) -> None:
    rows = [(where, group, on, count, source) for where, group, count, on, source in rows]
    assert counts(bases(tmp_path, settings, rows, "adult_reached", A, P)) == [in_commune, in_province]


@pytest.mark.parametrize(
    ("rows", "in_commune"),
    [
        ([(A, "officials", 20), (A, "staff", 3)], 23),
        ([(OFFICE, "officials", 8), (OFFICE, "staff", 2), (SCHOOL, "officials", 30)], 40),
        ([(OFFICE, "staff", 2)], 2),
        # the commune counted its officials itself, its staff only the office did: each group goes its own way
        ([(A, "officials", 20), (OFFICE, "officials", 8), (OFFICE, "staff", 2)], 22),
    ],
)
def test_a_base_of_two_groups_adds_them(tmp_path: Path, settings: Any, rows: list[Any], in_commune: int) -> None:
    dated = [(where, group, SEPTEMBER, count, "a") for where, group, count in rows]
    assert counts(bases(tmp_path, settings, dated, "official_skill", A, B)) == [in_commune, None]


def test_an_office_has_its_own_base_and_nobody_elses(tmp_path: Path, settings: Any) -> None:
    rows = [(OFFICE, "officials", SEPTEMBER, 8, "a"), (SCHOOL, "officials", SEPTEMBER, 30, "a")]
    assert counts(bases(tmp_path, settings, rows, "official_skill", OFFICE, SCHOOL, P)) == [8, 30, 38]


# --- stated totals -------------------------------------------------------------------------------------------------------


def said(root: Path, settings: Any, rows: list[Any], metric: str, *paths: str, on: dt.date = TODAY) -> list[Any]:
    """Rows: place, count, day, and where it matters the metric and the grade."""
    settings.MEASURE_DIR = root
    full = [(*row, *("adult_reached", "declared")[len(row) - 3 :]) for row in rows]
    serve(
        root,
        stated=[
            (of, where, day, count, grade, "don-vi-bao-cao", f"văn bản {number}", False, number)
            for number, (where, count, day, of, grade) in enumerate(full)
        ],
    )
    asked = [place(path) for path in paths]
    found = figures(asked, [Ask(metric)], on=on)
    return [found[one.code, Ask(metric)] for one in asked]


@pytest.mark.parametrize(
    ("rows", "in_commune", "in_province"),
    [
        ([(A1, 3, SEPTEMBER), (A2, 4, OCTOBER)], 7, 7),
        ([(A1, 3, SEPTEMBER), (A1, 5, OCTOBER)], 5, 5),  # cumulative: the newest is the whole
        ([(A1, 5, OCTOBER), (A1, 3, SEPTEMBER)], 5, 5),  # however late the older one was sent
        ([(A1, 5, OCTOBER), (A1, 2, OCTOBER)], 2, 2),  # two of one day: the later word
        ([(A1, 3, SEPTEMBER), (A, 50, SEPTEMBER)], 50, 50),  # the commune's own over its villages' sum
        ([(A1, 3, SEPTEMBER), (B, 50, SEPTEMBER)], 3, 53),
        ([(A, 50, SEPTEMBER), (P, 900, SEPTEMBER)], 50, 900),
        ([(P, 900, SEPTEMBER)], None, 900),
        # one commune's word of today is not the province's; but once those below come to more, an old word is out of date
        ([(P, 900, SEPTEMBER), (A, 50, OCTOBER)], 50, 900),
        ([(P, 900, SEPTEMBER), (A, 500, OCTOBER), (B, 600, OCTOBER)], 500, 1100),
        ([(P, 900, SEPTEMBER), (A, 500, OCTOBER), (B, 600, SEPTEMBER)], 500, 1100),
        ([(P, 900, OCTOBER), (A, 500, SEPTEMBER), (B, 600, SEPTEMBER)], 500, 900),
        ([(P, 900, SEPTEMBER), (A, 800, SEPTEMBER), (A1, 500, OCTOBER), (A2, 450, OCTOBER)], 950, 950),
        ([(P, 900, SEPTEMBER), (A, 40, SEPTEMBER), (A1, 50, OCTOBER)], 50, 900),
        ([(A, 50, DECEMBER)], None, None),
        ([(A1, 3, SEPTEMBER), (A, 50, DECEMBER)], 3, 3),  # what the commune will say does not hide what was said
        ([(A, 0, SEPTEMBER)], 0, 0),
        ([(A, 50, SEPTEMBER, "adult_learned")], None, None),
        ([(A1, 3, SEPTEMBER), (A, 50, SEPTEMBER, "adult_reached", "imported")], 3, 3),  # grades go their own ways
    ],
)
def test_totals_are_added_over_places_and_never_over_levels(
    tmp_path: Path, settings: Any, rows: list[Any], in_commune: int | None, in_province: int | None
) -> None:
    found = [figure.declared for figure in said(tmp_path, settings, rows, "adult_reached", A, P)]
    assert counts(found) == [in_commune, in_province]


def test_a_total_brings_its_document_and_a_sum_of_several_does_not_pretend_to_have_one(
    tmp_path: Path, settings: Any
) -> None:
    village, commune = said(tmp_path, settings, [(A1, 3, SEPTEMBER), (A2, 4, OCTOBER)], "adult_reached", A1, A)
    assert (village.declared.document, village.declared.places, village.declared.on) == ("văn bản 0", 1, SEPTEMBER)
    assert (commune.declared.document, commune.declared.places, commune.declared.on) == ("", 2, SEPTEMBER)


def test_a_total_on_vneid_stands_for_the_wider_question_where_nobody_answers_that(
    tmp_path: Path, settings: Any
) -> None:
    """adult_confirmed_any is stated_as adult_confirmed: VNeID is one of the platforms it accepts."""
    rows = [(A, 7, SEPTEMBER, "adult_confirmed", "imported"), (B, 5, SEPTEMBER, "adult_confirmed_any", "imported")]
    found = said(tmp_path, settings, rows, "adult_confirmed_any", A, B)
    assert counts([figure.imported for figure in found]) == [7, 5]


def test_a_total_of_an_outside_system_and_one_of_the_unit_stand_side_by_side(tmp_path: Path, settings: Any) -> None:
    rows = [(A, 7, SEPTEMBER, "adult_confirmed", "imported"), (A, 9, SEPTEMBER, "adult_confirmed", "declared")]
    (here,) = said(tmp_path, settings, rows, "adult_confirmed", A)
    assert (here.imported.count, here.declared.count, here.proven, here.measured) == (7, 9, None, False)
