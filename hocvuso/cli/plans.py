from __future__ import annotations

from pathlib import Path

import click

from hocvuso.cli.shared import ACTOR, as_json, print_json, print_table, start_django


@click.group()
def plans() -> None:
    """Kế hoạch: nạp, liệt kê, xem."""


@plans.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
def load(files: tuple[Path, ...]) -> None:
    """Nạp tệp kế hoạch YAML; bỏ trống là năm kế hoạch đi kèm. Tệp hỏng bị từ chối cùng chỗ sai, không nạp gì."""
    start_django()
    from django.conf import settings
    from django.db import transaction

    from hocvuso.lib import clock
    from hocvuso.measure.queries import demand_known_metrics
    from hocvuso.plans.actions import adopt_plan, read_plan_file

    paths = files or tuple(sorted((settings.DATA_DIR / "plans").glob("*.yaml")))
    read = [read_plan_file(path) for path in paths]  # all are checked before any is kept
    for file in read:
        demand_known_metrics(file)
    with transaction.atomic():
        adopted = [adopt_plan(file, by=ACTOR, today=clock.today()) for file in read]
    for plan in adopted:
        click.echo(
            f"{plan.key}: {plan.targets.count()} chỉ tiêu, {plan.tasks.count()} nhiệm vụ, {plan.duties.count()} chế độ báo cáo."
        )


@plans.command(name="list")
@as_json
def list_plans(as_json: bool) -> None:
    """Các kế hoạch đang có."""
    start_django()
    from hocvuso.plans.models import Plan

    found = list(Plan.objects.select_related("unit").order_by("period_start", "key"))
    if as_json:
        print_json([{"key": p.key, "title": p.title, "issuer": p.issuer, "unit": p.unit.code} for p in found])
        return
    print_table(
        "Kế hoạch",
        ["Khóa", "Tên", "Nơi ban hành", "Đơn vị"],
        [(p.key, p.short_title, p.issuer, p.unit.name) for p in found],
    )


@plans.command()
@click.argument("key")
@as_json
def show(key: str, as_json: bool) -> None:
    """Một kế hoạch: chỉ tiêu, nhiệm vụ, chế độ báo cáo, điểm chưa thống nhất."""
    start_django()
    from hocvuso.plans.queries import plan_as_data, plan_named

    data = plan_as_data(plan_named(key))
    if as_json:
        print_json(data)
        return
    click.echo(
        f"{data['title']}\n{data['issuer']} · {data['period']['start']:%d/%m/%Y} – {data['period']['end']:%d/%m/%Y}"
    )
    print_table(
        "Chỉ tiêu",
        ["Mục", "Chỉ tiêu", "Giá trị", "Hạn", "Thước đo", "Khóa"],
        [
            (t["clause"], t["title"], f"{t['comparator']} {t['value']:g} {t['unit_of_measure']}", t["due"] or t["due_text"],
             t["metric"] or "—", t["key"])
            for t in data["targets"]
        ],
    )  # fmt: skip
    print_table(
        "Nhiệm vụ",
        ["Mục", "Nhiệm vụ", "Chủ trì", "Hạn", "Khóa"],
        [(t["clause"], t["title"], "; ".join(t["leads"]), t["due"] or t["due_text"], t["key"]) for t in data["tasks"]],
    )
    print_table(
        "Chế độ báo cáo",
        ["Mục", "Báo cáo", "Kỳ", "Ai gửi", "Gửi ai", "Khóa"],
        [(d["clause"], d["title"], d["frequency"], d["who"], d["to"], d["key"]) for d in data["duties"]],
    )
    for finding in data["findings"]:
        click.echo(f"\n• {finding['title']}")
        for reading in finding["readings"]:
            click.echo(f"    {reading['where']}: {reading['says']}")
