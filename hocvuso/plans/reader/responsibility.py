"""Who does it, with whom, under whom, by when, with what result: read from labels, sentences and cells alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from hocvuso.plans.reader.agencies import Named, split_agencies, starts_agency, without_office
from hocvuso.plans.reader.deadlines import deadline_in, read_deadline, recurring_in
from hocvuso.plans.reader.marks import Label, Role, labels_in
from hocvuso.plans.reader.model import Block, Deadline, Mark, Span

# Where the names end and the work begins: "… phối hợp với Sở Nội vụ tổ chức …".
_WORK = re.compile(
    r"\s(?:(?<!các )(?<!những )tổ chức(?! chính trị| xã hội| đoàn thể| đoàn,| liên quan| tôn giáo| hội)|triển khai"
    r"|xây dựng|hướng dẫn|thực hiện|tham mưu"
    r"|rà soát|đẩy mạnh|tăng cường|theo dõi|kiểm tra|đôn đốc|hoàn thành|tuyên truyền|bố trí|ban hành|cập nhật"
    r"|trong việc|để|nhằm|hỗ trợ|vận động"
    r"|chỉ đạo|xác nhận|phổ biến|nghiên cứu|thành lập|kiện toàn|tiếp tục|lồng ghép|đưa|mở|vận hành|phát động"
    r"|chịu trách nhiệm|tổng hợp|trong quá trình"
    r"|căn cứ|bảo đảm|đảm bảo|cung cấp|đề xuất|thẩm định|phát triển|trình|lựa chọn|khảo sát|đánh giá|biên soạn"
    r"|huy động|quản lý|trước ngày|trong tháng"
    r"|tập huấn|cân đối|duy trì|lắp đặt|nâng cấp|phân bổ|khen thưởng|kêu gọi|dạy"
    r"|trong quý|hằng tháng|hàng tháng|định kỳ)(?=\s|,|:|;|\.|\)|$)"  # small letters only: "Ban Chỉ đạo" is a name
)
_LEADS = re.compile(
    r"\s*,?\s*(?:(?:là|làm)\s+(?:cơ quan|đơn vị|đầu mối)\s*)?(?:(?:được giao|có trách nhiệm)\s+)?(?:chủ trì\b"
    r"|làm đầu mối\b|là đầu mối\b|phụ trách(?=\s*[,;.)]|$))",
    re.IGNORECASE,
)
_WITH = re.compile(
    r"(?:,|;|và|\.)?\s*(?:phối hợp|cùng)(?:\s+(?:chặt chẽ|với|cùng|thực hiện|bởi|là))*\s*:?\s+(?:với\s+|cùng\s+)?",
    re.IGNORECASE,
)
# "A chủ trì, B phối hợp"
_FOLLOWS = re.compile(
    r"\s*[,;]\s*(?P<names>[^.;()]{4,160}?)\s+(?:cùng\s+)?phối hợp(?:\s+thực hiện)?\s*(?=[;.)]|$)", re.IGNORECASE
)
# A time behind the names: "…, Công an xã; xong trước ngày 15/01/2026".
_TIME_OPENS = (
    r"(?:xong|hoàn thành|thực hiện|triển khai|thời (?:gian|hạn)|bắt đầu|kể từ|chậm nhất|muộn nhất|thường xuyên|(?:hằng|hàng)\s"
    r"|trong\s+(?:tháng|quý|năm)|tháng\s+\d|quý\s+[ivx\d]|năm\s+20|ngày\s+\d|từ\s+(?:ngày|tháng|quý|năm|nay|\d)"
    r"|trước\s|đến\s+(?:hết|ngày|tháng|cuối)|\d{1,2}[/.]\d)"
)
_THEN_TIME = re.compile(rf"\s*[,;]\s*(?={_TIME_OPENS})", re.IGNORECASE)
_IS_TIME = re.compile(_TIME_OPENS, re.IGNORECASE)
_BRACKET = re.compile(r"\s*\((?P<inside>[^()]*(?:chủ trì|phụ trách|đầu mối)[^()]*)\)\s*[.;]?\s*$", re.IGNORECASE)
_ASSIGN = re.compile(r"^(?:Giao(?:\s+cho)?|Đề nghị|Yêu cầu|Phân công|Do)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Responsibility:
    leads: tuple[str, ...] = ()
    coordinators: tuple[str, ...] = ()
    implementers: tuple[str, ...] = ()
    directing_body: str = ""
    deadline: Deadline = field(default_factory=Deadline)
    result: str = ""
    marks: tuple[Mark, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.leads or self.coordinators or self.implementers or self.deadline.text or self.result)


@dataclass(frozen=True, slots=True)
class Place:
    """A piece of a block's text (or of one of its cells) with the way back to its span."""

    block: Block
    text: str
    start: int = 0
    cell: int | None = None

    def span(self, start: int, end: int) -> Span:
        return Span(
            self.block.number, self.start + start, self.start + end, self.cell, self.block.page, self.block.line
        )

    def cut(self, start: int, end: int) -> Place:
        return replace(self, text=self.text[start:end], start=self.start + start)


