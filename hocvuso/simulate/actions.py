from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from django.conf import settings

from hocvuso.evidence.actions import Fact, Statement, record_evidence, state_counts
from hocvuso.evidence.models import Evidence, StatedCount
from hocvuso.lib.errors import BadInput, Refused
from hocvuso.lib.yamlfile import read_yaml
from hocvuso.people.actions import NewHousehold, NewPerson, add_households, enrol_persons
from hocvuso.people.models import Household, Person
from hocvuso.places.actions import NewPopulation, add_organisations, add_villages, count_populations, load_organisations
from hocvuso.places.models import Level, Organisation, OrganisationKind, Place, Unit
from hocvuso.places.queries import units_within
from hocvuso.places.rules import SIMULATED, Group
from hocvuso.simulate.rules.claims import Claim, body_claims, commune_claims
from hocvuso.simulate.rules.journeys import Happening
from hocvuso.simulate.rules.movement import commune_movement
from hocvuso.simulate.rules.residents import Populace, populate
from hocvuso.simulate.rules.spoiling import Seen, code_of, spoil
from hocvuso.simulate.rules.world import BIRTH, Agency, Commune, World, build_world

PLACES_SOURCE = SIMULATED
PROVEN, IMPORTED, DECLARED = "mo-phong", "mo-phong-ngoai", "mo-phong-bao-cao"
REPLY = "mo-phong-vneid"  # a confirmation on VNeID is never ours to state
SOURCES = (PROVEN, IMPORTED, DECLARED, REPLY)
BATCH = 6000  # rows a transaction: a kill loses no more than the one under way, and a second run goes on from there

Progress = Callable[[str, int, int], None]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Written:
    new: int = 0
    known: int = 0

    def __add__(self, other: Written) -> Written:
        return Written(self.new + other.new, self.known + other.known)


@dataclass(frozen=True, slots=True)
class Summary:
    """What one run wrote, and what it found written already."""

    villages: Written
    organisations: Written
    populations: Written
    persons: Written
    evidence: Written
    stated: Written

    @property
    def new(self) -> int:
        return sum(
            part.new
            for part in (self.villages, self.organisations, self.populations, self.persons, self.evidence, self.stated)
        )

    def __str__(self) -> str:
        parts = (
            (self.villages, "thôn, buôn, tổ dân phố"),
            (self.organisations, "cơ quan, trường, doanh nghiệp, hợp tác xã"),
            (self.populations, "số dân theo nhóm"),
            (self.persons, "người"),
            (self.evidence, "minh chứng"),
            (self.stated, "số liệu nhập và tự báo cáo"),
        )
        listed = "; ".join(f"{p.new} {name}" + (f" (đã có {p.known})" if p.known else "") for p, name in parts)
        return f"Dữ liệu mô phỏng, ghi mới: {listed}."


def simulate_province(
    *, province: Unit, persons: int, seed: int, until: dt.date, by: str, progress: Progress | None = None,
    communes: int | None = None, answers: Path | None = None,
) -> Summary:  # fmt: skip
    """Write a made-up population of a province and what it did up to `until`. Again changes nothing; a later day adds the days between.

    `communes` keeps to the first so many by code. One province carries one simulation: other persons or another seed are refused.
    With `answers`, bad data is planted among the rest, and that file says what and where; such a province stays at its day.
    """
    run = _Run(province, until, by, progress or (lambda what, done, total: None))
    units = list(units_within(province, Level.COMMUNE, on=BIRTH))[:communes]
    if province.level != Level.PROVINCE or not units:
        raise BadInput(f"{province.name}: chỉ mô phỏng được cho một tỉnh có xã, phường từ ngày {BIRTH:%d/%m/%Y}.")
    if persons < 2 * len(units):
        raise BadInput(f"Cần ít nhất {2 * len(units)} người cho {len(units)} xã, phường.")
    world = build_world(
        province.code,
        communes=[Commune(u.code, u.name, u.short_name, u.kind, u.lat, u.lon) for u in units],
        agencies=_agencies(province.code),
        persons=persons,
        seed=seed,
        key=f"{province.code}/{seed}/{persons}" + (f"/{communes}" if communes is not None else ""),
    )
    _refuse_mixture(province, world)
    populace = populate(world)
    if answers is not None:
        _refuse_other_answers(answers, world, until)
    villages = run.write_villages(world, {unit.code: unit for unit in units})
    organisations = run.write_organisations(world)
    populations = run.write_populations(world, populace)
    people = run.write_people(world, populace)
    evidence, stated = run.write_movement(world, populace, answers)
    return Summary(villages, organisations, populations, people, evidence, stated)


