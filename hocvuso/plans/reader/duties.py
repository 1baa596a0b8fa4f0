"""Reporting duties: who reports to whom, how often. One sentence may hold several frequencies, and several receivers.

Not every "báo cáo" is one: "báo cáo viên", a product of a task, "tham mưu báo cáo … bố trí kinh phí", and the second step of a chain
("gửi Sở A để tổng hợp, báo cáo UBND tỉnh") belong to others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hocvuso.plans.reader.agencies import split_agencies, starts_agency
from hocvuso.plans.reader.assignments import addressee, agency_of, is_under_agency
from hocvuso.plans.reader.deadlines import read_deadline
from hocvuso.plans.reader.grid import grid_of
from hocvuso.plans.reader.model import Duty, Frequency, Mark, Span
from hocvuso.plans.reader.outline import Item, Outline
from hocvuso.plans.reader.statements import sentences

_REPORT = re.compile(
    r"(?<!thông tin )(?<!hệ thống )(?<!mẫu )(?<!chế độ )(?<!biểu )(?<!theo )"
    r"(?:gửi\s+báo cáo|báo cáo|gửi|(?:phản ánh|kiến nghị|đề xuất|thông tin)(?=\s+(?:kịp thời\s+)?(?:về|với|tới|đến|lên)\s)"
    r"|(?<=[;,]\s)(?:sơ kết|tổng kết)(?=\s+(?:xong\s+)?(?:trước|chậm nhất|muộn nhất|vào|trong)\s))"
    r"(?! viên)(?!\s*\.\s*\w)",
    re.IGNORECASE,
)
_WEEKDAYS = {"hai": 1, "ba": 2, "tư": 3, "năm": 4, "sáu": 5, "bảy": 6}
_TIME_WORDS: tuple[tuple[Frequency, str], ...] = (
    ("weekly", r"(?:hằng|hàng|mỗi|theo|báo cáo|định kỳ)\s+tuần|tuần\s*/\s*lần|một tuần một lần"),
    ("biannual", r"\b0?6\s+tháng|sáu tháng|nửa năm|báo cáo sơ kết|sơ kết 0?6|báo cáo (?:kết quả |sơ kết )?học kỳ"),
    ("quarterly", r"(?:hằng|hàng|mỗi|theo|từng|báo cáo|định kỳ)\s+quý|\b0?3\s+tháng|ba tháng|tháng cuối (?:của\s+)?quý|quý\s*/\s*lần"),
    ("monthly", r"(?:hằng|hàng|mỗi|theo|từng|báo cáo|định kỳ)\s+tháng|\b0?1\s+tháng\s*/?\s*(?:một\s+|1\s+)?lần|tháng\s*/\s*lần"),
    ("yearly", (r"(?:hằng|hàng|mỗi|theo|báo cáo|định kỳ)\s+năm|\b0?1\s+năm|một năm|cuối năm|báo cáo (?:kết quả )?năm"
               r"|kết quả năm(?=\s+(?:trước|về|gửi)|[,;.]|$)")),
    ("final", (r"tổng kết|kết thúc (?:kế hoạch|chiến dịch|đợt|phong trào|chương trình|thời gian|cao điểm|năm học)"
              r"|báo cáo cuối cùng|khi kết thúc")),
    ("adhoc", (r"đột xuất|khi (?:có|được) yêu cầu|theo yêu cầu|khi phát sinh|khi cần thiết"
              r"|(?:hằng|hàng|mỗi) ngày|khi có [^,;.]{3,70}? thì|báo cáo ngay")),
    )  # fmt: skip
_TIMES = tuple((frequency, re.compile(pattern)) for frequency, pattern in _TIME_WORDS)
# In a list the word before is said once: "hằng tháng, quý, năm".
_BARE = re.compile(
    r"(?:,|/|và|hoặc|;)\s*(?P<word>tuần|tháng|quý|năm)(?=\s*(?:,|/|và|hoặc|\)|;|\.|$|\s(?:báo|gửi|tổng|trước|theo|về|với|cho|lên|\())|\s*$)"
)
_BARE_FREQUENCY: dict[str, Frequency] = {"tuần": "weekly", "tháng": "monthly", "quý": "quarterly", "năm": "yearly"}
_TROUBLE = re.compile(r"(?:khó khăn|vướng mắc|phát sinh|vấn đề)")
_PERIODIC = re.compile(
    r"báo cáo\s+(?:định kỳ|đột xuất|hằng|hàng|tháng|quý|tuần|năm)|(?:định kỳ|hằng|hàng).{0,40}báo cáo"
)
# "báo cáo UBND tỉnh xem xét, quyết định" asks for a decision; it is no duty to report.
_DECIDES = re.compile(r"[\s,]*(?:xem xét|quyết định|phê duyệt|cho ý kiến|cho chủ trương|thông qua|bố trí)")
_OBJECT = re.compile(r"\b(?:kết quả|tình hình|tiến độ|việc|số liệu|công tác|tổng kết|sơ kết)\b")
_TO = re.compile(r"(?:\s*,?\s*(?:gửi|về|cho|với|tới|lên|đến|trình|tham mưu)\s+)+(?:về\s+|cho\s+|đến\s+)?|\s+")
_STOP = re.compile(
    r"\s(?:để|trước|theo|vào|chậm nhất|muộn nhất|định kỳ|tiến độ|kết quả|những|tình hình|xem xét|quyết định|tổng hợp"
    r"|tổng kết|trong|hằng|hàng|bằng|thông qua|đúng"
    r"|giải quyết|chỉ đạo|bố trí|việc|kịp thời|khi|phê duyệt|ban hành|điều chỉnh|cho ý kiến|theo dõi|nhằm|đồng thời"
    r"|từ|qua|nếu|cuối|đầu|sau|mỗi|0?[136]\s+(?:tháng|năm))(?=[\s,.;]|$)"
)


_SUBJECT_END = re.compile(
    r",?\s(?:báo cáo|gửi|tham mưu|căn cứ|xây dựng|chỉ đạo|theo dõi|là đầu mối|chủ trì|phối hợp)\b"
)


@dataclass(frozen=True, slots=True)
class _Event:
    """One "báo cáo" of a sentence with its receiver."""

    start: int
    receiver: str
    receiver_start: int
    end: int


def read_duties(outline: Outline, *, year: int | None) -> tuple[Duty, ...]:
    found: list[Duty] = []
    for item in outline.items:
        if item.block.is_table:
            found += _of_table(item)
        elif item.section in ("organisation", "reports", "other") or _closes(item):
            found += _of_item(item, outline, year)
    unique: list[Duty] = []
    for duty in found:
        if not any((duty.frequency, duty.to, duty.who) == (other.frequency, other.to, other.who) for other in unique):
            unique.append(duty)
    return tuple(unique)


def _closes(item: Item) -> bool:
    """The last paragraph: "Trong quá trình thực hiện, nếu có vướng mắc …"."""
    return item.section not in ("recipients", "annex", "opening", "purpose", "indicators") and bool(
        re.match(r"(?:Trên đây|Trong quá trình|Quá trình|Yêu cầu|Đề nghị)", item.text)
    )


def _of_item(item: Item, outline: Outline, year: int | None) -> Iterator[Duty]:
    addressed = item.marker is not None or is_under_agency(item, outline) or addressee(item.text)
    who, _ = agency_of(item, outline) if addressed else ((), 0)
    receiver = ""
    for start, end in sentences(item.text):
        text = item.text[start:end]
        for event, frequency, rule in _duties(text, item, receiver or _only_receiver(text)):
            event = event if event.receiver or frequency != "adhoc" else _asking(text, event)  # noqa: PLW2901
            receiver = event.receiver or receiver or _only_receiver(text)
            subject = _subject(text[: event.start]) or "; ".join(who)
            span = Span(item.block.number, item.start + start, item.start + end, None, item.block.page, item.block.line)
            due = read_deadline(rule, year=year).due if rule and frequency in ("final", "adhoc") else None
            weekday = re.search(r"thứ\s+(hai|ba|tư|năm|sáu|bảy)", rule.lower())
            channel = re.search(r"https?://[^\s)]+", item.text)
            confidence = 0.9 if event.receiver and frequency != "adhoc" else 0.75 if event.receiver else 0.5
            yield Duty(
                frequency, event.receiver or receiver, subject, span, confidence, item.clause, rule, due,
                _WEEKDAYS[weekday[1]] if weekday and frequency == "weekly" else None,
                channel[0].rstrip(".") if channel and frequency == "weekly" else "",
                marks=(Mark("to", confidence, _receiver_span(item, start, event)), Mark("frequency", confidence)),
            )  # fmt: skip


def _only_receiver(text: str) -> str:
    """Said once, behind the last of several: "báo cáo học kỳ I …, báo cáo tổng kết … về Sở A"."""
    named = [event.receiver for event in _events(text) if event.receiver]
    return named[0] if len(named) == 1 else ""


def _receiver_span(item: Item, start: int, event: _Event) -> Span | None:
    if not event.receiver:
        return None
    at = item.start + start + event.receiver_start
    return Span(item.block.number, at, item.start + start + event.end, None, item.block.page, item.block.line)


def _duties(text: str, item: Item, known: str) -> Iterator[tuple[_Event, Frequency, str]]:
    plain = text.lower()
    events = list(_events(text))
    floor = 0
    served = bool(known)
    for number, event in enumerate(events):
        following = events[number + 1].start if number + 1 < len(events) else len(text)
        begin = floor + plain[floor : event.start].rfind(";") + 1
        before, inside = plain[begin : event.start], plain[event.start : event.end]
        after = plain[event.end : following].partition(";")[0]
        if _DECIDES.match(plain[event.end :]) and not _TROUBLE.search(before):
            floor = event.end
            continue
        other = begin > floor and starts_agency(text[begin:])  # "…; Phòng B tổng hợp, báo cáo …" is its own duty
        if _is_chain(before, inside, served=floor > 0 and not other):
            floor = event.end
            continue
        spoken = inside + after  # "báo cáo năm trước ngày 05/12" is one word for how often
        times = _times(before) or _times(inside) or _times(spoken)
        where = before if _times(before) else inside if _times(inside) else spoken
        if _times(before) and _times(inside):
            times = {**_times(before), **_times(inside)}
            where = before + inside
        if not times and not event.receiver:
            continue
        spoken_of = served or item.section == "reports" or floor > 0 or _PERIODIC.search(plain)
        if not event.receiver and not spoken_of:
            continue  # a frequency without a receiver is a duty only where reports are spoken of
        rule = _rule(text, floor, following, event)
        if times:
            # what a single sentence says of the end goes with its date
            for frequency, words in times.items():
                yield event, frequency, _rule_of(frequency, words, where, rule, len(times))
        elif _TROUBLE.search(before) and (
            re.search(r"\b(?:nếu|khi|có)\b", before) or re.match(r"báo cáo\s+(?:ngay|kịp thời)", plain[event.start :])
        ):
            yield event, "adhoc", "khi có khó khăn, vướng mắc"
        elif re.match(r"(?:gửi)(?!\s+báo cáo)", inside) and "báo cáo" not in before:
            continue
        elif (
            _OBJECT.search(inside)
            or re.search(r"tổng hợp", before)
            or (rule and _OBJECT.search(before))
            or read_deadline(rule).due
        ):
            due = read_deadline(rule).due
            yield event, "final" if due else "adhoc", rule or ("thường xuyên" if "thường xuyên" in before else "")
        else:
            continue
        served = True
        floor = event.end + (_said_behind(after) if where is spoken else 0)


def _said_behind(after: str) -> int:
    """How far a time behind the receiver belongs to it: "… hằng quý, báo cáo …"; in "…, hằng quý báo cáo …" it is the next one's."""
    comma = after.rstrip().rfind(",")
    return comma + 1 if comma >= 0 and _times(after[:comma]) else 0


