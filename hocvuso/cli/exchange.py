from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from hocvuso.cli.shared import ACTOR, DAY, as_json, print_json, print_table, start_django


@click.group()
def exchange() -> None:
    """Trao đổi: tệp tải lên hệ thống báo cáo, hệ thống được đọc số liệu."""


@exchange.command()
@click.option("--duty", "duty_key", required=True, help="Khóa chế độ báo cáo, hoặc kế-hoạch/khóa.")
@click.option("--unit", "unit_code", help="Mã đơn vị.")
@click.option("--org", "org_code", help="Mã cơ quan, đơn vị.")
@click.option("--due", type=DAY, required=True, help="Ngày gửi, dạng 2025-10-17.")
@click.option("--mapping", type=click.Path(path_type=Path), help="Tệp ánh xạ khác với HOCVUSO_EXCHANGE_MAPPING.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, help="Tệp .zip (các tệp CSV) hoặc .xlsx."
)
def pack(
    duty_key: str, unit_code: str | None, org_code: str | None, due: dt.date, mapping: Path | None, output: Path
) -> None:
    """Lập tệp của một báo cáo để tải lên hệ thống báo cáo của tỉnh."""
    start_django()
    from hocvuso.cli.reports import _place
    from hocvuso.connect.baocao.files import workbook_of, zip_of
    from hocvuso.connect.baocao.queries import demand_exchange_file, exchange_of, mapping_at, mapping_here
    from hocvuso.connect.baocao.rules import packets_of
    from hocvuso.lib import clock
    from hocvuso.lib.errors import BadInput
    from hocvuso.measure.actions import refresh_measure
    from hocvuso.plans.queries import duty_named

    form = demand_exchange_file(output.name)
    wanted = mapping_at(mapping) if mapping else mapping_here()
    duty, place = duty_named(duty_key), _place(unit_code, org_code, due)
    refresh_measure()
    made = exchange_of(duty, place, due=due, packets=packets_of(wanted), today=clock.today())
    write = zip_of if form == "zip" else workbook_of
    try:
        output.write_bytes(write(wanted, made.packets, simulated=made.content.simulated))
    except OSError as error:
        raise BadInput(f"Không ghi được {output}: {error.strerror}.") from None
    click.echo(f"Đã lập {output}: {len(wanted.tables)} gói, {sum(map(len, made.packets.values()))} dòng.")
    if made.content.simulated:
        click.echo("Đây là DỮ LIỆU MÔ PHỎNG; mỗi dòng trong tệp đều ghi như vậy.")


@exchange.command()
@click.argument("mapping", type=click.Path(path_type=Path))
def check(mapping: Path) -> None:
    """Kiểm tra một tệp ánh xạ: mọi lỗi cùng chỗ của nó."""
    start_django(check=False)
    from hocvuso.connect.baocao.queries import mapping_at

    found = mapping_at(mapping)
    print_table(
        found.title or mapping.name,
        ["Gói", "Tệp", "Cột"],
        [(table.packet.title, table.name, str(len(table.columns))) for table in found.tables],
        right=(2,),
    )


@exchange.command(name="open-reader")
@click.argument("name")
@click.option("--unit", "unit_code", required=True, help="Mã đơn vị được đọc, cùng mọi đơn vị trong đó.")
def open_reader(name: str, unit_code: str) -> None:
    """Cho một hệ thống khác đọc số liệu; in mã truy cập một lần duy nhất."""
    start_django()
    from hocvuso.lib import clock
    from hocvuso.measure import readers
    from hocvuso.places.queries import unit_in_force

    unit = unit_in_force(unit_code, on=clock.today())
    token = readers.open_reader(name, unit=unit, by=ACTOR)
    click.echo(f"“{name}” được đọc số liệu của {unit.name}. Mã truy cập, chỉ in một lần, hãy cất nơi an toàn:")
    click.echo(token)


@exchange.command(name="end-reader")
@click.argument("name")
def end_reader(name: str) -> None:
    """Thôi cho một hệ thống đọc số liệu."""
    start_django()
    from hocvuso.lib.errors import UnknownName
    from hocvuso.measure import readers

    found = readers.readers().filter(name=name).first()
    if found is None:
        raise UnknownName(f"Không có hệ thống “{name}” đang được đọc số liệu.")
    readers.end_reader(found, by=ACTOR)
    click.echo(f"Từ nay “{name}” không đọc được gì.")


@exchange.command(name="readers")
@as_json
def list_readers(as_json: bool) -> None:
    """Những hệ thống được đọc số liệu ở đây."""
    start_django()
    from hocvuso.measure.readers import readers

    rows = [
        {"name": one.name, "unit": one.unit.code, "unit_name": one.unit.name, "opened_at": one.opened_at}
        for one in readers()
    ]
    if as_json:
        print_json(rows)
        return
    print_table(
        "Hệ thống được đọc số liệu",
        ["Tên", "Mã", "Đơn vị", "Từ"],
        [(row["name"], row["unit"], row["unit_name"], f"{row['opened_at']:%d/%m/%Y}") for row in rows],
    )
