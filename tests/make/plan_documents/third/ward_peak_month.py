"""A ward's plan for one busy month, two pages of PDF without a table: the work by weeks, who leads it after a colon at the end of each line, reports
by the week."""

from __future__ import annotations

from pathlib import Path

from tests.make.plan_documents.pdf import write_pdf

BODY = r"""
#let plain(body) = par(first-line-indent: 0pt, justify: false, body)
#grid(columns: (42%, 58%), align: center, row-gutter: 5pt,
  [ỦY BAN NHÂN DÂN], [*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM*],
  [*PHƯỜNG BẾN THƯỢNG*], [*Độc lập - Tự do - Hạnh phúc*],
  [Số: 133/KH-UBND], [_Bến Thượng, ngày 25 tháng 9 năm 2026_])
#v(10pt)
#align(center)[*KẾ HOẠCH* \ *Tháng cao điểm thực hiện phong trào “Bình dân học vụ số”* \ *trên địa bàn phường Bến Thượng (từ ngày 01/10/2026 đến ngày 31/10/2026)*]

Thực hiện Công văn số 3310/UBND-KGVX ngày 16/9/2026 của Ủy ban nhân dân tỉnh Vĩnh Khê, Ủy ban nhân dân phường tổ chức Tháng cao điểm chào mừng Ngày Chuyển đổi số quốc gia 10/10 như sau:

*1. Mục đích*

Tập trung trong một tháng để người chưa học được học, người đã học được xác nhận. Đến nay phường còn 2.730 người chưa học buổi nào, phần lớn là người cao tuổi và người làm nghề tự do.

*2. Chỉ tiêu của Tháng cao điểm*

- Vận động ít nhất 1.500 người dân ra lớp, trong đó có 400 người từ 60 tuổi trở lên.

- 100% tổ dân phố tổ chức được ít nhất 03 buổi “Tối thứ Bảy cùng học số”.

- Hỗ trợ trên 600 người dân được xác nhận phổ cập kỹ năng số trên VNeID, nâng tổng số người được xác nhận của phường lên 4.100 người.

- Mỗi ngày phát không dưới 02 bản tin cảnh báo lừa đảo trên loa truyền thanh.

- Không để người học bị mất tiền do làm theo hướng dẫn sai.

*3. Công việc từng tuần*

*Tuần 1 (từ ngày 01/10 đến ngày 07/10/2026)*

- Ra quân Tháng cao điểm tại 09 tổ dân phố, phát tờ rơi chữ to đến từng nhà: Phòng Văn hóa - Xã hội chủ trì; Đoàn TNCS Hồ Chí Minh phường, Công an phường phối hợp.

- Chốt danh sách người chưa học buổi nào, phân công người đến mời: Tổ trưởng các tổ dân phố chủ trì.

*Tuần 2 (từ ngày 08/10 đến ngày 14/10/2026)*

- Tổ chức Ngày hội “Cả nhà cùng số” tại Công viên Bến Thượng: Phòng Văn hóa - Xã hội chủ trì; các trường học, Viễn thông Vĩnh Khê phối hợp.

- Mở bàn hướng dẫn tiểu thương nhận tiền bằng mã QR và nhận biết biên lai chuyển khoản giả: Phòng Kinh tế, Hạ tầng và Đô thị chủ trì; Ban Quản lý chợ Bến Thượng phối hợp.

*Tuần 3 (từ ngày 15/10 đến ngày 21/10/2026)*

- Lập tổ lưu động đến nhà người khuyết tật, người già yếu, mỗi ngày đến ít nhất 10 nhà: Hội Liên hiệp Phụ nữ phường chủ trì; Trạm Y tế phường phối hợp.

- Tổ chức cho người lao động ở khu nhà trọ học sau giờ tan ca: Công đoàn phường, Đoàn TNCS Hồ Chí Minh phường chủ trì; các chủ nhà trọ phối hợp.

*Tuần 4 (từ ngày 22/10 đến ngày 31/10/2026)*

- Xác nhận kết quả học trên VNeID tại nhà sinh hoạt cộng đồng: Công an phường chủ trì; các Tổ công nghệ số cộng đồng phối hợp.

- Gọi lại cho người đã học để hỏi còn vướng chỗ nào: các Tổ công nghệ số cộng đồng chủ trì.

*4. Chế độ báo cáo*

- Tổ trưởng các tổ dân phố báo cáo số liệu về Phòng Văn hóa - Xã hội (qua nhóm Zalo điều hành) trước 20 giờ Chủ nhật hằng tuần.

- Phòng Văn hóa - Xã hội tổng hợp, báo cáo Chủ tịch Ủy ban nhân dân phường trước 10 giờ thứ Hai hằng tuần; tham mưu báo cáo tổng kết Tháng cao điểm gửi Ủy ban nhân dân tỉnh trước ngày 05/11/2026.

- Có vụ việc lừa đảo người học, các tổ báo cáo ngay Công an phường.

*5. Tổ chức thực hiện*

- Phòng Văn hóa - Xã hội là cơ quan thường trực, hằng ngày theo dõi, gỡ vướng cho các tổ.

- Phòng Kinh tế, Hạ tầng và Đô thị bố trí 38 triệu đồng từ nguồn sự nghiệp năm 2026.

- Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam phường vận động Nhân dân hưởng ứng, giám sát việc thực hiện.

Các đơn vị, tổ dân phố căn cứ Kế hoạch tổ chức thực hiện./.

#v(8pt)
#grid(columns: (50%, 50%),
  plain(text(size: 11pt)[_*Nơi nhận:*_ \ - UBND tỉnh; \ - TT. Đảng ủy, HĐND phường; \ - Các phòng, đơn vị; \ - 09 tổ dân phố; \ - Lưu: VT, VHXH.]),
  align(center)[*TM. ỦY BAN NHÂN DÂN* \ *KT. CHỦ TỊCH* \ *PHÓ CHỦ TỊCH* \ #v(34pt) *Ngô Thị Thanh Thủy*])
"""


def write(path: Path) -> None:
    write_pdf(path, BODY, title="Kế hoạch 133/KH-UBND", running='numbering: "1", number-align: center + top')
