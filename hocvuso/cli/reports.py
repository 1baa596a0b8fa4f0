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
@click.option("--plan", "plan_key", help="Khóa kế hoạch: mọi nơi phải báo cáo.")
@click.option("--unit", "unit_code", help="Mã đơn vị.")
@click.option("--org", "org_code", help="Mã cơ quan, đơn vị.")
@click.option("--from", "first", type=DAY, required=True, help="Ngày gửi đầu tiên.")
@click.option("--to", "last", type=DAY, required=True, help="Ngày gửi cuối cùng.")
@as_json
def obligations(
    plan_key: str | None, unit_code: str | None, org_code: str | None, first: dt.date, last: dt.date, as_json: bool
) -> None:
    """Lịch gửi báo cáo giữa hai ngày: của mọi nơi theo một kế hoạch, hoặc của một nơi."""
    start_django()
    from hocvuso.lib import clock
    from hocvuso.lib.errors import BadInput
    from hocvuso.plans.queries import plan_named
    from hocvuso.reports.queries import obligations_between

    if last < first:
        raise BadInput("--to phải từ ngày --from trở đi.")
    if plan_key is not None and (unit_code or org_code):
        raise BadInput("Chọn một trong ba: --plan KHÓA, --unit MÃ hoặc --org MÃ.")
    about = plan_named(plan_key) if plan_key is not None else _place(unit_code, org_code, clock.today())
    found = obligations_between(about, first, last, today=clock.today())
    if as_json:
        print_json(
            [
                {
                    "plan": o.duty.plan.key, "duty": o.duty.key, "place": o.place.code, "place_name": o.place.name, "due": o.due,
                    "first": o.span.first, "last": o.span.last, "asked": o.request is not None, "gathers": o.gathers,
                    "started": o.started, "warnings": [one.kind for one in o.warnings], "says": [*o.concerns, *o.notes],
                }
                for o in found
            ]
        )  # fmt: skip
        return
    print_table(
        f"{about}: {len(found)} báo cáo phải gửi",
        ["Ngày gửi", "Nơi gửi", "Báo cáo", "Số liệu từ", "đến", "Lưu ý"],
        [
            (f"{o.due:%d/%m/%Y}", o.place.name, o.duty.title, f"{o.span.first:%d/%m/%Y}", f"{o.span.last:%d/%m/%Y}",
             " ".join(o.concerns))
            for o in found
        ],
    )  # fmt: skip


@reports.command()
@click.option(
    "--duty", "duty_key", required=True, help="Khóa chế độ báo cáo (hocvuso plans show …), hoặc kế-hoạch/khóa."
)
@click.option("--unit", "unit_code", help="Mã đơn vị.")
@click.option("--org", "org_code", help="Mã cơ quan, đơn vị.")
@click.option("--due", type=DAY, required=True, help="Ngày gửi, dạng 2025-10-17.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, help="Tệp sẽ ghi: .docx, .pdf hoặc .xlsx."
)
def make(duty_key: str, unit_code: str | None, org_code: str | None, due: dt.date, output: Path) -> None:
    """Lập báo cáo theo thể thức của cơ quan ban hành: Word, PDF, hoặc bảng số liệu Excel."""
    start_django()
    from hocvuso.lib import clock
    from hocvuso.lib.errors import BadInput
    from hocvuso.measure.actions import refresh_measure
    from hocvuso.plans.queries import duty_named
    from hocvuso.reports.queries import SUFFIXES, content_now, demand_over, owed_report, written

    suffix = output.suffix.lower()
    if suffix not in SUFFIXES:
        raise BadInput(f"Tên tệp phải kết thúc bằng {', '.join(SUFFIXES[:-1])} hoặc {SUFFIXES[-1]}.")
    duty, place = duty_named(duty_key), _place(unit_code, org_code, due)
    demand_over(owed_report(duty, place, due=due), today=clock.today())
    refresh_measure()
    made = written(content_now(duty, place, due=due), suffix)  # as it was handed in, if it was
    try:
        output.write_bytes(made)
    except OSError as error:
        raise BadInput(f"Không ghi được {output}: {error.strerror}.") from None
    click.echo(f"Đã lập {output} ({place.name}, gửi ngày {due:%d/%m/%Y}).")


@reports.command()
@click.option("--copy", is_flag=True, help="Chép thể thức và mẫu của chương trình vào thư mục mẫu của cơ quan để sửa.")
@click.option("--check", is_flag=True, help="Chỉ kiểm tra; có lỗi thì nêu tệp và dòng.")
def templates(copy: bool, check: bool) -> None:
    """Thể thức văn bản và mẫu báo cáo đang dùng; tệp nào là của cơ quan."""
    start_django()
    from hocvuso.plans.models import Duty
    from hocvuso.reports.documents.library import copy_to, unread_in
    from hocvuso.reports.queries import library_here, own_templates

    folder = own_templates()
    if copy:
        made = copy_to(folder)
        click.echo(f"Đã chép {len(made)} tệp vào {folder}; tệp đã có được giữ nguyên.")
    library = library_here()
    lacking = [
        f"{duty.plan.key}/{duty.key}: mẫu chưa có chỗ cho {', '.join(missing)}."
        for duty in Duty.objects.select_related("plan").order_by("plan__key", "position")
        if (
            missing := library.lacks(
                plan=duty.plan.key, duty=duty.key, frequency=duty.frequency, contents=duty.contents
            )
        )
    ]
    if check:
        unread = [f"{name}: không đọc, vì tên không kết thúc bằng .yaml." for name in unread_in(folder)]
        said = f"{len(library.forms)} thể thức, {len(library.templates)} mẫu: đọc được cả."
        click.echo("\n".join([said, *lacking, *unread]))
        return
    rows = [(f"forms/{key}.yaml", one.name, one.source) for key, one in library.forms.items()]
    rows += [(f"templates/{key}.yaml", one.name, "") for key, one in library.templates.items()]
    print_table(
        str(folder),
        ["Tệp", "Tên", "Theo", "Của cơ quan"],
        [(*row, "có" if row[0] in library.own else "") for row in rows],
    )


def _place(unit_code: str | None, org_code: str | None, day: dt.date):  # type: ignore[no-untyped-def]
    from hocvuso.lib.errors import BadInput
    from hocvuso.places.queries import organisation_in_force, unit_in_force

    if (unit_code is None) == (org_code is None):
        raise BadInput("Chọn một trong hai: --unit MÃ hoặc --org MÃ.")
    return unit_in_force(unit_code, on=day) if unit_code else organisation_in_force(org_code or "", on=day)
