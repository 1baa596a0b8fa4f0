"""The lists a province keeps of its own places: villages and headcounts, from CSV. All of a file or nothing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

from django.db import transaction
from django.db.models import Q

from hocvuso.lib.csvfile import Line, naming_lines, read_lines, without_twins
from hocvuso.lib.errors import BadInput, UnknownName
from hocvuso.places.actions import Loaded, NewPopulation, add_villages, count_populations
from hocvuso.places.models import Level, Organisation, Place, Unit, place_fields
from hocvuso.places.queries import organisation_in_force, unit_in_force
from hocvuso.places.rules import VILLAGE_KINDS, Group

VILLAGE_COLUMNS = ("commune", "code", "name", "kind", "lat", "lon", "valid_from")
COUNT_COLUMNS = ("place_type", "place", "group", "on", "count")
CODE = re.compile(r"[A-Za-z0-9]+([.-][A-Za-z0-9]+)*")  # a part of a path and of addresses: no blanks, no slashes


class Places:
    """Units and organisations by code and day, each asked of the database once. A code that nobody has is said without repeating it."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, dt.date], Place | None] = {}

    def unit(self, line: Line, column: str, *, on: dt.date) -> Unit:
        place = self._find("unit", unit_in_force, line[column], on)
        if not isinstance(place, Unit):
            raise line.wrong(f"cột {column}: không có đơn vị hành chính mang mã này vào ngày {on:%d/%m/%Y}.")
        return place

    def org(self, line: Line, column: str, *, on: dt.date) -> Organisation:
        place = self._find("org", organisation_in_force, line[column], on)
        if not isinstance(place, Organisation):
            raise line.wrong(f"cột {column}: không có cơ quan, đơn vị mang mã này vào ngày {on:%d/%m/%Y}.")
        return place

    def of_line(self, line: Line, *, on: dt.date) -> Place:
        """The place named by the columns `place_type` and `place`."""
        is_unit = line.one_of("place_type", ("unit", "org")) == "unit"
        return self.unit(line, "place", on=on) if is_unit else self.org(line, "place", on=on)

    def _find(self, what: str, ask: Callable[..., Place], code: str, on: dt.date) -> Place | None:
        key = (what, code, on)
        if key not in self._found:
            try:
                self._found[key] = ask(code, on=on)
            except UnknownName:
                self._found[key] = None
        return self._found[key]


@transaction.atomic
def load_villages(path: Path, *, by: str) -> Loaded:
    """Villages below communes in force on their first day. A known code and first day is left as it stands."""
    places = Places()
    lines = without_twins(list(read_lines(path, columns=VILLAGE_COLUMNS)), ("code",))
    return add_villages([_village(line, places) for line in lines], by=by)


def _village(line: Line, places: Places) -> Unit:
    start = line.day("valid_from")
    commune = places.unit(line, "commune", on=start)
    if commune.level != Level.COMMUNE:
        raise line.wrong("cột commune phải là mã của xã, phường, đặc khu.")
    code, kind = line.text("code", most=24), line["kind"].lower()
    if not CODE.fullmatch(code):
        raise line.wrong("cột code chỉ gồm chữ không dấu, chữ số, dấu chấm và gạch nối, ví dụ 24373-01.")
    if kind not in VILLAGE_KINDS:
        raise line.wrong(f"cột kind phải là một trong: {', '.join(VILLAGE_KINDS)}.")
    name = line.text("name", most=120)
    lat, lon = _coordinate(line, "lat", 90), _coordinate(line, "lon", 180)
    village = Unit(
        code=code, level=Level.VILLAGE, kind=kind, name=name, short_name=name, parent=commune, lat=lat, lon=lon,
        valid_from=start, source=f"tệp {line.file}"[:80],
    )  # fmt: skip
    _refuse_taken(line, village)
    return village


def _refuse_taken(line: Line, village: Unit) -> None:
    """One code is one place at a time, and what is stored is not overwritten."""
    others = Unit.objects.filter(Q(valid_to=None) | Q(valid_to__gte=village.valid_from), code=village.code)
    for known in others:
        same = (known.level, known.valid_from, known.parent_id) == (
            village.level, village.valid_from, village.parent.pk if village.parent else None,
        )  # fmt: skip
        if not same or known.name != village.name:
            raise line.wrong(
                "cột code: mã này đã là của một đơn vị khác, hoặc đã nạp với tên, xã hay ngày khác; không ghi đè."
            )


def _coordinate(line: Line, column: str, most: int) -> float | None:
    if not line[column]:
        return None
    try:
        value = float(line[column])
    except ValueError:
        value = float("nan")
    if not -most <= value <= most:
        raise line.wrong(f"cột {column} phải là tọa độ từ -{most} đến {most}, viết dạng 12.8165, hoặc để trống.")
    return value


def load_populations(path: Path, *, source: str, by: str, today: dt.date) -> Loaded:
    """Dated headcounts. The same place, group, day and source is left as it stands; a new day stands beside the old one."""
    source = source.strip()
    if not source or len(source) > 80:
        raise BadInput("Nguồn (--source) phải có từ 1 đến 80 ký tự.")
    places = Places()
    lines = without_twins(list(read_lines(path, columns=COUNT_COLUMNS)), COUNT_COLUMNS[:4])
    rows = []
    for line in lines:
        on = line.day("on", last=today)
        place = places.of_line(line, on=on)
        group = Group(line.one_of("group", [group.value for group in Group]))
        rows.append(
            NewPopulation(group=group, on=on, count=line.count("count"), source=source, **place_fields(place)),
        )
    with naming_lines(lines):
        return count_populations(rows, by=by)
