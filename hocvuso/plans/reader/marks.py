"""What may stand before a paragraph ("III.", "2.1.", "a)", "-") and the labels of a responsibility block ("Cơ quan chủ trì:")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Sort = Literal[
    "part", "annex", "roman", "capital", "number", "item", "dotted", "letter", "bracket", "star", "dash", "plus"
]
Role = Literal["lead", "coordinators", "implementers", "directing_body", "due", "result", "aim", "who_does"]

_LETTER = r"[^\W\d_]"
_MARK_WORDS: tuple[tuple[Sort, str], ...] = (
    ("annex", r"(?P<n>(?:PHỤ LỤC|Phụ lục|PHỤ BIỂU|Phụ biểu)(?:\s+(?:số\s+)?(?:[IVX]+|\d{1,2}))?)[.:]?(?=\s*$|\s+[A-ZĐÀ-Ỹ(“])"),
    ("part", r"(?P<n>(?:Phần|PHẦN|Chương|CHƯƠNG)\s+(?:(?:thứ|THỨ)\s+\w+|[IVX]+|\d{1,2})|(?:Mục|MỤC|Điều|ĐIỀU)\s+\d{1,2})[.:]?(?=\s|$)"),
    ("roman", r"(?P<n>[IVX]{1,5})\s?[.)/–-]\s*(?=[^\W\d_“\"(]|\d{2,}\s|$)"),
    ("dotted", rf"(?P<n>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})\.?\)?(?:\s?-(?=\s))?\s*(?={_LETTER}|[“\"(]|\d+\s*%|(?<=[.)]\s)\d)"),
    ("number", rf"(?P<n>\d{{1,2}})\s?(?:\.(?!\d{{3}}(?!\d))|\)|/(?!\d)|\.\s?-|-(?=\s))\s*(?={_LETTER}|[“\"(]|\d|$)"),
    ("item", r"(?P<n>(?:Nhiệm vụ|Giải pháp|Nội dung|Hoạt động|Chỉ tiêu|Mục tiêu|Công việc)\s+(?:số\s+)?\d{1,2})\s*[:.]\s*(?=\S)"),
    ("capital", rf"(?P<n>[A-HĐ])\s?[./)-]\s*(?={_LETTER}{{2,}})"),
    ("letter", rf"(?P<n>[a-zđ]\d?)\s?[).]\s*(?={_LETTER}{{2,}}|\d|[“\"(])"),
    ("bracket", r"\((?P<n>\d{1,2}|[a-zđ]|i{1,3}|iv|v)\)\s*(?=\S)"),
    ("star", r"(?P<n>\*)\s*(?=\w|[“(])"),
    ("plus", r"(?P<n>\+)\s*(?=\S)"),
    ("dash", r"(?P<n>[-–—−•●▪◦○■□➢►✓✔❖·])\s*(?=\S)"),
    )  # fmt: skip
_MARKS = tuple((sort, re.compile(pattern)) for sort, pattern in _MARK_WORDS)

_WHO = r"(?:các\s+)?(?:cơ quan|đơn vị|tổ chức|bộ phận|ngành|cá nhân)(?:\s*(?:,|/|và)\s*(?:cơ quan|đơn vị|cá nhân|tổ chức))*"
# The first that fits decides.
_LABELS: tuple[tuple[Role, tuple[str, ...]], ...] = (
    ("directing_body", (
        r"(?:trách nhiệm|lãnh đạo|cơ quan|cấp ủy|đơn vị)?\s*(?:trực tiếp\s+)?chỉ đạo(?:\s*(?:thực hiện|chung))?",
        r"(?:lãnh đạo|đồng chí)\s+phụ trách", "chịu trách nhiệm chỉ đạo",
    )),
    ("lead", (
        rf"(?:{_WHO}\s+)?(?:được giao\s+)?chủ trì(?:\s*(?:,|và)?\s*(?:thực hiện|tham mưu|triển khai|theo dõi|tổ chức thực hiện))*",
        r"đầu mối(?:\s+(?:chủ trì|thực hiện|tham mưu))*", r"(?:cơ quan|đơn vị)\s+đầu mối", "trách nhiệm chủ trì",
        r"(?:đơn vị|cơ quan|bộ phận)?\s*chịu trách nhiệm(?:\s+chính)?", r"(?:đơn vị|cơ quan)\s+tham mưu",
    )),
    ("coordinators", (rf"(?:{_WHO}\s+)?(?:cùng\s+)?phối hợp(?:\s+(?:thực hiện|triển khai|tổ chức))*",)),
    ("implementers", (rf"(?:{_WHO}\s+)?trực tiếp\s+thực hiện", rf"(?:{_WHO}\s+)?triển khai trực tiếp")),
    ("who_does", (
        rf"(?:{_WHO}\s+)(?:tổ chức\s+)?(?:thực hiện|triển khai)", r"phân công(?:\s+thực hiện)?", r"trách nhiệm(?:\s+thực hiện)?",
        "giao nhiệm vụ",
    )),
    ("due", (
        r"(?:thời gian|thời hạn|tiến độ|thời điểm|lộ trình|kỳ hạn|hạn)(?:\s+(?:thực hiện|hoàn thành|triển khai|tổ chức|dự kiến|kết thúc))*",
        "hoàn thành",
    )),
    ("result", (
        r"(?:kết quả|sản phẩm|đầu ra)(?:\s+(?:dự kiến|đầu ra|cần đạt|đạt được|chính|hoàn thành|thực hiện|chủ yếu))*",
        r"dự kiến (?:kết quả|sản phẩm)",
    )),
    ("aim", (
        r"(?:mục tiêu|chỉ tiêu)(?:\s+(?:giao|năm|phấn đấu|đến|đợt|cụ thể|chung|hết|trong|cần|của|từ|giai đoạn|thực hiện)[^:;.\n]{0,40})?",
        "mục đích", "yêu cầu", "nội dung", "phạm vi", "đối tượng", "hình thức", "địa điểm", "kinh phí", "ghi chú", "giải pháp", "cách làm",
        "quy mô", "số lượng",
    )),
)  # fmt: skip
# What stands before a colon; looked for in the words right before it, which is far quicker than everywhere.
_LABEL = re.compile(
    rf"(?<!{_LETTER})(?:"
    + "|".join(f"(?P<l{at}>{'|'.join(words)})" for at, (_, words) in enumerate(_LABELS))
    + r")\s*$",
    re.IGNORECASE,
)
_LONGEST_LABEL = 90
_OPENERS = re.compile(
    r"(?:Trên đây|Trong quá trình|Căn cứ|Thực hiện (?:Nghị quyết|Kế hoạch|Quyết định|Công văn|Chỉ thị)|Nơi nhận"
    r"|Xét đề nghị|Theo đề nghị|Để "
    r"|Kinh phí thực hiện|Ghi chú|Số\s*:|Kính gửi|https?://|TM\.|KT\.|TL\.|TUQ\."
    r"|T/M|K/T|Người lập)"
)


# Lines of a head that stand by themselves, whatever is around them.
_HEAD_LINES = re.compile(
    r"(?:KẾ HOẠCH|ĐỀ ÁN|CHƯƠNG TRÌNH|QUYẾT ĐỊNH|PHƯƠNG ÁN|HƯỚNG DẪN)$|S[ốỐ]\s*:|S[ốỐ]\s+\d*\s?[-/]\s?[A-ZĐ]{2}"
    r"|Nơi nhận|Kính gửi|(?:TM|KT|TL|TUQ|T/M|K/T)\.|CỘNG\s+H\S{1,3}\s|ĐẢNG CỘNG SẢN\b|Độc lập\b"
    r"|[A-ZĐÀ-Ỹ][^,.;:]{2,30}, ngày\s+(?:\d{1,2}\s+|…*\.*\s*)tháng\b"
)


@dataclass(frozen=True, slots=True)
class Marker:
    sort: Sort
    shown: str  # "2.1", "a", "-"
    end: int  # where the text begins
    depth: int = 0  # how many numbers a dotted one has


def marker_of(text: str) -> Marker | None:
    for sort, pattern in _MARKS:
        found = pattern.match(text)
        if found:
            shown = found["n"]
            return Marker(sort, shown, found.end(), shown.count(".") + 1 if sort in ("dotted", "number") else 0)
    return None


def bare_number(text: str, expected: int) -> Marker | None:
    """ "4 Triển khai …": a number whose dot was forgotten, taken only where that number is the next."""
    found = re.match(r"(?P<n>\d{1,2})\s+(?=[A-ZĐÀ-Ỹ])", text)
    return Marker("number", found["n"], found.end(), 1) if found and int(found["n"]) == expected else None


@dataclass(frozen=True, slots=True)
class Label:
    role: Role
    start: int
    value_start: int
    value_end: int
    words: str  # as printed, lower case


def labels_in(text: str) -> tuple[Label, ...]:
    """Labels with a colon, each with what it labels: "Chủ trì: A; phối hợp: B" gives two."""
    return _labels_in(text) if ":" in text else ()


@lru_cache(maxsize=4_096)
def _labels_in(text: str) -> tuple[Label, ...]:
    found: list[tuple[Role, int, int, str]] = []
    for colon in re.finditer(r":\s*", text):
        floor = max(0, colon.start() - _LONGEST_LABEL, found[-1][2] if found else 0)
        match = _LABEL.search(text, floor, colon.start())
        if match:
            found.append(
                (_LABELS[int((match.lastgroup or "l0")[1:])][0], match.start(), colon.end(), match[0].strip().lower())
            )
    result = []
    for number, (role, start, value_start, words) in enumerate(found):
        end = found[number + 1][1] if number + 1 < len(found) else len(text)
        trimmed = text[value_start:end].rstrip(" \n;,.-–+(")
        if trimmed.count(")") > trimmed.count("("):
            trimmed = trimmed.rstrip(" ).;,")
        result.append(Label(role, start, value_start, value_start + len(trimmed), words))
    return tuple(result)


def leading_label(text: str) -> Label | None:
    """The label a paragraph begins with, after its mark: "- Cơ quan chủ trì: …", "(Chủ trì: …"."""
    marker = marker_of(text)
    start = marker.end if marker and marker.sort not in ("annex", "part", "roman", "capital") else 0
    while start < len(text) and text[start] in "( ":
        start += 1
    labels = labels_in(text)
    return labels[0] if labels and labels[0].start == start else None


def is_lone_mark(text: str) -> bool:
    """A mark whose text stands on the next line."""
    return bool(re.fullmatch(r"(?:[-–—+*•]|\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\)|[IVX]{1,5}\.)\s*", text))


def is_head_line(text: str) -> bool:
    return bool(_HEAD_LINES.match(text))


def opens_paragraph(text: str) -> bool:
    return bool(_OPENERS.match(text))


_PHASE = re.compile(
    r"(?:[^\W\d_]{1,3}\)|\d{1,2}[.)]|[-*•])?\s*(?:Tuần|Đợt|Giai đoạn|Tháng|Quý|Bước)\s+(?:thứ\s+)?[\wIVX]+\b"
)


def is_phase(text: str) -> bool:
    """A title that is a part of the plan's time: "Tuần 1 (từ ngày 01/10 đến ngày 07/10/2026)"."""
    return len(text) < 90 and _PHASE.match(text) is not None and not text.rstrip().endswith((".", ";"))
