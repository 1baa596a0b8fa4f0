"""A ward's plan in Word: an annex whose task table runs from the deadline to the number, with cells joined downwards and across."""

from __future__ import annotations

from pathlib import Path

from docx.enum.section import WD_ORIENT, WD_SECTION

from tests.make.plan_documents.word import centred, grid, head, new_document, paragraphs, signature

BODY = """
Thực hiện Kế hoạch số 214/KH-UBND ngày 18/8/2025 của Ủy ban nhân dân tỉnh Trường Giang, Ủy ban nhân dân phường Bến Lúa xây dựng kế hoạch thực hiện phong trào “Bình dân học vụ số” đến hết tháng 6/2026, cụ thể:
**Phần thứ nhất. ĐẶC ĐIỂM TÌNH HÌNH
Phường được thành lập từ ngày 01/7/2025 trên cơ sở 03 phường cũ, có 12 khu phố, 8.412 hộ, 31.760 nhân khẩu. Trong 6 tháng đầu năm có 46% người trưởng thành có kỹ năng số cơ bản; 02 khu phố chưa có Tổ công nghệ số cộng đồng.
**Phần thứ hai. MỤC TIÊU
1. Đến ngày 31/12/2025:
1.1. Tỷ lệ người dân trong độ tuổi trưởng thành có kỹ năng số cơ bản tăng từ 46% lên 70%.
1.2. Từ 95% trở lên cán bộ, công chức, viên chức, người lao động của phường hoàn thành khóa học trên nền tảng binhdanhocvuso.gov.vn.
1.3. 12/12 khu phố (đạt 100%) có Tổ công nghệ số cộng đồng.
1.4. Không quá 30% hồ sơ thủ tục hành chính nộp trực tiếp tại Trung tâm Phục vụ hành chính công phường.
1.5. Ít nhất 1.500 người dân từ đủ 15 tuổi trở lên được cấp chữ ký số cá nhân.
2. Đến ngày 30/6/2026:
2.1. Phấn đấu trên 80% người dân trong độ tuổi trưởng thành có kỹ năng số cơ bản, trong đó ít nhất 55% được xác nhận trên VNeID.
2.2. 40% tiểu thương chợ Bến Lúa nhận thanh toán không dùng tiền mặt và tối thiểu 50 hộ kinh doanh có gian hàng trên sàn thương mại điện tử.
2.3. Mỗi khu phố tổ chức không dưới 02 buổi hướng dẫn tại nhà sinh hoạt cộng đồng trong một tháng.
2.4. 100% học sinh tiểu học, trung học cơ sở trên địa bàn được học về an toàn trên môi trường mạng.
**Phần thứ ba. NHIỆM VỤ
Nhiệm vụ cụ thể nêu tại Phụ lục kèm theo. Trong đó tập trung ba việc: rà soát người chưa có kỹ năng số theo từng hộ; Công an phường khai trương điểm hỗ trợ định danh và dịch vụ công trực tuyến tại chợ Bến Lúa trước ngày 30/9/2025; kiện toàn đội ngũ hướng dẫn ở khu phố.
**Phần thứ tư. CHẾ ĐỘ BÁO CÁO, TỔ CHỨC THỰC HIỆN
1. Các khu phố, trường học báo cáo kết quả về Phòng Văn hóa - Xã hội trước 16 giờ thứ Năm hằng tuần.
2. Phòng Văn hóa - Xã hội tổng hợp, tham mưu Ủy ban nhân dân phường báo cáo Sở Khoa học và Công nghệ trước ngày 15 hằng tháng; báo cáo tổng kết xong trước ngày 10/7/2026.
3. Phòng Kinh tế, Hạ tầng và Đô thị tham mưu kinh phí; báo cáo Ủy ban nhân dân phường xem xét.
4. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam phường và các đoàn thể vận động mỗi đoàn viên, hội viên giúp một người thân học kỹ năng số.
Yêu cầu các đơn vị nghiêm túc thực hiện./.
"""

