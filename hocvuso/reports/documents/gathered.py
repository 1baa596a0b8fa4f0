"""What came together below, as parts of a report: lines under the own words, and the villages of a commune as an annex."""

from __future__ import annotations

from hocvuso.lib.text import vn_number
from hocvuso.reports.documents.form import Form
from hocvuso.reports.documents.model import Annex, Block, Bullet, Column, Paragraph, Row, Table
from hocvuso.reports.gathering import Gathered, Kind, line_text, not_yet_said
from hocvuso.reports.rules import ReportContent, cell

MISSING_NAMED = 20  # offices without a report that are named; the others are counted


def gathered_blocks(gathered: Gathered, kind: Kind, words: str) -> list[Block]:
    """Only for who gathers reports. What the own words say already is not said again."""
    if not gathered.of:
        return []
    lines = gathered.difficulties if kind == "difficulty" else gathered.proposals
    places = {name for line in lines for name in line.who}
    what = "nêu khó khăn, vướng mắc" if kind == "difficulty" else "có kiến nghị, đề xuất"
    head = (
        f"Tổng hợp từ cơ sở: {vn_number(gathered.wrote)}/{vn_number(gathered.of)} đơn vị đã gửi báo cáo, "
        f"{vn_number(len(places))} đơn vị {what}."
    )
    said: list[Block] = [Bullet(line_text(line)) for line in not_yet_said(lines, words)]
    return [Paragraph(head), *said, *(_missing(gathered) if kind == "difficulty" else [])]


def _missing(gathered: Gathered) -> list[Block]:
    if not gathered.missing:
        return []
    more = len(gathered.missing) - MISSING_NAMED
    names = ", ".join(gathered.missing[:MISSING_NAMED]) + (f" và {vn_number(more)} đơn vị khác" if more > 0 else "")
    return [Paragraph(f"Chưa gửi báo cáo ({vn_number(len(gathered.missing))} đơn vị): {names}.")]


def villages_annex(content: ReportContent, form: Form) -> Annex:
    """For each target what the period added and what there is so far, village by village."""
    width = (form.landscape - 11 - 55) / (2 * len(content.village_columns))
    numbers = range(1, len(content.village_columns) + 1)
    columns = (
        Column("STT", 11, "center"),
        Column("Thôn, buôn, tổ dân phố", 55),
        *(Column(f"({n}) {word}", width, "right") for n in numbers for word in ("Kỳ này", "Lũy kế")),
    )
    rows: list[Row] = [
        (str(number), row.name, *(cell(count) for pair in row.cells for count in pair))
        for number, row in enumerate(content.villages, start=1)
    ]
    titles = "; ".join(f"({n}) {title}" for n, title in zip(numbers, content.village_columns, strict=True))
    note = Paragraph(f"Số người, đơn vị có minh chứng. {titles}.")
    return Annex("Kết quả theo thôn, buôn, tổ dân phố", (note, Table(columns, tuple(rows))), landscape=True)
