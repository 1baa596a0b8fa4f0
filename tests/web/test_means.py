"""The desk of means: what is written is shown up the line, and nobody writes for another place."""

from __future__ import annotations

import pytest
from django.urls import reverse

from hocvuso.means.models import BudgetLine, Contribution
from hocvuso.people.models import Account
from tests.make.people import signed_in
from tests.make.places import Country

pytestmark = pytest.mark.django_db
MONEY = {
    "task": "",
    "year": "2025",
    "source": "commune",
    "stage": "allocated",
    "dong": "45.000.000",
    "document": "QĐ 5 ngày 1/9/2025",
    "note": "",
}


def test_money_of_a_commune_is_seen_by_the_province_and_the_committee_and_voided_where_it_was_written(
    office: dict[str, Account], land: Country
) -> None:
    hoa = signed_in(office["hoa"])
    assert hoa.post(reverse("add_money"), MONEY).status_code == 302
    for who in ("hoa", "binh", "ha"):
        page = signed_in(office[who]).get(reverse("means")).content.decode()
        assert "45.000.000" in page, who
    assert "45.000.000" not in signed_in(office["tuan"]).get(reverse("means")).content.decode()
    assert "45000000" in hoa.get(reverse("means_file", args=["csv"])).content.decode()
    line = BudgetLine.objects.get()
    void = reverse("void_money", args=[line.pk])
    assert signed_in(office["binh"]).post(void, {"reason": "sai"}).status_code == 404
    assert signed_in(office["ha"]).get(reverse("add_money")).status_code == 404
    assert hoa.post(void, {"reason": ""}).status_code == 400
    assert hoa.post(void, {"reason": "ghi hai lần"}).status_code == 302
    assert "45.000.000" not in hoa.get(reverse("means")).content.decode()


@pytest.mark.parametrize("dong", ["", "0", "-5", "mười triệu", "1,5", "9" * 20, "١٢"])
def test_a_sum_that_is_none_is_told_and_kept_in_the_form(office: dict[str, Account], dong: str) -> None:
    answer = signed_in(office["hoa"]).post(reverse("add_money"), {**MONEY, "dong": dong})
    assert answer.status_code == 400
    assert "QĐ 5 ngày 1/9/2025" in answer.content.decode()
    assert not BudgetLine.objects.exists()


def test_a_gift_is_promised_then_received_and_a_signal_noted(office: dict[str, Account], land: Country) -> None:
    hoa = signed_in(office["hoa"])
    gift = {"partner": "Doanh nghiệp A", "gift": "lines", "what": "Wi-Fi", "count": "3", "counted": "điểm"}
    assert hoa.post(reverse("add_gift"), gift).status_code == 302
    promise = Contribution.objects.get()
    assert hoa.post(reverse("receive_gift", args=[promise.pk]), {"count": "2"}).status_code == 302
    assert (
        hoa.post(reverse("add_signal", args=["24373-01"]), {"signal": "none", "note": "lên dốc mới có"}).status_code
        == 302
    )
    assert hoa.post(reverse("add_signal", args=["24400-01"]), {"signal": "none"}).status_code == 404
    page = hoa.get(reverse("means")).content.decode()
    assert "đã nhận 2" in page
    assert "lên dốc mới có" in page
