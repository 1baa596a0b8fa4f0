from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from hocvuso.cli.shared import DAY, as_json, print_json, print_table, start_django


@click.group()
def reports() -> None:
    """Báo cáo: liệt kê, lập văn bản."""


@reports.command(name="list")
@click.option("--unit", "unit_code")
@click.option("--org", "org_code")
@as_json
def list_reports(unit_code: str | None, org_code: str | None, as_json: bool) -> None:
    """Báo cáo mà một đơn vị hoặc cơ quan phải gửi quanh hôm nay."""
    start_django()
    from hocvuso.lib import clock
    from hocvuso.reports.queries import obligations_of

    place = _place(unit_code, org_code, clock.today())
    found = obligations_of(place, around=clock.today())
    if as_json:
        print_json(
            [
                {"duty": o.duty.key, "plan": o.duty.plan.key, "due": o.due, "first": o.span.first, "last": o.span.last}
                for o in found
            ]
        )
        return
    print_table(
        place.name,
        ["Khóa", "Báo cáo", "Ngày gửi", "Số liệu từ", "đến"],
        [
            (o.duty.key, o.duty.title, f"{o.due:%d/%m/%Y}", f"{o.span.first:%d/%m}", f"{o.span.last:%d/%m}")
            for o in found
        ],
    )


@reports.command()
@click.option(
    "--duty", "duty_key", required=True, help="Khóa chế độ báo cáo (hocvuso plans show …), hoặc kế-hoạch/khóa."
)
@click.option("--unit", "unit_code", help="Mã đơn vị.")
@click.option("--org", "org_code", help="Mã cơ quan, đơn vị.")
@click.option("--due", type=DAY, required=True, help="Ngày gửi, dạng 2025-10-17.")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Tệp .docx sẽ ghi.")
def make(duty_key: str, unit_code: str | None, org_code: str | None, due: dt.date, output: Path) -> None:
    """Lập báo cáo .docx theo thể thức Nghị định 30/2020/NĐ-CP."""
    start_django()
    import io

    from hocvuso.lib import clock
    from hocvuso.lib.errors import BadInput
    from hocvuso.measure.actions import refresh_measure
    from hocvuso.plans.queries import duty_named
    from hocvuso.reports.documents.periodic import periodic_report
    from hocvuso.reports.documents.state_docx import write_state_document
    from hocvuso.reports.queries import content_now, demand_over, demand_state_form, owed_report

    if output.suffix.lower() != ".docx":
        raise BadInput("Tên tệp phải kết thúc bằng .docx.")
    duty, place = duty_named(duty_key), _place(unit_code, org_code, due)
    refresh_measure()
    file = io.BytesIO()
    demand_state_form(place)
    demand_over(owed_report(duty, place, due=due), today=clock.today())
    content = content_now(duty, place, due=due)  # as it was handed in, if it was
    write_state_document(periodic_report(content), to=file)
    try:
        output.write_bytes(file.getvalue())
    except OSError as error:
        raise BadInput(f"Không ghi được {output}: {error.strerror}.") from None
    click.echo(f"Đã lập {output} ({place.name}, gửi ngày {due:%d/%m/%Y}).")


def _place(unit_code: str | None, org_code: str | None, day: dt.date):  # type: ignore[no-untyped-def]
    from hocvuso.lib.errors import BadInput
    from hocvuso.places.queries import organisation_in_force, unit_in_force

    if (unit_code is None) == (org_code is None):
        raise BadInput("Chọn một trong hai: --unit MÃ hoặc --org MÃ.")
    return unit_in_force(unit_code, on=day) if unit_code else organisation_in_force(org_code or "", on=day)
