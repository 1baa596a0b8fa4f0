from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from hocvuso.audit.actions import record_act
from hocvuso.lib.errors import BadInput, BadRow
from hocvuso.lib.yamlfile import read_yaml
from hocvuso.places.models import Level, Organisation, OrganisationKind, Population, Succession, Unit
from hocvuso.places.rules import LONG_AGO, MERGERS, Group, read_rows

NATION = "VN"
BATCH = 2000


@dataclass(frozen=True, slots=True)
class Loaded:
    new: int
    known: int


@dataclass(frozen=True, slots=True)
class NewPopulation:
    group: Group
    on: dt.date
    count: int
    source: str
    unit: Unit | None = None
    org: Organisation | None = None


@transaction.atomic
def load_units(folder: Path, *, by: str) -> dict[str, Loaded]:
    """Nation, provinces, communes, the units of before 1/7/2025 and what became of them, from the CSV files of `data/places`.

    Loading again changes nothing; a row that contradicts what is stored refuses the whole load.
    """
    nation, _new = Unit.objects.get_or_create(
        code=NATION,
        valid_from=LONG_AGO,
        defaults={
            "level": Level.NATION,
            "kind": "quốc gia",
            "name": "Việt Nam",
            "short_name": "Việt Nam",
            "source": "hocvuso",
        },
    )
    provinces = _load(_provinces(folder, nation))
    communes = _load(_communes(folder))
    former = _load_former(folder, nation)
    successions = _load_successions(folder)
    loaded = {"provinces": provinces, "communes": communes, "former": former, "successions": successions}
    record_act(
        "load_units", by=by, object_type="units", object_id=NATION, fields=[f"{k}+{v.new}" for k, v in loaded.items()]
    )
    return loaded


def _coordinate(row: dict[str, str], name: str) -> float | None:
    text = row.get(name, "")
    try:
        return float(text) if text else None
    except ValueError:
        raise BadInput(_("Mã %(code)s: không đọc được “%(text)s”.") % {"code": row["code"], "text": text}) from None


def _day(row: dict[str, str], name: str) -> dt.date:
    try:
        return dt.date.fromisoformat(row[name])
    except ValueError:
        raise BadInput(
            _("Mã %(code)s: không đọc được “%(text)s”.") % {"code": row["code"], "text": row[name]}
        ) from None


def _provinces(folder: Path, nation: Unit) -> Iterator[Unit]:
    columns = ("code", "name", "short_name", "type", "lat", "lon", "valid_from")
    for row in read_rows(folder / "provinces.csv", columns=columns):
        yield _unit(row, Level.PROVINCE, nation, valid_from=_day(row, "valid_from"))


def _communes(folder: Path) -> Iterator[Unit]:
    provinces = {u.code: u for u in Unit.objects.filter(level=Level.PROVINCE, valid_to=None)}
    for row in read_rows(
        folder / "communes.csv", columns=("code", "name", "short_name", "type", "province", "lat", "lon")
    ):
        if row["province"] not in provinces:
            raise BadInput(
                _("%(file)s: %(code)s thuộc %(above)s, không có trong danh sách.")
                % {"file": "communes.csv", "code": row["code"], "above": row["province"]}
            )
        yield _unit(row, Level.COMMUNE, provinces[row["province"]], valid_from=MERGERS)


def _load_former(folder: Path, nation: Unit) -> Loaded:
    last_day = MERGERS - dt.timedelta(days=1)
    above: dict[str, Unit] = {}
    total = Loaded(0, 0)
    rows = list(
        read_rows(folder / "former_units.csv", columns=("level", "code", "name", "short_name", "type", "parent"))
    )
    for level in (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE):
        here = [row for row in rows if row["level"] == level]
        made = []
        for row in here:
            parent = nation if level is Level.PROVINCE else above.get(f"{row['parent']}")
            if parent is None:
                raise BadInput(
                    _("%(file)s: %(code)s thuộc %(above)s, không có trong danh sách.")
                    % {"file": "former_units.csv", "code": row["code"], "above": row["parent"]}
                )
            made.append(_unit(row, level, parent, valid_from=LONG_AGO, valid_to=last_day))
        loaded = _load(made)
        total = Loaded(total.new + loaded.new, total.known + loaded.known)
        above |= {u.code: u for u in Unit.objects.filter(level=level, valid_to=last_day)}
    return total


def _load_successions(folder: Path) -> Loaded:
    old = {
        (u.level, u.code): u.pk
        for u in Unit.objects.filter(valid_to=MERGERS - dt.timedelta(days=1)).only("level", "code")
    }
    new = {u.code: u.pk for u in Unit.objects.filter(valid_to=None).exclude(level=Level.VILLAGE).only("code")}
    rows = []
    for row in read_rows(folder / "successors.csv", columns=("old_level", "old_code", "new_code", "share")):
        before, after = old.get((row["old_level"], row["old_code"])), new.get(row["new_code"])
        if before is None or after is None:
            raise BadInput(
                _("%(file)s: %(old)s → %(new)s nhắc đến đơn vị không có trong danh sách.")
                % {"file": "successors.csv", "old": row["old_code"], "new": row["new_code"]}
            )
        rows.append(Succession(old_id=before, new_id=after, share=row["share"]))
    stored = Succession.objects.count()
    Succession.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    return Loaded(Succession.objects.count() - stored, stored)


