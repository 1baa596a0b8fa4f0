"""What has become of the demo's Friday reports: most of some communes' are accepted, some late, sent back, replaced, waiting, not sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hocvuso.people.models import Account
from hocvuso.places.models import Level, Unit, place_fields
from hocvuso.plans.models import Duty
from hocvuso.reports.actions import (
    accept_report,
    number_report,
    replace_report,
    save_words,
    send_back_report,
    send_report,
    sign_report,
    submit_report,
)
from hocvuso.reports.models import Report
from hocvuso.reports.queries import life_of

BY = ":demo"
EVERY = 4  # every fourth commune has sent something: counting the content of one takes a tenth of a second
WEEK = dt.timedelta(weeks=1)
LATE = dt.timedelta(days=3)
# How far the reports of last Friday have come, one commune after the other.
_OF_LAST_FRIDAY = (
    "accepted", "accepted", "late", "accepted", "sent", "accepted", "sent_back", "accepted", "replaced", "accepted", "sent",
    "accepted", "numbered",
)  # fmt: skip
_OF_THIS_FRIDAY = ("sent", "submitted", "sent", "signed", "accepted")
_STEERING = "UBND {place} đã họp Ban Chỉ đạo, phân công từng tổ công nghệ số theo thôn, buôn."
_NEXT = "Mở thêm lớp buổi tối; rà soát người chưa được hướng dẫn."


@dataclass(frozen=True, slots=True)
class _Way:
    """One report and how far it has come."""

    place: Unit
    due: dt.date
    to: str


def make_reports(province: Unit, *, home: str, duty: Duty, today: dt.date) -> None:
    """A report that is there already is left as it is. `home` is the commune of the demo's commune officer."""
    friday = today + dt.timedelta(days=(4 - today.weekday()) % 7)
    accounts = {account.username: account.actor for account in Account.objects.filter(is_demo=True)}
    for way in _ways(province, home, friday):
        if not (duty.first and duty.last and duty.first <= way.due <= duty.last and way.due <= today):
            continue
        if not Report.objects.filter(duty=duty, due=way.due, **place_fields(way.place)).exists():
            _walk(duty, way, today=today, accounts=accounts if way.place.name == home else {})


def _ways(province: Unit, home: str, friday: dt.date) -> Iterator[_Way]:
    communes = list(
        province.children.filter(Unit.in_force(friday), level=Level.COMMUNE).exclude(name=home).order_by("code")
    )
    for n, place in enumerate(communes[::EVERY]):
        yield _Way(place, friday - WEEK, _OF_LAST_FRIDAY[n % len(_OF_LAST_FRIDAY)])
    for place, to in zip(communes[1 :: 4 * EVERY], _OF_THIS_FRIDAY, strict=False):
        yield _Way(place, friday, to)
    # The officer's own commune: the newest weeks are hers to write, of older ones each kind can be looked at.
    for place in province.children.filter(Unit.in_force(friday), name=home):
        yield _Way(place, friday - 4 * WEEK, "accepted")
        yield _Way(place, friday - 5 * WEEK, "replaced")
        yield _Way(place, friday - 6 * WEEK, "sent_back")


def _walk(duty: Duty, way: _Way, *, today: dt.date, accounts: dict[str, str]) -> None:
    on = min(today, way.due + LATE) if way.to == "late" else way.due
    drafter, leader, clerk = (accounts.get(name, BY) for name in ("hoa", "long", "thuy"))
    told: dict[str, Any] = {"place": way.place, "due": way.due}
    save_words(
        duty, version=0, by=drafter, **told,
        steering=_STEERING.format(place=way.place.name[:1].lower() + way.place.name[1:]), next_steps=_NEXT,
    )  # fmt: skip
    _out(duty, way, told, on=on, number=30 + way.due.isocalendar().week, by=(drafter, leader, clerk))
    answer = {**told, "by": BY, "today": min(today, on + dt.timedelta(days=1))}
    if way.to in ("accepted", "late"):
        accept_report(duty, edition=1, **answer)
    elif way.to in ("sent_back", "replaced"):
        send_back_report(duty, edition=1, remarks="Bổ sung số buổi học của từng buôn và nguyên nhân chậm.", **answer)
    if way.to == "replaced":
        replace_report(duty, remarks="", **{**answer, "by": drafter})
        _out(duty, way, told, on=answer["today"], number=60 + way.due.isocalendar().week, by=(drafter, leader, clerk))
        accept_report(duty, edition=2, **answer)


def _out(duty: Duty, way: _Way, told: dict[str, Any], *, on: dt.date, number: int, by: tuple[str, str, str]) -> None:
    """Inside the office, as far as it has come there."""
    drafter, leader, clerk = by
    version = life_of(duty, way.place, due=way.due).version
    submit_report(duty, version=version, by=drafter, today=on, **told)
    if way.to == "submitted":
        return
    sign_report(duty, signer="Y Long Êban", office="TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", by=leader, today=on, **told)
    if way.to == "signed":
        return
    number_report(duty, number=str(number), dated=on, by=clerk, today=on, **told)
    if way.to != "numbered":
        send_report(duty, by=clerk, today=on, **told)
