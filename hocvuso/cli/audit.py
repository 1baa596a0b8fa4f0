from __future__ import annotations

import sys

import click

from hocvuso.cli.shared import as_json, print_json, start_django


@click.group()
def audit() -> None:
    """Nhật ký: niêm phong, kiểm tra."""


@audit.command()
def seal() -> None:
    """Niêm phong các dòng chưa niêm phong."""
    start_django()
    from hocvuso.audit.actions import seal_entries

    made = seal_entries()
    click.echo(f"Đã niêm phong {made.count} dòng. Mã niêm phong: {made.digest}" if made else "Không có dòng mới.")


@audit.command()
@as_json
def verify(as_json: bool) -> None:
    """Kiểm tra cả chuỗi niêm phong; mã thoát 1 nếu có chỗ bị sửa, xóa hoặc chèn."""
    start_django(check=False)
    from hocvuso.audit.actions import seal_entries
    from hocvuso.audit.queries import verify_chain

    seal_entries()
    verdict = verify_chain()
    if as_json:
        print_json({"whole": verdict.whole, "seals": verdict.seals, "entries": verdict.entries, "unsealed": verdict.unsealed,
                    "broken_seals": list(verdict.broken_seals)})  # fmt: skip
    elif verdict.whole:
        click.echo(f"Nhật ký nguyên vẹn: {verdict.entries} dòng trong {verdict.seals} niêm phong.")
    else:
        broken = ", ".join(str(number) for number in verdict.broken_seals)
        click.echo(f"NHẬT KÝ KHÔNG CÒN NGUYÊN VẸN tại niêm phong số {broken}.", err=True)
    if not verdict.whole:
        sys.exit(1)
