"""A course pack as its files tell it. Pure: parsed YAML in, frozen lessons out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hocvuso.lib.errors import BadInput
from hocvuso.lib.text import nfc

STEP_KINDS = ("read", "do", "check", "beware")


@dataclass(frozen=True, slots=True)
class Picture:
    file: str
    alt: str


@dataclass(frozen=True, slots=True)
class CheckOption:
    text: str
    right: bool
    why: str


@dataclass(frozen=True, slots=True)
class Check:
    """A question inside a lesson: answered at once, stored nowhere."""

    stem: str
    options: tuple[CheckOption, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One screen of a lesson: to read, to do on one's own phone, to check oneself, to beware of. `text` is Markdown."""

    kind: str
    title: str
    text: str
    picture: Picture | None
    check: Check | None


@dataclass(frozen=True, slots=True)
class Lesson:
    key: str
    skill: str
    title: str
    goal: str
    minutes: int
    summary: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Course:
    key: str
    version: str
    title: str
    title_en: str
    about: str
    framework: str  # key and version
    level: str
    lessons: tuple[Lesson, ...]

    def lesson(self, key: str) -> Lesson | None:
        return next((lesson for lesson in self.lessons if lesson.key == key), None)

    def after(self, lesson: Lesson) -> Lesson | None:
        place = self.lessons.index(lesson) + 1
        return self.lessons[place] if place < len(self.lessons) else None


def parse_course(pack: Any, lessons: Mapping[str, Any], *, skills: frozenset[str]) -> Course:
    """From `pack.yaml` and the parsed file of each lesson. The first thing that is missing or wrong is said by its place."""
    try:
        parsed = tuple(_lesson(entry, lessons[entry["key"]], skills) for entry in pack["lessons"])
        return Course(
            key=pack["key"], version=str(pack["version"]), title=nfc(pack["title"]), title_en=pack["title_en"],
            about=nfc(pack["about"].strip()), framework=f"{pack['framework']}-{pack['framework_version']}", level=pack["level"],
            lessons=parsed,
        )  # fmt: skip
    except (KeyError, TypeError, AttributeError) as error:
        raise BadInput(f"Gói khóa học: thiếu hoặc sai {error}.") from None


def _lesson(entry: Any, body: Any, skills: frozenset[str]) -> Lesson:
    key = entry["key"]
    if body["key"] != key or entry["skill"] not in skills:
        raise BadInput(f"Bài {key}: khóa hoặc kỹ năng không khớp.")
    if not body["steps"]:
        raise BadInput(f"Bài {key}: chưa có bước nào.")
    steps = tuple(_step(key, number, step) for number, step in enumerate(body["steps"], start=1))
    return Lesson(
        key=key, skill=entry["skill"], title=nfc(entry["title"]), goal=nfc(body["goal"].strip()), minutes=int(entry["minutes"]),
        summary=nfc(entry["summary"].strip()), steps=steps,
    )  # fmt: skip


def _step(lesson: str, number: int, step: Any) -> Step:
    if step["kind"] not in STEP_KINDS:
        raise BadInput(f"Bài {lesson}, bước {number}: loại “{step['kind']}” không có.")
    question, picture = step.get("question"), step.get("picture")
    if (step["kind"] == "check") != (question is not None):
        raise BadInput(f"Bài {lesson}, bước {number}: câu tự kiểm tra phải đi với loại check.")
    check = None
    if question is not None:
        options = tuple(
            CheckOption(nfc(str(o["text"]).strip()), bool(o["right"]), nfc(o["why"].strip()))
            for o in question["options"]
        )
        if sum(option.right for option in options) != 1:
            raise BadInput(f"Bài {lesson}, bước {number}: cần đúng một lựa chọn đúng.")
        check = Check(nfc(question["stem"].strip()), options)
    return Step(
        kind=step["kind"], title=nfc(step["title"].strip()), text=nfc((step.get("text") or "").strip()),
        picture=Picture(picture["file"], nfc(picture["alt"].strip())) if picture else None, check=check,
    )  # fmt: skip
