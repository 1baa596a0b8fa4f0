"""What may become of a good practice: proposed → recognised by the level above, or not; taken up by others. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum


class Model(StrEnum):
    """The models the plans name (facts §1), and whatever else a place does."""

    AMBASSADORS = "dai-su-so"
    DIGITAL_FAMILY = "gia-dinh-so"
    DIGITAL_MARKET = "cho-so"
    DIGITAL_IDENTITY = "mot-danh-tinh-so"
    VILLAGE_TEAM = "to-cong-nghe-so"
    YOUTH = "thanh-nien"
    CLASSES = "lop-hoc"
    OTHER = "khac"


class Step(StrEnum):
    RECOGNISED = "recognised"
    NOT_YET = "not_yet"
    TAKEN_UP = "taken_up"


def standing_of(steps: Sequence[str]) -> Step | None:
    """What the level above said last; being taken up says nothing of that."""
    said = [Step(step) for step in steps if step != Step.TAKEN_UP]
    return said[-1] if said else None
