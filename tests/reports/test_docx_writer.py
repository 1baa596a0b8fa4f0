"""The Word document is opened again and held against Decree 30/2020/NĐ-CP, Appendix I."""

import datetime
import io
import zipfile
from dataclasses import replace
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt

from hocvuso.reports.documents.docx_writer import write_docx
from hocvuso.reports.documents.layout import SIMULATED_MARK
from hocvuso.reports.documents.library import shipped
from hocvuso.reports.documents.model import (
    Annex,
    Bullet,
    Column,
    GroupRow,
    Heading,
    LegalDocument,
    Paragraph,
    Run,
    Signature,
    Table,
)

VILLAGES = Table(
    caption="Bảng 1. Người trưởng thành có kỹ năng số theo thôn, buôn",
    columns=(
        Column("STT", 12, "center"),
        Column("Thôn, buôn", 49),
        Column("Người trưởng thành", 28, "right"),
        Column("Kỳ này (người)", 25, "right"),
        Column("Lũy kế (người)", 27, "right"),
        Column("Tỷ lệ (%)", 22, "right"),
    ),
    rows=(
        GroupRow("Thôn"),
        *((str(n), f"Thôn {n}", str(600 + n), str(10 + n), str(300 + n), f"4{n % 10},5") for n in range(1, 19)),
        GroupRow("Buôn"),
        *((str(n), f"Buôn số {n}", str(400 + n), str(5 + n), str(150 + n), f"3{n % 10},5") for n in range(19, 31)),
    ),
    note="Ghi chú: mẫu số là người đủ 18 tuổi, cư trú trên địa bàn ngày 30/9/2025.",
)

RUNGS = Table(
    columns=(Column("Chỉ tiêu", 84), *(Column(f"Bậc {n}", 28, "right") for n in range(1, 7))),
    rows=(("Người dân được tiếp cận thông tin về chuyển đổi số", "1.204", "903", "611", "540", "402", "377"),) * 25,
)

