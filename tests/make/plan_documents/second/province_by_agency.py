"""A province's plan in Word without any task table: the targets as dashes under each year, the tasks as duties of one agency after the other."""

from __future__ import annotations

from pathlib import Path

from tests.make.plan_documents.word import centred, head, new_document, paragraphs, signature

BODY = """
Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về đột phá phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số quốc gia; Kế hoạch số 01-KH/BCĐTW ngày 21/3/2025 của Ban Chỉ đạo Trung ương; Kế hoạch số 19-KH/TU ngày 30/6/2025 của Ban Thường vụ Tỉnh ủy Lam Châu, Ủy ban nhân dân tỉnh ban hành Kế hoạch triển khai phong trào “Bình dân học vụ số” trên địa bàn tỉnh giai đoạn 2025 - 2026 như sau:
**I. MỤC ĐÍCH, YÊU CẦU
**1. Mục đích
a) Phát huy tinh thần tự học, người biết dạy người chưa biết, người biết nhiều dạy người biết ít để kỹ năng số đến với mọi nhà ở 96 xã, phường của tỉnh.
b) Giúp người dân tự tin làm thủ tục hành chính, khám bệnh, mua bán, học tập trên môi trường số; giảm số người phải nhờ làm hộ.
**2. Yêu cầu
a) Mỗi cơ quan, đơn vị, địa phương xác định rõ người phụ trách, việc phải làm, thời hạn và kết quả; tránh hình thức, tránh giao một việc cho nhiều cơ quan.
b) Lựa chọn cách dạy phù hợp với từng nhóm; quan tâm người từ 60 tuổi trở lên, người khuyết tật, hộ nghèo và đồng bào ở 31 thôn, bản chưa có đường truyền cáp quang.
**II. MỤC TIÊU
**1. Mục tiêu chung
Phổ cập kỹ năng số cơ bản cho toàn dân, hình thành thói quen học tập và làm việc trên môi trường số; tạo nền móng cho chính quyền số, kinh tế số và xã hội số của tỉnh.
**2. Mục tiêu cụ thể
**2.1. Đến hết năm 2025
- 100% cán bộ, công chức, viên chức, người lao động trong các cơ quan nhà nước hoàn thành ít nhất một khóa học kỹ năng số trên nền tảng binhdanhocvuso.gov.vn.
- Tối thiểu 85% học sinh trung học cơ sở, trung học phổ thông và ít nhất 90% sinh viên, học viên giáo dục nghề nghiệp được trang bị kỹ năng số, kỹ năng bảo đảm an toàn trên môi trường mạng.
- 70% người dân trong độ tuổi trưởng thành có kiến thức cơ bản về chuyển đổi số, biết sử dụng dịch vụ công trực tuyến và thanh toán điện tử.
- Trên 45% người dân trong độ tuổi trưởng thành được xác nhận đạt phổ cập kỹ năng số trên ứng dụng VNeID.
- 100% thôn, bản, tổ dân phố có Tổ công nghệ số cộng đồng; mỗi Tổ có tối thiểu 05 thành viên, trong đó ít nhất 01 thành viên là đoàn viên thanh niên.
- Phấn đấu 60% người lao động trong doanh nghiệp, hợp tác xã được phổ biến kiến thức, kỹ năng số phục vụ sản xuất, kinh doanh.
**2.2. Đến hết năm 2026
- 100% học sinh trung học cơ sở, trung học phổ thông, sinh viên, học viên giáo dục nghề nghiệp được trang bị kỹ năng số, kỹ năng bảo đảm an toàn trên môi trường mạng.
- 90% người dân trong độ tuổi trưởng thành có kiến thức cơ bản về chuyển đổi số, trong đó từ 65% trở lên được xác nhận đạt phổ cập kỹ năng số trên ứng dụng VNeID.
- Phấn đấu trên 90% người lao động trong doanh nghiệp, hợp tác xã được phổ biến kiến thức, kỹ năng số phục vụ sản xuất, kinh doanh.
- Tỷ lệ hộ kinh doanh, tiểu thương nhận thanh toán không dùng tiền mặt đạt 75% trở lên.
- Ít nhất 20.000 người từ 60 tuổi trở lên được hướng dẫn trực tiếp tại nhà hoặc tại nhà văn hóa thôn, bản, tổ dân phố.
- Mỗi xã, phường xây dựng ít nhất 02 mô hình điểm về “Bình dân học vụ số”.
**III. NỘI DUNG TRỌNG TÂM
1. Tuyên truyền bằng nhiều hình thức, dễ nghe, dễ nhớ, đến tận hộ gia đình; lấy kết quả người dân làm được làm thước đo. Trong năm 2025, 100% thôn, bản, tổ dân phố có Tổ công nghệ số cộng đồng để làm nòng cốt.
2. Tổ chức dạy và học theo phương châm “đến từng nhà, cầm tay từng việc”; kết hợp lớp học trực tuyến với lớp học tại nhà văn hóa, trung tâm học tập cộng đồng, điểm bưu điện.
3. Đánh giá, xác nhận kết quả học tập thực chất; bảo đảm đến hết năm 2025 trên 50% người dân trong độ tuổi trưởng thành được xác nhận trên ứng dụng VNeID.
4. Huy động doanh nghiệp công nghệ, doanh nghiệp viễn thông hỗ trợ đường truyền, thiết bị, gói cước ưu đãi cho hộ nghèo.
**IV. PHÂN CÔNG NHIỆM VỤ
**1. Sở Khoa học và Công nghệ
- Chủ trì, phối hợp với Sở Giáo dục và Đào tạo, Công an tỉnh biên soạn bộ tài liệu kỹ năng số theo sáu nhóm đối tượng, in khổ nhỏ, chữ to; hoàn thành trước ngày 31/8/2025.
- Chủ trì, phối hợp với Ủy ban nhân dân các xã, phường tập huấn phương pháp hướng dẫn người lớn tuổi cho 100% thành viên Tổ công nghệ số cộng đồng. Thời gian: quý IV/2025.
- Chủ trì vận hành trang theo dõi tiến độ của tỉnh, công khai kết quả của từng xã, phường; thực hiện từ tháng 9/2025.
**2. Công an tỉnh
- Chủ trì, phối hợp với Sở Khoa học và Công nghệ hướng dẫn người dân tự đánh giá và xác nhận mức độ phổ cập kỹ năng số trên ứng dụng VNeID; thực hiện ngay sau khi Bộ Công an ban hành hướng dẫn.
- Chỉ đạo Công an cấp xã hỗ trợ kích hoạt tài khoản định danh điện tử mức độ 2 tại nhà cho người cao tuổi, người khuyết tật; duy trì thường xuyên.
**3. Sở Giáo dục và Đào tạo
- Chủ trì, phối hợp với Tỉnh đoàn, các cơ sở giáo dục trên địa bàn tỉnh đưa nội dung kỹ năng số vào môn Tin học và hoạt động trải nghiệm, bắt đầu từ tháng 9/2025.
- Chủ trì, phối hợp với Hội Khuyến học tỉnh mở lớp kỹ năng số cho người lớn tại trung tâm học tập cộng đồng; phấn đấu 100% trung tâm học tập cộng đồng mở được lớp trước ngày 30/6/2026.
**4. Sở Nội vụ
- Chủ trì, phối hợp với Liên đoàn Lao động tỉnh, Ban Quản lý các khu công nghiệp tỉnh lồng ghép kỹ năng số vào huấn luyện an toàn, vệ sinh lao động. Hoàn thành trước ngày 31/12/2025.
- Tham mưu Ủy ban nhân dân tỉnh khen thưởng tập thể, cá nhân có thành tích xuất sắc trong phong trào nhân Ngày Chuyển đổi số quốc gia 10/10 hằng năm.
**5. Sở Công Thương
- Chủ trì, phối hợp với các tổ chức tín dụng, các doanh nghiệp viễn thông vận động hộ kinh doanh, tiểu thương nhận thanh toán bằng mã QR; mỗi chợ có ít nhất một “quầy không tiền mặt” trước ngày 15/11/2025.
**6. Sở Tài chính
- Chủ trì, phối hợp với Sở Khoa học và Công nghệ cân đối kinh phí thực hiện Kế hoạch trong dự toán năm 2026, báo cáo Ủy ban nhân dân tỉnh xem xét, quyết định trước ngày 30/11/2025.
**7. Sở Văn hóa, Thể thao và Du lịch; Báo và Phát thanh, Truyền hình Lam Châu
- Mở chuyên mục “Học số mỗi tuần”, phát vào tối thứ Bảy hằng tuần bằng tiếng Việt và tiếng dân tộc, kể từ tháng 8/2025.
**8. Ủy ban nhân dân các xã, phường
- Ban hành kế hoạch của địa phương, giao chỉ tiêu đến từng thôn, bản, tổ dân phố trước ngày 10/8/2025.
- Bố trí tại mỗi Trung tâm Phục vụ hành chính công cấp xã ít nhất 02 người hướng dẫn người dân tự nộp hồ sơ trực tuyến; thực hiện thường xuyên.
**9. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các tổ chức chính trị - xã hội
- Phát động cuộc vận động “Mỗi gia đình một người học, cả nhà cùng dùng” trong quý III/2025.
**10. Đề nghị Tỉnh đoàn
- Thành lập các đội hình thanh niên tình nguyện về thôn, bản hướng dẫn kỹ năng số; thời gian từ ngày 01/8/2025 đến ngày 30/9/2025.
**V. KINH PHÍ THỰC HIỆN
Kinh phí từ ngân sách nhà nước theo phân cấp hiện hành (dự kiến năm 2025 là 3,2 tỷ đồng) và các nguồn hợp pháp khác.
**VI. CHẾ ĐỘ THÔNG TIN, BÁO CÁO
1. Các sở, ban, ngành, Ủy ban nhân dân các xã, phường báo cáo kết quả thực hiện về Sở Khoa học và Công nghệ trước ngày 20 hằng tháng; báo cáo năm trước ngày 05/12.
2. Sở Khoa học và Công nghệ tổng hợp, báo cáo Ủy ban nhân dân tỉnh và Ban Chỉ đạo tỉnh trước ngày 25 của tháng cuối quý; báo cáo đột xuất khi có yêu cầu.
Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các cơ quan, đơn vị, địa phương kịp thời phản ánh về Sở Khoa học và Công nghệ để tổng hợp, báo cáo Ủy ban nhân dân tỉnh xem xét, giải quyết./.
"""


def write(path: Path) -> None:
    document = new_document()
    head(
        document,
        left="ỦY BAN NHÂN DÂN\nTỈNH LAM CHÂU\n_______\nSố: 128/KH-UBND",
        right="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n________________\nLam Châu, ngày 15 tháng 7 năm 2025",
    )
    centred(
        document,
        "KẾ HOẠCH",
        "Triển khai phong trào “Bình dân học vụ số” trên địa bàn tỉnh Lam Châu giai đoạn 2025 - 2026",
    )
    paragraphs(document, BODY)
    signature(
        document,
        left="Nơi nhận:\n- Bộ Khoa học và Công nghệ;\n- Thường trực Tỉnh ủy, HĐND tỉnh;\n- Chủ tịch, các PCT UBND tỉnh;\n- Các sở, ban, ngành tỉnh;\n"
        "- UBND các xã, phường;\n- Lưu: VT, NC (Dũng 12b).",
        right="TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\n\nTrịnh Bảo Long",
    )
    document.save(str(path))
