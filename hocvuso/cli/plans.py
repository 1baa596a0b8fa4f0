from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hocvuso.cli.shared import ACTOR, as_json, print_json, print_table, start_django
from hocvuso.lib.text import vn_number

if TYPE_CHECKING:
    from hocvuso.plans.carry import CarriedTarget, Promise
    from hocvuso.plans.models import Plan
    from hocvuso.plans.planfile import PlanFile


@click.group()
def plans() -> None:
    """Kế hoạch: nạp, liệt kê, xem, so với cấp trên."""


@plans.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
def load(files: tuple[Path, ...]) -> None:
    """Nạp tệp kế hoạch YAML; bỏ trống là các kế hoạch đi kèm. Tệp hỏng bị từ chối cùng chỗ sai, không nạp gì."""
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


@plans.command()
@click.argument("child", metavar="KẾ_HOẠCH")
@click.argument("parent", metavar="KẾ_HOẠCH_CẤP_TRÊN")
@as_json
def compare(child: str, parent: str, as_json: bool) -> None:
    """So một kế hoạch với kế hoạch cấp trên: giữ gì, thiếu gì, thấp hơn hay cao hơn. Mỗi bên là khóa hoặc tệp YAML."""
    start_django()
    from hocvuso.lib import clock
    from hocvuso.measure.queries import compare_plans

    below, above = _plan_or_file(child), _plan_or_file(parent)
    found = compare_plans(below, above, on=clock.today())
    if as_json:
        print_json({"child": below.key, "parent": above.key, **asdict(found)})
        return
    click.echo(f"{below.title}\nso với: {above.title}")
    print_table(
        "Chỉ tiêu của kế hoạch cấp trên",
        ["Mốc", "Chỉ tiêu", "Cấp trên", "Kế hoạch này", "Kết luận", "Vì sao"],
        [
            (t.asked.horizon, t.asked.title, _amount(t.asked), _amount(t.given) if t.given else "—", RELATIONS[t.relation], _why(t))
            for t in found.targets
        ],
    )  # fmt: skip
    if found.tasks:
        print_table(
            "Nhiệm vụ của kế hoạch cấp trên",
            ["Mục", "Nhiệm vụ", "Nhiệm vụ tương ứng ở kế hoạch này", "Độ giống", "Kết luận"],
            [
                (t.asked.clause, t.asked.title, t.given.title if t.given else "—", f"{t.likeness:.0%}" if t.given else "",
                 TASK_RELATIONS[t.relation])
                for t in found.tasks
            ],
        )  # fmt: skip
    if found.tasks_of_others:
        click.echo(f"{found.tasks_of_others} nhiệm vụ của cấp trên giao cho nơi khác, không xét ở đây.")
    if found.own_targets:
        click.echo(f"{len(found.own_targets)} chỉ tiêu chỉ kế hoạch này có, hoặc ở mốc khác.")


RELATIONS = {
    "carried": "giữ nguyên", "stronger": "yêu cầu cao hơn", "weaker": "yêu cầu thấp hơn", "mixed": "có điểm cao hơn, có điểm thấp hơn",
    "not_comparable": "không so sánh trực tiếp được", "missing": "chưa có",
}  # fmt: skip
TASK_RELATIONS = {"carried": "đã có", "stronger": "hạn sớm hơn", "weaker": "hạn muộn hơn", "missing": "chưa có"}
# (weaker, stronger)
POINTS = {
    "value": ("mức thấp hơn", "mức cao hơn"), "deadline": ("hạn muộn hơn hoặc không ghi hạn", "hạn sớm hơn"),
    "group": ("đối tượng hẹp hơn", "đối tượng rộng hơn"), "level": ("mức kỹ năng thấp hơn", "mức kỹ năng cao hơn"),
    "verbs": ("bớt yêu cầu", "thêm yêu cầu"), "firmness": ("chỉ là phấn đấu", "không chỉ là phấn đấu"),
}  # fmt: skip


def _amount(promise: Promise) -> str:
    comparator = "" if promise.comparator == "=" else f"{promise.comparator} "
    return f"{comparator}{vn_number(promise.value, 0 if promise.value == int(promise.value) else 1)} {promise.unit}"


def _why(one: CarriedTarget) -> str:
    return "; ".join(POINTS[difference.point][0 if difference.is_weaker else 1] for difference in one.differences)


def _plan_or_file(name: str) -> Plan | PlanFile:
    from hocvuso.plans.actions import read_plan_file
    from hocvuso.plans.queries import plan_named

    path = Path(name)
    return read_plan_file(path) if path.suffix in {".yaml", ".yml"} else plan_named(name)
