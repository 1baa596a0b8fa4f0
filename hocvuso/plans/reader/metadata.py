"""Who issued the plan, its number and day, its place and period, what it carries out. A cited number is never taken for its own."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from hocvuso.lib.text import fold
from hocvuso.plans.reader.agencies import split_agencies
from hocvuso.plans.reader.deadlines import read_deadline
from hocvuso.plans.reader.model import Block, Document, Mark, Metadata, Span
from hocvuso.plans.reader.outline import Item, Outline

SYMBOL = r"\d{1,5}\s?[/-]\s?[A-ZĐƯÔƠ]{1,8}r?(?:\s?[/-]\s?[A-ZĐƯÔƠ]{2,}[\wĐ]*)*(?:-[A-ZĐ]\w*)?|\d{1,4}/20\d\d/[A-ZĐ-]{2,12}\d{0,2}"
_SYMBOL = re.compile(rf"(?<![\w/])(?:{SYMBOL})")
_OWN_NUMBER = re.compile(r"^Số\s*:?\s*(?P<n>\d{0,5})\s*(?P<rest>[/-]\s*(?P<symbol>[A-ZĐ]{2,}[\w/-]*))", re.IGNORECASE)
_OWN_DATE = re.compile(
    r"(?P<place>[A-ZĐÀ-Ỹ][^\d,:;]{2,40}),\s*ngày\s*(?P<d>\d{0,2})\s*tháng\s*(?P<m>\d{0,2})\s*năm\s*(?P<y>20\d\d)?",
    re.IGNORECASE,
)
_KIND = re.compile(r"(?:KẾ HOẠCH|ĐỀ ÁN|CHƯƠNG TRÌNH|QUYẾT ĐỊNH|HƯỚNG DẪN|PHƯƠNG ÁN)(?![^\W\d_])")
_ISSUES = re.compile(
    r"(?P<who>(?:Ủy ban nhân dân|Uỷ ban nhân dân|UBND|Ban Chỉ đạo|Ban Thường vụ|Đảng ủy|Sở|Phòng|Trường|Công an|Hội"
    r"|Tỉnh đoàn|Liên đoàn|Liên minh|Hiệp hội|Đoàn"
    r"|Trung tâm|Ban)(?![^\W\d_])[^.;:]{0,170}?)\s*(?:\((?:sau đây|gọi|viết)[^)]*\)\s*)?(?:ban hành|xây dựng"
    r"|triển khai)\s+(?:Kế hoạch|kế hoạch|Đề án|Chương trình)"
)
_UNIT = re.compile(
    r"\b(?P<kind>tỉnh|thành phố|phường|xã|đặc khu|thị trấn|huyện)\s+(?P<name>(?:[A-ZĐÀ-Ỹ][^\W\d_]*)(?:\s+[A-ZĐÀ-Ỹ][^\W\d_]*){0,3})",
    re.IGNORECASE,
)
_PERSON = re.compile(r"(?:[A-ZĐÀ-Ỹ][a-zà-ỹđ'’]+\s+){1,4}[A-ZĐÀ-Ỹ][a-zà-ỹđ'’]+")


def read_metadata(document: Document, outline: Outline) -> Metadata:
    opening = [item for item in outline.items if not item.block.is_table and _is_opening(item, outline)]
    blocks = [block for block in document.blocks if not block.is_table]
    found = Metadata()
    marks: list[Mark] = []
    found, marks = _numbered(found, opening or outline.items[:12], marks)
    title, mark = _title(document)
    if mark:
        marks.append(mark)
    start, end, mark = _period(blocks, title)
    if mark:
        marks.append(mark)
    issuer, mark = _issuer(blocks, opening)
    if mark:
        marks.append(mark)
    references = tuple(
        dict.fromkeys(_clean_symbol(at[0]) for block in _all_texts(document) for at in _SYMBOL.finditer(block))
    )
    own = _clean_symbol(found.number) if found.number else ""
    return replace(
        found, title=title, issuer=issuer, place=found.place or _place(document), period_start=start, period_end=end,
        signer=_signer(outline), parents=_parents(opening), references=tuple(one for one in references if one != own), marks=tuple(marks),
    )  # fmt: skip


def _all_texts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        yield from (cell.text for cell in block.cells) if block.is_table else (block.text,)


def _is_opening(item: Item, outline: Outline) -> bool:
    first = next(
        (own.number for own in outline.items if own.section not in ("opening", "recipients")), len(outline.items)
    )
    return item.number < first


def _clean_symbol(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _span(block: Block, start: int, end: int) -> Span:
    return Span(block.number, start, end, None, block.page, block.line)


def _numbered(found: Metadata, items: Sequence[Item], marks: list[Mark]) -> tuple[Metadata, list[Mark]]:
    for item in items:
        text = item.block.text
        own = _OWN_NUMBER.match(text)
        if own and not (found.number or found.number_template):
            symbol = "/" + own["symbol"] if own["rest"].startswith("/") else "-" + own["symbol"]
            if own["n"]:
                found = replace(found, number=f"{own['n']}{symbol}")
                marks.append(Mark("number", 0.95, _span(item.block, own.start("n"), own.end())))
            else:
                found = replace(found, number_template=symbol)
        dated = _OWN_DATE.search(text)
        if dated and len(text) < 160 and not found.date and not found.date_partial:
            place = re.sub(rf"^Số\s*:?\s*\d*\s*(?:{SYMBOL}|/?[A-ZĐ/-]+)\s*", "", dated["place"]).strip()
            place = re.sub(r"^.*[A-ZĐ]{2,}(?:[/-][A-ZĐ]+)+\s+", "", place)
            found = replace(found, place=found.place or place)
            if dated["d"] and dated["m"] and dated["y"]:
                try:
                    day = dt.date(int(dated["y"]), int(dated["m"]), int(dated["d"]))
                except ValueError:
                    continue
                found = replace(found, date=day)
                marks.append(Mark("date", 0.95, _span(item.block, dated.start(), dated.end())))
            elif dated["y"]:
                partial = f"{dated['y']}-{int(dated['m']):02d}" if dated["m"] else dated["y"]
                found = replace(found, date_partial=partial)
    if not found.date and not found.date_partial:
        for item in items:
            attached = re.search(
                r"Kế hoạch số\s*(?P<symbol>/[\w-]+)\s+ngày\s*/?\s*(?P<m>\d{1,2})/(?P<y>20\d\d)", item.block.text
            )
            if attached:
                template = found.number_template or attached["symbol"]
                found = replace(
                    found, number_template=template, date_partial=f"{attached['y']}-{int(attached['m']):02d}"
                )
    return found, marks


def _title(document: Document) -> tuple[str, Mark | None]:
    """ "KẾ HOẠCH" and the lines below it; for an annex its own heading."""
    texts = [block for block in document.blocks if not block.is_table]
    for at, block in enumerate(texts[:40]):
        kind = _KIND.match(block.text)
        if not kind:
            continue
        parts = [block.text]
        for below in texts[at + 1 : at + 5]:
            if re.match(
                r"[-–]?\s*(?:Căn cứ|Thực hiện (?:Nghị|Kế|Quyết|Chỉ|Công|Chương)|Để|Nhằm|Xét|Theo|Kính|[IVX]+[.)]"
                r"|\d+[.)]|Phần|PHẦN|Ngày|Triển khai thực hiện (?:Nghị quyết|Kế hoạch) số)",
                below.text,
            ):
                break
            if len(" ".join(parts)) > 40 and re.match(r"[^a-zà-ỹ]*\(", below.text):
                break
            if re.fullmatch(r"[-–_*\s]+", below.text):
                continue
            parts.append(below.text)
        if len(parts) == 1 and len(block.text) < 14:
            continue
        title = re.split(
            r"\s(?=(?:Thực hiện|Căn cứ|Triển khai)\s(?:Kế hoạch|Nghị quyết|Quyết định|Công văn)\s(?:số|hành))",
            " ".join(parts),
        )[0]
        return _sentence_case(title), Mark("title", 0.9, _span(block, 0, len(block.text)))
    for block in texts:
        stated = re.search(
            r"ban hành\s+(?P<title>Kế\s+hoạch\s+[^.:]{10,250}?)(?:,?\s*(?:với|cụ thể|như sau)|[.:])", block.text
        )
        if stated:
            return " ".join(stated["title"].split()), Mark(
                "title", 0.8, _span(block, stated.start("title"), stated.end("title"))
            )
    heads = [block for block in texts[:6] if block.text.upper() == block.text and len(block.text) > 20]
    if heads:
        return _sentence_case(" ".join(block.text for block in heads)), Mark(
            "title", 0.6, _span(heads[0], 0, len(heads[0].text))
        )
    return "", None


def _sentence_case(text: str) -> str:
    """Capitals of a heading become a sentence; what was printed small stays as it is."""
    words = " ".join(text.split())
    if not words.startswith("KẾ HOẠCH"):
        return words.capitalize() if words.isupper() else words
    rest = words[8:].strip()
    if rest.isupper():
        return f"Kế hoạch {rest.lower()}"
    return f"Kế hoạch {rest[:1].lower()}{rest[1:]}".strip()


def _issuer(blocks: Sequence[Block], opening: Sequence[Item]) -> tuple[str, Mark | None]:
    for item in opening:
        for stated in _ISSUES.finditer(item.block.text):
            names = split_agencies(stated["who"].rpartition("; ")[2])
            name = names[-1].name if names else stated["who"].strip()
            if " của " in name[:30] and not name.startswith(("Ban Chỉ đạo", "Ban Thường vụ")):
                name = name.rsplit(" của ", 1)[1]
            return _named_in_full(name, blocks), Mark(
                "issuer", 0.9, _span(item.block, stated.start("who"), stated.end("who"))
            )
    head = _letterhead(opening)
    if head:
        return _named_in_full(head, blocks), Mark("issuer", 0.85)
    for block in blocks:
        attached = re.search(
            r"\(Kèm theo [^)]*?của (?P<who>[^)]{6,80})\)|(?:TM|T/M)\.?\s+(?P<signed>[A-ZĐÀ-Ỹ ]{6,60})$", block.text
        )
        if attached:
            who = attached["who"] or attached["signed"].capitalize()
            return _named_in_full(who.strip(), blocks), Mark(
                "issuer", 0.7, _span(block, attached.start(), attached.end())
            )
    return "", None


def _letterhead(opening: Sequence[Item]) -> str:
    """The left column of the head: lines of capitals before "CỘNG HÒA …", the last being the issuer."""
    lines: list[str] = []
    for item in opening[:14]:
        text = item.block.text
        if _KIND.match(text) or re.match(r"(?:Số|SỐ)\b", text):
            break
        if text.upper() == text and len(text) > 2 and any(char.isalpha() for char in text):
            lines.append(text.strip(" *-_"))
    joined = re.sub(
        r"CỘNG\s+H\S+\s+.*?VIỆT NAM|ĐẢNG CỘNG SẢN VIỆT NAM|ĐỘC LẬP.*?HẠNH PHÚC", " ", " ".join(lines)
    ).strip()
    names = re.split(
        r"(?<!TỈNH)(?<!THÀNH)(?<!PHƯỜNG)(?<!XÃ)(?<!THƯỜNG VỤ)(?<!CHẤP HÀNH)\s(?=(?:ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN"
        r"|UBND|ĐẢNG ỦY|ĐẢNG UỶ|SỞ|PHÒNG|BAN CHỈ ĐẠO|TRƯỜNG|CÔNG AN|HỘI|ĐOÀN|LIÊN MINH|HIỆP HỘI|TRUNG TÂM|TỈNH ĐOÀN|BCH"
        r"|BAN CHẤP HÀNH)\s)",
        joined,
    )
    if len(names) > 1 and re.match(r"(?:BAN CHẤP HÀNH|BCH)\s", names[-1]):
        names = [f"{names[-2].removesuffix(' VIỆT NAM')} {re.sub(r'^(?:BAN CHẤP HÀNH|BCH) ', '', names[-1])}"]
    return _proper_case(names[-1]) if joined else ""


_SMALL_WORDS = frozenset(
    (
        "nhân",
        "dân",
        "và",
        "về",
        "của",
        "các",
        "chỉ",
        "đạo",
        "phổ",
        "thông",
        "thường",
        "vụ",
        "chấp",
        "hành",
        "cơ",
        "sở",
        "trung",
        "học",
        "tiểu",
    )
    + ("hiệp", "phụ", "nữ", "tỉnh", "xã", "phường", "khu", "đặc", "đoàn")
)


def _proper_case(capitals: str) -> str:
    words = capitals.lower().split()
    names = [word if word in _SMALL_WORDS and at else word[:1].upper() + word[1:] for at, word in enumerate(words)]
    text = " ".join(names)
    for wrong, right in (
        ("Ủy Ban", "Ủy ban"),
        ("Uỷ Ban", "Ủy ban"),
        ("Ubnd", "UBND"),
        ("Công An", "Công an"),
        ("hiệp phụ nữ", "hiệp Phụ nữ"),
    ):
        text = text.replace(wrong, right)
    return text


def _named_in_full(name: str, blocks: Sequence[Block]) -> str:
    """ "UBND tỉnh" → "Ủy ban nhân dân tỉnh Đắk Lắk", with the place the document names most."""
    name = re.sub(r"^(?:UBND|Uỷ ban nhân dân)(?![^\W\d_])", "Ủy ban nhân dân", " ".join(name.split()).strip(" ,;:"))
    name = re.sub(r"\s*\([A-ZĐ&-]{2,12}\)$", "", name)  # "Sở Giáo dục và Đào tạo (GDĐT)"
    kind = re.search(r"(tỉnh|thành phố|phường|xã|đặc khu)$", name, re.IGNORECASE)
    if kind:
        place = _place_of_kind([block.text for block in blocks], kind[1].lower())
        if place:
            name = f"{name[: kind.start()]}{kind[1]} {place}"
    return name


def _place_of_kind(texts: Sequence[str], kind: str) -> str:
    counts: Counter[str] = Counter()
    for text in texts:
        for found in _UNIT.finditer(text):
            if found["kind"].lower() == kind:
                name = _name_part(found["name"])
                if name:
                    counts[name] += 1
    # names of places have two words or more, nearly always; one alone may be the beginning of a sentence
    long = Counter({name: count for name, count in counts.items() if " " in name})
    best = long or counts
    return best.most_common(1)[0][0] if best else ""


def _name_part(name: str) -> str:
    """The capitalised words of a place's name ("YÊN BÁI" → "Yên Bái"); case-insensitive search may take more."""
    words = []
    for word in name.split():
        if not word[:1].isupper() or word in ("Số", "SỐ"):
            break
        words.append(word.capitalize() if word.isupper() and len(word) > 1 else word)
    text = " ".join(words)
    return "" if fold(text).split(" ")[0:1] in (["uy"], ["doan"], ["va"], ["ve"]) else text


