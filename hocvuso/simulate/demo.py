"""The demo: Đắk Lắk's 100 days on Friday 17/10/2025, with simulated people and eight accounts anybody may sign in with."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from hocvuso.lib import clock
from hocvuso.lib.errors import Refused, UnknownName
from hocvuso.measure.actions import refresh_measure
from hocvuso.people.actions import add_totp_device, grant_role, mark_key, open_account
from hocvuso.people.models import Account, Person, RoleKind
from hocvuso.places.actions import load_units
from hocvuso.places.models import Level, Organisation, OrganisationKind, Place, Unit, place_fields
from hocvuso.places.queries import unit_in_force
from hocvuso.plans.actions import adopt_plan, read_plan_file
from hocvuso.plans.models import Duty, Plan
from hocvuso.reports.actions import save_words
from hocvuso.reports.queries import report_words
from hocvuso.simulate.actions import persons_simulated, simulate_province
from hocvuso.simulate.citizens import DemoCitizen, choose_citizens
from hocvuso.simulate.concerns import make_concerns
from hocvuso.simulate.means import make_inspection, make_means, make_practices
from hocvuso.simulate.reports import make_reports
from hocvuso.simulate.tasks import work_on_tasks
from hocvuso.simulate.teams import first_leader, make_teams

BY = ":demo"
PROVINCE, COMMUNE, NEIGHBOUR = "66", "Xã Ea Kar", "Xã Ea Knốp"
PERSONS, SEED = 20_000, 1
FIRST_DAY = dt.date(2025, 7, 1)

WORDS_OF_COMMUNES = (
    (
        "Sóng điện thoại ở hai buôn xa còn yếu, lớp buổi tối phải dùng tài liệu in.",
        "Đề nghị doanh nghiệp viễn thông bổ sung điểm phát Wi-Fi tại nhà sinh hoạt cộng đồng.",
    ),
    (
        "Người lớn tuổi dùng chung điện thoại với con cháu nên khó tự thao tác.",
        "Đề nghị hướng dẫn cách ghi nhận khi cả nhà dùng một điện thoại.",
    ),
    (
        "Thành viên tổ công nghệ số bận mùa vụ, mỗi tuần chỉ mở được một buổi.",
        "Đề nghị Tỉnh đoàn cử thêm đoàn viên hỗ trợ trong tháng 10.",
    ),
    ("Nhiều người dân chưa có tài khoản định danh mức 2.", "Đề nghị Công an tỉnh tổ chức thêm đợt cấp lưu động."),
)

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Cast:
    """One demo account and why somebody would sign in with it."""

    username: str
    full_name: str
    kind: RoleKind
    place: Place


def make_demo(
    *, today: dt.date, persons: int | None = None, communes: int | None = None, progress: Progress | None = None
) -> None:
    """Everything the demo shows; running it again changes nothing, and a later `today` adds the days in between.

    Without a number of persons a demo that is there keeps its own: a small one made for a trial starts again as it was.
    """
    if settings.PRODUCTION:
        raise Refused("Dữ liệu mẫu không tạo được trên máy chủ chính thức.")
    if Account.objects.filter(is_demo=False).exists():
        raise Refused(
            "Cơ sở dữ liệu này đã có tài khoản thật: không trộn dữ liệu mẫu vào. Đặt HOCVUSO_HOME sang một thư mục mới."
        )
    mark_key()
    load_units(settings.DATA_DIR / "places", by=BY)
    load_plans(today=today)
    province = unit_in_force(PROVINCE, on=today)
    persons = persons or persons_simulated(province) or PERSONS
    simulate_province(
        province=province, persons=persons, seed=SEED, until=today, by=BY, progress=progress, communes=communes
    )
    for member in cast(province, today=today):
        _sign_up(member)
    homes = list(province.children.filter(Unit.in_force(today), name__in=(COMMUNE, NEIGHBOUR)).order_by("code"))
    for commune in homes:
        make_teams(commune, seed=SEED, today=today, by=BY)
    plan = Plan.objects.get(key="dak-lak-100-ngay")
    make_means(province, homes, plan, seed=SEED, today=today, by=BY)
    make_inspection(province, homes, plan, today=today, by=BY)
    make_practices(province, homes, plan, today=today, by=BY)
    work_on_tasks(province, home=COMMUNE, neighbour=NEIGHBOUR, today=today, by=BY)
    _some_words(province, today=today)
    home = province.children.get(Unit.in_force(today), name=COMMUNE)
    make_concerns(province, home, seed=SEED, today=today, by=BY)
    refresh_measure()  # what a report says when it is handed in is counted then
    duty = Duty.objects.select_related("plan__unit").get(plan__key="dak-lak-100-ngay", key="v1-hang-tuan")
    make_reports(province, home=COMMUNE, duty=duty, today=today)


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
        Cast("long", "Y Long Êban", RoleKind.LEADER, home),
        Cast("thuy", "Trương Thị Thủy", RoleKind.RECORDS_CLERK, home),
        # A small office: one person writes, signs for the chairman and keeps the register. Each step is still one of its own.
        Cast("tuan", "Lê Anh Tuấn", RoleKind.COMMUNE_OFFICER, neighbour),
        Cast("tuan", "Lê Anh Tuấn", RoleKind.LEADER, neighbour),
        Cast("tuan", "Lê Anh Tuấn", RoleKind.RECORDS_CLERK, neighbour),
        Cast("ha", "Nguyễn Thị Hà", RoleKind.STEERING, province),
    ]
    if department:
        members.append(Cast("dung", "Phạm Quốc Dũng", RoleKind.DEPARTMENT_OFFICER, department))
    if school:
        members.append(Cast("mai", "Đỗ Thị Mai", RoleKind.ORGANISATION_CONTACT, school))
    return members


def demo_team_member() -> Person:
    """Minh of the demo: who leads the first team of Ea Kar."""
    today = clock.today()
    commune = unit_in_force(PROVINCE, on=today).children.get(Unit.in_force(today), name=COMMUNE)
    found = first_leader(commune, on=today)
    if found is None:
        raise UnknownName("Bản mẫu chưa có tổ công nghệ số nào ở xã Ea Kar.")
    return found


def demo_citizens() -> list[DemoCitizen]:
    """The handful of people whom the stand-in of VNeID lets in: the same at every start, whatever visitors have done with them."""
    today = clock.today()
    commune = unit_in_force(PROVINCE, on=today).children.get(Unit.in_force(today), name=COMMUNE)
    return choose_citizens(commune, on=settings.DEMO_DAY, member=first_leader(commune, on=today))


def demo_totp_key(username: str) -> str:
    """The device key of a demo account: the same at every start, so that a phone that scanned it keeps working."""
    return hashlib.sha256(f"{settings.SECRET_KEY}:demo:{username}".encode()).hexdigest()[:40]


@transaction.atomic
def _sign_up(member: Cast) -> None:
    account = Account.objects.filter(username=member.username).first()
    if account is None:
        account = open_account(
            member.username, full_name=member.full_name, password=settings.DEMO_PASSWORD, by=BY, demo=True
        )
        add_totp_device(account, by=BY, key=demo_totp_key(member.username))
    grant_role(account, member.kind, by=BY, valid_from=FIRST_DAY, **place_fields(member.place))


def _some_words(province: Unit, *, today: dt.date) -> None:
    """A few communes have written what a machine cannot know, for the Friday of this week."""
    duty = Duty.objects.select_related("plan__unit").get(plan__key="dak-lak-100-ngay", key="v1-hang-tuan")
    friday = today + dt.timedelta(days=(4 - today.weekday()) % 7)
    if not (duty.first and duty.last and duty.first <= friday <= duty.last):
        return
    communes = list(
        province.children.filter(Unit.in_force(today), level=Level.COMMUNE).exclude(name=COMMUNE).order_by("code")
    )
    for (difficulty, proposal), commune in zip(WORDS_OF_COMMUNES, communes[3::17], strict=False):
        if report_words(duty, commune, due=friday) is None:
            save_words(
                duty, place=commune, due=friday, by=BY, version=0,
                steering="", practices="", difficulties=difficulty, proposals=proposal, next_steps="",
            )  # fmt: skip
