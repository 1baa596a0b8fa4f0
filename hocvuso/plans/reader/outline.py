"""The tree of a plan: which paragraph stands under which, and what each section is for.

Marks decide ("III." over "2." over "2.1." over "a)" over "-" over "+"), whatever their numbers: they may repeat, jump or be missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from hocvuso.plans.reader.marks import Marker, Sort, bare_number, is_phase, leading_label, marker_of, opens_paragraph
from hocvuso.plans.reader.model import Block, Document

Section = Literal[
    "opening", "purpose", "indicators", "tasks", "organisation", "money", "reports", "recipients", "annex", "situation", "other",
]  # fmt: skip

_RANK: dict[Sort, float] = {
    "annex": 0, "part": 1, "capital": 1.5, "roman": 2, "number": 3, "dotted": 3, "item": 4.5, "letter": 6, "bracket": 7,
    "star": 7.5, "dash": 8,
    "plus": 9,
}  # fmt: skip
_LEAD_IN = 5.5  # a line without a mark that ends in a colon, over "a)" and "-"
# The first that fits decides.
_SECTION_WORDS: tuple[tuple[Section, str], ...] = (
    (
        "reports",
        r"(?:chế độ|công tác|thực hiện) (?:thông tin,? )?báo cáo|thông tin,? báo cáo|kiểm tra.*báo cáo|^báo cáo\b|^chế độ báo cáo",
    ),
    ("money", r"kinh phí|nguồn lực|ngân sách"),
    ("organisation", r"tổ chức (?:thực hiện|triển khai)|^phân công|trách nhiệm (?:của|thực hiện)|^trách nhiệm"),
    (
        "situation",
        (r"thực trạng|hiện trạng|tình hình|kết quả đạt được|sự cần thiết|đánh giá (?:chung|kết quả)|đặc điểm|^vì sao|^lý do|^bối cảnh"
        r"|tồn tại|hạn chế|khó khăn"),
    ),
    ("purpose", r"^mục đích|^yêu cầu|^quan điểm|nguyên tắc|^căn cứ|phạm vi|^đối tượng"),
    ("indicators", r"chỉ tiêu|mục tiêu|^(?:chúng (?:ta|tôi)\s+|nội dung\s+)?cam kết|^kết quả (?:cần|phải|phấn đấu)"),
    ("tasks", r"nhiệm vụ|việc (?:phải|cần|sẽ|trọng tâm)|giải pháp|nội dung|hoạt động|mô hình|công việc|tiến độ|lộ trình"),
    )  # fmt: skip
_SECTIONS = tuple((section, re.compile(pattern)) for section, pattern in _SECTION_WORDS)
_SIGNED = re.compile(r"(?:TM|KT|TL|TUQ|T/M|K/T)\.?\s*[A-ZĐÀ-Ỹ]|(?:Nơi nhận|NƠI NHẬN)\b")


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph or table in the tree. `parent` is the number of the item it stands under."""

    number: int
    block: Block
    marker: Marker | None
    start: int  # where its text begins behind the mark
    parent: int | None
    depth: int
    section: Section
    clause: str  # "III.2.1"
    heading: bool = False

    @property
    def text(self) -> str:
        return self.block.text[self.start :]


@dataclass(frozen=True, slots=True)
class Outline:
    items: tuple[Item, ...]

    def above(self, item: Item) -> Iterator[Item]:
        """The items over this one, nearest first."""
        parent = item.parent
        while parent is not None:
            yield self.items[parent]
            parent = self.items[parent].parent

    def children(self, item: Item) -> list[Item]:
        return [other for other in self.items if other.parent == item.number]


def section_of(title: str) -> Section | None:
    plain = title.lower().strip(" .:")
    return next((section for section, pattern in _SECTIONS if pattern.search(plain)), None)


def outline(document: Document) -> Outline:
    items: list[Item] = []
    stack: list[Item] = []
    last_number = 0
    capital_first = _capitals_lead(document)
    title = _title_at(document)
    tail = False  # after "Nơi nhận"
    for number, block in enumerate(document.blocks):
        marker = None if block.is_table else marker_of(block.text) or bare_number(block.text, last_number + 1)
        if marker and (not any(map(str.isalnum, block.text)) or (number < title and marker.sort == "dash")):
            marker = None  # a line that is drawn; the menu of a page before the plan's title
        if marker and marker.sort == "capital" and not capital_first:
            marker = None if block.text[:1] in "TK" else marker
        heading_without_mark = marker is None and not block.is_table and _is_bare_heading(block.text)
        if not block.is_table and _SIGNED.match(block.text):
            tail = True
            stack = []
        if marker is not None and (marker.sort == "annex" or (tail and marker.sort in ("roman", "part"))):
            tail = False
        rank = _rank(marker, capital_first) if marker else (2.0 if heading_without_mark else 99.0)
        if marker is None and not heading_without_mark and _leads_in(document, number):
            rank = _LEAD_IN
        if rank < 99.0:
            while stack and _rank_of(stack[-1], capital_first) >= rank:
                stack.pop()
        parent = stack[-1] if stack else None
        section = "recipients" if tail else _section(block, marker, parent, heading_without_mark, bool(items))
        item = Item(
            len(items), block, marker, marker.end if marker else 0, parent.number if parent else None,
            len(stack), section, _clause(stack, marker), heading=heading_without_mark or _is_heading(block, marker),
        )  # fmt: skip
        items.append(item)
        if rank < 99.0:
            stack.append(item)
            if marker and marker.sort == "number":
                last_number = int(marker.shown)
            elif marker is None or marker.sort in ("roman", "part", "annex"):
                last_number = 0
    return Outline(tuple(items))


