"""A province's plan in Word: targets only in a table, a column a year; tasks with labelled lines; an annex that is not there."""

from __future__ import annotations

from pathlib import Path

from tests.make.plan_documents.word import centred, grid, head, heading, new_document, paragraphs, signature

PREAMBLE = """
Căn cứ Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về đột phá phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số quốc gia;
Thực hiện Kế hoạch số 01-KH/BCĐTW ngày 21/3/2025 của Ban Chỉ đạo Trung ương và Kế hoạch số 31-KH/TU ngày 02/6/2025 của Tỉnh ủy Trường Giang,
Ủy ban nhân dân tỉnh ban hành Kế hoạch phổ cập kỹ năng số cho Nhân dân giai đoạn 2025 - 2027 với các nội dung sau:
**I. MỤC ĐÍCH, YÊU CẦU
1. Giúp người dân của cả 124 xã, phường trong tỉnh có đủ 06 nhóm kỹ năng số thiết yếu, tự mình làm được việc của mình trên môi trường số.
2. Mỗi nhiệm vụ chỉ giao cho một cơ quan chịu trách nhiệm chính; kết quả phải đo đếm được, không chạy theo số lượng.
3. Ưu tiên người từ 60 tuổi trở lên, người khuyết tật, đồng bào dân tộc thiểu số ở 27 xã vùng cao.
**II. MỤC TIÊU
Mục tiêu của từng năm (tính đến ngày 31 tháng 12) và kết quả đã có tại thời điểm ban hành Kế hoạch như sau:
"""

TARGETS: list[list[str | None]] = [
    ["TT", "Nội dung mục tiêu", "Đơn vị tính", "Kết quả đến 30/6/2025", "Mục tiêu", "<", "<", "Cơ quan chủ trì theo dõi"],
    [None, None, None, None, "Năm 2025", "Năm 2026", "Năm 2027", None],
    ["A", "Cơ quan nhà nước", "<", "<", "<", "<", "<", "<"],
    ["1", "Cán bộ, công chức, viên chức, người lao động trong cơ quan nhà nước sử dụng được nền tảng số để xử lý công việc",
     "%", "71,4", "90", "100", "100", "Sở Khoa học và Công nghệ"],
    ["B", "Học sinh, sinh viên", "<", "<", "<", "<", "<", "<"],
    ["2", "Học sinh từ lớp 6 trở lên và sinh viên được trang bị kỹ năng số, kỹ năng an toàn trên mạng",
     "%", "64", "≥ 85", "100", "100", "Sở Giáo dục và Đào tạo"],
    ["C", "Người dân, hộ gia đình", "<", "<", "<", "<", "<", "<"],
    ["3", "Người dân trong độ tuổi trưởng thành có kỹ năng số thiết yếu", "%", "38,2", "60", "75", "> 85",
     "Sở Khoa học và Công nghệ"],
    ["4", "Người từ đủ 18 tuổi trở lên được xác nhận phổ cập kỹ năng số trên VNeID", "người", "118.000", "420.000",
     "690.000", "900.000", "Công an tỉnh"],
    ["5", "Hộ gia đình có ít nhất một thành viên nộp được hồ sơ trực tuyến", "%", "-", "-", "50", "70",
     "Sở Văn hóa, Thể thao và Du lịch"],
    ["D", "Doanh nghiệp, hợp tác xã, hộ kinh doanh", "<", "<", "<", "<", "<", "<"],
    ["6", "Người lao động trong doanh nghiệp, hợp tác xã có kiến thức cơ bản về công nghệ số", "%", "41", "65", "80", "95",
     "Sở Nội vụ; Liên đoàn Lao động tỉnh"],
    ["7", "Hộ kinh doanh nhận thanh toán không dùng tiền mặt", "hộ/xã, phường", "12", "≥ 30", "≥ 50", "-",
     "Sở Công Thương"],
    ["E", "Cộng đồng", "<", "<", "<", "<", "<", "<"],
    ["8", "Thôn, tổ dân phố có Tổ công nghệ số cộng đồng hoạt động thường xuyên", "%", "82", "100", "100", "100",
     "Ủy ban nhân dân các xã, phường"],
]  # fmt: skip

