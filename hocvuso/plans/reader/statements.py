"""From a sentence with numbers to promises: which words belong to which number, what is counted, of whom, for each of what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from hocvuso.plans.reader.groups import find_group, starts_with_group
from hocvuso.plans.reader.model import Comparator, Group
from hocvuso.plans.reader.quantities import NUMBER, Quantity, quantities, value_of
from hocvuso.plans.reader.themes import theme_of

_SENTENCE_END = re.compile(r"(?<=[^\s.A-ZĐ])[.!?…]+(?=\s+[^\s\da-zà-ỹ])|\n")
_NOT_NOW = re.compile(
    r"(?:hiện nay|hiện có|hiện tại|hiện trạng|tính đến (?:thời điểm|tháng|ngày|nay|hết tháng)|đã đạt|đã có"
    r"|đã thành lập|đã được|năm trước|năm 2024|so với"
    r"|mới đạt|mới có|chỉ đạt|toàn (?:tỉnh|xã|phường) (?:hiện )?có|cả nước)[^;:%]{0,70}$"
)
_NO_TARGET_AFTER = re.compile(
    r"\s*(?:kinh phí|phí\b|lệ phí|chi phí|ngân sách|học phí|giá\b|cước|mức hỗ trợ|vốn|lãi suất|tổng|lương|điểm số"
    r"|điểm trung bình|thời lượng|thời gian|kế hoạch|chỉ tiêu|nhiệm vụ|mục tiêu)"
)
_NO_TARGET_BEFORE = re.compile(
    r"(?:giảm giá|ưu đãi|hỗ trợ kinh phí|giảm|miễn)(?:\s+(?:tới|đến|từ|thêm|phí|cước))*\s*$"
    r"|(?:tương đương|tức(?: là)?|ứng với|xấp xỉ|quy ra)(?:\s+(?:với|khoảng|gần|hơn|là))*\s*$"
)
# What is to become less: "giảm ít nhất 50% số vụ lừa đảo".
_LESS_OF = re.compile(r"\s*(?:số|tỷ lệ|thời gian|lượng|lượt)\s")
# Parts of a number that was said: "12.000 lượt, gồm 7.500 nữ và 5.500 nam"; "tăng 90 hộ so với tháng 7".
_PARTS = re.compile(r"\d(?:[^.;]|\.\d)*\s(?:bao )?gồm(?:\s|:)(?:[^.;]|\.\d)*$")
_COMPARED = re.compile(r"[^.;,\d]{0,40}\sso với")
_AIMED = re.compile(r"(?:bảo đảm|đảm bảo|phấn đấu|đến (?:hết|cuối|năm|ngày))[^;.]{0,40}$")
# What one is taught or asked to do, counted: details of the promise before.
_DETAIL_THING = re.compile(
    r"\s*(?:nhóm\s+)?(?:kỹ năng|dịch vụ|tiện ích|chức năng|nội dung|tiết|thao tác|việc)(?![^\W\d_])"
)
# Counts of what is described, not promised, unless a comparator stands before them.
_DESCRIBED = re.compile(
    r"\s*(?:\(?[^\W\d_]+\)\s*)?(?:nhóm|kỹ năng|nội dung|nhiệm vụ|lĩnh vực|đối tượng|tiêu chí|bước|mức|loại|trụ cột"
    r"|nguyên tắc|mô hình|giải pháp|phong trào"
    r"|chỉ tiêu|quy trình|hình thức|phương châm|mục tiêu|cấp độ|năng lực|ngày cao điểm|chuyên đề chính"
    r"|dịch vụ thiết yếu|cấp\b|tỉnh\b|không\b|chữ\b|trong\b)"
)
_COUNTED_STOP = re.compile(
    r"\s(?:tham gia|đăng ký|được|có|trên|tại|trong|cho|để|từ|với|ở|hỗ trợ|hướng dẫn|thực hiện|đạt|hoàn thành|sử dụng"
    r"|cài đặt|vào|về|nhằm|biết|làm|phục vụ"
    r"|là|đến|của|theo|trở lên|trước|mỗi|hằng|hàng|cơ bản|biết|tổ chức|thường xuyên|trực tiếp|thuộc|đảm bảo|bảo đảm"
    r"|cùng|này|đối với|phát động|thành thạo|phụ trách|học(?! sinh| viên| liệu)|đi|bán|mua|khởi nghiệp)(?=\s|$|,|\.)"
)
_EACH = re.compile(
    r"(?:^|[\s(,;:–-])(?:mỗi"
    r"|từng)\s+(?P<each>“?[^\W\d_][^,;:.%]{0,50}?(?:[/,]\s?[^\W\d_]+(?:\s[^\W\d_]+){0,2}?){0,4}”?)\s+(?=(?:có|bố trí|tổ chức"
    r"|hướng dẫn|phải|phấn đấu|đạt|thành lập|cử|duy trì|lựa chọn|xây dựng"
    r"|mở|đăng ký|giúp|kèm|vận động|phụ trách|tối thiểu|ít nhất|triển khai|thực hiện|hỗ trợ|hoàn thành|chọn|được|sẽ"
    r"|trên|hình thành|phát triển|bảo đảm|đảm bảo|tham gia|có tối|giới thiệu|kết nối)\b)",
    re.IGNORECASE,
)
_COUNT_OF = re.compile(
    rf"[^(%;]{{0,260}}?\((?:[^()\d]*)(?P<count>{NUMBER})(?:\s*[^\d()/,;]{{0,40}}/\s*(?:tổng số\s+)?(?P<base>{NUMBER}))?(?=[^()\d]*[(),;\d])"
)


@dataclass(frozen=True, slots=True)
class Statement:
    """One number with the words that belong to it. `start` and `end` are places in the given text."""

    text: str
    start: int
    end: int
    quantity: Quantity
    unit: str
    group: Group
    group_sure: bool
    comparator: Comparator
    scope: Literal["total", "each_unit", "each_subject"]
    alternative: tuple[float, float | None] | None = (
        None  # a count beside the share, with its base: "600.000/1.091.556"
    )
    alternative_at: tuple[int, int] | None = None


MOST_STATEMENTS = 60  # in one paragraph; more is no plan
LONGEST_SENTENCE = 1_200  # letters; the work for one grows with its square, and no office writes longer ones


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where sentences begin and end. What runs on without a full stop is cut between words."""
    for start, end in _sentences(text):
        while end - start > LONGEST_SENTENCE:
            cut = text.rfind(" ", start, start + LONGEST_SENTENCE)
            cut = cut if cut > start else start + LONGEST_SENTENCE
            yield start, cut
            start = cut  # noqa: PLW2901
        yield start, end


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for stop in _SENTENCE_END.finditer(text):
        if text[start : stop.end()].strip():
            yield start, stop.start()
        start = stop.end()
    if text[start:].strip():
        yield start, len(text)


