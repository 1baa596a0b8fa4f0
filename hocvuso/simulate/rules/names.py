"""Names of people who do not exist, Kinh and Ê Đê."""

from __future__ import annotations

from random import Random

from hocvuso.lib.text import nfc
from hocvuso.simulate.rules.chance import choose, pick

_SURNAMES = {
    "Nguyễn": 30, "Trần": 11, "Lê": 10, "Phạm": 7, "Huỳnh": 5, "Võ": 5, "Phan": 5, "Hoàng": 4, "Bùi": 3, "Đặng": 3, "Đỗ": 3, "Hồ": 2,
    "Ngô": 2, "Dương": 2, "Đinh": 2, "Trương": 2, "Mai": 1, "Lương": 1, "Cao": 1, "Tô": 1,
}  # fmt: skip
_KINH, _KINH_WEIGHTS = tuple(_SURNAMES), tuple(_SURNAMES.values())
_MALE_MIDDLE = ("Văn", "Văn", "Đức", "Hữu", "Công", "Minh", "Quốc", "Xuân", "Thanh", "Ngọc", "Anh", "Đình")
_FEMALE_MIDDLE = ("Thị", "Thị", "Thị", "Ngọc", "Thu", "Thanh", "Kim", "Phương", "Hồng", "Mỹ", "Thùy", "Bích")
_MALE = (
    "An", "Bảo", "Bình", "Cường", "Dũng", "Đạt", "Hải", "Hiếu", "Hòa", "Hoàng", "Hùng", "Huy", "Khánh", "Khoa", "Lâm", "Long",
    "Lực", "Nam", "Nghĩa", "Nhân", "Phong", "Phúc", "Quân", "Quang", "Sơn", "Tài", "Tâm", "Thắng", "Thành", "Thiện", "Tiến", "Toàn",
    "Trung", "Tuấn", "Tùng", "Việt", "Vinh",
)  # fmt: skip
_FEMALE = (
    "Anh", "Châu", "Chi", "Diễm", "Dung", "Duyên", "Giang", "Hà", "Hạnh", "Hằng", "Hiền", "Hoa", "Hương", "Huyền", "Lan", "Liên",
    "Linh", "Loan", "Mai", "My", "Nga", "Ngân", "Nhung", "Oanh", "Phượng", "Quyên", "Thảo", "Thơm", "Thu", "Thúy", "Tiên", "Trang",
    "Trinh", "Uyên", "Vân", "Vy", "Yến",
)  # fmt: skip
_CLANS = (
    "Niê",
    "Mlô",
    "Êban",
    "Kbuôr",
    "Ayŭn",
    "Êñuôl",
    "Byă",
    "Knul",
    "Kriêng",
    "Hđơk",
    "Hmŏk",
    "Ktla",
    "Adrơng",
    "Niê Kdăm",
    "Buôn Yă",
)
_EDE_MALE = (
    "Blim", "Bhiô", "Dhăm", "Wăn", "Tlam", "Kông", "Ring", "Phôn", "Jút", "Hoan", "Khoa", "Sơn", "Thịnh", "Nuê", "Luân", "Bliêng",
    "Thuyên", "Khăm",
)  # fmt: skip
_EDE_FEMALE = (
    "Len", "Bia", "Nghĩm", "Duyên", "Linh", "Mai", "Ngân", "Yar", "Djuôn", "Juê", "Nga", "Loan", "Hoa", "Bliăk", "Thủy", "Lan",
    "Uyên", "Rơm",
)  # fmt: skip


def family_name(die: Random, *, ede: bool) -> str:
    """A surname, or the clan that an Ê Đê family takes from the mother."""
    if ede:
        return nfc(choose(die, _CLANS))
    return nfc(_KINH[pick(die, _KINH_WEIGHTS)])


def full_name(die: Random, *, sex: str, family: str, ede: bool) -> str:
    """ "Nguyễn Thị Hoa"; Ê Đê names put the person first: "Y Blim Niê", "H’Len Mlô"."""
    if ede:
        return nfc(f"Y {choose(die, _EDE_MALE)} {family}" if sex == "m" else f"H’{choose(die, _EDE_FEMALE)} {family}")
    middle, given = (_MALE_MIDDLE, _MALE) if sex == "m" else (_FEMALE_MIDDLE, _FEMALE)
    return nfc(f"{family} {choose(die, middle)} {choose(die, given)}")
