"""The numbers Word makes by itself ("1.", "a)", "-"): they are not in a paragraph's text, but belong to what is printed."""

from __future__ import annotations

import re
from typing import Any

from hocvuso.plans.reader.load.html import roman

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LETTERS = "abcdđeghiklmnopqrstuvxy"  # as Vietnamese lists go on: d, đ, e


class Numbering:
    """Counts as Word does while the paragraphs are asked for in order."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}  # numId → level → (format, text, start)
        self._abstract: dict[str, str] = {}
        self._styles: dict[str, tuple[str | None, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if numbering is not None:
            self._read(numbering)
        if styles is not None:
            for style in styles.iter(f"{W}style"):
                found = style.find(f"{W}pPr/{W}numPr")
                if found is not None:
                    self._styles[style.get(f"{W}styleId", "")] = _reference(found)

    def _read(self, numbering: Any) -> None:
        abstract = {
            node.get(f"{W}abstractNumId", ""): {
                int(level.get(f"{W}ilvl", "0")): (
                    _value(level, "numFmt", "decimal"),
                    _value(level, "lvlText", ""),
                    int(_value(level, "start", "1")),
                )
                for level in node.iter(f"{W}lvl")
            }
            for node in numbering.iter(f"{W}abstractNum")
        }
        for node in numbering.iter(f"{W}num"):
            key = node.get(f"{W}numId", "")
            self._abstract[key] = _value(node, "abstractNumId", "")
            self._levels[key] = dict(abstract.get(self._abstract[key], {}))
            for override in node.iter(f"{W}lvlOverride"):
                level, start = int(override.get(f"{W}ilvl", "0")), _value(override, "startOverride", "")
                if start and level in self._levels[key]:
                    how, text, _ = self._levels[key][level]
                    self._levels[key][level] = (how, text, int(start))
                    self._abstract[key] = f"{key} restarted"

    def mark(self, paragraph: Any) -> str:
        """ "1.2. " or "" ; counting goes on."""
        key, depth = self._of(paragraph)
        level = self._levels.get(key or "", {}).get(depth)
        if key is None or level is None:
            return ""
        counts = self._counts.setdefault(self._abstract[key], {})
        counts[depth] = counts.get(depth, level[2] - 1) + 1
        for deeper in [at for at in counts if at > depth]:
            del counts[deeper]
        how, text, _ = level
        if how == "bullet":
            return "- " if depth == 0 else "+ "
        if how == "none":
            return ""

        def number(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            form, _, start = self._levels[key].get(at, level)
            return _formed(counts.setdefault(at, start), form)

        shown = re.sub(r"%(\d)", number, text)
        return f"{shown} " if shown else ""

    def _of(self, paragraph: Any) -> tuple[str | None, int]:
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return None, 0
        own = properties.find(f"{W}numPr")
        if own is not None:
            key, depth = _reference(own)
            return (None, 0) if key == "0" else (key, depth)
        return self._styles.get(_value(properties, "pStyle", ""), (None, 0))


def _reference(node: Any) -> tuple[str | None, int]:
    return _value(node, "numId", "") or None, int(_value(node, "ilvl", "0"))


def _value(node: Any, name: str, default: str) -> str:
    found = node.find(f"{W}{name}")
    value: str = found.get(f"{W}val", default) if found is not None else default
    return value


def _formed(number: int, how: str) -> str:
    match how:
        case "upperRoman":
            return roman(number)
        case "lowerRoman":
            return roman(number).lower()
        case "upperLetter":
            return LETTERS[(number - 1) % len(LETTERS)].upper()
        case "lowerLetter":
            return LETTERS[(number - 1) % len(LETTERS)]
        case "decimalZero":
            return f"{number:02d}"
        case _:
            return str(number)
