"""Money, gifts, signals and one inspection for the demo: said to be simulated wherever a document is named."""

from __future__ import annotations

import datetime as dt
from random import Random

from hocvuso.inspection.actions import add_remark, open_round, take_step
from hocvuso.inspection.models import InspectionRound
from hocvuso.inspection.rules import Kind, State
from hocvuso.means.actions import add_budget_line, note_signal, promise_contribution, receive_contribution
from hocvuso.means.models import BudgetLine
from hocvuso.means.rules import Gift, Signal, Source, Stage
from hocvuso.places.models import Level, Unit
from hocvuso.places.queries import villages_of
from hocvuso.plans.models import Plan
from hocvuso.practices.actions import judge_practice, take_up_practice, tell_practice
from hocvuso.practices.models import Practice
from hocvuso.practices.rules import Model

SIMULATED = "(mô phỏng)"


def make_means(province: Unit, communes: list[Unit], plan: Plan, *, seed: int, today: dt.date, by: str) -> None:
    """What the desk “Nguồn lực” shows; nothing where something is there already."""
    if BudgetLine.objects.filter(plan=plan).exists():
        return
    tasks = list(plan.tasks.filter(kind="task").order_by("position")[:4])
    day = max(plan.period_start, min(today, plan.period_start + dt.timedelta(days=20)))
    for number, (source, estimated) in enumerate(
        ((Source.PROVINCE, 1_850), (Source.SOCIETY, 420), (Source.CENTRAL, 600))
    ):
        for stage, share in ((Stage.ESTIMATED, 1.0), (Stage.ALLOCATED, 0.9), (Stage.PAID, 0.55)):
            add_budget_line(
                plan, place=province, task=tasks[number % len(tasks)] if tasks else None, year=day.year, source=source, stage=stage,
                dong=int(estimated * share) * 1_000_000, document=f"Quyết định số {40 + number}/QĐ-UBND {SIMULATED}", by=by, today=day,
            )  # fmt: skip
    for commune in communes:
        draw = Random(f"{seed}:means:{commune.code}")
        add_budget_line(
            plan, place=commune, task=None, year=day.year, source=Source.COMMUNE, stage=Stage.ALLOCATED,
            dong=draw.randint(20, 60) * 1_000_000,
            document=f"Quyết định số {draw.randint(5, 90)}/QĐ-UBND {SIMULATED}", by=by, today=day,
        )  # fmt: skip
        promise = promise_contribution(
            plan, place=commune, partner=f"Doanh nghiệp viễn thông {SIMULATED}", gift=Gift.LINES, counted="điểm", count=draw.randint(2, 6),
            what="Wi-Fi miễn phí tại nhà sinh hoạt cộng đồng", by=by, today=day,
        )  # fmt: skip
        receive_contribution(promise, count=promise.count, by=by, today=today)
        promise_contribution(
            plan, place=commune, partner=f"Hợp tác xã {SIMULATED}", gift=Gift.DEVICES, counted="máy", count=draw.randint(3, 10),
            what="Điện thoại cho lớp học mượn", by=by, today=day,
        )  # fmt: skip
        for village in villages_of(commune, on=today):
            signal = draw.choices((Signal.NONE, Signal.WEAK, Signal.GOOD), (1, 2, 9))[0]
            note_signal(village, signal, by=by, today=day)


def make_inspection(province: Unit, communes: list[Unit], plan: Plan, *, today: dt.date, by: str) -> None:
    """One round of the province to the demo's communes, with a shortcoming in each state."""
    if InspectionRound.objects.filter(plan=plan).exists() or not communes or province.level != Level.PROVINCE:
        return
    first = max(plan.period_start, today - dt.timedelta(days=16))
    made = open_round(
        plan, unit=province, title="Kiểm tra giữa đợt 100 ngày", document=f"Quyết định số 77/QĐ-UBND {SIMULATED}",
        members="Sở Khoa học và Công nghệ, Công an tỉnh, Tỉnh đoàn", first=first, last=today, places=list(communes), by=by, today=first,
    )  # fmt: skip
    for number, at in enumerate(made.places.order_by("pk")):
        add_remark(
            at,
            kind=Kind.STRENGTH,
            text="Lớp buổi tối đều đặn, tổ công nghệ số đến từng nhà.",
            due=None,
            by=by,
            today=first,
        )
        found = add_remark(
            at, kind=Kind.SHORTCOMING, text="Danh sách người dự lớp của hai thôn thiếu ngày và chữ ký.",
            due=first + dt.timedelta(days=10), by=by, today=first,
        )  # fmt: skip
        if number % 2:
            take_step(found, State.REMEDIED, text="Đã bổ sung danh sách có chữ ký.", inspects=False, by=by, today=today)


PRACTICES = (
    (Model.CLASSES, "Lớp học trong nhà sinh hoạt cộng đồng lúc nông nhàn",
     "Tổ công nghệ số hỏi từng nhà giờ rảnh, mở lớp 19 giờ tối thứ Ba và thứ Năm. Mỗi buổi một kỹ năng, con cháu ngồi cạnh ông bà.",
     "Số người dự mỗi buổi tăng, người lớn tuổi tự tra được kết quả thủ tục."),
    (Model.DIGITAL_MARKET, "Một quầy hướng dẫn ở chợ phiên",
     "Mỗi phiên chợ hai đoàn viên đứng một quầy, giúp tiểu thương mở mã QR và kiểm tra tiền về trước khi giao hàng.",
     "Phần lớn sạp trong chợ nhận chuyển khoản."),
)  # fmt: skip


def make_practices(province: Unit, communes: list[Unit], plan: Plan, *, today: dt.date, by: str) -> None:
    """Two practices, one of them recognised and taken up next door."""
    if Practice.objects.filter(plan=plan).exists() or len(communes) < 2:
        return
    day = max(plan.period_start, today - dt.timedelta(days=12))
    for number, (model, title, how, effect) in enumerate(PRACTICES):
        home, neighbour = communes[number % 2], communes[(number + 1) % 2]
        made = tell_practice(
            plan, place=home, model=model, title=title, how=how, effect=f"{effect} {SIMULATED}", by=by, today=day
        )
        if number == 0:
            judge_practice(
                made, recognised=True, note=f"Quyết định số 81/QĐ-UBND {SIMULATED}", place=province, by=by, today=today
            )
            take_up_practice(made, place=neighbour, note="Mở thử ở hai buôn.", by=by, today=today)
