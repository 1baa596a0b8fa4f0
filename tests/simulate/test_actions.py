from __future__ import annotations

import csv
import datetime as dt

import pytest
from django.conf import settings
from django.db.models import Count

from hocvuso.evidence.models import Evidence, StatedCount
from hocvuso.evidence.queries import catalogue
from hocvuso.lib.errors import BadInput, Refused
from hocvuso.lib.ids import derived_id
from hocvuso.people.models import Person
from hocvuso.people.queries import vault
from hocvuso.places.models import Level, Organisation, Population, Unit
from hocvuso.places.rules import LONG_AGO, MERGERS
from hocvuso.simulate import actions
from hocvuso.simulate.actions import SOURCES, Summary, Written, persons_simulated, simulate_province
from tests.make.places import Country

BY = ":test"
FRIDAY = dt.date(2025, 10, 17)
PERSONS, COMMUNES = 240, 3

pytestmark = pytest.mark.django_db


def unit(code: str, name: str, level: Level, kind: str, parent: Unit | None) -> Unit:
    return Unit(
        code=code, name=name, short_name=name.split(" ", 1)[1], level=level, kind=kind, parent=parent, lat=12.8, lon=108.4,
        valid_from=MERGERS if parent else LONG_AGO, source="test",
    )  # fmt: skip


@pytest.fixture
def dak_lak() -> Unit:
    """The real province with its 102 communes, and nothing below them."""
    nation = unit("VN", "Việt Nam", Level.NATION, "quốc gia", None)
    nation.save()
    province = unit("66", "Tỉnh Đắk Lắk", Level.PROVINCE, "tỉnh", nation)
    province.save()
    with (settings.DATA_DIR / "places" / "communes.csv").open(encoding="utf-8", newline="") as file:
        communes = [
            unit(row["code"], row["name"], Level.COMMUNE, row["type"], province)
            for row in csv.DictReader(file)
            if row["province"] == "66"
        ]
    for commune in communes:
        commune.derive()
    Unit.objects.bulk_create(communes)
    return province


def simulate(
    province: Unit,
    *,
    until: dt.date = FRIDAY,
    seed: int = 1,
    persons: int = PERSONS,
    progress: actions.Progress | None = None,
) -> Summary:
    return simulate_province(
        province=province, persons=persons, seed=seed, until=until, by=BY, progress=progress, communes=COMMUNES
    )


def test_a_province_is_filled(dak_lak: Unit) -> None:
    summary = simulate(dak_lak)
    assert Person.objects.count() == summary.persons.new == PERSONS
    assert Evidence.objects.count() == summary.evidence.new > 400
    assert StatedCount.objects.count() == summary.stated.new > 100
    assert Unit.objects.filter(level=Level.VILLAGE).count() == summary.villages.new >= 2 * COMMUNES
    assert Organisation.objects.filter(of=dak_lak, kind="agency").count() == 25


def test_running_again_adds_nothing(dak_lak: Unit) -> None:
    first, again = simulate(dak_lak), simulate(dak_lak)
    assert again.new == 0
    assert again.evidence == Written(0, first.evidence.new)
    assert again.stated == Written(0, first.stated.new)
    assert again.persons == Written(0, PERSONS)


def test_a_later_day_adds_only_what_happened_after(dak_lak: Unit) -> None:
    """Moving the demo's day gives the same as starting on the later day."""
    early = dt.date(2025, 9, 12)
    first = simulate(dak_lak, until=early)
    before = set(Evidence.objects.values_list("source_ref", "on"))
    assert all(on <= early for _, on in before)
    second = simulate(dak_lak)
    after = set(Evidence.objects.values_list("source_ref", "on"))
    assert before < after
    assert all(early < on <= FRIDAY for _, on in after - before)
    assert second.evidence == Written(len(after) - len(before), first.evidence.new)
    assert second.persons.new == second.villages.new == second.populations.new == 0
    assert second.stated.new > 0


def test_nothing_is_known_before_it_happened(dak_lak: Unit) -> None:
    simulate(dak_lak)
    assert not Evidence.objects.filter(on__gt=FRIDAY).exists()
    assert not StatedCount.objects.filter(on__gt=FRIDAY).exists()