def statements(text: str, *, promised: bool) -> list[Statement]:
    """All promises of a paragraph. `promised`: it stands where targets stand, so that a bare count is one, too."""
    found: list[Statement] = []
    for start, end in sentences(text):
        if len(found) > MOST_STATEMENTS:
            break
        for one in _of_sentence(text[start:end], promised=promised, before=found[-1] if found else None):
            found.append(replace(one, start=one.start + start, end=one.end + start,
                                 alternative_at=_moved(one.alternative_at, start)))  # fmt: skip
    return found


def _moved(place: tuple[int, int] | None, by: int) -> tuple[int, int] | None:
    return (place[0] + by, place[1] + by) if place else None


def _of_sentence(text: str, *, promised: bool, before: Statement | None) -> Iterator[Statement]:
    shares = [one for one in quantities(text) if _may_promise(text, one, promised=promised)]
    kept: list[Quantity] = []
    for one in shares:
        opened = text.rfind("(", 0, one.number_start)
        closed = text.find(")", opened) if opened >= 0 else -1
        inside = opened >= 0 and (closed == -1 or closed >= one.end)
        if inside and kept and kept[-1].end <= opened:
            continue  # a number in brackets explains the one before
        if kept and _is_detail(text, kept[-1], one):
            continue
        kept.append(one)
    previous = before
    for number, one in enumerate(kept):
        start = _begin(text, kept, number)
        end = _begin(text, kept, number + 1) if number + 1 < len(kept) else len(text)
        statement = _statement(text, start, end, one, previous)
        counted = _counted_share(text[:end] + " ", one.end) if one.percent else None
        if counted:
            statement = replace(statement, alternative=counted[:2], alternative_at=counted[2:])
        previous = statement
        yield statement


