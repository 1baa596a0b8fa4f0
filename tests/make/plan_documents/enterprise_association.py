"""An enterprise association's plan as its web site saves it: menu and footer around it, Word's leftovers inside, a table by who leads."""

from __future__ import annotations

from pathlib import Path

BODY = """<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>Kế hoạch phổ cập kỹ năng số cho người lao động | Hiệp hội Doanh nghiệp Trường Giang</title>
<style>.MsoNormal { margin: 0 } .menu { float: left } td { border: 1px solid }</style>
<script>var viewed = 1245; document.title = "Số: 99/KH-MENU";</script></head>
<body>
<div class="menu"><ul><li><a href="/">Trang chủ</a></li><li><a href="/gioi-thieu">Giới thiệu</a></li><li><a href="/van-ban">Văn bản</a></li>
<li><a href="/hoi-vien">186 hội viên</a></li></ul></div>
<p class="crumb">Trang chủ &raquo; Văn bản &raquo; Kế hoạch &nbsp;|&nbsp; Đăng ngày 02/10/2025 08:15 &nbsp;|&nbsp; Lượt xem: 1.245</p>
<div class="content">
<table border="0" width="100%"><tr>
<td align="center"><p class="MsoNormal"><b>HIỆP HỘI DOANH NGHIỆP<br>TỈNH TRƯỜNG GIANG</b></p><p class="MsoNormal">Số: 58/KH-HHDN</p></td>
<td align="center"><p class="MsoNormal"><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br><u>Độc lập - Tự do - Hạnh phúc</u></b></p>
<p class="MsoNormal"><i>Trường Giang, ngày 30 tháng 9 năm 2025</i></p></td></tr></table>
<p class="MsoNormal" align="center"><b>KẾ HOẠCH<br>Phổ cập kỹ năng số cho người lao động trong doanh nghiệp, hợp tác xã hội viên<br>năm 2025 - 2026</b></p>
<p class="MsoNormal"><span style="font-size:14.0pt">Hưởng ứng phong trào &ldquo;B&igrave;nh d&acirc;n học vụ số&rdquo; v&agrave; Kế hoạch số 214/KH-UBND ng&agrave;y 18/8/2025 của
Ủy ban nh&acirc;n d&acirc;n tỉnh, Ban Chấp h&agrave;nh Hiệp hội Doanh nghiệp tỉnh ban h&agrave;nh kế hoạch như sau:</span></p>
<p class="MsoNormal"><b>1. Vì sao phải làm</b></p>
<p class="MsoNormal">Hiệp hội có 186 hội viên với khoảng 31.500 lao động, trong đó 38% là lao động phổ thông; qua khảo sát tháng 8/2025 mới có 12% doanh nghiệp
tổ chức dạy kỹ năng số tại chỗ.</p>
<p class="MsoNormal"><b>2. Chúng ta cam kết</b></p>
<ul type="disc">
<li>Tỷ lệ người lao động có kiến thức cơ bản về công nghệ số, sử dụng được thiết bị thông minh trong sản xuất, kinh doanh: hết quý IV/2025 đạt 50%, hết quý II/2026
đạt 75%, hết năm 2026 đạt trên 90%.</li>
<li>Năm 2026, đào tạo 12.000 lượt lao động, gồm 7.500 nữ và 5.500 nam.</li>
<li>Cả 180 doanh nghiệp hội viên (100%) cử ít nhất một người làm đầu mối về kỹ năng số, xong trong tháng 11/2025.</li>
<li>Tối thiểu&nbsp;60% doanh nghiệp, hợp tác xã trả lương qua tài khoản cho toàn bộ lao động trước 30/6/2026; phấn đấu cuối năm 2026 đạt 80%.</li>
<li>Mỗi khu, cụm công nghiệp có không ít hơn 01 điểm &ldquo;Góc học số&rdquo; mở cửa ngoài giờ làm việc, hoàn thành trong quý I năm 2026.</li>
</ul>
<p class="MsoNormal"><b>3. Việc phải làm</b></p>
<table border="1" cellspacing="0">
<thead><tr><th rowspan="2">Chủ trì</th><th colspan="2">Nội dung</th><th rowspan="2">Phối hợp</th><th rowspan="2">Xong khi nào</th></tr>
<tr><th>Số</th><th>Việc</th></tr></thead>
<tbody>
<tr><td rowspan="3">Văn phòng Hiệp hội</td><td>01</td><td>Khảo sát nhu cầu học của người lao động từng doanh nghiệp</td><td>Liên đoàn Lao động tỉnh</td><td>31/10/2025</td></tr>
<tr><td>02</td><td>Xây dựng bộ bài học ngắn, mỗi bài không quá 15 phút, học được trong giờ nghỉ giữa ca</td><td>Sở Khoa học và Công nghệ; Trường Cao đẳng nghề
Trường Giang</td><td>Tháng 12/2025</td></tr>
<tr><td>03</td><td>Ký kết chương trình phối hợp với các sở, ngành về phổ cập kỹ năng số cho người lao động</td><td>&nbsp;</td><td>Quý IV/2025</td></tr>
<tr><td rowspan="2">Các doanh nghiệp, hợp tác xã hội viên</td><td>04</td><td>Bố trí phòng học, máy tính, đường truyền và thời gian học được hưởng lương</td><td>Công đoàn cơ sở</td><td>Từ 01/01/2026</td></tr>
<tr><td>05</td><td>Tổ chức học, kiểm tra và lập danh sách người đạt yêu cầu</td><td>Công đoàn cơ sở, Văn phòng Hiệp hội</td><td>Hằng quý</td></tr>
<tr><td>Câu lạc bộ Nữ doanh nhân; Câu lạc bộ Doanh nhân trẻ</td><td>06</td><td>Vận động hội viên đỡ đầu lớp kỹ năng số cho lao động nữ, lao động người dân tộc thiểu số</td><td>Hội Liên hiệp
Phụ nữ tỉnh; Tỉnh đoàn</td><td>Trước 08/3/2026</td></tr>
</tbody></table>
<p class="MsoNormal"><b>4. Theo dõi, báo cáo</b></p>
<p class="MsoNormal">Hội viên gửi báo cáo về Văn phòng Hiệp hội chậm nhất ngày 25 của tháng cuối quý. Văn phòng Hiệp hội tổng hợp, báo cáo Liên đoàn Lao động tỉnh và Sở Nội vụ hằng quý,
báo cáo Ủy ban nhân dân tỉnh hằng năm trước ngày 15/12. Hằng tháng, Ban Chấp hành họp giao ban, đánh giá tiến độ.</p>
<p class="MsoNormal">Biểu mẫu báo cáo tại Phụ lục kèm theo (<a href="/tai-ve">tải về</a>).</p>
<table border="0" width="100%"><tr><td><p><b><i>Nơi nhận:</i></b><br>- UBND tỉnh;<br>- Liên đoàn Lao động tỉnh;<br>- Sở Nội vụ;<br>- Hội viên;<br>- Lưu: VP.</p></td>
<td align="center"><p><b>TM. BAN CHẤP HÀNH<br>CHỦ TỊCH</b></p><p>(Đã ký)</p><p><b>Vương Quốc Thái</b></p></td></tr></table>
</div>
<div class="share">Chia sẻ: Facebook | Zalo &nbsp; Bình chọn: 4,5/5 (28 lượt)</div>
<div class="related"><h3>Tin liên quan</h3><ul><li>90% hội viên hài lòng với Hiệp hội (15/9/2025)</li><li>Hội nghị gặp mặt 200 doanh nhân nhân ngày 13/10</li></ul></div>
<div class="footer">Địa chỉ: 12 đường 2 Tháng 9, phường Bến Lúa. Điện thoại: 02xx 3 800 058. &copy; 2025</div>
</body></html>
"""


def write(path: Path) -> None:
    path.write_text(BODY, encoding="utf-8")
