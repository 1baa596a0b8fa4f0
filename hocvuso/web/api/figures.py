"""The figures for other systems of the province and the State: read only, described by OpenAPI, a token for each system.

A reader sees the unit it was opened for and what lies in it, communes and above; never a village, a person, a draft.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, ValidationError
from ninja.security import HttpBearer
from pydantic import Field

from hocvuso.connect.baocao.packets import PACKETS
from hocvuso.connect.baocao.queries import figure_rows, kpi_rows, sent_exchange_of
from hocvuso.evidence.rules import Grade
from hocvuso.lib import clock
from hocvuso.lib.errors import BadInput, HocVuSoError, NotReady, UnknownName
from hocvuso.measure.models import Reader
from hocvuso.measure.queries import current_snapshot, metrics, standings
from hocvuso.measure.readers import reader_with_token
from hocvuso.places.models import Level, Unit
from hocvuso.places.queries import unit_in_force, units_within
from hocvuso.plans.models import Plan
from hocvuso.plans.queries import duty_named, plans_touching
from hocvuso.web.shared.rights import PUBLIC, READER

LEVELS = (Level.NATION, Level.PROVINCE, Level.COMMUNE)


class Token(HttpBearer):
    """`Authorization: Bearer …`, as `hocvuso exchange open-reader` printed it once."""

    def authenticate(self, request: HttpRequest, token: str) -> Reader | None:
        return reader_with_token(token)


figures_api = NinjaAPI(
    title="Học Vụ Số: số liệu",
    version="1",
    description=(
        "Số liệu phong trào “Bình dân học vụ số” của một đơn vị và các đơn vị trong đó, chỉ để đọc. Số có minh chứng (proven), số nhập từ "
        "hệ thống khác (imported) và số đơn vị tự báo cáo (declared) đứng cạnh nhau, không được cộng. Trường simulated là true khi "
        "số liệu là mô phỏng."
    ),
    auth=Token(),
    docs_url=None,  # its page of help would load scripts from elsewhere
    urls_namespace="figures_api",
)


class Base(Schema):
    count: int
    on: dt.date
    source: str


class Grades(Schema):
    """The three grades, never to be added; null: nobody has measured it."""

    proven: int | None
    imported: int | None
    imported_source: str
    declared: int | None


class PlanOut(Schema):
    key: str
    title: str
    issuer: str
    unit: str
    first: dt.date
    last: dt.date


class MetricOut(Schema):
    metric: str
    title: str
    group: str
    rung: str
    subject: str
    unit_of_measure: str
    base: str


class FigureOut(Grades):
    metric: str
    place: str
    place_name: str
    day: dt.date
    population: int | None
    share: float | None = Field(description="Phần trăm số có minh chứng trên mẫu số")


class FiguresOut(Schema):
    on: dt.date
    built_at: dt.datetime = Field(description="Lúc số liệu được tính")
    simulated: bool
    figures: list[FigureOut]


class TargetOut(Grades):
    indicator: str
    clause: str
    title: str
    horizon: str
    metric: str | None
    value: float | None = Field(description="Đang ở mức nào, theo measure")
    goal: float | None = Field(description="Mức của nơi này, theo measure; null: chưa được giao")
    measure: str = Field(description="%: phần trăm; count: số người, số hộ …; units: số đơn vị")
    last_day: dt.date | None
    light: str
    population: Base | None


class TargetsOut(Schema):
    plan: str
    place: str
    place_name: str
    on: dt.date
    simulated: bool
    targets: list[TargetOut]


class PacketOut(Schema):
    packet: str
    title: str
    simulated: bool
    rows: list[dict[str, str | int | float | bool | None]]


@figures_api.get("ke-hoach", response=list[PlanOut], url_name="api_plans", summary="Các kế hoạch")
def api_plans(request: HttpRequest) -> list[PlanOut]:
    return [
        PlanOut(
            key=plan.key, title=plan.title, issuer=plan.issuer, unit=plan.unit.code, first=plan.period_start, last=plan.period_end
        )
        for plan in _plans(request)
    ]  # fmt: skip


@figures_api.get(
    "ke-hoach/{plan}/chi-tieu", response=TargetsOut, url_name="api_targets", summary="Chỉ tiêu của một nơi"
)
def api_targets(request: HttpRequest, plan: str, noi: str = "", ngay: dt.date | None = None) -> TargetsOut:
    """Every target of a plan that concerns the place, beside its figure at the end of the day."""
    found = next((one for one in _plans(request) if one.key == plan), None)
    if found is None:
        raise UnknownName(f"Không có kế hoạch “{plan}”.")
    day = _day(ngay)
    place = _place(request, noi, day)
    rows = standings(found, place, on=day)
    return TargetsOut(
        plan=found.key, place=place.code, place_name=place.name, on=day, simulated=any(row.figure and row.figure.simulated for row in rows),
        targets=[_target(row) for row in rows],
    )  # fmt: skip


def _target(row: Any) -> TargetOut:
    shown, target = row.figure, row.target
    base = shown.population if shown else None
    return TargetOut(
        indicator=target.key, clause=target.clause, title=target.indicator.title, horizon=target.horizon,
        metric=target.indicator.metric or None, value=row.value, goal=row.goal, measure=row.measure, last_day=target.last_day,
        light=row.light,
        proven=shown.proven if shown else None, imported=shown.count(Grade.IMPORTED) if shown else None,
        imported_source=shown.imported.source if shown and shown.imported else "", declared=shown.count(Grade.DECLARED) if shown else None,
        population=Base(count=base.count, on=base.on, source=base.source) if base else None,
    )  # fmt: skip


@figures_api.get("chi-so", response=list[MetricOut], url_name="api_metrics", summary="Bộ chỉ số")
def api_metrics(request: HttpRequest) -> list[MetricOut]:
    return [MetricOut.model_validate(dict(row)) for row in kpi_rows()]


@figures_api.get(
    "so-lieu", response=FiguresOut, url_name="api_figures", summary="Số liệu của một nơi, hoặc của các xã trong đó"
)
def api_figures(
    request: HttpRequest, noi: str = "", ngay: dt.date | None = None, chi_so: str = "", cac_xa: bool = False
) -> FiguresOut:
    """Each metric, or one (`chi_so`), at the place at the end of the day; `cac_xa`: at each commune of it instead."""
    day = _day(ngay)
    if chi_so:
        metrics()[chi_so]  # refused by name
    place = _place(request, noi, day)
    places: Sequence[Unit] = list(units_within(place, Level.COMMUNE, on=day)) if cac_xa else [place]
    snapshot = current_snapshot()
    rows = [FigureOut.model_validate(dict(row)) for row in figure_rows(places, on=day, only=chi_so)]
    return FiguresOut(on=day, built_at=snapshot.built_at, simulated=snapshot.is_simulated_at(place), figures=rows)


@figures_api.get(
    "bao-cao/{plan}/{duty}/{due}/{packet}", response=PacketOut, url_name="api_packet", summary="Một gói của một báo cáo"
)
def api_packet(request: HttpRequest, plan: str, duty: str, due: dt.date, packet: str, noi: str = "") -> PacketOut:
    """One of the thirteen packets of a place's report as it was last sent, before any mapping; of one not sent only what is counted."""
    if packet not in PACKETS:
        raise UnknownName(f"Không có gói “{packet}”; các gói: {', '.join(PACKETS)}.")
    if all(one.key != plan for one in _plans(request)):
        raise UnknownName(f"Không có kế hoạch “{plan}”.")
    place, found = _place(request, noi, due), duty_named(duty, plan=plan)
    made = sent_exchange_of(found, place, due=due, packets=[packet], today=clock.today())
    rows = [dict(row) for row in made.packets[packet]]
    return PacketOut(packet=packet, title=PACKETS[packet].title, simulated=made.content.simulated, rows=rows)


