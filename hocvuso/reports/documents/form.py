"""The form of one issuing system: paper, heading, sizes, the words of signing. Data of `data/reports/forms`, checked here.

Lengths are millimetres, sizes and gaps points. What the Word and the PDF file look like follows from this and from nothing else.
"""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from hocvuso.lib.text import fold
from hocvuso.reports.documents.fields import BODY_FIELDS, check_fields

SHORT_SIDE, LONG_SIDE = 210, 297

_LETTERS = "abcdđeghiklmnopqrstuvxy"

Size = Annotated[float, Field(ge=6, le=40)]
Length = Annotated[float, Field(ge=0, le=200)]
Width = Annotated[float, Field(gt=0, le=200)]

# The styles a document is made of: id → name in Word. Those in English are Word's own, which its navigation and screen readers go by.
STYLES = {
    "ParentAgency": "Cơ quan chủ quản",
    "Agency": "Cơ quan ban hành",
    "AgencyMark": "Dấu dưới cơ quan ban hành",
    "CountryName": "Quốc hiệu",
    "Motto": "Tiêu ngữ",
    "NumberSymbol": "Số, ký hiệu",
    "PlaceDate": "Địa danh, thời gian",
    "Title": "Title",
    "Subtitle": "Subtitle",
    "SubjectMark": "Dấu dưới trích yếu",
    "Addressee": "Kính gửi",
    "AddresseeItem": "Kính gửi, từng nơi",
    "Ground": "Căn cứ ban hành",
    "BodyText": "Body Text",
    "ListBullet": "List Bullet",
    "Heading1": "heading 1",
    "Heading2": "heading 2",
    "Heading3": "heading 3",
    "Caption": "caption",
    "TableHeading": "Bảng, tên cột",
    "TableText": "Bảng, nội dung",
    "TableGroup": "Bảng, tên nhóm",
    "TableNote": "Bảng, ghi chú",
    "RecipientsTitle": "Nơi nhận",
    "Recipient": "Nơi nhận, từng nơi",
    "Authority": "Quyền hạn người ký",
    "Office": "Chức vụ người ký",
    "Signer": "Họ tên người ký",
    "AnnexTitle": "Phụ lục",
    "AnnexSource": "Phụ lục, kèm theo văn bản",
    "Header": "header",
    "SimulatedHeader": "Dữ liệu mô phỏng, đầu trang",
    "Simulated": "Dữ liệu mô phỏng",
}


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Look(_Part):
    """How paragraphs of one style look. `line` is a multiple of a line's height; `exactly`, in points, stands above it."""

    size: Size
    bold: bool = False
    italic: bool = False
    underline: bool = False
    caps: bool = False
    align: Literal["left", "center", "right", "both"] = "center"
    first_line: Length = 0
    left: Length = 0
    right: Length = 0
    before: Length = 0
    after: Length = 0
    line: Annotated[float, Field(ge=1, le=2)] = 1
    exactly: Annotated[float, Field(ge=8, le=40)] | None = None


class Margins(_Part):
    top: Length
    bottom: Length
    left: Length
    right: Length


class HeadingLine(_Part):
    """A line at the top right: its words and their style."""

    text: str
    style: Literal["CountryName", "Motto"]


def _with_known_fields(text: str) -> str:
    check_fields(text, BODY_FIELDS)
    return text


_Text = Annotated[str, AfterValidator(_with_known_fields)]


class Body(_Part):
    """How the offices whose names begin with one of `names` are called, sign, and who is always among those who get a copy."""

    names: tuple[str, ...] = ()
    kind: Literal["office", "commune", "province", "ward_office"] = "office"
    parent: _Text = ""
    agency: _Text = "{NAME}"
    full_name: _Text = "{name}"
    symbol: _Text = "BC-{symbol}"
    authority: tuple[_Text, ...] = Field(min_length=1)
    copies: tuple[_Text, ...] = ()
    kept: _Text = "Lưu: VT"

    def is_of(self, name: str, kind: str) -> bool:
        if self.kind != kind:
            return False
        return not self.names or any(fold(name).startswith(fold(start)) for start in self.names)


class Form(_Part):
    name: str
    system: Annotated[str, Field(pattern=r"^[a-z]+$")]
    source: str  # the rule the form follows
    unsure: str = ""  # what of it the project could not check
    since: dt.date | None = None  # of several forms of a system, the newest that is in force on the day of the document
    margins: Margins
    head: tuple[Width, Width]  # of the two columns at the top, to each other: together they fill the page
    foot: tuple[Width, Width]
    heading: tuple[HeadingLine, ...] = ()
    heading_line: Length = 0  # length of the line below it; 0 = none
    under_agency: str = "line"  # "line", or the marks themselves: "*", "***"
    under_subject: str = "line"
    number: str
    reference: str  # as others quote it
    date_after_number: str = " "  # "Báo cáo số 05-BC/TU, ngày …"
    numerals: tuple[str, str, str] = ("{roman}.", "{arabic}.", "{letter})")
    ground_mark: str = ""
    subject_in_small_letters: bool = False
    end_mark: Literal["./.", "."] = "./."
    annex_numerals: Literal["roman", "arabic"] = "roman"
    powers: dict[str, str] = {}  # noqa: RUF012  what stands for "TM.", "KT." … in this system
    styles: dict[str, Look]
    bodies: tuple[Body, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _whole(self) -> Form:
        if missing := sorted(STYLES.keys() - self.styles.keys()):
            raise ValueError(f"thiếu kiểu chữ {', '.join(missing)}")
        if unknown := sorted(self.styles.keys() - STYLES.keys()):
            raise ValueError(f"không có kiểu chữ {', '.join(unknown)}")
        for text in (self.number, self.reference):
            check_fields(text, {"number", "symbol"})
        for numeral in self.numerals:
            check_fields(numeral, {"roman", "arabic", "letter"})
        return self

    @cached_property
    def portrait(self) -> float:
        """The width between the margins of an upright page."""
        return SHORT_SIDE - self.margins.left - self.margins.right

    @cached_property
    def landscape(self) -> float:
        return LONG_SIDE - self.margins.left - self.margins.right

    @cached_property
    def head_widths(self) -> tuple[float, float]:
        return self._filling(self.head)

    @cached_property
    def foot_widths(self) -> tuple[float, float]:
        return self._filling(self.foot)

    def _filling(self, columns: tuple[float, float]) -> tuple[float, float]:
        left, right = columns
        return left * self.portrait / (left + right), right * self.portrait / (left + right)

    def body_of(self, name: str, *, kind: str) -> Body | None:
        return next((body for body in self.bodies if body.is_of(name, kind)), None)

    def numeral(self, level: int, number: int) -> str:
        """The mark before a heading: level 1 … 3, counted from 1."""
        return self.numerals[level - 1].format(
            roman=roman(number), arabic=number, letter=_LETTERS[(number - 1) % len(_LETTERS)]
        )

    def in_force(self, day: dt.date) -> bool:
        return self.since is None or self.since <= day

    def power(self, line: str) -> str:
        """ "KT. GIÁM ĐỐC" as this system writes it: "K/T GIÁM ĐỐC"."""
        for plain, own in self.powers.items():
            if line.startswith(plain):
                return f"{own} {line.removeprefix(plain).strip()}"
        return line


def roman(number: int) -> str:
    """Below 40, which is more than any report has."""
    return "X" * (number // 10) + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[number % 10]
