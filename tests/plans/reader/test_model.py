from __future__ import annotations

import datetime as dt
import json

import pytest
from pydantic import ValidationError

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
    draft_from_json,
    draft_to_json,
)

SPAN = Span(0, 0, 12, page=1, line=3)
DRAFT = Draft(
    Document("ke-hoach.docx", (Block(0, "80% người dân"), Block(1, cells=(Cell("TT", 0, 0), Cell("Nội dung", 0, 1)))), 2),
    Metadata(title="Kế hoạch", date=dt.date(2025, 7, 1), marks=(Mark("date", 0.9, SPAN),)),
    indicators=(
        Indicator(
            "80% người dân", 80, "%", "=", "adults", Deadline(dt.date(2025, 12, 31), "year"), SPAN, 0.9,
            marks=(Mark("due", 0.5),),
        ),
    ),
    tasks=(Task("Mở lớp", Deadline(recurring=True, text="Thường xuyên"), Span(1, 0, 6, cell=1), 0.8, leads=("Sở Nội vụ",)),),
    reporting=(Duty("weekly", "UBND tỉnh", "UBND các xã", SPAN, 0.7, weekday=5),),
    findings=(Finding("contradiction", "Hai thời hạn", (Reading("II.1", "2025", span=SPAN),), 0.9, indicators=(0,)),),
)  # fmt: skip


def test_a_draft_comes_back_from_json_the_same() -> None:
    assert draft_from_json(json.loads(json.dumps(draft_to_json(DRAFT)))) == DRAFT


def test_a_draft_that_was_spoilt_is_refused_with_the_place_of_the_fault() -> None:
    data = draft_to_json(DRAFT)
    data["indicators"][0]["comparator"] = "≈"
    with pytest.raises(ValidationError, match=r"indicators\.0\.comparator"):
        draft_from_json(data)
