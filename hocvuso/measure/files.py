"""Counts of outside systems as offices get them: CSV or .xlsx with a unit's code, a day and a count so far. All of a file or nothing."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hocvuso.evidence.actions import Recorded, Statement, state_counts
from hocvuso.evidence.queries import catalogue, stated_counts
from hocvuso.evidence.rules import Grade
from hocvuso.lib.csvfile import Line, lines_in, naming_lines
from hocvuso.lib.errors import BadInput
from hocvuso.lib.sheets import rows_of_spreadsheet
from hocvuso.lib.text import fold
from hocvuso.measure.queries import headcounts, metrics
from hocvuso.measure.rules import Base, Metric
from hocvuso.places.models import Unit
from hocvuso.places.rules import Group

# How a column may be headed (folded), and how it is called here.
HEADINGS = {
    "ma don vi": "place", "ma xa": "place", "ma": "place", "place": "place",
    "ngay": "on", "den ngay": "on", "on": "on",
    "so luy ke": "count", "luy ke": "count", "so": "count", "so luong": "count", "count": "count",
}  # fmt: skip
COLUMNS = {"place": "Mã đơn vị", "on": "Ngày", "count": "Số lũy kế"}
MOST_LINES = 5000
CHUNK = 500  # units in one question; SQLite takes a limited number


@dataclass(frozen=True, slots=True)
class Upload:
    """What was asked for: which count, whose, by which document, and the lines of the file."""

    metric: str
    source: str
    document: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class CountLine:
    """A line that can be kept. `before` is what the same source said of the same day until now; the same count is known already."""

    line: Line
    place: Unit
    on: dt.date
    count: int
    before: int | None
    turn: int  # how often this source has spoken of this day

    @property
    def is_known(self) -> bool:
        return self.before == self.count


def lines_of_upload(data: bytes, name: str) -> tuple[Line, ...]:
    """The lines of a file, by its content: .xlsx or CSV in UTF-8, with commas or semicolons. Refuses a file without the three columns."""
    rows = rows_of_spreadsheet(data) if data[:2] == b"PK" else None
    if data[:2] == b"PK" and rows is None:
        raise BadInput(f"{name}: không đọc được; tệp Excel có thể bị hỏng hoặc có mật khẩu.")
    text = _as_csv(rows) if rows is not None else _decoded(data, name)
    renamed = _with_our_headings(text, name)
    lines = tuple(lines_in(io.StringIO(renamed), name, columns=tuple(COLUMNS)))
    if not lines:
        raise BadInput(f"{name}: không có dòng số liệu nào.")
    if len(lines) > MOST_LINES:
        raise BadInput(f"{name}: có {len(lines)} dòng, nhiều hơn {MOST_LINES}. Hãy chia thành nhiều tệp.")
    return lines


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(f"{name}: không đọc được. Hãy lưu dạng Excel (.xlsx) hoặc “CSV UTF-8”.") from None


def _as_csv(rows: Sequence[Sequence[object]]) -> str:
    """A sheet's values as text: a whole number without its .0, a day as 2025-10-17."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([[_cell(value) for value in row] for row in rows])
    return text.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _with_our_headings(text: str, name: str) -> str:
    """The first line with each column called as in `COLUMNS`; other columns keep their names and are not read."""
    first, _, rest = text.partition("\n")
    delimiter = ";" if first.count(";") > first.count(",") else ","
    if delimiter == ";":
        rows = list(csv.reader(io.StringIO(text), delimiter=";"))
        return _with_our_headings(_as_csv(rows), name)
    heads = next(csv.reader([first.rstrip("\r")]), [])
    ours = [HEADINGS.get(fold(head), head.strip()) for head in heads]
    if missing := [title for column, title in COLUMNS.items() if column not in ours]:
        raise BadInput(f"{name}, dòng 1: thiếu cột {', '.join(f'“{title}”' for title in missing)}.")
    again = io.StringIO()
    csv.writer(again, lineterminator="\n").writerow(ours)
    return again.getvalue() + rest


