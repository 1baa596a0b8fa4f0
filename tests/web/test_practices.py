"""The register of good practices on its pages."""

from __future__ import annotations

import pytest
from django.urls import reverse

from hocvuso.people.models import Account
from hocvuso.practices.models import Practice
from tests.make.people import signed_in

pytestmark = pytest.mark.django_db
TOLD = {"model": "lop-hoc", "title": "Lớp trong nhà rông", "how": "Tối thứ Ba.", "effect": "40 người."}


def test_told_by_the_commune_recognised_by_the_province_taken_up_next_door(office: dict[str, Account]) -> None:
    hoa, binh, tuan, ha = (signed_in(office[who]) for who in ("hoa", "binh", "tuan", "ha"))
    assert hoa.post(reverse("add_practice"), {**TOLD, "how": ""}).status_code == 400
    assert hoa.post(reverse("add_practice"), TOLD).status_code == 302
    page = reverse("practice", args=[Practice.objects.get().pk])
    assert tuan.get(page).status_code == 404
    assert hoa.post(page, {"act": "recognise", "note": "tự khen"}).status_code == 404
    assert ha.post(page, {"act": "recognise", "note": "QĐ 4"}).status_code == 404
    assert binh.post(page, {"act": "recognise", "note": ""}).status_code == 400
    assert binh.post(page, {"act": "take_up", "note": "QĐ 4"}).status_code == 404
    assert binh.post(page, {"act": "recognise", "note": "QĐ 4/QĐ-UBND"}).status_code == 302
    assert "Lớp trong nhà rông" in tuan.get(reverse("practices")).content.decode()
    assert tuan.post(page, {"act": "take_up", "note": "Ở hai buôn"}).status_code == 302
    assert tuan.post(page, {"act": "take_up", "note": "nữa"}).status_code == 400
    shown = ha.get(reverse("practices"), {"mo-hinh": "lop-hoc"}).content.decode()
    assert "Đã được công nhận" in shown
    assert "1 nơi làm theo" in shown
    assert "Lớp trong nhà rông" not in ha.get(reverse("practices"), {"mo-hinh": "khac"}).content.decode()
