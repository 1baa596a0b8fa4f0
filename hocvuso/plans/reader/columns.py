"""What a column of a table holds, told by its head: plans order and name them as they like."""

from __future__ import annotations

import re
from typing import Literal

from hocvuso.plans.reader.deadlines import horizon_in

ColumnRole = Literal[
    "number", "content", "indicator", "lead", "coordinators", "lead_and_coordinators", "implementers", "directing_body",
    "due", "result", "unit", "value", "base", "group", "note", "frequency", "receiver", "who",
]  # fmt: skip

_ROLES: tuple[tuple[ColumnRole, str], ...] = (
    ("number", r"(?:s\s?ố\s*)?t\.?t\.?|stt|số thứ tự|tt"),
    ("unit", r"đơn vị\s*(?:tính|đo)\b.*|đvt.*"),
    ("frequency", r"(?:kỳ|tần suất|định kỳ|chế độ)\s*(?:báo cáo)?"),
    ("receiver", r"(?:nơi|cơ quan|đơn vị)\s*(?:nhận|tiếp nhận).*|gửi (?:về|đến).*"),
    ("lead_and_coordinators", r".*chủ trì\s*(?:,|/|;|-|và|\()?\s*(?:(?:cơ quan|đơn vị)\s*)?phối hợp.*"),
    ("coordinators", r".*phối hợp.*|cùng (?:thực hiện|làm|tham gia).*|(?:cơ quan|đơn vị|bên) (?:tham gia|hỗ trợ|cùng).*"),
    ("implementers", r".*trực tiếp\s+(?:thực hiện|triển khai).*"),
    ("directing_body", r".*(?:lãnh đạo|đồng chí).*(?:phụ trách|chỉ đạo).*|.*trách nhiệm chỉ đạo.*|cơ quan chỉ đạo|chỉ đạo"),
    ("lead", r".*(?:chủ trì|đầu mối|theo dõi|phụ trách|chịu trách nhiệm|tham mưu).*"),
    ("due", r"(?:thời gian|thời hạn|tiến độ|thời điểm|lộ trình|kỳ hạn|hạn|hoàn thành|ngày hoàn thành|mốc|xong|khi nào)\b.*"),
    ("result", r".*(?:kết quả|sản phẩm|đầu ra).*"),
    ("base", r".*(?:hiện trạng|thực trạng|hiện có|cơ sở|kết quả năm|thực hiện năm|đã đạt|số liệu nền|ước thực hiện).*"),
    ("note", r"ghi chú.*|căn cứ.*|cách tính.*|nguồn số liệu.*|phương pháp.*|minh chứng.*|kinh phí.*"),
    ("group", r"(?:nhóm\s+)?đối tượng.*"),
    ("indicator", r"(?:tên\s+|nội dung\s+|các\s+|nhóm\s+)?(?:chỉ tiêu|chỉ số|mục tiêu).*"),
    ("content", (r".*(?:nội dung|nhiệm vụ|công việc|hoạt động|giải pháp|tên việc|đầu việc|việc (?:phải |cần )?làm|mô hình|danh mục"
                r"|loại báo cáo|tên báo cáo).*")),
    ("who", r"(?:ai|cơ quan|đơn vị|bộ phận|tổ chức|người|cá nhân|phân công|trách nhiệm|địa phương)\b.*"),
)  # fmt: skip
_PATTERNS = tuple((role, re.compile(pattern)) for role, pattern in _ROLES)
_VALUE = re.compile(
    r"(?:mức|giá trị|kế hoạch|chỉ tiêu|mục tiêu|giao|phấn đấu|mức giao|chỉ tiêu giao|mức đạt|tỷ lệ).{0,25}"
)


def role_of(head: str) -> tuple[ColumnRole | None, str]:
    """The role, and for a column of values the horizon its head names ("Năm 2025" → "2025")."""
    plain = " ".join(head.lower().split()).strip(" .:*()")
    if not plain:
        return None, ""
    horizon = horizon_in(plain)[0]
    if horizon and re.match(
        r"(?:đến|hết|năm|quý|tháng|mục tiêu|kế hoạch|chỉ tiêu|giai đoạn|20\d\d|\d|trước|mức|phấn đấu|giao|6 tháng|đợt|trong)",
        plain,
    ):
        if re.search(r"hiện trạng|thực hiện năm|kết quả năm|đã đạt|ước", plain):
            return "base", horizon
        if not re.match(r"thời|tiến độ", plain):
            return "value", horizon
    for role, pattern in _PATTERNS:
        if pattern.fullmatch(plain):
            if (
                role == "indicator"
                and _VALUE.fullmatch(plain)
                and re.search(r"giao|mức|đạt", plain)
                and len(plain) < 20
            ):
                return "value", horizon
            return role, ""
    return ("value", horizon) if _VALUE.fullmatch(plain) else (None, "")


def is_head(texts: list[str]) -> bool:
    """A row of heads: at least two columns are known by their names, and none is longer than a head is."""
    roles = [role_of(text)[0] for text in texts if text.strip()]
    known = [role for role in roles if role not in (None, "value")]
    return len(known) >= 2 and len(set(known)) >= 2 and max((len(text) for text in texts), default=0) < 110
