"""Times as plans print them: days, months, quarters, halves, years; "before", "from … to", recurring, relative.

`read_deadline` reads a text that is nothing but a time (a cell, what follows "Thời gian thực hiện:"); `deadline_in` looks for the
clause of a sentence that sets one ("hoàn thành trước ngày 30/9/2025") and leaves dates of cited documents alone.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from hocvuso.plans.reader.model import Deadline, Precision

_QUARTER = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_YEAR = r"(?:\s*(?:[/.-]|,?\s*năm)\s*(?P<y>20\d\d))"
_YEAR_OF_QUARTER = _YEAR.replace("?P<y>", "?P<qy>")
# The order matters: what is longer comes first.
_TIME = re.compile(
    rf"""
    (?:ngày\s+)?(?<![\d./-])(?P<d>\d{{1,2}})\s*(?:[/.-]|\s+tháng\s+)\s*(?P<dm>\d{{1,2}})\s*(?:[/.-]|\s+năm\s+)\s*(?P<dy>20\d\d)(?!\d)
  | (?:ngày\s+(?P<d2>\d{{1,2}})\s*(?:/|-|\s+tháng\s+)\s*(?P<dm2>\d{{1,2}})(?![\d/]))
  | (?P<half>(?:6|06|sáu)\s+tháng\s+(?P<which>đầu|cuối)\s+năm)(?:\s*(?P<hy>20\d\d))?
  | quý\s+(?:(?P<q1>iv|i{{1,3}}|[1-4])\s*(?:-|–|,|và|đến|đến\s+quý)\s*(?:quý\s+)?)?(?P<q>iv|i{{1,3}}|[1-4])(?![\w]){_YEAR_OF_QUARTER}?
  | tháng\s+(?:(?P<m1>\d{{1,2}})\s*(?:-|–|,|và|đến)\s*(?:tháng\s+)?)?(?P<m>\d{{1,2}})(?!\d){_YEAR}?
  | (?<![\d/.-])(?P<bm>0?[1-9]|1[0-2])\s*/\s*(?P<by>20\d\d)(?!\d)
  | (?:năm\s+học\s+)(?P<s1>20\d\d)\s*[-–]\s*(?P<s2>20\d\d)
  | (?:giai\s+đoạn\s+|(?:các\s+)?năm\s+)?(?<![\d/])(?P<y1>20\d\d)\s*(?:[-–,]|và|đến(?:\s+năm)?)\s*(?:năm\s+)?(?P<y2>20\d\d)(?!\d)
  | năm\s+(?P<yy>20\d\d)(?!\d)
  | (?P<only>(?<![\d/.\-])20\d\d(?![\d/.%]))
    """,
    re.VERBOSE,
)
_RECURRING = re.compile(
    r"thường xuyên|thường kỳ|liên tục|(?:hằng|hàng|mỗi)\s+(?:ngày|tuần|tháng|quý|năm)|định kỳ|duy trì|cả năm\b|trong suốt"
)
_RELATIVE = re.compile(
    r"sau khi|kể từ|ngay sau|trong vòng|theo (?:sự )?(?:hướng dẫn|kế hoạch|tiến độ|chỉ đạo|lộ trình|yêu cầu|quy định|thời gian|lịch|đề án)"
    r"|khi có|tùy theo|căn cứ"
)
_BEFORE = re.compile(r"trước(?:\s+ngày)?\s*$|trước\s*$")
_FROM = re.compile(r"(?:bắt đầu\s+)?(?:từ|kể từ)(?:\s+(?:đầu|giữa|cuối|ngày|hết))*\s*$")
_TO = re.compile(r"(?:đến|tới|[-–])(?:\s+(?:hết|cuối|trước|ngày))*\s*$")
_CUE = re.compile(
    r"(?:hoàn thành|xong|thực hiện|kết thúc|triển khai|báo cáo|gửi|ban hành|phấn đấu)?\s*,?\s*"
    r"(?:(?:chậm|muộn) nhất(?:\s+(?:là|vào|trước|trong|đến))*|trước(?:\s+hết)?|cuối|đến(?:\s+(?:hết|cuối|trước))?|tính đến hết"
    r"|trong(?:\s+các)?"
    r"|xong trong|vào(?:\s+cuối)?|hết|từ(?:\s+(?:nay|đầu))?(?:\s+đến(?:\s+(?:hết|cuối))?)?|hoàn thành(?:\s+xong)?"
    r"|thời gian(?:\s+(?:thực hiện|hoàn thành))?)"
    r"\s+(?=ngày\s|tháng\s|quý\s|năm\s|\d{1,2}[/-]\d|\d{1,2}\.\d{1,2}\.20|6\s+tháng|06\s+tháng|giai đoạn\s|20\d\d)"
)
_CITED = re.compile(
    r"(?:số|nghị quyết|quyết định|kế hoạch|công văn|chỉ thị|thông tư|nghị định|luật|văn bản)\s+\d[^;.]{0,60}$"
)


_SCHOOL = re.compile(r"(?:học kỳ\s+\w+,?\s+(?:của\s+)?)?năm học(?:\s+20\d\d\s*[-–]\s*20\d\d)?\s*$")
_ENDS = re.compile(r"(?:hết|cuối|đến|trước|xong|kết thúc)\s+$")
_WINDOW = 90  # letters looked at behind or before a cue


@dataclass(frozen=True, slots=True)
class Time:
    """One printed time: its first and last day, and where it stands."""

    first: dt.date
    last: dt.date
    precision: Precision
    start: int
    end: int
    sure: bool = True  # the year is printed


def _month(year: int, month: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def _times(text: str, year: int | None) -> Iterator[Time]:
    """All times in a lower-case text, in order. What is no day of the calendar is passed over."""
    for found in _TIME.finditer(text):
        try:
            time = _time(found, year)
        except ValueError:
            continue
        if time is not None:
            yield time


def _time(found: re.Match[str], year: int | None) -> Time | None:
    part = found.groupdict()
    start, end = found.span()
    if part["d"]:
        day = dt.date(int(part["dy"]), int(part["dm"]), int(part["d"]))
        return Time(day, day, "day", start, end)
    if part["d2"]:
        if year is None:
            return None
        day = dt.date(year, int(part["dm2"]), int(part["d2"]))
        return Time(day, day, "day", start, end, sure=False)
    if part["half"]:
        of = int(part["hy"]) if part["hy"] else year
        if of is None:
            return None
        early = part["which"] == "đầu"
        first, last = dt.date(of, 1 if early else 7, 1), dt.date(of, 6 if early else 12, 30 if early else 31)
        return Time(first, last, "month", start, end, sure=bool(part["hy"]))
    if part["q"]:
        of = int(part["qy"]) if part["qy"] else year
        if of is None:
            return None
        last_quarter, first_quarter = _QUARTER[part["q"]], _QUARTER[part["q1"] or part["q"]]
        return Time(
            _month(of, 3 * first_quarter - 2)[0],
            _month(of, 3 * last_quarter)[1],
            "quarter",
            start,
            end,
            sure=bool(part["qy"]),
        )
    if part["m"] or part["bm"]:
        printed = part["y"] or part["by"]
        of = int(printed) if printed else year
        if of is None:
            return None
        last_month = int(part["m"] or part["bm"])
        first_month = int(part["m1"] or last_month)
        return Time(_month(of, first_month)[0], _month(of, last_month)[1], "month", start, end, sure=bool(printed))
    if part["s1"]:
        return Time(dt.date(int(part["s1"]), 9, 1), dt.date(int(part["s2"]), 5, 31), "month", start, end)
    first_year = int(part["y1"] or part["yy"] or part["only"])
    last_year = int(part["y2"] or first_year)
    if last_year < first_year:
        return None
    return Time(dt.date(first_year, 1, 1), dt.date(last_year, 12, 31), "year", start, end)


def read_deadline(text: str, *, year: int | None = None) -> Deadline:
    """A text that is a time. Without a time in it, only the text is kept. `year` is for days without one."""
    shown = " ".join(text.split()).strip(" .;")
    plain = text.lower()
    recurring, relative = bool(_RECURRING.search(plain)), bool(_RELATIVE.search(plain))
    times = [time for time in _times(plain, year) if time.sure or not recurring]
    kept = Deadline(recurring=recurring, relative=relative, text=shown)
    school = _SCHOOL.search(plain)
    if school and not _ENDS.search(plain[: school.start()]):
        return kept  # "Học kỳ I năm học 2025 - 2026" has no last day of the calendar
    if not times or (relative and not any(_strong(plain, time) for time in times)):
        return kept
    begins = [time for number, time in enumerate(times) if _is_begin(plain, time, times[number + 1 : number + 2])]
    ends = [time for time in times if time not in begins]
    if not ends:
        return replace(kept, start=begins[0].first)
    last = max(ends, key=lambda time: time.last)
    first = begins[0].first if begins else (min(time.first for time in ends) if len(ends) > 1 else None)
    if first is None and last.precision in ("quarter", "month", "year") and last.first < _first_of(last):
        first = last.first
    return replace(
        kept,
        due=last.last,
        precision=last.precision,
        before=bool(_BEFORE.search(plain[: last.start]) or re.match(r"trước", plain[last.start :])),
        start=first,
    )


def _first_of(time: Time) -> dt.date:
    """The first day of the last unit of a time: of "quý III-IV/2025" that of quarter IV."""
    match time.precision:
        case "year":
            return dt.date(time.last.year, 1, 1)
        case "quarter":
            return dt.date(time.last.year, time.last.month - 2, 1)
        case _:
            return time.last.replace(day=1)


def _strong(text: str, time: Time) -> bool:
    """A day set by itself beside "according to guidance": "theo hướng dẫn, trước ngày 30/9/2025"."""
    return time.sure and bool(re.search(r"(?:trước|chậm nhất|hoàn thành|xong)[^,;]{0,25}$", text[: time.start]))


def _is_begin(text: str, time: Time, following: list[Time]) -> bool:
    if (time.last - time.first).days > 31 and time.precision == "month":
        return False  # "từ tháng 9 đến tháng 12/2025" holds both ends
    if not _FROM.search(text[: time.start]):
        # "15/7/2025 - 25/10/2025" has no "từ"
        return bool(following) and bool(re.fullmatch(r"\s*[-–]\s*", text[time.end : following[0].start]))
    return True


def deadline_in(text: str, *, year: int | None = None) -> tuple[Deadline, int, int] | None:
    """The clause of a sentence that says by when, with its place. None when nothing does."""
    plain = text.lower()
    best: tuple[Deadline, int, int] | None = None
    for cue in _CUE.finditer(plain):
        if best is not None and cue.start() < best[2]:
            continue
        times = [time for time in _times(plain[cue.end() : cue.end() + _WINDOW], year) if time.start <= 1]
        quoted = plain.count("“", 0, cue.start()) > plain.count("”", 0, cue.start())  # the name of a scheme
        if not times or quoted or _CITED.search(plain[max(0, cue.start() - _WINDOW) : cue.start()]):
            continue
        end = cue.end() + times[0].end
        following = re.match(
            r"\s*(?:,?\s*(?:đến|tới|và|[-–])(?:\s+(?:hết|cuối|trước|ngày))*\s+)(?=ngày|tháng|quý|năm|\d)", plain[end:]
        )
        if following:
            begin = end + following.end()
            more = [time for time in _times(plain[begin : begin + _WINDOW], year) if time.start <= 1]
            if more:
                end = end + following.end() + more[0].end
        if re.match(r"\s*của\s", plain[end:]) and times[0].precision == "day":
            continue  # "ngày 24/6/2025 của UBND tỉnh": a cited document
        start = cue.start() + len(cue[0]) - len(cue[0].lstrip(" ,"))
        found = read_deadline(text[start:end], year=year)
        if found.due is not None or found.start is not None:
            better = best is None or (best[0].due is None and found.due is not None)
            if better:
                best = found, start, end
    return best or _year_in(text, plain)


_YEAR_CLAUSE = re.compile(
    r"(?:^|[;,.(:]\s*)(?:riêng\s+|trong\s+)?(?P<year>năm\s+20\d\d)(?=\s*(?:[,:]|đạt|phấn đấu|có\s|tối thiểu|ít nhất|trên|là\s|\d))"
)


def _year_in(text: str, plain: str) -> tuple[Deadline, int, int] | None:
    """A clause that begins with its year: "Năm 2025, 80% …", "riêng năm 2025 đạt …"."""
    found = _YEAR_CLAUSE.search(plain)
    if not found or plain.count("“", 0, found.start()) > plain.count("”", 0, found.start()):
        return None
    start, end = found.span("year")
    return read_deadline(text[start:end]), start, end


def recurring_in(text: str) -> tuple[Deadline, int, int] | None:
    """A last clause that says only that the work goes on: "…; thực hiện thường xuyên." """
    found = re.search(
        r"(?:^|[,;(.]\s*)(?P<when>(?:thời gian|thực hiện|triển khai|tổ chức|nhiệm vụ|duy trì|:|\s)*"
        r"(?:thường xuyên|liên tục|(?:hằng|hàng) (?:năm|tháng|quý|tuần|ngày))(?:[^.;()]{0,30})?)[.;)\s]*$",
        text,
        re.IGNORECASE,
    )
    return (read_deadline(found["when"]), found.start("when"), found.end("when")) if found else None


# "Năm 2025 (đến ngày 15/12/2025)": the day in brackets is the last.
_CLOSER = re.compile(r"\((?:[^()]*\s)?(?:đến|trước|xong|chậm nhất|muộn nhất|hạn)\s[^()]*\)", re.IGNORECASE)


def horizon_in(text: str) -> tuple[str, Deadline | None]:
    """What a heading or label sets for all below it: "1. Đến hết năm 2025" → ("2025", its last day); "100 ngày" → ("100 ngày", None)."""
    plain = text.lower()
    days = re.search(r"(\d+)\s+ngày(?:\s+đêm)?(?!\s*(?:/|tháng|\d))", plain)
    times = [time for time in _times(plain, None) if time.sure]
    if days and not times:
        return f"{int(days[1])} ngày", None
    term = re.search(r"(?:đến\s+)?(?:hết|cuối|trong)?\s*học kỳ\s+(?:i{1,3}|[12])\b", plain)
    if term and not times:
        return " ".join(term[0].split()), Deadline(
            relative=True, text=" ".join(text[term.start() : term.end()].split())
        )
    if not times:
        return "", None
    deadline = read_deadline(text)
    if deadline.due is None:
        return "", None
    closer = _CLOSER.search(text)
    last = read_deadline(closer[0].strip("()")) if closer else None
    if last is not None and last.due is not None and last.precision == "day":
        name = str(deadline.due.year) if deadline.precision == "year" else last.text
        return name, replace(last, text=" ".join(text.split()))
    return (str(deadline.due.year) if deadline.precision == "year" else deadline.text), deadline
