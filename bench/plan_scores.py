"""How well a reading of a plan agrees with the reading by hand: pure, so that it can be tested by itself.

An indicator counts when target, unit, comparator, group and due agree; a task when the start of its title, leads, coordinators and due do;
a duty when frequency and receiver do. A bare year is its 31 December; titles and names are compared folded and loosely.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from hocvuso.lib.text import fold

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Score:
    found: int  # how many were read
    wanted: int  # how many there are
    right: int

    @property
    def precision(self) -> float | None:
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        return self.right / self.wanted if self.wanted else None

    @property
    def f1(self) -> float | None:
        """None when there is nothing to find and nothing was found."""
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else None

    def __add__(self, other: Score) -> Score:
        return Score(self.found + other.found, self.wanted + other.wanted, self.right + other.right)

    def shown(self) -> dict[str, float | int | None]:
        def three(value: float | None) -> float | None:
            return None if value is None else round(value, 3)

        return {
            "precision": three(self.precision),
            "recall": three(self.recall),
            "f1": three(self.f1),
            "found": self.found,
            "wanted": self.wanted,
        }


# --- loose comparison -------------------------------------------------------------------------------------------------


def plain(text: object) -> str:
    """Folded words without punctuation; a few ways to write the same office are one."""
    words = " ".join(re.findall(r"\w+", fold(str(text or ""))))
    for long, short in (
        ("uy ban nhan dan", "ubnd"),
        ("mat tran to quoc", "mttq"),
        ("khoa hoc va cong nghe", "khcn"),
        ("giao duc va dao tao", "gddt"),
    ):
        words = words.replace(long, short)
    return words.replace("kh cn", "khcn").replace("gd dt", "gddt")


def names(value: object) -> str:
    """Names as one line: "A; B" in one text and A and B in a list are the same."""
    parts = value if isinstance(value, list) else re.split(r";", str(value or ""))
    return " ".join(sorted(plain(part) for part in parts if part))


def same_names(one: object, other: object) -> bool:
    """The same words, in whatever order the names stand and however they are cut."""
    first, second = names(one), names(other)
    return first == second or sorted(first.split()) == sorted(second.split())


def day(value: object) -> str | None:
    text = str(value) if value else None
    return f"{text}-12-31" if text and len(text) == 4 else text


def same_unit(one: object, other: object) -> bool:
    """ "%" is only itself; "người" is "người dân"; "lớp/xã" needs its "per"."""
    first, second = str(one or ""), str(other or "")
    if (first == "%") or (second == "%"):
        return first == second
    thing, _, each = first.partition("/")
    other_thing, _, other_each = second.partition("/")
    return _near(thing, other_thing) and bool(each) == bool(other_each) and (not each or _near(each, other_each))


def _near(one: str, other: str) -> bool:
    first, second = plain(one).split(), plain(other).split()
    if not first or not second:
        return first == second
    shorter, longer = sorted((first, second), key=len)
    return longer[: len(shorter)] == shorter or len(set(shorter) & set(longer)) >= 0.6 * len(set(longer))


def same_group(found: Row, wanted: Row) -> bool:
    either = re.search(r"(\w+)\|(\w+) both acceptable", str(wanted.get("note", "")))
    return found.get("group") in (set(either.groups()) if either else {wanted.get("group")})


def likeness(one: object, other: object) -> float:
    """Common words over the shorter text's, of the first two hundred letters."""
    first, second = set(plain(str(one)[:200]).split()), set(plain(str(other)[:200]).split())
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0


def same_start(one: object, other: object) -> bool:
    """The first eight words, of which one may be misprinted or left out."""
    first, second = plain(one).split()[:8], plain(other).split()[:8]
    short = min(len(first), len(second))
    return short > 0 and len(set(first[:short]) & set(second)) >= max(1, min(short, len(set(first[:short]))) - 1)


def receivers(value: object) -> set[str]:
    """Of "Ban Chỉ đạo tỉnh (qua Sở A); Bộ B" the two that receive."""
    return {plain(part) for part in re.split(r";", re.sub(r"\(.*?\)", "", str(value or ""))) if plain(part)}


def same_receiver(one: object, other: object) -> bool:
    first, second = receivers(one), receivers(other)
    if first == second:
        return True
    return len(first) == len(second) and all(any(a in b or b in a for b in second) for a in first)


# --- the three kinds --------------------------------------------------------------------------------------------------