def read_counts(upload: Upload, *, units: Mapping[str, Unit], today: dt.date) -> list[CountLine]:
    """Every line checked: a unit within reach, a day that is over, no more people than there are. The first wrong one refuses the file.

    `units` are those the account may bring counts for, by code; what lies outside is as if it did not exist.
    """
    metric = metrics()[upload.metric]
    if catalogue().source(upload.source).grade is Grade.DECLARED and not upload.document.strip():
        raise BadInput("Số đơn vị tự báo cáo phải kèm số, ngày văn bản.")
    lines = _without_twins([_plain(line) for line in upload.lines])
    read = [(line, *_place_and_day(line, units, today), _count(line)) for line in lines]
    places = {place.code: place for _, place, _, _ in read}
    there_are = _people_at(metric, list(places.values()), today)
    for line, place, _on, count in read:
        if place.code in there_are and count > there_are[place.code]:
            raise line.wrong(
                f"cột “{COLUMNS['count']}”: {count} nhiều hơn số người đã biết ở nơi này ({there_are[place.code]})."
            )
    said = _said_before(upload, [place.pk for place in places.values()])
    found = []
    for line, place, on, count in read:
        before = said.get((place.pk, on), [])
        found.append(CountLine(line, place, on, count, before[-1] if before else None, len(before)))
    return found


def _plain(line: Line) -> Line:
    """A day may also be written 17/10/2025."""
    parts = line["on"].split("/")
    if len(parts) == 3 and all(part.isascii() and part.isdigit() for part in parts) and len(parts[2]) == 4:
        iso = f"{parts[2]}-{int(parts[1]):02d}-{int(parts[0]):02d}"
        return Line(line.file, line.number, {**line.cells, "on": iso})
    return line


def _without_twins(lines: Sequence[Line]) -> list[Line]:
    """A line that is there twice is one; two counts for one unit and day refuse the file, as one of them is wrong."""
    first: dict[tuple[str, str], Line] = {}
    for line in lines:
        before = first.setdefault((line["place"], line["on"]), line)
        if before["count"] != line["count"]:
            raise line.wrong(f"trùng đơn vị và ngày với dòng {before.number} nhưng số khác.")
    return list(first.values())


def _count(line: Line) -> int:
    try:
        return line.count("count")
    except BadInput:
        raise line.wrong(
            f"cột “{COLUMNS['count']}” phải là số nguyên không âm, chỉ gồm chữ số (viết 1234, không viết 1.234)."
        ) from None


def _place_and_day(line: Line, units: Mapping[str, Unit], today: dt.date) -> tuple[Unit, dt.date]:
    place = units.get(line["place"])
    if place is None:
        raise line.wrong(f"cột “{COLUMNS['place']}”: không có đơn vị mang mã này trong phạm vi của bạn.")
    try:
        on = dt.date.fromisoformat(line["on"]) if len(line["on"]) == 10 else None
    except ValueError:
        on = None
    if on is None:
        raise line.wrong(f"cột “{COLUMNS['on']}” phải là ngày, viết dạng 17/10/2025.")
    if on > today:
        raise line.wrong(f"cột “{COLUMNS['on']}”: ngày chưa đến (hôm nay là {today:%d/%m/%Y}).")
    if on < place.valid_from:
        raise line.wrong(f"cột “{COLUMNS['on']}”: đơn vị này có từ ngày {place.valid_from:%d/%m/%Y}.")
    return place, on


def _people_at(metric: Metric, places: Sequence[Unit], today: dt.date) -> dict[str, int]:
    """How many there can be at most, where a headcount is known: the metric's own base, for plain counts of people all residents."""
    groups = metric.base.groups if metric.base else ()
    if not groups and metric.subject == "person":
        groups = (Group.RESIDENTS,)
    known = headcounts(places, Base(groups=tuple(groups)), on=today) if groups else {}
    return {code: counted.count for code, counted in known.items()}


def _said_before(upload: Upload, places: Sequence[int]) -> dict[tuple[int, dt.date], list[int]]:
    """(unit, day) → what this source has said of it, in the order it came."""
    said: dict[tuple[int, dt.date], list[int]] = {}
    for start in range(0, len(places), CHUNK):
        rows = stated_counts(upload.metric, on=None).filter(
            source=upload.source, unit__in=places[start : start + CHUNK]
        )
        for unit, on, count in rows.order_by("recorded_at", "id").values_list("unit", "on", "count"):
            said.setdefault((unit, on), []).append(count)
    return said


def keep_counts(upload: Upload, read: Iterable[CountLine], *, by: str, today: dt.date) -> Recorded:
    """Keep what is new. A count that says otherwise than before stands beside the earlier one, and the later one is shown."""
    new = [one for one in read if not one.is_known]
    statements = [
        Statement(
            upload.metric, one.place, one.on, one.count, upload.source,
            f"{upload.metric}/{one.place.code}/{one.on.isoformat()}/{one.turn + 1}", upload.document.strip(),
        )
        for one in new
    ]  # fmt: skip
    with naming_lines([one.line for one in new]):
        return state_counts(statements, by=by, today=today)
