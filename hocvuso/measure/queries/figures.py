from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings

from hocvuso.evidence.queries import catalogue
from hocvuso.evidence.rules import Grade
from hocvuso.lib.yamlfile import read_yaml
from hocvuso.measure import engine
from hocvuso.measure.queries.snapshots import current_snapshot, cursor_here, prefix_of
from hocvuso.measure.rules import (
    Ask,
    Base,
    Counted,
    Figure,
    Funnel,
    Metrics,
    Told,
    parse_metrics,
    taken_together,
)
from hocvuso.places.models import Organisation, Place
from hocvuso.places.rules import Group

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@cache
def metrics() -> Metrics:
    return parse_metrics(read_yaml(settings.DATA_DIR / "metrics.yaml"), evidence=catalogue())


REMEMBERED = 200  # answers; a province's communes in one target are a hundred figures
REPEATED = 60  # of them asked again of a new snapshot, the latest first
_lock = threading.Lock()
_answered: OrderedDict[Any, tuple[Sequence[Place], dict[Key, Figure]]] = OrderedDict()


def figure(place: Place, ask: Ask, *, on: dt.date, since: dt.date | None = None) -> Figure:
    return figures([place], [ask], on=on, since=since)[place.code, ask]


def figures(
    places: Sequence[Place], asks: Sequence[Ask], *, on: dt.date, since: dt.date | None = None
) -> dict[tuple[str, Ask], Figure]:
    """Every figure asked for, at every place, on a day; with `since`, also the proven count of the evening before that day.

    A snapshot never changes, so what was asked of it once need not be counted again.
    """
    asked = (current_snapshot().name, tuple((p.code, prefix_of(p)) for p in places), tuple(asks), on, since)
    with _lock:
        if asked in _answered:
            _answered.move_to_end(asked)
            return dict(_answered[asked][1])
    found = _figures(places, asks, on=on, since=since)
    with _lock:
        _answered[asked] = (places, found)
        while len(_answered) > REMEMBERED:
            _answered.popitem(last=False)
    return dict(found)


def ask_again() -> None:
    """What pages asked of the snapshot before, asked of this one, so that no page waits for it."""
    with _lock:
        known = list(_answered.items())
    latest = known[-1][0][0] if known else ""
    for (name, _places, asks, on, since), (places, _found) in known[-REPEATED:]:
        if name == latest:
            figures(places, asks, on=on, since=since)


def _figures(
    places: Sequence[Place], asks: Sequence[Ask], *, on: dt.date, since: dt.date | None
) -> dict[tuple[str, Ask], Figure]:
    """A handful of queries over the snapshot, however many places and metrics."""
    known = metrics()
    wanted = [known[ask.metric] for ask in asks]
    counted = {*asks, *(Ask(m.base.metric) for m in wanted if m.base and m.base.metric)}
    cursor = cursor_here()
    ask_places(cursor, places)
    ask_measures(cursor, {ask.metric for ask in counted})
    proven, simulated, recorded, then = _counts(cursor, counted, on, since)
    snapshot = current_snapshot()
    spoken_of = {(m.key, name) for m in wanted for name in (m.key, m.stated_as) if name in snapshot.stated}
    stated = _stated(cursor, {name for _, name in spoken_of}, on)
    recorded |= _uncovered(cursor, spoken_of, recorded, on)
    bases = _bases(cursor, {m.base for m in wanted if m.base and not m.base.metric}, on)
    found = {}
    for place in places:
        for ask, metric in zip(asks, wanted, strict=True):
            key = (place.code, ask)
            now, before = proven.get(key, (0, 0))
            is_known = snapshot.has_measured(place, ask.metric, Grade.PROVEN)
            # A statement names no level, so it never stands for “sử dụng tốt” (facts K10).
            names = () if ask.level == "proficient" else (ask.metric, metric.stated_as)
            said = {
                grade: next((row for name in names if (row := stated.get((place.code, name, grade)))), None)
                for grade in (Grade.IMPORTED, Grade.DECLARED, "simulated")
            }
            imported = _joined(said[Grade.IMPORTED], recorded.get((key, Grade.IMPORTED)))
            if imported is None and snapshot.has_measured(place, ask.metric, Grade.IMPORTED):
                imported = Counted(0, on, "")
            population = None
            if metric.base is not None and metric.base.metric:
                population = Counted(
                    proven.get((place.code, Ask(metric.base.metric)), (0, 0))[0], on, metric.base.metric
                )
            elif metric.base is not None:
                population = bases.get((place.code, metric.base))
            found[key] = Figure(
                metric=metric,
                level=ask.level,
                place=place.code,
                on=on,
                proven=now if is_known else None,
                imported=imported,
                declared=_joined(said[Grade.DECLARED], recorded.get((key, Grade.DECLARED))),
                population=population,
                simulated=key in simulated or bool(said["simulated"]) or snapshot.is_simulated_at(place),
                proven_before=before if is_known and since else None,
            )
    return _with_gaps(cursor, found, then) if len(places) == 1 else found


