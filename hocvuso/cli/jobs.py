from __future__ import annotations

import click

from hocvuso.cli.shared import start_django


@click.group()
def jobs() -> None:
    """Việc chạy nền theo giờ."""


@jobs.command()
@click.option("--once", is_flag=True, help="Chạy mỗi việc một lần rồi thôi.")
def run(once: bool) -> None:
    """Chạy bảng giờ: niêm phong nhật ký, tính lại số liệu."""
    start_django()
    from hocvuso.config.timetable import run_forever, run_once

    if once:
        run_once()
    else:
        run_forever()