def _plans(request: HttpRequest) -> list[Plan]:
    return list(plans_touching(_reader(request).unit).order_by("-period_start", "key"))


def _reader(request: HttpRequest) -> Reader:
    reader: Reader = request.auth  # type: ignore[attr-defined]
    return reader


def _day(asked: dt.date | None) -> dt.date:
    today = clock.today()
    if asked is not None and asked > today:
        raise BadInput("Ngày này chưa đến.")
    return asked or today


def _place(request: HttpRequest, code: str, on: dt.date) -> Unit:
    """The reader's own unit, or one in it, as it was on the day. What lies outside is as if it were not there."""
    own = _reader(request).unit
    unit = unit_in_force(code or own.code, on=on) if "\0" not in code else None
    if unit is None or unit.level not in LEVELS or not (unit.path + "/").startswith(own.path):
        raise UnknownName(f"Không có đơn vị mang mã “{code}” trong phạm vi được đọc.")
    return unit


def _answer(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    return figures_api.create_response(request, {"error": sentence}, status=status)


def _on(kind: type[Exception], status: int, say: Callable[[Any], str]) -> None:
    figures_api.add_exception_handler(kind, lambda request, error: _answer(request, say(error), status))


_on(AuthenticationError, 401, lambda _error: "Cần mã truy cập còn hiệu lực: Authorization: Bearer …")
_on(NotReady, 503, str)
_on(UnknownName, 404, str)
_on(HocVuSoError, 400, str)
_on(Http404, 404, lambda _error: "Không có địa chỉ này.")
_on(
    ValidationError,
    400,
    lambda error: "Tham số không đọc được: " + ", ".join(str(one["loc"][-1]) for one in error.errors) + ".",
)


def _with_rights(urls: Any) -> Any:
    """Each route says who may come in, as all others do. Asking for `figures_api.urls` again would make the routes again."""
    for pattern in urls[0]:  # "api-root" is an empty address that the others are built on
        pattern.callback.right = PUBLIC if pattern.name in ("openapi-json", "api-root") else READER
    return urls


figures_urls = _with_rights(figures_api.urls)
