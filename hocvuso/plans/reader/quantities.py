"""Numbers that promise something: the share or count, its comparator, what is counted, for each of what.

Numbers that only look so (ages, days, names of schemes, counts that describe) are left out by the words beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from hocvuso.plans.reader.model import Comparator

_WORDS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_SCALES = {"nghìn": 1_000, "ngàn": 1_000, "vạn": 10_000, "triệu": 1_000_000}
NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?(?![\d])|\d+(?:,\d+)?"
_NUMBER = re.compile(
    rf"(?<![\w.,/–-])(?P<n>{NUMBER})(?P<scale>\s*(?:nghìn|ngàn|vạn|triệu))?(?P<percent>\s*(?:%|phần trăm))?(?![\d/]|\.\d|-[A-ZĐ])"
    r"|(?<=\s)(?P<w>một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?=\s[“\"]?[^\W\d_])"
)
# "19/19 thôn": so many of so many, when what is counted follows.
_OF_ALL = re.compile(
    r"(?<![\w.,/–-])(?P<n>\d{1,4})\s*/\s*(?P<all>\d{1,4})(?=\s+(?!năm|hằng|hàng|và|đến|của|là|được|có|tại)[^\W\d_])"
)
_ATLEAST = r"ít nhất|tối thiểu|không dưới|không thấp hơn|không ít hơn|không nhỏ hơn|tối thiểu là|≥|>="
_COMPARATORS: tuple[tuple[Comparator, re.Pattern[str]], ...] = (
    ("<=", re.compile(r"(?:không quá|tối đa|không vượt quá|không cao hơn|≤|<=)(?: (?:là|còn))?$")),
    (">=", re.compile(rf"(?:{_ATLEAST})(?: (?:là|có|đạt|từ|được))*$")),
    (">", re.compile(r"(?:trên|hơn|vượt|cao hơn|lớn hơn|>)(?: mức)?$")),
    ("<", re.compile(r"(?:dưới|ít hơn|thấp hơn|nhỏ hơn|chưa đến|<)$")),
)
_BETWEEN = re.compile(rf"(?:^|[\s(,:;])(?:{_ATLEAST})\s+(?:[^\W\d_]+\s+){{1,4}}$")
_UPWARDS = re.compile(r"\s*(?:trở lên|trở đi)")
_ASPIRES = re.compile(r"phấn đấu[^.;:%]{0,60}$")


@dataclass(frozen=True, slots=True)
class Quantity:
    value: float
    percent: bool
    comparator: Comparator
    start: int  # of the number with its comparator and "phấn đấu"
    number_start: int
    end: int
    aspirational: bool
    word: bool  # written as a word ("ít nhất một")
    span_to: float | None = None  # "từ 30% đến 40%": the upper end


def value_of(text: str) -> float:
    """ "1.091.556" → 1091556, "05" → 5, "97,5" → 97.5."""
    return float(text.replace(".", "").replace(",", ".")) if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", text) else float(
        text.replace(",", ".")
    )  # fmt: skip


_UP_TO = re.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:lên|xuống(?: còn)?|đến|tới|[-–])"
    r"\s*(?:mức\s*|trên\s*|dưới\s*|hơn\s*|không quá\s*|ít nhất\s*|tối thiểu\s*|đạt\s*)*"
)
_DOWN_TO = re.compile(
    r"[^.;:,\d]{0,40}(?:xuống|lên)(?:\s+(?:còn|không quá|dưới|trên|ít nhất|tối thiểu|mức|đạt|hơn))*\s*"
)
_SHARES = re.compile(rf"(?<![\w.,/])(?P<low>{NUMBER})\s*%?\s*[-–]\s*(?P<high>{NUMBER})\s*%")


def quantities(text: str) -> list[Quantity]:
    """All numbers of a sentence that may be targets, in order. "tăng từ 40% lên 60%" gives 60 alone."""
    text, whole = _counted_whole(text)
    plain = text.lower()
    shares = {found.start(): found for found in _SHARES.finditer(text)}
    found: list[Quantity] = []
    for one in _numbers(_blanked(text, shares.values()), plain):
        if one.number_start in whole:
            one = replace(one, end=whole[one.number_start])  # noqa: PLW2901
        share = shares.get(one.number_start)
        if share is not None:  # "80 - 90%"
            one = replace(one, percent=True, comparator=">=", end=share.end(), span_to=value_of(share["high"]))  # noqa: PLW2901
        if found and found[-1].aspirational and not re.search(r"[.;:]", plain[found[-1].end : one.start]):
            one = replace(one, aspirational=True)  # noqa: PLW2901  "phấn đấu 100% … và 90% …" holds for both
        found.append(one)
    kept: list[Quantity] = []
    for number, one in enumerate(found):
        after = found[number + 1] if number + 1 < len(found) else None
        between = plain[one.end : after.number_start] if after else ""
        lead = plain[: one.number_start]
        if after and one.percent and after.percent and _UP_TO.fullmatch(between):
            rises = "lên" in between or "xuống" in between or re.search(r"(?:tăng|nâng|giảm)[^.;]{0,80}từ\s*$", lead)
            if rises:
                continue  # where it stands now
            kept.append(_ranged(one, after))
            continue
        if after and re.search(r"\btừ\s*$", lead) and _DOWN_TO.fullmatch(between):
            continue  # "giảm từ 05 bản xuống còn 01 bản": where it stands now
        if kept and kept[-1].span_to is not None and kept[-1].span_to == one.value and kept[-1].end == one.end:
            continue
        kept.append(one)
    return kept


def _counted_whole(text: str) -> tuple[str, dict[int, int]]:
    """The text with "19/19 thôn" as 19, and where those numbers begin and end; a share beside it says the same better."""
    found: dict[int, int] = {}
    for one in _OF_ALL.finditer(text):
        before, after = text[: one.start()].lower(), text[one.end() :]
        if (
            int(one["n"]) > int(one["all"])
            or int(one["all"]) < 2
            or before.count("(") > before.count(")")
            or re.search(r"(?:ngày|từ|đến|trước|sau|số|tháng|dịp|nhân|lễ|mùng)\s*$", before)
            or re.match(r"[^.;()]{0,90}\((?:đạt\s*)?\d[\d,]*\s*%", after)
        ):
            continue
        found[one.start()] = one.end()
    for start, end in found.items():
        slash = text.index("/", start)
        text = text[:slash] + " " * (end - slash) + text[end:]
    return text, found


def _blanked(text: str, ranges: Iterable[re.Match[str]]) -> str:
    """The upper end of "80 - 90%" is no number of its own, and the lower one is a share."""
    for share in ranges:
        gap = share.end() - share.end("low")
        text = text[: share.end("low")] + ("%" + " " * (gap - 1)) + text[share.end() :]
    return text


def _ranged(one: Quantity, after: Quantity) -> Quantity:
    return Quantity(
        one.value,
        True,
        ">=",
        one.start,
        one.number_start,
        after.end,
        one.aspirational or after.aspirational,
        False,
        after.value,
    )


def _numbers(text: str, plain: str) -> Iterator[Quantity]:
    last = 0
    for found in _NUMBER.finditer(text):
        percent, word = bool(found["percent"]), bool(found["w"])
        before, after = plain[: found.start()].rstrip(), plain[found.end() :]
        if word:
            value = float(_WORDS[found["w"]])
            if not re.search(rf"(?:{_ATLEAST}|bố trí|có|thành lập|cử|giúp|kèm)$", before):
                continue
        else:
            value = value_of(found["n"]) * _SCALES.get((found["scale"] or "").strip().lower(), 1)
        if not percent and _describes(before, after, plain[found.start() : found.end()]):
            continue
        comparator, start = _comparator(before, after, found.start())
        aspires = _ASPIRES.search(before)
        if aspires and aspires.start() >= last:
            start = min(start, aspires.start())
        last = found.end()
        yield Quantity(value, percent, comparator, start, found.start(), found.end(), bool(aspires), word)


def _comparator(before: str, after: str, at: int) -> tuple[Comparator, int]:
    for comparator, pattern in _COMPARATORS:
        found = pattern.search(before)
        if found:
            return comparator, found.start()
    upwards = _UPWARDS.match(after)
    if upwards:
        begin = re.search(r"\btừ$", before)
        return ">=", begin.start() if begin else at
    if re.search(r"(?:đạt|bảo đảm|đảm bảo) từ$", before) or (
        re.search(r"\btừ$", before) and re.match(r"\s+[^,.;()\d]{2,28}\s+trở lên", after)
    ):
        return ">=", at
    between = _BETWEEN.search(before + " ")
    if between and not re.search(r"[.;:]", before[between.start() + 1 :]):
        return ">=", between.start()
    return "=", at


_DATE_BEFORE = re.compile(
    r"(?:ngày|tháng|năm|quý|số|điều|khoản|mục|điểm|phụ lục|đề án|chương|lần|thứ|giai đoạn|biểu|mẫu|trang|kỳ|khóa|khoá|phần|lớp|quyển|bước"
    r"|tt|stt|chỉ tiêu|nhiệm vụ|mục tiêu|giải pháp|bài|chuyên đề|nghị định|luật|đợt|cấp|hạng|tổ|khu|tổ dân phố|thôn"
    r"|nhóm|khối|mức|mức độ|giờ|phiên bản|version|quốc lộ|web|công nghiệp|office"
    r"|chuyển đổi|giai đoạn từ|từ năm|đến năm|\+|km)$"
)
# A time that is itself the target: "Thời gian chờ khám bình quân không quá 15 phút".
_WAIT = re.compile(r"(?:^|[.;:]\s*)(?:giảm\s+)?thời gian[^.;]{0,90}(?:không quá|tối đa|dưới|còn)$")
_RANK = re.compile(r"(?:đạt|từ|ở|lên)\s+(?:bậc|mức|hạng|sao)$|(?:^|\s)bậc$")
_AGE = re.compile(r"\s*(?:tuổi|giờ|h\b|phút|km|°|g\b|gb|mb|mbps|đồng|vnđ|triệu đồng|tỷ|nghìn đồng|m2|ha\b)")
_DAYS = re.compile(r"\s*(?:ngày|tháng|tuần|năm|quý)(?![^\W\d_])")


def _describes(before: str, after: str, shown: str) -> bool:
    """A count that is part of a name, a date, an age or a length of time, and no target."""
    if _RANK.search(before) or (_AGE.match(after) and not _WAIT.search(before)):
        return True
    if _DATE_BEFORE.search(before) and not re.fullmatch(
        r"(?:.*\s)?(?:mục tiêu|chỉ tiêu)", before + "" if "." in shown else ""
    ):
        return True
    if _DAYS.match(after) and not re.search(r"giảm[^.;]{0,80}xuống(?:\s+(?:còn|không quá|dưới))*$", before):
        return True
    if re.search(r"(?:khối|lớp|tổ|thôn|khu phố|khóa|điều|khoản)\s+\d+(?:\s*,\s*\d+)*\s*(?:,|và|-|–)$", before):
        return True  # "khối 3, 4, 5"
    if re.match(r"\s*(?:lần/|lần mỗi)", after):
        return False
    if re.match(r"\s*[).\]]", after) or re.match(r"^\s*$", after):
        return True
    if re.match(r"[a-zđ]\b", after):  # "4T"
        return True
    if re.match(r"\s*/\s*\d", after) or re.search(r"\d\s*/$", before):
        return True
    if re.fullmatch(r"(?:19|20)\d\d", shown) and re.match(r"\s*(?:$|[,;)–-]|và\b)", after):
        return True
    # "cho 04 nhóm đối tượng", "theo 05 kỹ năng": a count that is known, not promised
    return bool(re.search(r"(?:với|gồm|bao gồm|theo|trong|của|cho|từng|các|cả|(?<![^\W\d_])(?:tại|ở)|\()$", before))
