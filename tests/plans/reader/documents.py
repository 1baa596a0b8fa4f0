"""Small plans of invented offices, each in another layout, made when a test needs them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from typing import Any

COMMUNE = """ỦY BAN NHÂN DÂN
XÃ HÒA BÌNH

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 45/KH-UBND
Hòa Bình, ngày 12 tháng 8 năm 2025

KẾ HOẠCH
Triển khai phong trào “Bình dân học vụ số” trên địa bàn xã Hòa Bình giai đoạn 2025 - 2026

Căn cứ Kế hoạch số 112/KH-UBND ngày 10/7/2025 của Ủy ban nhân dân tỉnh Lâm Đồng, Ủy ban nhân dân xã Hòa Bình ban hành kế hoạch như sau:

Phần thứ nhất
MỤC TIÊU

1. Mục tiêu chung
Nâng cao kỹ năng số của người dân, trong đó chú trọng 04 nhóm đối tượng.
2. Mục tiêu cụ thể
a) Đến hết năm 2025
- Phấn đấu ít nhất 70% người dân trong độ tuổi trưởng thành có kiến thức cơ bản về chuyển đổi số, kỹ năng số.
- Tỷ lệ người trưởng thành có tài khoản định danh điện tử mức độ 2 đạt từ 85% trở lên; 100% (15/15) thôn có Tổ công nghệ số cộng đồng.
- Nâng tỷ lệ hồ sơ nộp trực tuyến từ 40% lên 60%.
- Mở tối thiểu 02 lớp/thôn về kỹ năng số cho người cao tuổi.
b) Đến hết năm 2026
- Không dưới 90% người dân trong độ tuổi trưởng thành được xác nhận đạt phổ cập kỹ năng số trên VNeID.
- 100% cán bộ, công chức xã sử dụng thành thạo các nền tảng số.
- Từ 30% đến 40% hộ kinh doanh có gian hàng trên sàn thương mại điện tử.

Phần thứ hai
NHIỆM VỤ, GIẢI PHÁP

Điều 1. Công tác tuyên truyền
1. Xây dựng chuyên mục “Bình dân học vụ số” trên trang thông tin điện tử của xã. Giao Phòng Văn hóa - Xã hội chủ trì, phối hợp với \
Trung tâm Phục vụ hành chính công xã và các thôn thực hiện; hoàn thành trước ngày 30/9/2025.
2. Tổ chức “Tuần lễ học số” tại 15 thôn (Chủ trì: Đoàn Thanh niên xã; phối hợp: Hội Liên hiệp Phụ nữ xã, Công an xã; thời gian: trong \
quý IV/2025).
Điều 2. Đào tạo
1. Công an xã chủ trì, phối hợp với Tổ công nghệ số cộng đồng các thôn hướng dẫn người dân kích hoạt tài khoản định danh điện tử; \
thường xuyên.

Phần thứ ba
TỔ CHỨC THỰC HIỆN

1. Phòng Văn hóa - Xã hội: Là cơ quan thường trực, theo dõi, đôn đốc; định kỳ trước ngày 20 hằng tháng và 06 tháng báo cáo \
Ủy ban nhân dân xã, Sở Khoa học và Công nghệ kết quả thực hiện.
2. Các thôn: Báo cáo kết quả hằng tuần về Phòng Văn hóa - Xã hội trước 16 giờ thứ Năm hằng tuần.
3. Báo cáo tổng kết gửi về Ủy ban nhân dân xã trước ngày 10/12/2026.
Trong quá trình triển khai, nếu có vướng mắc, các thôn phản ánh về Phòng Văn hóa - Xã hội để tổng hợp, báo cáo Ủy ban nhân dân xã./.

Nơi nhận:
- UBND tỉnh;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Nguyễn Văn An
"""

CITY = """ỦY BAN NHÂN DÂN
THÀNH PHỐ HẢI PHÒNG

KẾ HOẠCH
Triển khai Phong trào “Bình dân học vụ số” trên địa bàn thành phố năm 2026

