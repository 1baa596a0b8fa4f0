"""Letters put right: composed accents, look-alikes inside words, spaces nobody sees. Nothing else about a text is changed."""

from __future__ import annotations

import re
import unicodedata

# Some fonts' bold letters come out of a PDF shifted by a constant: "Ӝ" (U+04DC) for "Ộ" (U+1ED8), "ƾ" (U+01BE) for "ĩ" …
_SHIFTED = {code: chr(code + 0x1E_A0 - 0x04_A4) for code in range(0x04A4, 0x04FE)}
_SHIFTED |= {code: chr(code - 0x96) for code in (0x01BE, 0x01BF, 0x01FE, 0x01FF)}
# Letters of other alphabets that look the same, typed or scanned into a Vietnamese word.
_ALIKE = dict(zip("АВЕКМНОРСТУХаеорсухіІьЅѕЈј", "ABEKMHOPCTYXaeopcyxiIbSsJj", strict=True)) | {
    "Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ", "∆": "Δ", "Α": "A", "Β": "B", "Ε": "E", "Η": "H", "Ι": "I", "Κ": "K", "Μ": "M", "Ν": "N",
    "Ο": "O", "Ρ": "P", "Τ": "T", "Χ": "X", "ο": "o", "ν": "v",
}  # fmt: skip
_STRANGE = re.compile("[" + "".join(map(chr, _SHIFTED)) + "".join(_ALIKE) + "]")
_WORD = re.compile(r"[^\W\d_][^\W_]*(?:~[^\W\d_]+)?")
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"), None)
# Written twice by a font that draws an accent by itself: no Vietnamese word has these letters in a row.
_TWICE = re.compile(r"([ơưăâêôƠƯĂÂÊÔ])\1")
_SPACES = {
    ord(char): " "
    for char in "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000\t\v\r"
}
_BULLETS = {ord(char): "-" for char in "\uf0b7\uf02d\uf0a7\uf0fc\uf0d8\u2010\u2011\u2043\u2212"}
_QUOTES = {ord("„"): "“", ord("‟"): "“", ord("″"): "”"}
_TABLE = _UNSEEN | _SPACES | _BULLETS | _QUOTES


def repair_letters(text: str) -> str:
    text = _TWICE.sub(r"\1", unicodedata.normalize("NFC", text.translate(_TABLE)))
    if _STRANGE.search(text) or "~" in text or "Ñ" in text:
        text = _WORD.sub(lambda found: _word(found[0]), text)
        text = unicodedata.normalize("NFC", text)
    return text


def _word(word: str) -> str:
    """Only inside a word that is otherwise Latin: a Cyrillic name stays what it is."""
    latin = [char for char in word if "LATIN" in unicodedata.name(char, "") and char not in _ALIKE]
    strange = [char for char in word if ord(char) in _SHIFTED or char in _ALIKE]
    if strange and (latin or all(ord(char) in _SHIFTED for char in strange)):
        word = "".join(_SHIFTED.get(ord(char)) or _ALIKE.get(char, char) for char in word)
    if "Ñ" in word and word.upper() == word and len(word) > 1:
        word = word.replace("Ñ", "Ò")  # no Vietnamese word has Ñ; "HÑA" is "HÒA"
    return re.sub(r"(?<=[^\W\d_])~(?=[^\W\d_]|$)", "ú", word)
