"""Names of agencies: where one ends and the next begins.

Names hold commas and "và" themselves ("Sở Văn hóa, Thể thao và Du lịch"; "các sở, ban, ngành"), so a list is cut only where a new name
begins: at a semicolon, at a head noun that has a name after it, at "các …". No list of agencies is known here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from hocvuso.lib.text import fold

# What the name of an agency begins with. Written as a name: with a capital, or as an abbreviation.
_HEADS = (
    "Sở", "Ban", "Ủy ban", "Uỷ ban", "Hội đồng", "Công an", "Phòng", "Văn phòng", "Tỉnh đoàn", "Thành đoàn", "Huyện đoàn", "Xã đoàn",
    "Phường đoàn", "Đoàn", "Hội", "Liên đoàn", "Liên minh", "Liên hiệp", "Hiệp hội", "Mặt trận", "Trường", "Đài", "Báo", "Tổ",
    "Trung tâm", "Bưu điện", "Ngân hàng", "Viện", "Chi cục", "Cục", "Tổng cục", "Thuế", "Kho bạc", "Bảo hiểm", "Bộ", "Đảng ủy", "Đảng uỷ",
    "Tỉnh ủy", "Tỉnh uỷ", "Thành ủy", "Thành uỷ", "Công ty", "Tập đoàn", "Tổng công ty", "Trạm", "Cổng", "Quỹ", "Đồn", "Tòa án", "Toà án",
    "Thanh tra", "Chi bộ", "Chi hội", "Chi đoàn", "Câu lạc bộ", "Nhà trường", "Hợp tác xã", "Doanh nghiệp", "Thường trực", "Hạt",
    "Cơ quan", "Đơn vị", "Đội", "Học viện", "Đại học", "Nhà văn hóa", "Thư viện", "Trạm Y tế", "Bệnh viện", "Ban Quản lý", "Thôn", "Buôn",
    "Khu phố", "Cấp ủy", "Chính phủ", "Thủ tướng", "Phân hiệu", "Chi nhánh", "Điện lực", "Bộ Chỉ huy", "Tiểu ban", "Công đoàn",
    "Viễn thông", "Thống kê", "Đảng bộ", "Trung ương", "Ban giám hiệu", "Khoa", "Tập thể", "Tổng phụ trách", "Phó Hiệu trưởng",
)  # fmt: skip
_ABBREVIATIONS = (
    "UBND", "UBMTTQ", "UBMTTQVN", "MTTQ", "HĐND", "CA", "LĐLĐ", "LĐLD", "TDP", "TTPVHCC", "BCĐ", "VP", "BHXH", "NHNN", "VNPT",
    "Viettel", "MobiFone", "Mobifone", "FPT", "TT", "KBNN", "HTX", "LHPN", "HND", "HCCB", "Agribank", "Vietcombank", "VietinBank", "BIDV",
)  # fmt: skip
# Whoever leads an agency stands for it: "Giám đốc Sở …", "Chủ tịch UBND các xã".
_OFFICES = (
    "Đồng chí", "Thủ trưởng", "Giám đốc", "Chủ tịch", "Bí thư", "Trưởng", "Chánh Văn phòng", "Hiệu trưởng", "Chủ nhiệm", "Tổng Giám đốc",
    "Người đứng đầu", "Tổ trưởng", "Đội trưởng", "Phó Chủ tịch", "Lãnh đạo", "Trưởng ban", "Trưởng phòng", "Cán bộ", "Công chức", "Cá nhân",
)  # fmt: skip
_ALONE = {"tinh doan", "thanh doan", "huyen doan", "xa doan", "phuong doan", "tdp", "mttq", "ubnd", "bcd", "bhxh", "vnpt",
          "viettel", "mobifone", "fpt", "tinh uy", "thanh uy", "dang uy", "chinh phu", "ubmttq", "lddld", "lhpn", "nha truong"}  # fmt: skip
# Verbs and other words that begin like a head: "Tổ chức", "Báo cáo", "Ban hành".
_NO_NAME = "chức(?! chính trị| xã hội)|cáo|hành|kết|nghị|thảo|chống|ngừa|máy|hợp|thọ|đầu|dẫn"
_HEAD = re.compile(
    rf"(?:{'|'.join(sorted((*_HEADS, *_OFFICES), key=len, reverse=True))})(?![^\W\d_])(?!\s+(?:{_NO_NAME})(?![^\W\d_]))"
    rf"|(?:{'|'.join(_ABBREVIATIONS)})\b|(?:bộ phận|cơ quan|tổ|đơn vị) thường trực(?![^\W\d_])"
    r"|(?:lãnh đạo|thường trực|giám đốc|chủ tịch|bí thư|đồng chí)\s+(?=[A-ZĐÀ-Ỹ])"
)
_EVERY = re.compile(r"(?:các|những|mọi|tất cả|toàn bộ|một số|từng|\d{1,4})\s+", re.IGNORECASE)
# Common nouns that are agencies in the plural: "cơ quan, đơn vị, địa phương".
_COMMON = re.compile(
    r"(?:sở|ban|ngành|ban ngành|phòng|cơ quan|đơn vị|địa phương|đoàn thể|tổ chức|hội|doanh nghiệp|hợp tác xã|htx|trường|cơ sở|xã|phường"
    r"|khoa|đặc khu|thị trấn|huyện|thị|thành phố|thôn|buôn|bản|làng|ấp|khu phố|tổ dân phố|tdp|tổ|chi hội|chi đoàn|chi bộ|nhà mạng|ngân hàng"
    r"|trung tâm|trạm|hiệp hội|liên minh|câu lạc bộ|tổ chức chính trị|hộ|người dân|nhân dân|chuyên môn|cấp ủy|ủy ban|uỷ ban|công an"
    r"|thành viên|đội|nhóm|lực lượng|mặt trận|bưu điện|văn phòng)(?![^\W\d_])",
    re.IGNORECASE,
)
_FIRST_HOUSE = re.compile(
    r"(?:HĐND|UBND|ĐBQH|Văn phòng (?:Hội đồng nhân dân|Đoàn [Đđ]ại biểu Quốc hội|Ủy ban nhân dân))$", re.IGNORECASE
)
_SECOND_HOUSE = re.compile(r"(?:UBND|HĐND|UBMTTQ|MTTQ|ĐBQH|Hội đồng nhân dân|Ủy ban nhân dân|Uỷ ban nhân dân)\b")
_CLOSED = re.compile(
    r"(?:liên quan|trên địa bàn|trực thuộc|thuộc|cùng cấp|nêu trên|khác|toàn tỉnh|trong tỉnh|phường|xã|tỉnh)\b[^,;]*$",
    re.IGNORECASE,
)
_LEADER = re.compile(
    r"^(?:(?:giao|đề nghị|yêu cầu|phân công|trách nhiệm(?: của)?)\s+)?(?:đồng chí\s+)?"
    r"(?:(?:thủ trưởng|giám đốc|chủ nhiệm)\s+"
    r"(?=(?:các\s+)?(?:sở|công an|ủy ban|uỷ ban|trung tâm|thanh tra|ban|đài|báo|ngân hàng|cơ quan)\b)"
    r"|chủ tịch\s+(?=(?:ủy ban|uỷ ban|hội|liên đoàn|liên minh)\b)|bí thư\s+(?=(?:tỉnh đoàn|đoàn)\b))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Named:
    name: str
    start: int
    end: int


def starts_agency(text: str) -> bool:
    """Does a name of an agency, or a collective of agencies, begin here?"""
    text = text.lstrip()
    if _HEAD.match(text):
        return True
    every = _EVERY.match(text)
    return bool(every and _COMMON.match(text[every.end() :]))


def _begins_name(part: str) -> bool:
    """A head with a name after it, or one that is a name by itself. "Ban" alone in "Sở, Ban, Ngành" is none."""
    found = _HEAD.match(part)
    if found is None:
        return False
    part = re.split(r"[,;\n]", part, maxsplit=1)[0]
    rest = part[found.end() :].strip(" .")
    return bool(rest) or fold(part.strip(" .")) in _ALONE


def _is_new(part: str, before: str) -> bool:
    """`part` follows `before` after a comma or "và": does a new agency begin?"""
    every = _EVERY.match(part)
    if every and (_COMMON.match(part[every.end() :]) or _CLOSED.search(before)):
        return True
    if _SECOND_HOUSE.match(part) and _FIRST_HOUSE.search(before.strip()):
        return False  # "Văn phòng HĐND và UBND" is one office
    if _begins_name(part):
        # "TDP" or "HTX" go on with "các doanh nghiệp, HTX", unless what stands before is closed ("đơn vị liên quan, TDP")
        short = re.fullmatch(r"(?:HTX|TDP)\b.*", part)
        return not (short and _EVERY.match(before) and not _CLOSED.search(before))
    return False


def split_agencies(text: str) -> list[Named]:
    """Each agency with its place in `text`."""
    found: list[Named] = []
    for start, end in _pieces(text):
        name = text[start:end]
        trimmed = name.strip(" \t\n.,;:–-")
        if not any(char.isalpha() for char in trimmed):
            continue
        offset = name.index(trimmed)
        found.append(Named(" ".join(trimmed.split()), start + offset, start + offset + len(trimmed)))
    return found


def _pieces(text: str) -> list[tuple[int, int]]:
    """Cut at semicolons and line ends that begin a name, then at commas and "và" where a new name begins. Brackets are left whole."""
    depth, cuts = 0, [0]
    at = 0
    while at < len(text):
        char = text[at]
        depth += (char in "([") - (char in ")]" and depth > 0)
        if depth == 0:
            if char == ";" or (char == "\n" and re.match(r"\s*[-+•]\s", text[at:])):
                cuts += [at, at + 1]
            elif char in ",\n" or text.startswith((" và ", " & "), at) or re.match(r"\s[-–]\s", text[at : at + 3]):
                width = 1 if char in ",\n" else (4 if text.startswith(" và ", at) else 3)
                before, after = text[cuts[-1] : at], text[at + width :].lstrip(" -+•\n")
                if before.strip() and _is_new(after, before.strip()):
                    cuts += [at, at + width]
                    at += width
                    continue
        at += 1
    cuts.append(len(text))
    return [(cuts[number], cuts[number + 1]) for number in range(0, len(cuts) - 1, 2)]


def agency_names(text: str) -> tuple[str, ...]:
    return tuple(part.name for part in split_agencies(text))


def without_office(name: str) -> str:
    """ "Đồng chí Giám đốc Sở Tài chính" → "Sở Tài chính"; "Giao Sở Nội vụ" → "Sở Nội vụ"."""
    found = _LEADER.match(name)
    rest = name[found.end() :].strip() if found else name
    return rest or name


def agency_share(text: str) -> float:
    """How much of a text looks like names of agencies and nothing else: 0 to 1."""
    names = split_agencies(text)
    if not names or len(text) > 400:
        return 0.0
    good = sum(len(part.name) for part in names if starts_agency(part.name) or _COMMON.match(part.name))
    verbs = len(
        re.findall(
            r"\b(?:triển khai|tổ chức(?! chính| xã| đoàn| chính trị)|xây dựng|hướng dẫn|thực hiện|tham mưu)\b",
            text.lower(),
        )
    )
    return max(0.0, good / max(1, sum(len(part.name) for part in names)) - 0.4 * verbs)