UNTIL = "Trước ngày 20/9/2025"
TASKS: list[list[str | None]] = [
    ["Thời gian hoàn thành", "Kết quả phải có", "Đơn vị chủ trì", "Nội dung công việc", "Đơn vị phối hợp", "STT"],
    ["Nhóm I. Chuẩn bị", "<", "<", "<", "<", "<"],
    [UNTIL, "Danh sách theo hộ", "Công an phường", "Rà soát, lập danh sách người trưởng thành chưa có kỹ năng số theo từng hộ gia đình",
     "12 khu phố", "1"],
    [None, "Quyết định kiện toàn", "Phòng Văn hóa - Xã hội", "Kiện toàn Tổ công nghệ số cộng đồng, bảo đảm mỗi tổ có ít nhất 05 thành viên, trong đó có 01 đoàn viên thanh niên",
     "Đoàn Thanh niên phường, 12 khu phố", "2"],
    [None, "Kế hoạch học tập", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân phường",
     "Đăng ký tài khoản và lập kế hoạch học tập trên nền tảng học trực tuyến cho cán bộ, công chức, viên chức, người lao động", "", "3"],
    ["Nhóm II. Dạy và học", "<", "<", "<", "<", "<"],
    ["Hằng tuần, bắt đầu từ tháng 9/2025", "Sổ lớp học", "Phòng Văn hóa - Xã hội", "Mở lớp học cộng đồng buổi tối tại nhà sinh hoạt khu phố",
     "Các trường học; Hội Liên hiệp Phụ nữ phường", "4"],
    ["Tháng 10/2025", "Biên bản khai trương", None, "Khai trương điểm hỗ trợ định danh và dịch vụ công trực tuyến tại chợ Bến Lúa",
     "Công an phường; Ban Quản lý chợ Bến Lúa", "5"],
    ["Quý I/2026", "Báo cáo kết quả", "Phòng Kinh tế, Hạ tầng và Đô thị",
     "Hướng dẫn tiểu thương, hộ kinh doanh mở gian hàng trực tuyến, nhận thanh toán bằng mã QR", "Ban Quản lý chợ Bến Lúa, các ngân hàng trên địa bàn",
     "6"],
    ["Ngay sau khi có hướng dẫn của Sở Khoa học và Công nghệ", "Danh sách được xác nhận", "Công an phường",
     "Hỗ trợ người dân làm bài đánh giá và được xác nhận trên VNeID", "Phòng Văn hóa - Xã hội", "7"],
    ["Nhóm III. Lan tỏa", "<", "<", "<", "<", "<"],
    ["10/10/2025", "Chương trình", "Ủy ban Mặt trận Tổ quốc Việt Nam phường",
     "Tổ chức Ngày hội “Nhà nhà học số” nhân Ngày Chuyển đổi số quốc gia", "Phòng Văn hóa - Xã hội", "8"],
    ["Thường xuyên", "Tin, bài", "Trung tâm Cung ứng dịch vụ công phường", "Đưa tin gương học tập, mô hình hay trên trang thông tin điện tử và loa truyền thanh",
     "Các khu phố", "9"],
]  # fmt: skip


def write(path: Path) -> None:
    document = new_document()
    head(
        document,
        left="ỦY BAN NHÂN DÂN\nPHƯỜNG BẾN LÚA\nSố: 37/KH-UBND",
        right="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nBến Lúa, ngày 05 tháng 9 năm 2025",
    )
    centred(document, "KẾ HOẠCH", "Thực hiện phong trào “Bình dân học vụ số” trên địa bàn phường Bến Lúa")
    paragraphs(document, BODY)
    signature(
        document,
        left="Nơi nhận:\n- UBND tỉnh (b/c);\n- Sở Khoa học và Công nghệ;\n- Thường trực Đảng ủy, HĐND phường;\n- Như trên;\n- Lưu: VT.",
        right="TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nPhan Thị Thu Vân",
    )
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    centred(
        document,
        "PHỤ LỤC",
        "Phân công thực hiện phong trào “Bình dân học vụ số” trên địa bàn phường Bến Lúa",
        "(Kèm theo Kế hoạch số 37/KH-UBND ngày 05/9/2025 của Ủy ban nhân dân phường Bến Lúa)",
    )
    grid(document, TASKS)
    document.save(str(path))
