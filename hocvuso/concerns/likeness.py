"""Which texts say the same. Pure: a proposal for a person, who decides.

Two texts are alike when they share much of what they are made of: their words without diacritics and without the small ones, and the
pairs of words that follow each other. The measure is the mean of Jaccard's index of words and pairs (shared over all) and of the overlap
of the words (shared over those of the shorter text), since one office writes a line and another a paragraph. The thresholds are ours,
set on pairs of sentences as communes write them (tests/concerns/test_likeness.py).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from hocvuso.lib.text import fold

ALIKE = 0.45  # worth showing to a person, who looks at each
SAME = 0.65  # near enough to stand in one line of a report

# Small words and courtesies that say nothing of the matter; folded.
_SMALL = frozenset(
    """va la cua cho o tai voi cac nhung mot nhieu con rat da dang se nen thi ma de tu trong tren den khi co bi duoc do vi kinh xin de nghi
    kien kho khan vuong mac ve cung nay kia ay hay them mong som can phai chua khong""".split()  # noqa: SIM905
)
_VILLAGES = dict.fromkeys(
    ("buon", "ban", "lang", "xom", "bon"), "thon"
)  # what a village is called differs, not the matter
_MOST_LOOKED_AT = 20  # groups a text is held against: those it shares most words with


@dataclass(frozen=True, slots=True)
class Voice:
    """One text and what it may be grouped with: only voices of the same `sort` are held against each other."""

    key: Hashable
    sort: Hashable
    text: str


def words_of(text: str) -> list[str]:
    """The words that matter, folded: "Sóng yếu ở buôn xa" → song, yeu, thon, xa."""
    found = re.findall(r"[a-z0-9]+", fold(text))
    return [_VILLAGES.get(word, word) for word in found if word not in _SMALL]


def likeness(one: Sequence[str], two: Sequence[str]) -> float:
    """0 … 1 for the words of two texts; texts without a word that matters are like nothing."""
    return _likeness(_Parts.of(one), _Parts.of(two))


@dataclass(frozen=True, slots=True)
class _Parts:
    words: frozenset[str]
    both: frozenset[str]  # words and pairs of neighbours

    @classmethod
    def of(cls, words: Sequence[str]) -> _Parts:
        single = frozenset(words)
        return cls(single, single | {f"{one} {two}" for one, two in zip(words, words[1:], strict=False)})


def _likeness(one: _Parts, two: _Parts) -> float:
    if not one.words or not two.words:
        return 0.0
    shared = len(one.both & two.both)
    jaccard = shared / (len(one.both) + len(two.both) - shared)
    return (jaccard + len(one.words & two.words) / min(len(one.words), len(two.words))) / 2


def alike(voices: Iterable[Voice], *, threshold: float = ALIKE) -> list[list[Voice]]:
    """Every voice in exactly one group, in the order given; the first of a group is what the others were held against.

    A voice joins the group whose first one it is most like. Groups do not chain: nobody is in a group for being like its last member.
    """
    groups: list[list[Voice]] = []
    firsts: list[_Parts] = []
    same: dict[tuple[Hashable, tuple[str, ...]], int] = {}  # word for word: no need to compare again
    where: dict[tuple[Hashable, str], list[int]] = defaultdict(list)  # groups whose first voice has this word
    for voice in voices:
        words = words_of(voice.text)
        known = same.get((voice.sort, tuple(words))) if words else None
        if known is not None:
            groups[known].append(voice)
            continue
        parts = _Parts.of(words)
        shared = Counter(number for word in parts.words for number in where[voice.sort, word])
        looked_at = [number for number, _ in shared.most_common(_MOST_LOOKED_AT)]
        best = max(((_likeness(parts, firsts[number]), -number) for number in looked_at), default=(0.0, 0))
        if best[0] >= threshold:
            number = -best[1]
            groups[number].append(voice)
        else:
            number = len(groups)
            groups.append([voice])
            firsts.append(parts)
            for word in parts.words:
                where[voice.sort, word].append(number)
        same[voice.sort, tuple(words)] = number
    return groups


def common_text(texts: Sequence[str]) -> str:
    """The text that stands for several: the one said most often; among those the longest."""
    counts = Counter(" ".join(text.split()) for text in texts)
    return max(counts, key=lambda text: (counts[text], len(text)))
