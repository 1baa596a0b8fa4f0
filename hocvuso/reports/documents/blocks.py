"""What the blocks of a template become: sentences, lists and a table from figures, tasks and people's words."""

from __future__ import annotations

from collections.abc import Callable

from hocvuso.lib.text import vn_number, vn_percent
from hocvuso.plans.rules import Light
from hocvuso.reports.documents.annexes import TASKS_IN_BODY, figure_annexes, tasks_table
from hocvuso.reports.documents.gathered import gathered_blocks
from hocvuso.reports.documents.model import Block, Bullet, Paragraph
from hocvuso.reports.documents.template import Template
from hocvuso.reports.documents.words import vn_day
from hocvuso.reports.gathering import Kind
from hocvuso.reports.rules import NAMED, Extreme, Line, ReportContent, declared_sentence, overall, sentence, title_of


def blocks_of(name: str, content: ReportContent, template: Template) -> list[Block]:
    """An empty list where there is nothing to say."""
    if name in ("steering", "practices", "difficulties", "next_steps", "proposals"):
        return _written(getattr(content, name))
    if name == "figures_note":
        return _figures_note(content, template)
    return _MADE[name](content)


def _written(text: str) -> list[Block]:
    """What people typed: a line that starts with a dash is an item, any other a paragraph."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [Bullet(line.lstrip("-+• ").strip()) if line[0] in "-+•" else Paragraph(line) for line in lines]


def _overall(content: ReportContent) -> list[Block]:
    return [Paragraph(overall(content.lines))]


def _targets(content: ReportContent) -> list[Block]:
    return [Bullet(sentence(line, title=title_of(line, content.lines))) for line in content.lines if line.measured]


def _unmeasured(content: ReportContent) -> list[Block]:
    missing = [line for line in content.lines if not line.measured]
    if not missing:
        return []
    titles = [title_of(line, content.lines) for line in missing]
    return [Bullet(f"Chưa có số liệu đối với {len(missing)} chỉ tiêu: {'; '.join(titles)}.")]


def _communes(content: ReportContent) -> list[Block]:
    items = [
        f"{title_of(line, content.lines)}: cao nhất là {_extreme(line.best)}; thấp nhất là {_extreme(line.weakest)}."
        for line in content.lines
        if line.best and line.weakest
    ]
    return [Paragraph("So sánh giữa các xã, phường (số có minh chứng):"), *map(Bullet, items)] if items else []


def _extreme(end: Extreme) -> str:
    if end.equal:
        return f"{vn_number(end.equal)} xã, phường cùng {vn_percent(end.share)}"
    return ", ".join(f"{one.name} ({vn_percent(one.share)})" for one in end.communes)


def _declared(content: ReportContent) -> list[Block]:
    """Apart from the results, and never in them."""
    own = {one.key for one in content.declared}
    items = [
        _stated(line, title_of(line, content.lines))
        for line in content.lines
        if line.declared is not None and line.key not in own
    ]
    items += [declared_sentence(one).rstrip(".") for one in content.declared]
    if not items:
        return []
    head = "Số đơn vị tự báo cáo, chưa có minh chứng trong hệ thống nên không cộng vào kết quả nêu trên:"
    return [Paragraph(head), *[Bullet(f"{item}.") for item in items]]


def _stated(line: Line, title: str) -> str:
    assert line.declared is not None
    said = f"{title}: {vn_number(line.declared)} {line.counted}".rstrip()
    if line.declared_on:
        by = f", theo {line.declared_document}" if line.declared_document else ""
        said += f" (tính đến ngày {vn_day(line.declared_on)}{by})"
    if gap := line.declared_gap:
        said += f", {'cao' if gap > 0 else 'thấp'} hơn số có minh chứng cùng ngày {vn_number(abs(gap))} {line.counted}".rstrip()
    return said


def _figures_note(content: ReportContent, template: Template) -> list[Block]:
    count = len(figure_annexes(content, template))
    if not count:
        return []
    return [Paragraph(f"Số liệu chi tiết tại {'Phụ lục' if count == 1 else 'các Phụ lục'} kèm theo.")]


def _tasks(content: ReportContent) -> list[Block]:
    """Few tasks as a table; many in an annex, and here only how many are done and which are late."""
    if not content.tasks:
        return []
    head = f"{_tasks_done(content)}."
    if len(content.tasks) <= TASKS_IN_BODY:
        return [Paragraph(head), tasks_table(content)]
    late = [task.title for task in content.tasks if task.late]
    named = [Bullet(f"Nhiệm vụ quá hạn: {'; '.join(late)}.")] if 0 < len(late) <= NAMED else []
    return [Paragraph(head), *named, Paragraph("Tình hình từng nhiệm vụ tại Phụ lục kèm theo.")]


def _tasks_done(content: ReportContent) -> str:
    done, late = sum(task.done for task in content.tasks), sum(task.late for task in content.tasks)
    return f"Đã hoàn thành {done}/{len(content.tasks)} nhiệm vụ được giao" + (
        f"; {late} nhiệm vụ quá hạn" if late else ""
    )


def _assessment(content: ReportContent) -> list[Block]:
    """What stands well and what does not, by name where it is not too many."""
    good = [line for line in content.lines if line.light is Light.REACHED]
    bad = [line for line in content.lines if line.light in (Light.BEHIND, Light.MISSED)]
    if not any(line.measured for line in content.lines):
        return [Paragraph("Chưa đủ số liệu để đánh giá mức độ hoàn thành các chỉ tiêu.")]
    found: list[Block] = [Paragraph(f"Đến hết ngày {vn_day(content.span.last)}:")]
    if good:
        found.append(Bullet(f"{_counted(good, content)} đã đạt hoặc vượt mức được giao{_named(good, content)}."))
    if bad:
        found.append(Bullet(f"{_counted(bad, content)} chậm tiến độ hoặc quá hạn chưa đạt{_named(bad, content)}."))
    if not good and not bad:
        found.append(Bullet("Chưa có chỉ tiêu nào đạt mức được giao; không có chỉ tiêu chậm tiến độ."))
    if content.tasks:
        found.append(Bullet(f"{_tasks_done(content)}."))
    return found


def _counted(lines: list[Line], content: ReportContent) -> str:
    return f"{len(lines)}/{len(content.lines)} chỉ tiêu"


def _named(lines: list[Line], content: ReportContent) -> str:
    if len(lines) > NAMED:
        return ""
    return ": " + "; ".join(title_of(line, content.lines) for line in lines)


def _gathered(content: ReportContent, kind: Kind) -> list[Block]:
    """Nothing where only one office bears the duty: it is the one that draws the report up."""
    words = content.difficulties if kind == "difficulty" else content.proposals
    return gathered_blocks(content.gathered, kind, words) if content.gathered.of > 1 else []


_MADE: dict[str, Callable[[ReportContent], list[Block]]] = {
    "overall": _overall,
    "targets": _targets,
    "unmeasured": _unmeasured,
    "communes": _communes,
    "declared": _declared,
    "tasks": _tasks,
    "assessment": _assessment,
    "gathered_difficulties": lambda content: _gathered(content, "difficulty"),
    "gathered_proposals": lambda content: _gathered(content, "proposal"),
}