TASKS = """
Ghi chú: dấu (-) là chưa đặt mục tiêu. Toàn tỉnh có 1.050.000 người từ đủ 18 tuổi trở lên (số liệu tháng 5/2025), do đó mục tiêu 420.000 người của năm 2025 tương đương 45%.
**III. NHIỆM VỤ, GIẢI PHÁP
**1. Làm cho mọi người biết và muốn học
a) Xây dựng chuyên mục “Mỗi ngày một kỹ năng số” trên sóng phát thanh, truyền hình và hệ thống truyền thanh cơ sở bằng tiếng Việt và tiếng dân tộc.
Cơ quan chủ trì: Báo và Phát thanh, Truyền hình Trường Giang.
Cơ quan phối hợp: Sở Văn hóa, Thể thao và Du lịch; Ủy ban nhân dân các xã, phường.
Thời gian: Bắt đầu từ tháng 9/2025, duy trì thường xuyên.
b) Tổ chức Ngày hội toàn dân học tập số cấp tỉnh, kết nối trực tuyến đến các xã, phường.
Cơ quan chủ trì: Sở Văn hóa, Thể thao và Du lịch.
Cơ quan phối hợp: Sở Khoa học và Công nghệ; Tỉnh đoàn.
Thời gian: Ngày 10/10 hằng năm.
**2. Tổ chức dạy và học
a) Biên soạn, phát hành bộ tài liệu hướng dẫn 06 nhóm kỹ năng số bằng hình ảnh, chữ lớn, dành cho người cao tuổi và người ít đọc.
Cơ quan chủ trì: Sở Khoa học và Công nghệ.
Cơ quan phối hợp: Sở Giáo dục và Đào tạo; Hội Người cao tuổi tỉnh.
Thời gian: Chậm nhất 10 ngày làm việc kể từ ngày Bộ Khoa học và Công nghệ công bố tài liệu mẫu.
b) Tập huấn cho thành viên Tổ công nghệ số cộng đồng theo hình thức trực tuyến kết hợp trực tiếp; mỗi xã, phường duy trì tối thiểu 02 lớp học cộng đồng mỗi tháng.
Cơ quan chủ trì: Sở Khoa học và Công nghệ, Tỉnh đoàn.
Cơ quan phối hợp: Ủy ban nhân dân các xã, phường; các doanh nghiệp viễn thông.
Thời gian: Quý IV/2025.
c) Đưa nội dung kỹ năng số vào sinh hoạt ngoại khóa và giờ tin học của các trường.
Cơ quan chủ trì: Sở Giáo dục và Đào tạo.
Cơ quan phối hợp: các cơ sở giáo dục trên địa bàn tỉnh.
Thời gian: Năm học 2025 - 2026.
**3. Xác nhận kết quả
a) Hướng dẫn, xác nhận mức độ phổ cập kỹ năng số của người dân trên VNeID; bảo đảm đến hết năm 2026 toàn tỉnh có 700.000 người được xác nhận.
Cơ quan chủ trì: Công an tỉnh.
Cơ quan phối hợp: Sở Khoa học và Công nghệ; Ủy ban nhân dân các xã, phường.
Thời gian: Trước ngày 31/12/2026.
b) Đưa vào vận hành bảng theo dõi kết quả phổ cập kỹ năng số, cập nhật hằng ngày đến từng thôn, tổ dân phố.
Cơ quan chủ trì: Sở Khoa học và Công nghệ.
Cơ quan phối hợp: Công an tỉnh; Thống kê tỉnh.
Thời gian: Xong trước ngày 31/11/2025.
**IV. KINH PHÍ
Từ ngân sách nhà nước theo phân cấp và nguồn huy động hợp pháp; năm 2025 dự kiến 4,6 tỷ đồng.
**V. TỔ CHỨC THỰC HIỆN
1. Các sở, ban, ngành và Ủy ban nhân dân các xã, phường ban hành kế hoạch của mình trước ngày 10/9/2025, phân công theo Phụ lục II kèm theo Kế hoạch này; định kỳ hằng tháng (trước ngày 18) và hằng năm (trước ngày 10/12) báo cáo kết quả về Sở Khoa học và Công nghệ.
2. Sở Khoa học và Công nghệ theo dõi, đôn đốc; tổng hợp, báo cáo Ủy ban nhân dân tỉnh hằng quý và khi có yêu cầu đột xuất.
3. Sở Tài chính bố trí kinh phí trong dự toán hằng năm, báo cáo Ủy ban nhân dân tỉnh quyết định.
4. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh vận động đoàn viên, hội viên hưởng ứng phong trào.
Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị phản ánh kịp thời về Sở Khoa học và Công nghệ để được hướng dẫn./.
"""


def write(path: Path) -> None:
    document = new_document()
    head(
        document,
        left="ỦY BAN NHÂN DÂN\nTỈNH TRƯỜNG GIANG\nSố: 214/KH-UBND",
        right="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nTrường Giang, ngày 18 tháng 8 năm 2025",
    )
    centred(
        document,
        "KẾ HOẠCH",
        "Phổ cập kỹ năng số cho Nhân dân, thực hiện phong trào “Bình dân học vụ số” trên địa bàn tỉnh Trường Giang giai đoạn 2025 - 2027",
    )
    paragraphs(document, PREAMBLE)
    grid(document, TARGETS)
    paragraphs(document, TASKS)
    signature(
        document,
        left="Nơi nhận:\n- Thường trực Tỉnh ủy;\n- Các sở, ban, ngành;\n- UBND các xã, phường;\n- Lưu: VT, KGVX (Hằng, 45b).",
        right="TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nLê Minh Khôi",
    )
    heading(document, "")
    document.save(str(path))
