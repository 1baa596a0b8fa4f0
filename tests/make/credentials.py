from __future__ import annotations

import datetime as dt
from typing import Any

from hocvuso.credentials.actions import certify_person
from hocvuso.credentials.models import Certificate
from hocvuso.evidence.models import Evidence
from hocvuso.people.models import Person
from tests.make.evidence import TODAY, fact

BY = ":test"


def passed_basics(who: Person, *, score: float = 85, level: str = "usable", **more: Any) -> Evidence:
    """The pass that the rule for the five basic skills asks for."""
    detail = {"score": score, "framework": "nam-ky-nang-1.0"}
    return fact(who, "assessment_passed", level=level, detail=detail, **more)


def certified(who: Person, *, today: dt.date = TODAY) -> Certificate:
    passed_basics(who)
    made = certify_person(who, by=BY, today=today)
    assert made is not None
    return made
