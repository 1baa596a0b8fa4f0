"""A document as lines, drawn rules, columns and tables on sheets of paper: what the Word and the PDF writer have in common.

Order of the parts, marks, punctuation and what stays together is decided here; how it is drawn, by the writers from the form's styles.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TypeAlias

from hocvuso.reports.documents.form import roman
from hocvuso.reports.documents.model import (
    Annex,
    Block,
    Bullet,
    Heading,
    LegalDocument,
    Paragraph,
    Run,
    Table,
    Text,
)

SIMULATED_MARK = "DỮ LIỆU MÔ PHỎNG – không phải số liệu thật"
TABLE_GAP = 6
"""Points between a table and what stands above it."""
FOOT_GAP = 4
"""Millimetres above the recipients and the signature."""
# Mean width of a letter in Times New Roman bold, in ems, and the share of the words a short line takes (1/3 to 1/2).
_CAPITAL, _SMALL = 0.63, 0.46
_SHORT_LINE = 0.4
_BLANK_NUMBER = "\u00a0" * 6


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph. `after` (points) is what it adds to its style's gap; `keep_next` keeps it on the page of what follows."""

    style: str
    text: Text
    keep_next: bool = False
    after: float = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line, `length` mm long, in the middle of a column `within` mm wide."""

    length: float
    within: float


@dataclass(frozen=True, slots=True)
class Columns:
    """Two columns side by side, row by row; a row stays on one page. `gap` is the room above each row, in millimetres."""

    rows: tuple[tuple[tuple[Line | Rule, ...], tuple[Line | Rule, ...]], ...]
    widths: tuple[float, float]
    gap: float = 0


Element: TypeAlias = Line | Rule | Columns | Table


@dataclass(frozen=True, slots=True)
class Sheet:
    """Pages that count from 1; no number on the first."""

    elements: tuple[Element, ...]
    landscape: bool = False


def sheets(document: LegalDocument) -> list[Sheet]:
    """Raises ValueError for a table wider than its page."""
    found = [Sheet(tuple(_main_part(document)))]
    many = len(document.annexes) > 1
    for number, annex in enumerate(document.annexes, start=1):
        numeral = roman(number) if document.form.annex_numerals == "roman" else str(number)
        label = f"Phụ lục {numeral}" if many else "Phụ lục"
        found.append(Sheet(tuple(_annex_part(document, annex, label=label)), landscape=annex.landscape))
    return found


def _main_part(document: LegalDocument) -> Iterator[Element]:
    form = document.form
    within = form.portrait
    yield _letterhead(document)
    yield Line("Title", document.kind, keep_next=True)
    yield Line("Subtitle", document.subject, keep_next=True)
    if form.under_subject == "line":
        yield Rule(
            _short_line(document.subject, em=_SMALL, size=form.styles["Subtitle"].size, within=within - 20), within
        )
    else:
        yield Line("SubjectMark", form.under_subject)
    if document.addressee:
        first, *others = document.addressee.split("\n")
        yield Line("Addressee", first)
        yield from (Line("AddresseeItem", other) for other in others)
    if document.simulated:
        yield Line("Simulated", SIMULATED_MARK)
    for index, ground in enumerate(document.grounds, start=1):
        yield Line(
            "Ground", f"{form.ground_mark} ".lstrip() + ended(ground, "." if index == len(document.grounds) else ";")
        )
    *blocks, last = _with_end_mark(document.body, form.end_mark)
    yield from _flow(blocks, within=within)
    # The signature never stands alone on a page: at least the last lines go with it.
    yield from _flow([last], within=within, keep_next=True)
    yield _signature(document)


def _letterhead(document: LegalDocument) -> Columns:
    form = document.form
    left, right = form.head_widths
    agency: list[Line | Rule] = [Line("ParentAgency", document.parent_agency)] if document.parent_agency else []
    agency.append(Line("Agency", document.agency))
    if form.under_agency == "line":
        agency.append(
            Rule(_short_line(document.agency, em=_CAPITAL, size=form.styles["Agency"].size, within=left), left)
        )
    else:
        agency.append(Line("AgencyMark", form.under_agency))
    heading: list[Line | Rule] = [Line(line.style, line.text) for line in form.heading]
    if form.heading_line:
        heading.append(Rule(form.heading_line, right))
    number = Line(
        "NumberSymbol", form.number.format(number=document.written_number or _BLANK_NUMBER, symbol=document.symbol)
    )
    moment = Line("PlaceDate", f"{document.place}, {document.written_date}")
    return Columns(((tuple(agency), tuple(heading)), ((number,), (moment,))), form.head_widths)


def _flow(blocks: Sequence[Block], *, within: float, keep_next: bool = False) -> Iterator[Element]:
    """`keep_next` binds the text to whatever follows the last block; text before a table stays with it anyway."""
    for block, following in zip_longest(blocks, blocks[1:]):
        before_table = isinstance(following, Table)
        keep = keep_next or before_table
        # A caption brings its own gap.
        gap = TABLE_GAP if isinstance(following, Table) and not following.caption else 0
        match block:
            case Heading(level=level, text=text):
                yield Line(f"Heading{level}", text, keep_next=True, after=gap)
            case Paragraph(text=text):
                yield Line("BodyText", text, keep_next=keep, after=gap)
            case Bullet(text=text):
                yield Line("ListBullet", text, keep_next=keep, after=gap)
            case Table():
                if block.width > within + 0.01:
                    raise ValueError(
                        f"the columns of table {block.caption!r} are {block.width} mm wide, the page has {within:g} mm"
                    )
                yield block


def _signature(document: LegalDocument) -> Columns:
    form, signature = document.form, document.signature
    recipients: list[Line | Rule] = [Line("RecipientsTitle", "Nơi nhận:")]
    for index, recipient in enumerate(document.recipients, start=1):
        line = "- " + recipient.strip().lstrip("-–• ")
        recipients.append(Line("Recipient", ended(line, "." if index == len(document.recipients) else ";")))
    lines = [form.power(line) for line in signature.authority]
    # Whoever signs for a body has its name above the own office; the two may look different.
    powers = ("TM.", "KT.", "TL.", "TUQ.", *form.powers.values())
    signer: list[Line | Rule] = [
        Line("Authority" if line.startswith(powers) else "Office", line, keep_next=True) for line in lines
    ]
    # Without a name yet, the paragraph still holds the room for the signature.
    signer.append(Line("Signer", signature.name))
    return Columns(((tuple(recipients), tuple(signer)),), form.foot_widths, gap=FOOT_GAP)


def _annex_part(document: LegalDocument, annex: Annex, *, label: str) -> Iterator[Element]:
    form = document.form
    issuer = document.agency_name or document.agency.replace("\n", " ")
    yield Line("AnnexTitle", f"{label}\n{annex.title.upper()}", keep_next=True)
    yield Line(
        "AnnexSource",
        f"(Kèm theo {document.kind.capitalize()} số {document.reference}{form.date_after_number.strip()} "
        f"{document.written_date} của {issuer})",
        keep_next=True,
    )
    yield from _flow(annex.blocks, within=form.landscape if annex.landscape else form.portrait)


def _with_end_mark(blocks: tuple[Block, ...], mark: str) -> tuple[Block, ...]:
    """“./.” stands after the last words, or on a line of its own after a table."""
    if blocks and isinstance(last := blocks[-1], Paragraph | Bullet):
        return (*blocks[:-1], replace(last, text=_marked(last.text, mark)))
    return (*blocks, Paragraph(mark)) if mark == "./." else blocks


def _marked(text: Text, mark: str) -> Text:
    if isinstance(text, str):
        return ended(text, mark)
    return (*text[:-1], replace(text[-1], text=ended(text[-1].text, mark))) if text else (Run(mark),)


def ended(text: str, mark: str) -> str:
    return text.rstrip().removesuffix("./.").rstrip(" \n;,.") + mark


def _short_line(text: str, *, em: float, size: float, within: float) -> float:
    """Length in mm of the line below some words, which may take several lines of their own."""
    longest = max(len(line) for line in text.split("\n"))
    return _SHORT_LINE * min(longest * em * size * 25.4 / 72, within)