def _agencies(province: str) -> list[Agency]:
    path = organisations_file(province)
    rows = read_yaml(settings.DATA_DIR / "organisations" / path)["organisations"] if path else []
    return [Agency(row["code"], row["name"], row["symbol"], row["seat"]) for row in rows]


def organisations_file(province: str) -> str | None:
    """The file of `data/organisations` that names this province's agencies; a province without one has none in its simulation."""
    for path in sorted((settings.DATA_DIR / "organisations").glob("*.yaml")):
        if read_yaml(path)["province"] == province:
            return path.name
    return None


def persons_simulated(province: Unit) -> int | None:
    """How many people the province's simulation was made with, as every reference of theirs says; None without one."""
    rows = Person.objects.filter(source=PROVEN, unit__path__startswith=province.path)
    ref = rows.values_list("source_ref", flat=True).first()
    return int(ref.split("/")[2]) if ref else None


def _refuse_mixture(province: Unit, world: World) -> None:
    planned = {village.code for villages in world.villages.values() for village in villages}
    stored = Unit.objects.filter(level=Level.VILLAGE, path__startswith=province.path)
    if stored.exclude(source=PLACES_SOURCE).exists():
        raise Refused(f"{province.name} đã có thôn, buôn thật: không trộn dữ liệu mô phỏng vào dữ liệu thật.")
    strangers = Person.objects.filter(source=PROVEN, unit__path__startswith=province.path)
    other_people = strangers.exclude(source_ref__startswith=f"{world.key}/").exists()
    if other_people or not planned.issuperset(stored.values_list("code", flat=True)):
        raise Refused(
            f"{province.name} đã có một bộ dữ liệu mô phỏng khác (số người, hạt giống hoặc số xã khác). "
            "Hãy dùng một cơ sở dữ liệu mới."
        )


def _refuse_other_answers(answers: Path, world: World, until: dt.date) -> None:
    """What is planted depends on the day; planted twice for two days, neither file of answers would be true."""
    written = json.loads(answers.read_text(encoding="utf-8")) if answers.exists() else None
    is_new = not Person.objects.filter(source=PROVEN, source_ref__startswith=f"{world.key}/").exists()
    same = written is not None and (written["world"], written["until"]) == (world.key, until.isoformat())
    if not (same or is_new):
        raise Refused("Dữ liệu sai có chủ ý chỉ gieo một lần, vào cơ sở dữ liệu mới và cho một ngày.")


