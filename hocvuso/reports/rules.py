"""What a periodic report holds, and how its figures become sentences a clerk would sign. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from hocvuso.lib.periods import Span
from hocvuso.lib.text import NBSP, vn_number, vn_percent
from hocvuso.plans.rules import Light
from hocvuso.reports.gathering import Gathered, VillageRow

WORDS = ("steering", "practices", "difficulties", "next_steps", "proposals")  # in the order of the document


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues the report, as its form wants it. Names in capitals carry their line break. `form`: a file of `data/reports/forms`."""

    parent_agency: str
    agency: str
    agency_name: str
    symbol: str
    place: str
    authority: tuple[str, ...]
    recipients: tuple[str, ...]
    to: tuple[str, ...] = ()  # whom the report goes to, by name
    form: str = "state"


@dataclass(frozen=True, slots=True)
class Signing:
    """What a signed report carries: who signed in whose name, and what the records clerk gave it. Empty until then."""

    authority: tuple[str, ...]  # from “TM.”, “KT.” … down to the signer's office, one a line
    name: str = ""
    number: str = ""
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class CommuneShare:
    name: str
    share: float


@dataclass(frozen=True, slots=True)
class Extreme:
    """The communes at one end of a comparison: up to three by name, or how many stand equal there, where naming three would be unfair."""

    communes: tuple[CommuneShare, ...]
    equal: int = 0
    share: float = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One target in the report. Counts are people, communes or whatever `counted` says; the grades are never added."""

    key: str
    clause: str
    title: str
    horizon: str
    counted: str
    rung: str
    goal: str  # "60 %", "5.000 người", "102 xã, phường": "" where the place was given none
    deadline: str
    light: Light
    population: int | None
    this_period: int | None
    so_far: int | None
    share: float | None
    gained_points: float | None
    proven: int | None
    imported: int | None
    imported_source: str
    declared: int | None
    headline: str  # which grade `so_far` and `share` are of
    counts_communes: bool = False  # so_far = communes that met the number each of them was given
    reached_below: tuple[int, int] | None = None  # how many of how many communes have reached it
    not_reached: tuple[str, ...] = ()  # which of them have not, where they are few enough to name
    imported_on: dt.date | None = None
    population_on: dt.date | None = None
    population_source: str = ""
    declared_on: dt.date | None = None
    declared_document: str = ""
    declared_gap: int | None = None  # declared minus proven, both of the declaration's day
    has_before: bool = True  # there was a period before this one: a final report has none
    best: Extreme | None = None
    weakest: Extreme | None = None

    @property
    def measured(self) -> bool:
        return self.so_far is not None

    @property
    def is_yes_or_no(self) -> bool:
        """A commune reporting of itself what is counted in communes."""
        return self.population == 1 and self.counted == "xã, phường" and self.so_far in (0, 1)


@dataclass(frozen=True, slots=True)
class TaskLine:
    title: str
    deadline: str
    state: str
    document: str
    done: bool
    late: bool


@dataclass(frozen=True, slots=True)
class CommuneRow:
    name: str
    shares: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Declared:
    """A figure the office states against the system's: beside it with reason and document, never added, never instead."""

    key: str  # of the line
    title: str
    horizon: str
    counted: str
    count: int
    reason: str
    document: str


@dataclass(frozen=True, slots=True)
class ReportContent:
    issuer: Issuer
    plan_title: str
    plan_issuer: str
    due: dt.date
    span: Span
    lines: tuple[Line, ...]
    tasks: tuple[TaskLine, ...]
    steering: str
    practices: str  # mô hình, cách làm hay
    difficulties: str
    proposals: str
    next_steps: str
    simulated: bool
    communes: tuple[CommuneRow, ...] = ()
    commune_columns: tuple[str, ...] = ()
    is_whole: bool = False  # the report of a province on its own plan, made of what others sent
    gathered: Gathered = Gathered()  # what was said below, and in the period
    villages: tuple[VillageRow, ...] = ()
    village_columns: tuple[str, ...] = ()
    signing: Signing | None = None
    # What the template is chosen by, and what its fields are filled from.
    plan: str = ""
    duty: str = ""
    frequency: str = "weekly"
    duty_title: str = ""
    clause: str = ""
    contents: tuple[str, ...] = ()
    plan_number: str = ""
    plan_date: dt.date | None = None
    declared: tuple[Declared, ...] = ()
    replaces: str = ""  # the document this one stands for now: "Báo cáo số 12/BC-UBND ngày 17/10/2025"

    @property
    def compares_communes(self) -> bool:
        """There are communes, and something measured in them to put side by side."""
        return bool(self.communes and self.commune_columns)

    @property
    def horizons(self) -> list[str]:
        return list(dict.fromkeys(line.horizon for line in self.lines))


NAMED = 5  # so many communes are named; of more, the number says enough


def title_of(line: Line, among: tuple[Line, ...]) -> str:
    """The indicator; with its horizon where the report holds it twice."""
    twice = sum(other.title == line.title for other in among) > 1
    return f"{line.title} (mốc {line.horizon})" if twice else line.title


