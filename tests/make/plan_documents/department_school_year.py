"""A department's plan for a school year in PDF: targets in a numbered list, tasks in one table over two pages, a row cut between them."""

from __future__ import annotations

from pathlib import Path

from tests.make.plan_documents.pdf import write_pdf

BODY = r"""
#let plain(body) = par(first-line-indent: 0pt, justify: false, body)
#grid(columns: (42%, 58%), align: center, row-gutter: 5pt,
  [UBND TỈNH TRƯỜNG GIANG], [*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM*],
  [*SỞ GIÁO DỤC VÀ ĐÀO TẠO*], [*Độc lập - Tự do - Hạnh phúc*],
  [Số: 1126/KH-SGDĐT], [_Trường Giang, ngày 22 tháng 9 năm 2025_])
#v(10pt)
#align(center)[*KẾ HOẠCH* \ *Giáo dục kỹ năng số trong các cơ sở giáo dục năm học 2025 - 2026,* \ *hưởng ứng phong trào “Bình dân học vụ số”*]
#v(6pt)

Căn cứ Thông tư số 02/2025/TT-BGDĐT ngày 24/01/2025 của Bộ Giáo dục và Đào tạo quy định Khung năng lực số cho người học; Kế hoạch số 214/KH-UBND ngày 18/8/2025 của Ủy ban nhân dân tỉnh, Sở Giáo dục và Đào tạo (GDĐT) xây dựng Kế hoạch như sau:

*A. MỤC ĐÍCH*

Người học có năng lực số phù hợp lứa tuổi theo 06 miền năng lực, 24 năng lực thành phần; mỗi nhà trường là một điểm sáng để cha mẹ, ông bà học sinh cùng học. Kế hoạch áp dụng cho 412 trường học, 36 trung tâm học tập cộng đồng.

*B. CHỈ TIÊU (hoàn thành trước ngày 31/5/2026)*

#set enum(numbering: "1)", indent: 8mm)
+ 100% giáo viên, cán bộ quản lý được bồi dưỡng về khung năng lực số; trên 85% đạt mức thành thạo trở lên.
+ 100% trường trung học cơ sở, trung học phổ thông tổ chức dạy ít nhất 08 tiết kỹ năng số trong năm học.
+ Học sinh trung học đạt bậc 2 trở lên theo Khung năng lực số: từ 75% trở lên.
+ Mỗi trường có tối thiểu 03 Đại sứ số là học sinh, mỗi Đại sứ số giúp ít nhất 02 người thân sử dụng được dịch vụ công trực tuyến.
+ Giảm tỷ lệ học sinh là nạn nhân của lừa đảo, bắt nạt trên mạng xuống dưới 1%.
+ 30/36 trung tâm học tập cộng đồng mở lớp kỹ năng số cho người lớn.

*C. NHIỆM VỤ*

Phân công nhiệm vụ và thời gian thực hiện theo bảng dưới đây:

#set par(first-line-indent: 0pt, justify: false, leading: 0.6em)
#set text(size: 11.5pt)
#table(columns: (9mm, 1fr, 30mm, 30mm, 25mm), align: (center, left, left, left, left), inset: 5pt, stroke: 0.6pt,
  table.header([*TT*], [*Nhiệm vụ*], [*Chịu trách nhiệm chính*], [*Cùng thực hiện*], [*Hạn*]),
  table.cell(colspan: 5)[*I. Đối với đội ngũ*],
  [1], [Bồi dưỡng giáo viên tin học cốt cán về khung năng lực số và cách đánh giá], [Phòng Giáo dục phổ thông], [Trường Cao đẳng Sư phạm Trường Giang], [Tháng 10/2025],
  [2], [Bồi dưỡng đại trà cho giáo viên các môn học theo hình thức trực tuyến], [Các cơ sở giáo dục], [Phòng Giáo dục phổ thông; Phòng Tổ chức, Cán bộ], [Trước 15/12/2025],
  table.cell(colspan: 5)[*II. Đối với học sinh*],
  [3], [Tổ chức dạy học nội dung kỹ năng số trong môn Tin học, hoạt động trải nghiệm và các câu lạc bộ. Nhà trường lựa chọn chủ đề gần gũi với đời sống của học sinh: tìm và kiểm chứng thông tin; giữ bí mật cá nhân; nhận ra tin nhắn, cuộc gọi lừa đảo; ứng xử có văn hóa trên mạng; sử dụng trí tuệ nhân tạo có trách nhiệm], [Các cơ sở giáo dục], [Phòng Giáo dục phổ thông, Phòng Giáo dục mầm non và tiểu học], [Cả năm học],
  [4], [Khảo sát năng lực số đầu năm học của học sinh lớp 6 và lớp 10], [Phòng Khảo thí và Quản lý chất lượng], [Các cơ sở giáo dục], [Quý IV/2025],
  [5], [Phát động “Con dạy ông bà”: học sinh hướng dẫn người thân lớn tuổi ba việc (gọi hình, tra cứu thông tin, nộp hồ sơ trực tuyến), có phiếu ghi nhận của gia đình], [Các cơ sở giáo dục], [Hội Khuyến học tỉnh; Tỉnh đoàn], [Từ 20/10/2025 đến 31/01/2026],
  [6], [Tổ chức cuộc thi “Tuổi học trò an toàn trên mạng” cấp tỉnh], [Phòng Học sinh, sinh viên], [Công an tỉnh; Tỉnh đoàn], [26/3/2026],
  table.cell(colspan: 5)[*III. Đối với cộng đồng*],
  [7], [Mở lớp kỹ năng số buổi tối tại trung tâm học tập cộng đồng], [Ủy ban nhân dân các xã, phường], [Hội Khuyến học tỉnh, các cơ sở giáo dục], [Thường xuyên],
  [8], [Đánh giá cuối năm học, công nhận trường học tiêu biểu về giáo dục kỹ năng số], [Phòng Khảo thí và Quản lý chất lượng], [], [Sau 15 ngày kể từ ngày kết thúc năm học],
)
#set text(size: 13pt)
#set par(first-line-indent: (amount: 10mm, all: true), justify: true)

*D. BÁO CÁO*

Các cơ sở giáo dục báo cáo kết quả học kỳ I trước ngày 20/01/2026, báo cáo tổng kết năm học trước ngày 31/5/2026 về Sở GDĐT (qua Phòng Giáo dục phổ thông). Phòng Giáo dục phổ thông tổng hợp, trình lãnh đạo Sở báo cáo Ủy ban nhân dân tỉnh và Bộ Giáo dục và Đào tạo định kỳ 6 tháng, hằng năm theo quy định.

#v(8pt)
#grid(columns: (50%, 50%),
  plain(text(size: 11pt)[*_Nơi nhận:_* \ - UBND tỉnh (để báo cáo); \ - Sở Khoa học và Công nghệ; \ - Các cơ sở giáo dục; \ - Lưu: VT, GDPT.]),
  align(center)[*KT. GIÁM ĐỐC* \ *PHÓ GIÁM ĐỐC* \ #v(30pt) *Đỗ Hoài Nam*])
"""


def write(path: Path) -> None:
    write_pdf(
        path,
        BODY,
        title="Kế hoạch 1126/KH-SGDĐT",
        running="header: context if counter(page).get().first() > 1 { align(center, counter(page).display()) }",
    )
