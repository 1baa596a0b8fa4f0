from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from hocvuso.cli.shared import progress_bar, start_django

if TYPE_CHECKING:
    from hocvuso.connect.standin import StandinServer


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
@click.option(
    "--persons", type=click.IntRange(200, 200_000), help="Số người của bản mẫu, chỉ cho lần chạy đầu; mặc định 20.000."
)
def serve(port: int | None, host: str | None, persons: int | None) -> None:
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
    from hocvuso.lib.errors import BadInput

    if persons and not settings.DEMO:
        raise BadInput("--persons chỉ dùng cho bản mẫu; hệ thống này không chạy bản mẫu.")
    with progress_bar() as progress:
        prepare(progress=progress, persons=persons)
    host, port = host or settings.HOST, port or settings.PORT
    click.echo(
        f"Học Vụ Số: http://{host}:{port}  (ngày {clock.today():%d/%m/%Y}{', dữ liệu mẫu mô phỏng' if settings.DEMO else ''})"
    )
    if settings.DEMO:
        _play_others(host, port)
    click.echo("Dừng: Ctrl+C")
    _supervise(host, port)


def _has_own_data() -> bool:
    """A database that somebody set up without the demo stays without it; the demo is only for whoever starts with nothing."""
    if {"HOCVUSO_PRODUCTION", "HOCVUSO_DATABASE"} & os.environ.keys():
        return True
    home = Path(os.environ.get("HOCVUSO_HOME") or "var").expanduser()
    return (home / "hocvuso.sqlite3").exists() and not (home / "demo").exists()


def _play_others(host: str, port: int) -> None:
    """The demo's stand-ins of VNeID, and of Zalo and SMS, where no real ones are set. They are threads of this process, which only watches
    the others; these learn from the environment where the stand-ins are. Each listens at once, and answers when it knows its part."""
    from django.conf import settings

    from hocvuso.cli.notify import notify_standin
    from hocvuso.cli.vneid import play_vneid
    from hocvuso.connect.standin import free_port
    from hocvuso.connect.vneid.standin.server import bound_server

    # The stand-ins know the older addresses only; "::" and "::1" are this machine as well.
    listens = "127.0.0.1" if ":" in host or host in {"0.0.0.0", "localhost"} else host  # noqa: S104  the word, not a binding
    if not settings.VNEID_ISSUER:
        vneid = bound_server(listens, free_port(listens, port + 1))
        os.environ["HOCVUSO_VNEID_ISSUER"] = vneid.address
        os.environ["HOCVUSO_VNEID_CONFIRM_URL"] = f"{vneid.address}/xac-nhan"
        sites = tuple(f"http://{name}:{port}" for name in dict.fromkeys((host, listens, "localhost")))
        _begin(vneid, "Trang giả lập VNeID", lambda: play_vneid(vneid, sites))
    if not (settings.ZALO_URL or settings.SMS_URL):
        notify = notify_standin(listens, free_port(listens, port + 2))
        for name, door in (("ZALO_URL", "zalo/tin"), ("ZALO_TOKEN_URL", "zalo/token"), ("SMS_URL", "sms")):
            os.environ[f"HOCVUSO_{name}"] = f"{notify.address}/{door}"
        _begin(notify, "Trang giả lập Zalo và SMS")


def _begin(server: StandinServer, name: str, learn: Callable[[], None] = lambda: None) -> None:
    def run() -> None:
        learn()
        server.serve_forever()

    click.echo(f"{name}: {server.address}")
    threading.Thread(target=run, name=name, daemon=True).start()


def _supervise(host: str, port: int) -> None:
    """The web process, and the timetable beside it; both end with us."""
    from granian import Granian
    from granian.constants import Interfaces

    from hocvuso.config.supervised import SUPERVISOR

    os.environ[SUPERVISOR] = str(os.getpid())
    timetable = subprocess.Popen([sys.executable, "-m", "hocvuso", "jobs", "run"])  # noqa: S603  our own module

    def stop(number: int, frame: FrameType | None) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, stop)
    # The first start has counted figures in this process: a forked worker would inherit DuckDB's threads without the threads, and wait for
    # them for ever. A spawned one begins with nothing.
    multiprocessing.set_start_method("spawn", force=True)
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
        timetable.terminate()
        timetable.wait(timeout=10)
