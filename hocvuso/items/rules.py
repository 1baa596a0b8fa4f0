from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from hocvuso.lib.errors import BadInput
from hocvuso.lib.text import nfc

KINDS = ("single", "true_false")


class Status(StrEnum):
    """The life of an item. Only active ones are drawn for a form that counts."""

    DRAFT = "draft"  # bản thảo
    TRIAL = "trial"  # dùng thử, không tính điểm
    ACTIVE = "active"  # đang dùng
    RETIRED = "retired"  # thôi dùng


@dataclass(frozen=True, slots=True)
class Option:
    text: str
    right: bool


@dataclass(frozen=True, slots=True)
class ItemText:
    """What of an item never changes under one version: another word is another version."""

    key: str
    version: int
    skill: str
    level: str
    kind: str
    stem: str
    options: tuple[Option, ...]
    explanation: str

    @property
    def right(self) -> int:
        """The position of the right option in the order of the file."""
        return next(n for n, option in enumerate(self.options) if option.right)

    @property
    def digest(self) -> str:
        body = [
            self.skill,
            self.level,
            self.kind,
            self.stem,
            [(o.text, o.right) for o in self.options],
            self.explanation,
        ]
        return hashlib.sha256(json.dumps(body, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Bank:
    key: str
    framework: str  # key and version of the skill framework, "nam-ky-nang-1.0"
    items: Mapping[ItemText, Status]


def parse_bank(data: Any, *, skills: frozenset[str], levels: tuple[str, ...]) -> Bank:
    """From the parsed YAML of a bank. The first item that cannot be used refuses the whole bank, by its key."""
    if not isinstance(data, dict) or not {"key", "framework", "framework_version", "items"} <= data.keys():
        raise BadInput("Ngân hàng câu hỏi phải có key, framework, framework_version, items.")
    items: dict[ItemText, Status] = {}
    seen: set[tuple[str, int]] = set()
    for entry in data["items"]:
        item, status = _item(entry, skills, levels)
        if (item.key, item.version) in seen:
            raise BadInput(f"{data['key']}: câu {item.key} bản {item.version} ghi hai lần.")
        seen.add((item.key, item.version))
        items[item] = status
    return Bank(str(data["key"]), f"{data['framework']}-{data['framework_version']}", items)


def _item(entry: Any, skills: frozenset[str], levels: tuple[str, ...]) -> tuple[ItemText, Status]:
    key = entry.get("key", "?") if isinstance(entry, dict) else "?"
    try:
        item = ItemText(
            key=str(entry["key"]), version=int(entry["version"]), skill=entry["skill"], level=entry["level"], kind=entry["kind"],
            stem=nfc(entry["stem"].strip()), explanation=nfc(entry["explanation"].strip()),
            options=tuple(Option(nfc(str(o["text"]).strip()), bool(o.get("right"))) for o in entry["options"]),
        )  # fmt: skip
        status = Status(entry["status"])
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise BadInput(f"Câu {key}: thiếu hoặc sai {error}.") from None
    if item.skill not in skills or item.level not in levels or item.kind not in KINDS:
        raise BadInput(f"Câu {key}: kỹ năng, mức hoặc loại câu không có trong danh mục.")
    if sum(option.right for option in item.options) != 1 or not 2 <= len(item.options) <= 6:
        raise BadInput(f"Câu {key}: cần 2 đến 6 lựa chọn và đúng một lựa chọn đúng.")
    if not item.stem or not item.explanation or not all(option.text for option in item.options):
        raise BadInput(f"Câu {key}: thiếu câu hỏi, lựa chọn hoặc lời giải thích.")
    return item, status