COMMUNE = LegalDocument(
    form=shipped().forms["state"],
    agency="ỦY BAN NHÂN DÂN\nXÃ EA KAR",
    agency_name="Ủy ban nhân dân xã Ea Kar",
    symbol="BC-UBND",
    number="5",
    place="Ea Kar",
    date=datetime.date(2026, 2, 7),
    kind="BÁO CÁO",
    subject="Kết quả tuần thực hiện phong trào “Bình dân học vụ số”\n(từ ngày 31/01/2026 đến ngày 06/02/2026)",
    addressee="Kính gửi: Sở Khoa học và Công nghệ tỉnh Đắk Lắk.",
    grounds=(
        "Căn cứ Kế hoạch của Ủy ban nhân dân tỉnh về 100 ngày cao điểm thực hiện phong trào “Bình dân học vụ số”;",
        "Căn cứ Kế hoạch của Ủy ban nhân dân xã về triển khai phong trào trên địa bàn xã",
    ),
    body=(
        Paragraph("Ủy ban nhân dân xã Ea Kar báo cáo kết quả thực hiện trong tuần như sau:"),
        Heading(1, "I. Chỉ đạo, điều hành"),
        Paragraph(
            "Xã đã kiện toàn Ban Chỉ đạo và phân công từng thành viên theo dõi thôn, buôn, mỗi tuần họp một lần."
        ),
        Heading(1, "II. Kết quả thực hiện"),
        Heading(2, "1. Chỉ tiêu"),
        Heading(3, "a) Người dân"),
        Paragraph(
            (
                Run("Lũy kế đến hết kỳ, "),
                Run("9.846 người", bold=True),
                Run(" đạt đánh giá kỹ năng số cơ bản, trong đó "),
                Run("có minh chứng", italic=True),
                Run(" 9.102 người."),
            )
        ),
        VILLAGES,
        Heading(1, "III. Khó khăn, vướng mắc và nguyên nhân"),
        Bullet("Một số buôn chưa có sóng di động ổn định, tổ công nghệ số cộng đồng phải ghi sổ và nhập sau;"),
        Bullet("Người cao tuổi chưa có điện thoại thông minh."),
        Heading(1, "IV. Kiến nghị, đề xuất"),
        Paragraph("Đề nghị Sở Khoa học và Công nghệ hỗ trợ tài liệu song ngữ cho các lớp học buổi tối."),
    ),
    recipients=("- Như trên", "TT Đảng ủy, HĐND xã (b/c);", "- Các thôn, buôn;", "Lưu: VT, VHXH."),
    signature=Signature(("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Nguyễn Văn Bình"),
    simulated=True,
    annexes=(Annex("Số liệu theo bậc minh chứng", (RUNGS,), landscape=True),),
)

DEPARTMENT = LegalDocument(
    form=shipped().forms["state"],
    parent_agency="ỦY BAN NHÂN DÂN\nTỈNH ĐẮK LẮK",
    agency="SỞ KHOA HỌC VÀ CÔNG NGHỆ",
    agency_name="Sở Khoa học và Công nghệ tỉnh Đắk Lắk",
    symbol="BC-SKHCN",
    place="Đắk Lắk",
    kind="BÁO CÁO",
    subject="Kết quả tuần thực hiện phong trào “Bình dân học vụ số”",
    body=(Heading(1, "I. Kết quả"), VILLAGES),
    recipients=("UBND tỉnh (b/c)", "Lưu: VT, CĐS"),
    signature=Signature(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
    simulated=False,
    annexes=(Annex("Danh sách lớp", (Paragraph("Không có."),)), Annex("Số liệu", (RUNGS, RUNGS), landscape=True)),
)


def written(document: LegalDocument) -> bytes:
    file = io.BytesIO()
    write_docx(document, to=file)
    return file.getvalue()


def opened(document: LegalDocument) -> Document:
    return docx.Document(io.BytesIO(written(document)))


def mm(length: Length | None) -> int:
    assert length is not None
    return round(length / Mm(1))


def texts(package: Document) -> list[str]:
    """Every paragraph in reading order, those in tables too."""
    paragraphs = package.element.body.iter(qn("w:p"))
    return ["".join(piece.text or "" for piece in paragraph.iter(qn("w:t"))) for paragraph in paragraphs]


def looks(package: Document, words: str) -> dict[str, Any]:
    """The style of the first paragraph with these words: our paragraphs carry their form in nothing else."""
    for element in package.element.body.iter(qn("w:p")):
        if words in "".join(piece.text or "" for piece in element.iter(qn("w:t"))):
            identifier = element.find(qn("w:pPr")).find(qn("w:pStyle")).get(qn("w:val"))
            style: Any = next(style for style in package.styles if style.style_id == identifier)
            return {"size": style.font.size, "bold": bool(style.font.bold), "italic": bool(style.font.italic)}
    raise AssertionError(f"{words!r} is not in the document")


@pytest.mark.parametrize("document", [COMMUNE, DEPARTMENT], ids=["commune", "department"])
def test_paper_and_margins_are_the_decrees(document: LegalDocument) -> None:
    sections = opened(document).sections
    assert (mm(sections[0].page_width), mm(sections[0].page_height)) == (210, 297)
    for section in sections:
        margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        assert [mm(margin) for margin in margins] == [20, 20, 30, 15]
        # Word counts in twentieths of a point; rounded down, the margin would be less than the decree allows.
        assert all(margin is not None and margin >= Mm(mm(margin)) for margin in margins)


def test_annex_for_wide_tables_lies_down_and_counts_its_own_pages() -> None:
    _, portrait, landscape = opened(DEPARTMENT).sections
    assert (mm(portrait.page_width), mm(portrait.page_height)) == (210, 297)
    assert (mm(landscape.page_width), mm(landscape.page_height)) == (297, 210)
    for section in (portrait, landscape):
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"


def test_page_number_is_centred_in_the_top_margin_and_hidden_on_the_first_page() -> None:
    package = opened(COMMUNE)
    for section in package.sections:
        assert section.different_first_page_header_footer
        assert "PAGE" in section.header._element.xml
        assert "PAGE" not in section.first_page_header._element.xml
        assert mm(section.header_distance) < mm(section.top_margin)
    style: Any = package.styles["Header"]
    assert (style.font.size, style.paragraph_format.alignment) == (Pt(13), 1)


def test_every_letter_is_black_times_new_roman_in_vietnamese() -> None:
    package = opened(COMMUNE)
    default = package.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    fonts = default.find(qn("w:rFonts"))
    assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {"Times New Roman"}
    assert default.find(qn("w:color")).get(qn("w:val")) == "000000"
    assert default.find(qn("w:lang")).get(qn("w:val")) == "vi-VN"
    # Nothing may set another font or colour above these defaults.
    assert len(list(package.styles.element.iter(qn("w:rFonts"), qn("w:lang")))) == 2
    assert not list(package.element.body.iter(qn("w:rFonts"), qn("w:color")))


@pytest.mark.parametrize(
    ("words", "size", "bold", "italic"),
    [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, True, False),
        ("Độc lập - Tự do - Hạnh phúc", 13, True, False),
        ("XÃ EA KAR", 12, True, False),
        ("Số: ", 13, False, False),
        ("Ea Kar, ngày", 13, False, True),
        ("BÁO CÁO", 14, True, False),
        ("Kết quả tuần", 14, True, False),
        ("Căn cứ", 14, False, True),
        ("báo cáo kết quả", 14, False, False),
        ("PHÓ CHỦ TỊCH", 14, True, False),
        ("Nguyễn Văn Bình", 14, True, False),
        ("Nơi nhận:", 12, True, True),
        ("Lưu: VT", 11, False, False),
        ("Phụ lục", 14, True, False),
        ("(Kèm theo", 14, False, True),
    ],
)
def test_each_part_has_its_size_and_weight(words: str, size: int, bold: bool, italic: bool) -> None:
    assert looks(opened(COMMUNE), words) == {"size": Pt(size), "bold": bold, "italic": italic}


def test_body_text_is_justified_with_first_line_gap_and_spacing_of_the_decree() -> None:
    styles: Any = opened(COMMUNE).styles
    form = styles["Body Text"].paragraph_format
    assert (form.alignment, form.first_line_indent, form.space_before) == (3, Mm(12.7), Pt(6))
    assert 1 <= form.line_spacing <= 1.5


def test_parts_come_in_the_order_of_the_decree() -> None:
    found = texts(opened(COMMUNE))
    order = [
        "ỦY BAN NHÂN DÂNXÃ EA KAR",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 05/BC-UBND",
        "Ea Kar, ngày 07 tháng 02 năm 2026",
        "BÁO CÁO",
        "Kính gửi: Sở Khoa học và Công nghệ tỉnh Đắk Lắk.",
        "I. Chỉ đạo, điều hành",
        "Nơi nhận:",
        "TM. ỦY BAN NHÂN DÂN",
        "Nguyễn Văn Bình",
        "Phụ lụcSỐ LIỆU THEO BẬC MINH CHỨNG",
        "(Kèm theo Báo cáo số 05/BC-UBND ngày 07 tháng 02 năm 2026 của Ủy ban nhân dân xã Ea Kar)",
    ]
    places = [found.index(words) for words in order]
    assert places == sorted(places)


def test_what_the_clerk_has_not_given_yet_stays_blank() -> None:
    found = texts(opened(DEPARTMENT))
    blank = "\u00a0" * 6
    assert f"Số: {blank}/BC-SKHCN" in found
    assert "Đắk Lắk, ngày … tháng … năm …" in found
    assert "Phụ lục IDANH SÁCH LỚP" in found


def test_lines_hang_on_borders_of_the_right_length() -> None:
    lines = []
    for paragraph in opened(DEPARTMENT).element.body.iter(qn("w:p")):
        properties = paragraph.find(qn("w:pPr"))
        if properties.find(qn("w:pStyle")).get(qn("w:val")) == "Rule":
            lines.append(int(properties.find(qn("w:ind")).get(qn("w:left"))) * 25.4 / 1440)
    agency, motto, subject = lines
    # Words in millimetres by the widths of Times New Roman bold: 64.8 at 12 points, 57.1 at 13, 119.7 at 14.
    assert 64.8 / 3 <= 72 - 2 * agency <= 64.8 / 2
    assert 93 - 2 * motto == pytest.approx(57.1, abs=0.5)
    assert 119.7 / 3 <= 165 - 2 * subject <= 119.7 / 2


def test_grounds_and_recipients_end_as_the_decree_asks() -> None:
    found = texts(opened(COMMUNE))
    first, last = [line for line in found if line.startswith("Căn cứ")]
    assert first.endswith(";")
    assert not first.endswith(";;")
    assert last.endswith("xã.")
    start = found.index("Nơi nhận:") + 1
    expected = ["- Như trên;", "- TT Đảng ủy, HĐND xã (b/c);", "- Các thôn, buôn;", "- Lưu: VT, VHXH."]
    assert found[start : start + 4] == expected


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (Paragraph("Xin báo cáo."), "Xin báo cáo./."),
        (Bullet("Xin báo cáo./."), "Xin báo cáo./."),
        (Paragraph((Run("Xin "), Run("báo cáo;", bold=True))), "Xin báo cáo./."),
        (VILLAGES, "./."),
    ],
)
def test_end_mark_closes_the_body_once(last: Any, expected: str) -> None:
    found = texts(opened(replace(COMMUNE, body=(Paragraph("Mở đầu."), last), annexes=())))
    assert found[found.index("Nơi nhận:") - 1] == expected
    assert sum("./." in line for line in found) == 1


