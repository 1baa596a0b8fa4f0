"""The boards: where a place stands, how it got there, where it will be, what should be looked at again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from hocvuso.lib import clock
from hocvuso.measure.queries import (
    FlagHere,
    Standing,
    Way,
    current_snapshot,
    figures,
    flags_at,
    funnels_at,
    metrics,
    standings,
    standings_below,
    way,
)
from hocvuso.measure.rules import Ask, Figure, Metric
from hocvuso.people.queries import visible_organisations, visible_units
from hocvuso.people.rules import Right
from hocvuso.places.models import Level, Organisation, Place, Unit
from hocvuso.places.queries import children_of
from hocvuso.plans.models import Plan, Target
from hocvuso.plans.queries import plans_above, running_plan_of
from hocvuso.plans.rules import Light
from hocvuso.web.office.board_sheets import (
    comparison_sheet,
    file_of,
    flags_sheet,
    ladder_sheet,
    targets_sheet,
    way_sheet,
)
from hocvuso.web.shared.conditional import unless_known
from hocvuso.web.shared.drawings import PlaceValue, draw_map, draw_way
from hocvuso.web.shared.places import holds_at, home_places, place_or_404, places_below
from hocvuso.web.shared.rights import account_of, official
from hocvuso.web.shared.tags import place_key

SLIPPING = (Light.MISSED, Light.BEHIND, Light.AT_RISK)
FLAGS_SHOWN = 10
# How the comparison can be ordered: the word in the address, and what is looked at.
ORDERS: dict[str, Callable[[Place, Standing], Any]] = {
    "noi": lambda one, row: one.code,
    "tien-do": lambda one, row: -list(Light).index(row.light),
    "den-nay": lambda one, row: row.value,
    "minh-chung": lambda one, row: row.figure.proven if row.figure else None,
    "nhap": lambda one, row: row.figure.imported.count if row.figure and row.figure.imported else None,
    "bao-cao": lambda one, row: row.figure.declared.count if row.figure and row.figure.declared else None,
    "tuan-nay": lambda one, row: row.gained,
}


@dataclass(frozen=True, slots=True)
class Order:
    """One heading of the comparison: where its link leads, and how the table stands now ("ascending" …)."""

    key: str
    query: str
    sorted: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a board's address asks for: a place, one of its plans, one target of that plan."""

    place: Place
    plan: Plan | None
    plans: list[Plan]
    standings: list[Standing]
    target: Standing | None

    @property
    def query(self) -> str:
        return f"ke-hoach={self.plan.key}&chi-tieu={self.target.target.key}" if self.plan and self.target else ""


@official(Right.FIGURES)
def boards(request: HttpRequest) -> HttpResponse:
    """The board of the account's own first place."""
    return board(request, place_key(place_or_404(request, None)))


@official(Right.FIGURES)
@unless_known
def board(request: HttpRequest, place: str) -> HttpResponse:
    here, today = place_or_404(request, place), clock.today()
    chosen = _chosen(request, here, today)
    orders = _orders(request, chosen)
    below = _comparison(request, chosen, today)
    to_the_day = _way(request, chosen, today)
    flags = _flags(request, here, today)
    changed = sorted((s for s in chosen.standings if s.gained), key=lambda s: -abs(s.gained or 0))
    context = {
        "place": here,
        "homes": home_places(request),
        "above": _above(request, here),
        "chosen": chosen,
        "plan": chosen.plan,
        "row": chosen.target,
        "way": to_the_day,
        "drawing": draw_way(to_the_day) if to_the_day else None,
        "is_hidden": chosen.target is not None and not _shows_days(request, here),
        "changed": changed,
        "week_first": today - dt.timedelta(days=6),
        "funnels": funnels_at(here, on=today),
        "flags": flags[:FLAGS_SHOWN],
        "flags_all": len(flags),
        "below": below,
        "orders": orders,
        "has_map": isinstance(here, Unit) and here.level in (Level.NATION, Level.PROVINCE),
        "snapshot": current_snapshot(),
    }
    return render(request, "office/board.html", context)


