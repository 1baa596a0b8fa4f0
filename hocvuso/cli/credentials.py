from __future__ import annotations

from pathlib import Path

import click

from hocvuso.cli.shared import ACTOR, as_json, print_json, print_table, start_django


@click.group()
def credentials() -> None:
    """Giấy xác nhận: liệt kê, kiểm tra, thu hồi, khóa ký."""


@credentials.command(name="list")
@click.option("--last", type=click.IntRange(1, 100_000), default=50, help="Bao nhiêu giấy mới nhất, mặc định 50.")
@as_json
def list_certificates(last: int, as_json: bool) -> None:
    """Giấy đã cấp, mới nhất trước: mã, ngày, quy tắc, tình trạng. Không in họ tên."""
    start_django()
    from hocvuso.credentials.queries import delivery_of, is_revoked, latest_certificates

    found = latest_certificates(last)
    rows = [
        {
            "id": one.pk,
            "issued_on": one.issued_on,
            "rule": one.rule,
            "revoked": one.revocation.reason if is_revoked(one) else "",
            "vneid": delivery.state if (delivery := delivery_of(one)) else "",
        }
        for one in found
    ]
    if as_json:
        print_json(rows)
        return
    print_table(
        "Giấy xác nhận", ["Mã giấy", "Ngày cấp", "Quy tắc", "Thu hồi", "VNeID"], [list(r.values()) for r in rows]
    )


@credentials.command()
@click.argument("code", required=False)
@click.option("--file", type=click.Path(path_type=Path), help="Tệp chứa nội dung của mã, khi không ghi CODE.")
def verify(code: str | None, file: Path | None) -> None:
    """Kiểm tra mã thứ hai (HVS1:…): có phải của hệ thống này, còn giá trị không. Giấy không công nhận được: mã thoát 2."""
    start_django()
    from hocvuso.credentials.codes import read_code
    from hocvuso.credentials.queries import certificate_with, is_revoked, public_keys
    from hocvuso.lib.errors import BadInput, Refused

    if (code is None) == (file is None):
        raise BadInput("Hãy ghi mã, hoặc --file với tệp chứa mã.")
    claim = read_code(code if code is not None else _text_of(file), public_keys())
    known = certificate_with(claim.id)
    if known is not None and is_revoked(known):
        raise Refused(f"Giấy {claim.id} đã bị thu hồi ngày {known.revocation.on:%d/%m/%Y}. Không công nhận.")
    simulated = " (DỮ LIỆU MÔ PHỎNG)" if claim.simulated else ""
    click.echo(f"Có thật: giấy {claim.id}{simulated}, {claim.issuer} cấp ngày {claim.issued_on:%d/%m/%Y}.")
    click.echo(f"Cấp cho {claim.name}; khung {claim.framework}, mức {claim.level}.")
    if known is None:
        click.echo("Giấy này không có trong cơ sở dữ liệu đang dùng: không biết đã thu hồi hay chưa.")


def _text_of(file: Path | None) -> str:
    from hocvuso.lib.errors import BadInput

    try:
        return file.read_text(encoding="utf-8") if file else ""
    except (OSError, UnicodeDecodeError):
        raise BadInput(f"Không đọc được tệp {file}.") from None


@credentials.command()
@click.argument("public_id", metavar="ID")
@click.option("--reason", required=True, help="mistake, details, result hoặc asked.")
def revoke(public_id: str, reason: str) -> None:
    """Thu hồi một giấy xác nhận. Không lấy lại được."""
    start_django()
    from hocvuso.credentials.actions import revoke_certificate
    from hocvuso.credentials.queries import certificate_with
    from hocvuso.lib import clock
    from hocvuso.lib.errors import UnknownName

    found = certificate_with(public_id)
    if found is None:
        raise UnknownName(f"Không có giấy xác nhận mang mã “{public_id}”.")
    revoke_certificate(found, reason=reason, by=ACTOR, today=clock.today())
    click.echo(f"Đã thu hồi giấy {found.pk}.")


@credentials.command(name="accept-key")
def accept_key_command() -> None:
    """Từ nay ký bằng khóa đang đặt trong HOCVUSO_CERTIFICATE_KEY. Giấy ký bằng khóa cũ vẫn có giá trị."""
    start_django(check=False)
    from hocvuso.config.ready import pending_migrations
    from hocvuso.credentials.actions import accept_key
    from hocvuso.lib.errors import NotReady

    if pending_migrations():
        raise NotReady("Cơ sở dữ liệu chưa được tạo hoặc còn ở bản cũ. Chạy `hocvuso migrate`.")
    click.echo(f"Từ nay ký bằng khóa {accept_key(by=ACTOR).kid}.")
