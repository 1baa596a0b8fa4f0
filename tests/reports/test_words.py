"""Periods, plans and addressees as a clerk writes them."""

from __future__ import annotations

import datetime as dt

import pytest

from hocvuso.lib.periods import Span, decree_half, decree_month, decree_quarter, decree_year
from hocvuso.reports.documents.words import (
    addressees,
    initials,
    named_office,
    next_period_name,
    period_name,
    plan_reference,
    quoted,
    vn_day,
    what_is_asked,
)

WEEK = Span(dt.date(2025, 10, 10), dt.date(2025, 10, 16))


@pytest.mark.parametrize(
    ("frequency", "span", "name", "after"),
    [
        ("weekly", WEEK, "tuần từ ngày 10/10/2025 đến ngày 16/10/2025", "tuần tới"),
        ("monthly", decree_month(2025, 10), "tháng 10 năm 2025", "tháng 11 năm 2025"),
        ("monthly", decree_month(2025, 12), "tháng 12 năm 2025", "tháng 1 năm 2026"),
        ("quarterly", decree_quarter(2025, 3), "quý III năm 2025", "quý IV năm 2025"),
        ("quarterly", decree_quarter(2025, 4), "quý IV năm 2025", "quý I năm 2026"),
        ("biannual", decree_half(2026, 1), "6 tháng đầu năm 2026", "6 tháng cuối năm 2026"),
        ("biannual", decree_half(2025, 2), "6 tháng cuối năm 2025", "6 tháng đầu năm 2026"),
        ("yearly", decree_year(2025), "năm 2025", "năm 2026"),
        ("final", WEEK, "từ ngày 10/10/2025 đến ngày 16/10/2025", "thời gian tới"),
    ],
)
def test_a_period_and_the_next_have_names(frequency: str, span: Span, name: str, after: str) -> None:
    assert (period_name(frequency, span), next_period_name(frequency, span)) == (name, after)


@pytest.mark.parametrize(
    ("to", "found"),
    [
        ("Sở Khoa học và Công nghệ", [("Sở Khoa học và Công nghệ", "b/c")]),
        ("UBND phường; Sở Khoa học và Công nghệ", [("UBND phường", "b/c"), ("Sở Khoa học và Công nghệ", "b/c")]),
        ("Ban Chỉ đạo tỉnh (qua Sở Y tế)", [("Ban Chỉ đạo tỉnh", "b/c"), ("Sở Y tế", "tổng hợp")]),
        ("Sở Y tế (tổng hợp; báo cáo UBND tỉnh)", [("Sở Y tế", "b/c")]),
    ],
)
def test_addressees_are_told_apart_with_how_they_get_it(to: str, found: list[tuple[str, str]]) -> None:
    assert addressees(to) == found


def test_names_and_days() -> None:
    assert (vn_day(dt.date(2025, 7, 5)), vn_day(dt.date(2026, 2, 10))) == ("05/7/2025", "10/02/2026")
    assert named_office("Chánh Văn phòng Tỉnh uỷ (phối hợp với Sở Khoa học và Công nghệ)") == "Văn phòng Tỉnh uỷ"
    assert initials("Phòng Văn hóa – Xã hội") == "VHXH"
    assert quoted('phong trào "Bình dân học vụ số"') == "phong trào “Bình dân học vụ số”"
    assert what_is_asked(("Sở Khoa học và Công nghệ",)) == "tổng hợp, theo dõi"
    assert what_is_asked(("UBND phường", "Sở Khoa học và Công nghệ")) == "xem xét, chỉ đạo"
    plan, issuer = "Kế hoạch triển khai phong trào", "UBND tỉnh"
    assert plan_reference(plan, issuer) == "Kế hoạch triển khai phong trào của UBND tỉnh"
    numbered = plan_reference(plan, issuer, number="12/KH-UBND", date=dt.date(2025, 7, 15))
    assert numbered == "Kế hoạch số 12/KH-UBND ngày 15/7/2025 của UBND tỉnh triển khai phong trào"
    assert plan_reference("Biểu phân công", issuer, number="12/KH-UBND") == "Biểu phân công của UBND tỉnh"
