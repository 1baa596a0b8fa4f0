"""A plan two bodies sign together, as an HTML page saved from a word processor: what falls to each under its name, then what falls to both; two heads
and two signatures side by side."""

from __future__ import annotations

from pathlib import Path

BODY = """<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><meta name="generator" content="LibreOffice"><title></title>
<style>p { margin: 0 0 6pt } p.giua { text-align: center } td { vertical-align: top }</style></head>
<body lang="vi-VN">
<table width="100%"><tr>
<td><p class="giua">HỘI NÔNG DÂN TỈNH VĨNH KHÊ</p><p class="giua">TỈNH ĐOÀN VĨNH KHÊ</p><p class="giua">Số: 06/KHPH-HNDT-TĐTN</p></td>
<td><p class="giua"><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b></p><p class="giua"><b>Độc lập - Tự do - Hạnh phúc</b></p>
<p class="giua"><i>Vĩnh Khê, ngày 02 tháng 3 năm 2026</i></p></td>
</tr></table>
<p class="giua"><b>KẾ HOẠCH PHỐI HỢP</b></p>
<p class="giua"><b>Hỗ trợ nông dân học và dùng kỹ năng số, hưởng ứng phong trào “Bình dân học vụ số”, giai đoạn 2026&nbsp;-&nbsp;2027</b></p>
<p>Căn cứ Kế hoạch số 214/KH-UBND ngày 18/11/2025 của Ủy ban nhân dân tỉnh; Chương trình phối hợp số 11/CTPH-HNDT-TĐTN ngày 20/5/2024, Hội Nông dân tỉnh và Tỉnh đoàn (sau đây
gọi là hai bên) thống nhất Kế hoạch phối hợp như sau:</p>
<p><b>I. MỤC ĐÍCH, YÊU CẦU</b></p>
<p>1. Kết nối sức trẻ của đoàn viên với kinh nghiệm của nhà nông, để công nghệ giúp 118.000 hội viên nông dân trong tỉnh bán được hàng, đỡ công sức, tránh bị lừa.</p>
<p>2. Phân công rõ việc, không chồng chéo; hai bên luân phiên chủ trì họp giao ban.</p>
<p><b>II. CHỈ TIÊU PHỐI HỢP</b></p>
<p><b>1. Năm 2026</b></p>
<p>- Thành lập 60 đội “Thanh niên cùng nông dân lên sàn” ở các xã, phường có vùng sản xuất tập trung.</p>
<p>- Trên 12.000 lượt nông dân được hướng dẫn ghi nhật ký sản xuất điện tử.</p>
<p>- 40% hợp tác xã nông nghiệp có sản phẩm bán trên sàn thương mại điện tử (năm 2025 là 22%).</p>
<p>- Ít nhất 50% chi hội nông dân và 100% chi đoàn ở nông thôn ký kết thành “cặp đôi số”.</p>
<p><b>2. Năm 2027</b></p>
<p>- 65% hợp tác xã nông nghiệp có sản phẩm bán trên sàn thương mại điện tử.</p>
<p>- Phấn đấu trên 90% hội viên nông dân trong độ tuổi lao động tự tra cứu được giá nông sản, dự báo thời tiết và nộp được hồ sơ trực tuyến.</p>
<p>- Hỗ trợ tối thiểu 300 hộ nông dân vay vốn mua thiết bị số, tổng vốn vay 15 tỷ đồng.</p>
<p><b>III. TRÁCH NHIỆM CỦA MỖI BÊN</b></p>
<p><b>1. Hội Nông dân tỉnh</b></p>
<p>a) Lập danh sách hợp tác xã, tổ hợp tác cần hỗ trợ, gửi Tỉnh đoàn trước ngày 31/3/2026.</p>
<p>b) Chủ trì, phối hợp với Sở Công Thương, Bưu điện tỉnh tổ chức Ngày hội “Nông sản lên mạng” trong tháng 10/2026.</p>
<p>c) Vận động hội viên tham gia các lớp học kỹ năng số do hai bên tổ chức; thực hiện thường xuyên.</p>
<p>d) Xem xét cho vay mua thiết bị số từ Quỹ Hỗ trợ nông dân, giải ngân đợt đầu trong quý II/2026.</p>
<p><b>2. Tỉnh đoàn</b></p>
<p>a) Tuyển chọn, tập huấn đoàn viên cho các đội “Thanh niên cùng nông dân lên sàn”, hoàn thành trước ngày 30/4/2026.</p>
<p>b) Biên soạn ít nhất 08 video hướng dẫn bằng hình ảnh thực tế trên đồng ruộng, hoàn thành trước ngày 15/5/2026.</p>
<p>c) Chủ trì, phối hợp với Trường Đại học Nông Lâm Vĩnh Khê đưa sinh viên về giúp nông dân trong chiến dịch tình nguyện hè, từ ngày 15/6/2026 đến ngày 15/8/2026.</p>
<p>d) Cử đoàn viên trực tổng đài giải đáp thắc mắc về kỹ thuật cho nông dân; thực hiện thường xuyên.</p>
<p><b>3. Trách nhiệm chung của hai bên</b></p>
<p>a) Chỉ đạo chi hội, chi đoàn cơ sở ký kết “cặp đôi số” trong tháng 4/2026.</p>
<p>b) Sơ kết năm thứ nhất, bàn việc năm thứ hai trong tháng 12/2026.</p>
<p>c) Tổng kết giai đoạn, khen thưởng tập thể, cá nhân xuất sắc trong tháng 11/2027.</p>
<p><b>IV. CHẾ ĐỘ THÔNG TIN, BÁO CÁO</b></p>
<p>1. Hai bên giao Văn phòng Hội Nông dân tỉnh và Ban Phong trào Tỉnh đoàn làm bộ phận thường trực.</p>
<p>2. Hội Nông dân và Đoàn TNCS Hồ Chí Minh các xã, phường báo cáo bộ phận thường trực trước ngày 15 của tháng cuối quý.</p>
<p>3. Bộ phận thường trực báo cáo Thường trực hai bên 6 tháng (trước ngày 20/6), hằng năm (trước ngày 10/12) và đột xuất khi được yêu cầu.</p>
<p>Kế hoạch này có hiệu lực từ ngày ký; việc sửa đổi do hai bên bàn bạc, thống nhất bằng văn bản./.</p>
<table width="100%"><tr>
<td><p class="giua"><b>TM. BAN THƯỜNG VỤ TỈNH ĐOÀN</b></p><p class="giua"><b>BÍ THƯ</b></p><p>&nbsp;</p><p class="giua"><b>Vi Thị Mai Anh</b></p></td>
<td><p class="giua"><b>TM. BAN THƯỜNG VỤ HỘI NÔNG DÂN TỈNH</b></p><p class="giua"><b>CHỦ TỊCH</b></p><p>&nbsp;</p><p class="giua"><b>Đoàn Văn Thuận</b></p></td>
</tr></table>
<p><i>Nơi nhận:</i><br>- Trung ương Hội, Trung ương Đoàn;<br>- Sở Khoa học và Công nghệ;<br>- Hội Nông dân, Đoàn TNCS Hồ Chí Minh các xã, phường;<br>- Lưu: hai bên.</p>
</body></html>
"""


def write(path: Path) -> None:
    path.write_text(BODY, encoding="utf-8")
