"""Every page of the office that takes a file takes one of the size it promises, under a plain name."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hocvuso.attachments.models import Attachment
from hocvuso.inspection.actions import add_remark, open_round
from hocvuso.inspection.models import InspectedPlace
from hocvuso.inspection.rules import Kind
from hocvuso.people.models import RoleKind
from hocvuso.plans.models import Plan
from hocvuso.tasks.actions import plan_step
from tests.make.concerns import concern
from tests.make.people import account, signed_in
from tests.make.places import Country
from tests.make.plans import plan, task

TODAY = dt.date(2025, 10, 17)
BY: dict[str, Any] = {"by": ":test", "today": TODAY}
MIDDLING = b"%PDF-1.7 " + b"x" * 4_000_000  # more than a page without files takes, less than promised


@pytest.mark.django_db
def test_a_file_of_four_megabytes_is_taken_and_a_path_in_its_name_is_not(
    land: Country, settings: Any, tmp_path: Path
) -> None:
    settings.UPLOADS_DIR = tmp_path
    made = plan(tasks=[task("lop", borne_by="communes")])
    hoa = signed_in(account("hoa", RoleKind.COMMUNE_OFFICER, land.ea_kar))
    step = plan_step(made.tasks.get(), place=land.ea_kar, title="Rà soát", due=None, answers=None, **BY)
    asked = concern(land.villages[0])
    remark = add_remark(
        _inspected(made, land), kind=Kind.SHORTCOMING, text="Thiếu chữ ký", due=dt.date(2025, 10, 30), **BY
    )
    pages: list[tuple[str, str, dict[str, str]]] = [
        (f"{reverse('task', args=['ke-hoach', 'lop'])}?noi=24373", "file", {"state": "done"}),
        (reverse("step", args=[step.pk]), "file", {"state": "done"}),
        (reverse("concern", args=[asked.pk]), "answer-file", {"what": "answer", "answer-text": "Đã cấp máy."}),
        (
            reverse("take_inspection_step", args=[remark.inspected.round_id, remark.pk]),
            "file",
            {"state": "remedied", "text": "Đã ký"},
        ),
    ]
    for count, (page, field, told) in enumerate(pages):
        refused = hoa.post(page, {**told, field: SimpleUploadedFile("thu-muc\\a.pdf", b"%PDF-1.7")})
        assert (refused.status_code, "không được có thư mục" in refused.content.decode()) == (400, True), page
        answer = hoa.post(page, {**told, field: SimpleUploadedFile(f"{count}.pdf", MIDDLING)})
        assert (answer.status_code, Attachment.objects.count()) == (302, count + 1), page


def _inspected(made: Plan, land: Country) -> InspectedPlace:
    told: dict[str, Any] = {"title": "Kiểm tra", "document": "QĐ 9", "members": "", "first": TODAY, "last": TODAY}
    return open_round(made, unit=land.province, places=[land.ea_kar], **told, **BY).places.get()
