"""What a periodic report holds, and how its figures become sentences a clerk would sign. Pure."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from hocvuso.lib.periods import Span
from hocvuso.lib.text import NBSP, vn_number, vn_percent
from hocvuso.plans.rules import Light

WORDS = ("steering", "practices", "difficulties", "next_steps", "proposals")  # in the order of the document


# Bodies of the Party, the Front, the unions: their documents have a form of their own, not that of Decree 30/2020 (facts §5).
_OTHER_FORM = re.compile(r"Tỉnh ủy|Đảng ủy|Mặt trận|Tỉnh đoàn|Thành đoàn|Liên đoàn Lao động|^Hội ")


def has_state_form(agency: str) -> bool:
    return _OTHER_FORM.search(agency) is None


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who signs the report, as the legal form wants it. Names in capitals carry their line break."""

    parent_agency: str
    agency: str
    agency_name: str
    symbol: str
    place: str
    authority: tuple[str, ...]
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signing:
    """What a signed report carries: who signed in whose name, and what the records clerk gave it. Empty until then."""

    authority: tuple[str, ...]  # from “TM.”, “KT.” … down to the signer's office, one a line
    name: str = ""
    number: str = ""
    date: dt.date | None = None


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

    @property
    def measured(self) -> bool:
        return self.so_far is not None


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
class Said:
    """What a unit below wrote under difficulties or proposals."""

    who: str
    text: str


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
    title: str  # trích yếu
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
    said_difficulties: tuple[Said, ...] = ()
    said_proposals: tuple[Said, ...] = ()
    words_from: tuple[int, int] | None = None  # how many of how many below wrote something
    signing: Signing | None = None
    declared: tuple[Declared, ...] = ()
    replaces: str = ""  # the document this one stands for now: "Báo cáo số 12/BC-UBND ngày 17/10/2025"

    @property
    def horizons(self) -> list[str]:
        return list(dict.fromkeys(line.horizon for line in self.lines))


def sentence(line: Line) -> str:
    """ "…: 8.540/14.980 người, đạt 57,0 %, tăng 2,3 điểm phần trăm so với kỳ trước; chỉ tiêu 60 %; 12/102 xã, phường chưa đạt." """
    if not line.measured:
        return f"{line.title}: chưa có số liệu."
    parts = [_amount(line)]
    if line.gained_points is not None and line.share is not None:
        parts[0] += f", {_change(line.gained_points)}"
    elif line.this_period is not None:
        parts[0] += f", trong kỳ {'tăng ' + vn_number(line.this_period) if line.this_period else 'không tăng'}"
    if line.headline == "proven" and line.imported:
        parts.append(f"{line.imported_source or 'hệ thống khác'}: {vn_number(line.imported)} {line.counted}")
    if line.goal:
        parts.append(f"chỉ tiêu {line.goal}")
    if line.reached_below:
        reached, of = line.reached_below
        parts.append(
            f"{vn_number(of - reached)}/{vn_number(of)} xã, phường chưa đạt"
            if reached < of
            else f"{of}/{of} xã, phường đã đạt"
        )
    return f"{line.title}: {'; '.join(parts)}."


def declared_sentence(one: Declared) -> str:
    """ "…: đơn vị tự báo cáo 9.120 người; lý do: …; theo Quyết định số 12/QĐ-UBND." """
    why = one.reason.strip().rstrip(".")
    return (
        f"{one.title} ({one.horizon}): đơn vị tự báo cáo {vn_number(one.count)} {one.counted}; "
        f"lý do: {why}; theo {one.document}."
    )


def with_declared(content: ReportContent, declared: tuple[Declared, ...]) -> ReportContent:
    """The content with what the office declares: also in the column of its line that is for declared figures, and in no other."""
    counts = {one.key: one.count for one in declared}
    lines = tuple(replace(line, declared=counts.get(line.key, line.declared)) for line in content.lines)
    return replace(content, lines=lines, declared=declared)


def _amount(line: Line) -> str:
    assert line.so_far is not None
    if line.population and line.share is not None:
        return f"{vn_number(line.so_far)}/{vn_number(line.population)} {line.counted}, đạt {vn_percent(line.share)}"
    return f"{vn_number(line.so_far)} {line.counted}"


def _change(points: float) -> str:
    if abs(points) < 0.05:
        return "không đổi so với kỳ trước"
    return f"{'tăng' if points > 0 else 'giảm'} {vn_number(abs(points), 1)} điểm phần trăm so với kỳ trước"


def overall(lines: tuple[Line, ...]) -> str:
    """The first sentence of the results: how many targets stand where."""
    judged = [line for line in lines if line.light not in (Light.NO_DEADLINE,)]
    names = (
        (Light.REACHED, "đã đạt"), (Light.ON_TRACK, "đúng tiến độ"), (Light.AT_RISK, "có nguy cơ chậm"), (Light.BEHIND, "chậm tiến độ"),
        (Light.MISSED, "quá hạn chưa đạt"), (Light.NOT_DUE, "chưa đến kỳ"), (Light.NOT_MEASURED, "chưa đo được"),
    )  # fmt: skip
    counts = [
        f"{count} chỉ tiêu {name}" for light, name in names if (count := sum(line.light is light for line in judged))
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