Căn cứ Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị;
Ủy ban nhân dân thành phố Hải Phòng ban hành Kế hoạch triển khai Phong trào “Bình dân học vụ số” năm 2026 như sau:

A. MỤC TIÊU
I. Mục tiêu tổng quát
Phổ cập kỹ năng số toàn dân.
II. Mục tiêu cụ thể đến hết năm 2026
1. Về cán bộ, công chức: 100% được đánh giá kỹ năng số, trong đó ít nhất 80% đạt mức thành thạo.
2. Về người dân: phấn đấu trên 75% người dân từ 18 tuổi trở lên được xác nhận phổ cập kỹ năng số trên VNeID (tương ứng \
1.200.000/2.000.000 người); 60% hộ gia đình được công nhận “Gia đình số”.
3. Mỗi xã, phường, đặc khu thành lập ít nhất 03 Tổ công nghệ số cộng đồng, mỗi tổ có từ 05 thành viên trở lên.
B. NHIỆM VỤ
I. Tuyên truyền
1. Sở Văn hóa và Thể thao chủ trì, phối hợp với Báo và Phát thanh, truyền hình Hải Phòng, các cơ quan báo chí xây dựng chuyên mục; \
thời gian hoàn thành: Quý I/2026.
2. Tổ chức cuộc thi trực tuyến tìm hiểu kỹ năng số (Thành đoàn chủ trì, Sở Giáo dục và Đào tạo phối hợp; hoàn thành trong tháng 10/2026).
II. Đào tạo
3. Biên soạn tài liệu, video hướng dẫn bằng ngôn ngữ dễ hiểu.
* Phân công thực hiện:
- Chủ trì: Sở Khoa học và Công nghệ.
- Phối hợp: Trường Đại học Hải Phòng, các doanh nghiệp viễn thông.
* Thời gian: Từ tháng 02/2026 đến tháng 6/2026.
* Sản phẩm: Bộ tài liệu số.
C. TỔ CHỨC THỰC HIỆN
1. Sở Khoa học và Công nghệ
a) Là cơ quan thường trực, tham mưu Ủy ban nhân dân thành phố.
b) Định kỳ hằng quý (trước ngày 20 của tháng cuối quý), 6 tháng, năm tổng hợp, báo cáo Ủy ban nhân dân thành phố và Ban Chỉ đạo thành phố.
2. Các sở, ban, ngành, UBND các xã, phường, đặc khu
a) Xây dựng kế hoạch triển khai trước ngày 15/02/2026.
b) Báo cáo kết quả thực hiện định kỳ tháng, quý về Sở Khoa học và Công nghệ chậm nhất ngày 18.
c) Báo cáo đột xuất theo yêu cầu của Ủy ban nhân dân thành phố.
(Chi tiết tại Phụ lục II kèm theo)
Nơi nhận:
- Như trên;
"""

FLATTENED = """PHÒNG VĂN HÓA
KẾ HOẠCH
Phổ cập kỹ năng số cho học sinh năm học 2025 - 2026
I. CHỈ TIÊU
Phấn đấu đến tháng 5/2026:
+ 95% học sinh lớp 3 trở lên biết sử dụng thiết bị số an toàn;
+ 100% giáo viên ứng dụng trí tuệ nhân tạo trong dạy học.
II. NỘI DUNG
STT
Nội dung công việc
Người phụ trách
Đơn vị phối hợp
Thời gian
Ghi chú
1
Thành lập tổ cốt cán số ở mỗi trường
Hiệu trưởng các trường
Công đoàn trường
Tháng 9/2025
2
Tổ chức hội thi “Em học kỹ năng số” cấp trường và cấp xã cho học sinh
tiểu học và trung học cơ sở
Phòng Văn hóa - Xã hội
Đoàn xã; Hội đồng Đội
xã
Tháng 3/2026
3
STT
Nội dung công việc
Người phụ trách
Đơn vị phối hợp
Thời gian
Ghi chú
3
Dạy học ngoại khóa về an toàn trên không gian mạng
Các trường
Công an xã
Hằng tháng
III. CHẾ ĐỘ BÁO CÁO
Các trường báo cáo kết quả trước ngày 25/5/2026 về Phòng Văn hóa - Xã hội.
"""

WARD_INDICATORS = (
    ("STT", "Chỉ tiêu", "ĐVT", "Mức phấn đấu", "", "Đơn vị theo dõi"),
    ("", "", "", "Năm 2025", "Năm 2026", ""),
    (
        "1",
        "Tỷ lệ người dân trong độ tuổi trưởng thành có kỹ năng số cơ bản",
        "%",
        "≥ 70",
        "≥ 90",
        "Phòng Văn hóa - Xã hội",
    ),
    ("2", "Tỷ lệ người dân trưởng thành được xác nhận phổ cập trên VNeID", "%", "Trên 60", "Trên 80", "Công an phường"),
    ("3", "Số lớp học cộng đồng mỗi khu phố", "lớp/khu phố", "02", "04", "Các khu phố"),
    ("4", "Hộ kinh doanh thanh toán không dùng tiền mặt", "hộ", "500", "1.200", "Phòng Kinh tế, Hạ tầng và Đô thị"),
    ("5", "Thành lập Tổ công nghệ số cộng đồng", "tổ", "12", "-", "UBND phường"),
)
WARD_TASKS = (
    ("TT", "Thời hạn", "Sản phẩm", "Đơn vị chủ trì", "Nội dung công việc", "Đơn vị phối hợp"),
    ("A", "", "", "", "Tuyên truyền", ""),
    (
        "1",
        "Tháng 9/2025",
        "Kế hoạch",
        "Phòng Văn hóa - Xã hội",
        "Xây dựng tin bài về phong trào trên hệ thống loa",
        "Các khu phố; Đoàn phường",
    ),
    (
        "2",
        "Thường xuyên",
        "Báo cáo",
        "Đoàn phường",
        "Ra quân hướng dẫn người dân tại chợ",
        "Hội LHPN phường, Hội Nông dân phường",
    ),
    ("B", "", "", "", "Đào tạo", ""),
    (
        "3",
        "Trước 30/11/2025",
        "Danh sách",
        "Phòng Văn hóa - Xã hội",
        "Mở lớp cho người cao tuổi",
        "Trạm Y tế, Hội Người cao tuổi",
    ),
    ("4", "Sau khi Bộ ban hành khung", "", "Công an phường", "Xác nhận trên VNeID cho người trưởng thành", ""),
)


@cache
def ward_docx() -> bytes:
    """A ward's plan in Word: the letterhead is a table; values by year; tasks with their columns in another order."""
    import docx

    document = docx.Document()
    head = document.add_table(1, 2)
    head.cell(0, 0).text = "ỦY BAN NHÂN DÂN\nPHƯỜNG AN PHÚ"
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    numbers = document.add_table(1, 2)
    numbers.cell(0, 0).text, numbers.cell(0, 1).text = "Số: 88/KH-UBND", "An Phú, ngày 03 tháng 9 năm 2025"
    for text in (
        "KẾ HOẠCH",
        "Triển khai phong trào “Bình dân học vụ số” năm 2025 và năm 2026 trên địa bàn phường",
        "Căn cứ Kế hoạch số 301/KH-UBND ngày 15/7/2025 của UBND thành phố; Ủy ban nhân dân phường An Phú ban hành Kế hoạch như sau:",
        "I. MỤC TIÊU",
        "Các chỉ tiêu cụ thể nêu tại bảng dưới đây:",
    ):
        document.add_paragraph(text)
    table = _table(document, WARD_INDICATORS)
    table.cell(0, 3).merge(table.cell(0, 4))
    for column in (0, 1, 2, 5):
        table.cell(0, column).merge(table.cell(1, column))
    document.add_paragraph("II. NHIỆM VỤ")
    tasks = _table(document, WARD_TASKS)
    tasks.cell(2, 5).merge(tasks.cell(3, 5)).text = "Các khu phố"
    for text in (
        "III. TỔ CHỨC THỰC HIỆN",
        "1. Phòng Văn hóa - Xã hội",
        "Tham mưu UBND phường; tổng hợp, báo cáo Sở Khoa học và Công nghệ định kỳ hằng quý (trước ngày 15 tháng cuối quý).",
        "2. Các khu phố, trường học: hằng tháng gửi báo cáo về Phòng Văn hóa - Xã hội trước ngày 20.",
    ):
        document.add_paragraph(text)
    return _saved(document)


