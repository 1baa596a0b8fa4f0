"""A health department's plan in Word: targets that are numbered by name (“Chỉ tiêu 1:”), tasks that are numbered sentences, each with its labels
on lines of their own below."""

from __future__ import annotations

from pathlib import Path

from tests.make.plan_documents.word import centred, head, new_document, paragraphs, signature

BODY = """
Thực hiện Kế hoạch số 214/KH-UBND ngày 18/11/2025 của Ủy ban nhân dân tỉnh Vĩnh Khê về phong trào “Bình dân học vụ số” năm 2026, Sở Y tế ban hành Kế hoạch triển khai trong toàn ngành như sau:
**I. HIỆN TRẠNG
Toàn ngành có 4.215 công chức, viên chức, người lao động làm việc tại 24 cơ sở khám bệnh, chữa bệnh công lập và 96 trạm y tế. Qua khảo sát tháng 10/2025, 61% người được hỏi đã dùng phần mềm hồ sơ bệnh án điện tử thành thạo; nhiều người bệnh cao tuổi vẫn phải nhờ người khác đặt lịch khám.
**II. MỤC ĐÍCH, YÊU CẦU
1. Mỗi nhân viên y tế là một người học gương mẫu và một người hướng dẫn tận tình; người bệnh dùng được dịch vụ số mà không thấy phiền hà.
2. Học ngay trong công việc, không làm tăng thời gian chờ của người bệnh; bảo vệ dữ liệu sức khỏe cá nhân.
**III. CHỈ TIÊU NĂM 2026
Chỉ tiêu 1: 100% công chức, viên chức, người lao động ngành Y tế hoàn thành khóa học “Kỹ năng số cho người làm y tế” trước ngày 30/6/2026.
Chỉ tiêu 2: Tối thiểu 92% đơn thuốc ngoại trú được ký số và liên thông, hoàn thành trong quý III/2026.
Chỉ tiêu 3: Đến ngày 15/12/2026, ít nhất 70% người dân từ 18 tuổi trở lên trên địa bàn tỉnh tích hợp và tra cứu được Sổ sức khỏe điện tử trên VNeID; riêng người mắc bệnh mạn tính đang được quản lý đạt trên 80%.
Chỉ tiêu 4: Tỷ lệ người bệnh đặt lịch khám qua mạng tại các bệnh viện tăng từ 14% lên 35% vào cuối năm 2026.
Chỉ tiêu 5: Mỗi trạm y tế có ít nhất 02 nhân viên làm “hướng dẫn viên sức khỏe số”, hoàn thành trước ngày 15/4/2026.
Chỉ tiêu 6: Thời gian chờ đăng ký khám tại bệnh viện tuyến tỉnh bình quân không quá 15 phút (năm 2025 là 32 phút).
Chỉ tiêu 7: Phấn đấu 24/24 cơ sở khám bệnh, chữa bệnh công lập (100%) có quầy hỗ trợ người bệnh dùng dịch vụ số trước ngày 01/9/2026.
**IV. NHIỆM VỤ CỤ THỂ
1. Xây dựng, đăng tải bộ bài học ngắn “Sức khỏe trong tầm tay” trên nền tảng học tập của tỉnh.
Đơn vị thực hiện: Trung tâm Kiểm soát bệnh tật tỉnh.
Đơn vị phối hợp: Văn phòng Sở; Bệnh viện Đa khoa tỉnh.
Thời gian hoàn thành: Trước ngày 20/3/2026.
Sản phẩm: Bộ bài học được Hội đồng chuyên môn thông qua.
2. Tổ chức khóa học “Kỹ năng số cho người làm y tế” kết hợp trực tuyến với thực hành tại khoa, phòng; người học tự chọn buổi học để không ảnh hưởng đến ca trực.
Đơn vị thực hiện: Phòng Tổ chức cán bộ.
Đơn vị phối hợp: Trường Cao đẳng Y tế Vĩnh Khê, các đơn vị trực thuộc Sở.
Thời gian hoàn thành: Từ tháng 3/2026 đến tháng 6/2026.
Sản phẩm: Danh sách người hoàn thành khóa học.
3. Tuyển chọn, tập huấn hướng dẫn viên sức khỏe số cho các trạm y tế, mỗi lớp không quá 25 người.
Đơn vị thực hiện: Trung tâm Kiểm soát bệnh tật tỉnh; Phòng Nghiệp vụ Y.
Đơn vị phối hợp: Ủy ban nhân dân các xã, phường.
Thời gian hoàn thành: 30/4/2026.
4. Bố trí quầy hỗ trợ người bệnh đặt lịch khám, thanh toán, tra cứu kết quả bằng điện thoại; có ghế ngồi và biển chỉ dẫn chữ to cho người cao tuổi.
Đơn vị thực hiện: Các bệnh viện, trung tâm y tế khu vực.
Đơn vị phối hợp: Không.
Thời gian hoàn thành: Tháng 8/2026.
5. Hướng dẫn tại nhà cho người mắc bệnh mạn tính, người khuyết tật xem Sổ sức khỏe điện tử và nhắc lịch uống thuốc.
Đơn vị thực hiện: Trạm Y tế các xã, phường.
Đơn vị phối hợp: Tổ công nghệ số cộng đồng, Hội Người cao tuổi cơ sở.
Thời gian hoàn thành: Thường xuyên.
6. Kết nối dữ liệu đơn thuốc, kết quả xét nghiệm của các cơ sở với Sổ sức khỏe điện tử.
Đơn vị thực hiện: Phòng Kế hoạch - Tài chính.
Đơn vị phối hợp: Công an tỉnh; Bảo hiểm xã hội tỉnh; các doanh nghiệp cung cấp phần mềm.
Thời gian hoàn thành: Sau 30 ngày kể từ ngày Bộ Y tế công bố chuẩn kết nối.
7. Chấm điểm mức độ dễ dùng của dịch vụ số qua ý kiến người bệnh và công khai trên Trang thông tin điện tử của Sở.
Đơn vị thực hiện: Phòng Nghiệp vụ Y.
Đơn vị phối hợp: Văn phòng Sở.
Thời gian hoàn thành: Tháng 5 và tháng 11 hằng năm.
8. Tổng kết, khen thưởng tập thể, cá nhân tiêu biểu.
Đơn vị thực hiện: Văn phòng Sở.
Đơn vị phối hợp: Các phòng chuyên môn thuộc Sở.
Thời gian hoàn thành: Tháng 12/2026.
**V. KINH PHÍ
Từ dự toán năm 2026 của các đơn vị, khoảng 1.350 triệu đồng, và các nguồn hợp pháp khác.
**VI. TỔ CHỨC THỰC HIỆN
1. Văn phòng Sở là đầu mối theo dõi, đôn đốc; tổng hợp, tham mưu Sở Y tế báo cáo Ủy ban nhân dân tỉnh (qua Sở Khoa học và Công nghệ) kết quả 6 tháng trước ngày 05/7 và kết quả năm trước ngày 05/12.
2. Các đơn vị trực thuộc Sở cử cán bộ đầu mối trước ngày 20/01/2026; báo cáo kết quả về Văn phòng Sở bằng biểu mẫu điện tử trước ngày 22 hằng tháng.
Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các đơn vị phản ánh về Văn phòng Sở để tổng hợp, báo cáo Giám đốc Sở xem xét, giải quyết./.
"""


def write(path: Path) -> None:
    document = new_document()
    head(
        document,
        left="ỦY BAN NHÂN DÂN TỈNH VĨNH KHÊ\nSỞ Y TẾ\nSố: 87/KH-SYT",
        right="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nVĩnh Khê, ngày 12 tháng 01 năm 2026",
    )
    centred(document, "KẾ HOẠCH", "Triển khai phong trào “Bình dân học vụ số” trong ngành Y tế năm 2026")
    paragraphs(document, BODY)
    signature(
        document,
        left="Nơi nhận:\n- UBND tỉnh (để báo cáo);\n- Sở Khoa học và Công nghệ;\n- Giám đốc, các Phó Giám đốc Sở;\n- Các đơn vị trực thuộc;\n- Lưu: VT, VP.",
        right="KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\n\nTạ Quang Lâm",
    )
    document.save(str(path))
