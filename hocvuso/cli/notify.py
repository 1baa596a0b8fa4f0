from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hocvuso.cli.shared import ACTOR, as_json, print_json, start_django

if TYPE_CHECKING:
    from hocvuso.connect.standin import StandinServer

CHANNEL = click.Choice(["email", "zalo", "sms"])


@click.group()
def notify() -> None:
    """Tin đi ra: thư điện tử, Zalo, SMS."""


@notify.command()
@as_json
def status(as_json: bool) -> None:
    """Kênh nào đang mở, còn bao nhiêu tin chờ, vì sao có tin không gửi được."""
    start_django()
    from hocvuso.connect.notify.queries import channel_states
    from hocvuso.lib.text import upper_first

    states = channel_states()
    if as_json:
        print_json({
            state.key: {
                "open": not state.closed_why, "closed_why": state.closed_why, "quiet": state.is_quiet, "waiting": state.waiting,
                "sent": state.sent, "held_back": state.held_back, "dead": state.dead, "failures": state.failures,
            }
            for state in states
        })  # fmt: skip
        return
    for state in states:
        how = f"tắt ({state.closed_why})" if state.closed_why else "mở, đang giờ yên tĩnh" if state.is_quiet else "mở"
        why = ", ".join(f"{code or '?'}: {n}" for code, n in state.failures.items())
        click.echo(f"{upper_first(state.title)}: {how}")
        click.echo(
            f"  chờ gửi {state.waiting}, đã gửi {state.sent}, không cần gửi {state.held_back}, "
            f"không gửi được {state.dead}{f' ({why})' if why else ''}"
        )


@notify.command()
@click.option("--channel", type=CHANNEL, required=True, help="Kênh.")
def retry(channel: str) -> None:
    """Cho gửi lại các tin đã bỏ cuộc của một kênh; ai đã thôi nhận thì không gửi nữa."""
    start_django()
    from hocvuso.messages.actions import retry_dead_dispatches
    from hocvuso.people.models import ContactChannel

    click.echo(f"Sẽ gửi lại {retry_dead_dispatches(ContactChannel(channel), by=ACTOR)} tin.")


@notify.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8002, show_default=True, help="Cổng.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Địa chỉ nghe.")
def standin(port: int, host: str) -> None:
    """Chạy trang giả lập Zalo và SMS cho bản mẫu: cho xem tin lẽ ra đã gửi. Không chạy trên máy chủ chính thức."""
    from hocvuso.lib.errors import Refused

    start_django(check=False)
    from django.conf import settings

    if settings.PRODUCTION or not settings.DEMO:
        raise Refused("Trang giả lập Zalo và SMS chỉ chạy cho bản mẫu, không bao giờ cho máy chủ chính thức.")
    try:
        server = notify_standin(host, port)
    except OSError as error:
        raise Refused(f"Không nghe được ở cổng {port} ({error.strerror}).") from None
    click.echo(f"Trang giả lập Zalo và SMS: {server.address}")
    server.serve_forever()


def notify_standin(host: str, port: int) -> StandinServer:
    """Listens; `serve_forever` begins it. OSError where it cannot."""
    from django.conf import settings

    from hocvuso.connect.notify.standin.app import Standin
    from hocvuso.connect.standin import Quiet, StandinServer

    server = StandinServer((host, port), Quiet)
    server.set_app(
        Standin(
            app_id=settings.ZALO_APP_ID,
            secret=settings.ZALO_SECRET,
            refresh=settings.ZALO_REFRESH_TOKEN,
            sms_secret=settings.SMS_SECRET,
        )
    )
    return server
