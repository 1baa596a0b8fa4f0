"""A province at its real size, as the tables that flags and forecasts look at: counts by day and place instead of persons one by one.

The same tempers, villages and reports as the demo's, with the noise of real work on top: teams that pause for the harvest, golden weeks,
a village that does everything in a week, classes of exactly thirty, a trainer whose learners all pass. All of it honest; `frauds` plants
the rest.
"""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random

from hocvuso.lib.clock import HANOI
from hocvuso.measure.flags.material import (
    Day,
    Goal,
    Hand,
    Headcount,
    Material,
    Session,
    Shared,
    Sitting,
    Spot,
    Stated,
    Study,
    Total,
    Turns,
)
from hocvuso.simulate.rules.chance import (
    DAYS,
    HOLIDAYS,
    LAST_DAY,
    MEETINGS,
    binomial,
    choose,
    date_of,
    dice,
    poisson,
    weekday,
    whole,
)
from hocvuso.simulate.rules.claims import ahead, reports
from hocvuso.simulate.rules.world import BIRTH, Commune, Temper, Village, World, build_world

ADULTS = 0.7  # of the residents (facts §9)
RUNGS = (
    "adult_reached",
    "adult_guided",
    "adult_guided5",
    "adult_learned",
    "adult_skill",
    "adult_certified",
    "adult_confirmed",
)
BASES = dict.fromkeys(RUNGS, ("adults",))
SOURCE = "mô phỏng"
# The plan of Đắk Lắk (facts §2): 60 % reached and 40 % confirmed in the hundred days, 80 % with the skill within the year.
GOALS = (
    ("adult_reached", 60.0, LAST_DAY),
    ("adult_confirmed", 40.0, LAST_DAY),
    ("adult_skill", 80.0, dt.date(2025, 12, 31)),
)


@dataclass(slots=True)
class Tables:
    """The tables of a `Material` while they grow."""

    spots: list[Spot] = field(default_factory=list)
    headcounts: list[Headcount] = field(default_factory=list)
    stated: list[Stated] = field(default_factory=list)
    days: list[Day] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    turns: list[Turns] = field(default_factory=list)
    hands: list[Hand] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    sittings: list[Sitting] = field(default_factory=list)
    studies: list[Study] = field(default_factory=list)
    shared: list[Shared] = field(default_factory=list)


def bulk_world(*, seed: int, persons: int = 2_500_000, communes: int = 102, province: str = "66") -> World:
    """Communes without names: only how many, how big and of which temper matters here."""
    made = [
        Commune(
            f"{province}{n:03d}",
            f"Xã {n}",
            str(n),
            "phường" if n % 7 == 0 else "xã",
            12.2 + n % 10 / 10,
            108 + n // 10 / 10,
        )
        for n in range(1, communes + 1)
    ]
    return build_world(
        province, communes=made, agencies=[], persons=persons, seed=seed, key=f"{province}/{seed}/{persons}"
    )


def honest_material(world: World, *, on: dt.date = LAST_DAY) -> Material:
    tables, root = Tables(), f"/VN/{world.province}/"
    for commune in world.communes:
        _commune(tables, world, commune, f"{root}{commune.code}/")
    _neighbours(tables, world, root)
    goals = tuple(Goal(root, metric, value, True, last) for metric, value, last in GOALS)
    rows = {name: tuple(getattr(tables, name)) for name in Tables.__slots__}
    return Material(on, BASES, goals=goals, **rows)


