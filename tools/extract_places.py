"""Make the CSV files of hocvuso/data/places from the data folder of vietnamadminunits 1.0.4 (MIT licence).

    python tools/extract_places.py PACKAGE_DATA_FOLDER OUTPUT_FOLDER

The same input gives the same bytes. The corrections below were found in that version and belong to it: a false link
that is no longer there stops the run, so that a newer version is looked at by a person and not taken silently.
"""

import csv
import json
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from statistics import mean
from typing import Any

Row = dict[str, Any]
Point = tuple[float, float]
Links = dict[tuple[str, str], bool]  # (old code, new code) -> is it the default successor

VALID_FROM = "2025-07-01"
VALID_TO = "2025-06-30"
KINDS = ["tỉnh", "thành phố", "quận", "huyện", "thị xã", "thị trấn", "xã", "phường", "đặc khu"]

# Old>new links the source has only because two former communes of one merged province bear the same name
# (Phường 4 of Tân An is not Phường 4 of Tây Ninh). Each is absent from two other conversion tables.
FALSE_LINKS = [
    "06079>06184", "10798>11911", "11890>10804", "11890>10843", "25462>27694", "27691>25459",
    "28252>29869", "28270>29869", "28437>29869", "28439>29869", "28924>29734", "29623>29182",
    "29734>28921", "29902>29869", "29908>29869", "31246>31726", "31268>31666", "31378>31654",
    "31379>31582", "31438>31741", "31474>31741", "31480>31639", "31483>31591", "31582>31378",
    "31606>31495", "31657>31378", "31666>31288", "31669>31480", "31714>31246", "31741>31408",
    "31744>31473",
]  # fmt: skip

# New communes whose points the source has exchanged, again between namesakes 70 to 110 km apart.
EXCHANGED_POINTS = [("08296", "04924"), ("28615", "30130")]

# New communes whose point lies far outside their own district: the mean of the former communes is used instead.
WRONG_POINTS = ["04714", "06172", "06757", "06967", "29983"]


def read_source(folder: Path) -> tuple[list[Row], list[Row], Row]:
    """The units in force, the former units, and the converter's table of keys."""
    with closing(sqlite3.connect(f"{(folder / 'dataset.db').as_uri()}?mode=ro", uri=True)) as db:
        db.row_factory = sqlite3.Row
        new = [dict(row) for row in db.execute("SELECT * FROM admin_units")]
        old = [dict(row) for row in db.execute("SELECT * FROM admin_units_legacy")]
    return new, old, json.loads((folder / "converter_2025.json").read_text(encoding="utf-8"))


def named(name: str) -> list[str]:
    """[name, short name, type]; "Phường 4" and "Quận 1" stay whole when shortened.

    The type is read from the name: the source's own column contradicts it for seven units.
    """
    kind = next(kind for kind in KINDS if name.lower().startswith(f"{kind} "))
    bare = name[len(kind) :].strip()
    full = f"{kind.capitalize()} {bare}"
    return [full, full if bare.isdigit() else bare, kind]


def number(value: float, digits: int) -> str:
    return f"{value:.{digits}f}".rstrip("0").rstrip(".")


def area(value: float | None) -> str:
    """Square kilometres; the source's zeros and gaps both mean that the area is not known."""
    return number(value, 2) if value else ""


