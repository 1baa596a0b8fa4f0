from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import FrameType

import click

from hocvuso.cli.shared import progress_bar, start_django


@click.command()
def migrate() -> None:
    """Đưa cơ sở dữ liệu lên bản mới, cài lại khóa chỉ-ghi-thêm."""
    start_django(check=False)
    from hocvuso.config.prepare import migrate_database

    migrate_database()
    click.echo("Cơ sở dữ liệu đã ở bản mới nhất.")


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Cổng; bỏ trống lấy HOCVUSO_PORT, mặc định 8000.")
@click.option("--host", help="Địa chỉ nghe; bỏ trống lấy HOCVUSO_HOST, mặc định 127.0.0.1.")
def serve(port: int | None, host: str | None) -> None:
    """Chạy hệ thống. Không đặt gì thêm thì chạy bản mẫu Đắk Lắk; HOCVUSO_DEMO=0 để bắt đầu với hệ thống trống."""
    if not _has_own_data():
        os.environ.setdefault("HOCVUSO_DEMO", "1")
    for name, given in (("HOCVUSO_HOST", host), ("HOCVUSO_PORT", port)):
        if given:
            os.environ[name] = str(given)  # the links on certificates begin with it, whichever process draws them
    start_django(check=False)
    from django.conf import settings

    from hocvuso.config.prepare import prepare
    from hocvuso.lib import clock

    with progress_bar() as progress:
        prepare(progress=progress)
    host, port = host or settings.HOST, port or settings.PORT
    click.echo(
        f"Học Vụ Số: http://{host}:{port}  (ngày {clock.today():%d/%m/%Y}{', dữ liệu mẫu mô phỏng' if settings.DEMO else ''})"
    )
    click.echo("Dừng: Ctrl+C")
    _supervise(host, port)


def _has_own_data() -> bool:
    """A database that somebody set up without the demo stays without it; the demo is only for whoever starts with nothing."""
    if {"HOCVUSO_PRODUCTION", "HOCVUSO_DATABASE"} & os.environ.keys():
        return True
    home = Path(os.environ.get("HOCVUSO_HOME") or "var").expanduser()
    return (home / "hocvuso.sqlite3").exists() and not (home / "demo").exists()


def _supervise(host: str, port: int) -> None:
    """The web process here, the timetable as a child; the child ends with us."""
    from granian import Granian
    from granian.constants import Interfaces

    from hocvuso.config.supervised import SUPERVISOR

    os.environ[SUPERVISOR] = str(os.getpid())
    jobs = subprocess.Popen([sys.executable, "-m", "hocvuso", "jobs", "run"])  # noqa: S603  our own module

    def stop(number: int, frame: FrameType | None) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, stop)
    try:
        # One process with threads: SQLite has one writer, and the threads share the snapshot of figures.
        Granian(
            "hocvuso.config.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=1,
            blocking_threads=4,
            log_access=False,
        ).serve()
    finally:
        jobs.terminate()
        jobs.wait(timeout=10)