def numbered_docx() -> bytes:
    """Numbers that Word makes by itself stand in no paragraph's text."""
    import docx

    document = docx.Document()
    document.add_paragraph("CHỈ TIÊU")
    for text in (
        "80% người dân trưởng thành có kỹ năng số năm 2025",
        "100% thôn có Tổ công nghệ số cộng đồng năm 2025",
    ):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("Mở lớp", style="List Bullet")
    return _saved(document)


def _table(document: Any, rows: Sequence[Sequence[str]]) -> Any:
    table = document.add_table(len(rows), len(rows[0]))
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(number, column).text = text
    return table


def _saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def province_typst(rows: int, *, size: int = 11) -> str:
    """A province's plan with an annex table of `rows` tasks that runs over pages, as typst source."""
    head = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian thực hiện", "Kết quả")
    body = [
        (
            str(number),
            f"Nhiệm vụ thứ {number}: hướng dẫn người dân sử dụng dịch vụ công trực tuyến và nền tảng số dùng chung tại khu vực {number}",
            "Sở Khoa học và Công nghệ" if number % 2 else "Sở Văn hóa, Thể thao và Du lịch; Tỉnh đoàn",
            "Các sở, ban, ngành; UBND các xã, phường",
            f"Tháng {number % 12 + 1}/2026",
            "Báo cáo",
        )
        for number in range(1, rows + 1)
    ]
    cells = ",".join(f"[{text}]" for row in body for text in row)
    heads = ",".join(f"[{text}]" for text in head)
    return f"""#set page(paper:"a4", margin:2cm, numbering:"1")
#set text(font:"Libertinus Serif", size:13pt, lang:"vi")
#grid(columns:(1fr,1.3fr), align:center, [ỦY BAN NHÂN DÂN\\ *TỈNH LÀO CAI*],
  [*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM*\\ Độc lập - Tự do - Hạnh phúc])
#grid(columns:(1fr,1.3fr), align:center, [Số: 215/KH-UBND], [_Lào Cai, ngày 20 tháng 01 năm 2026_])
#align(center)[*KẾ HOẠCH*\\ *Triển khai phong trào “Bình dân học vụ số” năm 2026*]
#set par(justify:true, first-line-indent:(amount:1cm, all:true))
Thực hiện Nghị quyết số 57-NQ/TW#super[1] ngày 22/12/2024 của Bộ Chính trị; Ủy ban nhân dân tỉnh Lào Cai ban hành Kế hoạch như sau:

*I. CHỈ TIÊU NĂM 2026*

1\\. 100% cán bộ, công chức, viên chức được tập huấn kỹ năng số và trí tuệ nhân tạo, sử dụng thành thạo các nền tảng số.

2\\. Mỗi xã, phường duy trì ít nhất 01 điểm học tập cộng đồng về kỹ năng số; phấn đấu 50% thôn, bản có lớp học.

*II. TỔ CHỨC THỰC HIỆN*

1\\. UBND các xã, phường: Định kỳ hằng tháng báo cáo kết quả thực hiện về Sở Khoa học và Công nghệ trước ngày 25.
#pagebreak()
#align(center)[*PHỤ LỤC*\\ *DANH MỤC NHIỆM VỤ*]
#set par(justify:false, first-line-indent:0pt)
#set text(size:{size}pt)
#table(columns:(auto,2.2fr,1.2fr,1.2fr,1fr,auto), table.header({heads}), {cells})
"""