def sentence(line: Line, *, title: str = "") -> str:
    """ "…: 8.540/14.980 người, đạt 57,0 %, tăng 2,3 điểm phần trăm so với kỳ trước; chỉ tiêu 60 %; 12/102 xã, phường chưa đạt." """
    title = title or line.title
    if not line.measured:
        return f"{title}: chưa có số liệu."
    parts = [_amount(line)]
    if line.is_yes_or_no:
        pass
    elif line.gained_points is not None and line.share is not None:
        parts[0] += f", {_change(line.gained_points)}"
    elif line.this_period is not None and line.has_before:
        parts[0] += f", trong kỳ {'tăng ' + vn_number(line.this_period) if line.this_period else 'không tăng'}"
    if line.headline == "imported" and line.imported_source:
        parts[0] += f" (số của {_source(line, ', ngày')})"
    elif line.headline == "proven" and line.imported:
        parts.append(f"{_source(line, ' đến ngày')}: {vn_number(line.imported)} {line.counted}")
    if line.goal:
        parts.append(f"chỉ tiêu {line.goal}")
    if line.reached_below:
        parts.append(_below(*line.reached_below, line.not_reached))
    return f"{title}: {'; '.join(parts)}."


def _source(line: Line, before_day: str) -> str:
    of = line.imported_source or "hệ thống khác"
    return f"{of}{before_day} {line.imported_on:%d/%m/%Y}" if line.imported_on else of


def _below(reached: int, of: int, not_reached: tuple[str, ...]) -> str:
    if reached >= of:
        return f"{vn_number(of)}/{vn_number(of)} xã, phường đã đạt"
    said = f"{vn_number(of - reached)}/{vn_number(of)} xã, phường chưa đạt"
    if reached and 0 < len(not_reached) <= NAMED:
        said += f" ({', '.join(not_reached)})"
    return said


def declared_sentence(one: Declared) -> str:
    """ "…: đơn vị tự báo cáo 9.120 người; lý do: …; theo Quyết định số 12/QĐ-UBND." """
    why = one.reason.strip().rstrip(".")
    return (
        f"{one.title} ({one.horizon}): đơn vị tự báo cáo {vn_number(one.count)} {one.counted}; "
        f"lý do: {why}; theo {one.document}."
    )


def with_declared(content: ReportContent, declared: tuple[Declared, ...]) -> ReportContent:
    """The content with what the office declares: also in the column of its line that is for declared figures, and in no other."""
    own = {one.key: one for one in declared}
    lines = tuple(
        replace(
            line, declared=one.count, declared_on=content.span.last, declared_document=one.document, declared_gap=None
        )
        if (one := own.get(line.key))
        else line
        for line in content.lines
    )
    return replace(content, lines=lines, declared=declared)


def _amount(line: Line) -> str:
    assert line.so_far is not None
    if line.is_yes_or_no:
        return ("đã thực hiện trong kỳ" if line.this_period else "đã thực hiện") if line.so_far else "chưa thực hiện"
    if line.population and line.share is not None:
        return f"{vn_number(line.so_far)}/{vn_number(line.population)} {line.counted}, đạt {vn_percent(line.share)}"
    return f"{vn_number(line.so_far)} {line.counted}"


def _change(points: float) -> str:
    if abs(points) < 0.05:
        return "không đổi so với kỳ trước"
    return f"{'tăng' if points > 0 else 'giảm'} {vn_number(abs(points), 1).removesuffix(',0')} điểm phần trăm so với kỳ trước"


_LIGHTS = (
    (Light.REACHED, "đã đạt"), (Light.ON_TRACK, "đúng tiến độ"), (Light.AT_RISK, "có nguy cơ chậm"), (Light.BEHIND, "chậm tiến độ"),
    (Light.MISSED, "quá hạn chưa đạt"), (Light.NOT_DUE, "chưa đến kỳ"), (Light.NOT_MEASURED, "chưa đo được"),
)  # fmt: skip


def overall(lines: tuple[Line, ...]) -> str:
    """The first sentence of the results: how many targets stand where."""
    judged = [line for line in lines if line.light is not Light.NO_DEADLINE]
    if len(judged) > 1 and all(line.light is Light.NOT_MEASURED for line in judged):
        return f"Cả {len(judged)} chỉ tiêu được theo dõi chưa đo được."
    counts = [
        f"{count} chỉ tiêu {name}" for light, name in _LIGHTS if (count := sum(line.light is light for line in judged))
    ]
    return (
        f"Trong {len(judged)} chỉ tiêu được theo dõi: {', '.join(counts)}."
        if counts
        else "Chưa có chỉ tiêu nào được theo dõi."
    )


def cell(value: int | None) -> str:
    return "chưa có" if value is None else vn_number(value)


def share_cell(value: float | None) -> str:
    return "–" if value is None else vn_percent(value).replace(f"{NBSP}%", "")
