"""A youth union's plan in PDF without any table: its own head, campaigns as horizons, who does what in brackets after each task."""

from __future__ import annotations

from pathlib import Path

from tests.make.plan_documents.pdf import write_pdf

BODY = r"""
#let plain(body) = par(first-line-indent: 0pt, justify: false, body)
#grid(columns: (45%, 55%), align: center, row-gutter: 5pt,
  [*BAN CHẤP HÀNH TỈNH TRƯỜNG GIANG*], [*ĐOÀN TNCS HỒ CHÍ MINH*],
  [\*\*\*], [],
  [Số: 45-KH/TĐTN-PT], [_Trường Giang, ngày 09 tháng 10 năm 2025_])
#v(10pt)
#align(center)[*KẾ HOẠCH* \ *Chiến dịch “Thanh niên chung tay phổ cập kỹ năng số cộng đồng”* \ *giai đoạn tháng 10/2025 - tháng 12/2026* \ -----]

Thực hiện Kế hoạch số 214/KH-UBND ngày 18 tháng 8 năm 2025 của Ủy ban nhân dân tỉnh Trường Giang; Kế hoạch số 612-KH/TWĐTN-PTTN của Ban Bí thư Trung ương Đoàn, Ban Thường vụ Tỉnh đoàn ban hành kế hoạch tổ chức Chiến dịch, như sau:

*I. MỤC TIÊU*

*1. Đợt 1 - “Sẵn sàng” (từ ngày 15/10/2025 đến ngày 30/11/2025)*

- Thành lập 124 Đội hình “Bình dân học vụ số” tại 124 xã, phường.

- 100% bí thư chi đoàn, 60% đoàn viên hoàn thành khóa học trực tuyến về kỹ năng số và kỹ năng hướng dẫn người khác.

- Mỗi Đội hình hỗ trợ tối thiểu 300 lượt người dân làm thủ tục hành chính trên Cổng Dịch vụ công quốc gia.

*2. Đợt 2 - “Đến từng nhà” (từ ngày 01/01/2026 đến ngày 31/8/2026)*

- Hướng dẫn để hơn 60.000 người dân sử dụng được ít nhất 03 kỹ năng số thiết yếu; trong đó người từ 60 tuổi trở lên chiếm ít nhất 20%.

- Ít nhất 90% thôn, tổ dân phố vùng đồng bào dân tộc thiểu số có thanh niên tình nguyện về hướng dẫn ở hè năm 2026.

*3. Cả Chiến dịch (đến tháng 12/2026)*

- Phấn đấu 5.000 hộ kinh doanh của thanh niên, phụ nữ có tên miền quốc gia “.vn” hoặc gian hàng trực tuyến.

- 100% đoàn xã, phường có ít nhất 01 mô hình chuyển đổi số do thanh niên làm chủ, tổng số không dưới 150 mô hình.

*II. NỘI DUNG, GIẢI PHÁP*

*1. Tập huấn lực lượng*

1.1. Mở lớp tập huấn người hướng dẫn cấp tỉnh, phát tài liệu và bộ câu hỏi tình huống (Ban Phong trào chủ trì; phối hợp: Sở Khoa học và Công nghệ, Trường Đại học Trường Giang; hoàn thành trong tháng 10/2025).

1.2. Tập huấn lại cho thành viên các Đội hình tại cơ sở theo phương pháp cầm tay chỉ việc (Ban Thường vụ đoàn các xã, phường chủ trì; phối hợp: Tổ công nghệ số cộng đồng; hoàn thành trước ngày 15/11/2025).

*2. Ra quân hướng dẫn người dân*

2.1. Tổ chức lễ ra quân cấp tỉnh, trực tuyến đến cấp xã (Ban Phong trào và Văn phòng Tỉnh đoàn chủ trì; phối hợp: Báo và Phát thanh, Truyền hình Trường Giang; thời gian: ngày 18/10/2025).

2.2. Trực hỗ trợ tại bộ phận một cửa vào sáng thứ Hai và thứ Sáu, tại nhà văn hóa thôn vào tối thứ Bảy hằng tuần (đoàn các xã, phường chủ trì; phối hợp: Trung tâm Phục vụ hành chính công cấp xã; thực hiện thường xuyên).

2.3. Đến nhà người cao tuổi, người khuyết tật để hướng dẫn, mỗi nhà ít nhất ba lần trong một quý (các Đội hình chủ trì; phối hợp: Hội Người cao tuổi, Hội Người khuyết tật; thực hiện từ tháng 01/2026).

*3. Truyền thông và thi đua*

3.1. Phát động cuộc thi làm video ngắn “Bà ơi, con chỉ cho” trên mạng xã hội (Ban Tuyên giáo chủ trì; phối hợp: Sở Văn hóa, Thể thao và Du lịch; trong quý II/2026).

3.2. Biểu dương đội hình, người hướng dẫn tiêu biểu nhân dịp kỷ niệm 95 năm Ngày thành lập Đoàn 26/3 (Ban Tổ chức - Kiểm tra chủ trì; phối hợp: các ban, văn phòng Tỉnh đoàn; tháng 3/2026).

*III. TIẾN ĐỘ*

Tháng 10/2025 ban hành kế hoạch, ra quân vào ngày 20/10/2025; tháng 7/2026 sơ kết; tháng 12/2026 tổng kết.

*IV. TỔ CHỨC THỰC HIỆN*

*1. Ban Phong trào Tỉnh đoàn:* là đầu mối theo dõi; tham mưu Ban Thường vụ Tỉnh đoàn báo cáo Ban Bí thư Trung ương Đoàn và Ủy ban nhân dân tỉnh 6 tháng một lần; tổng kết trước ngày 20/12/2026.

*2. Đoàn các xã, phường:* xây dựng kế hoạch trước ngày 25/10/2025; gửi báo cáo về Tỉnh đoàn (qua Ban Phong trào) trước ngày 25 hằng tháng, khi có sự việc đột xuất thì báo cáo ngay; gửi báo cáo tổng kết trước ngày 10/12/2026. Số liệu tổng hợp theo mẫu tại Phụ lục 1, Phụ lục 2 gửi kèm.

*3. Các ban, văn phòng Tỉnh đoàn:* căn cứ nhiệm vụ được giao, lồng ghép vào chương trình công tác năm 2026.

#v(8pt)
#grid(columns: (50%, 50%),
  plain(text(size: 11pt)[*_Nơi nhận:_* \ - Ban Bí thư Trung ương Đoàn; \ - Thường trực Tỉnh ủy; \ - UBND tỉnh; \ - Đoàn các xã, phường; \ - Lưu VP, Ban PT.]),
  align(center)[*TM. BAN THƯỜNG VỤ TỈNH ĐOÀN* \ *PHÓ BÍ THƯ* \ #v(30pt) *Nguyễn Hà My*])
"""


def write(path: Path) -> None:
    write_pdf(
        path,
        BODY,
        title="Kế hoạch 45-KH/TĐTN-PT",
        running="footer: context align(right, text(size: 10pt)[Trang #counter(page).display() / #counter(page).final().first()])",
    )