def read_labels(places: Sequence[Place], *, year: int | None) -> Responsibility:
    """All labels of a block of paragraphs: "Cơ quan chủ trì: …", "Thời gian thực hiện: …"."""
    found = Responsibility()
    for place in places:
        for label in labels_in(place.text):
            if label.role != "aim" and label.value_end > label.value_start:
                found = merged(found, _labelled(label, place.cut(label.value_start, label.value_end), year))
    return found


def _labelled(label: Label, value: Place, year: int | None) -> Responsibility:
    return read_value(label.role, value, year=year)


def read_value(role: Role | str, value: Place, *, year: int | None, sure: float = 0.95) -> Responsibility:
    """What stands behind a label, or in a cell of that column."""
    span = value.span(0, len(value.text))
    if role == "due":
        return Responsibility(deadline=read_deadline(value.text, year=year), marks=(Mark("due", sure, span),))
    if role == "result":
        return Responsibility(result=" ".join(value.text.split()).strip(" .;"), marks=(Mark("result", sure, span),))
    if role == "directing_body":
        return Responsibility(
            directing_body=" ".join(value.text.split()).strip(" .;"), marks=(Mark("directing_body", sure, span),)
        )
    if role in ("lead", "who_does", "lead_and_coordinators"):
        return _led(value, sure)
    time = _THEN_TIME.search(value.text)
    names = tuple(_names(value.cut(0, time.start()) if time else value))
    if not names:
        return Responsibility()
    listed = tuple(one.name for one in names)
    if role == "coordinators":
        return Responsibility(coordinators=listed, marks=(Mark("coordinators", sure, span),))
    return Responsibility(implementers=listed, marks=(Mark("implementers", sure, span),))


def _names(value: Place) -> Iterator[Named]:
    for one in split_agencies(value.text):
        if not re.fullmatch(r"[-–./]+|không|nt|//", one.name.lower()):
            yield one


def _led(value: Place, sure: float) -> Responsibility:
    """ "A; B chủ trì, phối hợp với C", "A (chủ trì); B (phối hợp)", or names alone, who then all lead."""
    tagged = [
        (one, re.search(r"\((?:[^()]*?)(chủ trì|phối hợp)[^()]*\)\s*$", one.name, re.IGNORECASE))
        for one in _names(value)
    ]
    if any(tag for _, tag in tagged):
        leads = tuple(one.name[: tag.start()].strip() for one, tag in tagged if tag and tag[1].lower() == "chủ trì")
        others = tuple(
            one.name[: tag.start()].strip() if tag else one.name
            for one, tag in tagged
            if not tag or tag[1].lower() != "chủ trì"
        )
        return Responsibility(leads, others, marks=(Mark("leads", sure, value.span(0, len(value.text))),))
    sentence = led_sentence(value, sure=sure)
    if sentence is not None:
        return sentence
    parts = re.split(
        r"[;.,]?\s*(?=(?:đơn vị|cơ quan)?\s*phối hợp(?:\s+với)?\s*:?\s)", value.text, maxsplit=1, flags=re.IGNORECASE
    )
    lead = value.cut(0, len(parts[0]))
    leads = tuple(
        without_office(one.name) if one.name.lower().startswith("giao ") else one.name for one in _names(lead)
    )
    return (
        Responsibility(leads, marks=(Mark("leads", sure, lead.span(0, len(lead.text))),)) if leads else Responsibility()
    )


def led_sentence(place: Place, *, sure: float = 0.85) -> Responsibility | None:
    """ "[Giao] Sở A chủ trì, phối hợp với Sở B và các địa phương tổ chức …". None when nobody is said to lead."""
    text = place.text[:3_000]
    for leads_at in _LEADS.finditer(text):
        before = text[: leads_at.start()]
        begin = max(before.rfind(". "), before.rfind(": "), before.rfind("("), before.rfind("\n"))
        begin = begin + 1 if begin >= 0 else 0
        begin += len(before[begin:]) - len(before[begin:].lstrip(" ("))
        assign = _ASSIGN.match(before[begin:])
        begin += assign.end() if assign else 0
        name = before[begin:].strip(" ,:;")
        if not name or len(name) > 220 or not starts_agency(name):
            cut = _last_agency(before, begin)
            plain = (
                2 < len(name) <= 60
                and not _WORK.search(f" {name} ")
                and not re.search(r"\d|^(?:do|của|cho|và)\b", name)
            )
            if cut is None and not plain:
                continue
            if cut is None:
                sure = min(sure, 0.7)  # somebody by their office: "Tổng phụ trách Đội chủ trì"
            begin = cut if cut is not None else begin
        lead = place.cut(begin, leads_at.start())
        leads = tuple(without_office(one.name) for one in split_agencies(lead.text))
        rest = text[leads_at.end() :]
        found = Responsibility(leads, marks=(Mark("leads", sure, lead.span(0, len(lead.text))),))
        joins = _WITH.match(rest)
        follows = _FOLLOWS.match(rest)
        if follows and (starts_agency(follows["names"]) or len(follows["names"]) < 60):
            helpers = place.cut(leads_at.end() + follows.start("names"), leads_at.end() + follows.end("names"))
            names = tuple(one.name for one in split_agencies(helpers.text))
            found = replace(
                found,
                coordinators=names,
                marks=(*found.marks, Mark("coordinators", sure, helpers.span(0, len(helpers.text)))),
            )
        elif joins:
            start = leads_at.end() + joins.end()
            end = start + _names_end(text[start:])
            helpers = place.cut(start, end)
            names = tuple(one.name for one in split_agencies(helpers.text))
            if names:
                found = replace(
                    found,
                    coordinators=names,
                    marks=(*found.marks, Mark("coordinators", sure, helpers.span(0, len(helpers.text)))),
                )
        return found
    return None


