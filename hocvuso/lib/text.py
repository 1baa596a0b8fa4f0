"""Vietnamese text: folding for search and comparison, alphabetical order, numbers as Vietnam writes them."""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

NBSP = "\u00a0"

# Alphabet of QĐ 240/QĐ (1984): a ă â b c d đ e ê …; tones order words only when the letters are equal.
_LETTERS = {letter: rank for rank, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}  # huyền, hỏi, ngã, sắc, nặng


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Lower case, no diacritics, đ → d, one space: "Đắk  Lắk" → "dak lak"."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


def sort_key(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Dictionary order: letters first (numbers by value), tones only to break ties."""
    letters: list[int] = []
    tones: list[int] = []
    for part in re.split(r"(\d+)", unicodedata.normalize("NFD", nfc(text).casefold())):
        if part.isdigit():
            letters += [-2, int(part)]
            continue
        bare = unicodedata.normalize("NFC", "".join(c for c in part if c not in _TONES))
        letters += [_LETTERS.get(c, -1 if not c.isalnum() else 100 + ord(c)) for c in bare]
        tones += [_TONES[c] for c in part if c in _TONES]
    return tuple(letters), tuple(tones)


def vn_number(value: float | int | Decimal, digits: int = 0) -> str:
    """12345.678 → "12.345,7" with `digits=1`; halves round away from zero, as in school."""
    step = Decimal(1).scaleb(-digits)
    exact = Decimal(str(value)).quantize(step, rounding=ROUND_HALF_UP)
    whole, _, rest = f"{exact:,.{digits}f}".partition(".")
    return whole.replace(",", ".") + (f",{rest}" if rest else "")


def share_as_written(share: float | Decimal, digits: int = 1) -> Decimal:
    """A share in percent, rounded, but never up to a whole number: 59.96 is written 59.9, for 60 has not been reached. What is missing in
    the seventh decimal is arithmetic."""
    exact, step = Decimal(str(share)), Decimal(1).scaleb(-digits)
    rounded = exact.quantize(step, rounding=ROUND_HALF_UP)
    return rounded - step if rounded == int(rounded) and rounded - exact > Decimal("0.000001") else rounded


def vn_percent(share: float | Decimal, digits: int = 1) -> str:
    """A share in percent: 58.333 → "58,3 %"; a whole number keeps no decimals."""
    text = vn_number(share_as_written(share, digits), digits)
    return re.sub(r",0+$", "", text) + NBSP + "%"


def upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
