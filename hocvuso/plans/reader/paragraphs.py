"""Lines back to paragraphs. Where a line ends says little: PDF text breaks inside words' company, and empty lines stand anywhere.

What begins a paragraph: a mark ("2.", "-"), a label, a change to or from capitals. What a document does regularly (gaps, indents, filled
lines) is used as well, but only after it was seen to be regular.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from hocvuso.plans.reader.agencies import starts_agency
from hocvuso.plans.reader.load.source import Line
from hocvuso.plans.reader.marks import (
    Marker,
    bare_number,
    is_head_line,
    is_lone_mark,
    is_phase,
    leading_label,
    marker_of,
    opens_paragraph,
)

_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:trang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?[-–—\s]*", re.IGNORECASE)
# What cannot be the end of a paragraph.
_UNFINISHED = re.compile(r"(?:[,(“]|\s(?:và|của|với|cho|các|về|trên|theo|là|để|đề án))$")
# Words that a dash joins: a line may break before it.
_COMPOUND = re.compile(
    r"(?:(?:văn hóa|văn hoá|kinh tế|chính trị|khoa học|giáo dục)\|xã hội|độc lập\|tự do|tự do\|hạnh phúc|quốc phòng\|an ninh"
    r"|kinh tế\|kỹ thuật)",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(r"(\d)\s+(?=[A-ZĐÀ-Ỹ])")


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    page: int | None
    line: int | None


@dataclass(frozen=True, slots=True)
class Habits:
    """What the layout of this document can be trusted for."""

    gaps: bool  # a gap means a new paragraph
    indents: bool
    width: float | None  # of a filled line, when lines are filled


def is_page_number(text: str) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(text))


def habits_of(lines: Sequence[Line]) -> Habits:
    pairs = [(before, after) for before, after in zip(lines, lines[1:], strict=False) if not after.whole]
    carried = [(before, after) for before, after in pairs if after.text[:1].islower()]
    broken = sum(after.gap for _, after in carried)
    gapped = sum(after.gap for _, after in pairs)
    indented = sum(line.indent for line in lines)
    lengths = [len(before.text) for before, _ in carried]
    width = None
    if len(lengths) >= 8:
        longest = statistics.quantiles(lengths, n=20)[18]
        filled = sum(length >= 0.72 * longest for length in lengths) / len(lengths)
        width = longest if filled > 0.93 else None
    return Habits(
        gaps=gapped > 0 and (broken == 0 or broken / gapped < 0.04),
        indents=bool(lines)
        and 0.03 < indented / len(lines) < 0.5
        and sum(a.indent for _, a in carried) <= 0.1 * max(1, len(carried)),
        width=width,
    )


def join_lines(lines: Sequence[Line], habits: Habits) -> list[Paragraph]:
    found: list[Paragraph] = []
    held: list[Line] = []
    text, last_number = "", 0

    def close() -> None:
        nonlocal text, held
        if text.strip():
            found.append(Paragraph(" ".join(text.split()), held[0].page, held[0].line))
        text, held = "", []

    lines = [line for line in lines if not is_page_number(line.text)]
    for at, line in enumerate(lines):
        ahead = lines[at + 1].text if at + 1 < len(lines) and not line.whole else ""
        begins = not held or line.whole or held[-1].whole or _begins(line, held, text, habits, ahead)
        if not begins and last_number and bare_number(line.text, last_number + 1):
            begins = bool(re.search(r"[.:;!?…]\s*$", text))
        if begins:
            close()
            marker = marker_of(line.text) or bare_number(line.text, last_number + 1)
            if marker and marker.sort == "number":
                last_number = int(marker.shown)
            elif marker and marker.sort in ("roman", "part", "annex"):
                last_number = 0
            text, held = line.text, [line]
        else:
            text = _glued(text, line.text)
            held.append(line)
    close()
    return found


def _glued(text: str, more: str) -> str:
    """ "KH-" and "UBND" are one symbol; all else is parted by a space."""
    if re.search(r"(?:^|\s)[\w/]*[\wĐ]-$", text.rstrip()) and re.match(r"[A-ZĐ]{2}|[A-ZĐ]\w*[/-]|TTg", more):
        return text.rstrip() + more
    return f"{text} {more}"


def _begins(line: Line, held: list[Line], text: str, habits: Habits, ahead: str) -> bool:
    before, now = held[-1], line.text
    ended = bool(re.search(r"[.!?…]\W*$|[;:]$", text))
    if is_lone_mark(text) and not is_head_line(now):
        return False
    if is_lone_mark(now) and (ended or marker_of(text)):
        return True
    marker = marker_of(now)
    unclosed = text.count("(") > text.count(")") or text.count("“") > text.count("”")
    if (
        is_head_line(now)
        or (ended and is_phase(now))
        or (is_head_line(text) and not now[:1].islower() and len(text) < 60)
    ):
        return True
    if marker is not None:
        return _mark_begins(marker, now, text, ended=ended, unclosed=unclosed)
    if leading_label(now) is not None and not unclosed and (now[:1].isupper() or now[:1] == "("):
        return True
    if now[:1].isupper() and not unclosed and (_is_label_start(now, ahead) or _names_and_says(text, now)):
        return True
    if now[:1].islower() or (unclosed and len(text) < 400):
        return False
    title = marker_of(text)  # "Phần V. KINH PHÍ"
    capitals, capitals_before = _is_capitals(now), _is_capitals(text[title.end :] if title else text)
    if capitals_before and not capitals:
        return True
    if capitals and not capitals_before and len(now) > 6 and not _UNFINISHED.search(text):
        return True
    if opens_paragraph(now) and (ended or line.gap or not _UNFINISHED.search(text)):
        return True
    if habits.gaps and line.gap:
        return not _UNFINISHED.search(text)
    if habits.indents and line.indent and not before.indent and ended:
        return True
    return _is_room(before, now, habits) and not re.search(
        r"(?:[,(;]|\s(?:và|của|với|cho|các|về|trên|theo|Sở|Ban))$", text
    )


def _mark_begins(marker: Marker, now: str, text: str, *, ended: bool, unclosed: bool) -> bool:
    """A mark begins a paragraph, unless it only looks like one: a dash inside a name, a number at the start of a broken line."""
    if marker.sort in ("roman", "annex", "part"):
        return True
    if unclosed and len(text) < 500:
        return False
    if ended or marker.sort in ("star", "dotted", "capital", "item"):
        return True
    rest = now[marker.end :]
    if marker.sort in ("dash", "plus"):
        joins = (
            _COMPOUND.search(f"{text}|{rest}")
            or rest[:1].islower()
            or re.search(r"[,(“/]$|\s(?:và|của|với|cho|-)$", text)
        )
        return not joins
    return not re.search(r"(?:,|\b(?:khoản|điểm|mục|số|ngày|và))$", text)


_SAYS = re.compile(
    r"(?:Là|Chủ trì|Tham mưu|Phối hợp|Xây dựng|Tổ chức|Hướng dẫn|Theo dõi|Chỉ đạo|Triển khai|Thực hiện|Tuyên truyền"
    r"|Đẩy mạnh|Bố trí|Chủ động|Rà soát"
    r"|Kiểm tra|Tổng hợp|Định kỳ|Báo cáo|Ban hành|Căn cứ)(?![^\W\d_])"
)


def _names_and_says(text: str, now: str) -> bool:
    """ "1. Phòng Giáo dục" and on the next line what it has to do."""
    marker = marker_of(text)
    return marker is not None and starts_agency(text[marker.end :]) and len(text) < 160 and _SAYS.match(now) is not None


def _is_label_start(now: str, ahead: str) -> bool:
    """ "Thời gian" at the end of a line, with "thực hiện:" on the next."""
    if len(now) > 40 or ":" in now or not ahead[:1].islower():
        return False
    label = leading_label(f"{now} {ahead}")
    return label is not None and label.start == 0 and label.value_start > len(now)


def _is_room(before: Line, now: str, habits: Habits) -> bool:
    """The line before would have had room for this line's first word: it was ended on purpose."""
    if habits.width is None:
        return False
    return len(before.text) + 1 + len(now.split(maxsplit=1)[0]) < 0.8 * habits.width


def _is_capitals(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return len(letters) >= 3 and sum(char.isupper() for char in letters) > 0.85 * len(letters)


def without_footnotes(lines: Sequence[Line]) -> list[Line]:
    """Marks of footnotes glued to a word ("mentor1") go when a line that begins with the same figure explains it; that line stays text."""
    notes = {found[1] for line in lines if (found := _FOOTNOTE.match(line.text))}
    if not notes:
        return list(lines)
    glued = re.compile(rf"(?<=[^\W\d_]{{3}})([{''.join(sorted(notes))}])(?=[\s),.;:”]|$)")
    words = {found[1] for line in lines for found in glued.finditer(line.text)}
    if "1" not in words:
        return list(lines)
    return [
        Line(glued.sub("", line.text), line.page, line.line, gap=line.gap, indent=line.indent, whole=line.whole)
        for line in lines
    ]
