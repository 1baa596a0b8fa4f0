"""A target beside its figure, as a line of the report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hocvuso.evidence.queries import catalogue
from hocvuso.evidence.rules import Grade
from hocvuso.lib.text import vn_number, vn_percent
from hocvuso.measure.queries import Standing
from hocvuso.plans.rules import Light
from hocvuso.reports.rules import Line


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
        return f"{amount}, mỗi xã, phường {word}{vn_number(standing.target.value)} hộ"
    return word + amount


def line_of(standing: Standing, below: Sequence[Standing], *, has_before: bool) -> Line:
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
    )
