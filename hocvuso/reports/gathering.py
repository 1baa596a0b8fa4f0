"""What many have said, in few lines: who says the same stands in one line with their number and the answer, if there is one. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from hocvuso.concerns.likeness import SAME, Voice, alike, common_text
from hocvuso.lib.text import fold

NAMED = 5  # places named in a line; the others are counted
Kind = Literal["difficulty", "proposal"]


@dataclass(frozen=True, slots=True)
class Answer:
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Told:
    """One thing one place said. `group`: equal for all that a person has merged; `chosen`: the text that stands for them."""

    kind: Kind
    text: str
    who: str
    group: str = ""
    chosen: bool = False
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class GatheredLine:
    text: str
    who: tuple[str, ...]  # each once, in the order they said it
    answers: tuple[Answer, ...]
    answered: int = 0  # how many of `who` have one


@dataclass(frozen=True, slots=True)
class Gathered:
    """What came together for one report. `of` counts those who owe a report to this one: 0 where nobody does."""

    difficulties: tuple[GatheredLine, ...] = ()
    proposals: tuple[GatheredLine, ...] = ()
    wrote: int = 0
    of: int = 0
    missing: tuple[str, ...] = ()  # who has not said anything in a report of this day

    @property
    def is_empty(self) -> bool:
        return not (self.difficulties or self.proposals)


@dataclass(frozen=True, slots=True)
class VillageRow:
    """A village in the annex of its commune's report: per column (this period, so far), proven; `None` where nothing is measured."""

    name: str
    cells: tuple[tuple[int | None, int | None], ...]


def thoughts(text: str) -> list[str]:
    """The lines of a report's words: one thought a line, without the dash before it."""
    found = (re.sub(r"^[-–—•+*]\s*", "", line.strip()).strip() for line in text.splitlines())
    return [line for line in found if re.search(r"\w", line) and not re.fullmatch(r"(?i)không( có)?\.?", line)]


def gathered_lines(told: Iterable[Told], kind: Kind) -> tuple[GatheredLine, ...]:
    """Lines of one kind, those most places said first. What a person merged is one line; beside that only what is nearly the same."""
    clusters: dict[str, list[Told]] = {}
    for number, one in enumerate(one for one in told if one.kind == kind):
        clusters.setdefault(one.group or f"#{number}", []).append(one)
    voices = [Voice(key, kind, _text_of(some)) for key, some in clusters.items()]
    groups = [[one for voice in group for one in clusters[str(voice.key)]] for group in alike(voices, threshold=SAME)]
    lines = [
        GatheredLine(
            text=_text_of(group),
            who=tuple(dict.fromkeys(one.who for one in group)),
            answers=tuple(dict.fromkeys(one.answer for one in group if one.answer)),
            answered=len({one.who for one in group if one.answer}),
        )
        for group in groups
    ]
    return tuple(sorted(lines, key=lambda line: -len(line.who)))


def _text_of(told: Sequence[Told]) -> str:
    """What a person chose; else what was said most often."""
    chosen = [one.text for one in told if one.chosen]
    return common_text(chosen or [one.text for one in told])


def line_text(line: GatheredLine, *, here: str = "") -> str:
    """ "Sóng yếu ở thôn xa (14 đơn vị: Xã A … và 9 đơn vị khác). Sở KHCN trả lời 3/14 đơn vị: …". Who writes the report is not named."""
    text = " ".join(line.text.split()).rstrip(" .;")
    who = [name for name in line.who if name != here]
    if len(who) == 1 and len(line.who) == 1:
        text += f" ({who[0]})"
    elif line.who != (here,):
        more = len(line.who) - NAMED
        names = ", ".join(line.who[:NAMED]) + (f" và {more} đơn vị khác" if more > 0 else "")
        text += f" ({len(line.who)} đơn vị: {names})"
    part = "" if line.answered == len(line.who) else f" {line.answered}/{len(line.who)} đơn vị"
    answers = [f"{one.by} trả lời{part}: {' '.join(one.text.split())}" for one in line.answers]
    return " ".join([f"{text}.", *answers])


_OURS = re.compile(r"\s*\(\d+ đơn vị: [^()]*\)|(?<=\.)\s+[^.]{2,160} trả lời(?: \d+/\d+ đơn vị)?: .*$")


def bare(text: str) -> str:
    """A thought without what `line_text` had added below, so that it is found to be the same one level up."""
    return _OURS.sub("", text).strip()


def not_yet_said(lines: Sequence[GatheredLine], words: str) -> list[GatheredLine]:
    """Lines that the report's own words do not hold already."""
    said = fold(words)
    return [line for line in lines if fold(line.text).rstrip(" .;") not in said]


def with_gathered(words: str, lines: Sequence[GatheredLine], *, here: str) -> str:
    """The words as they are, and what was gathered below them, a line each: for a person to go on with."""
    added = [f"- {line_text(line, here=here)}" for line in not_yet_said(lines, words)]
    return "\n".join([*([words.rstrip()] if words.strip() else []), *added])


def taken_over(words: Mapping[str, str], gathered: Gathered, *, here: str) -> dict[str, str]:
    """The report's difficulties and proposals with what was gathered below them: what a drafter who asks for it finds in the form."""
    return {
        "difficulties": with_gathered(words["difficulties"], gathered.difficulties, here=here),
        "proposals": with_gathered(words["proposals"], gathered.proposals, here=here),
    }
