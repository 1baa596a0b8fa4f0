"""An inspection on its pages: the province finds, the commune remedies with a file, the province confirms."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hocvuso.attachments.models import Attachment
from hocvuso.inspection.models import InspectionRemark, InspectionRound, InspectionStep
from hocvuso.people.models import Account
from tests.make.people import signed_in

pytestmark = pytest.mark.django_db
ROUND = {
    "title": "Kiểm tra",
    "document": "QĐ 9 ngày 1/10/2025",
    "first": "2025-10-17",
    "last": "2025-10-20",
    "places": ["24373", "o:66-so-khcn"],
}


def test_from_the_order_to_the_confirmation(office: dict[str, Account], tmp_path: Path, settings: Any) -> None:
    settings.UPLOADS_DIR = tmp_path
    binh, hoa, tuan = (signed_in(office[who]) for who in ("binh", "hoa", "tuan"))
    assert binh.post(reverse("open_inspection"), {**ROUND, "places": []}).status_code == 400
    assert binh.post(reverse("open_inspection"), ROUND).status_code == 302
    made = InspectionRound.objects.get()
    page, at = reverse("inspection", args=[made.pk]), made.places.get(unit__code="24373")
    remark = reverse("add_inspection_remark", args=[made.pk, at.pk])
    assert hoa.post(remark, {"kind": "shortcoming", "text": "x", "due": "2025-10-30"}).status_code == 404
    assert binh.post(remark, {"kind": "shortcoming", "text": "Thiếu chữ ký", "due": ""}).status_code == 400
    assert binh.post(remark, {"kind": "shortcoming", "text": "Thiếu chữ ký", "due": "2025-10-30"}).status_code == 302
    assert "Thiếu chữ ký" in hoa.get(page).content.decode()
    assert tuan.get(page).status_code == 404
    step = reverse("take_inspection_step", args=[made.pk, InspectionRemark.objects.get().pk])
    told = {"state": "remedied", "text": "Đã bổ sung"}
    for wrong in (SimpleUploadedFile("a.exe", b"MZ"), SimpleUploadedFile("a.pdf", b"MZ")):
        assert hoa.post(step, {**told, "file": wrong}).status_code == 400
    assert not InspectionStep.objects.exists()
    assert hoa.post(step, {**told, "file": SimpleUploadedFile("ds.pdf", b"%PDF-1.7 x")}).status_code == 302
    file = reverse("inspection_file", args=[made.pk, Attachment.objects.get().pk])
    answer = binh.get(file)
    assert (answer.getvalue(), "attachment" in answer.headers["Content-Disposition"]) == (b"%PDF-1.7 x", True)
    assert tuan.get(file).status_code == 404
    assert hoa.post(step, {"state": "confirmed", "text": "tự xác nhận"}).status_code == 400
    assert binh.post(step, {"state": "confirmed", "text": "Đạt"}).status_code == 302
    assert "Đã xác nhận khắc phục" in hoa.get(page).content.decode()
