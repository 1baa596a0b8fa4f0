"""A province's plan as a Word file, of our own invention."""

from __future__ import annotations

import io


def word_plan() -> bytes:
    """A province's plan as an office would write it: letterhead, legal grounds, targets with two horizons, a task table, reports."""
    import docx

    file = docx.Document()
    head = file.add_table(rows=1, cols=2)
    head.cell(0, 0).text = "ỦY BAN NHÂN DÂN\nTỈNH ĐẮK LẮK\nSố: 245/KH-UBND"
    head.cell(
        0, 1
    ).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nĐắk Lắk, ngày 10 tháng 10 năm 2025"
    for line in (
        "KẾ HOẠCH",
        "Phổ cập kỹ năng số cho người dân trên địa bàn tỉnh Đắk Lắk năm 2026",
        "Thực hiện Kế hoạch số 01-KH/BCĐTW ngày 21/3/2025, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:",
        "I. MỤC ĐÍCH, YÊU CẦU",
        "1. Giúp người dân biết dùng các dịch vụ số thiết yếu trong đời sống hằng ngày.",
        "2. Làm đến đâu chắc đến đó, có minh chứng, không chạy theo số lượng.",
        "II. CHỈ TIÊU",
        "1. Đến hết quý II/2026",
        "a) 80% cán bộ, công chức, viên chức, người lao động trong cơ quan nhà nước có kỹ năng số.",
        "b) Ít nhất 60% người trưởng thành có kỹ năng số.",
        "2. Đến hết năm 2026",
        "a) 100% cán bộ, công chức, viên chức, người lao động trong cơ quan nhà nước có kỹ năng số.",
        "b) 85% người trưởng thành có kỹ năng số; phấn đấu 70% người trưởng thành được xác nhận phổ cập kỹ năng số trên VNeID.",
        "c) Mỗi xã, phường có tối thiểu 20 hộ kinh doanh đăng ký tên miền .vn.",
        "III. NHIỆM VỤ",
    ):  # fmt: skip
        file.add_paragraph(line)
    rows = [
        ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành", "Sản phẩm"),
        ("1", "Kiện toàn Tổ công nghệ số cộng đồng ở các thôn, buôn, tổ dân phố", "UBND các xã, phường", "Sở Khoa học và Công nghệ",
         "Trước ngày 31/01/2026", "Quyết định"),
        ("2", "Mở lớp học cộng đồng về dịch vụ công trực tuyến", "Sở Giáo dục và Đào tạo", "Tỉnh đoàn; UBND các xã, phường",
         "Quý II/2026", "Báo cáo kết quả"),
        ("3", "Xác nhận kết quả phổ cập kỹ năng số trên VNeID", "Công an tỉnh", "UBND các xã, phường", "Thường xuyên", ""),
    ]  # fmt: skip
    table = file.add_table(rows=len(rows), cols=len(rows[0]))
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    for line in (
        "IV. TỔ CHỨC THỰC HIỆN",
        "1. Sở Khoa học và Công nghệ chủ trì, theo dõi, tổng hợp việc thực hiện Kế hoạch này.",
        "2. Ủy ban nhân dân các xã, phường báo cáo kết quả về Sở Khoa học và Công nghệ trước ngày 20 hằng tháng.",
        "TM. ỦY BAN NHÂN DÂN",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
    ):
        file.add_paragraph(line)
    kept = io.BytesIO()
    file.save(kept)
    return kept.getvalue()
