from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from hocvuso.evidence.queries import catalogue
from hocvuso.learning.models import LessonProgress
from hocvuso.learning.rules import Course, Lesson, parse_course
from hocvuso.lib.errors import UnknownName
from hocvuso.lib.yamlfile import read_yaml


@cache
def courses() -> Mapping[str, Course]:
    """Every pack under `data/courses`, read once a process."""
    folder: Path = settings.DATA_DIR / "courses"
    return {course.key: course for course in map(read_course, sorted(p.parent for p in folder.glob("*/pack.yaml")))}


def read_course(folder: Path) -> Course:
    pack = read_yaml(folder / "pack.yaml")
    lessons = {entry["key"]: read_yaml(folder / "lessons" / f"{entry['key']}.yaml") for entry in pack["lessons"]}
    return parse_course(pack, lessons, skills=frozenset(catalogue().skills))


def course_named(key: str) -> Course:
    try:
        return courses()[key]
    except KeyError:
        raise UnknownName(f"Không có khóa học “{key}”.") from None


@dataclass(frozen=True, slots=True)
class LessonState:
    """A lesson beside how far somebody is in it."""

    lesson: Lesson
    steps_done: int
    is_finished: bool

    @property
    def next_step(self) -> int:
        """The screen to go on with, from 1; a finished lesson begins again."""
        return 1 if self.is_finished else min(self.steps_done + 1, len(self.lesson.steps))


def lessons_of(course: Course, person: uuid.UUID | None) -> list[LessonState]:
    found: dict[str, tuple[int, bool]] = {}
    if person is not None:
        rows = _progress(course, person).values_list("lesson", "steps_done", "finished_on")
        found = {lesson: (steps, day is not None) for lesson, steps, day in rows}
    return [LessonState(lesson, *found.get(lesson.key, (0, False))) for lesson in course.lessons]


def lesson_state(course: Course, lesson: Lesson, person: uuid.UUID) -> LessonState:
    row = (
        _progress(course, person).filter(lesson=lesson.key).values_list("steps_done", "finished_on").order_by().first()
    )
    return LessonState(lesson, row[0], row[1] is not None) if row else LessonState(lesson, 0, False)


def _progress(course: Course, person: uuid.UUID) -> QuerySet[LessonProgress]:
    return LessonProgress.objects.filter(person=person, course=course.key, course_version=course.version)


@lru_cache(maxsize=512)
def step_html(course: str, lesson: str, number: int) -> str:
    """The text of a screen as HTML. Plain Markdown without raw HTML or links, cleaned once more before it is shown."""
    import nh3
    from markdown_it import MarkdownIt

    found = course_named(course).lesson(lesson)
    if found is None:
        raise UnknownName(f"Không có bài “{lesson}”.")
    html = (
        MarkdownIt("commonmark", {"html": False})
        .disable(["link", "image", "autolink"])
        .render(found.steps[number - 1].text)
    )
    return str(nh3.clean(html, tags={"p", "ul", "ol", "li", "strong", "em", "br"}, attributes={}))


@lru_cache(maxsize=512)
def picture_size(course: str, file: str) -> tuple[int, int]:
    """Width and height of a picture's drawing, so that a page keeps its place before it has come."""
    text = (settings.DATA_DIR / "courses" / course / "images" / file).read_text(encoding="utf-8")
    box = re.search(r'viewBox="0 0 (\d+) (\d+)"', text)
    return (int(box[1]), int(box[2])) if box else (320, 200)