def _with_gaps(cursor: Any, found: dict[Key, Figure], then: Mapping[Key, tuple[dt.date, int]]) -> dict[Key, Figure]:
    """What was proven on the day each declaration speaks of: like against like. `then` knows it where single rows declare."""
    days: dict[dt.date, set[Ask]] = {}
    for key, shown in found.items():
        if shown.declared is not None and shown.declared.places == 1 and shown.proven is not None:
            day, count = then.get(key, (None, 0))
            if day == shown.declared.on:
                found[key] = replace(shown, proven_then=count)
            else:
                days.setdefault(shown.declared.on, set()).add(key[1])
    for day, asks in days.items():
        ask_measures(cursor, {ask.metric for ask in asks})
        proven, *_others = _counts(cursor, asks, day, None)
        for key in [key for key in found if key[1] in asks]:
            found[key] = replace(found[key], proven_then=proven.get(key, (0, 0))[0])
    return found


def _joined(stated: Counted | None, recorded: Counted | None) -> Counted | None:
    """Stated counts of some places and single rows of the others: one figure of one grade, nobody in it twice."""
    if stated is None or recorded is None:
        return stated or recorded
    places = stated.places + recorded.places
    return Counted(stated.count + recorded.count, min(stated.on, recorded.on), stated.source, places)


def _uncovered(
    cursor: Any, names: set[tuple[str, str]], recorded: Mapping[tuple[Key, Grade], Counted | None], on: dt.date
) -> dict[tuple[Key, Grade], Counted | None]:
    """Of metrics that somebody stated: what single rows of outside sources come to where no statement covers their place. `names`: (metric,
    the name it is stated by)."""
    if not names:
        return {}
    metrics_stated = {metric for metric, _ in names}
    cursor.execute("CREATE OR REPLACE TEMP TABLE stated_for (metric VARCHAR, stated VARCHAR)")
    cursor.executemany("INSERT INTO stated_for VALUES (?, ?)", sorted(names))
    rows = cursor.execute(engine.sql("recorded"), {"on": on, "metrics": sorted(metrics_stated)}).fetchall()
    found: dict[tuple[Key, Grade], Counted | None] = {
        key: None for key in recorded if key[0][1].metric in metrics_stated
    }
    for code, metric, stored, grade, count, newest in rows:
        for level in _levels_of(stored):
            found[(code, Ask(metric, level)), Grade(grade)] = Counted(int(count), newest, "")
    return found


def _levels_of(stored: str) -> tuple[str, ...]:
    """Somebody who passed at "sử dụng được" or above is one count; only "sử dụng tốt" is asked for by itself."""
    return ("", "usable") if stored == "" else (stored,)


def ask_places(cursor: DuckDBPyConnection, places: Sequence[Place]) -> None:
    asked = {place.code: prefix_of(place) for place in places} or {"": "-"}
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE place_asked AS SELECT unnest(?::VARCHAR[]) AS code, unnest(?::VARCHAR[]) AS prefix",
        [list(asked), list(asked.values())],
    )
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE cells_asked AS {engine.sql('cells_asked')}")


def ask_measures(cursor: DuckDBPyConnection, names: set[str]) -> None:
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE measures_asked AS SELECT m, metric, level, grade FROM measures WHERE list_contains(?, metric)",
        [sorted(names)],
    )


Key = tuple[str, Ask]


def _counts(
    cursor: Any, asks: set[Ask], on: dt.date, since: dt.date | None
) -> tuple[
    dict[Key, tuple[int, int]], set[Key], dict[tuple[Key, Grade], Counted | None], dict[Key, tuple[dt.date, int]]
]:
    """Proven counts now and before, which figures are simulated, what single rows of outside sources come to, and what was proven on the
    newest day of those that declare."""
    names = sorted({ask.metric for ask in asks})
    weekly = [name for name in names if metrics()[name].primitive == "per_period"]
    # The last whole week, Monday to Sunday, that is over on the evening of the day.
    week_first = on - dt.timedelta(days=on.isoweekday() % 7 + 6)
    given = {"on": on, "since": since or on, "weekly": weekly, "week_first": week_first}
    rows = cursor.execute(engine.sql("counts"), given).fetchall()
    proven: dict[Key, tuple[int, int]] = {}
    simulated: set[Key] = set()
    recorded: dict[tuple[Key, Grade], Counted | None] = {}
    proven_then: dict[Key, int] = {}
    declared_on: dict[Key, dt.date] = {}
    for code, metric, stored, grade, now, before, is_simulated, total, newest, then in rows:
        for level in _levels_of(stored):
            key = (code, Ask(metric, level))
            if grade == Grade.PROVEN:
                proven[key], proven_then[key] = (int(now), int(before)), int(then)
            else:
                recorded[key, Grade(grade)] = Counted(int(total), newest, "")
            if grade == Grade.DECLARED and metric not in weekly:
                declared_on[key] = newest
            if is_simulated:
                simulated.add(key)
    return proven, simulated, recorded, {key: (day, proven_then.get(key, 0)) for key, day in declared_on.items()}


