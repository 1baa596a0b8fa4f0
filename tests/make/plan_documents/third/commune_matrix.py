"""A commune's plan in Word whose targets are a table with two rows of head: a row a group of people, a column a thing to reach; its tasks are sentences
that begin with “Giao”."""

from __future__ import annotations

from pathlib import Path

from tests.make.plan_documents.word import centred, grid, head, new_document, paragraphs, signature

BEFORE = """
Căn cứ Kế hoạch số 214/KH-UBND ngày 18/11/2025 của Ủy ban nhân dân tỉnh Vĩnh Khê, Ủy ban nhân dân xã Đồng Nghi giao chỉ tiêu và phân công thực hiện phong trào “Bình dân học vụ số” năm 2026 như sau:
**Phần I. MỤC ĐÍCH
Để mỗi thôn, mỗi cơ quan biết rõ phần việc của mình, ai đã học, ai chưa học, ai cần giúp thêm; không chạy theo số lượng.
**Phần II. CHỈ TIÊU
Đến ngày 15/12/2026, từng nhóm đối tượng đạt các tỷ lệ trong bảng dưới đây:
"""

TARGETS: list[list[str | None]] = [
    ["STT", "Nhóm đối tượng", "Tổng số", "Tỷ lệ đạt (%)", "<", "<"],
    [None, None, None, "Hoàn thành khóa học cơ bản", "Tự nộp được hồ sơ trực tuyến", "Được xác nhận trên VNeID"],
    ["1", "Cán bộ, công chức, viên chức xã", "86 người", "100", "100", "100"],
    ["2", "Học sinh từ lớp 6 đến lớp 12", "1.940 học sinh", "95", "-", "-"],
    ["3", "Người lao động trong doanh nghiệp, hợp tác xã", "720 người", "≥ 80", "≥ 75", "60"],
    ["4", "Người dân từ đủ 18 tuổi trở lên", "9.350 người", "75", "65", "> 50"],
    ["5", "Hộ kinh doanh", "214 hộ", "90", "70", "-"],
]

AFTER = """
Ghi chú: Dấu “-” là không giao chỉ tiêu.
Ngoài các tỷ lệ trên, 11/11 thôn (100%) có điểm học tập mở cửa ít nhất 03 buổi tối mỗi tuần trước ngày 30/6/2026; đến hết năm 2026, toàn xã có từ 60 người trở lên tình nguyện kèm cặp người cao tuổi.
**Phần III. PHÂN CÔNG THỰC HIỆN
1. Giao Phòng Văn hóa - Xã hội chủ trì, phối hợp với Công an xã, các trường học trên địa bàn rà soát, lập danh sách người học theo từng nhóm đối tượng, hoàn thành trước ngày 10/5/2026.
2. Giao Trung tâm Phục vụ hành chính công xã bố trí bàn hướng dẫn người dân tự nộp hồ sơ trực tuyến, thực hiện thường xuyên.
3. Giao Công an xã chủ trì, phối hợp với các Tổ công nghệ số cộng đồng tổ chức xác nhận kết quả trên VNeID tại nhà văn hóa thôn, hoàn thành trước ngày 30/11/2026.
4. Giao Phòng Kinh tế chủ trì, phối hợp với Hợp tác xã Nông nghiệp Đồng Nghi hướng dẫn hộ kinh doanh dùng hóa đơn điện tử, mỗi tháng hướng dẫn ít nhất 20 hộ, hoàn thành trong quý III/2026.
5. Đề nghị Đoàn TNCS Hồ Chí Minh xã chủ trì, phối hợp với Trường Trung học phổ thông Đồng Nghi thành lập đội “Học trò gõ cửa từng nhà” trong tháng 5/2026.
6. Giao Trưởng các thôn mở lớp học buổi tối và phân công người kèm cặp người cao tuổi, từ ngày 15/5/2026 đến ngày 30/11/2026.
7. Giao Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã tham mưu tổng kết, khen thưởng trước ngày 20/12/2026.
**Phần IV. CHẾ ĐỘ BÁO CÁO
1. Các thôn, cơ quan, đơn vị báo cáo kết quả về Phòng Văn hóa - Xã hội chậm nhất 16 giờ thứ Năm hằng tuần (theo biểu mẫu tại Phụ lục kèm theo).
2. Phòng Văn hóa - Xã hội tổng hợp, trình Ủy ban nhân dân xã báo cáo Sở Khoa học và Công nghệ trước ngày 25 hằng tháng và khi có yêu cầu đột xuất.
**Phần V. KINH PHÍ
Ngân sách xã bố trí 95.000.000 đồng để bảo đảm 80% người dân từ đủ 18 tuổi trở lên hoàn thành khóa học cơ bản trong năm 2026; phần còn lại vận động xã hội hóa.
Yêu cầu các thôn, cơ quan, đơn vị nghiêm túc thực hiện./.
"""


def write(path: Path) -> None:
    document = new_document()
    head(
        document,
        left="ỦY BAN NHÂN DÂN\nXÃ ĐỒNG NGHI\nSố: 57/KH-UBND",
        right="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nĐồng Nghi, ngày 20 tháng 4 năm 2026",
    )
    centred(document, "KẾ HOẠCH", "Giao chỉ tiêu, phân công thực hiện phong trào “Bình dân học vụ số” năm 2026")
    paragraphs(document, BEFORE)
    grid(document, TARGETS)
    paragraphs(document, AFTER)
    signature(
        document,
        left="Nơi nhận:\n- Sở Khoa học và Công nghệ;\n- TT. Đảng ủy, HĐND xã;\n- Các phòng, ban, đơn vị;\n- 11 thôn;\n- Lưu: VT.",
        right="TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\n\nPhùng Văn Khải",
    )
    document.save(str(path))