def _is_detail(text: str, before: Quantity, one: Quantity) -> bool:
    """ "100% học sinh được học tối thiểu 08 tiết": the count says how, and promises nothing by itself."""
    between = text[before.end : one.start]
    taught = bool(_DETAIL_THING.match(text[one.end :]))
    if (
        one.percent
        or not (before.percent or taught)
        or re.search(r"[;.:]", between)
        or re.search(r"(?:^|\W)(?:mỗi|từng|trong đó)\s", between, re.IGNORECASE)
    ):
        return False
    last = re.split(r",\s+|\s+và\s+", between)[-1]
    return bool(
        re.search(
            r"(?:^|\s)(?:được|học|tham gia|có|đạt|hoàn thành|sử dụng|biết|với|cử|duy trì|bố trí|tổ chức|xây dựng)(?:\s|$)",
            last,
        )
    )


def _counted_share(text: str, start: int) -> tuple[float, float | None, int, int] | None:
    """A count in brackets behind a share, with its base: "(Hơn 600.000 người/1.091.556 người …)", "(11/12 xã)"."""
    found = _COUNT_OF.match(text[start:])
    if not found or re.search(r"(?:tháng|ngày|quý|năm)\s*$", text[start : start + found.start("count")].lower()):
        return None
    base = value_of(found["base"]) if found["base"] else None
    return (
        value_of(found["count"]),
        base,
        start + found.start("count"),
        start + found.end("base" if found["base"] else "count"),
    )


def _may_promise(text: str, one: Quantity, *, promised: bool) -> bool:
    before, after = text[: one.start].lower(), text[one.end :].lower()
    less = one.percent and _LESS_OF.match(after)
    if _NO_TARGET_AFTER.match(after) or (_NO_TARGET_BEFORE.search(before) and not less):
        return False
    now = _NOT_NOW.search(before)
    if now and not _AIMED.search(before[: now.start()]):
        return False
    if (
        one.comparator == "="
        and not one.percent
        and (_PARTS.search(before) or (re.search(r"(?:tăng|giảm)(?: thêm)?\s*$", before) and _COMPARED.match(after)))
    ):
        return False
    if one.word and re.match(r"\s*lần(?![^\W\d_])", after) and not _EACH.search(text[: one.end + 1] + " "):
        return False  # "được hướng dẫn ít nhất một lần" says how
    if re.match(r"\s*(?:\(?(?:năm|tháng|quý|ngày)\s)", after) and re.search(r"\($", before.rstrip()):
        return False
    if one.percent:
        return True
    if one.comparator != "=" or _EACH.search(text[: one.end + 1] + " "):
        return True
    if _DESCRIBED.match(after):
        return False
    if (
        promised
        or re.search(r"(?:đào tạo|tập huấn|bồi dưỡng|tuyển chọn|có)\s*$", before)
        and re.match(r"\s*(?:lượt\s+)?người(?![^\W\d_])", after)
    ):
        return True
    if re.search(r"(?:đào tạo|tập huấn|bồi dưỡng|tuyển chọn)\s*$", before) and one.value >= 100:
        return True
    return bool(
        re.search(
            r"(?:lựa chọn|chọn|tổ chức|thành lập|mở|xây dựng|bố trí|duy trì|hỗ trợ|đào tạo|tập huấn|hướng dẫn|cử|có"
            r"|đạt|hình thành|kết nối|cho)\s*$",
            before,
        )
        and re.match(r"\s*(?:[^\W\d_]+)", after)
        and find_group(after[:30])
    )


