"""A flag, and the catalogue of kinds of flags with their limits and sentences (`data/flags.yaml`)."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from hocvuso.lib.errors import BadInput, UnknownName

Number = int | float | str


class Severity(IntEnum):
    """How much hangs on it, not how sure it is: a flag that is not sure enough is not raised."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3


@dataclass(frozen=True, slots=True)
class Flag:
    """Something to look at again. `evidence` holds numbers that a person can check; `weeks` are Mondays, first and last."""

    kind: str
    place: str
    metric: str = ""
    subject: str = ""
    weeks: tuple[dt.date, dt.date] | None = None
    evidence: Mapping[str, Number] = field(default_factory=dict)
    severity: Severity = Severity.LOW

    @property
    def key(self) -> str:
        """The same finding has the same key on every refresh, so that what a person said of it stays with it."""
        named = "|".join((self.kind, self.place, self.metric, self.subject))
        return hashlib.sha256(named.encode()).hexdigest()[:20]


def weeks_of(first: dt.date, last: dt.date | None = None) -> tuple[dt.date, dt.date]:
    return _monday(first), _monday(last or first)


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def severity_of(concerned: float, base: float | None) -> Severity:
    """By the share of the place's people whose count is in doubt: from a tenth high, from a fiftieth medium."""
    if not base:
        return Severity.MEDIUM
    share = concerned / base
    return Severity.HIGH if share >= 0.1 else Severity.MEDIUM if share >= 0.02 else Severity.LOW


@dataclass(frozen=True, slots=True)
class FlagKind:
    """`limits` are numbers the detectors compare with; why each is what it is stands in the file."""

    key: str
    title: str
    title_en: str
    look: str
    look_en: str
    innocent: str
    innocent_en: str
    limits: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class FlagKinds:
    by_key: Mapping[str, FlagKind]
    pairs: Mapping[
        str, tuple[tuple[str, str], ...]
    ]  # by grade (lower rung, higher rung): the second cannot be more than the first
    one_at_a_time: frozenset[str]  # kinds of evidence that take one person after the other

    def __getitem__(self, key: str) -> FlagKind:
        try:
            return self.by_key[key]
        except KeyError:
            raise UnknownName(f"Không có loại dấu hiệu “{key}”.") from None

    def limit(self, kind: str, name: str) -> float:
        return self[kind].limits[name]


_TEXTS = ("title", "title_en", "look", "look_en", "innocent", "innocent_en")


def parse_flag_kinds(data: Any) -> FlagKinds:
    if not isinstance(data, dict) or not {"kinds", "pairs", "one_at_a_time"} <= data.keys():
        raise BadInput("flags.yaml: phải có kinds, pairs và one_at_a_time.")
    kinds = {}
    for key, entry in data["kinds"].items():
        if missing := [name for name in (*_TEXTS, "limits") if name not in entry]:
            raise BadInput(f"flags.yaml: {key}: thiếu {missing[0]}.")
        limits = {name: float(limit["value"]) for name, limit in entry["limits"].items()}
        if unreasoned := [name for name, limit in entry["limits"].items() if not limit.get("why")]:
            raise BadInput(f"flags.yaml: {key}: ngưỡng {unreasoned[0]} chưa nói vì sao.")
        title, title_en, look, look_en, innocent, innocent_en = (str(entry[name]).strip() for name in _TEXTS)
        kinds[key] = FlagKind(key, title, title_en, look, look_en, innocent, innocent_en, limits)
    pairs = {str(grade): tuple((str(low), str(high)) for low, high in rows) for grade, rows in data["pairs"].items()}
    return FlagKinds(kinds, pairs, frozenset(data["one_at_a_time"]))


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a person reads: what was seen and where to look, and which innocent explanations there are."""

    title: str
    look: str
    innocent: str


def sentence_of(
    flag: Flag, kinds: FlagKinds, *, names: Mapping[str, str] | None = None, language: str = "vi"
) -> Sentence:
    """`names` gives the words for keys that stand in the evidence: titles of metrics, names of places and groups."""
    kind, known = kinds[flag.kind], names or {}
    english = language == "en"
    shown = {
        name: (isinstance(value, str) and known.get(value)) or _shown(value, english=english)
        for name, value in flag.evidence.items()
    }
    look = (kind.look_en if english else kind.look).format_map(shown)
    return Sentence(kind.title_en if english else kind.title, look, kind.innocent_en if english else kind.innocent)


def _shown(value: Number, *, english: bool) -> str:
    """12345 → 12.345, 0.5 → 0,5; in English the other way round."""
    if isinstance(value, str):
        return value
    text = f"{value:,}" if isinstance(value, int) or value.is_integer() else f"{value:,.1f}"
    text = text.removesuffix(".0")
    return text if english else text.translate(str.maketrans(",.", ".,"))
