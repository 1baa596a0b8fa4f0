"""What may be attached, and that what is refused leaves nothing behind."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from hocvuso.attachments.actions import add_attachment
from hocvuso.attachments.models import Attachment
from hocvuso.attachments.queries import file_of
from hocvuso.attachments.rules import LARGEST, Kind, is_plain_name, kind_of
from hocvuso.lib.errors import BadInput

PDF = b"%PDF-1.7 trang mot"


@pytest.fixture(autouse=True)
def uploads(tmp_path: Path, settings: object) -> Path:
    settings.UPLOADS_DIR = tmp_path / "uploads"  # type: ignore[attr-defined]
    return tmp_path / "uploads"


def package(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name in names:
            file.writestr(name, "")
    return made.getvalue()


def test_the_kind_is_told_by_the_bytes() -> None:
    assert kind_of(PDF) is Kind.PDF
    assert kind_of(package("word/document.xml")) is Kind.DOCX
    assert kind_of(package("xl/workbook.xml")) is Kind.XLSX
    assert kind_of(package("word/document.xml", "word/vbaProject.bin")) is None
    assert kind_of(package("readme.txt")) is None
    assert kind_of(b"PK but no package") is None
    assert kind_of(b"MZ\x90 a program") is None


def test_a_name_is_a_name_and_no_path() -> None:
    assert is_plain_name("Báo cáo tuần 42 (đã ký).pdf")
    for name in ("../../etc/passwd", "a/b.pdf", "a\\b.pdf", ".pdf", "", " ", "a\0.pdf", "a\n.pdf", "dài" * 60 + ".pdf"):
        assert not is_plain_name(name), name


@pytest.mark.django_db
def test_a_file_is_kept_as_it_was_and_for_nobody_else() -> None:
    made = add_attachment(PDF, name="bao-cao.pdf", by="1")
    assert file_of(made).read_bytes() == PDF
    assert file_of(made).stat().st_mode & 0o077 == 0
    assert (made.kind, made.size) == ("pdf", len(PDF))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (PDF, "../bao-cao.pdf", "tên trơn"),
        (b"", "bao-cao.pdf", "trống"),
        (PDF + b"0" * LARGEST, "bao-cao.pdf", "20 MB"),
        (b"MZ\x90 a program", "bao-cao.pdf", "Chỉ nhận"),
        (PDF, "bao-cao.docx", "không khớp"),
    ],
)
def test_what_cannot_be_attached_is_refused_and_leaves_nothing(
    data: bytes, name: str, says: str, uploads: Path
) -> None:
    with pytest.raises(BadInput, match=says):
        add_attachment(data, name=name, by="1")
    assert not Attachment.objects.exists()
    assert not uploads.exists()
