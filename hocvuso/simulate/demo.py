"""The demo: Đắk Lắk's 100 days on Friday 17/10/2025, with simulated people and six accounts anybody may sign in with."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from hocvuso.lib.errors import Refused
from hocvuso.people.actions import add_totp_device, grant_role, mark_key, open_account
from hocvuso.people.models import Account, RoleKind
from hocvuso.places.actions import load_units
from hocvuso.places.models import Organisation, OrganisationKind, Place, Unit, place_fields
from hocvuso.places.queries import unit_in_force
from hocvuso.plans.actions import adopt_plan, appoint_owner, read_plan_file, report_progress
from hocvuso.plans.models import Plan, TaskProgress, TaskState
from hocvuso.simulate.actions import simulate_province

BY = ":demo"
PROVINCE, COMMUNE, NEIGHBOUR = "66", "Xã Ea Kar", "Xã Ea Knốp"
PERSONS, SEED = 20_000, 1
FIRST_DAY = dt.date(2025, 7, 1)

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Cast:
    """One demo account and why somebody would sign in with it."""

    username: str
    full_name: str
    kind: RoleKind
    place: Place


def make_demo(*, today: dt.date, persons: int = PERSONS, communes: int | None = None, progress: Progress | None = None) -> None:
    """Everything the demo shows; running it again changes nothing, and a later `today` adds the days in between."""
    if settings.PRODUCTION:
        raise Refused("Dữ liệu mẫu không tạo được trên máy chủ chính thức.")
    mark_key()
    load_units(settings.DATA_DIR / "places", by=BY)
    load_plans(today=today)
    province = unit_in_force(PROVINCE, on=today)
    simulate_province(province=province, persons=persons, seed=SEED, until=today, by=BY, progress=progress, communes=communes)
    for member in cast(province, today=today):
        _sign_up(member)
    _some_tasks(province, today=today)


def load_plans(*, today: dt.date) -> None:
    for path in sorted((settings.DATA_DIR / "plans").glob("*.yaml")):
        adopt_plan(read_plan_file(path), by=BY, today=today)


def cast(province: Unit, *, today: dt.date) -> list[Cast]:
    communes = {unit.name: unit for unit in province.children.filter(Unit.in_force(today))}
    home, neighbour = communes[COMMUNE], communes[NEIGHBOUR]
    school = Organisation.objects.filter(kind=OrganisationKind.SCHOOL, of=home).order_by("code").first()
    department = Organisation.objects.filter(of=province, name="Sở Giáo dục và Đào tạo").first()
    members = [
        Cast("binh", "Trần Văn Bình", RoleKind.PROVINCE_OFFICER, province),
        Cast("hoa", "H’Hoa Niê", RoleKind.COMMUNE_OFFICER, home),
        Cast("tuan", "Lê Anh Tuấn", RoleKind.COMMUNE_OFFICER, neighbour),
        Cast("ha", "Nguyễn Thị Hà", RoleKind.STEERING, province),
    ]
    if department:
        members.append(Cast("dung", "Phạm Quốc Dũng", RoleKind.DEPARTMENT_OFFICER, department))
    if school:
        members.append(Cast("mai", "Đỗ Thị Mai", RoleKind.ORGANISATION_CONTACT, school))
    return members


def demo_totp_key(username: str) -> str:
    """The device key of a demo account: the same at every start, so that a phone that scanned it keeps working."""
    return hashlib.sha256(f"{settings.SECRET_KEY}:demo:{username}".encode()).hexdigest()[:40]


@transaction.atomic
def _sign_up(member: Cast) -> None:
    account = Account.objects.filter(username=member.username).first()
    if account is None:
        account = open_account(member.username, full_name=member.full_name, password=settings.DEMO_PASSWORD, by=BY, demo=True)
        add_totp_device(account, by=BY, key=demo_totp_key(member.username))
    grant_role(account, member.kind, by=BY, valid_from=FIRST_DAY, **place_fields(member.place))


def _some_tasks(province: Unit, *, today: dt.date) -> None:
    """Enough said of the tasks that the list is alive: the commune has done one, works on two, and has forgotten the rest."""
    plan = Plan.objects.get(key="dak-lak-100-ngay")
    hoa = Account.objects.get(username="hoa")
    home = province.children.get(Unit.in_force(today), name=COMMUNE)
    own = [task for task in plan.tasks.filter(kind="task") if task.borne_by in {"communes", "communes_and_agencies"}]
    if TaskProgress.objects.filter(task__in=own, unit=home).exists():
        return
    said = [(TaskState.DONE, "Quyết định số 12/QĐ-UBND ngày 28/7/2025 (mô phỏng)"), (TaskState.UNDER_WAY, ""), (TaskState.UNDER_WAY, "")]
    first = next((task for task in own if any("Ban Chỉ đạo" in text for text in (task.title,))), own[0])
    for task, (state, document) in zip([first, *[task for task in own if task is not first]], said, strict=False):
        appoint_owner(task, place=home, account=hoa, by=BY)
        report_progress(task, place=home, state=state, by=hoa, today=min(today, dt.date(2025, 9, 15)), document=document)
