"""Assignments: what “Tổ chức thực hiện” lays upon an agency, under its name or behind it ("3. Công an tỉnh: …").

Where a plan has no other list of tasks and each agency “chủ trì, phối hợp với …”, they are its tasks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from hocvuso.plans.reader.agencies import agency_names, agency_share, starts_agency, without_office
from hocvuso.plans.reader.marks import leading_label, opens_paragraph
from hocvuso.plans.reader.model import Mark, Span, Task
from hocvuso.plans.reader.outline import Item, Outline
from hocvuso.plans.reader.responsibility import (
    Place,
    Responsibility,
    merged,
    read_labels,
    read_value,
    sentence_deadline,
    work_behind,
)


def place_of(item: Item) -> Place:
    return Place(item.block, item.text, item.start)


def is_responsibility(item: Item) -> bool:
    """A paragraph that begins with a label of a responsibility block."""
    if item.block.is_table or item.section in ("recipients", "opening"):
        return False
    label = leading_label(item.block.text)
    return (
        label is not None
        and label.role != "aim"
        and not (label.words in ("trách nhiệm", "phân công") and label.value_end == label.value_start)
    )


def new_task(text: str, found: Responsibility, span: Span, confidence: float, clause: str) -> Task:
    return Task(
        " ".join(text.split()), found.deadline, span, confidence, "task", clause, None, found.leads, found.coordinators, found.implementers,
        found.directing_body, found.result, found.marks,
    )  # fmt: skip


def given_tasks(outline: Outline, assigned: Sequence[tuple[int, Task]], *, year: int | None) -> list[tuple[int, Task]]:
    """Assignments as tasks, when they say "Chủ trì, phối hợp với …" under the names of agencies."""
    if sum(task.text.lower().startswith("chủ trì") for _, task in assigned) < 2:
        return []
    given = []
    for number, task in assigned:
        item = outline.items[number]
        if item.section != "organisation" or re.match(
            r"(?:(?:Theo dõi|Đôn đốc|Định kỳ)[^.;]{0,60})?(?:Tổng hợp,?\s+)?(?:tham mưu[^.;]{0,60})?(?:gửi )?báo cáo",
            task.text,
            re.IGNORECASE,
        ):
            continue
        place = place_of(item)
        place = place.cut(task.span.start - place.start, len(place.text))
        helpers, begin = work_behind(place.text)
        found = merged(read_labels([place], year=year), sentence_deadline(place, year=year))
        if helpers is not None:
            found = merged(found, read_value("coordinators", place.cut(*helpers), year=year, sure=0.85))
        time = next((mark.span for mark in found.marks if mark.field == "due"), None)
        end = len(place.text)
        if time is not None and time.end - place.start >= end - 2 and time.start - place.start > begin + 10:
            end = time.start - place.start  # "…; hoàn thành trước ngày 31/8/2025."
            end = len(
                re.sub(r"[.;,]?\s*(?:thời gian|thời hạn|tiến độ)?\s*:?\s*$", "", place.text[:end], flags=re.IGNORECASE)
            )
        text = place.text[begin:end].strip(" .;,")
        span = place.span(begin, begin + len(text))
        leads = tuple(name for agency in task.leads for name in agency_names(agency))
        found = replace(found, leads=leads, marks=(Mark("leads", 0.85), *found.marks))
        given.append((number, new_task(text, found, span, 0.8, task.clause)))
    return given


def find_assignments(outline: Outline, taken: set[int], *, year: int | None) -> Iterator[tuple[int, Task]]:
    """Bullets under an agency in “Tổ chức thực hiện”, and numbered paragraphs "3. Công an tỉnh: …"."""
    for item in outline.items:
        if item.section not in ("organisation", "reports") or item.block.is_table or item.number in taken:
            continue
        if item.marker is None and not is_under_agency(item, outline) and addressee(item.text) is None:
            continue
        if is_responsibility(item):
            continue
        agency, start = agency_of(item, outline)
        text = item.text[start:].strip()
        if (
            not agency
            or len(text) < 12
            or (start == 0 and (item.heading or starts_agency(text) and agency_share(text) > 0.9))
        ):
            continue
        place = place_of(item)
        found = sentence_deadline(place, year=year)
        span = place.span(start, len(item.text))
        yield item.number, Task(
            text.rstrip(" .;"), found.deadline, span, 0.8, "assignment", item.clause, leads=agency,
            marks=(Mark("leads", 0.8), *found.marks),
        )  # fmt: skip


def agency_of(item: Item, outline: Outline) -> tuple[tuple[str, ...], int]:
    """Whom an item of the assignments addresses, and where its own words begin."""
    named = addressee(item.text)
    if named is not None and named[1] < len(item.text.rstrip()):
        return named
    for above in outline.above(item):
        named = addressee(above.text)
        if named is not None:
            return named[0], 0
        if above.parent is not None and re.search(r"\b(?:hai|ba|bốn|các) bên$", above.text.strip(" .:")):
            beside = map(addressee, (one.text for one in outline.children(outline.items[above.parent])))
            return tuple(name for one in beside if one is not None for name in one[0]), 0  # a plan of several bodies
    return (), 0


def is_under_agency(item: Item, outline: Outline) -> bool:
    """A paragraph without a mark below a heading that is an agency's name; the closing words of the plan are not."""
    if item.marker is not None or item.parent is None or opens_paragraph(item.text):
        return False
    parent = outline.items[item.parent]
    named = addressee(parent.text)
    return named is not None and named[1] >= len(parent.text.rstrip(" .:"))


def addressee(text: str) -> tuple[tuple[str, ...], int] | None:
    """ "3. Đồng chí Giám đốc Công an tỉnh chỉ đạo …", "Giao Sở Nội vụ", "Sở Tài chính: …": the names and where they end."""
    found = re.match(
        r"(?:Giao(?:\s+cho)?|Đề nghị|Yêu cầu|Phân công|Trách nhiệm(?:\s+của)?|Đối với)\s+", text, re.IGNORECASE
    )
    start = found.end() if found else 0
    rest = text[start:]
    if not starts_agency(rest):
        return None
    colon = re.search(r":(?:\s|$)", rest)
    work = re.search(
        r"(?<!cơ quan)\s(?:chỉ đạo|phối hợp|chủ trì|có trách nhiệm|căn cứ|hướng dẫn|tham mưu|theo dõi|xây dựng|triển khai"
        r"|thực hiện|giám sát|vận động|bố trí|mở|cử)\b",
        rest,
    )
    ends = [at.start() for at in (colon, work) if at is not None]
    end = min(ends) if ends else len(rest)
    if end > 260:
        return None
    names = rest[:end].strip(" .:,")
    after = start + end + (2 if colon and colon.start() == end else 1)
    parts = tuple(without_office(part.strip()) for part in names.split(";") if part.strip())
    return parts, min(after, len(text))