def _is_chain(before: str, inside: str, *, served: bool) -> bool:
    """ "… gửi Sở A để tổng hợp, báo cáo UBND tỉnh": the second step is nobody's new duty."""
    return (
        served
        and bool(re.search(r"(?:tổng hợp|trình|để)\W*(?:chung\W*)?$", before))
        and not _times(before)
        and not _OBJECT.search(inside[:30])
    )


def _events(text: str) -> Iterator[_Event]:
    last = -1
    for found in _REPORT.finditer(text):
        if found.start() < last or _in_brackets(text, found.start()):
            continue
        if re.search(r"(?:tham mưu|xin ý kiến)\s*$", text[: found.start()].lower()) and not re.match(
            r"\s+(?:kết quả|tổng kết|tình hình)", text[found.end() :]
        ):
            continue
        if found[0].lower() in ("phản ánh", "kiến nghị", "đề xuất", "thông tin") and not _TROUBLE.search(
            text[: found.start()].lower()
        ):
            continue
        if found[0].lower() == "gửi" and not re.search(
            r"báo cáo|đề xuất|phản ánh|vướng mắc|kết quả", text[: found.start()].lower()
        ):
            continue
        name, start, end = _receiver(text, found.end())
        last = end
        yield _Event(found.start(), name, start, end)


