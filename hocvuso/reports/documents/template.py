"""What a report says, in which order: data of `data/reports/templates`, checked here. Fields are filled, nothing is run."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from hocvuso.lib.text import fold
from hocvuso.reports.documents.fields import TEMPLATE_FIELDS, check_fields

# What a section can hold. The first five are what people write; the others are made from figures and tasks.
Block = Literal[
    "steering", "practices", "difficulties", "next_steps", "proposals",
    "overall", "targets", "unmeasured", "communes", "declared", "figures_note", "tasks", "assessment",
    "gathered_difficulties", "gathered_proposals",
]  # fmt: skip
NOTHING = "Không có nội dung."

# What a plan wants in a report, by the words it uses, and the blocks that answer it.
_WANTED: tuple[tuple[str, tuple[Block, ...]], ...] = (
    ("cach lam hay", ("practices",)),
    ("mo hinh", ("practices",)),
    ("kho khan", ("difficulties",)),
    ("vuong mac", ("difficulties",)),
    ("de xuat", ("proposals",)),
    ("kien nghi", ("proposals",)),
    ("danh gia", ("assessment", "overall")),
    ("ket qua", ("targets",)),
    ("tien do", ("tasks", "targets")),
    ("nhiem vu", ("tasks", "next_steps")),
    ("chi dao", ("steering",)),
)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


def _with_known_fields(text: str) -> str:
    check_fields(text, TEMPLATE_FIELDS)
    return text


Text = Annotated[str, AfterValidator(_with_known_fields)]


class Words(_Part):
    """A paragraph of the template's own."""

    text: Text


class Section(_Part):
    """A heading with blocks, sections below it, or both. `only`: in the report of the plan's own unit, or in all others."""

    heading: Text
    blocks: tuple[Block | Words, ...] = ()
    sections: tuple[Section, ...] = ()
    only: Literal["", "whole", "part"] = ""
    if_empty: str = NOTHING  # "" leaves an empty section out


class Template(_Part):
    name: str
    kind: str = "BÁO CÁO"
    subject: Text
    addressee: Text = ""  # "Kính gửi: {to}" where an office wants it; a document with a kind needs none
    grounds: tuple[Text, ...] = ()
    opening: tuple[Text, ...] = ()
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]
    closing: Text = ""
    authority: tuple[Text, ...] = ()  # who signs, where it is not whom the form names
    recipients: tuple[Text, ...] = ()  # beside those the report goes to
    annexes: tuple[Literal["figures", "communes", "villages"], ...] = ("figures", "communes", "villages")

    @model_validator(mode="after")
    def _whole(self) -> Template:
        if any(len(way) > 3 for way in _ways(self.sections)):
            raise ValueError("mục chỉ được lồng ba cấp")
        return self

    @property
    def blocks(self) -> set[str]:
        return {block for way in _ways(self.sections) for block in way[-1].blocks if isinstance(block, str)}

    def lacks(self, contents: tuple[str, ...]) -> tuple[str, ...]:
        """What the plan wants in the report and this template has no place for."""
        return tuple(phrase for phrase in contents if not self._answers(phrase))

    def _answers(self, phrase: str) -> bool:
        wanted = [blocks for words, blocks in _WANTED if words in fold(phrase)]
        return bool(wanted) and all(set(blocks) & self.blocks for blocks in wanted)


def _ways(sections: tuple[Section, ...], above: tuple[Section, ...] = ()) -> list[tuple[Section, ...]]:
    """Every section with those above it, from the outermost in."""
    found = []
    for section in sections:
        way = (*above, section)
        found += [way, *_ways(section.sections, way)]
    return found
