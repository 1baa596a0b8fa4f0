"""The one console command: `hocvuso <package> <verb>`. Each file here is one package's verbs, imported only when asked for."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable
from typing import Any

import click

from hocvuso.lib.errors import HocVuSoError

# command → (module, what it is for): the help page is made from this table, without importing any of them.
COMMANDS = {
    "serve": ("serve", "Chạy hệ thống (lần đầu tự cài đặt dữ liệu)."),
    "migrate": ("serve", "Đưa cơ sở dữ liệu lên bản mới, cài lại khóa chỉ-ghi-thêm."),
    "demo": ("demo", "Tạo dữ liệu mẫu Đắk Lắk; chạy lại không đổi gì."),
    "simulate": ("demo", "Mô phỏng dân số và hoạt động của một tỉnh."),
    "places": ("places", "Đơn vị, thôn buôn, cơ quan, số dân: nạp, xem."),
    "people": ("people", "Tài khoản, vai trò, danh sách người."),
    "teams": ("teams", "Tổ công nghệ số: lập tổ, thêm và cho thôi thành viên, xem."),
    "plans": ("plans", "Kế hoạch: nạp, đọc từ văn bản, liệt kê, xem, so với cấp trên."),
    "evidence": ("evidence", "Minh chứng và số tổng hợp: nạp, hủy."),
    "items": ("items", "Ngân hàng câu hỏi: nạp, liệt kê."),
    "credentials": ("credentials", "Giấy xác nhận: liệt kê, kiểm tra, thu hồi, khóa ký."),
    "measure": ("measure", "Số liệu: tính lại, xem."),
    "reports": ("reports", "Báo cáo: liệt kê, lập văn bản."),
    "exchange": ("exchange", "Trao đổi: tệp cho hệ thống báo cáo của tỉnh, hệ thống được đọc số liệu."),
    "audit": ("audit", "Nhật ký: niêm phong, kiểm tra."),
    "notify": ("notify", "Tin đi ra: tình trạng các kênh, gửi lại, trang giả lập Zalo và SMS."),
    "vneid-standin": ("vneid", "Trang giả lập VNeID, chỉ cho bản mẫu."),
    "jobs": ("jobs", "Việc chạy nền theo giờ."),
}


class Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"hocvuso.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Lệnh"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="hocvuso")
def hocvuso() -> None:
    """Học Vụ Số: từ kế hoạch đến minh chứng."""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hocvuso.config.settings")
    run(hocvuso)


def run(command: Callable[..., Any]) -> None:
    """A refusal is one clear line and exit code 2; anything else is a fault of ours and shows its trace."""
    try:
        command(standalone_mode=False)
    except HocVuSoError as error:
        click.echo(f"hocvuso: {error}", err=True)
        sys.exit(error.exit_code)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    except BrokenPipeError:
        sys.exit(141)
    except Exception as error:
        # Told by its name, so that nothing of Django is imported just to say so.
        if type(error).__name__ != "OperationalError":
            raise
        click.echo(f"hocvuso: không dùng được cơ sở dữ liệu ({str(error).splitlines()[0]}).", err=True)
        sys.exit(2)
