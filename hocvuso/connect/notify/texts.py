"""What fits into a short message, pure. Lengths of SMS are those of 3GPP TS 23.038 (alphabet) and 23.040 (several parts)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

# The default alphabet of GSM: each takes seven bits; those of the extension table take two places.
GSM = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_EXTENDED = set("^{}\\[~]|€\f")
ONE_GSM, PART_GSM = 160, 153  # places in a message of one part; in each of several
ONE_UCS2, PART_UCS2 = 70, 67
PLAIN = str.maketrans({
    "đ": "d", "Đ": "D", "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "•": "-", "×": "x", "\u00a0": " ",
})  # fmt: skip

WARNING = "Học Vụ Số không bao giờ hỏi mã OTP, mật khẩu."
WHERE = "Xem ở mục Tin nhắn."
SENDER = "Học Vụ Số"


@dataclass(frozen=True, slots=True)
class Sms:
    text: str
    segments: int
    is_unicode: bool


def without_accents(text: str) -> str:
    """ "Đã đạt – H’Hoa" → "Da dat - H'Hoa": Vietnamese as telephones wrote it before, every character of GSM's alphabet."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text.translate(PLAIN)) if not unicodedata.combining(c))
    return "".join(c if c in GSM or c in GSM_EXTENDED else "?" for c in bare)


def is_gsm(text: str) -> bool:
    return all(c in GSM or c in GSM_EXTENDED for c in text)


def segments(text: str) -> int:
    """How many parts are paid for. One part holds 160 places of GSM's alphabet, or 70 as soon as one character is outside it."""
    if is_gsm(text):
        places = [2 if c in GSM_EXTENDED else 1 for c in text]
        one, part = ONE_GSM, PART_GSM
    else:
        places = [2 if ord(c) > 0xFFFF else 1 for c in text]  # UTF-16: characters beyond the first plane take two
        one, part = ONE_UCS2, PART_UCS2
    if sum(places) <= one:
        return 1
    parts, room = 1, part
    for place in places:  # what takes two places is not cut in the middle
        if place > room:
            parts, room = parts + 1, part
        room -= place
    return parts


def shortened(text: str, length: int) -> str:
    """At most so many characters, cut between two words and marked with three dots."""
    if len(text) <= length:
        return text
    if length < 4:
        return text[: max(length, 0)]
    cut = text[: length - 3]
    if not text[length - 3].isspace() and " " in cut:
        cut = cut[: cut.rindex(" ")]
    return f"{cut.rstrip(' ,.;:')}..."


def written_sms(subject: str, *, accents: bool, most_segments: int) -> Sms:
    """Who writes, what it is about, where to read it, and that we never ask for a code. The subject gives way until it fits.

    The body is left out on purpose: a number may be typed wrong, and a telephone is seen by others.
    """
    said = unicodedata.normalize("NFC", " ".join(subject.split())).rstrip(" .")
    head, tail = f"{SENDER}: ", f"{WHERE} {WARNING}"
    if not accents:
        said, head, tail = without_accents(said), without_accents(head), without_accents(tail)
    for length in range(len(said), -1, -1):
        part = shortened(said, length)
        text = f"{head}{part}{'' if part.endswith('...') or not part else '.'} {tail}".replace("  ", " ")
        if segments(text) <= most_segments:
            break
    return Sms(text, segments(text), is_unicode=not is_gsm(text))