def _last_agency(before: str, floor: int) -> int | None:
    """Where the last name before "chủ trì" begins, when other words stand before it."""
    for at in range(len(before) - 1, max(floor, len(before) - 160) - 1, -1):
        if (at == 0 or before[at - 1] in " (:;,\n") and before[at].isupper() and starts_agency(before[at:]):
            rest = before[at:]
            if _WORK.search(rest):
                return None
            # go on to the left over names that belong to the same list
            head = before[floor:at]
            more = re.search(r"(?:^|[.:(]\s*|\s)([^.:(]*?)[,;]\s*(?:và\s+)?$", head)
            if more and starts_agency(more[1]) and len(more[1]) < 120 and not _WORK.search(f" {more[1]}"):
                return floor + more.start(1)
            return at
    return None


def _names_end(text: str) -> int:
    """How far the names go before the work, a full stop or a bracket."""
    stop = re.search(r"[.)](?:\s|$)|:\s", text)
    end = stop.start() if stop else len(text)
    time = _THEN_TIME.search(text[:end])
    end = time.start() if time else end
    work = _WORK.search(text[:end])
    return work.start() if work else end


def bracketed(place: Place, *, year: int | None) -> tuple[int, Responsibility] | None:
    """Where a bracket at the end begins, and what it says: "(Ban A chủ trì; phối hợp: B, C; hoàn thành trong tháng 10/2025)"."""
    bracket = _BRACKET.search(place.text)
    if bracket is None:
        return None
    inside = place.cut(bracket.start("inside"), bracket.end("inside"))
    found = led_sentence(inside)
    if found is None:
        return None
    found = merged(found, read_labels([inside], year=year))
    for part in re.finditer(r"[^;]+", inside.text):
        clause = inside.cut(*part.span())
        clause = clause.cut(len(clause.text) - len(clause.text.lstrip()), len(clause.text))
        helps = _WITH.match(clause.text)
        if _IS_TIME.match(clause.text):
            found = merged(found, read_value("due", clause, year=year, sure=0.85))
        elif helps and helps.end() > 0 and not found.coordinators:
            names = clause.cut(helps.end(), helps.end() + _names_end(clause.text[helps.end() :]))
            found = merged(found, read_value("coordinators", names, year=year, sure=0.85))
    return bracket.start(), merged(found, sentence_deadline(inside, year=year))


def work_behind(text: str) -> tuple[tuple[int, int] | None, int]:
    """Of "Chủ trì, phối hợp với Sở A, Sở B biên soạn …" where the names of those who help stand, and where the work begins."""
    leads = re.match(r"(?:Là (?:cơ quan|đơn vị)\s+)?(?:Chủ trì|Làm đầu mối)\s*", text, re.IGNORECASE)
    if leads is None:
        return None, 0
    helps = _WITH.match(text[leads.end() :])
    if helps is None:
        return None, leads.end()
    start = leads.end() + helps.end()
    end = start + _names_end(text[start:])
    return (start, end), end + len(text[end:]) - len(text[end:].lstrip(" ,:"))


def sentence_deadline(place: Place, *, year: int | None) -> Responsibility:
    found = deadline_in(place.text, year=year) or recurring_in(place.text)
    if found is None:
        return Responsibility()
    deadline, start, end = found
    return Responsibility(deadline=deadline, marks=(Mark("due", 0.8, place.span(start, end)),))


def merged(first: Responsibility, second: Responsibility) -> Responsibility:
    """The first's values; what it lacks comes from the second."""
    taken = {
        "leads": bool(first.leads), "coordinators": bool(first.coordinators), "implementers": bool(first.implementers),
        "directing_body": bool(first.directing_body), "due": bool(first.deadline.text), "result": bool(first.result),
    }  # fmt: skip
    return Responsibility(
        first.leads or second.leads,
        first.coordinators or second.coordinators,
        first.implementers or second.implementers,
        first.directing_body or second.directing_body,
        first.deadline if first.deadline.text else second.deadline,
        first.result or second.result,
        (*first.marks, *(mark for mark in second.marks if not taken.get(mark.field, False))),
    )