def _asking(text: str, event: _Event) -> _Event:
    """ "báo cáo đột xuất khi có yêu cầu của UBND tỉnh": who asks is who gets it."""
    asked = re.search(r"yêu cầu\s+của\s+", text[event.start :])
    if not asked or not starts_agency(text[event.start + asked.end() :]):
        return event
    start = event.start + asked.end()
    name, end = _names(text, start, len(text))
    return _Event(event.start, name, start, end)


def _in_brackets(text: str, at: int) -> bool:
    return text.count("(", 0, at) > text.count(")", 0, at)


def _receiver(text: str, at: int) -> tuple[str, int, int]:
    """The first agency behind "báo cáo", directly or after "về", "với", "cho" …; with "(qua …)"."""
    limit = _REPORT.search(text, at)
    end = limit.start() if limit and limit[0].lower() != "gửi" else len(text)
    for found in re.finditer(r"(?:(?<=\s)|^)(?:(?:về|với|cho|tới|lên|đến|gửi|trình|tham mưu|qua)\s+)+", text[at:end]):
        start = at + found.end()
        if starts_agency(text[start:]):
            name, stop = _names(text, start, end)
            return name, start, stop
    direct = re.match(r"\s*(?:,\s*)?(?:(?:ngay|kịp thời|trực tiếp|nhanh)\s+)?(?:cho\s+)?", text[at:])
    start = at + (direct.end() if direct else 0)
    if starts_agency(text[start:]):
        name, stop = _names(text, start, end)
        return name, start, stop
    return "", at, at


