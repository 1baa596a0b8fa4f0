"""A target beside its figure, as a line of the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hocvuso.evidence.queries import catalogue
from hocvuso.evidence.rules import Grade
from hocvuso.lib.text import sort_key, vn_number, vn_percent
from hocvuso.measure.queries import Standing, metrics
from hocvuso.plans.rules import Light
from hocvuso.reports.rules import NAMED, CommuneShare, Extreme, Line

COMPARED, AT_EITHER_END = 7, 3  # with fewer communes everyone sees it in the annex


def _counted(standing: Standing) -> str:
    if standing.measure == "units":
        return "xã, phường"
    assert standing.figure is not None
    metric = standing.figure.metric
    if metric.subject == "household":
        return "hộ"
    if metric.subject == "org":
        return "trường"
    return (
        {"commune": "xã, phường", "village": "thôn, buôn, tổ dân phố"}[metric.counted]
        if metric.subject == "unit"
        else "người"
    )


def _goal(standing: Standing) -> str:
    if standing.goal is None:
        return ""
    word = {">": "trên ", ">=": "ít nhất ", "<": "dưới ", "<=": "không quá "}.get(standing.target.comparator, "")
    if standing.target.scope == "each_subject":
        each = f"{word}{vn_number(standing.target.value)} {standing.target.unit_of_measure}"
        return f"{vn_percent(standing.goal)} {_counted(standing)} ({each})"
    if standing.measure == "%":
        return word + vn_percent(standing.goal)
    amount = f"{vn_number(standing.goal)} {_counted(standing)}"
    if standing.measure == "units":
        each = standing.target.unit_of_measure.partition("/")[0]  # "hộ kinh doanh/xã, phường"
        return f"{amount}, mỗi xã, phường {word}{vn_number(standing.target.value)} {each}"
    return word + amount


def line_of(
    standing: Standing, below: Sequence[Standing], *, has_before: bool, names: Mapping[str, str], compare: bool = False
) -> Line:
    """`below` are the communes, `names` what they are called; `compare` says whether their shares may be held side by side."""
    target, figure = standing.target, standing.figure
    base: dict[str, Any] = {
        "key": target.key, "clause": target.clause, "title": target.indicator.title, "horizon": target.horizon, "light": standing.light,
        "deadline": target.due_text or (f"{target.due:%d/%m/%Y}" if target.due else ""),
    }  # fmt: skip
    if figure is None:
        return Line(**base, counted="", rung="", goal=_goal(standing), population=None, this_period=None, so_far=None, share=None,
                    gained_points=None, proven=None, imported=None, imported_source="", declared=None, headline="")  # fmt: skip
    units = standing.measure == "units"
    so_far = (None if standing.value is None else int(standing.value)) if units else figure.headline
    population = (int(standing.goal or 0) if units else figure.population.count if figure.population else None) or None
    proven = figure.grade is Grade.PROVEN and not units
    judged = [s for s in below if s.light not in (Light.NO_DEADLINE, Light.NOT_MEASURED)]
    source = figure.imported.source if figure.imported else ""
    best, weakest = _ends(below, names) if compare else (None, None)
    missing = [names[s.place] for s in judged if s.light is not Light.REACHED and s.place in names]
    declared, base_count = figure.declared, figure.population
    return Line(
        **base,
        counted=_counted(standing),
        rung=figure.metric.rung,
        goal=_goal(standing),
        population=population,
        this_period=standing.gained if proven else None,
        so_far=so_far,
        share=100 * so_far / population if so_far is not None and population else None,
        gained_points=100 * standing.gained / population
        if has_before and proven and population and standing.gained is not None
        else None,
        proven=figure.proven,
        imported=figure.imported.count if figure.imported else None,
        imported_source="; ".join(catalogue().source(key).title for key in source.split()),
        declared=figure.declared.count if figure.declared else None,
        headline=figure.grade,
        counts_communes=units,
        # Where the communes themselves are counted, how many have reached it is the figure already.
        reached_below=(sum(s.light is Light.REACHED for s in judged), len(judged))
        if judged and not units and figure.metric.counted != "commune"
        else None,
        not_reached=tuple(missing) if len(missing) <= NAMED else (),
        imported_on=figure.imported.on if figure.imported else None,
        declared_on=declared.on if declared else None,
        declared_document=declared.document if declared else "",
        declared_gap=figure.gap,
        population_on=base_count.on if base_count else None,
        population_source=_base_source(base_count.source) if base_count else "",
        has_before=has_before,
        best=best,
        weakest=weakest,
    )


def _base_source(source: str) -> str:
    """A denominator that is itself a figure is named by its metric."""
    metric = metrics().by_key.get(source)
    return f"số “{metric.title}” của hệ thống" if metric else source


def _ends(below: Sequence[Standing], names: Mapping[str, str]) -> tuple[Extreme | None, Extreme | None]:
    """The highest and the lowest shares; nothing where they hardly differ or too few are measured."""
    shares = sorted(
        (CommuneShare(names[s.place], s.value) for s in below if s.value is not None and s.place in names),
        key=lambda one: (-one.share, sort_key(one.name)),
    )
    if len(shares) < COMPARED or shares[0].share - shares[-1].share < 0.1:
        return None, None
    lowest = sorted(shares, key=lambda one: (one.share, sort_key(one.name)))
    return _end(shares, but=lowest[0].share), _end(lowest, but=shares[0].share)


def _end(ordered: list[CommuneShare], *, but: float) -> Extreme:
    """From the end inwards, never as far as the share at the other end."""
    share = ordered[0].share
    equal = sum(one.share == share for one in ordered)
    if equal > AT_EITHER_END:
        return Extreme((), equal, share)
    return Extreme(tuple(one for one in ordered[:AT_EITHER_END] if one.share != but))