@official(Right.FIGURES)
@unless_known
def board_file(request: HttpRequest, place: str, table: str, form: str) -> HttpResponse:
    """A table of the board as CSV or .xlsx, of what the page shows under the same address."""
    here, today = place_or_404(request, place), clock.today()
    if form not in ("csv", "xlsx"):
        raise Http404
    chosen = _chosen(request, here, today)
    sheet = None
    if table == "chi-tieu":
        sheet = targets_sheet(here, chosen.standings, on=today)
    elif table == "cac-bac":
        sheet = ladder_sheet(here, funnels_at(here, on=today), on=today)
    elif table == "dau-hieu":
        sheet = flags_sheet(here, _flags(request, here, today), on=today)
    elif table == "so-sanh" and chosen.target is not None:
        rows = _comparison(request, chosen, today)
        sheet = comparison_sheet(here, chosen.target.target.indicator.title, rows, on=today)
    elif table == "duong-di" and chosen.target is not None and (found := _way(request, chosen, today)):
        sheet = way_sheet(here, chosen.target, found, on=today)
    if sheet is None:
        raise Http404
    return file_of(sheet, form)


@official(Right.FIGURES)
@unless_known
def board_map(request: HttpRequest, place: str) -> HttpResponse:
    """The communes of a province, or the provinces of the nation, as points: one target, in steps."""
    here, today = place_or_404(request, place), clock.today()
    if not isinstance(here, Unit) or here.level not in (Level.NATION, Level.PROVINCE):
        raise Http404
    chosen = _chosen(request, here, today)
    metric = _map_metric(request) if chosen.target is None else None
    rows = _map_rows(request, chosen, metric, today)
    placed = [
        PlaceValue(row.place.code, row.place.name, row.place.lat, row.place.lon, row.value)
        for row in rows
        if row.place.lat is not None and row.place.lon is not None
    ]
    context = {
        "place": here,
        "above": _above(request, here),
        "chosen": chosen,
        "plan": chosen.plan,
        "row": chosen.target,
        "metric": metric,
        "metrics": [one for one in metrics().by_key.values() if one.base] if metric else [],
        "map": draw_map(placed, is_nation=here.level == Level.NATION, others=_others(here, rows, today)),
        "rows": rows,
        "is_share": metric is not None or (chosen.target is not None and chosen.target.measure == "%"),
        "orders": _orders(request, chosen),
        "snapshot": current_snapshot(),
    }
    return render(request, "office/board_map.html", context)


@dataclass(frozen=True, slots=True)
class MapRow:
    place: Unit
    figure: Figure | None
    value: float | None
    light: Light | None


def _map_metric(request: HttpRequest) -> Metric:
    """Where no plan reaches (the nation has none here), the map is of a metric."""
    found = metrics().by_key.get(request.GET.get("thuoc-do", "adult_skill"))
    if found is None or found.base is None:
        raise Http404
    return found


def _others(place: Unit, rows: Sequence[MapRow], today: dt.date) -> list[tuple[float, float]]:
    """Provinces whose figures are not this account's: where they lie is no secret, and a map of one point is none."""
    if place.level != Level.NATION:
        return []
    known = {row.place.pk for row in rows}
    units = [unit for unit in children_of(place, on=today) if unit.pk not in known]
    return [(unit.lat, unit.lon) for unit in units if unit.lat is not None and unit.lon is not None]


def _map_rows(request: HttpRequest, chosen: Chosen, metric: Metric | None, today: dt.date) -> list[MapRow]:
    if metric is None:
        compared = _comparison(request, chosen, today)
        return [MapRow(one, row.figure, row.value, row.light) for one, row in compared if isinstance(one, Unit)]
    ask = Ask(metric.key)
    units = [one for one in places_below(request, chosen.place) if isinstance(one, Unit)]
    found = figures(units, [ask], on=today)
    shown = [(one, found[one.code, ask]) for one in units]
    return [MapRow(one, figure, figure.share(figure.grade), None) for one, figure in shown]


# --- what a board is made of ----------------------------------------------------------------------------------------------------------


