"""A university's plan as copied from its web page into a text file: menu and news around it, a line a paragraph, the task table with tabs between
its cells as a browser copies it."""

from __future__ import annotations

from pathlib import Path

BODY = """Trang chủ
Giới thiệu
Đào tạo
Sinh viên
Văn bản
Tuyển sinh 2026
Trang chủ › Văn bản › Kế hoạch
Kế hoạch thực hiện phong trào “Bình dân học vụ số” năm học 2025 - 2026
30/09/2025 09:42 | Lượt xem: 2.318
(ĐHKTLC) - Theo Kế hoạch vừa ban hành, Nhà trường sẽ có 1.200 sinh viên tình nguyện làm “gia sư số” cho bà con. Toàn văn như sau:

BỘ GIÁO DỤC VÀ ĐÀO TẠO
TRƯỜNG ĐẠI HỌC KỸ THUẬT LAM CHÂU
Số: 771/KH-ĐHKTLC

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Lam Châu, ngày 29 tháng 9 năm 2025

KẾ HOẠCH
Thực hiện phong trào “Bình dân học vụ số” năm học 2025 - 2026

Căn cứ Công văn số 2407/BGDĐT-HSSV của Bộ Giáo dục và Đào tạo về phát huy vai trò của học sinh, sinh viên trong phong trào “Bình dân học vụ số”; Kế hoạch số 128/KH-UBND ngày 15/7/2025 của Ủy ban nhân dân tỉnh Lam Châu, Trường Đại học Kỹ thuật Lam Châu (sau đây gọi là Trường) xây dựng Kế hoạch như sau:

A. MỤC ĐÍCH, YÊU CẦU
1. Nâng cao năng lực số của viên chức, người lao động và 8.640 sinh viên; đưa tri thức của Trường phục vụ cộng đồng.
2. Hoạt động tình nguyện không ảnh hưởng đến việc học; kết quả tham gia được tính điểm rèn luyện, tối đa 10 điểm mỗi học kỳ.

B. MỤC TIÊU
1. Đến ngày 31/12/2025
• 100% viên chức, người lao động của Trường hoàn thành bồi dưỡng về an toàn thông tin.
• 500 sinh viên tình nguyện được tập huấn và cấp giấy chứng nhận “gia sư số”.
• Ít nhất 15 lớp học cộng đồng được khai giảng.
2. Đến ngày 30/6/2026
• Trên 90% sinh viên khóa 2025 đạt chuẩn năng lực số đầu ra bậc 3 trở lên.
• Có 1.200 sinh viên tình nguyện làm “gia sư số”; mỗi gia sư số hướng dẫn ít nhất 05 người dân sử dụng được dịch vụ công trực tuyến.
• Tổ chức tối thiểu 40 lớp học cộng đồng tại 16 xã, phường kết nghĩa với Trường.
• Phấn đấu xây dựng 12 học liệu số mở, trong đó ít nhất 04 học liệu bằng tiếng dân tộc thiểu số.
• Thời gian giải quyết thủ tục một cửa cho sinh viên giảm từ 05 ngày xuống không quá 02 ngày làm việc.

C. NỘI DUNG
1. Bồi dưỡng năng lực số trong Trường
Rà soát, cập nhật nội dung năng lực số trong chương trình đào tạo; khuyến khích giảng viên dùng trí tuệ nhân tạo có trách nhiệm.
2. Phục vụ cộng đồng
Sinh viên về địa phương theo nhóm 05 - 07 người, do giảng viên phụ trách; mỗi buổi học không quá 90 phút, học xong làm được ngay một việc.
3. Nghiên cứu, học liệu
Xây dựng học liệu ngắn, có hình ảnh, phụ đề; công bố miễn phí theo giấy phép mở.

D. PHÂN CÔNG, TIẾN ĐỘ
TT\tCông việc\tĐơn vị đầu mối\tĐơn vị phối hợp\tThời gian\tGhi chú
1\tBan hành quy định tính điểm rèn luyện cho sinh viên tham gia phong trào\tPhòng Công tác sinh viên\tPhòng Đào tạo\tTrước 15/10/2025\t
2\tBồi dưỡng an toàn thông tin cho viên chức, người lao động\tPhòng Tổ chức - Hành chính\tKhoa Công nghệ thông tin\tTháng 11/2025\tTrực tuyến
3\tTuyển chọn, tập huấn 1.000 gia sư số cho cả năm học\tĐoàn Thanh niên - Hội Sinh viên Trường\tKhoa Công nghệ thông tin; Phòng Công tác sinh viên\tTừ 06/10/2025 đến 30/11/2025\t02 đợt
4\tKý thỏa thuận phối hợp với các xã, phường kết nghĩa\tPhòng Khoa học và Hợp tác\tVăn phòng Trường\tQuý IV/2025\t
5\tMở lớp học cộng đồng vào tối thứ Sáu, thứ Bảy hằng tuần\tCác khoa, Đoàn Thanh niên - Hội Sinh viên Trường\tỦy ban nhân dân các xã, phường kết nghĩa\tTừ tháng 11/2025\t
6\tXây dựng, nghiệm thu học liệu số mở\tTrung tâm Học liệu và Truyền thông\tKhoa Ngoại ngữ; Khoa Công nghệ thông tin\t30/4/2026\tKinh phí 180 triệu đồng
7\tĐánh giá năng lực số của sinh viên khóa 2025\tPhòng Khảo thí và Bảo đảm chất lượng\tCác khoa\tTháng 6/2026\tBài thi trên máy
8\tRút ngắn quy trình một cửa, trả kết quả trên ứng dụng sinh viên\tPhòng Công tác sinh viên\tTrung tâm Công nghệ thông tin, Phòng Kế hoạch - Tài chính\tTrước khi bắt đầu học kỳ II\t
9\tHỗ trợ kỹ thuật cho các lớp học cộng đồng\tTrung tâm Công nghệ thông tin\t\tThường xuyên\t
10\tTổng kết, khen thưởng\tPhòng Công tác sinh viên\tCác đơn vị\tTháng 7/2026\t

E. TỔ CHỨC THỰC HIỆN
1. Các đơn vị gửi báo cáo về Phòng Công tác sinh viên trước ngày 25 hằng tháng (theo mẫu tại Phụ lục).
2. Phòng Công tác sinh viên là đơn vị thường trực; tổng hợp báo cáo Ban Giám hiệu hằng quý; tham mưu báo cáo tổng kết gửi Bộ Giáo dục và Đào tạo trước ngày 15/7/2026.
3. Phòng Kế hoạch - Tài chính bố trí kinh phí, hướng dẫn thanh quyết toán.
4. Các khoa phân công ít nhất 01 giảng viên phụ trách mỗi lớp học cộng đồng.
Trên đây là Kế hoạch thực hiện phong trào “Bình dân học vụ số” năm học 2025 - 2026 của Trường, đề nghị các đơn vị nghiêm túc triển khai./.

Nơi nhận:
- Bộ GDĐT (để báo cáo);
- UBND tỉnh Lam Châu;
- Các đơn vị thuộc Trường;
- Lưu: VT, CTSV.
KT. HIỆU TRƯỞNG
PHÓ HIỆU TRƯỞNG
(Đã ký)
PGS.TS. Mai Xuân Trường

Tệp đính kèm: 771-KH-DHKTLC.pdf (1,4 MB)
Chia sẻ: Facebook Zalo
Tin liên quan
98% sinh viên có việc làm sau 12 tháng tốt nghiệp (25/09/2025)
Trao 150 suất học bổng cho tân sinh viên (22/09/2025)
© 2025 Trường Đại học Kỹ thuật Lam Châu. Điện thoại: 02xx 3 771 000
"""


def write(path: Path) -> None:
    path.write_text(BODY, encoding="utf-8")
