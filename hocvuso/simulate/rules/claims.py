"""What others state as a whole: the province’s app, the police, and the units’ own weekly reports, which run ahead of what is proven."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

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
    # The app's statistics and the police's list, as of each Thursday; the accounts as of each Tuesday.
    yield from _weekly(world, commune, "app_installed", installs, weekday=4, late=1)
    yield from _weekly(world, commune, "adult_confirmed", confirmed, weekday=4, late=0)
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
    """The commune's Friday report: what it says of itself as of Thursday."""
    adults = {person.id for person in people if person.is_adult}
    first = {
        "adult_reached": _first_days(happenings, "info_contact", adults),
        "adult_skill": _first_days(happenings, "assessment_passed", adults),
        "adult_confirmed": list(confirmed),
    }
    for friday, sent, document in reports(world.seed, commune.code, "BC-UBND", temper.diligence):
        for metric, days in first.items():
            on = friday - DAY
            count = ahead(bisect_right(days, on), temper.candour if metric != "adult_confirmed" else 1.03, len(adults))
            ref = f"{world.key}/{commune.code}:{metric}:bc:{on:%Y%m%d}"
            yield Claim(metric, commune.code, False, on, sent, count, ref, document)


def body_claims(world: World, populace: Populace, trained: dict[str, list[dt.date]]) -> Iterable[Claim]:
    """Offices report how many of their people were trained. `trained`: first days by organisation."""
    for body in world.bodies.values():
        members = len(populace.members[body.code])
        if body.kind == "agency" and members:
            yield from _body_reports(world, body, members, sorted(trained.get(body.code, [])))


def _body_reports(world: World, body: Body, members: int, days: Sequence[dt.date]) -> Iterable[Claim]:
    """A commune's office says it in the commune's own report; a provincial agency in its own, and not every week."""
    factor = 1.0 + 0.16 * dice(world.seed, "ahead", body.code).random() ** 2
    whose = body.commune if body.is_local else body.code
    diligence = world.tempers[body.commune].diligence if body.is_local else 0.35 + 0.4 * body.pull
    for friday, sent, document in reports(world.seed, whose, f"BC-{body.symbol}", diligence):
        on = friday - DAY
        ref = f"{world.key}/{body.code}:official_trained:bc:{on:%Y%m%d}"
        count = ahead(bisect_right(days, on), factor, members)
        yield Claim("official_trained", body.code, True, on, sent, count, ref, document)


def reports(seed: int, code: str, symbol: str, diligence: float) -> Iterator[tuple[dt.date, dt.date, str]]:
    """Fridays reported for, the day the report went out, its number and date. Some Fridays are forgotten, some reports come on Monday."""
    die = dice(seed, "reports", code)
    number = whole(die, 25, 60)
    for friday in weekly_days(FIRST_DAY, LAST_DAY, 5):
        sent = friday if die.random() < 0.7 else friday + 3 * DAY
        number += whole(die, 4, 13)  # a handful of other reports leave the office each week
        if die.random() < diligence:
            yield friday, sent, f"{number}/{symbol} ngày {sent:%d/%m/%Y}"


def ahead(count: int, factor: float, population: int) -> int:
    """What a unit says when it counts generously: never less than is proven, never more than there are."""
    return max(count, min(round(count * factor), population))


def _first_days(happenings: Iterable[Happening], kind: str, subjects: Set[object]) -> list[dt.date]:
    first: dict[object, dt.date] = {}
    for event in happenings:
        if event.kind == kind and event.subject in subjects:
            first[event.subject] = min(event.on, first.get(event.subject, event.on))
    return sorted(first.values())