def _chosen(request: HttpRequest, place: Place, today: dt.date) -> Chosen:
    """What the address asks for. A plan that does not reach this place, or a target that is not its business, gives way to the running plan
    and its first slipping target, so that one can go up and down the line; what exists nowhere is not found."""
    home = place if isinstance(place, Unit) else place.of
    plans = list(plans_above(home))
    asked = request.GET.get("ke-hoach")
    plan = next((p for p in plans if p.key == asked), None) if asked else running_plan_of(place, today=today)
    if asked and plan is None:
        if "\0" in asked or not Plan.objects.filter(key=asked).exists():
            raise Http404
        plan = running_plan_of(place, today=today)
    found = standings(plan, place, on=today, since=today - dt.timedelta(days=6)) if plan else []
    wanted = request.GET.get("chi-tieu")
    target = next((s for s in found if s.target.key == wanted), None)
    if wanted and target is None and ("\0" in wanted or not Target.objects.filter(key=wanted).exists()):
        raise Http404
    if target is None:
        measured = [s for s in found if s.figure and s.figure.measured]
        people = [s for s in measured if s.measure == "%" and s.figure and s.figure.metric.subject == "person"]
        late = [s for s in people if s.light in SLIPPING and s.figure and s.figure.proven]
        target = next(iter(late or people or measured or [s for s in found if s.figure]), None)
    return Chosen(place, plan, plans, found, target)


def _shows_days(request: HttpRequest, place: Place) -> bool:
    """Week by week in a village or an organisation: one step of the line may be one person whom neighbours know (decision 7)."""
    is_large = isinstance(place, Unit) and place.level != Level.VILLAGE
    return is_large or holds_at(request, Right.PEOPLE, place)


def _way(request: HttpRequest, chosen: Chosen, today: dt.date) -> Way | None:
    if chosen.target is None or not _shows_days(request, chosen.place):
        return None
    return way(chosen.target, chosen.place, on=today)


def _comparison(request: HttpRequest, chosen: Chosen, today: dt.date) -> list[tuple[Place, Standing]]:
    """The places inside, one target side by side, in the order the address asks for; what is not known comes last either way."""
    if chosen.target is None:
        return []
    target = chosen.target.target
    below = {one.code: one for one in places_below(request, chosen.place)}
    since = today - dt.timedelta(days=6)
    rows = [(below[row.place], row) for row in standings_below(target, list(below.values()), on=today, since=since)]
    key, down = _order(request)
    known = [pair for pair in rows if ORDERS[key](*pair) is not None]
    unknown = [pair for pair in rows if ORDERS[key](*pair) is None]
    known.sort(key=lambda pair: (ORDERS[key](*pair), pair[0].code), reverse=down)
    return known + unknown


def _order(request: HttpRequest) -> tuple[str, bool]:
    key = request.GET.get("xep", "tien-do")
    return (key if key in ORDERS else "tien-do"), request.GET.get("chieu") == "giam"


def _orders(request: HttpRequest, chosen: Chosen) -> dict[str, Order]:
    now, down = _order(request)
    found = {}
    for key in ORDERS:
        turn = "giam" if key == now and not down else "tang"
        state = ("descending" if down else "ascending") if key == now else "none"
        found[key.replace("-", "_")] = Order(key, f"?{chosen.query}&xep={key}&chieu={turn}#so-sanh", state)
    return found


def _above(request: HttpRequest, place: Place) -> Sequence[Unit]:
    home = place if isinstance(place, Unit) else place.of
    codes = home.codes_above if isinstance(place, Unit) else [*home.codes_above, home.code]
    return list(visible_units(account_of(request), on=clock.today()).filter(code__in=codes).order_by("path"))


def _flags(request: HttpRequest, place: Place, today: dt.date) -> list[FlagHere]:
    """Flags of the place and of what lies in it, as far as the account may look: the line above comes without what lies beside."""
    found = flags_at(place, on=today)
    if not found:
        return []
    account = account_of(request)
    units = {one.place.pk for one in found if isinstance(one.place, Unit)}
    orgs = {one.place.pk for one in found if isinstance(one.place, Organisation)}
    seen_units = set(visible_units(account, on=today).filter(pk__in=units).values_list("pk", flat=True))
    seen_orgs = set(visible_organisations(account, on=today).filter(pk__in=orgs).values_list("pk", flat=True))
    seen = [one for one in found if one.place.pk in (seen_units if isinstance(one.place, Unit) else seen_orgs)]
    return sorted(seen, key=lambda one: not one.is_open)
