from __future__ import annotations

import io
import time
import unicodedata
import zipfile
from collections.abc import Callable

import pytest

from hocvuso.lib.errors import BadInput
from hocvuso.plans.reader.load import LARGEST, demand_size, load
from hocvuso.plans.reader.load.source import Line, Source, Table
from tests.plans.reader import documents


def texts(source: Source) -> list[str]:
    return [part.text for part in source.parts if isinstance(part, Line)]


def tables(source: Source) -> list[Table]:
    return [part for part in source.parts if isinstance(part, Table)]


def test_text_keeps_its_lines_their_numbers_and_the_gaps_between() -> None:
    source = load("Một\n\nHai\nBa\n\fBốn".encode(), name="a.txt")
    assert [(line.text.strip(), line.line, line.gap) for line in source.parts if isinstance(line, Line)] == [
        ("Một", 1, False), ("Hai", 3, True), ("Ba", 4, False), ("Bốn", 5, False),
    ]  # fmt: skip
    assert [line.page for line in source.parts] == [None, None, None, 2]


def test_word_gives_tables_in_their_place_with_merged_cells_once() -> None:
    source = load(documents.ward_docx(), name="a.docx")
    indicators, tasks = tables(source)[-2:]
    heads = {cell.text: (cell.rows, cell.columns) for cell in indicators.cells if cell.row == 0}
    assert heads["Mức phấn đấu"] == (1, 2)
    assert heads["Chỉ tiêu"] == (2, 1)
    shared = [cell for cell in tasks.cells if cell.text.startswith("Các khu phố") and cell.rows == 2]
    assert [(cell.row, cell.column) for cell in shared] == [(2, 5)]
    kinds = ["table" if isinstance(part, Table) else part.text for part in source.parts]
    assert kinds.index("I. MỤC TIÊU") < kinds.index("table", 4) < kinds.index("II. NHIỆM VỤ")


def test_numbers_that_word_makes_by_itself_are_read() -> None:
    assert texts(load(documents.numbered_docx(), name="a.docx")) == [
        "CHỈ TIÊU",
        "1. 80% người dân trưởng thành có kỹ năng số năm 2025",
        "2. 100% thôn có Tổ công nghệ số cộng đồng năm 2025",
        "- Mở lớp",
    ]


def test_pdf_gives_ruled_tables_of_every_page_and_columns_of_the_head_one_after_the_other() -> None:
    source = load(documents.province_pdf(), name="a.pdf")
    lines = [unicodedata.normalize("NFC", text) for text in texts(source)]
    assert lines.index("TỈNH LÀO CAI") < next(at for at, text in enumerate(lines) if text.startswith("CỘNG HÒA"))
    assert any("57-NQ/TW ngày" in text for text in lines)  # the raised mark of a footnote is no figure
    assert len(tables(source)) >= 2
    assert all(max(cell.column for cell in table.cells) == 5 for table in tables(source))
    assert "Sở Khoa học" in tables(source)[0].cells[8].text


def test_html_leaves_menus_and_footers_out_and_reads_merged_cells() -> None:
    source = load(documents.YOUTH_HTML.encode(), name="a.html")
    assert not any("100% dịch vụ" in text or "Bản quyền" in text for text in texts(source))
    assert "- 100% cơ sở đoàn cấp xã ra quân;" in texts(source)
    (table,) = tables(source)
    assert [(cell.row, cell.rows) for cell in table.cells if cell.text.startswith("15/9")] == [(2, 2)]


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"<a>" + b" " * 80_000_000 + b"</a>")
    return out.getvalue()


def other_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("a.txt", "a")
    return out.getvalue()


# A page of nothing: an empty PDF, written by hand.
EMPTY_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
)
# The same, locked: a standard security handler whose user password is not the empty one.
LOCKED_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"4 0 obj<</Filter/Standard/V 1/R 2/P -4/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">>>endobj\n"
    b"trailer<</Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]>>\n%%EOF"
)


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "a.txt", "trống"),
        (b"abc", "a.xlsx", "Không đọc loại tệp"),
        ("chữ".encode("utf-16-be"), "a.txt", "UTF-8|văn bản"),
        (b"12 345 --", "a.txt", "không có chữ nào"),
        (b"PK\x03\x04 broken", "a.docx", "đã hỏng"),
        (other_zip(), "a.docx", "không phải là văn bản Word"),
        (bomb, "a.docx", "quá lớn so với cỡ"),
        (b"%PDF-1.4 broken", "a.pdf", "đã hỏng"),
        (b"no pdf", "a.pdf", "không phải là PDF"),
        (EMPTY_PDF, "a.pdf", "không có chữ nào"),
        (LOCKED_PDF, "a.pdf", "có mật khẩu"),
        (b"\xd0\xcf\x11\xe0 old", "a.doc", "Word đời cũ"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(
    data: bytes | Callable[[], bytes], name: str, says: str
) -> None:
    with pytest.raises(BadInput, match=says):
        load(data() if callable(data) else data, name=name)


def test_a_file_that_is_too_large_is_refused_before_it_is_read() -> None:
    with pytest.raises(BadInput, match="quá lớn"):
        demand_size(LARGEST + 1, name="a.pdf")


def scan(megabytes: int, pages: int) -> bytes:
    """Pages that hold nothing but a picture."""
    picture = b"\x80" * (megabytes * 1_000_000 // pages)
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", *[b""] * pages]
    kids = []
    for page in range(pages):
        number = 3 + pages + 2 * page
        kids.append(f"{3 + page} 0 R")
        objects[2 + page] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</I {number} 0 R>>>>/Contents {number + 1} 0 R>>".encode()
        )
        head = f"<</Type/XObject/Subtype/Image/Width 1000/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length {len(picture)}>>stream\n"
        objects.append(head.encode() + picture + b"\nendstream")
        objects.append(b"<</Length 26>>stream\nq 595 0 0 842 0 0 cm /I Do Q\nendstream")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {pages}>>".encode()
    body = b"%PDF-1.4\n" + b"".join(b"%d 0 obj" % (n + 1) + thing + b"endobj\n" for n, thing in enumerate(objects))
    return body + b"trailer<</Root 1 0 R>>\n%%EOF"


def test_a_scan_of_fifty_megabytes_is_told_in_time_to_have_no_text() -> None:
    data = scan(50, 20)
    start = time.process_time()
    with pytest.raises(BadInput, match="OCR"):
        load(data, name="a.pdf")
    assert time.process_time() - start < 5
