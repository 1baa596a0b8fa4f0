"""A draft as it was read → a review in which everything is open. Nothing is decided here, only brought into the form of a plan."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from hocvuso.lib.text import fold, slug, upper_first
from hocvuso.plans.drafts.review import Bearers, DutyValues, Entry, Header, Point, Review, TargetValues, TaskValues
from hocvuso.plans.reader.model import Document, Draft, Duty, Indicator, Mark, Span, Task

TITLE = 300  # characters of a title in a plan file
SHORT_TITLE = 120
SENTENCE_END = re.compile(r"[.;:](?=\s)")


def proposed_review(draft: Draft) -> Review:
    """Every target, task, duty and finding of the draft as an open entry, numbered in the order of reading."""
    tasks = [_task(f"n{n}", task) for n, task in enumerate((*draft.tasks, *draft.assignments), start=1)]
    statements = (*draft.indicators, *draft.embedded, *draft.duplicates)
    targets = [_target(f"c{n}", one, draft) for n, one in enumerate(statements, start=1)]
    duties = [_duty(f"b{n}", duty) for n, duty in enumerate(draft.reporting, start=1)]
    points = [
        Point(
            id=f"d{n}",
            kind=found.kind,
            title=shortened(found.title, TITLE),
            readings=found.readings,
            confidence=found.confidence,
            about=tuple(
                [f"c{i + 1}" for i in found.indicators if i < len(statements)]
                + [f"n{i + 1}" for i in found.tasks if i < len(tasks)]
            ),
        )
        for n, found in enumerate(draft.findings, start=1)
    ]
    return Review(
        header=_header(draft), entries=(*targets, *tasks, *duties), points=tuple(points), notes=tuple(draft.notes)
    )


def shortened(text: str, longest: int) -> str:
    """At most `longest` characters, cut between words, with a sign that something is missing."""
    text = " ".join(text.split())
    return text if len(text) <= longest else text[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:.–-") + "…"


def _title_of(text: str) -> tuple[str, str]:
    """A title, and the whole text where the title had to leave something out."""
    text = upper_first(" ".join(text.split()).strip(" -–+•.;,"))
    if len(text) <= TITLE:
        return text, ""
    ends = [found.start() for found in SENTENCE_END.finditer(text) if 20 <= found.start() <= TITLE]
    return (text[: ends[0]] if ends else shortened(text, TITLE)), text


def _without_goal(read: Indicator, draft: Draft) -> str:
    """ "Ít nhất 60% người trưởng thành có …" → "người trưởng thành có …": the goal is a value of its own, and changes with the year. A goal
    in the midst of a sentence stays, or the sentence would break."""
    for mark in read.marks:
        if mark.field == "target" and mark.span:
            goal = _text_at(draft.document, mark.span)
            rest = read.text[len(goal) :].lstrip()
            if goal and read.text.casefold().startswith(goal.casefold()) and rest[:1].isalpha():
                return rest
    return read.text


def _text_at(document: Document, span: Span) -> str:
    block = document.blocks[span.block] if span.block < len(document.blocks) else None
    if block is None or (span.cell is not None and span.cell >= len(block.cells)):
        return ""
    text = block.text if span.cell is None else block.cells[span.cell].text
    return text[span.start : span.end].strip()


def _target(entry_id: str, read: Indicator, draft: Draft) -> Entry:
    title, _rest = _title_of(_without_goal(read, draft))
    repeats = read.duplicate_of
    values = TargetValues(
        title=title,
        value=read.target,
        unit=read.unit,
        comparator=read.comparator,
        aspirational=read.aspirational,
        group=read.group,
        metric=read.metric or "",
        level=read.level or "",
        scope=read.scope,
        clause=shortened(read.clause, 60),
        horizon=shortened(read.horizon, 40) or (str(read.deadline.due.year) if read.deadline.due else ""),
        deadline=read.deadline,
        leads=read.leads,
        coordinators=read.coordinators,
        implementers=read.implementers,
        directing_body=shortened(read.directing_body, 160),
        task=f"n{read.task + 1}" if read.task is not None and read.task < len(draft.tasks) else "",
        repeats=f"c{repeats + 1}" if repeats is not None and repeats < len(draft.indicators) else "",
    )
    marks = (*read.marks, Mark("metric", read.metric_confidence)) if read.metric else read.marks
    return Entry(entry_id, values, text=read.text, confidence=read.confidence, span=read.span, marks=marks)


def _task(entry_id: str, read: Task) -> Entry:
    title, whole = _title_of(read.text)
    values = TaskValues(
        title=title,
        detail=whole,
        assigned=read.kind == "assignment",
        clause=shortened(read.clause, 60),
        block="" if read.shared_block is None else str(read.shared_block),
        deadline=read.deadline,
        leads=read.leads,
        coordinators=(*read.coordinators, *(name for name in read.implementers if name not in read.coordinators)),
        directing_body=shortened(read.directing_body, 200),
        result=shortened(read.result, 160),
        borne_by=proposed_bearers((*read.leads, *read.implementers)),
    )
    return Entry(entry_id, values, text=read.text, confidence=read.confidence, span=read.span, marks=read.marks)


TITLES = {
    "weekly": "Báo cáo tuần", "monthly": "Báo cáo tháng", "quarterly": "Báo cáo quý", "biannual": "Báo cáo 6 tháng",
    "yearly": "Báo cáo năm", "final": "Báo cáo tổng kết", "adhoc": "Báo cáo đột xuất",
}  # fmt: skip


def _duty(entry_id: str, read: Duty) -> Entry:
    values = DutyValues(
        title=TITLES[read.frequency],
        frequency=read.frequency,
        who=shortened(read.who, 300),
        to=shortened(read.to, 200),
        due_rule=shortened(read.due_rule, 200),
        weekday=read.weekday,
        due=read.due,
        channel=shortened(read.channel, 200),
        clause=shortened(read.clause, 60),
        borne_by=proposed_bearers((read.who,)),
    )
    text = "; ".join(part for part in (TITLES[read.frequency], read.who, read.to, read.due_rule) if part)
    return Entry(entry_id, values, text=text, confidence=read.confidence, span=read.span, marks=read.marks)


COMMUNES = re.compile(r"\b(?:cac|tung|moi) (?:xa|phuong|dac khu)\b|\bcap xa\b")
AGENCIES = re.compile(r"\bcac (?:so|ban|nganh|co quan|don vi|phong)\b")
SCHOOLS = re.compile(r"\bcac (?:truong|co so giao duc)\b")
ENTERPRISES = re.compile(r"\bcac (?:doanh nghiep|hop tac xa)\b")


def proposed_bearers(names: Iterable[str]) -> Bearers:
    """Whom a task falls to by the words for its leads: “UBND các xã, phường” is every commune. A person decides."""
    text = fold("; ".join(names))
    communes, agencies = bool(COMMUNES.search(text)), bool(AGENCIES.search(text))
    if communes:
        return "communes_and_agencies" if agencies else "communes"
    if agencies:
        return "agencies"
    if SCHOOLS.search(text):
        return "schools"
    return "enterprises" if ENTERPRISES.search(text) else "plan_unit"


def _header(draft: Draft) -> Header:
    read = draft.metadata
    is_party = bool(
        re.search(r"-[a-zđ]+/", read.number.lower())
        or fold(read.issuer).startswith(("tinh uy", "ban chi dao trung uong"))
    )
    ends = [one.deadline.due for one in draft.indicators if one.deadline.due]
    start = read.period_start or read.date
    end = read.period_end or (max(ends) if ends else None)
    title = shortened(read.title, TITLE)
    return Header(
        key=proposed_key(read.number, title),
        title=title,
        short_title=_short(title),
        issuer=shortened(read.issuer, 200),
        issuing_system="party" if is_party else "state",
        lead_agency=_collector(draft),
        number=read.number[:60],
        number_template=read.number_template[:60],
        date=read.date,
        date_partial=read.date_partial[:10],
        period_start=start,
        period_end=end if end and start and end >= start else read.period_end,
        signer=shortened(read.signer, 160),
        parents=read.parents,
        references=read.references,
        marks=read.marks,
    )


OPENING = re.compile(r"^(?:kế hoạch\s+)?(?:(?:về việc|triển khai|tổ chức|thực hiện)\s+)*", re.IGNORECASE)


def _short(title: str) -> str:
    """A name for lists: the title without the words with which all plans begin."""
    return upper_first(shortened(OPENING.sub("", title) or title, 60))


def _collector(draft: Draft) -> str:
    """To whom most reports go collects them."""
    receivers = Counter(duty.to for duty in draft.reporting if duty.to and len(duty.to) <= 160)
    return receivers.most_common(1)[0][0] if receivers else ""


def proposed_key(number: str, title: str) -> str:
    return slug(f"{number} {shortened(title, 60)}" if number else shortened(title, 80))[:80].strip("-")
