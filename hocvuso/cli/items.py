from __future__ import annotations

from pathlib import Path

import click

from hocvuso.cli.shared import ACTOR, all_or_nothing, dry_run, print_table, say_loaded, start_django


@click.group()
def items() -> None:
    """Ngân hàng câu hỏi."""


@items.command()
@click.argument("file", type=click.Path(dir_okay=False, exists=True, path_type=Path))
@dry_run
def load(file: Path, dry_run: bool) -> None:
    """Nạp một ngân hàng câu hỏi (YAML). Bản đã có giữ nguyên; đổi nội dung mà không tăng số bản thì cả tệp bị từ chối."""
    start_django()
    from hocvuso.items.actions import load_bank, read_bank

    with all_or_nothing(dry_run=dry_run):
        loaded = load_bank(read_bank(file), by=ACTOR)
    say_loaded("câu hỏi", new=loaded.new, known=loaded.known, dry_run=dry_run, counts=False)


@items.command(name="list")
def list_items() -> None:
    """Số câu hỏi theo ngân hàng, kỹ năng và tình trạng."""
    start_django()
    from django.db.models import Count, F

    from hocvuso.items.models import ItemVersion

    current = ItemVersion.objects.filter(version=F("item__version"))
    rows = (
        current.values_list("item__bank", "skill", "level", "item__status")
        .annotate(items=Count("pk"))
        .order_by("item__bank", "skill", "level", "item__status")
    )
    print_table("Câu hỏi", ["Ngân hàng", "Kỹ năng", "Mức", "Tình trạng", "Số câu"], list(rows), right=(4,))
