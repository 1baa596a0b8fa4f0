from __future__ import annotations

import datetime as dt
from typing import Any

import click

from hocvuso.cli.shared import DAY, as_json, print_json, print_table, start_django


@click.group()
def measure() -> None:
    """Số liệu: tính lại, xem."""


@measure.command()
@click.option("--whole", is_flag=True, help="Tính lại toàn bộ từ đầu, không chỉ phần thay đổi.")
def refresh(whole: bool) -> None:
    """Cập nhật số liệu theo sổ minh chứng; không có gì mới thì không làm gì."""
    start_django()
    from hocvuso.measure.actions import refresh_measure
    from hocvuso.measure.jobs import refresh_flags
    from hocvuso.measure.queries import current_snapshot

    changed = refresh_measure(whole=whole)
    refresh_flags()
    click.echo(
        f"{'Đã tính lại' if changed else 'Không có gì mới'}: đến dòng {current_snapshot().mark} của sổ minh chứng."
    )


@measure.command()
@click.option("--unit", "unit_code", help="Mã đơn vị: 66 (tỉnh), 24133 (xã), 24133-01 (thôn).")
@click.option("--org", "org_code", help="Mã cơ quan, trường, doanh nghiệp, hợp tác xã.")
@click.option("--on", type=DAY, help="Ngày, dạng 2025-10-17; bỏ trống là hôm nay.")
@click.option("--plan", "plan_key", help="Chỉ các chỉ tiêu của một kế hoạch; bỏ trống là mọi kế hoạch của đơn vị.")
@as_json
def show(unit_code: str | None, org_code: str | None, on: dt.date | None, plan_key: str | None, as_json: bool) -> None:
    """Mọi thước đo tại một nơi, một ngày: ba loại số đứng cạnh nhau, không cộng."""
    start_django()
    from hocvuso.lib import clock
    from hocvuso.lib.errors import BadInput
    from hocvuso.measure.actions import refresh_measure
    from hocvuso.places.models import Place
    from hocvuso.places.queries import organisation_in_force, unit_in_force

    day = on or clock.today()
    if day > clock.today():
        raise BadInput(f"Ngày {day:%d/%m/%Y} chưa đến; hôm nay là {clock.today():%d/%m/%Y}.")
    if (unit_code is None) == (org_code is None):
        raise BadInput("Chọn một trong hai: --unit MÃ hoặc --org MÃ.")
    place: Place = unit_in_force(unit_code, on=day) if unit_code else organisation_in_force(org_code or "", on=day)
    refresh_measure()
    rows = _figures(place, day, plan_key)
    if as_json:
        print_json(
            {
                "place": {"code": place.code, "name": place.name},
                "on": day,
                "simulated": any(r["simulated"] for r in rows),
                "figures": rows,
            }
        )
        return
    print_table(
        f"{place.name}, {day:%d/%m/%Y}",
        ["Thước đo", "Bậc", "Có minh chứng", "Nhập", "Tự báo cáo", "Mẫu số", "Chỉ tiêu"],
        [
            (row["title"], row["rung"], _cell(row["proven"]), _cell(row["imported"]), _cell(row["declared"]), _cell(row["population"]),
             ", ".join(f"{t['comparator']} {t['value']:g} {t['unit_of_measure']} ({t['plan']})" for t in row["targets"]))
            for row in rows
        ],
        right=(2, 3, 4, 5),
    )  # fmt: skip


