"""The row of steps: bytes of a file → draft. Each step is a function of its own module and can be used alone."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hocvuso.plans.reader.duties import read_duties
from hocvuso.plans.reader.findings import compare, find_findings
from hocvuso.plans.reader.indicators import Found, find_indicators, with_period
from hocvuso.plans.reader.links import Linked, link
from hocvuso.plans.reader.load import load
from hocvuso.plans.reader.metadata import read_metadata
from hocvuso.plans.reader.metrics import entries, propose
from hocvuso.plans.reader.model import Document, Draft, Indicator, Metadata
from hocvuso.plans.reader.outline import Outline, outline
from hocvuso.plans.reader.repair import repair
from hocvuso.plans.reader.tasks import read_tasks

_YEAR = re.compile(r"(?<![\d/])20[2-4]\d(?![\d])|(?<=/)20[2-4]\d(?!\d)")


@dataclass(frozen=True, slots=True)
class _Read:
    draft: Draft
    linked: Linked


def read_plan(data: bytes, *, name: str, catalogue: Mapping[str, Mapping[str, Any]] | None = None,
              other: tuple[bytes, str] | None = None) -> Draft:  # fmt: skip
    """A draft of the file's plan. `catalogue` is `metrics` of the metric catalogue; `other` a second file (bytes, name) to compare with."""
    read = _read(repair(load(data, name=name)), catalogue or {})
    if other is None:
        return read.draft
    beside = _read(repair(load(other[0], name=other[1])), {})
    more = compare(read.linked.indicators, beside.linked.indicators, other_name=other[1])
    return replace(read.draft, findings=(*read.draft.findings, *more))


def read_document(document: Document, *, catalogue: Mapping[str, Mapping[str, Any]] | None = None) -> Draft:
    """As `read_plan`, for a document that is loaded and repaired already."""
    return _read(document, catalogue or {}).draft


def _read(document: Document, catalogue: Mapping[str, Mapping[str, Any]]) -> _Read:
    tree = outline(document)
    metadata = read_metadata(document, tree)
    year = _year_of(document, metadata)
    tasks = read_tasks(tree, year=year)
    linked = link(find_indicators(tree, tasks, year=year))
    linked = replace(linked, indicators=tuple(with_period(found, metadata.period_end) for found in linked.indicators))
    metadata = _with_period(metadata, linked.indicators)
    findings = find_findings(document, metadata, linked.indicators, linked.duplicates, tasks.tasks)
    known = entries(catalogue)

    def finished(found: Sequence[Found]) -> tuple[Indicator, ...]:
        if not known:
            return tuple(one.indicator for one in found)
        proposed = [(one.indicator, propose(one.indicator, known, context=one.context)) for one in found]
        return tuple(replace(indicator, metric=key, metric_confidence=sure) for indicator, (key, sure) in proposed)

    draft = Draft(
        _with_depths(document, tree), metadata, finished(linked.indicators), finished(linked.duplicates), finished(linked.embedded),
        tasks.tasks, tasks.assignments, read_duties(tree, year=year), tuple(findings), _notes(document, linked, tasks.tasks),
    )  # fmt: skip
    return _Read(draft, linked)


def _with_depths(document: Document, tree: Outline) -> Document:
    return replace(document, blocks=tuple(replace(item.block, depth=item.depth) for item in tree.items))


def _year_of(document: Document, metadata: Metadata) -> int | None:
    """The year for days that are printed without one: of the plan's date or period, else the one it names most."""
    if metadata.date:
        return metadata.date.year
    if metadata.period_start:
        return metadata.period_start.year
    counts = Counter(
        found[0]
        for block in document.blocks
        for found in _YEAR.finditer(block.text or " ".join(cell.text for cell in block.cells))
    )
    return int(counts.most_common(1)[0][0]) if counts else None


def _with_period(metadata: Metadata, found: Sequence[Found]) -> Metadata:
    years = sorted({one.indicator.deadline.due.year for one in found if one.indicator.deadline.due})
    if metadata.period_end or not years:
        return metadata
    return replace(metadata, period_start=dt.date(years[0], 1, 1), period_end=dt.date(years[-1], 12, 31))


def _notes(document: Document, linked: Linked, tasks: Sequence[object]) -> tuple[str, ...]:
    notes = []
    if not linked.indicators and not tasks:
        notes.append(
            "Không tìm thấy chỉ tiêu hay nhiệm vụ nào; có thể đây không phải là kế hoạch, hoặc bố cục chưa đọc được."
        )
    unsure = sum(one.indicator.confidence < 0.7 for one in linked.indicators)
    if unsure:
        notes.append(f"Có {unsure} chỉ tiêu cần xem kỹ vì cách ghi không rõ.")
    if (
        document.pages
        and sum(len(block.text) + sum(len(cell.text) for cell in block.cells) for block in document.blocks)
        < 200 * document.pages
    ):
        notes.append("Tệp có ít chữ so với số trang; có thể có trang là ảnh quét chưa nhận dạng chữ.")
    return tuple(notes)
