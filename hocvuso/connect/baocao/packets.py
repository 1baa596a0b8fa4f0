"""The thirteen packets and the fields we can fill in each. A mapping file picks from these, renames and orders them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Value = str | int | float | bool | None  # days as ISO text
Row = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Packet:
    """`fields` says of each what it holds, for whoever writes a mapping file."""

    key: str
    title: str  # as QCVN 125:2021/BTTTT names it
    fields: Mapping[str, str] = field(default_factory=dict)


_PLACE = {"place": "mã nơi báo cáo", "place_name": "tên nơi báo cáo"}
_PERIOD = {"period": "khóa kỳ báo cáo", "first": "số liệu từ ngày", "last": "số liệu đến hết ngày", "due": "ngày gửi"}
_DUTY = {"plan": "khóa kế hoạch", "duty": "khóa chế độ báo cáo"}
_GRADES = {
    "proven": "số có minh chứng, lũy kế",
    "imported": "số nhập từ hệ thống khác",
    "imported_source": "nguồn của số nhập",
    "declared": "số đơn vị tự báo cáo",
    "population": "mẫu số",
}

PACKETS = {
    packet.key: packet
    for packet in (
        Packet("che-do-bao-cao", "Chế độ báo cáo", {
            **_DUTY, "title": "tên báo cáo", "plan_title": "tên kế hoạch", "issuer": "cơ quan ban hành kế hoạch", "frequency": "kỳ hạn",
            "who": "nơi phải báo cáo, như văn bản ghi", "to": "nơi nhận", "due_rule": "hạn gửi, như văn bản ghi", "clause": "điều, mục",
        }),
        Packet("bieu-mau-bao-cao", "Biểu mẫu báo cáo", {
            **_DUTY, "form": "khóa biểu mẫu", "position": "số thứ tự dòng", "indicator": "khóa chỉ tiêu", "title": "tên chỉ tiêu",
            "counted": "đơn vị tính", "column": "khóa cột số liệu", "column_title": "tên cột số liệu",
        }),
        Packet("bieu-mau-de-cuong", "Biểu mẫu đề cương", {
            **_DUTY, "position": "số thứ tự", "section": "khóa mục", "title": "tên mục",
        }),
        Packet("so-lieu-bao-cao", "Số liệu báo cáo", {
            **_DUTY, **_PLACE, **_PERIOD, "indicator": "khóa chỉ tiêu", "clause": "điều, mục của kế hoạch", "title": "tên chỉ tiêu",
            "horizon": "mốc", "counted": "đơn vị tính", "this_period": "kỳ này, có minh chứng", "so_far": "lũy kế",
            "grade": "loại của số lũy kế",
            **_GRADES, "share": "tỷ lệ (%)", "goal": "mức giao, bằng chữ", "deadline": "thời hạn",
        }),
        Packet("so-lieu-bao-cao-danh-sach", "Số liệu báo cáo danh sách", {
            **_DUTY, **_PLACE, **_PERIOD, "list": "danh sách nào", "position": "số thứ tự", "name": "tên dòng", "item": "tên cột",
            "value": "giá trị",
        }),
        Packet("gui-de-cuong", "Gửi đề cương", {
            **_DUTY, **_PLACE, **_PERIOD, "section": "khóa mục", "title": "tên mục", "text": "nội dung người viết",
        }),
        Packet("trang-thai-bao-cao", "Trạng thái báo cáo", {
            **_DUTY, **_PLACE, **_PERIOD, "state": "trạng thái", "number": "số, ký hiệu", "signed_on": "ngày ký", "edition": "lần gửi",
        }),
        Packet("danh-muc-ky-bao-cao", "Danh mục kỳ báo cáo", {
            **_DUTY, **_PERIOD, "frequency": "kỳ hạn", "title": "tên kỳ",
        }),
        Packet("danh-muc-chi-tieu-bao-cao", "Danh mục chỉ tiêu báo cáo", {
            "plan": "khóa kế hoạch", "indicator": "khóa chỉ tiêu", "clause": "điều, mục", "title": "tên chỉ tiêu", "horizon": "mốc",
            "value": "mức phải đạt", "unit_of_measure": "đơn vị của mức", "comparator": "so sánh", "due": "thời hạn",
            "metric": "khóa chỉ số đo", "leads": "cơ quan chủ trì",
        }),
        Packet("bo-chi-so", "Bộ chỉ số (KPI)", {
            "metric": "khóa chỉ số", "title": "tên chỉ số", "group": "khóa nhóm chỉ số", "rung": "bậc", "subject": "đếm gì",
            "unit_of_measure": "đơn vị", "base": "mẫu số là gì",
        }),
        Packet("danh-muc-nhom-chi-so", "Danh mục nhóm chỉ số", {
            "group": "khóa nhóm", "title": "tên nhóm",
        }),
        Packet("danh-muc-phan-to-chi-so", "Danh mục phân tổ chỉ số", {
            "dimension": "khóa phân tổ", "title": "tên phân tổ", "part": "khóa phần", "part_title": "tên phần",
        }),
        Packet("du-lieu-chi-so", "Dữ liệu chỉ số (KPI)", {
            "metric": "khóa chỉ số", **_PLACE, "day": "đến hết ngày", "dimension": "khóa phân tổ (trống: cả nơi)", "part": "khóa phần",
            **_GRADES, "share": "tỷ lệ có minh chứng (%)", "counted_at": "số được tính lúc nào",
        }),
    )
}  # fmt: skip