def _stated(cursor: Any, names: set[str], on: dt.date) -> dict[tuple[str, str, str], Any]:
    if not names:
        return {}
    rows = cursor.execute(engine.sql("stated"), {"on": on, "metrics": sorted(names)}).fetchall()
    told: dict[tuple[str, str, str], list[Told]] = {}
    for code, metric, grade, *told_there in rows:
        told.setdefault((code, metric, grade), []).append(Told(*told_there))
    found: dict[tuple[str, str, str], Any] = {}
    for (code, metric, grade), everywhere in told.items():
        taken = taken_together(everywhere)
        sources = " ".join(sorted({row.source for row in taken}))
        document = taken[0].document if len(taken) == 1 else ""
        count, oldest = sum(row.count for row in taken), min(row.on for row in taken)
        found[code, metric, grade] = Counted(count, oldest, sources, len(taken), document)
        if any(row.simulated for row in taken):
            found[code, metric, "simulated"] = True
    return found


def _bases(cursor: Any, bases: set[Base], on: dt.date) -> dict[tuple[str, Base], Counted]:
    """The denominators at every place asked for. Groups are added where a base names several (officials and staff)."""
    found: dict[tuple[str, Base], Counted] = {}
    for base in (base for base in bases if base.units or base.orgs):
        name = "units_in_force" if base.units else "orgs_in_force"
        rows = cursor.execute(engine.sql(name), {"wanted": base.units or base.orgs, "on": on}).fetchall()
        found |= {(code, base): Counted(int(count), on, "") for code, count in rows}
    if current_snapshot().sent:
        _add_sent_bases(cursor, bases, found, on)
    counts = headcounts_of(cursor, {group for base in bases for group in base.groups}, on)
    for base in (base for base in bases if base.groups):
        for code in {code for code, group in counts if group in base.groups}:
            found[code, base] = _together([counts[code, group] for group in base.groups if (code, group) in counts])
    return found


def _add_sent_bases(cursor: Any, bases: set[Base], found: dict[tuple[str, Base], Counted], on: dt.date) -> None:
    """How many villages and organisations the senders have; `found` counts those of other places only."""
    by_group = {base.sent_as: base for base in bases if base.sent_as}
    for (code, group), sent in headcounts_of(cursor, set(by_group), on).items():
        key = (code, by_group[group])
        own = found.get(key)
        found[key] = Counted(own.count + sent.count, min(own.on, sent.on), "") if own else sent


def headcounts(places: Sequence[Place], base: Base, *, on: dt.date) -> dict[str, Counted]:
    """How many a base names at each place: the people of its groups, or its units or organisations."""
    cursor = cursor_here()
    ask_places(cursor, places)
    return {code: counted for (code, _base), counted in _bases(cursor, {base}, on).items()}


def headcounts_of(cursor: Any, groups: set[str], on: dt.date) -> dict[tuple[str, str], Counted]:
    rows = cursor.execute(engine.sql("population"), {"on": on, "groups": sorted(groups)}).fetchall()
    return {(code, group): Counted(int(count), day, source, places) for code, group, count, day, source, places in rows}


def _together(parts: list[Counted]) -> Counted:
    """Several groups as one base: dated by its oldest part, and naming every source."""
    sources = ", ".join(sorted({source for part in parts for source in part.source.split(", ")}))
    return Counted(sum(p.count for p in parts), min(p.on for p in parts), sources, max(p.places for p in parts))


def series(place: Place, ask: Ask, *, first: dt.date, last: dt.date) -> list[tuple[dt.date, int]]:
    """The proven count at the end of each day on which it moved, from the day before `first`."""
    level = "" if ask.level == "usable" else ask.level
    cursor = cursor_here()
    ask_places(cursor, [place])
    ask_measures(cursor, {ask.metric})
    rows = cursor.execute(engine.sql("series"), {"level": level, "grade": Grade.PROVEN, "last": last}).fetchall()
    total, points = 0, []
    for day, count in rows:
        total += int(count)
        if day >= first:
            points.append((day, total))
        else:
            points = [(first - dt.timedelta(days=1), total)]
    return points


@dataclass(frozen=True, slots=True)
class GroupCount:
    group: Group
    counted: Counted


def populations_at(place: Place, *, on: dt.date) -> list[GroupCount]:
    """Every dated headcount known at a place, group by group."""
    cursor = cursor_here()
    ask_places(cursor, [place])
    counts = headcounts_of(cursor, set(Group), on)
    return [GroupCount(group, counts[place.code, group]) for group in Group if (place.code, group) in counts]


@dataclass(frozen=True, slots=True)
class FunnelHere:
    funnel: Funnel
    figures: tuple[Figure, ...]


def funnels_at(place: Place, *, on: dt.date) -> list[FunnelHere]:
    """Each group's ladder at a place, rung by rung; only where the group lives (an office has no village adults)."""
    known = metrics()
    found = []
    for funnel in known.funnels.values():
        if isinstance(place, Organisation) and any(known[key].counted != "org" for key in funnel.metrics):
            continue
        asks = [Ask(key) for key in funnel.metrics]
        here = figures([place], asks, on=on)
        found.append(FunnelHere(funnel, tuple(here[place.code, ask] for ask in asks)))
    return found
