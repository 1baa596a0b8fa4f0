"""A ward's plan in Word, not yet numbered: a landscape annex of tasks whose rows are grouped under Roman numerals and numbered anew in each group,
below a row that numbers the columns; “-nt-” stands for “the same as above”."""

from __future__ import annotations

from pathlib import Path

from docx.enum.section import WD_ORIENT, WD_SECTION

from tests.make.plan_documents.word import centred, grid, head, new_document, paragraphs, signature

BODY = """
Căn cứ Kế hoạch số 128/KH-UBND ngày 15/7/2025 của Ủy ban nhân dân tỉnh Lam Châu; Kế hoạch số 07-KH/ĐU ngày 28/7/2025 của Đảng ủy phường, Ủy ban nhân dân phường Cầu Mây xây dựng Kế hoạch triển khai thực hiện phong trào “Bình dân học vụ số” trên địa bàn phường như sau:
**I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích: Mọi người dân trên địa bàn phường có cơ hội học và dùng được kỹ năng số cần thiết cho đời sống; không ai bị bỏ lại phía sau.
2. Yêu cầu: Triển khai đồng bộ, thiết thực ở cả 18 tổ dân phố; cán bộ, đảng viên gương mẫu học trước, làm trước; gắn với Đề án 06 và việc xây dựng tổ dân phố văn hóa.
**II. CHỈ TIÊU
**1. Đối với cán bộ, công chức, viên chức
a) 100% cán bộ, công chức, viên chức phường hoàn thành khóa học “Kỹ năng số cơ bản” trước ngày 15/10/2025.
b) Đến 31/12/2026, ít nhất 80% cán bộ, công chức, viên chức phường sử dụng thành thạo trợ lý ảo trong xử lý công việc.
**2. Đối với học sinh
100% học sinh từ lớp 3 trở lên của các trường trên địa bàn được học chuyên đề an toàn trên không gian mạng trước ngày 15/01/2026.
**3. Đối với người dân
a) Đến 31/12/2025: 65% người dân từ đủ 18 tuổi trở lên có kỹ năng số cơ bản; 95% người dân từ đủ 14 tuổi trở lên có tài khoản định danh điện tử mức độ 2.
b) Đến 31/12/2026: 85% người dân từ đủ 18 tuổi trở lên có kỹ năng số cơ bản; trên 60% được xác nhận trên VNeID.
c) Mỗi hộ gia đình có ít nhất 01 người nộp được hồ sơ trực tuyến, hoàn thành trong năm 2026.
**4. Đối với hộ kinh doanh
Phấn đấu đến hết quý II/2026 có 150 hộ kinh doanh nhận thanh toán bằng mã QR, tăng 90 hộ so với tháng 7/2025.
**5. Đối với tổ dân phố
a) 18/18 tổ dân phố (đạt 100%) kiện toàn xong Tổ công nghệ số cộng đồng trước ngày 30/8/2025.
b) Mỗi tổ dân phố duy trì ít nhất 02 buổi học cộng đồng một tháng, từ tháng 9/2025 đến tháng 12/2026.
**III. NỘI DUNG THỰC HIỆN
1. Đổi mới cách tuyên truyền; phát huy vai trò của loa truyền thanh, nhóm Zalo tổ dân phố, người có uy tín.
2. Tổ chức lớp học ở nơi người dân dễ đến, vào giờ người dân rảnh; lấy thực hành làm chính.
3. Lắng nghe, hỏi lại sau khi học; người chưa làm được thì hướng dẫn tiếp.
(Nhiệm vụ cụ thể, phân công và tiến độ tại Phụ lục 1; biểu tổng hợp số liệu tại Phụ lục 2 kèm theo Kế hoạch này)
**IV. KINH PHÍ
Từ nguồn ngân sách phường năm 2025 (62.000.000 đồng) và nguồn xã hội hóa.
**V. TỔ CHỨC THỰC HIỆN
**1. Phòng Văn hóa - Xã hội
- Là cơ quan thường trực, tham mưu Ủy ban nhân dân phường triển khai, đôn đốc, kiểm tra việc thực hiện Kế hoạch.
- Tổng hợp, tham mưu Ủy ban nhân dân phường báo cáo Sở Khoa học và Công nghệ trước ngày 18 hằng tháng và trước ngày 02/12 hằng năm.
**2. Công an phường
Hướng dẫn người dân sử dụng VNeID; nắm tình hình, cảnh báo thủ đoạn lừa đảo trên mạng.
**3. Phòng Kinh tế, Hạ tầng và Đô thị
Tham mưu Ủy ban nhân dân phường bảo đảm kinh phí; vận động hộ kinh doanh tham gia phong trào.
**4. Tổ trưởng các tổ dân phố
Vận động nhân dân tham gia học tập; báo cáo kết quả về Phòng Văn hóa - Xã hội vào thứ Sáu hằng tuần.
Quá trình thực hiện có phát sinh vướng mắc, các đơn vị báo cáo về Ủy ban nhân dân phường (qua Phòng Văn hóa - Xã hội) để xem xét, chỉ đạo./.
"""

