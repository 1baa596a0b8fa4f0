"""What an administrative document consists of, whoever issues it, free of any file format."""

import datetime
from dataclasses import dataclass
from typing import Literal, TypeAlias

from hocvuso.reports.documents.form import Form

Align: TypeAlias = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False


Text: TypeAlias = str | tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    """Level 1 is “I.”, 2 is “1.”, 3 is “a)”; the caller writes the number, as the form wants it."""

    level: Literal[1, 2, 3]
    text: str


@dataclass(frozen=True)
class Paragraph:
    text: Text


@dataclass(frozen=True)
class Bullet:
    """An item of a list; its dash is put by the document."""

    text: Text


@dataclass(frozen=True)
class Column:
    header: str
    width: float
    """In millimetres; the columns together at most the width between the margins of the form."""
    align: Align = "left"


@dataclass(frozen=True)
class GroupRow:
    """A bold line over all columns, naming what the rows below it have in common."""

    text: str


Row: TypeAlias = tuple[Text, ...] | GroupRow


@dataclass(frozen=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows, start=1):
            if not isinstance(row, GroupRow) and len(row) != len(self.columns):
                raise ValueError(f"table row {number} has {len(row)} cells for {len(self.columns)} columns")

    @property
    def width(self) -> float:
        return sum(column.width for column in self.columns)


Block: TypeAlias = Heading | Paragraph | Bullet | Table


@dataclass(frozen=True)
class Annex:
    """A “Phụ lục” on pages of its own, lying down when its tables are wide."""

    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True)
class Signature:
    """`authority` from “TM.”, “KT.” … down to the signer's office, one a line; `name` is empty until it is known."""

    authority: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class LegalDocument:
    """A document in the form of whoever issues it. Names of agencies come in capitals, with a line break where they should break.

    `number` and `date` are None until the records clerk gives them: the document then keeps their places blank.
    `agency_name` is the agency as a sentence writes it (“Ủy ban nhân dân xã Ea Kar”), for the line over each annex.
    Final punctuation of grounds and recipients and the end mark (“./.”, “.”) are put by the document.
    """

    form: Form
    agency: str
    symbol: str
    place: str
    kind: str
    subject: str
    body: tuple[Block, ...]
    recipients: tuple[str, ...]
    signature: Signature
    simulated: bool
    parent_agency: str = ""
    agency_name: str = ""
    number: str | None = None
    date: datetime.date | None = None
    addressee: str = ""
    grounds: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()

    @property
    def reference(self) -> str:
        """Number and symbol as other documents quote them: “05/BC-UBND”, “05-BC/TU”."""
        return self.form.reference.format(number=self.written_number or "…", symbol=self.symbol)

    @property
    def written_number(self) -> str:
        """The number with the leading zero that is asked for below 10; empty when there is none yet."""
        return (self.number or "").strip().zfill(2) if self.number else ""

    @property
    def written_date(self) -> str:
        """Days below 10 and months 1 and 2 take a leading zero, so that no digit can be put before them."""
        if self.date is None:
            return "ngày … tháng … năm …"
        month = f"{self.date.month:02}" if self.date.month <= 2 else str(self.date.month)
        return f"ngày {self.date.day:02} tháng {month} năm {self.date.year}"
