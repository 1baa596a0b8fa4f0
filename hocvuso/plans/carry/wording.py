"""How alike two wordings of a task are."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise

from hocvuso.lib.text import nfc

# Phrases and words of the genre that say nothing of the task. With their marks: without them "tổ" and "to", "công" and "cộng" are one.
_PHRASES = re.compile(
    r"\b(?:bình dân học vụ số|triển khai|thực hiện|tổ chức|xây dựng|công tác|hoạt động|nội dung|trên địa bàn|phong trào|mô hình)\b"
)
_WORDS = frozenset(
    ["và", "các", "của", "cho", "trên", "trong", "về", "với", "theo", "đến", "từ", "để", "là", "được", "tại", "tới", "ở", "một",
     "những", "cấp", "tỉnh", "xã", "phường"]
)  # fmt: skip


def _terms(text: str) -> set[str]:
    """Words and pairs of neighbours."""
    plain = _PHRASES.sub(" ", nfc(text).casefold())
    words = [word for word in re.findall(r"[^\W_]+", plain) if word not in _WORDS]
    return {*words, *(f"{one} {other}" for one, other in pairwise(words))}


def weights_of(texts: Iterable[str]) -> dict[str, float]:
    """A term that few tasks have says more: log of how many there are to how many have it."""
    every = [_terms(text) for text in texts]
    seen = Counter(term for terms in every for term in terms)
    return {term: math.log(1 + len(every) / count) for term, count in seen.items()}


def likeness(one: str, other: str, weights: Mapping[str, float] | None = None) -> float:
    """How much two wordings share, by weight, 0–1: shared ÷ √(one × other), so that a longer wording costs less than another one."""
    a, b = _terms(one), _terms(other)
    if not a or not b:
        return 0.0

    def weigh(terms: set[str]) -> float:
        return sum((weights or {}).get(term, 1.0) for term in terms)

    return weigh(a & b) / math.sqrt(weigh(a) * weigh(b))
