"""What a statement is about, in one word: two statements can only repeat or contradict each other when it is the same."""

from __future__ import annotations

import re
from functools import lru_cache

from hocvuso.lib.text import fold

# The first that is said decides; more telling words stand first.
_THEMES: tuple[tuple[str, str], ...] = (
    (
        "confirmed",
        r"xac nhan (?:dat|pho cap|hoan thanh)|duoc xac nhan|cap giay xac nhan|xac nhan.{0,20}vneid|duoc cong nhan|duoc cap chung nhan",
    ),
    ("esign", r"chu ky so"),
    ("domain", r"ten mien"),
    ("mooc", r"mooc|tu hoc"),
    ("app", r"cai dat (?:ung dung|app)|ung dung .{0,30}so\b.*cai dat|tai khoan (?:ngan hang|thanh toan)"),
    ("identity", r"danh tinh so|dinh danh dien tu|tai khoan dinh danh|vneid muc"),
    ("week", r"tuan le|ngay hoi"),
    ("committee", r"ban chi dao"),
    ("team", r"(?:thanh lap|kien toan|co|duy tri).{0,25}to (?:cong nghe|chuyen doi) so"),
    ("online_services", r"dich vu cong truc tuyen|ho so truc tuyen|nop ho so|dich vu cong"),
    ("platform", r"thu tuc hanh chinh|tthc|phan anh kien nghi|phan anh"),
    ("payment", r"thanh toan (?:khong dung tien mat|truc tuyen|so|dien tu)|ma qr|qr"),
    ("commerce", r"thuong mai dien tu|san giao dich|gian hang|ban hang"),
    ("trained", r"(?:duoc|tham gia|tham du).{0,30}(?:tap huan|boi duong|dao tao)"),
    ("class", r"lop hoc|lop tap huan|buoi hoc|khoa hoc|\blop\b|\bbuoi\b"),
    ("mentor", r"mentee|mentor|dai su so"),
    ("household", r"moi ho gia dinh co"),
    ("trained", r"tap huan|boi duong|dao tao|tham gia (?:cac )?(?:lop|khoa)"),
    ("internet", r"internet|bang rong|cap quang|wifi"),
    ("reached", r"tiep can"),
    ("skill", r"ky nang|kien thuc|tri thuc|nang luc so|hieu biet"),
    ("registered", r"dang ky"),
)
_PATTERNS = tuple((name, re.compile(words)) for name, words in _THEMES)


@lru_cache(maxsize=4_096)
def theme_of(text: str) -> str:
    """What is asked decides; what it is for ("để …", "như …") only where nothing else tells."""
    plain = fold(text)
    asked = re.split(r"\s(?:de|nham|nhu|phuc vu|gop phan)\s", plain, maxsplit=1)[0]
    return next((name for part in (asked, plain) for name, words in _PATTERNS if words.search(part)), "")


@lru_cache(maxsize=4_096)
def words_of(text: str) -> frozenset[str]:
    """Folded words that carry meaning, of the part before a purpose ("để", "nhằm", "phục vụ")."""
    plain = re.sub(r"\d+(?:[.,]\d+)*\s*%?", " ", fold(re.split(r"\s(?:để|nhằm)\s", text, maxsplit=1)[0]))
    return frozenset(word for word in re.findall(r"[a-z]+", plain) if word not in _EMPTY)


_EMPTY = frozenset(
    (
        "cac",
        "nhung",
        "va",
        "cua",
        "cho",
        "voi",
        "trong",
        "tren",
        "tai",
        "ve",
        "duoc",
        "co",
        "la",
        "theo",
        "tu",
        "den",
        "dat",
        "it",
        "nhat",
    )
    + ("toi", "thieu", "phan", "dau", "tro", "len", "moi", "mot")
)


def likeness(one: str, other: str) -> float:
    """How much of the shorter one's words the other has: 0 to 1."""
    first, second = words_of(one), words_of(other)
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0
