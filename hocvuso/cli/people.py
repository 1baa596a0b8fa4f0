from __future__ import annotations

from pathlib import Path

import click

from hocvuso.cli.shared import ACTOR, all_or_nothing, dry_run, say_loaded, start_django


@click.group()
def people() -> None:
    """Tài khoản, vai trò, danh sách người."""


@people.command(name="open-account")
@click.argument("username")
@click.option("--full-name", required=True)
@click.option(
    "--role",
    required=True,
    help="steering, province_officer, department_officer, commune_officer, organisation_contact, administrator.",
)
@click.option("--unit", "unit_code")
@click.option("--org", "org_code")
@click.password_option("--password", help="Mật khẩu, ít nhất 12 ký tự; bỏ trống sẽ hỏi.")
def open_account_command(
    username: str, full_name: str, role: str, unit_code: str | None, org_code: str | None, password: str
) -> None:
    """Mở tài khoản có vai trò tại một đơn vị hoặc tổ chức, và in địa chỉ để quét vào ứng dụng tạo mã."""
    start_django()
    from django.db import transaction

    from hocvuso.lib import clock
    from hocvuso.lib.errors import BadInput
    from hocvuso.people.actions import add_totp_device, grant_role, open_account
    from hocvuso.people.models import RoleKind
    from hocvuso.places.queries import organisation_in_force, unit_in_force

    if role not in RoleKind.values:
        raise BadInput(f"Không có vai trò “{role}”. Chọn một trong: {', '.join(RoleKind.values)}.")
    today = clock.today()
    with transaction.atomic():
        account = open_account(username, full_name=full_name, password=password, by=ACTOR)
        grant_role(
            account,
            RoleKind(role),
            by=ACTOR,
            valid_from=today,
            unit=unit_in_force(unit_code, on=today) if unit_code else None,
            org=organisation_in_force(org_code, on=today) if org_code else None,
        )
        device = add_totp_device(account, by=ACTOR)
    click.echo(
        f"Đã mở tài khoản {username}. Quét địa chỉ này bằng ứng dụng tạo mã (chỉ hiện một lần):\n{device.config_url}"
    )


@people.command(name="load")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--source", required=True, help="Danh sách này từ đâu, ví dụ: danh-sach-xa-ea-kar.")
@dry_run
def load_people(file: Path, source: str, dry_run: bool) -> None:
    """Nạp danh sách người từ CSV: ref,name,birth_year,sex,unit,org,group,identity_number. Dòng gửi hai lần không đổi gì."""
    start_django()
    from hocvuso.lib import clock
    from hocvuso.people.files import load_persons

    with all_or_nothing(dry_run=dry_run):
        enrolled = load_persons(file, source=source, by=ACTOR, today=clock.today())
    say_loaded("người", new=enrolled.new, known=enrolled.known, dry_run=dry_run, counts=False)
