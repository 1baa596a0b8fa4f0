"""Names of periods, days, plans and addressees, as documents write them."""

from __future__ import annotations

import datetime as dt
import re

from hocvuso.lib.periods import Span
from hocvuso.lib.text import fold
from hocvuso.reports.documents.form import roman


def vn_day(day: dt.date) -> str:
    """05/7/2025, 10/02/2026: days below 10 and months 1 and 2 take a zero (Decree 30/2020/NĐ-CP, Appendix I)."""
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    return f"{day.day:02}/{month}/{day.year}"


def period_name(frequency: str, span: Span) -> str:
    """ "tháng 10 năm 2025": the period is named by the day it closes on (Decree 09/2019/NĐ-CP)."""
    last = span.last
    match frequency:
        case "weekly":
            return f"tuần từ ngày {vn_day(span.first)} đến ngày {vn_day(last)}"
        case "monthly":
            return f"tháng {last.month} năm {last.year}"
        case "quarterly":
            return f"quý {roman((last.month + 2) // 3)} năm {last.year}"
        case "biannual":
            return f"6 tháng {'đầu' if last.month <= 6 else 'cuối'} năm {last.year}"
        case "yearly":
            return f"năm {last.year}"
        case _:
            return f"từ ngày {vn_day(span.first)} đến ngày {vn_day(last)}"


def next_period_name(frequency: str, span: Span) -> str:
    last = span.last
    match frequency:
        case "weekly":
            return "tuần tới"
        case "monthly":
            return f"tháng {last.month % 12 + 1} năm {last.year + last.month // 12}"
        case "quarterly":
            quarter = (last.month + 2) // 3
            return f"quý {roman(quarter % 4 + 1)} năm {last.year + quarter // 4}"
        case "biannual":
            first_half = last.month <= 6
            return f"6 tháng {'cuối' if first_half else 'đầu'} năm {last.year if first_half else last.year + 1}"
        case "yearly":
            return f"năm {last.year + 1}"
        case _:
            return "thời gian tới"


def quoted(text: str) -> str:
    """Straight quotes in pairs become “ and ”."""
    return re.sub(r'"([^"]*)"', r"“\1”", text)


def plan_reference(title: str, issuer: str, *, number: str = "", date: dt.date | None = None) -> str:
    """ "Kế hoạch số 12/KH-UBND ngày 15/7/2025 của Ủy ban nhân dân tỉnh … triển khai …"; without a number "Kế hoạch triển khai … của …"."""
    kind, rest = ("Kế hoạch", title.removeprefix("Kế hoạch").strip()) if title.startswith("Kế hoạch") else ("", title)
    if kind and number:
        day = f" ngày {vn_day(date)}" if date else ""
        return f"{kind} số {number}{day} của {issuer} {rest}"
    return f"{title} của {issuer}"


def addressees(to: str) -> list[tuple[str, str]]:
    """ "Ban Chỉ đạo tỉnh (qua Sở X)" → [("Ban Chỉ đạo tỉnh", "b/c"), ("Sở X", "tổng hợp")]; a note of another kind is left out."""
    found: list[tuple[str, str]] = []
    for one in re.split(r";(?![^(]*\))", to):
        name, _bracket, note = one.strip().partition("(")
        if name.strip():
            found.append((name.strip(), "b/c"))
        if note.startswith("qua "):
            found.append((note.removeprefix("qua ").rstrip(") "), "tổng hợp"))
    return found


def what_is_asked(to: tuple[str, ...]) -> str:
    """What whoever gets the report is asked to do: a department collects, a committee directs."""
    if to and all(fold(name).startswith(("so ", "phong ")) for name in to):
        return "tổng hợp, theo dõi"
    return "xem xét, chỉ đạo"


def named_office(who: str) -> str:
    """ "Chánh Văn phòng Tỉnh ủy (phối hợp với …)" → "Văn phòng Tỉnh ủy": the office behind its head."""
    name = who.partition("(")[0].partition(";")[0].strip()
    for head in ("Chánh ", "Thủ trưởng ", "Giám đốc ", "Chủ tịch ", "Trưởng ", "Bí thư "):
        if name.startswith(head):
            rest = name.removeprefix(head)
            return rest[:1].upper() + rest[1:]
    return name


def initials(name: str) -> str:
    """ "Phòng Văn hóa - Xã hội" → "VHXH": a symbol for an office whose own is not known."""
    words = [word for word in re.split(r"[\s,–-]+", name.removeprefix("Phòng ")) if word and fold(word) != "va"]
    return "".join(word[0].upper() for word in words)


def two_lines(name: str) -> str:
    """Break a long agency name once, near its middle, between words."""
    words = name.split()
    if "\n" in name or len(name) <= 24 or len(words) < 4:
        return name
    cut = min(range(2, len(words) - 1), key=lambda n: abs(len(" ".join(words[:n])) - len(" ".join(words[n:]))))
    return " ".join(words[:cut]) + "\n" + " ".join(words[cut:])