def test_a_killed_run_is_finished_by_the_next(dak_lak: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "BATCH", 100)

    def pull_the_plug(what: str, done: int, _total: int) -> None:
        if what == "Minh chứng" and done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        simulate(dak_lak, progress=pull_the_plug)
    left = Evidence.objects.count()
    summary = simulate(dak_lak)
    assert 0 < left == summary.evidence.known
    assert summary.evidence.new > 0
    assert simulate(dak_lak).evidence == Written(0, left + summary.evidence.new)


def test_headcounts_are_those_of_the_people_made(dak_lak: Unit) -> None:
    simulate(dak_lak)
    members = Person.objects.exclude(org=None).values_list("org", "group").annotate(n=Count("pk"))
    counted = Population.objects.exclude(org=None).values_list("org", "group", "count")
    assert set(members) == set(counted)
    for village in Unit.objects.filter(level=Level.VILLAGE):
        groups = dict(village.populations.values_list("group", "count"))
        people = Person.objects.filter(unit=village)
        assert groups["residents"] == people.count()
        assert groups.get("adults", 0) == people.filter(birth_year__lte=2025 - 18).count()
        assert groups.get("residents_15", 0) == people.filter(birth_year__lte=2025 - 15).count()
        assert groups["households"] == village.households.count()
    assert set(Population.objects.values_list("source", "on")) == {("mô phỏng", MERGERS)}


def test_everything_written_says_that_it_is_simulated(dak_lak: Unit) -> None:
    simulate(dak_lak)
    used = {*Evidence.objects.values_list("source", flat=True), *StatedCount.objects.values_list("source", flat=True)}
    assert used == set(SOURCES)
    assert all(catalogue().source(source).simulated for source in used)
    assert set(Unit.objects.filter(level=Level.VILLAGE).values_list("source", flat=True)) == {"mô phỏng"}
    made_up = Organisation.objects.exclude(kind="agency").values_list("name", flat=True)
    assert made_up
    assert all("(mô phỏng)" in name for name in made_up)


def test_identity_numbers_are_stored_sealed_and_belong_to_no_province(dak_lak: Unit) -> None:
    simulate(dak_lak)
    sealed = list(Person.objects.exclude(identity_sealed=None).values_list("identity_sealed", flat=True))
    assert sealed
    assert all(vault().open(bytes(number or b"")).startswith("99966") for number in sealed)


def test_facts_carry_who_the_person_is(dak_lak: Unit) -> None:
    simulate(dak_lak)
    people = {person.pk: person for person in Person.objects.all()}
    for row in Evidence.objects.filter(subject_type="person"):
        person = people[row.subject]
        assert (row.unit_id, row.org_id, row.group, row.sex, row.birth_year) == (
            person.unit_id, person.org_id, person.group, person.sex, person.birth_year,
        )  # fmt: skip
    assert all(person.pk == derived_id("person", f"mo-phong:{person.source_ref}") for person in people.values())


def test_a_simulation_remembers_its_size(dak_lak: Unit) -> None:
    """So that a demo made small starts again as it was."""
    assert persons_simulated(dak_lak) is None
    simulate(dak_lak)
    assert persons_simulated(dak_lak) == PERSONS


@pytest.mark.parametrize("other", [{"seed": 2}, {"persons": PERSONS + 60}])
def test_a_second_simulation_is_refused(dak_lak: Unit, other: dict[str, int]) -> None:
    simulate(dak_lak)
    counts = (Person.objects.count(), Evidence.objects.count(), Unit.objects.count())
    with pytest.raises(Refused, match="bộ dữ liệu mô phỏng khác"):
        simulate(dak_lak, seed=other.get("seed", 1), persons=other.get("persons", PERSONS))
    assert counts == (Person.objects.count(), Evidence.objects.count(), Unit.objects.count())


def test_real_villages_are_never_mixed_with_simulated_ones(land: Country) -> None:
    with pytest.raises(Refused, match="dữ liệu thật"):
        simulate_province(province=land.province, persons=100, seed=1, until=FRIDAY, by=BY)
    assert not Person.objects.exists()


def test_too_few_people_or_no_province_is_refused(dak_lak: Unit) -> None:
    with pytest.raises(BadInput, match="ít nhất 6 người"):
        simulate(dak_lak, persons=5)
    with pytest.raises(BadInput, match="một tỉnh"):
        simulate(dak_lak.children.order_by("code")[0])