@dataclass(slots=True)
class _Run:
    """One run: where it writes, up to which day, and the rows of places that facts point to."""

    province: Unit
    until: dt.date
    by: str
    progress: Progress
    units: dict[str, Unit] = field(default_factory=dict)
    orgs: dict[str, Organisation] = field(default_factory=dict)

    def write_villages(self, world: World, communes: dict[str, Unit]) -> Written:
        made = [
            Unit(
                code=village.code, level=Level.VILLAGE, kind=village.kind, name=village.name, short_name=village.name,
                parent=communes[village.commune], lat=village.lat, lon=village.lon, valid_from=BIRTH, source=PLACES_SOURCE,
            )
            for villages in world.villages.values()
            for village in villages
        ]  # fmt: skip
        loaded = add_villages(made, by=self.by)
        self.units = communes | {unit.code: unit for unit in units_within(self.province, Level.VILLAGE, on=BIRTH)}
        return Written(loaded.new, loaded.known)

    def write_organisations(self, world: World) -> Written:
        total = Written()
        path = organisations_file(world.province)
        if path:
            loaded = load_organisations(settings.DATA_DIR / "organisations" / path, by=self.by)
            total += Written(loaded.new, loaded.known)
        communes = {u.code: u for u in units_within(self.province, Level.COMMUNE, on=BIRTH)}
        made = [
            Organisation(
                code=body.code, kind=OrganisationKind(body.kind), name=body.name, symbol=body.symbol, stage=body.stage,
                seat=communes[body.commune], of=communes[body.commune] if body.is_local else self.province, valid_from=BIRTH,
                source=PLACES_SOURCE,
            )
            for body in world.bodies.values()
            if body.made_up
        ]  # fmt: skip
        loaded = add_organisations(made, by=self.by)
        self.orgs = {org.code: org for org in Organisation.objects.filter(code__in=world.bodies)}
        return total + Written(loaded.new, loaded.known)

    def write_populations(self, world: World, populace: Populace) -> Written:
        rows = []
        for place, counted in _headcounts(world, populace):
            where = self.units.get(place) or self.orgs[place]
            unit, org = (where, None) if isinstance(where, Unit) else (None, where)
            rows += [
                NewPopulation(Group(group), BIRTH, count, PLACES_SOURCE, unit=unit, org=org)
                for group, count in counted.items()
            ]
        loaded = count_populations(rows, by=self.by)
        return Written(loaded.new, loaded.known)

    def write_people(self, world: World, populace: Populace) -> Written:
        stored_people = Person.objects.filter(source=PROVEN, source_ref__startswith=f"{world.key}/")
        known = set(stored_people.values_list("source_ref", flat=True))
        homes = [home for homes in populace.households.values() for home in homes]
        stored = set(Household.objects.filter(unit__path__startswith=self.province.path).values_list("id", flat=True))
        if missing := [NewHousehold(home.id, self.units[home.village]) for home in homes if home.id not in stored]:
            add_households(missing, by=self.by)
        total, done = Written(known=len(known)), len(known)
        for batch in _batches(
            (p for people in populace.residents.values() for p in people if p.ref not in known), BATCH
        ):
            rows = [
                NewPerson(
                    id=person.id, name=person.name, birth_year=person.birth_year, sex=person.sex, unit=self.units[person.village],
                    org=self.orgs.get(person.body), group=person.group, household=person.household, source=PROVEN,
                    source_ref=person.ref, identity_number=person.identity,
                )
                for person in batch
            ]  # fmt: skip
            enrolled = enrol_persons(rows, by=self.by, today=max(self.until, BIRTH))
            total += Written(enrolled.new, enrolled.known)
            done += len(batch)
            self.progress("Người", done, world.persons)
        return total

    def write_movement(self, world: World, populace: Populace, answers: Path | None) -> tuple[Written, Written]:
        """Facts commune by commune, then what others say of them; only what was known on the day `until`."""
        evidence, waiting, claims, seen = Written(), list[Fact](), list[Claim](), Seen()
        trained: dict[str, list[dt.date]] = {}
        for number, commune in enumerate(world.communes, start=1):
            happenings = commune_movement(world, commune, populace)
            claims += commune_claims(world, commune, populace, happenings)
            if answers is not None:
                seen.look(commune.code, happenings, until=self.until)
            for event in happenings:
                if event.kind == "training_attended" and event.group in ("officials", "staff"):
                    trained.setdefault(event.body, []).append(event.on)
            facts = [self._fact(event) for event in happenings if event.on <= self.until]
            fresh = self._unknown(facts, [commune.code, *(village.code for village in world.villages[commune.code])])
            evidence += Written(known=len(facts) - len(fresh))
            waiting += fresh
            if len(waiting) >= BATCH or number == len(world.communes):
                evidence += self._record(waiting)
                waiting = []
            self.progress("Minh chứng", number, len(world.communes))
        claims += body_claims(world, populace, trained)
        if answers is not None:
            claims, more = self._spoil(world, populace, claims, seen, answers)
            evidence += more
        return evidence, self._state([claim for claim in claims if claim.sent <= self.until])

    def _spoil(
        self, world: World, populace: Populace, claims: list[Claim], seen: Seen, answers: Path
    ) -> tuple[list[Claim], Written]:
        """Plant bad data and write the answers down first, so that nothing planted is ever without them."""
        spoilt = spoil(world, populace, claims, seen, until=self.until)
        told = {
            "world": world.key,
            "until": self.until.isoformat(),
            "planted": [one.as_dict() for one in spoilt.answers],
        }
        answers.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
        counted = [
            NewPopulation(
                Group(row.group), row.on or BIRTH, row.count, PLACES_SOURCE, unit=self.units[code_of(row.place)]
            )
            for row in spoilt.headcounts
        ]
        if counted:
            count_populations(counted, by=self.by)
        return spoilt.claims, self._record([self._fact(event) for event in spoilt.happenings])

    def _fact(self, event: Happening) -> Fact:
        unit, org = self.units[event.at], self.orgs.get(event.body)
        about = {"unit": unit.uid, "org": org.uid if org else None}.get(event.subject_type, event.subject)
        assert about is not None
        return Fact(
            kind=event.kind, subject_type=event.subject_type, subject=about, on=event.on, source=_source(event),
            source_ref=event.ref, unit=unit, org=org, group=event.group, sex=event.sex, birth_year=event.birth_year, level=event.level,
            skill=event.skill, device=event.device, detail=event.detail,
        )  # fmt: skip

    def _unknown(self, facts: Sequence[Fact], places: Sequence[str]) -> list[Fact]:
        rows = Evidence.objects.filter(source__in=SOURCES, unit__in=[self.units[code].pk for code in places])
        known = set(rows.values_list("source", "source_ref"))
        return [fact for fact in facts if (fact.source, fact.source_ref) not in known]

    def _record(self, facts: Sequence[Fact]) -> Written:
        if not facts:
            return Written()
        recorded = record_evidence(facts, by=self.by, today=self.until)
        return Written(recorded.new, recorded.known)

    def _state(self, claims: Sequence[Claim]) -> Written:
        known = set(StatedCount.objects.filter(source__in=SOURCES).values_list("source", "source_ref"))
        rows = [
            Statement(
                claim.metric, self._place(claim), claim.on, claim.count, DECLARED if claim.document else IMPORTED, claim.ref,
                claim.document,
            )
            for claim in claims
        ]  # fmt: skip
        fresh = [row for row in rows if (row.source, row.source_ref) not in known]
        total = Written(known=len(rows) - len(fresh))
        for done, batch in enumerate(_batches(fresh, BATCH), start=1):
            recorded = state_counts(batch, by=self.by, today=self.until)
            total += Written(recorded.new, recorded.known)
            self.progress("Số liệu nhập và tự báo cáo", min(done * BATCH, len(fresh)), len(fresh))
        return total

    def _place(self, claim: Claim) -> Place:
        return self.orgs[claim.place] if claim.of_body else self.units[claim.place]


def _headcounts(world: World, populace: Populace) -> Iterator[tuple[str, Counter[str]]]:
    """Dated headcounts of villages and organisations, counted from the people that were made. Groups without anybody are left out."""
    for commune in world.communes:
        villages = {village.code: Counter[str]() for village in world.villages[commune.code]}
        for person in populace.residents[commune.code]:
            villages[person.village].update(
                group
                for group, counts in (
                    ("residents", True),
                    ("adults", person.is_adult),
                    ("residents_15", person.age >= 15),
                    ("residents_16", person.age >= 16),
                    ("smartphone", person.phone and person.age >= 12),
                )
                if counts
            )
        for home in populace.households[commune.code]:
            villages[home.village].update(["households", *(["businesses"] if home.business else [])])
        yield from villages.items()
    for body, members in populace.members.items():
        yield body, Counter(person.group for person in members)


def _batches(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    batch: list[T] = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _source(event: Happening) -> str:
    if event.kind == "vneid_confirmed":
        return REPLY
    return IMPORTED if event.outside else PROVEN
