"""Every office page answers for those who may see it, and is not there for those who may not."""

from __future__ import annotations

import lxml.html
import pytest
from django.urls import reverse

from hocvuso.people.models import Account
from hocvuso.plans.models import Target
from tests.make.people import signed_in

PLAN = "dak-lak-100-ngay"

TARGET = reverse("target", args=[PLAN, "ii-4-nguoi-lon-duoc-tiep-can"])
TASK = reverse("task", args=[PLAN, "iii-2-1-ban-chi-dao-va-to"])
REPORT = reverse("report", args=[PLAN, "v1-hang-tuan", "24373", "2025-10-17"])
PAGES = [
    reverse("overview"),
    reverse("plan_list"),
    reverse("plan", args=[PLAN]),
    TARGET,
    reverse("findings", args=[PLAN]),
    reverse("board", args=["24373"]),
    f"{reverse('board', args=['24373'])}?ke-hoach={PLAN}&chi-tieu=iii-2-4-nam-nguoi-lon-co-ky-nang",
    reverse("board", args=["66"]),
    reverse("board_map", args=["66"]),
    reverse("board_map", args=["VN"]),
    reverse("breakdown", args=["24373", "adult_skill"]),
    reverse("import_counts"),
    reverse("means"),
    reverse("add_money"),
    reverse("add_gift"),
    reverse("inspections"),
    reverse("practices"),
    reverse("add_practice"),
    reverse("open_inspection"),
    reverse("report_exchange", args=[PLAN, "v1-hang-tuan", "24373", "2025-10-17"]),
    reverse("share_out", args=[PLAN, "ii-4-nguoi-lon-duoc-tiep-can"]),
    reverse("place", args=["24373"]),
    reverse("task_list"),
    reverse("task_board"),
    reverse("task_calendar"),
    reverse("my_week"),
    reverse("late_tasks"),
    reverse("hand_over_tasks"),
    TASK,
    f"{reverse('task', args=[PLAN, 'iii-1-1-quan-triet-ke-hoach'])}?noi=24373&ky=2025-09-30",
    reverse("task_owner", args=[PLAN, "iii-2-1-ban-chi-dao-va-to"]),
    reverse("new_step", args=[PLAN, "iii-2-1-ban-chi-dao-va-to"]),
    reverse("report_list"),
    f"{reverse('report_list')}?xem=quy",
    reverse("my_calendar"),
    REPORT,
    f"{reverse('concern_list')}?xem=tat-ca",
    reverse("raise_concern"),
    reverse("concern_themes"),
    reverse("concern_groups"),
    reverse("report_figures", args=[PLAN, "v1-hang-tuan", "24373", "2025-10-17"]),
    f"{reverse('received_reports')}?noi=66",
    reverse("people"),
    reverse("team_review"),
    reverse("vneid_deliveries"),
    reverse("notice_list"),
    reverse("notice_ways"),
    reverse("my_rights"),
]


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_the_commune_officer_opens_every_page(office: dict[str, Account], address: str) -> None:
    answer = signed_in(office["hoa"]).get(address)
    assert answer.status_code == 200, answer.content.decode()[:2000]


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["66", "24373", "24373-01", "o:24373-thpt"])
def test_every_target_opens_at_every_kind_of_place(office: dict[str, Account], place: str) -> None:
    client = signed_in(office["hoa"])
    keys = Target.objects.filter(plan__key=PLAN).values_list("key", flat=True)
    statuses = {key: client.get(reverse("target", args=[PLAN, key]), {"noi": place}).status_code for key in keys}
    assert len(statuses) > 20
    assert {key: status for key, status in statuses.items() if status != 200} == {}


@pytest.mark.django_db
def test_a_plan_has_one_heading_for_each_horizon_and_every_target_once(office: dict[str, Account]) -> None:
    page = lxml.html.document_fromstring(signed_in(office["hoa"]).get(reverse("plan", args=[PLAN])).content.decode())
    headings = [" ".join(one.text_content().split()) for one in page.xpath("//section/h2[starts-with(@id, 'moc-')]")]
    links = page.xpath("//ul[@class='targets']//a[contains(@href, '/chi-tieu/')]/@href")
    assert len(headings) == len(set(headings)) > 1
    assert len(links) == len(set(links)) > 10
