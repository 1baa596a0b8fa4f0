"""A commune's plan as somebody pasted it from a scan: the two columns of the head run together, lines broken anywhere, page numbers and stamps
between them, every mark apart from its letter (NFD), dates with dots and hyphens, tasks in running text without any table."""

from __future__ import annotations

import unicodedata
from pathlib import Path

BODY = """ỦY BAN NHÂN DÂN        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
   XÃ ĐỒNG MÍT               Độc lập - Tự do - Hạnh phúc
Số: 62/KH-UBND          Đồng Mít, ngày 03 tháng 11 năm 2025

KẾ HOẠCH
60 ngày đêm cao điểm thực hiện phong trào
“Bình dân học vụ số” trên địa bàn xã Đồng Mít
(từ ngày 10/11/2025 đến hết ngày 08/01/2026)

Thực hiện Kế hoạch số 214/KH-UBND ngày 18.8.2025 của Ủy ban
nhân dân tỉnh Trường Giang, Ủy ban nhân dân xã Đồng Mít phát động 60 ngày
đêm cao điểm giúp bà con học và dùng được kỹ năng số
như sau:
A- TÌNH HÌNH
Xã có 19 thôn, 4.107 hộ, 16.823 người, trong đó 11.540 người từ đủ 18 tuổi
trở lên; 61% là đồng bào dân tộc thiểu số; còn 07 thôn sóng di động yếu.
Tính đến 31-10-2025 mới có 3.116 người (27%) được xác nhận trên VNeID.
B- CHỈ TIÊU CAO ĐIỂM
1- Ít nhất 75% người trưởng thành của xã được cán bộ, thành viên Tổ công nghệ số
cộng đồng hướng dẫn trực tiếp ít nhất một lần.
2- Nâng tỷ lệ người trưởng thành được xác nhận phổ cập
kỹ năng số trên VNeID từ 27% lên 55%, tức là khoảng 5.300
người.
                                   2

3- 19/19 thôn tổ chức “Tuần học số”, hoàn thành trước ngày 15-12-2025.
4- Toàn bộ (100%) cán bộ, công chức xã và người hoạt động không chuyên trách ở
thôn dùng được chữ ký số, xong trước 30.11.2025.
5- Mỗi thôn có từ 03 “hạt nhân số” trở lên là người uy tín,
giáo viên, đoàn viên.
6- Vận động 35 hộ sản xuất, hợp tác xã đưa nông sản lên sàn thương mại
điện tử.
C- VIỆC PHẢI LÀM
(1) Mở đợt tuyên truyền bằng tiếng Việt và tiếng dân tộc trên loa
thôn mỗi ngày hai buổi. Giao Trung tâm Cung ứng dịch vụ công xã chủ trì, phối
hợp với các thôn thực hiện hằng ngày trong thời gian cao điểm.
(2) Lập danh sách từng người cần hướng dẫn, chia cho từng thành viên Tổ công nghệ
số cộng đồng phụ trách không quá 25 người. Giao Phòng Văn hóa - Xã
hội chủ trì, phối hợp với Công an xã, các thôn; hoàn thành
trước ngày 17.11.2025.
(3) Dạy buổi tối tại nhà văn hóa thôn, ưu tiên bốn việc: nộp hồ sơ trực
tuyến, đặt lịch khám bệnh, chuyển tiền an toàn, nhận ra lừa đảo. Giao các Tổ công
nghệ số cộng đồng chủ trì, phối hợp với Đoàn Thanh niên xã,
Hội Liên hiệp Phụ nữ xã; hoàn thành trước ngày 05.01.2026.
(4) Lắp điểm phát sóng tạm và máy phát cho 07 thôn sóng yếu. Đề nghị Viễn
thông Trường Giang, Viettel Trường Giang chủ trì, phối hợp với Phòng Kinh tế;
hoàn thành trong tháng 11.2025.
                                   3
ĐẾN  Số: 1187  Ngày: 04/11/2025

(5) Cử tổ lưu động đến nhà người cao tuổi, người khuyết tật để xác nhận
trên VNeID. Giao Công an xã chủ trì, phối hợp với Trạm Y tế xã, Hội Người
cao tuổi xã; thực hiện thường xuyên, sau khi kết thúc cao điểm
vẫn duy trì mỗi tháng một lần.
(6) Sơ kết 30 ngày và tổng kết cao điểm. Giao Văn phòng Hội đồng nhân dân và
Ủy ban nhân dân xã chủ trì, phối hợp với Phòng Văn hóa - Xã hội; xong
trước ngày 15.01.2026.
D- PHÂN CÔNG, BÁO CÁO
Trưởng thôn báo cáo miệng hoặc tin nhắn cho Phòng Văn hóa - Xã hội
vào 17 giờ hằng ngày; Phòng Văn hóa - Xã hội tổng hợp báo cáo Chủ tịch Ủy ban
nhân dân xã thứ Hai hằng tuần, báo cáo Sở Khoa học và Công nghệ
khi kết thúc cao điểm (trước ngày 20.01.2026).
Công an xã mở đợt cao điểm cấp định danh điện tử mức độ 2 cho công dân từ đủ 14 tuổi
chưa có. Kinh phí: 85 triệu đồng từ ngân sách xã.
Kết quả thực hiện là một căn cứ xếp loại thi đua năm 2026. Yêu cầu các đơn
vị, các thôn thực hiện nghiêm túc; khó khăn, vướng mắc
báo cáo ngay Ủy ban nhân dân xã để giải quyết./.

Nơi nhận:                              TM. ỦY BAN NHÂN DÂN
- UBND tỉnh;                                 CHỦ TỊCH
- Sở KH&CN;
- 19 thôn;                              (đã ký, đóng dấu)
- Lưu: VT.                                  Y Thanh Niê
"""


def write(path: Path) -> None:
    path.write_text(unicodedata.normalize("NFD", BODY), encoding="utf-8")