def _names(text: str, start: int, end: int) -> tuple[str, int]:
    piece = text[start:end]
    bracket = re.search(r"\(", piece)
    stop = _STOP.search(piece)
    limits = [
        at for at in (stop.start() if stop else None, piece.find(";") if ";" in piece else None) if at is not None
    ]
    length = min(limits, default=len(piece))
    if bracket and bracket.start() < length:
        close = piece.find(")", bracket.start())
        length = (
            close + 1 if close > 0 and re.match(r"\((?:qua|thông qua)\s", piece[bracket.start() :]) else bracket.start()
        )
    kept: list[str] = []
    end = 0
    for one in split_agencies(piece[:length].rstrip(" ,;.")):
        if kept and not starts_agency(one.name):
            break
        kept.append(re.split(r",\s(?=\d|định|hằng|hàng)", one.name)[0].strip(" ,./"))
        end = one.start + len(kept[-1])
    return "; ".join(kept), start + end


def _times(text: str) -> dict[Frequency, str]:
    """Frequencies in their printed order, each with its words."""
    found: list[tuple[int, Frequency, str]] = []
    taken: list[tuple[int, int]] = []
    for frequency, pattern in _TIMES:
        for at in pattern.finditer(text):
            if any(at.start() < end and start < at.end() for start, end in taken):
                continue
            if any(known == frequency for _, known, _ in found):
                taken.append(at.span())
                continue
            found.append((at.start(), frequency, at[0]))
            taken.append(at.span())
    if found:
        for at in _BARE.finditer(text):
            frequency = _BARE_FREQUENCY[at["word"]]
            if at.start() > min(start for start, _, _ in found) and not any(
                known == frequency for _, known, _ in found
            ):
                found.append((at.start("word"), frequency, at["word"]))
    if any(known == "quarterly" for _, known, _ in found):  # "trước ngày 15 của tháng cuối quý" is no month
        found = [entry for entry in found if not (entry[1] == "monthly" and "cuối" in text[entry[0] : entry[0] + 20])]
    return {frequency: words for _, frequency, words in sorted(found)}


