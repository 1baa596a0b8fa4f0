"""Lists of persons as offices send them: CSV. All of a file or nothing; what is refused is named by line and column, never by content."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from hocvuso.lib.csvfile import Line, naming_lines, read_lines, without_twins
from hocvuso.lib.errors import BadInput
from hocvuso.people.actions import Enrolled, NewPerson, enrol_persons
from hocvuso.people.models import Sex
from hocvuso.people.rules import GROUPS_OF_PERSON
from hocvuso.places.files import Places

COLUMNS = ("ref", "name", "birth_year", "sex", "unit", "org", "group", "identity_number")


def load_persons(path: Path, *, source: str, by: str, today: dt.date) -> Enrolled:
    """People of one named list. (`source`, `ref`) names each of them from then on: evidence points to it as “source/ref”."""
    if not 0 < len(source) <= 40 or "/" in source or source != source.strip():
        raise BadInput("Nguồn danh sách (--source) phải có từ 1 đến 40 ký tự, không có dấu gạch chéo “/”.")
    places = Places()
    lines = without_twins(list(read_lines(path, columns=COLUMNS)), ("ref",))
    rows = [_person(line, source, today, places) for line in lines]
    with naming_lines(lines):
        return enrol_persons(rows, by=by, today=today)


def _person(line: Line, source: str, today: dt.date, places: Places) -> NewPerson:
    ref, name = line.text("ref", most=80), line.text("name", most=120)
    born = line["birth_year"]
    if born and not (born.isascii() and born.isdigit() and len(born) == 4 and 1900 <= int(born) <= today.year):
        raise line.wrong(f"cột birth_year phải để trống hoặc là năm từ 1900 đến {today.year}, gồm 4 chữ số.")
    return NewPerson(
        name=name,
        birth_year=int(born) if born else None,
        sex=line.one_of("sex", Sex.values),
        unit=places.unit(line, "unit", on=today) if line["unit"] else None,
        org=places.org(line, "org", on=today) if line["org"] else None,
        group=line.one_of("group", sorted(GROUPS_OF_PERSON)),
        source=source,
        source_ref=ref,
        identity_number=line["identity_number"],
    )
