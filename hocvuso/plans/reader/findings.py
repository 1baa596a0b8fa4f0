"""What does not agree: inside the document, with its annex, with another document; what cannot be right; what was promised and is missing.

Both readings are always given with their places. Nothing is chosen here.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence

from hocvuso.lib.text import fold, vn_number
from hocvuso.plans.reader.indicators import Found
from hocvuso.plans.reader.links import same_promise
from hocvuso.plans.reader.metadata import SYMBOL
from hocvuso.plans.reader.model import Block, Document, Finding, Indicator, Metadata, Reading, Span, Task
from hocvuso.plans.reader.themes import likeness

_PROMISED = re.compile(
    r"\((?:[^()]*?)(?P<what>(?:phụ lục|phụ biểu|danh mục|biểu)(?:\s+(?:số\s+)?(?P<number>[IVX]+"
    r"|\d{1,2}))?)[^()]*?(?:kèm theo|đính kèm|gửi kèm)[^()]*\)"
    r"|(?:theo|tại|có)\s+(?P<what2>phụ lục(?:\s+(?:số\s+)?(?P<number2>[IVX]+|\d{1,2}))?)\s+(?:kèm theo|đính kèm|ban hành kèm)",
    re.IGNORECASE,
)
_CITED_DATE = re.compile(
    rf"(?P<symbol>(?:{SYMBOL}))\s*,?\s*ngày\s+(?P<d>\d{{1,2}})\s*(?:/|tháng)\s*(?P<m>\d{{1,2}})\s*(?:/|năm)\s*(?P<y>20\d\d)"
)


def vn_day(day: dt.date | None) -> str:
    return f"{day.day}/{day.month}/{day.year}" if day else "không nêu"


def shown(indicator: Indicator) -> str:
    sign = {"=": "", ">": "trên ", ">=": "ít nhất ", "<": "dưới ", "<=": "tối đa "}[indicator.comparator]
    unit = "%" if indicator.unit == "%" else f" {indicator.unit}"
    return f"{sign}{vn_number(indicator.target, 0 if float(indicator.target).is_integer() else 1)}{unit}"


def where(indicator: Indicator | Task) -> str:
    return f"Mục {indicator.clause}" if indicator.clause else "Văn bản"


def find_findings(
    document: Document, metadata: Metadata, kept: Sequence[Found], duplicates: Sequence[Found], tasks: Sequence[Task]
) -> list[Finding]:
    return [
        *_repeated_otherwise(kept, duplicates),
        *_other_values(kept),
        *_arithmetic(kept),
        *_cited_dates(document, metadata),
        *_deadlines(kept, tasks, metadata),
        *_missing_annexes(document),
    ]


# --- one statement twice, with something else ---------------------------------------------------------------------------------------


def _repeated_otherwise(kept: Sequence[Found], duplicates: Sequence[Found]) -> Iterator[Finding]:
    """A repetition that sets another day, or lays it upon others."""
    told: set[tuple[int, str, str]] = set()
    for repeated in duplicates:
        at = repeated.indicator.duplicate_of
        if at is None:
            continue
        original, again = kept[at].indicator, repeated.indicator
        ours, theirs = original.deadline.due, again.deadline.due
        if ours and theirs and ours != theirs and kept[at].own_time and repeated.own_time:
            key = (at, str(ours), str(theirs))
            if key not in told and not _is_within(ours, theirs, original, again):
                told.add(key)
                yield _two(
                    f"Hai thời hạn khác nhau cho cùng một chỉ tiêu: {_short(original.text)}",
                    original,
                    again,
                    at,
                    _due_says,
                )
        yield from _other_leads(original, again, at, told)


def _is_within(ours: dt.date, theirs: dt.date, one: Indicator, other: Indicator) -> bool:
    """A borrowed year beside a day of that year says nothing else."""
    precise = {one.deadline.precision, other.deadline.precision}
    return "year" in precise and precise != {"year"} and ours.year == theirs.year


def _other_leads(original: Indicator, again: Indicator, at: int, told: set[tuple[int, str, str]]) -> Iterator[Finding]:
    if not original.leads or not again.leads or _same_names(original.leads, again.leads):
        return
    key = (at, "; ".join(original.leads), "; ".join(again.leads))
    if key in told:
        return
    told.add(key)
    yield _two(f"Hai nơi ghi cơ quan chủ trì khác nhau: {_short(original.text)}", original, again, at, _lead_says)


def _same_names(one: Sequence[str], other: Sequence[str]) -> bool:
    first, second = {_plain_name(name) for name in one}, {_plain_name(name) for name in other}
    return first == second


def _plain_name(name: str) -> str:
    plain = " ".join(re.findall(r"\w+", fold(name))).replace("uy ban nhan dan", "ubnd")
    return re.sub(r"\s(?:tren dia ban|lien quan|co lien quan).*$", "", plain)


def _other_values(kept: Sequence[Found]) -> Iterator[Finding]:
    """The same promise for the same time with another number: both cannot hold."""
    for at, first in enumerate(kept):
        for later, second in enumerate(kept[at + 1 :], at + 1):
            one, other = first.indicator, second.indicator
            if one.target == other.target or one.unit != other.unit or not same_promise(first, second):
                continue
            if likeness(one.text, other.text) < 0.8 or not _same_time(first, second):
                continue
            title = f"Cùng một chỉ tiêu, hai mức khác nhau: {_short(one.text)}"
            readings = tuple(
                Reading(where(thing), f"{shown(thing)}: {_short(thing.text)}", span=thing.span)
                for thing in (one, other)
            )
            yield Finding("duplicate_value", title, readings, 0.75, (at, later))


def _same_time(first: Found, second: Found) -> bool:
    one, other = first.indicator.deadline.due, second.indicator.deadline.due
    if first.explicit and second.explicit:
        return first.explicit == second.explicit and (one == other or not (one and other))
    return one == other


def _two(title: str, one: Indicator, other: Indicator, at: int, says: Callable[[Indicator], str]) -> Finding:
    readings = (Reading(where(one), says(one), span=one.span), Reading(where(other), says(other), span=other.span))
    return Finding("contradiction", title, readings, 0.85, (at,))


def _due_says(indicator: Indicator) -> str:
    return f"Thời hạn {vn_day(indicator.deadline.due)} (“{indicator.deadline.text}”)"


def _lead_says(indicator: Indicator) -> str:
    return f"Chủ trì: {'; '.join(indicator.leads)}"


def _short(text: str) -> str:
    return text if len(text) <= 110 else text[:107].rsplit(" ", 1)[0] + " …"


# --- numbers and dates --------------------------------------------------------------------------------------------------------------


def _arithmetic(kept: Sequence[Found]) -> Iterator[Finding]:
    """A share beside a count and its base: "trên 60 %" but 600.000 of 1.091.556 is 55 %."""
    for at, found in enumerate(kept):
        indicator = found.indicator
        if (
            found.alternative is None
            or found.alternative[1] is None
            or indicator.unit != "%"
            or not found.alternative[1]
        ):
            continue
        count, base = found.alternative[0], found.alternative[1]
        share = 100 * count / base
        if abs(share - indicator.target) <= 0.5:
            continue
        needed = indicator.target * base / 100
        yield Finding(
            "arithmetic",
            f"Tỷ lệ không khớp với số lượng: {_short(indicator.text)}",
            (
                Reading(
                    where(indicator),
                    f"{shown(indicator)} của {vn_number(base)} là {vn_number(needed)}",
                    span=indicator.span,
                ),
                Reading(
                    where(indicator),
                    f"{vn_number(count)}/{vn_number(base)} bằng {_percent(share)}",
                    span=indicator.span,
                ),
            ),
            0.95,
            (at,),
        )


def _percent(share: float) -> str:
    return re.sub(r",0+$", "", vn_number(share, 2)) + "%"


def _cited_dates(document: Document, metadata: Metadata) -> Iterator[Finding]:
    """A document that is cited with two dates, or with a date after the plan itself."""
    seen: dict[str, list[tuple[dt.date, Block, Span]]] = {}
    for block, cell, text in _texts(document):
        for found in _CITED_DATE.finditer(text):
            try:
                day = dt.date(int(found["y"]), int(found["m"]), int(found["d"]))
            except ValueError:
                continue
            span = Span(block.number, found.start(), found.end(), cell, block.page, block.line)
            seen.setdefault(re.sub(r"\s+", "", found["symbol"]), []).append((day, block, span))
    latest = metadata.date or _month_end(metadata.date_partial)
    for symbol, places in seen.items():
        named = f"Văn bản số {symbol}"
        days = {day for day, _, _ in places}
        if len(days) > 1:
            first = {day: span for day, _, span in reversed(places)}
            ordered = sorted(days, key=lambda day: first[day].block)
            readings = tuple(Reading(named, f"ngày {vn_day(day)}", span=first[day]) for day in ordered)
            yield Finding("date", f"{named} được ghi với hai ngày khác nhau", readings, 0.9)
        elif latest is not None and places[0][0] > latest:
            day, _, span = places[0]
            both = (Reading(named, f"ngày {vn_day(day)}", span=span), Reading("Kế hoạch", f"ban hành {vn_day(latest)}"))
            yield Finding("date", f"{named} có ngày sau ngày của kế hoạch", both, 0.85)


def _month_end(partial: str) -> dt.date | None:
    parts = [int(part) for part in partial.split("-")] if partial else []
    if len(parts) == 2:
        return (dt.date(parts[0] + parts[1] // 12, parts[1] % 12 + 1, 1)) - dt.timedelta(days=1)
    return dt.date(parts[0], 12, 31) if parts else None


def _texts(document: Document) -> Iterator[tuple[Block, int | None, str]]:
    for block in document.blocks:
        if block.is_table:
            yield from ((block, at, cell.text) for at, cell in enumerate(block.cells))
        else:
            yield block, None, block.text


def _deadlines(kept: Sequence[Found], tasks: Sequence[Task], metadata: Metadata) -> Iterator[Finding]:
    """A deadline before its own start, before the plan, or after the days the plan itself sets."""
    things: list[tuple[Indicator | Task, tuple[int, ...], tuple[int, ...]]] = [
        *((found.indicator, (at,), ()) for at, found in enumerate(kept)),
        *((task, (), (at,)) for at, task in enumerate(tasks)),
    ]
    printed = metadata.date or (_month_end(metadata.date_partial) if len(metadata.date_partial) > 4 else None)
    outside: dict[tuple[dt.date, str], tuple[Reading, tuple[int, ...], tuple[int, ...]]] = {}
    for thing, indicators, own_tasks in things:
        deadline = thing.deadline
        if deadline.due is None:
            continue
        says = Reading(
            where(thing), f"Thời hạn {vn_day(deadline.due)} (“{deadline.text}”): {_short(thing.text)}", span=thing.span
        )
        if deadline.start and deadline.due < deadline.start:
            begins = Reading(where(thing), f"Bắt đầu {vn_day(deadline.start)}", span=thing.span)
            yield Finding(
                "date", f"Hạn trước ngày bắt đầu: {_short(thing.text)}", (begins, says), 0.95, indicators, own_tasks
            )
        elif printed and deadline.due < printed.replace(day=1):
            issued = Reading("Kế hoạch", f"ban hành {vn_day(printed)}")
            yield Finding(
                "date",
                f"Hạn trước ngày ban hành kế hoạch: {_short(thing.text)}",
                (says, issued),
                0.8,
                indicators,
                own_tasks,
            )
        elif _after_period(deadline.due, deadline.precision, metadata) and not _closes_up(thing):
            _, more, more_tasks = outside.get((deadline.due, deadline.text), (says, (), ()))
            outside[deadline.due, deadline.text] = (
                outside.get((deadline.due, deadline.text), (says, (), ()))[0],
                more + indicators,
                more_tasks + own_tasks,
            )
    for (due, _), (says, own, theirs) in outside.items():
        ends = Reading("Kế hoạch", f"từ {vn_day(metadata.period_start)} đến {vn_day(metadata.period_end)}")
        yield Finding("date", f"Thời hạn {vn_day(due)} sau khi kế hoạch kết thúc", (says, ends), 0.7, own, theirs)


def _closes_up(thing: Indicator | Task) -> bool:
    """What is done when the days are over: the plan is wound up after its last."""
    return isinstance(thing, Task) and bool(
        re.search(r"tổng kết|báo cáo|khen thưởng|biểu dương|đánh giá", thing.text.lower())
    )


def _after_period(due: dt.date, precision: str, metadata: Metadata) -> bool:
    """Only a period that the plan prints day by day can be overrun; a year goal beside a campaign is no mistake."""
    start, end = metadata.period_start, metadata.period_end
    if end is not None and start == dt.date(end.year - 1, 9, 1) and (end.month, end.day) == (5, 31):
        return False  # a school year, whose days are not printed
    if start is None or end is None or (start.day, start.month) == (1, 1):
        return bool(end and due > end and precision != "year")
    return due > end and precision != "year"


# --- annexes --------------------------------------------------------------------------------------------------------------------------


def _missing_annexes(document: Document) -> Iterator[Finding]:
    titles = [
        block.text
        for block in document.blocks
        if not block.is_table and re.match(r"(?:phụ lục|phụ biểu|danh mục|biểu)\b", block.text, re.IGNORECASE)
    ]
    told: set[str] = set()
    for block, cell, text in _texts(document):
        for found in _PROMISED.finditer(text):
            what = found["what"] or found["what2"]
            number = found["number"] or found["number2"] or ""
            if re.match(r"\(\s*kèm theo", found[0], re.IGNORECASE) or what.lower() in told:
                continue  # an annex's own note: "(Kèm theo Kế hoạch số …)"
            told.add(what.lower())
            if _is_there(number, titles):
                continue
            span = Span(block.number, found.start(), found.end(), cell, block.page, block.line)
            yield Finding(
                "missing_annex", f"Văn bản hẹn {what[:1].lower()}{what[1:]} kèm theo nhưng không có",
                (Reading("Văn bản", found[0].strip("() "), span=span),), 0.8,
            )  # fmt: skip


def _is_there(number: str, titles: Sequence[str]) -> bool:
    if not number:
        return bool(titles)
    wanted = {number.upper(), _arabic(number)}
    for title in titles:
        named = re.match(r"\S+\s+\S+\s+(?:số\s+)?(?P<n>[IVX]+|\d{1,2})\b", title, re.IGNORECASE)
        if named and ({named["n"].upper(), _arabic(named["n"])} & wanted):
            return True
    return False


def _arabic(number: str) -> str:
    values = {"I": 1, "V": 5, "X": 10}
    if not re.fullmatch(r"[IVXivx]+", number):
        return str(int(number))
    digits = [values[char] for char in number.upper()]
    return str(sum(-d if n + 1 < len(digits) and digits[n + 1] > d else d for n, d in enumerate(digits)))


# --- beside another document --------------------------------------------------------------------------------------------------------


def compare(kept: Sequence[Found], others: Sequence[Found], *, other_name: str) -> list[Finding]:
    """The same promise (same horizon, group, words) in two documents: another value, day or lead."""
    found: list[Finding] = []
    used: set[int] = set()
    for at, own in enumerate(kept):
        best = max(
            ((_match(own, other), number) for number, other in enumerate(others) if number not in used),
            default=(0.0, -1),
        )
        if best[0] < 0.75:
            continue
        used.add(best[1])
        other = others[best[1]]
        found += _differences(own.indicator, other.indicator, at, other_name)
    return found


def _match(own: Found, other: Found) -> float:
    """How surely two statements of two documents are the same promise. Different horizons or levels never are."""
    one, two = own.indicator, other.indicator
    if not same_promise(own, other):
        return 0.0
    if own.explicit and other.explicit and own.explicit != other.explicit:
        return 0.0
    if (
        not (own.explicit and other.explicit)
        and one.deadline.due
        and two.deadline.due
        and one.deadline.due.year != two.deadline.due.year
    ):
        return 0.0
    return (
        likeness(one.text, two.text)
        + (0.2 if one.target == two.target else 0.0)
        + (0.1 if one.level == two.level else -0.2)
    )


def _differences(one: Indicator, two: Indicator, at: int, name: str) -> Iterator[Finding]:
    def pair(title: str, ours: str, theirs: str) -> Finding:
        readings = (Reading(where(one), ours, span=one.span), Reading(where(two), theirs, document=name, span=two.span))
        return Finding("contradiction", f"{title}: {_short(one.text)}", readings, 0.85, (at,))

    if one.target != two.target or one.comparator != two.comparator:
        yield pair("Hai văn bản ghi mức khác nhau", shown(one), shown(two))
    ours, theirs = one.deadline.due, two.deadline.due
    if ours and theirs and ours != theirs and not _is_within(ours, theirs, one, two):
        yield pair("Hai văn bản ghi thời hạn khác nhau", _due_says(one), _due_says(two))
    if one.leads and two.leads and not _same_names(one.leads, two.leads):
        yield pair("Hai văn bản ghi cơ quan chủ trì khác nhau", _lead_says(one), _lead_says(two))