def _rank(marker: Marker, capital_first: bool) -> float:
    if marker.sort == "capital" and not capital_first:
        return 2.5
    return _RANK[marker.sort] + (0.5 * (marker.depth - 1) if marker.sort == "dotted" else 0.0)


def _rank_of(item: Item, capital_first: bool) -> float:
    if item.marker is None:
        return 2.0 if item.heading else _LEAD_IN
    return _rank(item.marker, capital_first)


def _leads_in(document: Document, number: int) -> bool:
    """ "Phấn đấu đến tháng 5/2026:" over a list of bullets."""
    block = document.blocks[number]
    following = document.blocks[number + 1] if number + 1 < len(document.blocks) else None
    if (
        block.is_table
        or following is None
        or following.is_table
        or not (block.text.rstrip().endswith(":") or is_phase(block.text))
        or len(block.text) > 200
    ):
        return False
    marker = marker_of(following.text)
    return (
        marker is not None and marker.sort in ("dash", "plus", "letter", "bracket") and not opens_paragraph(block.text)
    )


def _title_at(document: Document) -> int:
    """The block of "KẾ HOẠCH"; 0 when there is none near the beginning."""
    return next((block.number for block in document.blocks[:40] if re.match(r"KẾ HOẠCH(?![^\W\d_])", block.text)), 0)


def _capitals_lead(document: Document) -> bool:
    """Do "A.", "B." stand above "I.", "II."? Whichever comes first stands higher."""
    for block in document.blocks:
        marker = None if block.is_table else marker_of(block.text)
        if marker and marker.sort in ("capital", "roman"):
            return marker.sort == "capital"
    return False


def _is_capitals(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return len(letters) >= 5 and sum(char.isupper() for char in letters) > 0.9 * len(letters)


def _is_bare_heading(text: str) -> bool:
    return (
        len(text) < 120
        and _is_capitals(text)
        and section_of(text) is not None
        and not text.startswith(("KẾ HOẠCH", "PHỤ LỤC", "BIỂU"))
    )


def _is_heading(block: Block, marker: Marker | None) -> bool:
    """A title: short, with a mark, without a full stop or a label."""
    if block.is_table or marker is None or marker.sort in ("dash", "plus", "bracket"):
        return False
    text = block.text[marker.end :]
    return len(text) < 200 and not text.rstrip().endswith((".", ";")) and leading_label(block.text) is None


def _section(block: Block, marker: Marker | None, parent: Item | None, bare: bool, started: bool) -> Section:
    if marker is not None and marker.sort == "annex":
        return "annex"
    above = parent.section if parent else "opening"
    if bare:
        return section_of(block.text) or above
    if marker is None or block.is_table:
        return above
    text = block.text[marker.end :]
    if marker.sort in ("roman", "part", "capital") and len(text) < 200:
        return section_of(text) or ("other" if started or parent is None else above)
    if (
        marker.sort in ("number", "dotted", "letter", "star")
        and len(text) < 110
        and above in ("opening", "other", "purpose", "indicators", "annex")
    ):
        own = section_of(text) if _is_heading(block, marker) or text.rstrip().endswith(":") else None
        # "2. Yêu cầu", "1. Mục tiêu cụ thể"; a target that says "các mục tiêu" is no heading
        if own in ("purpose", "indicators", "tasks", "organisation", "money", "reports", "situation") and not re.search(
            r"\d\s*%", text
        ):
            return own
        return "other" if above == "opening" else above
    if above == "opening":
        return "opening" if opens_paragraph(text) else "other"
    if (
        above == "organisation"
        and marker.sort in ("number", "dotted")
        and section_of(text) == "reports"
        and len(text) < 110
    ):
        return "reports"
    return above


def _clause(stack: list[Item], marker: Marker | None) -> str:
    """The printed numbers from the top: "III.2.1", "VI.2 (3)" for the third dash."""
    shown: list[str] = []
    for item in stack:
        if item.marker and item.marker.sort not in ("dash", "plus", "star"):
            shown = _added(shown, item.marker)
    if marker and marker.sort not in ("dash", "plus", "star"):
        shown = _added(shown, marker)
    return ".".join(shown)


def _added(shown: list[str], marker: Marker) -> list[str]:
    if (
        marker.sort == "dotted"
        and shown
        and re.fullmatch(r"\d+(?:\.\d+)*", shown[-1])
        and marker.shown.startswith(f"{shown[-1]}.")
    ):
        return [*shown[:-1], marker.shown]
    return [*shown, marker.shown]