TASKS: list[list[str | None]] = [
    ["STT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành", "Sản phẩm"],
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
    ["I", "TUYÊN TRUYỀN, NÂNG CAO NHẬN THỨC", "<", "<", "<", "<"],
    ["1", "Phát động phong trào “Bình dân học vụ số” tại lễ chào cờ đầu tháng và tại 18 tổ dân phố", "Phòng Văn hóa - Xã hội",
     "Ủy ban Mặt trận Tổ quốc Việt Nam phường; các tổ dân phố", "15/8/2025", "Lễ phát động"],
    ["2", "Phát bản tin “Năm phút học số” trên hệ thống loa truyền thanh", "-nt-", "Công an phường",
     "Hằng ngày, từ ngày 18/8/2025", "Bản tin"],
    ["3", "Dán mã QR dẫn đến bài học tại trụ sở, trạm y tế, trường học, chợ và nhà sinh hoạt cộng đồng",
     "Đoàn TNCS Hồ Chí Minh phường", "Các trường học, Trạm Y tế phường, Ban Quản lý chợ Cầu Mây", "Tháng 8/2025", "Mã QR được dán"],
    ["II", "TỔ CHỨC BỘ MÁY, LỰC LƯỢNG HƯỚNG DẪN", "<", "<", "<", "<"],
    ["1", "Kiện toàn Tổ công nghệ số cộng đồng ở các tổ dân phố, mỗi tổ ít nhất 07 thành viên", "Phòng Văn hóa - Xã hội",
     "Các tổ dân phố", "Trước ngày 30/8/2025", "Quyết định"],
    ["2", "Tập huấn thành viên Tổ công nghệ số cộng đồng về cách hướng dẫn người cao tuổi", "Phòng Văn hóa - Xã hội",
     "Đoàn TNCS Hồ Chí Minh phường; Viễn thông Lam Châu", "Tháng 9/2025", "02 lớp tập huấn"],
    ["3", "Rà soát, lập danh sách người chưa có kỹ năng số theo từng hộ, cập nhật khi có biến động", "Công an phường",
     "Các tổ dân phố", "Trước ngày 20/9/2025, cập nhật hằng quý", "Danh sách"],
    ["III", "TỔ CHỨC HỌC TẬP", "<", "<", "<", "<"],
    ["1", "Tổ chức cho cán bộ, công chức, viên chức học và kiểm tra khóa “Kỹ năng số cơ bản”",
     "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân phường", "Các phòng chuyên môn, đơn vị sự nghiệp", "Trước ngày 30/10/2025",
     "Giấy chứng nhận hoàn thành"],
    ["2", "Mở lớp học cộng đồng buổi tối tại nhà sinh hoạt cộng đồng", "Các Tổ công nghệ số cộng đồng",
     "Hội Liên hiệp Phụ nữ, Hội Cựu chiến binh phường", "Từ tháng 9/2025 đến tháng 12/2026", "Sổ theo dõi lớp học"],
    ["3", "Hướng dẫn tại nhà cho người cao tuổi, người khuyết tật, người neo đơn", "Hội Liên hiệp Phụ nữ phường",
     "Hội Người cao tuổi, Trạm Y tế phường", "Thường xuyên", "Phiếu hướng dẫn"],
    ["4", "Dạy chuyên đề an toàn trên không gian mạng cho học sinh", "Các trường học", "Công an phường", "Học kỳ I năm học 2025 - 2026", "Giáo án, hình ảnh"],
    ["5", "Vận động hộ kinh doanh đăng ký, sử dụng mã QR thanh toán; mỗi tuyến phố có ít nhất 10 hộ tham gia",
     "Phòng Kinh tế, Hạ tầng và Đô thị", "Các ngân hàng trên địa bàn; Ban Quản lý chợ Cầu Mây", "30/6/2026", "Danh sách hộ"],
    ["IV", "ĐÁNH GIÁ, XÁC NHẬN, KHEN THƯỞNG", "<", "<", "<", "<"],
    ["1", "Hướng dẫn người dân tự đánh giá, xác nhận mức độ phổ cập kỹ năng số trên VNeID", "Công an phường",
     "Các Tổ công nghệ số cộng đồng", "Theo hướng dẫn của Công an tỉnh", "Số người được xác nhận"],
    ["2", "Sơ kết 06 tháng thực hiện phong trào, biểu dương tổ dân phố dẫn đầu", "Phòng Văn hóa - Xã hội", "-", "Quý I/2026", "Báo cáo"],
    ["3", "Tổng kết, bình xét khen thưởng", None, None, "Tháng 12/2026", "Báo cáo, quyết định khen thưởng"],
]  # fmt: skip


def write(path: Path) -> None:
    document = new_document()
    head(
        document,
        left="ỦY BAN NHÂN DÂN\nPHƯỜNG CẦU MÂY\nSố:        /KH-UBND",
        right="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nCầu Mây, ngày      tháng 8 năm 2025",
    )
    centred(document, "KẾ HOẠCH", "Triển khai thực hiện phong trào “Bình dân học vụ số”", "trên địa bàn phường Cầu Mây")
    paragraphs(document, BODY)
    signature(
        document,
        left="Nơi nhận:\n- Sở Khoa học và Công nghệ;\n- TT. Đảng ủy, HĐND phường;\n- Chủ tịch, các PCT UBND phường;\n- Các phòng, đơn vị;\n- 18 tổ dân phố;\n"
        "- Lưu: VT, VHXH.",
        right="TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\n\nĐinh Thị Hồng Nhung",
    )
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    centred(
        document,
        "PHỤ LỤC 1",
        "NHIỆM VỤ THỰC HIỆN PHONG TRÀO “BÌNH DÂN HỌC VỤ SỐ” TRÊN ĐỊA BÀN PHƯỜNG CẦU MÂY",
        "(Kèm theo Kế hoạch số     /KH-UBND ngày    /8/2025 của Ủy ban nhân dân phường Cầu Mây)",
    )
    grid(document, TASKS)
    document.save(str(path))