def _commune(tables: Tables, world: World, commune: Commune, path: str) -> None:
    villages = world.villages[commune.code]
    temper = world.tempers[commune.code]
    tables.spots.append(Spot(path, commune.code, "commune"))
    adults = 0
    for village in villages:
        place, count = f"{path}{village.code}/", round(village.persons * ADULTS)
        adults += count
        tables.spots.append(Spot(place, village.code, "village"))
        tables.headcounts += _headcounts(world, village, place, count)
    days = rung_days(world, commune.code, adults, temper)
    rooms = {village.code: int(village.persons * ADULTS * 0.97) for village in villages}
    for metric, counts in days.items():
        tables.days += [Day(metric, path, date_of(n), count) for n, count in enumerate(counts) if count]
        shares = _shared_out(world, villages, rooms, sum(counts))
        tables.totals += [Total(metric, f"{path}{code}/", count) for code, count in shares.items() if count]
        rooms = (
            rooms if metric in ("adult_guided5", "adult_certified") else shares
        )  # five skills are not needed for a class
    sessions = list(_sessions(world, villages, path))
    tables.sessions += sessions
    tables.turns += _turns(world, commune.code, path, days, sessions)
    tables.stated += _statements(world, commune.code, path, temper, days, adults)
    tables.hands += _hands(world, commune.code, path, sum(days["adult_skill"]))
    tables.sittings += _sittings(world, commune.code, path)
    tables.studies += _studies(world, commune.code, path)


def _headcounts(world: World, village: Village, place: str, adults: int) -> Iterator[Headcount]:
    die = dice(world.seed, "headcount", village.code)
    yield Headcount(place, "adults", BIRTH, adults, SOURCE)
    if die.random() < 0.15:  # a count of the autumn: births, deaths and moves
        yield Headcount(place, "adults", dt.date(2025, 10, 1), round(adults * die.gauss(1.004, 0.012)), SOURCE)


# --- what is proven, day by day -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Climate:
    """What all communes of a province share: how early and how steep its campaign is, how far it gets, its good and bad weeks."""

    later: float = 0.0  # days
    stretch: float = 1.0
    reach: float = 1.0
    hard_end: float = 1.0  # how much harder the last ones are to find: 1 as usual, 0 not at all
    moods: tuple[float, ...] = ()


