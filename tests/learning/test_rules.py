from __future__ import annotations

import copy
from typing import Any

import pytest

from hocvuso.learning.rules import Course, parse_course
from hocvuso.lib.errors import BadInput

SKILLS = frozenset({"an-toan"})
PACK: dict[str, Any] = {
    "key": "thu", "version": "1.0", "title": "Thử", "title_en": "Trial", "framework": "f", "framework_version": "1.0", "level": "usable",
    "about": "Về khóa học.",
    "lessons": [
        {"key": "mot", "skill": "an-toan", "title": "Một", "minutes": 5, "summary": "Bài một"},
        {"key": "hai", "skill": "an-toan", "title": "Hai", "minutes": 5, "summary": "Bài hai"},
    ],
}  # fmt: skip
CHECK = {
    "stem": "Chọn?",
    "options": [{"text": "a", "right": True, "why": "đúng"}, {"text": "b", "right": False, "why": "sai"}],
}
LESSON: dict[str, Any] = {
    "key": "mot", "goal": "Học xong, tự làm được.",
    "steps": [
        {"kind": "read", "title": "Đọc", "text": "Chữ.", "picture": {"file": "a.svg", "alt": "Hình"}},
        {"kind": "check", "title": "Thử", "question": CHECK},
    ],
}  # fmt: skip


def _course(pack: dict[str, Any] = PACK, **changed: Any) -> Course:
    lessons = {key: {**copy.deepcopy(LESSON), "key": key} for key in ("mot", "hai")}
    lessons["mot"] |= changed
    return parse_course(pack, lessons, skills=SKILLS)


def test_a_pack_becomes_lessons_in_their_order() -> None:
    course = _course()
    assert [lesson.key for lesson in course.lessons] == ["mot", "hai"]
    assert course.framework == "f-1.0"
    first, last = course.lessons
    assert course.after(first) is last
    assert course.after(last) is None
    assert course.lesson("ba") is None
    assert first.steps[0].picture is not None
    assert first.steps[1].check is not None


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"key": "khac"}, "khóa hoặc kỹ năng"),
        ({"steps": []}, "chưa có bước nào"),
        ({"steps": [{"kind": "sing", "title": "?"}]}, "bước 1: loại “sing”"),
        ({"steps": [{"kind": "check", "title": "?"}]}, "phải đi với loại check"),
        ({"steps": [{"kind": "read", "title": "?", "question": CHECK}]}, "phải đi với loại check"),
        ({"steps": [{"kind": "check", "title": "?", "question": {"stem": "?", "options": [CHECK["options"][1]]}}]}, "đúng một"),
        ({"steps": [{"kind": "read"}]}, "thiếu hoặc sai 'title'"),
    ],
)  # fmt: skip
def test_a_lesson_that_cannot_be_shown_is_said_by_its_place(changed: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput) as refused:
        _course(**changed)
    assert said in str(refused.value)


def test_a_lesson_without_its_file_or_an_unknown_skill_refuses_the_pack() -> None:
    with pytest.raises(BadInput, match="'hai'"):
        parse_course(PACK, {"mot": LESSON}, skills=SKILLS)
    with pytest.raises(BadInput, match="kỹ năng"):
        parse_course(PACK, {"mot": LESSON, "hai": {**LESSON, "key": "hai"}}, skills=frozenset({"khac"}))
