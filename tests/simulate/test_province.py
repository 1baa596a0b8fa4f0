"""A province straight to files: the same for the same seed, skewed as life is, and readable by the engine."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from hocvuso.evidence.queries import catalogue
from hocvuso.lib.errors import BadInput
from hocvuso.measure import engine
from hocvuso.measure.queries import metrics
from hocvuso.simulate.province import TET, simulate_batch, simulate_to_parquet

PERSONS, EVENTS = 3_000, 120_000


def make(out: Path, *, seed: int = 7) -> Path:
    simulate_to_parquet(out, province="66", persons=PERSONS, events=EVENTS, seed=seed)
    return out


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("province") / "out")


def ask(folder: Path, select: str) -> list[tuple[Any, ...]]:
    parts = engine.read_files(sorted((folder / "parts").glob("*.parquet")))
    facts = f"(SELECT p.*, b.* EXCLUDE what FROM {parts} AS p JOIN '{folder}/book.parquet' AS b USING (what))"
    with engine.connect() as connection:
        return connection.execute(select.format(facts=facts, parts=parts)).fetchall()


def test_one_seed_makes_one_province_and_another_makes_another(province: Path, tmp_path: Path) -> None:
    files = [file.relative_to(province) for file in sorted(province.rglob("*.parquet"))]
    sums = "SELECT count(*), sum(seq), sum(hash(subject)), sum(what), min(day), max(day) FROM {parts}"
    again, other = make(tmp_path / "again"), make(tmp_path / "other", seed=8)
    assert [file.relative_to(again) for file in sorted(again.rglob("*.parquet"))] == files
    assert ask(again, sums) == ask(province, sums)
    assert ask(other, sums) != ask(province, sums)


def test_there_are_as_many_events_as_asked_for_and_each_is_numbered_once(province: Path) -> None:
    ((rows, numbers, subjects, kinds),) = ask(
        province, "SELECT count(*), count(DISTINCT seq), count(DISTINCT subject), count(DISTINCT kind) FROM {facts}"
    )
    assert EVENTS <= rows <= EVENTS * 1.1
    assert (numbers, kinds) == (rows, 23)
    assert 0.7 * PERSONS < subjects < 1.5 * PERSONS


def test_parts_are_stretches_of_the_ledger_as_the_export_leaves_them(
    province: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hocvuso.simulate.province.A_FILE", EVENTS // 3)
    cut = make(tmp_path / "cut")
    with engine.connect() as connection:
        stretches = connection.execute(
            f"SELECT min(seq), max(seq), count(*) FROM read_parquet('{cut}/parts/*.parquet', filename = true) GROUP BY filename ORDER BY 1"
        ).fetchall()
    begun = 0
    for first, last, rows in stretches:
        assert (first, last) == (begun + 1, begun + rows)
        begun = last
    assert len(stretches) == 3
    whole = "SELECT count(*), sum(seq), sum(hash(subject, seq, day, what)), sum(voids), count_if(later) FROM {parts}"
    assert ask(cut, whole) == ask(province, whole)
    stray = """SELECT count(*) FROM {facts} AS v ANTI JOIN {facts} AS r
        ON r.seq = v.voids AND r.seq < v.seq AND (r.subject, r.what, r.day) = (v.subject, v.what, v.day) WHERE v.voids IS NOT NULL"""
    assert ask(cut, stray) == [(0,)]
    assert ask(cut, "SELECT count(*) > 0 FROM {parts} WHERE voids IS NOT NULL") == [(True,)]


def test_villages_and_use_are_uneven(province: Path) -> None:
    with engine.connect() as connection:
        sizes = connection.execute(
            f"SELECT min(count), max(count) FROM '{province}/populations.parquet' WHERE grp = 'residents' AND count > 79"
        ).fetchall()[0]
    assert 80 <= sizes[0] < sizes[1] <= 1_100
    ((middle, most),) = ask(
        province,
        "SELECT median(n), max(n) FROM (SELECT count(*) AS n FROM {facts} WHERE subject_type = 'person' AND age > 20 GROUP BY subject)",
    )
    assert most > 5 * middle


def test_nothing_is_held_at_tet_and_offices_rest_on_sundays(province: Path) -> None:
    tet = dt.date(2025, 4, 1) + dt.timedelta(days=TET)
    assert tet == dt.date(2026, 2, 14)
    ((lessons,),) = ask(
        province,
        f"SELECT count(*) FROM {{facts}} WHERE kind = 'skill_guided' AND grp = '' AND day BETWEEN DATE '{tet}' AND DATE '{tet}' + 8",
    )
    ((sundays,),) = ask(
        province, "SELECT count(*) FROM {facts} WHERE kind = 'info_contact' AND grp = 'officials' AND isodow(day) > 5"
    )
    assert (lessons, sundays) == (0, 0)


def test_the_campaign_starts_slowly_and_no_day_holds_more_than_its_share(province: Path) -> None:
    quarters = ask(
        province,
        "SELECT date_trunc('quarter', day) AS q, count(*) FROM {facts} GROUP BY q HAVING q < '2026-10-01' ORDER BY q",
    )
    assert [rows for _, rows in quarters[:4]] == sorted(rows for _, rows in quarters[:4])
    assert quarters[0][1] < EVENTS / 50
    ((most,),) = ask(province, "SELECT max(n) FROM (SELECT count(*) AS n FROM {facts} GROUP BY day)")
    assert most < EVENTS / 100


def test_a_third_of_the_adults_have_no_identity_account(province: Path) -> None:
    ((holders, reached),) = ask(
        province,
        """SELECT count(DISTINCT subject) FILTER (kind = 'digital_id_held'), count(DISTINCT subject) FROM {facts}
        WHERE subject IN (SELECT subject FROM {facts} WHERE subject_type = 'person' AND age > 19 GROUP BY subject HAVING count(*) > 20)""",
    )
    assert 0.6 < holders / reached < 0.85  # those without one also have fewer events


def test_every_source_is_named_as_simulated(province: Path) -> None:
    sources = ask(province, "SELECT DISTINCT source FROM {facts}")
    assert all(catalogue().source(source).simulated for (source,) in sources)


def test_the_engine_measures_it_and_a_batch_into_it(province: Path, tmp_path: Path) -> None:
    batch = simulate_batch(province, events=3_000, voids=5, seed=7)
    told = []
    for name, parts in (("kept", [*sorted((province / "parts").glob("*.parquet"))]), ("whole", [])):
        folder = tmp_path / name
        folder.mkdir()
        for table in engine.SMALL_TABLES:
            (folder / f"{table}.parquet").write_bytes((province / f"{table}.parquet").read_bytes())
        recipe = engine.Recipe(
            parts or [*sorted((province / "parts").glob("*.parquet")), batch],
            province / "book.parquet",
            metrics(),
            catalogue(),
        )
        engine.build_whole(folder, recipe)
        if parts:
            grown = engine.Recipe([*parts, batch], recipe.book, recipe.metrics, recipe.catalogue)
            assert engine.build_change(folder, grown, new=[batch], before=folder) > 0
        with engine.connect() as connection:
            cells = engine.read_files(engine.all_files(folder, "cells"))
            told.append(
                connection.execute(
                    f"SELECT * EXCLUDE n, sum(n) AS n FROM {cells} GROUP BY ALL HAVING sum(n) <> 0 ORDER BY ALL"
                ).fetchall()
            )
    assert told[0] == told[1]
    assert len(told[0]) > 1_000


def test_a_folder_with_something_in_it_and_an_unknown_province_are_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BadInput, match="đã có dữ liệu"):
        make(tmp_path)
    with pytest.raises(BadInput, match="Không có tỉnh mã “99”"):
        simulate_to_parquet(tmp_path / "new", province="99", persons=1000, events=1000, seed=1)