def _begin(text: str, kept: list[Quantity], number: int) -> int:
    """Where the words of this number begin: after the last number's clause, or at the sentence's start."""
    one = kept[number]
    if number == 0:
        return 0
    floor = kept[number - 1].end
    between = text[floor : one.start]
    cut = max(
        (
            found.end()
            for found in re.finditer(
                r"[;:.]\s+|,\s+(?:trong đó|và|đồng thời|riêng)?\s*|\s(?:và|trong đó|đồng thời)\s+",
                between,
                re.IGNORECASE,
            )
        ),
        default=0,
    )
    strong = [
        found.end() for found in re.finditer(r"[;.]\s+(?:trong đó,?\s+)?|,?\s+trong đó,?:?\s+", between, re.IGNORECASE)
    ]
    if strong:
        cut = strong[-1]
    each = _EACH.search(between)
    if each and each.start() < cut:
        cut = each.start() + (1 if between[each.start()] in " (,;:–-" else 0)
    return floor + cut if cut else one.start


def _statement(text: str, start: int, end: int, one: Quantity, before: Statement | None) -> Statement:
    words = text[start:end]
    stripped = words.strip(" \t\n,;:.(–-")
    stripped = stripped.rstrip(" ).;,") if stripped.count(")") > stripped.count("(") else stripped
    offset = words.index(stripped) if stripped else 0
    begin, stop = start + offset, start + offset + len(stripped)
    stop = _trim_and(text, begin, stop)
    begin = _behind_title(text, begin, stop, one)
    lead, after = text[start : one.start], text[one.end : end]
    each = _each(text[start : one.number_start])
    own_each = re.match(r"\s*(?P<thing>[^\W\d_][^,;:.()/]{0,30}?)\s*/\s*(?P<each>[^\W\d_]+(?:\s[^\W\d_]+)?)", after)
    scope: Literal["total", "each_unit", "each_subject"] = "total"
    helps = bool(each and _HELPS.search(text[start : one.start]))
    behind = _EACH_BEHIND.search(after)
    if not each and not one.percent and before is not None and "/" in before.unit and _AMONG.search(text[: one.start]):
        each = before.unit.partition("/")[2]  # "mỗi tổ có 05 thành viên, trong đó có 01 đoàn viên"
        helps = True
    elif not each and not one.percent and behind is not None:
        each = behind["each"].strip()
    if one.percent:
        unit = "%"
        bracket = lead.count("(") > lead.count(")")  # "13/13 bản (100%) có …": whose share it is stands before
        group = (find_group(lead) if bracket else None) or _group(lead, after)
    else:
        thing = _counted(after)
        if own_each:
            thing, each = own_each["thing"].strip(), own_each["each"].strip()
            word = each.split()[0]
            each = word if find_group(word) else re.split(r"\s(?:trở|có|được|và|trên|tham|cho|để|với)\b", each)[0]
        unit = f"{thing}/{_short(each)}" if each else thing
        things = re.sub(r"^(?:lượt|số|tổng số|lần)\s+", "", after.lower().lstrip(" “"))
        counted = find_group(things[:45]) if starts_with_group(things) else None
        group = counted if counted not in (None, "other") else None
        if each:
            scope = "each_unit" if find_group(each) in ("communes", "villages", "teams") else "each_subject"
            group = find_group(each) or "other" if helps else group or find_group(each) or "other"
        if (
            group is None
            and counted == "other"
            and re.search(r"thanh niên|đoàn viên", thing)
            and re.search(r"sinh viên|học sinh", thing)
        ):
            group = "students"
        people = (
            re.match(r"\s*người(?![^\W\d_])", things) is not None and before is not None and before.group in _PLACES
        )
        group = group or counted or ("adults" if people else before.group if before is not None else _group(lead, ""))
    sure = group is not None
    if group is None and before is not None and re.match(r"\s*(?:trong đó|riêng)?", lead.lower()):
        group = before.group
    return Statement(
        " ".join(text[begin:stop].split()),
        begin,
        stop,
        one,
        unit or "người",
        group or "other",
        sure,
        one.comparator,
        scope,
    )