INDICATOR: dict[str, Callable[[Row, Row], bool]] = {
    "target": lambda found, wanted: float(found["target"]) == float(wanted["target"]),
    "unit": lambda found, wanted: same_unit(found["unit"], wanted["unit"]),
    "comparator": lambda found, wanted: bool(found["comparator"] == wanted["comparator"]),
    "group": same_group,
    "due": lambda found, wanted: day(found["due"]) == day(wanted["due"]),
}
INDICATOR_BESIDE: dict[str, Callable[[Row, Row], bool]] = {
    "lead": lambda found, wanted: same_names(
        found.get("leads") or found.get("lead"), wanted.get("leads") or wanted.get("lead")
    ),
    "aspirational": lambda found, wanted: bool(found.get("aspirational")) == bool(wanted.get("aspirational")),
}
TASK: dict[str, Callable[[Row, Row], bool]] = {
    "title": lambda found, wanted: same_start(found["text"], wanted.get("text_fixed") or wanted["text"]),
    "leads": lambda found, wanted: same_names(found["leads"], wanted.get("leads") or wanted.get("lead")),
    "coordinators": lambda found, wanted: same_names(found["coordinators"], wanted.get("coordinators")),
    "due": lambda found, wanted: day(found["due"]) == day(wanted["due"]),
}
TASK_BESIDE: dict[str, Callable[[Row, Row], bool]] = {
    "result": lambda found, wanted: plain(found.get("result")) == plain(wanted.get("result")),
}
DUTY: dict[str, Callable[[Row, Row], bool]] = {
    "frequency": lambda found, wanted: bool(found["frequency"] == wanted["frequency"]),
    "receiver": lambda found, wanted: same_receiver(found["to"], wanted["to"]),
}


@dataclass(frozen=True, slots=True)
class Agreement:
    whole: Score
    fields: dict[str, Score]
    surplus: list[Row]  # read, and not there
    missed: list[Row]  # there, and not read


def agreement(
    found: Sequence[Row], wanted: Sequence[Row], rules: dict[str, Callable[[Row, Row], bool]],
    beside: dict[str, Callable[[Row, Row], bool]] | None = None,
) -> Agreement:  # fmt: skip
    """Pairs that agree in all rules count as right. Fields are compared between the pairs that belong together by their words."""
    left = list(range(len(wanted)))
    surplus: list[Row] = []
    right = 0
    for row in found:
        at = next(
            (
                number
                for number in _by_likeness(row, wanted, left)
                if all(rule(row, wanted[number]) for rule in rules.values())
            ),
            None,
        )
        if at is None:
            surplus.append(row)
        else:
            left.remove(at)
            right += 1
    every = {**rules, **(beside or {})}
    pairs = _pairs(found, wanted, every)
    fields = {
        name: Score(len(found), len(wanted), sum(rule(one, other) for one, other in pairs))
        for name, rule in every.items()
    }
    return Agreement(Score(len(found), len(wanted), right), fields, surplus, [wanted[number] for number in left])


def _words(row: Row) -> str:
    return str(row.get("text_fixed") or row.get("text") or f"{row.get('frequency')} {row.get('to')} {row.get('who')}")


def _by_likeness(row: Row, wanted: Sequence[Row], left: Sequence[int]) -> list[int]:
    return sorted(left, key=lambda number: -likeness(_words(row), _words(wanted[number])))


def _pairs(
    found: Sequence[Row], wanted: Sequence[Row], rules: dict[str, Callable[[Row, Row], bool]]
) -> list[tuple[Row, Row]]:
    """Each read row with the wanted one it means: by words first, then by how many fields agree."""
    ranked = sorted(
        (
            (likeness(_words(one), _words(other)) + 0.1 * sum(rule(one, other) for rule in rules.values()), -a, -b)
            for a, one in enumerate(found)
            for b, other in enumerate(wanted)
        ),
        reverse=True,
    )
    pairs, used_found, used_wanted = [], set(), set()
    for score, a, b in ranked:
        if score >= 0.6 and a not in used_found and b not in used_wanted:
            used_found.add(a)
            used_wanted.add(b)
            pairs.append((found[-a], wanted[-b]))
    return pairs


def scores(reading: Row, gold: Row) -> dict[str, Agreement]:
    return {
        "indicators": agreement(reading["indicators"], gold.get("indicators", []), INDICATOR, INDICATOR_BESIDE),
        "tasks": agreement(reading["tasks"], gold.get("tasks", []), TASK, TASK_BESIDE),
        "reporting": agreement(reading["reporting"], gold.get("reporting", []), DUTY),
        "duplicates": agreement(
            reading["duplicates"],
            gold.get("duplicates", []),
            {"text": lambda a, b: likeness(a["text"], b["text"]) >= 0.7},
        ),
        "indicators_embedded": agreement(
            reading["indicators_embedded"],
            gold.get("indicators_embedded", []),
            {name: INDICATOR[name] for name in ("target", "unit", "comparator")},
        ),
    }


def forbidden(reading: Row, gold: Row) -> list[str]:
    """What stands in the list of numbers that are no indicators, and came out as one."""
    wrong = []
    for entry in gold.get("not_indicators", []):
        text = plain(entry.get("text") if isinstance(entry, dict) else entry)
        wrong += [
            one["text"]
            for one in reading["indicators"]
            if text and (text in plain(one["text"]) and len(text) > 0.6 * len(plain(one["text"])))
        ]
    return wrong
