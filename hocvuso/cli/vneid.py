from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hocvuso.cli.shared import start_django

if TYPE_CHECKING:
    from hocvuso.connect.vneid.standin.server import StandinServer


@click.command("vneid-standin")
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True, help="Cổng.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Địa chỉ nghe.")
@click.option(
    "--for",
    "sites",
    multiple=True,
    help="Địa chỉ của Học Vụ Số, nơi người dân quay về; bỏ trống lấy theo cổng mặc định.",
)
def vneid_standin(port: int, host: str, sites: tuple[str, ...]) -> None:
    """Chạy trang giả lập VNeID cho bản mẫu: vài người không có thật, và bên nhận xác nhận. Không chạy trên máy chủ chính thức."""
    from hocvuso.connect.vneid.standin.server import bound_server
    from hocvuso.lib.errors import Refused

    try:
        server = bound_server(
            host, port
        )  # before Django, which takes a second: who comes early waits instead of being turned away
    except OSError as error:
        raise Refused(f"Không nghe được ở cổng {port} ({error.strerror}).") from None
    start_django()
    from django.conf import settings

    if settings.PRODUCTION or not settings.DEMO:
        raise Refused("Trang giả lập VNeID chỉ chạy cho bản mẫu, không bao giờ cho máy chủ chính thức.")
    play_vneid(server, sites or tuple(f"http://{name}:{settings.PORT}" for name in ("127.0.0.1", "localhost")))
    click.echo(f"Trang giả lập VNeID: {server.address}")
    server.serve_forever()


def play_vneid(server: StandinServer, sites: tuple[str, ...]) -> None:
    """Give the stand-in the demo's citizens; `sites` are the addresses they come back to."""
    from django.conf import settings
    from django.urls import reverse

    from hocvuso.connect.vneid.standin.provider import Client, StandinCitizen
    from hocvuso.simulate.demo import demo_citizens

    citizens = tuple(
        StandinCitizen(one.key, one.name, one.about, one.number, str(one.birth_year), one.sex)
        for one in demo_citizens()
    )
    back = tuple(f"{site.rstrip('/')}{reverse('vneid_return')}" for site in sites)
    server.play(Client(settings.VNEID_CLIENT_ID, settings.VNEID_CLIENT_SECRET, back), citizens)
