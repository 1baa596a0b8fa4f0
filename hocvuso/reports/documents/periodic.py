"""A periodic report as a legal document: what was measured and what people wrote, in the order the offices expect (facts §5)."""

from __future__ import annotations

from hocvuso.lib.text import vn_number
from hocvuso.reports.documents.model import (
    Annex,
    Block,
    Bullet,
    Column,
    GroupRow,
    Heading,
    LegalDocument,
    Paragraph,
    Row,
    Signature,
    Table,
)
from hocvuso.reports.rules import Line, ReportContent, Said, cell, declared_sentence, overall, sentence, share_cell

NOTHING = "Không có nội dung."
GRADES_NOTE = (
    "Ghi chú: “Có minh chứng” là số người, đơn vị có minh chứng trong hệ thống; “Nhập” là số do hệ thống khác cung cấp; "
    "“Tự báo cáo” là số đơn vị tự nêu. Ba loại số không cộng với nhau."
)


def periodic_report(content: ReportContent) -> LegalDocument:
    issuer, span = content.issuer, content.span
    return LegalDocument(
        parent_agency=issuer.parent_agency,
        agency=issuer.agency,
        agency_name=issuer.agency_name,
        symbol=issuer.symbol,
        place=issuer.place,
        number=(content.signing.number or None) if content.signing else None,
        date=(content.signing.date if content.signing else None) or content.due,
        kind="BÁO CÁO",
        subject=content.title,
        body=(
            Paragraph(
                f"Thực hiện {content.plan_title} của {content.plan_issuer}, {issuer.agency_name} báo cáo kết quả thực hiện; "
                f"số liệu kỳ này từ ngày {span.first:%d/%m/%Y} đến ngày {span.last:%d/%m/%Y}, "
                f"lũy kế đến hết ngày {span.last:%d/%m/%Y}, như sau:"
            ),
            *_replaces(content),
            Heading(1, "I. Công tác chỉ đạo, điều hành"),
            *_written(content.steering),
            Heading(1, "II. Kết quả thực hiện"),
            Heading(2, "1. Chỉ tiêu"),
            Paragraph(overall(content.lines)),
            *[Bullet(sentence(line)) for line in content.lines if line.measured],
            *_unmeasured(content),
            *_declared(content),
            Paragraph("Số liệu chi tiết tại Phụ lục kèm theo."),
            Heading(2, "2. Nhiệm vụ"),
            *_tasks(content),
            Heading(2, "3. Mô hình, cách làm hay"),
            *_written(content.practices),
            Heading(1, "III. Khó khăn, vướng mắc, nguyên nhân"),
            *_written(content.difficulties),
            *_gathered(content, content.said_difficulties, "nêu khó khăn, vướng mắc"),
            Heading(1, "IV. Nhiệm vụ kỳ tới"),
            *_written(content.next_steps),
            Heading(1, "V. Kiến nghị, đề xuất"),
            *_written(content.proposals),
            *_gathered(content, content.said_proposals, "có kiến nghị, đề xuất"),
        ),
        recipients=issuer.recipients,
        signature=Signature(content.signing.authority, content.signing.name)
        if content.signing
        else Signature(issuer.authority),
        simulated=content.simulated,
        annexes=(_figures_annex(content), *_communes_annex(content)),
    )


