"""A table that lost its lines: text from a PDF in which cells stand one after another. It is built again from what each cell says.

The head gives the columns; row numbers count up; within a row the long lines are the content, and what follows is told apart as
agencies, a time, a product, always in the order of the columns. Where rows of a page share merged cells, these are printed once, in the
first: a row with nothing but its first agency takes the rest from the row above.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from hocvuso.plans.reader.agencies import agency_share, starts_agency
from hocvuso.plans.reader.columns import ColumnRole, role_of
from hocvuso.plans.reader.deadlines import read_deadline
from hocvuso.plans.reader.load.html import roman
from hocvuso.plans.reader.load.source import Line, Table
from hocvuso.plans.reader.model import Cell
from hocvuso.plans.reader.paragraphs import is_page_number

_NUMBER_HEAD = re.compile(r"(?:STT|TT|Số TT|S[Ốố] TT)\b\.?\s*(?P<rest>.*)")
_ANNEX = re.compile(r"(?:phụ lục|phụ biểu)\b", re.IGNORECASE)
_AFTER = re.compile(r"Nơi nhận|(?:TM|KT|TL|TUQ)\.")
_TITLE = re.compile(r"(?:[IVX]{1,5}|[A-H])\s?[.)/]\s+(?P<title>.+)")
_PRODUCT = re.compile(
    r"(?:Báo cáo|Kế hoạch|Quyết định|Công văn|Văn bản|Chương trình|Tờ trình|Nghị quyết|Hướng dẫn|Đề án|Quy chế"
    r"|Quy định|Hội nghị|Lớp|Tin|Bài"
    r"|Danh sách|Thông báo|Tài liệu|Phần mềm|Hệ thống|Chuyên mục|Biên bản|Hồ sơ|Cuộc thi|Chiến dịch|Mô hình|Ứng dụng"
    r"|Khung|Bộ|Số liệu|Sản phẩm"
    r"|Giấy|Dữ liệu|Video|Pano|Phóng sự)(?![^\W\d_])"
)
_TIME_BEGINS = re.compile(
    r"(?:trước|sau|trong|từ|đến|hết|quý|tháng|năm|ngày|hoàn thành|chậm nhất|muộn nhất|theo|thường|nhiệm vụ|hằng|hàng"
    r"|định kỳ|giai đoạn|cuối|đầu"
    r"|cả|liên tục|duy trì|thực hiện|mỗi|ngay|tối|\d|\(|6 tháng)",
    re.IGNORECASE,
)
_VALUE = re.compile(
    r"(?:[≥>≤<]=?|trên|dưới|tối thiểu|ít nhất|từ|đạt|hơn)?\s*\d[\d.,]*\s*%?(?:\s*trở lên)?|[-–x]", re.IGNORECASE
)
_UNIT = re.compile(
    r"%|(?:người|hộ|lớp|xã|phường|thôn|tổ|đơn vị|buổi|lượt|doanh nghiệp|trường|điểm|mô hình|khóa|cuộc|tin"
    r"|bài)(?:/[^\W\d_]+(?: [^\W\d_]+)?)?",
    re.IGNORECASE,
)
_NARROW: tuple[ColumnRole, ...] = (
    "lead", "coordinators", "lead_and_coordinators", "implementers", "directing_body", "who",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Head:
    texts: tuple[str, ...]
    roles: tuple[ColumnRole, ...]
    lines: tuple[str, ...]  # as printed, to know it again on the next page


@dataclass(slots=True)
class _Row:
    number: str
    parts: list[list[str]] = field(default_factory=lambda: [[]])  # a new part after each page's head
    page: int | None = None
    line: int | None = None
    section: bool = False


def rebuild_tables(lines: Sequence[Line]) -> list[Line | Table]:
    """Lines again, with every flattened table among them as a table."""
    found: list[Line | Table] = []
    at = 0
    while at < len(lines):
        head = _head_at(lines, at)
        if head is None:
            found.append(lines[at])
            at += 1
            continue
        table, before, at = _read_table(lines, at, head)
        found += before
        if table is not None:
            found.append(table)
    return found


def _head_at(lines: Sequence[Line], at: int) -> Head | None:
    first = _NUMBER_HEAD.match(lines[at].text) if not lines[at].whole else None
    if first is None:
        return None
    columns: list[str] = ["TT"]
    taken = [lines[at].text]
    texts = [first["rest"]] if first["rest"] else []
    for line in lines[at + 1 : at + 25]:
        if _row_start(line.text, {1}) or _section(line.text) or is_page_number(line.text) or len(line.text) > 60:
            break
        texts.append(line.text)
        taken.append(line.text)
    for text in [part for whole in texts for part in _HEAD_STARTS.split(whole) if part]:
        role = role_of(text)[0]
        begins = text[:1].isupper() and (
            role not in (None, "base") or re.match(r"(?:Cơ quan|Đơn vị|Thời|Kết quả|Sản|Ghi)", text)
        )
        if begins and not (columns[-1].lower().endswith((",", ";", " và", "/")) and columns[-1] != "TT"):
            columns.append(text)
        else:
            columns[-1] = f"{columns[-1]} {text}"
    roles = [role_of(column)[0] for column in columns]
    if len(columns) < 3 or None in roles or not {"content", "indicator"} & set(roles):
        return None
    return Head(tuple(columns), tuple(role for role in roles if role), tuple(taken))


# Heads on one line: "Nội dung Đơn vị chủ trì Đơn vị phối hợp Thời gian".
_HEAD_STARTS = re.compile(
    r"\s+(?=(?:Tên|Nội dung|Nhiệm vụ|Chỉ tiêu|Cơ quan|Đơn vị|Chủ trì|Phối hợp|Thời gian|Thời hạn|Tiến độ|Kết quả"
    r"|Sản phẩm|Ghi chú|ĐVT|Năm)(?![^\W\d_]))"
)


def _section(text: str) -> str | None:
    found = re.match(r"(?P<n>[IVX]{1,5}|[A-E])[.)]?\s+(?=[A-ZĐÀ-Ỹ])", text)
    return found["n"] if found else None


def _row_start(text: str, expected: set[int]) -> tuple[int, str] | None:
    """A row's number by itself or before its content."""
    found = re.match(r"(?P<n>\d{1,3})(?:[.)]?\s+(?=[^\W\d_]|[“\"(\d+-])(?P<rest>.*)|[.)]?\s*$)", text)
    if found and int(found["n"]) in expected:
        return int(found["n"]), found["rest"] or ""
    return None


