"""Units come from files and never overwrite the past; a file that contradicts it, or itself, is refused whole."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from hocvuso.audit.models import Entry
from hocvuso.lib.errors import BadInput, UnknownName
from hocvuso.places.actions import NewPopulation, add_organisations, add_villages, count_populations, load_units
from hocvuso.places.models import Level, Organisation, OrganisationKind, Population, Succession, Unit
from hocvuso.places.queries import (
    children_of,
    organisation_in_force,
    organisations_within,
    unit_in_force,
    units_within,
)
from hocvuso.places.rules import MERGERS, Group, read_rows
from tests.make.places import Country, population

TODAY, BEFORE = dt.date(2025, 10, 17), dt.date(2025, 6, 30)
pytestmark = pytest.mark.django_db

FILES = {
    "provinces.csv": [
        "code,name,short_name,type,lat,lon,valid_from",
        "66,Tỉnh Đắk Lắk,Đắk Lắk,tỉnh,12.7,108.2,2025-07-01",
        "52,Tỉnh Gia Lai,Gia Lai,tỉnh,,,2025-07-01",
    ],
    "communes.csv": [
        "code,name,short_name,type,province,lat,lon",
        "24373,Xã Ea Kar,Ea Kar,xã,66,12.8,108.4",
        "24400,Xã Ea Knốp,Ea Knốp,xã,66,,",
    ],
    "former_units.csv": [
        "level,code,name,short_name,type,parent",
        "province,66,Tỉnh Đắk Lắk,Đắk Lắk,tỉnh,",
        "district,643,Huyện Ea Kar,Ea Kar,huyện,66",
        "commune,24373,Thị trấn Ea Kar,Ea Kar,thị trấn,643",
    ],
    "successors.csv": ["old_level,old_code,new_code,share", "commune,24373,24373,main", "commune,24373,24400,part"],
}


def folder(root: Path, **change: list[str] | bytes | None) -> Path:
    """The four files of a small country; `provinces=[…]` writes another one, `None` none at all."""
    for name, lines in FILES.items():
        content = change.get(name.removesuffix(".csv"), lines)
        if content is not None:
            data = content if isinstance(content, bytes) else ("\n".join(content) + "\n").encode()
            (root / name).write_bytes(data)
    return root


def load(root: Path, **change: Any) -> dict[str, tuple[int, int]]:
    return {name: (done.new, done.known) for name, done in load_units(folder(root, **change), by=":test").items()}


def changed(name: str, line: int, old: str, new: str) -> dict[str, list[str]]:
    lines = list(FILES[f"{name}.csv"])
    assert old in lines[line]
    lines[line] = lines[line].replace(old, new)
    return {name: lines}


# --- the real country ----------------------------------------------------------------------------------------------------


def test_the_whole_country_loads_once_and_then_not_again() -> None:
    real = settings.DATA_DIR / "places"
    first = load_units(real, by=":test")
    assert {name: loaded.new for name, loaded in first.items() if name != "successions"} == {
        "provinces": 34, "communes": 3321, "former": 63 + 696 + 10035,
    }  # fmt: skip
    assert first["successions"].new == Succession.objects.count() > 10_000
    ids = set(Unit.objects.values_list("pk", "uid", "path"))
    assert all(loaded.new == 0 for loaded in load_units(real, by=":test").values())
    assert set(Unit.objects.values_list("pk", "uid", "path")) == ids
    # before and after the mergers, under one code
    dak_lak = unit_in_force("66", on=TODAY)
    assert units_within(dak_lak, Level.COMMUNE, on=TODAY).count() == 102
    assert not units_within(dak_lak, Level.DISTRICT, on=TODAY).exists()
    old = unit_in_force("66", on=BEFORE)
    assert old.pk != dak_lak.pk
    assert {s.new for s in old.successions.all()} == {dak_lak}
    assert {p.old.short_name for p in dak_lak.predecessions.select_related("old")} == {"Đắk Lắk", "Phú Yên"}
    assert units_within(old, Level.DISTRICT, on=BEFORE).count() == 15
    with pytest.raises(UnknownName, match="54.*17/10/2025"):
        unit_in_force("54", on=TODAY)
    assert unit_in_force("54", on=BEFORE).short_name == "Phú Yên"


# --- a small one ---------------------------------------------------------------------------------------------------------


@pytest.mark.both
def test_the_same_files_again_change_nothing(tmp_path: Path) -> None:
    assert load(tmp_path) == {"provinces": (2, 0), "communes": (2, 0), "former": (3, 0), "successions": (2, 0)}
    assert {new for new, _ in load(tmp_path).values()} == {0}
    assert Unit.objects.count() == 8
    assert unit_in_force("24373", on=BEFORE).path == "/VN/66/643/24373/"
    assert unit_in_force("24373", on=TODAY).path == "/VN/66/24373/"
    assert {s.new.code: s.share for s in unit_in_force("24373", on=BEFORE).successions.all()} == {
        "24373": "main", "24400": "part",
    }  # fmt: skip


@pytest.mark.both
@pytest.mark.parametrize(
    ("change", "why"),
    [
        (changed("communes", 1, "Xã Ea Kar", "Xã Ea Kar Mới"), "24373.*Xã Ea Kar.*Xã Ea Kar Mới"),
        (changed("communes", 1, ",66,", ",52,"), "24373"),  # the same name in another province
        (changed("communes", 1, ",xã,", ",phường,"), "24373"),
        (changed("former_units", 3, "Thị trấn Ea Kar", "Xã Ea Kar"), "24373"),
    ],
)
def test_a_file_that_contradicts_what_is_stored_is_refused_whole(
    tmp_path: Path, change: dict[str, list[str]], why: str
) -> None:
    load(tmp_path)
    new = [*change.pop("communes", FILES["communes.csv"]), "24500,Xã Mới,Mới,xã,66,,"]
    with pytest.raises(BadInput, match=why):
        load(tmp_path, communes=new, **change)
    assert Unit.objects.count() == 8
    assert unit_in_force("24373", on=TODAY).name == "Xã Ea Kar"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"communes": None}, "Không đọc được tệp communes.csv"),
        ({"communes": ["code,name,type,province", "24373,Xã Ea Kar,xã,66"]}, "communes.csv: thiếu cột short_name, lat, lon"),
        ({"communes": []}, "communes.csv: thiếu cột code"),
        ({"communes": [*FILES["communes.csv"], "24500,Xã Mới"]}, "communes.csv, dòng 4: số cột"),
        ({"communes": [*FILES["communes.csv"], "24500,Xã Mới,Mới,xã,66,,,thừa"]}, "communes.csv, dòng 4: số cột"),
        ({"communes": "code,name\nX\xe3\n".encode("latin-1")}, "communes.csv.*UTF-8"),
        (changed("communes", 1, ",66,", ",99,"), "24373.*99"),
        (changed("former_units", 2, "huyện,66", "huyện,99"), "643.*99"),
        (changed("successors", 1, "24373,main", "99999,main"), "24373.*99999"),
        (changed("successors", 1, "commune,24373", "district,24373"), "24373"),
        (changed("provinces", 1, "2025-07-01", "01/07/2025"), "66.*01/07/2025"),
        (changed("provinces", 1, "12.7", "12,7"), "provinces.csv.*dòng 2"),
        (changed("communes", 1, "12.8", "bắc"), "24373.*bắc"),
        ({"communes": [*FILES["communes.csv"], FILES["communes.csv"][1]]}, "24373"),  # one code twice in one file
    ],
)  # fmt: skip
def test_a_broken_file_says_which_and_where_and_nothing_is_kept(
    tmp_path: Path, change: dict[str, Any], why: str
) -> None:
    with pytest.raises(BadInput, match=why):
        load(tmp_path, **change)
    assert not Unit.objects.exists()
    assert not Entry.objects.exists()


def test_a_file_saved_by_a_spreadsheet_begins_with_a_mark_and_is_read_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(b"\xef\xbb\xbfcode,name\r\n66,\xc4\x90\xe1\xba\xafk L\xe1\xba\xafk\r\n")
    assert list(read_rows(tmp_path / "x.csv", columns=("code", "name"))) == [{"code": "66", "name": "Đắk Lắk"}]


# --- villages, organisations, headcounts ---------------------------------------------------------------------------------


def village(land: Country, code: str = "24373-09", **change: Any) -> Unit:
    fields = {
        "code": code, "level": Level.VILLAGE, "kind": "buôn", "name": "Buôn Trưng", "short_name": "Trưng", "parent": land.ea_kar,
        "valid_from": MERGERS, "source": "test",
    }  # fmt: skip
    return Unit(**{**fields, **change})


def test_a_village_lies_in_its_commune_and_is_added_once(land: Country) -> None:
    assert add_villages([village(land)], by=":test").new == 1
    assert add_villages([village(land)], by=":test").known == 1
    assert unit_in_force("24373-09", on=TODAY).path == "/VN/66/24373/24373-09/"
    assert "24373-09" in [child.code for child in children_of(land.ea_kar, on=TODAY)]
    with pytest.raises(BadInput, match="24373-09"):
        add_villages([village(land, name="Buôn Khác")], by=":test")


def test_an_organisation_known_by_its_code_stays_as_it_is(land: Country) -> None:
    again = Organisation(
        code=land.school.code, name="Tên khác", kind=OrganisationKind.AGENCY, seat=land.ea_knop, of=land.ea_knop,
        valid_from=MERGERS, source="x",
    )  # fmt: skip
    assert add_organisations([again], by=":test").known == 1
    assert organisation_in_force(land.school.code, on=TODAY).name == "Trường THPT Ea Kar"
    assert set(organisations_within(land.ea_kar, on=TODAY)) == {land.department, land.ubnd, land.school}
    assert not organisations_within(land.ea_knop, on=TODAY).exists()
    with pytest.raises(UnknownName, match="khong-co"):
        organisation_in_force("khong-co", on=TODAY)


@pytest.mark.both
def test_a_headcount_sent_twice_is_one_and_a_new_day_stands_beside_the_old(land: Country) -> None:
    population(land.ea_kar, Group.ADULTS, 10)
    population(land.ea_kar, Group.ADULTS, 99)  # the same group, place, day and source: the first word stays
    population(land.ea_kar, Group.ADULTS, 12, on=TODAY)
    population(land.school, Group.STUDENTS, 7)
    assert sorted(Population.objects.values_list("count", flat=True)) == [7, 10, 12]


@pytest.mark.both
@pytest.mark.parametrize("wrong", [{"count": -1}, {"unit": None}, {"org": "school"}])
def test_a_headcount_that_cannot_be_is_refused_and_not_dropped_in_silence(land: Country, wrong: dict[str, Any]) -> None:
    """SQLite's INSERT OR IGNORE passes over a broken check as if the row were known already."""
    fields: dict[str, Any] = {"unit": land.ea_kar, "count": 5, **wrong}
    if fields.get("org"):
        fields["org"] = land.school
    good = NewPopulation(Group.ADULTS, MERGERS, 10, "đếm", unit=land.ea_knop)
    with pytest.raises(BadInput, match="Dòng 2"):
        count_populations([good, NewPopulation(group=Group.ADULTS, on=MERGERS, source="đếm", **fields)], by=":test")
    assert not Population.objects.exists()