def _place(document: Document) -> str:
    texts = [block.text for block in document.blocks if not block.is_table]
    for kind in ("phường", "xã", "đặc khu", "tỉnh", "thành phố"):
        name = _place_of_kind(
            [text for text in texts[:12] if re.search(r"trên địa bàn|UBND|Ủy ban|ỦY BAN|ĐỊA BÀN", text)], kind
        )
        if name:
            return f"{kind} {name}"
    name = _place_of_kind(texts, "tỉnh")
    return f"tỉnh {name}" if name else ""


def _period(blocks: Sequence[Block], title: str) -> tuple[dt.date | None, dt.date | None, Mark | None]:
    """Printed days first ("từ ngày … đến ngày …"), then years of the title."""
    for block in blocks[:30]:
        if _is_title_part(block.text, title):
            named = re.search(r"từ\s+(?:ngày\s+)?\d{1,2}/\d{1,2}.{5,40}?20\d\d", block.text, re.IGNORECASE)
            stated = read_deadline(named[0]) if named else None
            if stated and stated.due and stated.start:
                return stated.start, stated.due, Mark("period", 0.9)
        if re.match(r"(?:[-•*+]|\(?[\dIVX]{1,4}[.)/-])\s*(?:Đợt|Giai đoạn|Bước|Tuần)\b", block.text):
            continue  # a part of the time, not all of it
        found = re.search(
            r"từ\s+(?:ngày\s+)?\d{1,2}/\d{1,2}(?:/20\d\d)?\s*(?:đến|-|–)\s*(?:hết\s+)?(?:ngày\s+)?\d{1,2}/\d{1,2}/20\d\d",
            block.text,
            re.IGNORECASE,
        )
        if found and re.search(r"cao điểm|kế hoạch|chiến dịch|đợt|phát động", block.text, re.IGNORECASE):
            deadline = read_deadline(found[0])
            if deadline.due and deadline.start:
                return deadline.start, deadline.due, Mark("period", 0.9, _span(block, *found.span()))
    school = re.search(r"năm học\s+(20\d\d)\s*[-–]\s*(20\d\d)", title, re.IGNORECASE)
    if school:
        return dt.date(int(school[1]), 9, 1), dt.date(int(school[2]), 5, 31), Mark("period", 0.8)
    months = re.search(
        r"tháng\s+\d{1,2}/20\d\d\s*(?:[-–]|đến)\s*(?:hết\s+)?tháng\s+\d{1,2}/20\d\d", title, re.IGNORECASE
    )
    if months:
        first, _, last = re.split(r"(\s*[-–]\s*|\s+đến\s+)", months[0], maxsplit=1)
        begins, ends = read_deadline(first).due, read_deadline(last).due
        if begins and ends:
            return begins.replace(day=1), ends, Mark("period", 0.8)
    years = re.search(r"(?:giai đoạn|năm)\s+(20\d\d)(?:\s*(?:[-–,]|và|đến)\s*(?:năm\s+)?(20\d\d))?", title)
    if years:
        return dt.date(int(years[1]), 1, 1), dt.date(int(years[2] or years[1]), 12, 31), Mark("period", 0.8)
    return None, None, None


def _is_title_part(text: str, title: str) -> bool:
    return len(text) > 12 and fold(text) in fold(title)


def _parents(opening: Sequence[Item]) -> tuple[str, ...]:
    """Plans and resolutions it carries out, as its opening names them."""
    found: list[str] = []
    for item in opening:
        for at in re.finditer(rf"Kế\s+hoạch\s+(?:hành động\s+)?(?:số\s+)?(?P<symbol>{SYMBOL})", item.block.text):
            found.append(_clean_symbol(at["symbol"]))
    return tuple(dict.fromkeys(found))


def _signer(outline: Outline) -> str:
    tail = [item.block for item in outline.items if item.section == "recipients" and item.marker is None]
    names = [block.text for block in tail if len(block.text) < 40 and _PERSON.fullmatch(block.text)]
    return names[-1] if names else ""