@dataclass(slots=True)
class _Table:
    """A table while its lines are taken, one after the other."""

    head: Head
    rows: list[_Row] = field(default_factory=list)
    last: int = 0  # row number
    last_section: int = 0

    def take(self, line: Line, ahead: Sequence[Line]) -> None:
        text = line.text
        started = _row_start(text, {self.last + 1} | ({1} if not self.rows or self.rows[-1].section else set()))
        wants_value = bool(self.rows) and _wants_value(self.head, self.rows[-1])
        if started and text.isdigit() and wants_value:
            started = None  # the next row's number and this row's value look the same
        section = _section(text)
        if started and not (is_page_number(text) and _is_head_again(ahead, 0, self.head)):
            self._begin(started[0], started[1], line)
        elif is_page_number(text) and not wants_value:
            return
        elif section and section == roman(self.last_section + 1) and len(text) < 160:
            self.last_section += 1
            title = text[len(section) :].strip(" .)")
            self.rows.append(_Row(section, [[title]], line.page, line.line, section=True))
        elif self.rows:
            self._add(line, ahead)

    def _begin(self, number: int, rest: str, line: Line) -> None:
        self.last = number
        self.rows.append(_Row(str(number), [[rest] if rest else []], line.page, line.line))

    def _add(self, line: Line, ahead: Sequence[Line]) -> None:
        """A line of the row that is open. "Báo cáo 2" is its last cell and the number of the next."""
        glued = re.match(rf"(?P<cell>.*\S)\s+{self.last + 1}$", line.text)
        if glued and _PRODUCT.match(glued["cell"]) and ahead and ahead[0].text[:1].isupper():
            self.rows[-1].parts[-1].append(glued["cell"])
            self._begin(self.last + 1, "", line)
        else:
            self.rows[-1].parts[-1].append(line.text)


def _read_table(lines: Sequence[Line], at: int, head: Head) -> tuple[Table | None, list[Line], int]:
    """Rows up to the end of the table. Titles of the annex that stand between two pages come out before it."""
    table, titles, start = _Table(head), [], at
    at += len(head.lines)
    outside = False
    while at < len(lines):
        text = lines[at].text
        again = _is_head_again(lines, at, head)
        if again:
            at += again
            outside = False
            if table.rows:
                table.rows[-1].parts.append([])
            continue
        ends = (
            _AFTER.match(text)
            or _is_next_title(text, table.rows)
            or (_ANNEX.match(text) and len(text) <= 90 and table.rows)
        )
        if ends and not _is_head_soon(lines, at, head):
            break
        outside = outside or bool(ends and _ANNEX.match(text))
        if outside:
            titles.append(lines[at])
        else:
            table.take(lines[at], lines[at + 1 : at + 30])
        at += 1
    if not any(not row.section for row in table.rows):
        return None, list(lines[start:at]), at
    return Table(tuple(_cells(head, table.rows)), lines[start].page, lines[start].line), titles, at