def _unit(
    row: dict[str, str], level: Level, parent: Unit, *, valid_from: dt.date, valid_to: dt.date | None = None
) -> Unit:
    return Unit(
        code=row["code"],
        level=level,
        kind=row["type"].lower(),
        name=row["name"],
        short_name=row["short_name"],
        parent=parent,
        lat=_coordinate(row, "lat"),
        lon=_coordinate(row, "lon"),
        valid_from=valid_from,
        valid_to=valid_to,
        source="data/places",
    )


def _load(units: Iterable[Unit]) -> Loaded:
    units = list(units)
    stored = {
        (u.code, u.valid_from): u
        for u in Unit.objects.filter(level__in={u.level for u in units}).only(
            "code", "valid_from", "name", "kind", "path"
        )
    }
    fresh = []
    met: set[tuple[str, dt.date]] = set()
    for unit in units:
        key = (unit.code, unit.valid_from)
        known = stored.get(key)
        unit.derive()
        if key in met:
            raise BadInput(_("Mã %(code)s ghi hai lần.") % {"code": unit.code})
        met.add(key)
        if known is None:
            fresh.append(unit)
        elif (known.kind, known.path) != (unit.kind, unit.path):
            raise BadInput(
                _("Mã %(code)s: tệp ghi loại hoặc nơi trực thuộc khác với dữ liệu đã có: không ghi đè quá khứ.")
                % {"code": unit.code}
            )
        elif known.name != unit.name:
            raise BadInput(
                _("Mã %(code)s đã mang tên “%(known)s”, tệp ghi “%(name)s”: không ghi đè quá khứ.")
                % {"code": unit.code, "known": known.name, "name": unit.name}
            )
    Unit.objects.bulk_create(fresh, batch_size=BATCH)
    return Loaded(len(fresh), len(units) - len(fresh))


@transaction.atomic
def add_villages(villages: Iterable[Unit], *, by: str) -> Loaded:
    """Villages below communes that exist already; a known code and start day is left as it is."""
    loaded = _load(villages)
    record_act("add_villages", by=by, object_type="units", object_id="villages", fields=[str(loaded.new)])
    return loaded


@transaction.atomic
def add_organisations(organisations: Iterable[Organisation], *, by: str) -> Loaded:
    organisations = list(organisations)
    known = set(Organisation.objects.values_list("code", flat=True))
    fresh = [o for o in organisations if o.code not in known]
    for organisation in fresh:
        organisation.derive()
    Organisation.objects.bulk_create(fresh, batch_size=BATCH)
    record_act("add_organisations", by=by, object_type="organisations", object_id="-", fields=[str(len(fresh))])
    return Loaded(len(fresh), len(organisations) - len(fresh))


def load_organisations(path: Path, *, by: str) -> Loaded:
    """The organisations of a province from a file of `data/organisations`; a code that is stored already is left as it stands.

    An organisation answers to the province unless it names the commune it is `of`.
    """
    data = read_yaml(path)
    try:
        start = data["valid_from"]
        if not isinstance(start, dt.date):
            raise BadInput(_("%(file)s: valid_from phải là ngày, dạng 2025-07-01.") % {"file": path.name})
        units = {u.code: u for u in Unit.objects.filter(Unit.in_force(start)).exclude(level=Level.VILLAGE)}
        made = [
            Organisation(
                code=row["code"],
                kind=OrganisationKind(row["kind"]),
                name=row["name"],
                symbol=row.get("symbol", ""),
                stage=row.get("stage", ""),
                seat=units[row["seat"]],
                of=units[row.get("of", data["province"])],
                valid_from=start,
                source=data["source"],
            )
            for row in data["organisations"]
        ]
    except (KeyError, TypeError, ValueError) as error:
        raise BadInput(
            _("%(file)s: thiếu mục hoặc mã không có trong danh sách đơn vị (%(error)s).")
            % {"file": path.name, "error": error}
        ) from None
    seen: set[str] = set()
    for organisation in made:
        if not isinstance(organisation.code, str) or not isinstance(organisation.name, str):
            raise BadInput(f"{path.name}: code và name của mỗi đơn vị phải là chữ, đặt trong ngoặc kép nếu chỉ gồm số.")
        if organisation.code in seen:
            raise BadInput(f"{path.name}: mã “{organisation.code}” ghi hai lần.")
        seen.add(organisation.code)
        if len(organisation.code) > 40 or len(organisation.name) > 160:
            raise BadInput(f"{path.name}: mã dài quá 40 hoặc tên dài quá 160 ký tự.")
    return add_organisations(made, by=by)


@transaction.atomic
def count_populations(rows: Iterable[NewPopulation], *, by: str) -> Loaded:
    """Dated headcounts. The same group, place, day and source twice changes nothing; a new day stands beside the old."""
    rows = list(rows)
    for line, row in enumerate(rows, start=1):  # SQLite's INSERT OR IGNORE would drop these in silence
        if row.count < 0 or (row.unit is None) == (row.org is None):
            raise BadRow(
                _("Dòng %(line)s: số dân phải không âm, của đúng một đơn vị hoặc một tổ chức.") % {"line": line},
                row=line,
            )
    rows = list(rows)
    if any((row.unit is None) == (row.org is None) or row.count < 0 for row in rows):
        raise BadInput(_("Mỗi số dân phải thuộc đúng một đơn vị hoặc một tổ chức và không âm."))
    made = [Population(unit=r.unit, org=r.org, group=r.group, on=r.on, count=r.count, source=r.source) for r in rows]
    before = Population.objects.count()
    Population.objects.bulk_create(made, batch_size=BATCH, ignore_conflicts=True)
    new = Population.objects.count() - before
    record_act("count_populations", by=by, object_type="populations", object_id="-", fields=[str(new)])
    return Loaded(new, len(made) - new)