@cache
def province_pdf(rows: int = 25) -> bytes:
    return typst_pdf(province_typst(rows))


def typst_pdf(source: str) -> bytes:
    import tempfile
    from pathlib import Path

    import typst

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "document.typ"
        path.write_text(source, encoding="utf-8")
        made: bytes = typst.compile(str(path))
        return made


YOUTH_HTML = """<html><head><title>x</title><meta charset="utf-8"></head><body><nav><ul><li>100% dịch vụ</li></ul></nav><div>
<p><b>TỈNH ĐOÀN NGHỆ AN</b><br>***<br>Số: 56-KH/TĐTN-PTr</p><p><i>Nghệ An, ngày 14 tháng 8 năm 2025</i></p>
<h1>KẾ HOẠCH</h1><p>Chiến dịch “Thanh niên phổ cập kỹ năng số” năm 2025</p>
<p>Thực hiện Kế hoạch số 301-KH/TU ngày 02/6/2025 của Tỉnh ủy, Ban Thường vụ Tỉnh đoàn xây dựng kế hoạch chiến dịch như sau:</p>
<h2>I. Mục đích – yêu cầu</h2><p>- Phát huy vai trò xung kích của thanh niên.</p>
<h2>II. Chỉ tiêu</h2><ul><li>Thành lập mới 130 đội hình tình nguyện số cấp xã;</li><li>100% cơ sở đoàn cấp xã ra quân<sup>2</sup>;</li>
<li>Mỗi đội hình hướng dẫn tối thiểu 200 lượt người dân;</li></ul>
<h2>III. Nội dung</h2>
<table><tr><th>Nội dung</th><th>Phân công</th><th>Thời gian</th></tr>
<tr><td>1. Tập huấn lực lượng nòng cốt</td>
<td>Chủ trì: Ban Phong trào Tỉnh đoàn<br>Phối hợp: Sở Khoa học và Công nghệ</td><td>Tháng 8/2025</td></tr>
<tr><td>2. Ra quân đồng loạt</td><td>Chủ trì: Các xã đoàn, phường đoàn</td><td rowspan="2">15/9 - 15/10/2025</td></tr>
<tr><td>3. Tổ chức “Ngày hội kỹ năng số”</td><td>Chủ trì: Trung tâm Hoạt động thanh thiếu nhi tỉnh</td></tr></table>
<h2>IV. Tổ chức thực hiện</h2>
<p>1. Các xã đoàn, phường đoàn: Xây dựng kế hoạch triển khai, gửi về Tỉnh đoàn trước ngày 25/8/2025; báo cáo kết quả chiến dịch về
Tỉnh đoàn (qua Ban Phong trào) trước ngày 05/12/2025.</p></div><footer>Bản quyền 100%</footer></body></html>"""

