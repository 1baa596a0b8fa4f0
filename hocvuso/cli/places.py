from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from hocvuso.cli.shared import (
    ACTOR,
    DAY,
    all_or_nothing,
    as_json,
    dry_run,
    print_json,
    print_table,
    say_loaded,
    start_django,
)

FILE = click.argument("file", type=click.Path(path_type=Path))


@click.group()
def places() -> None:
    """Đơn vị, thôn buôn, cơ quan, số dân: nạp, xem."""


@places.command()
def load() -> None:
    """Nạp 34 tỉnh, 3.321 xã và các đơn vị trước 01/7/2025; nạp lại không đổi gì."""
    start_django()
    from django.conf import settings

    from hocvuso.places.actions import load_units

    for name, loaded in load_units(settings.DATA_DIR / "places", by=ACTOR).items():
        click.echo(f"{name}: {loaded.new} mới, {loaded.known} đã có.")


@places.command()
@click.argument("code")
@click.option("--on", type=DAY, help="Ngày; trước 01/7/2025 cho đơn vị cũ.")
@as_json
def show(code: str, on: dt.date | None, as_json: bool) -> None:
    """Một đơn vị: thuộc đâu, gồm gì, từ đâu mà có, nhập vào đâu."""
    start_django()
    from hocvuso.lib import clock
    from hocvuso.places.queries import children_of, unit_in_force

    day = on or clock.today()
    unit = unit_in_force(code, on=day)
    data = {
        "code": unit.code, "name": unit.name, "kind": unit.kind, "level": unit.level, "valid_from": unit.valid_from,
        "valid_to": unit.valid_to, "parent": unit.parent.code if unit.parent else None,
        "children": [{"code": c.code, "name": c.name, "kind": c.kind} for c in children_of(unit, on=day)],
        "successors": [{"code": s.new.code, "name": s.new.name, "share": s.share} for s in unit.successions.select_related("new")],
        "predecessors": [{"code": s.old.code, "name": s.old.name, "share": s.share} for s in unit.predecessions.select_related("old")],
    }  # fmt: skip
    if as_json:
        print_json(data)
        return
    click.echo(f"{unit.name} ({unit.code}), {unit.kind}, từ {unit.valid_from:%d/%m/%Y}")
    for title, key in (("Gồm", "children"), ("Nhập vào", "successors"), ("Thành lập từ", "predecessors")):
        rows = data[key]
        if isinstance(rows, list) and rows:
            print_table(title, ["Mã", "Tên"], [(row["code"], row["name"]) for row in rows])


@places.command()
@FILE
@dry_run
def villages(file: Path, dry_run: bool) -> None:
    """Nạp thôn, buôn, tổ dân phố từ CSV: commune,code,name,kind,lat,lon,valid_from. Nạp lại không đổi gì."""
    start_django()
    from hocvuso.places.files import load_villages

    with all_or_nothing(dry_run=dry_run):
        loaded = load_villages(file, by=ACTOR)
    say_loaded("thôn, buôn, tổ dân phố", new=loaded.new, known=loaded.known, dry_run=dry_run)


@places.command()
@FILE
@dry_run
def organisations(file: Path, dry_run: bool) -> None:
    """Nạp cơ quan, trường, doanh nghiệp, hợp tác xã từ YAML, theo mẫu data/organisations/dak-lak.yaml. Nạp lại không đổi gì."""
    start_django()
    from hocvuso.places.actions import load_organisations

    with all_or_nothing(dry_run=dry_run):
        loaded = load_organisations(file, by=ACTOR)
    say_loaded("cơ quan, đơn vị", new=loaded.new, known=loaded.known, dry_run=dry_run)


@places.command()
@FILE
@click.option("--source", required=True, help="Số này từ đâu, ví dụ: “Công an tỉnh, rà soát tháng 9/2025”.")
@dry_run
def count(file: Path, source: str, dry_run: bool) -> None:
    """Nạp số dân theo nhóm từ CSV: place_type,place,group,on,count. Ngày mới đứng cạnh ngày cũ; nạp lại không đổi gì."""
    start_django()
    from hocvuso.lib import clock
    from hocvuso.places.files import load_populations

    with all_or_nothing(dry_run=dry_run):
        loaded = load_populations(file, source=source, by=ACTOR, today=clock.today())
    say_loaded("số đếm", new=loaded.new, known=loaded.known, dry_run=dry_run)
