"""A small draft as the reader would give it, made by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from hocvuso.people.models import Account
from hocvuso.places.models import Place
from hocvuso.plans.drafts.actions import start_draft
from hocvuso.plans.models import PlanDraft
from hocvuso.plans.reader.model import (
    Block,
    Cell,
    Deadline,
    Document,
    Draft,
    Duty,
    Finding,
    Indicator,
    Mark,
    Metadata,
    Reading,
    Span,
    Task,
)

TODAY = dt.date(2025, 10, 17)
END = dt.date(2026, 12, 31)
TARGETS = "Đến hết năm 2026, 85% người trưởng thành có kỹ năng số; 70% được xác nhận trên VNeID."
TASK = "Mở lớp cộng đồng hằng tuần"


def document() -> Document:
    """A heading, two targets in one sentence, a task in a table, a duty."""
    cells = [
        Cell(text, row, column)
        for row, line in enumerate(
            [("TT", "Nội dung", "Chủ trì", "Thời gian"), ("1", TASK, "Sở A, Sở B", "thường xuyên")]
        )
        for column, text in enumerate(line)
    ]
    return Document(
        "ke-hoach.docx",
        (
            Block(0, "I. MỤC TIÊU", page=1),
            Block(1, TARGETS, page=1),
            Block(2, cells=tuple(cells), page=1),
            Block(3, "Các xã báo cáo Sở Khoa học và Công nghệ trước ngày 20 hằng tháng.", page=2),
        ),
        pages=2,
    )


def indicator(text: str, value: float, **more: Any) -> Indicator:
    start = TARGETS.index(text)
    number = f"{value:.0f}%"
    at = TARGETS.index(number)
    usual = {
        "unit": "%", "comparator": "=", "group": "adults", "deadline": Deadline(END, "year", text="Đến hết năm 2026"),
        "span": Span(1, start, start + len(text)), "confidence": 0.95, "clause": "I.1", "horizon": "2026", "metric": "adult_skill",
        "metric_confidence": 0.9, "marks": (Mark("target", 0.95, Span(1, at, at + len(number))),),
    }  # fmt: skip
    return Indicator(text, value, **{**usual, **more})


def draft(**more: Any) -> Draft:
    """Two targets (one sure, one not), a task that nobody is sure of, a monthly duty, one contradiction."""
    usual: dict[str, Any] = {
        "metadata": Metadata(
            title="Kế hoạch phổ cập kỹ năng số năm 2026", issuer="UBND tỉnh Đắk Lắk", number="12/KH-UBND", date=dt.date(2025, 9, 1),
            period_start=dt.date(2025, 9, 1), period_end=END,
        ),
        "indicators": (
            indicator("85% người trưởng thành có kỹ năng số", 85),
            indicator("70% được xác nhận trên VNeID", 70, confidence=0.7, metric="adult_confirmed"),
        ),
        "tasks": (
            Task(TASK, Deadline(recurring=True, text="thường xuyên"), Span(2, 0, len(TASK), cell=5), 0.5, clause="II.1",
                 leads=("Sở A", "Sở B")),
        ),
        "reporting": (
            Duty("monthly", "Sở Khoa học và Công nghệ", "Các xã", Span(3, 0, 40), 0.9, clause="III",
                 due_rule="trước ngày 20 hằng tháng"),
        ),
        "findings": (
            Finding("contradiction", "Hai mức xác nhận khác nhau", (
                Reading("I.1", "70%", span=Span(1, TARGETS.index("70%"), len(TARGETS))), Reading("Phụ lục", "60%"),
            ), 0.9, indicators=(1,)),
        ),
    }  # fmt: skip
    return replace(Draft(document()), **{**usual, **more})


def plan_draft(by: Account, place: Place, *, found: Draft | None = None, data: bytes = b"mot ke hoach") -> PlanDraft:
    return start_draft(
        data, name="ke-hoach.docx", place=place, by=by, read=lambda _data, _name: found or draft(), today=TODAY
    )
