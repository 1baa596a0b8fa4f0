"""Where things stand in a server-made drawing: a line with its range, points of a map. Pure; colours and words are the template's."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

from hocvuso.measure.queries import Way

# --- the way to a day -----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Spot:
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class WayDrawing:
    """In a box of 100 × 36, y downwards."""

    points: tuple[Spot, ...]
    goal_y: float | None
    now: Spot
    expected: Spot | None
    low_y: float
    high_y: float
    top: int
    first: dt.date
    last: dt.date

    @property
    def cone(self) -> str:
        """The range as a triangle from today to the target date."""
        if self.expected is None:
            return ""
        x = self.expected.x
        return f"{self.now.x},{self.now.y} {x},{self.high_y} {x},{self.low_y}"

    @property
    def line(self) -> str:
        return " ".join(f"{spot.x},{spot.y}" for spot in self.points)


HEIGHT = 36


def draw_way(way: Way) -> WayDrawing:
    seen = way.forecast
    on = way.weeks[-1].on
    last = max(way.last, on)
    top = max([point.count for point in way.weeks] + [way.goal or 0, seen.high if seen else 0]) or 1
    days = max(1, (last - way.first).days)

    def at(day: dt.date, count: int) -> Spot:
        across = min(1.0, max(0.0, (day - way.first).days / days))
        return Spot(round(100 * across, 2), _down(count, top))

    return WayDrawing(
        points=tuple(at(point.on, point.count) for point in way.weeks),
        goal_y=_down(way.goal, top) if way.goal is not None else None,
        now=at(on, way.weeks[-1].count),
        expected=at(seen.target_date, seen.expected) if seen else None,
        low_y=_down(seen.low, top) if seen else 0.0,
        high_y=_down(seen.high, top) if seen else 0.0,
        top=top,
        first=way.first,
        last=last,
    )


def _down(count: int, top: int) -> float:
    return round(HEIGHT * (1 - count / top), 2)


# --- maps -----------------------------------------------------------------------------------------------------------------------------

# Luật Đo đạc và bản đồ 2018, Điều 6: a map of Vietnam shows both. Points of the two special zones (data/places).
ARCHIPELAGOS = {"20333": ("Hoàng Sa", 16.568, 112.135), "22736": ("Trường Sa", 9.71, 114.45)}
STEPS = 5


@dataclass(frozen=True, slots=True)
class PlaceValue:
    """A place to be drawn. `value` is in percent or a count; `None` = not measured."""

    code: str
    name: str
    lat: float
    lon: float
    value: float | None


@dataclass(frozen=True, slots=True)
class MapPoint:
    name: str
    x: float
    y: float
    step: int | None
    value: float | None


@dataclass(frozen=True, slots=True)
class Island:
    """An archipelago as it stands in the drawing, with its figure where it has one; its name stands left of it near the right edge."""

    name: str
    x: float
    y: float
    step: int | None

    @property
    def is_far_right(self) -> bool:
        return self.x > 78


@dataclass(frozen=True, slots=True)
class Step:
    number: int
    low: float
    high: float
    places: int


@dataclass(frozen=True, slots=True)
class MapDrawing:
    """In a box of 100 × `height`. With an inset, the archipelagos stand in it, for they lie far outside the province."""

    points: tuple[MapPoint, ...]
    others: tuple[Spot, ...]  # places without a figure here, for orientation
    islands: tuple[Island, ...]
    steps: tuple[Step, ...]
    unmeasured: int
    height: float
    inset: tuple[float, float, float, float] | None  # x, y, width, height


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of the earth lies where: degrees to the box, as wide in kilometres as high (at its middle latitude)."""

    west: float
    north: float
    scale: float  # units of the drawing for a degree of latitude
    squeeze: float  # a degree of longitude is shorter
    x: float
    y: float

    def spot(self, lat: float, lon: float) -> tuple[float, float]:
        return (
            round(self.x + (lon - self.west) * self.squeeze * self.scale, 2),
            round(self.y + (self.north - lat) * self.scale, 2),
        )


def draw_map(
    places: Sequence[PlaceValue], *, is_nation: bool, others: Sequence[tuple[float, float]] = ()
) -> MapDrawing:
    """`others` are (lat, lon) of places that are drawn as dots only."""
    values = [place.value for place in places if place.value is not None]
    edges = step_edges(values)
    main = [place for place in places if place.code not in ARCHIPELAGOS]
    shown = [(lat, lon) for _, lat, lon in ARCHIPELAGOS.values()] if is_nation else []
    window, height = _window([*((place.lat, place.lon) for place in main), *others, *shown])
    inset, inset_window = None, window
    if not is_nation:
        height += 24
        inset = (62.0, height - 23.0, 37.0, 22.0)
        inset_window = Window(
            west=110.4, north=17.6, scale=2.2, squeeze=math.cos(math.radians(13)), x=inset[0] + 3, y=inset[1] + 2
        )
    by_code = {place.code: place for place in places}
    islands = []
    for code, (name, lat, lon) in ARCHIPELAGOS.items():
        own = by_code.get(code)
        x, y = inset_window.spot(lat, lon)
        islands.append(Island(name, x, y, step_of(own.value, edges) if own and own.value is not None else None))
    points = []
    for place in main:
        x, y = window.spot(place.lat, place.lon)
        points.append(
            MapPoint(place.name, x, y, step_of(place.value, edges) if place.value is not None else None, place.value)
        )
    counted = [step_of(value, edges) for value in values]
    steps = tuple(Step(n, edges[n], edges[n + 1], counted.count(n)) for n in range(len(edges) - 1))
    dots = tuple(Spot(*window.spot(lat, lon)) for lat, lon in others)
    return MapDrawing(tuple(points), dots, tuple(islands), steps, len(places) - len(values), round(height, 1), inset)


def _window(points: Sequence[tuple[float, float]]) -> tuple[Window, float]:
    """A window that holds all the points with a margin, 100 wide, and its height."""
    lats, lons = [lat for lat, _ in points] or [16.0], [lon for _, lon in points] or [107.0]
    south, north, west, east = min(lats), max(lats), min(lons), max(lons)
    squeeze = math.cos(math.radians((south + north) / 2))
    wide, high = max(0.2, (east - west) * squeeze), max(0.2, north - south)
    scale = min(88 / wide, 110 / high)
    margin = 6.0
    left = (100 - wide * scale) / 2
    return Window(west, north, scale, squeeze, left, margin), round(high * scale + 2 * margin, 2)


def step_edges(values: Sequence[float]) -> list[float]:
    """Edges of equal steps between the least and the greatest value; one step where all are the same."""
    if not values:
        return []
    low, high = min(values), max(values)
    if low == high:
        return [low, high]
    return [low + (high - low) * n / STEPS for n in range(STEPS + 1)]


def step_of(value: float, edges: Sequence[float]) -> int:
    return next((n for n in range(len(edges) - 2) if value < edges[n + 1]), max(0, len(edges) - 2))
