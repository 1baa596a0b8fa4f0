"""A metric of the catalogue for an indicator. The catalogue is handed in as plain data; "none" is an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hocvuso.plans.reader.groups import find_group
from hocvuso.plans.reader.model import Group, Indicator
from hocvuso.plans.reader.themes import theme_of, words_of

# A metric's groups in the catalogue → the reader's group.
_GROUPS: dict[str, Group] = {
    "adults": "adults", "residents": "adults", "officials": "public_servants", "staff": "public_servants", "students": "students",
    "pupils": "students", "workers": "workers", "households": "households", "residents_16": "other", "smartphone": "other",
}  # fmt: skip


_WEAK = ("", "registered", "reached", "trained", "class")


@dataclass(frozen=True, slots=True)
class MetricEntry:
    """What the reader knows of a metric."""

    key: str
    title: str
    group: Group
    theme: str
    words: frozenset[str]
    share: bool  # it has a denominator


def entries(catalogue: Mapping[str, Mapping[str, Any]]) -> tuple[MetricEntry, ...]:
    """From `data/metrics.yaml` (its `metrics`)."""
    return tuple(_entry(key, entry) for key, entry in catalogue.items())


def _entry(key: str, entry: Mapping[str, Any]) -> MetricEntry:
    title = str(entry.get("title", ""))
    population: Mapping[str, Any] = entry.get("population") or {}
    named: Sequence[str] = entry.get("groups") or population.get("groups") or ()
    group = _GROUPS.get(named[0]) if named else None
    unit = {"commune": "communes", "village": "villages"}.get(str(population.get("units", "")))
    told = group or unit or find_group(title) or "other"
    return MetricEntry(key, title, told, theme_of(title), words_of(title), bool(population))  # type: ignore[arg-type]


def propose(indicator: Indicator, catalogue: Sequence[MetricEntry], *, context: str = "") -> tuple[str | None, float]:
    """The best entry and how sure: the same people, the same theme, common words. Below one half: none.

    `context` is the title before a short statement ("Đăng ký chữ ký số: 50% … đăng ký").
    """
    text = indicator.text
    theme = theme_of(text)
    if context and theme in _WEAK:
        text, theme = f"{context} {text}", theme_of(context) or theme
    scored = sorted(((_score(indicator, theme, words_of(text), entry), entry.key) for entry in catalogue), reverse=True)
    if not scored or scored[0][0] < 0.5:
        return None, 0.0
    best, key = scored[0]
    second = scored[1][0] if len(scored) > 1 else 0.0
    sure = round(min(0.95, best - max(0.0, 0.15 - (best - second))), 2)
    return (key, sure) if sure >= 0.5 else (None, 0.0)


def _score(indicator: Indicator, theme: str, words: frozenset[str], entry: MetricEntry) -> float:
    if indicator.group == entry.group:
        people = 0.45 if indicator.group == "other" else 1.0
    else:
        people = 0.3 if "other" in (indicator.group, entry.group) else 0.0
    if people == 0.0:
        return 0.0
    same = 1.0 if theme and theme == entry.theme else 0.0
    common = len(words & entry.words) / max(1, len(entry.words))
    kind = 0.1 if (indicator.unit == "%") == entry.share else -0.1
    if people < 1.0 and theme in (*_WEAK, "skill"):
        kind -= 0.2  # too little is said to tell whose skill it is
    if theme and entry.theme and theme != entry.theme:
        kind -= 0.25
    return 0.35 * people + 0.35 * same + 0.3 * common + kind
