"""Drawing a form, reading which answer counts, scoring. Pure: chance comes in as a seed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from random import Random
from typing import Any

from hocvuso.lib.errors import BadInput


@dataclass(frozen=True, slots=True)
class Blueprint:
    """How a test is made: so many items of each skill, and from which mark it is passed. Data, never code (facts §8)."""

    key: str
    version: str
    title: str
    title_en: str
    course: str
    bank: str
    framework: str  # key and version, "nam-ky-nang-1.0"
    level: str
    quotas: Mapping[str, int]  # skill → items
    pass_mark: int  # percent of the items
    wait_hours: int  # after a test that was not passed

    @property
    def length(self) -> int:
        return sum(self.quotas.values())


@dataclass(frozen=True, slots=True)
class Question:
    """One place of a form: an item version, and in which order its options stand."""

    item: int
    order: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it was stored: `seq` is the sender's counter, `row` the order in which the server wrote."""

    position: int
    seq: int
    row: int
    chosen: int


@dataclass(frozen=True, slots=True)
class Score:
    right: int
    of: int

    @property
    def percent(self) -> float:
        return round(100 * self.right / self.of, 1) if self.of else 0.0


def parse_blueprint(data: Any, *, skills: frozenset[str], levels: tuple[str, ...]) -> Blueprint:
    try:
        made = Blueprint(
            key=data["key"], version=str(data["version"]), title=data["title"], title_en=data["title_en"], course=data["course"],
            bank=data["bank"], framework=f"{data['framework']}-{data['framework_version']}", level=data["level"],
            quotas={str(skill): int(count) for skill, count in data["quotas"].items()}, pass_mark=int(data["pass_mark"]),
            wait_hours=int(data["wait_hours"]),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadInput(f"Bài kiểm tra: thiếu hoặc sai {error}.") from None
    if not set(made.quotas) <= skills or made.level not in levels or min(made.quotas.values(), default=0) < 1:
        raise BadInput(f"Bài kiểm tra {made.key}: kỹ năng, mức hoặc số câu không đúng.")
    if not 1 <= made.pass_mark <= 100 or made.wait_hours < 0:
        raise BadInput(f"Bài kiểm tra {made.key}: điểm đạt phải từ 1 đến 100, thời gian chờ không âm.")
    return made


def draw_form(
    items: Sequence[tuple[int, str]], *, quotas: Mapping[str, int], options: Mapping[int, int], seed: str
) -> list[Question]:
    """Draw by quota, skill by skill, and shuffle the options. `items`: (version, skill); `options`: how many each has.

    The same seed gives the same form. Questions of a skill stand together, in the order of the quotas: one subject at a time is easier
    for somebody who is not used to tests. Raises `BadInput` where a skill has too few items.
    """
    dice, form = Random(f"form:{seed}"), []  # noqa: S311  chance for a test, not for a secret
    for skill, count in quotas.items():
        pool = sorted(item for item, of in items if of == skill)
        if len(pool) < count:
            raise BadInput(f"Ngân hàng chỉ có {len(pool)} câu đang dùng cho kỹ năng “{skill}”, cần {count}.")
        for item in dice.sample(pool, count):
            order = list(range(options[item]))
            if options[item] > 2:  # “Đúng” stays above “Sai”
                dice.shuffle(order)
            form.append(Question(item, tuple(order)))
    return form


def form_name(form: Sequence[Question]) -> str:
    """A short name of a form: the same items in the same order have the same one."""
    return sha256(",".join(str(question.item) for question in form).encode()).hexdigest()[:12]


def counting(answers: Iterable[Given]) -> dict[int, Given]:
    """Position → the answer that counts: the highest sequence number; of two under one number the one that came first."""
    found: dict[int, Given] = {}
    for answer in sorted(answers, key=lambda answer: (answer.seq, -answer.row)):
        found[answer.position] = answer
    return found


def disputed(answers: Iterable[Given]) -> set[int]:
    """Positions that got two different answers under one sequence number: both are kept, and a person is asked again."""
    first: dict[tuple[int, int], int] = {}
    return {a.position for a in answers if first.setdefault((a.position, a.seq), a.chosen) != a.chosen}


def score(answers: Mapping[int, Given], *, right: Sequence[int]) -> Score:
    """`right`: the right option of each position. What was not answered is not right."""
    hits = sum(position in answers and answers[position].chosen == option for position, option in enumerate(right))
    return Score(hits, len(right))


def is_passed(result: Score, *, pass_mark: int) -> bool:
    # Compared in whole numbers: 14 of 20 is exactly 70 %.
    return 100 * result.right >= pass_mark * result.of
