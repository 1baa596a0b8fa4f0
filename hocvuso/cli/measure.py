from __future__ import annotations

import datetime as dt
from typing import Any

import click

from hocvuso.cli.shared import ACTOR, DAY, as_json, print_json, print_table, start_django


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
                "sent": _sent(place),
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
    sent = _sent(place)
    for one in sent:
        if one["on"] is not None:
            click.echo(f"{one['name']}: {_when_sent(one)}")
    if silent := [one["name"] for one in sent if one["on"] is None]:
        click.echo(f"Chưa gửi số liệu ({len(silent)}): {', '.join(silent)}.")


def _sent(place: Any) -> list[dict[str, Any]]:
    """What the provinces in a place have sent, where any has; those that have not, too."""
    from hocvuso.lib.clock import HANOI
    from hocvuso.measure.upward.queries import sent_here, sent_within
    from hocvuso.places.models import Unit

    if not isinstance(place, Unit) or not sent_here():
        return []
    return [
        {
            "code": unit.code,
            "name": unit.name,
            "on": sent.on if sent else None,
            "sent_on": sent.made_at.astimezone(HANOI).date() if sent else None,
            "simulated": sent.simulated if sent else False,
        }
        for unit, sent in sent_within(place)
    ]


def _when_sent(one: dict[str, Any]) -> str:
    simulated = " (DỮ LIỆU MÔ PHỎNG)" if one["simulated"] else ""
    return f"số liệu đến {one['on']:%d/%m/%Y}, gửi ngày {one['sent_on']:%d/%m/%Y}{simulated}"


@measure.command()
def key() -> None:
    """In khóa công khai của nơi này, để nơi nhận số liệu (cấp trên) đăng ký. Khóa riêng không bao giờ được in."""
    start_django(check=False)
    from django.conf import settings

    from hocvuso.lib.errors import NotReady
    from hocvuso.measure.upward.rules import public_key_of

    if not settings.UPWARD_KEY:
        raise NotReady("HOCVUSO_UPWARD_KEY: máy chủ chính thức phải nhận khóa này từ môi trường.")
    click.echo(public_key_of(settings.UPWARD_KEY))


@measure.command()
@click.option("--to", "to", help="Địa chỉ của nơi nhận, như https://hocvuso.gov.vn; bỏ trống là HOCVUSO_UPWARD_URL.")
@click.option("--unit", "unit_code", help="Mã tỉnh gửi số liệu; bỏ trống là HOCVUSO_UPWARD_UNIT.")
@as_json
def push(to: str | None, unit_code: str | None, as_json: bool) -> None:
    """Gửi số liệu của tỉnh (theo xã và tuần, không có tên người) lên cấp trên. Đứt giữa chừng thì chạy lại để gửi tiếp."""
    start_django()
    from dataclasses import asdict

    from django.conf import settings

    from hocvuso.cli.shared import progress_bar
    from hocvuso.connect.upward.jobs import push_unit
    from hocvuso.lib import clock
    from hocvuso.lib.errors import BadInput
    from hocvuso.places.models import Level
    from hocvuso.places.queries import unit_in_force

    address, code = to or settings.UPWARD_URL, unit_code or settings.UPWARD_UNIT
    if not address or not code:
        raise BadInput("Hãy ghi --to ĐỊA-CHỈ và --unit MÃ-TỈNH (hoặc đặt HOCVUSO_UPWARD_URL, HOCVUSO_UPWARD_UNIT).")
    if not address.startswith(("https://",) if settings.PRODUCTION else ("https://", "http://")):
        raise BadInput(f"{address}: địa chỉ nơi nhận phải bắt đầu bằng https://.")
    unit = unit_in_force(code, on=clock.today())
    if unit.level != Level.PROVINCE:
        raise BadInput(f"{unit.name} không phải cấp tỉnh: chỉ tỉnh, thành phố gửi số liệu lên.")
    with progress_bar() as progress:
        pushed = push_unit(unit, to=address, progress=progress)
    if as_json:
        print_json(asdict(pushed))
    elif pushed.state == "known":
        click.echo(f"Không có gì mới: nơi nhận đã có đủ {pushed.packages} gói, {pushed.rows} dòng.")
    else:
        click.echo(
            f"Đã gửi {pushed.sent} gói ({pushed.sent_bytes / 1000:.0f} kB); nơi nhận đang dùng {pushed.packages} gói, {pushed.rows} dòng."
        )


@measure.command(name="accept-from")
@click.argument("name")
@click.option("--unit", "unit_code", help="Mã tỉnh mà nơi này được gửi số liệu.")
@click.option("--key", "public_key", help="Khóa công khai do `hocvuso measure key` ở nơi gửi in ra.")
@click.option("--end", is_flag=True, help="Thôi nhận từ nơi này; số liệu đã nhận vẫn giữ.")
def accept_from(name: str, unit_code: str | None, public_key: str | None, end: bool) -> None:
    """Cho một nơi khác gửi số liệu của tỉnh đến đây. Ghi lại tên cũ với khóa mới là thay khóa."""
    start_django()
    from hocvuso.lib import clock
    from hocvuso.lib.errors import BadInput, UnknownName
    from hocvuso.measure.upward.actions import accept_sender, end_sender
    from hocvuso.measure.upward.queries import accepted_senders
    from hocvuso.places.queries import unit_in_force

    if end:
        sender = accepted_senders().filter(name=name).first()
        if sender is None:
            raise UnknownName(f"Không có nơi gửi “{name}”.")
        end_sender(sender, by=ACTOR)
        click.echo(f"Từ nay không nhận gì từ “{name}”.")
        return
    if not unit_code or not public_key:
        raise BadInput("Hãy ghi --unit MÃ-TỈNH và --key KHÓA.")
    sender = accept_sender(name, unit=unit_in_force(unit_code, on=clock.today()), key=public_key, by=ACTOR)
    click.echo(f"Từ nay nhận số liệu của {sender.unit.name} do “{name}” gửi.")


@measure.command()
@as_json
def senders(as_json: bool) -> None:
    """Những nơi được gửi số liệu đến đây, và ngày số liệu mới nhất của từng nơi."""
    start_django()
    from hocvuso.measure.upward.queries import accepted_senders, sent_here

    sent = sent_here()
    rows = [
        {
            "name": one.name,
            "unit": one.unit.code,
            "unit_name": one.unit.name,
            "key_id": one.key_id,
            "on": there.on if (there := sent.get(one.unit.code)) else None,
            "sent_at": there.made_at if there else None,
        }
        for one in accepted_senders()
    ]
    if as_json:
        print_json(rows)
        return
    print_table(
        "Nơi gửi số liệu",
        ["Tên", "Mã", "Tỉnh", "Khóa", "Số liệu đến ngày", "Gửi lúc"],
        [
            [row["name"], row["unit"], row["unit_name"], row["key_id"], row["on"] or "chưa gửi", row["sent_at"]]
            for row in rows
        ],
    )


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