def test_recipients_and_signature_stay_together_with_the_last_words() -> None:
    package = opened(COMMUNE)
    table = package.tables[2]
    assert table.cell(0, 0).paragraphs[0].text == "Nơi nhận:"
    assert table.rows[0]._tr.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None
    before: Any = table._tbl.getprevious()
    assert before.find(qn("w:pPr")).find(qn("w:keepNext")) is not None


def test_simulated_figures_say_so_in_the_text_and_on_every_page() -> None:
    package = opened(COMMUNE)
    found = texts(package)
    assert found.index("BÁO CÁO") < found.index(SIMULATED_MARK) < found.index("I. Chỉ đạo, điều hành")
    for section in package.sections:
        assert SIMULATED_MARK in [paragraph.text for paragraph in section.header.paragraphs]
        assert SIMULATED_MARK in [paragraph.text for paragraph in section.first_page_header.paragraphs]
    assert package.core_properties.keywords == "dữ liệu mô phỏng"


def test_real_figures_carry_no_mark() -> None:
    with zipfile.ZipFile(io.BytesIO(written(DEPARTMENT))) as package:
        assert not [name for name in package.namelist() if SIMULATED_MARK in package.read(name).decode()]


def test_table_repeats_its_header_and_breaks_no_row() -> None:
    table = opened(COMMUNE).tables[1]
    header, *rows = [row._tr.find(qn("w:trPr")) for row in table.rows]
    assert header.find(qn("w:tblHeader")) is not None
    assert not [row for row in rows if row.find(qn("w:tblHeader")) is not None]
    assert not [row for row in (header, *rows) if row.find(qn("w:cantSplit")) is None]
    assert [round(column.width.mm) for column in table.columns if column.width] == [12, 49, 28, 25, 27, 22]
    assert len(table.rows) == 33
    alignments = [cell.paragraphs[0].alignment for cell in table.rows[2].cells]
    assert alignments == [1, 0, 2, 2, 2, 2]


