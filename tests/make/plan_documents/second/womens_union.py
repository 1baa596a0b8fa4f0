"""A women's union's plan as its web site saves it: everything in lists within lists, the year above the group, the group above the target, and who
leads a task in a list below it."""

from __future__ import annotations

from pathlib import Path

BODY = """<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>Kế hoạch 83/KH-BTV - Hội Liên hiệp Phụ nữ tỉnh Lam Châu</title>
<style>ol.la-ma { list-style: upper-roman } nav { background: #c06 }</style></head>
<body>
<nav><ul><li><a href="/">Trang chủ</a></li><li><a href="/tin">Tin hoạt động</a></li><li><a href="/van-ban">Văn bản Hội</a></li></ul></nav>
<main>
<h1>Kế hoạch “Phụ nữ Lam Châu học số, dùng số” hưởng ứng phong trào “Bình dân học vụ số”</h1>
<p class="meta">Cập nhật: 08/08/2025 &middot; 412 lượt xem</p>
<div class="van-ban">
<p style="text-align:center">HỘI LIÊN HIỆP PHỤ NỮ VIỆT NAM<br><strong>BAN CHẤP HÀNH TỈNH LAM CHÂU</strong><br>Số: 83/KH-BTV</p>
<p style="text-align:right"><em>Lam Châu, ngày 05 tháng 8 năm 2025</em></p>
<p style="text-align:center"><strong>KẾ HOẠCH</strong><br><strong>“Phụ nữ Lam Châu học số, dùng số” hưởng ứng phong trào “Bình dân học vụ số”, giai đoạn 2025 - 2026</strong></p>
<p>Thực hiện Kế hoạch số 128/KH-UBND ngày 15/7/2025 của Ủy ban nhân dân tỉnh và hướng dẫn của Trung ương Hội Liên hiệp Phụ nữ Việt Nam, Ban Thường vụ Hội Liên
hiệp Phụ nữ (LHPN) tỉnh Lam Châu xây dựng Kế hoạch như sau:</p>
<p><strong>I. MỤC ĐÍCH, YÊU CẦU</strong></p>
<ul>
<li>Giúp cán bộ, hội viên, phụ nữ tự tin sử dụng công nghệ số để chăm sóc gia đình, phát triển kinh tế và bảo vệ mình trên không gian mạng.</li>
<li>Hoạt động phù hợp với từng nhóm: phụ nữ cao tuổi, phụ nữ khuyết tật, phụ nữ dân tộc thiểu số, nữ tiểu thương, nữ công nhân; toàn tỉnh có 142.300 hội viên ở 1.118 chi hội.</li>
</ul>
<p><strong>II. CHỈ TIÊU</strong></p>
<ol>
<li><strong>Năm 2025 (đến ngày 15/12/2025)</strong>
  <ul>
  <li>Đối với cán bộ Hội:
    <ul>
    <li>100% cán bộ Hội chuyên trách các cấp sử dụng thành thạo phần mềm quản lý hội viên;</li>
    <li>Ít nhất 85% chi hội trưởng biết lập nhóm Zalo và tổ chức sinh hoạt chi hội trực tuyến.</li>
    </ul></li>
  <li>Đối với hội viên, phụ nữ:
    <ul>
    <li>Hướng dẫn 30.000 hội viên, phụ nữ có kỹ năng số cơ bản, trong đó phụ nữ dân tộc thiểu số chiếm từ 30% trở lên;</li>
    <li>Mỗi chi hội giúp ít nhất 05 phụ nữ cao tuổi, phụ nữ khuyết tật cài đặt và dùng được VNeID.</li>
    </ul></li>
  </ul></li>
<li><strong>Năm 2026 (đến ngày 15/12/2026)</strong>
  <ul>
  <li>Đối với hội viên, phụ nữ:
    <ul>
    <li>Trên 80% hội viên trong độ tuổi lao động có kỹ năng số cơ bản (cuối năm 2024 mới đạt 41%);</li>
    <li>Hỗ trợ ít nhất 500 phụ nữ khởi nghiệp bán hàng trực tuyến; phấn đấu 20% trong số đó có doanh thu trực tuyến từ 5 triệu đồng/tháng trở lên.</li>
    </ul></li>
  <li>Đối với Hội LHPN các xã, phường:
    <ul>
    <li>100% Hội LHPN xã, phường duy trì ít nhất 01 mô hình “Gia đình số”;</li>
    <li>Mỗi chi hội có trên 50% hội viên sử dụng điện thoại thông minh.</li>
    </ul></li>
  </ul></li>
</ol>
<p><strong>III. NHIỆM VỤ VÀ GIẢI PHÁP</strong></p>
<ol>
<li><strong>Tuyên truyền, vận động</strong>
  <ol type="a">
  <li>Tổ chức hội thi trực tuyến “Mẹ học số, con học vui” dành cho các gia đình hội viên
    <ul><li><em>Chủ trì:</em> Ban Tuyên giáo Hội LHPN tỉnh</li><li><em>Phối hợp:</em> Sở Giáo dục và Đào tạo; Tỉnh đoàn</li><li><em>Thời gian:</em> Tháng 10/2025</li></ul></li>
  <li>Xây dựng chuyên mục “Chị em hỏi, chuyên gia đáp” trên trang thông tin điện tử và mạng xã hội của Hội
    <ul><li><em>Chủ trì:</em> Ban Tuyên giáo Hội LHPN tỉnh</li><li><em>Phối hợp:</em> Công an tỉnh</li><li><em>Thời gian:</em> Từ tháng 9/2025, duy trì hằng tuần</li></ul></li>
  </ol></li>
<li><strong>Bồi dưỡng lực lượng nòng cốt</strong>
  <ol type="a">
  <li>Tập huấn cho chủ tịch Hội LHPN xã, phường về phương pháp hướng dẫn kỹ năng số
    <ul><li><em>Chủ trì:</em> Ban Tổ chức Hội LHPN tỉnh</li><li><em>Phối hợp:</em> Sở Khoa học và Công nghệ, Trường Chính trị tỉnh</li><li><em>Thời gian:</em> Trước ngày 30/9/2025</li></ul></li>
  <li>Thành lập nhóm “Hạt nhân số” ở các chi hội, mỗi nhóm có ít nhất 03 chị dưới 35 tuổi
    <ul><li><em>Chủ trì:</em> Hội LHPN các xã, phường</li><li><em>Thời gian:</em> Quý III/2025</li></ul></li>
  </ol></li>
<li><strong>Hướng dẫn hội viên, phụ nữ</strong>
  <ol type="a">
  <li>Duy trì “Phiên chợ số” cuối tuần, hướng dẫn chị em bán hàng trực tuyến, nhận thanh toán bằng mã QR
    <ul><li><em>Chủ trì:</em> Ban Kinh tế - Xã hội Hội LHPN tỉnh; Hội LHPN các xã, phường</li><li><em>Phối hợp:</em> Sở Công Thương; Bưu điện tỉnh</li>
    <li><em>Thời gian:</em> Thường xuyên</li></ul></li>
  <li>Đến nhà hướng dẫn phụ nữ cao tuổi, phụ nữ khuyết tật cài đặt và dùng VNeID, nhận lương hưu, trợ cấp qua tài khoản
    <ul><li><em>Chủ trì:</em> Các chi hội phụ nữ</li><li><em>Phối hợp:</em> Tổ công nghệ số cộng đồng; Công an cấp xã</li><li><em>Thời gian:</em> Hoàn thành trước ngày 30/11/2025</li></ul></li>
  <li>Hỗ trợ mô hình “Gia đình số” tại các xã, phường
    <ul><li><em>Chủ trì:</em> Ban Kinh tế - Xã hội Hội LHPN tỉnh</li><li><em>Phối hợp:</em> Hội LHPN các xã, phường</li><li><em>Thời gian:</em> Trong năm 2026</li></ul></li>
  </ol></li>
<li><strong>Đánh giá, khen thưởng</strong>
  <ol type="a">
  <li>Khảo sát kỹ năng số của hội viên bằng phiếu trực tuyến
    <ul><li><em>Chủ trì:</em> Văn phòng Hội LHPN tỉnh</li><li><em>Phối hợp:</em> Hội LHPN các xã, phường</li><li><em>Thời gian:</em> Tháng 6 và tháng 11 hằng năm</li></ul></li>
  <li>Tổng kết, tôn vinh phụ nữ tiêu biểu trong phong trào
    <ul><li><em>Chủ trì:</em> Ban Tổ chức Hội LHPN tỉnh</li><li><em>Phối hợp:</em> Văn phòng Hội LHPN tỉnh</li><li><em>Thời gian:</em> 20/10/2026</li></ul></li>
  </ol></li>
</ol>
<p><strong>IV. TỔ CHỨC THỰC HIỆN</strong></p>
<ol>
<li>Hội LHPN tỉnh:
  <ul>
  <li>Ban Tuyên giáo là đầu mối theo dõi, đôn đốc việc thực hiện Kế hoạch; tham mưu Ban Thường vụ Hội LHPN tỉnh báo cáo Trung ương Hội và Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh hằng năm, trước ngày 15/11.</li>
  <li>Văn phòng bảo đảm kinh phí và các điều kiện thực hiện.</li>
  </ul></li>
<li>Hội LHPN các xã, phường:
  <ul>
  <li>Xây dựng kế hoạch trước ngày 20/8/2025, giao chỉ tiêu đến từng chi hội.</li>
  <li>Báo cáo kết quả về Hội LHPN tỉnh (qua Ban Tuyên giáo) theo quý, trước ngày 10 của tháng cuối quý; báo cáo 6 tháng trước ngày 05/6; khi có vụ việc lừa đảo hội viên trên mạng thì báo cáo ngay.</li>
  <li>Đến ngày 15/12/2025, mỗi chi hội giúp ít nhất 05 phụ nữ cao tuổi, phụ nữ khuyết tật dùng được VNeID.</li>
  </ul></li>
</ol>
<p><strong>NƠI NHẬN:</strong> TW Hội LHPN Việt Nam; UBND tỉnh; UBMTTQ tỉnh; Hội LHPN các xã, phường; Lưu VP, TG.</p>
<p style="text-align:right"><strong>TM. BAN THƯỜNG VỤ<br>CHỦ TỊCH</strong><br>(đã ký)<br><strong>Hà Thị Minh Châu</strong></p>
</div>
</main>
<aside><h2>Xem nhiều</h2><ul><li>Hơn 2.500 phụ nữ tham gia tuần lễ áo dài</li><li>Trao 35 mái ấm tình thương năm 2025</li></ul></aside>
<footer>Hội LHPN tỉnh Lam Châu - Số 3 đường Trần Phú, phường Cầu Mây</footer>
</body></html>
"""


def write(path: Path) -> None:
    path.write_text(BODY, encoding="utf-8")
