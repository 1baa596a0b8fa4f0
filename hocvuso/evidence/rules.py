"""Kinds, rungs, sources and grades, read from `data/evidence_kinds.yaml` and checked. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from hocvuso.lib.errors import BadInput, UnknownName

# được tiếp cận → được hướng dẫn → đã học → đạt đánh giá → đạt chuẩn do hệ thống cấp → được xác nhận trên VNeID → có sử dụng
LADDER = ("reached", "guided", "learned", "assessed", "certified", "confirmed", "using")
ACT = "act"  # beside the ladder: a decision signed, a name registered (docs/decisions/0004)
LEVELS = ("usable", "proficient")  # sử dụng được < sử dụng tốt (facts K10)
EARLIEST = dt.date(2020, 1, 1)


class Grade(StrEnum):
    PROVEN = "proven"  # có minh chứng
    IMPORTED = "imported"  # nhập từ hệ thống khác
    DECLARED = "declared"  # đơn vị tự báo cáo


@dataclass(frozen=True, slots=True)
class Kind:
    key: str
    title: str
    title_en: str
    rung: str
    subjects: tuple[str, ...]
    needs_skill: bool
    needs_level: bool
    only_from: tuple[str, ...]  # sources that may bring it; empty = any
    detail_schema: Mapping[str, Any]
    check_detail: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Source:
    key: str
    title: str
    title_en: str
    grade: Grade
    simulated: bool


@dataclass(frozen=True, slots=True)
class Skill:
    key: str
    title: str
    title_en: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    kinds: Mapping[str, Kind]
    sources: Mapping[str, Source]
    skills: Mapping[str, Skill]

    def kind(self, key: str) -> Kind:
        try:
            return self.kinds[key]
        except KeyError:
            raise UnknownName(f"Không có loại minh chứng “{key}”.") from None

    def source(self, key: str) -> Source:
        try:
            return self.sources[key]
        except KeyError:
            raise UnknownName(f"Không có nguồn “{key}”.") from None


def parse_catalogue(data: Any) -> Catalogue:
    """From the parsed YAML; a kind without a rung, an unknown grade or a broken schema is refused by name."""
    if not isinstance(data, dict) or not {"kinds", "sources", "skills"} <= data.keys():
        raise BadInput("evidence_kinds.yaml: phải có các phần kinds, sources, skills.")
    kinds = {key: _kind(key, entry) for key, entry in data["kinds"].items()}
    sources = {key: _source(key, entry) for key, entry in data["sources"].items()}
    for kind in kinds.values():
        for name in kind.only_from:
            if name not in sources:
                raise BadInput(f"evidence_kinds.yaml: {kind.key}: only_from nhắc đến nguồn “{name}” không có.")
    return Catalogue(
        kinds=kinds,
        sources=sources,
        skills={key: Skill(key, entry["title"], entry["title_en"]) for key, entry in data["skills"].items()},
    )


def _kind(key: str, entry: Any) -> Kind:
    import fastjsonschema  # compiles to Python: fast on bulk rows, and only loaded where rows are written

    try:
        if entry["rung"] not in (*LADDER, ACT):
            raise BadInput(f"evidence_kinds.yaml: {key}: bậc “{entry['rung']}” không có.")
        subjects = entry["subject"] if isinstance(entry["subject"], list) else [entry["subject"]]
        return Kind(
            key=key,
            title=entry["title"],
            title_en=entry["title_en"],
            rung=entry["rung"],
            subjects=tuple(subjects),
            needs_skill=bool(entry.get("needs_skill")),
            needs_level=bool(entry.get("needs_level")),
            only_from=tuple(entry.get("only_from", ())),
            detail_schema=entry["detail"],
            check_detail=fastjsonschema.compile(entry["detail"]),
        )
    except KeyError as missing:
        raise BadInput(f"evidence_kinds.yaml: {key}: thiếu {missing}.") from None


def _source(key: str, entry: Any) -> Source:
    try:
        return Source(key, entry["title"], entry["title_en"], Grade(entry["grade"]), bool(entry.get("simulated")))
    except (KeyError, ValueError) as error:
        raise BadInput(f"evidence_kinds.yaml: nguồn {key}: {error}.") from None


def check_fact(
    kind: Kind,
    *,
    subject_type: str,
    on: dt.date,
    today: dt.date,
    level: str,
    skill: str,
    detail: Any,
    skills: Mapping[str, Skill],
) -> str:
    """Why this fact cannot be recorded, in words for the person who sent it; "" when it can."""
    if subject_type not in kind.subjects:
        return f"“{kind.title}” không ghi cho đối tượng loại {subject_type}."
    if not EARLIEST <= on <= today:
        return f"Ngày {on:%d/%m/%Y} phải từ {EARLIEST:%d/%m/%Y} đến {today:%d/%m/%Y}."
    if level and level not in LEVELS or kind.needs_level and not level:
        return f"“{kind.title}” cần mức: sử dụng được hoặc sử dụng tốt."
    if skill and skill not in skills or kind.needs_skill and not skill:
        return f"“{kind.title}” cần một trong {len(skills)} kỹ năng cơ bản."
    try:
        kind.check_detail(detail)
    except ValueError as error:  # fastjsonschema's error is a ValueError; its text names the field, not its content
        return f"“{kind.title}”: chi tiết không đúng mẫu ({_field(error)})."
    return ""


def _field(error: ValueError) -> str:
    return str(getattr(error, "name", "") or "detail").removeprefix("data.")