def test_two_tables_in_a_row_do_not_grow_into_one() -> None:
    for element in opened(DEPARTMENT).element.body.iter(qn("w:tbl")):
        following = element.getnext()
        assert following.tag == qn("w:p")


def test_headings_are_words_own_so_that_navigation_works() -> None:
    package = opened(COMMUNE)
    names = [
        p.style.name for p in package.paragraphs if p.style and p.style.name and p.style.name.startswith("Heading")
    ]
    assert names == ["Heading 1", "Heading 1", "Heading 2", "Heading 3", "Heading 1", "Heading 1"]


def test_no_empty_paragraph_makes_space() -> None:
    """Without words are only the drawn lines and what Word needs after a table, each one point high."""
    for paragraph in opened(COMMUNE).element.body.iter(qn("w:p")):
        if not list(paragraph.iter(qn("w:t"))):
            style = paragraph.find(qn("w:pPr")).find(qn("w:pStyle")).get(qn("w:val"))
            assert style in {"Rule", "Separator"}


def test_properties_name_the_document_and_its_agency() -> None:
    properties = opened(COMMUNE).core_properties
    assert properties.title.startswith("Báo cáo Kết quả tuần")
    assert properties.author == "Ủy ban nhân dân xã Ea Kar"
    assert properties.language == "vi-VN"
    assert (properties.created, properties.modified) == (datetime.datetime(2026, 2, 7, tzinfo=datetime.UTC),) * 2
    assert properties.comments == ""


def test_same_document_is_the_same_file() -> None:
    assert written(COMMUNE) == written(COMMUNE)
    with zipfile.ZipFile(io.BytesIO(written(COMMUNE))) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_text_pasted_from_elsewhere_is_composed_and_cannot_break_the_file() -> None:
    pasted = Paragraph("Buo\u0302n\x0b Ma Thuo\u0323\u0302t\x00 <b>&")
    found = texts(opened(replace(COMMUNE, body=(pasted, Paragraph("Hết.")))))
    assert "Buôn Ma Thuột <b>&" in found


def test_table_wider_than_the_page_is_refused() -> None:
    wide = replace(RUNGS, caption="Bảng rộng")
    with pytest.raises(ValueError, match="'Bảng rộng' are 252 mm wide, the page has 165 mm"):
        written(replace(COMMUNE, body=(wide,)))


def test_row_with_a_missing_cell_is_refused() -> None:
    with pytest.raises(ValueError, match="table row 2 has 1 cells for 7 columns"):
        replace(RUNGS, rows=(*RUNGS.rows[:1], ("Thiếu",)))
