"""The report as a file: Word, PDF, Excel; a template somebody broke is named instead of half used."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.urls import reverse

from hocvuso.people.models import Account
from tests.make.people import signed_in
from tests.web.conftest import PLAN

ASKED = [PLAN, "v1-hang-tuan", "24373", "2025-10-17"]
REPORT, DOCUMENT = reverse("report", args=ASKED), reverse("report_document", args=ASKED)


def test_a_report_comes_as_word_pdf_and_excel(office: dict[str, Account], settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    client = signed_in(office["hoa"])
    page = client.get(REPORT).content.decode()
    for kind, begins in (("docx", b"PK"), ("pdf", b"%PDF-"), ("xlsx", b"PK")):
        address = DOCUMENT if kind == "docx" else f"{DOCUMENT}?dang={kind}"
        assert f'href="{address}"' in page
        answer = client.get(address)
        assert answer.content.startswith(begins)
        assert f'filename="bao-cao-v1-hang-tuan-24373-2025-10-17.{kind}"' in answer.headers["Content-Disposition"]


def test_a_template_somebody_broke_is_named(office: dict[str, Account], settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    own = tmp_path / "templates" / "weekly.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("name: Của xã\nsubject: Kết quả {ke_hoach}\nsections: [{heading: A}]\n", encoding="utf-8")
    client = signed_in(office["hoa"])
    answer = client.get(DOCUMENT)
    assert answer.status_code == 400
    assert "templates/weekly.yaml, dòng 2" in answer.content.decode()
    assert client.get(REPORT).status_code == 200  # figures can be read and words written all the same