ROWS_ON_LINES = """KẾ HOẠCH
Triển khai kỹ năng số xã Tân Lập năm 2025
II. NHIỆM VỤ
TT Nội dung Đơn vị chủ trì Đơn vị phối hợp Thời gian
1 Mở lớp tập huấn cho cán bộ thôn Phòng Văn hóa - Xã hội Công an xã Tháng 9/2025
2 Hỗ trợ người dân kích hoạt tài khoản định danh Công an xã Các thôn Thường xuyên
3 Tổ chức ngày hội số tại nhà văn hóa trung
tâm xã
Đoàn Thanh niên xã
Hội Phụ nữ xã
Quý IV/2025
III. TỔ CHỨC THỰC HIỆN
1. Các thôn báo cáo kết quả hằng tháng về UBND xã.
"""

VALUES_ON_LINES = """KẾ HOẠCH
Triển khai kỹ năng số xã Tân Lập giai đoạn 2025 - 2026
I. MỤC TIÊU
TT Chỉ tiêu ĐVT Năm 2025 Năm 2026 Cơ quan theo dõi
1 Tỷ lệ người dân trưởng thành có kỹ năng số cơ bản % 70 90 Phòng Văn hóa - Xã hội
2 Tỷ lệ cán bộ, công chức sử dụng thành thạo nền tảng số
%
≥ 95
100
Văn phòng HĐND và UBND xã
3 Số lớp học cộng đồng
lớp
12
24
Các thôn
II. TỔ CHỨC THỰC HIỆN
1. Các thôn báo cáo kết quả hằng tháng về UBND xã.
"""
