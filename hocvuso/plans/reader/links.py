"""Which statements say the same: the first is the indicator, later ones repeat it and lend it what it does not say itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from hocvuso.plans.reader.indicators import Found
from hocvuso.plans.reader.model import Indicator, Mark
from hocvuso.plans.reader.themes import likeness, theme_of


@dataclass(frozen=True, slots=True)
class Linked:
    indicators: tuple[Found, ...]
    duplicates: tuple[Found, ...]
    embedded: tuple[Found, ...]


def link(found: Sequence[Found]) -> Linked:
    kept: list[Found] = []
    duplicates: list[Found] = []
    embedded: list[Found] = []
    for one in found:
        if not one.promised:
            embedded.append(one)
            continue
        original = next((at for at, other in enumerate(kept) if says_the_same(other, one)), None)
        if original is None:
            kept.append(one)
            continue
        duplicates.append(replace(one, indicator=replace(one.indicator, duplicate_of=original)))
        kept[original] = _completed(kept[original], one)
    # a number in a task that an indicator promises already is a repetition, too
    hidden = []
    for one in embedded:
        original = next((at for at, other in enumerate(kept) if says_the_same(other, one)), None)
        if original is not None and (one.indicator.unit == "%" or "/" in one.indicator.unit or one.announced):
            duplicates.append(replace(one, indicator=replace(one.indicator, duplicate_of=original)))
            kept[original] = _completed(kept[original], one)
        elif not one.announced:
            hidden.append(one)
    return Linked(tuple(kept), tuple(duplicates), tuple(hidden))


def says_the_same(first: Found, second: Found) -> bool:
    one, other = first.indicator, second.indicator
    if one.target != other.target or (one.unit == "%") != (other.unit == "%"):
        return False
    if _cites(other) and one.unit == other.unit and one.group == other.group:
        return True
    if first.explicit and second.explicit and first.explicit != second.explicit:
        return False
    return same_promise(first, second)


def _cites(one: Indicator) -> bool:
    """ "do đó mục tiêu 420.000 người của năm 2025 …" speaks of a target that is set elsewhere."""
    shown = f"{one.target:,.0f}".replace(",", ".")
    return one.target >= 1_000 and re.search(rf"(?:mục tiêu|chỉ tiêu)\s+{re.escape(shown)}\s", one.text) is not None


def same_promise(first: Found, second: Found) -> bool:
    """Do both speak of the same thing and people, whatever their numbers?"""
    one, other = first.indicator, second.indicator
    if (one.unit == "%") != (other.unit == "%") or one.group != other.group:
        return False
    words, others = _words(first), _words(second)
    theme, other_theme = theme_of(one.text), theme_of(other.text)
    if (theme or theme_of(words)) != (other_theme or theme_of(others)) and theme_of(words) != theme_of(others):
        return False
    if one.level and other.level and one.level != other.level:
        return False
    return max(likeness(one.text, other.text), likeness(words, others)) >= 0.6


def _words(found: Found) -> str:
    """With the title before a short statement ("Đăng ký chữ ký số: 50% …")."""
    text = found.indicator.text
    return f"{found.context} {text}" if len(text) < 120 else text


def _completed(original: Found, repeated: Found) -> Found:
    one, other = original.indicator, repeated.indicator
    marks = list(one.marks)
    changes: dict[str, object] = {}
    for name in ("leads", "coordinators", "implementers", "directing_body"):
        if not getattr(one, name) and getattr(other, name):
            changes[name] = getattr(other, name)
            marks += [replace(mark, confidence=min(mark.confidence, 0.8)) for mark in other.marks if mark.field == name]
    if not original.own_time and other.deadline.due and repeated.own_time:
        block = repeated.block_time
        changes["deadline"] = (
            block if block and block.due and block.precision == "day" and not original.explicit else other.deadline
        )
        marks = [mark for mark in marks if mark.field != "due"]
        marks += [
            replace(mark, confidence=min(mark.confidence, 0.8)) for mark in other.marks if mark.field == "due"
        ] or [Mark("due", 0.7)]
    if not one.horizon and other.horizon:
        changes["horizon"] = other.horizon
    indicator: Indicator = replace(one, **changes, marks=tuple(marks))  # type: ignore[arg-type]
    return replace(original, indicator=indicator, own_time=original.own_time or "deadline" in changes)