def read_links(table: Row, *, old: Iterable[Row], new: Iterable[Row]) -> Links:
    """Every link from a former commune (or island district without communes) to a commune in force, corrected.

    The converter writes a former unit as province_district_commune, the last part empty on the islands. A unit that
    was divided has several new ones, one of them the default for an address without a street.
    """
    old_code = {
        f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}": row["wardCode"] or row["districtCode"]
        for row in old
    }
    new_code = {(row["provinceKey"], row["wardKey"]): row["wardCode"] for row in new}
    links: Links = {}
    for province, communes in table["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for key, former in communes.items():
            links.update({(old_code[one], new_code[province, key]): True for one in former})
    for province, divided in table["DICT_PROVINCE_WARD_DIVIDED"].items():
        for key, heirs in divided.items():
            for heir in heirs:
                links[old_code[key], new_code[province, heir["newWardKey"]]] = heir["isDefaultNewWard"]
    for false in FALSE_LINKS:
        before, after = false.split(">")
        if links.pop((before, after), None) is None:
            sys.exit(f"the false link {false} is not in this version: look at the corrections again")
    return links


def read_points(links: Links, *, old: Iterable[Row], new: Iterable[Row]) -> dict[str, Point]:
    """A point (latitude, longitude) for each commune in force, corrected."""
    points: dict[str, Point] = {row["wardCode"]: (row["wardLat"], row["wardLon"]) for row in new}
    former: dict[str, Point] = {row["wardCode"]: (row["wardLat"], row["wardLon"]) for row in old}
    for one, other in EXCHANGED_POINTS:
        points[one], points[other] = points[other], points[one]
    for code in WRONG_POINTS:
        near = [former[before] for (before, after), is_main in links.items() if after == code and is_main]
        points[code] = (mean(lat for lat, _ in near), mean(lon for _, lon in near))
    return points


def provinces(new: Iterable[Row]) -> list[list[str]]:
    return [
        [row["provinceCode"], *named(row["province"]),
         number(row["provinceLat"], 4), number(row["provinceLon"], 4), VALID_FROM]
        for row in {row["provinceCode"]: row for row in new}.values()
    ]  # fmt: skip


def communes(new: Iterable[Row], *, points: dict[str, Point]) -> list[list[str]]:
    return [
        [row["wardCode"], *named(row["ward"]), row["provinceCode"],
         *(number(degrees, 4) for degrees in points[row["wardCode"]]), area(row["wardAreaKm2"]), VALID_FROM]
        for row in new
    ]  # fmt: skip


def former_units(old: Iterable[Row]) -> list[list[str]]:
    """Provinces, districts and communes; the code of each level has its own length, so one column keeps them apart."""
    units: dict[str, list[str]] = {}
    for row in old:
        province, district, commune = row["provinceCode"], row["districtCode"], row["wardCode"]
        units[province] = ["province", *named(row["province"]), "", province]
        units[district] = ["district", *named(row["district"]), province, province]
        if commune:
            units[commune] = ["commune", *named(row["ward"]), district, province]
    return [[level, code, *rest, VALID_TO] for code, (level, *rest) in units.items()]


def successors(table: Row, *, links: Links, old: Iterable[Row], new: Iterable[Row]) -> list[list[str]]:
    new_code = {row["provinceKey"]: row["provinceCode"] for row in new}
    old_code = {row["provinceKey"]: row["provinceCode"] for row in old}
    rows = [
        ["province", old_code[before], new_code[after], "whole"]
        for after, merged in table["DICT_PROVINCE"].items()
        for before in merged
    ]
    heirs = Counter(before for before, _ in links)
    for (before, after), is_main in links.items():
        level = "commune" if len(before) == 5 else "district"
        share = "whole" if heirs[before] == 1 else "main" if is_main else "part"
        rows.append([level, before, after, share])
    return rows


def write(path: Path, *, header: str, rows: Iterable[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header.split(","))
        writer.writerows(sorted(rows))


def check(links: Links, *, old: Iterable[Row], new: Iterable[Row]) -> None:
    """Stop when a unit has lost its past or its future, or a divided one its default successor."""
    mains: defaultdict[str, list[bool]] = defaultdict(list)
    for (before, _), is_main in links.items():
        mains[before].append(is_main)
    wrong = {before for before, flags in mains.items() if len(flags) > 1 and sum(flags) != 1}
    wrong |= {row["wardCode"] or row["districtCode"] for row in old} - set(mains)
    wrong |= {row["wardCode"] for row in new} - {after for _, after in links}
    if wrong:
        sys.exit(f"no clear succession: {', '.join(sorted(wrong))}")


def main(source: Path, target: Path) -> None:
    new, old, table = read_source(source.resolve())
    links = read_links(table, old=old, new=new)
    check(links, old=old, new=new)
    points = read_points(links, old=old, new=new)
    target.mkdir(parents=True, exist_ok=True)
    write(
        target / "provinces.csv",
        header="code,name,short_name,type,lat,lon,valid_from",
        rows=provinces(new),
    )
    write(
        target / "communes.csv",
        header="code,name,short_name,type,province,lat,lon,area_km2,valid_from",
        rows=communes(new, points=points),
    )
    write(
        target / "former_units.csv",
        header="level,code,name,short_name,type,parent,province,valid_to",
        rows=former_units(old),
    )
    write(
        target / "successors.csv",
        header="old_level,old_code,new_code,share",
        rows=successors(table, links=links, old=old, new=new),
    )


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: extract_places.py PACKAGE_DATA_FOLDER OUTPUT_FOLDER")
    main(Path(sys.argv[1]), Path(sys.argv[2]))