def _rule(text: str, floor: int, following: int, event: _Event) -> str:
    """The day by which: "trước ngày 15 của tháng cuối quý", "chậm nhất ngày 20 hằng tháng", "trước ngày 15/11/2025"."""
    begin = floor + text[floor : event.start].rfind(";") + 1
    return _rule_in(text[event.start : following]) or _rule_in(text[begin : event.start])


def _rule_in(text: str) -> str:
    found = re.search(
        r"(?:trước|chậm nhất|muộn nhất|vào)(?:\s+(?:là|vào|trước))*\s+(?:ngày\s+)?\d{1,2}[^,;.()]{0,60}?(?=\s+(?:hoặc"
        r"|để|về|gửi|cho|với|tới|và|báo cáo)|[,;.()]|$)"
        r"|thứ\s+(?:hai|ba|tư|năm|sáu|bảy)\s+(?:hằng|hàng)\s+tuần|(?:trước|chậm nhất|trong)\s+(?:tháng|quý)[^,;.()]{0,30}",
        text,
        re.IGNORECASE,
    )
    return found[0].strip() if found else ""


def _rule_of(frequency: Frequency, words: str, where: str, rule: str, count: int) -> str:
    """A day that is printed for one frequency is not another's."""
    del where
    if not rule:
        return words
    plain = rule.lower()
    fits = {"monthly": "tháng", "quarterly": "quý", "weekly": "tuần", "yearly": "năm", "biannual": "6 tháng"}.get(
        frequency, ""
    )
    if count == 1 or (fits and fits in plain) or (frequency == "final" and re.search(r"\d{1,2}/\d{1,2}", plain)):
        return rule
    return words


def _subject(before: str) -> str:
    """ "… các cơ quan, đơn vị, địa phương [chủ động] báo cáo": the names right before the verb."""
    found = re.search(
        r"(?:^|[,;.]\s*|đề nghị\s+|yêu cầu\s+|giao\s+)(?P<who>(?:các|Các|những|UBND|Ủy ban|Sở|Công an|Phòng"
        r"|Thủ trưởng|Trưởng|Ban|Văn phòng|Đoàn|Trung tâm|Tổ(?! chức)|Trường)\s[^.;:]*?)"
        r"\s*(?:,?\s*(?:chủ động|kịp thời|định kỳ|thường xuyên|có trách nhiệm|phối hợp|tổng hợp|phản ánh|đề xuất|gửi"
        r"|thực hiện|trước ngày|hằng|hàng|nghiêm túc)\b[^.;:]*)?$",
        before,
    )
    named = addressee(before)
    whole = "; ".join(named[0]) if named else ""
    who = " ".join(_SUBJECT_END.split(found["who"])[0].split()).strip(" ,") if found else ""
    if not who or who in whole:
        return whole
    return who if len(who) < 160 else ""


def _of_table(item: Item) -> Iterator[Duty]:
    """A table of reports: name, how often, to whom, by when."""
    grid = grid_of(item.block)
    if grid is None or not {"frequency", "receiver"} & {column.role for column in grid.columns}:
        return
    name, often, to = grid.column("content", "indicator"), grid.column("frequency"), grid.column("receiver")
    due, who = grid.column("due"), grid.column("lead", "implementers")
    for row in grid.rows:
        texts = [grid.text(row, at) for at in (often, name, due)]
        frequencies: dict[Frequency, str] = {}
        for text in texts:
            frequencies = frequencies or _times(f"báo cáo {text.lower()}")
        cell = row.cells[to] if to is not None else row.cells[name] if name is not None else None
        if not frequencies or cell is None:
            continue
        receiver = "; ".join(one.name for one in split_agencies(grid.text(row, to)))
        span = Span(item.block.number, 0, len(item.block.cells[cell].text), cell, item.block.page, item.block.line)
        for frequency in frequencies:
            rule = grid.text(row, due) or frequencies[frequency]
            deadline = read_deadline(rule).due if frequency == "final" else None
            yield Duty(
                frequency,
                receiver,
                grid.text(row, who),
                span,
                0.85,
                item.clause,
                rule,
                deadline,
                marks=(Mark("to", 0.9, span),),
            )
