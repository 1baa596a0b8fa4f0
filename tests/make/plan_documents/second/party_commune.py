"""A commune Party committee's plan in PDF: the Party's own head and signature, no head of the State; an annex table over pages in which who directs
and who does the work are two columns."""

from __future__ import annotations

from pathlib import Path

from tests.make.plan_documents.pdf import write_pdf

BODY = r"""
#let plain(body) = par(first-line-indent: 0pt, justify: false, body)
#grid(columns: (45%, 55%), align: center, row-gutter: 5pt,
  [ĐẢNG BỘ TỈNH LAM CHÂU], [*ĐẢNG CỘNG SẢN VIỆT NAM*],
  [*ĐẢNG ỦY XÃ NẬM CÁT*], [],
  [\*], [],
  [Số 42-KH/ĐU], [_Nậm Cát, ngày 06 tháng 8 năm 2025_])
#v(10pt)
#align(center)[*KẾ HOẠCH* \ *lãnh đạo thực hiện phong trào “Bình dân học vụ số”* \ *trên địa bàn xã Nậm Cát, giai đoạn 2025 - 2026* \ -----]

Thực hiện Nghị quyết số 57-NQ/TW, ngày 22/12/2024 của Bộ Chính trị; Kế hoạch số 19-KH/TU, ngày 30/6/2025 của Ban Thường vụ Tỉnh ủy Lam Châu về triển khai phong trào “Bình dân học vụ số”, Ban Thường vụ Đảng ủy xã ban hành Kế hoạch với những nội dung sau:

*I- TÌNH HÌNH*

Đảng bộ xã có 31 chi bộ, đảng bộ trực thuộc với 742 đảng viên. Toàn xã có 13 bản, 6.480 người trong độ tuổi trưởng thành, trong đó mới có 2.106 người (35%) biết dùng dịch vụ công trực tuyến; 05 bản chưa có điểm truy cập Internet công cộng. Nhiều đồng chí đảng viên cao tuổi còn ngại tiếp cận cái mới.

*II- MỤC ĐÍCH, YÊU CẦU*

1- Tạo chuyển biến rõ rệt về nhận thức và hành động của cấp ủy, chi bộ, cán bộ, đảng viên; đảng viên học trước để hướng dẫn Nhân dân.

2- Các cấp ủy xác định đây là nhiệm vụ chính trị thường xuyên; người đứng đầu chịu trách nhiệm về kết quả, lấy kết quả phong trào làm căn cứ đánh giá, xếp loại cuối năm.

*III- MỤC TIÊU*

*1- Đến hết tháng 12/2025*

- 100% chi bộ đưa nội dung phong trào vào nghị quyết sinh hoạt thường kỳ.

- 100% đảng viên (trừ đảng viên được miễn công tác, sinh hoạt đảng) sử dụng được ứng dụng Sổ tay đảng viên điện tử; mỗi đảng viên hướng dẫn ít nhất 02 người thân, hàng xóm biết dùng dịch vụ công trực tuyến.

- Ít nhất 55% người trong độ tuổi trưởng thành biết dùng dịch vụ công trực tuyến, trong đó tỷ lệ này ở người dân tộc thiểu số không dưới 40%.

- 13/13 bản (100%) có Tổ công nghệ số cộng đồng do đồng chí bí thư chi bộ hoặc trưởng bản làm tổ trưởng.

*2- Đến hết tháng 6/2026*

- Từ 75% trở lên người trong độ tuổi trưởng thành biết dùng dịch vụ công trực tuyến.

- Giảm số bản chưa có điểm truy cập Internet công cộng từ 05 bản xuống còn 01 bản.

*3- Đến hết tháng 12/2026*

- Trên 70% người trong độ tuổi trưởng thành được xác nhận phổ cập kỹ năng số trên VNeID.

- Phấn đấu 100% hộ gia đình có ít nhất một thành viên thanh toán được tiền điện và nộp được hồ sơ bằng điện thoại.

- Giảm ít nhất 50% số vụ lừa đảo qua mạng trên địa bàn so với năm 2025.

*IV- NHIỆM VỤ, GIẢI PHÁP*

1- Lãnh đạo công tác tư tưởng, tuyên truyền để mỗi người dân hiểu học kỹ năng số là quyền lợi của chính mình; chú trọng tuyên truyền miệng bằng tiếng dân tộc qua già làng, trưởng bản, người có uy tín.

2- Lãnh đạo xây dựng lực lượng hướng dẫn tại chỗ, trong đó Đoàn xã làm nòng cốt; kiện toàn xong Tổ công nghệ số cộng đồng của các bản trước ngày 20/8/2025. Mỗi chi bộ đỡ đầu ít nhất 01 lớp học cộng đồng.

3- Lãnh đạo huy động nguồn lực để phủ sóng di động, Internet đến các bản còn khó khăn; vận động doanh nghiệp hỗ trợ điện thoại thông minh cho hộ nghèo.

4- Tăng cường kiểm tra, giám sát; kịp thời biểu dương cách làm hay, phê bình nơi làm hình thức.

(Phân công cụ thể tại Phụ lục kèm theo)

*V- TỔ CHỨC THỰC HIỆN*

1- Các chi bộ, đảng bộ trực thuộc xây dựng kế hoạch thực hiện trước ngày 25/8/2025; hằng tháng báo cáo kết quả về Ban Thường vụ Đảng ủy (qua Ban Xây dựng Đảng) trước ngày 20.

2- Đảng ủy Ủy ban nhân dân xã lãnh đạo Ủy ban nhân dân xã cụ thể hóa Kế hoạch, bố trí kinh phí; báo cáo Ban Thường vụ Đảng ủy trước ngày 20 của tháng cuối quý.

3- Ủy ban Mặt trận Tổ quốc Việt Nam xã và các tổ chức chính trị - xã hội vận động đoàn viên, hội viên và Nhân dân tham gia học tập.

4- Ủy ban Kiểm tra Đảng ủy đưa việc thực hiện Kế hoạch vào chương trình kiểm tra, giám sát năm 2026.

5- Ban Xây dựng Đảng theo dõi, đôn đốc; tham mưu Ban Thường vụ Đảng ủy báo cáo Ban Thường vụ Tỉnh ủy định kỳ 6 tháng, hằng năm và đột xuất khi có yêu cầu.

Kế hoạch này được phổ biến đến chi bộ./.

#v(8pt)
#grid(columns: (50%, 50%),
  plain(text(size: 11pt)[_*Nơi nhận:*_ \ - Ban Thường vụ Tỉnh ủy (để báo cáo); \ - Các đồng chí Đảng ủy viên; \ - Đảng ủy Ủy ban nhân dân xã; \ - Các chi bộ, đảng bộ trực thuộc; \ - Lưu Văn phòng Đảng ủy.]),
  align(center)[*T/M BAN THƯỜNG VỤ* \ *BÍ THƯ* \ #v(34pt) *Lò Văn Quyết*])

#set page(flipped: true, margin: (top: 20mm, bottom: 20mm, left: 20mm, right: 20mm))
#set par(first-line-indent: 0pt, justify: false, leading: 0.6em)
#align(center)[*PHỤ LỤC* \ *PHÂN CÔNG NHIỆM VỤ THỰC HIỆN PHONG TRÀO “BÌNH DÂN HỌC VỤ SỐ”* \ _(Kèm theo Kế hoạch số 42-KH/ĐU, ngày 06/8/2025 của Ban Thường vụ Đảng ủy xã Nậm Cát)_]
#v(4pt)
#set text(size: 12pt)
#table(columns: (12mm, 1fr, 33mm, 38mm, 44mm, 35mm), align: (center, left, left, left, left, left), inset: 5pt, stroke: 0.6pt,
  table.header([*Số TT*], [*Nội dung nhiệm vụ*], [*Cơ quan chỉ đạo*], [*Cơ quan chủ trì*], [*Cơ quan phối hợp*], [*Thời gian hoàn thành*]),
  [*I*], table.cell(colspan: 5)[*Công tác tư tưởng, tuyên truyền*],
  [1], [Tổ chức hội nghị quán triệt Nghị quyết số 57-NQ/TW và Kế hoạch này đến cán bộ chủ chốt, bí thư chi bộ, trưởng bản], [Ban Thường vụ Đảng ủy], [Ban Xây dựng Đảng], [Văn phòng Đảng ủy], [Trước ngày 20/8/2025],
  [2], [Đưa việc học kỹ năng số vào sinh hoạt chi bộ; mỗi chi bộ có ít nhất một buổi sinh hoạt chuyên đề trong một quý], [Ban Thường vụ Đảng ủy], [Các chi bộ, đảng bộ trực thuộc], [Ban Xây dựng Đảng], [Hằng quý],
  [3], [Biên tập, phát tin, bài bằng tiếng phổ thông và tiếng dân tộc trên loa truyền thanh, nhóm Zalo của bản], [Đảng ủy Ủy ban nhân dân xã], [Phòng Văn hóa - Xã hội], [Các bản; các trường học], [Thường xuyên],
  [*II*], table.cell(colspan: 5)[*Tổ chức học tập*],
  [4], [Rà soát tình hình sử dụng điện thoại thông minh và kỹ năng số của từng hộ gia đình], [Đảng ủy Ủy ban nhân dân xã], [Công an xã], [Phòng Văn hóa - Xã hội, 13 bản], [Tháng 8/2025],
  [5], [Kiện toàn Tổ công nghệ số cộng đồng của các bản], [Đảng ủy Ủy ban nhân dân xã], [Phòng Văn hóa - Xã hội], [Đoàn TNCS Hồ Chí Minh xã], [31/8/2025],
  [6], [Hướng dẫn đảng viên cài đặt, sử dụng Sổ tay đảng viên điện tử], [Ban Thường vụ Đảng ủy], [Văn phòng Đảng ủy], [Các chi bộ, đảng bộ trực thuộc], [Trước ngày 15/10/2025],
  [7], [Mở lớp học buổi tối theo cụm bản, ưu tiên các việc người dân hay dùng nhất: gọi điện có hình, nộp hồ sơ trực tuyến, đặt lịch khám bệnh, nhận và chuyển tiền, tra giá nông sản, nhận ra cuộc gọi và tin nhắn lừa đảo; người không đi học được thì cử người đến tận nhà hướng dẫn], [Đảng ủy Ủy ban nhân dân xã], [Các Tổ công nghệ số cộng đồng], [Trường Phổ thông dân tộc bán trú Nậm Cát; Đồn Biên phòng Nậm Cát], [Từ tháng 9/2025 đến tháng 6/2026],
  [8], [Phân công đảng viên giúp hộ gia đình học kỹ năng số, mỗi đảng viên phụ trách ít nhất 03 hộ], [Ban Thường vụ Đảng ủy], [Các chi bộ bản], [Ủy ban Mặt trận Tổ quốc Việt Nam xã và các tổ chức chính trị - xã hội], [Quý IV/2025],
  [*III*], table.cell(colspan: 5)[*Hạ tầng, xác nhận kết quả*],
  [9], [Lắp đặt điểm truy cập Internet không dây miễn phí tại nhà văn hóa các bản chưa có sóng ổn định], [Đảng ủy Ủy ban nhân dân xã], [Phòng Kinh tế], [Viễn thông Lam Châu, Viettel Lam Châu], [Trước ngày 31/5/2026],
  [10], [Tổ chức các điểm lưu động xác nhận mức độ phổ cập kỹ năng số của người dân trên VNeID], [Đảng ủy Ủy ban nhân dân xã], [Công an xã], [Các Tổ công nghệ số cộng đồng], [Sau 10 ngày kể từ ngày Công an tỉnh có hướng dẫn],
  [*IV*], table.cell(colspan: 5)[*Kiểm tra, sơ kết, tổng kết*],
  [11], [Giám sát công tác lãnh đạo thực hiện phong trào tại 03 chi bộ], [Ban Thường vụ Đảng ủy], [Ủy ban Kiểm tra Đảng ủy], [Ban Xây dựng Đảng], [Quý II/2026],
  [12], [Tổng kết phong trào, đề nghị khen thưởng tập thể, cá nhân tiêu biểu], [Ban Thường vụ Đảng ủy], [Ban Xây dựng Đảng; Đảng ủy Ủy ban nhân dân xã], [], [Tháng 12/2026],
)
"""


def write(path: Path) -> None:
    write_pdf(
        path,
        BODY,
        title="Kế hoạch 42-KH/ĐU",
        running="header: context if counter(page).get().first() > 1 { align(center, counter(page).display()) }",
    )