@measure.command()
@click.option("--unit", "unit_code", required=True, help="Mã đơn vị: 66 (tỉnh), 24133 (xã), 24133-01 (thôn).")
@as_json
def flags(unit_code: str, as_json: bool) -> None:
    """Dấu hiệu cần rà soát tại một đơn vị và trong đơn vị ấy, nặng nhất trước."""
    start_django()
    from hocvuso.lib import clock
    from hocvuso.measure.actions import refresh_measure
    from hocvuso.measure.jobs import refresh_flags
    from hocvuso.measure.queries import flags_at
    from hocvuso.places.queries import unit_in_force

    today = clock.today()
    place = unit_in_force(unit_code, on=today)
    refresh_measure()
    refresh_flags()
    found = flags_at(place, on=today)
    if as_json:
        print_json(
            {"place": {"code": place.code, "name": place.name}, "on": today, "flags": [_flag(one) for one in found]}
        )
        return
    print_table(
        f"{place.name}, {today:%d/%m/%Y}: dấu hiệu cần rà soát",
        ["Nơi", "Dấu hiệu", "Xem gì", "Có thể vì", "Đã rà soát"],
        [
            (one.place, one.sentence.title, one.sentence.look, one.sentence.innocent,
             one.review.get_verdict_display() if one.review else "")
            for one in found
        ],
    )  # fmt: skip


def _flag(one: Any) -> dict[str, Any]:
    flag = one.flag
    return {
        "key": flag.key, "kind": flag.kind, "place": {"code": one.place.code, "name": one.place.name}, "metric": flag.metric,
        "subject": flag.subject, "weeks": list(flag.weeks or ()), "severity": int(flag.severity), "evidence": dict(flag.evidence),
        "look": one.sentence.look, "innocent": one.sentence.innocent, "verdict": one.review.verdict if one.review else None,
    }  # fmt: skip


def _cell(value: Any) -> str:
    if value is None:
        return "chưa đo"
    return str(value["count"] if isinstance(value, dict) else value)


def _figures(place: Any, day: dt.date, plan_key: str | None) -> list[dict[str, Any]]:
    from hocvuso.measure.queries import figures, metrics, standings
    from hocvuso.measure.rules import Ask
    from hocvuso.places.models import Unit
    from hocvuso.plans.queries import plan_named, plans_touching

    home = place if isinstance(place, Unit) else place.of
    plans = [plan_named(plan_key)] if plan_key else list(plans_touching(home).order_by("period_start", "key"))
    targets: dict[Ask, list[dict[str, Any]]] = {}
    for plan in plans:
        for one in standings(plan, place, on=day):
            if one.figure is not None:
                ask = Ask(one.figure.metric.key, one.figure.level)
                targets.setdefault(ask, []).append(_target(one, plan.key))
    asks = list(targets) + [
        Ask(key) for key in metrics().by_key if not plan_key and not any(a.metric == key for a in targets)
    ]
    found = figures([place], asks, on=day)
    rows = [found[place.code, ask] for ask in asks]
    return [_row(figure, targets.get(Ask(figure.metric.key, figure.level), [])) for figure in rows]


def _target(one: Any, plan: str) -> dict[str, Any]:
    target = one.target
    return {
        "key": target.key, "plan": plan, "clause": target.clause, "value": target.value, "unit_of_measure": target.unit_of_measure,
        "comparator": target.comparator, "level": target.level, "scope": target.scope, "horizon": target.horizon,
        "aspirational": target.aspirational, "due": target.due, "last_day": target.last_day, "light": one.light, "reached_value": one.value,
        "goal_here": one.goal, "needed": one.needed,
        "pace": {"missing": one.pace.missing, "days_left": one.pace.days_left, "per_week": one.pace.per_week} if one.pace else None,
    }  # fmt: skip


def _row(figure: Any, targets: list[dict[str, Any]]) -> dict[str, Any]:
    def counted(value: Any) -> dict[str, Any] | None:
        if value is None:
            return None
        return {
            "count": value.count,
            "on": value.on,
            "source": value.source,
            "places": value.places,
            "document": value.document,
        }

    from hocvuso.evidence.rules import Grade

    return {
        "metric": figure.metric.key, "title": figure.metric.title, "rung": figure.metric.rung, "level": figure.level,
        "measured": figure.measured, "proven": figure.proven, "imported": counted(figure.imported),
        "declared": counted(figure.declared), "population": counted(figure.population),
        "shares": {grade: figure.share(grade) for grade in Grade}, "headline_grade": figure.grade, "gap": figure.gap,
        "simulated": figure.simulated, "target": targets[0] if targets else None, "targets": targets,
    }  # fmt: skip
