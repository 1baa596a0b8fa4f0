"""The PDF is opened again: paper, margins, letters, numbers of pages, marks; the same words in the same order as the Word file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest

from hocvuso.reports.documents.layout import SIMULATED_MARK
from hocvuso.reports.documents.library import shipped
from hocvuso.reports.documents.model import Annex, LegalDocument, Paragraph
from hocvuso.reports.documents.pdf_writer import pdf_of
from tests.reports.test_docx_writer import COMMUNE, DEPARTMENT, RUNGS

POINTS = 72 / 25.4
PARTY = replace(COMMUNE, form=shipped().forms["party"], symbol="BC/VPTU")


@contextmanager
def opened(document: LegalDocument) -> Iterator[Any]:
    pdf = pypdfium2.PdfDocument(io.BytesIO(pdf_of(document)))
    try:
        yield pdf
    finally:
        pdf.close()


def texts(pdf: Any) -> list[str]:
    return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in pdf]


def edges(page: Any) -> tuple[float, float, float, float]:
    """Left, right, top and bottom edge of all letters, in millimetres from the edges of the paper."""
    text = page.get_textpage()
    boxes = [text.get_charbox(n) for n in range(text.count_chars()) if text.get_text_range(n, 1).strip()]
    width, height = page.get_size()
    found = (
        min(b[0] for b in boxes),
        width - max(b[2] for b in boxes),
        height - max(b[3] for b in boxes),
        min(b[1] for b in boxes),
    )
    left, right, top, bottom = (edge / POINTS for edge in found)
    return left, right, top, bottom


@pytest.mark.parametrize("document", [COMMUNE, PARTY], ids=["state", "party"])
def test_the_page_is_the_forms(document: LegalDocument) -> None:
    margins = document.form.margins
    with opened(replace(document, simulated=False)) as pdf:
        assert tuple(round(side / POINTS) for side in pdf[0].get_size()) == (210, 297)
        left, right, top, bottom = edges(pdf[0])
        # Letters lie inside the margins; an italic one may hang over by a hair.
        assert margins.left - 0.5 <= left <= margins.left + 2
        assert right >= margins.right - 0.5
        assert margins.top - 0.5 <= top <= margins.top + 3
        assert bottom >= margins.bottom - 0.5
        last = pdf[len(pdf) - 1]
        assert tuple(round(side / POINTS) for side in last.get_size()) == (297, 210)


def test_pages_are_numbered_from_the_second_and_anew_in_each_annex() -> None:
    long = replace(RUNGS, rows=RUNGS.rows * 3)
    annexes = (Annex("A", (long,), landscape=True), Annex("B", (long,), landscape=True))
    with opened(replace(DEPARTMENT, simulated=False, annexes=annexes)) as pdf:
        first_lines = [text.strip().split("\n")[0] for text in texts(pdf)]
    starts = [0, *(at for at, line in enumerate(first_lines) if line.startswith("Phụ lục")), len(first_lines)]
    assert len(starts) == 4
    for start, end in zip(starts, starts[1:], strict=False):
        assert first_lines[start + 1 : end] == [str(number) for number in range(2, end - start + 1)]
    assert starts[2] - starts[1] > 2


def test_the_words_are_those_of_the_word_file_in_its_order() -> None:
    with opened(COMMUNE) as pdf:
        whole = " ".join("\n".join(texts(pdf)).split())
    order = [
        "ỦY BAN NHÂN DÂN XÃ EA KAR", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Số: 05/BC-UBND",
        "Ea Kar, ngày 07 tháng 02 năm 2026", "BÁO CÁO", "Kính gửi:", SIMULATED_MARK, "I. CHỈ ĐẠO, ĐIỀU HÀNH", "Thôn 18", "buổi tối./.",
        "Nơi nhận:", "PHÓ CHỦ TỊCH", "Phụ lục", "Kèm theo Báo cáo số 05/BC-UBND",
    ]  # fmt: skip
    places: list[int] = []
    for words in order:
        places.append(whole.index(words, places[-1] if places else 0))
    assert whole.count(SIMULATED_MARK) >= 3  # in the text and above every page


def test_it_is_tagged_named_and_carries_its_letters() -> None:
    made = pdf_of(COMMUNE)
    assert b"/MarkInfo" in made or b"/StructTreeRoot" in made
    assert b"pdfuaid" in made
    assert b"LiberationSerif" in made
    assert b"/Lang" in made
    with opened(COMMUNE) as pdf:
        about = pdf.get_metadata_dict()
    assert about["Title"].startswith("Báo cáo Kết quả tuần")
    assert about["Author"] == "Ủy ban nhân dân xã Ea Kar"
    assert about["Keywords"] == "dữ liệu mô phỏng"
    assert about["CreationDate"].startswith("D:20260207")


def test_the_same_document_is_the_same_file_and_no_text_is_read_as_markup() -> None:
    odd = replace(
        COMMUNE, body=(Paragraph('#read("x") *a* _b_ $c$ @d <e> \\f \x0b\x00 [g]'), Paragraph("Hết.")), annexes=()
    )
    assert pdf_of(odd) == pdf_of(odd)
    with opened(odd) as pdf:
        assert '#read("x") *a* _b_ $c$ @d <e> \\f [g]' in " ".join("".join(texts(pdf)).split())
