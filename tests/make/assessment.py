"""A small bank and a test drawn from it: three items a skill, two of them asked."""

from __future__ import annotations

from typing import Any

from hocvuso.assessment.models import Attempt
from hocvuso.assessment.rules import Blueprint
from hocvuso.evidence.queries import catalogue
from hocvuso.evidence.rules import LEVELS
from hocvuso.items.actions import load_bank
from hocvuso.items.queries import item_text
from hocvuso.items.rules import Bank, parse_bank

SKILLS = ("dich-vu-cong", "mua-sam", "thanh-toan", "an-toan", "thu-tuc")
BLUEPRINT = Blueprint(
    key="thu", version="1.0", title="Bài thử", title_en="Trial", course="thu", bank="thu", framework="thu-1.0", level="usable",
    quotas=dict.fromkeys(SKILLS, 2), pass_mark=70, wait_hours=24,
)  # fmt: skip


def item(key: str, skill: str = "an-toan", **more: Any) -> dict[str, Any]:
    usual = {
        "version": 1, "level": "usable", "kind": "single", "status": "active", "stem": f"Câu {key}?", "explanation": f"Vì {key}.",
        "options": [{"text": "Sai một"}, {"text": "Đúng", "right": True}, {"text": "Sai hai"}],
    }  # fmt: skip
    return {"key": key, "skill": skill, **usual, **more}


def bank_data(*items: dict[str, Any]) -> dict[str, Any]:
    rows = items or [item(f"{skill}-{n}", skill) for skill in SKILLS for n in range(3)]
    return {"key": "thu", "framework": "thu", "framework_version": "1.0", "items": list(rows)}


def bank(*items: dict[str, Any]) -> Bank:
    return parse_bank(bank_data(*items), skills=frozenset(catalogue().skills), levels=LEVELS)


def loaded_bank(*items: dict[str, Any]) -> None:
    load_bank(bank(*items), by=":test")


def right_option(attempt: Attempt, position: int) -> int:
    return item_text(attempt.questions[position].item).right


def wrong_option(attempt: Attempt, position: int) -> int:
    right = right_option(attempt, position)
    return next(option for option in attempt.questions[position].order if option != right)