def _is_next_title(text: str, rows: Sequence[_Row]) -> bool:
    """ "III. CHẾ ĐỘ BÁO CÁO": a heading of the plan itself, in capitals where the table's own are not."""
    found = _TITLE.match(text)
    if not found or not found["title"].isupper() or not rows:
        return False
    return not any(row.section and row.parts[0] and row.parts[0][0].isupper() for row in rows)


def _wants_value(head: Head, row: _Row) -> bool:
    """Has this row fewer values than its table has columns for them?"""
    wanted = sum(role == "value" for role in head.roles)
    given = sum(bool(_VALUE.fullmatch(line)) for part in row.parts for line in part)
    whole = sum(len(_VALUE_STARTS.split(line)) > wanted for part in row.parts for line in part)
    return given < wanted and not whole


def _is_head_again(lines: Sequence[Line], at: int, head: Head) -> int:
    wanted = " ".join(head.lines)
    joined = ""
    for count, line in enumerate(lines[at : at + len(head.lines) + 4], 1):
        joined = f"{joined} {line.text}".strip()
        if joined == wanted:
            return count
        if not wanted.startswith(joined):
            return 0
    return 0


def _is_head_soon(lines: Sequence[Line], at: int, head: Head) -> bool:
    return any(_is_head_again(lines, later, head) for later in range(at + 1, min(at + 14, len(lines))))


def _cells(head: Head, rows: Sequence[_Row]) -> list[Cell]:
    longest = max((len(line) for row in rows for part in row.parts for line in part), default=1)
    cells = [Cell(text, 0, column) for column, text in enumerate(head.texts)]
    above: list[str] | None = None
    for number, row in enumerate(rows, 1):
        if row.section:
            cells += [Cell(row.number, number, 0), Cell(_joined(row.parts[0]), number, 1, 1, len(head.texts) - 1)]
            above = None
            continue
        columns = _columns(head, row, longest)
        narrow = [role not in ("number", "content", "indicator") for role in head.roles]
        given = [column for column, text in enumerate(columns) if text and narrow[column]]
        first = narrow.index(True) if True in narrow else 0
        if above is not None and len(head.texts) > 3 and (not given or given == [first]):
            columns = [text or (above[column] if narrow[column] else "") for column, text in enumerate(columns)]
        above = columns
        cells += [Cell(text, number, column) for column, text in enumerate(columns)]
    return cells


def _columns(head: Head, row: _Row, longest: int) -> list[str]:
    found: list[list[str]] = [[] for _ in head.texts]
    found[0] = [row.number]
    for part in row.parts:
        divided = _divided(_split_times(part), head.roles, longest)
        if len(part) <= 3 and not any(divided[2:]):
            divided = _divided(_pieces(part), head.roles, 200)  # cells on one line
        for column, lines in enumerate(divided):
            if column:
                found[column] += lines
    return [_joined(lines) for lines in found]


def _joined(lines: Sequence[str]) -> str:
    text = ""
    for line in lines:
        begins = re.match(r"[-+•]\s|\(\d\)\s", line) is not None
        text = (
            f"{text}\n{line}"
            if text and begins
            else (f"{text}{line}" if text.endswith("-") and line[:1].isupper() else f"{text} {line}")
        )
    return text.strip()


def _split_times(lines: Sequence[str]) -> list[str]:
    """ "Quý III/2025 Kế hoạch" on one line: a time and a product are two cells."""
    found: list[str] = []
    for line in lines:
        parts = re.match(r"(?P<time>.{0,40}?20\d\d|Thường xuyên|Hằng năm|Hàng năm)\s+(?P<rest>[A-ZĐ].*)", line)
        if parts and _TIME_BEGINS.match(line) and _PRODUCT.match(parts["rest"]):
            found += [parts["time"], parts["rest"]]
        else:
            found.append(line)
    return found


_CELL_STARTS = re.compile(
    r"\s+(?=(?:Tháng|Quý|Năm|Trước|Từ|Thường xuyên|Hằng|Hàng|Theo|Nhiệm vụ thường)\s|\d{1,2}/20\d\d"
    r"|\d{1,2}/\d{1,2}/20\d\d|(?:[Cc]ác|[A-ZĐÀ-Ỹ])[^\W\d_]*)"
)