def climate_of(seed: int) -> Climate:
    """No two provinces are alike: without this, sums over a hundred communes would be far steadier than real ones."""
    die = dice(seed, "climate")
    mood, moods = 0.0, []
    for _ in range(DAYS // 7 + 2):
        mood = 0.6 * mood + die.gauss(0, 0.16)
        moods.append(mood)
    return Climate(die.gauss(0, 7), die.uniform(0.8, 1.3), die.uniform(0.75, 1.1), die.random(), tuple(moods))


def rung_days(
    world: World, code: str, adults: int, temper: Temper, *, climate: Climate | None = None
) -> dict[str, list[int]]:
    """How many people reached each rung on each day of the campaign. Every rung is a part of the one below, some days later."""
    die = dice(world.seed, "bulk", code)
    reached = _reached(die, adults, temper, climate or Climate())
    guided = _later(die, reached, min(0.99, 0.87 * temper.follow_up), (0.4, *[0.1] * 6))
    five = _later(die, guided, 0.85, (0.0,) * 5 + (0.1,) * 10)
    learned = _later(die, guided, min(0.95, 0.8 * temper.follow_up), (0.0, 0.0, 0.0, *[0.1] * 10))
    passed = _later(die, learned, 0.93, (0.2, *[0.15] * 5))
    certified = _later(die, passed, 0.86, (0.0, 0.4, 0.4, 0.2))
    confirmed = _later(die, certified, 0.65 * min(1.4, temper.police), (0.0, 0.2, 0.2, 0.2, 0.2, 0.2))
    return dict(zip(RUNGS, (reached, guided, five, learned, passed, certified, confirmed), strict=True))


def _reached(die: Random, adults: int, temper: Temper, climate: Climate) -> list[int]:
    """An S-curve with weeks that are better or worse than the last, pauses and a golden week."""
    scale = die.uniform(12, 24) * climate.stretch
    middle = temper.middle + die.gauss(0, 6) + climate.later
    mood, moods = 0.0, []
    golden, pause = whole(die, 2, 14), whole(die, 1, 14)
    for week in range(DAYS // 7 + 2):
        mood = 0.65 * mood + die.gauss(0, 0.3)
        shared = climate.moods[week] if climate.moods else 0.0
        moods.append(
            mood + shared + (0.7 if week == golden else 0.0) - (0.7 if week == pause and die.random() < 0.5 else 0.0)
        )
    weights = [
        math.exp(-abs(day - middle) / scale) / (1 + math.exp(-abs(day - middle) / scale)) ** 2
        * MEETINGS[weekday(day)] * (0.3 if day in HOLIDAYS else 1.0)
        for day in range(DAYS + 1)
    ]  # fmt: skip
    wanted, total, done, counts = adults * temper.reach * climate.reach, sum(weights), 0, []
    village_week = whole(die, 1, 13) * 7 if die.random() < 0.1 else None  # a village that did everything in one week
    for day, weight in enumerate(weights):
        mean = wanted * weight / total * math.exp(moods[day // 7] - 0.1)
        if village_week is not None and village_week <= day < village_week + 7:
            mean += adults / 30 / 7
        # The last ones are the hardest to find.
        left = 1 - done / max(1, adults * min(0.99, temper.reach + 0.12))
        harder = min(1.0, max(0.0, 2 * left))
        count = min(poisson(die, mean * (1 - climate.hard_end + climate.hard_end * harder)), adults - done)
        done += count
        counts.append(count)
    return counts


def _later(die: Random, counts: Sequence[int], share: float, lags: Sequence[float]) -> list[int]:
    made = [0] * len(counts)
    for day, count in enumerate(counts):
        left, weight = binomial(die, count, share), sum(lags)
        for lag, part in enumerate(lags):
            if not left:
                break
            moved = binomial(die, left, part / weight) if weight > part else left
            left, weight = left - moved, weight - part
            if day + lag <= DAYS:
                made[day + lag] += moved
    return made


def _shared_out(world: World, villages: Sequence[Village], rooms: dict[str, int], total: int) -> dict[str, int]:
    """The commune's count by village: where the team works there are more, and never more than there is room for."""
    weights = {v.code: v.persons * v.team * dice(world.seed, "part", v.code).uniform(0.7, 1.3) for v in villages}
    left, weight, shares = total, sum(weights.values()), {}
    for code in sorted(weights, key=lambda code: rooms[code] / weights[code]):
        shares[code] = min(rooms[code], round(left * weights[code] / weight)) if weight > 0 else 0
        left, weight = left - shares[code], weight - weights[code]
    return shares


# --- classes, tests, courses, devices -----------------------------------------------------------------------------------------------


def _sessions(world: World, villages: Sequence[Village], path: str) -> Iterator[Session]:
    """Evening classes in houses of culture; some lists have exactly thirty names, and a fair is bigger than any room."""
    for village in villages:
        die = dice(world.seed, "bulk-classes", village.code)
        seats = whole(die, 35, 80)
        told = seats if die.random() < 0.6 else 0
        thirty = die.random() < 0.06
        for week in range(DAYS // 7):
            if die.random() < (0.42 if village.team >= 1 else 0.12):
                came = 30 if thirty else min(round(seats * 1.15), round(die.lognormvariate(math.log(24), 0.35)) + 1)
                yield Session(f"{path}{village.code}/", date_of(week * 7 + whole(die, 0, 6)), came, told)
        if die.random() < 0.0006:
            yield Session(f"{path}{village.code}/", date_of(whole(die, 40, DAYS)), whole(die, 90, 160), 0)


def _turns(
    world: World, code: str, path: str, days: dict[str, list[int]], sessions: Sequence[Session]
) -> Iterator[Turns]:
    die = dice(world.seed, "turns", code)
    visits_a_person = die.uniform(1.4, 2.2)
    for day, (guided, reached) in enumerate(zip(days["adult_guided"], days["adult_reached"], strict=True)):
        # Five skills, shown on several evenings.
        for what, mean in (("guidance", 4.4 * guided), ("visits", visits_a_person * reached)):
            if count := poisson(die, mean):
                yield Turns(path, what, date_of(day), count)
    came: dict[dt.date, int] = {}
    for session in sessions:
        came[session.on] = came.get(session.on, 0) + session.attendance
    yield from (Turns(path, "attendance", day, count) for day, count in sorted(came.items()))


def _hands(world: World, code: str, path: str, passed: int) -> Iterator[Hand]:
    """Devices of teams and accounts of clerks who record results of the test; a clerk types a list at up to nine a minute."""
    die = dice(world.seed, "hands", code)
    for number in range(whole(die, 6, 14)):
        clerk = die.random() < 0.06
        most = whole(die, 4, 9) if clerk else 1 + (die.random() < 0.3) + (die.random() < 0.08)
        at = dt.datetime.combine(date_of(whole(die, 20, DAYS)), dt.time(whole(die, 8, 20), whole(die, 0, 59)), HANOI)
        rows = max(most, poisson(die, max(1.0, passed / 40)))
        yield Hand(path, f"{code}-{'cb' if clerk else 'may'}-{number + 1}", "assessment_passed", rows, most, at)


def _sittings(world: World, code: str, path: str, *, count: int = 160) -> Iterator[Sitting]:
    """A sample of the tests that were passed, twenty questions each. One in seventy is quick without having cheated."""
    die = dice(world.seed, "sittings", code)
    usual = die.uniform(11, 17) * (
        0.65 if die.random() < 0.05 else 1.0
    )  # a good trainer: well prepared, all pass, and soon
    for number in range(count):
        pace = (
            max(3.2, die.lognormvariate(math.log(6), 0.25))
            if die.random() < 0.014
            else die.lognormvariate(math.log(usual), 0.42)
        )
        yield Sitting(path, f"{code}-{number}", date_of(whole(die, 20, DAYS)), 20 * pace, 20)


def _studies(world: World, code: str, path: str, *, count: int = 110, lasts: float = 75.0) -> Iterator[Study]:
    """Who knows it already skips the texts; two in a hundred nearly everything."""
    die = dice(world.seed, "studies", code)
    for number in range(count):
        share = die.uniform(0.3, 0.6) if die.random() < 0.02 else die.lognormvariate(math.log(1.15), 0.3)
        yield Study(path, f"{code}-{number}", date_of(whole(die, 10, DAYS)), lasts * max(0.25, share), lasts)


def _neighbours(tables: Tables, world: World, root: str) -> None:
    """Neighbours share people: who works in one and lives in the other, a class at a common market."""
    codes = [commune.code for commune in world.communes]
    for at, code in enumerate(codes):
        die = dice(world.seed, "neighbours", code)
        for other in codes[at + 1 : at + 1 + whole(die, 1, 3)]:
            if common := poisson(die, die.lognormvariate(1.6, 0.8)):
                people = round(min(sum(v.persons for v in world.villages[c]) for c in (code, other)) * 0.5)
                tables.shared.append(
                    Shared(f"{root}{code}/", f"{root}{other}/", common, people, date_of(whole(die, 0, 40)), date_of(whole(die, 60, DAYS)))
                )  # fmt: skip


# --- what is stated -----------------------------------------------------------------------------------------------------------------


def _statements(
    world: World, code: str, path: str, temper: Temper, days: dict[str, list[int]], adults: int
) -> Iterator[Stated]:
    """The commune's weekly report, which runs ahead of what is proven; now and then a total is corrected by a few."""
    die = dice(world.seed, "statements", code)
    so_far = {metric: list(accumulate(days[metric])) for metric in ("adult_reached", "adult_skill", "adult_confirmed")}
    dates = [date_of(day) for day in range(DAYS + 1)]
    corrected = choose(die, range(3, 12)) if die.random() < 0.1 else None
    floor = dict.fromkeys(so_far, 0)
    for number, (friday, _sent, document) in enumerate(reports(world.seed, code, "BC-UBND", temper.diligence)):
        on = friday - dt.timedelta(days=1)
        at = bisect_right(dates, on) - 1
        for metric, counts in so_far.items():
            factor = temper.candour if metric != "adult_confirmed" else 1.03
            # Nobody counts quite the same way each week, and nobody's total falls by itself.
            count = ahead(counts[at], factor * die.gauss(1, 0.01), round(adults * 0.985))
            count = max(count, floor[metric])
            if number == corrected:
                count = round(count * die.uniform(0.985, 0.998))
            floor[metric] = count
            yield Stated(metric, path, on, count, "declared", "mo-phong-bao-cao", document)
