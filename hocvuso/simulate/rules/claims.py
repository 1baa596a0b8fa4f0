"""What others state as a whole: the province’s app, the police, and the units’ own weekly reports, which run ahead of what is proven."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from hocvuso.lib.periods import weekly_days
from hocvuso.simulate.rules.chance import FIRST_DAY, LAST_DAY, OFFICE, campaign_day, date_of, dice, settle, whole
from hocvuso.simulate.rules.journeys import Happening
from hocvuso.simulate.rules.residents import Populace, Resident
from hocvuso.simulate.rules.world import Body, Commune, Temper, World

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Claim:
    """A cumulative count as of `on`, known from the day `sent`. Imported unless it has a document."""

    metric: str
    place: str  # code of the commune or the organisation
    of_body: bool
    on: dt.date
    sent: dt.date
    count: int
    ref: str
    document: str = ""


def commune_claims(
    world: World, commune: Commune, populace: Populace, happenings: Sequence[Happening]
) -> Iterable[Claim]:
    people, temper = populace.residents[commune.code], world.tempers[commune.code]
    installs = _app_days(world, commune, people, temper)
    accounts, confirmed = _police_days(world, people, temper, happenings)
    yield from _weekly(world, commune, "app_installed", installs, weekday=4, late=1)  # the app's weekly statistics: as of Thursday
    yield from _weekly(world, commune, "adult_confirmed", confirmed, weekday=4, late=0)  # the police: every Thursday evening
    yield from _weekly(world, commune, "citizen16_digital_id", accounts, weekday=2, late=2)
    yield from _declared(world, commune, people, temper, happenings, confirmed)


def _weekly(
    world: World, commune: Commune, metric: str, days: Sequence[dt.date], *, weekday: int, late: int
) -> Iterable[Claim]:
    for on in weekly_days(FIRST_DAY, LAST_DAY, weekday):
        ref = f"{world.key}/{commune.code}:{metric}:{on:%Y%m%d}"
        yield Claim(metric, commune.code, False, on, on + DAY * late, bisect_right(days, on), ref)


def _app_days(world: World, commune: Commune, people: Sequence[Resident], temper: Temper) -> list[dt.date]:
    """On which day each owner of a phone who has the province's app installed it; a tenth did before the campaign."""
    wish = 0.18 + 0.25 * temper.reach
    days = []
    for person in people:
        die = dice(world.seed, "app", person.ref)
        if person.phone and person.age >= 12 and die.random() < wish:
            days.append(date_of(-1 if die.random() < 0.1 else campaign_day(die, middle=50)))
    return sorted(days)


def _police_days(
    world: World, people: Sequence[Resident], temper: Temper, happenings: Sequence[Happening]
) -> tuple[list[dt.date], list[dt.date]]:
    """Days of the identity accounts of those from 16, and of every confirmation on VNeID: through us, or by people themselves."""
    ours = {event.subject: event.on for event in happenings if event.kind == "vneid_confirmed"}
    accounts, confirmed = [], []
    for person in people:
        if not person.identity:
            continue
        die = dice(world.seed, "vneid", person.ref)
        day = date_of(-1 if die.random() < 0.86 else campaign_day(die, middle=45))
        if person.id in ours:
            confirmed.append(ours[person.id])
            day = min(day, ours[person.id])
        elif person.is_adult and die.random() < 0.37 * temper.police:
            done = date_of(settle(die, campaign_day(die, middle=52), OFFICE))
            confirmed.append(done)
            day = min(day, done)
        accounts.append(day)
    return sorted(accounts), sorted(confirmed)


def _declared(
    world: World, commune: Commune, people: Sequence[Resident], temper: Temper, happenings: Sequence[Happening],
    confirmed: Sequence[dt.date],
) -> Iterable[Claim]:  # fmt: skip
    """The commune's Friday report: what it says of itself as of Thursday. Some Fridays are forgotten, some reports come on Monday."""
    adults = {person.id for person in people if person.is_adult}
    first = {
        "adult_reached": _first_days(happenings, "info_contact", adults),
        "adult_skill": _first_days(happenings, "assessment_passed", adults),
        "adult_confirmed": list(confirmed),
    }
    die = dice(world.seed, "reports", commune.code)
    for week, friday in enumerate(weekly_days(FIRST_DAY, LAST_DAY, 5)):
        sent, document = _report(die, week, friday, "BC-UBND")
        if die.random() >= temper.diligence:
            continue
        for metric, days in first.items():
            on = friday - DAY
            count = _ahead(bisect_right(days, on), temper.candour if metric != "adult_confirmed" else 1.03, len(adults))
            ref = f"{world.key}/{commune.code}:{metric}:bc:{on:%Y%m%d}"
            yield Claim(metric, commune.code, False, on, sent, count, ref, document)


def body_claims(world: World, populace: Populace, trained: dict[str, list[dt.date]]) -> Iterable[Claim]:
    """Offices report every second Friday how many of their people were trained. `trained`: first days by organisation."""
    for body in world.bodies.values():
        members = len(populace.members[body.code])
        if body.kind == "agency" and members:
            yield from _body_reports(world, body, members, sorted(trained.get(body.code, [])))


def _body_reports(world: World, body: Body, members: int, days: Sequence[dt.date]) -> Iterable[Claim]:
    die = dice(world.seed, "reports", body.code)
    ahead = 1.0 + 0.16 * die.random() ** 2
    for week, friday in enumerate(weekly_days(FIRST_DAY, LAST_DAY, 5)):
        sent, document = _report(die, week, friday, f"BC-{body.symbol}")
        if week % 2 and die.random() < 0.5 + 0.5 * body.pull:
            on = friday - DAY
            ref = f"{world.key}/{body.code}:official_trained:bc:{on:%Y%m%d}"
            count = _ahead(bisect_right(days, on), ahead, members)
            yield Claim("official_trained", body.code, True, on, sent, count, ref, document)


def _report(die: Random, week: int, friday: dt.date, symbol: str) -> tuple[dt.date, str]:
    """The day a report goes out and its number: a handful of documents leave an office each week."""
    sent = friday if die.random() < 0.7 else friday + 3 * DAY
    return sent, f"{41 + 9 * week + whole(die, 0, 8)}/{symbol} ngày {sent:%d/%m/%Y}"


def _ahead(count: int, factor: float, population: int) -> int:
    """What a unit says when it counts generously: never less than is proven, never more than there are."""
    return max(count, min(round(count * factor), population))


def _first_days(happenings: Iterable[Happening], kind: str, subjects: set[object]) -> list[dt.date]:
    first: dict[object, dt.date] = {}
    for event in happenings:
        if event.kind == kind and event.subject in subjects:
            first[event.subject] = min(event.on, first.get(event.subject, event.on))
    return sorted(first.values())
