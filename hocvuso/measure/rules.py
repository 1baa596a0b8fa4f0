"""Metrics, figures and what may be said of them. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hocvuso.evidence.rules import ACT, LADDER, Catalogue, Grade
from hocvuso.lib.errors import BadInput, UnknownName
from hocvuso.places.rules import Group

PRIMITIVES = ("first_day", "first_day_of_n", "per_period")
COUNTED = ("village", "org", "commune")


@dataclass(frozen=True, slots=True)
class Base:
    """A denominator: dated headcounts of groups, units of a level, organisations of a kind, or another metric's figure."""

    groups: tuple[str, ...] = ()
    units: str = ""
    orgs: str = ""
    metric: str = ""

    @property
    def sent_as(self) -> str:
        """The group under which the level above is told how many there are: it knows communes, but no villages and no organisations."""
        if self.orgs:
            return f"orgs:{self.orgs}"
        return f"units:{self.units}" if self.units == "village" else ""


@dataclass(frozen=True, slots=True)
class Metric:
    key: str
    title: str
    title_en: str
    subject: str
    counted: str
    kinds: tuple[str, ...]
    rung: str
    primitive: str
    base: Base | None
    groups: tuple[str, ...] = ()
    min_age: int | None = None
    max_age: int | None = None
    skill: str = ""
    detail: Mapping[str, str] = field(default_factory=dict)
    n: int = 1
    of: str = ""
    period: str = ""
    headline: Grade = Grade.PROVEN
    by_level: bool = False
    among: str = ""  # another metric: only who met that one counts here
    after_days: int = 0  # … and only what came so many days after it
    stated_as: str = ""  # where nobody states this metric, a statement of that one stands for it


@dataclass(frozen=True, slots=True)
class Funnel:
    key: str
    title: str
    title_en: str
    metrics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Metrics:
    by_key: Mapping[str, Metric]
    funnels: Mapping[str, Funnel]

    def __getitem__(self, key: str) -> Metric:
        try:
            return self.by_key[key]
        except KeyError:
            raise UnknownName(f"Không có thước đo “{key}”.") from None


def parse_metrics(data: Any, *, evidence: Catalogue) -> Metrics:
    """From the parsed YAML; a metric that names an unknown kind, rung, group or metric is refused by name."""
    if not isinstance(data, dict) or "metrics" not in data:
        raise BadInput("metrics.yaml: phải có phần metrics.")
    found = {key: _metric(key, entry, evidence) for key, entry in data["metrics"].items()}
    for metric in found.values():
        if metric.base and metric.base.metric and metric.base.metric not in found:
            raise BadInput(f"metrics.yaml: {metric.key}: mẫu số là thước đo “{metric.base.metric}” không có.")
    order = list(found)
    for metric in found.values():
        if metric.among and metric.among not in order[: order.index(metric.key)]:
            raise BadInput(f"metrics.yaml: {metric.key}: among “{metric.among}” phải là một thước đo ghi ở phía trên.")
        if metric.after_days and (
            found[metric.among].primitive != "first_day" or found[metric.among].detail or found[metric.among].among
        ):
            raise BadInput(f"metrics.yaml: {metric.key}: after_days cần among là một thước đo first_day đơn giản.")
        if metric.stated_as and metric.stated_as not in found:
            raise BadInput(f"metrics.yaml: {metric.key}: stated_as “{metric.stated_as}” không có.")
    funnels = {
        key: Funnel(key, e["title"], e["title_en"], tuple(e["metrics"])) for key, e in data.get("funnels", {}).items()
    }
    for funnel in funnels.values():
        for name in funnel.metrics:
            if name not in found:
                raise BadInput(f"metrics.yaml: phễu {funnel.key}: thước đo “{name}” không có.")
    return Metrics(found, funnels)


_FIELDS = {"title", "title_en", "subject", "counted", "kinds", "rung", "primitive", "population", "groups", "min_age", "max_age",
           "skill", "detail", "n", "of", "period", "headline", "by_level", "stated_as", "among", "after_days"}  # fmt: skip


