from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hocvuso.cli.shared import ACTOR, all_or_nothing, dry_run, say_loaded, start_django

if TYPE_CHECKING:
    from hocvuso.people.models import RoleKind


@click.group()
def people() -> None:
    """Tài khoản, vai trò, danh sách người."""


@people.command(name="open-account")
@click.argument("username")
@click.option("--full-name", required=True)
@click.option(
    "--role",
    required=True,
    help="steering, province_officer, department_officer, commune_officer, leader, records_clerk, organisation_contact, administrator.",
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
    from hocvuso.people.actions import add_totp_device, grant_role, open_account
    from hocvuso.places.queries import organisation_in_force, unit_in_force

    kind, today = _kind(role), clock.today()
    with transaction.atomic():
        account = open_account(username, full_name=full_name, password=password, by=ACTOR)
        grant_role(
            account,
            kind,
            by=ACTOR,
            valid_from=today,
            unit=unit_in_force(unit_code, on=today) if unit_code else None,
            org=organisation_in_force(org_code, on=today) if org_code else None,
        )
        device = add_totp_device(account, by=ACTOR)
    click.echo(
        f"Đã mở tài khoản {username}. Quét địa chỉ này bằng ứng dụng tạo mã (chỉ hiện một lần):\n{device.config_url}"
    )


def _kind(role: str) -> RoleKind:
    from hocvuso.lib.errors import BadInput
    from hocvuso.people.models import RoleKind

    if role not in RoleKind.values:
        raise BadInput(f"Không có vai trò “{role}”. Chọn một trong: {', '.join(RoleKind.values)}.")
    return RoleKind(role)


@people.command(name="close-account")
@click.argument("username")
def close_account_command(username: str) -> None:
    """Đóng tài khoản: không ai vào bằng tài khoản này nữa, kể cả người đang đăng nhập. Nhật ký vẫn còn."""
    start_django()
    from hocvuso.people.actions import close_account
    from hocvuso.people.queries import account_named

    close_account(account_named(username), by=ACTOR)
    click.echo(f"Tài khoản {username} đã đóng.")


@people.command(name="end-role")
@click.argument("username")
@click.argument("role")
@click.option("--unit", "unit_code", help="Nơi giữ vai trò, khi tài khoản giữ vai trò này ở nhiều nơi.")
@click.option("--org", "org_code")
def end_role_command(username: str, role: str, unit_code: str | None, org_code: str | None) -> None:
    """Kết thúc một vai trò từ hôm nay. Tài khoản và các vai trò khác giữ nguyên."""
    start_django()
    from hocvuso.lib import clock
    from hocvuso.people.actions import end_role
    from hocvuso.people.queries import account_named, role_held
    from hocvuso.places.queries import organisation_in_force, unit_in_force

    today = clock.today()
    held = role_held(
        account_named(username),
        _kind(role),
        on=today,
        unit=unit_in_force(unit_code, on=today) if unit_code else None,
        org=organisation_in_force(org_code, on=today) if org_code else None,
    )
    end_role(held, by=ACTOR, today=today)
    click.echo(f"{username} thôi giữ vai trò {held.get_kind_display()} tại {held.unit or held.org}.")


@people.command(name="new-device")
@click.argument("username")
def new_device_command(username: str) -> None:
    """Gắn ứng dụng tạo mã mới thay cho cái cũ (mất, đổi điện thoại), và in địa chỉ để quét."""
    start_django()
    from hocvuso.people.actions import add_totp_device
    from hocvuso.people.queries import account_named

    device = add_totp_device(account_named(username), by=ACTOR)
    click.echo(
        f"Mã của ứng dụng cũ không dùng được nữa. Quét địa chỉ này bằng ứng dụng tạo mã (chỉ hiện một lần):\n{device.config_url}"
    )


@people.command(name="new-password")
@click.argument("username")
@click.password_option("--password", help="Mật khẩu mới, ít nhất 12 ký tự; bỏ trống sẽ hỏi.")
def new_password_command(username: str, password: str) -> None:
    """Đặt mật khẩu mới; ai đang đăng nhập bằng mật khẩu cũ phải đăng nhập lại."""
    start_django()
    from hocvuso.people.actions import new_password
    from hocvuso.people.queries import account_named

    new_password(account_named(username), password, by=ACTOR)
    click.echo(f"Đã đặt mật khẩu mới cho {username}.")


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