def _written(text: str) -> list[Block]:
    """What people typed: a line that starts with a dash is an item, any other a paragraph."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return [Paragraph(NOTHING)]
    return [Bullet(line.lstrip("-+• ").strip()) if line[0] in "-+•" else Paragraph(line) for line in lines]


def _gathered(content: ReportContent, said: tuple[Said, ...], what: str) -> list[Block]:
    if content.words_from is None:
        return []
    wrote, of = content.words_from
    head = f"Tổng hợp từ cơ sở: {vn_number(wrote)}/{vn_number(of)} đơn vị đã nhập nội dung, {vn_number(len(said))} đơn vị {what}."
    return [Paragraph(head), *[Bullet(f"{one.who}: {' '.join(one.text.split())}") for one in said]]


def _unmeasured(content: ReportContent) -> list[Block]:
    missing = [line for line in content.lines if not line.measured]
    if not missing:
        return []
    titles = dict.fromkeys(line.title for line in missing)
    return [Bullet(f"Chưa có số liệu đối với {len(missing)} chỉ tiêu: {'; '.join(titles)}.")]


def _declared(content: ReportContent) -> list[Block]:
    if not content.declared:
        return []
    head = Paragraph("Số đơn vị tự báo cáo, khác với số trong hệ thống (nêu riêng, không cộng với số có minh chứng):")
    return [head, *[Bullet(declared_sentence(one)) for one in content.declared]]


def _replaces(content: ReportContent) -> list[Block]:
    return [Paragraph(f"Báo cáo này thay thế {content.replaces}.")] if content.replaces else []


def _tasks(content: ReportContent) -> list[Block]:
    if not content.tasks:
        return [Paragraph(NOTHING)]
    done = sum(task.done for task in content.tasks)
    late = sum(task.late for task in content.tasks)
    head = f"Đã hoàn thành {done}/{len(content.tasks)} nhiệm vụ được giao" + (
        f"; {late} nhiệm vụ quá hạn." if late else "."
    )
    rows: list[Row] = [
        (str(number), task.title, task.deadline, task.state + (" (quá hạn)" if task.late else ""), task.document)
        for number, task in enumerate(content.tasks, start=1)
    ]
    columns = (
        Column("STT", 11, "center"), Column("Nhiệm vụ", 58), Column("Thời hạn", 28), Column("Tình hình", 36),
        Column("Văn bản, sản phẩm", 32),
    )  # fmt: skip
    return [Paragraph(head), Table(columns, tuple(rows))]


def _figures_annex(content: ReportContent) -> Annex:
    columns = (
        Column("STT", 11, "center"), Column("Chỉ tiêu", 74), Column("Đơn vị tính", 22), Column("Kỳ này", 18, "right"),
        Column("Lũy kế (có minh chứng)", 24, "right"), Column("Nhập", 20, "right"), Column("Tự báo cáo", 20, "right"),
        Column("Mẫu số", 20, "right"), Column("Tỷ lệ (%)", 17, "right"), Column("Chỉ tiêu giao", 26, "center"),
    )  # fmt: skip
    rows: list[Row] = []
    number = 0
    for horizon in content.horizons:
        rows.append(GroupRow(f"Mốc: {horizon}"))
        for line in (line for line in content.lines if line.horizon == horizon):
            number += 1
            rows.append((str(number), *_figures_row(line)))
    title = f"Số liệu từ ngày {content.span.first:%d/%m/%Y} đến ngày {content.span.last:%d/%m/%Y}"
    return Annex(title, (Paragraph(GRADES_NOTE), Table(columns, tuple(rows))), landscape=True)


def _figures_row(line: Line) -> tuple[str, ...]:
    """Three grades side by side. Where communes are counted that met a number of their own, only that count is meaningful."""
    if line.counts_communes:
        return (
            line.title, line.counted, "–", cell(line.so_far), "–", "–", cell(line.population), share_cell(line.share),
            line.goal or "chưa giao",
        )  # fmt: skip
    return (
        line.title, line.counted or "–", "–" if line.headline == "imported" else cell(line.this_period), cell(line.proven),
        cell(line.imported), cell(line.declared), cell(line.population), share_cell(line.share), line.goal or "chưa giao",
    )  # fmt: skip


def _communes_annex(content: ReportContent) -> tuple[Annex, ...]:
    if not content.communes:
        return ()
    width = (252 - 11 - 45) / max(1, len(content.commune_columns))
    columns = (
        Column("STT", 11, "center"),
        Column("Xã, phường", 45),
        *(Column(f"{title} (%)", width, "right") for title in content.commune_columns),
    )
    rows: list[Row] = [
        (str(number), row.name, *(share_cell(share) for share in row.shares))
        for number, row in enumerate(content.communes, start=1)
    ]
    return (
        Annex("Tỷ lệ thực hiện theo xã, phường (số có minh chứng)", (Table(columns, tuple(rows)),), landscape=True),
    )
