"""Whom a statement is about: one of the catalogue's groups, told by the nouns officials use."""

from __future__ import annotations

import re

from hocvuso.plans.reader.model import Group, Level

# What stands first in the phrase decides; of two that begin at one place, the longer.
_GROUPS: tuple[tuple[Group, tuple[str, ...]], ...] = (
    ("businesses", (
        r"hộ(?: cá thể)? (?:sản xuất,? )?kinh doanh", "hộ sản xuất", "hộ tiểu thương", "doanh nghiệp", "hợp tác xã", "htx", "tiểu thương",
        r"cơ sở (?:sản xuất|kinh doanh)", "cửa hàng", "gian hàng", "làng nghề", "chủ thể ocop", "trang trại",
    )),
    ("workers", (
        r"(?:người|lực lượng) lao động(?! nông thôn)", r"(?<!tuổi )lao động(?=\s*(?:,|;|\.|$)| (?:được|tham gia|nữ\b|phổ thông))",
        "công nhân", "đoàn viên công đoàn",
        r"lao động (?:tại|trong) (?:các )?(?:doanh nghiệp|khu công nghiệp|hợp tác xã)",
    )),
    ("public_servants", (
        "cán bộ", "công chức", "viên chức", "cbccvc", "đảng viên", "giáo viên", "nhà giáo", "giảng viên", "lực lượng vũ trang", "chiến sĩ",
        "người hoạt động không chuyên trách",
    )),
    ("students", ("học sinh", "sinh viên", "học viên", "thiếu nhi", "thiếu niên", "trẻ em", "người học(?! vụ)")),
    ("teams", (r"tổ (?:công nghệ số|chuyển đổi số)(?: cộng đồng)?", r"tổ(?=$|,|/)", "đội hình", "tổ cnscđ", "tổ cđscđ", "tổ công nghệ")),
    ("villages", (
        "thôn", "buôn", r"(?:(?<=, )|(?<=các )|(?<=mỗi )|(?<=% )|(?<=\d )|^)bản(?! tin| đồ| ghi| in| cam)",
        "làng", "khu phố", "tổ dân phố", "khu dân cư", "tdp", "ấp", "khóm",
        "khu vực dân cư", "sóc", "phum",
    )),
    ("communes", (
        r"(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd) (?:các |cấp )?(?:xã|phường)", r"(?:đơn vị )?(?:hành chính )?(?:cấp )?xã", "phường",
        "đặc khu", "thị trấn", "địa phương", "đơn vị hành chính",
    )),
    ("households", (
        "hộ gia đình", "gia đình", "hộ dân", "hộ nghèo", "hộ cận nghèo", "hộ nông dân", r"hộ(?= có| tham| đồng| trở| đăng| được|/|,|\.|$)",
    )),
    ("adults", (
        r"người (?:dân )?(?:trong độ tuổi )?trưởng thành", "người dân", r"dân số (?:trong độ tuổi )?trưởng thành", "nhân dân", "dân cư",
        "người lớn", r"người từ (?:đủ )?18 tuổi", "cư dân",
    )),
    ("other", (
        "công dân", "dân số", "người cao tuổi", "người khuyết tật", "hội viên", "phụ nữ", "nông dân", "đoàn viên", "thanh niên",
        "cựu chiến binh", "người nghèo", "người có uy tín", "đồng bào", "người dân tộc", "tổ chức", "trường học", "cơ sở giáo dục",
        "nhà trường", "trường", "thủ tục", "hồ sơ", "lớp", "buổi", "mentor", "mentee", "người hướng dẫn", "đại sứ số", "cơ quan", "đơn vị",
        "tình nguyện viên", "trạm y tế", "cơ sở y tế", "chợ", "điểm", "nhóm", "chi hội", "chi đoàn", "cơ sở đoàn", "chi bộ",
    )),
)  # fmt: skip
_FIND = re.compile("|".join(f"(?P<g{number}>{'|'.join(words)})" for number, (_, words) in enumerate(_GROUPS)))
_ADULT = re.compile(r"trưởng thành|từ (?:đủ )?18 tuổi")
_OTHER_AGE = re.compile(r"từ (?:đủ )?(?:1[0-79]|[2-9]\d|60) tuổi|dưới \d+ tuổi|trên \d+ tuổi|tử \d+ tuổi")
_PUBLIC = re.compile(
    r"(?:cơ quan (?:nhà nước|hành chính|đảng)|khu vực công|sở,? ban,? ngành|ubnd|nhà nước|đơn vị sự nghiệp|cơ quan,? đơn vị)"
)
_PRIVATE = re.compile(r"doanh nghiệp|hợp tác xã|khu công nghiệp|cụm công nghiệp|htx|sản xuất")


def find_group(text: str) -> Group | None:
    """The group the phrase names first; None when it names nobody."""
    plain = text.lower()
    for found in _FIND.finditer(plain):
        if found.start() > 0 and plain[found.start() - 1].isalpha():
            continue
        if found.end() < len(plain) and plain[found.end()].isalpha():
            continue
        group = _GROUPS[int((found.lastgroup or "g0")[1:])][0]
        return _refined(group, plain, found)
    return None


def starts_with_group(text: str) -> bool:
    """Does the phrase begin with a group's noun? "cơ sở đoàn cấp xã" does not begin with "xã"."""
    return _FIND.match(text.lower()) is not None


def _refined(group: Group, plain: str, found: re.Match[str]) -> Group:
    after = plain[found.start() : found.start() + 110]
    if group == "adults" and _OTHER_AGE.search(plain) and not _ADULT.search(plain):
        return "other"
    if group == "other" and found[0] == "công dân" and _ADULT.search(after):
        return "adults"
    if group == "workers" and not _PRIVATE.search(after) and _PUBLIC.search(after):
        return "public_servants"  # "người lao động trong cơ quan nhà nước"
    if (
        group == "public_servants"
        and found[0] == "cán bộ"
        and re.match(r"cán bộ,? (?:quản lý )?(?:doanh nghiệp|htx|hợp tác xã)", after)
    ):
        return "workers"
    return group


def find_level(text: str) -> Level | None:
    """ "sử dụng tốt", "thành thạo" ask for more than "sử dụng được" (they never stand for each other)."""
    plain = text.lower()
    if re.search(r"sử dụng (?:dụng )?(?:tốt|thành thạo|thuần thục)|thành thạo|tham gia tương tác", plain):
        return "proficient"
    if re.search(r"sử dụng được|biết sử dụng|có khả năng sử dụng|cơ bản|biết bảo vệ", plain):
        return "usable"
    return None