def _metric(key: str, entry: Any, evidence: Catalogue) -> Metric:
    def refuse(why: str) -> BadInput:
        return BadInput(f"metrics.yaml: {key}: {why}.")

    if (
        not isinstance(entry, dict)
        or not {"title", "title_en", "subject", "counted", "kinds", "rung", "primitive"} <= entry.keys()
    ):
        raise refuse("thiếu một trong title, title_en, subject, counted, kinds, rung, primitive")
    if unknown := sorted(entry.keys() - _FIELDS):
        raise refuse(f"không hiểu “{unknown[0]}”")
    for kind in entry["kinds"]:
        if kind not in evidence.kinds:
            raise refuse(f"loại minh chứng “{kind}” không có trong evidence_kinds.yaml")
        if entry["subject"] not in evidence.kinds[kind].subjects:
            raise refuse(f"“{kind}” không ghi cho đối tượng {entry['subject']}")
    groups = tuple(entry.get("groups", ()))
    base = _base(entry.get("population"))
    for wrong, why in (
        (entry["rung"] not in (*LADDER, ACT), f"bậc “{entry['rung']}” không có"),
        (entry["primitive"] not in PRIMITIVES, f"cách đếm “{entry['primitive']}” không có"),
        (entry["counted"] not in COUNTED, f"nơi đếm “{entry['counted']}” không có"),
        (entry["primitive"] == "first_day_of_n" and not entry.get("of"), "first_day_of_n cần trường of"),
        (entry["primitive"] == "per_period" and entry.get("period") != "week", "per_period cần period: week"),
        (entry["primitive"] == "per_period" and bool(entry.get("among")), "per_period đếm nơi, không dùng among"),
        (bool(entry.get("after_days")) and not entry.get("among"), "after_days cần among"),
        (
            bool(entry.get("after_days")) and (entry["primitive"] != "first_day" or bool(entry.get("detail"))),
            "after_days chỉ dùng với first_day, không kèm detail",
        ),
        (not {*groups, *(base.groups if base else ())} <= set(Group), "nhóm dân số không có"),
        (bool(entry.get("skill")) and entry.get("skill") not in evidence.skills, "kỹ năng không có"),
    ):
        if wrong:
            raise refuse(why)
    return Metric(
        key=key,
        title=entry["title"],
        title_en=entry["title_en"],
        subject=entry["subject"],
        counted=entry["counted"],
        kinds=tuple(entry["kinds"]),
        rung=entry["rung"],
        primitive=entry["primitive"],
        base=base,
        groups=groups,
        min_age=entry.get("min_age"),
        max_age=entry.get("max_age"),
        skill=entry.get("skill", ""),
        detail=entry.get("detail", {}),
        n=int(entry.get("n", 1)),
        of=entry.get("of", ""),
        period=entry.get("period", ""),
        headline=Grade(entry.get("headline", "proven")),
        by_level=bool(entry.get("by_level", False)),
        stated_as=entry.get("stated_as", ""),
        among=entry.get("among", ""),
        after_days=int(entry.get("after_days", 0)),
    )


def _base(entry: Any) -> Base | None:
    if not entry:
        return None
    return Base(tuple(entry.get("groups", ())), entry.get("units", ""), entry.get("orgs", ""), entry.get("metric", ""))


@dataclass(frozen=True, slots=True)
class Ask:
    """A metric, at a level when the target names one. "proficient" is its own figure; "usable" is anybody who passed."""

    metric: str
    level: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """A count with where it comes from. `places` = how many units or organisations gave a part of it."""

    count: int
    on: dt.date
    source: str
    places: int = 1
    document: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """The newest statement of one place: so many, as of a day. `path` is the place's path; what lies in it begins with the same."""

    path: str
    on: dt.date
    count: int
    source: str
    document: str
    simulated: bool


def taken_together(rows: Sequence[Told]) -> list[Told]:
    """Where a place and places in it have both stated a count so far, only one of the two is taken, so that nobody counts twice.

    The place's own word is for the whole of it. Later words from below take over only once they come to more: such counts do not fall,
    and one commune's word of today is not the province's.
    """
    taken: list[Told] = []
    ordered = sorted(rows, key=lambda row: row.path)
    while ordered:
        own, *rest = ordered
        inside = [row for row in rest if row.path.startswith(own.path)]
        ordered = rest[len(inside) :]
        below = taken_together(inside)
        later = bool(below) and max(row.on for row in below) > own.on
        taken += below if later and sum(row.count for row in below) > own.count else [own]
    return taken


@dataclass(frozen=True, slots=True)
class Figure:
    """One metric at one place on one day. The three grades stand side by side and are never added."""

    metric: Metric
    level: str
    place: str  # code of the unit or organisation
    on: dt.date
    proven: int | None  # None: nobody in this installation has measured it yet
    imported: Counted | None
    declared: Counted | None
    population: Counted | None
    simulated: bool
    proven_before: int | None = None  # as of the day before the period asked for
    proven_then: int | None = None  # as of the day of a declaration that covers the whole place

    def count(self, grade: Grade) -> int | None:
        if grade is Grade.PROVEN:
            return self.proven
        counted = self.imported if grade is Grade.IMPORTED else self.declared
        return counted.count if counted else None

    def share(self, grade: Grade) -> float | None:
        """Percent of the population; over 100 is given as it is. `None` without a count or a population."""
        count = self.count(grade)
        if count is None or self.population is None or self.population.count == 0:
            return None
        return 100 * count / self.population.count

    @property
    def grade(self) -> Grade:
        """The grade the traffic light looks at: the metric's own, or proven where only that is there; never declared."""
        if self.metric.headline is Grade.IMPORTED and self.imported is None and self.proven is not None:
            return Grade.PROVEN
        return self.metric.headline

    @property
    def headline(self) -> int | None:
        return self.count(self.grade)

    @property
    def measured(self) -> bool:
        return self.headline is not None

    @property
    def gap(self) -> int | None:
        """Declared minus proven, both of the declaration's day; `None` where declarations of several days were put together."""
        if self.declared is None or self.proven_then is None:
            return None
        return self.declared.count - self.proven_then