# Who helps is the group of what each of them does.
_HELPS = re.compile(
    r"(?:mỗi|từng)\s[^;.]*\s(?:hướng dẫn|giúp|giúp đỡ|kèm|hỗ trợ|phụ trách|vận động|dạy)\s", re.IGNORECASE
)
_PLACES = ("villages", "communes", "businesses", "households", "teams")
_AMONG = re.compile(r"trong đó[^.;\d]{0,20}$", re.IGNORECASE)
_EACH_BEHIND = re.compile(
    r"\s(?:phụ trách|cho|tại|ở|trên)\s+(?:mỗi|từng)\s+(?P<each>[^\W\d_][^,;.:()]{2,40}?)\s*(?=[,;.:()]|$|\s(?:để|và|có)\s)"
)


def _behind_title(text: str, begin: int, stop: int, one: Quantity) -> int:
    """ "Đăng ký chữ ký số: 50% cán bộ … đăng ký": the title is left out, unless only it says what is promised."""
    colon = text.rfind(": ", begin, one.start)
    if colon < 0 or one.start - colon > 60 or text.count("(", begin, colon) != text.count(")", begin, colon):
        return begin
    rest = text[colon + 2 : stop]
    return colon + 2 + len(rest) - len(rest.lstrip()) if theme_of(rest) else begin


def _trim_and(text: str, begin: int, stop: int) -> int:
    found = re.search(r"(?:\s+và|\s*,\s*trong đó|\s+trong đó|\s*[;,])\s*$", text[begin:stop], re.IGNORECASE)
    return begin + found.start() if found else stop


def _each(lead: str) -> str:
    found = list(_EACH.finditer(f"{lead} có "))
    return found[-1]["each"].strip("“” ") if found else ""


def _short(each: str) -> str:
    """ "xã/phường" → "xã, phường", "hộ gia đình" → "hộ"."""
    plain = re.sub(r"\s*/\s*", ", ", each.replace("“", "").replace("”", "").lower())
    return "hộ" if plain.startswith("hộ gia đình") else plain


def _counted(after: str) -> str:
    """The counted thing: "10 hộ kinh doanh tham gia …" → "hộ kinh doanh"."""
    found = re.match(r"\s*[“\"]?(?P<words>[^\W\d_][^;:.()\d“”]*)", after)
    if not found:
        return "người"
    words = found["words"]
    stop = _COUNTED_STOP.search(f" {words}")
    words = words[: max(0, stop.start() - 1)] if stop else words
    words = re.split(
        r"\s*,\s*(?=(?:hướng dẫn|hỗ trợ|tham gia|có|được|hoàn thành|bảo đảm|gồm|bao gồm|tăng|giảm)\b)|\s+và\s*$", words
    )[0].strip(" ,”“/")
    parts = words.split()
    if words.lower().startswith("người dân") or words.lower() == "người":
        return "người"
    return " ".join(parts[:7])


def _group(lead: str, after: str) -> Group | None:
    """Whom a share is of: the words right behind it, else those before ("Tỷ lệ hộ gia đình … đạt 70%")."""
    behind = re.sub(
        r"^\s*(?:\([^)]*\)|trở lên|số|tổng số|các|đối với|trong|của|toàn bộ|tỷ lệ|,|:|“)*\s*", "", after.lower()
    )
    near = find_group(behind[:40])
    if near is not None and starts_with_group(behind):
        return near
    front = find_group(lead)
    if front is not None and not re.match(r"\s*$", lead):
        return front
    return near or find_group(after)
