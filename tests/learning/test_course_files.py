"""The course packs and the skill framework as files: what a lesson must have, and that its pictures stay small and closed.

Read as plain YAML, so that a pack is tested even where no code loads it yet.
"""

from __future__ import annotations

import re
import unicodedata
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.make.each import for_each

DATA = Path(__file__).resolve().parents[2] / "hocvuso" / "data"
STYLES = DATA.parent / "web" / "shared" / "static" / "hocvuso.css"
PACKS = sorted(path.parent for path in (DATA / "courses").glob("*/pack.yaml"))
LESSONS = sorted(path for pack in PACKS for path in (pack / "lessons").glob("*.yaml"))
PICTURES = sorted(path for pack in PACKS for path in (pack / "images").iterdir())
FRAMEWORKS = sorted((DATA / "frameworks").glob("*.yaml"))

every_pack = for_each("pack", PACKS, called=lambda path: path.name)
every_lesson = for_each("path", LESSONS, called=lambda path: path.stem)
every_picture = for_each("path", PICTURES, called=lambda path: path.stem)
every_framework = for_each("path", FRAMEWORKS, called=lambda path: path.stem)

# A lesson is read on a phone with a bad line: about 12 KB of words, 20 KB of pictures.
LESSON_BYTES = 12 * 1024
PICTURE_BYTES = 4 * 1024
PICTURES_BYTES = 20 * 1024
SVG = "{http://www.w3.org/2000/svg}"
DRAWING = {SVG + tag for tag in ("svg", "g", "path", "rect", "circle", "text", "tspan", "clipPath")}


@cache
def _read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def _steps(path: Path) -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = _read(path)["steps"]
    return steps


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def _skills() -> dict[str, dict[str, str]]:
    skills: dict[str, dict[str, str]] = _read(DATA / "evidence_kinds.yaml")["skills"]
    return skills


# --- the pack ------------------------------------------------------------------------------------------------------------------


@every_pack
def test_a_pack_says_what_it_is(pack: Path) -> None:
    content = _read(pack / "pack.yaml")
    fields = {"key", "version", "title", "title_en", "framework", "framework_version", "level", "about", "lessons"}
    assert set(content) == fields
    assert content["key"] == pack.name
    assert content["level"] in {"usable", "proficient"}
    assert (pack / "SOURCES.md").is_file()
    framework = _read(DATA / "frameworks" / f"{content['framework']}.yaml")
    assert framework["version"] == content["framework_version"]


@every_pack
def test_a_pack_lists_its_lessons_as_they_are(pack: Path) -> None:
    listed = _read(pack / "pack.yaml")["lessons"]
    assert sorted(lesson["key"] for lesson in listed) == sorted(path.stem for path in (pack / "lessons").iterdir())
    for entry in listed:
        lesson = _read(pack / "lessons" / f"{entry['key']}.yaml")
        assert set(entry) == {"key", "skill", "title", "minutes", "summary"}
        assert 5 <= entry["minutes"] <= 30
        assert [entry[field] for field in ("key", "skill", "title")] == [
            lesson[field] for field in ("key", "skill", "title")
        ]


def test_the_pack_of_the_five_skills_has_one_lesson_for_each_in_their_order() -> None:
    lessons = _read(DATA / "courses" / "nam-ky-nang" / "pack.yaml")["lessons"]
    assert [lesson["skill"] for lesson in lessons] == list(_skills())


@every_pack
def test_every_picture_of_a_pack_is_used_once(pack: Path) -> None:
    used = Counter(
        step["picture"]["file"] for path in (pack / "lessons").iterdir() for step in _steps(path) if "picture" in step
    )
    assert used == Counter(path.name for path in (pack / "images").iterdir())


# --- a lesson ------------------------------------------------------------------------------------------------------------------


@every_lesson
def test_a_lesson_has_its_parts_in_a_few_screens(path: Path) -> None:
    lesson = _read(path)
    assert set(lesson) == {"key", "skill", "title", "goal", "steps"}
    assert lesson["key"] == path.stem
    assert lesson["goal"].startswith("Học xong, bạn tự ")
    assert 7 <= len(lesson["steps"]) <= 9
    kinds = Counter(step["kind"] for step in lesson["steps"])
    assert set(kinds) == {"read", "do", "check", "beware"}
    assert kinds["read"] >= 2
    assert kinds["do"] >= 2
    assert kinds["check"] >= 2
    assert sum("picture" in step for step in lesson["steps"]) >= 4


@every_lesson
def test_a_lesson_ends_with_a_summary(path: Path) -> None:
    last = _steps(path)[-1]
    assert (last["kind"], last["title"]) == ("read", "Tóm lại")


@every_lesson
def test_a_step_is_one_screen(path: Path) -> None:
    for step in _steps(path):
        asks = {"question"} if step["kind"] == "check" else set()
        assert set(step) - {"picture"} == {"kind", "title", "text"} | asks, step["title"]
        assert len(step["title"].split()) <= 9, step["title"]
        assert 40 <= len(step["text"].split()) <= 110, (step["title"], len(step["text"].split()))


@every_lesson
def test_something_to_do_says_how_on_a_borrowed_phone(path: Path) -> None:
    for step in _steps(path):
        if step["kind"] == "do":
            assert "**Máy mượn" in step["text"], step["title"]
            assert "\n1. " in "\n" + step["text"], step["title"]


@every_lesson
def test_a_warning_names_the_trick_the_sign_and_what_to_do(path: Path) -> None:
    for step in _steps(path):
        if step["kind"] == "beware":
            for part in ("**Kẻ gian làm gì:**", "**Dấu hiệu:**", "**Cần làm:**"):
                assert part in step["text"], step["title"]


