"""A plan beside the one above it: what is carried, in words, for whoever may see both."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import reverse

from hocvuso.people.models import Account
from hocvuso.plans.actions import adopt_plan, read_plan_file
from tests.make.people import TODAY, signed_in
from tests.make.places import Country
from tests.make.plans import indicator, plan, target, task
from tests.web.test_language import in_english, left_over

pytestmark = pytest.mark.django_db

PARENT, CENTRE = "dak-lak-100-ngay", "trung-uong-01-kh-bcdtw"
CHILD = "ea-kar"


@pytest.fixture
def child(office: dict[str, Account], land: Country) -> str:
    plan(
        CHILD, unit="24373", short_title="Ea Kar",
        indicators=[indicator("mot", "adult_reached"), indicator("hai", "worker_skill")],
        targets=[target("mot", "mot", 50), target("hai", "hai", 70, level="usable")],
        tasks=[task("viec", title="Lập Tổ công nghệ số cộng đồng ở các thôn, buôn")],
    )  # fmt: skip
    plan("ben-canh", unit="24400", short_title="Ea Knốp")
    adopt_plan(read_plan_file(settings.DATA_DIR / "plans" / f"{CENTRE}.yaml"), by=":test", today=TODAY)
    return CHILD


def test_the_page_says_what_is_weaker_missing_and_not_compared(office: dict[str, Account], child: str) -> None:
    page = signed_in(office["hoa"]).get(reverse("compare_plans", args=[child, PARENT])).content.decode()
    assert "Yêu cầu thấp hơn" in page
    assert "mức thấp hơn" in page
    assert "Yêu cầu cao hơn" in page
    assert "Chưa có" in page
    assert "nhiệm vụ của cấp trên giao cho nơi khác" in page


def test_a_plan_page_leads_to_the_plans_above_it_and_to_no_other(office: dict[str, Account], child: str) -> None:
    client = signed_in(office["hoa"])
    page = client.get(reverse("plan", args=[child])).content.decode()
    assert reverse("compare_plans", args=[child, PARENT]) in page
    assert reverse("compare_plans", args=[child, CENTRE]) in page
    above = client.get(reverse("plan", args=[PARENT])).content.decode()
    assert reverse("compare_plans", args=[PARENT, child]) not in above


@pytest.mark.parametrize(
    ("who", "below", "above", "status"),
    [
        ("hoa", CHILD, PARENT, 200),
        ("binh", CHILD, PARENT, 200),
        ("ha", CHILD, CENTRE, 200),
        ("tuan", CHILD, PARENT, 404),  # a neighbour's plan
        ("tuan", "ben-canh", PARENT, 200),
        ("hoa", PARENT, CENTRE, 200),
        ("hoa", PARENT, CHILD, 404),  # the wrong way round
        ("binh", CHILD, "ben-canh", 404),  # neither is above the other
        ("hoa", CHILD, CHILD, 404),
        ("an", CHILD, PARENT, 404),
    ],
)
def test_only_who_sees_both_plans_may_compare_them(
    office: dict[str, Account], child: str, who: str, below: str, above: str, status: int
) -> None:
    assert signed_in(office[who]).get(reverse("compare_plans", args=[below, above])).status_code == status


@pytest.mark.parametrize("parent", [PARENT, CENTRE])
def test_the_page_is_wholly_english_for_who_chose_it(office: dict[str, Account], child: str, parent: str) -> None:
    client = in_english(signed_in(office["hoa"]))
    assert left_over(client.get(reverse("compare_plans", args=[child, parent])).content) == []
    assert left_over(client.get(reverse("plan", args=[child])).content) == []