# "… cơ bản % 70 ≥ 90 Sở Nội vụ": units and values between the name and the agency.
_VALUE_STARTS = re.compile(
    r"\s+(?=(?:%|[≥>]\s*\d)|\d[\d.,]*\s?%?(?:\s|$)|(?:người|hộ|lớp|xã|tổ|buổi|lượt)(?:/\w+)?\s+(?:[≥>]\s*)?\d)|(?<=%)\s+(?=\d|[≥>])|(?<=\d)\s+(?=[^\W\d_%])"
)


def _pieces(lines: Sequence[str]) -> list[str]:
    """Lines cut wherever a cell might begin: before an agency, a time, a product. What does not fit together is joined again."""
    found: list[str] = []
    for line in lines:
        for part in (piece for words in _CELL_STARTS.split(line) for piece in _VALUE_STARTS.split(words)):
            begins = (
                starts_agency(part)
                or _TIME_BEGINS.match(part)
                or _PRODUCT.match(part)
                or _VALUE.fullmatch(part)
                or _UNIT.fullmatch(part)
            )
            if found and not begins and part:
                found[-1] = f"{found[-1]} {part}"
            elif part:
                found.append(part)
    return found


def _divided(lines: list[str], roles: Sequence[ColumnRole], longest: int) -> list[list[str]]:
    """The best division of a row's lines among the columns, in their order; a column may stay empty."""
    if not lines:
        return [[] for _ in roles]
    count = len(lines)

    @cache
    def best(start: int, column: int) -> tuple[float, tuple[int, ...]]:
        if column == len(roles):
            return (0.0, ()) if start == count else (-1e9, ())
        options = []
        for end in range(start, count + 1):
            if end < count and end > start and not _may_begin(lines[end]):
                continue
            score, ends = best(end, column + 1)
            if score > -1e8:
                options.append((_fit(tuple(lines[start:end]), roles[column], longest) + score, (end, *ends)))
        return max(options, default=(-1e9, ()))

    _, ends = best(0, 1)
    if not ends:
        return [[], lines, *([] for _ in roles[2:])]
    starts = (0, *ends[:-1])
    return [[], *(lines[start:end] for start, end in zip(starts, ends, strict=True))]


def _may_begin(line: str) -> bool:
    """A new cell begins with a capital or a figure."""
    return line[:1].isupper() or line[:1].isdigit() or line[:1] in '“"(-%≥>' or bool(_UNIT.fullmatch(line))


@lru_cache(maxsize=20_000)
def _fit(lines: tuple[str, ...], role: ColumnRole, longest: int) -> float:
    """How well these lines make one cell of such a column, by lines."""
    if not lines:
        return -0.4 if role in ("lead", "due") else -0.1
    text = " ".join(lines)
    count = len(lines)
    if role in ("content", "indicator"):
        long = sum(len(line) > 0.62 * longest for line in lines)
        # the last line of a long cell may be short
        return (
            1.0 * long
            + 0.55 * (count - long)
            - (0.9 if starts_agency(lines[-1]) and len(lines[-1]) < 0.5 * longest and count > 1 else 0)
        )
    wide = sum(len(line) > 0.62 * longest for line in lines)
    if role in _NARROW:
        begins = 0.35 if starts_agency(text) else -0.8
        cut = 0.6 if re.search(r"(?:,|\s(?:và|của|các))$", text) else 0.0
        # a capital where the line before had not ended in a comma is another cell
        cut += sum(
            0.8
            for at in range(1, count)
            if lines[at][:1].isupper() and lines[at - 1][-1:] not in ",;-" and starts_agency(" ".join(lines[at:]))
        )
        return count * (1.1 * agency_share(text) - 0.35) + begins - 1.5 * wide - cut
    if role == "due":
        time = read_deadline(text)
        known = time.due or time.start or time.recurring or time.relative
        foreign = sum(starts_agency(line) for line in lines) + sum(
            bool(_PRODUCT.match(" ".join(lines[at:]))) for at in range(1, count)
        )
        begins = 0.0 if _TIME_BEGINS.match(lines[0]) else -0.7
        return (0.9 * count + 0.6 if known else -1.2 * count) - 1.5 * wide - 1.8 * foreign + begins
    if role == "result":
        return (0.9 * count + 0.3 if _PRODUCT.match(text) else 0.1 * count) - 1.5 * wide
    if role == "value":
        return (1.3 if count == 1 and _VALUE.fullmatch(text) else -0.9 * count) - 1.5 * wide
    if role == "unit":
        return (1.0 if count == 1 and _UNIT.fullmatch(text) else -0.9 * count) - 1.5 * wide
    return 0.3 * count - 1.5 * wide
