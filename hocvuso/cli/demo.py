from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import click

from hocvuso.cli.shared import ACTOR, DAY, print_table, progress_bar, start_django


@click.command()
@click.option(
    "--persons", default=20_000, show_default=True, type=click.IntRange(200, 200_000), help="Số người mô phỏng."
)
def demo(persons: int) -> None:
    """Tạo dữ liệu mẫu Đắk Lắk: đơn vị, năm kế hoạch, người và hoạt động mô phỏng, tám tài khoản. Chạy lại không đổi gì."""
    os.environ.setdefault("HOCVUSO_DEMO", "1")
    start_django(check=False)
    from hocvuso.config.prepare import prepare
    from hocvuso.lib import clock

    with progress_bar() as progress:
        prepare(progress=progress, persons=persons)
    click.echo(f"Dữ liệu mẫu đã sẵn sàng, ngày {clock.today():%d/%m/%Y}. Mọi số liệu là mô phỏng.")


@click.command()
@click.option("--persons", default=20_000, show_default=True, type=click.IntRange(min=200), help="Số người mô phỏng.")
@click.option("--seed", default=1, show_default=True, help="Hạt giống: cùng số thì cùng dữ liệu.")
@click.option("--province", "province_code", default="66", show_default=True, help="Mã tỉnh.")
@click.option("--until", type=DAY, help="Ngày cuối của hoạt động; bỏ trống là hôm nay.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Ghi thẳng ra thư mục này (tệp Parquet), không vào cơ sở dữ liệu.",
)
@click.option(
    "--events", type=click.IntRange(min=1000), help="Số minh chứng, chỉ dùng với --out; bỏ trống là 40 cho mỗi người."
)
@click.option("--frauds", is_flag=True, help="Gieo thêm dữ liệu sai có chủ ý, kèm tệp đáp án.")
def simulate(
    persons: int, seed: int, province_code: str, until: dt.date | None, out: Path | None, events: int | None, frauds: bool
) -> None:  # fmt: skip
    """Mô phỏng dân số và hoạt động của một tỉnh. Mọi số liệu mang nhãn mô phỏng.

    Không có --out: ghi qua các bước thật của hệ thống, đến 200.000 người. Có --out: tỉnh cỡ thật, để đo máy tính số liệu.
    """
    start_django(check=False)
    from hocvuso.lib.errors import BadInput

    if out is not None:
        if until is not None:
            raise BadInput("--until không dùng cùng --out: tỉnh ghi ra tệp luôn có cùng lịch.")
        _simulate_to_parquet(out, persons=persons, seed=seed, province=province_code, events=events or 40 * persons)
        if frauds:
            _simulate_tables(out / "flags", persons=persons, seed=seed)
        return
    if events is not None:
        raise BadInput("--events chỉ dùng cùng --out.")
    if persons > 200_000:
        raise BadInput("Trên 200.000 người thì chỉ ghi ra tệp: thêm --out THƯ_MỤC.")
    _simulate_to_database(persons=persons, seed=seed, province_code=province_code, until=until, frauds=frauds)


def _simulate_to_parquet(out: Path, *, persons: int, seed: int, province: str, events: int) -> None:
    from hocvuso.simulate.province import simulate_to_parquet

    made = simulate_to_parquet(out, province=province, persons=persons, events=events, seed=seed)
    click.echo(
        f"Đã mô phỏng vào {out} (mọi số liệu không có thật): {made.persons:,} người, {made.events:,} minh chứng, "
        f"{made.communes} xã, phường, {made.villages:,} thôn, {made.files} tệp."
    )


def _simulate_tables(folder: Path, *, persons: int, seed: int) -> None:
    from hocvuso.simulate.tables import simulate_tables

    made = simulate_tables(folder, persons=persons, seed=seed, frauds=True)
    click.echo(f"Bảng để tìm dấu hiệu ở {made.folder}: {made.places:,} nơi, gieo {made.planted} chỗ sai có chủ ý.")


def _simulate_to_database(*, persons: int, seed: int, province_code: str, until: dt.date | None, frauds: bool) -> None:
    from django.conf import settings

    from hocvuso.config.prepare import migrate_database
    from hocvuso.lib import clock
    from hocvuso.lib.errors import Refused
    from hocvuso.measure.actions import refresh_measure
    from hocvuso.measure.jobs import refresh_flags
    from hocvuso.places.actions import load_units
    from hocvuso.places.queries import unit_in_force
    from hocvuso.simulate.actions import simulate_province

    if settings.PRODUCTION:
        raise Refused("Không mô phỏng trên máy chủ chính thức: số liệu mô phỏng sẽ lẫn với số liệu thật.")
    migrate_database()
    load_units(settings.DATA_DIR / "places", by=ACTOR)
    day = until or clock.today()
    with progress_bar() as progress:
        summary = simulate_province(
            province=unit_in_force(province_code, on=day),
            persons=persons,
            seed=seed,
            until=day,
            by=ACTOR,
            progress=progress,
            answers=settings.HOME / "frauds.json" if frauds else None,
        )
    refresh_measure()
    refresh_flags()
    names = (
        ("Thôn, buôn, tổ dân phố", summary.villages), ("Cơ quan, trường, doanh nghiệp", summary.organisations),
        ("Mẫu số", summary.populations), ("Người", summary.persons), ("Minh chứng", summary.evidence),
        ("Số tổng hợp nhập và báo cáo", summary.stated),
    )  # fmt: skip
    rows = [(name, f"{part.new:,}", f"{part.known:,}") for name, part in names]
    print_table("Đã mô phỏng (mọi số liệu không có thật)", ["", "Mới", "Đã có"], rows, right=(1, 2))
