"""The report's page shows what came together below, and puts it into the form only when somebody asks."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from hocvuso.people.models import Account
from hocvuso.reports.models import Report
from tests.make.concerns import concern
from tests.make.people import signed_in
from tests.make.places import Country

pytestmark = pytest.mark.django_db
THURSDAY = dt.date(2025, 10, 16)


def report_of(code: str) -> str:
    return reverse("report", args=["dak-lak-100-ngay", "v1-hang-tuan", code, "2025-10-17"])


def test_a_drafter_asks_for_the_consolidation_and_nothing_is_saved_by_it(
    office: dict[str, Account], land: Country
) -> None:
    concern(land.villages[0], "Sóng yếu ở thôn xa.", on=THURSDAY)
    hoa, address = signed_in(office["hoa"]), report_of("24373")
    page = hoa.get(address).content.decode()
    assert "<li>Sóng yếu ở thôn xa (Thôn 1).</li>" in page
    assert "- Sóng yếu" not in page
    filled = hoa.get(address, {"lay": "tong-hop"}).content.decode()
    assert "- Sóng yếu ở thôn xa (Thôn 1).</textarea>" in filled
    assert "chưa lưu" in filled
    assert not Report.objects.exists()
    seen_from_above = signed_in(office["binh"]).get(address).content.decode()
    assert "Lấy từ tổng hợp" not in seen_from_above


def test_the_province_sees_who_has_not_written_yet(office: dict[str, Account], land: Country) -> None:
    concern(land.ea_knop, "Thiếu máy chiếu.", on=THURSDAY)
    page = signed_in(office["binh"]).get(report_of("66")).content.decode()
    assert "0/3 đơn vị đã gửi báo cáo." in page
    assert "Xã Ea Kar, Xã Ea Knốp, Sở Khoa học và Công nghệ" in page
    assert "Thiếu máy chiếu (Xã Ea Knốp)." in page