@every_lesson
def test_a_question_has_one_right_answer_and_explains_each(path: Path) -> None:
    for step in _steps(path):
        if step["kind"] != "check":
            continue
        question = step["question"]
        assert set(question) == {"stem", "options"}
        assert question["stem"].endswith("?")
        assert len(question["options"]) == 3
        assert [option["right"] for option in question["options"]].count(True) == 1
        for option in question["options"]:
            assert set(option) == {"text", "right", "why"}
            assert isinstance(option["right"], bool)
            assert len(option["text"].split()) <= 16, option["text"]
            assert len(option["why"].split()) >= 8, option["why"]


def test_the_right_answer_stands_at_no_favourite_position() -> None:
    places = Counter(
        [option["right"] for option in step["question"]["options"]].index(True)
        for path in LESSONS
        for step in _steps(path)
        if step["kind"] == "check"
    )
    assert len(places) == 3
    assert max(places.values()) <= sum(places.values()) / 2


@every_lesson
def test_a_picture_exists_and_is_told_in_a_whole_sentence(path: Path) -> None:
    for step in _steps(path):
        if "picture" in step:
            picture = step["picture"]
            assert set(picture) == {"file", "alt"}
            assert (path.parents[1] / "images" / picture["file"]).is_file()
            assert len(picture["alt"].split()) >= 10, picture["alt"]
            assert picture["alt"].endswith("."), picture["alt"]


@every_lesson
def test_a_lesson_is_light(path: Path) -> None:
    assert path.stat().st_size < LESSON_BYTES
    files = [path.parents[1] / "images" / step["picture"]["file"] for step in _steps(path) if "picture" in step]
    assert sum(file.stat().st_size for file in files) < PICTURES_BYTES


# --- words ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [*LESSONS, *FRAMEWORKS, *(pack / "pack.yaml" for pack in PACKS)],
    ids=lambda path: f"{path.parent.name}-{path.stem}",
)
def test_words_are_composed_vietnamese_without_html_or_links(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text == unicodedata.normalize("NFC", text)
    for words in _texts(_read(path)):
        assert "http" not in words.lower(), words
        assert not re.search(r"<[a-zA-Z/!]|&[a-z]+;|\]\(", words), words


@every_lesson
def test_markdown_is_paragraphs_lists_and_bold_only(path: Path) -> None:
    for step in _steps(path):
        text = step["text"]
        bold = re.sub(r"\*\*[^*\n]+\*\*", "", text)
        assert "*" not in bold, step["title"]
        assert not re.search(r"^\s*(#|>|`|\||={3}|-{3})|[_`]|^ {2,}\S|!\[", text, re.MULTILINE), step["title"]
        numbers = [int(number) for number in re.findall(r"^(\d+)\. ", text, re.MULTILINE)]
        assert numbers == list(range(1, len(numbers) + 1)), step["title"]


# --- pictures ------------------------------------------------------------------------------------------------------------------


def _colours() -> set[str]:
    tokens = re.search(r":root \{(.*?)\}", STYLES.read_text(encoding="utf-8"), re.DOTALL)
    assert tokens
    return set(re.findall(r"#[0-9a-f]{3,6}\b", tokens[1]))


@every_picture
def test_a_picture_is_a_small_closed_drawing(path: Path) -> None:
    assert path.suffix == ".svg"
    assert path.stat().st_size <= PICTURE_BYTES
    text = path.read_text(encoding="utf-8")
    assert text == unicodedata.normalize("NFC", text)
    assert "<!" not in text
    root = ElementTree.fromstring(text)
    assert root.get("viewBox") in {"0 0 320 200", "0 0 320 240"}
    assert root.get("font-family") == "system-ui, sans-serif"
    for element in root.iter():
        assert element.tag in DRAWING, element.tag
        for name, value in element.attrib.items():
            assert "href" not in name, name
            assert name != "style", name
            assert not name.startswith("on"), name
            if "url(" in value:
                assert re.fullmatch(r"url\(#[a-z]+\)", value), value


@every_picture
def test_a_picture_keeps_to_the_colours_of_the_house_and_to_legible_letters(path: Path) -> None:
    colours = _colours()
    for element in ElementTree.fromstring(path.read_text(encoding="utf-8")).iter():
        for name in ("fill", "stroke"):
            value = element.get(name, "none")
            assert value == "none" or value in colours, value
        if size := element.get("font-size"):
            assert float(size) >= 14, size
        if "scale" in element.get("transform", ""):
            assert element.find(f".//{SVG}text") is None


# --- the framework -------------------------------------------------------------------------------------------------------------


@every_framework
def test_a_framework_says_what_it_is_and_gives_each_code_once(path: Path) -> None:
    framework = _read(path)
    assert set(framework) == {"key", "version", "title", "title_en", "note", "skills"}
    assert framework["key"] == path.stem
    assert isinstance(framework["version"], str)
    codes = [node["code"] for skill in framework["skills"] for node in [skill, *skill["abilities"]]]
    assert len(codes) == len(set(codes))


def test_our_framework_names_the_basic_skills_and_four_things_one_can_see_in_each() -> None:
    framework = _read(DATA / "frameworks" / "nam-ky-nang.yaml")
    assert [(skill["skill"], skill["title"]) for skill in framework["skills"]] == [
        (key, skill["title"]) for key, skill in _skills().items()
    ]
    for at, skill in enumerate(framework["skills"], 1):
        assert skill["code"] == f"NKN.{at}"
        assert [ability["code"] for ability in skill["abilities"]] == [f"NKN.{at}.{n}" for n in range(1, 5)]
        assert all(set(ability) == {"code", "title"} for ability in skill["abilities"])
